#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/type.h"

namespace relata::syntax {

/// What is known of a type that the database defines itself.
struct UserType {
  bool enumeration = false;
  std::vector<std::string> labels;  ///< Of an enumeration.
  std::string base;                 ///< Of a domain: its base type as format_type() shows it.
};

/// Finds a type by namespace (empty: public) and name; nothing when it is not known.
using UserTypes = std::function<const UserType*(std::string_view schema, std::string_view name)>;

/// The type with the text that format_type() shows, as seen with search_path = public: built-in
/// types by their SQL names ("character varying(20)[]", "timestamp(3) with time zone"), types of
/// the namespace public by their bare name, all others with their namespace. `spelling` is that
/// text; the neutral members hold the nearest neutral type (an enumeration with its labels; a
/// domain's base type; Type::name is the bare name of an enumeration or a native type).
/// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
[[nodiscard]] Type postgres_type(std::string_view format_type_text, const UserTypes& user_types);

/// The name as the server writes it in SQL: in quotes unless it is lower case and no key word
/// (other than one that is never reserved). The same as quote_ident().
[[nodiscard]] std::string postgres_identifier(std::string_view name);

/// "name", or "schema.name" where the namespace is not the default (empty); both quoted as needed.
[[nodiscard]] std::string postgres_qualified_name(std::string_view schema, std::string_view name);

/// The name that format_type() shows for a built-in type ("int4", "integer": "integer"; "uuid":
/// "uuid"); empty when PostgreSQL has no such type.
[[nodiscard]] std::string_view postgres_builtin_type(std::string_view name);

/// A type name in its parts, as the grammar gives it.
struct TypeNameParts {
  std::string schema;  ///< As written; empty: found by the search path. "pg_catalog" is built in.
  std::string name;    ///< "int4", "mood", "_text".
  std::vector<std::string>
      modifiers;  ///< As written: "10", "2"; interval fields as their bit mask.
  bool array = false;
};

/// The text that format_type() shows for a type name. `namespace_of` gives the namespace in which
/// an unqualified name of a type that is not built in is found (empty: public, or unknown).
[[nodiscard]] std::string postgres_format_type(
    const TypeNameParts& type,
    const std::function<std::string(std::string_view name)>& namespace_of);

}  // namespace relata::syntax
