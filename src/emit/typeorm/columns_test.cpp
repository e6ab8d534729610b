#include "emit/typeorm/columns.h"

#include <gtest/gtest.h>

#include "emit/typeorm/mariadb_spelling.h"

namespace relata::emit::typeorm {
namespace {

TEST(MariadbSpelling, AsItsServerShowsIt) {
  struct Case {
    const char* canonical;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"uuid()", "uuid()"},
      {"lower('AB')", "lcase('AB')"},
      {"concat(lower('A'), 'b', 1)", "concat(lcase('A'),'b',1)"},
      {"hex((128 | (ord(random_bytes(1)) & 63)))", "hex(128 | ord(random_bytes(1)) & 63)"},
      {"((1 + 2) * 3)", "(1 + 2) * 3"},
      {"(1 - (2 - 3))", "1 - (2 - 3)"},
      {"timestampdiff(`microsecond`, '1970-01-01', utc_timestamp(6))",
       "timestampdiff(MICROSECOND,'1970-01-01',utc_timestamp(6))"},
      {"(a like 'b')", nullptr},
      {"`a`", nullptr},
      {"f(", nullptr},
      {"", nullptr},
  };
  for (const Case& each : cases) {
    const std::optional<std::string> found = mariadb_spelling(each.canonical);
    if (each.expected == nullptr) {
      EXPECT_FALSE(found) << each.canonical;
    } else {
      EXPECT_EQ(found, each.expected) << each.canonical;
    }
  }
}

TEST(Columns, SpelledTypes) {
  struct Case {
    const char* spelling;
    const char* name;
    std::vector<std::string> arguments;
    const char* rest;
    int dimensions;
  };
  const std::vector<Case> cases{
      {"integer", "integer", {}, "", 0},
      {"numeric(12,2)[]", "numeric", {"12", "2"}, "", 1},
      {"timestamp(3) without time zone", "timestamp", {"3"}, " without time zone", 0},
      {"int(10) unsigned", "int", {"10"}, " unsigned", 0},
      {"\"odd (name)\"", "\"odd (name)\"", {}, "", 0},
      {"", "", {}, "", 0},
  };
  for (const Case& each : cases) {
    const SpelledType type = spelled_type(each.spelling);
    EXPECT_EQ(type.name, each.name);
    EXPECT_EQ(type.arguments, each.arguments);
    EXPECT_EQ(type.rest, each.rest);
    EXPECT_EQ(type.dimensions, each.dimensions);
  }
}

struct DefaultCase {
  const char* type;
  const char* sql;
  const char* expected;  ///< The option, as TypeScript; empty: none.
  bool comparable = true;
};

std::string default_of(const ColumnCode& code) {
  for (const auto& [key, value] : code.options) {
    if (key == "default") return value.flat();
  }
  return {};
}

ColumnCode described(const char* dialect, const DefaultCase& each, TypeKind kind) {
  Schema schema;
  schema.dialect = dialect;
  Table table;
  table.name = "t";
  Column column;
  column.name = "c";
  column.type = simple_type(kind);
  column.type.spelling = each.type;
  column.default_value = expression::leaf(Operation::sql, each.sql);
  column.default_value->dialect = dialect;
  const ValueType value = value_type(schema, column.type);
  const ColumnInput input{schema, table, column, value};
  return schema.dialect == "postgres" ? postgres_column(input) : mysql_column(input);
}

TEST(Columns, DefaultsOfPostgres) {
  const std::vector<DefaultCase> cases{
      {"text", "'member'", "'member'"},
      {"text", "'it''s'", "() => \"'it''s'\""},
      {"text", "'a::b'", "'a::b'", false},
      {"integer", "'0'", "0"},
      {"bigint", "'9223372036854775807'", "'9223372036854775807'"},
      {"numeric(12,2)", "'1.50'", "() => '1.50'"},
      {"numeric(12,2)", "'-1.50'", "'-1.50'"},
      {"boolean", "true", "true"},
      {"jsonb", "'{}'", "() => \"'{}'\""},
      {"timestamp with time zone", "now()", "() => 'now()'"},
      {"timestamp with time zone", "CURRENT_TIMESTAMP", "() => 'now()'"},
      {"timestamp with time zone", "(now() + '1 day')", "() => \"(now() + '1 day')\""},
      {"uuid", "new_uuid7()", "() => 'new_uuid7()'"},
      {"uuid", "gen_random_uuid()", ""},
      {"integer", "nextval('t_c_seq')", ""},
      {"integer", "nextval('other')", "() => \"nextval('other')\""},
      {"date", "CURRENT_DATE", "() => 'CURRENT_DATE'", false},
      {"text[]", "ARRAY[]::text[]", "() => 'ARRAY[]::text[]'", false},
      {"text", "\"Mixed\"()", "() => '\"Mixed\"()'", false},
  };
  for (const DefaultCase& each : cases) {
    const ColumnCode code = described("postgres", each, TypeKind::text);
    EXPECT_EQ(default_of(code), each.expected) << each.sql;
    EXPECT_EQ(code.comparable, each.comparable) << each.sql;
  }
}

TEST(Columns, DefaultsOfMariadb) {
  const std::vector<DefaultCase> cases{
      {"varchar(20)", "'member'", "'member'"},
      {"varchar(20)", "'it''s'", "() => \"'it''s'\""},
      {"int", "0", "0"},
      {"decimal(10,2)", "0.00", "() => '0.00'"},
      {"datetime", "current_timestamp()", "() => 'CURRENT_TIMESTAMP'"},
      {"datetime(6)", "current_timestamp(6)", "() => 'CURRENT_TIMESTAMP(6)'"},
      {"datetime(6)", "utc_timestamp(6)", "() => 'utc_timestamp(6)'"},
      {"varchar(36)", "lower(uuid())", "() => 'lcase(uuid())'"},
      {"blob", "(a like b)", "() => '(a like b)'", false},
  };
  for (const DefaultCase& each : cases) {
    const ColumnCode code = described("mysql", each, TypeKind::text);
    EXPECT_EQ(default_of(code), each.expected) << each.sql;
    EXPECT_EQ(code.comparable, each.comparable) << each.sql;
  }
}

}  // namespace
}  // namespace relata::emit::typeorm
