"""Leads databases along the histories of real projects, each state to the next, and back.

    python3 tests/corpus/histories.py [--engine NAME] [--server NAME=HOST:PORT] [--only PART] [--show N]
                                      [--from N] [--limit N] [--at-least PERCENT]

A history is a folder of the corpus (RELATA_CORPUS): versions of one schema, each a file of its own,
or migrations, of which the first N make state N. Of every two states that follow one another
  PLAN   relata migrate plan plans the way from one database to the other,
  RUN    relata migrate run carries it out, and the catalog is the other one's,
  QUIET  relata diff finds nothing left to do,
  BACK   relata migrate undo --all, and the catalog is what it was.
Where the plan stops because rows have no value yet that they must have, they get it by the UPDATE
statements of the migration, and the run goes on. The order of columns and of lines within a table
does not count. A state that its own server refuses is left out. Without a corpus the script says so
and does nothing. RELATA names the program under test.
"""

import argparse
import pathlib
import re
import sys
import tempfile
import unittest

import harness
import mysql
import postgres
import sqlite

ENGINES = {engine.name: engine for engine in (postgres.Postgres15, postgres.Postgres18,
                                              mysql.MariaDB, sqlite.Sqlite)}
# Histories by dialect: folders with a state a file, and folders of migrations.
VERSIONS = {"postgres": ("versions/pagila", "versions/coder", "versions/musicbrainz-tables",
                         "versions/prisma-documenso", "versions/prisma-langfuse"),
            "mysql": ("versions/roundcube-mysql",),
            "sqlite": ("versions/roundcube-sqlite",)}
MIGRATIONS = {"postgres": ("migrations/coder", "migrations/concourse",
                           "migrations/temporal/postgresql/v12/temporal",
                           "migrations/temporal/postgresql/v12/visibility"),
              "mysql": ("migrations/temporal/mysql/v8/temporal",
                        "migrations/temporal/mysql/v8/visibility"),
              "sqlite": ("migrations/temporal/sqlite/v3/temporal",)}
# What other files of a project make before its tables.
FIRST = {"versions/musicbrainz-tables": """
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE COLLATION musicbrainz (PROVIDER = icu, LOCALE = 'und-u-kf-lower-kn-true');
CREATE TYPE cover_art_presence AS ENUM ('absent', 'present', 'darkened');
CREATE TYPE event_art_presence AS ENUM ('absent', 'present', 'darkened');
CREATE TYPE fluency AS ENUM ('basic', 'intermediate', 'advanced', 'native');
CREATE TYPE edit_note_status AS ENUM ('deleted', 'edited');
CREATE TYPE oauth_code_challenge_method AS ENUM ('plain', 'S256');
"""}
STEPS = ("PLAN", "RUN", "QUIET", "BACK")
# What the runner keeps in a database.
STATE = re.compile(r"\brelata(_\w+)?\b")
# In a row of MariaDB's information_schema.COLUMNS: the table, the column, its place.
PLACE = re.compile(r"^(COLUMNS \([^|]*\|[^|]*\|)[^|]*\|")
# In a row of SQLite's pragmas: the column's place, or the index's, which counts from the youngest.
SQLITE_PLACE = re.compile(r"^((?:table_xinfo|index_list) \(|index_xinfo \(\d+, )-?\d+, ")
# A table of SQLite's own, which stays when the last table that needed it has gone.
INTERNAL = re.compile(r"internal sqlite_")


def natural(path):
    """The path with its numbers as numbers, so that v1.10 follows v1.9."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", str(path))]


def read(path):
    """The file as SQL; a Prisma schema as Relata writes it."""
    if path.suffix != ".prisma":
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    code, ddl, errors = harness.relata("emit", "postgres", path)
    if code != 0:
        raise harness.LoadError(errors)
    return ddl


def states_of_versions(folder):
    """Pairs of texts, each with a name."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".sql", ".prisma"))
    for old, new in zip(files, files[1:]):
        yield f"{old.stem} {new.stem}", [old], [new]
    for old in sorted((folder / "adjacent").glob("*.old.*")):
        new = old.with_name(old.name.replace(".old.", ".new."))
        yield f"adjacent {old.name.split('.')[0]}", [old], [new]


def states_of_migrations(folder):
    files = sorted((path for path in folder.rglob("*.sql") if not path.name.endswith(".down.sql")),
                   key=natural)
    for count in range(1, len(files)):
        yield files[count].stem, files[:count], files[:count + 1]


def told(errors):
    """What went wrong, without the steps before."""
    lines = errors.strip().splitlines()
    return "\n".join([line for line in lines if "error" in line or "help" in line] or lines)


def shape(engine, database):
    """The catalog without what the runner keeps and without any order of columns."""
    result = []
    for text in engine.told(engine.catalog(database)):
        if STATE.search(text) or INTERNAL.match(text):
            continue
        lines = [SQLITE_PLACE.sub(r"\1", line.strip().rstrip(","))
                 for line in PLACE.sub(r"\1", text).splitlines()]
        result.append("\n".join([*lines[:1], *sorted(lines[1:])]))
    return result


