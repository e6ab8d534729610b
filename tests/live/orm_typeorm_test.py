"""TypeORM runs what Relata writes for it: tsc takes the files, the migration makes the database
that our DDL makes, TypeORM's own comparison finds nothing to do, what it makes of the entities alone
is the same in all that it can say, rows come back as they were written, and the way back leaves
nothing.

Needs node and, in $RELATA_NODE_MODULES, typeorm with pg, mysql2, better-sqlite3 or sql.js, and
typescript; skipped without them, and says so. Files of the corpus are used where it is there.
"""

import concurrent.futures
import contextlib
import importlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = os.environ.get("RELATA_NODE_MODULES", "")
NEEDED = ("typeorm", "pg", "mysql2", "typescript", "@types/node")
FIXTURES = ROOT / "tests/fixtures/typeorm"
TSC_SECONDS = 120
SHOWN = 6  # differences
GRANT_ON_PUBLIC = "GRANT USAGE ON SCHEMA public"  # of the role, which outlives the database
WORKERS = 3


def corpus_modules(*names):
    """Modules of tests/corpus, whose harness is not the one of the live tests."""
    ours = sys.modules.pop("harness", None)
    sys.path.insert(0, str(ROOT / "tests/corpus"))
    try:
        return [importlib.import_module(name) for name in ("harness", *names)]
    finally:
        sys.path.remove(str(ROOT / "tests/corpus"))
        sys.modules.pop("harness", None)
        if ours:
            sys.modules["harness"] = ours


harness, postgres, mysql, sqlite = corpus_modules("postgres", "mysql", "sqlite")

# TypeORM's own tables, and what PostgreSQL's serial makes for them.
OWN = re.compile(r"\b(typeorm_metadata|migrations(_id_seq|_pkey)?|PK_[0-9a-f]{20,})\b")


def without_own_tables(catalog):
    return [text for text in catalog
            if not OWN.search(text.split("\n")[0]) and not text.startswith("internal ")]


def now_by_one_name(texts):
    return [text.replace("CURRENT_TIMESTAMP", "now()") for text in texts]


# A DEFAULT of digits and the same digits with a type: 0 = '0'::smallint.
TYPED_NUMBER = re.compile(r"DEFAULT '?(-?[\d.]+)'?(::(?:smallint|integer|bigint|numeric|real|"
                          r"double precision))?\b")
NOTES = re.compile(r"In the database only:(.*?)(?:\n \*\n|\*/)", re.DOTALL)


class Entity:
    """What the file of an entity says of itself."""

    def __init__(self, text):
        self.synchronized = "synchronize: false,\n})" not in text and not re.search(
            r"@(View)?Entity\([^)]*synchronize: false", text, re.DOTALL)
        found = NOTES.search(text)
        self.notes = re.sub(r"\s+\*?\s*", " ", found[1]).strip() if found else ""
        names = re.search(r"@(?:View)?Entity\(\{\s*name: (['\"])(.*?)\1", text)
        self.table = names[2] if names else ""


def entities_of(folder):
    return [Entity(path.read_text(encoding="utf-8"))
            for path in sorted((folder / "typeorm/entities").glob("*.ts"))
            if path.stem not in ("index", "transformers")]


# What no entity is about.
POSTGRES_ELSEWHERE = re.compile(
    r"CREATE (TRIGGER|POLICY|RULE|DOMAIN|FUNCTION|SCHEMA|EXTENSION)|GRANT|REVOKE|"
    r"ALTER TABLE (ONLY )?\S+ (ENABLE|FORCE|OWNER|REPLICA|CLUSTER)|COMMENT ON (POLICY|INDEX|CONSTRAINT|TRIGGER|FUNCTION|"
    r"EXTENSION|VIEW|SEQUENCE|TYPE|SCHEMA|MATERIALIZED)|ALTER TABLE ONLY \S+ (ALTER COLUMN \S+ SET "
    r"(STATISTICS|STORAGE)|ATTACH|CLUSTER)|ALTER INDEX")


