#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::emit::sqlalchemy {

/// A piece of Python that is laid out as black does it (https://black.readthedocs.io, "The Black
/// code style"): words, or words with items in brackets behind them.
struct Code {
  enum class Kind {
    words,
    call,     ///< Also a subscript: its items share a line of their own where they fit.
    display,  ///< A tuple, list or dict: one item a line when it does not fit.
  };

  Kind kind = Kind::words;
  std::string text;  ///< Up to and with the opening bracket.
  std::vector<Code> items;
  std::string close;

  Code() = default;
  Code(std::string words) : text(std::move(words)) {}  // NOLINT: words are code
  Code(const char* words) : text(words) {}             // NOLINT
};

[[nodiscard]] Code call(std::string_view callee, std::vector<Code> items);
[[nodiscard]] Code subscript(std::string_view name, std::vector<Code> items);
[[nodiscard]] Code tuple(std::vector<Code> items);
[[nodiscard]] Code list(std::vector<Code> items);
[[nodiscard]] Code dict(std::vector<Code> items);
/// `before` and then the code: "name=" before a value, "x = " before a call.
[[nodiscard]] Code prefixed(std::string_view before, Code code);

/// The code as one line.
[[nodiscard]] std::string one_line(const Code& code);
/// The code as lines, without a line end behind the last: `level` indentations of four spaces, and
/// `behind` the last line.
[[nodiscard]] std::string lay_out(const Code& code, std::size_t level = 0,
                                  std::string_view behind = {});

/// "name: annotation = code" as lines.
[[nodiscard]] std::string lay_out_member(std::string_view name, std::string_view annotation,
                                         const Code& code, std::size_t level);

/// A string literal, in the quotes that black chooses.
[[nodiscard]] std::string string_literal(std::string_view value);
/// A literal over several lines where the value has several: """...""".
[[nodiscard]] std::string block_literal(std::string_view value);
/// A docstring, wrapped, with indentation and a line end.
[[nodiscard]] std::string docstring(std::string_view text, std::size_t level);
/// A comment, wrapped, with indentation and a line end.
[[nodiscard]] std::string comment_lines(std::string_view text, std::size_t level);
/// ["a", "b"]
[[nodiscard]] Code string_list(const std::vector<std::string>& values);

/// SQL as sa.text() takes it: what would be a bound parameter (":name") gets a backslash.
[[nodiscard]] std::string escaped_sql(std::string_view sql);

}  // namespace relata::emit::sqlalchemy
