#include "migrate/sqlite/in_place.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "dialect/dialect.h"
#include "diff/diff.h"
#include "migrate/sqlite/texts.h"

namespace relata::migrate::sqlite {
namespace {

std::string sql_of(const Expression& expression) {
  return find_dialect("sqlite")->expression(expression);
}

Schema alone(Table table) {
  table.indexes.clear();
  table.triggers.clear();
  Schema schema;
  schema.dialect = "sqlite";
  schema.tables.push_back(std::move(table));
  return schema;
}

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whether ADD COLUMN takes the column, whatever rows there are. A required column without a
/// default it takes where there are none, and no copy could do more.
bool can_be_added(const Table& table, const Column& column) {
  if (column.generated && column.generated->stored) return false;
  if (column.identity) return false;
  if (!column.comment.empty() && column.comment.find("*/") != std::string::npos) return false;
  if (!column.default_value) return true;
  const std::string value = sql_of(*column.default_value);
  if (!is_constant(value)) return false;
  // The rows that are there would show the number 1 in a column of texts, where new ones get '1'.
  const bool truth = to_lower(value) == "true" || to_lower(value) == "false";
  if (truth && affinity(table, column) == syntax::sqlite::Affinity::text) return false;
  // With foreign keys enforced, what refers to another table must start as NULL.
  return std::none_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                      [&](const ForeignKey& key) { return contains(key.columns, column.name); });
}

bool is_indexed(const Table& table, const Column& column) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return mentions(index.statement.text, column.name);
  });
}

/// Whether nothing of the old form stands on the column, save its own checks. Indexes that do are
/// dropped before: the new form cannot have them.
bool can_be_dropped(const Table& from, const Table& to, const Column& column) {
  const std::string& name = column.name;
  if (from.primary_key && contains(from.primary_key->columns, name)) return false;
  for (const Unique& unique : from.uniques) {
    if (contains(unique.columns, name)) return false;
  }
  for (const ForeignKey& key : from.foreign_keys) {
    // What is written at the column goes with it.
    if (contains(key.columns, name) && !refers_at_column(from, column)) return false;
  }
  for (const Check& check : from.checks) {
    if (check.column != name && mentions(sql_of(check.expression), name)) return false;
  }
  for (const Column& other : from.columns) {
    if (other.generated && mentions(sql_of(other.generated->expression), name)) return false;
  }
  return !is_indexed(to, column);
}

/// The old form with the columns that come and without those that go.
Table altered(const Table& from, const Table& to, const InPlace& work) {
  Table table = from;
  const auto goes = [&](std::string_view name) {
    return std::any_of(work.dropped.begin(), work.dropped.end(),
                       [&](const Column* column) { return column->name == name; });
  };
  const auto comes = [&](std::string_view name) {
    return std::any_of(work.added.begin(), work.added.end(),
                       [&](const Column* column) { return column->name == name; });
  };
  std::erase_if(table.columns, [&](const Column& column) { return goes(column.name); });
  std::erase_if(table.checks, [&](const Check& check) { return goes(check.column); });
  std::erase_if(table.foreign_keys, [&](const ForeignKey& key) {
    return key.columns.size() == 1 && goes(key.columns.front());
  });
  for (const Column* column : work.added) table.columns.push_back(*column);
  for (const Check& check : to.checks) {
    if (comes(check.column)) table.checks.push_back(check);
  }
  for (const ForeignKey& key : to.foreign_keys) {
    if (key.columns.size() == 1 && comes(key.columns.front())) table.foreign_keys.push_back(key);
  }
  return table;
}

std::set<std::string> names_of(const Schema& schema) {
  std::set<std::string> names;
  for (const Table& table : schema.tables) {
    names.insert(to_lower(table.name));
    for (const Column& column : table.columns) names.insert(to_lower(column.name));
  }
  return names;
}

}  // namespace

bool same_form(const Table& from, const Table& to) {
  const std::vector<diff::Change> changes = diff::compare(alone(from), alone(to));
  return std::all_of(changes.begin(), changes.end(), [](const diff::Change& change) {
    return change.attribute == diff::column_order;
  });
}

std::optional<InPlace> in_place(const Table& from, const Table& to, bool can_drop) {
  InPlace work;
  for (const Column& column : to.columns) {
    if (from.find_column(column.name) != nullptr) continue;
    if (column_like(from, column.name) != nullptr || !can_be_added(to, column)) return std::nullopt;
    if (!added_column(to, column)) return std::nullopt;
    work.added.push_back(&column);
  }
  for (const Column& column : from.columns) {
    if (to.find_column(column.name) != nullptr) continue;
    if (!can_drop || !can_be_dropped(from, to, column)) return std::nullopt;
    work.dropped.push_back(&column);
  }
  if (work.added.empty() && work.dropped.empty()) return std::nullopt;
  if (!same_form(altered(from, to, work), to)) return std::nullopt;
  // Two steps, each with a way back of its own: a copy leads to nothing between.
  const bool both = !work.added.empty() && !work.dropped.empty();
  if (both && !reversed({{}, work.dropped}, from, can_drop)) return std::nullopt;
  return work;
}

std::optional<InPlace> reversed(const InPlace& work, const Table& from, bool can_drop) {
  if (!work.added.empty() && !can_drop) return std::nullopt;
  for (const Column* column : work.dropped) {
    const bool valued = column->nullable || column->default_value || column->generated;
    if (!valued || !can_be_added(from, *column) || !added_column(from, *column)) {
      return std::nullopt;
    }
  }
  return InPlace{work.dropped, work.added};
}

bool can_drop_columns(const Schema& schema) {
  if (!schema.views.empty()) return false;
  const std::set<std::string> names = names_of(schema);
  const auto is_plain = [&](const std::string& sql) {
    const std::vector<std::string> quoted_names = double_quoted_names(sql);
    return std::all_of(quoted_names.begin(), quoted_names.end(),
                       [&](const std::string& name) { return names.count(name) > 0; });
  };
  for (const Table& table : schema.tables) {
    if (!table.triggers.empty()) return false;
    for (const Check& check : table.checks) {
      if (!is_plain(sql_of(check.expression))) return false;
    }
    for (const Column& column : table.columns) {
      if (column.generated && !is_plain(sql_of(column.generated->expression))) return false;
    }
    for (const Index& index : table.indexes) {
      for (const IndexPart& part : index.parts) {
        if (part.expression.operation == Operation::sql && !is_plain(sql_of(part.expression))) {
          return false;
        }
      }
      if (index.where && !is_plain(sql_of(*index.where))) return false;
    }
  }
  return true;
}

std::vector<std::string> statements_of(const InPlace& work, const Table& to) {
  std::vector<std::string> statements;
  const std::string table = "ALTER TABLE " + quoted(to.name);
  for (const Column* column : work.added) {
    statements.push_back(table + " ADD COLUMN " + *added_column(to, *column));
  }
  for (const Column* column : work.dropped) {
    statements.push_back(table + " DROP COLUMN " + quoted(column->name));
  }
  return statements;
}

}  // namespace relata::migrate::sqlite
