#include "syntax/canonical.h"

#include <gtest/gtest.h>

#include "model/schema.h"
#include "syntax/mysql/types.h"

namespace relata::syntax {

void canonicalize_mysql(Schema& schema);

namespace {

Expression sql(std::string text) { return {Operation::sql, std::move(text), "mysql", {}, {}}; }

Schema one_column(std::string_view type, std::string default_value) {
  Schema schema;
  schema.dialect = "mysql";
  Column column;
  column.name = "c";
  column.type = mysql::column_type(type);
  column.default_value = sql(std::move(default_value));
  Table& table = schema.tables.emplace_back();
  table.name = "t";
  table.columns.push_back(std::move(column));
  return schema;
}

TEST(MysqlCanonical, DefaultsAreWhatTheColumnHolds) {
  // As written, and as information_schema.COLUMNS of MariaDB 10.11 shows it.
  struct {
    const char* type;
    const char* written;
    const char* shown;
  } const cases[] = {
      {"int", "'0'", "0"},
      {"int", "+5", "5"},
      {"int", "true", "1"},
      {"int", "b'101'", "5"},
      {"varchar(10)", "0", "'0'"},
      {"varchar(10)", "1.50", "'1.50'"},
      {"varchar(10)", "\"it's\"", "'it''s'"},
      {"varchar(10)", "_utf8mb4'x'", "'x'"},
      {"varchar(10)", "x'4142'", "'AB'"},
      {"decimal(10,2)", "'1.5'", "1.50"},
      {"decimal(5,0)", "007", "7"},
      {"double", "1e10", "10000000000"},
      {"float", "123456789", "123457000"},
      {"date", "'2000-1-1'", "'2000-01-01'"},
      {"date", "20000101", "'2000-01-01'"},
      {"datetime", "0", "'0000-00-00 00:00:00'"},
      {"datetime(3)", "'2000-01-01'", "'2000-01-01 00:00:00.000'"},
      {"time", "'1:2'", "'01:02:00'"},
      {"time", "101112", "'10:11:12'"},
      {"date", "DATE '2000-01-01'", "'2000-01-01'"},
      {"decimal(10,2)", "1e1", "10.00"},
      {"float(8,2)", "3.14159", "3.14"},
      {"year", "99", "1999"},
      {"timestamp", "NOW()", "current_timestamp()"},
      {"datetime", "CURRENT_TIMESTAMP(0)", "current_timestamp()"},
      {"timestamp(6)", "localtimestamp(6)", "current_timestamp(6)"},
      {"bit(8)", "5", "b'101'"},
      {"enum('a','B')", "'b'", "'B'"},
      {"set('x','y')", "'y,x'", "'x,y'"},
      {"binary(3)", "'ab'", "'ab\\0'"},
      {"char(5)", "'a  '", "'a'"},
      {"int(5) zerofill", "42", "00042"},
      {"varchar(40)", "(UUID())", "uuid()"},
      {"varchar(40)", "(concat('a', upper('b')))", "concat('a',ucase('b'))"},
  };
  for (const auto& row : cases) {
    Schema written = one_column(row.type, row.written);
    Schema shown = one_column(row.type, row.shown);
    canonicalize_mysql(written);
    canonicalize_mysql(shown);
    EXPECT_TRUE(written == shown) << row.type << " default " << row.written << "\n"
                                  << written.tables[0].columns[0].default_value->canonical << "\n"
                                  << shown.tables[0].columns[0].default_value->canonical;
  }
  EXPECT_FALSE(one_column("int", "1") == one_column("int", "2"));
}

Check check_of(std::string text) {
  Schema schema;
  schema.dialect = "mysql";
  Table& table = schema.tables.emplace_back();
  table.checks.emplace_back();
  table.checks[0].expression = sql(std::move(text));
  canonicalize_mysql(schema);
  return schema.tables[0].checks[0];
}

TEST(MysqlCanonical, ExpressionsAreTheSameInEverySpelling) {
  struct {
    const char* written;
    const char* shown;
  } const cases[] = {
      {"a>0 AND b <> 'x'", "`a` > 0 and `b` <> 'x'"},
      {"not (a is null)", "`a` is not null"},
      {"NOT (a = 1 OR b = 2)", "`a` <> 1 and `b` <> 2"},
      {"!a", "`a` = 0"},
      {"a && b || c", "`a` <> 0 and `b` <> 0 or `c` <> 0"},
      {"a % 2 = 0", "`a` MOD 2 = 0"},
      {"b rlike 'x'", "`b` regexp 'x'"},
      {"b not like 'x'", "`b`  not like 'x'"},
      {"a = true", "`a` = 1"},
      {"a is unknown", "`a` is null"},
      {"date_add(d, interval 1 month) > d", "`d` + interval 1 month > `d`"},
      {"substring(b, 1, 2) = 'x'", "substr(`b`,1,2) = 'x'"},
      {"substr(b from 2 for 3) = 'x'", "substr(`b`,2,3) = 'x'"},
      {"position('x' in b) = 1", "locate('x',`b`) = 1"},
      {"cast(a as char) = 'x'", "cast(`a` as char charset utf8mb3) = 'x'"},
      {"convert(a, signed) = 1", "cast(`a` as signed) = 1"},
      {"length(trim(b)) > 0", "octet_length(trim(`b`)) > 0"},
      {"(a = 1 and b = 'x') and c = 2", "`a` = 1 and `b` = 'x' and `c` = 2"},
      {"a in (3)", "`a` = 3"},
      {"b = N'x'", "`b` = 'x'"},
      {"t.a > t.b", "`a` > `b`"},
      {"bin(a) = '1'", "conv(`a`,10,2) = '1'"},
  };
  for (const auto& row : cases) {
    EXPECT_EQ(check_of(row.written).expression.canonical, check_of(row.shown).expression.canonical);
  }
  const char* const different[] = {"a > 1",           "a >= 1",          "a > 1 or b",
                                   "a > (1 - 2) - 3", "a > 1 - (2 - 3)", "b like 'x'",
                                   "b not like 'x'",  "A > '1'"};
  for (const char* one : different) {
    for (const char* other : different) {
      EXPECT_EQ(check_of(one).expression.canonical == check_of(other).expression.canonical,
                one == other)
          << one << " and " << other;
    }
  }
}

TEST(MysqlCanonical, ExpressionsHaveANeutralMeaning) {
  const auto meaning = [](const char* text) {
    const Check check = check_of(text);
    return check.expression.arguments.empty() ? Operation::sql
                                              : check.expression.arguments[0].operation;
  };
  EXPECT_EQ(meaning("a > 0"), Operation::greater);
  EXPECT_EQ(meaning("a in (1, 2)"), Operation::in);
  EXPECT_EQ(meaning("a is not null and char_length(b) < 5"), Operation::all_of);
  EXPECT_EQ(meaning("a between 1 and 2"), Operation::all_of);
  EXPECT_EQ(meaning("b like 'x%'"), Operation::matches_like);
  EXPECT_EQ(meaning("json_valid(b)"), Operation::sql);
}

}  // namespace
}  // namespace relata::syntax
