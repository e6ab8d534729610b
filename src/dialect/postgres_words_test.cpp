#include "dialect/postgres_words.h"

#include <gtest/gtest.h>

namespace relata {
namespace {

/// The words of a text, each with a letter for its place.
std::string words(std::string_view sql) {
  std::string result;
  for (const SqlWord& word : postgres_words(sql)) {
    if (!result.empty()) result += " ";
    result += std::string(1, "pctro"[static_cast<int>(word.place)]) + ":";
    result += word.schema.empty() ? word.name : word.schema + "." + word.name;
  }
  return result;
}

TEST(PostgresWords, FindsNamesAndTheirPlaces) {
  struct Case {
    std::string sql;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"a + b", "p:a o:+ p:b"},
      {"Lower(\"Full Name\")", "c:lower p:Full Name"},
      {"shop.total(items)", "c:shop.total p:items"},
      {"'new'::shop.state", "t:shop.state"},
      {"CAST(x AS mood)", "c:cast p:x p:as t:mood"},
      {"date '2001-01-01'", "t:date"},
      {"nextval('shop.\"Numbers\"'::regclass)", "c:nextval r:shop.Numbers t:regclass"},
      {"nextval('numbers')", "c:nextval r:numbers"},
      {"to_tsvector('plain', a)", "c:to_tsvector r:plain p:a"},
      {"x = 'numbers'", "p:x o:="},
      {"SELECT 1 FROM (a JOIN b.c ON true)", "p:select c:from r:a p:join r:b.c p:on p:true"},
      {"$$ no names $$ $x$ $$ here $x$ yes", "p:yes"},
      {"a -- no b\n/* no /* c */ d */ e", "p:a p:e"},
      {"E'it\\'s' f", "p:f"},
      {"'open", ""},
      {"\"open", "p:open"},
  };
  for (const Case& c : cases) EXPECT_EQ(words(c.sql), c.expected) << c.sql;
}

TEST(PostgresWords, PutsExpressionsWhereTheyFit) {
  EXPECT_EQ(in_parentheses("a > 0"), "(a > 0)");
  EXPECT_EQ(in_parentheses("(a > 0)"), "(a > 0)");
  EXPECT_EQ(in_parentheses("(a > 0) OR (b = ')')"), "((a > 0) OR (b = ')'))");
  EXPECT_EQ(in_parentheses("a -- why"), "(a -- why\n)");
  EXPECT_EQ(default_text("now() + interval '1 day'"), "now() + interval '1 day'");
  EXPECT_EQ(default_text("now() AT TIME ZONE 'UTC'"), "(now() AT TIME ZONE 'UTC')");
  EXPECT_EQ(default_text("'this and that'"), "'this and that'");
}

}  // namespace
}  // namespace relata
