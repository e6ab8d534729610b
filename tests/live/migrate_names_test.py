"""`relata migrate` gives constraints, indexes and sequences other names where they differ in nothing
else: nothing is built again, and no rule is without force meanwhile."""

import pathlib
import tempfile
import unittest

from harness import POSTGRES, on_engines, relata
from migration import url_of

PETS = """
CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE pets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE,
                   n serial, owner_id bigint REFERENCES owners, during tsrange,
                   CHECK (n > 0), EXCLUDE USING gist (during WITH &&));
CREATE INDEX pets_n_idx ON pets (n);
COMMENT ON INDEX pets_n_idx IS 'by number';
COMMENT ON CONSTRAINT pets_name_key ON pets IS 'one of a name';
ALTER TABLE pets REPLICA IDENTITY USING INDEX pets_name_key;
"""
ANIMALS = PETS.replace("pets", "animals")
NAMED = """
CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE pets (id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pet_key PRIMARY KEY,
                   label text NOT NULL CONSTRAINT pet_label UNIQUE,
                   n serial, owner_id bigint CONSTRAINT pet_owner REFERENCES owners, during tsrange,
                   CONSTRAINT pet_n CHECK (n > 0),
                   CONSTRAINT pet_during EXCLUDE USING gist (during WITH &&));
CREATE INDEX pet_by_n ON pets (n);
COMMENT ON INDEX pet_by_n IS 'by number';
COMMENT ON CONSTRAINT pet_label ON pets IS 'one of a name';
ALTER TABLE pets REPLICA IDENTITY USING INDEX pet_label;
"""
ROWS = "INSERT INTO owners VALUES (1); INSERT INTO pets (name, owner_id) VALUES ('Rex', 1), ('Tom', 1);"
# What a plan may not do: each would build anew, or leave the rows without a rule.
BUILDS = ("DROP CONSTRAINT", "CREATE INDEX", "CREATE UNIQUE INDEX", "ADD CONSTRAINT",
          "CREATE SEQUENCE")


@on_engines(*POSTGRES)
class Names:
    def lead(self, after, *flags):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(PETS)
            (folder / "after.sql").write_text(after)
            database = self.server.new_database()
            database.load(PETS + ROWS)
            url = url_of(self, database)
            relata("migrate", "plan", folder / "before.sql", folder / "after.sql", "-o",
                   folder / "plan", *flags)
            script = "".join(path.read_text() for path in sorted((folder / "plan").glob("*.up.sql")))
            self.assertEqual([words for words in BUILDS if words in script], [], script)
            files = "SELECT relfilenode FROM pg_index JOIN pg_class ON oid = indexrelid WHERE " \
                    "indrelid IN (SELECT oid FROM pg_class WHERE relname IN ('pets', 'animals')) " \
                    "ORDER BY 1"
            there = database.run(files)
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(relata("diff", url, folder / "after.sql"), "")
            relata("migrate", "undo", folder / "plan", "--db", url, "--all")
            self.assertEqual(relata("diff", url, folder / "before.sql"), "")
            self.assertEqual(database.run(files), there)
            self.assertEqual(database.run("INSERT INTO pets (name) VALUES ('Kit') RETURNING id, n"),
                             [["3", "3"]])

    def test_of_a_table_that_is_called_otherwise(self):
        self.lead(ANIMALS, "--rename", "pets=animals")

    def test_of_parts_alone(self):
        self.lead(NAMED, "--rename", "pets.name=label", "--brief")


if __name__ == "__main__":
    unittest.main()
