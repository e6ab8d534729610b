#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& pydantic_facts() {
  static const TargetFacts facts{
      "Pydantic models",
      "Pydantic 2.14, Python 3.11, mypy 2.4",
      "PostgreSQL, MySQL, SQLite",
      "For each table a model of its rows, one of what an insert gives and one of what an update "
      "changes. They read ORM objects (from_attributes) and JSON in camelCase or snake_case, "
      "forbid what they do not know, and refuse what the database would refuse: lengths, ranges, "
      "digits, time zones, NUL in PostgreSQL's texts, and rows that a CHECK forbids.",
      {{"python/models.py", "the models"}},
      {{"Tables and columns", Coverage::code, ""},
       {"Types and their limits", Coverage::code, "Annotated[...]"},
       {"Enumerations and CHECKs that list texts", Coverage::code, "Literal"},
       {"CHECK constraints and those of domains", Coverage::code,
        "comparisons, ranges, lists, LIKE, regular expressions, lengths, NULL, AND, OR, NOT; "
        "others are named in the "
        "docstring of their table"},
       {"Comments", Coverage::code, "as descriptions"},
       {"Views", Coverage::code,
        "columns of tables that they show are checked (PostgreSQL), others are Any"},
       {"Keys, indexes, triggers and policies", Coverage::nowhere, ""}},
      {"mypy --strict python/models.py"},
      {"model_dump(exclude_unset=True) gives what to insert or update.",
       "A decimal number with more digits behind the point than its column is refused, where the "
       "database would round it.",
       "Fields whose names BaseModel has itself (copy, json) have an underscore behind them, and "
       "their own name as alias."}};
  return facts;
}

}  // namespace relata::emit
