#include "read/english/cross_cutting.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/rules.h"

namespace relata::english {
namespace {

using design::Design;
using design::Entity;
using design::Relationship;

class CrossCutting {
 public:
  CrossCutting(Design& design, const CrossCuttingInput& input) : design_(design), input_(input) {}

  void run() {
    member();
    for (const Need& need : input_.needs) {
      switch (need.kind) {
        case NeedKind::audit:
          audit(need);
          break;
        case NeedKind::soft_delete:
          scoped(need, design_.patterns.soft_delete, &design::EntityPatterns::soft_delete);
          break;
        case NeedKind::version:
          scoped(need, design_.patterns.version, &design::EntityPatterns::version);
          break;
        case NeedKind::authors:
          scoped(need, design_.patterns.authors, &design::EntityPatterns::authors);
          break;
        case NeedKind::history:
          history(need);
          break;
        case NeedKind::encryption:
          encrypt(need);
          break;
        case NeedKind::tenancy:
          break;
      }
    }
  }

 private:
  [[nodiscard]] Origin origin(std::string_view rule, Span span) const {
    const RuleDescription* description = find_rule(rule);
    return {input_.source, span, "english/" + std::string(rule),
            description == nullptr ? 0.5 : description->confidence};
  }

  [[nodiscard]] const Need* need(NeedKind kind) const {
    for (const Need& need : input_.needs) {
      if (need.kind == kind) return &need;
    }
    return nullptr;
  }

  /// The entities that a sentence names, or else the rest of its line.
  std::vector<Entity*> named(const Need& need) {
    std::vector<Entity*> found;
    const auto search = [&](const Sentence& sentence) {
      for (Entity& entity : design_.entities) {
        if (entity.kind == design::EntityKind::audit_log) continue;
        const std::vector<std::string> words = words_of(entity.name);
        for (std::size_t i = 0; i + words.size() <= sentence.size(); ++i) {
          bool same = true;
          for (std::size_t k = 0; k < words.size() && same; ++k)
            same =
                sentence[i + k].lower == words[k] || noun_lemma(sentence[i + k].lower) == words[k];
          if (!same) continue;
          if (std::find(found.begin(), found.end(), &entity) == found.end())
            found.push_back(&entity);
          break;
        }
      }
    };
    search(*need.sentence);
    if (found.empty() && need.line->tokens.size() <= 4) {
      for (const Sentence& sentence : need.line->tokens) search(sentence);
    }
    // The person who does it is not what it is done to.
    if (found.size() > 1) {
      std::erase_if(found, [&](const Entity* entity) { return entity->name == input_.actor; });
    }
    return found;
  }

  void scoped(const Need& need, bool& everywhere, std::optional<bool> design::EntityPatterns::*of) {
    const std::vector<Entity*> entities = named(need);
    const bool only_actor = entities.size() == 1 && entities.front()->name == input_.actor;
    if (entities.empty() || only_actor) {
      everywhere = true;
      return;
    }
    for (Entity* entity : entities) entity->patterns.*of = true;
  }

  void audit(const Need& need) {
    scoped(need, design_.patterns.audit, &design::EntityPatterns::audit);
    Entity* log = nullptr;
    for (Entity& entity : design_.entities) {
      if (entity.kind == design::EntityKind::audit_log || entity.name == "AuditLog" ||
          entity.name == "AuditTrail")
        log = &entity;
    }
    if (log == nullptr) {
      Entity entity;
      entity.name = "AuditLog";
      entity.origin = origin("audit", need.span);
      design_.entities.push_back(std::move(entity));
      log = &design_.entities.back();
    }
    log->kind = design::EntityKind::audit_log;
    const auto says = [&](std::string_view first, std::string_view second) {
      for (std::size_t i = 0; i + 1 < need.sentence->size(); ++i) {
        if ((*need.sentence)[i].lower == first && (*need.sentence)[i + 1].lower == second)
          return true;
      }
      return false;
    };
    if (says("ip", "address") && design::find_field(*log, "ip_address") == nullptr) {
      design::Field field;
      field.name = "ip_address";
      field.type.kind = design::FieldKind::ip_address;
      field.origin = origin("audit", need.span);
      log->fields.push_back(std::move(field));
    }
  }

