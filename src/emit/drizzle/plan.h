#pragma once

// What a schema is in Drizzle's words. schema.ts and the snapshot that drizzle-kit keeps beside a
// migration are both printed from it, so that they cannot disagree.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "emit/code/column_type.h"
#include "emit/code/names.h"
#include "emit/drizzle/names.h"
#include "emit/drizzle/typescript_code.h"
#include "emit/output.h"

namespace relata {
class JsonWriter;
}

namespace relata::emit::drizzle {

/// How a column's literal default is written.
enum class Literal { none, text, number, decimal, boolean };

/// A column's type: function('name', options).calls.
struct ColumnType {
  std::string function;
  std::vector<Code> arguments;  ///< After the name.
  std::vector<Code> calls;      ///< array(), $type().
  std::string sql_type;         ///< What getSQLType() answers.
  std::string type_schema;      ///< Namespace of an enumeration.
  Literal literal = Literal::none;
};

struct PlannedIdentity {
  bool always = false;
  std::string name;
  std::string schema;
  std::string increment, start, minimum, maximum, cache;
  bool cycle = false;
};

struct PlannedColumn {
  std::string member;
  std::string name;
  std::string comment;
  ColumnType type;
  std::vector<Code> calls;  ///< After those of the type: notNull(), default() ...
  bool primary_key = false;
  bool not_null = false;
  bool auto_increment = false;
  bool on_update_now = false;
  std::optional<std::string> default_json;  ///< A JSON value.
  std::optional<std::string> generated;     ///< SQL.
  bool stored = true;
  std::optional<PlannedIdentity> identity;
};

struct PlannedKey {
  std::string name;
  std::vector<std::string> columns;
  bool nulls_not_distinct = false;
};

struct PlannedForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::size_t table = 0;  ///< Place in Plan::tables.
  std::vector<std::string> referenced;
  std::string on_delete = "no action";
  std::string on_update = "no action";
};

struct PlannedIndexPart {
  std::string text;  ///< A column's name, or SQL.
  bool is_expression = false;
  bool ascending = true;
  bool nulls_first = false;
  std::string operator_class;
};

struct PlannedIndex {
  std::string name;
  std::vector<PlannedIndexPart> parts;
  bool unique = false;
  std::string method = "btree";
  std::optional<std::string> where;
  std::vector<std::pair<std::string, std::string>> with;  ///< Storage parameters.
};

struct PlannedCheck {
  std::string name;
  std::string expression;
};

struct PlannedPolicy {
  std::string name;
  bool permissive = true;
  std::string command;             ///< "all", "select" ...
  std::vector<std::string> roles;  ///< Empty: public.
  std::optional<std::string> using_rows;
  std::optional<std::string> with_check;
};

struct PlannedTable {
  const Table* table = nullptr;
  std::string constant;
  std::string entity;
  std::string new_entity;  ///< Of rows to insert.
  std::string space;       ///< Constant of its pgSchema(); empty: the default one.
  std::vector<PlannedColumn> columns;
  std::optional<PlannedKey> primary_key;  ///< One that is not said with its only column.
  std::vector<PlannedKey> uniques;
  std::vector<PlannedForeignKey> foreign_keys;
  std::vector<PlannedIndex> indexes;
  std::vector<PlannedCheck> checks;
  std::vector<PlannedPolicy> policies;
  bool row_level_security = false;
  bool in_cycle = false;  ///< Its foreign keys lead back to it through other tables.
  std::vector<std::string> database_only;  ///< What Drizzle cannot say.
};

struct PlannedView {
  const View* view = nullptr;
  std::string constant;
  std::string entity;
  std::string space;
  std::vector<PlannedColumn> columns;
  std::optional<std::string> definition;                     ///< Nothing: .existing().
  std::vector<std::pair<std::string, std::string>> options;  ///< As drizzle calls them.
  std::vector<std::string> database_only;
};

struct PlannedEnumeration {
  const Enumeration* enumeration = nullptr;
  std::string constant;  ///< Empty: Drizzle cannot say it.
  std::string space;
};

struct PlannedSequence {
  const Sequence* sequence = nullptr;
  std::string constant;
  std::string space;
  PlannedIdentity numbers;  ///< Its name and settings.
};

/// A constant of the file with a name in the database: a namespace or a role.
struct PlannedName {
  std::string constant;
  std::string name;
};

struct Flavor;

struct Plan {
  Plan(const TargetInput& target_input, const Flavor& target_flavor);

