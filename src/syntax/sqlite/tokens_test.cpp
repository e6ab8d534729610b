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

TEST(SqliteCanonicalText, HasOneSpelling) {
  const std::string one = canonical_text("Price>=0 AND [State] != 'A  b' -- why\n");
  EXPECT_EQ(one, "price >= 0 and state <> 'A  b'");
  EXPECT_EQ(canonical_text("price >=  0 and `state`<>'A  b'"), one);
  EXPECT_NE(canonical_text("price >= 0 and state <> 'a  b'"), one);
  // In double quotes stands a name where no string can; elsewhere it may be a string.
  EXPECT_EQ(canonical_text("SELECT \"T\".a AS \"b\" FROM \"t\" JOIN \"order\""),
            canonical_text("select t.a as b from T join [order]"));
  EXPECT_NE(canonical_text("a = \"b\""), canonical_text("a = b"));
}

}  // namespace
}  // namespace relata::syntax::sqlite
