#include <gtest/gtest.h>

#include "emit/values/value.h"

namespace relata::emit {
namespace {

Type spelled(const char* spelling, TypeKind kind = TypeKind::native) {
  Type type = simple_type(kind);
  type.spelling = spelling;
  return type;
}

TEST(TypeParts, OfSpellings) {
  struct Case {
    const char* spelling;
    const char* name;
    std::vector<int> numbers;
    int dimensions;
    bool is_unsigned;
  };
  const std::vector<Case> cases{
      {"timestamp(3) with time zone", "timestamp with time zone", {3}, 0, false},
      {"character varying(20)[]", "character varying", {20}, 1, false},
      {"decimal(10,2) unsigned", "decimal", {10, 2}, 0, true},
      {"enum('a)','b''s')", "enum", {}, 0, false},
      {"numeric(5,-2)", "numeric", {5, -2}, 0, false},
      {"int(10) unsigned zerofill", "int", {10}, 0, true},
      {"", "", {}, 0, false},
  };
  for (const Case& each : cases) {
    const TypeParts parts = type_parts(each.spelling);
    EXPECT_EQ(parts.name, each.name);
    EXPECT_EQ(parts.numbers, each.numbers);
    EXPECT_EQ(parts.dimensions, each.dimensions);
    EXPECT_EQ(parts.is_unsigned, each.is_unsigned);
  }
}

TEST(EngineValue, Shapes) {
  struct Case {
    const char* dialect;
    const char* spelling;
    Shape shape;
    const char* most;
  };
  const std::vector<Case> cases{
      {"postgres", "smallint", Shape::integer, "32767"},
      {"postgres", "interval day to second(3)", Shape::interval, ""},
      {"postgres", "int4range", Shape::range, ""},
      {"postgres", "tsvector", Shape::raw, ""},
      {"postgres", "time(3) with time zone", Shape::time, ""},
      {"mysql", "mediumint(8) unsigned", Shape::integer, "16777215"},
      {"mysql", "bit(9)", Shape::bit_field, ""},
      {"mysql", "geometry", Shape::opaque, ""},
      {"mysql", "set('a','b')", Shape::several, ""},
  };
  for (const Case& each : cases) {
    const Value value = engine_value(each.dialect, spelled(each.spelling));
    EXPECT_EQ(value.shape, each.shape) << each.spelling;
    EXPECT_EQ(value.most, each.most) << each.spelling;
  }
}

TEST(EngineValue, Limits) {
  const Value unlimited = engine_value("postgres", spelled("numeric"));
  EXPECT_TRUE(unlimited.infinite && unlimited.not_a_number && !unlimited.limited);
  const Value price = engine_value("postgres", spelled("numeric(8,2)"));
  EXPECT_TRUE(!price.infinite && price.not_a_number && price.limited);
  EXPECT_EQ(engine_value("postgres", spelled("bit")).characters, 1);
  EXPECT_TRUE(engine_value("postgres", spelled("jsonb")).without_nul);
  EXPECT_FALSE(engine_value("postgres", spelled("json")).without_nul);
  EXPECT_EQ(engine_value("mysql", spelled("tinytext")).bytes, 255U);
  EXPECT_EQ(engine_value("mysql", spelled("set('a','b''s')")).choices,
            (std::vector<std::string>{"a", "b's"}));
  EXPECT_FALSE(engine_value("sqlite", spelled("NUMERIC(8,2)", TypeKind::decimal)).limited);
  EXPECT_TRUE(sqlite_value(simple_type(TypeKind::big_integer)).wide);
  EXPECT_FALSE(sqlite_value(simple_type(TypeKind::timestamp)).unbound);
}

}  // namespace
}  // namespace relata::emit
