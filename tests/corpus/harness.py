"""Compares what a server makes of a file with what it makes of the file that Relata wrote from it.

For every SQL file that its own server loads without an error, an Engine says what catalog the
server has then, and the same must come from
  FILE   the server loading `relata emit DIALECT FILE`,
  URL    the server loading `relata emit DIALECT URL`, URL being the database that loaded the file,
and
  MODEL  `relata diff FILE URL` finds nothing: both were read as the same schema,
  DOWN   and what Relata says takes the schema down again (relata_drop_statements) leaves nothing,
         of the database that loaded the file and of the one that loaded Relata's file.

An engine is a class with the members of Engine below; run.py lists them. Python's standard library
only.
"""

import collections
import contextlib
import dataclasses
import difflib
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/live"))
RELATA = os.environ.get("RELATA", str(ROOT / "build/dev/bin/relata"))
DROP_STATEMENTS = os.environ.get("RELATA_DROP_STATEMENTS",
                                 str(pathlib.Path(RELATA).parent / "relata_drop_statements"))
RELATA_SECONDS = 60
LINES_SHOWN = 12  # of one difference
WAYS = ("FILE", "URL", "MODEL", "DOWN")


class LoadError(Exception):
    """What a server said when it refused a file."""


class Engine:
    """One server and its dialect. A database is whatever the engine takes as one."""

    name = ""  # of the server, as the table shows it: "postgres15"
    dialect = ""  # "postgres"

    def files(self, corpus):
        """The files of the corpus that are this engine's, which need not all load."""
        raise NotImplementedError

    def fixtures(self):
        """Our own files, all of which load."""
        return sorted((ROOT / "tests/fixtures/sql" / self.dialect).glob("*.sql"))

    def load_file(self, path):
        """A new database into which the server's own client loaded the file. Raises LoadError."""
        return self.load(path.read_text(encoding="utf-8"))

    def load(self, ddl):
        """A new database that holds what Relata wrote. Raises LoadError."""
        raise NotImplementedError

    def execute(self, database, statements):
        """Runs the statements in the database. Raises LoadError."""
        raise NotImplementedError

    def url(self, database):
        """The database's address as relata takes it."""
        raise NotImplementedError

    def catalog(self, database):
        """What the database holds: a list of texts, in any order, the same for the same schema."""
        raise NotImplementedError

    def told(self, catalog):
        """The catalog without what the server tells nobody who reads a database as relata does."""
        return catalog

    def drop(self, database):
        """Leaves nothing of the database."""


def corpus():
    """The folder with files of other people, or None: RELATA_CORPUS, else ../shared/corpus beside
    the checkout."""
    named = os.environ.get("RELATA_CORPUS")
    if named:
        return pathlib.Path(named)
    for folder in (ROOT.parent / "shared/corpus", ROOT.parent.parent / "shared/corpus"):
        if folder.is_dir():
            return folder
    return None


def relata(*arguments, program=RELATA):
    """Runs relata: exit code, standard output, standard error."""
    try:
        done = subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                              errors="replace", timeout=RELATA_SECONDS)
    except subprocess.TimeoutExpired:
        return 124, "", f"relata did not end within {RELATA_SECONDS} s"
    return done.returncode, done.stdout, done.stderr


@dataclasses.dataclass
class Outcome:
    """What came of one way of one file: no reason and no differences is as it must be."""

    reason: str = ""  # why there is nothing to compare
    differences: list = dataclasses.field(default_factory=list)  # texts for people

    @property
    def equal(self):
        return not self.reason and not self.differences

    def __str__(self):
        return self.reason or (str(len(self.differences)) if self.differences else "=")


def differences(expected, found):
    """What is in one catalog and not in the other, with the changes within texts that begin alike."""
    missing = list((collections.Counter(expected) - collections.Counter(found)).elements())
    extra = list((collections.Counter(found) - collections.Counter(expected)).elements())
    result = []
    by_head = collections.defaultdict(list)
    for text in extra:
        by_head[_head(text)].append(text)
    for text in missing:
        if by_head[_head(text)]:
            other = by_head[_head(text)].pop(0)
            lines = difflib.unified_diff(text.splitlines(), other.splitlines(), "server", "relata",
                                         n=1, lineterm="")
            result.append("\n".join([_head(text), *list(lines)[2:]]))
        else:
            result.append("missing: " + text)
    result += ["extra: " + text for texts in by_head.values() for text in texts]
    return result


