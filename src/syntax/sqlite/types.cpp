#include "syntax/sqlite/types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"

namespace relata::syntax::sqlite {
namespace {

struct NamedType {
  std::string_view name;
  TypeKind kind;
};

/// Names that say what is meant, whatever their affinity. INT and INTEGER hold 64 bits in SQLite,
/// and hold milliseconds or ids of that size often enough.
constexpr std::array named_types{
    NamedType{"bigint", TypeKind::big_integer},
    NamedType{"bigserial", TypeKind::big_integer},
    NamedType{"binary", TypeKind::binary},
    NamedType{"bit", TypeKind::boolean},
    NamedType{"blob", TypeKind::binary},
    NamedType{"bool", TypeKind::boolean},
    NamedType{"boolean", TypeKind::boolean},
    NamedType{"bytea", TypeKind::binary},
    NamedType{"char", TypeKind::character},
    NamedType{"character", TypeKind::character},
    NamedType{"character varying", TypeKind::varchar},
    NamedType{"clob", TypeKind::text},
    NamedType{"date", TypeKind::date},
    NamedType{"datetime", TypeKind::timestamp},
    NamedType{"datetimeoffset", TypeKind::timestamp_tz},
    NamedType{"dec", TypeKind::decimal},
    NamedType{"decimal", TypeKind::decimal},
    NamedType{"double", TypeKind::double_precision},
    NamedType{"double precision", TypeKind::double_precision},
    NamedType{"float", TypeKind::double_precision},
    NamedType{"float4", TypeKind::real},
    NamedType{"float8", TypeKind::double_precision},
    NamedType{"graphic", TypeKind::text},
    NamedType{"guid", TypeKind::uuid},
    NamedType{"image", TypeKind::binary},
    NamedType{"inet", TypeKind::inet},
    NamedType{"int", TypeKind::big_integer},
    NamedType{"int2", TypeKind::small_integer},
    NamedType{"int4", TypeKind::integer},
    NamedType{"int8", TypeKind::big_integer},
    NamedType{"integer", TypeKind::big_integer},
    NamedType{"interval", TypeKind::interval},
    NamedType{"json", TypeKind::json},
    NamedType{"jsonb", TypeKind::json},
    NamedType{"long", TypeKind::big_integer},
    NamedType{"longblob", TypeKind::binary},
    NamedType{"longtext", TypeKind::text},
    NamedType{"mediumblob", TypeKind::binary},
    NamedType{"mediumint", TypeKind::integer},
    NamedType{"mediumtext", TypeKind::text},
    NamedType{"money", TypeKind::decimal},
    NamedType{"native character", TypeKind::character},
    NamedType{"nchar", TypeKind::character},
    NamedType{"ntext", TypeKind::text},
    NamedType{"numeric", TypeKind::decimal},
    NamedType{"nvarchar", TypeKind::varchar},
    NamedType{"nvarchar2", TypeKind::varchar},
    NamedType{"real", TypeKind::double_precision},
    NamedType{"serial", TypeKind::big_integer},
    NamedType{"smalldatetime", TypeKind::timestamp},
    NamedType{"smallint", TypeKind::small_integer},
    NamedType{"smallmoney", TypeKind::decimal},
    NamedType{"string", TypeKind::text},
    NamedType{"text", TypeKind::text},
    NamedType{"time", TypeKind::time},
    NamedType{"timestamp", TypeKind::timestamp},
    NamedType{"timestamp with time zone", TypeKind::timestamp_tz},
    NamedType{"timestamp without time zone", TypeKind::timestamp},
    NamedType{"timestamptz", TypeKind::timestamp_tz},
    NamedType{"tinyblob", TypeKind::binary},
    NamedType{"tinyint", TypeKind::small_integer},
    NamedType{"tinytext", TypeKind::text},
    NamedType{"uniqueidentifier", TypeKind::uuid},
    NamedType{"unsigned big int", TypeKind::big_integer},
    NamedType{"uuid", TypeKind::uuid},
    NamedType{"varbinary", TypeKind::binary},
    NamedType{"varchar", TypeKind::varchar},
    NamedType{"varchar2", TypeKind::varchar},
    NamedType{"varying character", TypeKind::varchar},
    NamedType{"year", TypeKind::small_integer},
};

/// "name" in lower case with single blanks, and the numbers between its parentheses.
struct Declared {
  std::string name;
  std::vector<int> numbers;
};

Declared divide(std::string_view declared) {
  Declared result;
  bool inside = false;
  std::string number;
  const auto end_number = [&] {
    int value = 0;
    const auto [last, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (!number.empty() && error == std::errc() && last == number.data() + number.size()) {
      result.numbers.push_back(value);
    }
    number.clear();
  };
  for (const char c : declared) {
    if (c == '(') {
      inside = true;
    } else if (c == ')') {
      end_number();
      inside = false;
    } else if (inside) {
      if (c == ',') {
        end_number();
      } else if (is_ascii_digit(c)) {
        number += c;
      }
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!result.name.empty() && result.name.back() != ' ') result.name += ' ';
    } else if (c != '"' && c != '`' && c != '[' && c != ']' && c != '\'') {
      result.name += c;
    }
  }
  result.name = to_lower(trim(result.name));
  return result;
}

/// `name`: in lower case, not empty.
Affinity affinity_of_name(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (has("int")) return Affinity::integer;
  if (has("char") || has("clob") || has("text")) return Affinity::text;
  if (has("blob")) return Affinity::none;
  if (has("real") || has("floa") || has("doub")) return Affinity::real;
  return Affinity::numeric;
}

TypeKind kind_by_affinity(std::string_view name) {
  static constexpr std::array kinds{TypeKind::big_integer, TypeKind::text, TypeKind::binary,
                                    TypeKind::double_precision, TypeKind::decimal};
  return kinds[static_cast<std::size_t>(affinity_of_name(name))];
}

const NamedType* find_named(std::string_view name) {
  const auto found = std::lower_bound(
      named_types.begin(), named_types.end(), name,
      [](const NamedType& type, std::string_view wanted) { return type.name < wanted; });
  return found != named_types.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

Affinity affinity_of(std::string_view declared, bool strict) {
  const std::string name = to_lower(trim(declared));
  if (name.empty() || (strict && name == "any")) return Affinity::none;
  return affinity_of_name(name);
}

Type type_of(std::string_view declared) {
  Type type;
  type.spelling = std::string(trim(declared));
  Declared parts = divide(declared);
  if (parts.name.empty() || parts.name == "any") {
    type.kind = TypeKind::text;  // Holds whatever is put in; text can show all of it.
    return type;
  }
  // The signs that MySQL lets follow say nothing that another type would.
  for (const std::string_view word : {" unsigned", " signed", " zerofill", " identity"}) {
    if (parts.name.ends_with(word)) parts.name.resize(parts.name.size() - word.size());
  }
  const NamedType* named = find_named(parts.name);
  type.kind = named != nullptr ? named->kind : kind_by_affinity(parts.name);
  const std::vector<int>& numbers = parts.numbers;
  if (parts.name == "tinyint" && numbers == std::vector<int>{1}) type.kind = TypeKind::boolean;
  if (type.kind == TypeKind::varchar || type.kind == TypeKind::character) {
    if (!numbers.empty()) type.length = numbers.front();
    if (type.length <= 0) type.kind = TypeKind::text;
  }
  if (type.kind == TypeKind::decimal && !numbers.empty()) {
    type.precision = numbers.front();
    if (numbers.size() > 1) type.scale = numbers[1];
    if (type.precision <= 0 || type.scale > type.precision) type.precision = type.scale = 0;
  }
  return type;
}

}  // namespace relata::syntax::sqlite
