"""What a person writes and what PostgreSQL's catalog gives back for it have the same canonical form."""

import json
import pathlib
import unittest

from harness import POSTGRES, on_engines, relata

WRITTEN = pathlib.Path(__file__).with_name("canonical_postgres.sql")


def canonical_forms(tree, path="", found=None):
    """Every canonical form of a model, by its place; items that have a name by that. What has text
    of the dialect and no canonical form is None."""
    found = {} if found is None else found
    if isinstance(tree, list):
        for i, item in enumerate(tree):
            named = isinstance(item, dict) and isinstance(item.get("name"), str)
            canonical_forms(item, path if named else f"{path}[{i}]", found)
    elif isinstance(tree, dict):
        if isinstance(tree.get("name"), str):
            path += f"/{tree.get('schema', '')}.{tree['name']}"
        if "canonical" in tree or tree.get("operation") == "sql":
            found[path] = tree.get("canonical")
        for key, value in tree.items():
            if key not in ("arguments", "origin"):
                canonical_forms(value, f"{path}.{key}", found)
    return found


@on_engines(*POSTGRES)
class CanonicalForms:
    def test_a_file_and_the_server_that_loaded_it_agree(self):
        database = self.server.new_database()
        database.load(WRITTEN.read_text(encoding="utf-8"))
        url = f"postgres://postgres@127.0.0.1:{self.server.port}/{database.name}"
        written = canonical_forms(json.loads(relata("emit", "json", WRITTEN)))
        served = canonical_forms(json.loads(relata("emit", "json", url)))
        self.assertGreater(len(served), 100)
        self.assertEqual([], [place for place in served if place not in written])
        for place, form in served.items():
            with self.subTest(place=place):
                self.assertIsNotNone(form)
                self.assertEqual(written[place], form)


if __name__ == "__main__":
    unittest.main()
