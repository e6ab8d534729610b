"""The engines of tests/corpus for the tests here: databases, and what they hold as texts. That
folder has a harness of its own, which stays apart from the one of this folder."""

import importlib
import pathlib
import sys

CORPUS = pathlib.Path(__file__).resolve().parents[1] / "corpus"


def _load(*names):
    own = sys.modules.pop("harness", None)
    sys.path.insert(0, str(CORPUS))
    try:
        modules = [importlib.import_module(name) for name in names]
        modules.append(sys.modules.pop("harness"))
        return modules
    finally:
        sys.path.remove(str(CORPUS))
        if own is not None:
            sys.modules["harness"] = own


postgres, mysql, sqlite, harness = _load("postgres", "mysql", "sqlite")
differences = harness.differences
LoadError = harness.LoadError
corpus_folder = harness.corpus
drop_statements = harness.DROP_STATEMENTS
