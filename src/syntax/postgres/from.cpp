#include <algorithm>
#include <array>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

constexpr auto join_words =
    std::to_array<std::string_view>({"JOIN", "JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN"});

bool is_present(const char* text) { return text != nullptr && *text != '\0'; }

std::string alias_of(const PgQuery__Alias* alias, std::string_view otherwise) {
  return alias != nullptr && is_present(alias->aliasname) ? alias->aliasname
                                                          : std::string(otherwise);
}

const VisibleColumn* find_visible(const std::vector<VisibleColumn>& columns,
                                  std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const VisibleColumn& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// What the columns of a join that is given a name stand for.
void rename_visible(std::vector<VisibleColumn>& visible, const PgQuery__Alias& alias) {
  const std::vector<std::string> names = postgres::name_parts(alias.colnames, alias.n_colnames);
  for (std::size_t i = 0; i < names.size() && i < visible.size(); ++i) visible[i].name = names[i];
}

}  // namespace

std::string Analyzer::relation_name(const PgQuery__RangeVar& relation) {
  const std::string schema = is_present(relation.schemaname) ? relation.schemaname : "";
  const KnownRelation* known = catalog_.relation(home_, schema, relation.relname);
  if (known != nullptr) return postgres_qualified_name(known->schema, known->name);
  return postgres_qualified_name(own_namespace(schema), relation.relname);
}

void Analyzer::rename_columns(Relation& relation, const PgQuery__Alias* alias) {
  if (alias == nullptr) return;
  const std::vector<std::string> names = postgres::name_parts(alias->colnames, alias->n_colnames);
  if (relation.columns.size() < names.size() && !relation.known) {
    relation.columns.resize(names.size());
  }
  for (std::size_t i = 0; i < names.size() && i < relation.columns.size(); ++i)
    relation.columns[i].name = names[i];
}

void Analyzer::add_relation(Relation relation, Scope& scope, std::vector<VisibleColumn>& visible) {
  for (const OutputColumn& column : relation.columns)
    visible.push_back({column.name, column_of(relation, column.name)});
  scope.relations.push_back(std::move(relation));
}

std::string Analyzer::from_clause(Nodes nodes, std::size_t count, Scope& scope) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<VisibleColumn> visible;
    text += (i == 0 ? " FROM " : ", ") + from_item(nodes[i], scope, visible);
    scope.visible.insert(scope.visible.end(), std::make_move_iterator(visible.begin()),
                         std::make_move_iterator(visible.end()));
  }
  return text;
}

std::string Analyzer::from_item(const PgQuery__Node* node, Scope& scope,
                                std::vector<VisibleColumn>& visible) {
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return from_relation(*node->range_var, scope, visible);
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      return from_query(*node->range_subselect, scope, visible);
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      return from_function(*node->range_function, scope, visible);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      return from_join(*node->join_expr, scope, visible);
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE: {
      const PgQuery__RangeTableSample& sample = *node->range_table_sample;
      std::string text = from_item(sample.relation, scope, visible) + " TABLESAMPLE ";
      const std::vector<std::string> method = postgres::name_parts(sample.method, sample.n_method);
      text += (method.empty() ? std::string() : method.back()) + "(" +
              print_list(expressions(sample.args, sample.n_args, scope)) + ")";
      if (sample.repeatable != nullptr)
        text += " REPEATABLE " + print(expression(sample.repeatable, scope));
      return text;
    }
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC: {
      const PgQuery__RangeTableFunc& table = *node->range_table_func;
      const std::string text = any_message(table.base, scope);
      Relation relation = named_relation(alias_of(table.alias, "xmltable"), next_id(), {}, true);
      for (std::size_t i = 0; i < table.n_columns; ++i) {
        const PgQuery__RangeTableFuncCol& column = *table.columns[i]->range_table_func_col;
        relation.columns.push_back(
            {column.colname, column.type_name != nullptr
                                 ? without_modifiers(type_text(*column.type_name))
                                 : "integer"});
      }
      rename_columns(relation, table.alias);
      const std::string id = relation.id;
      add_relation(std::move(relation), scope, visible);
      return text + " " + id;
    }
    default:
      return any_node(node, scope);
  }
}

