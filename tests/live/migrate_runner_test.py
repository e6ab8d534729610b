"""`relata migrate run` and `undo`: one at a time, taken up again wherever they were killed, and
patient with those who use the database meanwhile."""

import contextlib
import json
import os
import pathlib
import pty
import random
import subprocess
import tempfile
import time
import unittest

from harness import POSTGRES, RELATA, Session, on_engines
from migration import Run, action, backfill, kill_often, new_place, step, write_plan

# More of both: bench/migrations/killed.sh
ROWS = int(os.environ.get("RELATA_RUNNER_ROWS", "200000"))  # MariaDB takes longer for them
KILLS = int(os.environ.get("RELATA_RUNNER_KILLS", "20"))  # of runs; half as many of undos
FEW_ROWS = 20_000

# A table with one key, and one whose key has two columns and values that need quotes.
POSTGRES_SCHEMA = """
CREATE TABLE orders (id bigint PRIMARY KEY, amount integer NOT NULL);
INSERT INTO orders SELECT i, i % 1000 FROM generate_series(1, $ROWS$) i;
CREATE TABLE parts (owner text NOT NULL, number integer NOT NULL, size integer,
                    PRIMARY KEY (owner, number));
INSERT INTO parts SELECT 'o''\\' || i % 50, i, 1 FROM generate_series(1, 20000) i;
CREATE TABLE journal (entry text NOT NULL);
ANALYZE;
"""
CONCURRENTLY = "CREATE INDEX CONCURRENTLY orders_total ON orders (total)"
DROP_CONCURRENTLY = "DROP INDEX CONCURRENTLY IF EXISTS orders_total"
# Every row counts how often it was changed, so that nothing is done twice unseen.
POSTGRES_STEPS = [
    step("add total to orders",
         action("ALTER TABLE orders ADD COLUMN total bigint, ADD COLUMN touched integer DEFAULT 0"),
         action("ALTER TABLE orders DROP COLUMN total, DROP COLUMN touched")),
    step("note it", action("INSERT INTO journal VALUES ('noted')"), action("DELETE FROM journal")),
    step("fill total",
         backfill("orders", ["id"], "total = amount * 2, touched = touched + 1", "total IS NULL"),
         backfill("orders", ["id"], "total = NULL, touched = touched - 1", "total IS NOT NULL"),
         "backfill"),
    step("index total", action(CONCURRENTLY, transactional=False, cleanup=[DROP_CONCURRENTLY]),
         action(DROP_CONCURRENTLY, transactional=False)),
    step("grow parts", backfill("parts", ["owner", "number"], "size = size + 1", "size = 1"),
         backfill("parts", ["owner", "number"], "size = size - 1", "size = 2"), "backfill"),
    step("demand total",
         action("ALTER TABLE orders ADD CONSTRAINT total_there CHECK (total IS NOT NULL) NOT VALID"),
         action("ALTER TABLE orders DROP CONSTRAINT total_there"), "contract"),
    step("check total", action("ALTER TABLE orders VALIDATE CONSTRAINT total_there"), action(),
         "contract"),
]
MYSQL_SCHEMA = """
CREATE TABLE orders (id BIGINT PRIMARY KEY AUTO_INCREMENT, amount INT NOT NULL);
INSERT INTO orders SELECT seq, seq % 1000 FROM seq_1_to_$ROWS$;
CREATE TABLE parts (owner VARBINARY(20) NOT NULL, number INT NOT NULL, size INT,
                    PRIMARY KEY (owner, number));
INSERT INTO parts SELECT CONCAT(CHAR(255), 'o''\\\\', seq % 50), seq, 1 FROM seq_1_to_20000;
CREATE TABLE journal (entry TEXT NOT NULL);
"""
MYSQL_STEPS = [
    step("add total to orders",
         action("ALTER TABLE orders ADD COLUMN total BIGINT",
                "ALTER TABLE orders ADD COLUMN touched INT DEFAULT 0"),
         action("ALTER TABLE orders DROP COLUMN total", "ALTER TABLE orders DROP COLUMN touched")),
    step("note it", action("INSERT INTO journal VALUES ('noted')"), action("DELETE FROM journal")),
    step("fill total",
         backfill("orders", ["id"], "total = amount * 2, touched = touched + 1", "total IS NULL"),
         backfill("orders", ["id"], "total = NULL, touched = touched - 1", "total IS NOT NULL"),
         "backfill"),
    step("index total", action("CREATE INDEX orders_total ON orders (total)"),
         action("DROP INDEX orders_total ON orders")),
    step("grow parts", backfill("parts", ["owner", "number"], "size = size + 1", "size = 1"),
         backfill("parts", ["owner", "number"], "size = size - 1", "size = 2"), "backfill"),
    step("show orders", action("CREATE VIEW big AS SELECT id FROM orders WHERE total > 100"),
         action("DROP VIEW big"), "contract"),
]
SQLITE_SCHEMA = """
CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $ROWS$)
INSERT INTO orders SELECT i, i % 1000 FROM n;
CREATE TABLE parts (owner BLOB NOT NULL, number INTEGER NOT NULL, size INTEGER,
                    PRIMARY KEY (owner, number));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO parts SELECT 'o''\\' || i % 50, i, 1 FROM n;
CREATE TABLE journal (entry TEXT NOT NULL);
"""
SQLITE_STEPS = [
    step("add total to orders",
         action("ALTER TABLE orders ADD COLUMN total INTEGER",
                "ALTER TABLE orders ADD COLUMN touched INTEGER DEFAULT 0"),
         action("ALTER TABLE orders DROP COLUMN total", "ALTER TABLE orders DROP COLUMN touched")),
    *MYSQL_STEPS[1:3],
    step("index total", action("CREATE INDEX orders_total ON orders (total)"),
         action("DROP INDEX orders_total")),
    *MYSQL_STEPS[4:],
]
SCHEMAS = {"postgres": (POSTGRES_SCHEMA, POSTGRES_STEPS), "mysql": (MYSQL_SCHEMA, MYSQL_STEPS),
           "sqlite": (SQLITE_SCHEMA, SQLITE_STEPS)}


