// Views, materialized views, and tables made from a query.
#include <algorithm>

#include "model/questions.h"
#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/row_types.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

/// A table of a FROM clause under the name that the query has for it.
struct Source {
  std::string name;
  const std::vector<Column>* columns = nullptr;  ///< Of a table.
  std::vector<std::string> names;                ///< Of a view.
  std::vector<QueryColumn> given;                ///< Of a function.
};

const PgQuery__SelectStmt* select_of(const PgQuery__Node* node) {
  return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? node->select_stmt
                                                                                : nullptr;
}

bool add_function(const Reader& reader, const PgQuery__RangeFunction& function,
                  std::vector<Source>& sources) {
  auto columns = function_columns(reader, function);
  if (!columns) return false;
  Source source;
  if (function.alias != nullptr) {
    source.name = std::string(view(function.alias->aliasname));
  } else {
    const PgQuery__FuncCall& call = *function.functions[0]->list->items[0]->func_call;
    source.name = name_parts(strings_of(nodes(call.n_funcname, call.funcname))).name;
  }
  source.given = std::move(*columns);
  sources.push_back(std::move(source));
  return true;
}

/// The tables of a FROM clause; false when one of them is not known.
bool add_sources(const Reader& reader, const PgQuery__Node* node, std::vector<Source>& sources) {
  if (node->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
    const PgQuery__JoinExpr& join = *node->join_expr;
    // USING and NATURAL leave columns out.
    return join.n_using_clause == 0 && !join.is_natural && join.alias == nullptr &&
           add_sources(reader, join.larg, sources) && add_sources(reader, join.rarg, sources);
  }
  if (node->node_case == PG_QUERY__NODE__NODE_RANGE_FUNCTION)
    return add_function(reader, *node->range_function, sources);
  if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) return false;
  const PgQuery__RangeVar& range = *node->range_var;
  const auto name = reader.existing(range);
  if (!name) return false;
  Source source;
  source.name = range.alias != nullptr ? std::string(view(range.alias->aliasname)) : name->name;
  if (range.alias != nullptr && range.alias->n_colnames > 0) return false;
  if (const auto table = reader.catalog.tables.find(*name); table != reader.catalog.tables.end()) {
    source.columns = &table->second.columns;
  } else if (const auto item = reader.catalog.views.find(*name);
             item != reader.catalog.views.end() && !item->second.columns.empty()) {
    source.names = item->second.columns;
  } else {
    return false;
  }
  sources.push_back(std::move(source));
  return true;
}

void add_all(const Source& source, std::vector<QueryColumn>& columns) {
  if (source.columns != nullptr) {
    for (const Column& column : *source.columns)
      columns.push_back({column.name, column.type.spelling, column.collation});
  }
  for (const std::string& name : source.names) columns.push_back({name, {}, {}});
  columns.insert(columns.end(), source.given.begin(), source.given.end());
}

/// The type of a target, when it is a column or a cast.
QueryColumn column_of(const Reader& reader, const PgQuery__Node* value,
                      const std::vector<Source>& sources) {
  QueryColumn result;
  if (value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
    result.type = reader.format_type(*value->type_cast->type_name);
  } else if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
    const std::vector<std::string> parts =
        strings_of(nodes(value->column_ref->n_fields, value->column_ref->fields));
    for (const Source& source : sources) {
      if (parts.size() > 1 && source.name != parts[parts.size() - 2]) continue;
      for (const QueryColumn& column : source.given)
        if (column.name == parts.back()) return {{}, column.type, column.collation};
      if (source.columns == nullptr) continue;
      for (const Column& column : *source.columns)
        if (column.name == parts.back()) return {{}, column.type.spelling, column.collation};
    }
  }
  return result;
}

