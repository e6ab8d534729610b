#include "app/cli/native_schema.h"

#include <unordered_map>
#include <utility>

#include "emit/code/names.h"
#include "read/sql/sql.h"

namespace relata::cli {
namespace {

void carry_comments(const Table& from, Table& to) {
  if (to.comment.empty()) to.comment = from.comment;
  std::unordered_map<std::string_view, const Column*> columns;
  for (const Column& column : from.columns) columns.emplace(column.name, &column);
  for (Column& column : to.columns) {
    const auto found = columns.find(column.name);
    if (found == columns.end()) continue;
    if (column.comment.empty()) column.comment = found->second->comment;
    column.origin = found->second->origin;
  }
}

/// What a person meant by it, which no DDL holds.
void carry_intent(const Schema& from, Schema& to) {
  to.name = from.name;
  to.session = from.session;
  to.code = from.code;
  const emit::SchemaIndex index(from);
  for (Table& table : to.tables) {
    const std::size_t place = index.table(table.schema, table.name);
    if (place == emit::SchemaIndex::npos) continue;
    table.intent = from.tables[place].intent;
    table.origin = from.tables[place].origin;
    carry_comments(from.tables[place], table);
  }
}

}  // namespace

const Dialect& default_dialect(const Schema& schema) {
  const Dialect* own = find_dialect(schema.dialect);
  return own != nullptr ? *own : *dialects().front();
}

NativeSchema native_schema(const Schema& schema, const Dialect& dialect, const DdlOptions& options,
                           DiagnosticSink& sink) {
  NativeSchema native;
  native.dialect = &dialect;
  const SourceFile ddl{"schema.sql", dialect.ddl(schema, options, sink)};
  native.create = sql::split_statements(ddl, dialect.id());
  if (schema.dialect == dialect.id()) {
    native.schema = schema;
  } else {
    DiagnosticSink unheard;  // Relata's own DDL: what it does not keep are rows and settings
    native.schema = sql::read_sql({ddl}, dialect.id(), unheard);
    carry_intent(schema, native.schema);
  }
  native.drop = dialect.drop_statements(native.schema);
  return native;
}

}  // namespace relata::cli
