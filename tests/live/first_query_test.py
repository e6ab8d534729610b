"""The pages that lead from requirements to a first query work as they stand: each block is written
to the file that it names, or run; what is printed is what the page shows."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import python_tools
from harness import RELATA, ROOT

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


class FirstQuery(unittest.TestCase):
    def follow(self, page, installed):
        """Does what the page says; `installed` stands for what its installing commands bring."""
        shown, printed = [], ""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            installed(folder)
            (folder / "relata-bin").mkdir()
            (folder / "relata-bin/relata").symlink_to(RELATA)
            path = f"{folder / 'relata-bin'}:{os.environ['PATH']}"
            for language, file, text in BLOCK.findall((ROOT / "docs" / page).read_text()):
                if file:
                    (folder / file).write_text(text)
                elif language == "text":
                    shown.append(text)
                else:
                    text = re.sub(r"^(npm (init|install)|python3 -m venv|\.venv/bin/pip).*\n", "",
                                  text, flags=re.M)
                    done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=folder,
                                          env={**os.environ, "PATH": path, "CI": "true"},
                                          capture_output=True, text=True, check=False, timeout=180)
                    self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout}{done.stderr}")
                    printed = done.stdout if "query" in text else printed
            self.assertEqual([printed], shown)

    def test_drizzle(self):
        modules = os.environ.get("RELATA_NODE_MODULES")
        if not modules:
            self.skipTest("RELATA_NODE_MODULES is not set")

        def installed(folder):
            (folder / "node_modules").symlink_to(modules)
            (folder / "package.json").write_text("{}\n")

        self.follow("first-drizzle-query.md", installed)

    def test_sqlalchemy(self):
        python = python_tools.interpreter()

        def installed(folder):
            (folder / ".venv").symlink_to(pathlib.Path(python).parents[1])

        self.follow("first-sqlalchemy-query.md", installed)


if __name__ == "__main__":
    unittest.main()
