#include "emit/sqlalchemy/migration.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/printer.h"
#include "base/text.h"
#include "emit/code/session_settings.h"
#include "emit/sqlalchemy/migration_text.h"
#include "emit/sqlalchemy/models.h"
#include "emit/sqlalchemy/python_code.h"
#include "model/questions.h"

namespace relata::emit::sqlalchemy {
namespace {

struct Driver {
  std::string_view dialect;
  std::string_view url;  ///< Of a database that a reader can imagine.
  std::string_view name;
};

constexpr std::array drivers{
    Driver{"postgres", "postgresql+psycopg://localhost/app", "psycopg"},
    Driver{"mysql", "mariadb+pymysql://localhost/app", "pymysql"},
    Driver{"sqlite", "sqlite:///app.db", "pysqlite"},
};

const Driver& driver_of(const TargetInput& input) {
  const auto* found = std::find_if(drivers.begin(), drivers.end(), [&](const Driver& each) {
    return each.dialect == input.dialect.id();
  });
  return found == drivers.end() ? drivers.front() : *found;
}

std::string settings(const TargetInput& input) {
  Printer printer;
  printer.print(R"([alembic]
script_location = %(here)s/alembic
prepend_sys_path = %(here)s
path_separator = os
file_template = %%(rev)s_%%(slug)s

# DATABASE_URL in the environment comes before it.
sqlalchemy.url = $url$

[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
)",
                {{"url", driver_of(input).url}});
  return printer.take();
}

/// Tables that are there without being in the models: partitions.
std::vector<std::string> unmodelled(const Schema& schema) {
  std::vector<std::string> names;
  for (const Table& table : schema.tables) {
    if (is_modelled(table)) continue;
    names.push_back(plain_name(table));
  }
  for (const OtherObject& other : schema.others) {
    if (other.kind == "virtual table") names.push_back(other.name);
  }
  return names;
}

bool has_virtual_tables(const Schema& schema) {
  return std::any_of(schema.others.begin(), schema.others.end(),
                     [](const OtherObject& other) { return other.kind == "virtual table"; });
}

std::set<std::string> namespaces(const Schema& schema) {
  std::set<std::string> names;
  for (const Table& table : schema.tables) names.insert(table.schema);
  names.insert("");
  return names;
}

std::string set_of(std::string_view name, const std::vector<Code>& items) {
  return lay_out(prefixed(std::string(name) + " = ", dict(items))) + "\n";
}

/// What leaves out of Alembic's comparison what the models do not have.
std::string name_filter(const TargetInput& input) {
  const std::vector<std::string> names = unmodelled(input.native);
  const std::set<std::string> spaces = namespaces(input.native);
  if (names.empty() && spaces.size() == 1) return {};
  std::string out = "\n";
  std::string body;
  if (spaces.size() > 1) {
    std::vector<Code> items{"None"};
    for (const std::string& space : spaces) {
      if (!space.empty()) items.emplace_back(string_literal(space));
    }
    out += set_of("SCHEMAS", items);
    body += "    if type_ == \"schema\":\n        return name in SCHEMAS\n";
  }
  if (!names.empty()) {
    std::vector<Code> items;
    for (const std::string& name : names) items.emplace_back(string_literal(name));
    out += "# Made by the first migration, and no part of the models.\n" +
           set_of("DATABASE_ONLY", items);
    body +=
        "    if type_ == \"table\":\n"
        "        table = parent_names.get(\"schema_qualified_table_name\") or \"\"\n";
    // A virtual table keeps its rows in tables of its own: name_data, name_content.
    body += has_virtual_tables(input.native)
                ? "        return not any(\n"
                  "            table == name or table.startswith(name + \"_\") "
                  "for name in DATABASE_ONLY\n"
                  "        )\n"
                : "        return table not in DATABASE_ONLY\n";
  }
  return out +
         "\n\ndef include_name(\n"
         "    name: str | None, type_: str, parent_names: MutableMapping[Any, str | None]\n"
         ") -> bool:\n"
         "    \"\"\"Leave to the database what the models do not have.\"\"\"\n" +
         body + "    return True\n";
}

std::string environment(const TargetInput& input) {
  const std::string filter = name_filter(input);
  // The server gives every partition that a key refers to a key of its own.
  const bool has_partitions =
      std::any_of(input.native.tables.begin(), input.native.tables.end(),
                  [](const Table& table) { return table.partition_of.has_value(); });
  const std::string keys = has_partitions
                               ? "    if type_ == \"foreign_key_constraint\":\n"
                                 "        target: str = object_.elements[0].target_fullname\n"
                                 "        return target.rpartition(\".\")[0] not in DATABASE_ONLY\n"
                               : "";
  Printer printer(4);
  printer.print(R"("""Alembic's environment: how it reaches the database, and what it compares."""

from __future__ import annotations

import os
)");
  if (!filter.empty()) printer.line("from collections.abc import MutableMapping");
  printer.print(R"(from logging.config import fileConfig
from typing import Any

import sqlalchemy as sa
from alembic import context
from models import Base

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)
)");
  printer.print("$filter$", {{"filter", filter}});
  printer.print(R"(

def include_object(
    object_: Any, _: str | None, type_: str, __: bool, compare_to: Any
) -> bool:
    """Leave out what cannot be compared: the server spells expressions its own way."""
$keys$    if type_ != "index" or compare_to is None:
        return True
    return all(isinstance(part, sa.Column) for part in object_.expressions)


def compare_type(_: Any, __: Any, ___: Any, ____: Any, model_type: Any) -> bool | None:
    """A type that SQLAlchemy has no class for is read from the database as another."""
    return False if isinstance(model_type, sa.types.UserDefinedType) else None


def database_url() -> sa.URL:
    """DATABASE_URL, or the address in alembic.ini, with the driver that is used here."""
    url = sa.make_url(
        os.environ.get("DATABASE_URL") or config.get_main_option("sqlalchemy.url") or ""
    )
)",
                {{"keys", keys}});
  if (input.dialect.id() == "postgres") {
    printer.print(R"(    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url
)");
  } else if (input.dialect.id() == "mysql") {
    printer.print(R"(    if url.drivername in ("mysql", "mariadb"):
        return url.set(drivername=url.drivername + "+pymysql")
    return url
)");
  } else {
    printer.line("    return url");
  }
  std::string options = "    \"target_metadata\": Base.metadata,\n";
  if (!filter.empty()) options += "    \"include_name\": include_name,\n";
  options += "    \"include_object\": include_object,\n";
  options += "    \"compare_type\": compare_type,\n";
  if (namespaces(input.native).size() > 1) options += "    \"include_schemas\": True,\n";
  if (input.dialect.id() == "sqlite") options += "    \"render_as_batch\": True,\n";
  printer.print(R"(

OPTIONS: dict[str, Any] = {
$options$}


def run_offline() -> None:
    """Write the statements instead of running them: alembic upgrade head --sql."""
    context.configure(url=database_url(), literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    engine = sa.create_engine(database_url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
)",
                {{"options", options}});
  return printer.take();
}

constexpr std::string_view script_template = R"("""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | None = ${repr(branch_labels)}
depends_on: str | None = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
)";

std::string first_migration(const TargetInput& input) {
  std::vector<std::string> create = input.create;
  for (std::string& statement : restored_settings(input.dialect, input.create)) {
    create.push_back(std::move(statement));
  }
  return R"("""The whole schema, also what the models cannot say: the statements as they are."""

from __future__ import annotations

from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

)" + statement_list("CREATE", create) +
         "\n" + statement_list("DROP", input.drop) + R"(

def upgrade() -> None:
    run(CREATE)


def downgrade() -> None:
    run(DROP)


)" + std::string(run_function);
}

}  // namespace

std::vector<OutputFile> migration_files(const TargetInput& input) {
  return {{"sqlalchemy/alembic.ini", settings(input), true},
          {"sqlalchemy/alembic/env.py", environment(input), true},
          {"sqlalchemy/alembic/script.py.mako", std::string(script_template), true},
          {"sqlalchemy/alembic/versions/0001_initial.py", first_migration(input), true}};
}

}  // namespace relata::emit::sqlalchemy
