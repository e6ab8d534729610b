"""`relata migrate` on partitioned tables: their indexes and keys, tables that join and leave."""

import json
import pathlib
import tempfile
import time
import unittest

from harness import POSTGRES, Session, on_engines, relata
from migration import Run, url_of

WHOLE = ("CREATE TABLE sales (id integer NOT NULL, day integer NOT NULL, note text) "
         "PARTITION BY RANGE (day);")
ONE = "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM (0) TO (10);"
TWO = "CREATE TABLE sales_2 PARTITION OF sales FOR VALUES FROM (10) TO (20);"
ALONE = "CREATE TABLE sales_1 (id integer NOT NULL, day integer NOT NULL, note text);"
HEAD = WHOLE + ONE + TWO
KEY = "ALTER TABLE sales ADD CONSTRAINT sales_pkey PRIMARY KEY (id, day);"
NOTES = "CREATE INDEX sales_note ON sales (note);"
RICH = ("CREATE TABLE shops (id integer PRIMARY KEY);"
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TABLE sales (id integer NOT NULL, day integer NOT NULL, note text DEFAULT 'none' "
        "CHECK (note <> ''), shop integer REFERENCES shops, twice integer GENERATED ALWAYS AS "
        "(day * 2) STORED, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);"
        "CREATE TRIGGER touched BEFORE UPDATE ON sales FOR EACH ROW EXECUTE FUNCTION touch();"
        "COMMENT ON COLUMN sales.note IS 'what was said';" + NOTES)
OWN = ("ALTER TABLE sales_2 ALTER COLUMN note SET DEFAULT 'two', ADD CHECK (id > 0);"
       "CREATE INDEX mine ON sales_2 (shop); ALTER TABLE sales_2 ENABLE ROW LEVEL SECURITY;"
       "COMMENT ON TABLE sales_2 IS 'the second';")
PAIRS = {
    "an index comes": (HEAD, HEAD + NOTES),
    "an index whose parts have names of their own": (
        HEAD, HEAD + "CREATE INDEX sales_note ON ONLY sales (note); CREATE INDEX a ON sales_1 (note);"
        "CREATE INDEX b ON sales_2 (note); ALTER INDEX sales_note ATTACH PARTITION a;"
        "ALTER INDEX sales_note ATTACH PARTITION b;"),
    "a partition's index is adopted": (
        HEAD + "CREATE INDEX mine ON sales_1 (note);",
        HEAD + "CREATE INDEX mine ON sales_1 (note);" + NOTES),
    "an index becomes another": (HEAD + NOTES, HEAD + "CREATE INDEX sales_note ON sales (note, id);"),
    "an index becomes one partition's": (
        HEAD + NOTES, HEAD + "CREATE INDEX sales_1_note_idx ON sales_1 (note);"),
    "an index that not every partition has is completed": (
        HEAD + "CREATE INDEX sales_note ON ONLY sales (note); CREATE INDEX a ON sales_1 (note);"
        "ALTER INDEX sales_note ATTACH PARTITION a; CREATE INDEX b ON sales_2 (note);",
        HEAD + "CREATE INDEX sales_note ON ONLY sales (note); CREATE INDEX a ON sales_1 (note);"
        "ALTER INDEX sales_note ATTACH PARTITION a; CREATE INDEX b ON sales_2 (note);"
        "ALTER INDEX sales_note ATTACH PARTITION b;"),
    "a part is called otherwise": (
        HEAD + NOTES, HEAD + NOTES + "ALTER INDEX sales_1_note_idx RENAME TO other;"),
    "keys come": (HEAD, HEAD + KEY + "ALTER TABLE sales ADD UNIQUE (day, note);"),
    "a partition's key is adopted": (
        HEAD + "ALTER TABLE sales_1 ADD CONSTRAINT own PRIMARY KEY (id, day);",
        HEAD + "ALTER TABLE sales_1 ADD CONSTRAINT own PRIMARY KEY (id, day);" + KEY),
    "a unique index stands on a partition's key": (
        HEAD + "ALTER TABLE sales_1 ADD CONSTRAINT own PRIMARY KEY (id, day);",
        HEAD + "ALTER TABLE sales_1 ADD CONSTRAINT own PRIMARY KEY (id, day);"
        "CREATE UNIQUE INDEX sales_id ON sales (id, day);"),
    "a key becomes another": (
        HEAD + KEY, HEAD + "ALTER TABLE sales ADD CONSTRAINT sales_pkey PRIMARY KEY (day, id);"),
    "partitions of partitions": (
        WHOLE + ONE.replace(";", " PARTITION BY LIST (id);")
        + "CREATE TABLE sales_1a PARTITION OF sales_1 FOR VALUES IN (1);",
        WHOLE + ONE.replace(";", " PARTITION BY LIST (id);")
        + "CREATE TABLE sales_1a PARTITION OF sales_1 FOR VALUES IN (1);" + NOTES + KEY),
    "a table becomes a partition": (WHOLE + NOTES + KEY + ALONE, WHOLE + NOTES + KEY + ONE),
    "a partition takes other rows": (HEAD + KEY, HEAD.replace("TO (20)", "TO (30)") + KEY),
    "a partition goes": (HEAD + NOTES + KEY, WHOLE + ONE + NOTES + KEY),
    "a partition comes with an index": (WHOLE + ONE, HEAD + NOTES + KEY),
    "a partition comes with things of its own": (RICH + ONE, RICH + ONE + TWO + OWN),
    "a partition goes with things of its own": (RICH + ONE + TWO + OWN, RICH + ONE),
    "a partition comes beside the one for all others": (
        RICH + ONE + "CREATE TABLE sales_rest PARTITION OF sales DEFAULT;",
        RICH + ONE + "CREATE TABLE sales_rest PARTITION OF sales DEFAULT;" + TWO),
    "the partition for all others comes": (
        RICH + ONE, RICH + ONE + "CREATE TABLE sales_rest PARTITION OF sales DEFAULT;"),
    "a partition comes with partitions": (
        RICH + ONE, RICH + ONE + TWO.replace(";", " PARTITION BY LIST (id);")
        + "CREATE TABLE sales_2a PARTITION OF sales_2 FOR VALUES IN (1);"),
    "a partition comes while the whole changes": (
        RICH + ONE, RICH + ONE + TWO + "ALTER TABLE sales ADD COLUMN sum integer DEFAULT 3, "
        "DROP COLUMN twice, ALTER COLUMN note SET NOT NULL;"),
    "a partition goes while the whole changes": (
        RICH + ONE + TWO, RICH + ONE + "ALTER TABLE sales ADD COLUMN sum integer DEFAULT 3;"),
    "a partition with partitions goes": (
        RICH + ONE + TWO.replace(";", " PARTITION BY LIST (id);")
        + "CREATE TABLE sales_2a PARTITION OF sales_2 FOR VALUES IN (1);", RICH + ONE),
    "columns change under an index": (
        HEAD + NOTES + KEY,
        HEAD + "ALTER TABLE sales ADD COLUMN sum integer DEFAULT 3, ALTER COLUMN id TYPE bigint;"
        + NOTES + KEY + "CREATE INDEX ON sales (sum);"),
}
STATE = """
SELECT c.relname, t.relname, i.indisvalid, p.relname, pg_get_expr(t.relpartbound, t.oid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
LEFT JOIN pg_inherits h ON h.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = h.inhparent
WHERE t.relname LIKE 'sales%' ORDER BY 1"""
ROWS = "INSERT INTO sales (id, day, note) VALUES (1, 1, 'a'), (1, 2, 'b');"


@on_engines(*POSTGRES)
class MigratePartition:
    def lead(self, title, before, after):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(before)
            (folder / "after.sql").write_text(after)
            database, target = self.server.new_database(), self.server.new_database()
            rows = ROWS.replace("sales", "sales_1") if ALONE in before else ROWS
            database.load(before + rows)
            target.load(after)
            start = database.run(STATE)
            url = url_of(self, database)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "--allow-loss",
                   "-o", folder / "plan")
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(database.run(STATE), target.run(STATE), title)
            self.assertEqual(relata("diff", url, folder / "after.sql"), "", title)
            self.assertEqual(database.run("SELECT count(*) FROM sales_1")[0][0], "2", title)
            relata("migrate", "undo", folder / "plan", "--db", url, "--all")
            self.assertEqual(database.run(STATE), start, title)
            self.assertEqual(relata("diff", url, folder / "before.sql"), "", title)
            self.assertEqual(database.run("SELECT count(*) FROM sales_1")[0][0], "2", title)

    def test_it_leads_there_and_back(self):
        for title, (before, after) in PAIRS.items():
            with self.subTest(title):
                self.lead(title, before, after)

    def test_indexes_of_large_partitions_are_built_beside_the_writers(self):
        """Nothing that reads a table is in a step that keeps writers out."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(HEAD)
            (folder / "after.sql").write_text(HEAD + NOTES + KEY)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                   folder / "plan")
            steps = json.loads((folder / "plan" / "plan.json").read_text())["steps"]
            built = [statement for step in steps for statement in step["forward"]["statements"]
                     if "CONCURRENTLY" in statement]
            self.assertEqual(len(built), 4, built)
            for step in steps:
                if step["forward"].get("scans"):
                    self.assertFalse(step["forward"]["transactional"], step)

    def test_the_partition_for_all_others_is_said_to_be_read_and_locked(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            rest = "CREATE TABLE sales_rest PARTITION OF sales DEFAULT;"
            (folder / "before.sql").write_text(RICH + ONE + rest)
            (folder / "after.sql").write_text(RICH + ONE + rest + TWO)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                   folder / "plan")
            steps = json.loads((folder / "plan" / "plan.json").read_text())["steps"]
            attaching = [step["forward"] for step in steps
                         if "ATTACH PARTITION" in str(step["forward"]["statements"])]
            self.assertEqual([(one["blocks"], one["scans"]) for one in attaching],
                             [("reads and writes of sales_rest", True)])

    def test_who_reads_the_whole_is_not_held_up_by_new_partitions(self):
        """Nor holds up: a report that reads it for an hour does not keep the plan from running."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(RICH + ONE)
            (folder / "after.sql").write_text(RICH + ONE + TWO + OWN)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                   folder / "plan")
            database = self.server.new_database()
            database.load(RICH + ONE + ROWS)
            url = url_of(self, database)
            with Session(database) as report:
                report.run("BEGIN; SELECT * FROM sales;")
                relata("migrate", "run", folder / "plan", "--db", url)
                self.assertEqual(relata("diff", url, folder / "after.sql"), "")
                undo = Run("undo", folder / "plan", url, "--all")
                self.wait_for(database, "SELECT inhdetachpending FROM pg_inherits "
                                        "WHERE inhrelid = 'sales_2'::regclass")
                with Session(database) as writer:  # is not held up by the undo that waits
                    writer.run("SET lock_timeout = '100ms';")
                    said = writer.run("INSERT INTO sales (id, day) VALUES (7, 7);")
                self.assertEqual(said, "")
                undo.kill_after(0)
                database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                             "WHERE query LIKE '%CONCURRENTLY%' AND pid <> pg_backend_pid()")
                report.run("COMMIT;")
            relata("migrate", "undo", folder / "plan", "--db", url, "--all")
            self.assertEqual(relata("diff", url, folder / "before.sql"), "")
            self.assertEqual(database.run("SELECT count(*) FROM sales")[0][0], "3")

    def wait_for(self, database, question):
        for _ in range(100):
            if database.run(question) == [["t"]]:
                return
            time.sleep(0.1)
        self.fail(f"never true: {question}")


if __name__ == "__main__":
    unittest.main()
