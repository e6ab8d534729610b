#include "rooms/random_design.h"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::test {
namespace {

using namespace design;

constexpr std::array<std::string_view, 24> awkward_texts{
    "plain words",
    "with: a colon",
    "a # that begins no comment",
    "- like a list",
    "\"quoted\" and 'single'",
    "back\\slash",
    "two\nlines\n",
    " blank at both ends ",
    "true",
    "null",
    "~",
    "2024-01-31",
    "12",
    "1e3",
    "[flow, text]",
    "{a: b}",
    "*alias",
    "&anchor",
    "% percent",
    "@at `tick`",
    "umlaut äöü, 日本語, 🎉",
    "tab\there",
    "ends with a colon:",
    "\u0085\u2028 separators \x01 control",
};
constexpr std::array<std::string_view, 10> awkward_names{"on",    "null", "true", "n",  "2fa_code",
                                                         "größe", "key",  "type", "x1", "fields"};

class Source {
 public:
  explicit Source(std::uint32_t seed) : engine_(seed) {}

  /// 0 to `bound` - 1.
  std::uint32_t below(std::size_t bound) {
    return static_cast<std::uint32_t>(engine_() % static_cast<std::uint32_t>(bound));
  }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  template <class T, std::size_t size>
  T pick(const std::array<T, size>& from) {
    return from[below(size)];
  }
  template <class Enumeration>
  Enumeration any(Enumeration last) {
    return static_cast<Enumeration>(below(static_cast<std::size_t>(last) + 1));
  }
  std::string text() { return std::string(pick(awkward_texts)); }
  std::string maybe_text(std::uint32_t percent) { return chance(percent) ? text() : std::string(); }
  std::optional<bool> maybe_boolean() {
    return chance(75) ? std::nullopt : std::optional<bool>(chance(50));
  }
  std::string name(std::string_view stem, std::size_t number) {
    if (number < awkward_names.size() && chance(20)) return std::string(awkward_names[number]);
    return std::string(stem) + "_" + std::to_string(number);
  }

