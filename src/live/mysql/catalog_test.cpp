#include "live/mysql/catalog.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata::live::mysql {
namespace {

TEST(Catalog, LeavesOutTheNameOfItsOwnDatabase) {
  struct Case {
    std::string sql;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"select `shop`.`item`.`id` AS `id` from `shop`.`item`",
       "select `item`.`id` AS `id` from `item`"},
      {"select `i`.`id` AS `id` from (`shop`.`item` `i` join `shop`.`kind` `k`)",
       "select `i`.`id` AS `id` from (`item` `i` join `kind` `k`)"},
      {"select `shop`.`total`(`i`.`id`) AS `total` from `other`.`item` `i`",
       "select `total`(`i`.`id`) AS `total` from `other`.`item` `i`"},
      // An alias that is named like the database stays.
      {"select `shop`.`id` AS `id` from `shop`.`item` `shop` where `shop`.`id` > 1",
       "select `shop`.`id` AS `id` from `item` `shop` where `shop`.`id` > 1"},
      {"select '`shop`.`item`.`id`' AS `x`", "select '`shop`.`item`.`id`' AS `x`"},
      {"nextval(`shop`.`numbers`)", "nextval(`numbers`)"},
  };
  for (const Case& c : cases) EXPECT_EQ(without_database(c.sql, "shop"), c.expected);
}

TEST(Catalog, QuotesAccounts) {
  EXPECT_EQ(quoted_account("ada@localhost"), "`ada`@`localhost`");
  EXPECT_EQ(quoted_account("a@b@%"), "`a@b`@`%`");
  EXPECT_EQ(quoted_account("role"), "`role`");
}

TEST(Catalog, UndoesTheEscapesOfMySqlsCatalog) {
  EXPECT_EQ(without_escapes(R"((`a` <> _utf8mb4\'it\'))"), "(`a` <> _utf8mb4'it')");
  EXPECT_EQ(without_escapes(R"(_utf8mb4\'a\\\\b\')"), R"(_utf8mb4'a\\b')");
}

}  // namespace
}  // namespace relata::live::mysql
