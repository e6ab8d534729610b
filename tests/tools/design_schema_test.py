#!/usr/bin/env python3
"""A JSON Schema validator accepts what Relata writes as design.yaml and refuses slips.

usage: design_schema_test.py PATH_OF_relata_design_documents
Exit 77 (skipped) without the Python packages jsonschema (4 or later) and yaml.
"""
import pathlib
import subprocess
import sys
import tempfile

try:
    import json

    import yaml
    from jsonschema import Draft202012Validator
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

DESIGNS = 150

# Text of a design.yaml, and whether the schema takes it.
CASES = [
    ("name: shop\n", True),
    ("name: shop\nentities:\n  Order:\n  Item: {}\n", True),
    ("name: shop\nentities:\n  Order:\n    fields:\n      total: money required >= 0\n", True),
    ("name: shop\nentities:\n  Order:\n    fields:\n      total: {type: money, derived: sum}\n", True),
    ("name: shop\nrelationships:\n  - Order 1--* Item : contains\n  - Order *--1 Customer\n", True),
    ("name: shop\npatterns: {ids: cuid2, tenancy: {root: Shop}}\n", True),
    ("name: shop\nentitys: {}\n", False),
    ("name: shop\nentities: []\n", False),
    ("name: shop\nentities:\n  Order:\n    field: {}\n", False),
    ("name: shop\nentities:\n  Order:\n    fields:\n      total: mony\n", False),
    ("name: shop\nentities:\n  Order:\n    keys:\n      - uniq(a)\n", False),
    ("name: shop\npatterns: {ids: uuid4}\n", False),
    ("name: shop\npatterns: {audit: 1}\n", False),
    ("name: shop\npatterns: {tenancy: {}}\n", False),
    ("name: shop\nassumptions:\n  - because\n", False),
]


def main() -> int:
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.argv[1], name, str(DESIGNS)], check=True)
        schema = json.loads((folder / "design.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        documents = sorted(folder.glob("*.yaml"))
        for path in documents:
            text = path.read_text(encoding="utf-8")
            for error in validator.iter_errors(yaml.safe_load(text)):
                print(f"{path.name}: {error.message} at {list(error.absolute_path)}")
                failures += 1
        for text, accepted in CASES:
            if validator.is_valid(yaml.safe_load(text)) != accepted:
                print(f"should be {'accepted' if accepted else 'refused'}:\n{text}")
                failures += 1
    print(f"{len(documents)} designs and {len(CASES)} cases, {failures} failures")
    return 1 if failures or not documents else 0


if __name__ == "__main__":
    sys.exit(main())
