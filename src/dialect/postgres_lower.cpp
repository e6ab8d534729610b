#include <algorithm>
#include <map>
#include <set>

#include "dialect/lower.h"
#include "dialect/postgres_plan.h"

namespace relata {
namespace {

constexpr std::string_view dialect_id = "postgres";

/// Policies read a setting in a sub-select, which runs once a statement and not once a row; the
/// default of a column must not hold a sub-select.
std::string in_place(const std::string& text, ExpressionPlace place) {
  return place == ExpressionPlace::policy ? "(SELECT " + text + ")" : text;
}

void resolve_session(Schema& schema, const PostgresDialect& dialect) {
  const SessionSettings& session = schema.session;
  for (Table& table : schema.tables) {
    for_each_expression(table, [&](Expression& root, ExpressionPlace place) {
      rewrite(root, [&](const Expression& node) -> std::optional<Expression> {
        switch (node.operation) {
          case Operation::current_tenant:
            return sql_expression(
                in_place(postgres_setting(dialect, session.tenant, session.tenant_type), place),
                dialect_id);
          case Operation::current_actor:
            return sql_expression(
                in_place(postgres_setting(dialect, session.actor, session.actor_type), place),
                dialect_id);
          default:
            return {};
        }
      });
    });
  }
}

/// Ids made by the server itself where it can, and cast for columns that hold them as text.
void resolve_ids(Schema& schema, int server_version) {
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      if (!column.default_value || column.default_value->operation != Operation::new_uuid7) {
        continue;
      }
      const bool as_text = column.type.kind != TypeKind::uuid;
      if (server_version >= postgres_with_uuidv7) {
        column.default_value = sql_expression(as_text ? "uuidv7()::text" : "uuidv7()", dialect_id);
      } else if (as_text) {
        column.default_value->text = "text";
      }
    }
  }
}

void store_generated_columns(Schema& schema, int server_version) {
  if (server_version >= postgres_with_uuidv7) return;
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      if (column.generated) column.generated->stored = true;
    }
  }
}

bool names_all(const ForeignKey& key) {
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) {
    return std::find(key.set_null_columns.begin(), key.set_null_columns.end(), column) !=
           key.set_null_columns.end();
  });
}

void replace_partial_set_null(PostgresPlan& plan, const PostgresDialect& dialect,
                              int server_version) {
  NameScope names = dialect.name_scope();
  for (Table& table : plan.schema.tables) {
    for (ForeignKey& key : table.foreign_keys) {
      if (key.on_delete != ReferentialAction::set_null || names_all(key)) {
        key.set_null_columns.clear();
      }
      if (key.set_null_columns.empty() || server_version >= postgres_with_partial_set_null) {
        continue;
      }
      plan.set_null_triggers.push_back(
          {key.table, table.name, key, names.claim(key.name + "_set_null")});
      key.on_delete = ReferentialAction::no_action;
      key.set_null_columns.clear();
      // A row trigger on the table itself can only run after the row is gone; the check must wait.
      if (key.table == table.name) key.deferrable = key.initially_deferred = true;
    }
  }
}

using Edges = std::map<std::string, std::set<std::string>>;

void collect_selected(const Expression& expression, std::set<std::string>& tables) {
  if (expression.operation == Operation::in_select) tables.insert(expression.text);
  for (const Expression& argument : expression.arguments) collect_selected(argument, tables);
}

/// Which tables the policies of each table select from.
Edges policy_edges(const Schema& schema) {
  Edges edges;
  for (const Table& table : schema.tables) {
    for (const Policy& policy : table.policies) {
      if (policy.using_rows) collect_selected(*policy.using_rows, edges[table.name]);
      if (policy.with_check) collect_selected(*policy.with_check, edges[table.name]);
    }
  }
  return edges;
}

bool reaches(const Edges& edges, const std::string& from, const std::string& to) {
  std::set<std::string> seen;
  std::vector<std::string> open{from};
  while (!open.empty()) {
    const std::string table = open.back();
    open.pop_back();
    if (table == to) return true;
    if (!seen.insert(table).second) continue;
    const auto found = edges.find(table);
    if (found != edges.end()) open.insert(open.end(), found->second.begin(), found->second.end());
  }
  return false;
}

