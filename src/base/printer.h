#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace relata {

/// Builds source text of any language, line by line, with indentation.
///
/// `print` replaces `$name$` by the variable of that name, and `$$` by a dollar sign; a variable
/// that is not given is a bug (assertion). Every line of a template gets the current indentation;
/// empty lines stay empty.
class Printer {
 public:
  using Variables = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  explicit Printer(int spaces_per_level = 2) : spaces_(spaces_per_level) {}

  void print(std::string_view text, Variables variables = {});
  /// A line as it is, without variables, with indentation and a line end.
  void line(std::string_view text = {});
  void indent() { ++level_; }
  void outdent() { --level_; }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void append(std::string_view text);

  std::string text_;
  int spaces_;
  int level_ = 0;
  bool at_line_start_ = true;
};

}  // namespace relata
