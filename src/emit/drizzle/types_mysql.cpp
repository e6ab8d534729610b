// Types of drizzle-orm/mysql-core 0.45: what getSQLType() of each answers is in its
// mysql-core/columns/*.js.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/drizzle/types.h"

namespace relata::emit::drizzle {
namespace {

enum class Options {
  nothing,
  values,          ///< enum
  length,          ///< length, enum
  whole,           ///< unsigned; the argument is the width that it is shown in
  big,             ///< mode: 'bigint', unsigned
  decimal,         ///< precision, scale, unsigned
  fraction,        ///< fsp
  text_mode,       ///< mode: 'string'
  none_but_width,  ///< year(4)
};

struct KnownType {
  std::string_view base;
  std::string_view function;
  Options options;
  Literal literal;
  std::string_view width = "";  ///< That the server shows when none is said.
  std::string_view unsigned_width = "";
};

constexpr std::array known_types = {
    KnownType{"tinyint", "tinyint", Options::whole, Literal::number, "4", "3"},
    KnownType{"smallint", "smallint", Options::whole, Literal::number, "6", "5"},
    KnownType{"mediumint", "mediumint", Options::whole, Literal::number, "9", "8"},
    KnownType{"int", "int", Options::whole, Literal::number, "11", "10"},
    KnownType{"bigint", "bigint", Options::big, Literal::none, "20", "20"},
    KnownType{"decimal", "decimal", Options::decimal, Literal::decimal},
    KnownType{"double", "double", Options::decimal, Literal::number},
    KnownType{"float", "float", Options::decimal, Literal::number},
    KnownType{"char", "char", Options::length, Literal::text},
    KnownType{"varchar", "varchar", Options::length, Literal::text},
    KnownType{"tinytext", "tinytext", Options::values, Literal::none},
    KnownType{"text", "text", Options::values, Literal::text},
    KnownType{"mediumtext", "mediumtext", Options::values, Literal::none},
    KnownType{"longtext", "longtext", Options::values, Literal::none},
    KnownType{"date", "date", Options::text_mode, Literal::text},
    KnownType{"time", "time", Options::fraction, Literal::text},
    KnownType{"datetime", "datetime", Options::fraction, Literal::none},
    KnownType{"timestamp", "timestamp", Options::fraction, Literal::none},
    KnownType{"year", "year", Options::none_but_width, Literal::number},
};

std::vector<std::pair<std::string, Code>> decimal_members(ColumnType& type,
                                                          const SpelledType& spelled,
                                                          bool is_unsigned) {
  std::vector<std::pair<std::string, Code>> members;
  if (!spelled.arguments.empty()) {
    const std::vector<std::string_view> parts = split(spelled.arguments, ',');
    const std::string precision(trim(parts[0]));
    members.emplace_back("precision", text(precision));
    if (parts.size() > 1) {
      const std::string scale(trim(parts[1]));
      members.emplace_back("scale", text(scale));
      type.sql_type += "(" + precision + "," + scale + ")";
    } else {
      type.sql_type += "(" + precision + ")";
    }
  }
  // Its own default, which getSQLType() leaves out.
  if (type.sql_type == "decimal(10,0)" || type.sql_type == "decimal(10)") type.sql_type = "decimal";
  if (is_unsigned) members.emplace_back("unsigned", text("true"));
  return members;
}

ColumnType known_type(Plan& plan, const KnownType& known, const SpelledType& spelled,
                      bool is_unsigned, const ValueType& value) {
  ColumnType type;
  type.function = plan.names.core(known.function);
  type.sql_type = known.base;
  type.literal = known.literal;
  std::vector<std::pair<std::string, Code>> members;
  switch (known.options) {
    case Options::nothing:
    case Options::none_but_width:
      break;
    case Options::length:
      members.emplace_back("length", text(spelled.arguments.empty() ? "1" : spelled.arguments));
      type.sql_type += "(" + members.back().second.text + ")";
      [[fallthrough]];
    case Options::values:
      if (!value.values.empty()) members.emplace_back("enum", strings(value.values));
      break;
    case Options::big:
      members.emplace_back("mode", string_literal("bigint"));
      [[fallthrough]];
    case Options::whole:
      if (is_unsigned) members.emplace_back("unsigned", text("true"));
      break;
    case Options::decimal:
      members = decimal_members(type, spelled, is_unsigned);
      break;
    case Options::fraction:
      if (!spelled.arguments.empty() && spelled.arguments != "0") {
        members.emplace_back("fsp", text(spelled.arguments));
        type.sql_type += "(" + spelled.arguments + ")";
      }
      break;
    case Options::text_mode:
      members.emplace_back("mode", string_literal("string"));
      break;
  }
  if (is_unsigned) type.sql_type += " unsigned";
  type.arguments = options(std::move(members));
  return type;
}

/// Whether an integer is shown as wide as if nothing had been said of it.
bool has_usual_width(const KnownType& known, const SpelledType& spelled, bool is_unsigned) {
  if (known.options != Options::whole && known.options != Options::big) return true;
  return spelled.arguments.empty() ||
         spelled.arguments == (is_unsigned ? known.unsigned_width : known.width);
}

/// drizzle-kit cuts the list at every comma and parenthesis (handleEnumType()).
bool can_be_enum(const std::vector<std::string>& values) {
  return !values.empty() &&
         std::none_of(values.begin(), values.end(), [](const std::string& value) {
           return value.find_first_of(",()\\") != std::string::npos;
         });
}

ColumnType enum_type(Plan& plan, const std::vector<std::string>& values) {
  ColumnType type;
  type.function = plan.names.core("mysqlEnum");
  type.arguments = {strings(values)};
  type.literal = Literal::text;
  for (const std::string& value : values) {
    type.sql_type +=
        (type.sql_type.empty() ? "enum('" : ",'") + replace_all(value, "'", "''") + "'";
  }
  type.sql_type += ")";
  return type;
}

CustomData data_of(const SpelledType& spelled, const ValueType& value) {
  constexpr std::array buffers = {"binary",     "varbinary", "tinyblob", "blob",
                                  "mediumblob", "longblob",  "bit"};
  constexpr std::array shapes = {
      "geometry",   "point",           "linestring",   "polygon",
      "multipoint", "multilinestring", "multipolygon", "geometrycollection"};
  if (std::find(buffers.begin(), buffers.end(), spelled.base) != buffers.end())
    return CustomData::buffer;
  if (std::find(shapes.begin(), shapes.end(), spelled.base) != shapes.end())
    return CustomData::unknown;
  // Also one that is unsigned is a safe number in JavaScript; "int(5) unsigned zerofill".
  constexpr std::array small_integers = {"tinyint", "smallint", "mediumint", "int"};
  const std::string_view first = std::string_view(spelled.base).substr(0, spelled.base.find(' '));
  if (std::find(small_integers.begin(), small_integers.end(), first) != small_integers.end())
    return CustomData::number;
  return custom_data(value);
}

}  // namespace

ColumnType mysql_type(Plan& plan, const Table* table, const Column& column) {
  const ValueType value = table != nullptr ? value_type(plan.schema(), *table, column)
                                           : value_type(plan.schema(), column.type);
  const std::string& spelling = column.type.spelling;
  SpelledType spelled = spelled_type(spelling);
  const std::string whole = spelled.base;
  const std::string_view mark = " unsigned";
  const bool is_unsigned = spelled.base.ends_with(mark);
  if (is_unsigned) spelled.base.resize(spelled.base.size() - mark.size());
  if (spelled.base == "tinyint" && spelled.arguments == "1" && !is_unsigned) {
    ColumnType type;
    type.function = plan.names.core("boolean");
    type.sql_type = "boolean";
    type.literal = Literal::boolean;
    return type;
  }
  if (spelled.base == "json") {
    // MariaDB's driver hands JSON over as a text, which json() leaves as it is.
    return custom(plan, "json", CustomData::json, "json");
  }
  if (spelled.base == "enum" && can_be_enum(value.values)) return enum_type(plan, value.values);
  const auto* known = std::find_if(known_types.begin(), known_types.end(),
                                   [&](const KnownType& one) { return one.base == spelled.base; });
  if (known != known_types.end() && has_usual_width(*known, spelled, is_unsigned))
    return known_type(plan, *known, spelled, is_unsigned, value);
  // In capitals, since drizzle-kit takes what begins with "enum" apart.
  const bool is_enum = spelled.base == "enum";
  const std::string sql_type =
      is_enum ? "ENUM" + spelling.substr(std::min<std::size_t>(spelling.size(), 4)) : spelling;
  const std::string wanted = is_enum || spelled.base == "set" ? column.name + " " + spelled.base
                                                              : whole + " " + spelled.arguments;
  ColumnType type = custom(plan, sql_type, data_of(spelled, value), wanted);
  if (!value.values.empty() && spelled.base != "set")
    type.calls.push_back(union_type(value.values));
  return type;
}

}  // namespace relata::emit::drizzle
