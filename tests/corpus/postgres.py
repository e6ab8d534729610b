"""PostgreSQL: what pg_dump shows of a database, statement by statement; on a server that is newer
than the pg_dump at hand, what the server itself writes (postgres_catalog.py)."""

import itertools
import os
import re
import subprocess

import harness
import postgres_catalog
import servers

# Statements of a dump that only set it up.
SET_UP = re.compile(r"(SET |SELECT pg_catalog\.set_config)")
# What a file does beside making a schema in the database it is loaded into.
OTHER_DATABASE = re.compile(r"(?im)^\s*(create\s+database|drop\s+database|\\c(onnect)?\s).*$")
SEARCH_PATH = re.compile(r"(?im)^SET\s+search_path\s*(?:=|TO)\s*([^;]+);")
PIECES = re.compile(r"""
      (?P<end>;)
    | --[^\n]*(\n|$) | '(?:[^']|'')*' | "(?:[^"]|"")*"
    | (?P<dollars>\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$).*?(?P=dollars)
    | (?P<atomic>\bBEGIN\ ATOMIC\b) | (?P<case>\bCASE\b) | (?P<finish>\bEND\b)
    | [A-Za-z_][\w$]* | [^;'"$A-Za-z_-]+ | .
    """, re.VERBOSE | re.DOTALL)


def statements(dump):
    """The statements of a dump without its comments and settings, each without surrounding space."""
    dump = re.sub(r"(?m)^\\(un)?restrict .*\n", "", dump)
    result, text, depth = [], "", 0
    for piece in PIECES.finditer(dump):
        if piece["atomic"]:
            depth = 1
        elif depth and piece["case"]:
            depth += 1
        elif depth and piece["finish"]:
            depth -= 1
        if piece["end"] and depth == 0:
            if text.strip() and not SET_UP.match(text.strip()):
                result.append(text.strip())
            text = ""
        elif not piece[0].startswith("--"):
            text += piece[0]
    return result


class _Postgres(harness.Engine):
    dialect = "postgres"
    ways = harness.WAYS
    _numbers = itertools.count(1)

    def __init__(self, address=None):
        if address:
            self.host, self.port = address.rsplit(":", 1)
        else:
            self.host, self.port = "127.0.0.1", servers.start(self.name).port

    statements = staticmethod(statements)

    def files(self, corpus):
        return sorted(corpus.glob("postgresql/*.sql")) + sorted(
            corpus.glob("postgresql/derived/*.sql"))

    def _client(self, program, *arguments):
        command = [program, "-h", self.host, "-p", str(self.port), "-U", "postgres", *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
                              check=False, env={**os.environ, "LC_ALL": "C.UTF-8",
                                                "PGOPTIONS": "-c client_min_messages=error"})
        if done.returncode != 0:
            raise harness.LoadError(done.stderr.strip())
        return done.stdout

    def _run(self, sql, database="postgres"):
        return self._client("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", database, "-c",
                            sql)

    def _new_database(self):
        name = f"relata_corpus_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return name

    def load_file(self, path):
        text = OTHER_DATABASE.sub("", path.read_text(encoding="utf-8"))
        try:
            return self.load(text)
        except harness.LoadError:
            # Some files are loaded by a script that makes their namespaces first.
            names = {name.strip() for path in SEARCH_PATH.findall(text) for name in path.split(",")}
            names -= {"''", "public", "pg_catalog", '"$user"'}
            if not names:
                raise
            return self.load("".join(f"CREATE SCHEMA IF NOT EXISTS {name};\n"
                                     for name in sorted(names)) + text)

    def load(self, ddl):
        database = self._new_database()
        try:
            with harness.scratch_file(ddl) as name:
                self._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", name)
        except harness.LoadError:
            self.drop(database)
            raise
        return database

    def copy(self, database):
        """Another database with the same content."""
        name = f"relata_corpus_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {database}")
        return name

    def load_more(self, database, path):
        """Loads the file into a database that is there. Raises LoadError."""
        text = OTHER_DATABASE.sub("", path.read_text(encoding="utf-8"))
        with harness.scratch_file(text) as name:
            self._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", name)

    def execute(self, database, statements):
        with harness.scratch_file("".join(each + ";\n" for each in statements)) as name:
            self._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", name)

    def url(self, database):
        return f"postgres://postgres@{self.host}:{self.port}/{database}"

    def drop(self, database):
        self._run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


class Postgres15(_Postgres):
    name = "postgres15"

    def catalog(self, database):
        return statements(self._client("pg_dump", "-s", "-O", "-d", database))


class Postgres18(_Postgres):
    """Only what comes from a database: the grammar that reads files is that of version 15."""

    name = "postgres18"
    ways = ("URL", "DOWN")

    def catalog(self, database):
        def rows(sql):
            text = self._client("psql", "-X", "-q", "-At", "-0", "-v", "ON_ERROR_STOP=1", "-d",
                                database, "-c", sql)
            return text.split("\0")[:-1]

        return postgres_catalog.read(rows)
