#include "migrate/mysql/table_delta.h"

#include <gtest/gtest.h>

#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

Column column(const std::string& name, const std::string& type, bool nullable = true) {
  Column made;
  made.name = name;
  made.type = syntax::mysql::column_type(type);
  made.nullable = nullable;
  return made;
}

Index index(const std::string& name, const std::vector<std::string>& columns) {
  Index made;
  made.name = name;
  for (const std::string& each : columns) {
    made.parts.push_back({expression::column(each), false, {}, {}, {}, 0});
  }
  return made;
}

Table table(std::vector<Column> columns) {
  Table made;
  made.name = "t";
  made.options = {{"ENGINE", "InnoDB"}};
  made.collation.text = "utf8mb4_general_ci";
  made.character_set.text = "utf8mb4";
  made.columns = std::move(columns);
  return made;
}

/// "grow: ADD COLUMN a int", a line a change.
std::string outline(const TableDelta& delta, bool forward = true) {
  constexpr const char* names[] = {"take down", "grow",      "reshape",   "derive",
                                   "index",     "constrain", "partition", "connect",
                                   "thin",      "shed",      "shrink"};
  std::string text;
  for (const Change& change : delta.changes) {
    for (const std::string& clause : forward ? change.forward : change.back) {
      text += std::string(names[static_cast<int>(change.stage)]) + ": " + clause + "\n";
    }
  }
  return text;
}

TEST(TableDelta, EqualTablesGiveNothing) {
  const Table plain = table({column("a", "int")});
  EXPECT_EQ(outline(compare_tables(plain, plain, true)), "");
}

TEST(TableDelta, ColumnsComeGoAndChange) {
  const Table from = table({column("a", "int"), column("b", "int"), column("c", "varchar(10)")});
  const Table to = table({column("a", "bigint"), column("d", "int"), column("C", "varchar(20)")});
  const TableDelta delta = compare_tables(from, to, true);
  EXPECT_EQ(outline(delta),
            "reshape: MODIFY COLUMN a bigint\n"
            "grow: ADD COLUMN d int AFTER a\n"
            "reshape: CHANGE COLUMN c `C` varchar(20)\n"
            "shrink: DROP COLUMN b\n");
  EXPECT_EQ(outline(delta, false),
            "reshape: MODIFY COLUMN a int\n"
            "grow: DROP COLUMN d\n"
            "reshape: CHANGE COLUMN `C` c varchar(10)\n"
            "shrink: ADD COLUMN b int AFTER a\n");
}

TEST(TableDelta, AColumnThatComesLastIsNotPlaced) {
  const TableDelta delta =
      compare_tables(table({column("a", "int")}),
                     table({column("a", "int"), column("b", "int"), column("c", "int")}), true);
  EXPECT_EQ(outline(delta), "grow: ADD COLUMN b int\ngrow: ADD COLUMN c int\n");
}

TEST(TableDelta, NumberedColumnsChangeTogetherWithTheirKeys) {
  Table from = table({column("id", "int", false), column("a", "int")});
  from.columns[0].identity = Identity{};
  from.primary_key = PrimaryKey{{}, {"id"}};
  const Table to = table({column("a", "int")});
  EXPECT_EQ(outline(compare_tables(from, to, true)),
            "reshape: DROP COLUMN id\nreshape: DROP PRIMARY KEY\n");
}

TEST(TableDelta, IndexesAreRenamedAndReplacedTogether) {
  Table from = table({column("a", "int"), column("b", "int")});
  Table to = from;
  from.indexes = {index("one", {"a"}), index("two", {"b"})};
  to.indexes = {index("uno", {"a"}), index("two_and_a", {"b", "a"})};
  EXPECT_EQ(outline(compare_tables(from, to, true)),
            "grow: RENAME KEY one TO uno\n"
            "index: DROP KEY two\n"
            "index: ADD KEY two_and_a (b, a)\n");
}

TEST(TableDelta, CharacterSetsAreNamedWhereTheTablesChangesToo) {
  const Table from = table({column("a", "varchar(10)")});
  Table to = from;
  to.collation.text = "latin1_swedish_ci";
  to.character_set.text = "latin1";
  EXPECT_EQ(outline(compare_tables(from, to, true)),
            "reshape: MODIFY COLUMN a varchar(10) CHARACTER SET latin1 COLLATE latin1_swedish_ci\n"
            "constrain: DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci\n");
}

TEST(TableDelta, WhatLosesDataSaysSo) {
  const Table from = table({column("a", "varchar(10)"), column("b", "int")});
  const Table to = table({column("a", "varchar(5)")});
  const TableDelta delta = compare_tables(from, to, true);
  ASSERT_EQ(delta.changes.size(), 2U);
  EXPECT_EQ(delta.changes[0].refusal,
            "the column t.a would lose values that varchar(5) does not hold");
  EXPECT_EQ(delta.changes[1].refusal, "dropping the column t.b loses what it holds");
}

TEST(TableDelta, RequiredColumnsAreFilledFirst) {
  const Table from = table({column("a", "int"), column("b", "int")});
  Table to = table({column("a", "int", false), column("b", "int", false)});
  to.columns[0].default_value = expression::number("7");
  const TableDelta delta = compare_tables(from, to, true);
  ASSERT_EQ(delta.fillings.size(), 2U);
  EXPECT_EQ(delta.fillings[0].value, "7");
  EXPECT_EQ(delta.fillings[1].value, "");
}

}  // namespace
}  // namespace relata::migrate::mysql
