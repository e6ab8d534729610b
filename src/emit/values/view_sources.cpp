#include "emit/values/view_sources.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace relata::emit {
namespace {

/// Places of a text that are outside of parentheses and quotation marks.
class Surface {
 public:
  explicit Surface(std::string_view text) : text_(text) {}

  /// Where the word stands outside, from `begin` on; npos: nowhere.
  [[nodiscard]] std::size_t find(std::string_view word, std::size_t begin) const {
    int depth = 0;
    char quote = 0;
    for (std::size_t i = begin; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
        continue;
      }
      if (depth == 0 && text_.substr(i, word.size()) == word) return i;
      if (c == '\'' || c == '"' || c == '`') quote = c;
      if (c == '(') ++depth;
      if (c == ')') --depth;
    }
    return std::string_view::npos;
  }

  [[nodiscard]] std::vector<std::string_view> parts(std::string_view separator) const {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t end = find(separator, 0); end != std::string_view::npos;
         end = find(separator, begin)) {
      parts.push_back(text_.substr(begin, end - begin));
      begin = end + separator.size();
    }
    parts.push_back(text_.substr(begin));
    return parts;
  }

 private:
  std::string_view text_;
};

/// The name without its quotation marks; nothing when it is more than one name.
std::optional<std::string> name_of(std::string_view text, char quote) {
  if (text.size() > 1 && text.front() == quote && text.back() == quote) {
    const std::string_view inner = text.substr(1, text.size() - 2);
    const std::string twice(2, quote);
    std::string name = replace_all(inner, twice, std::string(1, quote));
    if (std::count(inner.begin(), inner.end(), quote) % 2 != 0) return std::nullopt;
    return name;
  }
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$';
  });
  if (!plain) return std::nullopt;
  return std::string(text);
}

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// "public.orders" or "orders" before " #2".
std::optional<QualifiedName> postgres_table(std::string_view from, std::string_view alias) {
  const std::string mark = " " + std::string(alias);
  for (std::size_t place = from.find(mark); place != std::string_view::npos;
       place = from.find(mark, place + 1)) {
    const std::size_t end = place + mark.size();
    if (end < from.size() && (is_ascii_digit(from[end]) || from[end] == '.')) continue;
    const std::string_view before = from.substr(0, place);
    std::size_t begin = before.size();
    bool quoted = false;
    while (begin > 0 && (quoted || (before[begin - 1] != ' ' && before[begin - 1] != '('))) {
      if (before[--begin] == '"') quoted = !quoted;
    }
    const std::vector<std::string_view> names = Surface(before.substr(begin)).parts(".");
    if (names.size() > 2) return std::nullopt;
    const std::optional<std::string> name = name_of(names.back(), '"');
    const std::optional<std::string> schema =
        names.size() == 2 ? name_of(names.front(), '"') : std::optional<std::string>("");
    if (!name || !schema) return std::nullopt;
    return QualifiedName{*schema, *name};
  }
  return std::nullopt;
}

/// "SELECT #1.id, lower(#2.name) FROM (users #1 JOIN teams #2 ON ...)".
ViewSources postgres_sources(std::string_view text) {
  ViewSources result;
  std::string_view select = "SELECT ";
  if (!text.starts_with(select)) return result;
  if (text.starts_with("SELECT DISTINCT ")) select = "SELECT DISTINCT ";
  text.remove_prefix(select.size());
  const Surface whole(text);
  const std::size_t from = whole.find(" FROM ", 0);
  for (const std::string_view set : {" UNION ", " INTERSECT ", " EXCEPT "}) {
    if (whole.find(set, 0) != std::string_view::npos) return result;
  }
  if (from == std::string_view::npos) return result;
  const std::string_view rest = text.substr(from + 1);
  result.outer =
      mentions(rest, {"LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "ROLLUP", "CUBE", "GROUPING SETS"});
  for (const std::string_view item : Surface(text.substr(0, from)).parts(", ")) {
    result.columns.emplace_back();
    const std::size_t dot = item.find('.');
    if (!item.starts_with('#') || dot == std::string_view::npos) continue;
    const std::optional<std::string> column = name_of(item.substr(dot + 1), '"');
    const std::optional<QualifiedName> table = postgres_table(rest, item.substr(0, dot));
    if (column && table) result.columns.back() = ViewSource{*table, *column};
  }
  return result;
}

}  // namespace

ViewSources view_sources(const View& view) {
  ViewSources result;
  if (view.dialect == "postgres") result = postgres_sources(view.canonical);
  if (result.columns.size() != view.columns.size()) result.columns.clear();
  return result;
}

}  // namespace relata::emit
