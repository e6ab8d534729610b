"""The same input gives the same bytes, wherever and whenever."""

import os
import pathlib
import shutil
import unittest

from program import ROOT, ProgramTest, relata

SETTINGS = [
    {"LC_ALL": "C"},
    {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"TZ": "Asia/Kathmandu"},
    {"HOME": "/nonexistent", "COLUMNS": "20", "MALLOC_PERTURB_": "165"},
]


class DeterminismTest(ProgramTest):
    def build(self, name, **options):
        """All files that building every example gives, by path."""
        files = {}
        for text in sorted((ROOT / "examples").glob("*/*.md")):
            out = self.folder / name / text.parent.name / text.stem
            # The file's name is part of what is written (origins), so it is named alike each time.
            local = out.parent / text.name
            local.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(text, local)
            run = relata("build", text.name, "-o", text.stem, folder=local.parent, **options)
            self.assertEqual(run.code, 0, run)
            for path in filter(pathlib.Path.is_file, sorted(out.rglob("*"))):
                files[path.relative_to(self.folder / name).as_posix()] = path.read_bytes()
        self.assertGreater(len(files), 20)
        return files

    def test_twice_the_same_and_on_every_machine(self):
        first = self.build("first")
        for number, setting in enumerate(SETTINGS):
            with self.subTest(setting):
                self.assertEqual(first, self.build(f"again{number}", environment=setting))

    def test_the_umask_is_honoured(self):
        text = ROOT / "examples/taskboard/requirements.md"
        for mask, mode in ((0o022, 0o644), (0o077, 0o600)):
            old = os.umask(mask)
            try:
                self.run_ok("build", text, "-o", f"out{mask}")
            finally:
                os.umask(old)
            for path in filter(pathlib.Path.is_file, (self.folder / f"out{mask}").rglob("*")):
                self.assertEqual(path.stat().st_mode & 0o777, mode, path)

    def contents(self):
        return {p: p.read_bytes() for p in (self.folder / "out").rglob("*") if p.is_file()}

    def test_building_again_changes_nothing(self):
        text = ROOT / "examples/taskboard/requirements.md"
        shutil.copy(text, self.folder / "needs.md")
        self.run_ok("build", "needs.md", "-o", "out")
        first = self.contents()
        self.run_ok("build", "needs.md", "-o", "out")
        self.assertEqual(first, self.contents())


if __name__ == "__main__":
    unittest.main()
