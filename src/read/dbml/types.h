#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace relata::dbml {

/// The values of every enum, by its name in the file.
using Enums = std::map<QualifiedName, std::vector<std::string>>;

/// What differs between the databases that a DBML file can be for.
struct Database {
  std::string_view type;     ///< Of the Project's database_type, in lower case.
  std::string_view dialect;  ///< Id of Relata's dialect.
  bool enum_types;           ///< An enum is a type of its own.
  bool names_constraints;    ///< Constraints without a name get PostgreSQL's names.
  /// The type that is written so in the file.
  Type (*type_of)(std::string_view written, const Enums& enums);
};

/// The database of that type, PostgreSQL for an empty one; null for one without a dialect.
[[nodiscard]] const Database* find_database(std::string_view database_type);

}  // namespace relata::dbml
