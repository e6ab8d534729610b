#include "read/sql/postgres/object_names.h"

#include <algorithm>

namespace relata::sql::postgres {
namespace {

constexpr std::size_t longest_name = 63;

/// The first bytes of a text, without a part of a character at the end.
std::string_view clip(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::string make_object_name(std::string_view name1, std::string_view name2,
                             std::string_view label) {
  const std::size_t overhead = (name2.empty() ? 0U : 1U) + (label.empty() ? 0U : label.size() + 1U);
  const std::size_t available = longest_name - std::min(overhead, longest_name);
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  while (length1 + length2 > available) {
    if (length1 > length2) {
      --length1;
    } else {
      --length2;
    }
  }
  std::string name(clip(name1, length1));
  if (!name2.empty()) name.append("_").append(clip(name2, length2));
  if (!label.empty()) name.append("_").append(label);
  return name;
}

std::string choose_name(std::string_view name1, std::string_view name2, std::string_view label,
                        const std::function<bool(const std::string&)>& is_taken) {
  std::string name = make_object_name(name1, name2, label);
  for (int pass = 1; is_taken(name); ++pass)
    name = make_object_name(name1, name2, std::string(label) + std::to_string(pass));
  return name;
}

std::string name_addition(const std::vector<std::string>& columns) {
  std::string addition;
  for (const std::string& column : columns) {
    if (!addition.empty()) addition += '_';
    addition += column;
    if (addition.size() > longest_name) break;
  }
  return addition;
}

std::vector<std::string> index_column_names(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& original : names) {
    std::string name = original;
    for (int i = 1; std::find(result.begin(), result.end(), name) != result.end(); ++i) {
      const std::string number = std::to_string(i);
      name = std::string(clip(original, longest_name - number.size())) + number;
    }
    result.push_back(std::move(name));
  }
  return result;
}

}  // namespace relata::sql::postgres
