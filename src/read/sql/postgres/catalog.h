#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "syntax/postgres/types.h"

namespace relata::sql::postgres {

enum class RelationKind { table, view, sequence, index, composite_type };

/// What a name in a namespace stands for. Tables, indexes, views, sequences and composite types
/// share their names (pg_class).
struct Relation {
  RelationKind kind = RelationKind::table;
  QualifiedName owner;  ///< Of an index: its table or view; of an identity's sequence: its table.
};

/// Temporary tables and what belongs to them live here, and are gone at the end.
inline constexpr std::string_view temporary_namespace = "pg_temp";

/// Privileges of one grantee on one object: each with whether it can be passed on.
struct GrantKey {
  std::string kind, schema, name, arguments, column, grantee;
  auto operator<=>(const GrantKey&) const = default;
};

/// ALTER DEFAULT PRIVILEGES: what is granted on every object made later.
struct DefaultPrivilege {
  std::string role;    ///< FOR ROLE; empty: who runs the statements.
  std::string schema;  ///< "*": in every namespace.
  std::string kind;    ///< "table", "sequence", "function", "type", "schema".
  std::string grantee;
  std::string privilege;
  bool grantable = false;
  bool revoked = false;
};

/// The database as the statements so far have left it; what pg_catalog is to the server. The
/// namespace "public" is the empty name everywhere.
struct Catalog {
  // std::map keeps addresses when others come and go, and gives them back in order.
  std::map<std::string, Namespace> namespaces;
  bool has_public = true;
  std::string public_comment;
  std::map<std::string, Extension> extensions;
  std::map<QualifiedName, Enumeration> enumerations;
  std::map<QualifiedName, Domain> domains;
  std::map<QualifiedName, CompositeType> composites;
  std::set<QualifiedName> other_types;  ///< Range and base types; kept as OtherObject.
  std::map<QualifiedName, Sequence> sequences;
  std::map<QualifiedName, Table> tables;
  std::map<QualifiedName, View> views;
  std::vector<Routine> routines;
  std::set<QualifiedName> routine_names;
  std::vector<OtherObject> others;
  std::map<GrantKey, std::map<std::string, bool>> grants;
  std::map<GrantKey, std::set<std::string>> revoked;  ///< What PUBLIC has lost.
  std::vector<DefaultPrivilege> default_privileges;
  std::map<GrantKey, std::string> owners;  ///< By kind, schema, name, arguments.

  std::map<QualifiedName, Relation> relations;
  std::map<QualifiedName, int> constraint_names;  ///< How often a name is taken in a namespace.
  std::map<QualifiedName, std::vector<QualifiedName>> children;   ///< Partitions and heirs.
  std::map<QualifiedName, std::set<QualifiedName>> view_sources;  ///< Relations that a view reads.

  std::vector<std::string> search_path{""};

  // Names.
  [[nodiscard]] bool has_namespace(std::string_view name) const;
  /// The first namespace of the search path that exists.
  [[nodiscard]] std::string creation_namespace() const;
  /// The relation that a name means; `schema` as written, empty: by the search path.
  [[nodiscard]] std::optional<QualifiedName> find_relation(std::string_view schema,
                                                           std::string_view name) const;
  [[nodiscard]] const Relation* relation(const QualifiedName& name) const;
  [[nodiscard]] Table* find_table(std::string_view schema, std::string_view name);
  [[nodiscard]] View* find_view(std::string_view schema, std::string_view name);
  /// The namespace in which an unqualified type is found; public when it is not known.
  [[nodiscard]] std::string type_namespace(std::string_view name) const;
  /// A collation's name with its namespace, where that is not pg_catalog or public.
  [[nodiscard]] std::string collation_name(std::string_view schema, std::string_view name) const;
  /// Finds a named thing of one kind along the search path.
  template <class T>
  [[nodiscard]] T* find(std::map<QualifiedName, T>& things, std::string_view schema,
                        std::string_view name) {
    if (!schema.empty()) {
      const auto found = things.find({model_namespace(schema), std::string(name)});
      return found == things.end() ? nullptr : &found->second;
    }
    for (const std::string& candidate : search_path) {
      const auto found = things.find({candidate, std::string(name)});
      if (found != things.end()) return &found->second;
    }
    return nullptr;
  }
  /// "public" is the empty name.
  [[nodiscard]] static std::string model_namespace(std::string_view written);

  // Default names, as the server chooses them.
  [[nodiscard]] std::string choose_relation_name(std::string_view name1, std::string_view name2,
                                                 std::string_view label, const std::string& schema,
                                                 bool constraint) const;
  [[nodiscard]] std::string choose_constraint_name(std::string_view name1, std::string_view name2,
                                                   std::string_view label,
                                                   const std::string& schema) const;
  void claim_constraint(const std::string& schema, const std::string& name);
  void release_constraint(const std::string& schema, const std::string& name);

  // Inheritance.
  [[nodiscard]] std::vector<QualifiedName> children_of(const QualifiedName& parent) const;
  /// Whether a table is another one or inherits from it, directly or not.
  [[nodiscard]] bool is_heir(const QualifiedName& table, const QualifiedName& ancestor) const;
  void add_child(const QualifiedName& parent, const QualifiedName& child);
  void remove_child(const QualifiedName& parent, const QualifiedName& child);

  /// What has been gathered, in the form and order in which a Schema is compared.
  [[nodiscard]] Schema schema() &&;

 private:
  [[nodiscard]] std::vector<Grant> net_grants() const;
  [[nodiscard]] std::vector<OtherObject> default_privilege_objects() const;
  void fill_types(Schema& schema) const;
};

}  // namespace relata::sql::postgres
