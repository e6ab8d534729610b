"""Patterns come to a database that is in use, each by one line of design.yaml, and go again."""

import pathlib
import tempfile

from harness import POSTGRES, on_engines, relata
from migration import url_of

DESIGN = """name: shop
patterns:
  ids: identity
  timestamps: false
entities:
  Customer:
    fields: {name: text required}
  Product:
    fields: {title: text required unique, price: "decimal(10, 2) required"}
  Language:  # a word of CREATE FUNCTION, too
    table: language
    fields: {name: text required}
  Order:
    table: orders
    fields: {placed_on: date}
relationships:
  - Customer 1 -- * Order
  - Order * -- * Product
"""
ROWS = """
INSERT INTO customers (name) VALUES ('Ann'), ('Bob');
INSERT INTO products (title, price) VALUES ('Tea', 4.50), ('Cup', 9);
INSERT INTO orders (customer_id, placed_on) VALUES (1, '2026-01-02'), (2, NULL), (1, NULL);
INSERT INTO order_products (order_id, product_id) VALUES (1, 1), (1, 2), (3, 2);
"""
LINES = ("tenancy: {root: Organization}", "audit: true", "soft_delete: true", "public_id: true")
ORDERS = ("SELECT o.id, c.name, p.title FROM orders o JOIN customers c ON c.id = o.customer_id LEFT "
          "JOIN order_products op ON op.order_id = o.id LEFT JOIN products p ON p.id = op.product_id "
          "ORDER BY 1, 2, 3")


def designs():
    """The design with none of the lines, with the first, with the first two ..."""
    text = DESIGN
    yield text
    for line in LINES:
        text = text.replace("  timestamps: false\n", f"  timestamps: false\n  {line}\n")
        yield text


@on_engines(*POSTGRES)
class Patterns:
    def test_each_line_carries_the_rows_there_and_back(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            files = []
            for number, text in enumerate(designs()):
                files.append(folder / f"design{number}.yaml")
                files[-1].write_text(text)
            database = self.server.new_database()
            database.load(relata("emit", "postgres", files[0]))
            database.load(ROWS)
            url = url_of(self, database)
            before = database.run(ORDERS)
            for number, design in enumerate(files[1:], 1):
                plan = folder / f"plan{number}"
                relata("migrate", "plan", url, design, "-o", plan, "--allow-loss")
                relata("migrate", "run", plan, "--db", url)
                self.assertEqual(relata("diff", url, design), "", LINES[number - 1])
                self.assertEqual(database.run(ORDERS), before, LINES[number - 1])
            self.assertEqual(len(database.run("SELECT DISTINCT organization_id FROM orders")), 1)
            self.assertEqual(len(database.run("SELECT DISTINCT public_id FROM orders")), 3)
            written = len(database.run("SELECT 1 FROM audit_log"))
            database.run("UPDATE customers SET name = name WHERE id = 2")
            self.assertEqual(len(database.run("SELECT 1 FROM audit_log")), written + 1)
            for number in range(len(LINES), 0, -1):
                relata("migrate", "undo", folder / f"plan{number}", "--db", url, "--all")
                self.assertEqual(relata("diff", url, files[number - 1]), "", LINES[number - 1])
                self.assertEqual(database.run(ORDERS), before, LINES[number - 1])
