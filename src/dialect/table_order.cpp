#include "dialect/table_order.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>

namespace relata {
namespace {

using Names = std::unordered_set<std::string_view>;

Names table_names(const Schema& schema) {
  Names names;
  for (const Table& table : schema.tables) names.insert(table.name);
  return names;
}

/// Number of tables of the schema, other than itself, that a table waits for.
std::size_t count_references(const Names& tables, const Table& table) {
  std::set<std::string_view> referenced;
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.table != table.name && tables.count(key.table) > 0) {
      referenced.insert(key.table);
    }
  }
  return referenced.size();
}

/// The tables' places in the schema in the order of creation (Kahn 1962, smallest place first).
std::vector<std::size_t> creation_order(const Schema& schema, const Names& tables) {
  const std::size_t count = schema.tables.size();
  std::map<std::string_view, std::set<std::size_t>> referring;
  std::vector<std::size_t> waiting_for(count);
  std::set<std::size_t> ready;
  std::set<std::size_t> waiting;
  for (std::size_t i = 0; i < count; ++i) {
    const Table& table = schema.tables[i];
    waiting_for[i] = count_references(tables, table);
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
  const Names tables = table_names(schema);
  for (const std::size_t place : creation_order(schema, tables)) {
    const Table& table = schema.tables[place];
    created.insert(table.name);
    OrderedTable& entry = ordered.emplace_back();
    entry.table = &table;
    for (const ForeignKey& key : table.foreign_keys) {
      const bool exists = created.count(key.table) > 0 || tables.count(key.table) == 0;
      (exists ? entry.immediate : entry.later).push_back(&key);
    }
  }
  return ordered;
}

}  // namespace relata
