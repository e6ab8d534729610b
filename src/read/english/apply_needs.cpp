#include "read/english/apply_needs.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "read/english/attribute.h"
#include "read/english/mention.h"
#include "read/english/rules.h"

namespace relata::english {
namespace {

using design::Design;
using design::Entity;
using design::Field;
using design::FieldKind;
using design::Relationship;

std::string_view rule_of(NeedKind kind) {
  switch (kind) {
    case NeedKind::audit:
      return "audit";
    case NeedKind::tenancy:
      return "tenancy";
    case NeedKind::soft_delete:
      return "soft-delete";
    case NeedKind::optimistic_locking:
      return "optimistic-locking";
    case NeedKind::authors:
      return "authors";
    case NeedKind::history:
      return "history";
    case NeedKind::encryption:
      return "encryption";
    case NeedKind::index:
      return "index-wish";
    case NeedKind::unique:
    case NeedKind::unique_pair:
      return "unique-within";
    case NeedKind::default_value:
      return "default";
    case NeedKind::values:
      return "values";
    case NeedKind::derived:
      return "derived";
    case NeedKind::polymorphic:
      return "polymorphic";
    case NeedKind::subtypes:
      return "subtype";
    case NeedKind::range:
      return "range";
  }
  return "";
}

/// Words that mean the whole design: "every change to all records".
bool names_everything(const Need& need) {
  constexpr std::array<std::string_view, 14> words{
      "record", "records", "row",    "rows",     "everything", "data",   "anything",
      "table",  "tables",  "object", "entities", "all",        "entity", "objects"};
  for (std::size_t i = need.things.begin; i < need.things.end; ++i) {
    if (std::find(words.begin(), words.end(), need.words[i].lower) != words.end()) return true;
  }
  return false;
}

class Application {
 public:
  Application(Design& design, const NeedsOfText& text) : design_(design), text_(text) {}

  /// A need may add columns and entities: the names are read again when it did.
  void apply(const Need& need) {
    need_ = &need;
    names_.update(design_);
    switch (need.kind) {
      case NeedKind::audit:
      case NeedKind::soft_delete:
      case NeedKind::optimistic_locking:
      case NeedKind::authors:
        apply_pattern();
        break;
      case NeedKind::tenancy:
        break;
      case NeedKind::history:
        apply_history();
        break;
      case NeedKind::encryption:
        apply_encryption();
        break;
      case NeedKind::index:
        apply_index();
        break;
      case NeedKind::unique:
        apply_unique();
        break;
      case NeedKind::unique_pair:
        apply_unique_pair();
        break;
      case NeedKind::default_value:
        apply_default();
        break;
      case NeedKind::values:
        apply_values();
        break;
      case NeedKind::derived:
        apply_derived();
        break;
      case NeedKind::polymorphic:
        apply_polymorphic();
        break;
      case NeedKind::subtypes:
        apply_subtypes();
        break;
      case NeedKind::range:
        apply_range();
        break;
    }
  }

 private:
  [[nodiscard]] Origin origin() const {
    const RuleDescription* rule = find_rule(rule_of(need_->kind));
    return {text_.source, need_->span(), "english/" + std::string(rule_of(need_->kind)),
            rule == nullptr ? 0.75 : rule->confidence};
  }

  [[nodiscard]] std::vector<Target> targets(WordRange range, const std::string& owner = {}) const {
    return names_.targets(need_->words, range, owner);
  }

