#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "design/short_forms.h"

namespace relata::design {

/// Walks over the words, quoted words and signs of a short form, skipping blanks between them.
class ShortFormCursor {
 public:
  explicit ShortFormCursor(std::string_view text);

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] std::size_t position() const { return at_; }
  /// What has not been read yet.
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  /// Consumes a sign such as "(" or ">=".
  bool take(std::string_view sign);
  /// Consumes the bare word `keyword`.
  bool take_keyword(std::string_view keyword);
  /// A bare or quoted word; nothing when a sign or the end comes next, or a quote is not closed.
  std::optional<std::string> take_word();
  /// Words between commas up to and including ")"; the "(" has been taken.
  ShortForm<std::vector<std::string>> take_list();

  /// An error at the next word or sign.
  [[nodiscard]] ShortFormError error_here(std::string message, std::string help = {}) const;

 private:
  void skip_blanks();
  [[nodiscard]] std::string_view bare_word() const;

  std::string_view text_;
  std::size_t at_ = 0;
};

/// The word as a short form writes it: bare where it can be, else in double quotes.
[[nodiscard]] std::string quote_word(std::string_view word);
/// `word` in double quotes, with \" \\ \n \t \r escaped.
[[nodiscard]] std::string in_quotes(std::string_view word);
/// Words with ", " between them, each quoted as needed.
[[nodiscard]] std::string quote_words(const std::vector<std::string>& words);

}  // namespace relata::design
