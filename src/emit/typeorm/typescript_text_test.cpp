#include "emit/typeorm/typescript_text.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata::emit::typeorm {
namespace {

TEST(TypescriptText, QuotesWithFewerEscapes) {
  struct Case {
    std::string value;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"plain", "'plain'"},
      {"it's", "\"it's\""},
      {"it's \"both\"", "'it\\'s \"both\"'"},
      {"a\\b\nc", "'a\\\\b\\nc'"},
      {std::string("\x01", 1), "'\\x01'"},
      {"größe", "'größe'"},
  };
  for (const Case& each : cases) EXPECT_EQ(Code::string(each.value).flat(), each.expected);
}

TEST(TypescriptText, SqlOfSeveralLinesIsATemplate) {
  EXPECT_EQ(Code::sql("SELECT 1").flat(), "'SELECT 1'");
  EXPECT_EQ(Code::sql("SELECT 'a',\n\"b\" || `c` || '${d}' || '\\'").flat(),
            "`SELECT 'a',\n\"b\" || \\`c\\` || '\\${d}' || '\\\\'`");
  EXPECT_EQ(Code::sql("SELECT 'a' AS \"b\"").flat(), "`SELECT 'a' AS \"b\"`");
}

Code column(const std::string& name) {
  return Code::call("Column", {Code::object({{"name", Code::string(name)},
                                             {"type", Code::string("timestamptz")},
                                             {"nullable", Code::text("true")}})});
}

TEST(TypescriptText, BreaksAtEightyColumns) {
  EXPECT_EQ(column("due_date").broken(2, 1),
            "Column({ name: 'due_date', type: 'timestamptz', nullable: true })");
  EXPECT_EQ(column("a_name_that_is_rather_long").broken(2, 1),
            "Column({\n"
            "    name: 'a_name_that_is_rather_long',\n"
            "    type: 'timestamptz',\n"
            "    nullable: true,\n"
            "  })");
}

TEST(TypescriptText, BreaksTheLastArgumentAloneWhereItCan) {
  const Code index = Code::call(
      "Index", {Code::string("people_code_active"), Code::strings({"code", "name"}),
                Code::object({{"unique", Code::text("true")},
                              {"where", Code::sql("manager_id IS NOT NULL AND code <> 'x'")}})});
  EXPECT_EQ(index.broken(0, 1),
            "Index('people_code_active', ['code', 'name'], {\n"
            "  unique: true,\n"
            "  where: \"manager_id IS NOT NULL AND code <> 'x'\",\n"
            "})");
  const Code check = Code::call("Check", {Code::string("a_constraint_with_quite_a_long_name"),
                                          Code::sql("role IN ('owner', 'admin', 'member')")});
  EXPECT_EQ(check.broken(0, 1),
            "Check(\n"
            "  'a_constraint_with_quite_a_long_name',\n"
            "  \"role IN ('owner', 'admin', 'member')\",\n"
            ")");
}

TEST(TypescriptText, Comments) {
  EXPECT_EQ(doc_comment({""}, 2), "");
  EXPECT_EQ(doc_comment({"Short"}, 2), "  /** Short */\n");
  EXPECT_EQ(doc_comment({"One\ntwo", "Three */ end"}, 0),
            "/**\n * One\n * two\n *\n * Three *\u200b/ end\n */\n");
}

}  // namespace
}  // namespace relata::emit::typeorm
