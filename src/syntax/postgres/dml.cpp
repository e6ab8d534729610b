#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {

std::string Analyzer::target_table(const PgQuery__RangeVar& relation, Scope& scope) {
  std::vector<VisibleColumn> visible;
  std::string text = from_relation(relation, scope, visible);
  scope.visible = std::move(visible);
  return text;
}

std::string Analyzer::assignments(Nodes nodes, std::size_t count, const Scope& scope) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const PgQuery__ResTarget& target = *nodes[i]->res_target;
    if (i > 0) text += ", ";
    text += postgres_identifier(target.name);
    for (std::size_t n = 0; n < target.n_indirection; ++n)
      text += "[" + any_node(target.indirection[n], scope) + "]";
    TypeName type;
    if (!scope.relations.empty()) {
      for (const OutputColumn& column : scope.relations.front().columns) {
        if (column.name == target.name) type = column.type;
      }
    }
    text += " = ";
    if (target.val != nullptr)
      text += print(without_implicit_casts(value_for(target.val, scope, type)));
  }
  return text;
}

void Analyzer::add_returning(Nodes nodes, std::size_t count, const Scope& scope, Query& query) {
  if (count == 0) return;
  query.text += " RETURNING ";
  const std::vector<SelectItem> items = select_items(nodes, count, scope, query.known);
  for (std::size_t i = 0; i < items.size(); ++i) {
    query.text += (i > 0 ? ", " : "") + items[i].text;
    query.columns.push_back({items[i].name, items[i].term.type});
  }
}

Query Analyzer::insert(const PgQuery__InsertStmt& statement, const Scope* outer) {
  Query query;
  Scope scope;
  scope.outer = outer;
  const std::string with = with_clause(statement.with_clause, scope);
  Scope values = scope;
  query.text = with + "INSERT INTO " + target_table(*statement.relation, scope);
  // Without a list of columns the server writes out as many as there are values.
  std::vector<std::string> names;
  for (std::size_t i = 0; i < statement.n_cols; ++i)
    names.emplace_back(statement.cols[i]->res_target->name);
  const std::vector<OutputColumn>& columns = scope.relations.front().columns;
  const PgQuery__SelectStmt* select =
      statement.select_stmt != nullptr ? statement.select_stmt->select_stmt : nullptr;
  std::vector<Term> row;
  const bool single_row = select != nullptr && select->n_values_lists == 1;
  if (single_row)
    row = expressions(select->values_lists[0]->list->items, select->values_lists[0]->list->n_items,
                      values);
  Query source;
  if (select != nullptr && !single_row) source = this->query(statement.select_stmt, &values, false);
  const std::size_t given = single_row ? row.size() : source.columns.size();
  if (names.empty()) {
    for (std::size_t i = 0; i < columns.size() && i < given; ++i) names.push_back(columns[i].name);
  }
  query.text += "(";
  for (std::size_t i = 0; i < names.size(); ++i) {
    query.text += (i > 0 ? ", " : "") + postgres_identifier(names[i]);
    if (i >= row.size()) continue;
    for (const OutputColumn& column : columns) {
      if (column.name == names[i]) resolve(row[i], column.type);
    }
    row[i] = without_implicit_casts(std::move(row[i]));
  }
  query.text += ") ";
  if (single_row)
    query.text += "VALUES (" + print_list(row) + ")";
  else if (select != nullptr)
    query.text += source.text;
  else
    query.text += "DEFAULT VALUES";
  if (statement.on_conflict_clause != nullptr)
    query.text += " " + any_message(statement.on_conflict_clause->base, scope);
  add_returning(statement.returning_list, statement.n_returning_list, scope, query);
  return query;
}

Query Analyzer::update(const PgQuery__UpdateStmt& statement, const Scope* outer) {
  Query query;
  Scope scope;
  scope.outer = outer;
  const std::string with = with_clause(statement.with_clause, scope);
  const std::string target = target_table(*statement.relation, scope);
  const std::string from = from_clause(statement.from_clause, statement.n_from_clause, scope);
  query.text = with + "UPDATE " + target + " SET " +
               assignments(statement.target_list, statement.n_target_list, scope) + from;
  if (statement.where_clause != nullptr)
    query.text += " WHERE " + print(expression(statement.where_clause, scope));
  add_returning(statement.returning_list, statement.n_returning_list, scope, query);
  return query;
}

Query Analyzer::remove(const PgQuery__DeleteStmt& statement, const Scope* outer) {
  Query query;
  Scope scope;
  scope.outer = outer;
  const std::string with = with_clause(statement.with_clause, scope);
  const std::string target = target_table(*statement.relation, scope);
  const std::string from = from_clause(statement.using_clause, statement.n_using_clause, scope);
  query.text = with + "DELETE FROM " + target + from;
  if (statement.where_clause != nullptr)
    query.text += " WHERE " + print(expression(statement.where_clause, scope));
  add_returning(statement.returning_list, statement.n_returning_list, scope, query);
  return query;
}

}  // namespace relata::syntax::postgres
