#include "migrate/rename/rename_text.h"

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

/// orders(id, total, customer_id), customers(id, total, email), shop.items(id, total).
Schema shop(std::string dialect) {
  Schema schema;
  schema.dialect = std::move(dialect);
  schema.tables = {table("", "orders", {"id", "total", "customer_id"}),
                   table("", "customers", {"id", "total", "email"}),
                   table("shop", "items", {"id", "total"})};
  return schema;
}

struct Case {
  const char* dialect;
  const char* own;  ///< Table whose columns the text may name; empty: none.
  const char* before;
  const char* after;
};

// orders is purchases afterwards, orders.total is orders.amount, shop.items.total is cost.
const Case cases[] = {
    {"postgres", "orders", "((total > (0)::numeric) AND (id > 0))",
     "((amount > (0)::numeric) AND (id > 0))"},
    {"postgres", "orders", "total(id) || 'total'", "total(id) || 'total'"},
    {"postgres", "", "SELECT o.total FROM orders o", "SELECT o.amount AS total FROM purchases o"},
    {"postgres", "", "SELECT total, id FROM orders", "SELECT amount AS total, id FROM purchases"},
    {"postgres", "", "SELECT orders.total::text FROM public.orders WHERE orders.total > 1",
     "SELECT purchases.amount::text AS total FROM public.purchases WHERE purchases.amount > 1"},
    {"postgres", "", "SELECT total + 1 AS total FROM orders",
     "SELECT amount + 1 AS total FROM "
     "purchases"},
    {"postgres", "",
     "SELECT customers.total FROM (orders JOIN customers ON orders.id = "
     "customers.id)",
     "SELECT customers.total FROM (purchases JOIN customers ON purchases.id = customers.id)"},
    {"postgres", "",
     "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE total > "
     "c.total)",
     "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM purchases WHERE amount > c.total)"},
    {"postgres", "", "SELECT total FROM customers UNION SELECT total FROM orders",
     "SELECT total FROM customers UNION SELECT amount AS total FROM purchases"},
    {"postgres", "", "SELECT * FROM orders",
     "SELECT purchases.id, purchases.amount AS total, purchases.customer_id FROM purchases"},
    {"postgres", "", "SELECT c.*, 1 FROM orders o, customers c",
     "SELECT c.*, 1 FROM purchases o, customers c"},
    {"postgres", "", "SELECT count(orders) FROM orders", "SELECT count(purchases) FROM purchases"},
    {"postgres", "", "SELECT total FROM shop.items", "SELECT cost AS total FROM shop.items"},
    {"postgres", "", "SELECT total FROM items", "SELECT total FROM items"},
    {"postgres", "orders",
     "CREATE TRIGGER total BEFORE UPDATE OF total ON orders FOR EACH ROW WHEN (new.total > 1) "
     "EXECUTE FUNCTION total()",
     "CREATE TRIGGER total BEFORE UPDATE OF amount ON purchases FOR EACH ROW WHEN (new.amount > 1) "
     "EXECUTE FUNCTION total()"},
    {"postgres", "orders",
     "CREATE RULE r AS ON UPDATE TO orders DO ALSO INSERT INTO customers (total) VALUES "
     "(old.total)",
     "CREATE RULE r AS ON UPDATE TO purchases DO ALSO INSERT INTO customers (total) VALUES "
     "(old.amount)"},
    {"postgres", "", "CREATE PUBLICATION p FOR TABLE orders, customers",
     "CREATE PUBLICATION p FOR TABLE purchases, customers"},
    {"postgres", "",
     "CREATE FUNCTION f(o orders) RETURNS SETOF orders LANGUAGE sql AS $$SELECT total FROM "
     "orders$$",
     "CREATE FUNCTION f(o purchases) RETURNS SETOF purchases LANGUAGE sql AS $$SELECT total FROM "
     "orders$$"},
    {"postgres", "", "SELECT EXTRACT(year FROM total) FROM orders",
     "SELECT EXTRACT(year FROM amount) FROM purchases"},
    {"sqlite", "", "SELECT Total FROM Orders", "SELECT \"amount\" FROM \"purchases\""},
    {"sqlite", "orders", "\"total\" > 0 AND 'total' <> [id]", "\"amount\" > 0 AND 'total' <> [id]"},
    {"sqlite", "customers",
     "CREATE TRIGGER t AFTER INSERT ON customers BEGIN INSERT INTO orders(id, total) SELECT "
     "new.id, total FROM customers; UPDATE orders SET total = 2 WHERE id = new.id; END",
     "CREATE TRIGGER t AFTER INSERT ON customers BEGIN INSERT INTO \"purchases\"(id, \"amount\") "
     "SELECT new.id, total FROM customers; UPDATE \"purchases\" SET \"amount\" = 2 WHERE id = "
     "new.id; END"},
    {"mysql", "orders", "`total` > 0", "`amount` > 0"},
};

TEST(RenameText, FollowsNamesAsTheServerDoes) {
  const std::vector<Rename> renames{{{"", "orders"}, "", "purchases"},
                                    {{"", "orders"}, "total", "amount"},
                                    {{"shop", "items"}, "total", "cost"}};
  for (const Case& item : cases) {
    const Schema schema = shop(item.dialect);
    const RenameMap map(schema, renames, *name_rules(item.dialect));
    const RenamedTable* own = *item.own == '\0' ? nullptr : map.find({"", item.own});
    EXPECT_EQ(with_renames(item.before, map, "", own), item.after) << item.before;
  }
}

TEST(RenameText, LeavesBodiesOfTriggersOnMySql) {
  const Schema schema = shop("mysql");
  const RenameMap map(schema, {{{"", "orders"}, "", "purchases"}}, *name_rules("mysql"));
  EXPECT_EQ(with_renamed_trigger_table("CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW "
                                       "INSERT INTO orders VALUES (1)",
                                       map, *map.find({"", "orders"})),
            "CREATE TRIGGER t BEFORE UPDATE ON `purchases` FOR EACH ROW INSERT INTO orders VALUES "
            "(1)");
}

}  // namespace
}  // namespace relata::migrate
