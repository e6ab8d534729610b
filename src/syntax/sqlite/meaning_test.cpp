#include "syntax/sqlite/meaning.h"

#include <gtest/gtest.h>

#include "dialect/dialect.h"
#include "syntax/sqlite/types.h"

namespace relata::syntax::sqlite {
namespace {

Table table() {
  Table table;
  for (const auto& [name, type] : std::initializer_list<std::pair<const char*, const char*>>{
           {"id", "INTEGER"}, {"Name", "TEXT"}, {"active", "BOOLEAN"}, {"price", "DECIMAL(8,2)"}}) {
    Column column;
    column.name = name;
    column.type = type_of(type);
    table.columns.push_back(std::move(column));
  }
  return table;
}

/// As PostgreSQL says it; "-" for what has no meaning elsewhere.
std::string shown(const std::optional<Expression>& meaning) {
  return meaning ? find_dialect("postgres")->expression(*meaning) : "-";
}

TEST(SqliteMeaning, OfConditions) {
  struct Case {
    std::string_view sql;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"price >= 0", "price >= 0"},
      {"NAME <> '' AND id==1 AND price != -2.5", "\"Name\" <> '' AND id = 1 AND price <> -2.5"},
      {"id = 1 OR id = 2 AND price > 3", "id = 1 OR (id = 2 AND price > 3)"},
      {"(id = 1 OR id = 2) AND price > 3", "(id = 1 OR id = 2) AND price > 3"},
      {"NOT id = 1", "NOT (id = 1)"},
      {"active", "active"},
      {"NOT active", "NOT active"},
      {"active = 1", "active = true"},
      {"active IN (0, 1)", "active IN (false, true)"},
      {"id", "id <> 0"},
      {"1", "true"},
      {"name ISNULL OR name NOTNULL", "\"Name\" IS NULL OR \"Name\" IS NOT NULL"},
      {"name NOT NULL AND name IS NOT NULL", "\"Name\" IS NOT NULL AND \"Name\" IS NOT NULL"},
      {"[name] NOT IN ('a', \"b\")", "NOT (\"Name\" IN ('a', 'b'))"},
      {"id BETWEEN 1 AND 9", "id >= 1 AND id <= 9"},
      {"length(name) < 10", "char_length(\"Name\") < 10"},
      {"name LIKE '%@_%'", "\"Name\" LIKE '%@_%'"},
      {"name LIKE 'A!%\\' ESCAPE '!'", "lower(\"Name\") LIKE 'a\\%\\\\'"},
      {"t.id > 0", "id > 0"},
      // Nothing that every dialect could say:
      {"name GLOB '[0-9]*'", "-"},
      {"id IN (SELECT 1)", "-"},
      {"typeof(id) = 'integer'", "-"},
      {"unknown > 1", "-"},
      {"name", "-"},
      {"id =", "-"},
      {"", "-"},
  };
  const Table columns = table();
  const ColumnScope scope(columns);
  for (const Case& row : cases) {
    EXPECT_EQ(shown(meaning_of(row.sql, scope, true)), row.expected) << row.sql;
  }
}

TEST(SqliteMeaning, OfDefaults) {
  struct Case {
    std::string_view sql;
    std::string_view type;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"0", "INTEGER", "0"},
      {"'7'", "INTEGER", "7"},
      {"''", "INTEGER", "-"},
      {"0", "TEXT", "'0'"},
      {"word", "TEXT", "'word'"},
      {"\"double\"", "TEXT", "'double'"},
      {"0", "BOOLEAN", "false"},
      {"'t'", "BOOLEAN", "true"},
      {"TRUE", "INTEGER", "1"},
      {"NULL", "DATE", "NULL"},
      {"0", "DATETIME", "-"},
      {"CURRENT_TIMESTAMP", "DATETIME", "now()"},
      {"datetime('now')", "TIMESTAMP", "now()"},
      {"strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", "DATETIME", "now()"},
      {"strftime('%s', 'now')", "INTEGER", "-"},
      {"CURRENT_DATE", "DATE", "CURRENT_DATE"},
      {"'2020-01-01'", "DATE", "'2020-01-01'"},
      {"x'00'", "BLOB", "-"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(shown(default_meaning(row.sql, type_of(row.type))), row.expected)
        << row.sql << " of " << row.type;
  }
}

TEST(SqliteMeaning, EndsOnWhateverDepth) {
  const Table columns = table();
  const ColumnScope scope(columns);
  EXPECT_FALSE(meaning_of(std::string(100'000, '('), scope, true));
  std::string negated;
  for (int i = 0; i < 10'000; ++i) negated += "NOT ";
  EXPECT_FALSE(meaning_of(negated + "active", scope, true));
}

}  // namespace
}  // namespace relata::syntax::sqlite