class Typeorm:
    """The tests of one engine; SOURCES are paths with the JSON of rows to write, or None."""

    dialect = ""

    @classmethod
    def engine_class(cls):
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        if shutil.which("node") is None:
            raise unittest.SkipTest("node is not installed")
        missing = [name for name in NEEDED if not MODULES or not (pathlib.Path(MODULES) / name).is_dir()]
        if missing:
            raise unittest.SkipTest(f"RELATA_NODE_MODULES has no {', '.join(missing)}")
        cls.engine = cls.engine_class()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata_typeorm_"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "node_modules").symlink_to(MODULES)
        (cls.folder / "package.json").write_text("{}")
        cls.cases = {}
        for path, rows in cls.sources():
            cls.cases[f"{path.parent.name}_{path.stem}"] = cls.prepared(path, rows)
        cls.compiled = cls.compile()
        if cls.compiled.returncode == 0:
            cls.run_jobs()

    @classmethod
    def tearDownClass(cls):
        for case in getattr(cls, "cases", {}).values():
            for database in (case["expected_database"], *case["databases"].values()):
                with contextlib.suppress(harness.LoadError):
                    cls.engine.drop(database)

    @classmethod
    def sources(cls):
        for path in sorted((ROOT / "examples").glob("*/requirements.md")):
            yield path, None
        rows = json.loads((FIXTURES / "rows.json").read_text(encoding="utf-8"))
        for path in sorted(FIXTURES.glob(f"{cls.dialect}_*.sql")):
            yield path, rows.get(path.stem)
        corpus = harness.corpus()
        if corpus is None or not corpus.is_dir():
            print("orm_typeorm_test: no corpus here, so only our own files", file=sys.stderr)
            return
        for name in ("chinook", "pagila", "mediawiki"):
            path = corpus / {"postgres": "postgresql"}.get(cls.dialect, cls.dialect) / f"{name}.sql"
            if path.exists():
                yield path, None
        if cls.dialect == "postgres":
            yield corpus / "prisma/documenso.prisma", None

    @classmethod
    def prepared(cls, path, rows):
        code, ddl, error = harness.relata("emit", cls.dialect, path)
        assert code == 0, error
        name = f"{path.parent.name}_{path.stem}"
        folder = cls.folder / name
        code, _, error = harness.relata("build", path, "-o", folder, "--target", "typeorm",
                                        "--dialect", cls.dialect)
        assert code == 0, error
        databases = {kind: cls.engine.load("") for kind in ("migrated", "synchronized", "reverted")}
        return {"folder": folder, "rows": rows, "databases": databases,
                "expected_database": cls.engine.load(ddl)}

    @classmethod
    def compile(cls):
        """One run of tsc over all projects, with the options that each of them has."""
        options = json.loads(next(iter(cls.cases.values()))["folder"]
                             .joinpath("typeorm/tsconfig.json").read_text())
        options["compilerOptions"].update(rootDir=".", outDir="dist")
        (cls.folder / "tsconfig.json").write_text(json.dumps(options))
        return subprocess.run(["node", f"{MODULES}/typescript/bin/tsc", "-p", cls.folder], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              cwd=cls.folder, timeout=TSC_SECONDS)

    @classmethod
    def run_jobs(cls):
        """Each in a process of its own, for TypeORM keeps what decorators say for good."""
        script = shutil.copy(pathlib.Path(__file__).with_name("orm_typeorm.cjs"), cls.folder)
        environment = {**os.environ, "TZ": "America/St_Johns", **cls.environment()}

        def run(name):
            case = cls.cases[name]
            urls = {kind: cls.engine.url(each) for kind, each in case["databases"].items()}
            job = {"folder": str(cls.folder / "dist" / name / "typeorm"), "rows": case["rows"],
                   "urls": urls}
            done = subprocess.run(["node", script, json.dumps(job)], cwd=cls.folder, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                  env=environment)
            try:
                case["result"] = json.loads(done.stdout)
            except ValueError:
                case["result"] = {"error": done.stdout + done.stderr[-1000:]}

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(run, cls.cases))

    @classmethod
    def environment(cls):
        return {}

    def check(self, one):
        """Calls one(case) for every case that ran."""
        self.assertEqual(self.compiled.returncode, 0, self.compiled.stdout[:3000])
        for name, case in self.cases.items():
            with self.subTest(name):
                self.assertNotIn("error", case["result"], case["result"].get("error"))
                one(case)

    def catalog(self, case, database):
        """Read once."""
        read = case.setdefault("catalogs", {})
        if database not in read:
            read[database] = now_by_one_name(without_own_tables(self.engine.catalog(database)))
        return read[database]

    def test_compiles(self):
        self.assertEqual(self.compiled.returncode, 0, self.compiled.stdout[:3000])

    def test_in_sync_after_the_migration(self):
        self.check(lambda case: self.assertEqual(case["result"]["pending"], []))

    def test_the_migration_makes_what_our_ddl_makes(self):
        def one(case):
            self.equal(self.catalog(case, case["expected_database"]),
                       self.catalog(case, case["databases"]["migrated"]))

        self.check(one)

    def test_the_way_back_leaves_nothing(self):
        def one(case):
            left = self.catalog(case, case["databases"]["reverted"])
            self.assertEqual([text for text in left if not text.startswith(GRANT_ON_PUBLIC)], [])

        self.check(one)

    def test_entities_alone_make_the_same(self):
        def one(case):
            entities = entities_of(case["folder"])
            self.equal(self.sayable(self.catalog(case, case["expected_database"]), entities),
                       self.sayable(self.catalog(case, case["databases"]["synchronized"]), entities))

        self.check(one)

    def equal(self, expected, found):
        differences = harness.differences(expected, found)
        self.assertFalse(differences, f"{len(differences)} differences\n"
                                      + "\n".join(differences[:SHOWN]))

    def sayable(self, catalog, entities):
        """What of the catalog the entities claim to say."""
        raise NotImplementedError


