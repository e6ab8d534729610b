// Types of drizzle-orm/pg-core 0.45: what getSQLType() of each answers is in its
// pg-core/columns/*.js, what drizzle-kit quotes in parseType() of its sqlgenerator.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/drizzle/types.h"

namespace relata::emit::drizzle {
namespace {

/// What a function is told beside the name.
enum class Options {
  nothing,
  values,     ///< enum
  length,     ///< length, enum
  decimal,    ///< precision, scale
  precision,  ///< precision
  zoned,      ///< precision, withTimezone
  big,        ///< mode: 'bigint'
  dimensions,
};

struct KnownType {
  std::string_view base;
  std::string_view function;
  std::string_view sql;  ///< getSQLType() without options.
  Options options;
  Literal literal;
};

constexpr std::array known_types = {
    KnownType{"smallint", "smallint", "smallint", Options::nothing, Literal::number},
    KnownType{"integer", "integer", "integer", Options::nothing, Literal::number},
    KnownType{"bigint", "bigint", "bigint", Options::big, Literal::none},
    KnownType{"real", "real", "real", Options::nothing, Literal::number},
    KnownType{"double precision", "doublePrecision", "double precision", Options::nothing,
              Literal::number},
    KnownType{"numeric", "numeric", "numeric", Options::decimal, Literal::decimal},
    KnownType{"boolean", "boolean", "boolean", Options::nothing, Literal::boolean},
    KnownType{"text", "text", "text", Options::values, Literal::text},
    KnownType{"character varying", "varchar", "varchar", Options::length, Literal::text},
    KnownType{"character", "char", "char", Options::length, Literal::text},
    KnownType{"uuid", "uuid", "uuid", Options::nothing, Literal::text},
    KnownType{"date", "date", "date", Options::nothing, Literal::text},
    KnownType{"time without time zone", "time", "time", Options::precision, Literal::text},
    KnownType{"time with time zone", "time", "time", Options::zoned, Literal::text},
    KnownType{"timestamp without time zone", "timestamp", "timestamp", Options::precision,
              Literal::none},
    KnownType{"timestamp with time zone", "timestamp", "timestamp", Options::zoned, Literal::none},
    KnownType{"json", "json", "json", Options::nothing, Literal::none},
    KnownType{"jsonb", "jsonb", "jsonb", Options::nothing, Literal::none},
    KnownType{"inet", "inet", "inet", Options::nothing, Literal::text},
    KnownType{"cidr", "cidr", "cidr", Options::nothing, Literal::text},
    KnownType{"macaddr", "macaddr", "macaddr", Options::nothing, Literal::text},
    KnownType{"macaddr8", "macaddr8", "macaddr8", Options::nothing, Literal::text},
    KnownType{"point", "point", "point", Options::nothing, Literal::none},
    KnownType{"line", "line", "line", Options::nothing, Literal::none},
    KnownType{"bit", "bit", "bit", Options::dimensions, Literal::none},
};

/// What drizzle-kit writes without quotes when a type's name begins so (parseType()).
constexpr std::array unquoted = {
    "uuid",      "smallint",  "integer",          "bigint",  "boolean", "text",     "varchar",
    "serial",    "bigserial", "decimal",          "numeric", "real",    "json",     "time",
    "date",      "interval",  "double precision", "char",    "vector",  "geometry", "halfvec",
    "sparsevec", "bit",
};

/// A type's name so that drizzle-kit makes the right SQL of it: it puts everything that it does not
/// know into one pair of quotes, and nothing that begins like what it knows.
std::string kit_type(std::string_view space, std::string_view name, std::string_view spelling) {
  const bool known = std::any_of(unquoted.begin(), unquoted.end(),
                                 [&](std::string_view one) { return spelling.starts_with(one); });
  if (space.empty() && !known) return std::string(name);
  if (space.empty() && spelling == to_lower(spelling)) return std::string(spelling);
  return std::string(space.empty() ? "public" : space) + "\".\"" + std::string(name);
}

/// The name in "space"."name" or name, without quotes.
QualifiedName named_type(std::string_view spelling) {
  QualifiedName name;
  std::string part;
  bool quoted = false;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    const char c = spelling[i];
    if (c == '"') {
      if (quoted && i + 1 < spelling.size() && spelling[i + 1] == '"') {
        part += spelling[i++];
        continue;
      }
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      name.schema = part;
      part.clear();
    } else {
      part += c;
    }
  }
  name.name = part;
  return name;
}

std::string_view without_dimensions(std::string_view spelling) {
  while (spelling.ends_with("]")) spelling = spelling.substr(0, spelling.rfind('['));
  return spelling;
}

/// Of time types: the digits of a fraction of a second.
ColumnType timed(ColumnType type, const SpelledType& spelled, const KnownType& known, bool zoned) {
  std::vector<std::pair<std::string, Code>> members;
  if (!spelled.arguments.empty()) {
    members.emplace_back("precision", text(spelled.arguments));
    const std::string_view gap = known.function == "timestamp" ? " " : "";
    type.sql_type += std::string(gap) + "(" + spelled.arguments + ")";
  }
  if (zoned) {
    members.emplace_back("withTimezone", text("true"));
    type.sql_type += " with time zone";
  }
  type.arguments = options(std::move(members));
  return type;
}

ColumnType known_type(Plan& plan, const KnownType& known, const SpelledType& spelled,
                      const ValueType& value) {
  ColumnType type;
  type.function = plan.names.core(known.function);
  type.sql_type = known.sql;
  type.literal = known.literal;
  std::vector<std::pair<std::string, Code>> members;
  switch (known.options) {
    case Options::nothing:
      break;
    case Options::big:
      members.emplace_back("mode", string_literal("bigint"));
      break;
    case Options::length:
      if (!spelled.arguments.empty()) {
        members.emplace_back("length", text(spelled.arguments));
        type.sql_type += "(" + spelled.arguments + ")";
      }
      [[fallthrough]];
    case Options::values:
      if (!value.values.empty()) members.emplace_back("enum", strings(value.values));
      break;
    case Options::decimal: {
      const std::vector<std::string_view> parts = split(spelled.arguments, ',');
      if (spelled.arguments.empty()) break;
      members.emplace_back("precision", text(trim(parts[0])));
      const std::string scale(parts.size() > 1 ? trim(parts[1]) : std::string_view("0"));
      members.emplace_back("scale", text(scale));
      type.sql_type += "(" + std::string(trim(parts[0])) + ", " + scale + ")";
      break;
    }
    case Options::precision:
      return timed(std::move(type), spelled, known, false);
    case Options::zoned:
      return timed(std::move(type), spelled, known, true);
    case Options::dimensions: {
      const std::string length = spelled.arguments.empty() ? "1" : spelled.arguments;
      members.emplace_back("dimensions", text(length));
      type.sql_type += "(" + length + ")";
      break;
    }
  }
  type.arguments = options(std::move(members));
  return type;
}

/// interval, with the fields that it is cut to.
ColumnType interval_type(Plan& plan, std::string_view spelling) {
  const SpelledType spelled = spelled_type(spelling);
  const std::string_view interval = "interval";
  const std::string fields(trim(std::string_view(spelled.base).substr(interval.size())));
  ColumnType type;
  type.function = plan.names.core(interval);
  type.sql_type = spelled.base;
  type.literal = Literal::text;
  std::vector<std::pair<std::string, Code>> members;
  if (!fields.empty()) members.emplace_back("fields", string_literal(fields));
  if (!spelled.arguments.empty() && spelled.arguments != "0") {
    members.emplace_back("precision", text(spelled.arguments));
    type.sql_type += "(" + spelled.arguments + ")";
  }
  type.arguments = options(std::move(members));
  return type;
}

/// The pgEnum() of a column; nothing where there is none.
const PlannedEnumeration* enumeration_of(const Plan& plan, const QualifiedName& name) {
  const auto found = std::find_if(
      plan.enumerations.begin(), plan.enumerations.end(), [&](const PlannedEnumeration& one) {
        return one.enumeration->schema == name.schema && one.enumeration->name == name.name;
      });
  if (found == plan.enumerations.end() || found->constant.empty()) return nullptr;
  return &*found;
}

ColumnType element_type(Plan& plan, std::string_view spelling, const ValueType& value) {
  if (!value.enumeration.name.empty() && value.domain.name.empty()) {
    if (const PlannedEnumeration* found = enumeration_of(plan, value.enumeration)) {
      ColumnType type;
      type.function = found->constant;
      type.sql_type = found->enumeration->name;
      type.type_schema = found->space.empty() ? "public" : found->enumeration->schema;
      type.literal = Literal::text;
      return type;
    }
  }
  const SpelledType spelled = spelled_type(spelling);
  if (value.domain.name.empty() && value.enumeration.name.empty()) {
    const auto* known =
        std::find_if(known_types.begin(), known_types.end(),
                     [&](const KnownType& one) { return one.base == spelled.base; });
    if (known != known_types.end()) return known_type(plan, *known, spelled, value);
    if (spelled.base.starts_with("interval")) return interval_type(plan, spelling);
  }
  const bool has_arguments = !spelled.arguments.empty();
  const QualifiedName name = named_type(spelling);
  CustomData data = custom_data(value);
  if (spelling == "circle") data = CustomData::circle;
  if (spelling == "oid") data = CustomData::number;
  if (data == CustomData::buffer && plan.has_binary_arrays) data = CustomData::hex_buffer;
  const bool internal_char = spelling == "\"char\"";
  const std::string sql_type = internal_char   ? kit_type("pg_catalog", "char", spelling)
                               : has_arguments ? std::string(spelling)
                                               : kit_type(name.schema, name.name, spelling);
  ColumnType type = custom(plan, sql_type, data, internal_char ? "internalChar" : name.name);
  if (!value.values.empty()) type.calls.push_back(union_type(value.values));
  return type;
}

}  // namespace

ColumnType postgres_type(Plan& plan, const Table* table, const Column& column) {
  const ValueType value = table != nullptr ? value_type(plan.schema(), *table, column)
                                           : value_type(plan.schema(), column.type);
  const std::string_view spelling = column.type.spelling;
  ColumnType type = element_type(plan, without_dimensions(spelling), value);
  // PostgreSQL keeps whether a column is an array, not of how many dimensions: its values can be of
  // any. Drizzle has one array() for each.
  if (value.array_dimensions > 0 && value.domain.name.empty()) {
    type.calls.push_back(text("array()"));
    type.sql_type += "[]";
    type.literal = Literal::none;
  }
  return type;
}

}  // namespace relata::emit::drizzle
