#include "syntax/postgres/create_statements.h"

#include <algorithm>
#include <array>

#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

// Bits of CreateTrigStmt (catalog/pg_trigger.h).
constexpr int timing_before = 1 << 1;
constexpr int timing_instead = 1 << 6;
struct EventRow {
  int bit;
  std::string_view word;
};
constexpr auto events = std::to_array<EventRow>({
    {1 << 2, "INSERT"},
    {1 << 3, "DELETE"},
    {1 << 4, "UPDATE"},
    {1 << 5, "TRUNCATE"},
});

constexpr auto rule_events =
    std::to_array<std::string_view>({"", "", "SELECT", "UPDATE", "INSERT", "DELETE"});

/// A scope in which only OLD and NEW can be named.
Scope row_scope(const std::vector<OutputColumn>& columns) {
  Scope scope;
  scope.relations.push_back(named_relation("old", "OLD", columns, true));
  scope.relations.push_back(named_relation("new", "NEW", columns, true));
  return scope;
}

/// Whether the option says that everything is published, which is so anyway.
bool is_implied(const PgQuery__Node* option) {
  const PgQuery__DefElem& element = *option->def_elem;
  return std::string_view(element.defname) == "publish" && element.arg != nullptr &&
         element.arg->node_case == PG_QUERY__NODE__NODE_STRING &&
         std::string_view(element.arg->string->sval) == "insert, update, delete, truncate";
}

std::string canonical_publication(Analyzer& analyzer, PgQuery__CreatePublicationStmt& publication) {
  PgQuery__Node** const end = publication.options + publication.n_options;
  PgQuery__Node** const implied = std::stable_partition(
      publication.options, end, [](const PgQuery__Node* option) { return !is_implied(option); });
  // The whole list is needed again when the tree is freed.
  const std::size_t count = publication.n_options;
  publication.n_options = static_cast<std::size_t>(implied - publication.options);
  std::string text = analyzer.any_message(publication.base, {});
  publication.n_options = count;
  return text;
}

/// Statistics on columns, which the server keeps in the order of the table, expressions behind
/// them. The kinds have no order, and all of them is what none means (pg_get_statisticsobjdef()).
std::string canonical_statistics(Analyzer& analyzer, PgQuery__CreateStatsStmt& statistics) {
  std::stable_sort(
      statistics.exprs, statistics.exprs + statistics.n_exprs,
      [](const PgQuery__Node* a, const PgQuery__Node* b) {
        const std::string_view left = a->stats_elem->name != nullptr ? a->stats_elem->name : "";
        const std::string_view right = b->stats_elem->name != nullptr ? b->stats_elem->name : "";
        return left.empty() != right.empty() ? right.empty() : left < right;
      });
  std::sort(statistics.stat_types, statistics.stat_types + statistics.n_stat_types,
            [](const PgQuery__Node* a, const PgQuery__Node* b) {
              return std::string_view(a->string->sval) < b->string->sval;
            });
  constexpr std::size_t kinds_of_statistics = 3;
  // The whole list is needed again when the tree is freed.
  const std::size_t count = statistics.n_stat_types;
  if (count == kinds_of_statistics) statistics.n_stat_types = 0;
  std::string text = analyzer.any_message(statistics.base, {});
  statistics.n_stat_types = count;
  return text;
}

std::string trigger_events(const PgQuery__CreateTrigStmt& trigger) {
  std::string text;
  for (const EventRow& event : events) {
    if ((trigger.events & event.bit) == 0) continue;
    if (!text.empty()) text += " OR ";
    text += event.word;
    if (event.word == "UPDATE") {
      const std::vector<std::string> columns = name_parts(trigger.columns, trigger.n_columns);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        text += (i == 0 ? " OF " : ", ") + postgres_identifier(columns[i]);
      }
    }
  }
  return text;
}

std::string transition_tables(const PgQuery__CreateTrigStmt& trigger) {
  std::string old_table;
  std::string new_table;
  for (std::size_t i = 0; i < trigger.n_transition_rels; ++i) {
    const PgQuery__TriggerTransition& transition = *trigger.transition_rels[i]->trigger_transition;
    std::string& text = transition.is_new != 0 ? new_table : old_table;
    text = (transition.is_new != 0 ? " NEW TABLE AS " : " OLD TABLE AS ") +
           postgres_identifier(transition.name);
  }
  return old_table.empty() && new_table.empty() ? "" : " REFERENCING" + old_table + new_table;
}

}  // namespace

