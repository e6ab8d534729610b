#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

using Columns = std::vector<std::string>;

std::optional<Span> span_of(const Origin& origin) {
  return origin.span.empty() ? std::nullopt : std::optional(origin.span);
}

void report_unknown(const EntityPlan& entity, const std::string& name, std::string_view what,
                    const Origin& origin, DiagnosticSink& sink) {
  std::vector<std::string_view> names;
  for (const Field& field : entity.entity->fields) names.push_back(field.name);
  for (const Reference& reference : entity.references) names.push_back(reference.name);
  const std::string_view near = nearest(name, names);
  sink.error("design-unknown-field",
             "the " + std::string(what) + " of '" + entity.entity->name + "' names '" + name +
                 "', which it does not have",
             origin.source, span_of(origin),
             near.empty() ? "" : "did you mean '" + std::string(near) + "'?");
}

/// Columns of a unique key; nothing when one of its names is unknown.
std::optional<Columns> key_columns(const Plan& plan, const EntityPlan& entity, const UniqueKey& key,
                                   DiagnosticSink& sink) {
  Columns columns;
  for (const std::string& name : names_in_key(entity, key)) {
    const Columns found = columns_named(plan, entity, name);
    if (found.empty()) {
      report_unknown(entity, name, "key", key.origin, sink);
      return std::nullopt;
    }
    for (const std::string& column : found) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
    }
  }
  return columns;
}

/// In a tenant's table "unique" means unique for the tenant; a reference to another row of the
/// tenant already says so.
Columns within_tenant(const Plan& plan, const EntityPlan& entity, Columns columns) {
  if (entity.tenant_column.empty() || entity.root) return columns;
  for (const Reference& reference : entity.references) {
    const EntityPlan& target = plan.entities[reference.target];
    const bool bound = target.root || !target.tenant_column.empty();
    const bool present =
        std::all_of(reference.columns.begin(), reference.columns.end(), [&](const auto& column) {
          return std::find(columns.begin(), columns.end(), column) != columns.end();
        });
    if (bound && present) return columns;
  }
  if (std::find(columns.begin(), columns.end(), entity.tenant_column) == columns.end())
    columns.insert(columns.begin(), entity.tenant_column);
  return columns;
}

bool same_set(const Columns& a, const Columns& b) {
  return std::set<std::string>(a.begin(), a.end()) == std::set<std::string>(b.begin(), b.end());
}

void add_unique(Table& table, Columns columns, const Origin& origin) {
  if (columns.empty()) return;
  if (table.primary_key && same_set(table.primary_key->columns, columns)) return;
  for (const Unique& present : table.uniques) {
    if (same_set(present.columns, columns)) return;
  }
  Unique unique;
  unique.columns = std::move(columns);
  unique.origin = origin;
  table.uniques.push_back(std::move(unique));
}

void add_index(Table& table, const Plan& plan, const EntityPlan& entity, const IndexWish& wish,
               DiagnosticSink& sink) {
  Index index;
  index.origin = wish.origin;
  for (const std::string& written : wish.fields) {
    const bool descending = written.starts_with('-');
    const std::string name = descending ? written.substr(1) : written;
    const Columns columns = columns_named(plan, entity, name);
    if (columns.empty()) return report_unknown(entity, name, "index", wish.origin, sink);
    for (const std::string& column : columns)
      index.parts.push_back({expression::column(column), descending, {}});
  }
  if (index.parts.empty()) return;
  const Column* first = table.find_column(index.parts.front().expression.text);
  // A B-tree of whole documents finds nothing that is asked for; GIN finds what they contain.
  if (index.parts.size() == 1 && first != nullptr && first->type.kind == TypeKind::json) {
    index.method = "gin";
    index.parts.front().descending = false;  // GIN keeps no order
  }
  table.indexes.push_back(std::move(index));
}

Columns index_columns(const Index& index) {
  Columns columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column) break;
    columns.push_back(part.expression.text);
  }
  return columns;
}

