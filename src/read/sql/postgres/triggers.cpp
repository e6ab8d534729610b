// Triggers, rules and policies.
#include <algorithm>

#include "base/text.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

/// The triggers, or rules, of a table or view; null when there is no such relation.
template <class T>
std::vector<T>* items_of(Reader& reader, const PgQuery__RangeVar& range,
                         std::vector<T> Table::*of_table, std::vector<T> View::*of_view) {
  const auto name = reader.existing(range);
  if (name) {
    if (const auto table = reader.catalog.tables.find(*name); table != reader.catalog.tables.end())
      return &(table->second.*of_table);
    if (const auto item = reader.catalog.views.find(*name); item != reader.catalog.views.end())
      return &(item->second.*of_view);
  }
  reader.missing("relation", view(range.relname));
  return nullptr;
}

/// Leaves OR REPLACE out, which stands behind CREATE.
void remove_or_replace(SourceText& source) {
  if (source.is(1, "or") && source.is(2, "replace")) source.remove({1, 3});
}

PolicyCommand command_of(std::string_view word) {
  if (word == "select") return PolicyCommand::select;
  if (word == "insert") return PolicyCommand::insert;
  if (word == "update") return PolicyCommand::update;
  if (word == "delete") return PolicyCommand::delete_;
  return PolicyCommand::all;
}

/// The word for a role that only the session knows, as the writer takes it; empty for others.
std::string_view session_role(PgQuery__RoleSpecType type) {
  switch (type) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
      return "current_role";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER:
      return "current_user";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
      return "session_user";
    default:
      return {};
  }
}

/// Roles of a policy; none when PUBLIC is among them.
std::vector<std::string> roles_of(std::span<PgQuery__Node* const> items) {
  std::vector<std::string> roles;
  for (const PgQuery__Node* node : items) {
    if (node->node_case != PG_QUERY__NODE__NODE_ROLE_SPEC) continue;
    const PgQuery__RoleSpec& role = *node->role_spec;
    if (role.roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) return {};
    if (const std::string_view word = session_role(role.roletype); !word.empty())
      roles.emplace_back(word);
    if (!view(role.rolename).empty()) roles.emplace_back(view(role.rolename));
  }
  return roles;
}

/// USING (...) and WITH CHECK (...), which stand in that order.
void read_conditions(Reader& reader, Policy& policy, const PgQuery__Node* qualification,
                     const PgQuery__Node* check) {
  SourceText& source = reader.source();
  if (qualification != nullptr)
    policy.using_rows = reader.expression(source.in_brackets(source.find(0, "using")));
  if (check != nullptr) {
    std::size_t word = source.find(0, "with");
    while (word < source.size() && !source.is(word + 1, "check"))
      word = source.find(word + 1, "with");
    policy.with_check = reader.expression(source.in_brackets(word));
  }
}

}  // namespace

void create_trigger(Reader& reader, const PgQuery__CreateTrigStmt& statement) {
  std::vector<Trigger>* triggers =
      items_of(reader, *statement.relation, &Table::triggers, &View::triggers);
  if (triggers == nullptr) return;
  const std::string name(view(statement.trigname));
  SourceText& source = reader.source();
  if (statement.replace) remove_or_replace(source);
  qualify_function(reader, strings_of(nodes(statement.n_funcname, statement.funcname)));
  TriggerBody body;
  body.dialect = "postgres";
  body.sql = source.text(source.all());
  Trigger trigger{name, std::move(body), reader.origin()};
  const auto same = std::find_if(triggers->begin(), triggers->end(),
                                 [&](const Trigger& other) { return other.name == name; });
  if (same == triggers->end()) {
    triggers->push_back(std::move(trigger));
  } else if (statement.replace) {
    *same = std::move(trigger);
  } else {
    reader.taken("trigger", name);
  }
}

void create_rule(Reader& reader, const PgQuery__RuleStmt& statement) {
  std::vector<Rule>* rules = items_of(reader, *statement.relation, &Table::rules, &View::rules);
  if (rules == nullptr) return;
  const std::string name(view(statement.rulename));
  SourceText& source = reader.source();
  if (statement.replace) remove_or_replace(source);
  Rule rule{name, reader.whole(), {}, {}};
  const auto same = std::find_if(rules->begin(), rules->end(),
                                 [&](const Rule& other) { return other.name == name; });
  if (same == rules->end()) {
    rules->push_back(std::move(rule));
  } else if (statement.replace) {
    *same = std::move(rule);
  } else {
    reader.taken("rule", name);
  }
}

void create_policy(Reader& reader, const PgQuery__CreatePolicyStmt& statement) {
  Table* table = reader.table(*statement.table);
  if (table == nullptr) {
    reader.missing("table", view(statement.table->relname));
    return;
  }
  Policy policy;
  policy.name = std::string(view(statement.policy_name));
  policy.command = command_of(view(statement.cmd_name));
  policy.permissive = statement.permissive != 0;
  policy.roles = roles_of(nodes(statement.n_roles, statement.roles));
  policy.origin = reader.origin();
  read_conditions(reader, policy, statement.qual, statement.with_check);
  const bool taken = std::any_of(table->policies.begin(), table->policies.end(),
                                 [&](const Policy& other) { return other.name == policy.name; });
  if (taken) {
    reader.taken("policy", policy.name);
    return;
  }
  table->policies.push_back(std::move(policy));
}

void alter_policy(Reader& reader, const PgQuery__AlterPolicyStmt& statement) {
  Table* table = reader.table(*statement.table);
  if (table != nullptr) {
    for (Policy& policy : table->policies) {
      if (policy.name != view(statement.policy_name)) continue;
      if (statement.n_roles > 0) policy.roles = roles_of(nodes(statement.n_roles, statement.roles));
      read_conditions(reader, policy, statement.qual, statement.with_check);
      return;
    }
  }
  reader.missing("policy", view(statement.policy_name));
}

}  // namespace relata::sql::postgres
