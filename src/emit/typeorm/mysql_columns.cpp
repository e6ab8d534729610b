// What TypeORM 1.1.1 says of columns in MariaDB and MySQL, and what it reads there: MysqlDriver.js
// (normalizeType, findChangedColumns, compareDefaultValues) and MysqlQueryRunner.js (loadTables).

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "emit/typeorm/columns.h"
#include "emit/typeorm/mariadb_spelling.h"

namespace relata::emit::typeorm {
namespace {

enum class Arguments { none, length, precision };

/// A type in TypeORM's words and what mysql2 makes of its values.
struct KnownType {
  std::string_view name;
  std::string_view value;
  Arguments arguments = Arguments::none;
};

constexpr std::array known_types{
    KnownType{"bigint", "string"},
    KnownType{"binary", "Buffer", Arguments::length},
    KnownType{"bit", "Buffer"},
    KnownType{"blob", "Buffer"},
    KnownType{"char", "string", Arguments::length},
    KnownType{"date", "string"},
    KnownType{"datetime", "Date", Arguments::precision},
    KnownType{"decimal", "string", Arguments::precision},
    KnownType{"double", "number", Arguments::precision},
    KnownType{"enum", "string"},
    KnownType{"float", "number", Arguments::precision},
    KnownType{"geometry", "string"},
    KnownType{"geometrycollection", "string"},
    KnownType{"inet4", "string"},
    KnownType{"inet6", "string"},
    KnownType{"int", "number"},
    KnownType{"json", "unknown"},
    KnownType{"linestring", "string"},
    KnownType{"longblob", "Buffer"},
    KnownType{"longtext", "string"},
    KnownType{"mediumblob", "Buffer"},
    KnownType{"mediumint", "number"},
    KnownType{"mediumtext", "string"},
    KnownType{"multilinestring", "string"},
    KnownType{"multipoint", "string"},
    KnownType{"multipolygon", "string"},
    KnownType{"point", "string"},
    KnownType{"polygon", "string"},
    KnownType{"set", "string[]"},
    KnownType{"smallint", "number"},
    KnownType{"text", "string"},
    KnownType{"time", "string", Arguments::precision},
    KnownType{"timestamp", "Date", Arguments::precision},
    KnownType{"tinyblob", "Buffer"},
    KnownType{"tinyint", "number"},
    KnownType{"tinytext", "string"},
    KnownType{"uuid", "string"},
    KnownType{"varbinary", "Buffer", Arguments::length},
    KnownType{"varchar", "string", Arguments::length},
    KnownType{"year", "number"},
};

/// The texts of enum('a','b') and set('a','b').
std::vector<std::string> values_in(std::string_view spelling) {
  std::vector<std::string> values;
  for (std::size_t place = spelling.find('\''); place < spelling.size(); ++place) {
    if (spelling[place] != '\'') continue;
    std::string value;
    for (++place; place < spelling.size(); ++place) {
      if (spelling[place] == '\'') {
        if (place + 1 >= spelling.size() || spelling[place + 1] != '\'') break;
        ++place;
      }
      value += spelling[place];
    }
    values.push_back(std::move(value));
  }
  return values;
}

void describe_values(std::string_view spelling, ColumnCode& code) {
  const std::vector<std::string> values = values_in(spelling);
  code.options.emplace_back("enum", Code::strings(values));
  code.value = union_of(values);
  if (code.type == "set") {
    code.value = values.size() > 1 ? "(" + code.value + ")[]" : code.value + "[]";
  }
  // It takes the list of values apart at its commas, and leaves doubled quotes.
  for (const std::string& one : values) {
    if (one.find_first_of(",'\\") != std::string::npos) code.comparable = false;
  }
}

void describe_arguments(const SpelledType& spelled, Arguments takes, ColumnCode& code) {
  if (spelled.arguments.empty()) return;
  if (takes == Arguments::length) {
    code.options.emplace_back("length", Code::text(spelled.arguments.front()));
  } else if (takes == Arguments::precision) {
    code.options.emplace_back("precision", Code::text(spelled.arguments.front()));
    if (spelled.arguments.size() > 1) {
      code.options.emplace_back("scale", Code::text(spelled.arguments[1]));
    } else if (code.type == "decimal") {
      code.options.emplace_back("scale", Code::text("0"));
    }
  } else if (code.type == "bit" && spelled.arguments.front() != "1") {
    code.lost.emplace_back("the length of");
  }
}

void describe_type(const ColumnInput& input, ColumnCode& code) {
  const std::string spelling = to_lower(input.column.type.spelling);
  SpelledType spelled = spelled_type(input.column.type.spelling);
  spelled.name = spelling.substr(0, spelling.find_first_of(" ("));
  const auto known = std::find_if(known_types.begin(), known_types.end(),
                                  [&](const KnownType& one) { return one.name == spelled.name; });
  if (known == known_types.end()) {
    code.type = "text";
    code.comparable = false;
    code.lost.push_back("the type " + input.column.type.spelling + " of");
    return;
  }
  code.type = known->name;
  code.value = known->value;
  if (code.type == "enum" || code.type == "set") {
    describe_values(input.column.type.spelling, code);
    return;
  }
  describe_arguments(spelled, known->arguments, code);
  if (code.type == "tinyint" && input.value.kind == TypeKind::boolean) {
    code.type = "boolean";
    code.value = "boolean";
  } else if (code.type == "longtext" && input.value.kind == TypeKind::json) {
    code.type = "json";
    code.value = "unknown";
  } else if (code.value == "string" && !input.value.values.empty()) {
    code.value = union_of(input.value.values);
  }
  if (input.value.is_unsigned) code.options.emplace_back("unsigned", Code::text("true"));
  if (spelling.find("zerofill") != std::string::npos) code.lost.emplace_back("ZEROFILL of");
}

/// "current_timestamp(6)" as TypeORM writes it, or nothing.
std::string current_timestamp(std::string_view sql) {
  const std::string text = to_upper(sql);
  constexpr std::string_view name = "CURRENT_TIMESTAMP";
  if (text.compare(0, name.size(), name) != 0) return {};
  const std::string rest = text.substr(name.size());
  if (rest.empty() || rest == "()") return std::string(name);
  const bool precise = rest.size() == 3 && rest.front() == '(' && is_ascii_digit(rest[1]);
  return precise ? text : std::string();
}

/// Bytes that the server shows as they were written: BINARY is filled up, others are in
/// hexadecimal.
bool is_readable(const std::string& type, std::string_view literal) {
  return type != "binary" && type != "bit" &&
         std::all_of(literal.begin(), literal.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

void describe_default(const ColumnInput& input, ColumnCode& code) {
  if (!input.column.default_value) return;
  const std::string& sql = canonical_text(*input.column.default_value);
  const std::string& text = input.column.default_value->text;
  code.has_default = true;
  if (is_string_literal(sql) && (code.value != "Buffer" || is_readable(code.type, sql))) {
    const bool plain = sql.substr(1, sql.size() - 2).find_first_of("'\\\n\r") == std::string::npos;
    const std::string shown = mariadb_literal(sql);
    code.options.push_back(
        plain ? Code::Member{"default", Code::string(sql.substr(1, sql.size() - 2))}
              : default_sql(shown));
    if (shown.find('\'', 1) != shown.size() - 1 && shown[shown.size() - 2] == '\'') {
      code.comparable = false;  // It cuts all quotes off at both ends.
    }
  } else if (code.type == "bit" || code.value == "Buffer") {
    code.options.push_back(default_sql(text));
    code.comparable = code.type == "bit" && code.lost.empty() && text.compare(0, 2, "b'") == 0;
  } else if (code.type == "boolean" && (sql == "0" || sql == "1")) {
    code.options.emplace_back("default", Code::text(sql == "1" ? "true" : "false"));
  } else if (is_integer(sql) && sql.size() <= 15) {
    code.options.emplace_back("default", Code::text(sql));
  } else if (is_number(sql)) {
    code.options.push_back(default_sql(sql));
  } else if (const std::string now = current_timestamp(sql); !now.empty()) {
    code.default_is_now = true;
    code.options.push_back(default_sql(now));
  } else if (const std::optional<std::string> shown = mariadb_spelling(sql)) {
    code.options.push_back(default_sql(*shown));
  } else {
    code.options.push_back(default_sql(text));
    code.comparable = false;
  }
}

void describe_on_update(const ColumnInput& input, ColumnCode& code) {
  if (!input.column.on_update) return;
  const std::string now = current_timestamp(canonical_text(*input.column.on_update));
  if (now.empty()) {
    code.lost.emplace_back("ON UPDATE of");
    code.comparable = false;
    return;
  }
  code.options.emplace_back("onUpdate", Code::string(now));
}

}  // namespace

ColumnCode mysql_column(const ColumnInput& input) {
  ColumnCode code;
  describe_type(input, code);
  const Column& column = input.column;
  if (column.nullable) code.options.emplace_back("nullable", Code::text("true"));
  if (column.identity) code.generated = "increment";
  if (column.generated) {
    code.options.emplace_back("asExpression", Code::sql(column.generated->expression.text));
    code.options.emplace_back("generatedType",
                              Code::string(column.generated->stored ? "STORED" : "VIRTUAL"));
  } else {
    describe_default(input, code);
    describe_on_update(input, code);
  }
  if (!column.character_set.empty()) {
    code.options.emplace_back("charset", Code::string(column.character_set));
  }
  if (!column.collation.empty()) {
    code.options.emplace_back("collation", Code::string(column.collation));
  }
  if (column.invisible) code.lost.emplace_back("INVISIBLE of");
  if (!column.comment.empty()) code.options.emplace_back("comment", Code::string(column.comment));
  return code;
}

}  // namespace relata::emit::typeorm
