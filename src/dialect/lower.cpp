#include "dialect/lower.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/translate.h"

namespace relata {
namespace {

bool holds_foreign_sql(const Expression& expression, std::string_view dialect) {
  if (expression.operation == Operation::sql && expression.dialect != dialect) return true;
  return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [&](const Expression& e) { return holds_foreign_sql(e, dialect); });
}

void warn_foreign(DiagnosticSink& sink, const SqlDialect& dialect, const Origin& origin,
                  const std::string& what) {
  sink.warning("foreign-sql",
               what + " is written in another engine's SQL and is left out for " +
                   std::string(dialect.title()),
               origin.source, origin.span, "Write it again in this engine's terms.");
}

template <class Item, class Test, class Report>
void erase_reported(std::vector<Item>& items, const Test& test, const Report& report) {
  for (const Item& item : items) {
    if (test(item)) report(item);
  }
  items.erase(std::remove_if(items.begin(), items.end(), test), items.end());
}

void drop_foreign_column_sql(Table& table, const SqlDialect& dialect, DiagnosticSink& sink) {
  for (Column& column : table.columns) {
    const std::string name = table.name + "." + column.name;
    if (column.default_value && holds_foreign_sql(*column.default_value, dialect.id())) {
      warn_foreign(sink, dialect, column.origin, "the default of " + name);
      column.default_value.reset();
    }
    if (column.generated && holds_foreign_sql(column.generated->expression, dialect.id())) {
      warn_foreign(sink, dialect, column.origin, "what generates " + name);
      column.generated.reset();
    }
  }
}

}  // namespace

void for_each_expression(Table& table,
                         const std::function<void(Expression&, ExpressionPlace)>& visit) {
  for (Column& column : table.columns) {
    if (column.default_value) visit(*column.default_value, ExpressionPlace::default_value);
    if (column.generated) visit(column.generated->expression, ExpressionPlace::generated);
  }
  for (Check& check : table.checks) visit(check.expression, ExpressionPlace::check);
  for (Index& index : table.indexes) {
    for (IndexPart& part : index.parts) visit(part.expression, ExpressionPlace::index);
    if (index.where) visit(*index.where, ExpressionPlace::index);
  }
  for (Policy& policy : table.policies) {
    if (policy.using_rows) visit(*policy.using_rows, ExpressionPlace::policy);
    if (policy.with_check) visit(*policy.with_check, ExpressionPlace::policy);
  }
}

void rewrite(Expression& expression,
             const std::function<std::optional<Expression>(const Expression&)>& replacement) {
  if (std::optional<Expression> other = replacement(expression)) {
    expression = std::move(*other);
    return;
  }
  for (Expression& argument : expression.arguments) rewrite(argument, replacement);
}

void drop_foreign_sql(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink) {
  const auto foreign = [&](const Expression& e) { return holds_foreign_sql(e, dialect.id()); };
  for (Table& table : schema.tables) {
    drop_foreign_column_sql(table, dialect, sink);
    erase_reported(
        table.checks, [&](const Check& check) { return foreign(check.expression); },
        [&](const Check& check) {
          warn_foreign(sink, dialect, check.origin,
                       "the check " + check.name + " of " + table.name);
        });
    erase_reported(
        table.indexes,
        [&](const Index& index) {
          return (index.where && foreign(*index.where)) ||
                 std::any_of(index.parts.begin(), index.parts.end(),
                             [&](const IndexPart& part) { return foreign(part.expression); });
        },
        [&](const Index& index) {
          warn_foreign(sink, dialect, index.origin,
                       "the index " + index.name + " of " + table.name);
        });
    erase_reported(
        table.policies,
        [&](const Policy& policy) {
          return (policy.using_rows && foreign(*policy.using_rows)) ||
                 (policy.with_check && foreign(*policy.with_check));
        },
        [&](const Policy& policy) {
          warn_foreign(sink, dialect, policy.origin,
                       "the policy " + policy.name + " of " + table.name);
        });
    erase_reported(
        table.triggers,
        [&](const Trigger& trigger) {
          const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
          return body != nullptr && body->dialect != dialect.id();
        },
        [&](const Trigger& trigger) {
          warn_foreign(sink, dialect, trigger.origin,
                       "the trigger " + trigger.name + " of " + table.name);
        });
  }
  erase_reported(
      schema.views,
      [&](const View& view) { return !view.dialect.empty() && view.dialect != dialect.id(); },
      [&](const View& view) { warn_foreign(sink, dialect, view.origin, "the view " + view.name); });
}

void drop_dangling_keys(Schema& schema, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    erase_reported(
        table.foreign_keys,
        [&](const ForeignKey& key) { return schema.find_table(key.table) == nullptr; },
        [&](const ForeignKey& key) {
          sink.warning("dangling-foreign-key",
                       "the foreign key of " + table.name + " refers to a table " + key.table +
                           " that is not there, and is left out",
                       key.origin.source, key.origin.span);
        });
  }
}

bool mentions(const Expression& expression, std::string_view column, const SqlDialect& dialect) {
  if (expression.operation == Operation::column) return expression.text == column;
  if (expression.operation == Operation::sql) {
    const auto tokens = tokens_of(expression.text, dialect.lexis());
    return !tokens || std::any_of(tokens->begin(), tokens->end(), [&](const Token& token) {
      return token.kind == TokenKind::quoted_name
                 ? token.text == column
                 : token.kind == TokenKind::word && to_lower(token.text) == to_lower(column);
    });
  }
  return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [&](const Expression& e) { return mentions(e, column, dialect); });
}

Expression sql_expression(std::string text, std::string_view dialect) {
  return Expression{Operation::sql, std::move(text), std::string(dialect), {}};
}

bool is_primary_key_column(const Table& table, std::string_view column) {
  return table.primary_key &&
         std::find(table.primary_key->columns.begin(), table.primary_key->columns.end(), column) !=
             table.primary_key->columns.end();
}

bool is_required(const Table& table, const Column& column) {
  return !column.nullable || is_primary_key_column(table, column.name);
}

bool is_key_column(const Table& table, std::string_view column) {
  const auto holds = [&](const std::vector<std::string>& columns) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  if (is_primary_key_column(table, column)) return true;
  for (const Unique& unique : table.uniques) {
    if (holds(unique.columns)) return true;
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (holds(key.columns)) return true;
  }
  for (const Index& index : table.indexes) {
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation == Operation::column && part.expression.text == column) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace relata
