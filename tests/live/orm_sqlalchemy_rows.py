"""Writes rows of every class of models.py through the ORM and reads them back; run by
orm_sqlalchemy_test.py with the Python of its tools, in the folder of models.py:

    DATABASE_URL=... python orm_sqlalchemy_rows.py CLASS[,CLASS...]

Prints what came back otherwise, a line each, and the number of values that were compared.
"""

import datetime
import decimal
import ipaddress
import os
import sys
import uuid
import warnings

warnings.simplefilter("error", category=RuntimeWarning)
sys.path.insert(0, os.getcwd())

import models  # noqa: E402
import sqlalchemy as sa  # noqa: E402
from sqlalchemy.dialects import mysql, postgresql  # noqa: E402
from sqlalchemy.orm import Session, configure_mappers  # noqa: E402

UTC = datetime.timezone.utc
TEXTS = {  # of types that are known by their spelling only, and of those with a form of their own
    "xml": "<a>1</a>", "point": "(1,2)", "ANY": "any", "INT": 7, "NVARCHAR(10)": "abc",
    "DOUBLE PRECISION": 0.25,
}
RANGES = {
    postgresql.INT4RANGE: (1, 10), postgresql.INT8RANGE: (1, 2**40),
    postgresql.NUMRANGE: (decimal.Decimal("1.5"), decimal.Decimal("2.5")),
    postgresql.DATERANGE: (datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)),
    postgresql.TSRANGE: (datetime.datetime(2024, 1, 1), datetime.datetime(2024, 2, 1)),
    postgresql.TSTZRANGE: (datetime.datetime(2024, 1, 1, tzinfo=UTC),
                           datetime.datetime(2024, 2, 1, tzinfo=UTC)),
}


def fraction(type_):
    """Microseconds that the type keeps: those of a precision, all of them on most engines."""
    digits = getattr(type_, "precision", None)
    if isinstance(type_, (mysql.DATETIME, mysql.TIME, mysql.TIMESTAMP)):
        digits = type_.fsp or 0
    elif ENGINE.dialect.name in ("mysql", "mariadb"):
        digits = 0
    return 123456 if digits is None else 123456 // 10**(6 - digits) * 10**(6 - digits)


def sample(type_, values=()):  # noqa: C901, PLR0911, PLR0912
    """A value of the type that a lossy way would change."""
    if values:
        return values[-1]
    if isinstance(type_, postgresql.DOMAIN):
        return "a@b.example" if isinstance(type_.data_type, sa.Text) else sample(type_.data_type)
    if isinstance(type_, sa.ARRAY):
        inner = [sample(type_.item_type), sample(type_.item_type)]
        return [inner, inner] if type_.dimensions == 2 else inner
    if isinstance(type_, mysql.SET):
        return set(type_.values)
    if isinstance(type_, sa.Enum):
        return type_.enums[-1]
    for range_, (low, high) in RANGES.items():
        if isinstance(type_, range_):
            return postgresql.Range(low, high, bounds="[)")
    if isinstance(type_, postgresql.INT4MULTIRANGE):
        return [postgresql.Range(1, 3, bounds="[)"), postgresql.Range(5, 9, bounds="[)")]
    if isinstance(type_, postgresql.BIT):
        return postgresql.BitString("10101")
    if isinstance(type_, mysql.BIT):
        return 21
    if isinstance(type_, postgresql.INET):
        return ipaddress.ip_interface("192.168.0.1/24")
    if isinstance(type_, postgresql.CIDR):
        return ipaddress.ip_network("2001:db8::/32")
    if isinstance(type_, postgresql.MACADDR):
        return "08:00:2b:01:02:03"
    if isinstance(type_, postgresql.MONEY):
        return "$12.50"
    if isinstance(type_, postgresql.TSVECTOR):
        return "'a':1 'b':2"
    if isinstance(type_, mysql.YEAR):
        return 2024
    if hasattr(type_, "spelling"):
        return TEXTS[type_.spelling]
    if isinstance(type_, sa.JSON):
        return {"a": [1, None, True, "é:%"], "b": {"c": 0.5}}
    if isinstance(type_, sa.Boolean):
        return True
    if getattr(type_, "unsigned", False):
        return 65535
    if isinstance(type_, sa.SmallInteger):
        return -32768
    if isinstance(type_, sa.BigInteger):
        return 9007199254740993
    if isinstance(type_, mysql.TINYINT):
        return -128
    if isinstance(type_, mysql.MEDIUMINT):
        return -8388608
    if isinstance(type_, sa.Integer):
        return -2147483648
    if isinstance(type_, (sa.Float, sa.REAL)):
        return 0.25
    if isinstance(type_, sa.Numeric):
        return decimal.Decimal("1234.56") if type_.scale else decimal.Decimal("0.1000000000000001")
    if isinstance(type_, sa.DateTime):
        value = datetime.datetime(2024, 2, 29, 23, 59, 58, fraction(type_))
        return value.replace(tzinfo=UTC) if type_.timezone else value
    if isinstance(type_, sa.Date):
        return datetime.date(2024, 2, 29)
    if isinstance(type_, sa.Time):
        value = datetime.time(23, 59, 58, fraction(type_))
        return value.replace(tzinfo=UTC) if type_.timezone else value
    if isinstance(type_, sa.Interval):
        return datetime.timedelta(days=3, seconds=5, microseconds=7)
    if isinstance(type_, sa.Uuid):
        return uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    if isinstance(type_, sa.types._Binary):
        return b"\x00\xff%:"
    if isinstance(type_, sa.String):
        return "é:x% \\'\""[:type_.length] if type_.length != 3 else "abc"
    raise TypeError(f"no value of {type_!r}")


def closed_values(mapper, key):
    """The texts of a Literal, which the annotation names by an alias of the module."""
    annotation = mapper.class_.__annotations__.get(key, "")
    alias = annotation.removeprefix("Mapped[").removesuffix("]").removesuffix(" | None")
    return getattr(getattr(models, alias, None), "__args__", ()) if alias != "Any" else ()


def compare(name):
    class_ = getattr(models, name)
    mapper = sa.inspect(class_)
    full, empty = {}, {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column.computed is not None or (column.identity is not None and column.identity.always):
            continue
        values = closed_values(mapper, attribute.key)
        full[attribute.key] = sample(column.type, [v for v in values if isinstance(v, str)])
        if column.primary_key:
            continue
        if not column.nullable:
            empty[attribute.key] = full[attribute.key]
        elif column.server_default is None:
            empty[attribute.key] = None
    for key in (column.name for column in mapper.primary_key if column.identity is None):
        attribute = mapper.get_property_by_column(mapper.local_table.c[key]).key
        if isinstance(full[attribute], int):
            full[attribute] = 1
            empty[attribute] = 2
    with Session(ENGINE) as session:
        rows = [class_(**full), class_(**empty)]
        session.add_all(rows)
        session.commit()
        keys = [mapper.primary_key_from_instance(row) for row in rows]
    count = 0
    with Session(ENGINE) as session:
        for key, written in zip(keys, (full, empty), strict=True):
            read = session.get_one(class_, tuple(key))
            for member, value in written.items():
                found = getattr(read, member)
                count += 1
                if found != value or (value is not None and type(found) is not type(value)
                                      and not isinstance(value, (list, tuple))):
                    print(f"{name}.{member}: {value!r} came back as {found!r}")
    return count


configure_mappers()
ENGINE = sa.create_engine(os.environ["DATABASE_URL"])
print(sum(compare(name) for name in sys.argv[1].split(",")), "values")
