#pragma once

#include "model/schema.h"

namespace relata::migrate {

/// The namespace of the runner's own tables where the engine has namespaces.
inline constexpr std::string_view state_namespace = "relata";
/// Its table: relata.steps, or relata_steps where there are no namespaces.
inline constexpr std::string_view state_table = "steps";
/// In the same namespace: the register of what is parked; where there are no namespaces its name
/// begins as that of everything that is parked.
inline constexpr std::string_view register_table = "parked";

/// Takes what the runner keeps in a database out of the schema that was read from it: it is not
/// part of what anybody designed.
void forget_state(Schema& schema);

}  // namespace relata::migrate
