#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& sqlalchemy_facts();
const TargetFacts& sqlalchemy_facts() {
  static const TargetFacts facts{
      "SQLAlchemy and Alembic",
      "SQLAlchemy 2.1.9, Alembic 1.20.1, psycopg 3.3.9, PyMySQL 1.2.4, Python 3.11, on PostgreSQL "
      "15 and 18, MariaDB 10.11 and SQLite",
      "PostgreSQL, MySQL, SQLite",
      "Declarative models with `Mapped[]` and `mapped_column()`, relationships from both sides, "
      "every constraint and index under its own name, and an Alembic environment whose first "
      "migration holds the whole DDL. `alembic check` finds nothing to do after it. The code is "
      "formatted as black does it and passes `mypy --strict`.",
      {{"sqlalchemy/models.py", "the models"},
       {"sqlalchemy/alembic.ini", "Alembic's settings; yours after the first time"},
       {"sqlalchemy/alembic/env.py",
        "how Alembic reaches the database, and what it compares; yours after the first time"},
       {"sqlalchemy/alembic/script.py.mako", "the template of later migrations"},
       {"sqlalchemy/alembic/versions/0001_initial.py",
        "the whole schema, and the way back; yours after the first time"}},
      {{"Tables, columns, comments", Coverage::code, ""},
       {"Primary keys, also composite and deferrable", Coverage::code, ""},
       {"Tables without a primary key", Coverage::code, "as `Table`, since a class needs one"},
       {"Foreign keys", Coverage::code,
        "composite, deferrable, with actions; as relationships where both sides are classes"},
       {"UNIQUE", Coverage::code, "deferrable, NULLS NOT DISTINCT, INCLUDE"},
       {"CHECK", Coverage::code, "a list of texts is a `Literal`"},
       {"EXCLUDE", Coverage::code, "but for INCLUDE"},
       {"Indexes", Coverage::code,
        "unique, partial, of expressions, DESC, INCLUDE, operator classes, methods, parameters"},
       {"Generated and identity columns", Coverage::code, ""},
       {"Enumerations", Coverage::code, ""},
       {"Domains", Coverage::partly, "in code with at most one CHECK"},
       {"Composite types and types of extensions", Coverage::read_only,
        "columns have the type by name"},
       {"Sequences", Coverage::code, "but for OWNED BY"},
       {"Partitioned tables", Coverage::partly,
        "the table in code, its partitions in the migration"},
       {"Views and foreign tables", Coverage::read_only, "as `Table`"},
       {"Row level security and policies", Coverage::migration, ""},
       {"Triggers, functions, rules, events", Coverage::migration, ""},
       {"Extensions, privileges", Coverage::migration, ""}},
      {"pip install sqlalchemy alembic 'psycopg[binary]'", "cd sqlalchemy",
       "DATABASE_URL=postgresql://localhost/app alembic upgrade head", "alembic check",
       "alembic downgrade base"},
      {"`Base.metadata.create_all()` makes what the models say; functions, extensions and "
       "composite "
       "types that they use must be there before.",
       "Options for MySQL are written for MariaDB as well, since SQLAlchemy keeps them apart.",
       "Rows are deleted by the database: relationships leave ON DELETE to it.",
       "On SQLite every connection of the program enforces foreign keys.",
       "Alembic does not compare the text of CHECKs, defaults and expressions in indexes.",
       "Alembic cannot compare a foreign key that leads to a name with a dot in it."}};
  return facts;
}

}  // namespace relata::emit
