// Tables, the frame of views and composite types, and the columns of all of them.
#include <array>

#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

/// A foreign table has none, which its letter does not tell.
std::string replica_identity(char letter, char kind) {
  if (kind == 'f') return {};
  switch (letter) {
    case 'f':
      return "full";
    case 'n':
      return "nothing";
    default:
      return {};  // By primary key, or by an index that names itself when it is read.
  }
}

Table table_of(const Row& row, const Catalog& catalog) {
  Table table;
  table.schema = catalog.namespace_name(row.oid(2));
  table.name = row.text(1);
  table.unlogged = row.letter(4) == 'u';
  table.row_level_security = row.flag(5);
  table.row_level_security_forced = row.flag(6);
  table.replica_identity = replica_identity(row.letter(7), row.letter(3));
  table.options = options_of(row.texts(8));
  for (Option& option : options_of(row.texts(9))) {
    table.options.push_back({"toast." + option.name, std::move(option.value)});
  }
  add_option(table.options, "access method", row.text(10));
  add_option(table.options, "tablespace", row.text(11));
  if (!row.is_null(12)) table.of_type = QualifiedName{row.text(13), row.text(12)};
  if (!row.is_null(14)) {
    table.partition_of = PartitionOf{{}, sql_text(row.view(14))};
  }
  table.server = row.text(15);
  for (Option& option : options_of(row.texts(16))) table.options.push_back(std::move(option));
  table.comment = catalog.comment(CatalogId::relation, row.oid(0));
  return table;
}

View view_of(const Row& row, const Catalog& catalog) {
  View view;
  view.schema = catalog.namespace_name(row.oid(2));
  view.name = row.text(1);
  view.dialect = "postgres";
  view.materialized = row.letter(3) == 'm';
  for (Option& option : options_of(row.texts(8))) {
    if (option.name == "check_option") {
      view.check_option = option.value;
    } else {
      view.options.push_back(std::move(option));
    }
  }
  add_option(view.options, "access method", row.text(10));
  add_option(view.options, "tablespace", row.text(11));
  view.comment = catalog.comment(CatalogId::relation, row.oid(0));
  return view;
}

CompositeType composite_type_of(const Row& row, const Catalog& catalog) {
  CompositeType made;
  made.schema = catalog.namespace_name(row.oid(2));
  made.name = row.text(1);
  made.comment = catalog.comment(CatalogId::type, row.oid(18));
  return made;
}

std::string storage_word(char letter) {
  switch (letter) {
    case 'p':
      return "plain";
    case 'e':
      return "external";
    case 'm':
      return "main";
    case 'x':
      return "extended";
    default:
      return {};
  }
}

std::string compression_word(char letter) {
  switch (letter) {
    case 'p':
      return "pglz";
    case 'l':
      return "lz4";
    default:
      return {};
  }
}

// The columns of columns_query(), in its order.
enum ColumnField {
  relation_oid,
  number,
  name,
  type,
  not_null,
  local,
  identity,
  generated,
  storage,
  compression,
  statistics,
  options,
  foreign_options,
  collation,
  own_collation,
  default_value,
};

Column column_of(const Row& row, Catalog& catalog) {
  Column column;
  column.name = row.text(name);
  column.type = catalog.type(row.view(type));
  column.nullable = !row.flag(not_null);
  column.inherited = !row.flag(local);
  if (row.flag(own_collation)) column.collation = catalog.collations[row.oid(collation)];
  if (row.letter(identity) != '\0') {
    column.identity = Identity{};
    column.identity->always = row.letter(identity) == 'a';
  }
  if (row.letter(generated) != '\0') {
    column.generated =
        Generated{sql_expression(row.text(default_value)), row.letter(generated) == 's'};
  } else if (!row.is_null(default_value)) {
    column.default_value = sql_expression(row.text(default_value));
  }
  add_option(column.options, "storage", storage_word(row.letter(storage)));
  add_option(column.options, "compression", compression_word(row.letter(compression)));
  add_option(column.options, "statistics", row.text(statistics));
  for (const int field : {static_cast<int>(options), static_cast<int>(foreign_options)}) {
    for (Option& option : options_of(row.texts(field))) column.options.push_back(std::move(option));
  }
  column.comment = catalog.comment(CatalogId::relation, row.oid(relation_oid), row.integer(number));
  return column;
}

/// Puts a column where its relation keeps them.
void place_column(const Row& row, const Relation& relation, Catalog& catalog) {
  if (Table* table = catalog.table(row.oid(relation_oid))) {
    table->columns.push_back(column_of(row, catalog));
  } else if (View* view = catalog.view(row.oid(relation_oid))) {
    view->columns.push_back(row.text(name));
    const std::string comment =
        catalog.comment(CatalogId::relation, row.oid(relation_oid), row.integer(number));
    if (!comment.empty()) view->column_comments.resize(view->columns.size() - 1);
    if (!comment.empty() || !view->column_comments.empty())
      view->column_comments.push_back(comment);
  } else if (relation.kind == 'c' && relation.ours()) {
    catalog.schema.composite_types[relation.place].attributes.push_back(column_of(row, catalog));
  }
}

std::string strategy_word(char letter) {
  switch (letter) {
    case 'r':
      return "range";
    case 'l':
      return "list";
    default:
      return "hash";
  }
}