std::string Analyzer::from_relation(const PgQuery__RangeVar& range, Scope& scope,
                                    std::vector<VisibleColumn>& visible) {
  const std::string name = range.relname;
  Relation relation = named_relation(alias_of(range.alias, name), next_id(), {}, false);
  std::string text;
  const CommonTable* common = nullptr;
  for (const Scope* level = &scope;
       level != nullptr && common == nullptr && !is_present(range.schemaname);
       level = level->outer) {
    for (const CommonTable& table : level->common_tables) {
      if (table.name == name) common = &table;
    }
  }
  const KnownRelation* known =
      catalog_.relation(home_, is_present(range.schemaname) ? range.schemaname : "", name);
  if (common != nullptr) {
    relation.columns = common->columns;
    relation.known = common->known;
    text = postgres_identifier(name);
  } else if (known != nullptr && known->table != nullptr) {
    relation.columns = columns_of(*known->table);
    relation.known = true;
    text = relation_name(range);
  } else if (known != nullptr && known->view != nullptr && views_ != nullptr) {
    const Query& query = views_->columns_of(*known->view);
    relation.columns = query.columns;
    relation.known = query.known;
    text = relation_name(range);
  } else {
    text = relation_name(range);
  }
  // The names behind an alias are new names of the columns: the old ones tell them apart.
  Relation renamed = relation;
  rename_columns(renamed, range.alias);
  for (std::size_t i = 0; i < renamed.columns.size(); ++i) {
    const std::string& old_name =
        i < relation.columns.size() ? relation.columns[i].name : renamed.columns[i].name;
    visible.push_back({renamed.columns[i].name, column_of(relation, old_name)});
  }
  text = (range.inh == 0 ? "ONLY " : "") + text + " " + renamed.id;
  scope.relations.push_back(std::move(renamed));
  return text;
}

std::string Analyzer::from_query(const PgQuery__RangeSubselect& range, Scope& scope,
                                 std::vector<VisibleColumn>& visible) {
  // A LATERAL query sees what stands before it; any other only what is around the whole FROM.
  Scope before = scope;
  std::vector<VisibleColumn> left = visible;
  before.visible.insert(before.visible.end(), std::make_move_iterator(left.begin()),
                        std::make_move_iterator(left.end()));
  if (range.lateral == 0) {
    before.relations.clear();
    before.visible.clear();
  }
  const Query query = this->query(range.subquery, &before, false);
  Relation relation =
      named_relation(alias_of(range.alias, ""), next_id(), query.columns, query.known);
  rename_columns(relation, range.alias);
  std::string text = std::string(range.lateral != 0 ? "LATERAL " : "") + "(" + query.text + ") " +
                     relation.id + "(";
  for (std::size_t i = 0; i < relation.columns.size(); ++i)
    text += (i > 0 ? ", " : "") + postgres_identifier(relation.columns[i].name);
  add_relation(std::move(relation), scope, visible);
  return text + ")";
}

std::string Analyzer::from_function(const PgQuery__RangeFunction& range, Scope& scope,
                                    std::vector<VisibleColumn>& visible) {
  Scope before = scope;
  before.visible.insert(before.visible.end(), visible.begin(), visible.end());
  std::string text = range.is_rowsfrom != 0 ? "ROWS FROM(" : "";
  std::string function;
  Relation relation = named_relation("", next_id(), {}, false);
  relation.function = true;
  for (std::size_t i = 0; i < range.n_functions; ++i) {
    const PgQuery__List& item = *range.functions[i]->list;
    if (item.n_items == 0) continue;
    const Term call = expression(item.items[0], before);
    text += (i > 0 ? ", " : "") + print(call);
    if (function.empty()) function = implied_column_name(item.items[0]);
    for (const std::string& column : builtin_set_columns(function))
      relation.columns.push_back({column, {}});
    if (function == "unnest" && item.items[0]->node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
      // One column an array.
      relation.columns.resize(item.items[0]->func_call->n_args);
    }
    if (relation.columns.empty()) relation.columns.push_back({});
    if (relation.columns.size() == 1 && relation.columns[0].type.empty())
      relation.columns[0].type = call.type;
  }
  if (range.is_rowsfrom != 0) text += ")";
  relation.alias = alias_of(range.alias, function);
  for (std::size_t i = 0; i < range.n_coldeflist; ++i) {
    const PgQuery__ColumnDef& column = *range.coldeflist[i]->column_def;
    if (i == 0) relation.columns.clear();
    const std::string type = type_text(*column.type_name);
    relation.columns.push_back({column.colname, without_modifiers(type)});
    text += (i == 0 ? " AS (" : ", ") + postgres_identifier(column.colname) + " " + type;
    if (i + 1 == range.n_coldeflist) text += ")";
  }
  // A function of one column names it after itself.
  const bool scalar = !builtin_result(function).empty() || function == "unnest" ||
                      function == "generate_series" || !builtin_set_columns(function).empty();
  relation.known = scalar || range.n_coldeflist > 0;
  for (OutputColumn& column : relation.columns) {
    if (column.name.empty()) column.name = relation.alias;
  }
  if (range.ordinality != 0) {
    text += " WITH ORDINALITY";
    relation.columns.push_back({"ordinality", "bigint"});
  }
  // One column has one name, whatever that is: its place tells it.
  Relation renamed = relation;
  rename_columns(renamed, range.alias);
  if (!relation.known) {
    relation.columns.clear();
    const bool lists_columns = range.alias != nullptr && range.alias->n_colnames > 0;
    if (!lists_columns) renamed.columns.clear();
  }
  text += " " + renamed.id;
  for (const OutputColumn& column : renamed.columns)
    visible.push_back({column.name, column_of(renamed, column.name)});
  scope.relations.push_back(std::move(renamed));
  return (range.lateral != 0 && range.is_rowsfrom != 0 ? "LATERAL " : "") + text;
}

