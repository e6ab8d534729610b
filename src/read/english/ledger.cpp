#include "read/english/ledger.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "design/notation.h"
#include "design/short_forms.h"
#include "read/english/attribute.h"
#include "read/english/lexicon.h"

namespace relata::english {
namespace {

using design::Design;
using design::Entity;
using design::Field;
using design::FieldKind;
using design::Relationship;

constexpr std::size_t most_entries = 12;
constexpr std::size_t most_alike = 3;

/// "order line": how a sentence speaks of OrderLine.
std::string spoken(std::string_view name) { return replace_all(snake_case(name), "_", " "); }

std::string article(const std::string& noun) {
  // "A user", "a unit", "a European": the sound decides.
  const bool you = noun.starts_with("us") || noun.starts_with("uni") || noun.starts_with("eu");
  const bool vowel =
      !noun.empty() && !you && std::string_view("aeiou").find(noun[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

/// "A, B and C"; of many the first few and how many more.
std::string listed(const std::vector<std::string>& names, std::size_t most = 5) {
  std::string text;
  const std::size_t shown = names.size() > most + 1 ? most : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

bool holds_rows(const Entity& entity) { return entity.kind != design::EntityKind::audit_log; }

bool is_link(const Relationship& r) {
  return r.left.multiplicity.many() && r.right.multiplicity.many();
}

class Ledger {
 public:
  explicit Ledger(Design& design) : design_(design) {}

  void write() {
    tenancy();
    links();
    cascades();
    moments();
    guessed_presence();
    weak_references();
    if (design_.assumptions.size() > most_entries) design_.assumptions.resize(most_entries);
    open_values();
    open_entities();
    open_secrets();
    if (design_.questions.size() > most_entries) design_.questions.resize(most_entries);
    derived();
  }

 private:
  void assume(std::string decided, std::string alternative, std::string change, Origin origin) {
    design_.assumptions.push_back(
        {std::move(decided), std::move(alternative), std::move(change), std::move(origin)});
  }

  void ask(std::string text, std::string effect, Origin origin) {
    design_.questions.push_back({std::move(text), std::move(effect), std::move(origin)});
  }

  /// Whose rows are kept apart, and who may see them.
  void tenancy() {
    if (!design_.patterns.tenancy) return;
    const design::Tenancy& tenancy = *design_.patterns.tenancy;
    const std::string root = spoken(tenancy.root);
    assume(
        "Each " + root + " is a tenant: its rows are kept apart from those of every other " + root,
        "another entity is the tenant, or rows are shared by all",
        "tenancy: {root: " + other_root(tenancy.root) + "}  # under patterns", tenancy.origin);
    if (tenancy.member.empty()) return;
    const Entity* member = design_.find(tenancy.member);
    const std::string actor = spoken(tenancy.actor);
    assume(article_upper(actor) + " can be a member of several " + plural_of(root) +
               ", with a role in each (" + tenancy.member + ")",
           "each " + actor + " belongs to exactly one " + root,
           "- " + tenancy.actor +
               " *\xE2\x94\x80\xE2\x94\x80"
               "1 " +
               tenancy.root + "  # under relationships; leave out tenancy.member",
           member == nullptr ? tenancy.origin : member->origin);
  }

  static std::string article_upper(const std::string& noun) {
    std::string text = article(noun);
    text.front() = 'A';
    return text;
  }

  /// The largest other entity that could be the tenant, as the line's example.
  [[nodiscard]] std::string other_root(const std::string& root) const {
    std::string best = root;
    std::size_t most = 0;
    for (const Entity& entity : design_.entities) {
      if (entity.name == root || entity.kind != design::EntityKind::regular ||
          look_up(words_of(entity.name).back()).person)
        continue;
      const auto children = static_cast<std::size_t>(std::count_if(
          design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
            return !is_link(r) && !r.right.multiplicity.many() && r.right.entity == entity.name;
          }));
      if (children > most) {
        most = children;
        best = entity.name;
      }
    }
    return best;
  }

  /// Many to many where the words would also bear one to many.
  void links() {
    std::size_t alike = 0;
    for (const Relationship& r : design_.relationships) {
      if (!is_link(r) || r.origin.confidence >= 0.85) continue;
      const bool membership = design_.patterns.tenancy && r.via == design_.patterns.tenancy->member;
      if (membership || ++alike > most_alike) continue;
      const std::string left = spoken(r.left.entity);
      const std::string right = spoken(r.right.role.empty() ? r.right.entity : r.right.role);
      Relationship single = r;
      single.via.clear();
      single.label.clear();
      if (!r.right.role.empty()) {
        // A role is a person in relation to the thing: then one is the likely alternative.
        single.right.multiplicity = design::zero_or_one;
        assume(article_upper(left) + " can have several " + plural_of(right) + via(r),
               "at most one " + right + " for each " + left,
               "- " + design::arrow(single) + "  # under relationships", r.origin);
      } else {
        single.left = r.right;
        single.right = r.left;
        single.right.multiplicity = design::exactly_one;
        assume(article_upper(right) + " is shared between " + plural_of(left) + via(r),
               "each " + left + " has " + plural_of(right) + " of its own",
               "- " + design::arrow(single) + "  # under relationships", r.origin);
      }
    }
  }

  static std::string via(const Relationship& r) { return r.via.empty() ? "" : " (" + r.via + ")"; }

  /// What goes with its owner when that is deleted.
  void cascades() {
    std::vector<std::string> parts;
    const Relationship* first = nullptr;
    for (const Relationship& r : design_.relationships) {
      if (is_link(r) || r.right.multiplicity.many() || r.right.multiplicity.minimum == 0) continue;
      const bool contains = r.label == "contain" || r.label == "have" || r.label == "has" ||
                            r.label == "contains" || r.identifying;
      if (!contains || r.on_delete != design::OnDelete::unspecified) continue;
      if (first == nullptr) first = &r;
      parts.push_back(plural_of(spoken(r.left.entity)) + " with their " + spoken(r.right.entity));
    }
    if (first == nullptr) return;
    Relationship kept = *first;
    kept.on_delete = design::OnDelete::restrict;
    assume("Parts are deleted with their whole: " + listed(parts),
           "the whole cannot be deleted while it has parts",
           "- " + design::arrow(kept) + "  # under relationships", first->origin);
  }

  /// Whether a date has a time of day.
  void moments() {
    std::vector<std::string> names;
    const Entity* owner = nullptr;
    const Field* first = nullptr;
    for (const Entity& entity : design_.entities) {
      for (const Field& field : entity.fields) {
        const bool open = field.name == "due_date" || field.name == "deadline" ||
                          field.name == "departure" || field.name == "arrival";
        if (!open ||
            (field.type.kind != FieldKind::timestamp && field.type.kind != FieldKind::date))
          continue;
        if (first != nullptr && first->type.kind != field.type.kind) continue;
        if (first == nullptr) {
          owner = &entity;
          first = &field;
        }
        names.push_back(entity.name + "." + field.name);
      }
    }
    if (first == nullptr) return;
    const bool moment = first->type.kind == FieldKind::timestamp;
    assume(listed(names) + (moment ? " is a moment, with a time of day and a time zone"
                                   : " is a day of the calendar, without a time"),
           moment ? "a day of the calendar" : "a moment with a time of day",
           first->name + ": " + (moment ? "date" : "timestamp") + "  # under " + owner->name +
               ".fields",
           first->origin);
  }

  /// The text rarely says what must be filled in.
  void guessed_presence() {
    std::vector<std::string> optional;
    const Entity* owner = nullptr;
    const Field* first = nullptr;
    for (const Entity& entity : design_.entities) {
      for (const Field& field : entity.fields) {
        if (field.required || field.type.kind == FieldKind::boolean) continue;
        if (first == nullptr) {
          owner = &entity;
          first = &field;
        }
        optional.push_back(entity.name + "." + field.name);
      }
    }
    if (first == nullptr) return;
    Field line = *first;
    line.required = true;
    assume("What the text does not call required may be empty: " + listed(optional),
           "a row must have it",
           line.name + ": " + design::field_form(line) + "  # under " + owner->name + ".fields",
           first->origin);
  }

  /// References that only a verb suggested.
  void weak_references() {
    std::vector<const Relationship*> weak;
    for (const Relationship& r : design_.relationships) {
      // What must be there is what the text counts; a guess is that there is at most one.
      if (!is_link(r) && r.origin.confidence < 0.7 && r.right.multiplicity.minimum == 0 &&
          !r.right.multiplicity.many() && r.origin.rule.starts_with("english/"))
        weak.push_back(&r);
    }
    std::stable_sort(weak.begin(), weak.end(), [](const Relationship* a, const Relationship* b) {
      return a->origin.confidence < b->origin.confidence;
    });
    if (weak.size() > most_alike) weak.resize(most_alike);
    for (const Relationship* r : weak) {
      Relationship many = *r;
      many.left.multiplicity = many.right.multiplicity = design::many_optional;
      many.label.clear();
      const std::string one = spoken(r->right.role.empty() ? r->right.entity : r->right.role);
      assume(article_upper(spoken(r->left.entity)) + " has " +
                 (r->right.multiplicity.minimum > 0 ? "exactly one " : "at most one ") + one,
             "several " + plural_of(one), "- " + design::arrow(many) + "  # under relationships",
             r->origin);
    }
  }

  /// A status whose values nobody named can hold anything.
  void open_values() {
    constexpr std::array<std::string_view, 8> carriers{"status",   "state",    "type", "priority",
                                                       "severity", "category", "role", "kind"};
    struct Open {
      std::string name;
      const Field* field;
    };
    std::vector<Open> open;
    for (const std::string_view carrier : carriers) {
      for (const Entity& entity : design_.entities) {
        for (const Field& field : entity.fields) {
          const std::vector<std::string> words = words_of(field.name);
          if (field.type.kind != FieldKind::text || words.empty() || words.back() != carrier ||
              (carrier == "state" && design::find_field(entity, "city") != nullptr))
            continue;
          open.push_back({entity.name + "." + field.name, &field});
        }
      }
    }
    const std::string effect = "any text is accepted";
    std::vector<std::string> rest;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (i < most_alike || open.size() == most_alike + 1) {
        ask("Which values can " + open[i].name + " take?", effect, open[i].field->origin);
      } else {
        rest.push_back(open[i].name);
      }
    }
    if (!rest.empty())
      ask("Which values can " + listed(rest) + " take?", effect, open[most_alike].field->origin);
  }

  /// Things of which nothing is known but that they exist.
  void open_entities() {
    std::vector<std::string> bare;
    std::vector<std::string> alone;
    const Entity* first_bare = nullptr;
    const Entity* first_alone = nullptr;
    for (const Entity& entity : design_.entities) {
      if (!holds_rows(entity) || entity.kind == design::EntityKind::junction) continue;
      const bool linked = std::any_of(
          design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
            return r.left.entity == entity.name || r.right.entity == entity.name;
          });
      if (entity.fields.empty() && entity.subtype_of.empty()) {
        if (first_bare == nullptr) first_bare = &entity;
        bare.push_back(entity.name);
      } else if (!linked && entity.subtype_of.empty() && entity.polymorphic.empty() &&
                 design_.entities.size() > 2) {
        if (first_alone == nullptr) first_alone = &entity;
        alone.push_back(entity.name);
      }
    }
    if (first_bare != nullptr)
      ask("What is known of " + listed(bare) + "?",
          bare.size() == 1 ? "its table holds no data of its own"
                           : "their tables hold no data of their own",
          first_bare->origin);
    if (first_alone != nullptr)
      ask("How " + std::string(alone.size() == 1 ? "does " : "do ") + listed(alone) +
              " relate to the rest?",
          "no other table refers to " + std::string(alone.size() == 1 ? "it" : "them"),
          first_alone->origin);
  }

  /// Personal data whose protection the text does not settle.
  void open_secrets() {
    std::vector<std::string> names;
    const Field* first = nullptr;
    for (const Entity& entity : design_.entities) {
      for (const Field& field : entity.fields) {
        // A hash is no secret to keep readable in the first place.
        const bool hashed = field.name.find("hash") != std::string::npos;
        if (field.encrypted || hashed || !is_sensitive_name(field.name)) continue;
        if (first == nullptr) first = &field;
        names.push_back(entity.name + "." + field.name);
      }
    }
    if (first == nullptr) return;
    ask("Must " + listed(names) + " be encrypted?", "stored readable", first->origin);
  }

  /// A derived value that is stored is a deliberate departure from normal form.
  void derived() {
    for (const Entity& entity : design_.entities) {
      for (const Field& field : entity.fields) {
        const bool stated = field.derived.find("total of") == std::string::npos;
        if (field.derived.empty() || !stated) continue;
        const std::string what = entity.name + "." + field.name;
        const bool known =
            std::any_of(design_.denormalizations.begin(), design_.denormalizations.end(),
                        [&](const design::Denormalization& d) { return d.what == what; });
        if (known) continue;
        design_.denormalizations.push_back(
            {what, "kept beside what it is calculated from, so that reading needs no calculation",
             field.origin});
      }
    }
  }

  Design& design_;
};

}  // namespace

void write_ledgers(Design& design) { Ledger(design).write(); }

}  // namespace relata::english
