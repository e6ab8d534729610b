"""Prisma takes what Relata writes for it: its own validation and formatter, its schema engine (the
migrations make the database that our DDL makes, and it finds no difference afterwards), and its
client, through which rows come back as they were written. What it makes of the schema file alone is
the same but for what the file names as "In the database only".

Needs node and, in $RELATA_NODE_MODULES, what tests/tools/package.json names; skipped without it, and
says so. Files of the corpus are used where it is there.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import servers
from harness import EXAMPLES, ROOT, relata

MODULES = os.environ.get("RELATA_NODE_MODULES", "")
NEEDED = ("prisma", "@prisma/client", "@prisma/adapter-pg", "@prisma/adapter-libsql",
          "@prisma/prisma-schema-wasm", "@prisma/schema-engine-wasm", "pg", "typescript", "@types/node")
FIXTURES = ROOT / "tests/fixtures/prisma"
ENGINE = ROOT / "tests/tools/prisma_engine.mjs"
SECONDS = 300
# `prisma validate` and so on look for an engine that is fetched at need, and do not run it.
ENVIRONMENT = {**os.environ, "PRISMA_SCHEMA_ENGINE_BINARY": "/bin/true",
               "PRISMA_HIDE_UPDATE_MESSAGE": "1", "CHECKPOINT_DISABLE": "1", "NO_COLOR": "1"}


SERVERS_OWN = {"postgres_telemetry": "-- DropForeignKey\nALTER TABLE \"signal_log\" DROP CONSTRAINT "
                                     "\"signal_log_reading_at_fkey3\";\n"}


# A column whose type is that of a table's rows.
UNPUSHED = ("postgres_kitchen",)


def corpus_sources(*names):
    folder = os.environ.get("RELATA_CORPUS")
    if not folder:
        return []
    return [path for name in names if (path := pathlib.Path(folder) / name).exists()]


def skip_without_tools():
    if shutil.which("node") is None:
        raise unittest.SkipTest("node is not installed")
    missing = [n for n in NEEDED if not MODULES or not (pathlib.Path(MODULES) / n).is_dir()]
    if missing:
        raise unittest.SkipTest(f"RELATA_NODE_MODULES has no {', '.join(missing)}")


def run(command, folder, **environment):
    """What a command printed; an assertion with all of it when it fails."""
    done = subprocess.run(command, cwd=folder, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          timeout=SECONDS, env={**ENVIRONMENT, **environment})
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


def engine(jobs):
    """What Prisma's schema engine makes of the jobs, one result a job."""
    done = subprocess.run(["node", str(ENGINE)], input=json.dumps(jobs), text=True, check=True,
                          stdout=subprocess.PIPE, timeout=SECONDS)
    return [json.loads(line) for line in done.stdout.splitlines()]


def prisma(folder, *arguments):
    return run(["node", f"{MODULES}/prisma/build/index.js", *arguments], folder)


class Project:
    """What `relata build` writes from a source, as a project of its own."""

    def __init__(self, source, folder, dialect):
        self.folder = folder
        relata("build", source, "-o", folder, "--target", "prisma", "--dialect", dialect)
        self.schema = folder / "prisma/schema.prisma"
        (folder / "node_modules").symlink_to(MODULES)
        (folder / "package.json").write_text('{"type": "module"}\n')
        # Prisma looks here for how modules are imported.
        (folder / "tsconfig.json").write_text(json.dumps({
            "compilerOptions": {"strict": True, "exactOptionalPropertyTypes": True,
                                "target": "ES2023", "module": "nodenext",
                                "moduleResolution": "nodenext", "skipLibCheck": True,
                                "types": ["node"], "rootDir": ".", "outDir": "dist"},
            "include": ["src", "generated", "prisma.config.ts"]}))

    def migration(self):
        (path,) = self.folder.glob("prisma/migrations/*/migration.sql")
        return path.read_text(encoding="utf-8")

    def check(self):
        """Formatting and the client, which both validate, by Prisma's own command line."""
        prisma(self.folder, "format", "--check")
        said = prisma(self.folder, "generate")
        assert "Generated Prisma Client" in said, said

    def remarks(self):
        """What each table, and the schema (""), have in the database only, in the file's words."""
        remarks = {}
        note = ""
        for line in self.schema.read_text(encoding="utf-8").splitlines():
            if line.startswith("// "):
                note += " " + line[3:]
            elif line.startswith(("model ", "view ")) or (not line and note):
                table = line.split()[1] if line else ""
                remarks[table] = note
                note = ""
                model = table
            elif match := re.match(r'  @@map\("(.*)"\)', line):
                name = match[1].replace('\\"', '"').replace("\\\\", "\\")
                if model in remarks:
                    remarks.setdefault(name, "")
                    remarks[name] += remarks[model]
        return remarks


