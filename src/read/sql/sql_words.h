#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace relata::sql {

/// A token of SQL whose dialect is not known yet, in the notation of evidence.def.
struct SqlWord {
  /// A word in lower case, a symbol, or the mark of a literal; valid as long as its SqlWords.
  std::string_view text;
  std::size_t begin = 0;  ///< Byte in the text.
  bool begins_statement = false;
};

/// Reads a text that may be in any dialect: strings, dollar quotes and comments of all of them are
/// skipped, so that nothing in them counts. Where the dialects disagree (a backslash before a
/// quote, '#'), the reading that leads on is taken.
class SqlWords {
 public:
  /// `text` must stay.
  explicit SqlWords(std::string_view text) : text_(text), folded_(to_lower(text)) {}
  SqlWords(const SqlWords&) = delete;
  SqlWords& operator=(const SqlWords&) = delete;
  std::optional<SqlWord> next();

 private:
  [[nodiscard]] char at(std::size_t place) const {
    return place < text_.size() ? text_[place] : '\0';
  }
  [[nodiscard]] bool begins_line() const;
  bool skip_comment();
  std::string_view take();
  std::string_view take_word();
  void skip_string(char quote);
  bool skip_dollar_quote();
  void skip_line();

  std::string_view text_;
  std::string folded_;  ///< The text in lower case, byte for byte.
  std::size_t place_ = 0;
  bool begins_statement_ = true;
};

}  // namespace relata::sql