  void apply_pattern() {
    std::vector<std::string> entities;
    for (const Target& target : targets(need_->things)) {
      const Entity* entity = design_.find(target.entity);
      if (entity == nullptr || entity->kind == design::EntityKind::audit_log) continue;
      if (std::find(entities.begin(), entities.end(), target.entity) == entities.end())
        entities.push_back(target.entity);
    }
    // "In a log with who made it" speaks of the log.
    if (entities.empty() && need_->kind == NeedKind::authors && !names_everything(*need_)) return;
    // A long list of words that are no entities is a misreading rather than "everything".
    if (entities.empty() && (need_->things.empty() || names_everything(*need_) ||
                             need_->things.end - need_->things.begin <= 3)) {
      design::Patterns& patterns = design_.patterns;
      if (need_->kind == NeedKind::audit) patterns.audit = true;
      if (need_->kind == NeedKind::soft_delete) patterns.soft_delete = true;
      if (need_->kind == NeedKind::optimistic_locking) patterns.version = true;
      if (need_->kind == NeedKind::authors) patterns.authors = true;
    }
    for (const std::string& name : entities) {
      design::EntityPatterns& patterns = design_.find(name)->patterns;
      if (need_->kind == NeedKind::audit) patterns.audit = true;
      if (need_->kind == NeedKind::soft_delete) patterns.soft_delete = true;
      if (need_->kind == NeedKind::optimistic_locking) patterns.version = true;
      if (need_->kind == NeedKind::authors) patterns.authors = true;
    }
    if (need_->kind == NeedKind::audit) add_audit_log();
  }

  void add_audit_log() {
    const bool there =
        std::any_of(design_.entities.begin(), design_.entities.end(),
                    [](const Entity& e) { return e.kind == design::EntityKind::audit_log; });
    if (there) return;
    if (Entity* named = design_.find("AuditLog")) {
      named->kind = design::EntityKind::audit_log;
      return;
    }
    Entity log;
    log.name = "AuditLog";
    log.kind = design::EntityKind::audit_log;
    log.origin = origin();
    design_.entities.push_back(std::move(log));
  }

  void apply_history() {
    std::vector<Target> found = targets(need_->things);
    link_named_entities(found);
    for (const Target& target : found) {
      design::EntityPatterns& patterns = design_.find(target.entity)->patterns;
      const bool whole_already = patterns.history == true && patterns.history_fields.empty();
      patterns.history = true;
      if (target.whole()) {
        patterns.history_fields.clear();
      } else if (!whole_already &&
                 std::find(patterns.history_fields.begin(), patterns.history_fields.end(),
                           target.field) == patterns.history_fields.end()) {
        patterns.history_fields.push_back(target.field);
      }
    }
  }

  /// "The history of each vehicle's driver": the vehicle has a driver, though nothing said so yet.
  void link_named_entities(std::vector<Target>& found) {
    for (std::size_t i = 0; i + 1 < found.size(); ++i) {
      const Target& owner = found[i];
      const Target& other = found[i + 1];
      const bool possessive = owner.end + 1 == other.begin && need_->words[owner.end].lower == "'s";
      if (!owner.whole() || !other.whole() || !possessive || owner.entity == other.entity) continue;
      // "Drivers are assigned to vehicles" says the same from the other side.
      const auto same = std::find_if(
          design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
            return r.left.entity == other.entity && r.right.entity == owner.entity &&
                   r.right.multiplicity == design::zero_or_one && r.right.role.empty();
          });
      const Entity& far = *design_.find(other.entity);
      if (same != design_.relationships.end() && far.keys.empty() && far.indexes.empty()) {
        names_.forget(*same);
        design_.relationships.erase(same);
      }
      Relationship link;
      link.left = {owner.entity, design::many_optional, ""};
      link.right = {other.entity, design::zero_or_one, ""};
      link.label = "has";
      link.origin = origin();
      design_.relationships.push_back(std::move(link));
      Target merged{owner.entity, snake_case(other.entity), owner.begin, other.end};
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      found[i] = merged;
    }
  }

  void apply_encryption() {
    for (const Target& target : targets(need_->things)) {
      Entity& entity = *design_.find(target.entity);
      for (Field& field : entity.fields) {
        if (target.whole() ? is_sensitive_name(field.name) : field.name == target.field)
          field.encrypted = true;
      }
    }
  }

