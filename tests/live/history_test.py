"""History: what a row said, from when until when; the periods meet and never overlap."""

from harness import APPLICATION, POSTGRES, on_engines

DESIGN = """
name: shop
entities:
  Product:
    patterns: {history: [price, label]}
    fields: {name: text(40) required, price: money, label: text(40), stock: integer}
  Contract:
    patterns: {history: true}
    fields: {title: text(40) required, amount: money}
  Note:  # brings the application's role
    patterns: {soft_delete: true}
    fields: {text: text}
"""


class HistoryTest:
    user = None

    def work(self, sql):
        return self.run_sql(sql, user=self.user)

    def product(self, name, price="1.00"):
        self.work(f"INSERT INTO products (name, price) VALUES ('{name}', {price})")
        return self.value(f"SELECT id FROM products WHERE name = '{name}'")

    def periods(self, key):
        """(price, from, to) in the order of time."""
        return self.run_sql("SELECT price, valid_from, valid_to FROM product_history "
                            f"WHERE product_id = '{key}' ORDER BY valid_from")

    def check_periods(self, key, prices):
        """One period a price, each beginning where the one before ends, the last one open."""
        periods = self.periods(key)
        self.assertEqual([p and float(p) for p, _, _ in periods], prices)
        for (_, _, end), (_, begin, _) in zip(periods, periods[1:]):
            self.assertEqual(end, begin)
        for _, begin, end in periods[:-1]:
            self.assertLess(begin, end)
        self.assertEqual(periods[-1][2], None)

    def insert_period(self, key, begin, end):
        end = f"'{end}'" if end else "NULL"
        return (f"INSERT INTO product_history (product_id, price, valid_from, valid_to) "
                f"VALUES ('{key}', 5, '{begin}', {end})")


@on_engines()
class History(HistoryTest):
    DESIGN = DESIGN

    def test_an_insert_opens_the_first_period(self):
        self.check_periods(self.product("first"), [1.0])

    def test_a_change_closes_one_and_opens_the_next(self):
        key = self.product("changing")
        for price in (2, 3):
            self.work(f"UPDATE products SET price = {price} WHERE id = '{key}'")
        self.check_periods(key, [1.0, 2.0, 3.0])

    def test_what_is_not_tracked_leaves_no_trace(self):
        key = self.product("steady")
        self.work(f"UPDATE products SET stock = 5 WHERE id = '{key}'")
        self.work(f"UPDATE products SET price = 1.00 WHERE id = '{key}'")
        self.check_periods(key, [1.0])

    def test_from_and_to_nothing(self):
        key = self.product("priceless", "NULL")
        self.work(f"UPDATE products SET price = 7 WHERE id = '{key}'")
        self.work(f"UPDATE products SET price = NULL WHERE id = '{key}'")
        self.check_periods(key, [None, 7.0, None])

    def test_every_row_of_a_statement(self):
        keys = [self.product(f"many {number}") for number in range(3)]
        self.work("UPDATE products SET price = price + 1 WHERE name LIKE 'many %'")
        for key in keys:
            self.check_periods(key, [1.0, 2.0])

    def test_several_changes_in_one_transaction(self):
        begin = "START TRANSACTION" if self.mysql else "BEGIN"
        changes = "".join(f"UPDATE products SET price = {price} WHERE name = 'busy';\n"
                          for price in (2, 3, 4))
        self.work(f"{begin};\nINSERT INTO products (name, price) VALUES ('busy', 1);\n{changes}COMMIT;")
        key = self.value("SELECT id FROM products WHERE name = 'busy'")
        periods = self.periods(key)
        self.assertEqual(float(periods[-1][0]), 4.0)
        self.check_periods(key, [float(p[0]) for p in periods])
        self.work("UPDATE products SET price = 9 WHERE name = 'busy'")
        self.assertEqual(float(self.periods(key)[-1][0]), 9.0)

    def test_the_whole_row(self):
        self.work("INSERT INTO contracts (title, amount) VALUES ('c', 1)")
        self.work("UPDATE contracts SET title = 'd'")
        self.work("UPDATE contracts SET amount = 2")
        rows = self.run_sql("SELECT title, amount FROM contract_history ORDER BY valid_from")
        self.assertEqual([(t, float(a)) for t, a in rows], [("c", 1.0), ("d", 1.0), ("d", 2.0)])

    def test_periods_by_hand_may_meet_but_not_overlap(self):
        key = self.product("by hand")
        other = self.product("other")
        self.run_sql(self.insert_period(key, "2001-01-01 00:00:00", "2002-01-01 00:00:00"))
        for begin, end in (("2001-06-01 00:00:00", "2001-07-01 00:00:00"),   # within
                           ("2000-01-01 00:00:00", "2001-01-02 00:00:00"),   # over the beginning
                           ("2001-12-31 00:00:00", "2002-02-01 00:00:00"),   # over the end
                           ("2000-01-01 00:00:00", "2003-01-01 00:00:00"),   # around
                           ("2001-01-01 00:00:00", "2002-01-01 00:00:00"),   # the same
                           ("2003-01-01 00:00:00", None),                    # over the present one
                           ("2099-01-01 00:00:00", "2099-02-01 00:00:00")):  # the open end is far
            self.refused(self.insert_period(key, begin, end))
        self.run_sql(self.insert_period(key, "2002-01-01 00:00:00", "2002-02-01 00:00:00"))
        self.run_sql(self.insert_period(key, "2000-01-01 00:00:00", "2001-01-01 00:00:00"))
        self.run_sql(self.insert_period(other, "2001-06-01 00:00:00", "2001-07-01 00:00:00"))
        self.refused(f"UPDATE product_history SET valid_to = '2001-01-02 00:00:00' "
                     f"WHERE product_id = '{key}' AND valid_from < '2000-06-01 00:00:00'")
        self.refused(f"UPDATE product_history SET product_id = '{key}' "
                     f"WHERE product_id = '{other}'")

    def test_a_period_ends_after_it_begins(self):
        key = self.product("backwards")
        self.refused(self.insert_period(key, "2001-02-01 00:00:00", "2001-01-01 00:00:00"))
        self.refused(self.insert_period(key, "2001-01-01 00:00:00", "2001-01-01 00:00:00"))

    def test_it_goes_with_the_row(self):
        key = self.product("gone")
        self.work(f"UPDATE products SET price = 2 WHERE id = '{key}'")
        self.work(f"DELETE FROM products WHERE id = '{key}'")
        self.assertEqual(self.periods(key), [])


@on_engines(*POSTGRES)
class HistoryOfTheApplication(History):
    """The same as the application's role."""

    DESIGN = DESIGN
    user = APPLICATION
