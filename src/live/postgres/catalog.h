#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "live/postgres/connection.h"
#include "model/schema.h"
#include "syntax/postgres/types.h"

namespace relata::live::postgres {

/// The catalogs that comments and dependencies speak of, by their fixed OIDs
/// (src/include/catalog/pg_*.h of PostgreSQL).
enum class CatalogId : Oid {
  type = 1247,
  procedure = 1255,
  relation = 1259,
  constraint = 2606,
  namespace_ = 2615,
  trigger = 2620,
  rule = 2618,
  policy = 3256,
};

/// A column as others refer to it.
struct Attribute {
  std::string name;
  Oid collation = 0;
};

/// A table, view, sequence, index or composite type.
struct Relation {
  QualifiedName name;
  char kind = '\0';  ///< pg_class.relkind.
  std::size_t place = not_ours;
  std::vector<Attribute> attributes;  ///< By attnum; the first is not used, dropped ones are empty.

  static constexpr std::size_t not_ours = static_cast<std::size_t>(-1);

  /// Where it is in the Schema's list for its kind; extensions own the others.
  [[nodiscard]] bool ours() const { return place != not_ours; }
  [[nodiscard]] const std::string& attribute(std::int64_t number) const;
};

struct OperatorClass {
  std::string name;         ///< As SQL names it.
  bool is_default = false;  ///< Of its type, and need not be named.
};

/// What an index column has beside what pg_index says.
struct IndexColumnSettings {
  std::vector<std::string> parameters;  ///< Of the operator class: "siglen=32".
  std::string statistics;
};

/// Which constraint of a table an index stands behind.
struct IndexedConstraint {
  std::size_t table = 0;
  char kind = '\0';  ///< pg_constraint.contype: 'p', 'u' or 'x'.
  std::size_t place = 0;
};

/// The Schema as far as it has been read, and what later queries refer to by OID.
struct Catalog {
  Catalog(int server_major, DiagnosticSink& diagnostics) : major(server_major), sink(diagnostics) {}

  int major;  ///< 15 for 15.4.
  DiagnosticSink& sink;
  Schema schema;
  std::unordered_map<Oid, std::string> namespaces;  ///< "public" is empty.
  std::unordered_map<Oid, Relation> relations;
  std::unordered_map<Oid, std::string> collations;  ///< As Column::collation names them.
  std::unordered_map<Oid, OperatorClass> operator_classes;
  std::map<std::pair<Oid, int>, IndexColumnSettings> index_columns;
  std::unordered_map<Oid, IndexedConstraint> indexed_constraints;  ///< By the index.
  std::unordered_map<Oid, std::size_t> domains;                    ///< Place in schema.domains.
  std::unordered_map<std::string, syntax::UserType> user_types;    ///< By "schema.name".
  std::map<std::pair<Oid, Oid>, std::vector<std::pair<int, std::string>>> comments;

  [[nodiscard]] std::string comment(CatalogId catalog, Oid object, int part = 0) const;
  [[nodiscard]] const std::string& namespace_name(Oid oid) const;
  /// The operator class of a key's part as SQL names it; empty for the one that it has anyway.
  [[nodiscard]] std::string operator_class(Oid oid) const;
  /// Null when it is not among what was read, such as a table of an extension.
  [[nodiscard]] const Relation* relation(Oid oid) const;
  [[nodiscard]] Table* table(Oid oid);
  [[nodiscard]] View* view(Oid oid);
  /// A type by what format_type() gives.
  [[nodiscard]] Type type(std::string_view format_type_text);
  void add_user_type(const std::string& schema_name, const std::string& name,
                     syntax::UserType type);

 private:
  std::unordered_map<std::string, Type> types_;
};

/// An expression as the server writes it.
[[nodiscard]] Expression sql_expression(std::string text);
/// A text as the server writes it, without white space and semicolon at its end.
[[nodiscard]] SqlText sql_text(std::string_view text);
/// Options from an array of "name=value".
[[nodiscard]] std::vector<Option> options_of(const std::vector<std::string>& assignments);
/// Adds "name" with a value that is not empty.
void add_option(std::vector<Option>& options, std::string name, std::string value);

}  // namespace relata::live::postgres
