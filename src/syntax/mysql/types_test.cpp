#include "syntax/mysql/types.h"

#include <gtest/gtest.h>

namespace relata::syntax::mysql {
namespace {

struct Case {
  const char* written;
  const char* spelling;
  TypeKind kind;
};

TEST(MysqlTypes, HaveOneSpelling) {
  const Case cases[] = {
      {"BOOL", "tinyint(1)", TypeKind::boolean},
      {"tinyint(1) unsigned", "tinyint(1) unsigned", TypeKind::boolean},
      {"tinyint(4)", "tinyint", TypeKind::small_integer},
      {"tinyint(4) unsigned", "tinyint(4) unsigned", TypeKind::small_integer},
      {"INTEGER(11)", "int", TypeKind::integer},
      {"int(10) unsigned", "int unsigned", TypeKind::big_integer},
      {"int(4)", "int(4)", TypeKind::integer},
      {"INT8 UNSIGNED ZEROFILL", "bigint(20) unsigned zerofill", TypeKind::big_integer},
      {"int(5) zerofill", "int(5) unsigned zerofill", TypeKind::big_integer},
      {"bigint(20) signed", "bigint", TypeKind::big_integer},
      {"serial", "bigint unsigned", TypeKind::big_integer},
      {"year(4)", "year", TypeKind::small_integer},
      {"dec", "decimal(10,0)", TypeKind::decimal},
      {"Numeric (5)", "decimal(5,0)", TypeKind::decimal},
      {"fixed(7, 3) unsigned", "decimal(7,3) unsigned", TypeKind::decimal},
      {"float(20)", "float", TypeKind::real},
      {"float(30)", "double", TypeKind::double_precision},
      {"float(7,2)", "float(7,2)", TypeKind::real},
      {"DOUBLE PRECISION", "double", TypeKind::double_precision},
      {"bit", "bit(1)", TypeKind::boolean},
      {"bit(9)", "bit(9)", TypeKind::small_integer},
      {"char", "char(1)", TypeKind::character},
      {"character varying(30)", "varchar(30)", TypeKind::varchar},
      {"national varchar(4)", "varchar(4)", TypeKind::varchar},
      {"char byte", "binary(1)", TypeKind::binary},
      {"long varchar", "mediumtext", TypeKind::text},
      {"text(100)", "tinytext", TypeKind::text},
      {"blob(70000)", "mediumblob", TypeKind::binary},
      {"datetime(0)", "datetime", TypeKind::timestamp},
      {"timestamp(6)", "timestamp(6)", TypeKind::timestamp_tz},
      {"ENUM( 'a' ,\"b'c \")", "enum('a','b''c')", TypeKind::enumeration},
      {"set('x','y\\\\z')", "set('x','y\\\\z')", TypeKind::text},
      {"JSON", "json", TypeKind::json},
      {"point", "point", TypeKind::native},
      {"", "", TypeKind::native},
      {"int(", "int(", TypeKind::native},
  };
  for (const Case& row : cases) {
    const Type type = column_type(row.written);
    EXPECT_EQ(type.spelling, row.spelling) << row.written;
    EXPECT_EQ(type.kind, row.kind) << row.written;
    EXPECT_EQ(column_type(type.spelling), type) << row.written;
  }
}

TEST(MysqlTypes, FillTheNeutralType) {
  EXPECT_EQ(column_type("varchar(30)").length, 30);
  EXPECT_EQ(column_type("decimal(7,3)").precision, 7);
  EXPECT_EQ(column_type("decimal(7,3)").scale, 3);
  EXPECT_EQ(column_type("enum('a','b')").values, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace relata::syntax::mysql
