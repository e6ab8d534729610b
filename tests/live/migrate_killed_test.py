"""Plans that relata makes itself, killed at random moments of their runs and undos: what is there in
the end is what would have been there anyway."""

import os
import pathlib
import random
import tempfile
import time
import unittest

from harness import on_engines, relata
from migration import Run, kill_often, new_place

KILLS = int(os.environ.get("RELATA_RUNNER_KILLS", "20"))
ROWS = int(os.environ.get("RELATA_RUNNER_ROWS", "20000"))

POSTGRES = ("""
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint NOT NULL, total integer NOT NULL,
                     note text, status state NOT NULL DEFAULT 'new', old_flag boolean);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        email text NOT NULL UNIQUE);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers,
                     total bigint NOT NULL CHECK (total >= 0), note text NOT NULL,
                     status state NOT NULL DEFAULT 'new', source text NOT NULL DEFAULT 'web');
CREATE INDEX orders_customer ON orders (customer_id);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
INSERT INTO customers (email) SELECT 'c' || i FROM generate_series(1, 1000) i;
INSERT INTO orders SELECT i, i % 1000 + 1, i * 7, 'n' || i, 'new', true
FROM generate_series(1, $ROWS$) i;
ANALYZE;
""")
MYSQL = ("""
CREATE TABLE customers (id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(40) NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint NOT NULL, total integer NOT NULL,
                     note varchar(40), old_flag tinyint, KEY orders_customer (customer_id));
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
CREATE TABLE customers (id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(40) NOT NULL,
                        UNIQUE KEY customers_email (email));
CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint NOT NULL, total bigint NOT NULL,
                     note varchar(60) NOT NULL, source varchar(10) NOT NULL DEFAULT 'web',
                     KEY orders_customer (customer_id), KEY orders_total (total),
                     CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
INSERT INTO customers (email) SELECT concat('c', seq) FROM seq_1_to_1000;
INSERT INTO orders SELECT seq, seq % 1000 + 1, seq * 7, concat('n', seq), 1 FROM seq_1_to_$ROWS$;
""")
SQLITE = ("""
CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total INTEGER NOT NULL,
                     note TEXT, old_flag INTEGER);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers,
                     total REAL NOT NULL CHECK (total >= 0), note TEXT NOT NULL,
                     source TEXT NOT NULL DEFAULT 'web');
CREATE INDEX orders_customer ON orders (customer_id);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
""", """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
INSERT INTO customers SELECT i, 'c' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $ROWS$)
INSERT INTO orders SELECT i, i % 1000 + 1, i * 7, 'n' || i, 1 FROM n;
""")
PAIRS = {"postgres": POSTGRES, "mysql": MYSQL, "sqlite": SQLITE}


@on_engines("postgres15", "mariadb", "sqlite")
class KilledPlans:
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        before, after, rows = PAIRS[self.dialect]
        (self.folder / "before.sql").write_text(before)
        (self.folder / "after.sql").write_text(after)
        self.database, self.url = new_place(self, self.folder)
        self.database.load(before + rows.replace("$ROWS$", str(ROWS)))
        relata("migrate", "plan", self.folder / "before.sql", self.folder / "after.sql",
               "--dialect", self.dialect, "--allow-loss", "-o", self.folder / "plan")

    def stands_at(self, file):
        """The schema is that of the file, and every row is there with its values."""
        self.assertEqual(relata("diff", self.url, self.folder / file, "--dialect", self.dialect), "")
        count = sum(range(1, ROWS + 1))
        rows = self.database.run("SELECT count(*), sum(id), sum(total), sum(customer_id), "
                                 "count(DISTINCT note) FROM orders")[0]
        self.assertEqual([float(value) for value in rows],
                         [ROWS, count, count * 7, sum(i % 1000 + 1 for i in range(1, ROWS + 1)),
                          ROWS])
        self.assertEqual(self.database.run("SELECT count(DISTINCT email) FROM customers"),
                         [["1000"]])

    def begin(self, name):
        return Run(name, self.folder / "plan", self.url, *(["--all"] if name == "undo" else []))

    def act(self, name):
        code, said = self.begin(name).wait()
        self.assertEqual(code, 0, said)

    def kill(self, name, there, back, kills, longest):
        """Kills the action that often; when it comes to its end, takes it back and goes on."""
        def ended():
            self.stands_at(there)
            self.act(back)

        kill_often(lambda: self.begin(name), ended, random.Random(f"{self.engine} {name}"), kills,
                   longest)
        self.act(name)
        self.stands_at(there)

    def test_runs_that_are_killed_come_to_the_same_end(self):
        began = time.monotonic()
        self.act("run")
        longest = max(0.1, (time.monotonic() - began) / 3)
        self.stands_at("after.sql")
        self.act("undo")
        self.stands_at("before.sql")
        self.kill("run", "after.sql", "undo", KILLS, longest)
        self.kill("undo", "before.sql", "run", KILLS // 2, longest)

    def test_who_is_killed_in_the_one_direction_can_go_in_the_other(self):
        dice = random.Random(f"{self.engine} turning")
        for turn in range(KILLS // 2):
            run = self.begin("run" if turn % 2 == 0 else "undo")
            run.kill_after(dice.uniform(0.05, 0.6))
        self.act("run")
        self.stands_at("after.sql")
        self.act("undo")
        self.stands_at("before.sql")


if __name__ == "__main__":
    unittest.main()