  /// Adds an index once.
  void add_index(Entity& entity, const std::vector<std::string>& fields) {
    if (fields.empty()) return;
    std::vector<std::string> once;
    for (const std::string& field : fields) {
      if (std::find(once.begin(), once.end(), field) == once.end()) once.push_back(field);
    }
    for (const design::IndexWish& known : entity.indexes) {
      if (known.fields == once) return;
    }
    if (once.size() == 1) {
      const Field* only = design::find_field(entity, once.front());
      if (only != nullptr && only->unique) return;  // its key serves
    }
    design::IndexWish wish;
    wish.fields = std::move(once);
    wish.origin = origin();
    entity.indexes.push_back(std::move(wish));
  }

  void apply_index() {
    const std::vector<Target> things = targets(need_->things);
    if (things.empty()) return;
    if (need_->fields.empty()) {
      for (const Target& target : things) index_due_date(*design_.find(target.entity));
      return;
    }
    for (const Target& target : things) {
      if (!target.whole()) continue;
      Entity& entity = *design_.find(target.entity);
      for (std::vector<std::string>& fields : wished_fields(entity.name)) add_index(entity, fields);
    }
  }

  /// "List overdue tasks" searches by the date on which they are due.
  void index_due_date(Entity& entity) {
    for (const Field& field : entity.fields) {
      if (field.name == "due_date" || field.name == "deadline" || field.name == "due_at" ||
          field.name == "return_date" || field.name == "expected_return_date") {
        add_index(entity, {field.name});
        return;
      }
    }
  }

  /// "status within a project, and by due date" gives {project, status} and {due_date}; "title or
  /// author" are two.
  [[nodiscard]] std::vector<std::vector<std::string>> wished_fields(
      const std::string& entity) const {
    std::vector<std::vector<std::string>> wishes;
    std::vector<std::string> fields;
    std::vector<std::string> owners;
    std::vector<std::string> phrase;
    bool within = false;
    bool descending = false;
    const auto end_phrase = [&] {
      const std::string field = names_.field_of(entity, phrase);
      phrase.clear();
      if (field.empty()) return;
      if (within) {
        owners.push_back(field);
      } else {
        fields.push_back((descending ? "-" : "") + field);
      }
      descending = false;
    };
    const auto end_wish = [&] {
      end_phrase();
      fields.insert(fields.begin(), owners.begin(), owners.end());
      if (!fields.empty()) wishes.push_back(fields);
      fields.clear();
      owners.clear();
      within = false;
    };
    for (std::size_t i = need_->fields.begin; i < need_->fields.end; ++i) {
      const std::string& word = need_->words[i].lower;
      const bool by = i + 1 < need_->fields.end && need_->words[i + 1].lower == "by";
      if (word == "by" || (by && (word == "and" || word == ","))) {
        end_wish();
      } else if (word == "or") {
        end_wish();
      } else if (word == "and" || word == "," || word == "then") {
        end_phrase();
      } else if (word == "within" || word == "inside" || word == "per" ||
                 (word == "in" && i + 1 < need_->fields.end)) {
        end_phrase();
        within = true;
      } else if (word == "descending" || word == "newest" || word == "latest") {
        descending = true;
      } else if (word == "so" || word == "when" || word == "to" || word == "for" ||
                 word == "which" || word == "that" || word == "with") {
        break;
      } else {
        phrase.push_back(word);
      }
    }
    end_wish();
    return wishes;
  }

