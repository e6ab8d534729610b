"""`relata migrate plan --tool`: the migrations of Drizzle, Prisma, TypeORM and Alembic that it writes
behind those of a project are run by the tool itself, make what our DDL makes, keep the rows, leave
nothing for the tool to generate, and lead back to where they began; and then forward again.

Needs node and, in $RELATA_NODE_MODULES, what tests/tools/package.json names, and the Python packages
of tests/tools/requirements.txt; skipped without them, and says so.
"""

import contextlib
import pathlib
import re
import sqlite3
import tempfile
import unittest

import corpus_catalogs
from corpus_catalogs import mysql, postgres, sqlite
from harness import relata
from tool_projects import (MODULES, Alembic, Drizzle, Prisma, PrismaByClient, Typeorm, TypeormEach,
                           run)

SHOWN = 6  # differences

POSTGRES_BEFORE = """
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL, nick text, town text);
CREATE TABLE pets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id integer NOT NULL REFERENCES owners (id),
  name varchar(20) NOT NULL,
  weight integer,
  vet_id integer,
  size size DEFAULT 'small'
);
CREATE INDEX pets_owner ON pets (owner_id);
CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER keep BEFORE UPDATE ON pets FOR EACH ROW EXECUTE FUNCTION keep();
"""
# Quotes, backslashes, percent signs, colons, dollar signs and line ends, wherever a text can be.
POSTGRES_AFTER = r"""
CREATE TYPE size AS ENUM ('small', 'middle', 'large');
CREATE TABLE vets (
  id integer PRIMARY KEY,
  name text NOT NULL DEFAULT 'it''s `a` ${b} %s %% :c \d "q" $x$',
  words tsvector GENERATED ALWAYS AS (to_tsvector('english', 'a:b')) STORED
);
COMMENT ON TABLE vets IS 'one
`two` ${three} ''four'' "five" \six %(seven)s :eight';
CREATE TABLE owners (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  city text,
  born timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE pets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id integer NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
  name varchar(40) NOT NULL,
  weight bigint NOT NULL,
  vet_id integer REFERENCES vets (id),
  size size DEFAULT 'middle',
  note text NOT NULL DEFAULT '',
  code uuid NOT NULL DEFAULT gen_random_uuid(),
  CONSTRAINT light CHECK (weight < 1000 AND name NOT LIKE '%:x\_"$${a}`%%')
);
CREATE INDEX pets_owner ON pets (owner_id);
CREATE INDEX pets_name ON pets (name);
CREATE VIEW heavy AS SELECT name, weight, note FROM pets WHERE weight > 10;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.note := format('%s :b ${c} ` \ ''', NEW.note);
  RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON pets FOR EACH ROW EXECUTE FUNCTION keep();
CREATE TRIGGER keep_name BEFORE INSERT ON pets FOR EACH ROW EXECUTE FUNCTION keep();
"""
ROWS = """
INSERT INTO owners (name) VALUES ('Ann'), ('Bob');
INSERT INTO pets (owner_id, name, weight) VALUES (1, 'Rex', 12), (2, 'Tom', 4), (2, 'Kit', 1);
"""
# What belongs to the tools.
OWN = re.compile(r"drizzle|_prisma_migrations|alembic_version|typeorm_metadata|\bmigrations"
                 r"|PK_[0-9a-f]{20,}|^internal ")
TYPED_NUMBER = re.compile(r"DEFAULT '?(-?[\d.]+)'?(::\w+)?\b")


def without_session(text):
    """[MariaDB] Without the character set and the mode of the session that made it."""
    if not text.startswith(("VIEWS", "TRIGGERS", "CREATE TRIGGER")):
        return text
    return re.sub(r"utf8mb[34](_\w+)?", "utf8", text).replace("IGNORE_SPACE,", "")


def lines_in_order(text):
    """A table without the order of its columns: a column that comes back comes last."""
    if not text.startswith("CREATE TABLE"):
        return text
    return "\n".join(sorted(line.rstrip(",") for line in text.splitlines()))


class Postgres:
    engine_class = postgres.Postgres15
    dialect = "postgres"
    before, after, rows = POSTGRES_BEFORE, POSTGRES_AFTER, ROWS
    asked = "SELECT p.id, o.name, p.name, weight FROM pets p JOIN owners o ON o.id = owner_id ORDER BY 1"

    def script(self, database, path):
        """Runs a script with the database's own client."""
        self.engine._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f",
                            str(path))

    def values(self, database):
        return self.engine._client("psql", "-X", "-At", "-d", database, "-c", self.asked)

    def load_rows(self, database):
        self.engine.execute(database, [each for each in self.rows.split(";\n") if each.strip()])


