#include "emit/design_json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "design/names.h"
#include "design/notation.h"
#include "design/short_forms.h"
#include "emit/code/json_text.h"
#include "emit/places.h"

namespace relata::emit {
namespace {

using Json = nlohmann::ordered_json;

void set_if(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}
void set_if(Json& json, const char* key, int value) {
  if (value != 0) json[key] = value;
}
void set_if(Json& json, const char* key, const std::vector<std::string>& value) {
  if (!value.empty()) json[key] = value;
}
template <class Value>
void set_if(Json& json, const char* key, const std::optional<Value>& value) {
  if (value) json[key] = *value;
}

Json type_json(const design::FieldType& type) {
  Json json = {{"kind", design::name_of(type.kind)}};
  set_if(json, "length", type.length);
  set_if(json, "precision", type.precision);
  set_if(json, "scale", type.scale);
  set_if(json, "values", type.values);
  return json;
}

Json end_json(const design::RelationshipEnd& end) {
  Json json = {{"entity", end.entity}, {"minimum", end.multiplicity.minimum}};
  json["maximum"] = end.multiplicity.maximum ? Json(*end.multiplicity.maximum) : Json(nullptr);
  set_if(json, "role", end.role);
  return json;
}

Json entity_patterns_json(const design::EntityPatterns& patterns) {
  Json json = Json::object();
  set_if(json, "timestamps", patterns.timestamps);
  set_if(json, "soft_delete", patterns.soft_delete);
  set_if(json, "version", patterns.version);
  set_if(json, "audit", patterns.audit);
  set_if(json, "authors", patterns.authors);
  set_if(json, "public_id", patterns.public_id);
  if (patterns.ids) json["ids"] = design::name_of(*patterns.ids);
  set_if(json, "tenant_scoped", patterns.tenant_scoped);
  set_if(json, "history", patterns.history);
  set_if(json, "history_fields", patterns.history_fields);
  return json;
}

class Writer {
 public:
  explicit Writer(const SourceFile& source) : places_(source) {}

  [[nodiscard]] Json write(const design::Design& design) const {
    Json json = {{"name", design.name}, {"title", design.title}};
    json["patterns"] = patterns(design.patterns);
    json["entities"] = list(design.entities, [this](const auto& item) { return entity(item); });
    json["relationships"] =
        list(design.relationships, [this](const auto& item) { return relationship(item); });
    if (!design.code.empty()) json["code"] = code(design.code);
    json["denormalizations"] =
        list(design.denormalizations, [this](const design::Denormalization& item) {
          return with_origin({{"what", item.what}, {"reason", item.reason}}, item.origin);
        });
    json["assumptions"] = list(design.assumptions, [this](const design::Assumption& item) {
      return with_origin(
          {{"decided", item.decided}, {"alternative", item.alternative}, {"change", item.change}},
          item.origin);
    });
    json["questions"] = list(design.questions, [this](const design::Question& item) {
      return with_origin({{"question", item.text}, {"effect", item.effect}}, item.origin);
    });
    return json;
  }

 private:
  static Json overrides(const std::vector<CodeOverride>& items) {
    Json json = Json::object();
    for (const CodeOverride& item : items) {
      json[item.table + (item.column.empty() ? "" : "." + item.column)] = item.value;
    }
    return json;
  }

  static Json code(const std::vector<CodeSettings>& code) {
    Json json = Json::object();
    for (const CodeSettings& settings : code) {
      json[settings.scope] = {{"names", overrides(settings.names)},
                              {"types", overrides(settings.types)}};
    }
    return json;
  }

  template <class Item, class Convert>
  static Json list(const std::vector<Item>& items, const Convert& convert) {
    Json json = Json::array();
    for (const Item& item : items) json.push_back(convert(item));
    return json;
  }