  void apply_unique() {
    if (need_->within.empty() && need_->things.empty()) {
      unique_fields();
      return;
    }
    // "No two rooms in the same building share the same number", "labels' names within a workspace"
    const std::vector<Target> owners = targets(scope_of_unique());
    std::vector<Target> fields;
    if (!need_->things.empty()) {
      const std::vector<Target> things = targets(need_->things);
      if (things.empty()) return;
      for (Target& field : targets(need_->fields, things.front().entity)) {
        if (!field.whole() && field.entity == things.front().entity) fields.push_back(field);
      }
    } else {
      fields = nearest_fields(targets(need_->fields));
    }
    if (fields.empty()) return;
    const std::string entity = fields.front().entity;
    std::vector<std::string> key;
    for (const Target& owner : owners) {
      if (owner.entity == entity && !owner.whole()) {
        key.push_back(owner.field);
      } else if (owner.entity != entity) {
        key.push_back(reference_to(entity, owner.entity));
      }
    }
    for (const Target& field : fields) {
      if (field.entity == entity) key.push_back(field.field);
    }
    add_key(*design_.find(entity), key);
  }

  /// "A number, which is unique within its building, and a capacity": the comma ends the aside.
  [[nodiscard]] WordRange scope_of_unique() const {
    WordRange scope = need_->within;
    const WordRange& fields = need_->fields;
    if (fields.empty() || need_->words[fields.end - 1].lower != "which") return scope;
    for (std::size_t i = scope.begin; i < scope.end; ++i) {
      if (need_->words[i].lower == ",") scope.end = i;
    }
    return scope;
  }

  /// Of the names before "is unique within", the coordination nearest to it.
  [[nodiscard]] std::vector<Target> nearest_fields(std::vector<Target> found) const {
    std::erase_if(found, [](const Target& t) { return t.whole(); });
    std::vector<Target> result;
    for (std::size_t i = found.size(); i-- > 0;) {
      if (!result.empty() && result.front().begin - found[i].end > 2) break;
      result.insert(result.begin(), found[i]);
      // "a room has a floor and a number, which is unique": only the last.
      break;
    }
    return result;
  }

  /// How an entity refers to another one; a missing reference is added.
  std::string reference_to(const std::string& from, const std::string& to) {
    for (const Relationship& r : design_.relationships) {
      if (r.left.entity == from && r.right.entity == to && !r.right.multiplicity.many())
        return r.right.role.empty() ? snake_case(to) : r.right.role;
      if (r.right.entity == from && r.left.entity == to && !r.left.multiplicity.many())
        return r.left.role.empty() ? snake_case(to) : r.left.role;
    }
    Relationship link;
    link.left = {from, design::many_optional, ""};
    link.right = {to, design::exactly_one, ""};
    link.origin = origin();
    design_.relationships.push_back(std::move(link));
    return snake_case(to);
  }

  void add_key(Entity& entity, const std::vector<std::string>& fields) {
    std::vector<std::string> once;
    for (const std::string& field : fields) {
      if (std::find(once.begin(), once.end(), field) == once.end()) once.push_back(field);
    }
    if (once.size() < 2) return;
    for (const std::string& name : once) {
      // What is unique together is not unique alone.
      for (Field& field : entity.fields) {
        if (field.name != name) continue;
        field.unique = false;
        field.required = true;
      }
    }
    const auto same = [&](const design::UniqueKey& known) {
      std::vector<std::string> a = known.fields;
      std::vector<std::string> b = once;
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      return a == b;
    };
    if (std::any_of(entity.keys.begin(), entity.keys.end(), same)) return;
    design::UniqueKey key;
    key.fields = std::move(once);
    key.origin = origin();
    entity.keys.push_back(std::move(key));
  }

  void unique_fields() {
    bool combination = false;
    for (std::size_t i = need_->matched.begin; i < need_->matched.end; ++i)
      combination = combination || need_->words[i].lower == "combination";
    const std::vector<Target> found = targets(need_->fields);
    if (combination) {
      std::vector<std::string> key;
      std::string entity;
      for (const Target& target : found) {
        if (target.whole()) continue;
        if (entity.empty()) entity = target.entity;
        if (entity == target.entity) key.push_back(target.field);
      }
      if (!entity.empty()) add_key(*design_.find(entity), key);
      return;
    }
    for (const Target& target : found) {
      if (target.whole()) continue;
      for (Field& field : design_.find(target.entity)->fields) {
        if (field.name == target.field) field.unique = field.required = true;
      }
    }
  }

