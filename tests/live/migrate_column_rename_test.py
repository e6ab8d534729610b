"""A column that gets another name beside its old one: what programs write meanwhile, under either
name or to other columns, costs no value on the way there nor back."""

import pathlib
import tempfile
import unittest

from harness import POSTGRES, on_engines, relata
from migration import url_of

BEFORE = "CREATE TABLE pets (id integer PRIMARY KEY, name text, n integer NOT NULL DEFAULT 0);\n"
AFTER = BEFORE.replace("name text", "label text")
ROWS = "INSERT INTO pets (id, name) SELECT g, 'pet ' || g FROM generate_series(1, 20) g;"


@on_engines(*POSTGRES)
class ColumnRename:
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "before.sql").write_text(BEFORE)
        (self.folder / "after.sql").write_text(AFTER)
        self.database = self.server.new_database()
        self.database.load(BEFORE + ROWS)
        relata("migrate", "plan", self.folder / "before.sql", self.folder / "after.sql",
               "--dialect", "postgres", "--rename", "pets.name=label", "-o", self.folder / "plan")

    def migrate(self, action, *flags):
        return relata("migrate", action, self.folder / "plan", "--db",
                      url_of(self, self.database), *flags)

    def names(self):
        return [row[0] for row in self.database.run(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'pets' AND "
            "column_name IN ('name', 'label')")]

    def write(self, place, names=None):
        """Another column of one row, and of two further rows the name, as it is called first and
        last."""
        self.database.run(f"UPDATE pets SET n = n + 1 WHERE id = {place}")
        names = names or self.names()
        for row, column in ((place + 7, names[0]), (place + 14, names[-1])):
            self.database.run(f"UPDATE pets SET {column} = 'new {row}' WHERE id = {row}")
            self.wanted[row] = f"new {row}"

    def test_what_is_written_on_the_way_back_is_kept(self):
        self.wanted = {place: f"pet {place}" for place in range(1, 21)}
        self.migrate("run")
        self.assertEqual(self.names(), ["label"])
        for place in range(5, -1, -1):
            self.migrate("undo", "--to", str(place))
            # Before the second step nothing looks at what is written under the new name.
            self.write(place + 1, ["name"] if place < 2 else None)
        self.assertEqual(self.names(), ["name"])
        held = {int(row[0]): row[1] for row in self.database.run("SELECT id, name FROM pets")}
        self.assertEqual(held, self.wanted)

    def test_what_is_written_on_the_way_there_is_kept(self):
        self.wanted = {place: f"pet {place}" for place in range(1, 21)}
        for place, until in enumerate(("expand", "backfill", "contract")):
            self.migrate("run", "--until", until)
            self.write(place + 1)
        self.assertEqual(self.names(), ["label"])
        held = {int(row[0]): row[1] for row in self.database.run("SELECT id, label FROM pets")}
        self.assertEqual(held, self.wanted)


if __name__ == "__main__":
    unittest.main()
