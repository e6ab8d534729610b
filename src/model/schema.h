#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/origin.h"
#include "model/expression.h"
#include "model/type.h"

namespace relata {

enum class ReferentialAction { no_action, restrict, cascade, set_null, set_default };

struct Generated {
  Expression expression;
  bool stored = true;
  bool operator==(const Generated&) const = default;
};

struct Column {
  std::string name;
  Type type;
  bool nullable = true;
  std::optional<Expression> default_value;
  std::optional<Generated> generated;
  bool identity = false;  ///< The engine numbers the rows.
  std::string collation;
  std::string comment;
  Origin origin;
  bool operator==(const Column&) const = default;
};

struct PrimaryKey {
  std::string name;  ///< Empty: the engine's own.
  std::vector<std::string> columns;
  bool operator==(const PrimaryKey&) const = default;
};

/// A UNIQUE constraint; one that holds for some rows only is an Index with `unique` and `where`.
struct Unique {
  std::string name;
  std::vector<std::string> columns;
  Origin origin;
  bool operator==(const Unique&) const = default;
};

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string table;  ///< The referenced table.
  std::vector<std::string> referenced;
  ReferentialAction on_delete = ReferentialAction::no_action;
  ReferentialAction on_update = ReferentialAction::no_action;
  /// With set_null: only these columns become NULL (PostgreSQL 15); empty: all of them. A tenant
  /// column must stay set.
  std::vector<std::string> set_null_columns;
  bool deferrable = false;
  bool initially_deferred = false;
  Origin origin;
  bool operator==(const ForeignKey&) const = default;
};

struct Check {
  std::string name;
  Expression expression;
  Origin origin;
  bool operator==(const Check&) const = default;
};

/// No two rows with equal `equal` columns have overlapping periods [from, to); a NULL end is open.
struct NoOverlap {
  std::string name;
  std::vector<std::string> equal;
  std::string from;
  std::string to;
  Origin origin;
  bool operator==(const NoOverlap&) const = default;
};

struct IndexPart {
  Expression expression;  ///< Most often a column.
  bool descending = false;
  std::string operator_class;
  bool operator==(const IndexPart&) const = default;
};

struct Index {
  std::string name;
  std::vector<IndexPart> parts;
  bool unique = false;
  std::string method;  ///< Empty: the engine's B-tree.
  std::optional<Expression> where;
  std::vector<std::string> include;
  std::string comment;
  Origin origin;
  bool operator==(const Index&) const = default;
};

/// What a trigger does; a dialect writes the body.
struct TouchUpdatedAt {
  std::string column;
  bool operator==(const TouchUpdatedAt&) const = default;
};
struct BumpVersion {
  std::string column;
  bool operator==(const BumpVersion&) const = default;
};
/// Writes one row into `log_table` for every row that is inserted, updated or deleted. The log has
/// the columns `action` ('create', 'update', 'delete'), `entity_type`, `entity_id`, `before` and
/// `after` (JSON); what else it has takes its default.
struct WriteAudit {
  std::string log_table;
  std::string entity_type;    ///< Value of the log's entity_type column.
  std::string key_column;     ///< The audited table's key.
  std::string tenant_column;  ///< Of the audited table, empty: none.
  std::string log_tenant_column;
  std::string log_actor_column;      ///< Takes the session's actor; empty: nobody is recorded.
  std::vector<std::string> columns;  ///< What the snapshot holds, in order; secrets are left out.
  bool operator==(const WriteAudit&) const = default;
};
/// Closes the current period and opens a new one in `history_table` when a column changes.
struct WriteHistory {
  std::string history_table;
  std::string key_column;            ///< The tracked table's key.
  std::string history_key_column;    ///< The history's reference to it.
  std::vector<std::string> columns;  ///< Tracked columns, same names in both tables.
  std::vector<std::string> carried;  ///< Columns copied beside them (the tenant column).
  std::string from;
  std::string to;
  bool operator==(const WriteHistory&) const = default;
};
/// Refuses UPDATE and DELETE (audit rows do not change).
struct AppendOnly {
  bool operator==(const AppendOnly&) const = default;
};
struct TriggerBody {
  std::string dialect;
  std::string sql;  ///< The whole CREATE TRIGGER statement, without the semicolon at its end.
  bool operator==(const TriggerBody&) const = default;
};

using TriggerPurpose =
    std::variant<TouchUpdatedAt, BumpVersion, WriteAudit, WriteHistory, AppendOnly, TriggerBody>;

struct Trigger {
  std::string name;
  TriggerPurpose purpose;
  Origin origin;
  bool operator==(const Trigger&) const = default;
};

enum class PolicyCommand { all, select, insert, update, delete_ };

struct Policy {
  std::string name;
  PolicyCommand command = PolicyCommand::all;
  bool permissive = true;
  std::string role;  ///< Empty: PUBLIC.
  std::optional<Expression> using_rows;
  std::optional<Expression> with_check;
  std::string comment;
  Origin origin;
  bool operator==(const Policy&) const = default;
};

/// What a table is for, as far as it was declared or recognised.
struct TableIntent {
  std::string entity;         ///< Name in the Design; empty: unknown.
  std::string tenant_column;  ///< Empty: not scoped.
  std::string soft_delete_column;
  std::string version_column;
  std::string updated_at_column;
  bool junction = false;
  bool audited = false;
  bool audit_log = false;
  std::string history_of;  ///< Table whose history this is.
  bool operator==(const TableIntent&) const = default;
};

struct Table {
  std::string schema;  ///< Namespace; empty: the engine's default.
  std::string name;
  std::vector<Column> columns;
  std::optional<PrimaryKey> primary_key;
  std::vector<Unique> uniques;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Check> checks;
  std::vector<NoOverlap> no_overlaps;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  bool row_level_security = false;  ///< Enabled, and forced on the owner too.
  std::vector<Policy> policies;
  std::string comment;
  /// Rows that belong to the schema itself (the values of a lookup table), each in the order of
  /// `columns`; loaded together with the table.
  std::vector<std::vector<Expression>> rows;
  TableIntent intent;
  Origin origin;
  bool operator==(const Table&) const = default;

  [[nodiscard]] const Column* find_column(std::string_view column) const;
};

struct View {
  std::string schema;
  std::string name;
  std::string dialect;
  std::string sql;  ///< The SELECT.
  std::string comment;
  Origin origin;
  bool operator==(const View&) const = default;
};

/// The settings that the application makes at the start of a transaction or connection.
struct SessionSettings {
  std::string tenant;  ///< "app.current_workspace_id"; empty: no tenancy.
  std::string actor;   ///< "app.current_user_id"; empty: nobody is told apart.
  Type tenant_type;
  Type actor_type;
  std::string role;  ///< The application's role: "app_user"; empty: none.
  bool operator==(const SessionSettings&) const = default;
};

/// What a database holds.
struct Schema {
  std::string name;
  std::vector<Table> tables;
  std::vector<View> views;
  SessionSettings session;
  bool operator==(const Schema&) const = default;

  [[nodiscard]] const Table* find_table(std::string_view table) const;
  [[nodiscard]] Table* find_table(std::string_view table);
};

}  // namespace relata
