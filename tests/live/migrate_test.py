"""`relata migrate`: a plan leads to the other schema, leaves nothing to do, and comes back."""

import pathlib
import tempfile
import unittest

import catalog
from harness import POSTGRES, RelataError, on_engines, relata

HEAD = """
CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id integer NOT NULL REFERENCES owners (id),
  name varchar(20) NOT NULL,
  weight integer
);
"""
# What is written behind HEAD before and after.
PAIRS = {
    "a column comes": ("", "ALTER TABLE pets ADD COLUMN born date DEFAULT '2000-01-01';"),
    "a type changes below a view": (
        "CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;",
        "ALTER TABLE pets ALTER COLUMN weight TYPE bigint;"
        "CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;"),
    "defaults, NULL and checks": (
        "ALTER TABLE pets ADD CONSTRAINT light CHECK (weight < 100);",
        "ALTER TABLE pets ALTER COLUMN weight SET DEFAULT 1, ALTER COLUMN name DROP NOT NULL;"
        "ALTER TABLE pets ADD CONSTRAINT light CHECK (weight < 200);"),
    "indexes and keys": (
        "CREATE INDEX pets_name ON pets (name);",
        "CREATE UNIQUE INDEX pets_name ON pets (lower(name)) INCLUDE (weight) WHERE weight > 0;"
        "ALTER TABLE owners ADD CONSTRAINT owners_name_key UNIQUE (name);"),
    "functions, triggers and comments": (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
        "COMMENT ON TABLE pets IS 'all of them';",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
        "CREATE TRIGGER t BEFORE UPDATE ON pets FOR EACH ROW EXECUTE FUNCTION f();"
        "COMMENT ON TABLE pets IS 'those that live';"),
    "policies": (
        "ALTER TABLE pets ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON pets USING (weight > 1);",
        "ALTER TABLE pets ENABLE ROW LEVEL SECURITY; ALTER TABLE pets FORCE ROW LEVEL SECURITY;"
        "CREATE POLICY p ON pets FOR SELECT USING (weight > 2);"),
    "types": (
        "CREATE TYPE size AS ENUM ('small'); CREATE DOMAIN kilos AS integer CHECK (VALUE > 0);",
        "CREATE TYPE size AS ENUM ('small', 'large');"
        "CREATE DOMAIN kilos AS integer DEFAULT 1 CHECK (VALUE >= 0);"
        "ALTER TABLE pets ADD COLUMN size size DEFAULT 'small';"),
    "tables come and go": (
        "CREATE TABLE toys (id integer PRIMARY KEY, pet_id bigint REFERENCES pets);",
        "CREATE TABLE vets (id integer PRIMARY KEY);"
        "ALTER TABLE pets ADD COLUMN vet_id integer REFERENCES vets;"),
}
ROWS = ("INSERT INTO owners (name) VALUES ('Ann'), ('Bob');"
        "INSERT INTO pets (owner_id, name, weight) VALUES (1, 'Rex', 12), (2, 'Tom', 4);")


@on_engines(*POSTGRES)
class Migrate:
    def catalog_of(self, database):
        """The columns of every table but relata's own, its indexes and keys."""
        return {
            "tables": {table: catalog.columns(database, "postgres", table)
                       for table in catalog.tables(database, "postgres")},
            "indexes": catalog.indexes(database, "postgres"),
            "keys": catalog.foreign_keys(database, "postgres"),
        }

    def rows_of(self, database):
        return database.run("SELECT p.id, o.name, p.name FROM pets p JOIN owners o ON "
                            "o.id = p.owner_id ORDER BY 1")

    def lead(self, title, before, after):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(HEAD + before)
            (folder / "after.sql").write_text(HEAD + after)
            database, target = self.server.new_database(), self.server.new_database()
            database.load(HEAD + before + ROWS)
            target.load(HEAD + after)
            start, rows = self.catalog_of(database), self.rows_of(database)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "--allow-loss",
                   "-o", folder / "plan")
            url = f"postgres://postgres@127.0.0.1:{self.server.port}/{database.name}"
            relata("migrate", "run", folder / "plan", "--db", url)
            relata("migrate", "run", folder / "plan", "--db", url)  # nothing is done twice
            self.assertEqual(self.catalog_of(database), self.catalog_of(target), title)
            self.assertEqual(relata("diff", url, folder / "after.sql"), "", title)
            self.assertEqual(self.rows_of(database), rows, title)
            relata("migrate", "undo", folder / "plan", "--db", url, "--all")
            self.assertEqual(self.catalog_of(database), start, title)
            self.assertEqual(relata("diff", url, folder / "before.sql"), "", title)
            self.assertEqual(self.rows_of(database), rows, title)

    def test_it_leads_there_and_back(self):
        for title, (before, after) in PAIRS.items():
            with self.subTest(title):
                self.lead(title, before, after)

    def test_data_is_not_lost_without_being_asked_for(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(HEAD)
            (folder / "after.sql").write_text(HEAD.replace("  weight integer\n", "")
                                              .replace("NOT NULL,\n)", "NOT NULL\n)"))
            with self.assertRaises(RelataError) as caught:
                relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                       folder / "plan")
            self.assertIn("weight", str(caught.exception))
            self.assertFalse((folder / "plan").exists())

    def test_a_step_that_fails_changes_nothing_and_can_be_run_again(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(HEAD)
            (folder / "after.sql").write_text(
                HEAD + "ALTER TABLE pets ADD CONSTRAINT light CHECK (weight < 10);")
            database = self.server.new_database()
            database.load(HEAD + ROWS)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                   folder / "plan")
            url = f"postgres://postgres@127.0.0.1:{self.server.port}/{database.name}"
            with self.assertRaises(RelataError) as caught:
                relata("migrate", "run", folder / "plan", "--db", url)
            self.assertIn("light", str(caught.exception))
            database.run("UPDATE pets SET weight = 9")
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(relata("diff", url, folder / "after.sql"), "")


if __name__ == "__main__":
    unittest.main()
