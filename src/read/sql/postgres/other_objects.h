#pragma once

#include <string>
#include <vector>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// Keeps the statement as it is, as an object of that kind and name.
void add_other(Reader& reader, std::string kind, const QualifiedName& name);
/// Null when there is none of that kind and name.
[[nodiscard]] OtherObject* find_other(Catalog& catalog, std::string_view kind,
                                      const QualifiedName& name);
/// The same by a name as written, along the search path.
[[nodiscard]] OtherObject* find_other(Catalog& catalog, std::string_view kind,
                                      const NameParts& name);

/// Whether objects of the type are kept that way.
[[nodiscard]] bool is_kept_as_other(PgQuery__ObjectType type);
/// The object of such a type that DROP or COMMENT ON names; null when there is none.
[[nodiscard]] OtherObject* named_other(Reader& reader, PgQuery__ObjectType type,
                                       const PgQuery__Node* object);

/// Puts the namespace before the function that a trigger executes, where the search path has said
/// it; the function has no place in the tree.
void qualify_function(Reader& reader, const std::vector<std::string>& name);

/// The name that tells an operator from others of its sign: "+ (integer, NONE)".
[[nodiscard]] std::string operator_name(const Reader& reader, const std::string& sign,
                                        const PgQuery__TypeName* left,
                                        const PgQuery__TypeName* right);
/// The same for an operator that a statement names with its arguments.
[[nodiscard]] NameParts operator_name(const Reader& reader, const PgQuery__ObjectWithArgs& object);

}  // namespace relata::sql::postgres
