#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

/// "tasks and projects"
std::string list_of_plurals(const std::vector<std::string>& entities) {
  std::string text;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (i > 0) text += i + 1 == entities.size() ? " and " : ", ";
    text += replace_all(plural_of(snake_case(entities[i])), "_", " ");
  }
  return text;
}

/// Checks and completes one design.
class Completion {
 public:
  Completion(const Design& design, const ExpandOptions& options, DiagnosticSink& sink)
      : design_(design), sink_(sink) {
    if (options.bare) leave_out_conventions();
  }

  CompleteDesign take() {
    drop_duplicate_entities();
    check_subtypes();
    check_fields();
    check_polymorphic();
    check_tenancy();
    check_relationships();
    if (design_.patterns.polymorphic == PolymorphicStyle::supertype) make_supertypes();
    add_audit_log();
    check_denormalizations();
    report_empty_entities();
    return {std::move(design_), std::move(supertypes_), root_is_added_};
  }

 private:
  void leave_out_conventions() {
    Patterns plain;
    plain.id = IdKind::identity;
    plain.enums = design_.patterns.enums;
    plain.polymorphic = design_.patterns.polymorphic;
    plain.timestamps = false;
    design_.patterns = plain;
    // A log that the text describes itself is data; one that the pattern makes is a convention.
    std::erase_if(design_.entities, [](const Entity& entity) {
      return entity.kind == EntityKind::audit_log && entity.fields.empty();
    });
    for (Entity& entity : design_.entities) {
      // History is kept: a text that asks for it speaks of data, not of a convention.
      EntityPatterns kept;
      kept.history = entity.patterns.history;
      kept.history_fields = entity.patterns.history_fields;
      entity.patterns = kept;
      for (Field& field : entity.fields) field.encrypted = false;
    }
  }

