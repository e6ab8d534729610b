"""Runs modules, each under a name of its own.

usage: python run_modules.py FILE...
"""

import importlib.util
import sys

for number, path in enumerate(sys.argv[1:]):
    spec = importlib.util.spec_from_file_location(f"module_{number}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        sys.exit(f"{path}: {error!r}")
