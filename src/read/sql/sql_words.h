#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace relata::sql {

/// A token of SQL whose dialect is not known yet, in the notation of evidence.def.
struct SqlWord {
  std::string text;       ///< A word in lower case, a symbol, or the mark of a literal.
  std::size_t begin = 0;  ///< Byte in the text.
  bool begins_statement = false;
};

/// Reads a text that may be in any dialect: strings, dollar quotes and comments of all of them are
/// skipped, so that nothing in them counts. Where the dialects disagree (a backslash before a
/// quote, '#'), the reading that leads on is taken.
class SqlWords {
 public:
  explicit SqlWords(std::string_view text) : text_(text) {}
  std::optional<SqlWord> next();

 private:
  [[nodiscard]] char at(std::size_t place) const {
    return place < text_.size() ? text_[place] : '\0';
  }
  [[nodiscard]] bool begins_line() const;
  bool skip_comment();
  std::string take();
  std::string take_word();
  void skip_string(char quote);
  bool skip_dollar_quote();
  void skip_line();

  std::string_view text_;
  std::size_t place_ = 0;
  bool begins_statement_ = true;
};

}  // namespace relata::sql
