"""SQLite: sqlite_schema, every pragma about tables and indexes, and the texts that only it holds."""

import contextlib
import os
import re
import sqlite3
import subprocess
import tempfile

import harness

TOKENS = re.compile(r"""
      (?P<comment>--[^\n]*|/\*.*?(?:\*/|$)) | (?P<blank>\s+)
    | (?P<string>[xX]?'(?:[^']|'')*')
    | (?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
    | (?P<word>[A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]*) | (?P<number>[\d.]\w*(?:\.\w*)?) | .
    """, re.VERBOSE | re.DOTALL)


def tokens(sql):
    """The tokens of SQL without comments, quotes around plain names, and case of words."""
    result = []
    for token in TOKENS.finditer(sql):
        if token["comment"] or token["blank"]:
            continue
        text = token[0]
        plain = bool(token["word"])
        if token["name"]:
            text = text[1:-1]
            plain = bool(re.fullmatch(r"[A-Za-z_]\w*", text))
            text = text if plain else f'"{text}"'
        result.append(text.lower() if plain else text)
    return result


def normalised(sql):
    return " ".join(tokens(sql))


def nested(items, start):
    """The tokens between the parenthesis at `start` and the one that closes it."""
    depth = 0
    for end in range(start, len(items)):
        depth += {"(": 1, ")": -1}.get(items[end], 0)
        if depth == 0:
            break
    return items[start + 1:end]


def constraints(sql):
    """What the text of CREATE TABLE says and no pragma shows, in an order that does not depend on
    whether a constraint stands with its column."""
    items = tokens(sql)
    found = []
    for place, item in enumerate(items):
        if item in ("check", "as") and items[place + 1:place + 2] == ["("]:
            found.append(f"{item} ({' '.join(nested(items, place + 1))})")
        elif item in ("autoincrement", "strict"):
            found.append(item)
        elif item == "constraint":
            found.append(f"constraint {items[place + 1]}")
        elif item == "collate":
            found.append(f"collate {items[place + 1]}")
        elif item == "conflict" and items[place + 1] != "abort":
            found.append(f"on conflict {items[place + 1]}")
        elif item == "deferrable" and items[place - 1] != "not":
            deferred = items[place + 1:place + 3] == ["initially", "deferred"]
            found.append("deferrable" + (" initially deferred" if deferred else ""))
    return sorted(found)


class Sqlite(harness.Engine):
    name = "sqlite"
    dialect = "sqlite"
    ways = harness.WAYS

    def __init__(self, address=None):
        del address  # There is no server.

    def files(self, corpus):
        return sorted(corpus.glob("sqlite/*.sql"))

    def load_file(self, path):
        return self._load(path)

    def load(self, ddl):
        with harness.scratch_file(ddl) as name:
            return self._load(name)

    def _load(self, path):
        handle, database = tempfile.mkstemp(suffix=".db")
        os.close(handle)
        done = subprocess.run(["sqlite3", "-batch", "-cmd", "PRAGMA synchronous = OFF",
                               "-cmd", "PRAGMA journal_mode = MEMORY", database,
                               f".read '{path}'"], check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
        if done.returncode != 0 or done.stderr:
            self.drop(database)
            raise harness.LoadError(done.stderr.strip()[:500])
        return database

    def execute(self, database, statements):
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
            try:
                for statement in ("PRAGMA foreign_keys = ON", "BEGIN", *statements, "COMMIT"):
                    connection.execute(statement)
            except sqlite3.Error as error:
                raise harness.LoadError(f"{statement}: {error}") from error

    def url(self, database):
        return f"sqlite:{database}"

    def drop(self, database):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(database)

    def catalog(self, database):
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        with contextlib.closing(connection):
            def rows(sql, *values):
                return connection.execute(sql, values).fetchall()

            result = []
            kinds = {name: (kind, columns, without_rowid, strict) for name, kind, columns,
                     without_rowid, strict in rows("SELECT name, type, ncol, wr, strict FROM "
                                                   "pragma_table_list WHERE schema = 'main'")}
            for kind, name, table, sql in rows(
                    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"):
                if name.startswith("sqlite_") and kind == "table":
                    result.append(f"internal {name}")
                    continue
                head = f"{kind} {name} on {table}"
                if kind == "table":
                    lines = [f"{head}: {kinds[name]}", *map(str, constraints(sql or ""))]
                    for pragma in ("table_xinfo", "foreign_key_list", "index_list"):
                        lines += [f"{pragma} {row}" for row in
                                  rows(f"SELECT * FROM pragma_{pragma}(?)", name)]
                    if kinds[name][0] == "virtual":
                        lines.append(normalised(sql))
                    result.append("\n".join(lines))
                else:
                    text = normalised(sql or "")
                    if kind == "index":  # ASC is what is meant without it.
                        text = text.replace(" asc ,", " ,").replace(" asc )", " )")
                    lines = [head, text]
                    if kind == "index":
                        lines += [f"index_xinfo {row}" for row in
                                  rows("SELECT * FROM pragma_index_xinfo(?)", name)]
                    if kind == "view":
                        with contextlib.suppress(sqlite3.Error):
                            lines += map(str, rows("SELECT * FROM pragma_table_xinfo(?)", name))
                    result.append("\n".join(lines))
            return result