  void report(Severity severity, std::string code, std::string message, const Origin& origin,
              std::string help) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.source = origin.source;
    if (!origin.span.empty()) diagnostic.span = origin.span;
    diagnostic.help = std::move(help);
    sink_.add(std::move(diagnostic));
  }

  std::string did_you_mean(std::string_view name) const {
    std::vector<std::string_view> names;
    for (const Entity& entity : design_.entities) names.push_back(entity.name);
    const std::string_view near = nearest(name, names);
    return near.empty() ? "" : "did you mean '" + std::string(near) + "'?";
  }

  bool known(std::string_view entity, const std::string& what, const Origin& origin) {
    if (design_.find(entity) != nullptr) return true;
    report(Severity::error, "design-unknown-entity",
           what + " names '" + std::string(entity) + "', which is no entity of the design", origin,
           did_you_mean(entity));
    return false;
  }

  void drop_duplicate_entities() {
    std::set<std::string> names;
    std::set<std::string> tables;
    std::erase_if(design_.entities, [&](const Entity& entity) {
      if (entity.name.empty()) {
        report(Severity::error, "design-unnamed-entity", "an entity has no name", entity.origin,
               "");
        return true;
      }
      if (!names.insert(entity.name).second) {
        report(Severity::error, "design-duplicate-entity",
               "entity '" + entity.name + "' is defined twice", entity.origin,
               "the first definition stands; merge the two, or rename one");
        return true;
      }
      if (!tables.insert(table_name(entity)).second) {
        report(Severity::error, "design-duplicate-table",
               "entity '" + entity.name + "' would have the table '" + table_name(entity) +
                   "' of another entity",
               entity.origin, "give one of them a table name of its own");
        return true;
      }
      return false;
    });
  }

  void check_subtypes() {
    for (Entity& entity : design_.entities) {
      if (entity.subtype_of.empty()) continue;
      if (!known(entity.subtype_of, "the supertype of '" + entity.name + "'", entity.origin))
        entity.subtype_of.clear();
    }
    for (Entity& entity : design_.entities) {
      std::set<std::string> seen{entity.name};
      std::string above = entity.subtype_of;
      while (!above.empty()) {
        if (!seen.insert(above).second) {
          report(Severity::error, "design-subtype-cycle",
                 "'" + entity.name + "' is a subtype of itself through '" + entity.subtype_of + "'",
                 entity.origin, "one of the entities must be the general one");
          entity.subtype_of.clear();
          break;
        }
        above = design_.find(above)->subtype_of;
      }
    }
  }

  void check_fields() {
    for (Entity& entity : design_.entities) {
      std::set<std::string> names;
      std::erase_if(entity.fields, [&](const Field& field) {
        if (!field.name.empty() && names.insert(field.name).second) return false;
        report(Severity::error, "design-duplicate-field",
               "'" + entity.name + "' has the field '" + field.name + "' twice", field.origin,
               "the first one stands");
        return true;
      });
    }
  }

  void check_polymorphic() {
    for (Entity& entity : design_.entities) {
      for (PolymorphicReference& reference : entity.polymorphic) {
        const std::string what = "'" + entity.name + "." + reference.name + "'";
        std::set<std::string> seen;
        std::erase_if(reference.targets, [&](const std::string& target) {
          return !known(target, what, reference.origin) || !seen.insert(target).second;
        });
      }
      std::erase_if(entity.polymorphic, [](const auto& r) { return r.targets.empty(); });
    }
  }

  void check_tenancy() {
    if (!design_.patterns.tenancy) return;
    Tenancy& tenancy = *design_.patterns.tenancy;
    add_root(tenancy);
    if (!known(tenancy.root, "the tenancy's root", tenancy.origin)) {
      design_.patterns.tenancy.reset();
      return;
    }
    if (!tenancy.actor.empty() && !known(tenancy.actor, "the tenancy's actor", tenancy.origin))
      tenancy.actor.clear();
    if (tenancy.member.empty()) return;
    if (tenancy.actor.empty()) {
      report(Severity::error, "design-membership-without-actor",
             "the membership '" + tenancy.member + "' needs an actor who is the member",
             tenancy.origin, "name the entity of the person under tenancy.actor");
      tenancy.member.clear();
      return;
    }
    add_junction_entity(tenancy.member, tenancy.origin, "pattern/tenancy");
    link_membership(tenancy);
  }

  /// One line gives tenants to a design that has none: the tenant is an entity that nobody
  /// described, and everything belongs to one.
  void add_root(const Tenancy& tenancy) {
    const bool slip = !did_you_mean(tenancy.root).empty();
    if (tenancy.root.empty() || design_.find(tenancy.root) != nullptr || slip) return;
    Entity root;
    root.name = tenancy.root;
    root.origin = tenancy.origin;
    root.origin.rule = "pattern/tenancy";
    Field name;
    name.name = "name";
    name.required = true;
    name.origin = root.origin;
    root.fields.push_back(std::move(name));
    design_.entities.push_back(std::move(root));
    root_is_added_ = true;
    report(Severity::note, "design-tenant-added",
           "the tenant '" + tenancy.root + "' is new: every row belongs to one", tenancy.origin,
           "set tenant_scoped: false for what all tenants share");
  }

  /// The membership refers to its tenant and its person, whether or not the text said so.
  void link_membership(const Tenancy& tenancy) {
    for (const std::string& end : {tenancy.root, tenancy.actor}) {
      const bool linked = std::any_of(
          design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
            if (r.via == tenancy.member) return r.left.entity == end || r.right.entity == end;
            return (r.left.entity == tenancy.member && r.right.entity == end) ||
                   (r.left.entity == end && r.right.entity == tenancy.member);
          });
      if (linked) continue;
      Relationship link;
      link.left = {end, exactly_one, {}};
      link.right = {tenancy.member, many_optional, {}};
      link.on_delete = OnDelete::cascade;
      link.origin = tenancy.origin;
      link.origin.rule = "pattern/tenancy";
      design_.relationships.push_back(link);
    }
  }

  void add_junction_entity(const std::string& name, Origin origin, std::string rule) {
    if (design_.find(name) != nullptr) return;
    Entity entity;
    entity.name = name;
    entity.kind = EntityKind::junction;
    entity.origin = std::move(origin);
    entity.origin.rule = std::move(rule);
    design_.entities.push_back(std::move(entity));
  }

  void check_relationships() {
    std::erase_if(design_.relationships, [&](const Relationship& r) {
      const std::string what =
          "the relationship between '" + r.left.entity + "' and '" + r.right.entity + "'";
      const bool left = known(r.left.entity, what, r.origin);
      const bool right = known(r.right.entity, what, r.origin);
      return !left || !right;
    });
    for (Relationship& r : design_.relationships) {
      if (!r.left.multiplicity.many() || !r.right.multiplicity.many()) {
        if (!r.via.empty()) {
          report(Severity::warning, "design-needless-junction",
                 "'" + r.via + "' cannot link '" + r.left.entity + "' and '" + r.right.entity +
                     "': their relationship is not many to many",
                 r.origin, "make both sides many, or leave out the junction");
          r.via.clear();
        }
        continue;
      }
      complete_junction(r);
    }
  }

  void complete_junction(Relationship& r) {
    if (r.via.empty()) r.via = derived_junction_name(r);
    if (design_.find(r.via) == nullptr && !did_you_mean(r.via).empty() && r.via.size() > 3) {
      report(Severity::note, "design-new-junction",
             "the junction '" + r.via + "' is no entity of the design and was added", r.origin,
             did_you_mean(r.via));
    }
    add_junction_entity(r.via, r.origin, "pattern/junction");
  }

  static std::string derived_junction_name(const Relationship& r) {
    if (!r.right.role.empty()) return r.left.entity + pascal_case(singular_of(r.right.role));
    const std::string verb = r.label.substr(0, r.label.find(' '));
    if (r.left.entity == r.right.entity && !verb.empty())
      return r.left.entity + pascal_case(singular_of(verb));
    return r.left.entity + r.right.entity;
  }

  /// `Comment.subject -> Task | Project` becomes an entity Subject that both are one to one with.
  void make_supertypes() {
    std::vector<Entity> added;
    for (Entity& entity : design_.entities) {
      for (const PolymorphicReference& reference : entity.polymorphic) {
        const std::string super = supertype_for(entity, reference, added);
        Relationship refers;
        refers.left = {entity.name, many_optional, {}};
        refers.right = {super, reference.required ? exactly_one : zero_or_one, reference.name};
        refers.on_delete = reference.required ? OnDelete::cascade : OnDelete::set_null;
        refers.origin = added.back().origin;
        design_.relationships.push_back(refers);
      }
      entity.polymorphic.clear();
    }
    for (Entity& entity : added) {
      supertypes_.insert(entity.name);
      design_.entities.push_back(std::move(entity));
    }
  }

  /// Name of the supertype of a reference's targets: one that is there already for the same
  /// targets, or a new one at the end of `added`.
  std::string supertype_for(const Entity& entity, const PolymorphicReference& reference,
                            std::vector<Entity>& added) {
    Field kind;
    kind.name = "kind";
    kind.type.kind = FieldKind::enumeration;
    kind.required = true;
    for (const std::string& target : reference.targets)
      kind.type.values.push_back(snake_case(target));
    std::string name = pascal_case(reference.name);
    for (Entity& present : added) {
      if (present.name != name) continue;
      if (present.fields.front().type == kind.type) return name;
      name.insert(0, entity.name);
      break;
    }
    if (design_.find(name) != nullptr) name = entity.name + name;
    Entity super;
    super.name = name;
    super.origin = reference.origin;
    super.origin.rule = "pattern/polymorphic";
    kind.origin = super.origin;
    super.fields.push_back(kind);
    super.description =
        "One row for each of " + list_of_plurals(reference.targets) + ", for others to refer to";
    // The row is a part of what it stands for and has no life of its own.
    super.patterns.soft_delete = super.patterns.version = super.patterns.authors =
        super.patterns.audit = false;
    for (const std::string& target : reference.targets) {
      Relationship is;
      is.left = {target, zero_or_one, {}};
      is.right = {name, exactly_one, {}};
      is.origin = super.origin;
      design_.relationships.push_back(is);
    }
    added.push_back(std::move(super));
    return name;
  }

  void add_audit_log() {
    const bool wanted =
        design_.patterns.audit ||
        std::any_of(design_.entities.begin(), design_.entities.end(),
                    [](const Entity& e) { return e.patterns.audit.value_or(false); });
    const bool there = std::any_of(design_.entities.begin(), design_.entities.end(),
                                   [](const Entity& e) { return e.kind == EntityKind::audit_log; });
    if (!wanted || there) return;
    Entity* named = design_.find("AuditLog");
    if (named != nullptr) {
      named->kind = EntityKind::audit_log;
      return;
    }
    Entity entity;
    entity.name = "AuditLog";
    entity.kind = EntityKind::audit_log;
    entity.origin.rule = "pattern/audit";
    design_.entities.push_back(std::move(entity));
  }

  void check_denormalizations() {
    for (const Denormalization& d : design_.denormalizations) {
      const std::size_t dot = std::min(d.what.find('.'), d.what.size());
      const Entity* entity = design_.find(d.what.substr(0, dot));
      const std::string field = dot < d.what.size() ? d.what.substr(dot + 1) : "";
      if (entity != nullptr && (field.empty() || find_field(*entity, field) != nullptr)) continue;
      report(Severity::warning, "design-unknown-denormalization",
             "the denormalisation '" + d.what + "' names nothing in the design", d.origin,
             "write it as Entity.field");
    }
  }

  void report_empty_entities() {
    for (const Entity& entity : design_.entities) {
      const bool linked = std::any_of(
          design_.relationships.begin(), design_.relationships.end(), [&](const auto& r) {
            return r.left.entity == entity.name || r.right.entity == entity.name ||
                   r.via == entity.name;
          });
      const bool holds = !entity.fields.empty() || !entity.polymorphic.empty() || linked ||
                         !entity.subtype_of.empty() || entity.kind == EntityKind::audit_log;
      if (holds) continue;
      report(Severity::note, "design-empty-entity",
             "'" + entity.name + "' has no fields and no relationships", entity.origin,
             "say what is known about it, or leave it out");
    }
  }

  Design design_;
  std::set<std::string> supertypes_;
  bool root_is_added_ = false;
  DiagnosticSink& sink_;
};

}  // namespace

CompleteDesign complete(const Design& design, const ExpandOptions& options, DiagnosticSink& sink) {
  return Completion(design, options, sink).take();
}

}  // namespace relata::design
