#include "dialect/table_order.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>

namespace relata {
namespace {

/// Number of tables of the schema, other than itself, that a table waits for.
std::size_t count_references(const Schema& schema, const Table& table) {
  std::set<std::string_view> referenced;
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.table != table.name && schema.find_table(key.table) != nullptr) {
      referenced.insert(key.table);
    }
  }
  return referenced.size();
}

/// The tables' places in the schema in the order of creation (Kahn 1962, smallest place first).
std::vector<std::size_t> creation_order(const Schema& schema) {
  const std::size_t count = schema.tables.size();
  std::map<std::string_view, std::set<std::size_t>> referring;
  std::vector<std::size_t> waiting_for(count);
  std::set<std::size_t> ready;
  std::set<std::size_t> waiting;
  for (std::size_t i = 0; i < count; ++i) {
    const Table& table = schema.tables[i];
    waiting_for[i] = count_references(schema, table);
    (waiting_for[i] == 0 ? ready : waiting).insert(i);
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.table != table.name) referring[key.table].insert(i);
    }
  }
  std::vector<std::size_t> order;
  while (order.size() < count) {
    std::set<std::size_t>& source = ready.empty() ? waiting : ready;
    const std::size_t next = *source.begin();
    source.erase(source.begin());
    order.push_back(next);
    for (const std::size_t i : referring[schema.tables[next].name]) {
      if (--waiting_for[i] == 0 && waiting.erase(i) > 0) ready.insert(i);
    }
  }
  return order;
}

}  // namespace

std::vector<OrderedTable> table_order(const Schema& schema) {
  std::vector<OrderedTable> ordered;
  std::set<std::string_view> created;
  for (const std::size_t place : creation_order(schema)) {
    const Table& table = schema.tables[place];
    created.insert(table.name);
    OrderedTable& entry = ordered.emplace_back();
    entry.table = &table;
    for (const ForeignKey& key : table.foreign_keys) {
      const bool exists = created.count(key.table) > 0 || schema.find_table(key.table) == nullptr;
      (exists ? entry.immediate : entry.later).push_back(&key);
    }
  }
  return ordered;
}

}  // namespace relata