  const TargetInput* input;
  const Flavor* flavor;
  CodeNames code_names;
  SchemaIndex meant;   ///< Of the schema as it came, for what only it tells.
  SchemaIndex native;  ///< Of the native one.
  Names names;
  CustomTypes custom_types;
  std::vector<PlannedName> spaces;
  std::vector<PlannedName> roles;
  std::vector<PlannedEnumeration> enumerations;
  std::vector<PlannedSequence> sequences;
  std::vector<PlannedTable> tables;
  std::vector<PlannedView> views;
  bool has_binary_arrays = false;  ///< [postgres] So that binary data is written as \x...
  /// Types that the design asks for, by the module that they come from.
  std::map<std::string, std::set<std::string>> type_imports;
  /// Columns that serial() says, with their sequences: "schema.table.column" with NUL for the dots.
  std::set<std::string> serial_columns;

  [[nodiscard]] const Schema& schema() const { return input->native; }
  /// sql`...`
  [[nodiscard]] Code sql(std::string_view query);
  /// The constant of a namespace's pgSchema(); empty for the default one.
  [[nodiscard]] std::string space_of(std::string_view name) const;
};

/// What differs between Drizzle's three databases.
struct Flavor {
  std::string_view dialect;         ///< Relata's: "mysql".
  std::string_view kit_dialect;     ///< drizzle-kit's: "postgresql".
  std::string_view module;          ///< "drizzle-orm/pg-core"
  std::string_view table_function;  ///< "pgTable"
  std::string_view view_function;
  std::string_view extra_type;  ///< Of what stands in a table's third argument.
  std::string_view version;     ///< Of its snapshots.
  bool ids_first = false;       ///< A snapshot begins with its ids.
  ColumnType (*column_type)(Plan& plan, const Table* table, const Column& column);
  void (*write_snapshot)(const Plan& plan, JsonWriter& json);
};

[[nodiscard]] const Flavor* find_flavor(std::string_view dialect);

[[nodiscard]] Plan make_plan(const TargetInput& input, const Flavor& flavor);

// The steps of make_plan(), each in a file of its own.

/// Namespaces, enumerations, roles and sequences (plan_objects.cpp).
void plan_objects(Plan& plan);
/// Views and their columns (plan_views.cpp).
void plan_views(Plan& plan);
/// Columns of a table, after the types' own calls (plan_columns.cpp).
void plan_columns(Plan& plan, PlannedTable& planned, const TableNames& names);
/// Default, generated or numbered values of a column (plan_values.cpp).
void plan_value(Plan& plan, PlannedColumn& planned, const Table& table, const Column& column);
/// Keys and checks (plan_keys.cpp).
void plan_keys(Plan& plan, PlannedTable& planned);
/// Indexes (plan_indexes.cpp).
void plan_indexes(Plan& plan, PlannedTable& planned);
/// Row-level security (plan_keys.cpp).
void plan_policies(Plan& plan, PlannedTable& planned);
/// What of the table only the database has (plan_left_out.cpp).
void plan_left_out(const Plan& plan, PlannedTable& planned);
/// Which tables' foreign keys go in circles (plan_cycles.cpp).
void plan_cycles(Plan& plan);

/// "schema.table.column", for Plan::serial_columns.
[[nodiscard]] std::string column_key(std::string_view schema, std::string_view table,
                                     std::string_view column);
/// Whether the text would be cut in two where drizzle-kit joins and splits what it compares.
[[nodiscard]] bool survives_kit(std::string_view text, std::string_view separators);
/// Whether Drizzle can have a column of that name: without one it is called like its member, and
/// __proto__ is no member to JavaScript.
[[nodiscard]] bool can_be_named(std::string_view column);
[[nodiscard]] bool survive_kit(const std::vector<std::string>& names);
/// Whether a unique index is said as a constraint, which is the same to MySQL.
[[nodiscard]] bool is_unique_constraint(const Plan& plan, const Index& index);
/// Whether the table's primary key is its only column's own.
[[nodiscard]] bool has_plain_key(const Plan& plan, const Table& table, const Column& column);
/// What settings of a sequence come to; `type`: "integer", "smallint", "bigint".
[[nodiscard]] PlannedIdentity planned_numbers(const SequenceOptions& options,
                                              std::string_view type);
/// The settings that are not the usual ones, as an object's members.
[[nodiscard]] std::vector<std::pair<std::string, Code>> number_options(
    const SequenceOptions& options);

ColumnType postgres_type(Plan& plan, const Table* table, const Column& column);
ColumnType mysql_type(Plan& plan, const Table* table, const Column& column);
ColumnType sqlite_type(Plan& plan, const Table* table, const Column& column);

}  // namespace relata::emit::drizzle
