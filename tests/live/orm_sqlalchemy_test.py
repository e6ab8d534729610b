"""SQLAlchemy models and their Alembic environment, with the tools that read them: black and mypy are
content; upgrade gives the catalog of our own DDL, check finds nothing to do, downgrade leaves
nothing; the models alone make the same catalog in all that SQLAlchemy can say; and rows written
through the ORM come back unchanged."""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import corpus_catalogs as catalogs
import python_tools
from harness import RELATA, ROOT

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = ROOT / "tests/fixtures/orm"
CORPUS_FILES = {
    "postgres": ("postgresql/chinook.sql", "postgresql/pagila.sql", "postgresql/mediawiki.sql",
                 "prisma/documenso.prisma"),
    "mysql": ("mysql/chinook.sql", "mysql/mediawiki.sql"),
    "sqlite": ("sqlite/chinook.sql", "sqlite/mediawiki.sql"),
}
# What the models take as given: it must be there before create_all().
PREREQUISITES = re.compile(
    r"(?is)(\s|--[^\n]*\n)*(create (schema|extension|function|collation|procedure|aggregate|operator"
    r"|type \S+ as (\(|range)|text search)|set check_function_bodies|do )")
# What stands in the first migration alone, as each engine's catalog shows it.
MIGRATION_ONLY = {
    "postgres": re.compile(
        r"(?s)GRANT|REVOKE|ALTER DEFAULT|CREATE (TRIGGER|CONSTRAINT TRIGGER|POLICY|FUNCTION|PROCEDURE"
        r"|RULE|VIEW|MATERIALIZED|AGGREGATE|OPERATOR|EVENT|PUBLICATION)"
        r"|ALTER TABLE (ONLY )?\S+ (ENABLE|DISABLE|FORCE|REPLICA|CLUSTER)|ALTER SEQUENCE \S+ OWNED BY"
        r"|ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET (DEFAULT nextval|STATISTICS)"
        r"|COMMENT ON (POLICY|VIEW|FUNCTION|SCHEMA|EXTENSION|TRIGGER|INDEX|CONSTRAINT|AGGREGATE"
        r"|SEQUENCE|TYPE|DOMAIN|MATERIALIZED)"),
    "mysql": re.compile(
        r"CREATE (TRIGGER|VIEW|ALGORITHM|DEFINER|PROCEDURE|FUNCTION|EVENT)|(TRIGGERS|VIEWS|ROUTINES"
        r"|PARAMETERS) |TABLES \(.* VIEW$"),
    "sqlite": re.compile(r"(trigger|view) |index sqlite_auto"),
}


def run(*command, folder, **environment):
    """Standard output of a program in the folder. Fails with all that it said."""
    done = subprocess.run([str(part) for part in command], cwd=folder, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          env={**os.environ, **environment})
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        raise AssertionError(f"{' '.join(map(str, command[1:]))}:\n{said[-3000:]}")
    return done.stdout


def sqlalchemy_url(url):
    """The address of a database with the driver that is used here."""
    if url.startswith("postgres:"):
        return url.replace("postgres:", "postgresql+psycopg:", 1)
    if url.startswith("mysql:"):
        return url.replace("mysql:", "mariadb+pymysql:", 1)
    return url.replace("sqlite:", "sqlite:///", 1)


def without_alembic(catalog):
    return [text for text in catalog
            if "alembic_version" not in text and not text.startswith("internal ")]


def comparable(catalog, dialect, left_out):
    """The catalog in the terms that the models can say: without what the first migration alone
    makes (partitions and views among it, named in `left_out`), and without the order in which a
    table's constraints and indexes were added."""
    result = []
    for text in without_alembic(catalog):
        if MIGRATION_ONLY[dialect].match(text) or any(name in text for name in left_out):
            continue
        if dialect == "sqlite" and text.startswith("table "):
            text = _sqlite_table(text)
        elif re.match("CREATE TABLE", text):
            # A default that counts stands with its column or behind the table.
            text = re.sub(r" DEFAULT nextval\([^)]*\)", "", text)
            text = "\n".join(sorted(line.rstrip(",") for line in text.splitlines()))
        result.append(text)
    return result


def _sqlite_table(text):
    head, *lines = text.split("\n")
    lines = [re.sub(r"sqlite_autoindex_(.*)_\d+", "auto", line) for line in lines]
    # The numbers of keys and indexes; a blank in NUMERIC(10, 2).
    lines = [re.sub(r"^((index_list|foreign_key_list) \()\d+, (\d+,)?", r"\1", line)
             for line in lines]
    lines = [re.sub(r", (\d+)\)", r",\1)", line) for line in lines]
    # AUTOINCREMENT stands with the column, where SQLAlchemy gives the key no name.
    counts = "autoincrement" in lines
    lines = [line for line in lines if not (counts and re.fullmatch(r"constraint \w+_pkey", line))]
    return "\n".join([head, *sorted(lines)]).lower()


