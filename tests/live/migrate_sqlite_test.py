"""`relata migrate` on SQLite: tables that are rebuilt keep their rows, children, indexes, triggers and views."""

import pathlib
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

from harness import RELATA, RelataError, relata

HEAD = """
CREATE TABLE owners (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
CREATE TABLE pets (
  id INTEGER PRIMARY KEY,
  owner_id INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  weight INTEGER
);
CREATE TABLE log (what TEXT);
"""
EXTRAS = """
CREATE INDEX pets_name ON pets (name);
CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;
CREATE TRIGGER pets_gone AFTER DELETE ON pets BEGIN INSERT INTO log VALUES ('gone'); END;
CREATE TRIGGER owners_named AFTER UPDATE OF name ON owners BEGIN
  UPDATE pets SET name = name WHERE owner_id = NEW.id;
END;
"""
ROWS = """
INSERT INTO owners (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (9, 'Cid');
DELETE FROM owners WHERE id = 9;
INSERT INTO pets (id, owner_id, name, weight) VALUES (1, 1, 'Rex', 12), (5, 2, 'Tom', NULL);
INSERT INTO log (rowid, what) VALUES (7, 'seventh');
"""
OWNERS = "CREATE TABLE owners (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);"
CHECKED = OWNERS.replace("TEXT NOT NULL", "TEXT NOT NULL UNIQUE, CHECK (\"owners\".\"name\" <> '')")

# Title, what becomes of HEAD, what stands behind it before and after.
PAIRS = {
    "a column comes": ([], "", "ALTER TABLE pets ADD COLUMN born TEXT DEFAULT 'unknown';"),
    "a parent is rebuilt": ([("name TEXT NOT NULL);", "name VARCHAR(20) NOT NULL CHECK (name <> ''));")],
                            EXTRAS, EXTRAS),
    "a parent that says its own name": ([(OWNERS, CHECKED)], EXTRAS, EXTRAS),
    "a child is rebuilt": ([("ON DELETE CASCADE", "ON DELETE RESTRICT")], EXTRAS, EXTRAS),
    "an index, a view and a trigger change": (
        [], EXTRAS,
        EXTRAS.replace("(name);", "(name, weight);").replace("> 10", "> 20").replace("'gone'", "'left'")),
    "tables come and go": ([], "CREATE TABLE toys (id INTEGER PRIMARY KEY, pet INTEGER REFERENCES pets);",
                           "CREATE TABLE vets (name TEXT PRIMARY KEY) WITHOUT ROWID;"),
    "columns become computed": ([("weight INTEGER", "weight INTEGER, grams AS (weight * 1000) STORED")],
                                EXTRAS, EXTRAS),
    "a table becomes strict": ([("weight INTEGER\n)", "weight INTEGER\n) STRICT")], EXTRAS, EXTRAS),
    "a full text index changes": (
        [], "CREATE VIRTUAL TABLE texts USING fts5(title, body);"
            "INSERT INTO texts (rowid, title, body) VALUES (4, 'cats', 'purr');",
        "CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = 'porter');"),
}


def head(changes):
    text = HEAD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


