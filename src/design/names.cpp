#include "design/names.h"

#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace relata::design {
namespace {

// Each table is indexed by its enumeration.
constexpr std::array<std::string_view, 22> field_kinds{
    "text",  "integer", "big_integer", "decimal",    "money", "percent", "float", "boolean",
    "date",  "time",    "timestamp",   "duration",   "year",  "uuid",    "json",  "binary",
    "email", "url",     "phone",       "ip_address", "enum",  "native"};
constexpr std::array<std::string_view, 5> entity_kinds{"regular", "junction", "event", "weak",
                                                       "audit_log"};
constexpr std::array<std::string_view, 4> id_kinds{"uuid7", "cuid2", "identity", "natural"};
constexpr std::array<std::string_view, 3> enum_styles{"check", "native", "lookup"};
constexpr std::array<std::string_view, 2> polymorphic_styles{"exclusive_arc", "supertype"};
constexpr std::array<std::string_view, 4> on_delete_actions{"", "restrict", "cascade", "set null"};

static_assert(field_kinds.size() == static_cast<std::size_t>(FieldKind::native) + 1);
static_assert(entity_kinds.size() == static_cast<std::size_t>(EntityKind::audit_log) + 1);
static_assert(id_kinds.size() == static_cast<std::size_t>(IdKind::natural) + 1);
static_assert(enum_styles.size() == static_cast<std::size_t>(EnumStyle::lookup) + 1);
static_assert(polymorphic_styles.size() ==
              static_cast<std::size_t>(PolymorphicStyle::supertype) + 1);
static_assert(on_delete_actions.size() == static_cast<std::size_t>(OnDelete::set_null) + 1);

template <class Enumeration, std::size_t size>
std::string_view name_in(const std::array<std::string_view, size>& names, Enumeration value) {
  return names[static_cast<std::size_t>(value)];
}

template <class Enumeration, std::size_t size>
std::optional<Enumeration> value_in(const std::array<std::string_view, size>& names,
                                    std::string_view name) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names[i] == name) return static_cast<Enumeration>(i);
  }
  return std::nullopt;
}

/// What other languages call a field kind.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> foreign_words{{
    {"string", "text"},
    {"str", "text"},
    {"varchar", "text"},
    {"char", "text"},
    {"character", "text"},
    {"longtext", "text"},
    {"int", "integer"},
    {"int4", "integer"},
    {"number", "integer"},
    {"smallint", "integer"},
    {"serial", "integer"},
    {"bigint", "big_integer"},
    {"int8", "big_integer"},
    {"long", "big_integer"},
    {"numeric", "decimal"},
    {"currency", "money"},
    {"price", "money"},
    {"percentage", "percent"},
    {"double", "float"},
    {"real", "float"},
    {"floating", "float"},
    {"bool", "boolean"},
    {"flag", "boolean"},
    {"datetime", "timestamp"},
    {"timestamptz", "timestamp"},
    {"interval", "duration"},
    {"guid", "uuid"},
    {"jsonb", "json"},
    {"object", "json"},
    {"blob", "binary"},
    {"bytea", "binary"},
    {"inet", "ip_address"},
    {"enumeration", "enum"},
}};

}  // namespace

std::string_view name_of(FieldKind kind) { return name_in(field_kinds, kind); }
std::string_view name_of(EntityKind kind) { return name_in(entity_kinds, kind); }
std::string_view name_of(IdKind kind) { return name_in(id_kinds, kind); }
std::string_view name_of(EnumStyle style) { return name_in(enum_styles, style); }
std::string_view name_of(PolymorphicStyle style) { return name_in(polymorphic_styles, style); }
std::string_view name_of(OnDelete action) { return name_in(on_delete_actions, action); }

std::optional<FieldKind> field_kind_of(std::string_view name) {
  return value_in<FieldKind>(field_kinds, name);
}
std::optional<EntityKind> entity_kind_of(std::string_view name) {
  return value_in<EntityKind>(entity_kinds, name);
}
std::optional<IdKind> id_kind_of(std::string_view name) { return value_in<IdKind>(id_kinds, name); }
std::optional<EnumStyle> enum_style_of(std::string_view name) {
  return value_in<EnumStyle>(enum_styles, name);
}
std::optional<PolymorphicStyle> polymorphic_style_of(std::string_view name) {
  return value_in<PolymorphicStyle>(polymorphic_styles, name);
}

std::vector<std::string_view> field_kind_names() {
  return {field_kinds.begin(), field_kinds.end()};
}

std::string_view suggest_field_kind(std::string_view word) {
  if (word.size() > 40) return {};  // Nobody misspells a type at that length.
  const std::string lower = to_lower(word);
  for (const auto& [foreign, own] : foreign_words) {
    if (foreign == lower) return own;
  }
  return nearest(lower, field_kind_names());
}

}  // namespace relata::design
