#include <algorithm>

#include "base/text.h"
#include "design/lifting.h"
#include "design/naming.h"

namespace relata::design {
namespace {

OnDelete on_delete_of(const ForeignKey& key) {
  switch (key.on_delete) {
    case ReferentialAction::cascade:
      return OnDelete::cascade;
    case ReferentialAction::set_null:
      return OnDelete::set_null;
    default:
      return OnDelete::restrict;
  }
}

/// "customer_id" and "CustomerId" give "customer".
std::string role_of(const std::string& column) {
  std::string role = snake_case(column);
  for (const std::string_view ending : {"_id", "_no", "_uuid", "_key", "_fk"}) {
    if (role.size() > ending.size() && role.ends_with(ending)) {
      role.resize(role.size() - ending.size());
      break;
    }
  }
  return role;
}

class Relationships {
 public:
  Relationships(Lifting& lifting, Design& design) : lifting_(lifting), design_(design) {}

  void run() {
    for (LiftedTable& lifted : lifting_.tables) {
      if (is_derived(lifted.role)) continue;
      for (const ForeignKey& key : lifted.table->foreign_keys) add(lifted, key);
    }
  }

 private:
  void add(const LiftedTable& lifted, const ForeignKey& key) {
    const LiftedTable* target = lifting_.target(key);
    const Table& table = *lifted.table;
    if (target == nullptr) return;
    if (key.columns.size() != 1) {
      note(table, key, "its columns are several");
      return;
    }
    const std::string& column = key.columns.front();
    if (lifted.role == TableRole::subtype && table.primary_key &&
        key.columns == table.primary_key->columns) {
      if (Entity* entity = design_.find(lifted.entity)) entity->subtype_of = target->entity;
      return;
    }
    // The tenant's column is the pattern's own.
    if (lifting_.tenant && target == &lifting_.tables[*lifting_.tenant] &&
        column == lifting_.tenant_column) {
      return;
    }
    const Column* held = table.find_column(column);
    if (held == nullptr) return;
    Relationship relationship;
    relationship.left.entity = lifted.entity;
    relationship.left.multiplicity = is_unique(table, {column}) ? zero_or_one : many_optional;
    relationship.right.entity = target->entity;
    relationship.right.multiplicity = held->nullable ? zero_or_one : exactly_one;
    const std::string role = role_of(column);
    if (role != snake_case(target->entity) || lifted.entity == target->entity) {
      relationship.right.role = role;
    }
    // What the design would call the column itself is left out.
    const std::string target_key =
        target->table->primary_key && target->table->primary_key->columns.size() == 1
            ? target->table->primary_key->columns.front()
            : std::string("id");
    if (reference_column(role, snake_case(target->entity), target_key) != column) {
      relationship.column = column;
    }
    relationship.on_delete = on_delete_of(key);
    relationship.origin = key.origin;
    design_.relationships.push_back(std::move(relationship));
  }

  void note(const Table& table, const ForeignKey& key, std::string_view why) const {
    lifting_.sink->note("import-not-in-design",
                        "the reference " + key.name + " of " + table.name +
                            " is left out of the design: " + std::string(why),
                        key.origin.source);
  }

  Lifting& lifting_;
  Design& design_;
};

/// Entities say of a pattern only where they differ from the whole.
void settle_patterns(const Lifting& lifting, Design& design) {
  const auto differ = [](std::optional<bool>& own, bool whole, bool here) {
    if (whole != here) own = here;
  };
  for (const LiftedTable& lifted : lifting.tables) {
    Entity* entity = design.find(lifted.entity);
    if (entity == nullptr) continue;
    differ(entity->patterns.timestamps, design.patterns.timestamps, lifted.timestamps);
    differ(entity->patterns.soft_delete, design.patterns.soft_delete, lifted.soft_delete);
    differ(entity->patterns.version, design.patterns.version, lifted.version);
    if (entity->patterns.ids == design.patterns.id) entity->patterns.ids.reset();
    if (!lifting.tenant || lifted.table == lifting.tables[*lifting.tenant].table) continue;
    if (lifted.table->find_column(lifting.tenant_column) == nullptr) {
      entity->patterns.tenant_scoped = false;
    }
  }
}

}  // namespace

void lift_relationships(Lifting& lifting, Design& design) {
  Relationships(lifting, design).run();
  settle_patterns(lifting, design);
}

}  // namespace relata::design
