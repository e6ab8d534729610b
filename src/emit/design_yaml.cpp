#include "emit/design_yaml.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "design/keys.h"
#include "design/names.h"
#include "design/notation.h"
#include "design/origin_comment.h"
#include "design/short_forms.h"
#include "emit/yaml_text.h"

namespace relata::emit {
namespace {

using design::Design;
using design::Entity;
using design::EntityPatterns;
using design::Field;
using design::Section;

constexpr std::string_view head =
    "# yaml-language-server: $schema=design.schema.json\n"
    "# The design. Edit it, then run: relata build design.yaml -o out\n";

/// Said where comments name words of the requirements.
constexpr std::string_view about_comments =
    "# A comment such as \"labels\" english/plural-noun 0.8 names the words that led to a line,\n"
    "# the rule that read them, and how sure it is.\n";

std::string_view yes_no(bool value) { return value ? "true" : "false"; }

/// Whether quoting `words` beside an item of that name would say nothing new ("a due date" beside
/// due_date).
bool repeats(std::string_view words, std::string_view name) {
  constexpr std::array<std::string_view, 9> determiners{"a",   "an",    "the",  "its", "their",
                                                        "our", "every", "each", "any"};
  std::vector<std::string> spoken = words_of(words);
  if (spoken.size() > 1 &&
      std::find(determiners.begin(), determiners.end(), spoken.front()) != determiners.end())
    spoken.erase(spoken.begin());
  const std::string own = snake_case(name);
  const std::string said = join(spoken, "_");
  return said == own || singular_of(said) == own;
}

class Writer {
 public:
  explicit Writer(const SourceFile* source) : source_(source) {}

  std::string write(const Design& design) {
    out_ = head;
    const bool read_from_words = std::any_of(
        design.entities.begin(), design.entities.end(),
        [](const Entity& entity) { return entity.origin.rule.starts_with("english/"); });
    if (read_from_words) out_ += about_comments;
    out_ += "name: " + yaml_scalar(design.name) + "\n";
    if (!design.title.empty()) out_ += "title: " + yaml_scalar(design.title) + "\n";
    write_patterns(design.patterns);
    write_entities(design);
    write_relationships(design);
    write_code(design.code);
    write_ledgers(design);
    return std::move(out_);
  }

 private:
  /// The comment that says why an item is there; `name` is its name.
  [[nodiscard]] std::string why(const Origin& origin, std::string_view name) const {
    std::string words = design::words_behind(origin, source_);
    if (repeats(words, name)) words.clear();
    return design::origin_comment(origin, words);
  }

  void write_patterns(const design::Patterns& patterns) {
    out_ += "\npatterns:\n";
    const auto add = [&](std::string_view name, std::string_view value) {
      const design::Key* key = design::find_key(Section::patterns, name);
      std::string comment(key->help);
      if (key->shape == design::Shape::choice) comment = replace_all(key->choices, "|", ", ");
      lines_.add("  " + std::string(name) + ": " + std::string(value), comment);
    };
    add("ids", name_of(patterns.id));
    add("enums", name_of(patterns.enums));
    add("polymorphic", name_of(patterns.polymorphic));
    add("timestamps", yes_no(patterns.timestamps));
    add("soft_delete", yes_no(patterns.soft_delete));
    add("version", yes_no(patterns.version));
    add("audit", yes_no(patterns.audit));
    add("authors", yes_no(patterns.authors));
    if (patterns.public_id) add("public_id", yes_no(patterns.public_id));
    if (patterns.tenancy) write_tenancy(*patterns.tenancy);
    out_ += lines_.take();
  }

  void write_tenancy(const design::Tenancy& tenancy) {
    std::string comment = why(tenancy.origin, "tenancy");
    if (comment.empty()) comment = design::find_key(Section::patterns, "tenancy")->help;
    lines_.add("  tenancy:", comment);
    lines_.add("    root: " + yaml_scalar(tenancy.root));
    if (!tenancy.member.empty()) lines_.add("    member: " + yaml_scalar(tenancy.member));
    if (!tenancy.actor.empty()) lines_.add("    actor: " + yaml_scalar(tenancy.actor));
  }

