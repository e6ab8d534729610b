#include "migrate/rename/requests.h"

#include <gtest/gtest.h>

namespace relata::migrate {
namespace {

Table table(std::string schema, std::string name, const std::vector<std::string>& columns) {
  Table made;
  made.schema = std::move(schema);
  made.name = std::move(name);
  for (const std::string& column : columns) made.columns.emplace_back().name = column;
  return made;
}

Schema before() {
  Schema schema;
  schema.tables = {table("", "orders", {"id", "total"}), table("", "customers", {"id", "name"}),
                   table("shop", "items", {"id", "price"})};
  return schema;
}

Schema after() {
  Schema schema;
  schema.tables = {table("", "purchases", {"id", "amount"}),
                   table("", "customers", {"id", "full_name"}),
                   table("shop", "things", {"id", "cost"})};
  return schema;
}

TEST(RenameRequests, FitBothSchemas) {
  const struct {
    const char* text;
    std::vector<Rename> renames;  ///< Nothing: refused.
  } cases[] = {
      {"orders=purchases", {{{"", "orders"}, "", "purchases"}}},
      {"public.orders=public.purchases", {{{"", "orders"}, "", "purchases"}}},
      {"customers.name=customers.full_name", {{{"", "customers"}, "name", "full_name"}}},
      {"customers.name=full_name", {{{"", "customers"}, "name", "full_name"}}},
      {"CUSTOMERS.Name=full_name", {{{"", "customers"}, "name", "full_name"}}},
      {"shop.items=things", {{{"shop", "items"}, "", "things"}}},
      {"items=shop.things", {{{"shop", "items"}, "", "things"}}},
      {"orders=nothing", {}},
      {"nothing=purchases", {}},
      {"orders=customers", {}},
      {"shop.items=purchases", {}},
      {"customers.nothing=full_name", {}},
      {"customers.name=nothing", {}},
      {"customers.name=id", {}},
      {"customers.name=purchases.amount", {}},
      {"customers.name=", {}},
      {"a.b.c.d=e", {}},
      {"customers", {}},
  };
  for (const auto& item : cases) {
    const auto request = parse_rename(item.text);
    DiagnosticSink sink;
    const auto renames =
        request ? resolve_renames(before(), after(), {*request}, sink) : std::vector<Rename>();
    EXPECT_EQ(renames, item.renames) << item.text;
    EXPECT_EQ(!request || sink.has_errors(), item.renames.empty()) << item.text;
  }
}

TEST(RenameRequests, ComeWithTheirTables) {
  DiagnosticSink sink;
  const std::vector<Rename> expected{{{"", "orders"}, "", "purchases"},
                                     {{"", "orders"}, "total", "amount"}};
  EXPECT_EQ(resolve_renames(before(), after(),
                            {{"orders.total", "purchases.amount"}, {"orders", "purchases"}}, sink),
            expected);
  EXPECT_EQ(resolve_renames(before(), after(),
                            {{"orders", "purchases"}, {"orders.total", "orders.amount"}}, sink),
            expected);
  EXPECT_FALSE(sink.has_errors());
}

TEST(RenameRequests, AreNotMadeTwice) {
  DiagnosticSink sink;
  static_cast<void>(resolve_renames(before(), after(),
                                    {{"orders", "purchases"}, {"customers", "purchases"}}, sink));
  EXPECT_TRUE(sink.has_errors());
}

TEST(RenameHints, AreTakenWhileTheOldNameIsThere) {
  Schema wanted = after();
  wanted.former_names.all = {{{"", "purchases"}, "", "orders"},
                             {{"", "purchases"}, "amount", "total"},
                             {{"", "customers"}, "full_name", "name"},
                             {{"", "customers"}, "full_name", "called"},
                             {{"", "nothing"}, "", "items"}};
  DiagnosticSink sink;
  EXPECT_EQ(resolve_renames(before(), wanted, {}, sink),
            (std::vector<Rename>{{{"", "orders"}, "", "purchases"},
                                 {{"", "orders"}, "total", "amount"},
                                 {{"", "customers"}, "name", "full_name"}}));
  // Once it is done they say nothing.
  EXPECT_EQ(resolve_renames(after(), wanted, {}, sink), std::vector<Rename>());
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(wanted, after());  // hints are no difference
}

}  // namespace
}  // namespace relata::migrate
