#include "emit/drizzle/drizzle.h"

#include <gtest/gtest.h>

#include <string>

namespace relata::emit {
namespace {

Column column(std::string name, TypeKind kind, std::string spelling, bool nullable = true) {
  Column made;
  made.name = std::move(name);
  made.type = simple_type(kind);
  made.type.spelling = std::move(spelling);
  made.nullable = nullable;
  return made;
}

Expression written(std::string_view dialect, std::string text) {
  Expression made = expression::column({});
  made.operation = Operation::sql;
  made.text = std::move(text);
  made.dialect = dialect;
  return made;
}

Schema schema_of(std::string_view dialect, std::vector<Table> tables) {
  Schema schema;
  schema.dialect = dialect;
  schema.tables = std::move(tables);
  return schema;
}

std::string file(const Schema& schema, std::string_view path,
                 const std::vector<std::string>& create = {}) {
  DiagnosticSink sink;
  const std::vector<std::string> drop;
  const TargetInput input{schema, schema, *find_dialect(schema.dialect), create, drop};
  for (const OutputFile& one : write_drizzle(input, sink)) {
    if (one.path == path) return one.content;
  }
  return "no such file";
}

Table table_with(Column column) {
  Table table;
  table.name = "things";
  table.columns.push_back(std::move(column));
  return table;
}

/// The line of the only column.
std::string column_line(std::string_view dialect, Table table) {
  const std::string text = file(schema_of(dialect, {std::move(table)}), "drizzle/schema.ts");
  const std::string start = "'things', {\n  ";
  const std::size_t begin = text.find(start);
  if (begin == std::string::npos) return text;
  const std::size_t from = begin + start.size();
  return text.substr(from, text.find(",\n});", from) - from);
}

TEST(Drizzle, WritesColumnsByTheirTypes) {
  struct {
    const char* dialect;
    TypeKind kind;
    const char* spelling;
    const char* expected;
  } const cases[] = {
      {"postgres", TypeKind::big_integer, "bigint", "a: bigint('a', { mode: 'bigint' })"},
      {"postgres", TypeKind::decimal, "numeric(12,2)",
       "a: numeric('a', { precision: 12, scale: 2 })"},
      {"postgres", TypeKind::varchar, "character varying(20)", "a: varchar('a', { length: 20 })"},
      {"postgres", TypeKind::timestamp_tz, "timestamp(3) with time zone",
       "a: timestamp('a', { precision: 3, withTimezone: true })"},
      {"postgres", TypeKind::interval, "interval day to second(3)",
       "a: interval('a', { fields: 'day to second', precision: 3 })"},
      {"postgres", TypeKind::native, "tsvector", "a: tsvector('a')"},
      {"mysql", TypeKind::big_integer, "bigint unsigned",
       "a: bigint('a', { mode: 'bigint', unsigned: true })"},
      {"mysql", TypeKind::integer, "int(11)", "a: int('a')"},
      {"mysql", TypeKind::integer, "int(5)", "a: int5('a')"},
      {"mysql", TypeKind::boolean, "tinyint(1)", "a: boolean('a')"},
      {"mysql", TypeKind::timestamp, "datetime(6)", "a: datetime('a', { fsp: 6 })"},
      {"mysql", TypeKind::date, "date", "a: date('a', { mode: 'string' })"},
      {"sqlite", TypeKind::integer, "INTEGER", "a: integer('a')"},
      {"sqlite", TypeKind::varchar, "VARCHAR(20)", "a: varchar20('a')"},
      {"sqlite", TypeKind::binary, "BLOB", "a: blob('a', { mode: 'buffer' })"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(column_line(one.dialect, table_with(column("a", one.kind, one.spelling))),
              one.expected)
        << one.spelling;
  }
}

TEST(Drizzle, WritesDefaultsAsDrizzleKitKeepsThem) {
  struct {
    const char* dialect;
    TypeKind kind;
    const char* type;
    Expression value;
    const char* line;
    const char* snapshot;
  } const cases[] = {
      {"postgres", TypeKind::text, "text", expression::string("it's"),
       "a: text('a').default(\"it's\")", R"json("default": "'it''s'")json"},
      {"postgres", TypeKind::integer, "integer", expression::number("-1"),
       "a: integer('a').default(-1)", R"json("default": -1)json"},
      {"postgres", TypeKind::big_integer, "bigint", expression::number("0"),
       "a: bigint('a', { mode: 'bigint' }).default(sql`0`)", R"json("default": "0")json"},
      {"postgres", TypeKind::decimal, "numeric", expression::number("1.5"),
       "a: numeric('a').default('1.5')", R"json("default": "'1.5'")json"},
      {"postgres", TypeKind::timestamp_tz, "timestamp with time zone", written("postgres", "now()"),
       "a: timestamp('a', { withTimezone: true }).defaultNow()", R"json("default": "now()")json"},
      {"mysql", TypeKind::text, "text", expression::string("x"), "a: text('a').default('x')",
       R"json("default": "('x')")json"},
      {"sqlite", TypeKind::text, "TEXT", written("sqlite", "date('now')"),
       "a: text('a').default(sql`(date('now'))`)", R"json("default": "(date('now'))")json"},
  };
  for (const auto& one : cases) {
    Table table = table_with(column("a", one.kind, one.type));
    table.columns[0].default_value = one.value;
    EXPECT_EQ(column_line(one.dialect, table), one.line);
    const std::string snapshot =
        file(schema_of(one.dialect, {table}), "drizzle/migrations/meta/0000_snapshot.json");
    EXPECT_NE(snapshot.find(one.snapshot), std::string::npos) << one.line << "\n" << snapshot;
  }
}

TEST(Drizzle, GivesImportsOtherNamesWhereTablesAreCalledSo) {
  Table table = table_with(column("text", TypeKind::text, "text"));
  table.name = "text";
  const std::string text = file(schema_of("postgres", {table}), "drizzle/schema.ts");
  EXPECT_NE(text.find("text as drizzleText"), std::string::npos) << text;
  EXPECT_NE(text.find("text: drizzleText('text')"), std::string::npos) << text;
}

TEST(Drizzle, AnnotatesTablesThatReferToEachOther) {
  Table one = table_with(column("id", TypeKind::integer, "integer", false));
  one.columns.push_back(column("other_id", TypeKind::integer, "integer"));
  one.primary_key = PrimaryKey{};
  one.primary_key->columns = {"id"};
  ForeignKey key;
  key.columns = {"other_id"};
  key.referenced = {"id"};
  key.name = "to_other";
  Table other = one;
  other.name = "others";
  key.table = "others";
  one.foreign_keys = {key};
  EXPECT_EQ(file(schema_of("postgres", {one, other}), "drizzle/schema.ts").find("ExtraConfig"),
            std::string::npos);
  key.table = "things";
  other.foreign_keys = {key};
  EXPECT_NE(file(schema_of("postgres", {one, other}), "drizzle/schema.ts")
                .find("(table): PgTableExtraConfigValue[] => ["),
            std::string::npos);
}

TEST(Drizzle, NamesWhatOnlyTheDatabaseHas) {
  Table table = table_with(column("a", TypeKind::text, "text"));
  Check check;
  check.name = "no_semicolon";
  check.expression = written("postgres", "a <> ';'");
  table.checks.push_back(check);
  Trigger trigger;
  trigger.name = "touch";
  trigger.purpose = TriggerBody{};
  table.triggers.push_back(trigger);
  const std::string text = file(schema_of("postgres", {table}), "drizzle/schema.ts");
  EXPECT_NE(text.find("// In the database only: check no_semicolon; trigger touch\n"),
            std::string::npos)
      << text;
}

TEST(Drizzle, PutsBreakpointsBetweenTheStatementsOfTheMigration) {
  const Schema schema = schema_of("sqlite", {});
  EXPECT_EQ(file(schema, "drizzle/migrations/0000_initial.sql", {"CREATE a", "CREATE b"}),
            "CREATE a;\n--> statement-breakpoint\nCREATE b;\n");
}

TEST(Drizzle, HasNothingForADialectThatItDoesNotKnow) {
  DiagnosticSink sink;
  Schema schema = schema_of("", {});
  const std::vector<std::string> none;
  EXPECT_TRUE(write_drizzle({schema, schema, *find_dialect("sqlite"), none, none}, sink).empty());
}

}  // namespace
}  // namespace relata::emit
