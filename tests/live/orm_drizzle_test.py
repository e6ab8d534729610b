"""Drizzle runs what Relata writes for it: tsc takes the files and Prettier leaves them as they are;
drizzle-kit would write the same snapshot and finds nothing to change; its migration makes the
database that our DDL makes; what it makes of schema.ts alone is the same in all that schema.ts can
say; and rows come back as they were written.

Needs node and, in $RELATA_NODE_MODULES, drizzle-kit and drizzle-orm with pg, mysql2,
@libsql/client, typescript and prettier; skipped without them, and says so. Files of the corpus are
used where it is there.
"""

import collections
import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import corpus_catalogs
from corpus_catalogs import LoadError, mysql, postgres, sqlite

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = os.environ.get("RELATA_NODE_MODULES", "")
NEEDED = ("drizzle-kit", "drizzle-orm", "pg", "mysql2", "@libsql/client", "typescript", "prettier",
          "@types/node")
ROWS = ROOT / "tests/tools/drizzle_rows.mjs"
TOOL_SECONDS = 120
WORKERS = 2
SHOWN = 6  # differences

COMPILER_OPTIONS = {
    "strict": True, "exactOptionalPropertyTypes": True, "noUnusedLocals": True, "noEmit": True,
    "skipLibCheck": True, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
    "types": ["node"],
}

# A DEFAULT of digits and the same digits with a type: 0 = '0'::smallint.
TYPED_NUMBER = re.compile(r"'(-?[\d.]+)'::(smallint|integer|bigint|numeric|real|double precision)\b")
NOTES = re.compile(r"^// In the database only:.*\n(?://.*\n)*", re.MULTILINE)
# What schema.ts is not about.
ELSEWHERE = re.compile(
    r"CREATE (TRIGGER|RULE|DOMAIN|FUNCTION|EXTENSION|CAST|AGGREGATE|TYPE \S+ AS \()|GRANT|REVOKE|COMMENT|"
    r"ALTER TABLE (ONLY )?\S+ (FORCE|OWNER|REPLICA|CLUSTER|ATTACH)|ALTER (FUNCTION|TYPE|INDEX)|"
    r"ALTER TABLE ONLY \S+\s+ADD CONSTRAINT \S+ EXCLUDE|ALTER DEFAULT")
# What must be there before drizzle-kit can make tables.
BEFORE = re.compile(r"\s*(?:--[^\n]*\n\s*)*(SET|CREATE (OR REPLACE )?FUNCTION|CREATE EXTENSION|"
                    r"CREATE DOMAIN|CREATE TYPE \S+ AS \(|DO )")
BREAKPOINT = "--> statement-breakpoint\n"


def without_own_tables(catalog):
    """The catalog without what drizzle-kit keeps for itself."""
    return [text for text in catalog if "drizzle" not in text.split("\n")[0]
            and "__drizzle_migrations" not in text]


