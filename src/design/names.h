#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "design/design.h"

namespace relata::design {

/// The words that design.yaml, JSON and reports use for the enumerations of a Design.
[[nodiscard]] std::string_view name_of(FieldKind kind);
[[nodiscard]] std::string_view name_of(EntityKind kind);
[[nodiscard]] std::string_view name_of(IdKind kind);
[[nodiscard]] std::string_view name_of(EnumStyle style);
[[nodiscard]] std::string_view name_of(PolymorphicStyle style);
[[nodiscard]] std::string_view name_of(OnDelete action);

/// The enumerator of that name, or nothing.
[[nodiscard]] std::optional<FieldKind> field_kind_of(std::string_view name);
[[nodiscard]] std::optional<EntityKind> entity_kind_of(std::string_view name);
[[nodiscard]] std::optional<IdKind> id_kind_of(std::string_view name);
[[nodiscard]] std::optional<EnumStyle> enum_style_of(std::string_view name);
[[nodiscard]] std::optional<PolymorphicStyle> polymorphic_style_of(std::string_view name);

/// All names of field kinds, in the order of FieldKind.
[[nodiscard]] std::vector<std::string_view> field_kind_names();
/// The field kind that a word from SQL or a programming language most likely means ("varchar":
/// "text"), or else the one with the nearest spelling; empty when nothing is near.
[[nodiscard]] std::string_view suggest_field_kind(std::string_view word);

}  // namespace relata::design
