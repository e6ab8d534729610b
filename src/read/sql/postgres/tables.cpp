#include "read/sql/postgres/tables.h"

#include <algorithm>

#include "model/questions.h"
#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

/// LIKE's INCLUDING options, as the grammar keeps them (CREATE_TABLE_LIKE_* of parsenodes.h).
enum LikeOption : unsigned {
  like_comments = 1U << 0U,
  like_compression = 1U << 1U,
  like_constraints = 1U << 2U,
  like_defaults = 1U << 3U,
  like_generated = 1U << 4U,
  like_identity = 1U << 5U,
  like_indexes = 1U << 6U,
  like_statistics = 1U << 7U,
  like_storage = 1U << 8U,
};

struct Like {
  QualifiedName table;
  unsigned options = 0;
};

Column* find_column(std::vector<Column>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// The columns that LIKE takes over.
void copy_columns(Reader& reader, const QualifiedName& name, Table& table, const Like& like) {
  Catalog& catalog = reader.catalog;
  const auto copy = [&](const Column& from) {
    Column column;
    column.name = from.name;
    column.type = from.type;
    column.nullable = from.nullable;
    column.collation = from.collation;
    column.origin = reader.origin();
    if ((like.options & like_defaults) != 0) column.default_value = from.default_value;
    if ((like.options & like_generated) != 0) column.generated = from.generated;
    if ((like.options & like_comments) != 0) column.comment = from.comment;
    for (const Option& option : from.options) {
      if ((option.name == "storage" && (like.options & like_storage) != 0) ||
          (option.name == "compression" && (like.options & like_compression) != 0))
        column.options.push_back(option);
    }
    if (from.identity && (like.options & like_identity) != 0) {
      add_identity(reader, name, column, from.identity->always, {});
      column.identity->options = from.identity->options;
    }
    table.columns.push_back(std::move(column));
  };
  if (const auto source = catalog.tables.find(like.table); source != catalog.tables.end()) {
    for (const Column& column : source->second.columns) copy(column);
  } else if (const auto type = catalog.composites.find(like.table);
             type != catalog.composites.end()) {
    for (const Column& column : type->second.attributes) copy(column);
  } else {
    reader.warning("postgres-unknown-columns",
                   "the columns of '" + plain_name(like.table) + "' are not known",
                   "LIKE takes over those of tables and composite types only");
  }
}

void copy_constraints(Reader& reader, const QualifiedName& name, const Like& like) {
  const auto source = reader.catalog.tables.find(like.table);
  if (source == reader.catalog.tables.end()) return;
  if ((like.options & like_constraints) != 0) {
    for (Check check : source->second.checks) {
      check.inherited = false;
      if ((like.options & like_comments) == 0) check.comment.clear();
      add_check(reader, name, std::move(check));
    }
  }
  if ((like.options & like_indexes) == 0) return;
  for (IndexRequest& request : index_requests(source->second)) {
    if (request.role == IndexRole::primary_key && reader.catalog.tables.at(name).primary_key)
      continue;
    request.index.name.clear();
    request.index.parent.reset();
    request.index.clustered = false;
    if ((like.options & like_comments) == 0) request.index.comment.clear();
    add_index(reader, name, std::move(request));
  }
}

void read_partitioning(Reader& reader, Table& table, const PgQuery__PartitionSpec& specification) {
  SourceText& source = reader.source();
  Partitioning partitioning;
  partitioning.strategy = std::string(view(specification.strategy));
  const TokenRange inside = source.in_brackets(source.at(specification.location));
  const std::vector<TokenRange> ranges = source.parts(inside);
  const auto parts = nodes(specification.n_part_params, specification.part_params);
  for (std::size_t i = 0; i < parts.size() && i < ranges.size(); ++i) {
    if (parts[i]->node_case != PG_QUERY__NODE__NODE_PARTITION_ELEM) continue;
    const PgQuery__PartitionElem& element = *parts[i]->partition_elem;
    IndexPart part;
    if (element.expr == nullptr) {
      part.expression = expression::column(std::string(view(element.name)));
    } else {
      TokenRange range = ranges[i];
      if (source.token(range.begin) == "(") {
        range = {range.begin + 1, source.behind_bracket(range.begin) - 1};
      } else {
        std::size_t open = range.begin;
        while (open < range.end && source.token(open) != "(") ++open;
        range.end = std::min(source.behind_bracket(open), range.end);
      }
      part.expression = reader.expression(range);
    }
    const NameParts collation =
        name_parts(strings_of(nodes(element.n_collation, element.collation)));
    if (collation.name != "default")
      part.collation = reader.catalog.collation_name(collation.schema, collation.name);
    part.operator_class = operator_class(nodes(element.n_opclass, element.opclass), {});
    partitioning.parts.push_back(std::move(part));
  }
  table.partitioning = std::move(partitioning);
}

/// Columns that say more about what a parent or type has given: `a WITH OPTIONS DEFAULT 1`.
void read_column_options(Reader& reader, const QualifiedName& name, Table& table,
                         const PgQuery__CreateStmt& statement, PendingConstraints& pending) {
  for (const PgQuery__Node* node : nodes(statement.n_table_elts, statement.table_elts)) {
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
      Column* column = find_column(table.columns, view(node->column_def->colname));
      if (column == nullptr) {
        reader.missing("column", view(node->column_def->colname));
        continue;
      }
      read_column_constraints(reader, name, *node->column_def, *column, pending);
    } else if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
      add_pending(pending, *node->constraint, {});
    }
  }
}

