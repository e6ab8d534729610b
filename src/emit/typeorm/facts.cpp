#include "emit/facts.h"

#include "emit/output.h"

namespace relata::emit {

const TargetFacts& typeorm_facts() {
  using enum Coverage;
  static const TargetFacts facts{
      "TypeORM",
      "typeorm 1.1.1 with pg 8, mysql2 3, better-sqlite3 12 and sql.js; TypeScript 5.9",
      "PostgreSQL, MySQL and MariaDB, SQLite",
      "An entity class a file with the type of every column written out, so that neither "
      "emitDecoratorMetadata nor reflect-metadata is needed; relations in both directions, with "
      "Relation<> against circular imports; a data source; and a first migration that runs the "
      "whole DDL. `typeorm schema:log` finds nothing to do after it. An entity that TypeORM would "
      "compare wrongly has synchronize: false, and its comment says why.",
      {{"typeorm/entities/<Entity>.ts", "one class a table or view"},
       {"typeorm/entities/index.ts", "all of them in one list"},
       {"typeorm/entities/transformers.ts", "where a column's values need one (interval)"},
       {"typeorm/data-source.ts", "the data source, from DATABASE_URL; yours once it is written"},
       {"typeorm/tsconfig.json", "for tsc; yours once it is written"},
       {"typeorm/migrations/1700000000000-Initial.ts",
        "the first migration; yours once it is written"},
       {"typeorm/migrations/index.ts",
        "all of them in one list, to which `relata migrate plan --tool typeorm` adds; yours once "
        "it is written"}},
      {{"tables, columns, defaults, NOT NULL", code, ""},
       {"primary keys, UNIQUE, foreign keys", code,
        "with their names; INCLUDE, NULLS NOT DISTINCT and MATCH FULL in the migration"},
       {"deferrable keys and EXCLUDE", code, "PostgreSQL"},
       {"CHECK", code, "in the migration only on MySQL and MariaDB, where TypeORM ignores @Check"},
       {"indexes", partly,
        "plain, unique, partial and by method; expressions, DESC, operator classes, INCLUDE and "
        "prefixes in the migration"},
       {"identity, serial and AUTO_INCREMENT columns", code,
        "a start or step of their own in the migration"},
       {"generated columns", code, "VIRTUAL on PostgreSQL 18 in the migration"},
       {"enumerations", code, "of the table's own namespace"},
       {"texts that a CHECK lists", code, "as a union of strings"},
       {"domains, composite types", migration, "a column of a domain has its base type"},
       {"arrays", code, "PostgreSQL; TypeORM writes none of json"},
       {"views, materialized views", code,
        "with column names or options of their own: synchronize: false; a column that is taken "
        "from "
        "a table as it is has its type, every other one is unknown"},
       {"comments", code, "of tables and columns; of the rest in the migration"},
       {"partitions", migration, "the partitioned table is an entity"},
       {"triggers, functions, rules", migration, ""},
       {"row-level security, policies, grants", migration, ""},
       {"version, created, updated and deleted columns", code,
        "@VersionColumn and the others only where the database does the same"}},
      {"npm install typeorm pg @types/node typescript", "npx tsc -p typeorm/tsconfig.json",
       "npx typeorm migration:run -d typeorm/dist/data-source.js",
       "npx typeorm schema:log -d typeorm/dist/data-source.js"},
      {"A decimal is a string, as node-postgres and mysql2 give it; a bigint is a bigint, and a "
       "string "
       "where it is a key, for TypeORM joins by text. On SQLite both are numbers.",
       "CURRENT_TIMESTAMP is now() in PostgreSQL after the migration, for TypeORM knows the moment "
       "by that name only.",
       "A table without primary key is an entity with synchronize: false, whose key is a UNIQUE "
       "or else all columns.",
       "On SQLite the migration quotes every name, for TypeORM reads CREATE TABLE with regular "
       "expressions; a foreign key or UNIQUE without a name, and a type such as INTEGER UNSIGNED, "
       "make synchronize: false.",
       "Names with quotes or points are none that TypeORM can synchronize."}};
  return facts;
}

}  // namespace relata::emit