/// The parts of a list that the server wrote, split at the commas that are in no parentheses and no
/// quotation marks.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == ',' && depth == 0) {
      parts.emplace_back();
      if (at + 1 < text.size() && text[at + 1] == ' ') ++at;
      continue;
    }
    parts.back() += c;
  }
  return parts;
}

}  // namespace

std::string relations_query(int) {
  return R"(
SELECT c.oid, c.relname, c.relnamespace, c.relkind, c.relpersistence, c.relrowsecurity,
       c.relforcerowsecurity, c.relreplident, c.reloptions, toast.reloptions,
       CASE WHEN method.amname <> 'heap' THEN method.amname END, space.spcname,
       of_type.typname, NULLIF(of_namespace.nspname, 'public'),
       CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
       server.srvname, foreign_table.ftoptions,
       )" +
         not_of_extension("pg_class", "c.oid") + " AND " +
         // It is the type of a composite one that belongs to an extension.
         not_of_extension("pg_type", "c.reltype") +
         R"(, c.reltype
FROM pg_class c
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
LEFT JOIN pg_am method ON method.oid = c.relam
LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
LEFT JOIN pg_type of_type ON of_type.oid = c.reloftype
LEFT JOIN pg_namespace of_namespace ON of_namespace.oid = of_type.typnamespace
LEFT JOIN pg_foreign_table foreign_table ON foreign_table.ftrelid = c.oid
LEFT JOIN pg_foreign_server server ON server.oid = foreign_table.ftserver
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND c.relpersistence <> 't' AND )" +
         in_user_namespace("c.relnamespace");
}

void read_relations(const Rows& rows, Catalog& catalog) {
  catalog.relations.reserve(static_cast<std::size_t>(rows.size()));
  Schema& schema = catalog.schema;
  for (const Row row : rows) {
    Relation relation;
    relation.name = {catalog.namespace_name(row.oid(2)), row.text(1)};
    relation.kind = row.letter(3);
    if (row.flag(17)) {
      if (relation.kind == 'c') {
        relation.place = schema.composite_types.size();
        schema.composite_types.push_back(composite_type_of(row, catalog));
      } else if (relation.kind == 'v' || relation.kind == 'm') {
        relation.place = schema.views.size();
        schema.views.push_back(view_of(row, catalog));
      } else {
        relation.place = schema.tables.size();
        schema.tables.push_back(table_of(row, catalog));
      }
    }
    catalog.relations.emplace(row.oid(0), std::move(relation));
  }
}

std::string columns_query(int major) {
  return std::string(R"(
SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       a.attislocal, a.attidentity, a.attgenerated,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
       )") +
         (major >= 14 ? "a.attcompression" : "''") +
         R"(, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
       a.attoptions, a.attfdwoptions, a.attcollation, a.attcollation <> t.typcollation,
       pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  AND c.relpersistence <> 't' AND )" +
         in_user_namespace("c.relnamespace") + "\nORDER BY a.attrelid, a.attnum";
}

void read_columns(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const auto found = catalog.relations.find(row.oid(relation_oid));
    if (found == catalog.relations.end()) continue;
    std::vector<Attribute>& attributes = found->second.attributes;
    attributes.resize(static_cast<std::size_t>(row.integer(number)) + 1);
    attributes.back() = {row.text(name), row.oid(collation)};
    place_column(row, found->second, catalog);
  }
}

std::string inheritance_query(int) {
  return R"(
SELECT i.inhrelid, i.inhparent
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE c.relkind IN ('r', 'p', 'f')
ORDER BY i.inhrelid, i.inhseqno)";
}

void read_inheritance(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    Table* table = catalog.table(row.oid(0));
    const Relation* parent = catalog.relation(row.oid(1));
    if (table == nullptr || parent == nullptr) continue;
    if (table->partition_of) {
      table->partition_of->parent = parent->name;
    } else {
      table->inherits.push_back(parent->name);
    }
  }
}

std::string partition_keys_query(int) {
  return R"(
SELECT partrelid, partstrat, partattrs, partclass, partcollation, pg_get_expr(partexprs, partrelid)
FROM pg_partitioned_table)";
}

void read_partition_keys(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    Table* table = catalog.table(row.oid(0));
    if (table == nullptr) continue;
    const Relation& relation = *catalog.relation(row.oid(0));
    const std::vector<std::int64_t> columns = row.numbers(2);
    const std::vector<std::int64_t> classes = row.numbers(3);
    const std::vector<std::int64_t> collations = row.numbers(4);
    const std::vector<std::string> expressions = split_list(row.view(5));
    std::size_t next_expression = 0;
    Partitioning partitioning;
    partitioning.strategy = strategy_word(row.letter(1));
    for (std::size_t part = 0; part < columns.size(); ++part) {
      IndexPart made;
      Oid usual_collation = 0;
      if (columns[part] > 0) {
        made.expression = expression::column(relation.attribute(columns[part]));
        usual_collation = relation.attributes[static_cast<std::size_t>(columns[part])].collation;
      } else if (next_expression < expressions.size()) {
        made.expression = sql_expression(expressions[next_expression++]);
        usual_collation = static_cast<Oid>(collations[part]);
      }
      const Oid collation_oid = static_cast<Oid>(collations[part]);
      if (collation_oid != 0 && collation_oid != usual_collation) {
        made.collation = catalog.collations[collation_oid];
      }
      made.operator_class = catalog.operator_class(static_cast<Oid>(classes[part]));
      partitioning.parts.push_back(std::move(made));
    }
    table->partitioning = std::move(partitioning);
  }
}

}  // namespace relata::live::postgres
