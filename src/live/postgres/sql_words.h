#pragma once

#include <string>
#include <string_view>

namespace relata::live::postgres {

// Pieces of SQL that the catalog queries share. Arguments are SQL expressions.

/// A condition on the OID of a namespace, that it is not one of the server's own.
[[nodiscard]] std::string in_user_namespace(std::string_view oid);

/// A condition that no extension owns the object with that OID in that catalog ("pg_class").
[[nodiscard]] std::string not_of_extension(std::string_view catalog, std::string_view oid);

/// A name with its namespace, quoted as needed; bare in the namespace public.
[[nodiscard]] std::string qualified_name(std::string_view namespace_name, std::string_view name);

/// A namespace as the model has it: empty for public.
[[nodiscard]] std::string model_namespace(std::string_view namespace_name);

/// An operator's name as SQL takes it everywhere: "=" or "OPERATOR(tools.=)"; NULL for NULL.
[[nodiscard]] std::string operator_name(std::string_view oid);

/// A function's name as SQL takes it where its arguments are known: bare in public and pg_catalog,
/// also when there are others of that name; NULL for 0.
[[nodiscard]] std::string function_name(std::string_view oid);

/// Options kept as an array of "name=value", as OPTIONS (name 'value', ...); NULL for NULL. With
/// `without_secrets`, those that look like passwords or keys are left out.
[[nodiscard]] std::string foreign_options(std::string_view array, bool without_secrets = false);

/// A condition that the text names a secret.
[[nodiscard]] std::string is_secret(std::string_view name);

}  // namespace relata::live::postgres
