#include "design/types.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"

namespace relata::design {
namespace {

Type decimal(int precision, int scale) {
  Type type = simple_type(TypeKind::decimal);
  type.precision = precision;
  type.scale = scale;
  return type;
}

/// Digits with an optional sign and, when allowed, one decimal point.
bool is_number(std::string_view words, bool fraction) {
  if (words.starts_with('-') || words.starts_with('+')) words.remove_prefix(1);
  bool digits = false;
  for (char c : words) {
    if (c == '.' && fraction) {
      fraction = false;
    } else if (is_ascii_digit(c)) {
      digits = true;
    } else {
      return false;
    }
  }
  return digits;
}

std::optional<Expression> number_default(std::string_view words, bool fraction) {
  if (!is_number(words, fraction)) return std::nullopt;
  if (words.starts_with('+')) words.remove_prefix(1);
  return expression::number(std::string(words));
}

std::optional<Expression> boolean_default(std::string_view words) {
  const std::string word = to_lower(words);
  for (std::string_view yes : {"true", "yes", "on", "1"}) {
    if (word == yes) return expression::leaf(Operation::boolean, "true");
  }
  for (std::string_view no : {"false", "no", "off", "0"}) {
    if (word == no) return expression::leaf(Operation::boolean, "false");
  }
  return std::nullopt;
}

}  // namespace

Type column_type(const FieldType& type) {
  switch (type.kind) {
    case FieldKind::text:
      if (type.length > 0) {
        Type bounded = simple_type(TypeKind::varchar);
        bounded.length = type.length;
        return bounded;
      }
      return simple_type(TypeKind::text);
    case FieldKind::email:
    case FieldKind::url:
    case FieldKind::phone:
    case FieldKind::enumeration:
      return simple_type(TypeKind::text);
    case FieldKind::integer:
    case FieldKind::duration:
    case FieldKind::year:
      return simple_type(TypeKind::integer);
    case FieldKind::big_integer:
      return simple_type(TypeKind::big_integer);
    case FieldKind::decimal:
      return type.precision > 0 ? decimal(type.precision, type.scale) : decimal(12, 2);
    case FieldKind::money:
      return decimal(12, 2);
    case FieldKind::percent:
      return decimal(5, 2);
    case FieldKind::floating:
      return simple_type(TypeKind::double_precision);
    case FieldKind::boolean:
      return simple_type(TypeKind::boolean);
    case FieldKind::date:
      return simple_type(TypeKind::date);
    case FieldKind::time:
      return simple_type(TypeKind::time);
    case FieldKind::timestamp:
      return simple_type(TypeKind::timestamp_tz);
    case FieldKind::uuid:
      return simple_type(TypeKind::uuid);
    case FieldKind::json:
      return simple_type(TypeKind::json);
    case FieldKind::binary:
      return simple_type(TypeKind::binary);
    case FieldKind::ip_address:
      return simple_type(TypeKind::inet);
    case FieldKind::native: {
      Type native = simple_type(TypeKind::native);
      native.name = type.native;
      return native;
    }
  }
  return simple_type(TypeKind::text);
}

std::optional<Expression> default_expression(const FieldType& type, std::string_view words) {
  words = trim(words);
  const std::string word = to_lower(words);
  const bool moment = word == "now" || word == "now()" || word == "today" ||
                      word == "current_timestamp" || word == "current_date";
  switch (type.kind) {
    case FieldKind::integer:
    case FieldKind::big_integer:
    case FieldKind::duration:
    case FieldKind::year:
      return number_default(words, false);
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::percent:
    case FieldKind::floating:
      return number_default(words, true);
    case FieldKind::boolean:
      return boolean_default(words);
    case FieldKind::date:
      return moment ? expression::leaf(Operation::today) : expression::string(std::string(words));
    case FieldKind::timestamp:
      return moment ? expression::leaf(Operation::now) : expression::string(std::string(words));
    case FieldKind::enumeration:
      if (std::find(type.values.begin(), type.values.end(), words) == type.values.end())
        return std::nullopt;
      return expression::string(std::string(words));
    case FieldKind::binary:
      return std::nullopt;
    case FieldKind::uuid:
      if (word == "new" || word == "random") return expression::leaf(Operation::new_uuid7);
      return expression::string(std::string(words));
    default:
      return expression::string(std::string(words));
  }
}

std::optional<Expression> kind_check(const FieldType& type, std::string_view column) {
  const auto like = [&](std::string pattern) {
    Expression match =
        expression::call(Operation::matches_like, {expression::column(std::string(column))});
    match.text = std::move(pattern);
    return match;
  };
  switch (type.kind) {
    case FieldKind::email:
      return like("%_@_%");
    case FieldKind::url:
      return like("%_://_%");
    case FieldKind::enumeration:
      if (type.values.empty()) return std::nullopt;
      return one_of(column, type.values);
    default:
      return std::nullopt;
  }
}

Expression one_of(std::string_view column, const std::vector<std::string>& values) {
  std::vector<Expression> arguments{expression::column(std::string(column))};
  for (const std::string& value : values) arguments.push_back(expression::string(value));
  return expression::call(Operation::in, std::move(arguments));
}

}  // namespace relata::design
