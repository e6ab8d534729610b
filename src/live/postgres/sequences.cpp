// Sequences: free ones, those that a column owns, and the numbering of identity columns.
#include <algorithm>
#include <charconv>
#include <cstdint>

#include "dialect/postgres_object_names.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"
#include "syntax/postgres/sequence_settings.h"

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

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

SequenceOptions options_of_sequence(const Row& row) {
  syntax::SequenceSettings settings;
  settings.start = number_of(row.view(start));
  settings.increment = number_of(row.view(increment));
  settings.minimum = number_of(row.view(minimum));
  settings.maximum = number_of(row.view(maximum));
  settings.cache = number_of(row.view(cache));
  settings.cycle = row.flag(cycles);
  return syntax::told_options(settings, row.view(type));
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
  if (row.view(name) != postgres_object_name(table->name, column_name, "seq")) {
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
