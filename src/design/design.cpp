#include "design/design.h"

#include <algorithm>

namespace relata::design {

const Entity* Design::find(std::string_view entity) const {
  const auto found = std::find_if(entities.begin(), entities.end(),
                                  [&](const Entity& e) { return e.name == entity; });
  return found == entities.end() ? nullptr : &*found;
}

Entity* Design::find(std::string_view entity) {
  return const_cast<Entity*>(static_cast<const Design&>(*this).find(entity));
}

const Field* find_field(const Entity& entity, std::string_view name) {
  const auto found = std::find_if(entity.fields.begin(), entity.fields.end(),
                                  [&](const Field& f) { return f.name == name; });
  return found == entity.fields.end() ? nullptr : &*found;
}

}  // namespace relata::design