def _head(text):
    """The beginning of a statement, up to the name of what it makes."""
    return " ".join(text.split("(")[0].split()[:6])


def compare_emitted(engine, source, expected, told=lambda catalog: catalog):
    code, ddl, errors = relata("emit", engine.dialect, source)
    if code != 0:
        return Outcome("relata fails", [errors.strip()])
    if not ddl.strip() and expected:
        return Outcome("nothing written")
    try:
        database = engine.load(ddl)
    except LoadError as error:
        return Outcome("does not load", [str(error)])
    try:
        return Outcome("", differences(told(expected), told(engine.catalog(database))))
    finally:
        engine.drop(database)


def take_down(engine, database, source):
    """What is left when the schema of the source was taken down."""
    code, output, errors = relata(source, program=DROP_STATEMENTS)
    if code != 0:
        return Outcome("relata fails", [errors.strip()])
    try:
        engine.execute(database, json.loads(output))
    except LoadError as error:
        return Outcome("does not run", [str(error)])
    empty = engine.load("")
    try:
        left = [text for text in engine.catalog(database) if not text.startswith("internal ")]
        return Outcome("", differences(engine.catalog(empty), left))
    finally:
        engine.drop(empty)


def compare_down(engine, database, path):
    """Takes down what Relata's file has made, and at last the database itself."""
    if "FILE" in engine.ways:
        code, ddl, errors = relata("emit", engine.dialect, path)
        if code != 0:
            return Outcome("relata fails", [errors.strip()])
        try:
            copy = engine.load(ddl)
        except LoadError as error:
            return Outcome("does not load", [str(error)])
        try:
            outcome = take_down(engine, copy, path)
        finally:
            engine.drop(copy)
        if not outcome.equal:
            return outcome
    return take_down(engine, database, engine.url(database))


def compare_models(path, url):
    code, output, errors = relata("diff", path, url, "--column-order")
    if code == 0:
        return Outcome()
    if code == 1:
        return Outcome("", [line for line in output.splitlines() if line.strip()])
    return Outcome("relata fails", [errors.strip()])


def compare(engine, path, ways):
    """Way to Outcome; nothing when the server does not load the file."""
    try:
        database = engine.load_file(path)
    except LoadError:
        return None
    try:
        expected = engine.catalog(database)
        url = engine.url(database)
        outcomes = {}
        for way in ways:
            if way == "MODEL":
                outcomes[way] = compare_models(path, url)
            elif way == "DOWN":
                outcomes[way] = compare_down(engine, database, path)
            elif way == "URL":
                outcomes[way] = compare_emitted(engine, url, expected, engine.told)
            else:
                outcomes[way] = compare_emitted(engine, path, expected)
        return outcomes
    finally:
        engine.drop(database)


def run(engine, paths, ways=WAYS, shown=0, out=sys.stdout):
    """Compares every file and prints a table; way to (equal, of). `shown`: differences in full."""
    width = max([len(path.name) for path in paths] + [4])
    began = time.monotonic()
    print(f"\n{engine.name:{width}}  " + "".join(f"{way:16}" for way in ways) + "seconds", file=out)
    equal = collections.Counter()
    total = 0
    for path in paths:
        start = time.monotonic()
        outcomes = compare(engine, path, ways)
        seconds = f"{time.monotonic() - start:.1f}"
        if outcomes is None:
            print(f"{path.name:{width}}  the server does not load it", file=out)
            continue
        total += 1
        cells = "".join(f"{str(outcomes[way]):16}" for way in ways)
        print(f"{path.name:{width}}  {cells}{seconds:>7}", file=out, flush=True)
        for way in ways:
            equal[way] += outcomes[way].equal
            for difference in outcomes[way].differences[:shown]:
                lines = difference.splitlines()
                if len(lines) > LINES_SHOWN:
                    lines[LINES_SHOWN:] = ["..."]
                print(f"    {way}: " + "\n      ".join(lines), file=out)
    for way in ways:
        share = 100 * equal[way] / total if total else 0
        print(f"{way}: {equal[way]} of {total} files are the same ({share:.0f} %)", file=out)
    print(f"{time.monotonic() - began:.0f} s", file=out, flush=True)
    return {way: (equal[way], total) for way in ways}


@contextlib.contextmanager
def scratch_file(text):
    """A file with the text, for clients that read files only."""
    import tempfile
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        yield file.name
