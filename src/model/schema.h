#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/code.h"
#include "model/object.h"
#include "model/table.h"
#include "model/type.h"

namespace relata {

/// The settings that the application makes at the start of a transaction or connection.
struct SessionSettings {
  std::string tenant;  ///< "app.current_workspace_id"; empty: no tenancy.
  std::string actor;   ///< "app.current_user_id"; empty: nobody is told apart.
  Type tenant_type;
  Type actor_type;
  std::string role;  ///< The application's role: "app_user"; empty: none.
  bool operator==(const SessionSettings&) const = default;
};

/// What a table or a column was called before.
struct FormerName {
  QualifiedName table;  ///< As it is called now.
  std::string column;   ///< As it is called now; empty: the table itself.
  std::string name;     ///< Before.
  bool operator==(const FormerName&) const = default;
};

/// What a person says of former names; a difference between schemas it is not.
struct FormerNames {
  std::vector<FormerName> all;
  bool operator==(const FormerNames&) const { return true; }
};

/// What a database holds.
struct Schema {
  std::string name;
  /// Id of the dialect that it was read in ("postgres"), whose own forms it then keeps to the
  /// letter; empty: it came from a Design and every dialect lowers it.
  std::string dialect;
  std::vector<Namespace> namespaces;
  std::vector<Extension> extensions;
  std::vector<Enumeration> enumerations;
  std::vector<Domain> domains;
  std::vector<CompositeType> composite_types;
  std::vector<Sequence> sequences;
  std::vector<Routine> routines;
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<OtherObject> others;
  std::vector<Grant> grants;
  std::vector<Option> options;  ///< [postgres] "search_path": see dialect/postgres_native.h.
  Implied character_set = {};   ///< [mysql] What tables have that name none.
  Implied collation = {};       ///< [mysql]
  SessionSettings session;
  std::vector<CodeSettings> code;
  FormerNames former_names = {};
  bool operator==(const Schema&) const = default;

  /// The first table of that name in any namespace.
  [[nodiscard]] const Table* find_table(std::string_view table) const;
  [[nodiscard]] Table* find_table(std::string_view table);
  /// The table of that name in that namespace.
  [[nodiscard]] const Table* find_table(std::string_view table_schema,
                                        std::string_view table) const;
  [[nodiscard]] Table* find_table(std::string_view table_schema, std::string_view table);
};

}  // namespace relata
