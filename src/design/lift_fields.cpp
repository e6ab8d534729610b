#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "design/lifting.h"

namespace relata::design {
namespace {

/// The kind of field that a neutral type is by itself.
FieldKind kind_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
      return FieldKind::text;
    case TypeKind::small_integer:
    case TypeKind::integer:
      return FieldKind::integer;
    case TypeKind::big_integer:
      return FieldKind::big_integer;
    case TypeKind::decimal:
      return FieldKind::decimal;
    case TypeKind::real:
    case TypeKind::double_precision:
      return FieldKind::floating;
    case TypeKind::boolean:
      return FieldKind::boolean;
    case TypeKind::date:
      return FieldKind::date;
    case TypeKind::time:
      return FieldKind::time;
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return FieldKind::timestamp;
    case TypeKind::uuid:
      return FieldKind::uuid;
    case TypeKind::json:
      return FieldKind::json;
    case TypeKind::binary:
      return FieldKind::binary;
    case TypeKind::inet:
      return FieldKind::ip_address;
    case TypeKind::enumeration:
      return FieldKind::enumeration;
    case TypeKind::interval:
    case TypeKind::native:
      return FieldKind::native;
  }
  return FieldKind::text;
}

FieldType field_type(const Type& type) {
  FieldType result;
  result.kind = kind_of(type.kind);
  if (type.array_dimensions > 0) result.kind = FieldKind::native;
  if (result.kind == FieldKind::enumeration && type.values.empty()) {
    result.kind = FieldKind::native;
  }
  switch (result.kind) {
    case FieldKind::text:
      result.length = type.kind == TypeKind::text ? 0 : type.length;
      break;
    case FieldKind::decimal:
      result.precision = type.precision;
      result.scale = type.scale;
      break;
    case FieldKind::enumeration:
      result.values = type.values;
      break;
    case FieldKind::native:
      result.native = type.spelling.empty() ? type.name : type.spelling;
      // A column of SQLite without a type holds anything.
      if (result.native.empty()) result.kind = FieldKind::text;
      break;
    default:
      break;
  }
  return result;
}

bool is_column(const Expression& expression, const std::string& name) {
  return expression.operation == Operation::column && expression.text == name;
}

std::optional<double> number_in(const Expression& expression) {
  if (expression.operation != Operation::number) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(expression.text.c_str(), &end);
  if (end == expression.text.c_str()) return std::nullopt;
  return value;
}

/// column IN ('a', 'b'): the values, in order.
std::vector<std::string> values_of(const Expression& meaning, const std::string& column) {
  std::vector<std::string> values;
  if (meaning.operation != Operation::in || meaning.arguments.size() < 2) return values;
  if (!is_column(meaning.arguments.front(), column)) return values;
  for (std::size_t i = 1; i < meaning.arguments.size(); ++i) {
    if (meaning.arguments[i].operation != Operation::string) return {};
    values.push_back(meaning.arguments[i].text);
  }
  return values;
}

/// column >= 0 or column <= 9, or both; whether the check says nothing else.
bool take_bounds(const Expression& meaning, const std::string& column, Field& field) {
  if (meaning.operation == Operation::all_of) {
    Field trial = field;
    for (const Expression& part : meaning.arguments) {
      if (!take_bounds(part, column, trial)) return false;
    }
    field = std::move(trial);
    return true;
  }
  if (meaning.arguments.size() != 2 || !is_column(meaning.arguments.front(), column)) return false;
  const std::optional<double> number = number_in(meaning.arguments.back());
  if (!number) return false;
  if (meaning.operation == Operation::greater_or_equal) {
    field.minimum = *number;
  } else if (meaning.operation == Operation::less_or_equal) {
    field.maximum = *number;
  } else {
    return false;
  }
  return true;
}

void take_checks(LiftedTable& lifted, const Column& column, Field& field) {
  for (const Check& check : lifted.table->checks) {
    const Expression* meaning = meaning_of(check.expression);
    if (meaning == nullptr) continue;
    const std::vector<std::string> values = values_of(*meaning, column.name);
    if (!values.empty() && field.type.kind == FieldKind::text) {
      field.type = FieldType{};
      field.type.kind = FieldKind::enumeration;
      field.type.values = values;
      lifted.said_checks.insert(check.name);
    } else if (take_bounds(*meaning, column.name, field)) {
      lifted.said_checks.insert(check.name);
    }
  }
}

std::vector<std::string> words_between_blanks(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view line : split(text, '\n')) {
    for (const std::string_view word : split(line, ' ')) {
      if (!trim(word).empty()) words.emplace_back(trim(word));
    }
  }
  return words;
}

/// The default as a person writes it; empty where a design has no words for it.
std::string default_words(const Column& column) {
  if (!column.default_value) return {};
  const Expression* meaning = meaning_of(*column.default_value);
  if (meaning == nullptr) return {};
  switch (meaning->operation) {
    case Operation::string:
    case Operation::number:
    case Operation::boolean:
      return meaning->text;
    case Operation::now:
      return "now";
    case Operation::today:
      return "today";
    default:
      return {};
  }
}

}  // namespace

Field lift_field(const Lifting&, LiftedTable& lifted, const Column& column) {
  Field field;
  field.name = column.name;
  field.type = field_type(column.type);
  field.required = !column.nullable;
  field.unique = is_unique(*lifted.table, {column.name});
  field.default_value = default_words(column);
  field.description = column.comment;
  if (column.generated) {
    field.derived = join(words_between_blanks(column.generated->expression.text), " ");
  }
  field.origin = column.origin;
  take_checks(lifted, column, field);
  const bool listed = std::find(field.type.values.begin(), field.type.values.end(),
                                field.default_value) != field.type.values.end();
  if (field.type.kind == FieldKind::enumeration && !listed) field.default_value.clear();
  return field;
}

}  // namespace relata::design
