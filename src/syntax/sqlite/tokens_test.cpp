#include "syntax/sqlite/tokens.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "syntax/sqlite/canonical_text.h"

namespace relata::syntax::sqlite {
namespace {

std::string shown(std::string_view sql) {
  std::vector<std::string> texts;
  for (const Token& token : tokenize(sql)) texts.emplace_back(token.text);
  return join(texts, "|");
}

TEST(SqliteTokens, AreDividedAsByTheEngine) {
  struct Case {
    std::string_view sql;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"a+1.5e-3 .5 0x1F", "a|+|1.5e-3|.5|0x1F"},
      {"'it''s' \"a\"\"b\" [a]b] `c``d` x'0f'", "'it''s'|\"a\"\"b\"|[a]|b|]|`c``d`|x'0f'"},
      {"a->>'$.b' || c==d", "a|->>|'$.b'||||c|==|d"},
      {"1 -- one\n2 /* two */ 3", "1|-- one|2|/* two */|3"},
      {"?1 :name @name $name", "?1|:name|@name|$name"},
      {"'never closed", "'never closed"},
      {"/* never closed", "/* never closed"},
      {"größe_1", "größe_1"},
  };
  for (const Case& row : cases) EXPECT_EQ(shown(row.sql), row.expected) << row.sql;
}

TEST(SqliteTokens, SayNamesWithoutQuotes) {
  EXPECT_EQ(name_of(tokenize("[a b]").front()), "a b");
  EXPECT_EQ(name_of(tokenize("\"a\"\"b\"").front()), "a\"b");
  EXPECT_EQ(name_of(tokenize("`open").front()), "open");
}

TEST(SqliteTokens, CloseATextThatEndsInAComment) {
  EXPECT_EQ(closed("a > 0 -- more"), "a > 0 -- more\n");
  EXPECT_EQ(closed("a > '-- 0'"), "a > '-- 0'");
}

TEST(SqliteCanonicalText, LeavesBracketsOutThatDoNothing) {
  const struct {
    const char* sql;
    const char* canonical;
  } cases[] = {
      {"(a > 0)", "a > 0"},
      {"((a > 0) AND (b > 0))", "a > 0 and b > 0"},
      {"(a > 0) AND (b > 0 OR c)", "a > 0 and ( b > 0 or c )"},
      {"(a AND b) OR (c OR d)", "a and b or c or d"},
      {"(a) IN (1, 2)", "( a ) in ( 1 , 2 )"},
      {"(a, b)", "( a , b )"},
      {"(SELECT 1)", "( select 1 )"},
      {"a BETWEEN 1 AND 5 AND (b)", "a between 1 and 5 and b"},
      {"CASE WHEN (a AND b) THEN 1 END", "case when ( a and b ) then 1 end"},
      {"(a + 1) * (b)", "( a + 1 ) * ( b )"},
  };
  for (const auto& item : cases) EXPECT_EQ(canonical_expression(item.sql), item.canonical);
}

TEST(SqliteCanonicalText, HasOneSpelling) {
  const std::string one = canonical_text("Price>=0 AND [State] != 'A  b' -- why\n");
  EXPECT_EQ(one, "price >= 0 and state <> 'A  b'");
  EXPECT_EQ(canonical_text("price >=  0 and `state`<>'A  b'"), one);
  EXPECT_NE(canonical_text("price >= 0 and state <> 'a  b'"), one);
  // In double quotes stands a name where no string can; elsewhere it may be a string, whose case
  // counts.
  EXPECT_EQ(canonical_text("SELECT \"T\".a AS \"b\" FROM \"t\" JOIN \"order\""),
            canonical_text("select t.a as b from T join [order]"));
  EXPECT_NE(canonical_text("a = \"B\""), canonical_text("a = b"));
  EXPECT_EQ(canonical_text("a = \"b\""), canonical_text("a = b"));
}

}  // namespace
}  // namespace relata::syntax::sqlite
