#include "migrate/postgres/type_change.h"

#include <set>
#include <string>
#include <string_view>

#include "dialect/postgres_words.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

std::string spelling(const Type& type) {
  return type.spelling.empty() ? dialect().type_name(type) : type.spelling;
}

/// "numeric(10,2)[]" as its name "numeric[]" and the numbers in parentheses.
struct Spelled {
  std::string name;
  std::vector<int> numbers;
};

Spelled spelled(const Type& type) {
  Spelled out;
  const std::string text = spelling(type);
  bool inside = false;
  for (const char c : text) {
    if (c == '(') {
      inside = true;
      out.numbers.push_back(0);
    } else if (c == ')') {
      inside = false;
    } else if (inside && c == ',') {
      out.numbers.push_back(0);
    } else if (inside && c >= '0' && c <= '9') {
      out.numbers.back() = out.numbers.back() * 10 + (c - '0');
    } else if (!inside) {
      out.name += c;
    }
  }
  return out;
}

/// Types whose one number may grow, or go, without a look at the rows.
bool can_grow(std::string_view name) {
  static const std::set<std::string_view> names{"character varying",
                                                "bit varying",
                                                "timestamp without time zone",
                                                "timestamp with time zone",
                                                "time without time zone",
                                                "time with time zone",
                                                "interval"};
  return names.count(name) > 0;
}

/// The class of a type's values, or of its elements.
ValueClass class_of(Type type) {
  type.array_dimensions = 0;
  return value_class(type);
}

std::string brackets(int dimensions) {
  std::string out;
  for (int i = 0; i < dimensions; ++i) out += "[]";
  return out;
}

}  // namespace

std::string cast_between(const Column& from, const Column& to, const std::string& value) {
  // An explicit cast would cut texts off; what is assigned is refused when it is too long.
  const bool limited = to.type.kind == TypeKind::varchar || to.type.kind == TypeKind::character;
  const std::string type =
      limited ? "text" + brackets(to.type.array_dimensions) : spelling(to.type);
  const int before = from.type.array_dimensions;
  const int after = to.type.array_dimensions;
  if (before == 0 && after > 0) {
    Column element = to;
    element.type.array_dimensions = 0;
    element.type.spelling = type.substr(0, type.find('['));
    return "ARRAY[" + cast_between(from, element, value) + "]::" + type;
  }
  if (before > 0 && after == 0 && class_of(to.type) != ValueClass::text) {
    Column element = from;
    element.type.array_dimensions = 0;
    element.type.spelling = spelling(from.type);
    element.type.spelling.resize(element.type.spelling.find('['));
    return cast_between(element, to, "(" + value + ")[1]");
  }
  const ValueClass a = class_of(from.type);
  const ValueClass b = class_of(to.type);
  const bool same = a == b && (a != ValueClass::other || spelling(from.type) == type);
  if (same || a == ValueClass::text || b == ValueClass::text ||
      (a == ValueClass::moment && b == ValueClass::time)) {
    return value + "::" + type;
  }
  // Numbers are true or false by way of integer.
  if ((a == ValueClass::boolean && b == ValueClass::number) ||
      (a == ValueClass::number && b == ValueClass::boolean)) {
    return value + "::integer" + brackets(before) + "::" + type;
  }
  return value + "::text" + brackets(before) + "::" + type;
}

std::string lost_between(const Column& from, const Column& to) {
  const auto has_fraction = [](const Column& column) {
    return column.type.kind == TypeKind::real || column.type.kind == TypeKind::double_precision ||
           column.type.kind == TypeKind::decimal;
  };
  const ValueClass a = class_of(from.type);
  const ValueClass b = class_of(to.type);
  if (from.type.array_dimensions > 0 && to.type.array_dimensions == 0 && b != ValueClass::text) {
    return "all elements but the first";
  }
  if (a == ValueClass::number && b == ValueClass::number && has_fraction(from)) {
    const std::vector<int> before = spelled(from.type).numbers;
    const std::vector<int> after = spelled(to.type).numbers;
    const int scale_before = before.size() > 1 ? before[1] : before.empty() ? 1000 : 0;
    const int scale_after = after.size() > 1 ? after[1] : after.empty() ? 1000 : 0;
    if (!has_fraction(to) || scale_after < scale_before) return "digits behind the point";
    if (to.type.kind == TypeKind::real && from.type.kind != TypeKind::real) return "digits";
  }
  if (a == ValueClass::moment && to.type.kind == TypeKind::date &&
      from.type.kind != TypeKind::date) {
    return "the time of day";
  }
  if (a == ValueClass::moment && b == ValueClass::time) return "the date";
  return {};
}

bool can_refer(const Column& from, const Column& to) {
  const auto is_whole = [](const Column& column) {
    return column.type.kind == TypeKind::small_integer || column.type.kind == TypeKind::integer ||
           column.type.kind == TypeKind::big_integer;
  };
  const auto is_text = [](const Column& column) {
    return column.type.kind == TypeKind::text || column.type.kind == TypeKind::varchar;
  };
  return (is_whole(from) && is_whole(to)) || (is_text(from) && is_text(to)) ||
         spelled(from.type).name == spelled(to.type).name;
}

bool keeps_rows(const Column& from, const Column& to) {
  if (from.collation != to.collation) return false;
  const Spelled before = spelled(from.type);
  const Spelled after = spelled(to.type);
  if (before.name == after.name && before.numbers == after.numbers) return true;
  if (before.name == "character varying" && after.name == "text") return true;
  if (before.name == "text" && after.name == "character varying") return after.numbers.empty();
  if (before.name == "cidr" && after.name == "inet") return true;
  if (before.name != after.name) return false;
  if (after.numbers.empty()) return before.name == "numeric" || can_grow(before.name);
  if (before.numbers.empty()) return false;
  if (before.name == "numeric") {
    const auto scale = [](const Spelled& type) {
      return type.numbers.size() > 1 ? type.numbers[1] : 0;
    };
    return after.numbers[0] >= before.numbers[0] && scale(before) == scale(after);
  }
  return can_grow(before.name) && after.numbers[0] >= before.numbers[0];
}

bool is_constant_default(const Expression& expression) {
  static const std::set<std::string_view> stable{"now",
                                                 "transaction_timestamp",
                                                 "statement_timestamp",
                                                 "current_setting",
                                                 "date_trunc",
                                                 "timezone",
                                                 "to_timestamp",
                                                 "make_date",
                                                 "make_interval",
                                                 "make_timestamp",
                                                 "lower",
                                                 "upper",
                                                 "concat",
                                                 "coalesce",
                                                 "nullif",
                                                 "jsonb_build_object",
                                                 "jsonb_build_array",
                                                 "json_build_object",
                                                 "json_build_array",
                                                 "to_jsonb",
                                                 "to_json",
                                                 "array",
                                                 "row",
                                                 "numeric",
                                                 "decimal",
                                                 "varchar",
                                                 "char",
                                                 "character",
                                                 "varying",
                                                 "bit",
                                                 "interval",
                                                 "time",
                                                 "timestamp",
                                                 "bpchar",
                                                 "current_timestamp",
                                                 "localtimestamp",
                                                 "md5",
                                                 "abs",
                                                 "round",
                                                 "replace",
                                                 "trim",
                                                 "btrim",
                                                 "length"};
  for (const SqlWord& word : postgres_words(dialect().expression(expression))) {
    if (word.place == WordPlace::call && stable.count(word.name) == 0) return false;
  }
  return true;
}

}  // namespace relata::migrate::postgres
