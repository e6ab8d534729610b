#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& drizzle_facts() {
  static const TargetFacts facts{
      "Drizzle ORM",
      "drizzle-orm 0.45.4, drizzle-kit 0.31.11, TypeScript 5.9 and 7.0, PostgreSQL 15 and 18, "
      "MariaDB 10.11, SQLite 3 (libSQL)",
      "PostgreSQL, MySQL, SQLite",
      "A table of Drizzle for every table, with the types of its rows, and the relations between "
      "them. The first migration holds the whole DDL as SQL, with the snapshot that drizzle-kit "
      "keeps beside it, so that `drizzle-kit migrate` makes the database to the letter and "
      "`drizzle-kit generate` finds nothing to do until schema.ts changes. What Drizzle cannot say "
      "stands in a comment above its table.",
      {{"drizzle/schema.ts", "tables, views, enumerations, policies, and the types of rows"},
       {"drizzle/relations.ts", "relations(), for queries that follow foreign keys"},
       {"drizzle/drizzle.config.ts", "what drizzle-kit reads; yours once it is written"},
       {"drizzle/migrations/0000_initial.sql", "the whole DDL; yours once it is written"},
       {"drizzle/migrations/meta/", "what drizzle-kit compares schema.ts with"}},
      {{"Tables, columns, defaults", Coverage::code, ""},
       {"Primary keys, unique constraints", Coverage::code,
        "DEFERRABLE and INCLUDE in the migration"},
       {"Foreign keys", Coverage::code,
        "DEFERRABLE, MATCH FULL and SET NULL of some columns in the migration"},
       {"CHECK constraints", Coverage::code,
        "one whose text has a semicolon in the migration: drizzle-kit cuts it there"},
       {"A CHECK that lists texts", Coverage::code, "a union of strings"},
       {"Enumerations", Coverage::code, "pgEnum, mysqlEnum"},
       {"Indexes, also partial, descending, of expressions, with methods and operator classes",
        Coverage::partly,
        "INCLUDE, full-text and spatial ones in the migration; on MySQL and SQLite expressions "
        "with commas too"},
       {"Generated columns", Coverage::code, "VIRTUAL of PostgreSQL 18 in the migration"},
       {"Identity columns, sequences, serial", Coverage::code, "OWNED BY in the migration"},
       {"Namespaces", Coverage::code, "pgSchema"},
       {"Domains, composite types, ranges and other types", Coverage::partly,
        "columns by customType; the types themselves in the migration"},
       {"Views, materialized views", Coverage::partly,
        "made by schema.ts, or .existing() where they need functions"},
       {"Row-level security: policies", Coverage::code, "FORCE in the migration"},
       {"Exclusion constraints", Coverage::migration, ""},
       {"Triggers, functions, privileges, extensions", Coverage::migration, ""},
       {"Partitions, inheritance", Coverage::migration, "each is a table in schema.ts"},
       {"Comments", Coverage::migration, "doc comments in schema.ts"},
       {"Collations, storage engines, table options", Coverage::migration, ""}},
      {"cd drizzle", "DATABASE_URL=... npx drizzle-kit migrate", "npx drizzle-kit generate"},
      {"Values: bigint is a bigint, numeric a string, a timestamp a Date, a date or time of day a "
       "string, JSON unknown, binary data a Buffer.",
       "A driver of MySQL wants `supportBigNumbers: true`, or bigints above 2^53 lose digits.",
       "On SQLite a timestamp that a design has is a Date kept as ISO 8601 text; a column of a "
       "schema that was read from SQLite is what its declaration says.",
       "`drizzle-kit push` leaves out the conditions of policies; `migrate`, `generate` and "
       "`export` "
       "keep them.",
       "Geometry of MySQL is written with sql`ST_GeomFromText(...)`, and read as the driver has "
       "it.",
       "drizzle-kit has no down migrations."}};
  return facts;
}

}  // namespace relata::emit
