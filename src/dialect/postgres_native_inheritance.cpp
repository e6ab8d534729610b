// Tables that have their columns from others: partitions, children, and tables of a type.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_object_names.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

bool same_order(const std::vector<Column>& a, const std::vector<Column>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Column& x, const Column& y) { return x.name == y.name; });
}

std::string default_index_name(const Table& table, const std::vector<std::string>& columns,
                               std::string_view label) {
  // ChooseIndexNameAddition() stops once it has as many bytes as a name.
  std::string addition;
  for (const std::string& column : columns) {
    if (!addition.empty()) addition += "_";
    addition += column;
    if (addition.size() >= 63) break;
  }
  return postgres_object_name(table.name, addition, label);
}

/// The columns of an index, with those that it only carries; nothing when it has expressions.
std::optional<std::vector<std::string>> columns_of(const Index& index) {
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column) return {};
    columns.push_back(part.expression.text);
  }
  columns.insert(columns.end(), index.include.begin(), index.include.end());
  return columns;
}

std::vector<std::string> columns_of(const Unique& unique) {
  std::vector<std::string> columns = unique.columns;
  columns.insert(columns.end(), unique.include.begin(), unique.include.end());
  return columns;
}

/// The one that is a part of an index or key of the whole table.
template <class Object>
const Object* find_part(const std::vector<Object>& objects, const QualifiedName& whole) {
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& each) {
    return each.parent && *each.parent == whole;
  });
  return found == objects.end() ? nullptr : &*found;
}

}  // namespace

NativeWriter::Ancestry NativeWriter::ancestry(const Table& table) const {
  const auto known = ancestry_.find(&table);
  if (known != ancestry_.end()) return known->second;
  Ancestry found = Ancestry::none;
  if (table.partition_of) {
    const Table* parent = plan_.find_table(table.partition_of->parent);
    const bool at_once = parent != nullptr && can_be_made_as_partition(table, *parent) &&
                         apart_.count({table.schema, table.name}) == 0;
    found = at_once ? Ancestry::partition_of : Ancestry::attached;
  } else if (table.of_type) {
    found = Ancestry::typed;
  } else if (!table.inherits.empty()) {
    found = has_columns_of_parents(table) ? Ancestry::inherits : Ancestry::attached;
  }
  ancestry_.emplace(&table, found);
  return found;
}

/// Whether CREATE TABLE ... PARTITION OF gives the table as it is: its columns are the parent's,
/// and the keys and indexes that it gets from the parent have the names that the server chooses.
/// What is not so is made as a table of its own and then attached, as pg_dump does.
bool NativeWriter::can_be_made_as_partition(const Table& table, const Table& parent) const {
  const bool inherits_all = std::all_of(
      table.columns.begin(), table.columns.end(),
      [](const Column& column) { return column.inherited && column.not_null_name.empty(); });
  if (!inherits_all || !same_order(table.columns, parent.columns)) return false;
  if (!parent.exclusions.empty() || !table.server.empty()) return false;
  if (parent.primary_key) {
    const QualifiedName whole{parent.schema, parent.primary_key->name};
    if (!table.primary_key || table.primary_key->parent != whole ||
        table.primary_key->options != parent.primary_key->options ||
        table.primary_key->name != postgres_object_name(table.name, {}, "pkey")) {
      return false;
    }
  }
  for (const Unique& unique : parent.uniques) {
    const Unique* own = find_part(table.uniques, {parent.schema, unique.name});
    if (own == nullptr || own->options != unique.options ||
        own->name != default_index_name(table, columns_of(*own), "key")) {
      return false;
    }
  }
  for (const Index& index : parent.indexes) {
    if (index.only) continue;
    const Index* own = find_part(table.indexes, {parent.schema, index.name});
    if (own == nullptr || own->options != index.options) return false;
    const auto columns = columns_of(*own);
    if (!columns || own->name != default_index_name(table, *columns, "idx")) return false;
  }
  return true;
}

/// Whether INHERITS gives the columns in the order that the table has them.
bool NativeWriter::has_columns_of_parents(const Table& table) const {
  // One that has columns from its parents only cannot be made in another way.
  if (std::any_of(table.columns.begin(), table.columns.end(),
                  [](const Column& column) { return column.inherited; })) {
    return true;
  }
  std::vector<std::string_view> order;
  std::set<std::string_view> seen;
  for (const QualifiedName& each : table.inherits) {
    const Table* parent = plan_.find_table(each);
    if (parent == nullptr) return true;
    for (const Column& column : parent->columns) {
      if (seen.insert(column.name).second) order.push_back(column.name);
    }
  }
  return order.size() <= table.columns.size() &&
         std::equal(
             order.begin(), order.end(), table.columns.begin(),
             [](std::string_view name, const Column& column) { return name == column.name; });
}

