#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::diff {

// Parts of a schema as one line of text each, equal where the parts are; for comparing and showing.

[[nodiscard]] std::string spelled(const Expression& expression);
[[nodiscard]] std::string spelled(const std::optional<Expression>& expression);
[[nodiscard]] std::string spelled(const Type& type);
[[nodiscard]] std::string spelled(const QualifiedName& name);
/// Empty for NO ACTION.
[[nodiscard]] std::string spelled(ReferentialAction action);
[[nodiscard]] std::string spelled(PolicyCommand command);
[[nodiscard]] std::string spelled(const SequenceOptions& options);
[[nodiscard]] std::string spelled(const Identity& identity);
[[nodiscard]] std::string spelled(const std::vector<IndexPart>& parts);
[[nodiscard]] std::string spelled(const TriggerPurpose& purpose);

}  // namespace relata::diff