bool begins_with(const Columns& longer, const Columns& shorter) {
  return longer.size() >= shorter.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

/// Whether the first columns of `longer` are the columns of `wanted` in any order.
bool begins_with_set(const Columns& longer, const Columns& wanted) {
  if (longer.size() < wanted.size()) return false;
  const auto end = longer.begin() + static_cast<std::ptrdiff_t>(wanted.size());
  return same_set(Columns(longer.begin(), end), wanted);
}

/// Column lists of everything that finds rows whatever they hold: keys and indexes without WHERE.
std::vector<Columns> full_indexes(const Table& table) {
  std::vector<Columns> all;
  if (table.primary_key) all.push_back(table.primary_key->columns);
  for (const Unique& unique : table.uniques) all.push_back(unique.columns);
  for (const Index& index : table.indexes) {
    if (!index.where) all.push_back(index_columns(index));
  }
  return all;
}

bool leads(const std::vector<Columns>& indexes, const Columns& columns) {
  return std::any_of(indexes.begin(), indexes.end(),
                     [&](const Columns& index) { return begins_with_set(index, columns); });
}

/// A composite key's index begins with the reference itself, so that it serves look-ups that do
/// not name the tenant; when something else serves those, it begins with the tenant.
void index_foreign_key(Table& table, const ForeignKey& key) {
  const std::vector<Columns> present = full_indexes(table);
  if (leads(present, key.columns)) return;
  Columns columns = key.columns;
  Columns own = key.columns;
  if (columns.size() > 1 && columns.front() == table.intent.tenant_column) {
    own.erase(own.begin());
    const bool served = leads(present, own);
    const bool tenant_served = leads(present, {table.intent.tenant_column});
    if (!served || tenant_served) std::rotate(columns.begin(), columns.begin() + 1, columns.end());
  }
  Index index;
  index.name = constraint_name(table.name, own, "idx");
  for (const std::string& column : columns)
    index.parts.push_back({expression::column(column), false, {}});
  index.origin = key.origin;
  table.indexes.push_back(std::move(index));
}

/// The columns that a B-tree sorts by in ascending order before anything else.
Columns ascending_columns(const Index& index) {
  Columns columns;
  if (!index.method.empty()) return columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column || part.descending) break;
    columns.push_back(part.expression.text);
  }
  return columns;
}

/// Whether `longer` finds everything that `index` finds, at place `before` of it or not.
bool makes_redundant(const Index& longer, const Index& index, bool before) {
  const Columns columns = ascending_columns(index);
  if (!begins_with(ascending_columns(longer), columns)) return false;
  // What finds all rows by the same columns finds the live ones too.
  if (index.where && !longer.where) return true;
  if (longer.where != index.where) return false;
  return longer.parts.size() > columns.size() || longer.unique || before;
}

/// An index is redundant when a key or another index that holds the same rows begins with it.
bool is_redundant(const Table& table, std::size_t at) {
  const Index& index = table.indexes[at];
  const Columns columns = ascending_columns(index);
  if (index.unique || columns.size() < index.parts.size()) return false;
  if (table.primary_key && begins_with(table.primary_key->columns, columns)) return true;
  if (std::any_of(table.uniques.begin(), table.uniques.end(),
                  [&](const Unique& unique) { return begins_with(unique.columns, columns); }))
    return true;
  for (std::size_t other = 0; other < table.indexes.size(); ++other) {
    if (other != at && makes_redundant(table.indexes[other], index, other < at)) return true;
  }
  return false;
}

void drop_redundant_indexes(Table& table) {
  for (std::size_t i = 0; i < table.indexes.size();) {
    if (is_redundant(table, i)) {
      table.indexes.erase(table.indexes.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

}  // namespace

void add_keys_and_wishes(Table& table, const Plan& plan, const EntityPlan& entity,
                         DiagnosticSink& sink) {
  Columns pair;
  Origin pair_origin;
  for (const Reference& reference : entity.references) {
    if (reference.pair) {
      pair.insert(pair.end(), reference.columns.begin(), reference.columns.end());
      pair_origin = reference.origin;
    }
    if (reference.unique && !reference.shares_key)
      add_unique(table, reference.columns, reference.origin);
  }
  add_unique(table, pair, pair_origin);
  for (const UniqueKey& key : entity.entity->keys) {
    if (auto columns = key_columns(plan, entity, key, sink))
      add_unique(table, within_tenant(plan, entity, *columns), key.origin);
  }
  for (const Field& field : entity.entity->fields) {
    const Columns columns = columns_named(plan, entity, field.name);
    if (columns.empty() || table.find_column(columns.front()) == nullptr) continue;
    if (field.unique) add_unique(table, within_tenant(plan, entity, columns), field.origin);
    if (field.indexed && !field.unique)
      add_index(table, plan, entity, IndexWish{{field.name}, false, field.origin}, sink);
  }
  for (const IndexWish& wish : entity.entity->indexes) add_index(table, plan, entity, wish, sink);
}

void index_foreign_keys(Schema& schema) {
  for (Table& table : schema.tables) {
    // The tenant's own key comes last: an index for a composite key often begins with it.
    const auto is_tenant_key = [&](const ForeignKey& key) {
      return key.columns == Columns{table.intent.tenant_column};
    };
    for (const ForeignKey& key : table.foreign_keys) {
      if (!is_tenant_key(key)) index_foreign_key(table, key);
    }
    for (const ForeignKey& key : table.foreign_keys) {
      if (is_tenant_key(key)) index_foreign_key(table, key);
    }
    drop_redundant_indexes(table);
  }
}

}  // namespace relata::design
