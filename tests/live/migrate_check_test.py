"""`relata migrate check`: a plan is tried on rows, under load, and every broken promise is told."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from harness import POSTGRES, RELATA, on_engines, relata
from migration import action, step, write_plan

# What is not easy to fill: keys of several columns that share a tenant, a tree, a circle that is
# not deferred, sets, bounds, patterns, lengths, a domain, an enumeration, exactly one of three,
# a junction, one row to one, partitions, generated columns and triggers that write.
HARD = """
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN kilos AS numeric(6, 2) CHECK (VALUE > 0 AND VALUE < 50);
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (
  tenant_id bigint NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  email text NOT NULL CHECK (email LIKE '%@%'), UNIQUE (tenant_id, email),
  PRIMARY KEY (tenant_id, id));
CREATE TABLE projects (
  tenant_id bigint NOT NULL REFERENCES tenants, id serial, parent_id integer, owner_id uuid NOT NULL,
  code char(6) NOT NULL CHECK (length(code) >= 3), PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES projects,
  FOREIGN KEY (tenant_id, owner_id) REFERENCES users);
CREATE TABLE tasks (
  id integer PRIMARY KEY, tenant_id bigint NOT NULL, project_id integer NOT NULL,
  assignee_id uuid, state text NOT NULL CHECK (state IN ('open', 'done')), mood mood NOT NULL,
  weight kilos NOT NULL, percent smallint NOT NULL CHECK (percent BETWEEN 10 AND 100),
  due date CHECK (due >= '2024-02-01'), tags text[] NOT NULL, extra jsonb NOT NULL,
  twice integer GENERATED ALWAYS AS (percent * 2) STORED, updated_at timestamptz,
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects,
  FOREIGN KEY (tenant_id, assignee_id) REFERENCES users);
CREATE TABLE details (task_id integer PRIMARY KEY REFERENCES tasks, note varchar(12) NOT NULL);
CREATE TABLE watchers (task_id integer REFERENCES tasks, tenant_id bigint, user_id uuid,
  PRIMARY KEY (task_id, user_id), FOREIGN KEY (tenant_id, user_id) REFERENCES users);
CREATE TABLE notes (id bigint PRIMARY KEY, task_id integer REFERENCES tasks, project_id integer,
  user_id uuid, text text NOT NULL,
  CONSTRAINT one_subject CHECK (num_nonnulls(task_id, project_id, user_id) = 1));
CREATE TABLE chickens (id integer PRIMARY KEY, egg_id integer NOT NULL);
CREATE TABLE eggs (id integer PRIMARY KEY, chicken_id integer NOT NULL REFERENCES chickens);
ALTER TABLE chickens ADD FOREIGN KEY (egg_id) REFERENCES eggs;
CREATE TABLE events (at timestamp NOT NULL, id bigint NOT NULL, PRIMARY KEY (at, id))
  PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE log (id bigserial PRIMARY KEY, task_id integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NEW.updated_at := clock_timestamp(); INSERT INTO log (task_id) VALUES (NEW.id); RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION touch();
"""
SIMPLE = """
CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                   owner_id integer NOT NULL, name varchar(40) NOT NULL, weight integer);
"""
AFTER = """
CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE pets (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                   owner_id integer NOT NULL REFERENCES owners, name varchar(40) NOT NULL,
                   weight integer NOT NULL CHECK (weight >= 0), born date);