class TypeormPostgres(Typeorm, unittest.TestCase):
    dialect = "postgres"

    @classmethod
    def engine_class(cls):
        return postgres.Postgres15()

    def sayable(self, catalog, entities):
        own = {entity.table for entity in entities if entity.synchronized}
        noted = " ".join(entity.notes for entity in entities if entity.synchronized)
        result = []
        for text in catalog:
            head = text.split("\n")[0]
            if POSTGRES_ELSEWHERE.match(text):
                continue
            names = {name.replace('""', '"').strip('"')
                     for name in re.findall(r'"(?:[^"]|"")*"|[\w$]+', head)}
            if not names & own:
                continue
            if re.match(r"(CREATE|ALTER) SEQUENCE|ALTER TABLE .* (IDENTITY|SET DEFAULT nextval)",
                        text, re.DOTALL) and "the sequence" in noted:
                continue
            constraint = re.search(r'ADD CONSTRAINT ("[^"]*"|\S+)', text)
            index = re.match(r'CREATE (?:UNIQUE )?INDEX ("[^"]*"|\S+)', text)
            name = (constraint or index or [None, ""])[1].strip('"')
            if name and re.search(rf"\b{re.escape(name)}\b", noted):
                continue
            if "PRIMARY KEY" in text and "order of the primary key" in noted:
                continue
            text = TYPED_NUMBER.sub(r"DEFAULT \1", text)
            if "domain" in noted or "partitions" in noted or "sequence" in noted:
                text = re.sub(r"\nPARTITION BY .*", "", text)
                text = re.sub(r" public\.(year|positive|\"bıgınt\")", " integer", text)
                text = re.sub(r" DEFAULT nextval\('[^']*'::regclass\)", "", text)
            result.append(text)
        return [self.pairs_as_set(text) for text in result]

    @staticmethod
    def pairs_as_set(text):
        """The columns of a foreign key in one order, as pairs."""
        found = re.search(r"FOREIGN KEY \(([^)]*)\) REFERENCES (\S+?)\(([^)]*)\)", text)
        if not found:
            return text
        pairs = sorted(zip(found[1].split(", "), found[3].split(", "), strict=True))
        return text.replace(found[0], f"FOREIGN KEY {pairs} REFERENCES {found[2]}")


class TypeormMariadb(Typeorm, unittest.TestCase):
    dialect = "mysql"

    @classmethod
    def engine_class(cls):
        return mysql.MariaDB()

    def sayable(self, catalog, entities):
        own = {entity.table: entity for entity in entities if entity.synchronized}
        result = []
        for text in catalog:
            found = re.match(r"CREATE TABLE `([^`]+)` \(\n(.*)\n\)(.*)$", text, re.DOTALL)
            if not found or found[1] not in own:
                continue
            notes = own[found[1]].notes
            lines = []
            for line in found[2].split(",\n"):
                name = re.search(r"(?:KEY|CONSTRAINT|^ ) `([^`]+)`", line)
                if name and re.search(rf"\b{re.escape(name[1])}\b", notes):
                    continue
                # A display width, and the character set of the table.
                line = re.sub(r"\b(tinyint)\(\d+\)", r"\1", line)
                line = re.sub(r" (CHARACTER SET|COLLATE) \w+", "", line)
                lines.append(line)
            comment = re.search(r"COMMENT='.*'", found[3])
            result.append("\n".join([found[1], *sorted(lines), comment[0] if comment else ""]))
        return result


class TypeormSqlite(Typeorm, unittest.TestCase):
    dialect = "sqlite"

    @classmethod
    def engine_class(cls):
        return sqlite.Sqlite()

    @classmethod
    def environment(cls):
        """sql.js stands in for better-sqlite3 where nobody compiled that."""
        compiled = subprocess.run(["node", "-e", "new (require('better-sqlite3'))(':memory:')"],
                                  cwd=cls.folder, check=False, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        return {} if compiled.returncode == 0 else {"RELATA_SQLJS": "1"}

    def sayable(self, catalog, entities):
        own = {entity.table: entity for entity in entities if entity.synchronized}
        result = []
        for text in catalog:
            found = re.match(r"(table|index|view) (.*) on ([^:\n]*)", text)
            if not found or found[3] not in own or found[2].startswith("sqlite_autoindex"):
                continue
            notes = own[found[3]].notes
            if re.search(rf"\b{re.escape(found[2])}\b", notes) and found[1] != "table":
                continue
            lines = []
            for line in text.split("\n"):
                # Names of primary keys, checks without one, and the numbers that SQLite gives.
                if re.match(r"constraint \S+_(pk|pkey)$|constraint pk_|strict$|index_list", line):
                    continue
                if line.startswith("check") and "check" in notes:
                    continue
                line = re.sub(r"^(table_xinfo \(\d+, '[^']*', )'([^']*)'",
                              lambda match: match[1] + match[2].lower().replace(", ", ","), line)
                line = re.sub(r"^foreign_key_list \(\d+, ", "foreign_key_list (", line)
                lines.append(re.sub(r"(\('table', \d+, \d), \d\)", r"\1)", line))
            result.append("\n".join([lines[0], *sorted(lines[1:])]))
        return result
