#include "emit/report.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "design/names.h"
#include "design/notation.h"
#include "design/short_forms.h"
#include "emit/places.h"

namespace relata::emit {
namespace {

using design::Design;
using design::Entity;
using design::EntityPatterns;

constexpr std::size_t widest_name = 24;  ///< Of the column that holds the entities' names.

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + (count == 1 ? std::string(noun) : plural_of(noun));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.append(width - std::min(width, code_points(text)), ' ');
  return out;
}

/// A text without control characters: it came from a file and goes to a terminal.
std::string clean(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') c = ' ';
  }
  return out;
}

/// "soft delete (Task, Project)", "soft delete" when it holds for the design, nothing when nowhere.
std::optional<std::string> phrase_for(const Design& design, std::string_view what, bool everywhere,
                                      std::optional<bool> EntityPatterns::*pattern) {
  std::vector<std::string> with;
  std::vector<std::string> without;
  for (const Entity& entity : design.entities) {
    const std::optional<bool> own = entity.patterns.*pattern;
    if (own == true) with.push_back(entity.name);
    if (own == false) without.push_back(entity.name);
  }
  if (everywhere) {
    return std::string(what) + (without.empty() ? "" : " (not for " + join(without, ", ") + ")");
  }
  if (with.empty()) return std::nullopt;
  return std::string(what) + " (" + join(with, ", ") + ")";
}

class Report {
 public:
  Report(const SourceFile& source, const ReportOptions& options)
      : places_(source), options_(options) {}

  std::string write(const Design& design) {
    out_ += bold(clean(design_headline(design))) + "\n";
    write_entities(design);
    write_relationships(design);
    heading("Patterns");
    for (const std::string& phrase : pattern_phrases(design)) wrapped("  ", "    ", phrase);
    write_denormalizations(design);
    write_assumptions(design);
    write_questions(design);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string painted(std::string_view text, std::string_view paint) const {
    if (!options_.colour) return std::string(text);
    return std::string(paint) + std::string(text) + "\x1b[0m";
  }
  [[nodiscard]] std::string bold(std::string_view text) const { return painted(text, "\x1b[1m"); }
  [[nodiscard]] std::string faint(std::string_view text) const { return painted(text, "\x1b[2m"); }

  void heading(std::string_view text) { out_ += "\n" + bold(text) + "\n"; }

  /// Pieces with `separator` between them, broken into lines between pieces. `first` begins the
  /// first line, as wide as it looks; `next` begins the others.
  void flow(const std::string& first, std::size_t first_width, const std::string& next,
            const std::vector<std::string>& pieces, std::string_view separator) {
    std::string line = first;
    std::size_t width = first_width;
    bool at_start = true;
    for (const std::string& piece : pieces) {
      const bool last = &piece == &pieces.back();
      const std::string text = piece + (last ? "" : std::string(trim(separator)));
      const std::size_t size = code_points(text);
      if (!at_start && width + 1 + size > options_.width) {
        out_ += line + "\n";
        line = next;
        width = code_points(next);
        at_start = true;
      }
      if (!at_start) {
        line += ' ';
        ++width;
      }
      line += text;
      width += size;
      at_start = false;
    }
    out_ += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
  }

  /// Running text, broken between words.
  void wrapped(const std::string& first, const std::string& next, std::string_view text) {
    std::vector<std::string> words;
    const std::string cleaned = clean(text);
    for (std::string_view word : split(cleaned, ' ')) {
      if (!word.empty()) words.emplace_back(word);
    }
    flow(first, code_points(first), next, words, " ");
  }

  static std::vector<std::string> parts_of(const Entity& entity) {
    std::vector<std::string> parts;
    for (const design::Field& field : entity.fields)
      parts.push_back(clean(field.name + ": " + design::field_form(field)));
    for (const design::PolymorphicReference& reference : entity.polymorphic)
      parts.push_back(clean(reference.name + ": " + design::polymorphic_form(reference)));
    for (const design::UniqueKey& key : entity.keys) parts.push_back(clean(design::key_form(key)));
    for (const design::IndexWish& index : entity.indexes)
      parts.push_back(clean("index(" + design::index_form(index) + ")"));
    return parts;
  }

  /// "a kind of Vehicle", "junction": what stands behind an entity's name.
  static std::string kind_of(const Entity& entity) {
    if (!entity.subtype_of.empty()) return "a kind of " + entity.subtype_of;
    if (entity.kind == design::EntityKind::regular) return {};
    return replace_all(design::name_of(entity.kind), "_", " ");
  }

  void write_entities(const Design& design) {
    if (design.entities.empty()) return;
    heading("Understood");
    std::size_t column = 0;
    for (const Entity& entity : design.entities)
      column = std::max(column, std::min(widest_name, code_points(entity.name)));
    const std::string indent(column + 4, ' ');
    for (const Entity& entity : design.entities) {
      const std::string name = clean(entity.name);
      std::string first =
          "  " + bold(name) + padded("", column - std::min(column, code_points(name))) + "  ";
      std::size_t width = 4 + std::max(column, code_points(name));
      if (const std::string kind = clean(kind_of(entity)); !kind.empty()) {
        first += faint("(" + kind + ")") + " ";
        width += code_points(kind) + 3;
      }
      if (code_points(name) > column) {
        out_ += first + "\n";
        first = indent;
        width = indent.size();
      }
      flow(first, width, indent, parts_of(entity), ", ");
    }
  }

  void write_relationships(const Design& design) {
    if (design.relationships.empty()) return;
    heading("Relationships");
    std::size_t column = 0;
    std::vector<std::string> arrows;
    for (design::Relationship relationship : design.relationships) {
      relationship.label.clear();
      arrows.push_back(clean(design::arrow(relationship)));
      column = std::max(column, std::min(options_.width / 2, code_points(arrows.back())));
    }
    for (std::size_t i = 0; i < arrows.size(); ++i) {
      const std::string& label = design.relationships[i].label;
      out_ += "  " +
              (label.empty() ? arrows[i] : padded(arrows[i], column) + "  " + faint(clean(label))) +
              "\n";
    }
  }

  /// " (“labels”, line 3)", or nothing.
  [[nodiscard]] std::string because(const Origin& origin) const {
    const std::string words = places_.words(origin);
    if (words.empty()) return {};
    std::string text = "\u201c" + words + "\u201d";
    if (origin.words.empty()) {
      if (const std::optional<Position> place = places_.of(origin))
        text += ", line " + std::to_string(place->line);
    }
    return " (" + text + ")";
  }

  void write_denormalizations(const Design& design) {
    if (design.denormalizations.empty()) return;
    heading("Held twice on purpose");
    for (const design::Denormalization& item : design.denormalizations)
      wrapped("  ", "    ", item.what + ": " + item.reason + because(item.origin));
  }

  void write_assumptions(const Design& design) {
    if (design.assumptions.empty()) return;
    heading("Assumed");
    std::size_t number = 0;
    for (const design::Assumption& item : design.assumptions) {
      const std::string mark = padded(std::to_string(++number) + ".", 4);
      wrapped("  " + mark, "      ", item.decided + because(item.origin));
      if (!item.alternative.empty()) wrapped("      or: ", "          ", item.alternative);
      if (!item.change.empty())
        out_ += "      for that, write in design.yaml:  " + clean(item.change) + "\n";
    }
  }

  void write_questions(const Design& design) {
    if (design.questions.empty()) return;
    heading("Still open");
    for (const design::Question& item : design.questions) {
      wrapped("  ?   ", "      ", item.text + because(item.origin));
      if (!item.effect.empty()) wrapped("      until then: ", "          ", item.effect);
    }
  }

  Places places_;
  ReportOptions options_;
  std::string out_;
};

}  // namespace

