"""DDL of the schemas in tests/fixtures, from the program built beside relata."""

import os
import pathlib
import subprocess

_root = pathlib.Path(__file__).resolve().parents[2]


def _program():
    if os.environ.get("RELATA"):
        return str(pathlib.Path(os.environ["RELATA"]).parent / "relata_schema_fixture")
    return str(_root / "build" / "dev" / "bin" / "relata_schema_fixture")


def ddl(schema, dialect, server_version=0):
    """The script for a schema, and its diagnostics as lines "code: message"."""
    done = subprocess.run([_program(), schema, dialect, str(server_version)], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.stdout, done.stderr.splitlines()
