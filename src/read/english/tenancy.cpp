#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/english/apply_needs.h"
#include "read/english/lexicon.h"
#include "read/english/mention.h"
#include "read/english/rules.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using design::Design;
using design::Entity;
using design::Relationship;

/// One entity refers to exactly one (or at most one) of another.
struct Edge {
  std::string child;
  std::string parent;
  bool required = false;
  bool created = false;  ///< The child is made by the parent rather than inside it.
};

bool is_person(const std::string& entity) {
  const std::vector<std::string> words = words_of(entity);
  return !words.empty() && look_up(words.back()).person;
}

std::vector<Edge> edges_of(const Design& design) {
  std::vector<Edge> edges;
  for (const Relationship& r : design.relationships) {
    if (r.left.multiplicity.many() && r.right.multiplicity.many()) {
      if (r.via.empty()) continue;
      edges.push_back({r.via, r.left.entity, true, false});
      edges.push_back({r.via, r.right.entity, true, false});
      continue;
    }
    const bool right_is_one = !r.right.multiplicity.many();
    const design::RelationshipEnd& one = right_is_one ? r.right : r.left;
    const design::RelationshipEnd& many = right_is_one ? r.left : r.right;
    if (one.entity == many.entity) continue;
    edges.push_back({many.entity, one.entity, one.multiplicity.minimum > 0,
                     r.origin.rule == "english/creates" ||
                         (is_in(r.label, WordClass::creating_verb) && is_person(one.entity))});
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.parent < b.parent; });
  return edges;
}

/// Orders an edge and an entity's name by the edge's parent.
struct ByParent {
  bool operator()(const Edge& edge, const std::string& entity) const {
    return edge.parent < entity;
  }
  bool operator()(const std::string& entity, const Edge& edge) const {
    return entity < edge.parent;
  }
};

/// The entities below one, containment only, with itself.
std::set<std::string> below_root(const std::vector<Edge>& edges, const std::string& root) {
  std::set<std::string> seen{root};
  std::vector<std::string> open{root};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    const auto [first, last] = std::equal_range(edges.begin(), edges.end(), at, ByParent());
    for (auto edge = first; edge != last; ++edge) {
      if (!edge->created && seen.insert(edge->child).second) open.push_back(edge->child);
    }
  }
  return seen;
}

bool creates(const std::vector<Edge>& edges, const std::string& actor, const std::string& root) {
  return std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
    return edge.child == root && edge.parent == actor && edge.created;
  });
}

/// Whether something below the root refers to the actor other than as its author.
bool takes_part(const std::vector<Edge>& edges, const std::string& actor, const std::string& root) {
  const std::set<std::string> below = below_root(edges, root);
  return std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
    return edge.parent == actor && edge.child != root && below.contains(edge.child) &&
           !edge.created;
  });
}

/// The entities that stand inside another one.
std::set<std::string> contained_entities(const std::vector<Edge>& edges) {
  std::set<std::string> contained;
  for (const Edge& edge : edges) {
    if (!edge.created && !is_person(edge.parent)) contained.insert(edge.child);
  }
  return contained;
}

/// What people call the body that has an installation to itself.
bool is_organisation_name(const std::string& entity) {
  const std::vector<std::string> words = words_of(entity);
  if (words.empty()) return false;
  constexpr std::array<std::string_view, 16> names{
      "tenant", "workspace", "organization", "organisation", "company", "account", "team", "firm",
      "agency", "customer",  "client",       "business",     "school",  "clinic",  "shop", "group"};
  return std::find(names.begin(), names.end(), words.back()) != names.end() ||
         look_up(words.back()).organization;
}

