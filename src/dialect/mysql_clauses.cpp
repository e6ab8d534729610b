#include "dialect/mysql_clauses.h"

#include "base/text.h"
#include "dialect/mysql_native.h"

namespace relata {
namespace {

const Schema& no_schema() {
  static const Schema schema;
  return schema;
}

}  // namespace

std::string MysqlClauses::name(std::string_view name) const { return dialect_.identifier(name); }

std::string MysqlClauses::literal(std::string_view value) const {
  return dialect_.string_literal(value);
}

std::string MysqlClauses::names(const std::vector<std::string>& names) const {
  std::vector<std::string> quoted;
  for (const std::string& entry : names) quoted.push_back(name(entry));
  return join(quoted, ", ");
}

std::string MysqlClauses::expression(const Expression& expression) const {
  return dialect_.expression(expression);
}

std::string MysqlClauses::column(const Table& table, const Column& column) const {
  const ColumnLine line = MysqlNativeWriter(dialect_, no_schema()).column_line(table, column);
  std::string text = line.name + " " + line.type;
  if (!line.nullability.empty()) text += " " + line.nullability;
  if (!line.rest.empty()) text += " " + line.rest;
  return text;
}

std::string MysqlClauses::primary_key(const PrimaryKey& key) const {
  return MysqlNativeWriter(dialect_, no_schema()).primary_key(key);
}

std::string MysqlClauses::index(const Index& index) const {
  return MysqlNativeWriter(dialect_, no_schema()).index(index);
}

std::string MysqlClauses::foreign_key(const ForeignKey& key) const {
  return MysqlNativeWriter(dialect_, no_schema()).foreign_key(key);
}

std::string MysqlClauses::check(const Check& check) const {
  return MysqlNativeWriter(dialect_, no_schema()).check(check);
}

std::string MysqlClauses::system_period(const Table& table) const {
  return MysqlNativeWriter(dialect_, no_schema()).system_period(table);
}

std::string MysqlClauses::option(const Option& option) const {
  return MysqlNativeWriter(dialect_, no_schema()).option(option);
}

std::string MysqlClauses::create_table(const Table& table,
                                       const std::vector<const ForeignKey*>& keys) const {
  MysqlNativeWriter writer(dialect_, no_schema());
  writer.print_table(table, keys);
  const std::string text = writer.printer_.take();
  return std::string(without_semicolon(text));
}

std::string MysqlClauses::create_view(const View& view, bool replace) const {
  const std::string text = MysqlNativeWriter(dialect_, no_schema()).view(view);
  constexpr std::string_view create = "CREATE";
  return replace ? "CREATE OR REPLACE" + text.substr(create.size()) : text;
}

std::string MysqlClauses::create_sequence(const Sequence& sequence) const {
  return MysqlNativeWriter(dialect_, no_schema()).sequence(sequence);
}

}  // namespace relata
