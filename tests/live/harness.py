"""What the live tests share: the relata binary, one test on every engine, sessions that stay open.

    @on_engines()                            # or on_engines("postgres15", "postgres18")
    class SoftDelete:
        DESIGN = "name: notes\\n..."           # loaded once into a database of the class

        def test_a_deleted_name_is_free(self):
            self.run_sql("INSERT ...")       # runs as the engine's own administrator
            self.refused("INSERT ...", says="unique|duplicate")

gives one unittest.TestCase an engine (SoftDelete_postgres15, ...). The environment variable RELATA
names the binary under test.
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

import catalog
import servers

ROOT = pathlib.Path(__file__).resolve().parents[2]
POSTGRES = ("postgres15", "postgres18")
APPLICATION = "live_application"  # a role that may log in and has the application's rights
RELATA = os.environ.get("RELATA", str(ROOT / "build/dev/bin/relata"))
if not os.path.exists(RELATA):
    sys.exit(f"no program to test at {RELATA}: build it, or let RELATA name it")
EXAMPLES = sorted((ROOT / "examples").glob("*/*.md"))


class RelataError(Exception):
    """What relata wrote to standard error when it exited with something else than 0."""


def relata(*arguments, text=None):
    """Runs relata; its standard output. Raises RelataError."""
    done = subprocess.run([RELATA, *map(str, arguments)], input=text, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    if done.returncode != 0:
        raise RelataError(f"relata {' '.join(map(str, arguments))}: exit {done.returncode}\n"
                          f"{done.stderr}")
    return done.stdout


def emit(target, source, *flags):
    """`relata emit`: the source is a path, or the text of a design.yaml."""
    if isinstance(source, pathlib.Path):
        return relata("emit", target, source, *flags)
    return relata("emit", target, "-", *flags, text=source)


def on_engines(*kinds):
    """Makes one TestCase for each kind of server (all, when none is named) from a plain class."""

    def decorate(tests):
        module = sys.modules[tests.__module__]
        for kind in kinds or servers.names():
            name = f"{tests.__name__}_{kind}"
            body = {"engine": kind, "__module__": tests.__module__, "__doc__": tests.__doc__,
                    "__qualname__": name}
            setattr(module, name, type(name, (tests, EngineTest), body))
        return tests

    return decorate


class EngineTest(unittest.TestCase):
    """A test on one engine. `DESIGN`, when a class has one, is loaded into its database."""

    engine = ""
    DESIGN = None
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = servers.start(cls.engine)
        cls.dialect = servers.dialect_of(cls.engine)
        cls.postgres = cls.dialect == "postgres"
        cls.mysql = cls.dialect == "mysql"
        cls.sqlite = cls.dialect == "sqlite"
        cls.database = None
        if cls.DESIGN:
            cls.database = cls.load(cls.DESIGN)
        cls.has_context = []
        if cls.sqlite and cls.database:
            cls.has_context = list(catalog.columns(cls.database, "sqlite", "session_context"))
        cls.prepare()

    @classmethod
    def prepare(cls):
        """What a class does once, after its design is loaded."""

    @classmethod
    def ddl(cls, source, *flags):
        """The script for this engine: for this very version of it on PostgreSQL 18, elsewhere the
        one that every supported version takes."""
        if cls.engine == "postgres18":
            flags = ("--dialect", "postgres@18", *flags)
        return emit(cls.dialect, source, *flags)

    @classmethod
    def load(cls, source):
        """A new database that holds the design."""
        database = cls.server.new_database()
        database.load(cls.ddl(source))
        if cls.postgres:
            cls.server.role(APPLICATION, member_of="app_user")
        return database

    def run_sql(self, sql, user=None, **settings):
        return self.database.run(self.settings(**settings) + sql, user)

    def value(self, sql, **settings):
        rows = self.run_sql(sql, **settings)
        self.assertTrue(rows, f"no row: {sql}")
        return rows[-1][0]

    def column(self, sql, **settings):
        return [row[0] for row in self.run_sql(sql, **settings)]

    def refused(self, sql, says="", **settings):
        """The statement must fail, with a message that matches."""
        with self.assertRaises(servers.SqlError, msg=f"was not refused: {sql}") as caught:
            self.run_sql(sql, **settings)
        self.assertRegex(str(caught.exception), re.compile(says, re.IGNORECASE))

    @classmethod
    def settings(cls, actor=None, tenant=None, include_deleted=None):
        """Statements by which an application tells the session who is at work, and for whom. They
        set what is given, and unset what is not where the session outlives the call."""
        if cls.sqlite:
            if cls.database is None or not cls.has_context:
                return ""
            values = {"actor_id": actor, "tenant_id": tenant, "include_deleted": include_deleted}
            columns = [c for c in values if c in cls.has_context]
            return "UPDATE session_context SET " + ", ".join(
                f"{c} = {cls.literal(values[c])}" for c in columns) + ";\n"
        names = {"app.current_user_id": actor, "app.current_workspace_id": tenant,
                 "app.include_deleted": include_deleted}
        form = "SET {} = {};\n" if cls.postgres else "SET @{} = {};\n"
        return "".join(form.format(name if cls.postgres else name.replace(".", "_"),
                                   cls.literal(value))
                       for name, value in names.items() if value is not None)

    @classmethod
    def literal(cls, text):
        if text is None:
            return "NULL"
        text = str(text).replace("'", "''")
        return "'" + (text.replace("\\", "\\\\") if cls.mysql else text) + "'"

    def foreign_keys(self):
        return catalog.foreign_keys(self.database, self.dialect)

    def indexes(self):
        return catalog.indexes(self.database, self.dialect)

    def table_columns(self, table):
        return catalog.columns(self.database, self.dialect, table)

    def primary_key(self, table):
        return catalog.primary_key(self.database, self.dialect, table)

    def series(self, count, value):
        """A SELECT that gives `count` rows of one text."""
        if self.postgres:
            return f"SELECT '{value}' FROM generate_series(1, {count})"
        if self.mysql:
            return f"SELECT '{value}' FROM seq_1_to_{count}"
        return (f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
                f"SELECT '{value}' FROM n")


class Session:
    """A session of its own that stays open, for tests in which two people work at once."""

    def __init__(self, database):
        self.database = database
        server = database.server
        if server.kind == "mariadb":
            command = ["mariadb", "--no-defaults", "--protocol=tcp", "-h", "127.0.0.1", "-P",
                       str(server.port), "-u", "root", "-N", "-B", "-f", "--unbuffered",
                       database.name]
        else:
            command = server.client(database.name, "postgres")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.count = 0

    def run(self, sql):
        """Runs statements that end in a semicolon; the text they print, errors included."""
        self.count += 1
        mark = f"done {self.count}"
        self.process.stdin.write(f"{sql}\nSELECT '{mark}';\n")
        self.process.stdin.flush()
        lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise servers.SqlError("the session ended: " + "".join(lines))
            if line.strip() == mark:
                return "".join(lines)
            lines.append(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
