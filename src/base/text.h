#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata {

/// ASCII letters only; other bytes stay as they are. Deterministic on every locale.
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] constexpr bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Without white space (blank, tab, CR, LF) at both ends; a view into the argument.
[[nodiscard]] std::string_view trim(std::string_view text);

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from,
                                      std::string_view to);

/// The words of an identifier in any case style, lower case: "dueDate2", "due_date", "Due date"
/// and "DUE-DATE" give {due, date}; a run of capitals stays one word ("HTTPServer": http, server).
/// Letters of other scripts belong to words, symbols such as dashes and quotation marks do not.
[[nodiscard]] std::vector<std::string> words_of(std::string_view identifier);
[[nodiscard]] std::string snake_case(std::string_view identifier);
[[nodiscard]] std::string pascal_case(std::string_view identifier);
[[nodiscard]] std::string camel_case(std::string_view identifier);

/// English noun forms for one word or the last word of a snake_case or PascalCase name; the case
/// of the first letters is kept. Irregular forms come from the
/// tables in noun_forms.cpp; a plural stays as it is in plural_of(), a singular in singular_of().
[[nodiscard]] std::string plural_of(std::string_view name);
[[nodiscard]] std::string singular_of(std::string_view name);

/// Offset of the first byte that is not valid UTF-8 (RFC 3629), or npos.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);

/// The first bytes of a UTF-8 text, at most `bytes`, without a part of a code point at the end.
[[nodiscard]] std::string_view clipped(std::string_view text, std::size_t bytes);

/// Number of code points of a valid UTF-8 text.
[[nodiscard]] std::size_t code_points(std::string_view text);

/// FNV-1a, 64 bits: the same on every machine, for names that must be made unique.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text);

/// Least number of slips between two texts: a character too many, missing, wrong, or two neighbours
/// swapped (Damerau 1964), no character being part of two slips.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word` when it is close enough to be a slip, else an empty view.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       const std::vector<std::string_view>& candidates);

}  // namespace relata
