"""Writes values into a live database and gives them to the Pydantic models and dataclasses made from
it: what the database refuses must be refused by the models, what it keeps as it is must be accepted,
and every row that it gives must be accepted, and be the same in a dataclass.

usage: python try_pydantic.py DIALECT CONNECTION FOLDER_OF_MODULES
"""

import datetime as dt
import decimal
import ipaddress
import json
import math
import pathlib
import random
import sqlite3
import struct
import sys
import urllib.parse
import uuid

import pydantic

DIALECT, CONNECTION, FOLDER = sys.argv[1:4]
sys.path.insert(0, FOLDER)
import models  # noqa: E402  (made by the test)
import records  # noqa: E402

random.seed(20260301)
D = decimal.Decimal
UTC = dt.timezone.utc
ALPHABET = ["a", "B", "é", " ", "%", "_", "'", '"', "\\", "\n", "0", "€", "😀", "中"]


def random_text(most):
    return "".join(random.choice(ALPHABET) for _ in range(random.randint(0, most)))


def texts(most):
    return ["", "a", "x" * most, "x" * (most + 1), "😀" * most, "😀" * (most + 1), "a\0b", "NULL",
            "it's", "é€", "\ud800"] + [random_text(most + 2) for _ in range(10)]


def integers(bits, signed=True):
    most = 2 ** (bits - 1) if signed else 2**bits
    least = -most if signed else 0
    return [0, 1, -1, most - 1, most, least, least - 1, 10**30,
            random.randint(0, most), -random.randint(0, most)]


def decimals(*more):
    return [D(text) for text in
            ("0", "0.5", "-1.25", "999999.99", "-999999.99", "1000000", "99999", "100000", "0.001",
             "1.10", "9999.9", "10000", "123456789012345678901234567890.123456789", "1E+3", "1E+9",
             *more)]


def moments(zone):
    return [dt.datetime(2024, 2, 29, 12, tzinfo=zone), dt.datetime(1, 1, 2, tzinfo=zone),
            dt.datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=zone),
            dt.datetime(1999, 12, 31, 23, 59, 59, 123456, tzinfo=zone)]


