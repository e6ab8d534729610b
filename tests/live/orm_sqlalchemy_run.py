"""Uses an Alembic environment and its models as their users do; run by orm_sqlalchemy_test.py with
the Python of its tools, in the folder of models.py:

    DATABASE_URL=... python orm_sqlalchemy_run.py up URL     upgrade head, check, and what the
                                                             models alone make, in the database URL
    DATABASE_URL=... python orm_sqlalchemy_run.py down [TO]  downgrade to a revision, or base
    DATABASE_URL=... python orm_sqlalchemy_run.py statements what upgrade and downgrade run, as JSON
"""

import json
import logging
import os
import runpy
import sys
import warnings

sys.path.insert(0, os.getcwd())
# What SQLAlchemy says of its own classes, and of expressions that it does not read back.
warnings.filterwarnings("ignore", message=".*OperatorClass.*")
warnings.filterwarnings("ignore", category=Warning, module="alembic.*")

from alembic import command  # noqa: E402
from alembic.config import Config  # noqa: E402

config = Config("alembic.ini")
if sys.argv[1] == "up":
    command.upgrade(config, "head")
    logging.disable(logging.INFO)
    command.check(config)
    if len(sys.argv) > 2:
        import models
        import sqlalchemy as sa
        from sqlalchemy.orm import configure_mappers

        with warnings.catch_warnings():
            warnings.simplefilter("error", sa.exc.SAWarning)
            configure_mappers()
        models.Base.metadata.create_all(sa.create_engine(sys.argv[2]))
elif sys.argv[1] == "down":
    command.downgrade(config, sys.argv[2] if len(sys.argv) > 2 else "base")
else:
    migration = runpy.run_path("alembic/versions/0001_initial.py")
    print(json.dumps({"create": migration["CREATE"], "drop": migration["DROP"]}))
