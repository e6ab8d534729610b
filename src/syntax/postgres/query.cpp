#include <algorithm>
#include <array>
#include <utility>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

constexpr auto grouping_words =
    std::to_array<std::string_view>({"", "", "", "ROLLUP ", "CUBE ", "GROUPING SETS "});
constexpr auto set_words =
    std::to_array<std::string_view>({"", "", "UNION", "INTERSECT", "EXCEPT"});
constexpr auto lock_words =
    std::to_array<std::string_view>({"", "", "KEY SHARE", "SHARE", "NO KEY UPDATE", "UPDATE"});
constexpr auto wait_words = std::to_array<std::string_view>({"", "", " SKIP LOCKED", " NOWAIT"});

bool is_present(const char* text) { return text != nullptr && *text != '\0'; }

/// The name of a reference that consists of nothing else.
std::string bare_name(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return {};
  const std::vector<std::string> parts =
      postgres::name_parts(node->column_ref->fields, node->column_ref->n_fields);
  return parts.size() == 1 && node->column_ref->n_fields == 1 ? parts[0] : std::string();
}

/// The place of an item that is given by its number, from 1; 0: it is not.
std::size_t ordinal(const PgQuery__Node* node, std::size_t count) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_A_CONST) return 0;
  const PgQuery__AConst& constant = *node->a_const;
  if (constant.isnull != 0 || constant.val_case != PG_QUERY__A__CONST__VAL_IVAL) return 0;
  const auto place = static_cast<std::size_t>(std::max(constant.ival->ival, 0));
  return place <= count ? place : 0;
}

std::string names_list(const std::vector<OutputColumn>& columns) {
  std::string text = "(";
  for (const OutputColumn& column : columns) {
    if (text.size() > 1) text += ", ";
    text += postgres_identifier(column.name);
  }
  return text + ")";
}

}  // namespace

Query Analyzer::query(const PgQuery__Node* node, const Scope* outer, bool named) {
  if (node == nullptr) return {};
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return select(*node->select_stmt, outer, named);
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      return insert(*node->insert_stmt, outer);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      return update(*node->update_stmt, outer);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      return remove(*node->delete_stmt, outer);
    default: {
      Scope scope;
      scope.outer = outer;
      return {any_node(node, scope), {}, false};
    }
  }
}

Query Analyzer::select(const PgQuery__SelectStmt& select, const Scope* outer, bool named) {
  Scope scope;
  scope.outer = outer;
  const std::string with = with_clause(select.with_clause, scope);
  Query query;
  if (select.op > PG_QUERY__SET_OPERATION__SETOP_NONE) {
    query = set_operation(select, scope, named);
  } else if (select.n_values_lists > 0) {
    query = values(select, scope);
  } else {
    query = plain_select(select, scope, named);
  }
  query.text = with + query.text;
  return query;
}

std::string Analyzer::with_clause(const PgQuery__WithClause* with, Scope& scope) {
  if (with == nullptr) return {};
  std::string text = with->recursive != 0 ? "WITH RECURSIVE " : "WITH ";
  for (std::size_t i = 0; i < with->n_ctes; ++i) {
    const PgQuery__CommonTableExpr& table = *with->ctes[i]->common_table_expr;
    const std::vector<std::string> aliases =
        postgres::name_parts(table.aliascolnames, table.n_aliascolnames);
    const auto renamed = [&](std::vector<OutputColumn> columns) {
      if (columns.size() < aliases.size()) columns.resize(aliases.size());
      for (std::size_t c = 0; c < aliases.size(); ++c) columns[c].name = aliases[c];
      return columns;
    };
    const bool recursive = with->recursive != 0 &&
                           table.ctequery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
                           table.ctequery->select_stmt->larg != nullptr;
    if (recursive) {
      // The first arm says what columns the recursive one can refer to.
      const int relations = relations_;
      const Query first = this->select(*table.ctequery->select_stmt->larg, &scope, true);
      relations_ = relations;
      scope.common_tables.push_back({table.ctename, renamed(first.columns), first.known});
    }
    const Query query = this->query(table.ctequery, &scope, true);
    const std::vector<OutputColumn> columns = renamed(query.columns);
    if (recursive) {
      scope.common_tables.back().columns = columns;
    } else {
      scope.common_tables.push_back({table.ctename, columns, query.known});
    }
    text += postgres_identifier(table.ctename) + names_list(columns) + " AS ";
    if (table.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways)
      text += "MATERIALIZED ";
    if (table.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever)
      text += "NOT MATERIALIZED ";
    text += "(" + query.text + ")";
    if (table.search_clause != nullptr) text += " " + any_message(table.search_clause->base, scope);
    if (table.cycle_clause != nullptr) text += " " + any_message(table.cycle_clause->base, scope);
    text += i + 1 < with->n_ctes ? ", " : " ";
  }
  return text;
}