FLOATS = [0.0, -0.5, 1.5, 0.1, 1e38, 3.5e38, 1e39, -1e39, 1e-40, 1e-46, 1e308, 5e-324]
SPECIAL = [math.nan, math.inf, -math.inf]
DATES = [dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31)]
UUIDS = [uuid.UUID(int=0), uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
JSONS = [{"a": [1, None, "x", {"b": True}]}, [], {}, "text", 5, 1.5, True, [[["deep"]]], 'it\'s "q"',
         "\0", {"a\0b": 1}, "\ud800", "😀", "\\u0000", {"nested": ["\udc00"]}, math.nan]

SAMPLES = {
    "postgres": {
        "a_smallint": integers(16), "a_integer": integers(32), "a_bigint": integers(64),
        "a_numeric": decimals("NaN", "Infinity", "-Infinity"),
        "a_price": decimals("NaN", "Infinity"), "a_count": decimals("NaN"),
        "a_real": FLOATS + SPECIAL, "a_double": FLOATS + SPECIAL, "a_boolean": [True, False],
        "a_text": texts(40), "a_varchar": texts(5), "a_char": texts(4), "a_date": DATES,
        "a_time": [dt.time(0), dt.time(23, 59, 59, 999999)],
        "a_time_tz": [dt.time(9, 30, tzinfo=UTC),
                      dt.time(9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-3.5)))],
        "a_timestamp": moments(None), "a_timestamp_tz": moments(UTC), "a_timestamp_0": moments(UTC),
        "an_interval": [dt.timedelta(0), dt.timedelta(days=-1, microseconds=1),
                        dt.timedelta(days=999999999)],
        "a_uuid": UUIDS, "a_json": JSONS, "a_jsonb": JSONS, "a_bytea": [b"", b"\0\xff", b"x" * 300],
        "an_inet": [ipaddress.ip_address("10.0.0.1"), ipaddress.ip_interface("10.0.0.1/8"),
                    ipaddress.ip_address("::1"), ipaddress.ip_interface("2001:db8::1/64")],
        "a_cidr": [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32")],
        "a_mac": ["08:00:2b:01:02:03", "08:00:2b:01:02", "zz:00:2b:01:02:03", ""],
        "a_bit": ["101", "10", "1011", "12x", ""], "a_varbit": ["", "1", "1011", "10110", "2"],
        "a_mood": ["sad", 'it\'s "fine"', "happy", "Sad", "", "other"],
        "a_posint": integers(32), "a_later": [1, 0, 999, 1000, -5],
        "an_int_array": [[], [1, 2], [2147483648]],
        "a_text_array": [[], ["a", 'b,"c"', "", "NULL"], ["a\0"]],
        "a_mood_array": [["sad", "happy"], [], ["other"]],
        "a_bigint_array": [[], [1, 2**63 - 1], [2**63]],
    },
    "mysql": {
        "a_tinyint": integers(8), "a_smallint": integers(16), "a_mediumint": integers(24),
        "an_integer": integers(32), "a_bigint": integers(64), "an_unsigned": integers(32, False),
        "a_big_unsigned": integers(64, False), "a_year": [0, 1901, 2155, 1900, 2156, 2024, -1],
        "a_decimal": decimals(), "an_unsigned_decimal": [D("0"), D("9999.9"), D("10000"), D("-1")],
        "a_float": FLOATS + SPECIAL, "a_double": FLOATS + SPECIAL, "a_boolean": [True, False],
        "a_varchar": texts(5), "a_char": texts(4),
        "a_tinytext": [*texts(10), "x" * 255, "x" * 256, "é" * 127, "é" * 128],
        "a_text": [*texts(40), "x" * 65535, "x" * 65536], "an_old_text": texts(5),
        "a_latin_text": texts(5), "an_ascii_text": texts(5), "a_date": DATES,
        "a_time": [dt.timedelta(0), dt.timedelta(hours=838, minutes=59, seconds=59),
                   -dt.timedelta(hours=838), dt.timedelta(hours=839), dt.timedelta(hours=-839)],
        "a_datetime": moments(None), "a_datetime_0": moments(None),
        "a_timestamp": [dt.datetime(1970, 1, 1), dt.datetime(1970, 1, 1, 0, 0, 1),
                        dt.datetime(2038, 1, 19, 3, 14, 7), dt.datetime(2038, 1, 19, 3, 14, 8)],
        "a_json": JSONS, "a_binary": [b"", b"abc", b"abcd"], "a_varbinary": [b"", b"abcd", b"abcde"],
        "a_tinyblob": [b"x" * 255, b"x" * 256], "a_bit": [0, 1, 511, 512],
        "an_enum": ["a", "b's", "c", "d", "ab"], "a_set": [set(), {"x"}, {"x", "z"}, {"w"}],
        "a_uuid": UUIDS,
    },
    "sqlite": {
        "an_integer": integers(64), "a_real": FLOATS + [math.inf], "a_decimal": [D("0.5"), D("-7")],
        "a_boolean": [True, False], "a_text": [t for t in texts(10) if "\0" not in t],
        "a_varchar": [t for t in texts(5) if "\0" not in t], "a_blob": [b"", b"\0\xff"],
        "a_date": DATES, "a_datetime": moments(None),
    },
}