CREATE INDEX pets_weight ON pets (weight);
"""
# Adds every foreign key once more, which reads all rows.
PROVE_KEYS = """DO $$ DECLARE k record; BEGIN
  FOR k IN SELECT conrelid::regclass AS t, conname, pg_get_constraintdef(oid) AS d
           FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', k.t, k.conname,
                   k.conname, k.d);
  END LOOP; END $$"""


@on_engines(*POSTGRES)
class Check:
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.url = f"postgres://postgres@127.0.0.1:{self.server.port}/postgres"

    def check(self, folder, rows=3000):
        """The exit code and what was found out."""
        done = subprocess.run([RELATA, "migrate", "check", str(folder), "--db", self.url, "--rows",
                               str(rows), "--json"], text=True, capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(self.server.run("SELECT datname FROM pg_database WHERE datname LIKE "
                                         "'relata_check%'"), [])
        return done.returncode, json.loads(done.stdout)

    def by_hand(self, *steps, start=SIMPLE, target=SIMPLE):
        folder = write_plan(self.folder / "plan", "postgres", steps)
        (folder / "start.sql").write_text(start)
        (folder / "target.sql").write_text(target)
        return folder

    def breaks(self, folder, *words):
        code, found = self.check(folder)
        self.assertEqual(code, 1, found)
        told = found["broken"] + [broken for one in found["steps"] for broken in one["broken"]]
        for word in words:
            self.assertTrue(any(word in sentence for sentence in told), told)
        return found

    def test_a_plan_that_keeps_its_promises(self):
        (self.folder / "a.sql").write_text(SIMPLE)
        (self.folder / "b.sql").write_text(AFTER)
        relata("migrate", "plan", self.folder / "a.sql", self.folder / "b.sql", "-o",
               self.folder / "plan", "--allow-loss")
        code, found = self.check(self.folder / "plan", 20_000)
        self.assertEqual(code, 0, found)
        self.assertEqual([(t["name"], t["rows"]) for t in found["tables"]],
                         [("owners", 20_000), ("pets", 20_000)])
        self.assertEqual(found["failed_client_statements"], 0)
        self.assertGreater(found["client_statements"], 100)
        self.assertEqual({one["direction"] for one in found["steps"]}, {"forward", "back"})
        locks = {(lock["table"], lock["mode"]) for one in found["steps"] for lock in one["locks"]}
        self.assertIn(("pets", "ACCESS EXCLUSIVE"), locks)
        self.assertTrue(any("pets" in one["scanned"] for one in found["steps"]))
        text = relata("migrate", "check", self.folder / "plan", "--db", self.url, "--rows", "1000")
        self.assertIn("Every promise was kept", text)
        self.assertIn("ACCESS EXCLUSIVE on pets", text)

    def test_what_is_hard_to_fill(self):
        folder = self.by_hand(step("prove the foreign keys", action(
            PROVE_KEYS, lock="ACCESS EXCLUSIVE", scans=True), action()), start=HARD, target=HARD)
        code, found = self.check(folder)
        self.assertEqual(code, 0, found)
        self.assertEqual([t for t in found["tables"] if "refused" in t], [])
        rows = {t["name"]: t["rows"] for t in found["tables"]}
        self.assertGreater(rows["tasks"], 0)
        self.assertGreater(rows["notes"], 0)
        self.assertGreater(rows["events"], 0)

    def test_a_lock_that_is_not_announced(self):
        slow = action("LOCK TABLE pets IN SHARE MODE", "SELECT pg_sleep(0.5)")
        found = self.breaks(self.by_hand(step("dawdle", slow, action())), "SHARE on pets was held")
        self.assertGreater(found["steps"][0]["longest_stall_milliseconds"], 300)

    def test_a_table_that_is_written_anew_in_silence(self):
        rewrite = action("ALTER TABLE pets ALTER COLUMN weight TYPE bigint",
                         lock="ACCESS EXCLUSIVE")
        back = action("ALTER TABLE pets ALTER COLUMN weight TYPE integer", lock="ACCESS EXCLUSIVE",
                      rewrites=True)
        self.breaks(self.by_hand(step("widen", rewrite, back),
                                 target=SIMPLE.replace("weight integer", "weight bigint")),
                    "pets was written anew")

    def test_rows_that_are_lost_or_changed(self):
        lose = action("DELETE FROM owners WHERE id = 700")
        found = self.breaks(self.by_hand(step("lose one", lose, action())),
                            "rows and has", "after the undo")
        self.assertEqual(found["failed_client_statements"], 0)
        spoil = action("UPDATE pets SET weight = weight + 1 WHERE id = 700")
        self.breaks(self.by_hand(step("spoil one", spoil, action())), "values in pets")

    def test_another_result_and_no_way_back(self):
        more = action("ALTER TABLE pets ADD COLUMN extra integer")
        self.breaks(self.by_hand(step("do more", more, action())), "the schema differs after the run",
                    "the schema differs after the undo")

    def test_clients_that_fail(self):
        away = action("ALTER TABLE pets RENAME TO animals")
        home = action("ALTER TABLE animals RENAME TO pets")
        wait = action("SELECT pg_sleep(0.2)")
        folder = self.by_hand(step("rename", away, home), step("wait", wait, action()),
                              step("rename back", home, away))
        found = self.breaks(folder, "statements of clients failed")
        self.assertTrue(any("pets" in message for message in found["failures"]))

    def test_a_step_that_cannot_be_done(self):
        self.breaks(self.by_hand(step("fail", action("SELECT 1 / 0"), action())),
                    "could not fail", "division by zero")

    def test_what_cannot_be_checked(self):
        folder = self.by_hand()
        (folder / "target.sql").unlink()
        for change, says in ((lambda: None, "target.sql"),
                             (lambda: write_plan(folder, "mysql", []), "start.sql|another engine")):
            change()
            done = subprocess.run([RELATA, "migrate", "check", str(folder), "--db", self.url],
                                  text=True, capture_output=True, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, says)
            (folder / "target.sql").write_text("")


if __name__ == "__main__":
    unittest.main()
