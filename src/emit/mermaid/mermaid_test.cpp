#include "emit/mermaid/mermaid.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace relata::emit {
namespace {

Column column(std::string name, TypeKind kind, bool nullable = false) {
  Column column;
  column.name = std::move(name);
  column.type = simple_type(kind);
  column.nullable = nullable;
  return column;
}

Table table(std::string name, std::vector<Column> columns) {
  Table table;
  table.name = std::move(name);
  table.columns = std::move(columns);
  table.primary_key = PrimaryKey{"", {"id"}};
  return table;
}

ForeignKey reference(std::string column, std::string to) {
  ForeignKey key;
  key.columns = {std::move(column)};
  key.table = std::move(to);
  key.referenced = {"id"};
  return key;
}

std::string diagram(const std::vector<Table>& tables) {
  Schema schema;
  schema.tables = tables;
  DiagnosticSink sink;
  return write_mermaid(schema, sink);
}

/// The lines of a diagram that hold a relation.
std::string relations(const std::vector<Table>& tables) {
  std::string out;
  std::string line;
  for (char c : diagram(tables)) {
    line += c;
    if (c != '\n') continue;
    if (line.find("--") != std::string::npos) out += line;
    line.clear();
  }
  return out;
}

TEST(Mermaid, Cardinalities) {
  const Table users = table("users", {column("id", TypeKind::uuid)});
  struct Case {
    bool nullable;
    bool unique;
    std::string column;
    std::string expected;
  };
  const std::vector<Case> cases{
      {false, false, "user_id", "    \"users\" ||--o{ \"posts\" : \"has\"\n"},
      {true, false, "user_id", "    \"users\" |o--o{ \"posts\" : \"has\"\n"},
      {false, true, "user_id", "    \"users\" ||--o| \"posts\" : \"has\"\n"},
      {true, true, "author_id", "    \"users\" |o--o| \"posts\" : \"author\"\n"},
      {false, false, "created_by_id", "    \"users\" ||--o{ \"posts\" : \"created by\"\n"},
  };
  for (const Case& c : cases) {
    Table posts = table(
        "posts", {column("id", TypeKind::uuid), column(c.column, TypeKind::uuid, c.nullable)});
    posts.foreign_keys = {reference(c.column, "users")};
    if (c.unique) posts.uniques = {Unique{"", {c.column}, {}}};
    EXPECT_EQ(relations({users, posts}), c.expected);
  }
}

TEST(Mermaid, CompositeKeysOfTenantsAreNamedByTheOtherColumn) {
  Table projects = table("projects", {column("id", TypeKind::uuid)});
  projects.intent.entity = "Project";
  Table tasks =
      table("tasks", {column("id", TypeKind::uuid), column("workspace_id", TypeKind::uuid),
                      column("project_id", TypeKind::uuid)});
  tasks.intent = {};
  tasks.intent.entity = "Task";
  tasks.intent.tenant_column = "workspace_id";
  ForeignKey key = reference("workspace_id", "projects");
  key.columns.emplace_back("project_id");
  tasks.foreign_keys = {key};
  // Unique together with more columns is not unique.
  tasks.uniques = {Unique{"", {"workspace_id", "project_id", "id"}, {}}};
  EXPECT_EQ(relations({projects, tasks}), "    \"Project\" ||--o{ \"Task\" : \"has\"\n");
}

TEST(Mermaid, TenantIsNotDrawnToWhatAnotherKeyTiesToIt) {
  Table workspaces = table("workspaces", {column("id", TypeKind::uuid)});
  Table projects =
      table("projects", {column("id", TypeKind::uuid), column("workspace_id", TypeKind::uuid)});
  projects.intent.tenant_column = "workspace_id";
  projects.foreign_keys = {reference("workspace_id", "workspaces")};
  Table tasks =
      table("tasks", {column("id", TypeKind::uuid), column("workspace_id", TypeKind::uuid),
                      column("project_id", TypeKind::uuid)});
  tasks.intent.tenant_column = "workspace_id";
  ForeignKey key = reference("workspace_id", "projects");
  key.columns.emplace_back("project_id");
  tasks.foreign_keys = {reference("workspace_id", "workspaces"), key};
  EXPECT_EQ(relations({workspaces, projects, tasks}),
            "    \"workspaces\" ||--o{ \"projects\" : \"has\"\n"
            "    \"projects\" ||--o{ \"tasks\" : \"has\"\n");
}

TEST(Mermaid, SelfRelation) {
  Table tasks =
      table("tasks", {column("id", TypeKind::uuid), column("parent_id", TypeKind::uuid, true)});
  tasks.foreign_keys = {reference("parent_id", "tasks")};
  EXPECT_EQ(relations({tasks}), "    \"tasks\" |o--o{ \"tasks\" : \"parent\"\n");
}

TEST(Mermaid, Attributes) {
  Column price = column("price", TypeKind::decimal);
  price.type.precision = 12;
  price.type.scale = 2;
  price.comment = "What \"it\" costs\nwithout ~tax~";
  Column slug = column("slug", TypeKind::varchar);
  slug.type.length = 40;
  Column tags = column("tags", TypeKind::text);
  tags.type.array_dimensions = 1;
  Table products =
      table("products", {column("id", TypeKind::uuid), slug, price, tags,
                         column("2fa code", TypeKind::text), column("pk", TypeKind::date)});
  products.uniques = {Unique{"", {"slug"}, {}}};
  EXPECT_EQ(diagram({products}),
            "erDiagram\n"
            "    \"products\" {\n"
            "        uuid id PK\n"
            "        varchar(40) slug UK\n"
            "        numeric(12,2) price \"What 'it' costs without _tax_\"\n"
            "        text[] tags\n"
            "        text _2fa_code\n"
            "        date _pk\n"
            "    }\n");
}

}  // namespace
}  // namespace relata::emit
