#include <string_view>
#include <variant>

#include "model/schema.h"
#include "syntax/sqlite/canonical_text.h"
#include "syntax/sqlite/meaning.h"

namespace relata::syntax {

void canonicalize_sqlite(Schema& schema);

namespace {

using sqlite::canonical_expression;
using sqlite::canonical_text;
using sqlite::ColumnScope;
using sqlite::default_meaning;
using sqlite::meaning_of;

bool is_sql(const Expression& expression) {
  return expression.operation == Operation::sql && expression.dialect == "sqlite";
}

void fill(Expression& expression, std::optional<Expression> meaning) {
  expression.canonical = canonical_expression(expression.text);
  expression.arguments.clear();
  if (meaning) expression.arguments.push_back(std::move(*meaning));
}

void fill(Expression& expression, const ColumnScope& scope, bool truth) {
  if (is_sql(expression)) fill(expression, meaning_of(expression.text, scope, truth));
}

void fill_triggers(std::vector<Trigger>& triggers) {
  for (Trigger& trigger : triggers) {
    if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
      body->canonical = canonical_text(body->sql);
    }
  }
}

void fill_table(Table& table) {
  const ColumnScope scope(table);
  for (Column& column : table.columns) {
    if (column.default_value && is_sql(*column.default_value)) {
      fill(*column.default_value, default_meaning(column.default_value->text, column.type));
    }
    if (column.generated) {
      fill(column.generated->expression, scope, column.type.kind == TypeKind::boolean);
    }
  }
  for (Check& check : table.checks) fill(check.expression, scope, true);
  for (Index& index : table.indexes) {
    for (IndexPart& part : index.parts) fill(part.expression, scope, false);
    if (index.where) fill(*index.where, scope, true);
  }
  fill_triggers(table.triggers);
}

}  // namespace

void canonicalize_sqlite(Schema& schema) {
  for (Table& table : schema.tables) fill_table(table);
  for (View& view : schema.views) {
    view.canonical = canonical_text(view.sql);
    fill_triggers(view.triggers);
  }
  for (OtherObject& other : schema.others) other.sql.canonical = canonical_text(other.sql.text);
}

}  // namespace relata::syntax