class Running:
    """A database in the schema, and the plan's folder."""

    rows = FEW_ROWS

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)
        self.database, self.url = new_place(self, self.folder)
        schema, self.steps = SCHEMAS[self.dialect]
        self.database.load(schema.replace("$ROWS$", str(self.rows)))
        self.plan = self.write(self.steps)

    def write(self, steps, name="plan"):
        return write_plan(self.folder / name, self.dialect, steps)

    def succeed(self, action_name, *more, plan=None):
        code, said = Run(action_name, plan or self.plan, self.url, *more).wait()
        self.assertEqual(code, 0, said)
        return said

    def fail_with(self, action_name, *more, plan=None, says=()):
        code, said = Run(action_name, plan or self.plan, self.url, *more).wait()
        self.assertEqual(code, 2, said)
        for words in [says] if isinstance(says, str) else says:
            self.assertIn(words, said)
        return said

    def status(self):
        return json.loads(self.succeed("status", "--json"))

    def at_end(self):
        """Everything was done, and once."""
        self.assertEqual(self.database.run("SELECT count(*), min(touched), max(touched), "
                                           "sum(total - amount * 2) FROM orders"),
                         [[str(self.rows), "1", "1", "0"]])
        self.assertEqual(self.database.run("SELECT count(*), min(size), max(size) FROM parts"),
                         [["20000", "2", "2"]])
        self.assertEqual(self.database.run("SELECT * FROM journal"), [["noted"]])
        self.assertEqual(self.status()["done"], len(self.steps))

    def at_start(self):
        self.assertEqual(self.database.run("SELECT count(*), sum(amount) FROM orders"),
                         [[str(self.rows), str(sum(i % 1000 for i in range(1, self.rows + 1)))]])
        self.assertEqual(self.database.run("SELECT count(*), min(size), max(size) FROM parts"),
                         [["20000", "1", "1"]])
        self.assertEqual(self.database.run("SELECT * FROM journal"), [])
        self.assertEqual(self.status()["done"], 0)
        columns = [row[0] for row in self.database.run(
            "SELECT name FROM pragma_table_info('orders')" if self.sqlite else
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'orders' AND "
            f"table_schema = {'current_schema()' if self.postgres else 'database()'}")]
        self.assertEqual(sorted(columns), ["amount", "id"])
        if self.postgres:
            self.assertEqual(self.database.run("SELECT indexrelid::regclass FROM pg_index WHERE "
                                               "indrelid = 'orders'::regclass"), [["orders_pkey"]])

    def kill_again_and_again(self, action_name, kills, longest):
        """The action, killed that often; it is taken back whenever it comes to its end."""
        more = ["--all"] if action_name == "undo" else []

        def ended():
            if action_name == "run":
                self.at_end()
                self.succeed("undo", "--all")
            else:
                self.at_start()
                self.succeed("run")

        kill_often(lambda: Run(action_name, self.plan, self.url, *more), ended,
                   random.Random(f"{self.engine} {action_name}"), kills, longest)
        self.succeed(action_name, *more)