std::string canonical_trigger(Analyzer& analyzer, std::string_view sql,
                              const std::vector<OutputColumn>& columns) {
  const Tree tree = parse(sql);
  const PgQuery__Node* node = tree.statement();
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_CREATE_TRIG_STMT) return {};
  const PgQuery__CreateTrigStmt& trigger = *node->create_trig_stmt;
  std::string text = trigger.isconstraint != 0 ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ";
  text += postgres_identifier(trigger.trigname);
  if ((trigger.timing & timing_before) != 0) {
    text += " BEFORE ";
  } else {
    text += (trigger.timing & timing_instead) != 0 ? " INSTEAD OF " : " AFTER ";
  }
  text += trigger_events(trigger) + " ON " + analyzer.relation_name(*trigger.relation);
  if (trigger.constrrel != nullptr) text += " FROM " + analyzer.relation_name(*trigger.constrrel);
  if (trigger.deferrable != 0) text += " DEFERRABLE";
  if (trigger.initdeferred != 0) text += " INITIALLY DEFERRED";
  text += transition_tables(trigger);
  text += trigger.row != 0 ? " FOR EACH ROW" : " FOR EACH STATEMENT";
  if (trigger.when_clause != nullptr) {
    Term condition = analyzer.expression(trigger.when_clause, row_scope(columns));
    analyzer.resolve(condition, "boolean");
    text += " WHEN " + print(condition);
  }
  const std::vector<std::string> function = name_parts(trigger.funcname, trigger.n_funcname);
  const std::string schema = function.size() > 1 ? function[function.size() - 2] : std::string();
  text +=
      " EXECUTE " + analyzer.function_name(schema, function.empty() ? "" : function.back()) + "(";
  for (std::size_t i = 0; i < trigger.n_args; ++i) {
    text += (i > 0 ? ", " : "") + analyzer.any_node(trigger.args[i], {});
  }
  return text + ")";
}

std::string canonical_rule(Analyzer& analyzer, std::string_view sql,
                           const std::vector<OutputColumn>& columns) {
  const Tree tree = parse(sql);
  const PgQuery__Node* node = tree.statement();
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_RULE_STMT) return {};
  const PgQuery__RuleStmt& rule = *node->rule_stmt;
  const Scope scope = row_scope(columns);
  std::string text = "CREATE RULE " + postgres_identifier(rule.rulename) + " ON " +
                     std::string(rule_events.at(rule.event)) + " TO " +
                     analyzer.relation_name(*rule.relation);
  if (rule.where_clause != nullptr) {
    text += " WHERE " + print(analyzer.expression(rule.where_clause, scope));
  }
  text += rule.instead != 0 ? " DO INSTEAD" : " DO";
  for (std::size_t i = 0; i < rule.n_actions; ++i) {
    text += (i == 0 ? " " : "; ") + analyzer.query(rule.actions[i], &scope, false).text;
  }
  return text + (rule.n_actions == 0 ? " NOTHING" : "");
}

std::string canonical_bound(Analyzer& analyzer, std::string_view bound,
                            const std::vector<TypeName>& key_types) {
  const Tree tree = parse("CREATE TABLE t PARTITION OF p " + std::string(bound));
  const PgQuery__Node* node = tree.statement();
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_CREATE_STMT) return {};
  const PgQuery__PartitionBoundSpec* spec = node->create_stmt->partbound;
  if (spec == nullptr) return {};
  if (spec->is_default != 0) return "DEFAULT";
  const auto values = [&](PgQuery__Node* const* nodes, std::size_t count, bool one_key) {
    std::string text = "(";
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t key = one_key ? 0 : i;
      const TypeName type = key < key_types.size() ? key_types[key] : TypeName();
      Term value = analyzer.value_for(nodes[i], {}, type);
      text += (i > 0 ? ", " : "") + print(analyzer.without_implicit_casts(std::move(value)));
    }
    return text + ")";
  };
  if (spec->n_listdatums > 0) return "IN " + values(spec->listdatums, spec->n_listdatums, true);
  if (spec->n_lowerdatums > 0) {
    return "FROM " + values(spec->lowerdatums, spec->n_lowerdatums, false) + " TO " +
           values(spec->upperdatums, spec->n_upperdatums, false);
  }
  return "MODULUS " + std::to_string(spec->modulus) + " REMAINDER " +
         std::to_string(spec->remainder);
}

std::string canonical_statement(Analyzer& analyzer, std::string_view sql) {
  const Tree tree = parse(sql);
  const PgQuery__Node* node = tree.statement();
  if (node == nullptr) return {};
  if (node->node_case == PG_QUERY__NODE__NODE_DEFINE_STMT) {
    // The server lists the parts of an aggregate, operator or collation in an order of its own.
    PgQuery__DefineStmt& define = *node->define_stmt;
    std::stable_sort(define.definition, define.definition + define.n_definition,
                     [](const PgQuery__Node* a, const PgQuery__Node* b) {
                       return std::string_view(a->def_elem->defname) < b->def_elem->defname;
                     });
  }
  if (node->node_case == PG_QUERY__NODE__NODE_CREATE_STATS_STMT) {
    return canonical_statistics(analyzer, *node->create_stats_stmt);
  }
  if (node->node_case == PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT) {
    return canonical_publication(analyzer, *node->create_publication_stmt);
  }
  return analyzer.any_node(node, {});
}

}  // namespace relata::syntax::postgres
