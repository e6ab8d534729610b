#include <algorithm>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

Term column_term(std::string relation, std::string_view name, TypeName type) {
  Term term = make_term(Kind::column, postgres_identifier(name), std::move(type));
  term.relation = std::move(relation);
  return term;
}

const Relation* find_relation(const Scope& scope, std::string_view alias) {
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    const auto found =
        std::find_if(level->relations.begin(), level->relations.end(),
                     [&](const Relation& relation) { return relation.alias == alias; });
    if (found != level->relations.end()) return &*found;
  }
  return nullptr;
}

}  // namespace

Scope table_scope(std::string_view alias, std::vector<OutputColumn> columns) {
  Scope scope;
  scope.visible.reserve(columns.size());
  for (const OutputColumn& column : columns)
    scope.visible.push_back({column.name, column_term("", column.name, column.type)});
  scope.relations.push_back(named_relation(alias, "", std::move(columns), true));
  return scope;
}

Relation named_relation(std::string_view alias, std::string_view id,
                        std::vector<OutputColumn> columns, bool known) {
  Relation relation;
  relation.alias = alias;
  relation.id = id;
  relation.columns = std::move(columns);
  relation.known = known;
  return relation;
}

Term Analyzer::column_of(const Relation& relation, const std::string& name) {
  const auto found = std::find_if(relation.columns.begin(), relation.columns.end(),
                                  [&](const OutputColumn& column) { return column.name == name; });
  return column_term(relation.id, name, found == relation.columns.end() ? TypeName() : found->type);
}

Term Analyzer::whole_row(const Relation& relation) {
  // A function that gives one value for a row has no row beside it.
  if (relation.function && relation.columns.size() == 1)
    return column_of(relation, relation.columns.front().name);
  return raw_term(relation.id + ".*", "record");
}

std::optional<Term> Analyzer::unqualified(const std::string& name, const Scope& scope) const {
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    for (const VisibleColumn& column : level->visible) {
      if (column.name == name) return column.term;
    }
    const Relation* unknown = nullptr;
    std::size_t count = 0;
    for (const Relation& relation : level->relations) {
      if (relation.known) continue;
      unknown = &relation;
      ++count;
    }
    if (unknown != nullptr && unknown->alias == name) return whole_row(*unknown);
    if (count == 1) return column_of(*unknown, name);
  }
  if (const Relation* relation = find_relation(scope, name)) return whole_row(*relation);
  return std::nullopt;
}

Term Analyzer::column_reference(const PgQuery__ColumnRef& reference, const Scope& scope) const {
  const std::vector<std::string> parts = postgres::name_parts(reference.fields, reference.n_fields);
  const bool star = reference.n_fields > 0 && reference.fields[reference.n_fields - 1]->node_case ==
                                                  PG_QUERY__NODE__NODE_A_STAR;
  if (star) {
    if (parts.empty()) return raw_term("*");
    const Relation* relation = find_relation(scope, parts.back());
    return relation != nullptr ? whole_row(*relation) : raw_term(parts.back() + ".*");
  }
  if (parts.empty()) return raw_term("?");
  if (parts.size() == 1) {
    if (std::optional<Term> term = unqualified(parts[0], scope)) return *std::move(term);
    return column_term("", parts[0], {});
  }
  const std::string& name = parts.back();
  if (const Relation* relation = find_relation(scope, parts[parts.size() - 2])) {
    // g(g) of a function names its only column like itself.
    if (relation->function && relation->columns.size() == 1 && name == relation->alias)
      return whole_row(*relation);
    return column_of(*relation, name);
  }
  return column_term(postgres_identifier(parts[parts.size() - 2]), name, {});
}

}  // namespace relata::syntax::postgres
