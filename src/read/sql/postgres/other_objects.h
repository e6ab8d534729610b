#pragma once

#include <string>

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

}  // namespace relata::sql::postgres
