"""What a database says it holds, the same way for every engine: columns, keys and indexes."""

import dataclasses


@dataclasses.dataclass
class ForeignKey:
    table: str
    columns: list
    referenced_table: str
    referenced_columns: list


@dataclasses.dataclass
class Index:
    """Also what stands behind a primary key or a UNIQUE constraint."""

    table: str
    name: str
    columns: list  # an expression is ""
    unique: bool
    where: str  # empty: all rows


@dataclasses.dataclass
class Column:
    name: str
    type: str
    nullable: bool
    default: str  # empty: none


def _foreign_keys_postgres(database):
    rows = database.rows("""
        SELECT c.conname, t.relname, a.attname, r.relname, b.attname
          FROM pg_constraint c
          JOIN pg_class t ON t.oid = c.conrelid
          JOIN pg_class r ON r.oid = c.confrelid
          CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY k(own, other, place)
          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.own
          JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.other
         WHERE c.contype = 'f'
         ORDER BY t.relname, c.conname, k.place""")
    return [((table, name), table, own, other, column) for name, table, own, other, column in rows]


def _foreign_keys_mysql(database):
    rows = database.rows(f"""
        SELECT constraint_name, table_name, column_name, referenced_table_name,
               referenced_column_name
          FROM information_schema.key_column_usage
         WHERE table_schema = '{database.name}' AND referenced_table_name IS NOT NULL
         ORDER BY table_name, constraint_name, ordinal_position""")
    return [((table, name), table, own, other, column) for name, table, own, other, column in rows]


def _tables_sqlite(database):
    return [row[0] for row in database.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]


def _foreign_keys_sqlite(database):
    found = []
    for table in _tables_sqlite(database):
        rows = database.rows("SELECT id, \"from\", \"table\", \"to\" "
                             f"FROM pragma_foreign_key_list('{table}') ORDER BY id, seq")
        for number, own, other, column in rows:
            found.append(((table, number), table, own, other, column))
    return found


def foreign_keys(database, dialect):
    rows = {"postgres": _foreign_keys_postgres, "mysql": _foreign_keys_mysql,
            "sqlite": _foreign_keys_sqlite}[dialect](database)
    keys = {}
    for identity, table, own, other, column in rows:
        key = keys.setdefault(identity, ForeignKey(table, [], other, []))
        key.columns.append(own)
        key.referenced_columns.append(column)
    return list(keys.values())


def _indexes_postgres(database):
    rows = database.rows("""
        SELECT t.relname, i.relname, x.indisunique,
               coalesce(pg_get_expr(x.indpred, x.indrelid), ''), coalesce(a.attname, '')
          FROM pg_index x
          JOIN pg_class i ON i.oid = x.indexrelid
          JOIN pg_class t ON t.oid = x.indrelid
          JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = 'public'
          CROSS JOIN LATERAL unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY k(number, place)
          LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
         WHERE x.indisvalid AND x.indisready
         ORDER BY t.relname, i.relname, k.place""")
    return [(table, name, unique == "t", where, column)
            for table, name, unique, where, column in rows]


def _indexes_mysql(database):
    rows = database.rows(f"""
        SELECT table_name, index_name, non_unique, coalesce(column_name, '')
          FROM information_schema.statistics WHERE table_schema = '{database.name}'
         ORDER BY table_name, index_name, seq_in_index""")
    return [(table, name, other == "0", "", column) for table, name, other, column in rows]


def _indexes_sqlite(database):
    found = []
    for table in _tables_sqlite(database):
        for name, unique in database.rows(
                f"SELECT name, \"unique\" FROM pragma_index_list('{table}')"):
            sql = database.rows(f"SELECT sql FROM sqlite_schema WHERE name = '{name}'")
            text = (sql[0][0] if sql else "") or ""
            where = text.rpartition(" WHERE ")[2] if " WHERE " in text else ""
            for column, in database.rows(
                    f"SELECT coalesce(name, '') FROM pragma_index_info('{name}') ORDER BY seqno"):
                found.append((table, name, unique == "1", where, column))
        if not database.rows(f"SELECT 1 FROM pragma_index_list('{table}') WHERE origin = 'pk'"):
            for column, in database.rows(f"SELECT name FROM pragma_table_info('{table}') "
                                         "WHERE pk > 0 ORDER BY pk"):
                found.append((table, "rowid", True, "", column))  # INTEGER PRIMARY KEY
    return found


def indexes(database, dialect):
    rows = {"postgres": _indexes_postgres, "mysql": _indexes_mysql,
            "sqlite": _indexes_sqlite}[dialect](database)
    found = {}
    for table, name, unique, where, column in rows:
        index = found.setdefault((table, name), Index(table, name, [], unique, where))
        index.columns.append(column)
    return list(found.values())


def columns(database, dialect, table):
    """Name to Column, in order."""
    if dialect == "postgres":
        rows = database.rows(f"""
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   coalesce(pg_get_expr(d.adbin, d.adrelid), '')
              FROM pg_attribute a LEFT JOIN pg_attrdef d
                ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = 'public.{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum""")
        return {n: Column(n, t, required != "t", d) for n, t, required, d in rows}
    if dialect == "mysql":
        rows = database.rows(f"""
            SELECT column_name, column_type, is_nullable, coalesce(column_default, '')
              FROM information_schema.columns
             WHERE table_schema = '{database.name}' AND table_name = '{table}'
             ORDER BY ordinal_position""")
        return {n: Column(n, t, nullable == "YES", d) for n, t, nullable, d in rows}
    rows = database.rows(f"""SELECT name, type, "notnull", coalesce(dflt_value, ''), pk
                               FROM pragma_table_info('{table}') ORDER BY cid""")
    return {n: Column(n, t, required == "0" and pk == "0", d) for n, t, required, d, pk in rows}


def tables(database, dialect):
    if dialect == "sqlite":
        return sorted(_tables_sqlite(database))
    schema = "public" if dialect == "postgres" else database.name
    return sorted(row[0] for row in database.rows(
        "SELECT table_name FROM information_schema.tables "
        f"WHERE table_schema = '{schema}' AND table_type = 'BASE TABLE'"))


def primary_key(database, dialect, table):
    if dialect == "sqlite":
        return [row[0] for row in database.rows(
            f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")]
    schema = "public" if dialect == "postgres" else database.name
    return [row[0] for row in database.rows(f"""
        SELECT k.column_name FROM information_schema.key_column_usage k
          JOIN information_schema.table_constraints c
            ON c.constraint_name = k.constraint_name AND c.table_name = k.table_name
           AND c.table_schema = k.table_schema
         WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_schema = '{schema}'
           AND k.table_name = '{table}' ORDER BY k.ordinal_position""")]