MARIADB_BEFORE = """
CREATE TABLE owners (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(100) NOT NULL,
  nick varchar(50)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE TABLE pets (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id int NOT NULL,
  name varchar(20) NOT NULL,
  weight int,
  KEY pets_owner (owner_id),
  CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;
CREATE TRIGGER keep BEFORE UPDATE ON pets FOR EACH ROW SET NEW.name = OLD.name;
"""
MARIADB_AFTER = r"""
CREATE TABLE vets (
  id int NOT NULL PRIMARY KEY,
  name varchar(100) NOT NULL DEFAULT 'it''s `a` ${b} %s %% :c "q" $x$'
    COMMENT 'one `two` ${three} %(four)s'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE TABLE owners (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(100) NOT NULL,
  born timestamp NOT NULL DEFAULT current_timestamp(),
  UNIQUE KEY owners_name_key (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE TABLE pets (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id int NOT NULL,
  name varchar(40) NOT NULL,
  weight bigint NOT NULL,
  vet_id int,
  note varchar(100) NOT NULL DEFAULT '',
  KEY pets_owner (owner_id),
  KEY pets_name (name),
  KEY pets_vet (vet_id),
  CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id) ON DELETE CASCADE,
  CONSTRAINT pets_vet_fk FOREIGN KEY (vet_id) REFERENCES vets (id),
  CONSTRAINT light CHECK (weight < 1000 AND name NOT LIKE '%:x_"$${a}`%%')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE VIEW heavy AS SELECT name, weight, note FROM pets WHERE weight > 10;
DELIMITER //
CREATE TRIGGER keep BEFORE UPDATE ON pets FOR EACH ROW
BEGIN
  SET NEW.note = CONCAT('%s :b ${c} ` ''', NEW.note);
  SET NEW.name = OLD.name;
END //
DELIMITER ;
"""


class Mariadb:
    engine_class = mysql.MariaDB
    dialect = "mysql"
    before, after, rows, asked = MARIADB_BEFORE, MARIADB_AFTER, ROWS, Postgres.asked

    def script(self, database, path):
        self.engine._run(pathlib.Path(path).read_text(encoding="utf-8"), database)

    def values(self, database):
        return self.engine._run(self.asked, database)

    def load_rows(self, database):
        self.engine._run(self.rows, database)


SQLITE_BEFORE = """
CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT);
CREATE TABLE pets (
  id INTEGER PRIMARY KEY,
  owner_id INTEGER NOT NULL,
  name VARCHAR(20) NOT NULL,
  weight INTEGER,
  CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id) ON DELETE CASCADE
);
CREATE INDEX pets_owner ON pets (owner_id);
CREATE VIEW heavy AS SELECT name, weight FROM pets WHERE weight > 10;
CREATE TRIGGER keep AFTER INSERT ON pets BEGIN UPDATE pets SET weight = 1 WHERE weight < 0; END;
"""
SQLITE_AFTER = r"""
CREATE TABLE vets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL DEFAULT 'it''s `a` ${b} %s %% :c \d "q" $x$'
);
CREATE TABLE owners (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  born TEXT NOT NULL DEFAULT '2000-01-01'
);
CREATE UNIQUE INDEX owners_name_key ON owners (name);
CREATE TABLE pets (
  id INTEGER PRIMARY KEY,
  owner_id INTEGER NOT NULL,
  name VARCHAR(40) NOT NULL,
  weight BIGINT NOT NULL,
  vet_id INTEGER,
  note TEXT NOT NULL DEFAULT '',
  CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id) ON DELETE CASCADE,
  CONSTRAINT pets_vet_fk FOREIGN KEY (vet_id) REFERENCES vets (id),
  CONSTRAINT light CHECK (weight < 1000 AND name NOT LIKE '%:x_"$${a}`%%')
);
CREATE INDEX pets_owner ON pets (owner_id);
CREATE INDEX pets_name ON pets (name);
CREATE VIEW heavy AS SELECT name, weight, note FROM pets WHERE weight > 10;
CREATE TRIGGER keep AFTER INSERT ON pets BEGIN
  UPDATE pets SET weight = 2, note = '%s :b ${c} ` \' WHERE weight < 0;
END;
"""


class Sqlite:
    engine_class = sqlite.Sqlite
    dialect = "sqlite"
    before, after, rows, asked = SQLITE_BEFORE, SQLITE_AFTER, ROWS, Postgres.asked

    def script(self, database, path):
        run(["sqlite3", "-bail", database, f".read {path}"], pathlib.Path(path).parent)

    def values(self, database):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            return connection.execute(self.asked).fetchall()

    def load_rows(self, database):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            connection.executescript(self.rows)


