#include "app/cli/json_report.h"

#include <nlohmann/json.hpp>

#include "emit/design_json.h"

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
  Json json = Json::parse(emit::design_json(design, file));
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
