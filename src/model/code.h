#pragma once

#include <string>
#include <vector>

#include "base/origin.h"

namespace relata {

/// What a person wants to be called, or typed, otherwise in generated code.
struct CodeOverride {
  std::string table;   ///< The table, as the database or the design names it.
  std::string column;  ///< Empty: the table itself.
  std::string value;   ///< The name; or the type, perhaps with where it comes from
                       ///< ("Settings from ./settings").
  Origin origin = {};
  bool operator==(const CodeOverride&) const = default;
};

/// The overrides of one language ("typescript", "python") or of one target ("drizzle"), which has
/// the last word.
struct CodeSettings {
  std::string scope;
  std::vector<CodeOverride> names;
  std::vector<CodeOverride> types;
  Origin origin = {};
  bool operator==(const CodeSettings&) const = default;
};

}  // namespace relata
