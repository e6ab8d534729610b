"""`relata migrate check` on MariaDB and SQLite: what a plan does is seen, and broken promises are told."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from harness import RELATA, on_engines, relata
from migration import action, step, write_plan

WORDS = {
    "mysql": {"number": "integer NOT NULL AUTO_INCREMENT PRIMARY KEY", "kind": "enum('cat', 'dog')",
              "moment": "datetime", "bytes": "varbinary(8)", "small": "tinyint"},
    "sqlite": {"number": "INTEGER PRIMARY KEY", "kind": "TEXT CHECK (kind IN ('cat', 'dog'))",
               "moment": "TEXT", "bytes": "BLOB", "small": "integer"}}
SIMPLE = """
CREATE TABLE owners (id {number}, name varchar(40) NOT NULL);
CREATE TABLE pets (id {number}, owner_id integer NOT NULL, name varchar(40) NOT NULL, weight integer,
                   mood varchar(10));
"""
AFTER = """
CREATE TABLE owners (id {number}, name varchar(40) NOT NULL, CONSTRAINT owners_name UNIQUE (name));
CREATE TABLE pets (id {number}, owner_id integer NOT NULL, name varchar(40) NOT NULL, weight integer,
                   born date, CONSTRAINT pets_owner FOREIGN KEY (owner_id) REFERENCES owners (id));
CREATE INDEX pets_weight ON pets (weight);
"""
# A tree, a junction, sets, bounds, patterns, lengths, moments, bytes, keys of several columns.
HARD = """
CREATE TABLE tenants (id {number}, code varchar(12) NOT NULL, CONSTRAINT tenants_code UNIQUE (code));
CREATE TABLE people (
  tenant_id integer NOT NULL, id integer NOT NULL, mail varchar(60) NOT NULL, kind {kind} NOT NULL,
  percent {small} NOT NULL, born date NOT NULL, seen {moment}, hash {bytes}, price decimal(8, 2) NOT NULL,
  PRIMARY KEY (tenant_id, id), CONSTRAINT people_mail UNIQUE (tenant_id, mail),
  CONSTRAINT people_mails CHECK (mail LIKE '%@%'), CONSTRAINT people_percent CHECK (percent BETWEEN 10 AND 100),
  CONSTRAINT people_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id));
CREATE TABLE parts (id {number}, parent_id integer, level real NOT NULL,
  CONSTRAINT parts_parent FOREIGN KEY (parent_id) REFERENCES parts (id));
CREATE TABLE watchers (part_id integer NOT NULL, tenant_id integer NOT NULL, person_id integer NOT NULL,
  PRIMARY KEY (part_id, tenant_id, person_id),
  CONSTRAINT watchers_part FOREIGN KEY (part_id) REFERENCES parts (id),
  CONSTRAINT watchers_person FOREIGN KEY (tenant_id, person_id) REFERENCES people (tenant_id, id));
