#include "design/lift.h"

#include <gtest/gtest.h>

#include "design/expand.h"
#include "design/notation.h"
#include "design/short_forms.h"
#include "model/schema.h"

namespace relata::design {
namespace {

Column column(std::string name, TypeKind kind, bool nullable = false) {
  Column made;
  made.name = std::move(name);
  made.type = simple_type(kind);
  made.nullable = nullable;
  return made;
}

Table table(std::string name, std::vector<Column> columns, std::vector<std::string> key) {
  Table made;
  made.name = std::move(name);
  made.columns = std::move(columns);
  if (!key.empty()) made.primary_key = PrimaryKey{{}, std::move(key)};
  return made;
}

void refer(Table& from, std::string column_name, std::string to,
           ReferentialAction on_delete = ReferentialAction::no_action) {
  ForeignKey key;
  key.columns = {std::move(column_name)};
  key.table = std::move(to);
  key.referenced = {"id"};
  key.on_delete = on_delete;
  from.foreign_keys.push_back(std::move(key));
}

Column id(std::string name = "id") {
  Column made = column(std::move(name), TypeKind::integer);
  made.identity = Identity{};
  return made;
}

/// The design as lines: entities with their fields, then arrows.
std::string outline(const Design& design) {
  std::string text;
  for (const Entity& entity : design.entities) {
    text += entity.name;
    if (!entity.table.empty()) text += " = " + entity.table;
    if (!entity.id.empty()) text += " id " + entity.id;
    if (entity.kind == EntityKind::junction) text += " junction";
    if (!entity.subtype_of.empty()) text += " kind of " + entity.subtype_of;
    text += "\n";
    for (const Field& field : entity.fields) {
      text += "  " + field.name + ": " + field_form(field) + "\n";
    }
    for (const UniqueKey& key : entity.keys) text += "  " + key_form(key) + "\n";
    for (const IndexWish& index : entity.indexes) text += "  index " + index_form(index) + "\n";
  }
  for (const Relationship& relationship : design.relationships) text += arrow(relationship) + "\n";
  return text;
}

Design lifted(Schema schema) {
  schema.dialect = "postgres";
  DiagnosticSink sink;
  return lift(schema, sink);
}

TEST(Lift, FindsEntitiesFieldsAndRelationships) {
  Schema schema;
  Table customers =
      table("Customer", {id("CustomerId"), column("Name", TypeKind::text)}, {"CustomerId"});
  Table orders = table("orders",
                       {id(), column("customer_no", TypeKind::integer),
                        column("salesman_id", TypeKind::integer, true),
                        column("total", TypeKind::decimal), column("state", TypeKind::text)},
                       {"id"});
  orders.columns[3].type.precision = 10;
  orders.columns[3].type.scale = 2;
  orders.columns[3].default_value = expression::number("0");
  refer(orders, "customer_no", "Customer");
  refer(orders, "salesman_id", "Customer", ReferentialAction::set_null);
  Check states;
  states.name = "states";
  states.expression = expression::call(
      Operation::in,
      {expression::column("state"), expression::string("new"), expression::string("sent")});
  Check positive;
  positive.name = "positive";
  positive.expression.operation = Operation::sql;
  positive.expression.dialect = "postgres";
  positive.expression.text = "total >= 0::numeric";
  positive.expression.arguments = {expression::call(
      Operation::greater_or_equal, {expression::column("total"), expression::number("0")})};
  orders.checks = {states, positive};
  Index by_state;
  by_state.name = "by_state";
  by_state.parts.resize(2);
  by_state.parts[0].expression = expression::column("state");
  by_state.parts[1].expression = expression::column("total");
  by_state.parts[1].descending = true;
  orders.indexes = {by_state};
  schema.tables = {customers, orders};
  const Design design = lifted(schema);
  EXPECT_EQ(design.patterns.id, IdKind::identity);
  EXPECT_FALSE(design.patterns.timestamps);
  EXPECT_EQ(
      outline(design),
      "Customer = Customer id CustomerId\n"
      "  Name: text required\n"
      "Order\n"
      "  total: decimal(10, 2) required >= 0 = 0\n"
      "  state: enum(new, sent) required\n"
      "  index state, total desc\n"
      "Order *\u2500\u25001 Customer (column customer_no, on delete restrict)\n"
      "Order *\u2500\u25000..1 Customer as salesman (column salesman_id, on delete set null)\n");
}

TEST(Lift, RecognisesJunctionsAndSubtypes) {
  Schema schema;
  Table tasks = table("tasks", {id()}, {"id"});
  Table labels = table("labels", {id()}, {"id"});
  Table pairs = table("task_labels",
                      {column("task_id", TypeKind::integer), column("label_id", TypeKind::integer)},
                      {"task_id", "label_id"});
  refer(pairs, "task_id", "tasks", ReferentialAction::cascade);
  refer(pairs, "label_id", "labels", ReferentialAction::cascade);
  Table bugs =
      table("bugs", {column("id", TypeKind::integer), column("fix", TypeKind::text, true)}, {"id"});
  refer(bugs, "id", "tasks", ReferentialAction::cascade);
  schema.tables = {tasks, labels, pairs, bugs};
  EXPECT_EQ(outline(lifted(schema)),
            "Task\n"
            "Label\n"
            "TaskLabel junction\n"
            "Bug kind of Task\n"
            "  fix: text\n"
            "TaskLabel *\u2500\u25001 Task (on delete cascade)\n"
            "TaskLabel *\u2500\u25001 Label (on delete cascade)\n");
}

TEST(Lift, RecognisesPatterns) {
  Schema schema;
  const auto stamped = [](std::string name) {
    return table(
        std::move(name),
        {id(), column("workspace_id", TypeKind::integer),
         column("created_at", TypeKind::timestamp_tz), column("updated_at", TypeKind::timestamp_tz),
         column("deleted_at", TypeKind::timestamp_tz, true), column("version", TypeKind::integer),
         column("title", TypeKind::text)},
        {"id"});
  };
  Table workspaces = table("workspaces", {id()}, {"id"});
  schema.tables.push_back(workspaces);
  for (const char* name : {"projects", "tasks", "notes"}) {
    Table made = stamped(name);
    refer(made, "workspace_id", "workspaces");
    made.row_level_security = true;
    schema.tables.push_back(std::move(made));
  }
  const Design design = lifted(schema);
  EXPECT_TRUE(design.patterns.timestamps);
  EXPECT_TRUE(design.patterns.soft_delete);
  EXPECT_TRUE(design.patterns.version);
  ASSERT_TRUE(design.patterns.tenancy.has_value());
  EXPECT_EQ(design.patterns.tenancy->root, "Workspace");
  EXPECT_EQ(design.find("Workspace")->patterns.timestamps, false);
  EXPECT_EQ(outline(design),
            "Workspace\nProject\n  title: text required\nTask\n"
            "  title: text required\nNote\n  title: text required\n");
}

/// What expand() makes of a design, lift() gives back.
TEST(Lift, IsTheWayBack) {
  Design design;
  design.name = "library";
  design.patterns.id = IdKind::identity;
  Entity book;
  book.name = "Book";
  Field title;
  title.name = "title";
  title.type.length = 80;
  title.required = true;
  book.fields = {title};
  Entity author;
  author.name = "Author";
  author.fields = {title};
  design.entities = {book, author};
  design.relationships = parse_arrows("Book *--1 Author (on delete cascade)").value();
  DiagnosticSink sink;
  const Schema schema = expand(design, {}, sink);
  const Design again = lift(schema, sink);
  EXPECT_EQ(again.patterns, design.patterns);
  ASSERT_EQ(again.entities.size(), 2U);
  EXPECT_EQ(again.relationships, design.relationships);
  ASSERT_EQ(again.find("Book")->fields.size(), 1U);
  EXPECT_EQ(again.find("Book")->fields[0].type, title.type);
  EXPECT_TRUE(again.find("Book")->fields[0].required);
}

}  // namespace
}  // namespace relata::design
