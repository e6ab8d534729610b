#pragma once

#include <optional>
#include <string_view>

#include "design/design.h"
#include "model/expression.h"
#include "model/type.h"

namespace relata::design {

/// The column type that holds a field's values; an enumeration is text here.
[[nodiscard]] Type column_type(const FieldType& type);

/// The default that a person wrote ("0", "todo", "now", "yes") for a field of this type; nothing
/// when the words do not fit the type.
[[nodiscard]] std::optional<Expression> default_expression(const FieldType& type,
                                                           std::string_view words);

/// What the values of a column must satisfy by their kind (an email address holds an @); nothing
/// when the type says it all.
[[nodiscard]] std::optional<Expression> kind_check(const FieldType& type, std::string_view column);

/// `column IN (values)`.
[[nodiscard]] Expression one_of(std::string_view column, const std::vector<std::string>& values);

}  // namespace relata::design
