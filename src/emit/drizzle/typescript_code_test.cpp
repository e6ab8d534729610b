#include "emit/drizzle/typescript_code.h"

#include <gtest/gtest.h>

namespace relata::emit::drizzle {
namespace {

Code column(std::vector<Code> arguments, std::vector<Code> calls) {
  return chain(call("text", std::move(arguments)), std::move(calls));
}

TEST(TypescriptCode, IsLaidOutAsPrettierDoesIt) {
  const Code name = string_literal("status");
  const Code not_null = call("notNull", {});
  const Code short_list = object({{"enum", strings({"todo", "done"})}});
  const Code long_list =
      object({{"enum", strings({"todo", "in_progress", "in_review", "done", "cancelled_again"})}});
  struct {
    Code code;
    const char* expected;
  } const cases[] = {
      {column({name}, {not_null}), "  x: text('status').notNull(),"},
      // A call with a template literal does not share a line with two others.
      {column({name}, {not_null, call("default", {sql("sql", "now()")})}),
       "  x: text('status')\n    .notNull()\n    .default(sql`now()`),"},
      {column({name, short_list}, {not_null}),
       "  x: text('status', { enum: ['todo', 'done'] }).notNull(),"},
      {column({name, long_list}, {not_null}),
       "  x: text('status', {\n"
       "    enum: ['todo', 'in_progress', 'in_review', 'done', 'cancelled_again'],\n"
       "  }).notNull(),"},
      {column({name, long_list}, {not_null, call("default", {string_literal("todo")})}),
       "  x: text('status', {\n"
       "    enum: ['todo', 'in_progress', 'in_review', 'done', 'cancelled_again'],\n"
       "  })\n"
       "    .notNull()\n"
       "    .default('todo'),"},
      {column({string_literal("a_column_with_a_name_that_goes_on_and_on_and_on_until_the_very_end"),
               object({{"length", text("20")}})},
              {}),
       "  x: text(\n"
       "    'a_column_with_a_name_that_goes_on_and_on_and_on_until_the_very_end',\n"
       "    { length: 20 },\n"
       "  ),"},
      {call("check", {string_literal("a_check"),
                      sql("sql", "status IN ('todo', 'in_progress', 'in_review', 'done', 'x')")}),
       "  x: check(\n"
       "    'a_check',\n"
       "    sql`status IN ('todo', 'in_progress', 'in_review', 'done', 'x')`,\n"
       "  ),"},
  };
  for (const auto& one : cases) EXPECT_EQ("  x: " + render(one.code, 2, 5, 1) + ",", one.expected);
}

TEST(TypescriptCode, LiteralsKeepTheirValue) {
  struct {
    Code code;
    const char* expected;
  } const cases[] = {
      {string_literal("plain"), "'plain'"},
      {string_literal("it's"), "\"it's\""},
      {string_literal("'\""), "'\\'\"'"},
      {string_literal("a\\b\nc"), "'a\\\\b\\nc'"},
      {sql("sql", "a ~ '\\d' AND `b` = '${c}' AND d = '$1'"),
       "sql`a ~ '\\\\d' AND \\`b\\` = '\\${c}' AND d = '$1'`"},
      {sql("sql", "a\r\nb"), "sql`a\\r\nb`"},
  };
  for (const auto& one : cases) EXPECT_EQ(one.code.text, one.expected);
}

TEST(TypescriptCode, CommentsEndWhereTheyShould) {
  EXPECT_EQ(doc_comment("", 2), "");
  EXPECT_EQ(doc_comment("a */ b", 2), "  /** a *\\/ b */\n");
  EXPECT_EQ(doc_comment("a\n\nb", 0), "/**\n * a\n *\n * b\n */\n");
  EXPECT_EQ(line_comment("a\nb", 2), "  // a b\n");
}

TEST(TypescriptCode, ImportsFitTheirLine) {
  EXPECT_EQ(import_line({"a", "b"}, "x"), "import { a, b } from 'x';\n");
  const std::string name(40, 'n');
  EXPECT_EQ(import_line({name, name}, "x"),
            "import {\n  " + name + ",\n  " + name + ",\n} from 'x';\n");
}

}  // namespace
}  // namespace relata::emit::drizzle
