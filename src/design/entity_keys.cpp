#include <algorithm>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"
#include "design/types.h"

namespace relata::design {
namespace {

Type id_type(IdKind kind) {
  switch (kind) {
    case IdKind::uuid7:
      return simple_type(TypeKind::uuid);
    case IdKind::cuid2: {
      // 24 characters by default, 32 at most (the CUID2 specification).
      Type type = simple_type(TypeKind::varchar);
      type.length = 32;
      return type;
    }
    case IdKind::identity:
    case IdKind::natural:
      return simple_type(TypeKind::big_integer);
  }
  return simple_type(TypeKind::uuid);
}

/// Finds every entity's key. A weak entity's key holds its owner's, so that keys are resolved
/// depth first; in a circle the first one met gets a surrogate.
class KeyResolver {
 public:
  explicit KeyResolver(Plan& plan) : plan_(plan), state_(plan.entities.size(), State::open) {}

  void run() {
    for (std::size_t i = 0; i < plan_.entities.size(); ++i) resolve(i);
    for (EntityPlan& entity : plan_.entities) {
      for (Reference& reference : entity.references) set_columns(reference);
    }
  }

 private:
  enum class State { open, busy, done };

  void resolve(std::size_t place) {
    if (state_[place] != State::open) return;
    state_[place] = State::busy;
    EntityPlan& entity = plan_.entities[place];
    std::vector<KeyColumn> key = shared_key(entity);
    if (key.empty()) key = pair_key(place, entity);
    const IdKind ids = entity.entity->patterns.ids.value_or(plan_.design->patterns.id);
    if (key.empty() && (plan_.options.bare || ids == IdKind::natural)) key = natural_key(entity);
    entity.surrogate = key.empty();
    if (key.empty()) {
      key.push_back({entity.entity->id.empty() ? "id" : entity.entity->id, id_type(ids)});
    }
    entity.key = std::move(key);
    state_[place] = State::done;
  }

  /// A subtype's rows have the key of their supertype's.
  std::vector<KeyColumn> shared_key(const EntityPlan& entity) {
    for (const Reference& reference : entity.references) {
      if (!reference.shares_key) continue;
      resolve(reference.target);
      return plan_.entities[reference.target].key;
    }
    return {};
  }

  /// What a junction links is its key when it holds nothing else and nothing refers to it.
  std::vector<KeyColumn> pair_key(std::size_t place, EntityPlan& entity) {
    const bool plain = plan_.options.bare || carries_nothing(entity);
    if (!plain || entity.root || is_referred_to(place)) return {};
    std::vector<KeyColumn> key;
    for (Reference& reference : entity.references) {
      if (reference.pair && !append_reference(key, reference)) return {};
    }
    return key;
  }

  static bool carries_nothing(const EntityPlan& entity) {
    return entity.entity->fields.empty() && entity.entity->polymorphic.empty() &&
           !entity.membership && !entity.history && !entity.version && !entity.soft_delete &&
           !entity.authors;
  }

  bool is_referred_to(std::size_t place) const {
    return std::any_of(plan_.entities.begin(), plan_.entities.end(), [&](const EntityPlan& e) {
      return std::any_of(e.references.begin(), e.references.end(),
                         [&](const Reference& r) { return r.target == place; });
    });
  }

  /// The identifier that the text names.
  std::vector<KeyColumn> natural_key(EntityPlan& entity) {
    for (const UniqueKey& unique : entity.entity->keys) {
      if (!unique.primary) continue;
      std::vector<KeyColumn> key;
      const std::vector<std::string> names = names_in_key(entity, unique);
      const bool complete = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return append_named(key, entity, name);
      });
      if (complete && !key.empty()) return key;
    }
    const std::string own = snake_case(entity.entity->name) + "_id";
    for (const Field& field : entity.entity->fields) {
      if (field.name == "id" || (field.unique && field.name == own))
        return {{field.name, column_type(field.type)}};
    }
    return {};
  }

