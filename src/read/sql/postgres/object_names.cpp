#include "read/sql/postgres/object_names.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/postgres_object_names.h"

namespace relata::sql::postgres {
namespace {

constexpr std::size_t longest_name = 63;

}  // namespace

std::string choose_name(std::string_view name1, std::string_view name2, std::string_view label,
                        const std::function<bool(const std::string&)>& is_taken) {
  std::string name = postgres_object_name(name1, name2, label);
  for (int pass = 1; is_taken(name); ++pass)
    name = postgres_object_name(name1, name2, std::string(label) + std::to_string(pass));
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
      name = std::string(clipped(original, longest_name - number.size())) + number;
    }
    result.push_back(std::move(name));
  }
  return result;
}

}  // namespace relata::sql::postgres
