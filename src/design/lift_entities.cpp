#include <algorithm>

#include "base/text.h"
#include "design/lifting.h"
#include "design/naming.h"
#include "design/types.h"

namespace relata::design {
namespace {

/// The columns of an index as a wish says them; nothing where a wish has no words for it.
std::optional<IndexWish> wish_of(const LiftedTable& lifted, const Index& index) {
  if (!index.method.empty() || index.parts.empty()) return std::nullopt;
  IndexWish wish;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column || part.prefix_length > 0) {
      return std::nullopt;
    }
    const Column* column = lifted.table->find_column(part.expression.text);
    if (column == nullptr || column->generated) return std::nullopt;
    wish.fields.push_back((part.descending ? "-" : "") + part.expression.text);
  }
  if (index.where) {
    const Expression* meaning = meaning_of(*index.where);
    const bool active =
        lifted.soft_delete && meaning != nullptr && meaning->operation == Operation::is_null &&
        meaning->arguments.size() == 1 && meaning->arguments.front().text == "deleted_at";
    if (!active) return std::nullopt;
    wish.only_active = true;
  }
  wish.origin = index.origin;
  return wish;
}

/// Whether a foreign key's own index would be the same.
bool serves_reference(const Table& table, const IndexWish& wish) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) { return key.columns == wish.fields; });
}

void lift_keys(const LiftedTable& lifted, Entity& entity) {
  const Table& table = *lifted.table;
  for (const Unique& unique : table.uniques) {
    if (unique.columns.size() < 2) continue;
    entity.keys.push_back({unique.columns, false, unique.origin});
  }
  for (const Index& index : table.indexes) {
    const auto wish = wish_of(lifted, index);
    if (!wish) {
      continue;
    }
    if (index.unique && !index.where) {
      if (wish->fields.size() > 1) {
        UniqueKey key{wish->fields, false, index.origin};
        for (std::string& field : key.fields) {
          if (field.starts_with('-')) field.erase(0, 1);
        }
        entity.keys.push_back(std::move(key));
      }
    } else if (!index.unique && !serves_reference(table, *wish)) {
      entity.indexes.push_back(*wish);
    }
  }
}

/// The id that the database makes, or the natural key.
void lift_identity(const Lifting& lifting, LiftedTable& lifted, Entity& entity) {
  const Table& table = *lifted.table;
  if (lifted.role == TableRole::subtype) return;
  const IdKind kind = id_kind(*lifting.schema, table);
  if (lifted.role != TableRole::junction) entity.patterns.ids = kind;
  if (!table.primary_key) return;
  if (kind == IdKind::natural) {
    if (lifted.role == TableRole::junction) return;
    entity.keys.push_back({table.primary_key->columns, true, table.primary_key->origin});
    return;
  }
  const std::string& column = table.primary_key->columns.front();
  if (column != "id") entity.id = column;
  lifted.handled.insert(column);
}

}  // namespace

Entity lift_entity(const Lifting& lifting, LiftedTable& lifted) {
  const Table& table = *lifted.table;
  Entity entity;
  entity.name = lifted.entity;
  entity.description = table.comment;
  entity.origin = table.origin;
  if (lifted.role == TableRole::junction) entity.kind = EntityKind::junction;
  if (table_name(entity) != table.name) entity.table = table.name;
  lift_identity(lifting, lifted, entity);
  for (const ForeignKey& key : table.foreign_keys) {
    if (lifting.target(key) == nullptr || key.columns.size() != 1) continue;
    lifted.handled.insert(key.columns.front());
  }
  for (const Column& column : table.columns) {
    if (!lifted.handled.contains(column.name)) {
      entity.fields.push_back(lift_field(lifting, lifted, column));
    }
  }
  lift_keys(lifted, entity);
  return entity;
}

}  // namespace relata::design