  /// "Keep the history of prices": the columns that are named, or the whole rows.
  void history(const Need& need) {
    static constexpr std::string_view keeping[] = {
        "keep", "kept", "keeps", "track", "tracks", "tracked", "preserve", "retain", "know"};
    const bool kept = std::any_of(need.sentence->begin(), need.sentence->end(), [](const Token& t) {
      return std::find(std::begin(keeping), std::end(keeping), t.lower) != std::end(keeping);
    });
    if (!kept) return;
    for (Entity* entity : named(need)) {
      std::vector<std::string> fields;
      for (const design::Field& field : entity->fields) {
        const std::string last = words_of(field.name).back();
        for (const Token& token : *need.sentence) {
          if (noun_lemma(token.lower) == last &&
              std::find(fields.begin(), fields.end(), field.name) == fields.end())
            fields.push_back(field.name);
        }
      }
      if (fields.empty()) continue;
      entity->patterns.history = true;
      entity->patterns.history_fields = std::move(fields);
      return;
    }
  }

  /// Rule 49: the columns that the sentence names; personal data in general when it names none.
  void encrypt(const Need& need) {
    bool any = false;
    const bool personal =
        std::any_of(need.sentence->begin(), need.sentence->end(), [](const Token& t) {
          return t.lower == "personal" || t.lower == "sensitive" || t.lower == "private";
        });
    for (Entity& entity : design_.entities) {
      for (design::Field& field : entity.fields) {
        const std::vector<std::string> words = words_of(field.name);
        for (std::size_t i = 0; i + words.size() <= need.sentence->size(); ++i) {
          bool same = true;
          for (std::size_t k = 0; k < words.size() && same; ++k)
            same = noun_lemma((*need.sentence)[i + k].lower) == noun_lemma(words[k]);
          if (!same) continue;
          field.encrypted = any = true;
          break;
        }
      }
    }
    if (any || !personal) return;
    for (Entity& entity : design_.entities) {
      if (!look_up(words_of(entity.name).back()).person) continue;
      for (design::Field& field : entity.fields) {
        const auto kind = field.type.kind;
        const bool identity = field.name.find("address") != std::string::npos ||
                              field.name.find("birth") != std::string::npos ||
                              field.name.find("social_security") != std::string::npos ||
                              field.name.find("passport") != std::string::npos;
        if (kind == design::FieldKind::email || kind == design::FieldKind::phone || identity)
          field.encrypted = true;
      }
    }
  }

  /// Entities that stand directly below `entity` in the containment tree.
  [[nodiscard]] std::vector<std::string> children(const std::string& entity) const {
    std::vector<std::string> names;
    for (const Relationship& r : design_.relationships) {
      if (!r.via.empty() || r.right.multiplicity.many() || r.right.entity != entity) continue;
      if (r.left.entity != entity && r.left.entity != input_.actor) names.push_back(r.left.entity);
    }
    return names;
  }

  [[nodiscard]] bool contained(const std::string& entity) const {
    return std::any_of(
        design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
          return r.via.empty() && r.left.entity == entity && !r.right.multiplicity.many() &&
                 r.right.entity != input_.actor && r.right.entity != entity;
        });
  }

  [[nodiscard]] std::set<std::string> descendants(const std::string& root) const {
    std::set<std::string> reached{root};
    std::vector<std::string> open{root};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      for (const std::string& child : children(at)) {
        if (reached.insert(child).second) open.push_back(child);
      }
    }
    return reached;
  }

  [[nodiscard]] bool creates(const std::string& root) const {
    return std::any_of(design_.relationships.begin(), design_.relationships.end(),
                       [&](const Relationship& r) {
                         return r.left.entity == root && r.right.entity == input_.actor &&
                                r.origin.rule == "english/creates";
                       });
  }

  /// Whether something below the root refers to the actor other than as its author.
  [[nodiscard]] bool actor_below(const std::string& root) const {
    const std::set<std::string> below = descendants(root);
    return std::any_of(design_.relationships.begin(), design_.relationships.end(),
                       [&](const Relationship& r) {
                         const bool to_actor = r.right.entity == input_.actor;
                         return to_actor && r.left.entity != root &&
                                below.contains(r.left.entity) && r.origin.rule != "english/creates";
                       });
  }