class Case:
    """A source, built for a dialect in a folder of its own."""

    def __init__(self, engine, source, scratch):
        self.engine = engine
        self.source = source
        self.python = python_tools.interpreter()
        run(RELATA, "build", source, "-o", scratch, "--target", "sqlalchemy", "--dialect",
            engine.dialect, folder=ROOT)
        self.folder = pathlib.Path(scratch) / "sqlalchemy"

    def tool(self, *arguments, database):
        url = sqlalchemy_url(self.engine.url(database))
        return run(self.python, HERE / "orm_sqlalchemy_run.py", *arguments, folder=self.folder,
                   DATABASE_URL=url)

    def prerequisites(self):
        """A database with what the models need beside themselves."""
        database = self.engine.load("")
        if self.engine.dialect == "postgres":
            statements = json.loads(self.tool("statements", database=database))["create"]
            # A function that names a table is refused here, and not needed by any table.
            with catalogs.harness.scratch_file("".join(
                    each + ";\n" for each in statements if PREREQUISITES.match(each))) as name:
                self.engine._client("psql", "-X", "-q", "-d", database, "-f", name)
        return database

    def check_database(self):
        engine, dialect = self.engine, self.engine.dialect
        ddl = run(RELATA, "emit", dialect, self.source, folder=ROOT)
        databases = [engine.load(ddl), engine.load(""), self.prerequisites(), engine.load("")]
        ours, migrated, made, empty = databases
        try:
            self.tool("up", sqlalchemy_url(engine.url(made)), database=migrated)
            expected = without_alembic(engine.catalog(ours))
            self.same(expected, without_alembic(engine.catalog(migrated)), "alembic upgrade")
            left_out = re.findall(r"ATTACH PARTITION \w+\.(\S+)|CREATE MATERIALIZED VIEW (\S+)"
                                  r"|TABLES (\(\S+ \|) VIEW", "\n".join(expected))
            left_out = [name for names in left_out for name in names if name]
            self.same(comparable(expected, dialect, left_out),
                      comparable(engine.catalog(made), dialect, left_out), "create_all")
            self.tool("down", database=migrated)
            self.same(engine.catalog(empty), without_alembic(engine.catalog(migrated)),
                      "alembic downgrade")
        finally:
            for database in databases:
                engine.drop(database)

    def same(self, expected, found, what):
        differences = catalogs.differences(expected, found)
        if differences:
            raise AssertionError(f"{what}: {len(differences)} differences\n"
                                 + "\n".join(differences[:5])[:3000])


class SqlAlchemy:
    """The tests on one engine; its server is started, or found, by the engine itself."""

    engine_class = None

    @classmethod
    def setUpClass(cls):
        python_tools.interpreter()
        cls.engine = cls.engine_class()

    def check_sources(self, sources):
        with tempfile.TemporaryDirectory() as scratch:
            cases = [Case(self.engine, source, f"{scratch}/source{number}")
                     for number, source in enumerate(sources)]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                checks = [("the code", pool.submit(self.check_code, scratch, cases))]
                checks += [(case.source.stem, pool.submit(case.check_database)) for case in cases]
                for name, result in checks:
                    with self.subTest(name):
                        result.result()

    def check_code(self, scratch, cases):
        python = python_tools.interpreter()
        run(python, "-m", "black", "--quiet", "--check", ".", folder=scratch)
        cache = f"--cache-dir={scratch}/.mypy_cache"
        # All models at once, each a module of its own; and the environment of one.
        files = [path for case in cases for path in (
            case.folder / "models.py", case.folder / "alembic/versions/0001_initial.py")]
        run(python, "-m", "mypy", "--strict", "--explicit-package-bases", "--namespace-packages",
            cache, *(path.relative_to(scratch) for path in files), folder=scratch, MYPYPATH=".")
        run(python, "-m", "mypy", "--strict", cache, "alembic/env.py", folder=cases[0].folder)

    def test_an_example_and_names_and_types_of_every_kind(self):
        self.check_sources([FIXTURES / f"{self.engine.dialect}.sql",
                            ROOT / "examples/taskboard/requirements.md"])

    def test_files_of_other_people(self):
        folder = catalogs.corpus_folder()
        if folder is None:
            self.skipTest("no corpus (RELATA_CORPUS names its folder)")
        self.check_sources([folder / name for name in CORPUS_FILES[self.engine.dialect]])

    def test_rows_come_back_unchanged(self):
        database = self.engine.load("")
        try:
            with tempfile.TemporaryDirectory() as scratch:
                case = Case(self.engine, FIXTURES / f"{self.engine.dialect}.sql", scratch)
                case.tool("up", database=database)
                said = run(case.python, HERE / "orm_sqlalchemy_rows.py", "EveryType,Class",
                           folder=case.folder,
                           DATABASE_URL=sqlalchemy_url(self.engine.url(database)))
            self.assertRegex(said, r"\A\d{2,} values\n\Z")
        finally:
            self.engine.drop(database)


class SqlAlchemyOnPostgres(SqlAlchemy, unittest.TestCase):
    engine_class = catalogs.postgres.Postgres15

    def test_all_examples(self):
        self.check_sources(sorted((ROOT / "examples").glob("[!t]*/requirements.md")))


class SqlAlchemyOnMariaDB(SqlAlchemy, unittest.TestCase):
    engine_class = catalogs.mysql.MariaDB


class SqlAlchemyOnSqlite(SqlAlchemy, unittest.TestCase):
    engine_class = catalogs.sqlite.Sqlite


if __name__ == "__main__":
    unittest.main()