class Drizzle:
    """The tests of one engine."""

    dialect = ""

    @classmethod
    def engine_class(cls):
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        if shutil.which("node") is None:
            raise unittest.SkipTest("node is not installed")
        missing = [name for name in NEEDED
                   if not MODULES or not (pathlib.Path(MODULES) / name).is_dir()]
        if missing:
            raise unittest.SkipTest(f"RELATA_NODE_MODULES has no {', '.join(missing)}")
        cls.engine = cls.engine_class()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata_drizzle_"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "node_modules").symlink_to(MODULES)
        (cls.folder / "package.json").write_text("{}")
        cls.cases = {f"{path.parent.name}_{path.stem}": cls.prepared(path, own)
                     for path, own in cls.sources()}
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(cls.run_kit, cls.cases.values()))

    @classmethod
    def tearDownClass(cls):
        for case in getattr(cls, "cases", {}).values():
            for database in case["databases"].values():
                with contextlib.suppress(LoadError):
                    cls.engine.drop(database)

    @classmethod
    def sources(cls):
        for path in sorted((ROOT / "examples").glob("*/*requirements.md")):
            yield path, True
        yield ROOT / "tests/fixtures/sql" / cls.dialect / "types.sql", True
        corpus = corpus_catalogs.corpus_folder()
        if corpus is None or not corpus.is_dir():
            print("orm_drizzle_test: no corpus here, so only our own files", file=sys.stderr)
            return
        for name in ("chinook", "pagila", "mediawiki"):
            path = corpus / {"postgres": "postgresql"}.get(cls.dialect, cls.dialect) / f"{name}.sql"
            if path.exists():
                yield path, False
        if cls.dialect == "postgres":
            yield corpus / "prisma/documenso.prisma", False

    @classmethod
    def prepared(cls, path, own):
        """Writes the files, and loads our DDL. `own`: the tables are made of schema.ts alone too."""
        name = f"{path.parent.name}_{path.stem}"
        folder = cls.folder / name
        flags = ("--dialect", cls.dialect)
        code, _, error = corpus_catalogs.harness.relata("build", path, "-o", folder, "--target",
                                                        "drizzle", *flags)
        assert code == 0, error
        code, ddl, error = corpus_catalogs.harness.relata("emit", cls.dialect, path)
        assert code == 0, error
        alone = folder / "alone"
        alone.mkdir()
        for file in (folder / "drizzle").glob("*.ts"):
            shutil.copy(file, alone)
        return {"folder": folder / "drizzle", "alone": alone, "own": own,
                "databases": {"ours": cls.engine.load(ddl), "migrated": cls.engine.load("")}}

    @classmethod
    def tool(cls, folder, *command, **environment):
        done = subprocess.run(["node", *command], cwd=folder, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=TOOL_SECONDS, stdin=subprocess.DEVNULL,
                              env={**os.environ, "TZ": "America/St_Johns", **environment})
        return done.returncode, done.stdout

    @classmethod
    def kit(cls, folder, *arguments, **environment):
        return cls.tool(folder, f"{MODULES}/drizzle-kit/bin.cjs", *arguments, **environment)

    @classmethod
    def run_kit(cls, case):
        migrated = cls.address(case["databases"]["migrated"])
        case["migrate"] = cls.kit(case["folder"], "migrate", DATABASE_URL=migrated)
        if case["own"]:
            cls.kit(case["alone"], "generate", "--name", "alone")
        if not case["own"] or case["folder"].parent.name.endswith("_types"):
            case["generate"] = cls.kit(case["folder"], "generate", "--name", "again")

    @classmethod
    def address(cls, database):
        """As drizzle-kit takes it."""
        return cls.engine.url(database)

    def each(self, condition=lambda case: True):
        """Every case in a subtest of its own."""
        for name, case in self.cases.items():
            if condition(case):
                yield name, case

    def test_typescript_takes_the_files(self):
        own = [f"{case['folder']}/*.ts" for _, case in self.each(lambda case: case["own"])]
        for compiler, files in (("typescript", own), ("typescript7", ["*/drizzle/*.ts"])):
            if not (pathlib.Path(MODULES) / compiler).is_dir():
                continue
            (self.folder / "tsconfig.json").write_text(json.dumps(
                {"compilerOptions": COMPILER_OPTIONS, "include": files}))
            with self.subTest(compiler):
                code, said = self.tool(self.folder, f"{MODULES}/{compiler}/bin/tsc", "-p", ".")
                self.assertEqual(code, 0, said[:3000])

    def test_prettier_changes_nothing(self):
        files = [str(file) for _, case in self.each(lambda case: case["own"])
                 for file in sorted(case["folder"].glob("*.ts"))]
        code, said = self.tool(self.folder, f"{MODULES}/prettier/bin/prettier.cjs", "--check",
                               "--single-quote", *files)
        self.assertEqual(code, 0, said[:3000])

    def test_there_is_nothing_to_generate(self):
        for name, case in self.each(lambda case: "generate" in case):
            with self.subTest(name):
                code, said = case["generate"]
                self.assertEqual(code, 0, said[-2000:])
                self.assertIn("No schema changes", said)

    def test_the_history_is_in_order(self):
        for name, case in list(self.each())[:1]:
            with self.subTest(name):
                code, said = self.kit(case["folder"], "check")
                self.assertEqual(code, 0, said[-2000:])
                self.assertIn("Everything's fine", said)

    def test_the_snapshot_is_what_drizzle_kit_writes(self):
        """So that there is nothing to generate either."""
        for name, case in self.each(lambda case: case["own"]):
            with self.subTest(name):
                place = "migrations/meta/0000_snapshot.json"
                ours = (case["folder"] / place).read_text(encoding="utf-8")
                kits = (case["alone"] / place).read_text(encoding="utf-8")
                without_id = re.compile(r'"id": "[0-9a-f-]{36}"')
                self.assertEqual(without_id.sub('"id": ""', kits), without_id.sub('"id": ""', ours))

    def test_the_migration_makes_what_our_ddl_makes(self):
        for name, case in self.each():
            with self.subTest(name):
                code, said = case["migrate"]
                self.assertEqual(code, 0, said[-2000:])
                ours, migrated = (self.engine.catalog(case["databases"][kind])
                                  for kind in ("ours", "migrated"))
                self.equal(ours, without_own_tables(migrated))

    def test_schema_ts_alone_makes_the_same(self):
        for name, case in self.each(lambda case: case["own"]):
            with self.subTest(name):
                case["databases"]["alone"] = database = self.engine.load(self.made_of_schema(case))
                notes = " ".join(NOTES.findall((case["folder"] / "schema.ts").read_text()))
                ours, alone = (self.sayable(case["databases"][kind], notes)
                               for kind in ("ours", "alone"))
                self.assertTrue(database)
                self.equal(ours, alone)

    def test_rows_come_back(self):
        name = f"{self.dialect}_types"
        case = self.cases[name]
        script = shutil.copy(ROWS, self.folder)
        database = self.address(case["databases"]["migrated"])
        code, said = self.tool(self.folder, script, self.dialect, str(case["folder"]), database)
        self.assertEqual(code, 0, said[-3000:])
        self.assertRegex(said, r"\d+ tables, \d\d+ columns")

    def made_of_schema(self, case):
        """What drizzle-kit writes from schema.ts, with what must be there before."""
        return (case["alone"] / "migrations/0000_alone.sql").read_text(encoding="utf-8")

    def sayable(self, database, notes):
        """What of the database schema.ts claims to say."""
        raise NotImplementedError

    def equal(self, expected, found):
        differences = corpus_catalogs.differences(expected, found)
        self.assertFalse(differences, f"{len(differences)} differences\n"
                                      + "\n".join(differences[:SHOWN]))


