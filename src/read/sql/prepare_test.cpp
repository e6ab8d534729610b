#include "read/sql/prepare.h"

#include <gtest/gtest.h>

#include "read/sql/sql.h"

namespace relata::sql {
namespace {

TEST(Breakpoints, AreBlanks) {
  EXPECT_EQ(without_breakpoints("a;\n--> statement-breakpoint\nb;--> statement-breakpoint\nc;"),
            "a;\n                        \nb;                        \nc;");
  EXPECT_EQ(without_breakpoints("a; -- b"), "");
}

TEST(DownSections, AreBlanks) {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"-- +goose Up\na;\n-- +goose Down\nb;\n", "-- +goose Up\na;\n              \n  \n"},
      {"-- migrate:up transaction:false\na;\n--  migrate:down\nb;",
       "-- migrate:up transaction:false\na;\n                \n  "},
      {"-- +migrate Down\nb;\n-- +migrate Up\na;", "                \n  \n-- +migrate Up\na;"},
      {"a;\n-- //@UNDO\nb;", "a;\n          \n  "},
      {"# --- !Ups\na;\n# --- !Downs\nb;", "# --- !Ups\na;\n            \n  "},
      {"a;\n-- walk up and down\nb;", ""},
      {"a;\n-- Down migration is not needed\nb;", ""},
      {"a;\n-- Down Migration\nb;", "a;\n                 \n  "},
      {"a; '-- x'", ""},
      {"", ""},
  };
  for (const Case& row : cases)
    EXPECT_EQ(without_down_sections(row.text), row.expected) << row.text;
}

std::string filled(std::string_view text, std::string_view dialect, DiagnosticSink& sink) {
  std::vector<SourceFile> files{{"a.sql", std::string(text)}};
  fill_placeholders(files, dialect, sink);
  return files[0].text;
}

TEST(Placeholders, BecomeWhatTheyStandFor) {
  struct Case {
    std::string_view text;
    std::string_view dialect;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      // The namespace that the file itself names elsewhere.
      {"-- auth.users\nALTER TABLE {{ .Schema }}.users;", "postgres",
       "-- auth.users\nALTER TABLE          auth.users;"},
      {"ALTER TABLE ${s}.users;", "postgres", "ALTER TABLE publ.users;"},
      {"ALTER TABLE @schema.users;", "sqlite", "ALTER TABLE    main.users;"},
      {"ALTER TABLE {{ s }}.users;", "mysql", "ALTER TABLE         users;"},
      {"ALTER TABLE ${prefix}users;", "mysql", "ALTER TABLE          users;"},
      // Within strings too, once it is one; the bytes behind the string stay where they are.
      {"ALTER TABLE {{ .LongName }}.a; SELECT '{{.LongName}}', 1;", "postgres",
       "ALTER TABLE          public.a; SELECT 'public'       , 1;"},
      // Data, not a template.
      {"INSERT INTO t VALUES ('{{.User}}', '${x}', $$ {{y}} $$, 'a@b.c'); -- {{z}}", "postgres",
       "INSERT INTO t VALUES ('{{.User}}', '${x}', $$ {{y}} $$, 'a@b.c'); -- {{z}}"},
      {"SET @a = @b; SELECT @@c.d, `r`@`h.x`;", "mysql", "SET @a = @b; SELECT @@c.d, `r`@`h.x`;"},
      {"{{", "mysql", "{{"},
  };
  for (const Case& row : cases) {
    DiagnosticSink sink;
    const std::string text = filled(row.text, row.dialect, sink);
    EXPECT_EQ(text, row.expected);
    EXPECT_EQ(text.size(), row.text.size()) << row.text;
    EXPECT_EQ(sink.all().empty(), row.text == row.expected) << row.text;
  }
}

TEST(Placeholders, ThatAreNotKnownAreAMessage) {
  DiagnosticSink sink;
  filled("CREATE TABLE t (a {{ type }} );", "postgres", sink);
  ASSERT_EQ(sink.all().size(), 1U);
  EXPECT_EQ(sink.all()[0].severity, Severity::warning);
}

TEST(ReadSql, RunsWhatLeadsForwardOnly) {
  DiagnosticSink sink;
  const Schema schema = read_sql(
      {{"1.sql", "-- +goose Up\nCREATE TABLE {{ .S }}.t (a);\n-- +goose Down\nDROP TABLE t;\n"}},
      "sqlite", sink);
  ASSERT_EQ(schema.tables.size(), 1U);
  EXPECT_EQ(schema.tables[0].name, "t");
}

}  // namespace
}  // namespace relata::sql
