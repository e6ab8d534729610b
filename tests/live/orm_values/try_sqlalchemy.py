"""Reads the rows that try_pydantic.py left in a database with SQLAlchemy's models, and gives the objects
to the Pydantic models and dataclasses: every value must be the same.

usage: python try_sqlalchemy.py URL FOLDER_OF_MODULES MODELS_OF_SQLALCHEMY
"""

import dataclasses
import importlib.util
import sys

import sqlalchemy as sa
from sqlalchemy import orm

URL, FOLDER, MODELS = sys.argv[1:4]
sys.path.insert(0, FOLDER)
import models  # noqa: E402  (made by the test)
import records  # noqa: E402

spec = importlib.util.spec_from_file_location("tables", MODELS)
tables = importlib.util.module_from_spec(spec)
sys.modules["tables"] = tables
spec.loader.exec_module(tables)


def same(a, b):
    return a == b or (a != a and b != b)  # NaN


def main():
    count, faults = 0, []
    with orm.Session(sa.create_engine(URL)) as session:
        for name in ("Sample", "Rule"):
            for row in session.scalars(sa.select(getattr(tables, name))):
                count += 1
                checked = getattr(models, name).model_validate(row)
                record = getattr(records, name).from_object(row)
                for field in dataclasses.fields(record):
                    value = getattr(row, field.name)
                    if not same(getattr(checked, field.name), value):
                        faults.append(f"Pydantic: {name}.{field.name}: {value!r}")
                    if not same(getattr(record, field.name), value):
                        faults.append(f"dataclass: {name}.{field.name}: {value!r}")
    print(f"{count} rows")
    print("\n".join(faults))
    return 1 if faults or count < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
