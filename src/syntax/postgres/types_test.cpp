#include "syntax/postgres/types.h"

#include <gtest/gtest.h>

namespace relata::syntax {
namespace {

TEST(PostgresTypes, WritesTypesAsTheCatalogShowsThem) {
  struct Row {
    TypeNameParts type;
    std::string_view shown;
  };
  const Row rows[] = {
      {{"pg_catalog", "int4", {}, false}, "integer"},
      {{"pg_catalog", "varchar", {"20"}, false}, "character varying(20)"},
      {{"", "varchar", {}, true}, "character varying[]"},
      {{"", "_text", {}, false}, "text[]"},
      {{"pg_catalog", "bpchar", {"1"}, false}, "character(1)"},
      {{"", "bpchar", {}, false}, "bpchar"},
      {{"pg_catalog", "numeric", {"10"}, false}, "numeric(10,0)"},
      {{"pg_catalog", "timestamptz", {"3"}, false}, "timestamp(3) with time zone"},
      {{"", "timestamptz", {}, false}, "timestamp with time zone"},
      {{"pg_catalog", "interval", {"7176", "3"}, false}, "interval day to second(3)"},
      {{"pg_catalog", "interval", {"32767", "2"}, false}, "interval(2)"},
      {{"", "char", {}, false}, "\"char\""},
      {{"", "mood", {}, true}, "shop.mood[]"},
      {{"public", "Mood", {}, false}, "\"Mood\""},
      {{"gis", "geometry", {"point", "4326"}, false}, "gis.geometry(point,4326)"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(postgres_format_type(row.type, [](std::string_view) { return "shop"; }), row.shown);
}

TEST(PostgresTypes, FindsTheNearestNeutralType) {
  const UserType mood{true, {"sad", "happy"}, {}};
  const UserType email{false, {}, "character varying(80)"};
  const UserTypes known = [&](std::string_view schema, std::string_view name) {
    if (schema == "shop" && name == "mood") return &mood;
    return name == "email" ? &email : nullptr;
  };
  const Type code = postgres_type("character varying(20)[]", known);
  EXPECT_EQ(code.kind, TypeKind::varchar);
  EXPECT_EQ(code.length, 20);
  EXPECT_EQ(code.array_dimensions, 1);
  EXPECT_EQ(code.spelling, "character varying(20)[]");
  const Type price = postgres_type("numeric(12,2)", known);
  EXPECT_EQ(price.kind, TypeKind::decimal);
  EXPECT_EQ(price.precision, 12);
  EXPECT_EQ(price.scale, 2);
  EXPECT_EQ(postgres_type("timestamp(3) with time zone", known).kind, TypeKind::timestamp_tz);
  EXPECT_EQ(postgres_type("character varying", known).kind, TypeKind::text);
  EXPECT_EQ(postgres_type("shop.mood", known).values, mood.labels);
  EXPECT_EQ(postgres_type("shop.mood", known).name, "mood");
  EXPECT_EQ(postgres_type("email", known).length, 80);
  EXPECT_EQ(postgres_type("tsvector", known).kind, TypeKind::native);
}

TEST(PostgresTypes, QuotesNamesAsTheServerDoes) {
  EXPECT_EQ(postgres_identifier("orders"), "orders");
  EXPECT_EQ(postgres_identifier("order"), "\"order\"");
  EXPECT_EQ(postgres_identifier("values"), "\"values\"");
  EXPECT_EQ(postgres_identifier("name"), "name");
  EXPECT_EQ(postgres_identifier("Order"), "\"Order\"");
  EXPECT_EQ(postgres_identifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(postgres_qualified_name("shop", "user"), "shop.\"user\"");
}

}  // namespace
}  // namespace relata::syntax
