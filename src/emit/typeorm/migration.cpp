// The first migration: https://typeorm.io/docs/migrations/why
// It runs the DDL as it is. TypeORM remembers the texts of views and generated columns in a table
// of its own, which it makes before migrations run (RdbmsSchemaBuilder.createMetadataTable...).

#include <algorithm>

#include "base/text.h"
#include "emit/typeorm/files.h"

namespace relata::emit::typeorm {
namespace {

constexpr std::size_t statement_indent = 4;

class Migration {
 public:
  explicit Migration(const Plan& plan) : plan_(plan) {}

  std::string write() {
    for (const std::string& sql : plan_.input.create) query(up_, respelled(sql));
    remember();
    take_down();
    std::string text = R"(import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1700000000000 implements MigrationInterface {
  name = 'Initial1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
)";
    text += up_ + "  }\n\n  async down(queryRunner: QueryRunner): Promise<void> {\n";
    // No blank line where a block begins.
    if (!down_.empty() && down_.front() == '\n') down_.erase(0, 1);
    return text + down_ + "  }\n}\n";
  }

 private:
  void take_down() {
    const std::vector<std::string>& drop = plan_.input.drop;
    const auto deferring = std::find(drop.begin(), drop.end(), "PRAGMA defer_foreign_keys = ON");
    if (deferring != drop.end()) {
      down_ += R"(
    // The tables refer to each other in a circle, and SQLite heeds this pragma
    // between transactions only.
    const inTransaction = queryRunner.isTransactionActive;
    if (inTransaction) await queryRunner.commitTransaction();
    await queryRunner.query('PRAGMA foreign_keys = OFF');
    await queryRunner.startTransaction();
)";
    }
    for (auto sql = drop.begin(); sql != drop.end(); ++sql) {
      if (sql != deferring) query(down_, *sql);
    }
    if (deferring != drop.end()) {
      down_ += R"(    await queryRunner.commitTransaction();
    await queryRunner.query('PRAGMA foreign_keys = ON');
    if (inTransaction) await queryRunner.startTransaction();
)";
    }
  }

  static void query(std::string& out, std::string_view sql) {
    const Code call = Code::call("queryRunner.query", {Code::sql(trim(sql))});
    out += "    await " + call.broken(statement_indent, 6, 1) + ";\n";
  }

  /// [sqlite] A table in the form that TypeORM can read back.
  std::string respelled(const std::string& sql) const {
    if (!plan_.sqlite) return sql;
    const SqliteTableText text = sqlite_table_text(sql);
    return text.read ? text.sql : sql;
  }

  [[nodiscard]] std::string literal(std::string_view value) const {
    return plan_.input.dialect.string_literal(value);
  }

  void comment(const std::string& line) { up_ += "\n    // " + line + "\n"; }

  void remember() {
    bool first = true;
    for (std::size_t t = 0; t < plan_.entities.size(); ++t) {
      const Table& table = plan_.schema.tables[t];
      const EntityPlan& entity = plan_.entities[t];
      if (!entity.exists || !entity.synchronized) continue;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (entity.columns[i].rewrite.empty()) continue;
        if (first) comment("The same moment, in the words by which TypeORM knows it.");
        first = false;
        query(up_, "ALTER TABLE " + path(table) + " ALTER COLUMN " +
                       plan_.input.dialect.identifier(table.columns[i].name) + " SET DEFAULT " +
                       entity.columns[i].rewrite);
      }
    }
    first = true;
    for (std::size_t t = 0; t < plan_.entities.size(); ++t) {
      const Table& table = plan_.schema.tables[t];
      for (const Column& column : table.columns) {
        if (!column.generated || !plan_.entities[t].exists) continue;
        remember_text(first, "GENERATED_COLUMN", table.schema, table.name, column.name,
                      column.generated->expression.text);
      }
    }
    for (const View& view : plan_.schema.views) {
      if (!can_make(view)) continue;
      remember_text(first, view.materialized ? "MATERIALIZED_VIEW" : "VIEW", view.schema, "",
                    view.name, std::string(trim(view.sql)));
    }
  }

  [[nodiscard]] std::string path(const Table& table) const {
    const std::string name = plan_.input.dialect.identifier(table.name);
    return table.schema.empty() ? name : plan_.input.dialect.identifier(table.schema) + "." + name;
  }

  void remember_text(bool& first, const std::string& type, const std::string& schema,
                     const std::string& table, const std::string& name, const std::string& value) {
    if (first) comment("What TypeORM compares views and generated columns to.");
    first = false;
    std::vector<std::string> columns{"type", "name", "value"};
    std::vector<std::string> values{literal(type), literal(name), literal(value)};
    if (!table.empty()) {
      columns.emplace_back("table");
      values.push_back(literal(table));
    }
    if (plan_.mysql) {
      columns.emplace_back("schema");
      values.emplace_back("DATABASE()");
    } else if (plan_.postgres) {
      columns.emplace_back("schema");
      values.push_back(schema.empty() ? "current_schema()" : literal(schema));
      columns.emplace_back("database");
      values.emplace_back("current_database()");
    }
    for (std::string& column : columns) column = quoted(column);
    const std::string own = quoted("typeorm_metadata");
    query(up_, "INSERT INTO " + own + " (" + join(columns, ", ") + ")\nVALUES (" +
                   join(values, ", ") + ")");
    query(down_, "DELETE FROM " + own + " WHERE " + quoted("type") + " = " + literal(type) +
                     " AND " + quoted("name") + " = " + literal(name));
  }

  [[nodiscard]] std::string quoted(const std::string& name) const {
    const char quote = plan_.mysql ? '`' : '"';
    return quote + name + quote;
  }

  const Plan& plan_;
  std::string up_;
  std::string down_;
};

}  // namespace

std::string migration_file(const Plan& plan) { return Migration(plan).write(); }

}  // namespace relata::emit::typeorm