  /// The top of the containment tree that the actor reaches.
  [[nodiscard]] std::string find_root() const {
    std::string best;
    std::size_t best_score = 0;
    for (const Entity& entity : design_.entities) {
      if (entity.name == input_.actor || entity.kind != design::EntityKind::regular) continue;
      if (contained(entity.name)) continue;
      const std::size_t size = descendants(entity.name).size();
      if (size < 2) continue;
      std::size_t score = size + (creates(entity.name) ? 100 : 0);
      const std::string head = words_of(entity.name).back();
      if (head == "tenant" || head == "workspace" || head == "organization" || head == "company" ||
          head == "account")
        score += 50;
      if (score > best_score) {
        best_score = score;
        best = entity.name;
      }
    }
    return best;
  }

  /// The entity that links the actor and the root, when the text speaks of one.
  [[nodiscard]] std::string known_member(const std::string& root) const {
    for (const Entity& entity : design_.entities) {
      bool to_root = false;
      bool to_actor = false;
      for (const Relationship& r : design_.relationships) {
        if (r.via == entity.name) {
          const bool straight = r.left.entity == root && r.right.entity == input_.actor;
          const bool crossed = r.right.entity == root && r.left.entity == input_.actor;
          if (straight || crossed) return entity.name;
        }
        if (r.left.entity != entity.name || r.right.multiplicity.many()) continue;
        to_root = to_root || r.right.entity == root;
        to_actor = to_actor || r.right.entity == input_.actor;
      }
      const bool named_so =
          entity.name.starts_with(root) || entity.name == "Member" || entity.name == "Membership";
      if (to_root && to_actor && named_so) return entity.name;
    }
    return {};
  }

  void member() {
    const Need* tenancy = need(NeedKind::tenancy);
    const std::string root = find_root();
    std::string member;
    if (!root.empty() && !input_.actor.empty()) {
      member = known_member(root);
      const bool wanted = tenancy != nullptr || (creates(root) && actor_below(root));
      if (member.empty() && wanted) member = make_member(root, tenancy);
      if (!member.empty()) {
        std::erase_if(design_.relationships, [&](const Relationship& r) {
          return r.left.entity == root && r.right.entity == input_.actor &&
                 r.origin.rule == "english/creates";
        });
      }
    }
    if (tenancy == nullptr || root.empty()) return;
    design::Tenancy found;
    found.root = root;
    found.member = member;
    found.actor = input_.actor;
    found.origin = origin("tenancy", tenancy->span);
    design_.patterns.tenancy = std::move(found);
  }

  std::string make_member(const std::string& root, const Need* tenancy) {
    const auto place = std::find_if(design_.entities.begin(), design_.entities.end(),
                                    [&](const Entity& entity) { return entity.name == root; });
    const Span span = tenancy != nullptr ? tenancy->span : place->origin.span;
    Entity entity;
    entity.name = root + "Member";
    if (design_.find(entity.name) != nullptr) return {};
    entity.kind = design::EntityKind::junction;
    entity.origin = origin("membership", span);
    design::Field role;
    role.name = "role";
    role.required = true;
    role.type.kind = design::FieldKind::enumeration;
    role.type.values = {"owner", "admin", "member"};
    role.default_value = "member";
    role.origin = entity.origin;
    entity.fields.push_back(std::move(role));
    Relationship relationship;
    relationship.left = {root, design::many_optional, ""};
    relationship.right = {input_.actor, design::many_optional, ""};
    relationship.via = entity.name;
    relationship.label = "has member";
    relationship.origin = entity.origin;
    const std::string name = entity.name;
    design_.entities.insert(place + 1, std::move(entity));
    design_.relationships.push_back(std::move(relationship));
    return name;
  }

  Design& design_;
  const CrossCuttingInput& input_;
};

}  // namespace

void apply_cross_cutting(Design& design, const CrossCuttingInput& input) {
  CrossCutting(design, input).run();
}

}  // namespace relata::english