std::string design_headline(const Design& design) {
  std::string title = design.title.empty() ? design.name : design.title;
  if (title.empty()) title = "Design";
  return title + ": " + counted(design.entities.size(), "entity") + ", " +
         counted(design.relationships.size(), "relationship") + ", " +
         counted(design.assumptions.size(), "assumption") + ", " +
         counted(design.questions.size(), "open question");
}

std::vector<std::string> pattern_phrases(const Design& design) {
  const design::Patterns& patterns = design.patterns;
  std::vector<std::string> phrases{std::string(design::name_of(patterns.id)) + " ids"};
  const auto add = [&](std::optional<std::string> phrase) {
    if (phrase) phrases.push_back(std::move(*phrase));
  };
  add(phrase_for(design, "created_at and updated_at", patterns.timestamps,
                 &EntityPatterns::timestamps));
  if (patterns.tenancy) {
    std::string phrase = "each " + patterns.tenancy->root + " sees its own rows only";
    if (!patterns.tenancy->member.empty()) phrase += " (members: " + patterns.tenancy->member + ")";
    phrases.push_back(std::move(phrase));
  }
  add(phrase_for(design, "an audit log of every change", patterns.audit, &EntityPatterns::audit));
  add(phrase_for(design, "soft delete", patterns.soft_delete, &EntityPatterns::soft_delete));
  add(phrase_for(design, "optimistic locking", patterns.version, &EntityPatterns::version));
  add(phrase_for(design, "who created and changed a row", patterns.authors,
                 &EntityPatterns::authors));
  add(phrase_for(design, "a UUIDv7 beside the key", patterns.public_id,
                 &EntityPatterns::public_id));
  add(phrase_for(design, "history with validity periods", false, &EntityPatterns::history));
  return phrases;
}

std::string design_report(const Design& design, const SourceFile& source,
                          const ReportOptions& options) {
  return Report(source, options).write(design);
}

}  // namespace relata::emit