std::string Analyzer::from_join(const PgQuery__JoinExpr& join, Scope& scope,
                                std::vector<VisibleColumn>& visible) {
  std::vector<VisibleColumn> left;
  std::vector<VisibleColumn> right;
  const std::size_t first_relation = scope.relations.size();
  std::string text = "(" + from_item(join.larg, scope, left);
  // What stands on the left can be seen from a LATERAL item on the right.
  std::vector<VisibleColumn> seen = left;
  const std::size_t shown = scope.visible.size();
  scope.visible.insert(scope.visible.end(), seen.begin(), seen.end());
  const std::string right_text = from_item(join.rarg, scope, right);
  scope.visible.resize(shown);
  std::vector<std::string> names = postgres::name_parts(join.using_clause, join.n_using_clause);
  if (join.is_natural != 0) {
    for (const VisibleColumn& column : left) {
      if (find_visible(right, column.name) != nullptr) names.push_back(column.name);
    }
  }
  const auto type = static_cast<std::size_t>(join.jointype);
  text +=
      " " + std::string(type < join_words.size() ? join_words[type] : "JOIN") + " " + right_text;
  const bool from_right = join.jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT;
  const bool merged = join.jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? " USING (" : ", ") + postgres_identifier(names[i]);
    if (i + 1 == names.size()) text += ")";
    const VisibleColumn* left_column = find_visible(left, names[i]);
    const VisibleColumn* right_column = find_visible(right, names[i]);
    const VisibleColumn* source = from_right ? right_column : left_column;
    Term term = source != nullptr ? source->term : raw_term(names[i]);
    if (merged || source == nullptr)
      term = raw_term("MERGED(" + postgres_identifier(names[i]) + ")", term.type);
    visible.push_back({names[i], std::move(term)});
  }
  const auto is_merged = [&](const VisibleColumn& column) {
    return std::find(names.begin(), names.end(), column.name) != names.end();
  };
  for (const std::vector<VisibleColumn>* side : {&left, &right}) {
    for (const VisibleColumn& column : *side) {
      if (!is_merged(column)) visible.push_back(column);
    }
  }
  if (join.quals != nullptr) {
    // Only the two sides can be seen in ON.
    Scope sides;
    sides.outer = scope.outer;
    sides.common_tables = scope.common_tables;
    sides.relations.assign(scope.relations.begin() + static_cast<std::ptrdiff_t>(first_relation),
                           scope.relations.end());
    sides.visible = visible;
    Term condition = expression(join.quals, sides);
    resolve(condition, "boolean");
    text += " ON " + print(condition);
  }
  if (join.alias != nullptr) {
    rename_visible(visible, *join.alias);
    Relation relation = named_relation(join.alias->aliasname, next_id(), {}, true);
    for (const VisibleColumn& column : visible)
      relation.columns.push_back({column.name, column.term.type});
    text += " " + relation.id;
    scope.relations.push_back(std::move(relation));
  }
  return text + ")";
}

}  // namespace relata::syntax::postgres