# One row an object: its kind, table, name and what there is to it. What Prisma has no part in at
# all (comments, privileges, owners, storage) is not looked at.
CATALOG = """
SELECT 'column', c.relname, a.attname,
       format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid),
                   CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END)
       || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       || CASE WHEN a.attidentity <> '' THEN ' SERIAL'
               ELSE COALESCE(' ' || pg_get_expr(d.adbin, d.adrelid), '') END
       || CASE WHEN a.attgenerated <> '' THEN ' GENERATED' ELSE '' END
       || CASE WHEN a.attidentity <> '' THEN ' IDENTITY' ELSE '' END
       || CASE WHEN t.typbasetype <> 0 THEN ' ' || t.typname ELSE '' END
       || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE' ELSE '' END
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND {ours}
UNION ALL
SELECT 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
 WHERE k.contype NOT IN ('u', 't', 'n') AND k.conparentid = 0 AND {ours}
UNION ALL
SELECT 'index', c.relname, i.relname,
       regexp_replace(pg_get_indexdef(x.indexrelid), ' INDEX \\S+ ON (ONLY )?', ' INDEX ON ')
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
 WHERE NOT x.indisprimary AND NOT x.indisexclusion AND {ours}
   AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'trigger', c.relname, t.tgname, pg_get_triggerdef(t.oid)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND {ours} AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'policy', c.relname, p.polname, COALESCE(pg_get_expr(p.polqual, p.polrelid), '')
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE {ours}
UNION ALL
SELECT 'table', c.relname, '', c.relkind::text || CASE WHEN c.relrowsecurity THEN ' row-level' ELSE '' END
       || CASE WHEN c.relispartition THEN ' partition' ELSE '' END
  FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours}
UNION ALL
SELECT 'enum', '', t.typname, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                                 FROM pg_enum e WHERE e.enumtypid = t.oid)
  FROM pg_type t JOIN pg_class c ON c.relname = 'pg_class' WHERE t.typtype = 'e'
UNION ALL
SELECT 'sequence', '', c.relname, '' FROM pg_class c WHERE c.relkind = 'S' AND {ours}
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
"""
OURS = ("c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) "
        "AND c.relname <> '_prisma_migrations' AND c.relnamespace::regnamespace::text !~ '^pg_' "
        "AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')")


DROP_TABLES = """
DO $$ DECLARE name text; BEGIN
  LOOP
    SELECT format('DROP %s %s CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE'
                    WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
                  c.oid::regclass) INTO name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
     ORDER BY c.relkind = 'S' LIMIT 1;
    EXIT WHEN name IS NULL;
    EXECUTE name;
  END LOOP;
END $$
"""


