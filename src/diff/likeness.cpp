#include "diff/likeness.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "base/text.h"
#include "diff/spell.h"

namespace relata::diff {
namespace {

double letter_likeness(std::string_view first, std::string_view second) {
  const std::size_t longest = std::max(first.size(), second.size());
  if (longest == 0) return 1;
  return 1 - static_cast<double>(edit_distance(first, second)) / static_cast<double>(longest);
}

std::set<std::string> words_of(std::string_view name) {
  std::set<std::string> words;
  for (const std::string_view word : split(name, '_')) {
    if (!word.empty()) words.insert(singular_of(word));
  }
  return words;
}

double word_likeness(std::string_view first, std::string_view second) {
  const std::set<std::string> left = words_of(first);
  const std::set<std::string> right = words_of(second);
  std::size_t common = 0;
  for (const std::string& word : left) common += right.contains(word) ? 1 : 0;
  const std::size_t all = left.size() + right.size() - common;
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

std::string without_signs(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c != '_') text += c;
  }
  return text;
}

}  // namespace

double name_likeness(std::string_view first, std::string_view second) {
  // Letters in words: userId and user_id are one name.
  const std::string left = snake_case(first);
  const std::string right = snake_case(second);
  const std::string short_left = without_signs(left);
  const std::string short_right = without_signs(right);
  double likeness = std::max(letter_likeness(short_left, short_right), word_likeness(left, right));
  const std::string& shorter = short_left.size() < short_right.size() ? short_left : short_right;
  const std::string& longer = short_left.size() < short_right.size() ? short_right : short_left;
  if (shorter.size() >= 3 && longer.find(shorter) != std::string::npos) {
    likeness = std::max(likeness, 0.6);
  }
  return likeness;
}

std::string type_signature(const Column& column) {
  return column.type.kind == TypeKind::enumeration ? "enumeration" : spelled(column.type);
}

double column_likeness(const Column& first, const Column& second) {
  double likeness = 0;
  if (type_signature(first) == type_signature(second)) {
    likeness += 0.6;
  } else if (first.type.kind == second.type.kind &&
             first.type.array_dimensions == second.type.array_dimensions) {
    likeness += 0.35;
  }
  if (first.nullable == second.nullable) likeness += 0.15;
  if (first.default_value == second.default_value) likeness += 0.15;
  const bool same_source = first.generated.has_value() == second.generated.has_value() &&
                           first.identity.has_value() == second.identity.has_value();
  if (same_source) likeness += 0.1;
  return likeness;
}

}  // namespace relata::diff