/// Whether it is (value).*: all parts of a value that is a row.
bool ends_with_star(const PgQuery__Node* value) {
  if (value->node_case != PG_QUERY__NODE__NODE_A_INDIRECTION) return false;
  const PgQuery__AIndirection& steps = *value->a_indirection;
  return steps.n_indirection > 0 &&
         steps.indirection[steps.n_indirection - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

/// The columns of a query; nothing when some cannot be told.
std::optional<std::vector<QueryColumn>> query_columns(const Reader& reader,
                                                      const PgQuery__SelectStmt* select) {
  if (select == nullptr) return std::nullopt;
  // A set operation is named after its first query.
  while (select->larg != nullptr) select = select->larg;
  if (select->n_target_list == 0) return std::nullopt;
  std::vector<Source> sources;
  bool known = select->with_clause == nullptr;
  for (const PgQuery__Node* from : nodes(select->n_from_clause, select->from_clause))
    known = known && add_sources(reader, from, sources);
  std::vector<QueryColumn> columns;
  for (const PgQuery__Node* node : nodes(select->n_target_list, select->target_list)) {
    if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return std::nullopt;
    const PgQuery__ResTarget& target = *node->res_target;
    const PgQuery__Node* value = target.val;
    if (value == nullptr) return std::nullopt;
    if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
      const PgQuery__ColumnRef& reference = *value->column_ref;
      const bool star =
          reference.n_fields > 0 &&
          reference.fields[reference.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
      if (star) {
        if (!known) return std::nullopt;
        const std::string qualifier =
            reference.n_fields > 1
                ? std::string(string_of(reference.fields[reference.n_fields - 2]))
                : std::string();
        for (const Source& source : sources)
          if (qualifier.empty() || source.name == qualifier) add_all(source, columns);
        continue;
      }
    }
    if (ends_with_star(value)) {
      const PgQuery__AIndirection& steps = *value->a_indirection;
      const auto parts = steps.n_indirection == 1 ? row_columns(reader, steps.arg) : std::nullopt;
      if (!parts) return std::nullopt;
      columns.insert(columns.end(), parts->begin(), parts->end());
      continue;
    }
    QueryColumn column = column_of(reader, value, sources);
    column.name = std::string(view(target.name));
    if (column.name.empty()) column.name = column_name_of(value);
    if (column.name.empty()) column.name = "?column?";
    columns.push_back(std::move(column));
  }
  return columns;
}

/// The relations that a query reads.
std::set<QualifiedName> relations_in(const Reader& reader, const PgQuery__Node* query) {
  std::set<QualifiedName> names;
  walk(query, [&](const ProtobufCMessage& message) {
    if (const auto* range = message_as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor))
      if (const auto name = reader.existing(*range)) names.insert(*name);
    return true;
  });
  return names;
}

/// The query behind AS, and before WITH CHECK OPTION or WITH NO DATA.
TokenRange query_range(const SourceText& source, std::size_t from, bool ends_with_option) {
  const std::size_t as = source.find(from, "as");
  TokenRange range{as + 1, source.size()};
  if (!ends_with_option) return range;
  for (std::size_t i = range.end; i > range.begin; --i)
    if (source.is(i - 1, "with")) {
      range.end = i - 1;
      break;
    }
  return range;
}

void set_columns(const Reader& reader, View& item, const PgQuery__Node* query,
                 std::vector<std::string> aliases) {
  const auto columns = query_columns(reader, select_of(query));
  if (columns) {
    for (const QueryColumn& column : *columns) item.columns.push_back(column.name);
    if (aliases.size() <= item.columns.size()) {
      std::vector<std::string> named = item.columns;
      std::copy(aliases.begin(), aliases.end(), named.begin());
      item.names_columns = named != item.columns;
      item.columns = std::move(named);
    }
  } else if (!aliases.empty()) {
    item.names_columns = true;
    item.columns = std::move(aliases);
  }
}

/// Whether the text ends with WITH [NO] DATA.
bool says_data(const SourceText& source) {
  const std::size_t last = source.size() - 1;
  return source.is(last, "data") && (source.is(last - 1, "with") ||
                                     (source.is(last - 1, "no") && source.is(last - 2, "with")));
}

/// CREATE TABLE ... AS and SELECT ... INTO.
void make_table(Reader& reader, const PgQuery__IntoClause& into, const PgQuery__Node* query) {
  const QualifiedName name = reader.created(*into.rel);
  if (!reader.is_free(name, false)) return;
  Table table;
  table.schema = name.schema;
  table.name = name.name;
  table.origin = reader.origin();
  table.unlogged = view(into.rel->relpersistence) == "u";
  const auto columns = query_columns(reader, select_of(query));
  const std::vector<std::string> aliases = strings_of(nodes(into.n_col_names, into.col_names));
  bool complete = columns.has_value();
  if (columns) {
    for (std::size_t i = 0; i < columns->size(); ++i) {
      Column column;
      column.name = i < aliases.size() ? aliases[i] : (*columns)[i].name;
      column.type.spelling = (*columns)[i].type;
      column.collation = (*columns)[i].collation;
      column.origin = table.origin;
      if (column.type.spelling.empty()) {
        complete = false;
        column.type.spelling = "text";
      }
      table.columns.push_back(std::move(column));
    }
  }
  if (!complete && name.schema != temporary_namespace)
    reader.warning(
        "postgres-query-columns",
        "the columns of '" + plain_name(name) + "' come from a query and are not all known",
        "columns whose type cannot be told are taken as text");
  reader.catalog.relations[name] = {RelationKind::table, {}};
  reader.catalog.tables[name] = std::move(table);
  grant_defaults(reader, "table", name);
}

void store_view(Reader& reader, const QualifiedName& name, View item, const PgQuery__Node* query) {
  reader.catalog.view_sources[name] = relations_in(reader, query);
  reader.catalog.relations[name] = {RelationKind::view, {}};
  reader.catalog.views[name] = std::move(item);
}

}  // namespace

