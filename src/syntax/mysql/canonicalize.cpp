#include "base/text.h"
#include "model/schema.h"
#include "syntax/mysql/canonical_forms.h"
#include "syntax/mysql/canonical_view.h"
#include "syntax/mysql/default_value.h"
#include "syntax/mysql/normalize_tree.h"
#include "syntax/mysql/parser.h"
#include "syntax/mysql/types.h"

namespace relata::syntax {

void canonicalize_mysql(Schema& schema);

namespace mysql {
namespace {

/// The canonical form and the meaning of an expression that is read, its tokens of another.
void settle(Expression& expression, Node node, bool understood) {
  if (!understood) {
    expression.canonical = canonical_tokens(expression.text);
    return;
  }
  expression.canonical = canonical_text(node);
  Expression meaning = neutral_meaning(node);
  expression.arguments.clear();
  if (meaning.operation != Operation::sql) expression.arguments.push_back(std::move(meaning));
}

/// Names of columns without their table: in an expression of a table there are no others.
Node without_tables(Node node) {
  if (node.kind == NodeKind::name) {
    node.arguments.clear();
    return node;
  }
  for (Node& argument : node.arguments) argument = without_tables(std::move(argument));
  return node;
}

void settle(Expression& expression, bool condition) {
  if (expression.operation != Operation::sql) return;
  Parser parser(expression.text);
  Node node = without_tables(parser.expression());
  const bool understood = !parser.failed() && parser.at_end();
  settle(expression, understood ? normalized(std::move(node), condition) : Node{}, understood);
}

void settle_default(Column& column) {
  Expression& expression = *column.default_value;
  if (expression.operation != Operation::sql) return;
  Parser parser(expression.text);
  Node node = parser.expression();
  const bool understood = !parser.failed() && parser.at_end();
  if (understood) node = default_in_column(normalized(std::move(node), false), column);
  settle(expression, std::move(node), understood);
  // 1 and 0 mean true and false where that is what the column holds.
  if (understood && column.type.kind == TypeKind::boolean && expression.arguments.size() == 1 &&
      expression.arguments[0].operation == Operation::number) {
    Expression& value = expression.arguments[0];
    if (value.text == "0" || value.text == "1") {
      value = expression::leaf(Operation::boolean, value.text == "1" ? "true" : "false");
    }
  }
}

/// MariaDB keeps JSON as a longtext in utf8mb4_bin with a check: the column is JSON again.
void normalize_json(Table& table) {
  for (Column& column : table.columns) {
    if (column.type.spelling == "json") {
      column.collation.clear();
      column.character_set.clear();
      continue;
    }
    if (column.type.spelling != "longtext") continue;
    const bool binary = column.collation == "utf8mb4_bin" ||
                        (column.collation.empty() && column.character_set.empty() &&
                         table.collation.text == "utf8mb4_bin");
    if (!binary) continue;
    const std::string wanted = "json_valid(" + quoted_identifier(to_lower(column.name)) + ")";
    const auto is_json_check = [&](const Check& check) {
      return check.column == column.name && check.expression.canonical == wanted;
    };
    if (std::erase_if(table.checks, is_json_check) == 0) continue;
    column.type = column_type("json");
    column.collation.clear();
    column.character_set.clear();
  }
}

void settle(Table& table) {
  for (Check& check : table.checks) settle(check.expression, true);
  normalize_json(table);
  for (Column& column : table.columns) {
    if (column.default_value) settle_default(column);
    if (column.generated) settle(column.generated->expression, false);
    if (column.on_update) settle(*column.on_update, false);
  }
  for (Index& index : table.indexes) {
    for (IndexPart& part : index.parts) settle(part.expression, false);
  }
  for (Trigger& trigger : table.triggers) {
    if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
      body->canonical = canonical_program(body->sql);
    }
  }
  if (table.partitioning) {
    table.partitioning->text.canonical = canonical_partitions(table.partitioning->text.text);
  }
}

}  // namespace
}  // namespace mysql

/// Fills the canonical forms and neutral meanings of a Schema that was read from MySQL or MariaDB,
/// and brings JSON columns back that MariaDB keeps as texts. See canonicalize().
void canonicalize_mysql(Schema& schema) {
  for (Table& table : schema.tables) mysql::settle(table);
  for (Routine& routine : schema.routines) {
    routine.sql.canonical = mysql::canonical_program(routine.sql.text);
  }
  mysql::settle_views(schema);
}

}  // namespace relata::syntax
