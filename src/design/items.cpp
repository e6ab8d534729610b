#include "design/items.h"

#include "base/text.h"
#include "design/names.h"
#include "design/notation.h"
#include "design/short_forms.h"

namespace relata::design {
namespace {

std::string text_of(bool value) { return value ? "true" : "false"; }
std::string text_of(const std::string& value) { return value; }
std::string text_of(const std::optional<bool>& value) { return value ? text_of(*value) : ""; }
std::string text_of(IdKind value) { return std::string(name_of(value)); }
std::string text_of(const std::optional<IdKind>& value) { return value ? text_of(*value) : ""; }
std::string text_of(EnumStyle value) { return std::string(name_of(value)); }
std::string text_of(PolymorphicStyle value) { return std::string(name_of(value)); }
std::string text_of(EntityKind value) {
  return value == EntityKind::regular ? "" : std::string(name_of(value));
}
std::string text_of(const std::vector<std::string>& value) { return join(value, ", "); }
std::string text_of(const std::optional<Tenancy>& value) {
  if (!value) return "";
  return join({value->root, value->member, value->actor}, ", ");
}

std::string pair_text(const std::string& first, const std::string& second) {
  return second.empty() ? first : first + " | " + second;
}

}  // namespace

#define RELATA_ATTRIBUTE(Owner, name, path)                       \
  Attribute<Owner> {                                              \
    name, [](const Owner& owner) { return text_of(owner.path); }, \
        [](const Owner& from, Owner& to) { to.path = from.path; } \
  }

const std::vector<Attribute<Design>>& design_attributes() {
  static const std::vector<Attribute<Design>> all{
      RELATA_ATTRIBUTE(Design, "name", name),
      RELATA_ATTRIBUTE(Design, "title", title),
      RELATA_ATTRIBUTE(Design, "patterns.ids", patterns.id),
      RELATA_ATTRIBUTE(Design, "patterns.enums", patterns.enums),
      RELATA_ATTRIBUTE(Design, "patterns.polymorphic", patterns.polymorphic),
      RELATA_ATTRIBUTE(Design, "patterns.timestamps", patterns.timestamps),
      RELATA_ATTRIBUTE(Design, "patterns.soft_delete", patterns.soft_delete),
      RELATA_ATTRIBUTE(Design, "patterns.version", patterns.version),
      RELATA_ATTRIBUTE(Design, "patterns.audit", patterns.audit),
      RELATA_ATTRIBUTE(Design, "patterns.authors", patterns.authors),
      RELATA_ATTRIBUTE(Design, "patterns.public_id", patterns.public_id),
      RELATA_ATTRIBUTE(Design, "patterns.tenancy", patterns.tenancy),
  };
  return all;
}

const std::vector<Attribute<Entity>>& entity_attributes() {
  static const std::vector<Attribute<Entity>> all{
      RELATA_ATTRIBUTE(Entity, "table", table),
      RELATA_ATTRIBUTE(Entity, "formerly", formerly),
      RELATA_ATTRIBUTE(Entity, "id", id),
      RELATA_ATTRIBUTE(Entity, "kind", kind),
      RELATA_ATTRIBUTE(Entity, "subtype_of", subtype_of),
      RELATA_ATTRIBUTE(Entity, "description", description),
      RELATA_ATTRIBUTE(Entity, "patterns.ids", patterns.ids),
      RELATA_ATTRIBUTE(Entity, "patterns.timestamps", patterns.timestamps),
      RELATA_ATTRIBUTE(Entity, "patterns.soft_delete", patterns.soft_delete),
      RELATA_ATTRIBUTE(Entity, "patterns.version", patterns.version),
      RELATA_ATTRIBUTE(Entity, "patterns.audit", patterns.audit),
      RELATA_ATTRIBUTE(Entity, "patterns.authors", patterns.authors),
      RELATA_ATTRIBUTE(Entity, "patterns.public_id", patterns.public_id),
      RELATA_ATTRIBUTE(Entity, "patterns.tenant_scoped", patterns.tenant_scoped),
      RELATA_ATTRIBUTE(Entity, "patterns.history", patterns.history),
      RELATA_ATTRIBUTE(Entity, "patterns.history_fields", patterns.history_fields),
  };
  return all;
}

#undef RELATA_ATTRIBUTE

std::string key_of(const Field& field) { return field.name; }
std::string key_of(const UniqueKey& key) { return key_form(key); }
std::string key_of(const IndexWish& index) { return "index on " + index_form(index); }
std::string key_of(const PolymorphicReference& reference) { return reference.name; }
std::string key_of(const Relationship& relationship) {
  const auto end = [](const RelationshipEnd& e) {
    return e.role.empty() ? e.entity : e.entity + " as " + e.role;
  };
  return end(relationship.left) + " \u2500\u2500 " + end(relationship.right);
}
std::string key_of(const Denormalization& item) { return item.what; }
std::string key_of(const Assumption& item) { return item.decided; }
std::string key_of(const Question& item) { return item.text; }

std::string content_of(const Field& field) {
  std::string out = field_form(field);
  if (!field.derived.empty()) out += ", derived: " + field.derived;
  if (!field.formerly.empty()) out += ", formerly: " + field.formerly;
  if (!field.description.empty()) out += ", " + field.description;
  return out;
}
std::string content_of(const UniqueKey&) { return {}; }  // The key says it all.
std::string content_of(const IndexWish&) { return {}; }
std::string content_of(const PolymorphicReference& reference) {
  return polymorphic_form(reference);
}
std::string content_of(const Relationship& relationship) { return arrow(relationship); }
std::string content_of(const Denormalization& item) { return item.reason; }
std::string content_of(const Assumption& item) { return pair_text(item.alternative, item.change); }
std::string content_of(const Question& item) { return item.effect; }

}  // namespace relata::design
