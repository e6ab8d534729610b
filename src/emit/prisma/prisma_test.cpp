#include <gtest/gtest.h>

#include "dialect/dialect.h"
#include "emit/output.h"
#include "emit/prisma/condition.h"
#include "emit/prisma/defaults.h"

namespace relata::emit {

std::vector<OutputFile> write_prisma(const TargetInput& input, DiagnosticSink& sink);

namespace prisma7 {
namespace {

Column column(const std::string& name, const std::string& spelling, TypeKind kind,
              bool nullable = false) {
  Column made;
  made.name = name;
  made.type.kind = kind;
  made.type.spelling = spelling;
  made.nullable = nullable;
  return made;
}

Expression sql(const std::string& text, const std::string& canonical,
               std::optional<Expression> neutral = {}) {
  Expression made;
  made.operation = Operation::sql;
  made.dialect = "postgres";
  made.text = text;
  made.canonical = canonical;
  if (neutral) made.arguments.push_back(*neutral);
  return made;
}

std::string schema_file(const Schema& schema) {
  DiagnosticSink sink;
  const std::vector<std::string> create{"CREATE TABLE tasks ()", "SELECT 1"};
  const TargetInput input{schema, schema, *find_dialect(schema.dialect), create, {}};
  const std::vector<OutputFile> files = write_prisma(input, sink);
  EXPECT_EQ(files.size(), 4U);
  EXPECT_EQ(files[2].content, "CREATE TABLE tasks ();\n\nSELECT 1;\n");
  return files.front().content;
}

TEST(Prisma, WritesTypesOfEveryEngine) {
  struct Case {
    std::string dialect;
    std::string spelling;
    TypeKind kind;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"postgres", "text", TypeKind::text, "String"},
      {"postgres", "character varying(20)", TypeKind::varchar, "String @db.VarChar(20)"},
      {"postgres", "character varying", TypeKind::varchar, "String @db.VarChar"},
      {"postgres", "character(1)", TypeKind::character, "String @db.Char(1)"},
      {"postgres", "numeric(12,2)[]", TypeKind::decimal, "Decimal[] @db.Decimal(12, 2)"},
      {"postgres", "numeric(65,30)", TypeKind::decimal, "Decimal"},
      {"postgres", "numeric", TypeKind::decimal, "Decimal @db.Decimal"},
      {"postgres", "timestamp(3) without time zone", TypeKind::timestamp, "DateTime"},
      {"postgres", "timestamp with time zone", TypeKind::timestamp_tz, "DateTime @db.Timestamptz"},
      {"postgres", "extensions.citext", TypeKind::native, "String @db.Citext"},
      {"postgres", "interval(3)", TypeKind::interval, "Unsupported(\"interval(3)\")"},
      {"postgres", "macaddr[]", TypeKind::native, "Unsupported(\"macaddr\")[]"},
      {"mysql", "tinyint(1)", TypeKind::boolean, "Boolean"},
      {"mysql", "varchar(191)", TypeKind::varchar, "String"},
      {"mysql", "int unsigned", TypeKind::integer, "Int @db.UnsignedInt"},
      {"mysql", "int(5) unsigned", TypeKind::integer, "Int @db.UnsignedInt"},
      {"mysql", "datetime", TypeKind::timestamp, "DateTime @db.DateTime(0)"},
      {"mysql", "bit(1)", TypeKind::native, "Boolean @db.Bit(1)"},
      {"mysql", "point", TypeKind::native, "Unsupported(\"point\")"},
      {"sqlite", "NVARCHAR(160)", TypeKind::varchar, "String"},
      {"sqlite", "SMALLINT", TypeKind::small_integer, "Int"},
      {"sqlite", "", TypeKind::text, "Unsupported(\"\")"},
  };
  for (const Case& each : cases) {
    Schema schema;
    schema.dialect = each.dialect;
    schema.tables.resize(1);
    schema.tables[0].name = "tasks";
    schema.tables[0].columns = {column("x", each.spelling, each.kind)};
    EXPECT_NE(schema_file(schema).find("  x " + each.expected + "\n"), std::string::npos)
        << each.spelling << "\n"
        << schema_file(schema);
  }
}

TEST(Prisma, WritesDefaultsAsItReadsThem) {
  struct Case {
    std::string spelling;
    TypeKind kind;
    std::string text;
    std::string canonical;
    std::string expected;
  };
  const TypeKind number = TypeKind::integer;
  const std::vector<Case> cases{
      {"integer", number, "5", "'5'", "@default(5)"},
      {"integer", number, "nextval('a_seq'::regclass)", "nextval('a_seq')",
       "@default(autoincrement())"},
      {"double precision", TypeKind::double_precision, "1e10", "'1e+10'", "@default(10000000000)"},
      {"double precision", TypeKind::double_precision, "'Infinity'", "'inf'",
       "@default(dbgenerated(\"'Infinity'::double precision\"))"},
      {"boolean", TypeKind::boolean, "false", "false", "@default(false)"},
      {"text", TypeKind::text, "'it''s'", "'it''s'", "@default(\"it's\")"},
      {"text", TypeKind::text, "NULL", "NULL", ""},
      {"text", TypeKind::text, "lower('A'::text)", "lower('A')",
       "@default(dbgenerated(\"lower('A'::text)\"))"},
      {"text", TypeKind::text, "'a' || 'b'", "('a' || 'b')", "@default(dbgenerated())"},
      {"bytea", TypeKind::binary, "'\\x00ff'", "'\\x00ff'", "@default(\"AP8=\")"},
      {"bytea", TypeKind::binary, "'abc'", "'\\x616263'", "@default(\"YWJj\")"},
      {"uuid", TypeKind::uuid, "gen_random_uuid()", "gen_random_uuid()",
       "@default(dbgenerated(\"gen_random_uuid()\"))"},
      {"uuid", TypeKind::uuid, "(public.NEW_ID())", "new_id()",
       "@default(dbgenerated(\"new_id()\"))"},
      {"date", TypeKind::date, "'2024-1-1'", "'2024-01-01'",
       "@default(dbgenerated(\"'2024-01-01'::date\"))"},
      {"timestamp with time zone", TypeKind::timestamp_tz, "now()", "now()", "@default(now())"},
      {"text[]", TypeKind::text, "'{a,\"b c\"}'", "'{a,\"b c\"}'", "@default([\"a\", \"b c\"])"},
      {"text[]", TypeKind::text, "ARRAY['a', 'b'::text]::text[]", "ARRAY['a', 'b']",
       "@default([\"a\", \"b\"])"},
      {"integer[]", number, "ARRAY[1, -2]", "ARRAY['1', '-2']", "@default([1, -2])"},
  };
  for (const Case& each : cases) {
    Schema schema;
    schema.dialect = "postgres";
    schema.tables.resize(1);
    schema.tables[0].name = "tasks";
    Column made = column("x", each.spelling, each.kind);
    made.default_value = sql(each.text, each.canonical);
    if (each.spelling.ends_with("[]")) made.type.array_dimensions = 1;
    schema.tables[0].columns = {made};
    const CodeNames names = code_names(schema, prisma(), "prisma");
    Types types(schema, names);
    const Table& table = schema.tables[0];
    const FieldType type = types.field_type(table, 0, table.columns[0]);
    EXPECT_EQ(default_value(schema, table.columns[0], type, types.enums()).attribute, each.expected)
        << each.text;
  }
}

TEST(Prisma, WritesConditionsAsTheCatalogShowsThem) {
  using expression::call;
  Model model;
  Table table;
  table.columns = {column("status", "text", TypeKind::text),
                   column("code", "character varying(9)", TypeKind::varchar),
                   column("n", "integer", TypeKind::integer)};
  model.table = &table;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    model.columns.emplace(table.columns[i].name, i);
  }
  Schema schema;
  schema.dialect = "postgres";
  const Expression status = expression::column("status");
  const Expression code = expression::column("code");
  const Expression a = expression::string("a");
  const Expression b = expression::string("b");
  struct Case {
    Expression expression;
    std::string expected;
  };
  const std::vector<Case> cases{
      {call(Operation::in, {status, a, b}), "status = ANY (ARRAY['a'::text, 'b'::text])"},
      {call(Operation::in, {code, a, b}),
       "(code)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])"},
      {call(Operation::all_of,
            {call(Operation::is_null, {status}),
             call(Operation::any_of,
                  {call(Operation::equal, {code, a}),
                   call(Operation::less, {expression::column("n"), expression::number("-1")})})}),
       "status IS NULL AND ((code)::text = 'a' OR n < '-1'::integer)"},
      {sql("lower(Status) = 'A'", ""), "lower(status) = 'A'"},
      {sql("(status = 'a'::public.state)", "", call(Operation::equal, {status, a})),
       "(status = 'a'::state)"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(condition(schema, model, each.expression), each.expected);
  }
}

/// Two tables with a composite key between them, and what only the database has.
Schema two_tables() {
  Schema schema;
  schema.dialect = "postgres";
  schema.tables.resize(2);
  Table& parent = schema.tables[0];
  parent.name = "projects";
  parent.comment = "What work is for";
  parent.columns = {column("id", "integer", TypeKind::integer),
                    column("code", "text", TypeKind::text)};
  parent.columns[0].identity = Identity{};
  parent.primary_key = PrimaryKey{"projects_pkey", {"id"}};
  parent.uniques.push_back({"one_code", {"code", "id"}, {}});
  Table& child = schema.tables[1];
  child.name = "tasks";
  child.columns = {column("project_id", "integer", TypeKind::integer, true),
                   column("project_code", "text", TypeKind::text, true)};
  ForeignKey key;
  key.name = "tasks_project_fkey";
  key.columns = {"project_code", "project_id"};
  key.table = "projects";
  key.referenced = {"code", "id"};
  key.on_delete = ReferentialAction::cascade;
  key.deferrable = true;
  child.foreign_keys.push_back(key);
  Index lower;
  lower.name = "tasks_lower_idx";
  lower.parts.push_back({sql("lower(project_code)", "lower(project_code)")});
  Index index;
  index.name = "tasks_project_id_idx";
  index.parts.push_back({expression::column("project_id"), true});
  child.indexes = {lower, index};
  return schema;
}

TEST(Prisma, SaysRelationsKeysAndWhatTheDatabaseHasAlone) {
  EXPECT_EQ(
      schema_file(two_tables()),
      "generator client {\n"
      "  provider = \"prisma-client\"\n"
      "  output   = \"../generated/prisma\"\n"
      "}\n"
      "\n"
      "datasource db {\n"
      "  provider = \"postgresql\"\n"
      "}\n"
      "\n"
      "// In the database only: identity of id.\n"
      "/// What work is for\n"
      "model Project {\n"
      "  id   Int    @id @default(autoincrement())\n"
      "  code String\n"
      "\n"
      "  tasks Task[] @ignore\n"
      "\n"
      "  @@unique([code, id], map: \"one_code\")\n"
      "  @@map(\"projects\")\n"
      "}\n"
      "\n"
      "// In the database only: index tasks_lower_idx; details of foreign key tasks_project_fkey\n"
      "// (DEFERRABLE).\n"
      "// Without a key that is never NULL the client leaves the model out.\n"
      "model Task {\n"
      "  projectId   Int?    @map(\"project_id\")\n"
      "  projectCode String? @map(\"project_code\")\n"
      "\n"
      "  project Project? @relation(fields: [projectCode, projectId], references: [code, "
      "id], onDelete: Cascade, onUpdate: NoAction, map: \"tasks_project_fkey\")\n"
      "\n"
      "  @@index([projectId(sort: Desc)])\n"
      "  @@map(\"tasks\")\n"
      "  @@ignore\n"
      "}\n");
}

}  // namespace
}  // namespace prisma7
}  // namespace relata::emit
