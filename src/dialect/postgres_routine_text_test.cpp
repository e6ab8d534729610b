#include "dialect/postgres_routine_text.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace relata {
namespace {

TEST(PostgresRoutineText, TypesStandApartFromOptions) {
  struct Row {
    std::string sql;
    std::string signature;
    std::string body = {};
    std::string later = {};
  };
  const Row rows[] = {
      {"CREATE FUNCTION f(a integer, language text) RETURNS rows LANGUAGE plpgsql ROWS 5 AS 'x'",
       "CREATE FUNCTION f ( integer , text ) RETURNS rows"},
      {"CREATE FUNCTION s.f() RETURNS SETOF language STABLE LANGUAGE sql SET a TO b AS $$SELECT "
       "1$$",
       "CREATE FUNCTION s .f ( ) RETURNS SETOF language", "", "SELECT 1"},
      {"CREATE FUNCTION f(x cost) RETURNS int RETURNS NULL ON NULL INPUT SUPPORT s.g RETURN h(x)",
       "CREATE FUNCTION f ( cost ) RETURNS int s .g", " h(x)"},
      {"CREATE PROCEDURE p(INOUT \"a b\" t) LANGUAGE sql BEGIN ATOMIC SELECT 1; END",
       "CREATE PROCEDURE p ( t )", " ATOMIC SELECT 1; END"},
      {"CREATE FUNCTION f() RETURNS TABLE(a t, b u) LANGUAGE sql AS 'SELECT 2'",
       "CREATE FUNCTION f ( ) RETURNS TABLE ( t , u )", "", "SELECT 2"},
  };
  for (const Row& row : rows) {
    const RoutineText text = postgres_routine_text(row.sql);
    EXPECT_EQ(trim(text.signature), row.signature);
    EXPECT_EQ(text.bound_body, row.body);
    EXPECT_EQ(join(text.sql_bodies, ";"), row.later);
  }
}

}  // namespace
}  // namespace relata
