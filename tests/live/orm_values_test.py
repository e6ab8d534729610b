"""TypeScript interfaces, Zod schemas, dataclasses, Pydantic models and JSON Schema: their own tools
take what Relata writes, and they and the databases agree on values. Every kind of column and check
is tried with good and bad values (orm_values/): what the database refuses, Zod and Pydantic refuse;
what it keeps, they accept; what it gives back, they take unchanged.

Needs node and, in $RELATA_NODE_MODULES, what tests/tools/package.json names, and the packages of
tests/tools/requirements.txt; skipped without them, and says so. Files of the corpus are used where
it is there ($RELATA_CORPUS).
"""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import python_tools
from harness import EXAMPLES, ROOT, EngineTest, on_engines, relata

MODULES = os.environ.get("RELATA_NODE_MODULES", "")
NEEDED = ("zod", "typescript", "typescript7", "pg", "mysql2", "@libsql/client", "ajv", "ajv-formats")
HERE = pathlib.Path(__file__).resolve().parent / "orm_values"
TARGETS = "typescript,zod,dataclass,pydantic,json-schema"
DIALECTS = ("postgres", "mysql", "sqlite")
CORPUS = ("postgresql/chinook.sql", "postgresql/pagila.sql", "postgresql/mediawiki.sql",
          "mysql/chinook.sql", "mysql/mediawiki.sql", "sqlite/chinook.sql",
          "prisma/documenso.prisma")
STRICT = {"strict": True, "exactOptionalPropertyTypes": True, "noUncheckedIndexedAccess": True,
          "noUnusedLocals": True, "module": "nodenext", "target": "es2022", "lib": ["es2022"],
          "types": [], "skipLibCheck": True}


def need_tools():
    if shutil.which("node") is None:
        raise unittest.SkipTest("node is not installed")
    missing = [n for n in NEEDED if not MODULES or not (pathlib.Path(MODULES) / n).is_dir()]
    if missing:
        raise unittest.SkipTest(f"RELATA_NODE_MODULES has no {', '.join(missing)}")


def run(command, **more):
    """What a command prints, and whether it succeeded."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False,
                          env={**os.environ, "TZ": "UTC", "NODE_NO_WARNINGS": "1"}, **more)
    return done.stdout, done.returncode == 0


def assignments(folder):
    """A module that compiles only if every interface and Zod's type of the same name can be assigned
    to each other."""
    names = [line.split()[2].split("<")[0] for line in (folder / "types.ts").read_text().splitlines()
             if line.startswith(("export interface ", "export type "))]
    zod = (folder / "zod.ts").read_text()
    shared = [name for name in names if f"export type {name} =" in zod]
    lines = ["import type * as plain from './types.js';", "import type * as zod from './zod.js';"]
    for name in shared:
        lines += [f"export const to{name} = (value: plain.{name}): zod.{name} => value;",
                  f"export const from{name} = (value: zod.{name}): plain.{name} => value;"]
    (folder / "assignments.ts").write_text("\n".join(lines) + "\n")
    return len(shared)


def typescript(folder, package="typescript", emit=False, files=()):
    """tsc, strict, over the types in a folder, and more files."""
    # The files of ORMs want node's own types.
    options = {**STRICT, "types": ["node"] if files else [], **({"outDir": str(folder / "js"), "rootDir": str(folder)} if emit
                            else {"noEmit": True})}
    (folder / "tsconfig.json").write_text(json.dumps(
        {"compilerOptions": options, "include": ["**/types/*.ts", *files]}))
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(MODULES)
        (folder / "package.json").write_text('{"type": "module"}')
    return run(["node", pathlib.Path(MODULES) / package / "bin/tsc", "-p", folder])


class Folder:
    """A scratch folder for a class of tests."""

    @classmethod
    def setUpClass(cls):
        need_tools()
        super().setUpClass()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata-values-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)


@on_engines()
class Values(Folder):
    def connection(self, database):
        if self.sqlite:
            return HERE / "sqlite.sql"
        database.load((HERE / f"{self.dialect}.sql").read_text())
        if self.mysql:
            return f"mysql://root@127.0.0.1:{self.server.port}/{database.name}"
        return f"postgresql://postgres@127.0.0.1:{self.server.port}/{database.name}"

    def build(self):
        relata("build", HERE / f"{self.dialect}.sql", "-o", self.folder, "--target", TARGETS,
               "--dialect", self.dialect)

    def agree(self, command):
        output, succeeded = run(command)
        self.assertTrue(succeeded, output)
        counts = json.loads(output.splitlines()[0])
        self.assertGreater(min(counts["kept"], counts["refused"]), 500, counts)

    def test_zod_and_the_database_agree(self):
        self.build()
        output, succeeded = typescript(self.folder, emit=True)
        self.assertTrue(succeeded, output)
        self.agree(["node", HERE / "try_zod.mjs", self.dialect,
                    self.connection(self.server.new_database()), self.folder / "js/types/zod.js"])

    def test_pydantic_and_the_database_agree(self):
        self.build()
        python = python_tools.interpreter()
        connection = self.connection(self.server.new_database())
        self.agree([python, HERE / "try_pydantic.py", self.dialect, connection,
                    self.folder / "python"])
        if not self.sqlite:  # whose database went with the process
            self.read_with_sqlalchemy(python, connection)

    def read_with_sqlalchemy(self, python, connection):
        """SQLAlchemy's objects of the same rows come through as they are."""
        relata("build", HERE / f"{self.dialect}.sql", "-o", self.folder / "orm", "--target",
               "sqlalchemy", "--dialect", self.dialect)
        url = (connection.replace("postgresql://", "postgresql+psycopg://")
               .replace("mysql://", "mariadb+pymysql://") + ("?charset=utf8mb4" * self.mysql))
        output, succeeded = run([python, HERE / "try_sqlalchemy.py", url, self.folder / "python",
                                 self.folder / "orm/sqlalchemy/models.py"])
        self.assertTrue(succeeded, output[-3000:])

    def test_rows_come_through_drizzle(self):
        if self.sqlite:
            self.skipTest("every statement would have a database of its own")
        if not (pathlib.Path(MODULES) / "drizzle-orm").is_dir():
            self.skipTest("RELATA_NODE_MODULES has no drizzle-orm")
        self.build()
        relata("build", HERE / f"{self.dialect}.sql", "-o", self.folder, "--target", "drizzle",
               "--dialect", self.dialect)
        output, succeeded = typescript(self.folder, emit=True, files=("drizzle/schema.ts",))
        self.assertTrue(succeeded, output)
        connection = self.connection(self.server.new_database())
        output, succeeded = run(["node", HERE / "try_drizzle.mjs", self.dialect, connection,
                                 self.folder / "js"])
        self.assertTrue(succeeded, output)


