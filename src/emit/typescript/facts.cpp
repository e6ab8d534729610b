#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& typescript_facts() {
  static const TargetFacts facts{
      "TypeScript interfaces",
      "TypeScript 5.9 and 7.0",
      "PostgreSQL, MySQL, SQLite",
      "For each table an interface of its rows, one of what an insert gives (what the database can "
      "fill in may be left out, what it computes is not there), and a type of what an update "
      "changes. Closed sets of texts are constant arrays with a union of their values. The values "
      "are those that Drizzle and the drivers give: `bigint` for 64 bits, texts for decimals, "
      "dates and times of day, `Date` for moments, `Uint8Array` for bytes.",
      {{"types/types.ts", "the interfaces"}},
      {{"Tables and columns", Coverage::code, "partitions have the rows of their parent"},
       {"NOT NULL and defaults", Coverage::code, ""},
       {"Generated and identity columns", Coverage::code,
        "absent where an insert may not name them"},
       {"Enumerations and CHECKs that list texts", Coverage::code, "as unions"},
       {"Comments", Coverage::code, "as doc comments"},
       {"Views", Coverage::code,
        "columns of tables that they show have their types (PostgreSQL), others are `unknown`"},
       {"Other CHECKs, keys, indexes, triggers and policies", Coverage::nowhere, ""}},
      {"npx tsc --noEmit --strict --exactOptionalPropertyTypes types/types.ts"},
      {"JSON is `unknown`, since nothing tells its form.",
       "A 64-bit integer of SQLite is a `number` where it numbers the rows, as its drivers give "
       "it."}};
  return facts;
}

}  // namespace relata::emit
