#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/table.h"

namespace relata {

// Small questions about parts of a schema that several rooms ask.

/// The value of an option; empty when it is not there.
[[nodiscard]] std::string_view option_value(const std::vector<Option>& options,
                                            std::string_view name);
[[nodiscard]] bool has_option(const std::vector<Option>& options, std::string_view name);

/// SQL's words for the action: "SET NULL".
[[nodiscard]] std::string_view action_words(ReferentialAction action);

/// Values that can be compared with each other.
enum class ValueClass { number, text, boolean, moment, time, json, bytes, other };
/// An array's is `other`.
[[nodiscard]] ValueClass value_class(const Type& type);

/// [mysql] Whether the column is a bound of the table's system period (ROW START, ROW END).
/// Source: MariaDB Knowledge Base, "System-Versioned Tables".
[[nodiscard]] bool is_period_bound(const Column& column);

/// The name of a table, a view, a sequence: whatever has a schema and a name.
template <class Named>
[[nodiscard]] QualifiedName name_of(const Named& object) {
  return {object.schema, object.name};
}

/// "shop.orders", as people read it, or the name alone in the engine's default namespace.
[[nodiscard]] std::string plain_name(std::string_view schema, std::string_view name);
template <class Named>
[[nodiscard]] std::string plain_name(const Named& object) {
  return plain_name(object.schema, object.name);
}

}  // namespace relata