  /// For every entity, the names of its references to these entities, one for each at most.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> references_to_each(
      const std::vector<std::string>& named) const {
    std::map<std::string, std::vector<std::string>> keys;
    for (const std::string& other : named) {
      std::set<std::string> seen{other};
      const auto add = [&](const std::string& entity, const std::string& role) {
        if (entity.empty() || !seen.insert(entity).second) return;
        keys[entity].push_back(role.empty() ? snake_case(other) : role);
      };
      for (const Relationship& r : design_.relationships) {
        if (r.left.entity == other) add(r.via, r.left.role);
        if (r.right.entity != other) continue;
        add(r.via, r.right.role);
        if (!r.right.multiplicity.many()) add(r.left.entity, r.right.role);
      }
    }
    return keys;
  }

  /// "A customer reviews a product only once": the entity that refers to both is unique for them.
  void apply_unique_pair() {
    std::vector<std::string> named;
    for (const Target& target : targets({need_->matched.begin, need_->matched.end})) {
      if (target.whole() && std::find(named.begin(), named.end(), target.entity) == named.end())
        named.push_back(target.entity);
    }
    if (named.size() < 2) return;
    const std::map<std::string, std::vector<std::string>> keys = references_to_each(named);
    Entity* best = nullptr;
    std::vector<std::string> best_key;
    for (Entity& entity : design_.entities) {
      const auto found = keys.find(entity.name);
      if (found == keys.end() || found->second.size() < 2) continue;
      const std::vector<std::string>& key = found->second;
      const bool is_named = std::find(named.begin(), named.end(), entity.name) != named.end();
      if (key.size() > best_key.size() || (key.size() == best_key.size() && is_named)) {
        best = &entity;
        best_key = key;
      }
    }
    if (best != nullptr) add_key(*best, best_key);
  }

  /// The field that a need speaks of, or that the sentence before spoke of.
  Field* subject_field() {
    std::vector<Target> found = targets(need_->things);
    if (found.empty() || found.back().whole()) {
      const std::vector<Target> named = found;
      found.clear();
      if (need_->things.empty() || named.empty()) {
        found = names_.targets(need_->context, {0, need_->context.size()});
        std::erase_if(found, [](const Target& t) { return t.whole(); });
      }
    }
    std::erase_if(found, [](const Target& t) { return t.whole(); });
    if (found.empty()) return nullptr;
    const Target& target = need_->things.empty() ? found.front() : found.back();
    for (Field& field : design_.find(target.entity)->fields) {
      if (field.name == target.field) return &field;
    }
    return nullptr;
  }

  void apply_default() {
    Field* field = subject_field();
    if (field == nullptr) return;
    const std::string& text = need_->values.front();
    const bool plain_number = text.find_first_not_of("0123456789.-") == std::string::npos;
    const std::vector<std::string> stored = stored_values({text});
    if (plain_number) {
      field->default_value = text;
    } else if (!stored.empty()) {
      field->default_value = stored.front();
    }
    if (field->type.kind == FieldKind::boolean)
      field->default_value = text == "yes" || text == "true" ? "true" : "false";
  }

  void apply_values() {
    Field* field = subject_field();
    if (field == nullptr) {
      field = new_value_field();
      if (field == nullptr) return;
    }
    const bool open =
        field->type.kind == FieldKind::text || (field->type.kind == FieldKind::enumeration &&
                                                field->type.values.size() < need_->values.size());
    if (!open) return;
    field->type = {};
    field->type.kind = FieldKind::enumeration;
    field->type.values = stored_values(need_->values);
    field->required = true;
  }

