"""Projects that `relata build` wrote, and the tools that run their migrations: Drizzle, Prisma, TypeORM
and Alembic, each by its own runner.

Needs node and, in $RELATA_NODE_MODULES, what tests/tools/package.json names, and the Python packages
of tests/tools/requirements.txt; each says what is missing.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import python_tools
from harness import ROOT, relata

MODULES = os.environ.get("RELATA_NODE_MODULES", "")
HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 300


def run(command, folder, **environment):
    """What a command printed; an assertion with all of it when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=folder, text=True, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=SECONDS,
                          env={**os.environ, "NO_COLOR": "1", **environment})
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout[-3000:]}")
    return done.stdout


class Tool:
    """A project that `relata build` wrote, and its tool."""

    target = ""
    folder_name = ""  # of its files
    migrations = ""  # below the project
    needs = ()
    is_source = False  # its migrations are SQL, which Relata reads

    def __init__(self, test, folder):
        self.test = test
        self.engine = test.engine
        self.folder = folder

    @classmethod
    def skip_without(cls):
        if not cls.needs:
            return
        if shutil.which("node") is None:
            raise unittest.SkipTest("node is not installed")
        missing = [name for name in cls.needs
                   if not MODULES or not (pathlib.Path(MODULES) / name).is_dir()]
        if missing:
            raise unittest.SkipTest(f"RELATA_NODE_MODULES has no {', '.join(missing)}")

    def build(self, source):
        relata("build", source, "-o", self.folder, "--target", self.target, "--dialect",
               self.test.dialect)

    def url_of(self, database):
        """As programs of Node.js take it."""
        return f"file:{database}" if self.test.dialect == "sqlite" else self.engine.url(database)

    def files(self):
        root = self.folder / self.migrations
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()
                and "__pycache__" not in path.parts}

    def up(self, database):
        raise NotImplementedError

    def down(self, database, added):
        """Takes the migrations back whose files were added."""
        raise NotImplementedError

    def assert_quiet(self, database):
        """The tool has nothing to generate."""
        raise NotImplementedError


class Drizzle(Tool):
    target, migrations, is_source = "drizzle", "drizzle/migrations", True
    needs = ("drizzle-kit", "drizzle-orm", "pg", "mysql2", "@libsql/client")

    def kit(self, database, *arguments):
        url = self.url_of(database)
        return run(["node", f"{MODULES}/drizzle-kit/bin.cjs", *arguments], self.folder / "drizzle",
                   DATABASE_URL=url)

    def up(self, database):
        self.kit(database, "migrate")

    def down(self, database, added):
        for name in sorted((name for name in added if name.endswith(".down.sql")), reverse=True):
            self.test.script(database, self.folder / self.migrations / name)

    def assert_quiet(self, database):
        self.test.assertIn("No schema changes", self.kit(database, "generate", "--name", "again"))
        self.test.assertIn("Everything's fine", self.kit(database, "check"))


class Prisma(Tool):
    target, migrations, is_source = "prisma", "prisma/migrations", True
    needs = ("@prisma/schema-engine-wasm", "@prisma/adapter-pg", "@prisma/adapter-libsql",
             "@prisma/driver-adapter-utils", "pg")

    def jobs(self, database, *jobs):
        url = self.url_of(database)
        whole = [{"url": url, "schema": str(self.folder / "prisma/schema.prisma"), **job}
                 for job in jobs]
        done = subprocess.run(["node", str(ROOT / "tests/tools/prisma_engine.mjs")],
                              input=json.dumps(whole), text=True, check=True,
                              stdout=subprocess.PIPE, timeout=SECONDS)
        results = [json.loads(line) for line in done.stdout.splitlines()]
        for job, result in zip(jobs, results, strict=True):
            self.test.assertNotIn("error", result, job)
        return results

    def up(self, database):
        self.jobs(database, {"command": "deploy"})

    def down(self, database, added):
        for folder in sorted({name.split("/")[0] for name in added if "/" in name}, reverse=True):
            scripts = [self.folder / self.migrations / folder / "down.sql"]
            for number in range(2, 100):
                path = scripts[0].with_name(f"{number}.down.sql")
                if path.exists():
                    scripts.append(path)
            for path in scripts:
                self.execute(database, path)

    def execute(self, database, path):
        """`prisma db execute --file`."""
        if self.test.dialect == "sqlite":  # where this form of the engine runs one statement only
            self.test.script(database, path)
        else:
            self.jobs(database, {"command": "execute", "script": str(path)})

    def assert_quiet(self, database):
        (result,) = self.jobs(database, {"command": "diff"})
        self.test.assertEqual(result["script"].strip(), "-- This is an empty migration.")