class History:
    """One folder on one engine."""

    def __init__(self, engine, shown, first=""):
        self.engine = engine
        self.first = first
        self.shown = shown
        self.counts = dict.fromkeys(STEPS, 0)
        self.pairs = 0
        self.left_out = 0

    def load(self, files):
        """A database that the files have made, one after the other, without those that the server
        refuses behind the first. Where the engine can copy databases, from the state before."""
        files = [path for path in files if path not in self.refused]
        known = len(self.known_files)
        if known and files[:known] == self.known_files:
            database = self.engine.copy(self.known)
            files = files[known:]
            try:
                for path in files:
                    self.engine.load_more(database, self.written(read(path)))
            except harness.LoadError:
                self.engine.drop(database)
                raise
            return database
        return self.engine.load_file(
            self.written(self.first + "\n".join(read(path) for path in files)))

    def keep(self, database, files):
        """Makes later states from this one, if the engine can; else drops the database."""
        if not hasattr(self.engine, "copy"):
            self.engine.drop(database)
            return
        if self.known:
            self.engine.drop(self.known)
        self.known = database
        self.known_files = [path for path in files if path not in self.refused]

    def written(self, text):
        path = pathlib.Path(self.scratch) / "state.sql"
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
        return path

    def run(self, pairs):
        self.refused = set()
        self.known, self.known_files = None, []
        with tempfile.TemporaryDirectory(prefix="relata_history_") as self.scratch:
            for name, old_files, new_files in pairs:
                try:
                    new = self.load(new_files)
                except harness.LoadError:
                    self.refused.add(new_files[-1])
                    self.left_out += 1
                    continue
                try:
                    old = self.load(old_files)
                except harness.LoadError:
                    self.left_out += 1
                    self.engine.drop(new)
                    continue
                self.pairs += 1
                failed, why = self.lead(old, new, new_files[-1])
                for step in STEPS:
                    if step == failed:
                        break
                    self.counts[step] += 1
                if failed:
                    print(f"  {name}: {failed}: {why}"[:self.shown], flush=True)
                self.engine.drop(old)
                self.keep(new, new_files)
            if self.known:
                self.engine.drop(self.known)

    def fill(self, database, path):
        """Writes the rows as the file does it, while the plan waits for them to have values."""
        for statement in self.engine.statements(read(path)):
            if statement.split(maxsplit=1)[0].upper() == "UPDATE":
                try:
                    self.engine.execute(database, [statement])
                except harness.LoadError:
                    pass  # it speaks of what is not there any more, or not yet

    def lead(self, old, new, path):
        """The step that failed and why, or nothing."""
        engine = self.engine
        before, after = shape(engine, old), shape(engine, new)
        with tempfile.TemporaryDirectory(prefix="relata_plan_") as folder:
            plan = pathlib.Path(folder) / "plan"
            code, _, errors = harness.relata("migrate", "plan", engine.url(old), engine.url(new),
                                             "--dialect", engine.dialect, "--allow-loss", "-o", plan)
            if code != 0:
                return "PLAN", told(errors)
            code, _, errors = harness.relata("migrate", "run", plan, "--db", engine.url(old))
            if code != 0 and "violated by some row" in errors:
                self.fill(old, path)
                code, _, errors = harness.relata("migrate", "run", plan, "--db", engine.url(old))
            if code != 0:
                return "RUN", told(errors)
            if differing := harness.differences(sorted(after), sorted(shape(engine, old))):
                return "RUN", "\n".join(differing)
            code, found, errors = harness.relata("diff", engine.url(old), engine.url(new),
                                                 "--dialect", engine.dialect, "--exit-code")
            if code != 0:
                return "QUIET", (found + errors).strip()
            code, _, errors = harness.relata("migrate", "undo", plan, "--db", engine.url(old), "--all")
            if code != 0:
                return "BACK", told(errors)
            if differing := harness.differences(sorted(before), sorted(shape(engine, old))):
                return "BACK", "\n".join(differing)
        return None, ""


def main():
    parser = argparse.ArgumentParser(description="Leads databases along real histories, and back.")
    parser.add_argument("--engine", action="append", choices=list(ENGINES))
    parser.add_argument("--server", action="append", default=[], metavar="NAME=HOST:PORT",
                        help="a server that runs already")
    parser.add_argument("--only", default="", metavar="PART", help="histories with this in their path")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="pairs of each history")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="N",
                        help="begin with this pair of each history")
    parser.add_argument("--show", type=int, default=400, metavar="N", help="characters of a failure")
    parser.add_argument("--at-least", type=float, default=100, metavar="PERCENT")
    arguments = parser.parse_args()
    corpus = harness.corpus()
    if corpus is None:
        print("skipped: no corpus (RELATA_CORPUS names its folder)")
        return 0
    servers = dict(server.split("=", 1) for server in arguments.server)
    worst = 100.0
    for name in arguments.engine or ENGINES:
        try:
            engine = ENGINES[name](servers.get(name))
        except unittest.SkipTest as reason:
            print(f"{name}: skipped: {reason}")
            continue
        histories = [(path, states_of_versions) for path in VERSIONS[engine.dialect]]
        histories += [(path, states_of_migrations) for path in MIGRATIONS[engine.dialect]]
        for path, states in histories:
            if arguments.only not in path or not (corpus / path).is_dir():
                continue
            pairs = list(states(corpus / path))[arguments.first - 1:]
            if arguments.limit:
                pairs = pairs[::max(1, len(pairs) // arguments.limit)][:arguments.limit]
            history = History(engine, arguments.show, FIRST.get(path, ""))
            history.run(pairs)
            done = ", ".join(f"{step} {history.counts[step]}" for step in STEPS)
            left_out = f", {history.left_out} left out" if history.left_out else ""
            print(f"{name} {path}: {history.pairs} pairs: {done}{left_out}", flush=True)
            if history.pairs:
                worst = min(worst, 100 * history.counts["BACK"] / history.pairs)
    return 0 if worst >= arguments.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
