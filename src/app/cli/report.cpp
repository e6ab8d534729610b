#include "app/cli/report.h"

#include <algorithm>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "design/names.h"
#include "design/notation.h"
#include "design/short_forms.h"

namespace relata::cli {
namespace {

class Writer {
 public:
  explicit Writer(bool colour) : colour_(colour) {}

  void heading(std::string_view text) { out_ += "\n" + painted(text, "\x1b[1m") + "\n"; }
  void line(std::string_view text) {
    out_ += text;
    out_ += "\n";
  }
  [[nodiscard]] std::string painted(std::string_view text, std::string_view paint) const {
    if (!colour_) return std::string(text);
    return std::string(paint) + std::string(text) + "\x1b[0m";
  }
  [[nodiscard]] std::string faint(std::string_view text) const { return painted(text, "\x1b[2m"); }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool colour_;
};

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + (count == 1 ? std::string(noun) : plural_of(noun));
}

std::string title_of(const design::Design& design) {
  if (!design.title.empty()) return design.title;
  return design.name.empty() ? "Design" : design.name;
}

std::string headline(const design::Design& design) {
  return title_of(design) + ": " + counted(design.entities.size(), "entity") + ", " +
         counted(design.relationships.size(), "relationship") + ", " +
         counted(design.assumptions.size(), "assumption") + ", " +
         counted(design.questions.size(), "open question");
}

/// "“due dates” (line 3)", or empty when the words are not in this file.
std::string words_behind(const Origin& origin, const SourceFile& file) {
  if (origin.span.empty() || origin.source != file.name || origin.span.end > file.text.size())
    return {};
  constexpr std::size_t longest = 60;
  const std::string_view words =
      std::string_view(file.text).substr(origin.span.begin, origin.span.size());
  std::string quoted(trim(words.substr(0, words.find('\n'))));
  if (code_points(quoted) > longest) {
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(quoted[cut]) & 0xC0U) == 0x80U) --cut;
    quoted = quoted.substr(0, cut) + "…";
  }
  const auto line = position_of(file.text, origin.span.begin).line;
  return "“" + quoted + "”, line " + std::to_string(line);
}

void write_entity(Writer& out, const design::Entity& entity) {
  std::vector<std::string> parts;
  if (!entity.subtype_of.empty()) parts.push_back("a kind of " + entity.subtype_of);
  for (const design::Field& field : entity.fields)
    parts.push_back(field.name + ": " + design::field_form(field));
  for (const design::UniqueKey& key : entity.keys) parts.push_back(design::key_form(key));
  for (const design::PolymorphicReference& reference : entity.polymorphic)
    parts.push_back(reference.name + ": " + design::polymorphic_form(reference));
  std::string name = entity.name;
  if (entity.kind != design::EntityKind::regular)
    name += " " + out.faint("(" + replace_all(design::name_of(entity.kind), "_", " ") + ")");
  out.line("  " + name);
  for (const std::string& part : parts) out.line("      " + part);
}

}  // namespace

std::vector<std::string> pattern_phrases(const design::Design& design) {
  const design::Patterns& patterns = design.patterns;
  std::vector<std::string> phrases{std::string(design::name_of(patterns.id)) + " ids"};
  const auto any = [&](auto member) {
    return std::any_of(
        design.entities.begin(), design.entities.end(),
        [&](const design::Entity& e) { return (e.patterns.*member).value_or(false); });
  };
  using design::EntityPatterns;
  if (patterns.timestamps) phrases.emplace_back("created_at and updated_at");
  if (patterns.tenancy) {
    std::string phrase = "each " + patterns.tenancy->root + " sees its own rows only";
    if (!patterns.tenancy->member.empty()) phrase += " (members: " + patterns.tenancy->member + ")";
    phrases.push_back(std::move(phrase));
  }
  if (patterns.audit || any(&EntityPatterns::audit)) phrases.emplace_back("an audit log");
  if (patterns.soft_delete || any(&EntityPatterns::soft_delete))
    phrases.emplace_back("soft delete");
  if (patterns.version || any(&EntityPatterns::version)) phrases.emplace_back("optimistic locking");
  if (patterns.authors || any(&EntityPatterns::authors))
    phrases.emplace_back("who created and changed a row");
  if (any(&EntityPatterns::history)) phrases.emplace_back("history with validity periods");
  return phrases;
}

std::string report(const design::Design& design, const SourceFile& file, bool colour) {
  Writer out(colour);
  out.line(out.painted(headline(design), "\x1b[1m"));
  out.heading("Understood");
  for (const design::Entity& entity : design.entities) write_entity(out, entity);
  if (!design.relationships.empty()) out.heading("Relationships");
  for (const design::Relationship& relationship : design.relationships)
    out.line("  " + design::arrow(relationship));
  out.heading("Patterns");
  for (const std::string& phrase : pattern_phrases(design)) out.line("  " + phrase);
  if (!design.assumptions.empty()) out.heading("Assumed");
  for (const design::Assumption& assumption : design.assumptions) {
    const std::string words = words_behind(assumption.origin, file);
    out.line("  " + assumption.decided + (words.empty() ? "" : " " + out.faint("(" + words + ")")));
    if (!assumption.alternative.empty()) out.line("      or: " + assumption.alternative);
    if (!assumption.change.empty())
      out.line("      to change it, in design.yaml: " + assumption.change);
  }
  if (!design.questions.empty()) out.heading("Still open");
  for (const design::Question& question : design.questions) {
    const std::string words = words_behind(question.origin, file);
    out.line("  " + question.text + (words.empty() ? "" : " " + out.faint("(" + words + ")")));
    if (!question.effect.empty()) out.line("      until then: " + question.effect);
  }
  return out.take();
}

std::string short_report(const design::Design& design, bool colour) {
  Writer out(colour);
  out.line(out.painted(headline(design), "\x1b[1m"));
  std::vector<std::string> names;
  for (const design::Entity& entity : design.entities) names.push_back(entity.name);
  out.line("  " + join(names, ", "));
  out.line("  " + join(pattern_phrases(design), "; "));
  return out.take();
}

}  // namespace relata::cli