@contextlib.contextmanager
def dropped(engine, *databases):
    try:
        yield
    finally:
        for database in databases:
            with contextlib.suppress(corpus_catalogs.LoadError):
                engine.drop(database)


class MigrateTools:
    """The tests of one engine."""

    suffix = ".sql"
    renames = ()

    @classmethod
    def setUpClass(cls):
        cls.engine = cls.engine_class()

    def ddl(self, source):
        return source.read_text()

    def catalog(self, database):
        texts = [TYPED_NUMBER.sub(r"DEFAULT \1", text.replace("CURRENT_TIMESTAMP", "now()"))
                 for text in self.engine.catalog(database) if not OWN.search(text.split("\n")[0])]
        return [lines_in_order(without_session(text)) for text in texts]

    def assert_same(self, expected, found):
        differences = corpus_catalogs.differences(self.catalog(expected), self.catalog(found))
        self.assertFalse(differences, f"{len(differences)} differences\n"
                                      + "\n".join(differences[:SHOWN]))

    def lead(self, tool_class):
        tool_class.skip_without()
        with tempfile.TemporaryDirectory(prefix="relata_tools_") as name:
            folder = pathlib.Path(name)
            before, after = (folder / f"{name}{self.suffix}" for name in ("before", "after"))
            before.write_text(self.before)
            after.write_text(self.after)
            tool = tool_class(self, folder / "project")
            tool.build(before)
            if MODULES:
                (tool.folder / "node_modules").symlink_to(MODULES)
            start, target, live = (self.engine.load(ddl) for ddl in (
                self.ddl(before), self.ddl(after), ""))
            with dropped(self.engine, start, target, live):
                tool.up(live)
                self.load_rows(live)
                rows = self.values(live)
                there = tool.files()
                relata("migrate", "plan", before, after, "--allow-loss", "--tool",
                       {"sqlalchemy": "alembic"}.get(tool.target, tool.target), "-o",
                       tool.folder / tool.migrations,
                       *(part for rename in self.renames for part in ("--rename", rename)))
                added = tool.files() - there
                if tool.is_source:
                    # The migrations are a source themselves: they make what is wanted.
                    self.assertEqual(relata("diff", tool.folder / tool.migrations, after), "")
                tool.build(after)
                for _ in range(2):
                    tool.up(live)
                    self.assert_same(target, live)
                    self.assertEqual(self.values(live), rows)
                    tool.assert_quiet(live)
                    # The tool's own tables are none of the design's.
                    self.assertEqual(relata("diff", self.engine.url(live), after), "")
                    tool.down(live, added)
                    self.assert_same(start, live)
                    self.assertEqual(self.values(live), rows)

    def test_drizzle(self):
        self.lead(Drizzle)

    def test_prisma(self):
        self.lead(Prisma)

    def test_typeorm(self):
        self.lead(Typeorm)

    def test_typeorm_in_other_modes(self):
        self.lead(TypeormEach)

    def test_alembic(self):
        self.lead(Alembic)


class MigrateToolsOnPostgres(MigrateTools, Postgres, unittest.TestCase):
    renames = ("owners.town=city",)


class MigrateToolsOfADesign(MigrateTools, Postgres, unittest.TestCase):
    """A design that is given patterns, a field and an entity."""

    suffix = ".yaml"
    before = """
name: notes
patterns: {ids: identity, audit: false}
entities:
  Author:
    fields: {name: text required, email: text unique}
  Note:
    fields: {title: text required, stars: integer}
relationships:
  - Note *──1 Author
"""
    after = """
name: notes
patterns: {ids: identity, audit: true, soft_delete: true, version: true}
entities:
  Author:
    fields: {name: text required, email: text unique, status: "enum(new, known) required = new"}
  Note:
    fields: {title: text required, stars: big_integer, due_on: date}
  Label:
    fields: {name: text required unique}
  AuditLog: {kind: audit_log}
relationships:
  - Note *──1 Author
  - Note *──* Label
"""
    rows = """
INSERT INTO authors (name, email) VALUES ('Ann', 'a@x'), ('Bob', 'b@x');
INSERT INTO notes (title, stars, author_id) SELECT name || n, n, id FROM authors, generate_series(1, 9) n;
"""
    asked = "SELECT n.id, title, stars, name FROM notes n JOIN authors a ON a.id = author_id ORDER BY 1"

    def ddl(self, source):
        return relata("emit", self.dialect, source)


class MigrateToolsOnMariadb(MigrateTools, Mariadb, unittest.TestCase):
    def test_prisma(self):
        self.lead(PrismaByClient)


class MigrateToolsOnSqlite(MigrateTools, Sqlite, unittest.TestCase):
    pass


if __name__ == "__main__":
    unittest.main()
