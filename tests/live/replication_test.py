"""`relata migrate run` on a server that others follow: rows are filled in no faster than they can."""

import pathlib
import tempfile
import time
import unittest

from harness import on_engines
from migration import Run, action, backfill, step, url_of, write_plan

LARGEST_LAG = 10  # seconds


@on_engines("postgres15")
class Replication:
    def lag(self):
        return float(self.server.run("SELECT coalesce(max(extract(epoch FROM replay_lag)), 0) FROM "
                                     "pg_stat_replication")[0][0])

    def until(self, holds):
        ends = time.monotonic() + 60
        while not holds():
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.2)

    def test_a_fill_waits_for_a_replica_that_is_behind(self):
        database = self.server.new_database()
        database.load("CREATE TABLE orders (id bigint PRIMARY KEY, amount integer, total integer);"
                      "INSERT INTO orders SELECT i, i FROM generate_series(1, 1000) i;")
        standby = self.server.standby()
        self.addCleanup(standby.stop)
        self.until(lambda: self.server.run("SELECT 1 FROM pg_stat_replication"))
        standby.run("SELECT pg_wal_replay_pause()")

        def is_behind():
            database.run("UPDATE orders SET amount = amount WHERE id = 1")
            return self.lag() > LARGEST_LAG

        self.until(is_behind)
        with tempfile.TemporaryDirectory() as name:
            plan = write_plan(pathlib.Path(name) / "plan", "postgres", [
                step("fill total", backfill("orders", ["id"], "total = amount", "total IS NULL"),
                     action())])
            run = Run("run", plan, url_of(self, database))
            self.until(lambda: self.server.run(
                "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_stat_replication%' AND state = "
                f"'idle' AND datname = '{database.name}'"))
            time.sleep(1.5)
            self.assertIsNone(run.process.poll())
            left = database.run("SELECT count(*) FROM orders WHERE total IS NULL")
            standby.run("SELECT pg_wal_replay_resume()")
            code, said = run.wait()
        self.assertEqual(code, 0, said)
        self.assertRegex(said, "a replica is 1[0-9] s behind: waiting for it")
        self.assertNotEqual(left, [["0"]])
        self.assertEqual(database.run("SELECT count(*) FROM orders WHERE total = amount"),
                         [["1000"]])


if __name__ == "__main__":
    unittest.main()