 private:
  std::mt19937 engine_;
};

Origin origin(Source& source) {
  Origin origin;
  if (source.chance(30)) return origin;
  origin.source = "requirements.md";
  origin.rule = "english/has-list";
  origin.confidence = source.below(101) / 100.0;
  origin.words = source.maybe_text(80);
  return origin;
}

FieldType field_type(Source& source) {
  FieldType type;
  type.kind = source.any(FieldKind::enumeration);
  if (type.kind == FieldKind::text && source.chance(50))
    type.length = static_cast<int>(source.below(300)) + 1;
  if (type.kind == FieldKind::decimal && source.chance(70)) {
    type.precision = static_cast<int>(source.below(20)) + 1;
    type.scale = static_cast<int>(source.below(static_cast<std::size_t>(type.precision)));
  }
  if (type.kind == FieldKind::enumeration) {
    const std::uint32_t count = source.below(5);
    for (std::uint32_t i = 0; i < count; ++i)
      type.values.push_back(source.chance(30) ? source.text() : source.name("value", i));
  }
  return type;
}

Field field(Source& source, std::size_t number) {
  Field field;
  field.name = source.name("field", number);
  field.type = field_type(source);
  field.required = source.chance(50);
  field.unique = source.chance(20);
  field.indexed = source.chance(20);
  field.encrypted = source.chance(10);
  field.default_value = source.maybe_text(30);
  if (source.chance(20)) field.minimum = source.below(1000) / 8.0 - 20;
  if (source.chance(20)) field.maximum = source.below(1000) / 3.0;
  field.derived = source.maybe_text(10);
  field.description = source.maybe_text(20);
  field.origin = origin(source);
  return field;
}

EntityPatterns entity_patterns(Source& source) {
  EntityPatterns patterns;
  patterns.timestamps = source.maybe_boolean();
  patterns.soft_delete = source.maybe_boolean();
  patterns.version = source.maybe_boolean();
  patterns.audit = source.maybe_boolean();
  patterns.authors = source.maybe_boolean();
  patterns.tenant_scoped = source.maybe_boolean();
  patterns.history = source.maybe_boolean();
  if (source.chance(20)) patterns.history_fields = {"status", source.text()};
  return patterns;
}

Multiplicity multiplicity(Source& source) {
  static const std::vector<Multiplicity> all{exactly_one, zero_or_one,         many_optional,
                                             one_or_more, Multiplicity{2, 10}, Multiplicity{2, {}}};
  return all[source.below(all.size())];
}

Entity entity(Source& source, const std::vector<std::string>& names, std::size_t number) {
  Entity entity;
  entity.name = names[number];
  if (source.chance(20)) entity.table = "Table " + std::to_string(number);
  entity.kind = source.any(EntityKind::audit_log);
  if (number > 0 && source.chance(10)) entity.subtype_of = names[source.below(number)];
  const std::uint32_t fields = source.below(8);
  for (std::uint32_t i = 0; i < fields; ++i) entity.fields.push_back(field(source, i));
  while (source.chance(30))
    entity.keys.push_back(
        {{source.name("field", 0), source.text()}, source.chance(30), origin(source)});
  while (source.chance(30))
    entity.indexes.push_back({{source.name("field", 1), "-" + source.name("field", 2)},
                              source.chance(30),
                              origin(source)});
  if (source.chance(15)) {
    const std::string other = names[source.below(names.size())];
    entity.polymorphic.push_back(
        {"subject", {names.front(), other}, source.chance(50), origin(source)});
  }
  entity.patterns = entity_patterns(source);
  entity.description = source.maybe_text(30);
  entity.origin = origin(source);
  return entity;
}

Relationship relationship(Source& source, const std::vector<std::string>& names) {
  Relationship relationship;
  relationship.left = {names[source.below(names.size())], multiplicity(source),
                       source.chance(20) ? "parent" : ""};
  relationship.right = {names[source.below(names.size())], multiplicity(source),
                        source.chance(20) ? "assignee" : ""};
  if (source.chance(20)) relationship.via = names[source.below(names.size())];
  static constexpr std::array<std::string_view, 6> labels{"contains", "is: part of", "has # of",
                                                          "true",     "\"owns\"",    "belongs to"};
  if (source.chance(60)) relationship.label = source.pick(labels);
  relationship.on_delete = source.any(OnDelete::set_null);
  relationship.identifying = source.chance(20);
  relationship.origin = origin(source);
  return relationship;
}

Patterns patterns(Source& source, const std::vector<std::string>& names) {
  Patterns patterns;
  patterns.id = source.any(IdKind::identity);
  patterns.enums = source.any(EnumStyle::lookup);
  patterns.polymorphic = source.any(PolymorphicStyle::supertype);
  patterns.timestamps = source.chance(80);
  patterns.soft_delete = source.chance(30);
  patterns.version = source.chance(30);
  patterns.audit = source.chance(30);
  patterns.authors = source.chance(30);
  if (!names.empty() && source.chance(40)) {
    Tenancy tenancy;
    tenancy.root = names.front();
    if (source.chance(50)) tenancy.member = names.back();
    if (source.chance(50)) tenancy.actor = names.back();
    tenancy.origin = origin(source);
    patterns.tenancy = tenancy;
  }
  return patterns;
}

}  // namespace

/// Tables and columns have no dot in their names here: it would part one from the other.
std::vector<CodeOverride> overrides(Source& source, bool columns) {
  std::vector<CodeOverride> made;
  while (source.chance(40) && made.size() < 5) {
    const std::string number = std::to_string(made.size());
    made.push_back({"table" + number, columns || source.chance(50) ? "column " + number : "",
                    source.text(), origin(source)});
  }
  return made;
}

Design random_design(std::uint32_t seed) {
  Source source(seed);
  Design design;
  design.name = source.chance(20) ? source.text() : "shop";
  design.title = source.maybe_text(50);
  std::vector<std::string> names;
  const std::uint32_t entities = source.below(9);
  for (std::uint32_t i = 0; i < entities; ++i) names.push_back("Entity" + std::to_string(i));
  for (std::size_t i = 0; i < names.size(); ++i)
    design.entities.push_back(entity(source, names, i));
  if (!names.empty()) {
    while (source.chance(80)) design.relationships.push_back(relationship(source, names));
  }
  design.patterns = patterns(source, names);
  for (const char* scope : {"typescript", "drizzle"}) {
    if (source.chance(30)) {
      design.code.push_back(
          {scope, overrides(source, false), overrides(source, true), origin(source)});
    }
  }
  while (source.chance(30))
    design.denormalizations.push_back({source.text(), source.text(), origin(source)});
  while (source.chance(30))
    design.assumptions.push_back(
        {source.text(), source.maybe_text(70), source.maybe_text(70), origin(source)});
  while (source.chance(30))
    design.questions.push_back({source.text(), source.maybe_text(70), origin(source)});
  return design;
}

}  // namespace relata::test
