#include "diff/renames.h"

#include <gtest/gtest.h>

#include <chrono>

#include "diff/likeness.h"

namespace relata::diff {
namespace {

struct ColumnSpec {
  const char* name;
  TypeKind kind;
};

Table table(std::string name, const std::vector<ColumnSpec>& columns) {
  Table made;
  made.name = std::move(name);
  for (const ColumnSpec& column : columns) {
    made.columns.emplace_back().name = column.name;
    made.columns.back().type = simple_type(column.kind);
  }
  return made;
}

constexpr TypeKind number = TypeKind::integer;
constexpr TypeKind text = TypeKind::text;
constexpr TypeKind amount = TypeKind::decimal;

std::vector<std::string> guessed(std::vector<Table> before, std::vector<Table> after) {
  Schema from;
  Schema to;
  from.tables = std::move(before);
  to.tables = std::move(after);
  std::vector<std::string> arguments;
  for (const RenameGuess& guess : guess_renames(from, to)) {
    arguments.push_back(rename_argument(guess));
  }
  return arguments;
}

using Arguments = std::vector<std::string>;

TEST(RenameGuesses, FollowNamesTypesAndPlaces) {
  const Table orders = table("orders", {{"id", number}, {"total", amount}, {"note", text}});
  const struct {
    const char* what;
    Table after;
    Arguments arguments;
  } cases[] = {
      {"the place and type of what went",
       table("orders", {{"id", number}, {"grand_total", amount}, {"note", text}}),
       {"orders.total=orders.grand_total"}},
      {"another type is another thing",
       table("orders", {{"id", number}, {"totals", text}, {"note", text}}),
       {}},
      {"the table's columns",
       table("purchases", {{"id", number}, {"total", amount}, {"note", text}}),
       {"orders=purchases"}},
      {"the table and a column",
       table("order_list", {{"id", number}, {"total_sum", amount}, {"note", text}}),
       {"orders=order_list", "orders.total=order_list.total_sum"}},
      {"nothing alike", table("weather", {{"celsius", amount}, {"place", text}}), {}},
      {"two that are as likely",
       table("orders", {{"id", number}, {"total1", amount}, {"total2", amount}, {"note", text}}),
       {}},
  };
  for (const auto& item : cases) {
    EXPECT_EQ(guessed({orders}, {item.after}), item.arguments) << item.what;
  }
}

TEST(RenameGuesses, LeaveWhatIsInheritedToTheParent) {
  Table before = table("heirs", {{"total", amount}});
  Table after = table("heirs", {{"total_sum", amount}});
  EXPECT_EQ(guessed({before}, {after}), Arguments{"heirs.total=heirs.total_sum"});
  before.columns[0].inherited = after.columns[0].inherited = true;
  EXPECT_EQ(guessed({before}, {after}), Arguments());
}

TEST(RenameGuesses, DoNotTakeOnePartitionForAnother) {
  Table before = table("sales_may", {{"total", amount}});
  Table after = table("sales_june", {{"total", amount}});
  before.partition_of = {{"", "sales"}, {"postgres", "FOR VALUES IN (5)", {}}};
  after.partition_of = {{"", "sales"}, {"postgres", "FOR VALUES IN (6)", {}}};
  EXPECT_EQ(guessed({before}, {after}), Arguments());
  after.partition_of = before.partition_of;
  EXPECT_EQ(guessed({before}, {after}), Arguments{"sales_may=sales_june"});
}

TEST(RenameGuesses, PutNamesInQuotesThatNeedThem) {
  EXPECT_EQ(rename_argument({{"shop", "a.b"}, "c", {"shop", "d"}, "e f", 1}),
            "shop.\"a.b\".c=shop.d.\"e f\"");
}

TEST(RenameGuesses, TakeTimeThatGrowsWithTheSchemaOnly) {
  std::vector<Table> before;
  std::vector<Table> after;
  for (int i = 0; i < 3000; ++i) {
    const std::string number_text = std::to_string(i);
    before.push_back(table("old_" + number_text, {{"id", number}, {"name", text}}));
    after.push_back(table("new_" + number_text, {{"id", number}, {"name", text}}));
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(guessed(before, after).size(), 3000U);
  // All pairs would be nine million comparisons.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(NameLikeness, KnowsWordsAndPlurals) {
  const struct {
    const char* first;
    const char* second;
    double least;
    double most;
  } cases[] = {
      {"userId", "user_id", 1, 1},       {"order", "orders", 0.8, 1},
      {"total", "grand_total", 0.5, 1},  {"email", "e_mail", 0.9, 1},
      {"created_at", "colour", 0, 0.45}, {"first_name", "name_first", 1, 1},
  };
  for (const auto& item : cases) {
    const double likeness = name_likeness(item.first, item.second);
    EXPECT_GE(likeness, item.least) << item.first << " " << item.second;
    EXPECT_LE(likeness, item.most) << item.first << " " << item.second;
    EXPECT_DOUBLE_EQ(likeness, name_likeness(item.second, item.first));
  }
}

}  // namespace
}  // namespace relata::diff
