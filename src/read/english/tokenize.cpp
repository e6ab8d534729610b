#include "read/english/tokenize.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "read/english/lexicon.h"

namespace relata::english {
namespace {

bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

constexpr std::array<std::string_view, 16> abbreviations{"dr", "mr",     "mrs", "ms",  "st", "no",
                                                         "vs", "approx", "inc", "ltd", "co", "fig",
                                                         "ca", "cf",     "nr",  "resp"};

/// Nobody writes longer sentences; the bound keeps nesting and looking ahead cheap.
constexpr std::size_t longest_sentence = 1000;

/// A typographic character that stands for an ASCII one.
struct Plain {
  std::string_view utf8;
  char ascii;
};
constexpr std::array<Plain, 19> typographic{{{"\u2019", '\''},
                                             {"\u2018", '\''},
                                             {"\u201c", '"'},
                                             {"\u201d", '"'},
                                             {"\u00ab", '"'},
                                             {"\u00bb", '"'},
                                             {"\u2013", '-'},
                                             {"\u2014", '-'},
                                             {"\u2212", '-'},
                                             {"\u2022", '*'},
                                             {"\u00a0", ' '},
                                             {"\u3002", '.'},
                                             {"\uff0c", ','},
                                             {"\u3001", ','},
                                             {"\uff1a", ':'},
                                             {"\uff1b", ';'},
                                             {"\uff08", '('},
                                             {"\uff09", ')'},
                                             {"\u2026", '.'}}};

class Tokenizer {
 public:
  explicit Tokenizer(const SourceText& source) : source_(source) { make_plain(); }

  std::vector<Sentence> run() {
    while (at_ < plain_.size()) {
      const char c = plain_[at_];
      if (is_blank(c)) {
        space_ = true;
        ++at_;
      } else if (is_word_byte(c)) {
        word();
      } else {
        punctuation(c);
      }
    }
    finish();
    return std::move(sentences_);
  }

 private:
  /// `plain_` is the text with typographic punctuation made ASCII; `place_` maps back.
  void make_plain() {
    const std::string& text = source_.text;
    for (std::size_t i = 0; i < text.size();) {
      if (static_cast<unsigned char>(text[i]) >= 0x80) {
        const auto found = std::find_if(
            typographic.begin(), typographic.end(),
            [&](const Plain& p) { return text.compare(i, p.utf8.size(), p.utf8) == 0; });
        if (found != typographic.end()) {
          plain_.push_back(found->ascii);
          place_.push_back(i);
          i += found->utf8.size();
          continue;
        }
      }
      plain_.push_back(text[i]);
      place_.push_back(i);
      ++i;
    }
    place_.push_back(text.size());
  }

  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < plain_.size() ? plain_[at_ + ahead] : '\0';
  }

  void add(std::size_t begin, std::size_t end, TokenKind kind) {
    Token token;
    token.text = plain_.substr(begin, end - begin);
    token.lower = to_lower(token.text);
    token.kind = kind;
    token.span = source_.span(place_[begin], place_[end]);
    token.capital = token.text[0] >= 'A' && token.text[0] <= 'Z';
    token.space_before = std::exchange(space_, false);
    token.quoted = quoted_;
    if (sentence_.size() >= longest_sentence) finish();
    sentence_.push_back(std::move(token));
  }

