#pragma once

#include <string>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// Takes a table away with all that stands on it: indexes, owned sequences, constraints; its heirs
/// and, as CASCADE does, foreign keys to it and views over it.
void remove_table(Reader& reader, const QualifiedName& name);
void remove_view(Reader& reader, const QualifiedName& name);
void remove_sequence(Reader& reader, const QualifiedName& name);
/// Takes a column away with the constraints, indexes, sequences and views that need it.
void remove_column(Reader& reader, const QualifiedName& table, const std::string& column);
/// Takes the views away that read a relation.
void remove_views_over(Reader& reader, const QualifiedName& name);

/// What its owners' grants were on goes with an object.
void forget_privileges(Catalog& catalog, const std::string& kind, const QualifiedName& name,
                       const std::string& arguments = {});

/// They follow when it is called something else.
void move_privileges(Catalog& catalog, const std::string& kind, const QualifiedName& from,
                     const QualifiedName& to);

/// Calls a table or view something else everywhere that it is named.
void rename_relation(Reader& reader, const QualifiedName& from, const QualifiedName& to);
void rename_column(Reader& reader, const QualifiedName& table, const std::string& from,
                   const std::string& to);
void rename_index(Reader& reader, const QualifiedName& owner, const std::string& from,
                  const std::string& to);
void rename_constraint(Reader& reader, const QualifiedName& table, const std::string& from,
                       const std::string& to);
/// Spellings of columns, domains and attributes that name the type.
void rename_type(Reader& reader, const QualifiedName& from, const QualifiedName& to);

/// The SQL with every name `from` that stands for a column replaced; a name before a bracket is a
/// function's.
[[nodiscard]] std::string with_renamed_column(const std::string& sql, const std::string& from,
                                              const std::string& to);
/// The SQL with every name of a relation replaced.
[[nodiscard]] std::string with_renamed_relation(const std::string& sql, const QualifiedName& from,
                                                const QualifiedName& to);

/// The SQL with every name in a namespace put into another one.
[[nodiscard]] std::string with_renamed_namespace(const std::string& sql, const std::string& from,
                                                 const std::string& to);

}  // namespace relata::sql::postgres