class PrismaByClient(Prisma):
    """Where Prisma's engine cannot be had for the database: its files, by the database's client."""

    needs = ()
    TABLE = ("CREATE TABLE IF NOT EXISTS `_prisma_migrations`"
             " (migration_name varchar(255) PRIMARY KEY);\n")

    def up(self, database):
        self.engine._run(self.TABLE, database)
        done = self.engine._run("SELECT migration_name FROM `_prisma_migrations`", database).split()
        for path in sorted((self.folder / self.migrations).glob("*/migration.sql")):
            if path.parent.name not in done:
                self.script(database, path)
                self.engine._run("INSERT INTO `_prisma_migrations` VALUES"
                                 f" ('{path.parent.name}')", database)

    def execute(self, database, path):
        self.script(database, path)

    def script(self, database, path):
        """As the engine sends it, whole: the server finds the ends of statements."""
        self.engine._run(f"DELIMITER $$$\n{path.read_text(encoding='utf-8')}\n$$$\n", database)

    def assert_quiet(self, database):
        """Only the engine could tell."""


class Typeorm(Tool):
    target, migrations = "typeorm", "typeorm/migrations"
    needs = ("typeorm", "pg", "mysql2", "typescript", "@types/node")

    def job(self, database, **job):
        folder = self.folder / "typeorm"
        modules = folder / "node_modules"
        if not modules.is_symlink():
            modules.symlink_to(MODULES)
            (folder / "package.json").write_text("{}")
        if not self.compiled:
            run(["node", f"{MODULES}/typescript/bin/tsc", "-p", "."], folder)
            self.compiled = True
        script = shutil.copy(HERE / "orm_typeorm.cjs", folder)
        said = run(["node", script, json.dumps({"folder": str(folder / "dist"),
                                                "url": self.engine.url(database), **job})],
                   folder, **({"RELATA_SQLJS": "1"} if self.test.dialect == "sqlite" else {}))
        return json.loads(said)

    mode = "all"
    compiled = False

    def build(self, source):
        super().build(source)
        self.compiled = False

    def up(self, database):
        self.pending = self.job(database, run=self.mode)["pending"]

    def down(self, database, added):
        times = sum(bool(re.match(r"\d{13}-.*\.ts$", name)) for name in added)
        self.job(database, revert=self.mode, times=times)

    def assert_quiet(self, database):
        self.test.assertEqual(self.pending, [])


class TypeormEach(Typeorm):
    """Every migration in a transaction of its own, and the way back without any."""

    mode = "each"

    def down(self, database, added):
        times = sum(bool(re.match(r"\d{13}-.*\.ts$", name)) for name in added)
        self.job(database, revert="none", times=times)


class Alembic(Tool):
    target, migrations = "sqlalchemy", "sqlalchemy/alembic/versions"

    @classmethod
    def skip_without(cls):
        python_tools.interpreter()

    def tool(self, database, *arguments):
        url = self.engine.url(database)
        for ours, theirs in (("postgres:", "postgresql+psycopg:"), ("mysql:", "mariadb+pymysql:"),
                             ("sqlite:", "sqlite:///")):
            if url.startswith(ours):
                url = theirs + url[len(ours):]
        return run([python_tools.interpreter(), HERE / "orm_sqlalchemy_run.py", *arguments],
                   self.folder / "sqlalchemy", DATABASE_URL=url, PYTHONDONTWRITEBYTECODE="1")

    def up(self, database):
        self.tool(database, "up")  # and `alembic check`

    def down(self, database, added):
        self.tool(database, "down", "0001")

    def assert_quiet(self, database):
        """Done by up()."""
