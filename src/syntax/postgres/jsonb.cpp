#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "syntax/postgres/constants.h"

namespace relata::syntax::postgres {
namespace {

/// Reads JSON and writes it as jsonb_out() does.
class JsonText {
 public:
  explicit JsonText(std::string_view text) : text_(text) {}

  /// Nothing when the text is no JSON, or nested too deeply for a literal.
  std::optional<std::string> shown() {
    std::string out;
    if (!value(out, 0)) return std::nullopt;
    skip_blanks();
    if (at_ != text_.size()) return std::nullopt;
    return out;
  }

 private:
  static constexpr int deepest = 500;

  void skip_blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\n\r").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool value(std::string& out, int depth) {
    skip_blanks();
    if (at_ >= text_.size() || depth > deepest) return false;
    switch (text_[at_]) {
      case '{':
        return object(out, depth);
      case '[':
        return array(out, depth);
      case '"':
        return string(out);
      default:
        return word(out);
    }
  }

  bool object(std::string& out, int depth) {
    struct Member {
      std::string key;
      std::string value;
    };
    std::vector<Member> members;
    take('{');
    if (!take('}')) {
      do {
        Member member;
        skip_blanks();
        if (!string(member.key) || !take(':') || !value(member.value, depth + 1)) return false;
        members.push_back(std::move(member));
      } while (take(','));
      if (!take('}')) return false;
    }
    std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
      return a.key.size() != b.key.size() ? a.key.size() < b.key.size() : a.key < b.key;
    });
    out += '{';
    bool first = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i + 1 < members.size() && members[i].key == members[i + 1].key) continue;
      if (!first) out += ", ";
      first = false;
      out += members[i].key + ": " + members[i].value;
    }
    out += '}';
    return true;
  }

  bool array(std::string& out, int depth) {
    take('[');
    out += '[';
    if (take(']')) {
      out += ']';
      return true;
    }
    bool first = true;
    do {
      if (!first) out += ", ";
      first = false;
      if (!value(out, depth + 1)) return false;
    } while (take(','));
    out += ']';
    return take(']');
  }

  bool string(std::string& out) {
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return false;
    ++at_;
    // A slash needs no escape, and jsonb writes none.
    out += replace_all(text_.substr(begin, at_ - begin), "\\/", "/");
    return true;
  }

  bool word(std::string& out) {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_ascii_letter(text_[at_]) || is_ascii_digit(text_[at_]) ||
            std::string_view("+-.").find(text_[at_]) != std::string_view::npos))
      ++at_;
    const std::string_view found = text_.substr(begin, at_ - begin);
    if (found == "true" || found == "false" || found == "null") {
      out += found;
      return true;
    }
    if (found.empty() || !(is_ascii_digit(found.front()) || found.front() == '-')) return false;
    out += shown_constant(found, "numeric");
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string shown_jsonb(std::string_view text) {
  return JsonText(text).shown().value_or(std::string(text));
}

}  // namespace relata::syntax::postgres
