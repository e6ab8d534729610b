"""MariaDB: what SHOW CREATE and information_schema tell of a database.

Some things are in no table of information_schema, so that a schema that was read from a server is
without them: USING BTREE or HASH where the index is that anyway (told() leaves them out), when a
table that is PARTITIONED BY SYSTEM_TIME begins a new partition (Relata says so), an application-time
period, which shows as the check that it makes, the tables of a MERGE table, DATA DIRECTORY, and the
parser of a full-text index.
"""

import itertools
import os
import re
import subprocess

import harness
import servers

# What a file does beside making a schema in the database it is loaded into; SOURCE and LOAD DATA
# want other files.
OTHER_DATABASE = re.compile(
    r"(?im)^[ \t]*(create\s+(database|schema)\b[^;]*;|drop\s+(database|schema)\b[^;]*;"
    r"|use\s[^\n]*$|source\s[^\n]*$|load\s+data\b[^;]*;)")

# What the file says of the character set of the database that it makes.
DEFAULTS = re.compile(
    r"(?im)^[ \t]*create\s+(?:database|schema)\s+(?:if\s+not\s+exists\s+)?\S+\s+"
    r"((?:default\s+)?(?:character|charset|collate)[^;]*?)\s*(?:\*/)?\s*;")
# Columns of information_schema that depend on rows, on time, or on the database's name.
COLUMNS = {
    "TABLES": "TABLE_NAME, TABLE_TYPE, ENGINE, ROW_FORMAT, TABLE_COLLATION, CREATE_OPTIONS,"
              " TABLE_COMMENT",
    "COLUMNS": "TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_DEFAULT, IS_NULLABLE, COLUMN_TYPE,"
               " CHARACTER_SET_NAME, COLLATION_NAME, COLUMN_KEY, EXTRA, COLUMN_COMMENT,"
               " IS_GENERATED, GENERATION_EXPRESSION",
    "STATISTICS": "TABLE_NAME, NON_UNIQUE, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, COLLATION,"
                  " SUB_PART, PACKED, NULLABLE, INDEX_TYPE, COMMENT, INDEX_COMMENT, IGNORED",
    "KEY_COLUMN_USAGE": "CONSTRAINT_NAME, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION,"
                        " POSITION_IN_UNIQUE_CONSTRAINT, REFERENCED_TABLE_SCHEMA,"
                        " REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME",
    "REFERENTIAL_CONSTRAINTS": "CONSTRAINT_NAME, UNIQUE_CONSTRAINT_NAME, MATCH_OPTION, UPDATE_RULE,"
                               " DELETE_RULE, TABLE_NAME, REFERENCED_TABLE_NAME",
    "CHECK_CONSTRAINTS": "TABLE_NAME, CONSTRAINT_NAME, LEVEL, CHECK_CLAUSE",
    "TRIGGERS": "TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER,"
                " ACTION_STATEMENT, ACTION_TIMING, SQL_MODE, DEFINER, CHARACTER_SET_CLIENT,"
                " COLLATION_CONNECTION",
    "ROUTINES": "ROUTINE_NAME, ROUTINE_TYPE, DTD_IDENTIFIER, ROUTINE_DEFINITION, IS_DETERMINISTIC,"
                " SQL_DATA_ACCESS, SECURITY_TYPE, SQL_MODE, ROUTINE_COMMENT, DEFINER,"
                " CHARACTER_SET_CLIENT, COLLATION_CONNECTION",
    "PARAMETERS": "SPECIFIC_NAME, ORDINAL_POSITION, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER,"
                  " CHARACTER_SET_NAME, COLLATION_NAME, ROUTINE_TYPE",
    "VIEWS": "TABLE_NAME, CHECK_OPTION, IS_UPDATABLE, DEFINER, SECURITY_TYPE,"
             " CHARACTER_SET_CLIENT, COLLATION_CONNECTION, ALGORITHM",
    "PARTITIONS": "TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD,"
                  " SUBPARTITION_METHOD, PARTITION_EXPRESSION, SUBPARTITION_EXPRESSION,"
                  " PARTITION_DESCRIPTION, PARTITION_COMMENT",
}
SCHEMA_COLUMN = {
    "STATISTICS": "TABLE_SCHEMA", "REFERENTIAL_CONSTRAINTS": "CONSTRAINT_SCHEMA",
    "CHECK_CONSTRAINTS": "CONSTRAINT_SCHEMA", "TRIGGERS": "TRIGGER_SCHEMA",
    "ROUTINES": "ROUTINE_SCHEMA", "PARAMETERS": "SPECIFIC_SCHEMA",
}
# Which column of SHOW CREATE has the statement.
SHOWN = {"TABLE": 1, "SEQUENCE": 1, "VIEW": 1, "TRIGGER": 2, "PROCEDURE": 2, "FUNCTION": 2,
         "EVENT": 3}
