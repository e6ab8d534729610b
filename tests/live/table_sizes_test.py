"""A plan from a live database goes by how large its tables are."""

import json
import pathlib
import tempfile
import unittest

from harness import on_engines, relata
from sources import Sources

TABLES = {
    "postgres": "CREATE TABLE small (id int PRIMARY KEY, a int);"
                "CREATE TABLE large (id int PRIMARY KEY, a int);"
                "CREATE SCHEMA shop; CREATE TABLE shop.empty (id int PRIMARY KEY, a int);",
    "mysql": "CREATE TABLE small (id int PRIMARY KEY, a int);"
             "CREATE TABLE large (id int PRIMARY KEY, a int);",
}
ROWS = {
    "postgres": "INSERT INTO {} SELECT i, i FROM generate_series(1, {}) i;",
    "mysql": "INSERT INTO {} SELECT seq, seq FROM seq_1_to_{};",
}
# What is done in one way to small tables and in another to large ones.
WANTED = {
    "postgres": TABLES["postgres"].replace("a int", "a int CHECK (a > 0)"),
    "mysql": TABLES["mysql"].replace("a int", "a bigint"),
}


@on_engines("postgres15", "mariadb")
class TableSizes:
    def steps(self, source, wanted, *flags):
        """The tables that are changed in more than one step."""
        with tempfile.TemporaryDirectory() as name:
            told = json.loads(relata("migrate", "plan", source, wanted, "--json", "-o",
                                     pathlib.Path(name) / "plan", "--from", self.dialect,
                                     "--allow-loss", *flags))
        return {table for table in ("small", "large", "empty")
                if sum(table in step["title"] for step in told["steps"]) > 1}

    def test_the_database_tells(self):
        with Sources(self) as sources:
            rows = ROWS[self.dialect]
            url = sources.database(TABLES[self.dialect] + rows.format("small", 200) +
                                   rows.format("large", 40000))
            wanted = sources.file(WANTED[self.dialect])
            self.assertEqual(self.steps(url, wanted), {"large"})
            self.assertEqual(self.steps(url, wanted, "--brief"), set())
            self.assertEqual(self.steps(url, wanted, "--rows", "small=2M", "--rows", "large=3k"),
                             {"small"})
            if self.postgres:  # of which nobody knows is large; on MySQL that needs triggers
                before = sources.file(TABLES[self.dialect])
                self.assertEqual(self.steps(before, wanted), {"small", "large", "empty"})

    def test_estimates_are_brought_up_to_date(self):
        with Sources(self) as sources:
            url = sources.database(TABLES[self.dialect])
            wanted = sources.file(WANTED[self.dialect])
            name = url.rsplit("/", 1)[1]
            self.server.run("ANALYZE" if self.postgres else f"ANALYZE TABLE {name}.large", name)
            self.server.run(ROWS[self.dialect].format("large", 40000), name)
            self.assertEqual(self.steps(url, wanted), {"large"})


if __name__ == "__main__":
    unittest.main()