RULES = {
    "rating": [1, 5, 0, 6, None], "big": [11, 10, 13, 12, None],
    "price": [D("0.5"), D("0.49"), D("10.00"), D("NaN"), D("-3"), None],
    "discount": [D("0"), D("50"), D("50.01"), D("9"), D("NaN"), None],
    "cost": [D("0"), D("0.0000001"), D("5"), D("NaN"), D("Infinity"), D("-Infinity"), None],
    "ratio": [0.0, 0.1, -1.0, math.nan, math.inf, None],
    "share": [0.0, 1.0, 0.5, 1.5, -0.1, math.nan, None],
    "title": ["abc", "ab", "", "😀😀", "😀😀😀", "title"],
    "slug": ["abc", "aBc", "", "a-1", "a b", None],
    "email": ["a@b", "@b", "a@", "xx@yy", "a\n@b", "", None],
    "code": ["A_b", "Axb", "A_xxb", "a_b", "Ab", "A_", "A_\nb", "A_b\n", None],
    "name": ["x", " x ", "", "  ", "\t", None],
    "status": ["open", "done", "can't", "other", ""],
    "done_at": [dt.datetime(2024, 5, 5, tzinfo=UTC), None],
    "starts_on": [dt.date(2024, 1, 1), dt.date(2024, 6, 1), None],
    "ends_on": [dt.date(2024, 1, 1), dt.date(2024, 5, 31), dt.date(2024, 6, 2), None],
    "opens": [dt.time(8), dt.time(12), None],
    "closes": [dt.time(12), dt.time(8), dt.time(17, 30, 0, 500000), None],
    "from_at": [dt.datetime(2024, 1, 1, tzinfo=UTC), dt.datetime(2024, 6, 1, tzinfo=UTC)],
    "to_at": [dt.datetime(2024, 1, 1, tzinfo=UTC), dt.datetime(2025, 1, 1, tzinfo=UTC), None],
    "one": [1, 9, None], "two": [1, 2, None], "left_id": [1, None], "right_id": [1, None],
    "since": [dt.date(1999, 12, 31), dt.date(2000, 1, 1), None], "parity": [0, 1, 2, 3, None],
    "flag": [True, False], "other": [True, False, None], "named": ["n", "", " n", "longer than ten"],
    "matched": ["a", "a-b_1", "a.5", "a.", "A", "", "a\n", "a.5\n", "é", None],
    "unmatched": ["abc", "aXc", "z", "", "\n", None],
}
PAIRS = [("starts_on", "ends_on"), ("opens", "closes"), ("from_at", "to_at"), ("one", "two"),
         ("left_id", "right_id"), ("status", "done_at"), ("flag", "other"), ("price", "discount")]


class Postgres:
    def __init__(self):
        import psycopg
        from psycopg.rows import dict_row
        from psycopg.types import TypeInfo

        self.connection = psycopg.connect(CONNECTION, autocommit=True, row_factory=dict_row)
        TypeInfo.fetch(self.connection, "mood").register(self.connection)

    def written(self, column, value):
        from psycopg.types.json import Json

        if "json" in column:
            return Json(value)
        return value

    def insert(self, table, row):
        columns = ", ".join(row)
        # The driver tells no types of texts and lists of texts to the server.
        arrays = {"a_mood_array": "%s::text[]::mood[]", "an_int_array": "%s::bigint[]::integer[]",
                  "a_bigint_array": "%s::numeric[]::bigint[]"}
        places = ", ".join(arrays.get(column, "%s") for column in row)
        values = [self.written(column, value) for column, value in row.items()]
        return self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING *", values).fetchone()


class Mysql:
    def __init__(self):
        import pymysql

        url = urllib.parse.urlparse(CONNECTION)
        self.connection = pymysql.connect(
            host=url.hostname, port=url.port, user=url.username, password=url.password or "",
            database=url.path[1:], autocommit=True, charset="utf8mb4",
            init_command="SET time_zone = '+00:00'", cursorclass=pymysql.cursors.DictCursor)

    def written(self, column, value):
        if column == "a_json":
            return json.dumps(value)
        if isinstance(value, set):
            return ",".join(value)
        return str(value) if isinstance(value, uuid.UUID) else value

    def insert(self, table, row):
        values = [self.written(column, value) for column, value in row.items()]
        with self.connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) "
                           f"VALUES ({', '.join(['%s'] * len(row))})", values)
            cursor.execute(f"SELECT * FROM {table} WHERE id = {cursor.lastrowid}")
            return {c: self.read(c, v) for c, v in cursor.fetchone().items()}

    @staticmethod
    def read(column, value):
        if value is None:
            return None
        reads = {"a_json": json.loads, "a_boolean": bool, "a_uuid": uuid.UUID,
                 "a_bit": lambda raw: int.from_bytes(raw, "big"),
                 "a_set": lambda text: set(filter(None, text.split(",")))}
        return reads[column](value) if column in reads else value