# An event without STARTS has the time at which it was created.
STARTS = re.compile(r" STARTS '[^']*'")
AUTO_INCREMENT = re.compile(r" AUTO_INCREMENT=\d+")
# Which algorithm an index has is told by information_schema, from which a database is read; that
# somebody asked for the one that it has anyway is told by SHOW CREATE TABLE alone.
ALGORITHM = re.compile(r"(?m)(?<=\)) USING (BTREE|HASH)(?=,$|$| COMMENT | IGNORED)")
# The catalog keeps what a trigger does, and how it began only for SHOW CREATE TRIGGER.
TRIGGER_HEAD = re.compile(r"(?is)^CREATE\s.*?FOR\s+EACH\s+ROW\s+")


class MariaDB(harness.Engine):
    name = "mariadb"
    dialect = "mysql"
    ways = harness.WAYS
    _numbers = itertools.count(1)

    def __init__(self, address=None):
        """`address`: HOST:PORT, or USER:PASSWORD@HOST:PORT, of a server that runs already."""
        self.account, self.password = "root", ""
        if address:
            account, _, place = address.rpartition("@")
            if account:
                self.account, _, self.password = account.partition(":")
            self.host, self.port = place.rsplit(":", 1)
        else:
            self.host, self.port = "127.0.0.1", servers.start("mariadb").port

    def files(self, corpus):
        return sorted(corpus.glob("mysql/*.sql"))

    def _run(self, sql, database=None):
        command = ["mariadb", "--no-defaults", "--protocol=tcp", "-h", self.host, "-P",
                   str(self.port), "-u", self.account, "--default-character-set=utf8mb4", "-N", "-B",
                   *([database] if database else [])]
        done = subprocess.run(command, input=sql.encode(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False,
                              env={**os.environ, "MYSQL_PWD": self.password})
        if done.returncode != 0:
            raise harness.LoadError(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode(errors="replace")

    def _rows(self, sql, database):
        return [line.split("\t") for line in self._run(sql, database).splitlines()]

    def load_file(self, path):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        names = set(re.findall(r"(?im)^[ \t]*create\s+(?:database|schema)\s+(?:if\s+not\s+exists\s+)?"
                               r"`?(\w+)`?", text))
        defaults = " ".join(DEFAULTS.findall(text)[:1])
        text = OTHER_DATABASE.sub("", text)
        for name in names:  # that the file names as its own
            text = re.sub(rf"(?<![\w.`])`?{name}`?\.(?=[`\w])", "", text)
        return self.load(text, defaults)

    def load(self, ddl, defaults=""):
        database = f"relata_corpus_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        try:
            if defaults:
                self._run(f"ALTER DATABASE {database} {defaults}")
            self._run(ddl, database)
        except harness.LoadError:
            self.drop(database)
            raise
        return database

    def execute(self, database, statements):
        self._run("".join(each + ";\n" for each in statements), database)

    def url(self, database):
        password = f":{self.password}" if self.password else ""
        return f"mysql://{self.account}{password}@{self.host}:{self.port}/{database}"

    def drop(self, database):
        self._run(f"DROP DATABASE IF EXISTS {database}")

    def told(self, catalog):
        result = []
        for text in catalog:
            usual = ("HASH",) if "ENGINE=MEMORY" in text else ("BTREE", "HASH")
            result.append(ALGORITHM.sub(lambda word: "" if word[1] in usual else word[0], text))
        return result

    def catalog(self, database):
        objects = []
        for name, kind in self._rows("SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES"
                                     f" WHERE TABLE_SCHEMA = '{database}'", database):
            kinds = {"VIEW": "VIEW", "SEQUENCE": "SEQUENCE"}
            objects.append((kinds.get(kind, "TABLE"), name))
        for kind, table, column, schema in (
                ("TRIGGER", "TRIGGERS", "TRIGGER_NAME", "TRIGGER_SCHEMA"),
                ("EVENT", "EVENTS", "EVENT_NAME", "EVENT_SCHEMA")):
            objects += [(kind, row[0]) for row in self._rows(
                f"SELECT {column} FROM information_schema.{table} WHERE {schema} = '{database}'",
                database)]
        objects += self._rows("SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES"
                              f" WHERE ROUTINE_SCHEMA = '{database}'", database)
        statements = "".join(f"SHOW CREATE {kind} {_quoted(name)};\n" for kind, name in objects)
        result = []
        for (kind, name), row in zip(objects, self._rows(statements, database), strict=True):
            text = _unescape(row[SHOWN[kind]])
            if kind == "TABLE":
                text = AUTO_INCREMENT.sub("", text)
            elif kind == "TRIGGER":
                text = f"CREATE TRIGGER {name}\n" + TRIGGER_HEAD.sub("", text)
            elif kind == "EVENT":
                text = STARTS.sub("", text)
            result.append(text.replace(f"`{database}`.", ""))
        for table, columns in COLUMNS.items():
            schema = SCHEMA_COLUMN.get(table, "TABLE_SCHEMA")
            rows = self._rows(f"SELECT {columns} FROM information_schema.{table}"
                              f" WHERE {schema} = '{database}'", database)
            result += [(table + " (" + " | ".join(row)).replace(database, "DATABASE") for row in rows]
        return result


def _quoted(name):
    return "`" + name.replace("`", "``") + "`"


def _unescape(value):
    for code, char in (("\\t", "\t"), ("\\n", "\n"), ("\\0", "\0")):
        value = value.replace(code, char)
    return value.replace("\\\\", "\\")