@on_engines("postgres15", "mariadb", "sqlite")
class Killed(Running):
    def setUp(self):
        self.rows = ROWS // 4 if self.mysql else ROWS
        super().setUp()

    def test_a_run_that_is_killed_goes_on(self):
        began = time.monotonic()
        self.succeed("run")
        longest = (time.monotonic() - began) / 3
        self.at_end()
        self.succeed("undo", "--all")
        self.at_start()
        self.kill_again_and_again("run", KILLS, longest)
        self.at_end()
        self.kill_again_and_again("undo", KILLS // 2, longest)
        self.at_start()


@on_engines()
class Progress(Running):
    def test_it_stops_and_goes_back_where_it_is_told_to(self):
        self.succeed("run", "--until", "expand")
        self.assertEqual(self.status()["done"], 2)
        self.succeed("run", "--until", "3")
        self.assertEqual([s["state"] for s in self.status()["steps"]],
                         ["done"] * 3 + ["open"] * (len(self.steps) - 3))
        self.assertEqual(self.status()["steps"][2]["rows"], self.rows)
        self.assertIn("next is 4, index total", self.succeed("status"))
        self.succeed("undo", "--to", "1")
        self.assertEqual(self.status()["next"], 2)
        self.succeed("undo")
        self.at_start()
        self.fail_with("run", "--until", "later", says="backfill")
        self.fail_with("undo", "--to", "99", says="from 0 to")

    def test_status_changes_nothing(self):
        self.assertEqual(self.status()["done"], 0)
        find = {"postgres": "SELECT 1 FROM pg_namespace WHERE nspname = 'relata'",
                "mysql": "SELECT 1 FROM information_schema.tables WHERE table_schema = database() "
                         "AND table_name = 'relata_steps'",
                "sqlite": "SELECT 1 FROM sqlite_schema WHERE name = 'relata_steps'"}
        self.assertEqual(self.database.run(find[self.dialect]), [])

    def test_one_plan_follows_another_that_is_done(self):
        first = self.write(self.steps[:2], "first")
        other = [step("another note", action("INSERT INTO journal VALUES ('again')"),
                      action("DELETE FROM journal WHERE entry = 'again'"))]
        second = self.write(other, "second")
        self.succeed("run", "--until", "1", plan=first)
        said = self.fail_with("run", plan=second, says=["another plan", "add total to orders"])
        self.assertIn("1 of 2 steps", said)
        self.succeed("run", plan=first)
        self.succeed("run", plan=second)
        self.fail_with("undo", "--all", plan=first, says="another one")
        self.succeed("undo", "--all", plan=second)
        self.succeed("undo", "--all", plan=first)
        self.at_start()

    def test_a_step_that_fails_is_as_if_it_had_not_been_begun(self):
        bad = step("spoil it", action("INSERT INTO journal VALUES ('half')",
                                      "INSERT INTO nowhere VALUES (1)"), action())
        plan = self.write([self.steps[0], bad], "bad")
        self.fail_with("run", plan=plan, says=["could not spoil it", "step 2 of 2", "nowhere",
                                               "the statement was: INSERT INTO nowhere"])
        if not self.mysql:
            self.assertEqual(self.database.run("SELECT * FROM journal"), [])

    def test_a_change_that_never_ends_is_told(self):
        plan = self.write([step("fill it", backfill("orders", ["id"], "amount = amount",
                                                    "amount < 10"), action())], "endless")
        self.fail_with("run", plan=plan, says=["could not fill it", "amount < 10"])

    def test_a_bar_is_for_terminals(self):
        self.succeed("run", "--until", "2")
        said = self.succeed("run", "--until", "3")
        self.assertNotIn("\r", said)
        self.assertRegex(said, r"20,000 rows in [0-9.]+ s, [0-9,]+ a second")
        self.succeed("undo")
        ours, theirs = pty.openpty()
        run = subprocess.Popen([RELATA, "migrate", "run", str(self.plan), "--db", self.url,
                                "--until", "3"], stderr=theirs, env={**os.environ, "TERM": "xterm"})
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal is closed
            while more := os.read(ours, 10_000):
                shown += more
        os.close(ours)
        self.assertEqual(run.wait(60), 0, shown)
        self.assertRegex(shown.decode(), r"20,000 rows in [0-9.]+ s")
        self.assertRegex(shown, rb"\r\x1b\[K    \[#*\.*\] [0-9]+ % ")

    def test_a_plan_for_another_engine(self):
        plan = write_plan(self.folder / "other", "sqlite" if self.postgres else "postgres",
                          self.steps)
        self.fail_with("run", plan=plan, says="the plan is for")


@on_engines(*POSTGRES)
class Others(Running):
    """What others do meanwhile."""

    def test_two_at_once_do_not_mix(self):
        with Session(self.database) as other:
            other.run("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;")
            first = Run("run", self.plan, self.url)
            time.sleep(0.5)
            self.fail_with("run", says=["another migration is at work", "process", "since"])
            other.run("COMMIT;")
            code, said = first.wait()
        self.assertEqual(code, 0, said)
        self.assertIn("others are in the way", said)
        self.assertIn("the oldest transaction is of process", said)
        self.at_end()

    def slow_down(self):
        """Every change of an order takes a millisecond or more."""
        self.database.run("CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                          "PERFORM pg_sleep(0.001); RETURN NEW; END $$;"
                          "CREATE TRIGGER slow BEFORE UPDATE ON orders FOR EACH ROW EXECUTE "
                          "FUNCTION slowly()")

    def test_rows_that_come_in_meanwhile_are_done_too(self):
        self.database.run("DELETE FROM orders WHERE id > 2000")
        self.slow_down()
        self.succeed("run", "--until", "2")
        run = Run("run", self.plan, self.url, "--until", "3")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.database.value(
                "SELECT coalesce(max(rows_seen), 0) FROM relata.steps") == "0":
            time.sleep(0.02)
        self.database.run("INSERT INTO orders VALUES (-1, 7), (0, 8)")  # behind the walk
        code, said = run.wait()
        self.assertEqual(code, 0, said)
        self.assertIn("rows came in meanwhile", said)
        self.assertEqual(self.database.run("SELECT total FROM orders WHERE id < 1 ORDER BY id"),
                         [["14"], ["16"]])

    def test_a_key_with_nulls_loses_no_row(self):
        self.database.run("CREATE TABLE loose (a integer, b integer, done boolean, UNIQUE (a, b));"
                          "INSERT INTO loose SELECT nullif(i % 7, 0), nullif(i % 11, 0) + 11 * i "
                          "FROM generate_series(1, 3000) i")
        plan = self.write([step("fill loose", backfill("loose", ["a", "b"], "done = true",
                                                       "done IS NULL"), action())], "loose")
        self.succeed("run", plan=plan)
        self.assertEqual(self.database.value("SELECT count(*) FROM loose WHERE done"), "3000")

    def test_a_server_that_goes_away_is_told(self):
        self.slow_down()
        run = Run("run", self.plan, self.url)
        gone = []
        while not gone and run.process.poll() is None:
            time.sleep(0.05)
            gone = self.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                     "application_name = 'relata' AND datname = current_database() "
                                     "AND query LIKE 'UPDATE %orders%'")
        code, said = run.wait()
        self.assertEqual(code, 2, said)
        self.assertIn("was lost", said)
        self.assertIn("goes on where it was broken off", said)
        self.database.run("DROP TRIGGER slow ON orders")
        self.succeed("run")
        self.at_end()

    def test_an_index_that_cannot_be_unique_leaves_nothing(self):
        index = "CREATE UNIQUE INDEX CONCURRENTLY once ON orders (amount)"
        drop = "DROP INDEX CONCURRENTLY IF EXISTS once"
        plan = self.write([step("make it unique",
                                action(index, transactional=False, cleanup=[drop]),
                                action(drop, transactional=False))], "unique")
        self.fail_with("run", plan=plan, says=["could not make it unique", "duplicate"])
        self.assertEqual(self.database.run("SELECT 1 FROM pg_class WHERE relname = 'once'"), [])
        self.assertEqual(self.database.run("SELECT * FROM relata.steps"), [])
        self.database.run("DELETE FROM orders WHERE id > 1000")
        self.succeed("run", plan=plan)

    def test_without_rights(self):
        self.server.run("DO $$ BEGIN CREATE ROLE nobody_much LOGIN; EXCEPTION WHEN "
                        "duplicate_object THEN NULL; END $$")
        url = self.url.replace("postgres@", "nobody_much@")
        code, said = Run("run", self.plan, url).wait()
        self.assertEqual(code, 2, said)
        self.assertIn("cannot make the table relata.steps", said)
        code, said = Run("run", self.plan, self.url + "_not_there").wait()
        self.assertEqual(code, 2, said)
        self.assertIn("does not exist", said)


@on_engines("mariadb")
class Waiting(Running):
    rows = 50_000

    def test_it_waits_for_others_and_one_at_a_time(self):
        with Session(self.database) as other:
            other.run("START TRANSACTION; SELECT count(*) FROM orders;")
            first = Run("run", self.plan, self.url)
            time.sleep(0.5)
            self.fail_with("run", says=["another migration is at work", "connection"])
            other.run("COMMIT;")
            code, said = first.wait()
        self.assertEqual(code, 0, said)
        self.assertIn("others are in the way", said)
        self.at_end()

    def test_a_server_that_goes_away_is_told(self):
        run = Run("run", self.plan, self.url)
        gone = False
        while not gone and run.process.poll() is None:
            for connection, query in self.server.run("SELECT ID, INFO FROM "
                                                     "information_schema.PROCESSLIST WHERE DB = "
                                                     f"'{self.database.name}'"):
                if query and query.startswith("UPDATE orders"):
                    self.server.run(f"KILL {connection}")
                    gone = True
        code, said = run.wait()
        self.assertEqual(code, 2, said)
        self.assertIn("was lost", said)
        self.succeed("run")
        self.at_end()


if __name__ == "__main__":
    unittest.main()