void read_elements(Reader& reader, const QualifiedName& name, Table& table,
                   const PgQuery__CreateStmt& statement, PendingConstraints& pending,
                   std::vector<Like>& likes) {
  table.columns.reserve(table.columns.size() + statement.n_table_elts);
  for (const PgQuery__Node* node : nodes(statement.n_table_elts, statement.table_elts)) {
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_COLUMN_DEF:
        table.columns.push_back(read_column(reader, name, *node->column_def, pending));
        break;
      case PG_QUERY__NODE__NODE_CONSTRAINT:
        add_pending(pending, *node->constraint, {});
        break;
      case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE: {
        const PgQuery__TableLikeClause& clause = *node->table_like_clause;
        const auto source = reader.existing(*clause.relation);
        if (!source) {
          reader.missing("table", view(clause.relation->relname));
          break;
        }
        likes.push_back({*source, clause.options});
        copy_columns(reader, name, table, likes.back());
        break;
      }
      default:
        break;
    }
  }
}

void read_table_options(Table& table, const PgQuery__CreateStmt& statement) {
  table.options = options_of(nodes(statement.n_options, statement.options));
  std::erase_if(table.options, [](const Option& option) { return option.name == "oids"; });
  std::stable_partition(table.options.begin(), table.options.end(),
                        [](const Option& option) { return !option.name.starts_with("toast."); });
  const std::string_view method = view(statement.access_method);
  if (!method.empty() && method != "heap")
    table.options.push_back({"access method", std::string(method)});
  if (!view(statement.tablespacename).empty())
    table.options.push_back({"tablespace", std::string(view(statement.tablespacename))});
  table.unlogged = view(statement.relation->relpersistence) == "u";
}

/// The whole of CREATE TABLE and CREATE FOREIGN TABLE. Null when the table is not made.
Table* make_table(Reader& reader, const PgQuery__CreateStmt& statement) {
  Catalog& catalog = reader.catalog;
  const QualifiedName name = reader.created(*statement.relation);
  if (!reader.is_free(name, statement.if_not_exists != 0)) return nullptr;
  std::vector<QualifiedName> parents;
  for (const PgQuery__Node* node : nodes(statement.n_inh_relations, statement.inh_relations)) {
    if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) continue;
    const auto parent = reader.existing(*node->range_var);
    if (!parent || !catalog.tables.contains(*parent)) {
      reader.missing("table", view(node->range_var->relname));
      return nullptr;
    }
    parents.push_back(*parent);
  }
  // The name is taken before anything gets a name after it.
  catalog.relations[name] = {RelationKind::table, {}};
  Table& table = catalog.tables[name];
  table.schema = name.schema;
  table.name = name.name;
  table.origin = reader.origin();
  read_table_options(table, statement);
  PendingConstraints pending;
  std::vector<Like> likes;
  const bool partition = statement.partbound != nullptr && !parents.empty();
  if (partition) {
    const std::size_t end = reader.source().size();
    table.partition_of =
        PartitionOf{parents[0], partition_bound(reader, *statement.partbound, end)};
    catalog.add_child(parents[0], name);
    inherit(reader, parents[0], name, true);
    read_column_options(reader, name, table, statement, pending);
  } else if (statement.of_typename != nullptr) {
    const NameParts type =
        name_parts(strings_of(nodes(statement.of_typename->n_names, statement.of_typename->names)));
    if (CompositeType* composite = catalog.find(catalog.composites, type.schema, type.name)) {
      table.of_type = QualifiedName{composite->schema, composite->name};
      for (Column attribute : composite->attributes) {
        attribute.comment.clear();
        table.columns.push_back(std::move(attribute));
      }
    } else {
      reader.missing("type", type.name);
    }
    read_column_options(reader, name, table, statement, pending);
  } else {
    std::vector<Column> own;
    read_elements(reader, name, table, statement, pending, likes);
    own.swap(table.columns);
    for (const QualifiedName& parent : parents) {
      table.inherits.push_back(parent);
      inherit(reader, parent, name, true);
      catalog.add_child(parent, name);
    }
    for (Column& column : own) {
      Column* inherited = find_column(table.columns, column.name);
      if (inherited == nullptr) {
        table.columns.push_back(std::move(column));
        continue;
      }
      // Both are one column, which stands where the parent has it.
      if (!column.default_value && !column.generated && !column.identity) {
        column.default_value = inherited->default_value;
        column.generated = inherited->generated;
      }
      column.nullable = column.nullable && inherited->nullable;
      *inherited = std::move(column);
    }
  }
  if (statement.partspec != nullptr) read_partitioning(reader, table, *statement.partspec);
  add_checks(reader, name, pending.checks, false);
  if (partition) become_partition(reader, parents[0], name);
  add_index_constraints(reader, name, pending.indexes);
  for (const Like& like : likes) copy_constraints(reader, name, like);
  add_foreign_keys(reader, name, pending.foreign_keys, false);
  grant_defaults(reader, "table", name);
  return &table;
}

}  // namespace

