"""`relata build`: what is written, what is left alone, and what --check says."""

import os
import unittest

from program import DESIGN, ProgramTest, relata


class BuildTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("design.yaml", DESIGN)
        self.run_ok("build", "design.yaml", "-o", "out")

    def check(self):
        return relata("build", "design.yaml", "-o", "out", "--check", folder=self.folder)

    def test_nothing_drifts_after_a_build(self):
        run = self.check()
        self.assertEqual((run.code, run.out), (0, ""))

    def test_a_schema_that_changed_drifts(self):
        self.write("design.yaml", DESIGN.replace("text(200)", "text(250)"))
        before = (self.folder / "out/schema.postgres.sql").read_text()
        run = self.check()
        self.assertEqual(run.code, 1)
        self.assertRegex(run.out, r"(?m)^--- schema.postgres.sql$")
        self.assertRegex(run.out, r"(?m)^-.*varchar\(200\)|^-.*<= 200")
        self.assertEqual((self.folder / "out/schema.postgres.sql").read_text(), before)
        self.run_ok("build", "design.yaml", "-o", "out")
        self.assertEqual(self.check().code, 0)

    def test_a_missing_file_drifts(self):
        (self.folder / "out/erd.mmd").unlink()
        run = self.check()
        self.assertEqual(run.code, 1)
        self.assertIn("--- /dev/null\n+++ erd.mmd\n", run.out)

    def test_an_edited_file_is_not_written_over(self):
        path = self.folder / "out/erd.mmd"
        path.write_text(path.read_text() + "%% mine\n")
        self.assertEqual(self.check().code, 1)
        others = (self.folder / "out/schema.postgres.sql").read_text()
        self.write("design.yaml", DESIGN.replace("text(200)", "text(250)"))
        run = relata("build", "design.yaml", "-o", "out", folder=self.folder)
        self.assertEqual(run.code, 2)
        self.assertIn("erd.mmd", run.err)
        self.assertIn("--force", run.err)
        self.assertIn("%% mine", path.read_text())
        self.assertEqual((self.folder / "out/schema.postgres.sql").read_text(), others)
        self.run_ok("build", "design.yaml", "-o", "out", "--force")
        self.assertNotIn("%% mine", path.read_text())

    def test_what_stands_already_is_not_touched(self):
        files = [path for path in (self.folder / "out").rglob("*") if path.is_file()]
        for path in files:
            os.utime(path, ns=(1, 1))
        (self.folder / "out/erd.mmd").write_text("mine\n")
        self.run_ok("build", "design.yaml", "-o", "out", "--force")
        touched = {path.name for path in files if path.stat().st_mtime_ns != 1}
        self.assertEqual(touched, {"erd.mmd", "relata.lock"})
        self.assertEqual(self.check().code, 0)

    def test_a_file_of_somebody_else_is_not_written_over(self):
        self.write("other/erd.mmd", "mine\n")
        run = relata("build", "design.yaml", "-o", "other", "-t", "mermaid", folder=self.folder)
        self.assertEqual(run.code, 2)
        self.assertEqual((self.folder / "other/erd.mmd").read_text(), "mine\n")

    def test_only_the_targets_asked_for_are_looked_at(self):
        (self.folder / "out/erd.mmd").unlink()
        run = relata("build", "design.yaml", "-o", "out", "--check", "-t", "postgres", folder=self.folder)
        self.assertEqual((run.code, run.out), (0, ""))

    def test_names_in_code_that_mean_nothing_are_told(self):
        self.write("design.yaml", DESIGN + "code:\n  typscript:\n    names: {bocks: Volume}\n")
        run = self.run_ok("build", "design.yaml", "-o", "new")
        self.assertIn("did you mean 'typescript'", run.err)
        self.assertIn("did you mean 'books'", run.err)


if __name__ == "__main__":
    unittest.main()
