#include "emit/sqlalchemy/python_code.h"

#include <gtest/gtest.h>

namespace relata::emit::sqlalchemy {
namespace {

const std::string long_word(40, 'x');

TEST(PythonCode, IsLaidOutAsBlackDoes) {
  struct Case {
    Code code;
    std::size_t level;
    std::string expected;
  };
  const std::string x = long_word;
  const std::vector<Case> cases{
      {call("f", {"a", "b"}), 0, "f(a, b)"},
      {call("f", {x, x}), 1, "    f(\n        " + x + ",\n        " + x + ",\n    )"},
      {call("function", {x, x + "x"}), 0, "function(\n    " + x + ", " + x + "x\n)"},
      {call("text", {x + x + x}), 0, "text(\n    " + x + x + x + "\n)"},
      {tuple({"a"}), 0, "(a,)"},
      {tuple({x, x + "x"}), 1, "    (\n        " + x + ",\n        " + x + "x,\n    )"},
      {prefixed("ops=", dict({"\"a\": 1"})), 0, "ops={\"a\": 1}"},
  };
  for (const Case& each : cases) EXPECT_EQ(lay_out(each.code, each.level), each.expected);
}

TEST(PythonCode, QuotesTexts) {
  EXPECT_EQ(string_literal("it's"), "\"it's\"");
  EXPECT_EQ(string_literal("\"a\" b"), "'\"a\" b'");
  EXPECT_EQ(string_literal("'a' \"b\""), "\"'a' \\\"b\\\"\"");
  EXPECT_EQ(string_literal("a\\b\n\x01"), "\"a\\\\b\\n\\x01\"");
  EXPECT_EQ(block_literal("a\nb\""), "\"\"\"a\nb\\\"\"\"\"");
  EXPECT_EQ(block_literal("a\n\"\"\"\\"), "\"\"\"a\n\"\"\\\"\\\\\"\"\"");
}

TEST(PythonCode, KeepsColonsFromBeingParameters) {
  EXPECT_EQ(escaped_sql("'a:b'::text"), "'a\\:b'::text");
  EXPECT_EQ(escaped_sql("x[1:2] || ':c' || ': d'"), "x[1\\:2] || '\\:c' || ': d'");
  EXPECT_EQ(escaped_sql("a::b"), "a::b");
}

TEST(PythonCode, WrapsCommentsAndDocstrings) {
  EXPECT_EQ(docstring("Says \"so\"", 1), "    \"\"\"Says \"so\" \"\"\"\n");
  EXPECT_EQ(docstring(long_word + " " + long_word + " " + long_word, 0),
            "\"\"\"" + long_word + " " + long_word + "\n" + long_word + "\n\"\"\"\n");
  EXPECT_EQ(comment_lines("a\nb", 1), "    # a b\n");
}

}  // namespace
}  // namespace relata::emit::sqlalchemy
