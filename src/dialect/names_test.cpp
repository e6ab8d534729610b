#include "dialect/names.h"

#include <gtest/gtest.h>

#include <vector>

#include "dialect/dialect.h"

namespace relata {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(FitIdentifier, CutsBetweenCodePointsAndAddsAHash) {
  struct Case {
    std::string name;
    std::size_t limit;
    LengthUnit unit;
    std::string expected_beginning;
    std::size_t expected_bytes;
  };
  const std::vector<Case> cases{
      {"tasks", 63, LengthUnit::bytes, "tasks", 5},
      {repeat("a", 63), 63, LengthUnit::bytes, repeat("a", 63), 63},
      {repeat("a", 64), 63, LengthUnit::bytes, repeat("a", 54) + "_", 63},
      {repeat("a", 64), 64, LengthUnit::code_points, repeat("a", 64), 64},
      {repeat("ä", 64), 64, LengthUnit::code_points, repeat("ä", 64), 128},
      {repeat("ä", 65), 64, LengthUnit::code_points, repeat("ä", 55) + "_", 119},
      {"a" + repeat("ä", 40), 63, LengthUnit::bytes, "a" + repeat("ä", 26) + "_", 62},
      {repeat("a", 500), 0, LengthUnit::bytes, repeat("a", 500), 500},
  };
  for (const Case& c : cases) {
    const std::string fitted = fit_identifier(c.name, c.limit, c.unit);
    EXPECT_EQ(fitted.substr(0, c.expected_beginning.size()), c.expected_beginning);
    EXPECT_EQ(fitted.size(), c.expected_bytes) << fitted;
    EXPECT_EQ(fitted, fit_identifier(c.name, c.limit, c.unit));
  }
  EXPECT_NE(fit_identifier(repeat("a", 70) + "b", 63, LengthUnit::bytes),
            fit_identifier(repeat("a", 70) + "c", 63, LengthUnit::bytes));
}

TEST(NameScope, GivesEachNameOnce) {
  NameScope scope(10, LengthUnit::bytes);
  EXPECT_EQ(scope.claim("tasks"), "tasks");
  EXPECT_EQ(scope.claim("Tasks"), "Tasks_2");
  EXPECT_EQ(scope.claim("tasks"), "tasks_3");
  EXPECT_NE(scope.claim("a_very_long_name"), scope.claim("a_very_long_name"));
}

TEST(Dialects, AreFoundById) {
  std::vector<std::string> ids;
  for (const Dialect* dialect : dialects()) {
    ids.emplace_back(dialect->id());
    EXPECT_EQ(find_dialect(dialect->id()), dialect);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"postgres", "mysql", "sqlite"}));
  EXPECT_EQ(find_dialect("oracle"), nullptr);
}

TEST(Identifiers, AreQuotedWhereAWordMeansSomethingElse) {
  struct Case {
    std::string dialect;
    std::string name;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"postgres", "title", "title"},     {"postgres", "order", "\"order\""},
      {"postgres", "begin", "\"begin\""},  // PL/pgSQL only: NEW.begin
      {"mysql", "order", "`order`"},      {"sqlite", "order", "\"order\""},
  };
  for (const Case& c : cases) EXPECT_EQ(find_dialect(c.dialect)->identifier(c.name), c.expected);
}

}  // namespace
}  // namespace relata