  void write_entities(const Design& design) {
    if (design.entities.empty()) return;
    out_ += "\nentities:\n";
    for (const Entity& entity : design.entities) {
      if (&entity != design.entities.data()) out_ += "\n";
      write_entity(entity);
    }
  }

  void write_entity(const Entity& entity) {
    const std::size_t first = lines_.size();
    lines_.add("  " + yaml_scalar(entity.name) + ":", why(entity.origin, entity.name));
    if (!entity.table.empty()) lines_.add("    table: " + yaml_scalar(entity.table));
    if (!entity.formerly.empty()) lines_.add("    formerly: " + yaml_scalar(entity.formerly));
    if (!entity.id.empty()) lines_.add("    id: " + yaml_scalar(entity.id));
    if (entity.kind != design::EntityKind::regular)
      lines_.add("    kind: " + std::string(name_of(entity.kind)));
    if (!entity.subtype_of.empty()) lines_.add("    subtype_of: " + yaml_scalar(entity.subtype_of));
    if (!entity.description.empty())
      lines_.add("    description: " + yaml_scalar(entity.description));
    if (const std::string patterns = patterns_of(entity.patterns); !patterns.empty())
      lines_.add("    patterns: {" + patterns + "}");
    write_fields(entity);
    write_polymorphic(entity);
    if (!entity.keys.empty()) lines_.add("    keys:");
    for (const design::UniqueKey& key : entity.keys)
      lines_.add("      - " + yaml_scalar(key_form(key)), why(key.origin, ""));
    if (!entity.indexes.empty()) lines_.add("    indexes:");
    for (const design::IndexWish& index : entity.indexes)
      lines_.add("      - " + yaml_scalar(index_form(index)), why(index.origin, ""));
    if (lines_.size() == first + 1) lines_.append_to_last(" {}");
    out_ += lines_.take();
  }

  static std::string patterns_of(const EntityPatterns& patterns) {
    std::vector<std::string> parts;
    const auto add = [&](std::string_view name, std::optional<bool> value) {
      if (value) parts.push_back(std::string(name) + ": " + std::string(yes_no(*value)));
    };
    if (patterns.ids) parts.push_back("ids: " + std::string(name_of(*patterns.ids)));
    add("timestamps", patterns.timestamps);
    add("soft_delete", patterns.soft_delete);
    add("version", patterns.version);
    add("audit", patterns.audit);
    add("authors", patterns.authors);
    add("public_id", patterns.public_id);
    add("tenant_scoped", patterns.tenant_scoped);
    std::vector<std::string> fields;
    for (const std::string& field : patterns.history_fields)
      fields.push_back(yaml_scalar(field, YamlPlace::flow));
    const std::string list = "[" + join(fields, ", ") + "]";
    const bool short_form = patterns.history == true && !fields.empty();
    if (short_form) {
      parts.push_back("history: " + list);
    } else {
      add("history", patterns.history);
      if (!fields.empty()) parts.push_back("history_fields: " + list);
    }
    return join(parts, ", ");
  }

  void write_fields(const Entity& entity) {
    if (entity.fields.empty()) return;
    lines_.add("    fields:");
    for (const Field& field : entity.fields) {
      const std::string name = "      " + yaml_scalar(field.name) + ":";
      const std::string comment = why(field.origin, field.name);
      const std::string form = yaml_scalar(field_form(field));
      if (field.derived.empty() && field.description.empty() && field.formerly.empty()) {
        lines_.add(name + " " + form, comment);
        continue;
      }
      lines_.add(name, comment);
      lines_.add("        type: " + form);
      if (!field.derived.empty()) lines_.add("        derived: " + yaml_scalar(field.derived));
      if (!field.formerly.empty()) lines_.add("        formerly: " + yaml_scalar(field.formerly));
      if (!field.description.empty())
        lines_.add("        description: " + yaml_scalar(field.description));
    }
  }

