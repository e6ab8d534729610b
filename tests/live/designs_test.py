"""The designs of tests/designs on real engines: they load, with and without the conventions; on
PostgreSQL the catalog shows every foreign key indexed, and what the patterns promise holds."""

import os
import pathlib
import subprocess
import unittest

import servers

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESIGNS = sorted((ROOT / "tests" / "designs").glob("*.yaml"))
RELATA = os.environ.get("RELATA", str(ROOT / "build" / "dev" / "bin" / "relata"))
DIALECTS = {"sqlite": "sqlite", "mariadb": "mysql", "postgres15": "postgres",
            "postgres18": "postgres"}
# Foreign keys that no valid index without a predicate begins with, in any order of columns.
UNINDEXED = """
SELECT c.conname FROM pg_constraint AS c WHERE c.contype = 'f' AND NOT EXISTS (
  SELECT FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL AND i.indisvalid
    AND (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] OPERATOR(pg_catalog.@>) c.conkey)
"""


def ddl(name, kind, *flags):
    path = ROOT / "tests" / "designs" / f"{name}.yaml"
    done = subprocess.run([RELATA, "emit", DIALECTS[kind], str(path), *flags], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.stdout


class Loading(unittest.TestCase):
    def test_every_design_loads_on_every_engine(self):
        self.assertGreaterEqual(len(DESIGNS), 4)
        for kind in DIALECTS:
            for path in DESIGNS:
                for flags in ([], ["--bare"]):
                    with self.subTest(kind=kind, design=path.stem, flags=flags):
                        database = servers.start(kind).new_database()
                        database.load(ddl(path.stem, kind, *flags))
                        if kind.startswith("postgres"):
                            self.assertEqual(database.rows(UNINDEXED), [])


class Clinic(unittest.TestCase):
    """Exclusive arcs, subtypes, weak keys and history, on each engine."""

    def test_patterns(self):
        for kind in DIALECTS:
            with self.subTest(kind=kind):
                database = servers.start(kind).new_database()
                database.load(ddl("clinic", kind))
                self.exercise(database)

    def refused(self, database, sql):
        with self.assertRaises(servers.SqlError, msg=sql):
            database.run(sql)

    def exercise(self, database):
        database.run("INSERT INTO people (id, name, person_type) VALUES (1, 'Ann', 'doctor'),"
                     " (2, 'Bob', 'patient')")
        database.run("INSERT INTO doctors (id, license, rate) VALUES (1, 'L1', 10)")
        database.run("INSERT INTO patients (id) VALUES (2)")
        self.refused(database, "INSERT INTO patients (id) VALUES (99)")
        self.refused(database, "INSERT INTO people (name, person_type) VALUES ('C', 'plumber')")
        self.refused(database, "UPDATE doctors SET rate = -1")
        database.run("UPDATE doctors SET rate = 12 WHERE id = 1")
        periods = database.rows("SELECT rate, valid_to IS NULL FROM doctor_history"
                                " ORDER BY valid_from")
        self.assertEqual([float(rate) for rate, _ in periods], [10, 12])
        self.assertEqual([is_open in ("1", "t") for _, is_open in periods], [False, True])
        database.run("INSERT INTO buildings (id, code) VALUES (1, 'A'), (2, 'B')")
        database.run("INSERT INTO rooms (building_id, number) VALUES (1, 1), (2, 1)")
        self.refused(database, "INSERT INTO rooms (building_id, number) VALUES (1, 1)")
        database.run("INSERT INTO appointments (id, doctor_id, patient_id, starts_at)"
                     " VALUES (1, 1, 2, '2030-01-01 10:00:00')")
        database.run("INSERT INTO notes (appointment_id, body) VALUES (1, 'a')")
        database.run("INSERT INTO notes (patient_id, body) VALUES (2, 'p')")
        self.refused(database, "INSERT INTO notes (body) VALUES ('none')")
        self.refused(database, "INSERT INTO notes (appointment_id, patient_id, body)"
                               " VALUES (1, 2, 'both')")
        self.assertEqual(database.rows("SELECT action, count(*) FROM audit_log WHERE entity_type ="
                                       " 'doctor' GROUP BY action ORDER BY action"),
                         [["create", "1"], ["update", "1"]])
        self.refused(database, "DELETE FROM audit_log")
