#include "emit/typeorm/columns.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit::typeorm {

const std::string& canonical_text(const Expression& expression) {
  return expression.canonical.empty() ? expression.text : expression.canonical;
}

Code::Member default_sql(std::string_view sql) {
  return {"default", Code::function(Code::sql(sql))};
}

std::string union_of(const std::vector<std::string>& values) {
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (const std::string& value : values) parts.push_back(Code::string(value).flat());
  return join(parts, " | ");
}

bool is_string_literal(std::string_view sql) {
  if (sql.size() < 2 || sql.front() != '\'' || sql.back() != '\'') return false;
  for (std::size_t i = 1; i + 1 < sql.size(); ++i) {
    if (sql[i] != '\'') continue;
    if (i + 2 >= sql.size() || sql[i + 1] != '\'') return false;
    ++i;
  }
  return true;
}

bool is_integer(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

bool is_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return is_integer(text) && text.front() != '-';
  return is_integer(text.substr(0, point)) && text.front() != '-' &&
         is_integer(text.substr(point + 1)) && text[point + 1] != '-';
}

SpelledType spelled_type(std::string_view spelling) {
  SpelledType type;
  while (spelling.size() > 2 && spelling.substr(spelling.size() - 2) == "[]") {
    spelling.remove_suffix(2);
    ++type.dimensions;
  }
  const std::size_t open = spelling.find('(');
  if (open == std::string_view::npos || spelling.front() == '"') {
    type.name = std::string(spelling);
    return type;
  }
  const std::size_t close = spelling.rfind(')');
  type.name = std::string(trim(spelling.substr(0, open)));
  type.rest = std::string(spelling.substr(close + 1));
  for (const std::string_view argument : split(spelling.substr(open + 1, close - open - 1), ',')) {
    type.arguments.emplace_back(trim(argument));
  }
  return type;
}

}  // namespace relata::emit::typeorm
