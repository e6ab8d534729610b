#include "migrate/mysql/type_change.h"

#include <gtest/gtest.h>

#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

Column column(const std::string& name, const std::string& type) {
  Column made;
  made.name = name;
  made.type = syntax::mysql::column_type(type);
  made.nullable = false;
  return made;
}

/// A table of orders with a key and a column of that type.
Table orders(const std::string& type) {
  Table table;
  table.name = "orders";
  table.options = {{"ENGINE", "InnoDB"}};
  table.collation.text = "utf8mb4_general_ci";
  table.columns = {column("id", "int"), column("total", type), column("note", "text")};
  table.primary_key = PrimaryKey{{}, {"id"}};
  return table;
}

std::string statements(const std::vector<Step>& steps, bool forward = true) {
  std::string text;
  for (const Step& step : steps) {
    for (const std::string& statement : (forward ? step.forward : step.back).statements) {
      text += statement + "\n";
    }
  }
  return text;
}

TEST(TypeChange, IsCutIntoStepsThatNobodyNotices) {
  const Table from = orders("int");
  const Table to = orders("bigint");
  TableDelta delta = compare_tables(from, to, true);
  const TypeChangeSteps steps = take_type_changes(delta, {});
  EXPECT_TRUE(delta.changes.empty());
  EXPECT_EQ(statements(steps.expand),
            "ALTER TABLE orders ADD COLUMN relata_total bigint NOT NULL DEFAULT 0 AFTER total, "
            "ALGORITHM = INSTANT, LOCK = DEFAULT\n"
            "CREATE TRIGGER relata_orders_total_insert BEFORE INSERT ON orders FOR EACH ROW SET "
            "NEW.relata_total = NEW.total\n"
            "CREATE TRIGGER relata_orders_total_update BEFORE UPDATE ON orders FOR EACH ROW SET "
            "NEW.relata_total = NEW.total\n");
  EXPECT_EQ(statements(steps.backfill),
            "UPDATE orders SET relata_total = total WHERE NOT (relata_total <=> total)\n");
  EXPECT_EQ(statements(steps.contract),
            "ALTER TABLE orders CHANGE COLUMN total relata_total int NOT NULL DEFAULT 0, CHANGE "
            "COLUMN relata_total total bigint NOT NULL, ALGORITHM = INSTANT, LOCK = DEFAULT\n"
            "DROP TRIGGER IF EXISTS relata_orders_total_update\n"
            "DROP TRIGGER IF EXISTS relata_orders_total_insert\n"
            "ALTER TABLE orders DROP COLUMN relata_total, ALGORITHM = INSTANT, LOCK = DEFAULT\n");
  EXPECT_EQ(statements({steps.contract.back()}, false),
            "ALTER TABLE orders ADD COLUMN relata_total int NOT NULL DEFAULT 0 AFTER total, "
            "ALGORITHM = INSTANT, LOCK = DEFAULT\n");
}

TEST(TypeChange, IsACopyWhereSomethingStandsOnTheColumn) {
  const auto is_taken = [](const Table& from, const Table& to, const std::set<std::string>& keyed) {
    TableDelta delta = compare_tables(from, to, true);
    return !take_type_changes(delta, keyed).expand.empty();
  };
  const Table from = orders("int");
  const Table to = orders("bigint");
  EXPECT_TRUE(is_taken(from, to, {}));
  EXPECT_FALSE(is_taken(from, to, {"total"}));
  EXPECT_FALSE(is_taken(orders("bigint"), orders("int"), {}));  // does not hold every value
  EXPECT_FALSE(is_taken(orders("int"), orders("text"), {}));    // does not compare as it was
  Table indexed = from;
  Index index;
  index.name = "by_total";
  index.parts.push_back({expression::column("total"), false, {}, {}, {}, 0});
  indexed.indexes.push_back(index);
  EXPECT_FALSE(is_taken(indexed, to, {}));
  Table watched = from;
  watched.triggers.push_back({"t", TriggerBody{"mysql", "CREATE TRIGGER t"}, {}});
  EXPECT_FALSE(is_taken(watched, to, {}));
  Table keyless = from;
  keyless.primary_key.reset();
  EXPECT_FALSE(is_taken(keyless, to, {}));
  Table checked = from;
  checked.checks.push_back(
      {"positive", Expression{Operation::sql, "`total` > 0", "mysql", {}, {}}, {}});
  EXPECT_FALSE(is_taken(checked, to, {}));
}

}  // namespace
}  // namespace relata::migrate::mysql
