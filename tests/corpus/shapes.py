"""What a database holds in terms that three engines share: tables, columns with the class of their
type, keys, foreign keys and indexes. A shape is the same for databases that mean the same, whatever
the engines call it. Python's standard library only.
"""

import dataclasses
import itertools
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile


class LoadError(Exception):
    """What a server said when it refused a file."""


@dataclasses.dataclass
class Table:
    columns: dict = dataclasses.field(default_factory=dict)  # name: (class of type, required)
    primary_key: tuple = ()
    uniques: set = dataclasses.field(default_factory=set)  # sorted columns
    foreign_keys: set = dataclasses.field(default_factory=set)
    indexes: set = dataclasses.field(default_factory=set)  # columns in order


# Classes of types that hold the same values, by the names that the engines use.
CLASSES = [
    ("integer", r"^(tiny|small|medium|big)?(int|integer|serial)\b.*|^int[248]$|^(big|small)serial|"
                r"^(unsigned big int|year).*"),
    ("boolean", r"^bool.*|^tinyint\(1\).*|^bit\(1\)"),
    ("number", r"^(numeric|decimal|money|number).*"),
    ("float", r"^(real|float|double).*"),
    ("moment", r"^(timestamp|datetime).*"),
    ("date", r"^date$"),
    ("time", r"^time\b.*"),
    ("bytes", r".*(blob|bytea|binary).*"),
    ("text", r".*(char|text|clob|string|enum|set\().*"),
    ("text", r"^(json|jsonb|uuid|inet|cidr|interval|xml|tsvector|user-defined|array).*"),
]
# SQLite keeps these as text, and projects write truth values as small numbers.
ALIKE = [{"integer", "boolean"}, {"moment", "text"}, {"date", "text"}, {"time", "text"},
         {"number", "float"}, {"bytes", "text"}, {"date", "moment"}, {"integer", "number"}]


def type_class(name):
    name = name.lower().strip()
    for kind, pattern in CLASSES[1:2] + CLASSES[:1] + CLASSES[2:]:
        if re.match(pattern, name):
            return kind
    return name or "any"


def alike(a, b):
    return a == b or "any" in (a, b) or {a, b} in ALIKE


class Engine:
    """One server: makes databases of texts and says what they hold."""

    dialect = ""
    _numbers = itertools.count(1)

    def name(self):
        return f"convert_{os.getpid()}_{next(Engine._numbers)}"


def run(command, text=None, **environment):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8", errors="replace", check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line] or [done.stderr]
        raise LoadError(lines[0].strip())
    return done.stdout