std::string choose_root(const Design& design, const std::vector<Edge>& edges) {
  std::string best;
  std::size_t best_score = 0;
  const std::set<std::string> contained = contained_entities(edges);
  for (const Entity& entity : design.entities) {
    if (entity.kind == design::EntityKind::junction ||
        entity.kind == design::EntityKind::audit_log || is_person(entity.name) ||
        contained.contains(entity.name))
      continue;
    const std::size_t below = below_root(edges, entity.name).size() - 1;
    if (below == 0) continue;
    const bool created = std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.child == entity.name && edge.created;
    });
    const std::size_t score =
        below + (created ? 100 : 0) + (is_organisation_name(entity.name) ? 50 : 0);
    if (score > best_score) {
      best_score = score;
      best = entity.name;
    }
  }
  return best;
}

/// Who works inside the tenant: its creator, or whom the text calls user.
std::string choose_actor(const Design& design, const std::vector<Edge>& edges,
                         const std::string& root, const std::string& known) {
  for (const Edge& edge : edges) {
    if (edge.child == root && edge.created) return edge.parent;
  }
  if (!known.empty() && known != root) return known;
  for (const Relationship& r : design.relationships) {
    if (!r.left.multiplicity.many() || !r.right.multiplicity.many()) continue;
    if (r.left.entity == root && is_person(r.right.entity)) return r.right.entity;
    if (r.right.entity == root && is_person(r.left.entity)) return r.left.entity;
  }
  constexpr std::array<std::string_view, 4> usual{"User", "Member", "Account", "Employee"};
  for (const std::string_view name : usual) {
    if (design.find(name) != nullptr && name != root) return std::string(name);
  }
  return {};
}

void rename_entity(Design& design, const std::string& from, const std::string& to) {
  for (Entity& entity : design.entities) {
    if (entity.name == from) entity.name = to;
    if (entity.subtype_of == from) entity.subtype_of = to;
    for (design::PolymorphicReference& reference : entity.polymorphic)
      std::replace(reference.targets.begin(), reference.targets.end(), from, to);
  }
  for (Relationship& r : design.relationships) {
    if (r.left.entity == from) r.left.entity = to;
    if (r.right.entity == from) r.right.entity = to;
    if (r.via == from) r.via = to;
  }
}

/// Whether an entity's name says that its rows make somebody a member of the root.
bool is_membership_name(const std::string& name, const std::string& root) {
  constexpr std::array<std::string_view, 3> words{"Membership", "Member", "Member ship"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name == word || name == root + std::string(word);
  });
}