def same_words(definition):
    """What PostgreSQL says in several ways: now(), constants with and without a type, no default and
    NULL, the pairs of a foreign key, arrays as a literal or a constructor."""
    text = definition.replace("CURRENT_TIMESTAMP", "now()").replace("LOCALTIMESTAMP", "now()")
    text = re.sub(r"nextval\(.*?::regclass\)", "SERIAL", text)
    text = re.sub(r"ARRAY\[(.*?)\](::[\w. ]+(\(\d+\))?\[\])?", lambda found: "'{" + ",".join(
        re.sub(r"^'(.*)'$", r"\1", re.sub(r"::[\w .\"]+(\(.*?\))?", "", item.strip()))
        for item in found[1].split(",")) + "}'", text)
    text = re.sub(r'"(?=[^"]*"[^"]*}\')', "", text) if "'{" in text else text
    text = re.sub(r"\('(\{.*?\})'(::[^)]*)?\)", r"'\1'", text)
    text = re.sub(r"::(character varying|double precision|timestamp with(out)? time zone|bit varying|"
                  r"time with(out)? time zone|\"?[\w.]+\"?)(\(\d+(,\d+)?\))?(\[\])?", "", text)
    text = re.sub(r"(?<!NOT) NULL$", "", text)
    text = re.sub(r"'(-?\d+(\.\d+)?)'", r"\1", text)
    found = re.match(r"(FOREIGN KEY )\((.*?)\) (REFERENCES [^(]+)\((.*?)\)(.*)", text)
    if found:
        pairs = sorted(zip(found[2].split(", "), found[4].split(", ")))
        text = f"{found[1]}{pairs} {found[3]}{found[5]}"
    return text


def catalog(database):
    rows = database.run("SET search_path = public; " + CATALOG.format(ours=OURS))
    objects = {}
    for kind, table, name, definition in rows:
        objects.setdefault((kind, table, name), []).append(same_words(definition or ""))
    return {key: sorted(texts) for key, texts in objects.items()}


def is_named(key, remarks):
    """Whether the schema file says that the database alone has this, or has it this way."""
    kind, table, name = key
    note = remarks.get(table, "") + " " + remarks.get("", "")
    if table and table in remarks.get("", ""):
        return True
    if kind == "table":
        return bool(re.search(r"row-level security|partitioning", note))
    return name in note


def check_schemas(test, projects):
    """Prisma's validation finds nothing, its formatter changes nothing."""
    results = engine([{"command": "check", "url": "", "schema": str(project.schema)}
                      for project in projects.values()])
    for name, result in zip(projects, results):
        with test.subTest(name):
            test.assertEqual(result, {"valid": True, "formatted": True})


