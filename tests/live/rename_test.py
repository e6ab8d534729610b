"""What Relata says a schema looks like after its server has renamed: the server itself agrees."""

import unittest

from harness import on_engines
from sources import Sources

# What each engine has before, the renames as --rename takes them, and as the server runs them.
RENAMES = ["orders=purchases", "orders.total=amount", "customers.id=customers.customer_no",
           "customers.name=full_name"]
STATEMENTS = ("ALTER TABLE orders RENAME COLUMN total TO amount;"
              "ALTER TABLE orders RENAME TO purchases;"
              "ALTER TABLE customers RENAME COLUMN id TO customer_no;"
              "ALTER TABLE customers RENAME COLUMN name TO full_name;")

POSTGRES = """
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
  total numeric DEFAULT 0, CONSTRAINT named CHECK (length(name) > 0), UNIQUE (name, id));
CREATE TABLE orders (
  id serial PRIMARY KEY,
  total numeric(10,2) NOT NULL CHECK (total >= 0),
  tax numeric(10,2) GENERATED ALWAYS AS (total * 0.2) STORED,
  customer_id bigint REFERENCES customers (id) ON DELETE SET NULL,
  during tsrange,
  state text CHECK (state IN ('new', 'sent') OR total IS NULL),
  EXCLUDE USING gist (during WITH &&) WHERE (total > 0)
);
CREATE INDEX big ON orders (total DESC, lower(state)) INCLUDE (customer_id) WHERE total > 100;
CREATE INDEX orders_total_idx ON orders ((total + tax));
CREATE TABLE lines (no int, order_id int REFERENCES orders (id));
COMMENT ON COLUMN orders.total IS 'with tax';
CREATE VIEW totals AS SELECT o.total, c.name, c.total AS customer_total FROM orders o
  JOIN customers c ON c.id = o.customer_id WHERE o.total > 0;
CREATE VIEW names AS SELECT name, id FROM customers WHERE EXISTS
  (SELECT 1 FROM orders WHERE customer_id = customers.id AND total > customers.total);
CREATE VIEW everything AS SELECT * FROM orders;
CREATE VIEW above AS SELECT total FROM totals;
CREATE VIEW both_kinds AS SELECT total FROM customers UNION ALL SELECT total FROM orders;
CREATE MATERIALIZED VIEW sums AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY 1;
CREATE INDEX sums_total ON sums (total);
CREATE VIEW open_orders AS WITH open AS (SELECT id, total FROM orders WHERE state = 'new')
  SELECT open.id, open.total::text FROM open;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total := 1; RETURN NEW; END $$;
CREATE TRIGGER watch BEFORE UPDATE OF total ON orders FOR EACH ROW
  WHEN (OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION f();
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM customers $$;
CREATE FUNCTION summed(c customers) RETURNS numeric LANGUAGE sql
  BEGIN ATOMIC SELECT sum(orders.total) FROM orders WHERE orders.customer_id = 1; END;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (total < 1000 AND EXISTS
  (SELECT 1 FROM customers WHERE id = orders.customer_id AND name = 'x'));
CREATE RULE kept AS ON DELETE TO orders DO ALSO INSERT INTO lines (no) VALUES (OLD.total);
CREATE TABLE parts (id int, total int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE STATISTICS together ON total, customer_id FROM orders;
GRANT SELECT (total), UPDATE ON orders TO PUBLIC;
CREATE TABLE heirs (extra text) INHERITS (orders);
"""
MARIADB = """
CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(100) NOT NULL, total decimal(10,2),
  UNIQUE KEY named (name), CHECK (length(name) > 0));
CREATE TABLE orders (
  id int PRIMARY KEY AUTO_INCREMENT,
  total decimal(10,2) NOT NULL DEFAULT 0 CHECK (total >= 0),
  tax decimal(10,2) AS (total * 0.2) STORED,
  customer_id bigint, at date,
  CONSTRAINT positive CHECK (total > tax),
  KEY big (total, customer_id),
  FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);
CREATE TABLE parts (id int, orders int) PARTITION BY RANGE (orders) (
  PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE VIEW totals AS SELECT total FROM parts, customers;
CREATE TRIGGER watch BEFORE INSERT ON orders FOR EACH ROW SET NEW.customer_id = 1;
CREATE PROCEDURE sums() SELECT total FROM orders;
"""
SQLITE = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, total NUMERIC,
  CHECK (length(name) > 0));
CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  total NUMERIC NOT NULL DEFAULT 0 CHECK (total >= 0),
  tax NUMERIC GENERATED ALWAYS AS (total * 0.2) VIRTUAL,
  customer_id INTEGER REFERENCES customers (id),
  state TEXT, CONSTRAINT positive CHECK (total > tax)
);
CREATE INDEX big ON orders (total DESC, lower(state)) WHERE total > 100;
CREATE TABLE lines (no INTEGER, order_id INTEGER REFERENCES orders);
CREATE VIEW totals AS SELECT o.total AS total, c.name AS name FROM orders o
  JOIN customers c ON c.id = o.customer_id WHERE o.total > 0;
CREATE VIEW names AS SELECT name FROM customers WHERE EXISTS
  (SELECT 1 FROM orders WHERE customer_id = customers.id AND orders.total > customers.total);
CREATE TRIGGER watch AFTER UPDATE OF total ON orders WHEN NEW.total > OLD.total BEGIN
  UPDATE customers SET total = NEW.total WHERE id = NEW.customer_id;
  INSERT INTO lines (no, order_id) SELECT total, id FROM orders WHERE id = NEW.id;
END;
"""
BEFORE = {"postgres": POSTGRES, "mysql": MARIADB, "sqlite": SQLITE}


@on_engines("postgres15", "mariadb", "sqlite")
class Renaming:
    def test_the_server_has_what_is_told(self):
        before = BEFORE[self.dialect]
        flags = [word for rename in RENAMES for word in ("--rename", rename)]
        with Sources(self) as sources:
            after = sources.database(before + STATEMENTS)
            for source in (sources.file(before), sources.database(before)):
                told = sources.changes(source, after, *flags)
                others = [change for change in told["changes"] if change["kind"] != "renamed"]
                self.assertEqual(others, [])
                self.assertEqual(len(told["changes"]), len(RENAMES))

    def test_what_is_renamed_can_be_guessed(self):
        before = BEFORE[self.dialect]
        with Sources(self) as sources:
            told = sources.changes(sources.file(before), sources.database(before + STATEMENTS))
            guessed = {guess["rename"] for guess in told["guesses"]}
            self.assertEqual(guessed, {
                "orders=purchases", "orders.total=purchases.amount",
                "customers.name=customers.full_name", "customers.id=customers.customer_no"})


if __name__ == "__main__":
    unittest.main()
