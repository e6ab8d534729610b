#!/usr/bin/env python3
"""What a busy table notices of the usual changes: each is planned, and tried by `relata migrate check`
on a table of PostgreSQL with a million rows, while clients read and write.

    bench/migrations/promises.py --db postgres://postgres@127.0.0.1:5432/postgres [--rows 1000000]
                                 [--only NAME] [--relata build/dev/bin/relata]

Prints for each change and its undo the longest ACCESS EXCLUSIVE lock, the longest lock that holds up
who writes, the longest stall of a client, failed statements, and whether all promises were kept.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

START = """
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  total integer NOT NULL,
  city text,
  note text,
  code text NOT NULL,
  status state NOT NULL
);
CREATE INDEX orders_customer ON orders (customer_id);
"""
NO_MORE = ("  note text,\n", "")
# Name, what is replaced by what in START, and what else plan is told.
CHANGES = [
    ("NOT NULL column", [("  code text", "  source text NOT NULL DEFAULT 'web',\n  code text")], []),
    ("set NOT NULL", [("note text", "note text NOT NULL")], []),
    ("rename", [("city text", "town text")], ["--rename", "orders.city=town"]),
    ("int to bigint", [("total integer", "total bigint")], []),
    ("unique", [("code text NOT NULL", "code text NOT NULL UNIQUE")], []),
    ("foreign key", [("customer_id bigint NOT NULL",
                      "customer_id bigint NOT NULL REFERENCES customers")], []),
    ("check", [("total integer NOT NULL", "total integer NOT NULL CHECK (total >= 0)")], []),
    ("index", [("CREATE INDEX", "CREATE INDEX orders_total ON orders (total);\nCREATE INDEX")], []),
    ("enum value", [("'paid'", "'paid', 'sent'")], []),
    ("drop column", [NO_MORE], []),
]
WRITERS_WAIT = ("SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE")


def changed(replacements):
    text = START
    for old, new in replacements:
        head, found, tail = text.rpartition(old)
        if not found:
            sys.exit(f"nothing to replace: {old}")
        text = head + new + tail
    return text


def longest(steps, modes):
    return max([lock["milliseconds"] for step in steps for lock in step["locks"]
                if lock["mode"] in modes], default=0)


def line(name, steps):
    print(f"{name:24} {len(steps):5} {sum(s['seconds'] for s in steps):8.1f} "
          f"{longest(steps, WRITERS_WAIT[-1:]):10.0f} {longest(steps, WRITERS_WAIT):10.0f} "
          f"{max([s['longest_stall_milliseconds'] for s in steps], default=0):10.0f} "
          f"{sum(s['failed_client_statements'] for s in steps):7}", end="")


def measure(arguments, name, replacements, more):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "a.sql").write_text(START)
        (folder / "b.sql").write_text(changed(replacements))
        made = subprocess.run([arguments.relata, "migrate", "plan", folder / "a.sql",
                               folder / "b.sql", "--allow-loss", "-o", folder / "plan", *more],
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            print(f"{name}: not planned: {made.stderr.strip()}")
            return False
        done = subprocess.run([arguments.relata, "migrate", "check", folder / "plan", "--db",
                               arguments.db, "--rows", str(arguments.rows), "--json"],
                              capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            print(f"{name}: not tried: {done.stderr.strip().splitlines()[-2:]}")
            return False
        found = json.loads(done.stdout)
        for way in ("forward", "back"):
            line(name if way == "forward" else "  undo",
                 [step for step in found["steps"] if step["direction"] == way])
            print(("   kept" if found["holds"] else "   BROKEN") if way == "back" else "")
        for broken in found["broken"] + [b for s in found["steps"] for b in s["broken"]]:
            print(f"    {broken}")
        for message in found["failures"][:3]:
            print(f"    a client was told: {message}")
        return found["holds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--db", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only")
    parser.add_argument("--relata", default=str(
        pathlib.Path(__file__).resolve().parents[2] / "build/dev/bin/relata"))
    arguments = parser.parse_args()
    print(f"{'change':24} {'steps':>5} {'seconds':>8} {'AE ms':>10} {'writers ms':>10} "
          f"{'stall ms':>10} {'failed':>7}")
    kept = [measure(arguments, *change) for change in CHANGES
            if not arguments.only or arguments.only in change[0]]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
