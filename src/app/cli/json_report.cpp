#include "app/cli/json_report.h"

#include <nlohmann/json.hpp>

#include "app/cli/report.h"
#include "design/names.h"
#include "design/notation.h"
#include "design/short_forms.h"

namespace relata::cli {
namespace {

using Json = nlohmann::ordered_json;

Json place(Span span, const SourceFile& file) {
  const Position at = position_of(file.text, span.begin);
  return {{"line", at.line},
          {"column", at.column},
          {"words", file.text.substr(span.begin, span.size())}};
}

bool is_in(const std::string& source, Span span, const SourceFile& file) {
  return source == file.name && !span.empty() && span.end <= file.text.size();
}

Json origin_json(const Origin& origin, const SourceFile& file) {
  Json json = {{"rule", origin.rule}, {"confidence", origin.confidence}};
  if (is_in(origin.source, origin.span, file)) json.update(place(origin.span, file));
  return json;
}

Json entity_json(const design::Entity& entity, const SourceFile& file) {
  Json fields = Json::array();
  for (const design::Field& field : entity.fields) {
    fields.push_back({{"name", field.name},
                      {"type", design::name_of(field.type.kind)},
                      {"form", design::field_form(field)},
                      {"required", field.required},
                      {"unique", field.unique},
                      {"origin", origin_json(field.origin, file)}});
  }
  return {{"name", entity.name},
          {"kind", design::name_of(entity.kind)},
          {"fields", fields},
          {"origin", origin_json(entity.origin, file)}};
}

Json relationship_json(const design::Relationship& relationship, const SourceFile& file) {
  return {{"arrow", design::arrow(relationship)},
          {"left", relationship.left.entity},
          {"right", relationship.right.entity},
          {"via", relationship.via},
          {"origin", origin_json(relationship.origin, file)}};
}

Json assumption_json(const design::Assumption& assumption, const SourceFile& file) {
  return {{"decided", assumption.decided},
          {"alternative", assumption.alternative},
          {"change", assumption.change},
          {"origin", origin_json(assumption.origin, file)}};
}

Json question_json(const design::Question& question, const SourceFile& file) {
  return {{"text", question.text},
          {"effect", question.effect},
          {"origin", origin_json(question.origin, file)}};
}

template <class Item>
Json list_json(const std::vector<Item>& items, Json (*write)(const Item&, const SourceFile&),
               const SourceFile& file) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(write(item, file));
  return list;
}

Json diagnostic_json(const Diagnostic& diagnostic, const SourceFile& file) {
  static constexpr const char* severities[] = {"note", "warning", "error"};
  Json json = {{"code", diagnostic.code},
               {"severity", severities[static_cast<std::size_t>(diagnostic.severity)]},
               {"message", diagnostic.message},
               {"help", diagnostic.help}};
  if (diagnostic.span && is_in(diagnostic.source, *diagnostic.span, file))
    json.update(place(*diagnostic.span, file));
  return json;
}

}  // namespace

std::string json_report(const design::Design& design, const SourceFile& file,
                        const DiagnosticSink& sink,
                        const std::vector<std::pair<std::string, std::string>>& files) {
  Json json = {{"name", design.name}, {"title", design.title}};
  json["entities"] = list_json(design.entities, entity_json, file);
  json["relationships"] = list_json(design.relationships, relationship_json, file);
  json["patterns"] = pattern_phrases(design);
  json["assumptions"] = list_json(design.assumptions, assumption_json, file);
  json["questions"] = list_json(design.questions, question_json, file);
  json["diagnostics"] = list_json(sink.all(), diagnostic_json, file);
  json["files"] = Json::array();
  for (const auto& [name, content] : files) json["files"].push_back(name);
  return json.dump(2) + "\n";
}

std::string explanation_json(const Explanation& explanation, const SourceFile& file) {
  const Json json = {{"subject", explanation.subject},
                     {"what", explanation.what},
                     {"origin", origin_json(explanation.origin, file)},
                     {"assumptions", list_json(explanation.assumptions, assumption_json, file)},
                     {"questions", list_json(explanation.questions, question_json, file)}};
  return json.dump(2) + "\n";
}

}  // namespace relata::cli