void create_view(Reader& reader, const PgQuery__ViewStmt& statement) {
  Catalog& catalog = reader.catalog;
  QualifiedName name = reader.created(*statement.view);
  const auto before = catalog.views.find(name);
  const bool replaces = statement.replace && before != catalog.views.end();
  if (!replaces && !reader.is_free(name, false)) return;
  View item;
  item.schema = name.schema;
  item.name = name.name;
  item.dialect = "postgres";
  item.origin = reader.origin();
  SourceText& source = reader.source();
  const bool checks =
      statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ||
      statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION;
  item.sql = source.text(query_range(source, source.at(statement.view->location), checks));
  const std::vector<std::string> aliases =
      strings_of(nodes(statement.n_aliases, statement.aliases));
  item.recursive = source.is(source.find(0, "view") - 1, "recursive");
  if (item.recursive) {
    // CREATE RECURSIVE VIEW v (a) AS q is CREATE VIEW v AS WITH RECURSIVE v (a) AS (q) SELECT a.
    std::string list;
    for (const std::string& alias : aliases)
      list += (list.empty() ? "" : ", ") + syntax::postgres_identifier(alias);
    const std::string own = syntax::postgres_identifier(name.name);
    item.sql = "WITH RECURSIVE " + own + " (" + list + ") AS (" + item.sql + ") SELECT " + list +
               " FROM " + own;
    item.columns = aliases;
  } else {
    set_columns(reader, item, statement.query, aliases);
  }
  if (checks)
    item.check_option =
        statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ? "local"
                                                                                       : "cascaded";
  for (const PgQuery__Node* node : nodes(statement.n_options, statement.options)) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const std::string option(view(node->def_elem->defname));
    if (option == "check_option") {
      item.check_option = argument_text(*node->def_elem);
    } else {
      item.options.push_back({option, argument_text(*node->def_elem)});
    }
  }
  if (replaces) {
    View& old = before->second;
    item.comment = std::move(old.comment);
    item.column_comments = std::move(old.column_comments);
    item.triggers = std::move(old.triggers);
    item.rules = std::move(old.rules);
  }
  store_view(reader, name, std::move(item), statement.query);
  if (!replaces) grant_defaults(reader, "table", name);
}

void create_table_as(Reader& reader, const PgQuery__CreateTableAsStmt& statement) {
  const PgQuery__IntoClause& into = *statement.into;
  const QualifiedName name = reader.created(*into.rel);
  if (statement.if_not_exists && reader.catalog.relations.contains(name)) return;
  if (statement.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
    make_table(reader, into, statement.query);
    return;
  }
  if (!reader.is_free(name, false)) return;
  View item;
  item.schema = name.schema;
  item.name = name.name;
  item.dialect = "postgres";
  item.materialized = true;
  item.origin = reader.origin();
  SourceText& source = reader.source();
  item.sql = source.text(query_range(source, source.at(into.rel->location), says_data(source)));
  set_columns(reader, item, statement.query, strings_of(nodes(into.n_col_names, into.col_names)));
  for (const PgQuery__Node* node : nodes(into.n_options, into.options))
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM)
      item.options.push_back(
          {std::string(view(node->def_elem->defname)), argument_text(*node->def_elem)});
  if (!view(into.access_method).empty() && view(into.access_method) != "heap")
    item.options.push_back({"access method", std::string(view(into.access_method))});
  if (!view(into.table_space_name).empty())
    item.options.push_back({"tablespace", std::string(view(into.table_space_name))});
  store_view(reader, name, std::move(item), statement.query);
  grant_defaults(reader, "table", name);
}

void read_select(Reader& reader, const PgQuery__SelectStmt& statement) {
  if (statement.into_clause != nullptr) {
    make_table(reader, *statement.into_clause, reader.statement->node);
    return;
  }
  for (const PgQuery__Node* node : nodes(statement.n_target_list, statement.target_list))
    if (node->node_case == PG_QUERY__NODE__NODE_RES_TARGET)
      read_selected_call(reader, node->res_target->val);
}

}  // namespace relata::sql::postgres
