#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "read/prisma/syntax.h"

namespace relata::prisma {

/// Enums by their name in the Prisma schema.
struct EnumValues {
  QualifiedName name;               ///< In the database.
  std::vector<std::string> values;  ///< In the database.
};
using Enums = std::map<std::string, EnumValues, std::less<>>;

/// A type of Prisma's, or one of its native types, as the database spells it. `arguments` says what
/// stands in the parentheses: "(20)" is written behind the name, `fallback` where nothing stands.
struct ScalarType {
  std::string_view name;
  std::string_view spelling;
  std::string_view fallback = {};
  std::string_view ending = {};  ///< What follows the parentheses: " with time zone".
};

/// What Prisma's migrations write for one kind of database.
/// https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types
struct Provider {
  std::string_view name;     ///< Of the datasource's provider: "postgresql".
  std::string_view dialect;  ///< Id of Relata's dialect.
  std::size_t name_limit;    ///< Bytes of a constraint's name.
  const ScalarType* scalars;
  std::size_t scalar_count;
  const ScalarType* natives;
  std::size_t native_count;
  bool names_primary_keys;  ///< PRIMARY KEY constraints have a name.
  bool has_sequences;       ///< autoincrement() is a sequence behind a default.
  bool has_enum_types;      ///< An enum is a type of its own.
  std::string_view now;     ///< Of now(); the precision follows where `now_takes_precision`.
  bool now_takes_precision;
  Type (*type)(std::string_view spelling, const Enums& enums);
  /// The type of a column of an enum, where enums are no types of their own.
  Type (*enum_type)(const EnumValues& values);
};

/// The provider of that name; nothing for one that Relata has no dialect for.
[[nodiscard]] const Provider* find_provider(std::string_view name);

/// The database's spelling of a field's type; nothing for an unknown one. `native` is the argument
/// list's attribute (@db.VarChar(20)), null without one.
[[nodiscard]] std::optional<std::string> type_spelling(const Provider& provider,
                                                       std::string_view scalar,
                                                       const Attribute* native);

}  // namespace relata::prisma