class Folder(tempfile.TemporaryDirectory):
    """A folder with a database, and the schemas before and after."""

    def __enter__(self):
        self.path = pathlib.Path(super().__enter__())
        self.file = self.path / "live.db"
        self.url = f"sqlite:{self.file}"
        return self

    def start(self, before, after, rows=ROWS):
        (self.path / "before.sql").write_text(before)
        (self.path / "after.sql").write_text(after)
        self.run(before + rows)

    def run(self, sql):
        connection = sqlite3.connect(self.file, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(sql)
        connection.close()

    def query(self, sql):
        connection = sqlite3.connect(self.file, isolation_level=None)
        rows = connection.execute(sql).fetchall()
        connection.close()
        return rows

    def plan(self, *flags):
        return relata("migrate", "plan", self.path / "before.sql", self.path / "after.sql",
                      "--dialect", "sqlite", "-o", self.path / "plan", *flags)

    def migrate(self, action, *flags):
        return relata("migrate", action, self.path / "plan", "--db", self.url, *flags)

    def differs_from(self, name):
        return relata("diff", self.url, self.path / name, "--dialect", "sqlite")

    def objects(self):
        """Everything but relata's own table: its kind, name and table, and the columns of tables."""
        found = self.query("SELECT type, name, tbl_name FROM sqlite_schema "
                           "WHERE name NOT LIKE 'relata%' AND name NOT LIKE 'sqlite_%' ORDER BY 1, 2")
        return [(*row, self.query(f"PRAGMA table_xinfo(\"{row[1]}\")") if row[0] == "table" else None)
                for row in found]

    def rows(self):
        return {"owners": self.query("SELECT id, name FROM owners ORDER BY 1"),
                "pets": self.query("SELECT id, owner_id, name, weight FROM pets ORDER BY 1"),
                "log": self.query("SELECT rowid, what FROM log"),
                "count": self.query("SELECT seq FROM sqlite_sequence WHERE name = 'owners'"),
                "broken": self.query("PRAGMA foreign_key_check"),
                "whole": self.query("PRAGMA integrity_check")}


class MigrateSqlite(unittest.TestCase):
    maxDiff = None

    def test_it_leads_there_and_back(self):
        for title, (changes, before, after) in PAIRS.items():
            with self.subTest(title), Folder() as at:
                at.start(HEAD + before, head(changes) + after)
                start, rows = at.objects(), at.rows()
                at.plan("--allow-loss")
                at.migrate("run")
                at.migrate("run")  # nothing is done twice
                self.assertEqual(at.differs_from("after.sql"), "", title)
                self.assertEqual(at.rows(), rows, title)
                self.assertNotIn("open", at.migrate("status"))
                at.migrate("undo", "--all")
                self.assertEqual(at.objects(), start, title)
                self.assertEqual(at.differs_from("before.sql"), "", title)
                self.assertEqual(at.rows(), rows, title)

    def test_what_a_full_text_index_holds_stays(self):
        with Folder() as at:
            _, before, after = PAIRS["a full text index changes"]
            at.start(HEAD + before, HEAD + after)
            at.plan()
            at.migrate("run")
            self.assertEqual(at.query("SELECT rowid, title FROM texts WHERE texts MATCH 'cat'"),
                             [(4, "cats")])

    def test_values_stay_as_they_are(self):
        with Folder() as at:
            values = "(1), ('007'), (1.5), (0.1 + 0.2), (x'00ff'), (NULL), ('word'), (9007199254740993)"
            at.start("CREATE TABLE v (a NUMERIC);", "CREATE TABLE v (a TEXT);",
                     f"INSERT INTO v (a) VALUES {values};")
            before = at.query("SELECT rowid, typeof(a), a FROM v")
            at.plan()
            at.migrate("run")
            self.assertEqual(at.query("SELECT DISTINCT typeof(a) FROM v ORDER BY 1"),
                             [("blob",), ("null",), ("text",)])
            at.migrate("undo", "--all")
            self.assertEqual(at.query("SELECT rowid, typeof(a), a FROM v"), before)

    def test_a_value_that_would_become_another_stops_the_step(self):
        with Folder() as at:
            at.start("CREATE TABLE v (a TEXT);", "CREATE TABLE v (a INTEGER);",
                     "INSERT INTO v VALUES ('12'), ('007');")
            at.plan()
            with self.assertRaises(RelataError) as caught:
                at.migrate("run")
            self.assertIn("v.a", str(caught.exception))
            self.assertEqual(at.differs_from("before.sql"), "")
            at.run("UPDATE v SET a = '7' WHERE a = '007'")
            at.migrate("run")
            self.assertEqual(at.query("SELECT a FROM v"), [(12,), (7,)])

    def test_a_column_becomes_required(self):
        required = HEAD.replace("weight INTEGER", "weight INTEGER NOT NULL")
        with Folder() as at:
            at.start(HEAD, required)
            at.plan()
            with self.assertRaises(RelataError) as caught:
                at.migrate("run")
            self.assertRegex(str(caught.exception), r"pets\.weight")
            self.assertEqual(at.differs_from("before.sql"), "")
        with Folder() as at:
            at.start(HEAD, required.replace("weight INTEGER NOT NULL",
                                            "weight INTEGER NOT NULL DEFAULT -1"))
            at.plan()
            at.migrate("run")
            self.assertEqual(at.query("SELECT weight FROM pets ORDER BY id"), [(12,), (-1,)])

    def test_a_required_column_without_a_default_needs_an_empty_table(self):
        with Folder() as at:
            at.start(HEAD, HEAD.replace("weight INTEGER", "weight INTEGER, born TEXT NOT NULL"))
            at.plan()
            with self.assertRaises(RelataError) as caught:
                at.migrate("run")
            self.assertRegex(str(caught.exception), "born.*pets")
            at.run("DELETE FROM pets")
            at.migrate("run")
            self.assertEqual(at.differs_from("after.sql"), "")

    def test_a_row_without_its_parent_stops_a_new_key(self):
        with Folder() as at:
            at.start(HEAD + "CREATE TABLE toys (pet INTEGER);",
                     HEAD + "CREATE TABLE toys (pet INTEGER REFERENCES pets (id));",
                     ROWS + "INSERT INTO toys VALUES (1), (99);")
            at.plan()
            with self.assertRaises(RelataError) as caught:
                at.migrate("run")
            self.assertIn("rows of toys refer to rows that are not there", str(caught.exception))
            self.assertEqual(at.query("SELECT pet FROM toys"), [(1,), (99,)])
            at.run("DELETE FROM toys WHERE pet = 99")
            at.migrate("run")
            self.assertEqual(at.differs_from("after.sql"), "")

    def test_data_is_not_lost_without_being_asked_for(self):
        for after in (HEAD.replace("CREATE TABLE log (what TEXT);", ""),
                      HEAD.replace(",\n  weight INTEGER", "")):
            with self.subTest(after), Folder() as at:
                at.start(HEAD, after)
                with self.assertRaises(RelataError) as caught:
                    at.plan()
                self.assertIn("--allow-loss", str(caught.exception))
                self.assertFalse((at.path / "plan").exists())

    def test_a_required_column_that_was_dropped_comes_back_filled(self):
        with Folder() as at:
            at.start(HEAD, HEAD.replace("  name TEXT NOT NULL,\n", ""))
            at.plan("--allow-loss")
            at.migrate("run")
            at.migrate("undo", "--all")
            self.assertEqual(at.differs_from("before.sql"), "")
            self.assertEqual(at.query("SELECT id, name FROM pets"), [(1, ""), (5, "")])

    def test_the_sql_files_are_safe_in_other_hands(self):
        with Folder() as at:
            at.start(*(head(change) for change in ([], PAIRS["a parent is rebuilt"][0])))
            at.plan()
            script = "".join(path.read_text() for path in (at.path / "plan").glob("*.up.sql"))
            statements = script.replace("PRAGMA foreign_keys = OFF;", "")
            with self.assertRaises(sqlite3.IntegrityError) as caught:
                at.run("BEGIN;" + statements.replace("BEGIN;", "").replace("COMMIT;", ""))
            self.assertIn("foreign keys must be off", str(caught.exception))
            self.assertEqual(len(at.query("SELECT * FROM pets")), 2)

    def test_it_is_killed_and_goes_on(self):
        count = 200_000
        with Folder() as at:
            names = [f"t{number}" for number in range(4)]
            tables = [f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);\n" for name in names]
            at.start("".join(tables), "".join(table.replace("b INTEGER", "b INTEGER CHECK (b > 0)")
                                              for table in tables), "")
            at.run("".join(f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
                           f"INSERT INTO {name} SELECT i, 'row ' || i, i FROM n;" for name in names))
            sums = [at.query(f"SELECT count(*), sum(id), sum(b), count(DISTINCT a) FROM {name}")
                    for name in names]
            at.plan()
            killed = 0
            for attempt in range(12):
                run = subprocess.Popen([RELATA, "migrate", "run", at.path / "plan", "--db", at.url],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(0.03 + attempt * 0.04)
                run.send_signal(signal.SIGKILL)
                killed += run.wait() != 0
            self.assertGreater(killed, 2)
            at.migrate("run")
            self.assertEqual(at.differs_from("after.sql"), "")
            self.assertEqual([at.query(f"SELECT count(*), sum(id), sum(b), count(DISTINCT a) FROM {name}")
                              for name in names], sums)
            self.assertEqual(at.query("SELECT name FROM sqlite_schema WHERE name LIKE 'relata_new%'"), [])
            at.migrate("undo", "--all")
            self.assertEqual(at.differs_from("before.sql"), "")
            self.assertEqual([at.query(f"SELECT count(*), sum(id), sum(b), count(DISTINCT a) FROM {name}")
                              for name in names], sums)


if __name__ == "__main__":
    unittest.main()
