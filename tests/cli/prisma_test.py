"""What Relata writes for Prisma reads back as the schema that it was written from, in all that a
Prisma schema says."""

import json
import os
import pathlib
import re
import tempfile
import unittest

from program import ROOT, relata

SOURCES = [*sorted((ROOT / "examples").glob("*/*.md")), ROOT / "tests/fixtures/prisma/every_type.sql",
           *sorted((ROOT / "tests/fixtures/sql/postgres").glob("*.sql"))]
CORPUS = ("postgresql/chinook.sql", "postgresql/pagila.sql", "postgresql/mediawiki.sql",
          "prisma/documenso.prisma", "prisma/langfuse.prisma")

# What no Prisma schema is about, and what it says with other words.
UNSAID_OBJECTS = {"grant", "revocation", "schema", "sequence"}
UNSAID_ATTRIBUTES = {"attached to", "clustered", "comment", "inherited", "inherits", "of type", "only", "replica identity",
                     "row-level security forced", "unlogged"}


def is_said(change, changes, notes):
    """Whether a Prisma schema would have said it; `notes` is what this one names as missing."""
    what, attribute = change["object"], change.get("attribute", "")
    if what in UNSAID_OBJECTS or attribute in UNSAID_ATTRIBUTES:
        return False
    if attribute.startswith("option "):
        return False
    if attribute.startswith("row-level security"):
        return "row-level security" not in notes
    before, after = change.get("before", ""), change.get("after", "")
    if attribute == "default" and ({before, after} == {"now()", "CURRENT_TIMESTAMP"}
                                   or (before, after) == ("NULL", "")
                                   or before == "'{}'" and after.startswith("ARRAY[]")):
        return False
    if attribute == "type" and (before, after) == ('"char"', "character(1)"):
        return False  # one type to Prisma
    if what in ("unique", "index"):
        # Prisma makes unique indexes rather than constraints.
        other = {"unique": ("added", "index"), "index": ("removed", "unique")}[what]
        if any((c["kind"], c["object"]) == other and c["owner"] == change["owner"]
               and c.get("name") == change.get("name") for c in changes):
            return False
    name = change.get("name") or change["owner"].split("(")[0]
    return name.split(".")[-1] not in notes


class ReadsBack(unittest.TestCase):
    maxDiff = None

    def sources(self):
        yield from SOURCES
        folder = os.environ.get("RELATA_CORPUS")
        for name in CORPUS if folder else ():
            if (pathlib.Path(folder) / name).exists():
                yield pathlib.Path(folder) / name

    def test_as_what_it_was_written_from(self):
        for source in self.sources():
            with self.subTest(source.name), tempfile.TemporaryDirectory() as folder:
                schema = pathlib.Path(folder) / "schema.prisma"
                written = relata("emit", "prisma", source, "--dialect", "postgres")
                schema.write_text(written.out, encoding="utf-8")
                ddl = pathlib.Path(folder) / "schema.sql"
                ddl.write_text(relata("emit", "postgres", source).out, encoding="utf-8")
                done = relata("diff", ddl, schema, "--json")
                self.assertIn(done.code, (0, 1), done.err)
                changes = json.loads(done.out)["changes"]
                notes = " ".join(re.findall(r"^// (.*)", written.out, re.MULTILINE))
                self.assertEqual([c for c in changes if is_said(c, changes, notes)], [])

    def test_and_is_written_again_as_it_was(self):
        """The way there and back changes nothing in the file but what the first way lost."""
        for source in SOURCES:
            with self.subTest(source.name), tempfile.TemporaryDirectory() as folder:
                texts = []
                for step in (source, pathlib.Path(folder) / "1.prisma",
                             pathlib.Path(folder) / "2.prisma"):
                    texts.append(relata("emit", "prisma", step, "--dialect", "postgres").out)
                    (pathlib.Path(folder) / f"{len(texts)}.prisma").write_text(texts[-1],
                                                                               encoding="utf-8")
                self.assertEqual(texts[1], texts[2])


if __name__ == "__main__":
    unittest.main()