  void word() {
    std::size_t end = at_;
    const auto letter = [&](std::size_t i) { return i < plain_.size() && is_word_byte(plain_[i]); };
    // "e.g." and "i.e." are one word with their stops.
    const std::string_view rest = std::string_view(plain_).substr(at_, 4);
    if (rest.size() == 4 && rest[1] == '.' && rest[3] == '.' &&
        (to_lower(rest) == "e.g." || to_lower(rest) == "i.e.")) {
      add(at_, at_ + 4, TokenKind::word);
      at_ += 4;
      return;
    }
    while (true) {
      while (letter(end)) ++end;
      // Inside a word: hyphen between letters, apostrophe of a contraction, point in a number.
      if (end + 1 >= plain_.size() || !letter(end + 1)) break;
      const char c = plain_[end];
      const bool digits = is_ascii_digit(plain_[end - 1]) && is_ascii_digit(plain_[end + 1]);
      if (c == '-' || ((c == '.' || c == ',') && digits)) {
        ++end;
        continue;
      }
      if (c == '.' && plain_[end + 1] >= 'a' && plain_[end + 1] <= 'z' && end > at_ + 2) {
        ++end;  // "example.com", "user.name"
        continue;
      }
      if (c == '\'' && plain_[end + 1] == 't') {
        end += 2;
        break;
      }
      break;
    }
    const bool number = is_ascii_digit(plain_[at_]);
    add(at_, end, number ? TokenKind::number : TokenKind::word);
    at_ = end;
    // The possessive mark is a token of its own: customer 's, customers '.
    if (peek(0) == '\'') {
      if ((peek(1) == 's' || peek(1) == 'S') && !letter(at_ + 2)) {
        add(at_, at_ + 2, TokenKind::punctuation);
        sentence_.back().lower = "'s";
        at_ += 2;
      } else if (plain_[at_ - 1] == 's' && !single_quote_open_ && !letter(at_ + 1)) {
        add(at_, at_ + 1, TokenKind::punctuation);
        sentence_.back().lower = "'s";
        ++at_;
      }
    }
  }

  void punctuation(char c) {
    if (c == '"') {
      quoted_ = !quoted_;
      ++at_;
      return;
    }
    if (c == '\'') {
      single_quote_open_ = !single_quote_open_;
      quoted_ = single_quote_open_;
      ++at_;
      return;
    }
    if (c == '*' || c == '`') {
      ++at_;
      return;
    }
    add(at_, at_ + 1, TokenKind::punctuation);
    const std::size_t here = at_++;
    if (c == '(' || c == '[') ++depth_;
    if ((c == ')' || c == ']') && depth_ > 0) --depth_;
    if (c == '.' || c == '!' || c == '?') {
      if (ends_sentence(here)) finish();
    } else if (c == ';' && depth_ == 0) {
      finish();
    }
  }

  [[nodiscard]] bool ends_sentence(std::size_t stop) const {
    std::size_t next = stop + 1;
    const bool space = next < plain_.size() && is_blank(plain_[next]);
    while (next < plain_.size() && is_blank(plain_[next])) ++next;
    if (next >= plain_.size()) return true;
    if (plain_[stop] != '.') return true;
    const char after = plain_[next];
    if (after == ',' || after == ')' || after == ';') return false;
    if (sentence_.size() < 2) return false;
    const Token& before = sentence_[sentence_.size() - 2];
    if (before.kind == TokenKind::number && sentence_.size() == 2) return false;  // "1. Users"
    if (std::find(abbreviations.begin(), abbreviations.end(), before.lower) !=
            abbreviations.end() &&
        space && !(after >= 'A' && after <= 'Z' && before.lower == "no"))
      return false;
    if (before.lower == "etc") return after >= 'A' && after <= 'Z' && depth_ == 0;
    if (depth_ > 0) return false;
    if (!space) return after >= 'A' && after <= 'Z' && before.text.size() > 1;
    return before.text.size() > 1 || !before.capital;
  }

  void finish() {
    if (!sentence_.empty()) sentences_.push_back(std::exchange(sentence_, {}));
    depth_ = 0;
    quoted_ = false;
    single_quote_open_ = false;
  }

  const SourceText& source_;
  std::string plain_;
  std::vector<std::size_t> place_;
  std::size_t at_ = 0;
  std::vector<Sentence> sentences_;
  Sentence sentence_;
  bool space_ = false;
  bool quoted_ = false;
  bool single_quote_open_ = false;
  int depth_ = 0;
};

}  // namespace

std::vector<Sentence> tokenize(const SourceText& text) { return Tokenizer(text).run(); }

}  // namespace relata::english
