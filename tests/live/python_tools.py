"""The Python packages that tests use (tests/tools/requirements.txt), in an environment of their own.

    python = python_tools.interpreter()    # skips the test where they cannot be had

The environment is made once for each state of the file, in build/tools. RELATA_PYTHON names another
interpreter that has the packages.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "tests/tools/requirements.txt"


def interpreter():
    """The path of a Python that has the packages."""
    named = os.environ.get("RELATA_PYTHON")
    if named:
        return named
    state = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = ROOT / "build/tools" / f"python-{state}"
    python = folder / "bin/python"
    if (folder / "complete").exists():
        return str(python)
    shutil.rmtree(folder, ignore_errors=True)
    for command in ([sys.executable, "-m", "venv", str(folder)],
                    [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                     "--requirement", str(REQUIREMENTS)]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
        if done.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            raise unittest.SkipTest(f"no Python packages for tests: {done.stdout.strip()[-300:]}")
    (folder / "complete").touch()
    return str(python)
