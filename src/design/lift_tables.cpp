#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "design/lifting.h"
#include "design/naming.h"

namespace relata::design {
namespace {

bool has(const Table& table, std::string_view column) {
  return table.find_column(column) != nullptr;
}

/// The columns that the audit pattern's own log has.
bool is_audit_log(const Table& table) {
  return has(table, "action") && has(table, "entity_type") && has(table, "entity_id") &&
         has(table, "before") && has(table, "after");
}

/// <table>_history with the period that a row was valid for.
bool is_history(const Schema& schema, const Table& table) {
  if (!table.name.ends_with("_history")) return false;
  if (!has(table, "valid_from") || !has(table, "valid_to")) return false;
  const std::string base = table.name.substr(0, table.name.size() - 8);
  return schema.find_table(table.schema, base) != nullptr ||
         schema.find_table(table.schema, plural_of(base)) != nullptr;
}

bool in(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Columns that every table may have beside its data.
bool is_bookkeeping(std::string_view column) {
  static constexpr std::array names{"created_at", "updated_at", "deleted_at", "version"};
  return std::find(names.begin(), names.end(), column) != names.end();
}

/// Two foreign keys whose columns are the primary key, or all that there is.
bool is_junction(const Table& table) {
  if (table.foreign_keys.size() != 2) return false;
  std::vector<std::string> linked = table.foreign_keys[0].columns;
  for (const std::string& column : table.foreign_keys[1].columns) {
    if (in(linked, column)) return false;
    linked.push_back(column);
  }
  if (table.primary_key) {
    const auto& key = table.primary_key->columns;
    if (key.size() == linked.size()) {
      return std::all_of(key.begin(), key.end(),
                         [&](const std::string& column) { return in(linked, column); });
    }
  }
  // With an id of its own it is one when nothing but the pair is in it.
  return is_unique(table, linked) &&
         std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
           return in(linked, column.name) || is_bookkeeping(column.name) ||
                  (table.primary_key && table.primary_key->columns.size() == 1 &&
                   table.primary_key->columns.front() == column.name);
         });
}

/// The primary key is a reference to another table's.
bool is_subtype(const Table& table) {
  if (!table.primary_key) return false;
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) {
                       return key.columns == table.primary_key->columns && key.table != table.name;
                     });
}

/// The table that an enumeration's values are kept in, as the lookup style makes it.
bool is_lookup(const Table& table) {
  return table.columns.size() == 1 && !table.rows.empty() && table.primary_key &&
         table.primary_key->columns.size() == 1;
}

TableRole role_of(const Schema& schema, const Table& table) {
  if (table.partition_of) return TableRole::partition;
  if (is_audit_log(table)) return TableRole::audit_log;
  if (is_history(schema, table)) return TableRole::history;
  if (is_lookup(table)) return TableRole::lookup;
  if (is_junction(table)) return TableRole::junction;
  if (is_subtype(table)) return TableRole::subtype;
  return TableRole::entity;
}

std::string entity_name(const Table& table, std::set<std::string>& taken) {
  std::string name = pascal_case(singular_of(snake_case(table.name)));
  if (name.empty() || !is_ascii_letter(name.front())) name = "Table" + name;
  if (taken.contains(name) && !table.schema.empty()) name = pascal_case(table.schema) + name;
  const std::string base = name;
  for (int i = 2; taken.contains(name); ++i) name = base + std::to_string(i);
  taken.insert(name);
  return name;
}

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace

bool is_derived(TableRole role) {
  return role == TableRole::partition || role == TableRole::history ||
         role == TableRole::audit_log || role == TableRole::lookup;
}

void classify_tables(Lifting& lifting) {
  std::set<std::string> taken;
  for (const Table& table : lifting.schema->tables) {
    LiftedTable lifted;
    lifted.table = &table;
    lifted.role = role_of(*lifting.schema, table);
    lifted.entity = entity_name(table, taken);
    lifting.places.emplace(QualifiedName{table.schema, table.name}, lifting.tables.size());
    lifting.tables.push_back(std::move(lifted));
  }
}

bool is_unique(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && same_columns(table.primary_key->columns, columns)) return true;
  const bool constraint =
      std::any_of(table.uniques.begin(), table.uniques.end(),
                  [&](const Unique& unique) { return same_columns(unique.columns, columns); });
  if (constraint) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.unique || index.where) return false;
    std::vector<std::string> names;
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation != Operation::column || part.prefix_length > 0) return false;
      names.push_back(part.expression.text);
    }
    return same_columns(names, columns);
  });
}

const ForeignKey* reference_of(const Table& table, const std::string& column) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.columns.size() == 1 && key.columns.front() == column) return &key;
  }
  return nullptr;
}

const Expression* meaning_of(const Expression& expression) {
  if (expression.operation != Operation::sql) return &expression;
  return expression.arguments.empty() ? nullptr : &expression.arguments.front();
}

IdKind id_kind(const Schema& schema, const Table& table) {
  if (!table.primary_key || table.primary_key->columns.size() != 1) return IdKind::natural;
  const Column* column = table.find_column(table.primary_key->columns.front());
  if (column == nullptr || reference_of(table, column->name) != nullptr) return IdKind::natural;
  if (column->identity) return IdKind::identity;
  const bool counted =
      std::any_of(schema.sequences.begin(), schema.sequences.end(), [&](const Sequence& sequence) {
        return sequence.owned_by_table == QualifiedName{table.schema, table.name} &&
               sequence.owned_by_column == column->name;
      });
  if (counted) return IdKind::identity;
  if (column->default_value && column->default_value->text.find("nextval(") != std::string::npos) {
    return IdKind::identity;
  }
  return column->type.kind == TypeKind::uuid ? IdKind::uuid7 : IdKind::natural;
}

}  // namespace relata::design
