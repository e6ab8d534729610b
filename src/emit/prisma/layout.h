#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::emit::prisma7 {

/// A line of a block: a field with its type and attributes, a value of an enum, or a setting, whose
/// type is its value behind "=".
struct Line {
  std::string name;
  std::string type;
  std::vector<std::string> attributes;  ///< In the order that `prisma format` gives them.
  std::vector<std::string> comments;    ///< Whole lines above it: "/// What it is for".
  bool begins_group = false;            ///< An empty line stands above it.
};

/// model, enum, view, generator or datasource.
struct Block {
  std::string keyword;
  std::string name;
  std::vector<std::string> comments;
  std::vector<Line> lines;
  std::vector<std::string> attributes;  ///< "@@map(...)", in order.
};

/// The blocks as `prisma format` leaves them: columns aligned, an empty line between fields and
/// attributes of the block.
[[nodiscard]] std::string layout(const std::vector<Block>& blocks);

/// A string literal of the schema language.
[[nodiscard]] std::string string_literal(std::string_view text);

/// The text as lines that begin with `mark` ("///", "//"), without control characters; empty for an
/// empty text.
[[nodiscard]] std::vector<std::string> comment_lines(std::string_view mark, std::string_view text);
/// The same, broken at blanks so that no line is longer than a hundred characters.
[[nodiscard]] std::vector<std::string> wrapped_comment(std::string_view mark,
                                                       std::string_view text);

}  // namespace relata::emit::prisma7