class Tools(Folder, unittest.TestCase):
    """What is written for the examples, the fixtures and the corpus, each with its own tool."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.python = python_tools.interpreter()
        cls.sources = [(path, DIALECTS[i % 3]) for i, path in enumerate(EXAMPLES)]
        cls.sources += [(HERE / f"{dialect}.sql", dialect) for dialect in DIALECTS]
        cls.sources += [(path, None) for path in sorted((ROOT / "tests/fixtures/sql").glob("*/*.sql"))]
        corpus = os.environ.get("RELATA_CORPUS")
        cls.sources += [(path, None) for name in CORPUS
                        if corpus and (path := pathlib.Path(corpus) / name).exists()]
        cls.folders = []
        for i, (path, dialect) in enumerate(cls.sources):
            folder = cls.folder / f"{i}-{path.parent.name}-{path.stem}"
            flags = ("--dialect", dialect) if dialect else ()
            relata("build", path, "-o", folder, "--target", TARGETS, *flags)
            cls.folders.append(folder)

    def test_typescript_takes_them(self):
        for folder in self.folders:
            self.assertGreater(assignments(folder / "types"), 2, folder)
        for package in ("typescript", "typescript7"):
            output, succeeded = typescript(self.folder, package)
            self.assertTrue(succeeded, output[:3000])

    def test_mypy_takes_them(self):
        cache = self.folder / "mypy"
        for folder in self.folders:
            output, succeeded = run([self.python, "-m", "mypy", "--strict", "--cache-dir", cache,
                                     "models.py", "records.py"], cwd=folder / "python")
            self.assertTrue(succeeded, f"{folder.name}: {output[:3000]}")

    def test_python_runs_them_without_a_warning(self):
        files = [folder / "python" / name for folder in self.folders
                 for name in ("models.py", "records.py")]
        output, succeeded = run([self.python, "-W", "error", HERE / "run_modules.py", *files])
        self.assertTrue(succeeded, output[-3000:])

    def test_ajv_takes_them(self):
        files = [folder / "types/schema.schema.json" for folder in self.folders]
        output, succeeded = run(["node", HERE / "check_json_schema.mjs", MODULES, *files])
        self.assertTrue(succeeded, output)


del EngineTest  # not a test of its own

if __name__ == "__main__":
    unittest.main()
