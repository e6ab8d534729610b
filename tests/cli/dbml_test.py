"""What Relata writes in DBML is taken by the parser of @dbml/core, where RELATA_NODE_MODULES has
it, and reads back as the schema that it was written from, in all that DBML says."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from program import ROOT, relata

MODULES = os.environ.get("RELATA_NODE_MODULES", "")
PARSER = """
const { Parser } = require(process.argv[2]);
const fs = require('node:fs');
for (const file of process.argv.slice(3)) {
  try {
    new Parser().parse(fs.readFileSync(file, 'utf8'), 'dbmlv2');
  } catch (error) {
    console.log(file, JSON.stringify(error.diags ?? String(error)));
  }
}
"""
POSTGRES = [*sorted((ROOT / "examples").glob("*/*.md")),
            *sorted((ROOT / "tests/fixtures/sql/postgres").glob("*.sql"))]
SOURCES = [*POSTGRES, *sorted((ROOT / "tests/fixtures/sql").glob("*ql*/*.sql")),
           ROOT / "tests/fixtures/prisma/every_type.sql"]
CORPUS = ("postgresql/chinook.sql", "postgresql/pagila.sql", "postgresql/mediawiki.sql",
          "mysql/chinook.sql", "mysql/mediawiki.sql", "sqlite/chinook.sql", "sqlite/mediawiki.sql",
          "prisma/documenso.prisma")


def corpus_sources():
    folder = os.environ.get("RELATA_CORPUS")
    paths = [pathlib.Path(folder) / name for name in CORPUS] if folder else []
    return [path for path in paths if path.exists()]


class Dbml(unittest.TestCase):
    maxDiff = None

    def test_its_own_parser_takes_it(self):
        if shutil.which("node") is None or not (pathlib.Path(MODULES) / "@dbml/core").is_dir():
            self.skipTest("RELATA_NODE_MODULES names no folder that holds @dbml/core")
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, source in enumerate([*SOURCES, *corpus_sources()]):
                files.append(pathlib.Path(folder) / f"{number}_{source.stem}.dbml")
                files[-1].write_text(relata("emit", "dbml", source).out, encoding="utf-8")
            script = pathlib.Path(folder) / "parse.cjs"
            script.write_text(PARSER)
            done = subprocess.run(["node", script, pathlib.Path(MODULES) / "@dbml/core", *files],
                                  stdout=subprocess.PIPE, text=True, check=True)
            self.assertEqual(done.stdout, "")

    def test_it_reads_back(self):
        """Tables, columns with their types, keys and references; what else differs is named in a
        comment or a note of the file."""
        for source in POSTGRES:
            with self.subTest(source.name), tempfile.TemporaryDirectory() as folder:
                text = relata("emit", "dbml", source).out
                (pathlib.Path(folder) / "schema.dbml").write_text(text, encoding="utf-8")
                ddl = pathlib.Path(folder) / "schema.sql"
                ddl.write_text(relata("emit", "postgres", source).out, encoding="utf-8")
                done = relata("diff", ddl, pathlib.Path(folder) / "schema.dbml", "--json")
                self.assertIn(done.code, (0, 1), done.err)
                notes = " ".join(re.findall(r"^// (.*)", text, re.MULTILINE))
                changes = [c for c in json.loads(done.out)["changes"]
                           if c["object"] in ("table", "column", "primary key", "foreign key")
                           and c.get("attribute", "") in ("", "type", "columns", "references",
                                                          "on delete", "on update")
                           and (c.get("name") or c["owner"]) not in notes]
                self.assertEqual(changes, [])

    def test_it_is_written_again_as_it_was(self):
        for source in SOURCES:
            with self.subTest(source.name), tempfile.TemporaryDirectory() as folder:
                texts = []
                for step in (source, pathlib.Path(folder) / "1.dbml",
                             pathlib.Path(folder) / "2.dbml"):
                    done = relata("emit", "dbml", step)
                    self.assertEqual(done.code, 0, done.err)
                    texts.append(re.sub(r"^Project .*", "", done.out))
                    (pathlib.Path(folder) / f"{len(texts)}.dbml").write_text(done.out,
                                                                             encoding="utf-8")
                self.assertEqual(texts[1], texts[2])


if __name__ == "__main__":
    unittest.main()