Query Analyzer::values(const PgQuery__SelectStmt& select, const Scope& scope) {
  Query query;
  std::vector<Terms> rows;
  for (std::size_t i = 0; i < select.n_values_lists; ++i) {
    const PgQuery__List& row = *select.values_lists[i]->list;
    rows.push_back(expressions(row.items, row.n_items, scope));
  }
  query.text = "VALUES ";
  for (std::size_t i = 0; i < rows.size(); ++i)
    query.text += (i > 0 ? ", (" : "(") + print_list(rows[i]) + ")";
  for (std::size_t c = 0; !rows.empty() && c < rows.front().size(); ++c) {
    TypeName type = rows.front()[c].type;
    if (type == unknown_type) type = "text";
    query.columns.push_back({"column" + std::to_string(c + 1), type});
  }
  query.text +=
      order_clause(select.sort_clause, select.n_sort_clause, scope, {}, true) + tail(select, scope);
  return query;
}

Query Analyzer::set_operation(const PgQuery__SelectStmt& select, const Scope& scope, bool named) {
  // A literal of one arm gets its type from the other.
  literals_have_types_ = false;
  Query left = this->select(*select.larg, &scope, named);
  literals_have_types_ = false;
  const Query right = this->select(*select.rarg, &scope, false);
  Query query;
  query.text = "(" + left.text + ") " + std::string(set_words.at(select.op)) +
               (select.all != 0 ? " ALL" : "") + " (" + right.text + ")";
  std::vector<SelectItem> items;
  for (std::size_t i = 0; i < left.columns.size(); ++i) {
    OutputColumn& column = left.columns[i];
    if (i < right.columns.size() && (column.type.empty() || column.type == unknown_type))
      column.type = right.columns[i].type;
    items.push_back({column.name, {}, std::to_string(i + 1)});
  }
  query.columns = std::move(left.columns);
  query.known = left.known;
  query.text += order_clause(select.sort_clause, select.n_sort_clause, scope, items, true) +
                tail(select, scope);
  return query;
}

void Analyzer::expand_star(const PgQuery__ColumnRef& reference, const Scope& scope,
                           std::vector<SelectItem>& items, bool& known) const {
  if (reference.n_fields == 1) {
    for (const VisibleColumn& column : scope.visible)
      items.push_back({column.name, column.term, print(column.term)});
    for (const Relation& relation : scope.relations) {
      if (relation.known) continue;
      known = false;
      items.push_back({"*", {}, relation.id + ".*"});
    }
    return;
  }
  const std::vector<std::string> parts = postgres::name_parts(reference.fields, reference.n_fields);
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    for (const Relation& relation : level->relations) {
      if (parts.empty() || relation.alias != parts.back()) continue;
      for (const OutputColumn& column : relation.columns) {
        const Term term = column_of(relation, column.name);
        items.push_back({column.name, term, print(term)});
      }
      if (!relation.known) {
        known = false;
        items.push_back({"*", {}, relation.id + ".*"});
      }
      return;
    }
  }
  known = false;
  items.push_back({"*", {}, (parts.empty() ? std::string() : parts.back()) + ".*"});
}

/// (row).* of a composite value gives its attributes.
bool Analyzer::expand_row(const PgQuery__AIndirection& row, const Scope& scope,
                          std::vector<SelectItem>& items) {
  if (row.n_indirection != 1 || row.indirection[0]->node_case != PG_QUERY__NODE__NODE_A_STAR)
    return false;
  const Term value = expression(row.arg, scope);
  const std::vector<OutputColumn> columns = columns_of_type(value.type);
  for (const OutputColumn& column : columns) {
    Term term = raw_term("(" + print(value) + ")." + column.name, column.type);
    std::string text = term.text;
    items.push_back({column.name, std::move(term), std::move(text)});
  }
  return !columns.empty();
}

std::vector<Analyzer::SelectItem> Analyzer::select_items(Nodes nodes, std::size_t count,
                                                         const Scope& scope, bool& known) {
  std::vector<SelectItem> items;
  for (std::size_t i = 0; i < count; ++i) {
    const PgQuery__ResTarget& target = *nodes[i]->res_target;
    if (target.val == nullptr) continue;
    if (target.val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
      const PgQuery__ColumnRef& reference = *target.val->column_ref;
      if (reference.fields[reference.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
        expand_star(reference, scope, items, known);
        continue;
      }
    }
    if (target.val->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION &&
        expand_row(*target.val->a_indirection, scope, items))
      continue;
    SelectItem item;
    item.term = expression(target.val, scope);
    if (item.term.kind == Kind::array) resolve(item.term, "text[]");
    item.text = print_with_type(item.term);
    item.name = is_present(target.name) ? target.name : implied_column_name(target.val);
    items.push_back(std::move(item));
  }
  return items;
}

std::string Analyzer::group_item(const PgQuery__Node* node, const Scope& scope,
                                 const std::vector<SelectItem>& items) {
  if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
    const PgQuery__GroupingSet& set = *node->grouping_set;
    std::string text(grouping_words.at(set.kind));
    text += '(';
    for (std::size_t i = 0; i < set.n_content; ++i)
      text += (i > 0 ? ", " : "") + group_item(set.content[i], scope, items);
    return text + ")";
  }
  if (const std::size_t place = ordinal(node, items.size()); place > 0)
    return items[place - 1].text;
  const std::string name = bare_name(node);
  const bool is_column = !name.empty() && std::any_of(scope.visible.begin(), scope.visible.end(),
                                                      [&](const VisibleColumn& column) {
                                                        return column.name == name;
                                                      });
  if (!name.empty() && !is_column) {
    for (const SelectItem& item : items) {
      if (item.name == name) return item.text;
    }
  }
  return print(expression(node, scope));
}

