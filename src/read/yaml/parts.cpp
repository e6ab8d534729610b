#include "read/yaml/parts.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "design/names.h"
#include "design/notation.h"

namespace relata::yaml {
namespace {

using design::Section;

bool truth(const Node& node) {
  const std::string lower = to_lower(node.value);
  return lower == "true" || lower == "yes";
}

void set_boolean(const Mapping& mapping, std::string_view key, bool& value) {
  if (const Node* node = mapping.find(key)) value = truth(*node);
}

void set_boolean(const Mapping& mapping, std::string_view key, std::optional<bool>& value) {
  if (const Node* node = mapping.find(key)) value = truth(*node);
}

/// The scalars of a list; anything else in it is reported.
std::vector<const Node*> scalars(Reader& reader, const Node& list, std::string_view what) {
  std::vector<const Node*> found;
  for (const Node& item : list.items) {
    if (item.kind == NodeKind::scalar) {
      found.push_back(&item);
    } else {
      reader.error("yaml-wrong-shape", "every item here is " + std::string(what), item.span);
    }
  }
  return found;
}

std::vector<std::string> names_in(Reader& reader, const Node& list) {
  std::vector<std::string> names;
  for (const Node* item : scalars(reader, list, "a name")) names.push_back(item->value);
  return names;
}

design::Tenancy read_tenancy(Reader& reader, const Node& node) {
  const Mapping mapping = reader.mapping(node, Section::tenancy);
  design::Tenancy tenancy;
  tenancy.root = mapping.text("root");
  tenancy.member = mapping.text("member");
  tenancy.actor = mapping.text("actor");
  tenancy.origin = reader.origin_of_entry(node);
  if (tenancy.root.empty())
    reader.error("yaml-missing-key", "tenancy needs its 'root'", node.key_span,
                 "name the entity that is the tenant, such as Workspace");
  return tenancy;
}

design::Patterns read_patterns(Reader& reader, const Node& node) {
  const Mapping mapping = reader.mapping(node, Section::patterns);
  design::Patterns patterns;
  patterns.id = design::id_kind_of(mapping.text("ids")).value_or(patterns.id);
  patterns.enums = design::enum_style_of(mapping.text("enums")).value_or(patterns.enums);
  patterns.polymorphic =
      design::polymorphic_style_of(mapping.text("polymorphic")).value_or(patterns.polymorphic);
  set_boolean(mapping, "timestamps", patterns.timestamps);
  set_boolean(mapping, "soft_delete", patterns.soft_delete);
  set_boolean(mapping, "version", patterns.version);
  set_boolean(mapping, "audit", patterns.audit);
  set_boolean(mapping, "authors", patterns.authors);
  set_boolean(mapping, "public_id", patterns.public_id);
  if (const Node* tenancy = mapping.find("tenancy"))
    patterns.tenancy = read_tenancy(reader, *tenancy);
  return patterns;
}

design::EntityPatterns read_entity_patterns(Reader& reader, const Node& node) {
  const Mapping mapping = reader.mapping(node, Section::entity_patterns);
  design::EntityPatterns patterns;
  patterns.ids = design::id_kind_of(mapping.text("ids"));
  set_boolean(mapping, "timestamps", patterns.timestamps);
  set_boolean(mapping, "soft_delete", patterns.soft_delete);
  set_boolean(mapping, "version", patterns.version);
  set_boolean(mapping, "audit", patterns.audit);
  set_boolean(mapping, "authors", patterns.authors);
  set_boolean(mapping, "public_id", patterns.public_id);
  set_boolean(mapping, "tenant_scoped", patterns.tenant_scoped);
  if (const Node* fields = mapping.find("history_fields"))
    patterns.history_fields = names_in(reader, *fields);
  if (const Node* history = mapping.find("history")) {
    const bool list = history->kind == NodeKind::sequence;
    patterns.history = list || truth(*history);
    if (list) patterns.history_fields = names_in(reader, *history);
  }
  return patterns;
}

/// A field is its short form, or a mapping that holds it beside its description.
std::optional<design::Field> read_field(Reader& reader, const Node& node) {
  const Node* form = node.kind == NodeKind::scalar ? &node : nullptr;
  std::optional<Mapping> mapping;
  if (node.kind == NodeKind::mapping) {
    mapping = reader.mapping(node, Section::field);
    form = mapping->find("type");
  }
  design::Field field;
  if (form != nullptr) {
    design::ShortForm<design::Field> parsed = design::parse_field(form->value);
    if (!parsed) {
      reader.short_form_error(*form, parsed.error());
      return std::nullopt;
    }
    field = std::move(*parsed);
  } else if (node.kind != NodeKind::null) {
    reader.error("yaml-missing-key", "this field has no type", node.key_span,
                 "write such as 'title: text(200) required'");
    return std::nullopt;
  }
  field.name = node.key;
  if (mapping) {
    field.derived = mapping->text("derived");
    field.formerly = mapping->text("formerly");
    field.description = mapping->text("description");
  }
  field.origin = reader.origin_of_entry(node);
  return field;
}

void read_keys(Reader& reader, const Node& list, design::Entity& entity) {
  for (const Node* item : scalars(reader, list, "a key such as unique(a, b)")) {
    design::ShortForm<design::UniqueKey> key = design::parse_key(item->value);
    if (!key) {
      reader.short_form_error(*item, key.error());
      continue;
    }
    key->origin = reader.origin(item->span, item->span.end);
    entity.keys.push_back(std::move(*key));
  }
}

void read_indexes(Reader& reader, const Node& list, design::Entity& entity) {
  for (const Node* item : scalars(reader, list, "an index such as status, due_date desc")) {
    design::ShortForm<design::IndexWish> index = design::parse_index(item->value);
    if (!index) {
      reader.short_form_error(*item, index.error());
      continue;
    }
    index->origin = reader.origin(item->span, item->span.end);
    entity.indexes.push_back(std::move(*index));
  }
}

void read_polymorphic(Reader& reader, const Node& node, design::Entity& entity) {
  for (const Node* entry : reader.named(node, "reference")) {
    if (entry->kind != NodeKind::scalar) {
      reader.error("yaml-wrong-shape", "a reference to one of several entities is missing here",
                   entry->key_span, "write such as 'subject: Task | Project required'");
      continue;
    }
    design::ShortForm<design::PolymorphicReference> reference =
        design::parse_polymorphic(entry->value);
    if (!reference) {
      reader.short_form_error(*entry, reference.error());
      continue;
    }
    reference->name = entry->key;
    reference->origin = reader.origin_of_entry(*entry);
    entity.polymorphic.push_back(std::move(*reference));
  }
}

design::Entity read_entity(Reader& reader, const Node& node) {
  design::Entity entity;
  entity.name = node.key;
  entity.origin = reader.origin_of_entry(node);
  if (node.kind == NodeKind::null) return entity;
  if (node.kind != NodeKind::mapping) {
    reader.error("yaml-wrong-shape", "an entity takes a mapping (lines of 'key: value')", node.span,
                 "its fields go under 'fields:'");
    return entity;
  }
  const Mapping mapping = reader.mapping(node, Section::entity);
  entity.table = mapping.text("table");
  entity.formerly = mapping.text("formerly");
  entity.id = mapping.text("id");
  entity.kind = design::entity_kind_of(mapping.text("kind")).value_or(entity.kind);
  entity.subtype_of = mapping.text("subtype_of");
  entity.description = mapping.text("description");
  if (const Node* patterns = mapping.find("patterns"))
    entity.patterns = read_entity_patterns(reader, *patterns);
  if (const Node* fields = mapping.find("fields")) {
    for (const Node* entry : reader.named(*fields, "field")) {
      if (std::optional<design::Field> field = read_field(reader, *entry))
        entity.fields.push_back(std::move(*field));
    }
  }
  if (const Node* polymorphic = mapping.find("polymorphic"))
    read_polymorphic(reader, *polymorphic, entity);
  if (const Node* keys = mapping.find("keys")) read_keys(reader, *keys, entity);
  if (const Node* indexes = mapping.find("indexes")) read_indexes(reader, *indexes, entity);
  return entity;
}

/// An arrow as text. `Project 1──* Task : contains` reaches us as a mapping of one key.
std::optional<std::pair<std::string, Span>> arrow_text(const Node& item) {
  if (item.kind == NodeKind::scalar) return std::pair{item.value, item.span};
  if (item.kind != NodeKind::mapping || item.items.size() != 1) return std::nullopt;
  const Node& label = item.items.front();
  if (label.kind == NodeKind::null) return std::pair{label.key, label.key_span};
  if (label.kind != NodeKind::scalar) return std::nullopt;
  return std::pair{label.key + " : " + label.value, Span{label.key_span.begin, label.span.end}};
}

void read_relationships(Reader& reader, const Node& list, design::Design& design) {
  for (const Node& item : list.items) {
    const auto text = arrow_text(item);
    const Span place = text ? text->second : item.span;
    std::optional<std::vector<design::Relationship>> arrows;
    if (text) arrows = design::parse_arrows(text->first);
    if (!arrows) {
      reader.error("yaml-bad-arrow", "this is not a relationship", place,
                   "write such as 'Project 1--* Task : contains', 'Task *--0..1 User as assignee' "
                   "or 'Task *--* Label (via TaskLabel)'");
      continue;
    }
    for (design::Relationship& arrow : *arrows) {
      arrow.origin = reader.origin(place, place.end);
      design.relationships.push_back(std::move(arrow));
    }
  }
}

/// "tasks.due_date: dueOn": a column, or a table where there is no dot.
std::vector<CodeOverride> read_overrides(Reader& reader, const Node* node) {
  std::vector<CodeOverride> overrides;
  if (node == nullptr) return overrides;
  for (const Node* entry : reader.named(*node, "table or column")) {
    if (entry->kind != NodeKind::scalar || entry->value.empty()) {
      reader.error("yaml-wrong-shape", "this takes a name or a type", entry->key_span,
                   "write such as 'tasks.due_date: dueOn'");
      continue;
    }
    const std::size_t dot = entry->key.find('.');
    CodeOverride other;
    other.table = entry->key.substr(0, dot);
    if (dot != std::string::npos) other.column = entry->key.substr(dot + 1);
    other.value = entry->value;
    other.origin = reader.origin_of_entry(*entry);
    overrides.push_back(std::move(other));
  }
  return overrides;
}

void read_code(Reader& reader, const Node& node, design::Design& design) {
  for (const Node* scope : reader.named(node, "language or target")) {
    if (scope->kind != NodeKind::mapping) {
      reader.error("yaml-wrong-shape", "a language or target takes 'names:' and 'types:'",
                   scope->key_span);
      continue;
    }
    const Mapping mapping = reader.mapping(*scope, Section::code_scope);
    design.code.push_back({scope->key, read_overrides(reader, mapping.find("names")),
                           read_overrides(reader, mapping.find("types")),
                           reader.origin_of_entry(*scope)});
  }
}

/// The mappings of a ledger; anything else in it is reported.
template <class Read>
void read_ledger(Reader& reader, const Node* list, Section section, const Read& read) {
  if (list == nullptr) return;
  for (const Node& item : list->items) {
    if (item.kind != NodeKind::mapping) {
      reader.error("yaml-wrong-shape", "every item here is a mapping (lines of 'key: value')",
                   item.span);
      continue;
    }
    const Mapping mapping = reader.mapping(item, section);
    Origin origin;
    if (const Node* because = mapping.find("because")) {
      origin = reader.origin(because->span, because->span.end);
      origin.words = because->value;
    } else if (!item.items.empty()) {
      origin = reader.origin(item.items.front().key_span, item.items.front().key_span.end);
    }
    read(mapping, std::move(origin));
  }
}

}  // namespace

design::Design read_parts(Reader& reader, const Node& root) {
  const Mapping mapping = reader.mapping(root, Section::design);
  design::Design design;
  design.name = mapping.text("name");
  design.title = mapping.text("title");
  if (const Node* patterns = mapping.find("patterns"))
    design.patterns = read_patterns(reader, *patterns);
  if (const Node* entities = mapping.find("entities")) {
    for (const Node* entry : reader.named(*entities, "entity"))
      design.entities.push_back(read_entity(reader, *entry));
  }
  if (const Node* relationships = mapping.find("relationships"))
    read_relationships(reader, *relationships, design);
  if (const Node* code = mapping.find("code")) read_code(reader, *code, design);
  read_ledger(reader, mapping.find("denormalizations"), Section::denormalization,
              [&](const Mapping& item, Origin origin) {
                design.denormalizations.push_back(
                    {item.text("what"), item.text("reason"), std::move(origin)});
              });
  read_ledger(reader, mapping.find("assumptions"), Section::assumption,
              [&](const Mapping& item, Origin origin) {
                design.assumptions.push_back({item.text("decided"), item.text("alternative"),
                                              item.text("change"), std::move(origin)});
              });
  read_ledger(
      reader, mapping.find("questions"), Section::question,
      [&](const Mapping& item, Origin origin) {
        design.questions.push_back({item.text("question"), item.text("effect"), std::move(origin)});
      });
  return design;
}

}  // namespace relata::yaml
