#pragma once

#include <string>
#include <vector>

#include "emit/code/column_type.h"
#include "emit/typeorm/typescript_text.h"
#include "model/schema.h"

namespace relata::emit::typeorm {

/// A column as TypeORM has it. What it says of the database is what TypeORM's own comparison
/// (typeorm schema:log) makes of it, read in typeorm 1.1.1: findChangedColumns() of the driver and
/// loadTables() of its query runner.
struct ColumnCode {
  std::string type;                   ///< TypeORM's column type: "timestamp with time zone".
  std::vector<Code::Member> options;  ///< Behind the type: length, precision, default ...
  std::string value = "string";       ///< TypeScript type of a value that is not NULL.
  std::string generated;              ///< "increment", "identity", "uuid", or nothing.
  bool has_default = false;
  bool default_is_now = false;    ///< The moment of the statement, in the form of TypeORM.
  std::string transformer;        ///< Name in transformers.ts, or nothing.
  bool text_array = false;        ///< [postgres] node-postgres must be told to read it as text.
  bool comparable = true;         ///< false: TypeORM would find a difference where there is none.
  std::vector<std::string> lost;  ///< What a database made from the entity would lack: "its type".
  /// SQL that the migration runs after the DDL, so that TypeORM recognises what stands there.
  std::string rewrite;
};

/// What the describing of a column may look at.
struct ColumnInput {
  const Schema& schema;
  const Table& table;
  const Column& column;
  const ValueType& value;
};

[[nodiscard]] ColumnCode postgres_column(const ColumnInput& input);
[[nodiscard]] ColumnCode mysql_column(const ColumnInput& input);
[[nodiscard]] ColumnCode sqlite_column(const ColumnInput& input);

/// [postgres] The sequence that TypeORM looks for behind a serial column
/// (PostgresQueryRunner.buildSequenceName).
[[nodiscard]] std::string serial_name(const std::string& table, const std::string& column);

/// The canonical form of an expression, or its text where there is none.
[[nodiscard]] const std::string& canonical_text(const Expression& expression);
/// SQL as a member of an options object: `() => 'now()'`.
[[nodiscard]] Code::Member default_sql(std::string_view sql);
/// `'a' | 'b'`
[[nodiscard]] std::string union_of(const std::vector<std::string>& values);
/// Whether the text is one string literal: 'it''s'.
[[nodiscard]] bool is_string_literal(std::string_view sql);
/// Digits, perhaps with a sign and a point.
[[nodiscard]] bool is_integer(std::string_view text);
[[nodiscard]] bool is_number(std::string_view text);
/// The spelling of a type in parts: "character varying", {"20"}, dimensions 1.
struct SpelledType {
  std::string name;
  std::vector<std::string> arguments;
  std::string rest;  ///< What stands behind the parenthesis: " without time zone", " unsigned".
  int dimensions = 0;
};
[[nodiscard]] SpelledType spelled_type(std::string_view spelling);

}  // namespace relata::emit::typeorm
