// TypeORM remembers the texts of views and generated columns in a table of its own, which it makes
// before migrations run (RdbmsSchemaBuilder.createMetadataTableIfNecessary()).

#include "emit/typeorm/remembered.h"

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

std::string quoted(const Plan& plan, std::string_view name) {
  const char quote = plan.mysql ? '`' : '"';
  return quote + std::string(name) + quote;
}

std::string literal(const Plan& plan, std::string_view value) {
  return plan.input.dialect.string_literal(value);
}

std::string path(const Plan& plan, const QualifiedName& table) {
  const Dialect& dialect = plan.input.dialect;
  const std::string name = dialect.identifier(table.name);
  return table.schema.empty() ? name : dialect.identifier(table.schema) + "." + name;
}

}  // namespace

std::vector<RespelledDefault> respelled_defaults(const Plan& plan) {
  std::vector<RespelledDefault> found;
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    const Table& table = plan.schema.tables[t];
    const EntityPlan& entity = plan.entities[t];
    if (!entity.exists || !entity.synchronized) continue;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (entity.columns[i].rewrite.empty()) continue;
      found.push_back(
          {{table.schema, table.name}, table.columns[i].name, entity.columns[i].rewrite});
    }
  }
  return found;
}

std::vector<RememberedText> remembered_texts(const Plan& plan) {
  std::vector<RememberedText> found;
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    const Table& table = plan.schema.tables[t];
    for (const Column& column : table.columns) {
      if (!column.generated || !plan.entities[t].exists) continue;
      found.push_back({"GENERATED_COLUMN", table.schema, table.name, column.name,
                       column.generated->expression.text});
    }
  }
  for (const View& view : plan.schema.views) {
    if (!can_make(view)) continue;
    found.push_back({view.materialized ? "MATERIALIZED_VIEW" : "VIEW", view.schema, "", view.name,
                     std::string(trim(view.sql))});
  }
  return found;
}

std::string remember(const Plan& plan, const RememberedText& text) {
  std::vector<std::string> columns{"type", "name", "value"};
  std::vector<std::string> values{literal(plan, text.type), literal(plan, text.name),
                                  literal(plan, text.value)};
  if (!text.table.empty()) {
    columns.emplace_back("table");
    values.push_back(literal(plan, text.table));
  }
  if (plan.mysql) {
    columns.emplace_back("schema");
    values.emplace_back("DATABASE()");
  } else if (plan.postgres) {
    columns.emplace_back("schema");
    values.push_back(text.schema.empty() ? "current_schema()" : literal(plan, text.schema));
    columns.emplace_back("database");
    values.emplace_back("current_database()");
  }
  for (std::string& column : columns) column = quoted(plan, column);
  return "INSERT INTO " + quoted(plan, "typeorm_metadata") + " (" + join(columns, ", ") +
         ")\nVALUES (" + join(values, ", ") + ")";
}

std::string forget(const Plan& plan, const RememberedText& text) {
  std::string sql = "DELETE FROM " + quoted(plan, "typeorm_metadata") + " WHERE " +
                    quoted(plan, "type") + " = " + literal(plan, text.type) + " AND " +
                    quoted(plan, "name") + " = " + literal(plan, text.name);
  if (!text.table.empty()) {
    sql += " AND " + quoted(plan, "table") + " = " + literal(plan, text.table);
  }
  if (plan.postgres) {
    sql += " AND " + quoted(plan, "schema") + " = " +
           (text.schema.empty() ? "current_schema()" : literal(plan, text.schema));
  }
  return sql;
}

std::string respell(const Plan& plan, const RespelledDefault& one) {
  return "ALTER TABLE " + path(plan, one.table) + " ALTER COLUMN " +
         plan.input.dialect.identifier(one.column) + " SET DEFAULT " + one.value;
}

std::string respelled(const Plan& plan, const std::string& sql) {
  if (!plan.sqlite) return sql;
  const SqliteTableText text = sqlite_table_text(sql);
  return text.read ? text.sql : sql;
}

std::string query_line(std::string_view sql) {
  constexpr std::size_t indent = 4;
  constexpr std::size_t before = 6;  // "await "
  const Code call = Code::call("queryRunner.query", {Code::sql(trim(sql))});
  return "    await " + call.broken(indent, before, 1) + ";\n";
}

}  // namespace relata::emit::typeorm
