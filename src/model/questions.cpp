#include "model/questions.h"

#include <algorithm>

#include "base/text.h"

namespace relata {
namespace {

auto find(const std::vector<Option>& options, std::string_view name) {
  return std::find_if(options.begin(), options.end(),
                      [&](const Option& option) { return option.name == name; });
}

}  // namespace

std::string_view option_value(const std::vector<Option>& options, std::string_view name) {
  const auto found = find(options, name);
  return found == options.end() ? std::string_view() : std::string_view(found->value);
}

bool has_option(const std::vector<Option>& options, std::string_view name) {
  return find(options, name) != options.end();
}

std::string_view action_words(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "NO ACTION";
    case ReferentialAction::restrict:
      return "RESTRICT";
    case ReferentialAction::cascade:
      return "CASCADE";
    case ReferentialAction::set_null:
      return "SET NULL";
    case ReferentialAction::set_default:
      return "SET DEFAULT";
  }
  return {};
}

bool is_period_bound(const Column& column) {
  if (!column.generated) return false;
  const std::string text = to_upper(column.generated->expression.text);
  return text == "ROW START" || text == "ROW END";
}

ValueClass value_class(const Type& type) {
  if (type.array_dimensions > 0) return ValueClass::other;
  switch (type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_precision:
      return ValueClass::number;
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
      return ValueClass::text;
    case TypeKind::boolean:
      return ValueClass::boolean;
    case TypeKind::date:
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return ValueClass::moment;
    case TypeKind::time:
      return ValueClass::time;
    case TypeKind::json:
      return ValueClass::json;
    case TypeKind::binary:
      return ValueClass::bytes;
    default:
      return ValueClass::other;
  }
}

std::string plain_name(std::string_view schema, std::string_view name) {
  std::string text(schema);
  if (!text.empty()) text += ".";
  return text.append(name);
}

}  // namespace relata
