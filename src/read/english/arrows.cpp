#include "read/english/arrows.h"

#include <string>
#include <utility>

#include "base/text.h"

namespace relata::english {
namespace {

/// The entity that an arrow names, in the singular; it is added when the design lacks it.
std::string entity_named(design::Design& design, const std::string& written, const Origin& origin) {
  const std::string name = pascal_case(written);
  if (design.find(name) != nullptr) return name;
  const std::string singular = singular_of(name);
  if (design.find(singular) != nullptr) return singular;
  design::Entity entity;
  entity.name = singular;
  entity.origin = origin;
  design.entities.push_back(std::move(entity));
  return singular;
}

}  // namespace

void apply_arrows(design::Design& design, const std::vector<design::Relationship>& arrows) {
  for (design::Relationship arrow : arrows) {
    arrow.left.entity = entity_named(design, arrow.left.entity, arrow.origin);
    arrow.right.entity = entity_named(design, arrow.right.entity, arrow.origin);
    if (!arrow.via.empty()) arrow.via = entity_named(design, arrow.via, arrow.origin);
    std::erase_if(design.relationships, [&](const design::Relationship& r) {
      const bool same = r.left.entity == arrow.left.entity && r.right.entity == arrow.right.entity;
      const bool turned =
          r.left.entity == arrow.right.entity && r.right.entity == arrow.left.entity;
      const bool stated = r.origin.rule == "english/arrow";
      return (same || turned) && !stated && r.left.role.empty() && r.right.role.empty();
    });
    design.relationships.push_back(std::move(arrow));
  }
}

}  // namespace relata::english