class DrizzlePostgres(Drizzle, unittest.TestCase):
    dialect = "postgres"

    @classmethod
    def engine_class(cls):
        return postgres.Postgres15()

    def made_of_schema(self, case):
        whole = (case["folder"] / "migrations/0000_initial.sql").read_text(encoding="utf-8")
        before = [one for one in whole.split(BREAKPOINT) if BEFORE.match(one)]
        made = super().made_of_schema(case).split(BREAKPOINT.strip())
        first = [one for one in made if re.match(r"\s*CREATE (SCHEMA|TYPE)", one)]
        rest = [one for one in made if one not in first]
        return "SET check_function_bodies = off;\n" + "\n".join(first + before + rest)

    def sayable(self, database, notes):
        result = []
        for text in self.engine.catalog(database):
            if ELSEWHERE.match(text):
                continue
            text = TYPED_NUMBER.sub(r"\1", text).replace("CURRENT_TIMESTAMP", "now()")
            for detail in (r" INCLUDE \([^)]*\)", r" DEFERRABLE( INITIALLY DEFERRED)?",
                           r" (NOT VALID|NO INHERIT|MATCH FULL)", r"(?<=SET NULL) \([^)]*\)"):
                text = re.sub(detail, "", text)
            result.append(text)
        return result


class DrizzleMariadb(Drizzle, unittest.TestCase):
    dialect = "mysql"

    @classmethod
    def engine_class(cls):
        return mysql.MariaDB()

    def sayable(self, database, notes):
        result = []
        for text in self.engine.catalog(database):
            found = re.match(r"CREATE TABLE `([^`]+)` \(\n(.*)\n\)", text, re.DOTALL)
            if not found:
                continue
            for line in found[2].split(",\n"):
                name = re.match(r"\s*(?:\w+ )?KEY `([^`]+)`", line)
                if name and re.search(rf"\bindex {re.escape(name[1])}\b", notes):
                    continue
                line = re.sub(r" COMMENT '(?:[^']|'')*'| (CHARACTER SET|COLLATE) \w+", "", line)
                line = re.sub(r"DEFAULT '(-?[\d.]+)'", r"DEFAULT \1", line)
                if " ON UPDATE " in notes:
                    line = re.sub(r" ON UPDATE current_timestamp\(\d?\)", "", line)
                # A check may stand with its column, and then has no name.
                check = re.match(r"(.*?)(?:CONSTRAINT `\w+`)? CHECK \((.*)\)$", line)
                if check:
                    result.append(f"{found[1]} CHECK {check[2]}")
                    line = check[1]
                if line.strip():
                    result.append(f"{found[1]} {line.strip()}")
        return result


class DrizzleSqlite(Drizzle, unittest.TestCase):
    dialect = "sqlite"

    @classmethod
    def engine_class(cls):
        return sqlite.Sqlite()

    @classmethod
    def address(cls, database):
        return f"file:{database}"

    def sayable(self, database, notes):
        """Columns, keys and indexes by what they are: Drizzle names no foreign key, and makes an
        index of a unique constraint."""
        result = []
        with contextlib.closing(sqlite3.connect(database)) as connection:
            def rows(sql, *values):
                return connection.execute(sql, values).fetchall()

            texts = dict(rows("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))
            for (table,) in rows("SELECT name FROM sqlite_schema WHERE type = 'table'"
                                 " AND name NOT LIKE 'sqlite_%'"):
                for _, name, kind, required, default, key, hidden in rows(
                        "SELECT * FROM pragma_table_xinfo(?)", table):
                    default = {"true": "1", "false": "0"}.get(default, default)
                    result.append(f"{table}.{name} {kind.lower()} {bool(required or key)} {default}"
                                  f" {key} {hidden}")
                keys = collections.defaultdict(list)
                for row in rows("SELECT * FROM pragma_foreign_key_list(?)", table):
                    keys[row[0]].append(row[2:])
                result += [f"{table} key {sorted(key)}" for key in keys.values()]
                result += [f"{table} {one}" for one in sqlite.constraints(texts[table])
                           if not one.startswith("constraint ") and one != "strict"]
                for _, index, unique, origin, partial in rows(
                        "SELECT * FROM pragma_index_list(?)", table):
                    if origin == "pk":
                        continue
                    parts = [row[2:] for row in rows("SELECT * FROM pragma_index_xinfo(?)", index)]
                    text = sqlite.normalised(texts.get(index) or "")
                    result.append(f"{table} index {unique} {parts} "
                                  f"{text.split(' where ')[1] if partial else ''}")
        return result


if __name__ == "__main__":
    unittest.main()
