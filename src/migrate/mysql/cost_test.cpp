#include "migrate/mysql/cost.h"

#include <gtest/gtest.h>

#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

Column column(const std::string& type) {
  Column made;
  made.name = "c";
  made.type = syntax::mysql::column_type(type);
  return made;
}

Table table(const std::string& collation) {
  Table made;
  made.name = "t";
  made.options = {{"ENGINE", "InnoDB"}};
  made.collation.text = collation;
  return made;
}

struct TypeChange {
  const char* from;
  const char* to;
  Cost cost;
  bool loses;
};

// Measured on MariaDB 10.11: the cheapest ALGORITHM and LOCK that the server takes.
TEST(Cost, OfTypes) {
  const Table latin = table("latin1_swedish_ci");
  for (const TypeChange& change : std::initializer_list<TypeChange>{
           {"varchar(20)", "varchar(30)", Cost::metadata, false},
           {"varchar(100)", "varchar(300)", Cost::long_widening, false},
           {"varchar(300)", "varchar(400)", Cost::metadata, false},
           {"varchar(20)", "varchar(10)", Cost::copy, true},
           {"varchar(20)", "text", Cost::copy, false},
           {"text", "varchar(20)", Cost::copy, true},
           {"text", "json", Cost::copy, true},
           {"int", "bigint", Cost::copy, false},
           {"bigint", "int", Cost::copy, true},
           {"int", "int unsigned", Cost::copy, true},
           {"int unsigned", "bigint", Cost::copy, false},
           {"int", "varchar(20)", Cost::copy, false},
           {"int", "varchar(5)", Cost::copy, true},
           {"decimal(10,2)", "decimal(12,2)", Cost::copy, false},
           {"decimal(10,2)", "decimal(10,1)", Cost::copy, true},
           {"datetime(6)", "datetime", Cost::copy, true},
           {"date", "datetime", Cost::copy, false},
           {"enum('a','b')", "enum('a','b','c')", Cost::instant, false},
           {"enum('a','b')", "enum('b','a')", Cost::copy, false},
           {"enum('a','b')", "enum('a')", Cost::copy, true},
           {"set('a')", "set('a','b')", Cost::instant, false},
       }) {
    const Column from = column(change.from);
    const Column to = column(change.to);
    EXPECT_EQ(cost_of_modifying(from, latin, to, latin, {}), change.cost)
        << change.from << " -> " << change.to;
    EXPECT_EQ(!narrowing(from, latin, to, latin).empty(), change.loses)
        << change.from << " -> " << change.to;
  }
}

TEST(Cost, OfCharacterSets) {
  const Column name = column("varchar(20)");
  const Column longer = column("varchar(80)");
  const Table three = table("utf8mb3_general_ci");
  const Table four = table("utf8mb4_general_ci");
  const Table latin = table("latin1_swedish_ci");
  EXPECT_EQ(cost_of_modifying(name, three, name, four, {}), Cost::widening);
  EXPECT_EQ(cost_of_modifying(longer, three, longer, four, {}), Cost::copy);
  EXPECT_EQ(cost_of_modifying(name, latin, name, four, {}), Cost::copy);
  EXPECT_EQ(narrowing(name, latin, name, four), "");
  EXPECT_EQ(narrowing(name, four, name, latin), "characters that latin1 does not have");
  EXPECT_FALSE(changes_values(column("int"), latin, column("int"), four));
}

TEST(Cost, OfNullability) {
  const Table plain = table("latin1_swedish_ci");
  const Column nullable = column("int");
  Column required = column("int");
  required.nullable = false;
  EXPECT_EQ(cost_of_modifying(nullable, plain, required, plain, {}), Cost::rebuild);
  Traits traits;
  traits.fulltext = true;
  EXPECT_EQ(cost_of_modifying(nullable, plain, required, plain, traits), Cost::shared_rebuild);
  traits = {};
  traits.innodb = false;
  EXPECT_EQ(cost_of_modifying(nullable, plain, required, plain, traits), Cost::copy);
  // NULL would become what is worked out for each row.
  required.type = syntax::mysql::column_type("datetime");
  required.default_value = Expression{Operation::sql, "current_timestamp()", "mysql", {}, {}};
  EXPECT_EQ(cost_of_modifying(column("datetime"), plain, required, plain, {}), Cost::copy);
}

TEST(Cost, OfGeneratedColumns) {
  Column stored = column("int");
  stored.generated = Generated{Expression{Operation::sql, "a + 1", "mysql", {}, {}}, true};
  Column derived = stored;
  derived.generated->stored = false;
  EXPECT_EQ(cost_of_adding(stored, {}), Cost::copy);
  EXPECT_EQ(cost_of_adding(derived, {}), Cost::instant);
  EXPECT_FALSE(can_modify(stored, derived));
  EXPECT_FALSE(can_modify(derived, column("int")));
  EXPECT_TRUE(can_modify(stored, column("int")));
}

TEST(Cost, IsWrittenForBothServers) {
  EXPECT_EQ(algorithm_clause(Cost::instant), "ALGORITHM = INSTANT, LOCK = DEFAULT");
  EXPECT_EQ(algorithm_clause(Cost::online),
            "ALGORITHM = /*M!100300 NOCOPY *//*!80000 INPLACE */, LOCK = NONE");
  EXPECT_EQ(algorithm_clause(Cost::copy), "ALGORITHM = COPY, LOCK = SHARED");
}

TEST(Cost, Together) {
  EXPECT_EQ(together(Cost::instant, Cost::online), Cost::online);
  EXPECT_EQ(together(Cost::metadata, Cost::widening), Cost::widening);
  // MySQL copies for the one, so that it copies for both.
  EXPECT_EQ(together(Cost::widening, Cost::online), Cost::copy);
  EXPECT_EQ(together(Cost::rebuild, Cost::copy), Cost::copy);
}

}  // namespace
}  // namespace relata::migrate::mysql