std::string Analyzer::order_item(const PgQuery__Node* node, const Scope& scope,
                                 const std::vector<SelectItem>& items, bool by_position) {
  if (const std::size_t place = ordinal(node, items.size()); place > 0)
    return items[place - 1].text;
  if (const std::string name = bare_name(node); !name.empty()) {
    for (const SelectItem& item : items) {
      if (item.name == name) return item.text;
    }
  }
  if (by_position && node->node_case == PG_QUERY__NODE__NODE_A_CONST)
    return constant(*node->a_const).text;
  return print(without_implicit_casts(expression(node, scope)));
}

std::string Analyzer::order_clause(Nodes nodes, std::size_t count, const Scope& scope,
                                   const std::vector<SelectItem>& items, bool by_position) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? " ORDER BY " : ", ";
    const PgQuery__SortBy& sort = *nodes[i]->sort_by;
    text += order_item(sort.node, scope, items, by_position) + sort_suffix(sort);
  }
  return text;
}

std::string Analyzer::tail(const PgQuery__SelectStmt& select, const Scope& scope) {
  std::string text;
  const bool all = select.limit_count != nullptr &&
                   select.limit_count->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                   select.limit_count->a_const->isnull != 0;
  if (select.limit_offset != nullptr)
    text += " OFFSET " + print(expression(select.limit_offset, scope));
  if (select.limit_count != nullptr && !all) {
    text += " LIMIT " + print(expression(select.limit_count, scope));
    if (select.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES) text += " WITH TIES";
  }
  for (std::size_t i = 0; i < select.n_locking_clause; ++i) {
    const PgQuery__LockingClause& lock = *select.locking_clause[i]->locking_clause;
    text += " FOR " + std::string(lock_words.at(lock.strength));
    for (std::size_t r = 0; r < lock.n_locked_rels; ++r) {
      const std::string name = lock.locked_rels[r]->range_var->relname;
      const auto found =
          std::find_if(scope.relations.begin(), scope.relations.end(),
                       [&](const Relation& relation) { return relation.alias == name; });
      text += (r == 0 ? " OF " : ", ") + (found == scope.relations.end() ? name : found->id);
    }
    text += wait_words.at(lock.wait_policy);
  }
  return text;
}

Query Analyzer::plain_select(const PgQuery__SelectStmt& select, Scope& scope, bool named) {
  Query query;
  const bool typed = std::exchange(literals_have_types_, true);
  const std::string from = from_clause(select.from_clause, select.n_from_clause, scope);
  const std::vector<SelectItem> items =
      select_items(select.target_list, select.n_target_list, scope, query.known);
  std::string& text = query.text;
  text = "SELECT ";
  if (select.n_distinct_clause > 0) {
    text += "DISTINCT ";
    // Plain DISTINCT is a list of one empty node.
    if (select.distinct_clause[0]->node_case != PG_QUERY__NODE__NODE__NOT_SET) {
      text += "ON (";
      for (std::size_t i = 0; i < select.n_distinct_clause; ++i)
        text += (i > 0 ? ", " : "") + order_item(select.distinct_clause[i], scope, items, false);
      text += ") ";
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool literal = items[i].term.kind == Kind::constant || items[i].term.kind == Kind::null;
    text += (i > 0 ? ", " : "") + (literal && !typed ? print(items[i].term) : items[i].text);
    if (named && items[i].name != "*") text += " AS " + postgres_identifier(items[i].name);
    TypeName type = items[i].term.type;
    if (type == unknown_type || (type.empty() && items[i].term.kind == Kind::null)) type = "text";
    if (items[i].name != "*") query.columns.push_back({items[i].name, type});
  }
  text += from;
  if (select.where_clause != nullptr) {
    Term condition = expression(select.where_clause, scope);
    resolve(condition, "boolean");
    text += " WHERE " + print(condition);
  }
  for (std::size_t i = 0; i < select.n_group_clause; ++i) {
    text += i == 0 ? " GROUP BY " : ", ";
    if (i == 0 && select.group_distinct != 0) text += "DISTINCT ";
    text += group_item(select.group_clause[i], scope, items);
  }
  if (select.having_clause != nullptr)
    text += " HAVING " + print(expression(select.having_clause, scope));
  for (std::size_t i = 0; i < select.n_window_clause; ++i) {
    PgQuery__WindowDef definition = *select.window_clause[i]->window_def;
    const std::string name = definition.name != nullptr ? definition.name : "";
    definition.name = nullptr;
    text += (i == 0 ? " WINDOW " : ", ") + postgres_identifier(name) + " AS " +
            window(definition, scope);
  }
  text += order_clause(select.sort_clause, select.n_sort_clause, scope, items, false) +
          tail(select, scope);
  return query;
}

}  // namespace relata::syntax::postgres