  /// "The priority of a task is one of ...": the task has a priority, though no list named it.
  Field* new_value_field() {
    const WordRange range = need_->things;
    std::size_t of = range.begin;
    while (of < range.end && need_->words[of].lower != "of" && need_->words[of].lower != "'s") ++of;
    if (of == range.begin || of + 1 >= range.end) return nullptr;
    const bool possessive = need_->words[of].lower == "'s";
    const WordRange owner_range =
        possessive ? WordRange{range.begin, of} : WordRange{of, range.end};
    const WordRange name_range =
        possessive ? WordRange{of + 1, range.end} : WordRange{range.begin, of};
    const std::vector<Target> owner = targets(owner_range);
    if (owner.size() != 1 || !owner.front().whole()) return nullptr;
    AttributePhrase phrase;
    phrase.owner = owner.front().entity;
    for (std::size_t i = name_range.begin; i < name_range.end; ++i)
      phrase.words.push_back(need_->words[i].lower);
    if (phrase.words.size() > 4) return nullptr;
    Field field = read_attribute(phrase).field;
    if (field.name.empty()) return nullptr;
    field.origin = origin();
    Entity& entity = *design_.find(owner.front().entity);
    entity.fields.push_back(std::move(field));
    return &entity.fields.back();
  }

  /// "The total amount of an order is calculated from its lines."
  void apply_derived() {
    Field* field = subject_field();
    if (field == nullptr) field = new_value_field();
    if (field == nullptr) return;
    std::string how = "calculated from";
    for (std::size_t i = need_->value.begin; i < need_->value.end; ++i)
      how += " " + need_->words[i].written;
    field->derived = std::move(how);
    field->required = false;
  }

  /// "A note is about a task or a project": a reference to one of them.
  void apply_polymorphic() {
    std::vector<std::string> arms;
    bool alternative = false;
    for (std::size_t i = need_->within.begin; i < need_->within.end; ++i)
      alternative = alternative || need_->words[i].lower == "or";
    for (const Target& target : targets(need_->within)) {
      if (target.whole() && std::find(arms.begin(), arms.end(), target.entity) == arms.end())
        arms.push_back(target.entity);
    }
    if (!alternative || arms.size() < 2 || arms.size() > 6) return;
    Entity* owner = thing_or_new();
    if (owner == nullptr || !owner->polymorphic.empty()) return;
    if (std::find(arms.begin(), arms.end(), owner->name) != arms.end()) return;
    const std::string name = owner->name;
    // What the sentence seemed to say of each arm alone gives way.
    std::erase_if(design_.relationships, [&](const Relationship& r) {
      const auto arm = [&](const std::string& one) {
        return std::find(arms.begin(), arms.end(), one) != arms.end();
      };
      const bool gives_way =
          (r.left.entity == name && arm(r.right.entity) && r.right.role.empty()) ||
          (r.right.entity == name && arm(r.left.entity) && r.left.role.empty());
      if (gives_way) names_.forget(r);
      return gives_way;
    });
    for (const std::string& arm : arms) {
      std::erase_if(design_.find(arm)->fields, [&](const Field& field) {
        const bool gives_way = field.name == snake_case(name);
        if (gives_way) names_.forget(arm, field);
        return gives_way;
      });
    }
    design::PolymorphicReference reference;
    reference.name = "subject";
    reference.targets = std::move(arms);
    reference.origin = origin();
    owner->polymorphic.push_back(std::move(reference));
  }

  /// "There are two kinds of staff members: doctors and nurses."
  void apply_subtypes() {
    const std::vector<Target> found = targets(need_->things);
    if (found.size() != 1 || !found.front().whole()) return;
    const std::string super = found.front().entity;
    if (!design_.find(super)->subtype_of.empty()) return;
    for (const std::string& value : need_->values) {
      const std::vector<std::string> words = words_of(to_lower(value));
      if (words.empty() || words.size() > 2) continue;
      const std::string name = singular_of(pascal_case(join(words, "_")));
      if (name == super) continue;
      if (design_.find(name) == nullptr) {
        Entity kind;
        kind.name = name;
        kind.origin = origin();
        design_.entities.push_back(std::move(kind));
      }
      Entity& kind = *design_.find(name);
      if (kind.kind == design::EntityKind::regular && kind.subtype_of.empty())
        kind.subtype_of = super;
    }
  }