bool NativeWriter::is_listed(const Table& table, const Column& column) const {
  switch (ancestry(table)) {
    case Ancestry::none:
    case Ancestry::attached:
      return true;
    case Ancestry::inherits:
      return !column.inherited;
    case Ancestry::typed:
      return !column.nullable || column.default_value || column.generated || column.identity;
    case Ancestry::partition_of: {
      const Column* parent = parent_column(table, column);
      return (!column.nullable && parent->nullable) ||
             (column.default_value && !column.generated &&
              column.default_value != parent->default_value);
    }
  }
  return true;
}

bool NativeWriter::has_parents_key(const Table& table) const {
  return table.primary_key && is_made_with(table, table.primary_key->parent);
}

bool NativeWriter::is_made_by_parent(const Table& table, const Unique& unique) const {
  return is_made_with(table, unique.parent);
}

bool NativeWriter::is_made_by_parent(const Table& table, const Index& index) const {
  return is_made_with(table, index.parent);
}

/// Whether making the table as a partition makes its part of that index or key of the whole.
bool NativeWriter::is_made_with(const Table& table,
                                const std::optional<QualifiedName>& whole) const {
  if (!whole || ancestry(table) != Ancestry::partition_of) return false;
  // An index ON ONLY the parent is made when the partitions have theirs.
  const Table* parent = plan_.find_table(table.partition_of->parent);
  return std::none_of(parent->indexes.begin(), parent->indexes.end(),
                      [&](const Index& each) { return each.name == whole->name && each.only; });
}

const Column* NativeWriter::parent_column(const Table& table, const Column& column) const {
  if (table.partition_of) {
    const Table* parent = plan_.find_table(table.partition_of->parent);
    return parent == nullptr ? nullptr : parent->find_column(column.name);
  }
  for (const QualifiedName& each : table.inherits) {
    const Table* parent = plan_.find_table(each);
    const Column* found = parent == nullptr ? nullptr : parent->find_column(column.name);
    if (found != nullptr) return found;
  }
  return nullptr;
}

std::string NativeWriter::attachment(const Table& table) const {
  return "ALTER TABLE ONLY " + name(table.partition_of->parent) + " ATTACH PARTITION " +
         name(table) + " " + table.partition_of->bound.text;
}

void NativeWriter::print_attachment(const Table& table) {
  if (ancestry(table) != Ancestry::attached) return;
  if (table.partition_of) return statement(attachment(table));
  for (const QualifiedName& parent : table.inherits) {
    statement("ALTER TABLE ONLY " + name(table) + " INHERIT " + name(parent));
  }
}

/// Defaults and NOT NULL that differ from what the table got from its parent.
void NativeWriter::print_inherited_differences(const TableItem& item) {
  const Table& table = *item.table;
  const Ancestry from = ancestry(table);
  if (from != Ancestry::inherits && from != Ancestry::partition_of) return;
  for (const Column& column : table.columns) {
    const Column* parent = parent_column(table, column);
    if (parent == nullptr || column.generated) continue;
    const std::string alter =
        "ALTER TABLE ONLY " + name(table) + " ALTER COLUMN " + identifier(column.name) + " ";
    const bool listed = is_listed(table, column);
    if (parent->default_value && !column.default_value) {
      statement(alter + "DROP DEFAULT");
    } else if (!listed && column.default_value && column.default_value != parent->default_value) {
      statement(alter + "SET DEFAULT " + default_text(text(*column.default_value)));
    }
    if (!listed && !column.nullable && parent->nullable && !is_key_part(table, column.name)) {
      statement(alter + "SET NOT NULL");
    }
  }
}

/// Indexes ON ONLY a partitioned table: made when every partition has its own, so that they do not
/// make further ones.
void NativeWriter::print_partition_indexes() {
  std::map<QualifiedName, std::vector<std::string>> children;
  for (const Table& table : schema_.tables) {
    const auto add_child = [&](const auto& key) {
      if (key.parent) children[*key.parent].push_back(name(table.schema, key.name));
    };
    if (table.primary_key) add_child(*table.primary_key);
    for (const Unique& unique : table.uniques) add_child(unique);
    for (const Index& index : table.indexes) {
      if (index.parent) children[*index.parent].push_back(name(table.schema, index.name));
      if (!index.only) continue;
      section("indexes that not every partition has");
      print_index(name(table), index, true);
    }
  }
  for (const Table& table : schema_.tables) {
    for (const Index& index : table.indexes) {
      if (!index.only) continue;
      for (const std::string& child : children[{table.schema, index.name}]) {
        statement("ALTER INDEX " + name(table.schema, index.name) + " ATTACH PARTITION " + child);
      }
    }
  }
}

bool NativeWriter::is_key_part(const Table& table, std::string_view column) {
  if (!table.primary_key) return false;
  const std::vector<std::string>& columns = table.primary_key->columns;
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

}  // namespace relata
