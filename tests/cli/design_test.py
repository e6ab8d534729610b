"""`relata design` and `relata build`: what is written, and that edits stay."""

import json
import shutil
import unittest

from program import DESIGN, ROOT, ProgramTest

TEXT = """# Library

Each book has a title and a price. Each member has a name and an email.
"""
MORE = TEXT + "\nEach branch has a city.\n"


class DesignTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("needs.md", TEXT)

    def test_the_report(self):
        run = self.run_ok("design", "needs.md")
        self.assertRegex(run.out, r"^Library: \d+ entities, ")
        for heading in ("Understood", "Patterns"):
            self.assertIn(f"\n{heading}\n", run.out)
        for name in ("Book", "title", "Member", "email"):
            self.assertIn(name, run.out)
        self.assertNotIn("\x1b", run.out)

    def test_the_report_as_json(self):
        report = json.loads(self.run_ok("design", "needs.md", "--json").out)
        book = next(e for e in report["entities"] if e["name"] == "Book")
        title = next(f for f in book["fields"] if f["name"] == "title")
        self.assertEqual(title["type"], {"kind": "text"})
        self.assertEqual(title["origin"]["line"], 3)
        self.assertIn("title", title["origin"]["words"])
        self.assertRegex(title["origin"]["rule"], r"^english/[a-z-]+$")
        self.assertGreater(title["origin"]["confidence"], 0)

    def test_what_is_written_reads_back(self):
        self.run_ok("design", "needs.md", "-o", "design.yaml")
        self.assertEqual(self.run_ok("emit", "sqlite", "needs.md").out,
                         self.run_ok("emit", "sqlite", "design.yaml").out)
        self.assertEqual(self.run_ok("emit", "design", "needs.md").out,
                         (self.folder / "design.yaml").read_text())

    def test_an_edit_stays_and_the_text_is_followed(self):
        self.run_ok("design", "needs.md", "-o", "design.yaml")
        path = self.folder / "design.yaml"
        before = path.read_text()
        edited = before.replace("title: text", "title: text(80)", 1)
        self.assertNotEqual(before, edited)
        path.write_text(edited)
        self.write("needs.md", MORE)
        run = self.run_ok("design", "needs.md", "-o", "design.yaml")
        after = path.read_text()
        self.assertIn("text(80)", after)
        self.assertIn("Branch", after)
        self.assertIn("Branch", run.err)

    def test_without_a_change_the_file_stays_as_it_is(self):
        self.run_ok("design", "needs.md", "-o", "design.yaml")
        path = self.folder / "design.yaml"
        edited = "# my own remark\n" + path.read_text()
        path.write_text(edited)
        run = self.run_ok("design", "needs.md", "-o", "design.yaml")
        self.assertEqual(path.read_text(), edited)
        self.assertEqual(run.err, "")

    def test_a_design_beside_the_text_is_heeded(self):
        self.run_ok("design", "needs.md", "-o", "design.yaml")
        path = self.folder / "design.yaml"
        path.write_text(path.read_text().replace("title: text", "title: text(80)", 1))
        self.assertIn("text(80)", self.run_ok("design", "needs.md").out)

    def test_a_broken_design_is_neither_used_nor_overwritten(self):
        path = self.write("design.yaml", "name: [unclosed\n")
        self.run_bad("design", "needs.md", "-o", "design.yaml", says="design.yaml")
        self.assertEqual(path.read_text(), "name: [unclosed\n")
        self.write("out/design.yaml", "colour: red\n")
        self.run_bad("build", "needs.md", "-o", "out", says="colour")
        self.assertEqual(self.files(), ["design.yaml", "needs.md", "out/design.yaml"])


class BuildTest(ProgramTest):
    SOME = ["design.schema.json", "design.yaml", "erd.mmd", "schema.json", "schema.mysql.sql",
           "schema.postgres.sql", "schema.sqlite.sql"]

    def test_everything_is_written(self):
        self.write("needs.md", TEXT)
        run = self.run_ok("build", "needs.md", "-o", "deep/out")
        for name in self.SOME:
            self.assertTrue((self.folder / "deep/out" / name).is_file(), name)
            self.assertIn(f"  {name}\n", run.out)
        schema = json.loads((self.folder / "deep/out/design.schema.json").read_text())
        self.assertIn("entities", schema["properties"])

    def test_a_design_is_not_written_again(self):
        self.write("design.yaml", DESIGN)
        self.run_ok("build", "design.yaml", "-o", "out")
        self.assertFalse((self.folder / "out/design.yaml").exists())
        self.run_ok("build", "design.yaml", "-o", ".")
        self.assertEqual((self.folder / "design.yaml").read_text(), DESIGN)

    def test_only_some_targets(self):
        self.write("design.yaml", DESIGN)
        self.run_ok("build", "design.yaml", "-o", "out", "-t", "sqlite, mermaid")
        self.assertEqual(self.files(), ["design.yaml", "out/erd.mmd", "out/relata.lock", "out/schema.sqlite.sql"])

    def test_each_file_is_what_emit_prints(self):
        self.write("needs.md", TEXT)
        for flags in ([], ["--bare"]):
            self.run_ok("build", "needs.md", "-o", "out", *flags)
            for target, name in (("sqlite", "schema.sqlite.sql"), ("mermaid", "erd.mmd"),
                                 ("design", "design.yaml")):
                with self.subTest(target=target, flags=flags):
                    self.assertEqual(self.run_ok("emit", target, "needs.md", *flags).out,
                                     (self.folder / "out" / name).read_text())

    def test_the_summary_as_json(self):
        self.write("needs.md", TEXT)
        summary = json.loads(self.run_ok("build", "needs.md", "-o", "out", "--json").out)
        self.assertLessEqual(set(self.SOME), set(summary["files"]))

    def test_examples_beside_their_text(self):
        for text in sorted((ROOT / "examples").glob("*/*.md")):
            with self.subTest(text.parent.name):
                shutil.copy(text, self.folder / "needs.md")
                self.run_ok("build", "needs.md", "-o", text.parent.name + text.stem)


class DialectTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("design.yaml", DESIGN)

    def test_a_server_version(self):
        old = self.run_ok("emit", "postgres", "design.yaml", "--dialect", "postgres@15").out
        new = self.run_ok("emit", "postgres", "design.yaml", "-d", "postgres@18").out
        self.assertNotEqual(old, new)  # PostgreSQL 18 makes UUIDv7 itself

    def test_wrong_versions_and_dialects(self):
        for value, says in (("postgres@x", "'x' is not a version"),
                            ("postgres@", "'' is not a version"),
                            ("postgres@-1", "'-1' is not a version"),
                            ("sqlite", "is a dialect itself"),
                            ("postgre", "did you mean 'postgres'?")):
            with self.subTest(value):
                self.run_bad("emit", "postgres", "design.yaml", "--dialect", value, says=says)


if __name__ == "__main__":
    unittest.main()
