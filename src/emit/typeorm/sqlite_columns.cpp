// What TypeORM 1.1.1 says of columns in SQLite, and what it reads there: AbstractSqliteDriver.js
// (normalizeType, findChangedColumns) and AbstractSqliteQueryRunner.js (loadTables).

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "emit/typeorm/columns.h"

namespace relata::emit::typeorm {
namespace {

enum class Arguments { none, length, precision, scale };

/// A declared type that TypeORM takes, with what it cuts off in parentheses, and what
/// better-sqlite3 makes of its values.
struct KnownType {
  std::string_view name;
  std::string_view value;
  Arguments arguments = Arguments::none;
};

constexpr std::array known_types{
    KnownType{"bigint", "number"},
    KnownType{"blob", "Buffer", Arguments::length},
    KnownType{"boolean", "boolean"},
    KnownType{"character", "string", Arguments::length},
    KnownType{"clob", "string", Arguments::length},
    KnownType{"date", "string", Arguments::precision},
    KnownType{"datetime", "Date", Arguments::precision},
    KnownType{"decimal", "number", Arguments::scale},
    KnownType{"double", "number", Arguments::scale},
    KnownType{"double precision", "number", Arguments::scale},
    KnownType{"float", "number", Arguments::scale},
    KnownType{"int2", "number"},
    KnownType{"int8", "number"},
    KnownType{"integer", "number"},
    KnownType{"json", "unknown"},
    KnownType{"mediumint", "number"},
    KnownType{"native character", "string", Arguments::length},
    KnownType{"nchar", "string", Arguments::length},
    KnownType{"numeric", "number", Arguments::scale},
    KnownType{"nvarchar", "string", Arguments::length},
    KnownType{"real", "number", Arguments::scale},
    KnownType{"smallint", "number"},
    KnownType{"text", "string", Arguments::length},
    KnownType{"time", "string", Arguments::precision},
    KnownType{"tinyint", "number"},
    KnownType{"unsigned big int", "number"},
    KnownType{"varchar", "string", Arguments::length},
    KnownType{"varying character", "string", Arguments::length},
};

/// SQLite 3, "Determination Of Column Affinity": what a column takes whose type has no name that
/// TypeORM knows.
void describe_by_affinity(const ValueType& value, ColumnCode& code) {
  code.comparable = false;
  switch (value.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
      code.type = "integer";
      code.value = "number";
      break;
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_precision:
      code.type = "numeric";
      code.value = "number";
      break;
    case TypeKind::binary:
      code.type = "blob";
      code.value = "Buffer";
      break;
    default:
      code.type = "text";
  }
}

/// What is inside the parentheses, where TypeORM reads the same as is declared.
bool describe_arguments(const SpelledType& spelled, Arguments takes, ColumnCode& code) {
  if (spelled.arguments.empty()) return true;
  const auto& arguments = spelled.arguments;
  if (!std::all_of(arguments.begin(), arguments.end(),
                   [](const std::string& one) { return is_integer(one) && one.front() != '-'; })) {
    return false;
  }
  switch (takes) {
    case Arguments::none:
      return false;
    case Arguments::length:
      code.options.emplace_back("length", Code::text(arguments.front()));
      return arguments.size() == 1 && arguments.front().front() != '0';
    case Arguments::precision:
      code.options.emplace_back("precision", Code::text(arguments.front()));
      return arguments.size() == 1;
    case Arguments::scale:
      code.options.emplace_back("precision", Code::text(arguments.front()));
      if (arguments.size() > 1) code.options.emplace_back("scale", Code::text(arguments[1]));
      return true;
  }
  return false;
}

void describe_type(const ColumnInput& input, ColumnCode& code) {
  SpelledType spelled = spelled_type(input.column.type.spelling);
  std::string name = to_lower(spelled.name);
  if (name == "int" && spelled.arguments.empty()) {
    describe_by_affinity(input.value, code);  // It takes "int" for "integer", and finds "int".
    return;
  }
  const auto known = std::find_if(known_types.begin(), known_types.end(),
                                  [&](const KnownType& one) { return one.name == name; });
  if (known == known_types.end() || !trim(spelled.rest).empty()) {
    describe_by_affinity(input.value, code);
    code.lost.push_back("the type " + input.column.type.spelling + " of");
    return;
  }
  code.type = known->name;
  code.value = known->value;
  if (!describe_arguments(spelled, known->arguments, code)) code.comparable = false;
  if (code.value == "string" && input.value.kind == TypeKind::json) {
    code.type = "simple-json";
    code.value = "unknown";
  } else if (code.value == "string" && !input.value.values.empty()) {
    code.value = union_of(input.value.values);
  }
}

void describe_default(const ColumnInput& input, ColumnCode& code) {
  if (!input.column.default_value) return;
  const std::string& sql = input.column.default_value->text;
  code.has_default = true;
  const bool plain = is_string_literal(sql) && sql.find('\'', 1) == sql.size() - 1;
  if (code.type == "boolean" && (sql == "0" || sql == "1")) {
    code.options.emplace_back("default", Code::text(sql == "1" ? "true" : "false"));
  } else if (is_integer(sql) && sql.size() <= 15 && (sql == "0" || sql.front() != '0')) {
    code.options.emplace_back("default", Code::text(sql));
  } else if (plain && code.value != "unknown") {
    code.options.emplace_back("default", Code::string(sql.substr(1, sql.size() - 2)));
  } else {
    code.options.push_back(default_sql(sql));
    // A comment would swallow the parenthesis that TypeORM writes behind it.
    if (sql.find("--") != std::string::npos) code.comparable = false;
  }
}

}  // namespace

ColumnCode sqlite_column(const ColumnInput& input) {
  ColumnCode code;
  describe_type(input, code);
  const Column& column = input.column;
  if (column.nullable) code.options.emplace_back("nullable", Code::text("true"));
  if (column.generated) {
    code.options.emplace_back("asExpression", Code::sql(column.generated->expression.text));
    code.options.emplace_back("generatedType",
                              Code::string(column.generated->stored ? "STORED" : "VIRTUAL"));
  } else {
    describe_default(input, code);
  }
  if (!column.collation.empty()) {
    code.options.emplace_back("collation", Code::string(column.collation));
  }
  return code;
}

}  // namespace relata::emit::typeorm
