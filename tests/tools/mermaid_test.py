#!/usr/bin/env python3
"""Mermaid's own parser accepts the diagrams of random schemas.

usage: mermaid_test.py PATH_OF_relata_random_diagrams
Exit 77 (skipped) without node or without mermaid in $RELATA_NODE_MODULES.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
DIAGRAMS = 300


def main() -> int:
    modules = os.environ.get("RELATA_NODE_MODULES", "")
    if shutil.which("node") is None:
        print("skipped: node is not installed")
        return SKIPPED
    if not modules or not (pathlib.Path(modules) / "mermaid").is_dir():
        print("skipped: RELATA_NODE_MODULES names no folder that holds mermaid")
        return SKIPPED
    parser = pathlib.Path(__file__).with_name("mermaid_parse.mjs")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder, str(DIAGRAMS)], check=True)
        return subprocess.run(["node", str(parser), folder], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