  [[nodiscard]] Json with_origin(Json json, const Origin& origin) const {
    Json why = Json::object();
    set_if(why, "rule", origin.rule);
    why["confidence"] = origin.confidence;
    set_if(why, "words", places_.words(origin));
    set_if(why, "source", origin.source);
    if (const std::optional<Position> place = places_.of(origin)) {
      why["line"] = place->line;
      why["column"] = place->column;
    }
    json["origin"] = why;
    return json;
  }

  [[nodiscard]] Json patterns(const design::Patterns& patterns) const {
    Json json = {{"ids", design::name_of(patterns.id)},
                 {"enums", design::name_of(patterns.enums)},
                 {"polymorphic", design::name_of(patterns.polymorphic)},
                 {"timestamps", patterns.timestamps},
                 {"soft_delete", patterns.soft_delete},
                 {"version", patterns.version},
                 {"audit", patterns.audit},
                 {"authors", patterns.authors},
                 {"public_id", patterns.public_id},
                 {"tenancy", nullptr}};
    if (patterns.tenancy) {
      Json tenancy = {{"root", patterns.tenancy->root}};
      set_if(tenancy, "member", patterns.tenancy->member);
      set_if(tenancy, "actor", patterns.tenancy->actor);
      json["tenancy"] = with_origin(tenancy, patterns.tenancy->origin);
    }
    return json;
  }

  [[nodiscard]] Json field(const design::Field& field) const {
    Json json = {{"name", field.name},
                 {"form", design::field_form(field)},
                 {"type", type_json(field.type)},
                 {"required", field.required},
                 {"unique", field.unique},
                 {"indexed", field.indexed},
                 {"encrypted", field.encrypted}};
    set_if(json, "default", field.default_value);
    set_if(json, "minimum", field.minimum);
    set_if(json, "maximum", field.maximum);
    set_if(json, "derived", field.derived);
    set_if(json, "formerly", field.formerly);
    set_if(json, "description", field.description);
    return with_origin(json, field.origin);
  }

  [[nodiscard]] Json entity(const design::Entity& entity) const {
    Json json = {{"name", entity.name}};
    set_if(json, "table", entity.table);
    set_if(json, "formerly", entity.formerly);
    set_if(json, "id", entity.id);
    json["kind"] = design::name_of(entity.kind);
    set_if(json, "subtype_of", entity.subtype_of);
    set_if(json, "description", entity.description);
    json["patterns"] = entity_patterns_json(entity.patterns);
    json["fields"] = list(entity.fields, [this](const auto& item) { return field(item); });
    json["keys"] = list(entity.keys, [this](const design::UniqueKey& key) {
      return with_origin({{"fields", key.fields}, {"primary", key.primary}}, key.origin);
    });
    json["indexes"] = list(entity.indexes, [this](const design::IndexWish& index) {
      return with_origin({{"fields", index.fields}, {"only_active", index.only_active}},
                         index.origin);
    });
    json["polymorphic"] =
        list(entity.polymorphic, [this](const design::PolymorphicReference& reference) {
          return with_origin({{"name", reference.name},
                              {"targets", reference.targets},
                              {"required", reference.required}},
                             reference.origin);
        });
    return with_origin(json, entity.origin);
  }

  [[nodiscard]] Json relationship(const design::Relationship& relationship) const {
    Json json = {{"arrow", design::arrow(relationship)},
                 {"left", end_json(relationship.left)},
                 {"right", end_json(relationship.right)}};
    set_if(json, "via", relationship.via);
    set_if(json, "column", relationship.column);
    set_if(json, "formerly", relationship.formerly);
    set_if(json, "label", relationship.label);
    set_if(json, "on_delete", std::string(design::name_of(relationship.on_delete)));
    json["identifying"] = relationship.identifying;
    return with_origin(json, relationship.origin);
  }

  Places places_;
};

}  // namespace

std::string design_json(const design::Design& design, const SourceFile& source) {
  return json_text(Writer(source).write(design)) + "\n";
}

}  // namespace relata::emit
