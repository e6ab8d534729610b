#include "emit/facts.h"

namespace relata::emit {

/// What users should know of the target; tried with Prisma's own validation, formatter, client and
/// schema engine.
const TargetFacts& prisma_facts() {
  static const TargetFacts facts{
      "Prisma",
      "prisma 7.10",
      "PostgreSQL, MySQL, SQLite",
      "A schema file as `prisma format` leaves it, for the generator prisma-client: models in "
      "PascalCase and fields in camelCase with @map, native types, relations with both of their "
      "sides, the names of all constraints, and comments as documentation. The first migration "
      "holds the whole schema, so that `prisma migrate deploy` makes what no Prisma schema says; "
      "`prisma migrate diff` then finds no difference. A comment at each model names what only "
      "the database has.",
      {{"prisma/schema.prisma", "the models"},
       {"prisma.config.ts", "where schema, migrations and database are; yours once written"},
       {"prisma/migrations/00000000000000_initial/migration.sql", "the whole schema as SQL"},
       {"prisma/migrations/migration_lock.toml", "the kind of database"}},
      {{"Tables, columns and native types", Coverage::code,
        "types that Prisma does not know are Unsupported(...)"},
       {"Enumerations", Coverage::code, ""},
       {"Primary, unique and foreign keys", Coverage::partly,
        "not DEFERRABLE, MATCH FULL, NULLS NOT DISTINCT, nor SET NULL of some columns"},
       {"Foreign keys between different types", Coverage::migration,
        "an integer that refers to a bigint"},
       {"Indexes", Coverage::partly,
        "partial, descending, GIN, GiST, SP-GiST, BRIN and hash; a B-tree's operator class and "
        "NULLS FIRST only in the migration, INCLUDE as columns of the key"},
       {"Indexes on expressions", Coverage::migration, ""},
       {"Defaults", Coverage::code,
        "an expression that PostgreSQL would spell in another way is dbgenerated() without its "
        "text"},
       {"Identity columns and sequences", Coverage::partly, "autoincrement()"},
       {"Generated columns", Coverage::read_only, "as a default that only the database knows"},
       {"Domains", Coverage::partly, "the type below"},
       {"CHECK and EXCLUDE constraints", Coverage::migration,
        "texts that a CHECK lists are named in the field's comment"},
       {"Triggers, functions and policies", Coverage::migration, ""},
       {"Views", Coverage::read_only, "columns that a view takes over under their own names"},
       {"Partitions", Coverage::migration, "the model is the whole table"},
       {"Comments", Coverage::partly, "as documentation of models and fields"},
       {"Tables without a key", Coverage::read_only, "@@ignore: the client leaves them out"}},
      {"npm install prisma @prisma/client @prisma/adapter-pg", "npx prisma migrate deploy",
       "npx prisma generate"},
      {"Types that the client lacks are left out of its rows; a model with such a column that "
       "must be set has no create().",
       "On SQLite the next migration gives the indexes of UNIQUE constraints names of their own.",
       "On SQLite a default that is an expression is dbgenerated() without its text."}};
  return facts;
}

}  // namespace relata::emit