  void write_polymorphic(const Entity& entity) {
    if (entity.polymorphic.empty()) return;
    lines_.add("    polymorphic:");
    for (const design::PolymorphicReference& reference : entity.polymorphic) {
      lines_.add(
          "      " + yaml_scalar(reference.name) + ": " + yaml_scalar(polymorphic_form(reference)),
          why(reference.origin, reference.name));
    }
  }

  void write_relationships(const Design& design) {
    if (design.relationships.empty()) return;
    out_ += "\nrelationships:\n";
    for (const design::Relationship& relationship : design.relationships)
      lines_.add("  - " + arrow_item(relationship), why(relationship.origin, ""));
    out_ += lines_.take();
  }

  /// `Project 1──* Task : contains` is, to YAML, a mapping of one key; the reader knows. A label
  /// that YAML would not take that way puts the whole arrow in quotes.
  static std::string arrow_item(const design::Relationship& relationship) {
    const std::string whole = design::arrow(relationship);
    if (relationship.label.empty()) return yaml_scalar(whole);
    design::Relationship bare = relationship;
    bare.label.clear();
    const std::string arrow = design::arrow(bare);
    const bool plain = yaml_scalar(arrow) == arrow &&
                       yaml_scalar(relationship.label) == relationship.label &&
                       whole == arrow + " : " + relationship.label;
    return plain ? whole : yaml_scalar(whole);
  }

  void write_overrides(std::string_view key, const std::vector<CodeOverride>& overrides) {
    if (overrides.empty()) return;
    out_ += "    " + std::string(key) + ":\n";
    for (const CodeOverride& other : overrides) {
      const std::string name = other.table + (other.column.empty() ? "" : "." + other.column);
      out_ += "      " + yaml_scalar(name) + ": " + yaml_scalar(other.value) + "\n";
    }
  }

  void write_code(const std::vector<CodeSettings>& code) {
    if (!code.empty()) out_ += "\ncode:\n";
    for (const CodeSettings& settings : code) {
      const bool nothing = settings.names.empty() && settings.types.empty();
      out_ += "  " + yaml_scalar(settings.scope) + (nothing ? ": {}\n" : ":\n");
      write_overrides("names", settings.names);
      write_overrides("types", settings.types);
    }
  }

  /// One item of a ledger: the words that led to it are data, the rule is their comment.
  void write_item(const std::vector<std::pair<std::string_view, std::string_view>>& parts,
                  const Origin& origin) {
    std::string_view lead = "  - ";
    for (const auto& [key, value] : parts) {
      if (value.empty() && lead != "  - ") continue;
      lines_.add(std::string(lead) + std::string(key) + ": " + yaml_scalar(value));
      lead = "    ";
    }
    const std::string words = design::words_behind(origin, source_);
    const std::string comment = design::origin_comment(origin, "");
    if (!comment.empty() || !origin.words.empty())
      lines_.add("    because: " + yaml_scalar(words), comment);
    out_ += lines_.take();
  }

  void write_ledgers(const Design& design) {
    if (!design.denormalizations.empty()) out_ += "\ndenormalizations:\n";
    for (const design::Denormalization& item : design.denormalizations)
      write_item({{"what", item.what}, {"reason", item.reason}}, item.origin);
    if (!design.assumptions.empty())
      out_ +=
          "\n# Decided though the text does not say it; write the line under 'change' to decide\n"
          "# otherwise.\nassumptions:\n";
    for (const design::Assumption& item : design.assumptions) {
      write_item(
          {{"decided", item.decided}, {"alternative", item.alternative}, {"change", item.change}},
          item.origin);
    }
    if (!design.questions.empty())
      out_ += "\n# What the text leaves open, and what stands until it is answered.\nquestions:\n";
    for (const design::Question& item : design.questions)
      write_item({{"question", item.text}, {"effect", item.effect}}, item.origin);
  }

  const SourceFile* source_;
  std::string out_;
  CommentedLines lines_;
};

}  // namespace

std::string design_yaml(const Design& design, const SourceFile* source, const design::Base& base) {
  std::string out = Writer(source).write(design);
  if (base.empty()) return out;
  out += "\n# What the requirements gave; tells relata what you changed since. Not for editing.\n";
  return out + base.comment();
}

}  // namespace relata::emit
