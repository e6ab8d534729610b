// Triggers, rules and policies.
#include <algorithm>

#include "live/postgres/reload.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

/// Of pg_trigger.tgenabled, pg_rewrite.ev_enabled and pg_event_trigger.evtenabled.
std::string enabled_word(char letter) {
  switch (letter) {
    case 'D':
      return "disabled";
    case 'R':
      return "replica";
    case 'A':
      return "always";
    default:
      return {};
  }
}

/// The statement with the table bare where its namespace is the default: the server writes triggers
/// and rules with the namespace whatever the search path. `word` stands before the table.
std::string with_bare_table(std::string_view statement, std::string_view word,
                            const QualifiedName& table) {
  std::string text(statement);
  if (!table.schema.empty()) return text;
  const std::string bare = syntax::postgres_identifier(table.name);
  const std::string beginning = " " + std::string(word) + " ";
  const std::size_t found = text.find(beginning + "public." + bare);
  if (found != std::string::npos) text.erase(found + beginning.size(), 7);
  return text;
}

PolicyCommand command_of(char letter) {
  switch (letter) {
    case 'r':
      return PolicyCommand::select;
    case 'a':
      return PolicyCommand::insert;
    case 'w':
      return PolicyCommand::update;
    case 'd':
      return PolicyCommand::delete_;
    default:
      return PolicyCommand::all;
  }
}

}  // namespace

/// Without those that constraints have, and those that partitions have from their parent.
std::string triggers_query(int) {
  return R"(
SELECT t.oid, t.tgrelid, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND )" +
         in_user_namespace("c.relnamespace") + " AND " + not_of_extension("pg_trigger", "t.oid");
}

void read_triggers(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const Relation* relation = catalog.relation(row.oid(1));
    if (relation == nullptr || !relation->ours()) continue;
    TriggerBody body;
    body.dialect = "postgres";
    body.sql = with_bare_table(row.view(4), "ON", relation->name);
    body.enabled = enabled_word(row.letter(3));
    body.comment = catalog.comment(CatalogId::trigger, row.oid(0));
    Trigger trigger{row.text(2), std::move(body), {}};
    if (Table* table = catalog.table(row.oid(1))) {
      table->triggers.push_back(std::move(trigger));
    } else if (View* view = catalog.view(row.oid(1))) {
      view->triggers.push_back(std::move(trigger));
    }
  }
}

std::string rules_query(int) {
  return R"(
SELECT r.oid, r.ev_class, r.rulename, r.ev_enabled, pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE r.rulename <> '_RETURN' AND )" +
         in_user_namespace("c.relnamespace") + " AND " + not_of_extension("pg_rewrite", "r.oid");
}

void read_rules(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const Relation* relation = catalog.relation(row.oid(1));
    if (relation == nullptr || !relation->ours()) continue;
    Rule rule;
    rule.name = row.text(2);
    rule.sql = sql_text(reloadable(with_bare_table(row.view(4), "TO", relation->name)));
    rule.enabled = enabled_word(row.letter(3));
    rule.comment = catalog.comment(CatalogId::rule, row.oid(0));
    if (Table* table = catalog.table(row.oid(1))) {
      table->rules.push_back(std::move(rule));
    } else if (View* view = catalog.view(row.oid(1))) {
      view->rules.push_back(std::move(rule));
    }
  }
}

/// A policy for PUBLIC has the one role 0.
std::string policies_query(int) {
  return R"(
SELECT p.oid, p.polrelid, p.polname, p.polcmd, p.polpermissive,
       ARRAY(SELECT rolname::text FROM pg_roles WHERE oid = ANY (p.polroles) ORDER BY rolname),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_policy p)";
}

void read_policies(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    Table* table = catalog.table(row.oid(1));
    if (table == nullptr) continue;
    Policy policy;
    policy.name = row.text(2);
    policy.command = command_of(row.letter(3));
    policy.permissive = row.flag(4);
    policy.roles = row.texts(5);
    if (!row.is_null(6)) policy.using_rows = sql_expression(row.text(6));
    if (!row.is_null(7)) policy.with_check = sql_expression(row.text(7));
    policy.comment = catalog.comment(CatalogId::policy, row.oid(0));
    table->policies.push_back(std::move(policy));
  }
}

}  // namespace relata::live::postgres
