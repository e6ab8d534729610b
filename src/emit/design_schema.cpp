#include "emit/design_schema.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "design/keys.h"
#include "design/names.h"

namespace relata::emit {
namespace {

using Json = nlohmann::ordered_json;
using design::Key;
using design::Section;
using design::Shape;

/// A text may look like a number or a truth value to YAML; the reader takes it as it is written.
Json text_schema() { return {{"type", {"string", "number", "boolean"}}}; }

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json names_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

Json reference(std::string_view definition) {
  return {{"$ref", "#/$defs/" + std::string(definition)}};
}

/// Nothing behind a key ("fields:") says nothing and is fine.
Json or_nothing(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}};
}

Json choice_schema(const Key& key) {
  Json values = Json::array();
  for (std::string_view choice : design::choices_of(key)) values.push_back(choice);
  return {{"enum", values}};
}

/// Editors offer the bare types; the pattern also takes what may follow them.
Json field_form_schema() {
  Json kinds = Json::array();
  std::string pattern;
  for (std::string_view kind : design::field_kind_names()) {
    if (kind != "enum" && kind != "native") kinds.push_back(kind);
    if (!pattern.empty()) pattern += '|';
    pattern += kind;
  }
  return {{"description",
           "Type, then required, unique, indexed, encrypted, >= least, <= most, = default"},
          {"anyOf", Json::array({{{"enum", kinds}},
                                 {{"type", "string"}, {"pattern", "^\\s*(" + pattern + ")\\b"}}})}};
}

Json arrow_schema() {
  // "A 1--* B : contains" is a mapping of one key to YAML.
  return {{"description", "Project 1──* Task : contains"},
          {"anyOf", Json::array({{{"type", "string"}},
                                 {{"type", "object"},
                                  {"minProperties", 1},
                                  {"maxProperties", 1},
                                  {"additionalProperties", or_nothing(text_schema())}}})}};
}

Json pattern_schema(const char* pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

Json shape_schema(const Key& key) {
  switch (key.shape) {
    case Shape::text:
    case Shape::entity_name:
      return text_schema();
    case Shape::boolean:
      return {{"type", "boolean"}};
    case Shape::choice:
      return choice_schema(key);
    case Shape::history:
      return {{"anyOf", Json::array({{{"type", "boolean"}}, list_of(text_schema())})}};
    case Shape::names:
      return list_of(text_schema());
    case Shape::field:
      return reference("field_form");
    case Shape::fields:
      return names_of(
          or_nothing({{"anyOf", Json::array({reference("field_form"), reference("field")})}}));
    case Shape::keys:
      return list_of(pattern_schema("^\\s*(unique|primary)\\s*\\("));
    case Shape::indexes:
      return list_of(text_schema());
    case Shape::polymorphic:
      return names_of(text_schema());
    case Shape::entities:
      return names_of(or_nothing(reference("entity")));
    case Shape::relationships:
      return list_of(reference("arrow"));
    case Shape::patterns:
      return reference("patterns");
    case Shape::tenancy:
      return reference("tenancy");
    case Shape::entity_patterns:
      return reference("entity_patterns");
    case Shape::code:
      return names_of(or_nothing(reference("code_scope")));
    case Shape::code_names:
    case Shape::code_types:
      return names_of(text_schema());
    case Shape::denormalizations:
      return list_of(reference("denormalization"));
    case Shape::assumptions:
      return list_of(reference("assumption"));
    case Shape::questions:
      return list_of(reference("question"));
  }
  return {};
}

Json section_schema(Section section) {
  Json properties = Json::object();
  for (const Key& key : design::keys()) {
    if (key.section != section) continue;
    Json property = or_nothing(shape_schema(key));
    property["description"] = key.help;
    properties[std::string(key.name)] = property;
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
}

}  // namespace

std::string design_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "Relata's design.yaml"}};
  schema.update(section_schema(Section::design));
  Json definitions;
  definitions["field_form"] = field_form_schema();
  definitions["arrow"] = arrow_schema();
  definitions["patterns"] = section_schema(Section::patterns);
  definitions["tenancy"] = section_schema(Section::tenancy);
  definitions["tenancy"]["required"] = Json::array({"root"});
  definitions["entity"] = section_schema(Section::entity);
  definitions["entity_patterns"] = section_schema(Section::entity_patterns);
  definitions["field"] = section_schema(Section::field);
  definitions["field"]["required"] = Json::array({"type"});
  definitions["code_scope"] = section_schema(Section::code_scope);
  definitions["denormalization"] = section_schema(Section::denormalization);
  definitions["assumption"] = section_schema(Section::assumption);
  definitions["question"] = section_schema(Section::question);
  schema["$defs"] = definitions;
  return schema.dump(2) + "\n";
}

}  // namespace relata::emit
