"""Renames on the command line: asked for, told by a design, guessed; and how a plan is shown."""

import json
import unittest

from program import ProgramTest, relata

BEFORE = """CREATE TABLE orders (id int PRIMARY KEY, total numeric(10,2) CHECK (total > 0), note text);
CREATE TABLE customers (id int PRIMARY KEY, name text);
"""
AFTER = """CREATE TABLE purchases (id int, amount numeric(10,2), note text,
  CONSTRAINT orders_pkey PRIMARY KEY (id), CONSTRAINT orders_total_check CHECK (amount > 0));
CREATE TABLE customers (id int PRIMARY KEY, full_name text);
"""
DESIGN = """name: shop
patterns: {ids: identity, timestamps: false}
entities:
  Buyer:
    formerly: customers
    fields:
      full_name:
        type: text
        formerly: name
  Order:
    fields:
      total: integer
relationships:
  - Order *──0..1 Buyer (formerly customer_id)
"""


class RenamesTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("before.sql", BEFORE)
        self.write("after.sql", AFTER)

    def diff(self, *arguments):
        return relata("diff", *arguments, folder=self.folder)

    def test_what_is_asked_for_is_renamed(self):
        run = self.diff("before.sql", "after.sql", "--rename", "orders=purchases", "--rename",
                        "orders.total=amount", "--rename", "customers.name=customers.full_name")
        self.assertEqual(run.code, 1)
        self.assertEqual(run.out, "renamed table purchases from orders\n"
                                  "table purchases\n  renamed column amount from total\n"
                                  "table customers\n  renamed column full_name from name\n")
        self.assertEqual(run.err, "")

    def test_what_does_not_fit_is_refused(self):
        for rename in ("orders=sales", "sales=purchases", "orders", "orders=customers",
                       "customers.name=orders.name", "customers.age=full_name"):
            with self.subTest(rename):
                run = self.diff("before.sql", "after.sql", "--rename", rename)
                self.assertEqual((run.code, run.out), (2, ""))
                self.assertIn("orders.total=amount", run.err)

    def test_guesses_are_told_and_not_taken(self):
        run = self.diff("before.sql", "after.sql", "--json")
        told = json.loads(run.out)
        self.assertEqual([guess["rename"] for guess in told["guesses"]],
                         ["customers.name=customers.full_name", "orders=purchases",
                          "orders.total=purchases.amount"])
        self.assertNotIn("renamed", [change["kind"] for change in told["changes"]])
        self.assertIn("orders may be called purchases now: --rename orders=purchases\n", run.err)
        # What is told can be given back as it is.
        flags = [word for guess in told["guesses"] for word in ("--rename", guess["rename"])]
        again = json.loads(self.diff("before.sql", "after.sql", "--json", *flags).out)
        self.assertEqual({change["kind"] for change in again["changes"]}, {"renamed"})
        self.assertEqual(again["guesses"], [])

    def test_a_design_says_what_was_called_otherwise(self):
        self.write("design.yaml", DESIGN)
        former = DESIGN.replace("    formerly: customers\n", "").replace(
            "Buyer", "Customer").replace("      full_name:\n        type: text\n        formerly: "
                                         "name\n", "      name: text\n").replace(
            " (formerly customer_id)", "")
        self.write("former.yaml", former)
        changes = json.loads(self.diff("former.yaml", "design.yaml", "--json", "-d",
                                       "postgres").out)["changes"]
        renamed = [(change["before"], change["after"]) for change in changes
                   if change["kind"] == "renamed"]
        self.assertEqual(renamed, [("customers", "buyers"), ("name", "full_name"),
                                   ("customer_id", "buyer_id")])
        self.assertNotIn("table", [change["object"] for change in changes
                                   if change["kind"] in ("added", "removed")])
        self.assertNotIn("column", [change["object"] for change in changes
                                    if change["kind"] in ("added", "removed")])
        # Done: the lines say nothing more.
        self.assertEqual(self.diff("design.yaml", "design.yaml").code, 0)
        self.assertIn("formerly: customers", self.run_ok("emit", "design", "design.yaml").out)

    def test_a_plan_is_shown_as_a_table(self):
        out = self.run_ok("migrate", "plan", "before.sql", "after.sql", "-o", "plan",
                          "--allow-loss", "--rename", "orders=purchases", "--rows", "orders=10M",
                          "--rows", "customers=1.5k").out
        lines = out.splitlines()
        self.assertRegex(lines[0], r"^ +step +lock")
        self.assertIn("expand: while the old program runs", lines)
        self.assertRegex(lines[-1], r"^\d+ steps? \(")
        steps = json.loads(self.run_ok("migrate", "plan", "before.sql", "after.sql", "-o", "plan2",
                                       "--allow-loss", "--json").out)
        self.assertEqual([step["number"] for step in steps["steps"]],
                         list(range(1, len(steps["steps"]) + 1)))

    def test_a_plan_takes_the_place_of_another(self):
        plan = self.folder / "plan"

        def write(after):
            self.run_ok("migrate", "plan", "before.sql", after, "-o", "plan", "--allow-loss")
            return {path.name for path in plan.iterdir()}

        first = write("after.sql")
        self.assertIn("0002_contract.up.sql", first)
        (plan / "notes.txt").write_text("mine")
        (plan / "0009_other.up.sql").write_text("mine")
        second = write("before.sql")
        self.assertEqual(second, {"plan.json", "start.sql", "target.sql", "notes.txt",
                                  "0009_other.up.sql"})

    def test_sizes_that_say_nothing_are_refused(self):
        for rows in ("orders", "orders=many", "orders=-1", "orders=1T", "nothing=5", "=5"):
            with self.subTest(rows):
                run = relata("migrate", "plan", "before.sql", "after.sql", "-o", "plan", "--rows",
                             rows, folder=self.folder)
                self.assertEqual((run.code, run.out), (2, ""))
                self.assertFalse((self.folder / "plan").exists())


if __name__ == "__main__":
    unittest.main()
