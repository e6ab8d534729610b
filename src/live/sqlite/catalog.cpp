#include "live/sqlite/catalog.h"

#include "base/text.h"
#include "live/sqlite/catalog_rows.h"
#include "live/sqlite/catalog_table.h"
#include "syntax/sqlite/table_text.h"

namespace relata::live::sqlite {
namespace {

using syntax::sqlite::read_index_text;
using syntax::sqlite::read_view_text;

class Builder {
 public:
  Builder(const CatalogRows& rows, DiagnosticSink& sink) : rows_(rows), sink_(sink) {}

  Schema build() {
    schema_.dialect = "sqlite";
    for (const ObjectRow& object : rows_.objects) {
      if (object.type == "table") add_table(object);
      if (object.type == "view") add_view(object);
    }
    for (const ObjectRow& object : rows_.objects) {
      if (object.type == "index" && !object.sql.empty()) add_index(object);
      if (object.type == "trigger") add_trigger(object);
    }
    take_referenced_types(schema_);
    return std::move(schema_);
  }

 private:
  void add_table(const ObjectRow& object) {
    const auto found = rows_.tables.find(to_lower(object.name));
    const TableRow row = found == rows_.tables.end() ? TableRow{"table"} : found->second;
    if (row.type == "shadow") return;
    if (row.type == "virtual") {
      schema_.others.push_back(
          {"virtual table", {}, object.name, {"sqlite", object.sql, {}}, {}, {}});
      return;
    }
    tables_[to_lower(object.name)] = schema_.tables.size();
    schema_.tables.push_back(table_of(object, row, rows_, sink_));
  }

  void add_view(const ObjectRow& object) {
    View view;
    view.name = object.name;
    view.dialect = "sqlite";
    const auto text = read_view_text(object.sql);
    if (!text) {
      not_understood(object);
      return;
    }
    view.sql = text->select;
    view.statement.text = object.sql;
    view.names_columns = !text->columns.empty();
    view.columns = text->columns;
    if (const auto columns = rows_.view_columns.find(to_lower(object.name));
        columns != rows_.view_columns.end() && !view.names_columns) {
      view.columns = columns->second;
    }
    if (const auto broken = rows_.broken_views.find(object.name);
        broken != rows_.broken_views.end()) {
      sink_.warning("sqlite-view-broken",
                    "the view " + object.name + " does not work: " + broken->second, {}, {},
                    "It is kept as it is written; its columns are not known.");
    }
    views_[to_lower(object.name)] = schema_.views.size();
    schema_.views.push_back(std::move(view));
  }

  void add_index(const ObjectRow& object) {
    const auto table = tables_.find(to_lower(object.table));
    const auto text = read_index_text(object.sql);
    const auto columns = rows_.indexes.find(to_lower(object.name));
    if (table == tables_.end()) return;  // Of a shadow table.
    Table& owner = schema_.tables[table->second];
    if (!text || columns == rows_.indexes.end() || columns->second.size() != text->parts.size()) {
      not_understood(object);
      return;
    }
    Index index;
    index.name = object.name;
    index.statement.text = object.sql;
    index.unique = object.sql.starts_with("CREATE UNIQUE");
    for (std::size_t i = 0; i < text->parts.size(); ++i) {
      index.parts.push_back(part_of(owner, columns->second[i], text->parts[i]));
    }
    if (!text->where.empty()) index.where = sql_of(text->where);
    owner.indexes.push_back(std::move(index));
  }

  static IndexPart part_of(const Table& table, const IndexColumnRow& row,
                           const syntax::sqlite::PartText& text) {
    IndexPart part;
    part.descending = row.descending;
    if (row.is_expression) {
      part.expression = sql_of(text.text);
      part.collation = text.collation;
      return part;
    }
    part.expression = expression::column(row.name);
    const Column* column = table.find_column(row.name);
    const std::string own =
        column == nullptr || column->collation.empty() ? "BINARY" : column->collation;
    if (to_lower(own) != to_lower(row.collation)) part.collation = row.collation;
    return part;
  }

  void add_trigger(const ObjectRow& object) {
    Trigger trigger;
    trigger.name = object.name;
    TriggerBody body;
    body.dialect = "sqlite";
    body.sql = object.sql;
    trigger.purpose = std::move(body);
    if (const auto table = tables_.find(to_lower(object.table)); table != tables_.end()) {
      schema_.tables[table->second].triggers.push_back(std::move(trigger));
    } else if (const auto view = views_.find(to_lower(object.table)); view != views_.end()) {
      schema_.views[view->second].triggers.push_back(std::move(trigger));
    }
  }

  void not_understood(const ObjectRow& object) {
    sink_.warning("sqlite-text-not-understood",
                  "the text of the " + object.type + " " + object.name +
                      " in sqlite_schema is not understood, so it is left out");
  }

  const CatalogRows& rows_;
  DiagnosticSink& sink_;
  Schema schema_;
  std::unordered_map<std::string, std::size_t> tables_;  ///< Place in the schema, by lower case.
  std::unordered_map<std::string, std::size_t> views_;
};

}  // namespace

Result<Schema> schema_of(sqlite3* database, DiagnosticSink& sink) {
  const Result<CatalogRows> rows = read_catalog_rows(database);
  if (!rows) return tl::unexpected(rows.error());
  return Builder(*rows, sink).build();
}

}  // namespace relata::live::sqlite