/// The junction between root and actor with everything that the text says about memberships.
std::string make_membership(Design& design, const std::string& root, const std::string& actor,
                            const Origin& origin) {
  const std::string name = root + "Member";
  const auto links = [&](const Relationship& r) {
    return (r.left.entity == root && r.right.entity == actor) ||
           (r.left.entity == actor && r.right.entity == root);
  };
  std::string described;
  for (const Entity& entity : design.entities) {
    if (entity.name != actor && is_membership_name(entity.name, root)) described = entity.name;
  }
  std::string junction;
  for (const Relationship& r : design.relationships) {
    const bool both_many = r.left.multiplicity.many() && r.right.multiplicity.many();
    if (links(r) && both_many && !r.via.empty()) junction = r.via;
  }
  if (!junction.empty() && !described.empty() && junction != described) {
    // What is told about "a membership" is told about the link.
    Entity& link = *design.find(junction);
    Entity& told = *design.find(described);
    for (const design::Field& field : told.fields) {
      if (design::find_field(link, field.name) == nullptr) link.fields.push_back(field);
    }
    link.keys.insert(link.keys.end(), told.keys.begin(), told.keys.end());
    std::erase_if(design.relationships, [&](const Relationship& r) {
      return r.left.entity == described || r.right.entity == described;
    });
    std::erase_if(design.entities, [&](const Entity& e) { return e.name == described; });
  }
  if (junction.empty()) junction = described;
  if (junction.empty()) {
    Entity fresh;
    fresh.name = name;
    fresh.origin = origin;
    // "Users can create workspaces" speaks of both; that rows are kept apart does not.
    for (const Relationship& r : design.relationships) {
      if (!links(r) || r.origin.span.begin >= r.origin.span.end) continue;
      fresh.origin.span = r.origin.span;
      break;
    }
    const auto place = std::find_if(design.entities.begin(), design.entities.end(),
                                    [&](const Entity& entity) { return entity.name == root; });
    design.entities.insert(place + 1, std::move(fresh));
  } else if (design.find(name) == nullptr) {
    rename_entity(design, junction, name);
  }
  // A junction takes part in its own relationships only as `via`.
  std::erase_if(design.relationships, [&](const Relationship& r) {
    const bool of_pair = links(r) && r.via != name;
    const bool to_pair =
        (r.left.entity == name && (r.right.entity == root || r.right.entity == actor)) ||
        (r.right.entity == name && (r.left.entity == root || r.left.entity == actor));
    return (of_pair && r.left.role.empty() && r.right.role.empty()) || to_pair;
  });
  Entity& membership = *design.find(name);
  membership.kind = design::EntityKind::junction;
  if (design::find_field(membership, "role") == nullptr) {
    design::Field role;
    role.name = "role";
    role.required = true;
    role.type.kind = design::FieldKind::enumeration;
    role.type.values = {"owner", "admin", "member", "viewer"};
    role.default_value = "member";
    role.origin = origin;
    membership.fields.push_back(std::move(role));
  }
  for (design::Field& field : membership.fields) {
    // Who becomes a member does so when the row is made.
    if (field.name != "joined_at" || !field.default_value.empty()) continue;
    field.type = {};
    field.type.kind = design::FieldKind::timestamp;
    field.required = true;
    field.default_value = "now";
  }
  if (std::none_of(design.relationships.begin(), design.relationships.end(),
                   [&](const Relationship& r) { return r.via == name; })) {
    Relationship link;
    link.left = {actor, design::many_optional, ""};
    link.right = {root, design::many_optional, ""};
    link.via = name;
    link.label = "is member of";
    link.on_delete = design::OnDelete::cascade;
    link.origin = origin;
    design.relationships.push_back(std::move(link));
  }
  return name;
}

}  // namespace

void derive_tenancy(Design& design, const NeedsOfText& text) {
  const Need* asked = nullptr;
  std::string root;
  const Names names(design);
  for (const Need& need : text.needs) {
    if (need.kind != NeedKind::tenancy) continue;
    if (asked == nullptr) asked = &need;
    for (const Target& target : names.targets(need.words, need.within)) {
      if (!root.empty() || !target.whole() || is_person(target.entity)) continue;
      root = target.entity;
      asked = &need;
    }
  }
  const std::vector<Edge> edges = edges_of(design);
  if (root.empty()) root = choose_root(design, edges);
  if (root.empty()) return;
  const std::string actor = choose_actor(design, edges, root, text.actor);
  if (asked == nullptr) {
    // People join a group; an order or a post is only theirs.
    if (actor.empty() || !is_organisation_name(root) || !creates(edges, actor, root) ||
        !takes_part(edges, actor, root))
      return;
    const Origin origin = {text.source, design.find(root)->origin.span, "english/membership",
                           find_rule("membership")->confidence};
    make_membership(design, root, actor, origin);
    return;
  }
  design::Tenancy tenancy;
  tenancy.root = root;
  tenancy.actor = actor;
  tenancy.origin = {text.source, asked->span(), "english/tenancy",
                    find_rule("tenancy")->confidence};
  if (!actor.empty()) {
    // A person who belongs to exactly one tenant needs no membership.
    const bool belongs = std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.child == actor && edge.parent == root && edge.required && !edge.created;
    });
    if (!belongs) {
      Origin origin = tenancy.origin;
      origin.rule = "english/membership";
      origin.confidence = find_rule("membership")->confidence;
      tenancy.member = make_membership(design, root, actor, origin);
    }
  }
  design.patterns.tenancy = std::move(tenancy);
}

}  // namespace relata::english
