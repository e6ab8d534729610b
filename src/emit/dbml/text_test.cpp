#include "emit/dbml/text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relata::emit::dbml {
namespace {

struct Case {
  std::string text;
  std::string expected;
};

TEST(DbmlText, QuotesNamesThatAreNoPlainWords) {
  const std::vector<Case> cases{
      {"tasks", "tasks"},
      {"due_date2", "due_date2"},
      {"Note", "\"Note\""},
      {"two words", "\"two words\""},
      {"say \"hi\"", "\"say \\\"hi\\\"\""},
      {"größe", "\"größe\""},
      {"2fa", "\"2fa\""},
      {"a\nb", "\"a b\""},
      {"back\\slash", "\"back\\\\slash\""},
      {"", "_"},
  };
  for (const Case& each : cases) EXPECT_EQ(name_text(each.text), each.expected);
  EXPECT_EQ(qualified_text("", "tasks"), "tasks");
  EXPECT_EQ(qualified_text("my app", "tasks"), "\"my app\".tasks");
}

TEST(DbmlText, QuotesTexts) {
  const std::vector<Case> cases{
      {"plain", "'plain'"},
      {"it's \\ so", "'it\\'s \\\\ so'"},
      {"two\nlines", "'''\ntwo\nlines\n'''"},
      {"a\tb", "'a b'"},
  };
  for (const Case& each : cases) EXPECT_EQ(string_text(each.text), each.expected);
}

TEST(DbmlText, SpellsTypesAsPeopleDo) {
  const std::vector<Case> cases{
      {"integer", "integer"},
      {"character varying(20)[]", "varchar(20)[]"},
      {"numeric(10,2)", "numeric(10,2)"},
      {"timestamp(3) with time zone", "timestamptz(3)"},
      {"double precision", "\"double precision\""},
      {"int unsigned", "\"int unsigned\""},
      {"set('a','b')", "\"set('a','b')\""},
      {"\"Odd\"", "\"\\\"Odd\\\"\""},
      {"", "\"any\""},
  };
  for (const Case& each : cases) EXPECT_EQ(type_text(each.text), each.expected);
}

TEST(DbmlText, KnowsWhatBackticksHold) {
  EXPECT_TRUE(is_expression("lower(name) <> '\\'"));
  EXPECT_FALSE(is_expression("`name` > 0"));
  EXPECT_FALSE(is_expression(""));
}

}  // namespace
}  // namespace relata::emit::dbml
