// Sequences: free ones, those that a column owns, and the numbering of identity columns.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "live/postgres/default_names.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

// The columns of sequences_query(), in its order.
enum Field {
  oid,
  namespace_oid,
  name,
  type,
  start,
  increment,
  minimum,
  maximum,
  cache,
  cycles,
  owner_kind,
  owner_table,
  owner_column,
  persistence,
};

struct Bounds {
  std::int64_t least;
  std::int64_t greatest;
};

template <class Number>
constexpr Bounds bounds_of() {
  return {std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()};
}

Bounds bounds_of_type(std::string_view spelling) {
  if (spelling == "smallint") return bounds_of<std::int16_t>();
  if (spelling == "integer") return bounds_of<std::int32_t>();
  return bounds_of<std::int64_t>();
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What differs from the defaults that CREATE SEQUENCE documents
/// (https://www.postgresql.org/docs/current/sql-createsequence.html).
SequenceOptions options_of_sequence(const Row& row) {
  const Bounds bounds = bounds_of_type(row.view(type));
  const bool ascending = number_of(row.view(increment)) > 0;
  const std::int64_t usual_minimum = ascending ? 1 : bounds.least;
  const std::int64_t usual_maximum = ascending ? bounds.greatest : -1;
  const auto unless = [&row](int field, std::int64_t usual) -> std::optional<std::string> {
    if (number_of(row.view(field)) == usual) return {};
    return row.text(field);
  };
  SequenceOptions made;
  made.increment = unless(increment, 1);
  made.minimum = unless(minimum, usual_minimum);
  made.maximum = unless(maximum, usual_maximum);
  made.start = unless(start, number_of(row.view(ascending ? minimum : maximum)));
  made.cache = unless(cache, 1);
  made.cycle = row.flag(cycles);
  return made;
}

/// The sequence behind an identity column is told with that column.
void read_identity(const Row& row, Catalog& catalog) {
  Table* table = catalog.table(row.oid(owner_table));
  if (table == nullptr) return;
  const std::string& column_name =
      catalog.relation(row.oid(owner_table))->attribute(row.integer(owner_column));
  const auto column = std::find_if(table->columns.begin(), table->columns.end(),
                                   [&](const Column& each) { return each.name == column_name; });
  if (column == table->columns.end() || !column->identity) return;
  column->identity->options = options_of_sequence(row);
  if (row.view(name) != default_name(table->name, column_name, "seq")) {
    column->identity->sequence = row.text(name);
  }
}

}  // namespace

std::string sequences_query(int) {
  return R"(
SELECT c.oid, c.relnamespace, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
       s.seqmin, s.seqmax, s.seqcache, s.seqcycle, owner.deptype, owner.refobjid, owner.refobjsubid,
       c.relpersistence
FROM pg_class c
JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_depend owner ON owner.classid = 'pg_class'::regclass AND owner.objid = c.oid
  AND owner.objsubid = 0 AND owner.refclassid = 'pg_class'::regclass AND owner.refobjsubid > 0
  AND owner.deptype IN ('a', 'i')
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND )" +
         in_user_namespace("c.relnamespace") + " AND " + not_of_extension("pg_class", "c.oid");
}

void read_sequences(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    if (row.letter(owner_kind) == 'i') {
      read_identity(row, catalog);
      continue;
    }
    Sequence sequence;
    sequence.schema = catalog.namespace_name(row.oid(namespace_oid));
    sequence.name = row.text(name);
    if (row.view(type) != "bigint") sequence.type = row.text(type);
    sequence.options = options_of_sequence(row);
    if (const Relation* owner = catalog.relation(row.oid(owner_table))) {
      sequence.owned_by_table = owner->name;
      sequence.owned_by_column = owner->attribute(row.integer(owner_column));
    }
    sequence.unlogged = row.letter(persistence) == 'u';
    sequence.comment = catalog.comment(CatalogId::relation, row.oid(oid));
    catalog.schema.sequences.push_back(std::move(sequence));
  }
}

}  // namespace relata::live::postgres