class RecursionBreaker {
 public:
  RecursionBreaker(PostgresPlan& plan, const PostgresDialect& dialect)
      : plan_(plan),
        dialect_(dialect),
        edges_(policy_edges(plan.schema)),
        names_(dialect.name_scope()) {}

  void run() {
    for (Table& table : plan_.schema.tables) {
      for (Policy& policy : table.policies) {
        if (policy.using_rows) replace(*policy.using_rows, table.name);
        if (policy.with_check) replace(*policy.with_check, table.name);
      }
    }
  }

 private:
  void replace(Expression& root, const std::string& table) {
    rewrite(root, [&](const Expression& node) -> std::optional<Expression> {
      if (node.operation != Operation::in_select || !reaches(edges_, node.text, table)) return {};
      Expression tested = node.arguments.at(0);
      replace(tested, table);
      return sql_expression(dialect_.expression(tested) + " IN (SELECT " +
                                dialect_.identifier(function_for(node)) + "())",
                            dialect_id);
    });
  }

  std::string function_for(const Expression& select) {
    const std::string& column = select.arguments.at(1).text;
    Expression filter = select.arguments.at(2);
    replace(filter, select.text);
    for (const RowsFunction& made : plan_.rows_functions) {
      if (made.table == select.text && made.column == column && made.filter == filter) {
        return made.name;
      }
    }
    const std::string name = names_.claim("own_" + select.text + "_" + column);
    plan_.rows_functions.push_back({name, select.text, column, std::move(filter)});
    return name;
  }

  PostgresPlan& plan_;
  const PostgresDialect& dialect_;
  Edges edges_;
  NameScope names_;
};

/// A public policy holds for the tables' owner too, who would then run in a circle.
void warn_public_recursion(const PostgresPlan& plan, DiagnosticSink& sink) {
  for (const RowsFunction& function : plan.rows_functions) {
    const Table* table = plan.schema.find_table(function.table);
    if (table == nullptr) continue;
    for (const Policy& policy : table->policies) {
      if (!policy.roles.empty()) continue;
      sink.warning("policy-recursion",
                   "the policy " + policy.name + " of " + table->name +
                       " selects from its own table for every role; only a superuser may own it",
                   policy.origin.source, policy.origin.span,
                   "Give the policy the application's role.");
    }
  }
}

}  // namespace

std::string postgres_setting(const PostgresDialect& dialect, std::string_view name,
                             const Type& type) {
  const std::string text =
      "NULLIF(current_setting(" + dialect.string_literal(name) + ", true), '')";
  return type.kind == TypeKind::text ? text : text + "::" + dialect.type_name(type);
}

PostgresPlan plan_for_postgres(const Schema& schema, const PostgresDialect& dialect,
                               const DdlOptions& options, DiagnosticSink& sink) {
  PostgresPlan plan;
  plan.schema = schema;
  drop_foreign_sql(plan.schema, dialect, sink);
  drop_dangling_keys(plan.schema, sink);
  fit_names(plan.schema, dialect);
  resolve_session(plan.schema, dialect);
  resolve_ids(plan.schema, options.server_version);
  store_generated_columns(plan.schema, options.server_version);
  replace_partial_set_null(plan, dialect, options.server_version);
  RecursionBreaker(plan, dialect).run();
  warn_public_recursion(plan, sink);
  return plan;
}

bool is_written_by_triggers(const Schema& schema, std::string_view table) {
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& source) {
    return std::any_of(source.triggers.begin(), source.triggers.end(), [&](const Trigger& trigger) {
      const auto* audit = std::get_if<WriteAudit>(&trigger.purpose);
      const auto* history = std::get_if<WriteHistory>(&trigger.purpose);
      return (audit != nullptr && audit->log_table == table) ||
             (history != nullptr && history->history_table == table);
    });
  });
}

}  // namespace relata
