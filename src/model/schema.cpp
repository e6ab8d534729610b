#include "model/schema.h"

#include <algorithm>

namespace relata {

const Column* Table::find_column(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

const Table* Schema::find_table(std::string_view table) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name == table; });
  return found == tables.end() ? nullptr : &*found;
}

Table* Schema::find_table(std::string_view table) {
  return const_cast<Table*>(static_cast<const Schema&>(*this).find_table(table));
}

const Table* Schema::find_table(std::string_view table_schema, std::string_view table) const {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const Table& t) {
    return t.name == table && t.schema == table_schema;
  });
  return found == tables.end() ? nullptr : &*found;
}

Table* Schema::find_table(std::string_view table_schema, std::string_view table) {
  return const_cast<Table*>(static_cast<const Schema&>(*this).find_table(table_schema, table));
}

}  // namespace relata
