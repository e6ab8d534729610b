#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::emit::typeorm {

/// A piece of TypeScript that knows how to be broken over lines, the way Prettier does it
/// (80 columns, 2 spaces, single quotes, trailing commas).
class Code {
 public:
  using Member = std::pair<std::string, Code>;

  Code() = default;
  /// Text that is never broken.
  static Code text(std::string text);
  /// A string literal: in the quotes that need fewer escapes.
  static Code string(std::string_view value);
  /// SQL, which may have several lines: a string, or a template literal.
  static Code sql(std::string_view value);
  static Code strings(const std::vector<std::string>& values);
  static Code array(std::vector<Code> items);
  static Code object(std::vector<Member> members);
  static Code call(std::string function, std::vector<Code> arguments);
  /// An arrow function without arguments: `() => body`.
  static Code function(Code body);

  /// On one line; what holds a template literal of several lines cannot be.
  [[nodiscard]] std::string flat() const;
  /// In as few lines as fit, the first of which begins at `indent` and has `before` characters in
  /// front; `after` follow on the last.
  [[nodiscard]] std::string broken(std::size_t indent, std::size_t before = 0,
                                   std::size_t after = 0) const;

 private:
  enum class Kind { text, array, object, call };
  [[nodiscard]] std::string items_on_lines(std::size_t indent) const;
  [[nodiscard]] std::string with_last_broken(std::size_t indent, std::size_t before) const;
  [[nodiscard]] bool has_lines() const;

  Kind kind_ = Kind::text;
  std::string text_;
  std::vector<Member> members_;
};

/// `text` as a block comment before a declaration, its lines wrapped: empty for no text.
[[nodiscard]] std::string doc_comment(const std::vector<std::string>& paragraphs,
                                      std::size_t indent);

}  // namespace relata::emit::typeorm
