#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::english {

/// What words in parentheses say about the column in front of them.
struct Remark {
  bool required = false;
  bool optional = false;
  bool unique = false;
  bool derived = false;
  bool whole_number = false;
  std::string default_value;        ///< As written; empty: none.
  std::vector<std::string> values;  ///< snake_case; at least two, or none.
};

/// Reads "(required, unique)", "(low, medium or high; default low)", "(such as new, paid)".
[[nodiscard]] Remark read_remark(std::string_view remark);

/// The values in "a, b or c", "either a or b", "such as a, b, etc."; empty when the words are no
/// list of at least two short values.
[[nodiscard]] std::vector<std::string> values_in(std::string_view words);

}  // namespace relata::english
