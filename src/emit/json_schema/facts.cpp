#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& json_schema_facts() {
  static const TargetFacts facts{
      "JSON Schema",
      "draft 2020-12, ajv 8.20",
      "PostgreSQL, MySQL, SQLite",
      "One document whose `$defs` hold, for each table, its rows, what an insert gives and what an "
      "update changes, by the members of the TypeScript interfaces. 64-bit integers are numbers, "
      "decimals are texts with a pattern, moments are `date-time`, bytes are base64.",
      {{"types/schema.schema.json", "the definitions"}},
      {{"Tables and columns", Coverage::code, ""},
       {"NOT NULL and defaults", Coverage::code, "`required`"},
       {"Generated and identity columns", Coverage::code, "`readOnly`"},
       {"Enumerations and CHECKs that list texts", Coverage::code, "`enum`"},
       {"CHECK constraints", Coverage::partly,
        "ranges, lengths, LIKE and regular expressions of one column; others are named in "
        "`$comment`"},
       {"Comments", Coverage::code, "`description`"},
       {"Views", Coverage::code, "the names of their columns"},
       {"Keys, indexes, triggers and policies", Coverage::nowhere, ""}},
      {},
      {}};
  return facts;
}

}  // namespace relata::emit
