#include "emit/drizzle/types.h"

#include <charconv>

#include "base/text.h"

namespace relata::emit::drizzle {

SpelledType spelled_type(std::string_view spelling) {
  SpelledType type;
  const std::size_t open = spelling.find('(');
  const std::size_t close = open == std::string_view::npos ? open : spelling.find(')', open);
  std::string base(spelling.substr(0, open));
  if (close != std::string_view::npos) {
    type.arguments = trim(spelling.substr(open + 1, close - open - 1));
    base += std::string(spelling.substr(close + 1));
  }
  for (std::string_view word : split(base, ' ')) {
    if (word.empty()) continue;
    if (!type.base.empty()) type.base += ' ';
    type.base += to_lower(word);
  }
  return type;
}

std::optional<int> whole_number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
    return std::nullopt;
  return value;
}

std::vector<Code> options(std::vector<std::pair<std::string, Code>> members) {
  if (members.empty()) return {};
  return {object(std::move(members))};
}

ColumnType custom(Plan& plan, std::string_view sql_type, CustomData data, std::string_view wanted) {
  ColumnType type;
  type.function = plan.custom_types.use(plan.names, sql_type, data, wanted);
  type.sql_type = sql_type;
  return type;
}

CustomData custom_data(const ValueType& value) {
  switch (value.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::real:
    case TypeKind::double_precision:
      return CustomData::number;
    case TypeKind::big_integer:
      return CustomData::big_integer;
    case TypeKind::boolean:
      return CustomData::boolean;
    case TypeKind::timestamp:
      return CustomData::utc_moment;
    case TypeKind::timestamp_tz:
      return CustomData::moment;
    case TypeKind::json:
      return CustomData::json;
    case TypeKind::binary:
      return CustomData::buffer;
    default:
      return CustomData::text;
  }
}

Code union_type(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += " | ";
    out += string_literal(value).text;
  }
  return text("$type<" + out + ">()");
}

}  // namespace relata::emit::drizzle