class Postgres(Engine):
    dialect = "postgres"

    def __init__(self, address):
        self.host, self.port = address.rsplit(":", 1)

    def _psql(self, database, *arguments, text=None):
        return run(["psql", "-X", "-q", "-At", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-h", self.host,
                    "-p", self.port, "-U", "postgres", "-d", database, *arguments], text,
                   PGOPTIONS="-c client_min_messages=error")

    def load(self, text, stop=True):
        database = self.name()
        self._psql("postgres", "-c", f"CREATE DATABASE {database} TEMPLATE template0")
        try:
            self._psql(database, *([] if stop else ["-v", "ON_ERROR_STOP=0"]), "-f", "-", text=text)
        except LoadError:
            if stop:
                self.drop(database)
                raise
        return database

    def url(self, database):
        return f"postgres://postgres@{self.host}:{self.port}/{database}"

    def drop(self, database):
        self._psql("postgres", "-c", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _rows(self, database, sql):
        return [line.split("\x1f") for line in self._psql(database, "-c", sql).splitlines() if line]

    def shape(self, database):
        mine = ("n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'p') "
                "AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_depend x WHERE "
                "x.objid = c.oid AND x.deptype = 'e')")
        tables = {}
        for table, column, kind, category, required in self._rows(database, f"""
                SELECT lower(c.relname), lower(a.attname), format_type(a.atttypid, a.atttypmod),
                  t.typcategory, a.attnotnull
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_type bt ON bt.oid = a.atttypid
                JOIN pg_type t ON t.oid = CASE WHEN bt.typtype = 'd' THEN bt.typbasetype ELSE bt.oid
                  END
                WHERE {mine} ORDER BY 1, a.attnum"""):
            known = type_class(kind)
            if known == kind.lower() or "[" in kind:
                known = {"S": "text", "N": "number", "D": "moment", "B": "boolean"}.get(category, "text")
            tables.setdefault(table, Table()).columns[column] = (known, required == "t")
        for table, unique, primary, columns, partial in self._rows(database, f"""
                SELECT lower(c.relname), i.indisunique, i.indisprimary,
                  (SELECT string_agg(CASE WHEN k.attnum = 0 THEN '()' ELSE lower(a.attname) END, ','
                     ORDER BY k.place)
                   FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place)
                   LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                   WHERE k.place <= i.indnkeyatts), i.indpred IS NOT NULL
                FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {mine}"""):
            names = tuple(columns.split(","))
            if primary == "t":
                tables[table].primary_key = names
            elif unique == "t" and partial == "f":
                tables[table].uniques.add(tuple(sorted(names)))
            else:
                tables[table].indexes.add(names)
        for table, columns, other, referenced, delete, update in self._rows(database, f"""
                SELECT lower(c.relname),
                  (SELECT string_agg(lower(attname), ',' ORDER BY array_position(k.conkey, attnum))
                   FROM pg_attribute WHERE attrelid = c.oid AND attnum = ANY (k.conkey)),
                  lower(r.relname),
                  (SELECT string_agg(lower(attname), ',' ORDER BY array_position(k.confkey, attnum))
                   FROM pg_attribute WHERE attrelid = r.oid AND attnum = ANY (k.confkey)),
                  k.confdeltype, k.confupdtype
                FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class r ON r.oid = k.confrelid
                WHERE k.contype = 'f' AND {mine}"""):
            actions = {"a": "no", "r": "no", "c": "cascade", "n": "null", "d": "default"}
            tables[table].foreign_keys.add(foreign_key(columns.split(","), other,
                                                       referenced.split(","), actions[delete],
                                                       actions[update]))
        return tables


def foreign_key(columns, other, referenced, delete, update):
    return tuple(sorted(zip(columns, referenced))), other, delete, update


ACTIONS = {"NO ACTION": "no", "RESTRICT": "no", "CASCADE": "cascade", "SET NULL": "null",
           "SET DEFAULT": "default"}


class Mariadb(Engine):
    dialect = "mysql"

    def __init__(self, address):
        self.host, self.port = address.rsplit(":", 1)

    def _client(self, *arguments, text=None):
        return run(["mariadb", "-h", self.host, "-P", self.port, "-u", "relata", "-psecret",
                    "--default-character-set=utf8mb4", "-N", "-B", "--raw", *arguments], text)

    def load(self, text, stop=True):
        database = self.name()
        self._client("-e", f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        try:
            self._client(*([] if stop else ["-f"]), database, text=text)
        except LoadError:
            if stop:
                self.drop(database)
                raise
        return database

    def url(self, database):
        return f"mysql://relata:secret@{self.host}:{self.port}/{database}"

    def drop(self, database):
        self._client("-e", f"DROP DATABASE IF EXISTS {database}")

    def _rows(self, sql):
        return [line.split("\t") for line in self._client("-e", sql).splitlines() if line]

    def shape(self, database):
        tables = {}
        for table, column, kind, nullable in self._rows(f"""
                SELECT lower(c.table_name), lower(column_name), column_type, is_nullable
                FROM information_schema.columns c JOIN information_schema.tables t
                USING (table_schema, table_name)
                WHERE table_schema = '{database}' AND table_type = 'BASE TABLE'
                ORDER BY 1, ordinal_position"""):
            known = type_class(kind.split(" ")[0] if not kind.startswith("enum") else "enum")
            tables.setdefault(table, Table()).columns[column] = (known, nullable == "NO")
        groups = {}
        for table, index, unique, column in self._rows(f"""
                SELECT lower(table_name), index_name, non_unique = 0, lower(column_name)
                FROM information_schema.statistics WHERE table_schema = '{database}'
                ORDER BY table_name, index_name, seq_in_index"""):
            groups.setdefault((table, index, unique), []).append(column)
        for (table, index, unique), columns in groups.items():
            if index == "PRIMARY":
                tables[table].primary_key = tuple(columns)
            elif unique == "1":
                tables[table].uniques.add(tuple(sorted(columns)))
            else:
                tables[table].indexes.add(tuple(columns))
        groups = {}
        for table, name, column, other, referenced, delete, update in self._rows(f"""
                SELECT lower(k.table_name), k.constraint_name, lower(k.column_name),
                  lower(k.referenced_table_name), lower(k.referenced_column_name), r.delete_rule,
                  r.update_rule
                FROM information_schema.key_column_usage k
                JOIN information_schema.referential_constraints r
                  ON r.constraint_schema = k.constraint_schema AND
                     r.constraint_name = k.constraint_name AND r.table_name = k.table_name
                WHERE k.table_schema = '{database}' AND k.referenced_table_name IS NOT NULL
                ORDER BY 1, 2, k.ordinal_position"""):
            groups.setdefault((table, name, other, delete, update), []).append((column, referenced))
        for (table, _, other, delete, update), pairs in groups.items():
            tables[table].foreign_keys.add(
                (tuple(sorted(pairs)), other, ACTIONS[delete], ACTIONS[update]))
        return tables


class Sqlite(Engine):
    dialect = "sqlite"

    def load(self, text, stop=True):
        database = tempfile.mktemp(prefix=self.name(), suffix=".db")
        try:
            run(["sqlite3", *(["-bail"] if stop else []), database], text)
        except LoadError:
            if stop:
                self.drop(database)
                raise
        return database

    def url(self, database):
        return "sqlite:" + database

    def drop(self, database):
        pathlib.Path(database).unlink(missing_ok=True)

    def shape(self, database):
        tables = {}
        with sqlite3.connect(database) as connection:
            names = [row[0] for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
                "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
            for name in names:
                quoted = '"' + name.replace('"', '""') + '"'
                table = tables.setdefault(name.lower(), Table())
                key = {}
                for _, column, kind, required, _, place, hidden in connection.execute(
                        f"PRAGMA table_xinfo({quoted})"):
                    if hidden == 1:
                        continue
                    table.columns[column.lower()] = (type_class(kind), bool(required))
                    if place:
                        key[place] = column.lower()
                table.primary_key = tuple(key[place] for place in sorted(key))
                for _, index, unique, origin, partial in connection.execute(
                        f"PRAGMA index_list({quoted})").fetchall():
                    columns = [(row[2] or "()").lower() for row in connection.execute(
                        'PRAGMA index_info("' + index.replace('"', '""') + '")')]
                    if origin == "pk":
                        continue
                    if unique and not partial:
                        table.uniques.add(tuple(sorted(columns)))
                    else:
                        table.indexes.add(tuple(columns))
                groups = {}
                for number, _, other, column, referenced, update, delete, _ in connection.execute(
                        f"PRAGMA foreign_key_list({quoted})"):
                    groups.setdefault((number, other.lower(), delete, update), []).append(
                        (column.lower(), (referenced or "").lower()))
                for (_, other, delete, update), pairs in groups.items():
                    table.foreign_keys.add((tuple(sorted(pairs)), other, ACTIONS[delete],
                                            ACTIONS[update]))
        for table in tables.values():
            fixed = set()
            for pairs, other, delete, update in table.foreign_keys:
                if all(not referenced for _, referenced in pairs) and other in tables:
                    key = tables[other].primary_key
                    pairs = tuple(sorted(zip([column for column, _ in pairs], key)))
                fixed.add((pairs, other, delete, update))
            table.foreign_keys = fixed
        return tables


def compare(wanted, found):
    """(what is the same, what is counted, differences as texts) of two shapes."""
    same = total = 0
    texts = []

    def count(equal, text):
        nonlocal same, total
        total += 1
        same += bool(equal)
        if not equal:
            texts.append(text)

    for name in sorted(set(wanted) | set(found)):
        count(name in wanted and name in found,
              f"{name}: table {'missing' if name in wanted else 'extra'}")
        if name not in wanted or name not in found:
            continue
        a, b = wanted[name], found[name]
        for column in [*a.columns, *[c for c in b.columns if c not in a.columns]]:
            if column not in a.columns or column not in b.columns:
                count(False, f"{name}.{column}: {'missing' if column in a.columns else 'extra'}")
                continue
            count(alike(a.columns[column][0], b.columns[column][0]),
                  f"{name}.{column}: {a.columns[column][0]} there, {b.columns[column][0]} here")
            required = [t.columns[column][1] or column in t.primary_key for t in (a, b)]
            count(required[0] == required[1], f"{name}.{column}: required {required[0]} there")
        count(a.primary_key == b.primary_key,
              f"{name}: primary key {a.primary_key} there, {b.primary_key} here")
        leading = [(*t.uniques, t.primary_key) for t in (a, b)]
        for kind in ("uniques", "foreign_keys"):
            for item in sorted(getattr(a, kind) | getattr(b, kind)):
                count(item in getattr(a, kind) and item in getattr(b, kind),
                      f"{name}: {kind} {item} {'missing' if item in getattr(a, kind) else 'extra'}")
        for item in sorted(a.indexes | b.indexes):
            here, there = item in b.indexes, item in a.indexes
            # MySQL makes an index for every foreign key, and any key serves as one.
            served = any(tuple(sorted(item)) == tuple(sorted(key[:len(item)]))
                         for key in (leading[1] if there else leading[0]))
            keyed = any(item == tuple(c for c, _ in key[0]) or set(item) == {c for c, _ in key[0]}
                        for key in a.foreign_keys | b.foreign_keys)
            if (here and there) or not (served or keyed):
                count(here and there, f"{name}: index {item} {'missing' if there else 'extra'}")
    return same, total, texts