class PrismaOnPostgres(unittest.TestCase):
    maxDiff = None

    """All sources at once: each step is one run of the tool over all of them."""

    @classmethod
    def setUpClass(cls):
        skip_without_tools()
        cls.server = servers.start("postgres15")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata_prisma_"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        sources = [*EXAMPLES, FIXTURES / "every_type.sql",
                   *sorted((ROOT / "tests/fixtures/sql/postgres").glob("*.sql"))]
        found = corpus_sources("postgresql/chinook.sql", "postgresql/pagila.sql",
                               "postgresql/mediawiki.sql", "prisma/documenso.prisma",
                               "prisma/langfuse.prisma")
        if not found:
            print("orm_prisma_test: no corpus here, so only our own files", file=sys.stderr)
        cls.projects = {}
        cls.databases = {}
        for source in [*sources, *found]:
            name = f"{source.parent.name}_{source.stem}"
            project = Project(source, cls.folder / name, "postgres")
            cls.projects[name] = project
            cls.make_roles(project.migration())
            cls.databases[name] = [cls.server.new_database() for _ in range(2)]

    @classmethod
    def make_roles(cls, migration):
        """Roles belong to the server, not to a schema: those that it names have to be there."""
        found = re.findall(r'^(?:GRANT .*|  FOR .*|CREATE POLICY .*|ALTER DEFAULT .*) TO ("[^"]*"|\w+)',
                           migration, re.MULTILINE)
        for role in sorted(set(found) - {"public", "PUBLIC", "current_user", "CURRENT_USER"}):
            cls.server.run(f"""DO $$ BEGIN
              IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role}; END IF;
            END $$""")

    def url(self, database):
        return f"postgres://postgres@127.0.0.1:{self.server.port}/{database.name}"

    def jobs(self, command, place):
        """The command for every project, on its first or second database."""
        results = engine([{"command": command, "url": self.url(self.databases[name][place]),
                           "schema": str(project.schema)}
                          for name, project in self.projects.items()])
        self.assertEqual(len(results), len(self.projects))
        return zip(self.projects.items(), results)

    def test_1_its_validation_and_formatter_take_the_files(self):
        check_schemas(self, self.projects)

    def test_1_its_command_line_takes_them(self):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for result in [pool.submit(self.projects[name].check)
                           for name in ("taskboard_requirements", "prisma_every_type",
                                        "prisma_documenso") if name in self.projects]:
                result.result()

    def test_2_the_migration_makes_what_our_ddl_makes(self):
        for (name, project), result in self.jobs("deploy", 0):
            with self.subTest(name):
                self.assertEqual(result.get("appliedMigrationNames"), ["00000000000000_initial"],
                                 result)
                database = self.databases[name][0]
                direct = self.server.new_database()
                direct.load(project.migration())
                self.assertEqual(catalog(database), catalog(direct))

    def test_3_it_then_finds_no_difference(self):
        for (name, _), result in self.jobs("diff", 0):
            with self.subTest(name):
                # What the server adds where a partition of a partition is referred to is not
                # told apart from a foreign key.
                expected = SERVERS_OWN.get(name, "-- This is an empty migration.\n")
                self.assertEqual(result.get("script"), expected, result)

    def test_4_the_schema_alone_makes_all_but_what_it_names(self):
        catalogs = {}
        # What a default or a column's type needs, and no Prisma schema makes, is there already: all
        # but the tables.
        for name, project in self.projects.items():
            database = self.databases[name][1]
            database.load(project.migration())
            catalogs[name] = catalog(database)
            database.run(DROP_TABLES)
        for (name, project), result in self.jobs("push", 1):
            with self.subTest(name):
                if name in UNPUSHED:
                    continue
                self.assertNotIn("error", result)
                whole, alone = catalogs[name], catalog(self.databases[name][1])
                remarks = project.remarks()
                differences = [(key, whole.get(key), alone.get(key))
                               for key in sorted({*whole, *alone})
                               if whole.get(key) != alone.get(key) and not is_named(key, remarks)]
                self.assertEqual(differences, [])

    def test_5_rows_come_back_through_its_client_as_they_were_written(self):
        project = self.projects["prisma_every_type"]
        folder = project.folder
        if not (folder / "generated").is_dir():
            prisma(folder, "generate")
        (folder / "src").mkdir(exist_ok=True)
        shutil.copy(FIXTURES / "every_type.ts", folder / "src")
        run(["node", f"{MODULES}/typescript/bin/tsc", "-p", "."], folder)
        database = self.databases["prisma_every_type"][0]
        said = run(["node", "dist/src/every_type.js"], folder, DATABASE_URL=self.url(database))
        self.assertEqual(said.strip(), "unchanged")


class PrismaElsewhere(unittest.TestCase):
    """On MySQL and SQLite: validation, formatter and client."""

    @classmethod
    def setUpClass(cls):
        skip_without_tools()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata_prisma_"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    def test_its_tools_take_the_files(self):
        projects = {}
        for dialect in ("mysql", "sqlite"):
            sources = [ROOT / "examples/taskboard/full-requirements.md",
                       *sorted((ROOT / "tests/fixtures/sql" / dialect).glob("*.sql")),
                       *corpus_sources(f"{dialect}/chinook.sql", f"{dialect}/mediawiki.sql")]
            for source in sources:
                name = f"{dialect}_{source.stem}"
                projects[name] = Project(source, self.folder / name, dialect)
        check_schemas(self, projects)
        for name in ("mysql_full-requirements", "sqlite_full-requirements"):
            projects[name].check()


if __name__ == "__main__":
    unittest.main()
