"""Compares catalogs over our own files, or over those of a corpus (see harness.py).

    python3 tests/corpus/run.py [--corpus] [--engine NAME] [--server NAME=HOST:PORT] [--show N]
                                [--way FILE|URL|MODEL|DOWN] [--at-least PERCENT] [NAME ...]

NAME chooses files by a part of their names. Exits with 1 when fewer files than --at-least percent
(default: 100) are the same in some way. RELATA names the program under test, RELATA_CORPUS the
folder of the corpus; without a corpus, --corpus says so and does nothing.
"""

import argparse
import sys
import unittest

import harness
import mysql
import postgres
import sqlite

ENGINES = {engine.name: engine for engine in (postgres.Postgres15, postgres.Postgres18,
                                              mysql.MariaDB, sqlite.Sqlite)}


def chosen(paths, names):
    return [path for path in paths if not names or any(name in str(path) for name in names)]


def main():
    parser = argparse.ArgumentParser(description="Compares the catalogs that files lead to.")
    parser.add_argument("--corpus", action="store_true", help="over the corpus, not our own files")
    parser.add_argument("--engine", action="append", choices=list(ENGINES))
    parser.add_argument("--server", action="append", default=[], metavar="NAME=HOST:PORT",
                        help="a server that runs already")
    parser.add_argument("--way", action="append", choices=harness.WAYS)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many differences each")
    parser.add_argument("--at-least", type=float, default=100, metavar="PERCENT")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    servers = dict(server.split("=", 1) for server in arguments.server)

    corpus = harness.corpus()
    if arguments.corpus and corpus is None:
        print("skipped: no corpus (RELATA_CORPUS names its folder)")
        return 0
    worst = 100.0
    for name in arguments.engine or ENGINES:
        try:
            engine = ENGINES[name](servers.get(name))
        except unittest.SkipTest as reason:
            print(f"\n{name}: skipped: {reason}")
            continue
        paths = engine.files(corpus) if arguments.corpus else engine.fixtures()
        ways = [way for way in engine.ways if not arguments.way or way in arguments.way]
        results = harness.run(engine, chosen(paths, arguments.names), ways, arguments.show)
        for equal, total in results.values():
            worst = min(worst, 100 * equal / total if total else 100)
    return 0 if worst >= arguments.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
