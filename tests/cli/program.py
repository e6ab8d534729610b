"""Runs the program under test, which the environment variable RELATA names."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELATA = os.environ.get("RELATA", str(ROOT / "build/dev/bin/relata"))
TASKBOARD = ROOT / "examples/taskboard/requirements.md"

# Small texts in the two kinds that every test may use.
REQUIREMENTS = """Members can borrow books. Each book has a title, an ISBN and a price.
A loan has a due date; its status is either open, returned or lost.
"""
DESIGN = """name: library
entities:
  Book:
    fields:
      title: text(200) required
      price: money
"""


class Run:
    """What one run of the program gave."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = (done.stdout or b"").decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def relata(*arguments, text=b"", folder=None, environment=None, stdout=subprocess.PIPE, **options):
    """Runs `relata ARGUMENTS` with `text` as its standard input, in `folder`."""
    base = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    done = subprocess.run(
        [RELATA, *map(str, arguments)], input=text.encode() if isinstance(text, str) else text,
        cwd=folder, timeout=300, check=False, stdout=stdout, stderr=subprocess.PIPE,
        env={**base, **(environment or {})}, **options)
    return Run(done)


class ProgramTest(unittest.TestCase):
    """A test with an empty folder of its own in `self.folder`."""

    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run_ok(self, *arguments, **options):
        run = relata(*arguments, folder=self.folder, **options)
        self.assertEqual(run.code, 0, run)
        return run

    def run_bad(self, *arguments, says, **options):
        """Exit 2, nothing on standard output, and a message that holds every text of `says`."""
        run = relata(*arguments, folder=self.folder, **options)
        self.assertEqual(run.code, 2, run)
        self.assertEqual(run.out, "", run)
        for part in [says] if isinstance(says, str) else says:
            self.assertIn(part, run.err)
        return run

    def files(self):
        return sorted(p.relative_to(self.folder).as_posix()
                      for p in self.folder.rglob("*") if p.is_file())
