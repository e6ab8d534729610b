#include "emit/facts.h"

namespace relata::emit {

/// What users should know of the target; tried with the parser of @dbml/core.
const TargetFacts& dbml_facts() {
  static const TargetFacts facts{
      "DBML",
      "@dbml/core 10.2",
      "PostgreSQL, MySQL, SQLite",
      "One file for dbdiagram.io, dbdocs and the DBML tools: tables with their notes, columns, "
      "indexes and CHECK constraints, enumerations, and a named reference for each foreign key. "
      "relata import and every other command read it back.",
      {{"schema.dbml", "the schema"}},
      {{"Tables, columns, types and defaults", Coverage::code, ""},
       {"Enumerations", Coverage::code, "not an empty value"},
       {"Primary, unique and foreign keys", Coverage::code,
        "one foreign key between the same columns"},
       {"Indexes", Coverage::partly, "conditions, orders, operator classes and INCLUDE as a note"},
       {"CHECK constraints", Coverage::code, ""},
       {"Identity columns and sequences", Coverage::code, "increment"},
       {"Comments", Coverage::code, "of tables and columns, as notes"},
       {"Generated columns, domains, EXCLUDE, triggers, functions, policies and views",
        Coverage::nowhere, "named in a comment"}},
      {},
      {}};
  return facts;
}

}  // namespace relata::emit
