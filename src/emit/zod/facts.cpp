#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& zod_facts() {
  static const TargetFacts facts{
      "Zod schemas",
      "zod 4.6",
      "PostgreSQL, MySQL, SQLite",
      "For each table a strict schema of its rows, one of what an insert gives and one of what an "
      "update changes, with the inferred types. They refuse what the database would refuse: "
      "lengths in characters, ranges of integers, digits of decimals, impossible dates, NUL in "
      "PostgreSQL's texts, and rows that a CHECK forbids, with the constraint's name in the "
      "message.",
      {{"types/zod.ts", "the schemas"}},
      {{"Tables and columns", Coverage::code, ""},
       {"Types and their limits", Coverage::code, ""},
       {"Enumerations and CHECKs that list texts", Coverage::code, "z.enum()"},
       {"CHECK constraints and those of domains", Coverage::code,
        "comparisons, ranges, lists, LIKE, regular expressions, lengths, NULL, AND, OR, NOT; "
        "others are named in the "
        "comment of their table"},
       {"Views", Coverage::code,
        "columns of tables that they show are checked (PostgreSQL), others are not"},
       {"Keys, indexes, triggers and policies", Coverage::nowhere, ""}},
      {},
      {"A decimal number with more digits behind the point than its column is refused, where the "
       "database would round it.",
       "Dates, times and intervals are taken in the form in which the database writes them.",
       "In a patch a CHECK is tried when all columns that it looks at are there."}};
  return facts;
}

}  // namespace relata::emit