  /// The entity that the need is about; made, with the list behind the colon, when nothing else in
  /// the text speaks of it.
  Entity* thing_or_new() {
    const std::vector<Target> found = targets(need_->things);
    if (!found.empty() && found.front().whole()) return design_.find(found.front().entity);
    std::vector<std::string> words;
    for (std::size_t i = need_->things.begin; i < need_->things.end; ++i) {
      const std::string& word = need_->words[i].lower;
      if (word != "a" && word != "an" && word != "the" && word != "each" && word != "every" &&
          word != "all" && word != "many" && word != "several")
        words.push_back(word);
    }
    const std::size_t colon = need_->within.end;
    if (words.empty() || words.size() > 2 || colon >= need_->words.size() ||
        need_->words[colon].lower != ":")
      return nullptr;
    Entity entity;
    entity.name = singular_of(pascal_case(join(words, "_")));
    if (design_.find(entity.name) != nullptr) return nullptr;
    entity.origin = origin();
    AttributePhrase phrase;
    phrase.owner = entity.name;
    const auto finish = [&] {
      Field field = read_attribute(phrase).field;
      phrase.words.clear();
      if (field.name.empty() || design::find_field(entity, field.name) != nullptr) return;
      field.origin = origin();
      entity.fields.push_back(std::move(field));
    };
    for (std::size_t i = colon + 1; i < need_->words.size(); ++i) {
      const std::string& word = need_->words[i].lower;
      if (word == "," || word == "and" || word == ".") {
        if (!phrase.words.empty()) finish();
      } else {
        phrase.words.push_back(word);
      }
    }
    if (!phrase.words.empty()) finish();
    design_.entities.push_back(std::move(entity));
    return &design_.entities.back();
  }

  void apply_range() {
    Field* field = subject_field();
    if (field == nullptr) return;
    switch (field->type.kind) {
      case FieldKind::integer:
      case FieldKind::big_integer:
      case FieldKind::decimal:
      case FieldKind::money:
      case FieldKind::percent:
      case FieldKind::floating:
      case FieldKind::duration:
      case FieldKind::year:
        break;
      default:
        return;
    }
    if (need_->minimum) field->minimum = need_->minimum;
    if (need_->maximum) field->maximum = need_->maximum;
  }

  Design& design_;
  const NeedsOfText& text_;
  const Need* need_ = nullptr;
  Names names_;
};

/// An index that begins another one is not needed beside it.
void drop_prefixes(Design& design) {
  for (Entity& entity : design.entities) {
    const std::vector<design::IndexWish> all = entity.indexes;
    std::erase_if(entity.indexes, [&](const design::IndexWish& index) {
      return std::any_of(all.begin(), all.end(), [&](const design::IndexWish& other) {
        return other.fields.size() > index.fields.size() &&
               std::equal(index.fields.begin(), index.fields.end(), other.fields.begin());
      });
    });
  }
}

/// A partial index leaves deleted rows out. An index that begins with a reference must hold them
/// all: it also serves the foreign key.
void make_indexes_partial(Design& design) {
  for (Entity& entity : design.entities) {
    if (!entity.patterns.soft_delete.value_or(design.patterns.soft_delete)) continue;
    for (design::IndexWish& index : entity.indexes)
      index.only_active = design::find_field(entity, index.fields.front()) != nullptr;
  }
}

}  // namespace

void apply_needs(Design& design, const NeedsOfText& text) {
  Application application(design, text);
  for (const Need& need : text.needs) application.apply(need);
  drop_prefixes(design);
  make_indexes_partial(design);
}

}  // namespace relata::english