class Sqlite:
    """As SQLAlchemy's types for SQLite write and read."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(pathlib.Path(CONNECTION).read_text(encoding="utf-8"))
        self.connection.row_factory = sqlite3.Row

    def insert(self, table, row):
        values = [float(v) if isinstance(v, D) else v.isoformat(" ") if isinstance(v, dt.datetime)
                  else v.isoformat() if isinstance(v, dt.date) else v for v in row.values()]
        stored = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "
            "RETURNING *", values).fetchone()
        return {column: self.read(column, stored[column]) for column in stored.keys()}

    @staticmethod
    def read(column, value):
        reads = {"a_decimal": lambda v: D(str(v)), "price": lambda v: D(str(v)), "a_boolean": bool,
                 "flag": bool, "a_date": dt.date.fromisoformat,
                 "a_datetime": dt.datetime.fromisoformat}
        return value if value is None or column not in reads else reads[column](value)


def same(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return struct.pack("d", a) == struct.pack("d", b) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, D) and isinstance(b, D):
        return a == b or (a.is_nan() and b.is_nan())
    return a == b


faults = []
counts = {"kept": 0, "changed": 0, "refused": 0}


def model_of(model, row):
    try:
        return model.model_validate(row), ""
    except pydantic.ValidationError as error:
        return None, str(error.errors()[0]["loc"]) + " " + error.errors()[0]["msg"]


def try_row(database, table, row, written, whole, record):
    what = f"{table} {str(row)[:150]!r}"
    stored, refusal = None, ""
    try:
        stored = database.insert(table, row)
    except Exception as error:  # every driver has its own
        refusal = f"{type(error).__name__}: {error}"
    verdict, reason = model_of(written, row)
    if stored is None:
        counts["refused"] += 1
        if verdict is not None:
            faults.append(f"{what}: accepted, but the database says: {refusal}")
        return
    kept = all(same(stored[column], value) for column, value in row.items())
    counts["kept" if kept else "changed"] += 1
    if verdict is None and kept:
        faults.append(f"{what}: refused ({reason}), but the database keeps it")
    back, reason = model_of(whole, stored)
    if back is None:
        faults.append(f"{what}: comes back and is refused: {reason}")
        return
    for column, value in stored.items():
        if not same(getattr(back, column), value):
            faults.append(f"{what}: the model changed {column}: {value!r}")
    made = record.from_row(stored)
    if not all(same(value, stored[column]) for column, value in made.to_row().items()):
        faults.append(f"{what}: the dataclass changed it")
    if model_of(whole, made)[0] is None:
        faults.append(f"{what}: the model does not read the dataclass")


def random_rule(known):
    row = {}
    for _ in range(random.randint(1, 3)):
        column = random.choice(known)
        row[column] = random.choice(RULES[column])
    if random.random() < 0.4:
        for column in random.choice(PAIRS):
            if column in known:
                row[column] = random.choice(RULES[column])
    for column, value in row.items():
        if DIALECT == "sqlite" and isinstance(value, dt.datetime):
            row[column] = value.isoformat()
        elif DIALECT == "mysql" and isinstance(value, dt.datetime):
            row[column] = value.replace(tzinfo=None)
    return row


def main():
    database = {"postgres": Postgres, "mysql": Mysql, "sqlite": Sqlite}[DIALECT]()
    for column, values in SAMPLES[DIALECT].items():
        for value in values:
            try_row(database, "samples", {column: value}, models.NewSample, models.Sample,
                    records.Sample)
    known = [column for column in RULES if column in models.Rule.model_fields]
    for _ in range(1500):
        row = random_rule(known)
        special = any(isinstance(v, (float, D)) and not math.isfinite(v) for v in row.values())
        if special and DIALECT != "postgres":
            continue
        try_row(database, "rules", row, models.NewRule, models.Rule, records.Rule)
    print(json.dumps(counts))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