"""


@on_engines("mariadb", "sqlite")
class CheckOn:
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.url = (f"sqlite:{self.folder / 'any'}" if self.sqlite
                    else f"mysql://root@127.0.0.1:{self.server.port}/mysql")
        self.words = WORDS[self.dialect]
        self.simple = SIMPLE.format(**self.words)

    def left_behind(self):
        if self.sqlite:
            return [path for path in self.folder.iterdir() if "relata_check" in path.name]
        return self.server.new_database().run("SHOW DATABASES LIKE 'relata\\_check%'")

    def check(self, folder, rows=3000):
        done = subprocess.run([RELATA, "migrate", "check", str(folder), "--db", self.url, "--rows",
                               str(rows), "--json"], text=True, capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(self.left_behind(), [])
        return done.returncode, json.loads(done.stdout)

    def plan(self, before, after, *more):
        for name, text in (("a", before), ("b", after)):
            (self.folder / f"{name}.sql").write_text(text)
        relata("migrate", "plan", self.folder / "a.sql", self.folder / "b.sql", "--from", self.dialect,
               "-o", self.folder / "plan", *more)
        return self.folder / "plan"

    def by_hand(self, *steps, start=None, target=None):
        folder = write_plan(self.folder / "plan", self.dialect, steps)
        (folder / "start.sql").write_text(start or self.simple)
        (folder / "target.sql").write_text(target or start or self.simple)
        return folder

    def act(self, *statements, **more):
        return action(*statements, **{"transactional": self.sqlite, **more})

    def breaks(self, folder, *words, rows=3000):
        code, found = self.check(folder, rows)
        self.assertEqual(code, 1, found)
        told = found["broken"] + [broken for one in found["steps"] for broken in one["broken"]]
        for word in words:
            self.assertTrue(any(word in sentence for sentence in told), told)
        return found

    def test_a_plan_that_keeps_its_promises(self):
        folder = self.plan(self.simple, AFTER.format(**self.words), "--park")
        code, found = self.check(folder, 5000)
        self.assertEqual(code, 0, found)
        self.assertEqual([(t["name"], t["rows"]) for t in found["tables"]],
                         [("owners", 5000), ("pets", 5000)])
        self.assertEqual(found["failed_client_statements"], 0)
        self.assertGreater(found["client_statements"], 100)
        self.assertEqual({one["direction"] for one in found["steps"]}, {"forward", "back"})
        self.assertEqual(found["notes"], [])
        text = relata("migrate", "check", folder, "--db", self.url, "--rows", "1000")
        self.assertIn("Every promise was kept", text)

    def test_what_is_hard_to_fill(self):
        hard = HARD.format(**self.words)
        nothing = step("do nothing to tenants, people, parts and watchers",
                       self.act("SELECT 1 AS tenants, 2 AS people, 3 AS parts, 4 AS watchers"),
                       self.act("SELECT 1"))
        code, found = self.check(self.by_hand(nothing, start=hard))
        self.assertEqual(code, 0, found)
        self.assertEqual([t for t in found["tables"] if "refused" in t], [])
        rows = {t["name"]: t["rows"] for t in found["tables"]}
        self.assertEqual({name for name in rows if rows[name] > 0},
                         {"tenants", "people", "parts", "watchers"})

    def test_a_table_that_is_written_anew_in_silence(self):
        more = SIMPLE.replace("weight integer", "weight bigint").format(**self.words)
        if self.sqlite:
            create = more.split(";")[1].replace("TABLE pets", "TABLE other").strip()
            home = self.simple.split(";")[1].replace("TABLE pets", "TABLE other").strip()
            swap = ("INSERT INTO other SELECT * FROM pets", "DROP TABLE pets",
                    "ALTER TABLE other RENAME TO pets")
            there, back = (create, *swap), (home, *swap)
        else:
            there = ["ALTER TABLE pets MODIFY weight bigint, ALGORITHM = COPY"]
            back = ["ALTER TABLE pets MODIFY weight integer, ALGORITHM = COPY"]
        self.breaks(self.by_hand(step("widen", self.act(*there), self.act(*back, rewrites=True,
                                                                          blocks="writes of pets")),
                                 target=more), "pets was written anew")

    def test_a_lock_that_is_not_announced(self):
        if self.sqlite:
            slow = self.act("SELECT count(*) FROM pets WHERE 1 = 0",
                            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                            "6000000) SELECT count(*) FROM n")
            rows = 1000
        else:
            slow = self.act("ALTER TABLE pets FORCE, ALGORITHM = COPY", lock="metadata")
            rows = 150_000
        found = self.breaks(self.by_hand(step("dawdle", slow, self.act("SELECT 1"))),
                            "held others up for", rows=rows)
        self.assertGreater(found["steps"][0]["longest_stall_milliseconds"], 200)

    def test_rows_that_are_lost_or_changed(self):
        lose = self.act("DELETE FROM pets WHERE id = 700")
        found = self.breaks(self.by_hand(step("lose one", lose, self.act("SELECT 1"))),
                            "rows and has", "after the undo")
        self.assertEqual({one["direction"] for one in found["steps"]}, {"forward", "back"})
        spoil = self.act("UPDATE owners SET name = 'nobody' WHERE id = 700")
        self.breaks(self.by_hand(step("spoil one", spoil, self.act("SELECT 1"))), "values in owners")

    def test_another_result_and_no_way_back(self):
        more = self.act("ALTER TABLE pets ADD COLUMN extra integer")
        self.breaks(self.by_hand(step("do more", more, self.act("SELECT 1"))),
                    "the schema differs after the run", "the schema differs after the undo")

    def test_clients_that_fail(self):
        away = self.act("ALTER TABLE pets RENAME TO animals")
        home = self.act("ALTER TABLE animals RENAME TO pets")
        wait = self.act("SELECT sleep(0.3)" if self.mysql else
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        "500000) SELECT count(*) FROM n")
        found = self.breaks(self.by_hand(step("rename", away, home), step("wait", wait, wait),
                                         step("rename back", home, away)), "statements of clients failed")
        self.assertTrue(any("pets" in message for message in found["failures"]), found["failures"])

    def test_a_step_that_cannot_be_done(self):
        self.breaks(self.by_hand(step("fail", self.act("SELECT * FROM nowhere"), self.act("SELECT 1"))),
                    "could not fail", "nowhere")

    def test_what_cannot_be_checked(self):
        folder = self.by_hand()
        url = "mysql://root@127.0.0.1/x" if self.sqlite else f"sqlite:{self.folder / 'any'}"
        done = subprocess.run([RELATA, "migrate", "check", str(folder), "--db", url], text=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
