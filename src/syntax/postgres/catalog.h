#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/schema.h"
#include "syntax/postgres/term.h"

namespace relata::syntax::postgres {

/// A column that a table, view, query or function gives.
struct OutputColumn {
  std::string name;
  TypeName type;
  std::string spelling = {};  ///< The type with its modifiers, of a table or composite type.
};

/// A table or view that the schema knows.
struct KnownRelation {
  std::string schema;
  std::string name;
  const Table* table = nullptr;
  const View* view = nullptr;
};

/// What names in SQL stand for: looked up in the schema, and in tables of what PostgreSQL itself
/// has. Built in one pass; every look-up is by hash.
class Catalog {
 public:
  explicit Catalog(const Schema& schema);

  /// The relation of that name: in the namespace given, else in `home`, in public, or in the only
  /// other namespace that has it.
  [[nodiscard]] const KnownRelation* relation(std::string_view home, std::string_view schema,
                                              std::string_view name) const;
  /// The namespace of a name as it is compared: empty for public and pg_catalog.
  [[nodiscard]] std::string function_namespace(std::string_view home, std::string_view schema,
                                               std::string_view name) const;
  /// Namespace of a type that is not built in, for postgres_format_type().
  [[nodiscard]] std::string type_namespace(std::string_view home, std::string_view name) const;
  /// The namespace in which an unqualified name of a table, view or sequence is found; empty:
  /// public, or it is not known.
  [[nodiscard]] std::string relation_namespace(std::string_view home, std::string_view name) const;
  /// The attributes of a composite type; null: there is no such type. Those of a table's own type
  /// are its columns.
  [[nodiscard]] const std::vector<OutputColumn>* attributes_of(std::string_view type) const;
  /// A domain's base type, through all its layers; any other type itself.
  [[nodiscard]] TypeName base_of(std::string_view type) const;
  /// What the function gives: of the schema's routines, or of PostgreSQL's own where all of that
  /// name give the same; empty when it is not known.
  [[nodiscard]] TypeName result_of(std::string_view schema, std::string_view name) const;
  void learn_result(std::string_view schema, std::string_view name, TypeName type);

 private:
  struct Homes {
    std::vector<std::string> schemas;
  };
  [[nodiscard]] static std::string choose(const Homes& homes, std::string_view home);

  std::unordered_map<std::string, std::vector<KnownRelation>> relations_;  ///< By name.
  std::unordered_map<std::string, Homes> functions_;
  std::unordered_map<std::string, Homes> sequences_;
  std::unordered_map<std::string, Homes> types_;
  std::unordered_map<std::string, TypeName> domains_;
  std::unordered_map<std::string, std::vector<OutputColumn>> attributes_;
  std::unordered_map<std::string, TypeName> results_;
};

/// The columns of a table.
[[nodiscard]] std::vector<OutputColumn> columns_of(const Table& table);

/// The result type that all of PostgreSQL's own functions of that name have; empty: they differ, or
/// there is none.
[[nodiscard]] std::string_view builtin_result(std::string_view function);

/// Whether PostgreSQL has the function with this very type for each kind of number, so that a cast
/// of its argument is always somebody's wish: sum, abs ...
[[nodiscard]] bool takes_every_number(std::string_view function);

/// The names of the columns of PostgreSQL's own set-returning function; empty: one column, named
/// after the function or its alias.
[[nodiscard]] std::vector<std::string> builtin_set_columns(std::string_view function);

/// "public", "pg_catalog" and "" are no namespace of their own.
[[nodiscard]] std::string_view own_namespace(std::string_view schema);

}  // namespace relata::syntax::postgres