  bool append_named(std::vector<KeyColumn>& key, EntityPlan& entity, const std::string& name) {
    if (const Field* field = find_field(*entity.entity, name)) {
      key.push_back({name, column_type(field->type)});
      return true;
    }
    for (Reference& reference : entity.references) {
      if (reference.group.empty() && (reference.name == name || reference.name + "_id" == name))
        return append_reference(key, reference);
    }
    return false;
  }

  bool append_reference(std::vector<KeyColumn>& key, Reference& reference) {
    if (state_[reference.target] == State::busy) return false;
    resolve(reference.target);
    set_columns(reference);
    const std::vector<KeyColumn>& target = plan_.entities[reference.target].key;
    for (std::size_t i = 0; i < target.size(); ++i) {
      const std::string& name = reference.columns[i];
      const bool present =
          std::any_of(key.begin(), key.end(), [&](const KeyColumn& k) { return k.name == name; });
      if (!present) key.push_back({name, target[i].type});
    }
    return true;
  }

  void set_columns(Reference& reference) {
    const EntityPlan& target = plan_.entities[reference.target];
    reference.columns.clear();
    if (!reference.column.empty() && target.key.size() == 1) {
      reference.columns.push_back(reference.column);
      return;
    }
    for (const KeyColumn& key : target.key) {
      const bool borrowed =
          std::any_of(target.references.begin(), target.references.end(), [&](const Reference& r) {
            return !r.shares_key &&
                   std::find(r.columns.begin(), r.columns.end(), key.name) != r.columns.end();
          });
      const std::string name = snake_case(target.entity->name);
      if (reference.shares_key || (borrowed && !reference.role)) {
        reference.columns.push_back(key.name);
      } else {
        reference.columns.push_back(reference_column(reference.name, name, key.name));
      }
    }
  }

  Plan& plan_;
  std::vector<State> state_;
};

}  // namespace

void resolve_keys(Plan& plan) { KeyResolver(plan).run(); }

std::vector<std::string> names_in_key(const EntityPlan& entity, const UniqueKey& key) {
  std::vector<std::string> names;
  if (key.primary && entity.entity->kind == EntityKind::weak) {
    for (const Reference& reference : entity.references) {
      const bool named = std::any_of(key.fields.begin(), key.fields.end(), [&](const auto& f) {
        return f == reference.name || f == reference.name + "_id";
      });
      if (reference.identifying && !named) names.push_back(reference.name);
    }
  }
  names.insert(names.end(), key.fields.begin(), key.fields.end());
  return names;
}

std::vector<std::string> columns_named(const Plan& plan, const EntityPlan& entity,
                                       std::string_view name) {
  const std::string wanted = snake_case(name);
  for (const Reference& reference : entity.references) {
    const bool column = std::find(reference.columns.begin(), reference.columns.end(), name) !=
                        reference.columns.end();
    if (!reference.shares_key && (column || reference.name == wanted)) return reference.columns;
  }
  if (const Field* field = find_field(*entity.entity, name))
    return {field->encrypted ? field->name + "_blind_index" : field->name};
  if (!entity.tenant_column.empty() && (name == entity.tenant_column || wanted == plan.tenant))
    return {entity.tenant_column};
  const auto added = [&](std::string_view column, bool present) {
    return present && name == column;
  };
  if (added("created_at", entity.timestamps) || added("updated_at", entity.timestamps) ||
      added("deleted_at", entity.soft_delete) || added("version", entity.version) ||
      added("created_by_id", entity.authors) || added("updated_by_id", entity.authors) ||
      added("role", entity.membership) || added("joined_at", entity.membership) ||
      added("id", entity.surrogate) || added("public_id", entity.public_id) ||
      added(entity.surrogate ? entity.key.front().name : "id", entity.surrogate) ||
      added(entity.discriminator, !entity.discriminator.empty()))
    return {std::string(name)};
  // The target's name instead of the role, when only one reference can be meant.
  std::vector<std::string> found;
  for (const Reference& reference : entity.references) {
    if (snake_case(plan.entities[reference.target].entity->name) != wanted) continue;
    if (!found.empty()) return {};
    found = reference.columns;
  }
  return found;
}

}  // namespace relata::design
