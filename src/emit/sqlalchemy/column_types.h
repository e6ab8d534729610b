#pragma once

#include <string>
#include <unordered_map>

#include "emit/code/column_type.h"
#include "emit/output.h"
#include "emit/sqlalchemy/python_code.h"

namespace relata::emit::sqlalchemy {

/// A column's type, in Python and in SQLAlchemy.
struct ColumnCode {
  std::string python;   ///< Of its values: "str", "list[UUID]".
  Code type;            ///< "sa.Text", "sa.String(20)".
  bool is_any = false;  ///< The annotation does not tell whether NULL is allowed.
};

/// Types that have a name in the database, and the constants that the file has for them.
struct NamedTypes {
  /// Namespace and name of an enumeration or domain, with a dot, to its constant.
  std::unordered_map<std::string, std::string> constants;
  /// The same, to the alias of its values: "Mood".
  std::unordered_map<std::string, std::string> aliases;
};

/// The type of the columns of this type, but for enumerations written at the column [mysql].
[[nodiscard]] ColumnCode postgres_type(const Type& type, const ValueType& value,
                                       const NamedTypes& named);
[[nodiscard]] ColumnCode mysql_type(const Column& column, const ValueType& value);
[[nodiscard]] ColumnCode sqlite_type(const Type& type, const ValueType& value);

/// What Python has for values of that kind: "datetime".
[[nodiscard]] std::string python_type(TypeKind kind);
/// A type that SQLAlchemy has no class for, by its spelling.
[[nodiscard]] Code database_type(const std::string& spelling);

/// A spelled type in parts: "character varying(20)" is "character varying" and "20"; what is
/// behind the parentheses stays with the name: "timestamp with time zone" and "3".
struct Spelling {
  std::string name;
  std::string arguments;
};
[[nodiscard]] Spelling spelling_of(std::string_view text);

}  // namespace relata::emit::sqlalchemy
