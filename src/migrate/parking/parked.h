#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/schema.h"

namespace relata::migrate {

/// What is set aside for a while is called so, or begins so, or is in a namespace that does.
inline constexpr std::string_view parked_prefix = "relata_parked";

[[nodiscard]] bool is_parked_name(std::string_view name);

/// Names that are in use by what is parked: namespaces, tables, types and sequences.
[[nodiscard]] std::set<std::string> parked_names(const Schema& schema);

/// Takes the tables, types and sequences that are parked out of a schema that was read from a
/// database: they are no part of what anybody designs. Columns stay, since they are part of tables
/// that are changed.
void forget_parked_objects(Schema& schema);

/// Takes the columns out, too: for who compares.
void forget_parked_columns(Schema& schema);

[[nodiscard]] bool has_parked_columns(const Schema& schema);
[[nodiscard]] bool has_parked_columns(const Table& table);

}  // namespace relata::migrate
