#include <set>

#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

class Namer {
 public:
  explicit Namer(const Schema& schema) {
    for (const Table& table : schema.tables) taken_.insert(table.name);
  }

  /// The name itself, or with the first number that makes it unique.
  void settle(std::string& name) {
    std::string candidate = name;
    for (int i = 2; !taken_.insert(candidate).second; ++i)
      candidate = name + "_" + std::to_string(i);
    name = candidate;
  }

 private:
  std::set<std::string> taken_;
};

std::vector<std::string> columns_of(const Index& index) {
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation == Operation::column) columns.push_back(part.expression.text);
  }
  return columns;
}

/// A composite reference is named by what it refers to and not by the tenant beside it.
std::vector<std::string> own_columns(const Table& table, const ForeignKey& key) {
  if (key.columns.size() < 2 || key.columns.front() != table.intent.tenant_column)
    return key.columns;
  return {key.columns.begin() + 1, key.columns.end()};
}

}  // namespace

void name_everything(Schema& schema) {
  Namer namer(schema);
  const auto name = [&](std::string& present, const Table& table,
                        const std::vector<std::string>& columns, std::string_view suffix) {
    if (present.empty()) present = constraint_name(table.name, columns, suffix);
    namer.settle(present);
  };
  for (Table& table : schema.tables) {
    if (table.primary_key) name(table.primary_key->name, table, {}, "pkey");
    for (Unique& unique : table.uniques) name(unique.name, table, unique.columns, "key");
    for (ForeignKey& key : table.foreign_keys)
      name(key.name, table, own_columns(table, key), "fkey");
    for (Check& check : table.checks) name(check.name, table, {}, "check");
    for (NoOverlap& period : table.no_overlaps) name(period.name, table, period.equal, "excl");
    for (Index& index : table.indexes)
      name(index.name, table, columns_of(index), index.unique ? "key" : "idx");
  }
}

}  // namespace relata::design
