#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& dataclass_facts() {
  static const TargetFacts facts{
      "Python dataclasses",
      "Python 3.11, mypy 2.4",
      "PostgreSQL, MySQL, SQLite",
      "For each table a frozen dataclass of its rows and one of what an insert gives, with slots "
      "and the values that SQLAlchemy gives: `Decimal`, `datetime`, `UUID`, `timedelta`, "
      "addresses. Closed sets of texts are Literals with a tuple of their values. `from_row()` "
      "takes a mapping by column, `from_object()` an ORM's object, `to_row()` gives a mapping "
      "back.",
      {{"python/records.py", "the dataclasses"}},
      {{"Tables and columns", Coverage::code, "partitions have the rows of their parent"},
       {"NOT NULL and defaults", Coverage::code, "UNSET is what an insert leaves out"},
       {"Generated and identity columns", Coverage::code,
        "absent where an insert may not name them"},
       {"Enumerations and CHECKs that list texts", Coverage::code, "Literal"},
       {"Comments", Coverage::code, "as docstrings"},
       {"Views", Coverage::code,
        "columns of tables that they show have their types (PostgreSQL), others are Any"},
       {"Other CHECKs, keys, indexes, triggers and policies", Coverage::nowhere, ""}},
      {"mypy --strict python/records.py"},
      {"The values are not checked; the target `pydantic` does that."}};
  return facts;
}

}  // namespace relata::emit