SqlText partition_bound(Reader& reader, const PgQuery__PartitionBoundSpec& bound, std::size_t end) {
  if (bound.is_default) return reader.sql("DEFAULT");
  SourceText& source = reader.source();
  // The tree points behind FOR VALUES.
  std::size_t first = source.at(bound.location);
  while (first > 0 && !source.is(first, "for")) --first;
  std::size_t last = first;
  while (last < end && source.token(last) != "(") ++last;
  last = source.behind_bracket(last);
  if (source.is(last, "to")) last = source.behind_bracket(last + 1);
  return reader.sql(source.text({first, std::min(last, end)}));
}

void inherit(Reader& reader, const QualifiedName& parent, const QualifiedName& child,
             bool add_columns) {
  Catalog& catalog = reader.catalog;
  const Table& from = catalog.tables.at(parent);
  Table& table = catalog.tables.at(child);
  for (const Column& column : from.columns) {
    if (Column* own = find_column(table.columns, column.name)) {
      own->nullable = own->nullable && column.nullable;
      continue;
    }
    if (!add_columns) continue;
    Column inherited = column;
    inherited.inherited = true;
    inherited.identity.reset();
    inherited.comment.clear();
    std::erase_if(inherited.options, [](const Option& option) {
      return option.name != "storage" && option.name != "compression";
    });
    table.columns.push_back(std::move(inherited));
  }
  for (const Check& check : from.checks) {
    if (check.no_inherit) continue;
    const auto own = std::find_if(table.checks.begin(), table.checks.end(),
                                  [&](const Check& other) { return other.name == check.name; });
    if (own != table.checks.end()) continue;
    Check inherited = check;
    inherited.inherited = true;
    inherited.comment.clear();
    catalog.claim_constraint(child.schema, inherited.name);
    table.checks.push_back(std::move(inherited));
  }
}

void add_column(Reader& reader, const QualifiedName& name, Column column) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  Column passed_on = column;
  if (Column* own = find_column(found->second.columns, column.name)) {
    own->nullable = own->nullable && column.nullable;
  } else {
    found->second.columns.push_back(std::move(column));
  }
  passed_on.inherited = true;
  passed_on.identity.reset();
  for (const QualifiedName& child : catalog.children_of(name)) add_column(reader, child, passed_on);
}

void become_partition(Reader& reader, const QualifiedName& parent, const QualifiedName& child) {
  add_partition_indexes(reader, parent, child);
  add_partition_foreign_keys(reader, parent, child);
}

void create_table(Reader& reader, const PgQuery__CreateStmt& statement) {
  static_cast<void>(make_table(reader, statement));
}

void create_foreign_table(Reader& reader, const PgQuery__CreateForeignTableStmt& statement) {
  Table* table = make_table(reader, *statement.base_stmt);
  if (table == nullptr) return;
  table->server = std::string(view(statement.servername));
  for (Option& option : options_of(nodes(statement.n_options, statement.options)))
    table->options.push_back(std::move(option));
}

}  // namespace relata::sql::postgres
