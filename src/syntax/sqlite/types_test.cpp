#include "syntax/sqlite/types.h"

#include <gtest/gtest.h>

namespace relata::syntax::sqlite {
namespace {

TEST(SqliteTypes, HaveTheNearestNeutralKind) {
  struct Case {
    std::string_view declared;
    TypeKind kind;
    int length = 0;
    int precision = 0;
    int scale = 0;
  };
  constexpr Case cases[] = {
      {"INTEGER", TypeKind::big_integer},
      {"integer unsigned", TypeKind::big_integer},
      {"INT(11)", TypeKind::big_integer},
      {"TINYINT(1)", TypeKind::boolean},
      {"tinyint", TypeKind::small_integer},
      {"VARCHAR ( 20 )", TypeKind::varchar, 20},
      {"NVARCHAR(160)", TypeKind::varchar, 160},
      {"VARCHAR", TypeKind::text},
      {"character  varying (8)", TypeKind::varchar, 8},
      {"CHAR(2)", TypeKind::character, 2},
      {"\"VARCHAR\"(3)", TypeKind::varchar, 3},
      {"DECIMAL(10, 2)", TypeKind::decimal, 0, 10, 2},
      {"NUMERIC", TypeKind::decimal},
      {"numeric(2, 5)", TypeKind::decimal},
      {"DOUBLE PRECISION", TypeKind::double_precision},
      {"Datetime", TypeKind::timestamp},
      {"timestamp with time zone", TypeKind::timestamp_tz},
      {"BLOB", TypeKind::binary},
      {"JSON", TypeKind::json},
      {"", TypeKind::text},
      // By affinity, in the order of its rules.
      {"POINT", TypeKind::big_integer},
      {"CHARINT", TypeKind::big_integer},
      {"MYTEXT", TypeKind::text},
      {"FLOATING", TypeKind::double_precision},
      {"BLOBBY", TypeKind::binary},
      {"STRANGE", TypeKind::decimal},
  };
  for (const Case& row : cases) {
    const Type type = type_of(row.declared);
    EXPECT_EQ(type.kind, row.kind) << row.declared;
    EXPECT_EQ(type.length, row.length) << row.declared;
    EXPECT_EQ(type.precision, row.precision) << row.declared;
    EXPECT_EQ(type.scale, row.scale) << row.declared;
    EXPECT_EQ(type.spelling, row.declared);
  }
}

}  // namespace
}  // namespace relata::syntax::sqlite
