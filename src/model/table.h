#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/origin.h"
#include "base/rare.h"
#include "model/expression.h"
#include "model/sql_text.h"
#include "model/type.h"

namespace relata {

// Members that only one engine has name it in brackets; readers fill them, and the other dialects
// say what stands in their place.

enum class ReferentialAction { no_action, restrict, cascade, set_null, set_default };

struct Generated {
  Expression expression;
  bool stored = true;
  bool operator==(const Generated&) const = default;
};

/// What a sequence, or the numbering of an identity column, was told; what is not set has the
/// engine's default.
struct SequenceOptions {
  std::optional<std::string> start;
  std::optional<std::string> increment;
  std::optional<std::string> minimum;
  std::optional<std::string> maximum;
  std::optional<std::string> cache;
  bool cycle = false;
  bool operator==(const SequenceOptions&) const = default;
};

/// The engine numbers the rows.
struct Identity {
  bool always = false;    ///< [postgres] GENERATED ALWAYS: rows cannot bring a number of their own.
  bool automatic = true;  ///< [sqlite] false: INTEGER PRIMARY KEY without AUTOINCREMENT.
  std::string sequence;   ///< [postgres] Name of the sequence; empty: table_column_seq.
  SequenceOptions options;
  bool operator==(const Identity&) const = default;
};

struct Column {
  std::string name;
  Type type;
  bool nullable = true;
  std::optional<Expression> default_value;
  Rare<Generated> generated;
  Rare<Identity> identity;
  /// Where it is not the one that the column would have anyway. [postgres] The name without quotes;
  /// with its namespace and a dot where that is neither pg_catalog nor public.
  std::string collation;
  std::string comment;
  Origin origin;
  std::string character_set = {};   ///< [mysql]
  Rare<Expression> on_update = {};  ///< [mysql] ON UPDATE CURRENT_TIMESTAMP.
  bool invisible = false;           ///< [mysql]
  bool inherited = false;           ///< [postgres] From a parent table only (attislocal is false).
  std::string not_null_name =
      {};  ///< [postgres 18] Of the constraint, where it is not the default.
  /// [postgres] storage ("external"), compression, statistics, n_distinct ..., "not null" ("no
  /// inherit", "not valid"; 18); what a column of a foreign table is told.
  std::vector<Option> options = {};
  bool operator==(const Column&) const = default;
};

struct PrimaryKey {
  std::string name;  ///< Empty: the engine's own.
  std::vector<std::string> columns;
  std::vector<std::string> include = {};  ///< [postgres]
  bool deferrable = false;                ///< [postgres]
  bool initially_deferred = false;        ///< [postgres]
  bool without_overlaps = false;          ///< [postgres 18] The last column is a period.
  std::vector<int> prefix_lengths = {};   ///< [mysql] One a column, 0: all of it; empty: all whole.
  /// Storage parameters, "tablespace", "clustered" [postgres]; conflict clause on SQLite.
  std::vector<Option> options = {};
  std::string comment = {};
  Origin origin = {};
  Implied algorithm = {};  ///< [mysql] USING: "BTREE", "HASH".
  /// [postgres] Of a partition: the index or key of the whole table that it is a part of.
  std::optional<QualifiedName> parent = {};
  bool operator==(const PrimaryKey&) const = default;
};

/// A UNIQUE constraint; one that holds for some rows only is an Index with `unique` and `where`.
/// MySQL has unique indexes only.
struct Unique {
  std::string name;
  std::vector<std::string> columns;
  Origin origin;
  std::vector<std::string> include = {};  ///< [postgres]
  bool nulls_not_distinct = false;        ///< [postgres 15]
  bool deferrable = false;                ///< [postgres]
  bool initially_deferred = false;        ///< [postgres]
  bool without_overlaps = false;          ///< [postgres 18]
  std::vector<Option> options = {};
  std::string comment = {};
  std::optional<QualifiedName> parent = {};  ///< [postgres] As PrimaryKey::parent.
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
  std::string table_schema = {};  ///< Namespace of the referenced table; empty: the default.
  bool match_full = false;
  bool validated = true;   ///< [postgres] false: NOT VALID.
  bool enforced = true;    ///< [postgres 18]
  bool inherited = false;  ///< [postgres] From the partitioned parent.
  bool period = false;     ///< [postgres 18] The last column is a PERIOD.
  std::string comment = {};
  bool operator==(const ForeignKey&) const = default;
};

struct Check {
  std::string name;
  Expression expression;
  Origin origin;
  bool no_inherit = false;  ///< [postgres]
  bool validated = true;    ///< [postgres] false: NOT VALID.
  bool enforced = true;     ///< [postgres 18, mysql 8]
  bool inherited = false;   ///< [postgres] From a parent table only.
  std::string column = {};  ///< [mysql, sqlite] Written with this column; empty: with the table.
  std::string comment = {};
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
  /// [postgres] In SQL, with its parameters: "tools.ops", "gist_trgm_ops (siglen='32')"; empty: the
  /// default one.
  std::string operator_class = {};
  std::optional<bool> nulls_first = {};  ///< [postgres] Only where it is not the default.
  std::string collation = {};            ///< [postgres, sqlite]
  int prefix_length = 0;                 ///< [mysql] Characters or bytes; 0: all of it.
  bool operator==(const IndexPart&) const = default;
};

struct Index {
  std::string name;
  std::vector<IndexPart> parts;
  bool unique = false;
  /// Empty: the engine's B-tree. "gin", "gist", "hash", "brin" ...; "fulltext", "spatial" [mysql].
  std::string method;
  std::optional<Expression> where;
  std::vector<std::string> include;
  std::string comment;
  Origin origin;
  bool nulls_not_distinct = false;  ///< [postgres 15]
  bool valid = true;                ///< [postgres] false: left behind by a failed CONCURRENTLY.
  bool only = false;                ///< [postgres] ON ONLY a partitioned table.
  std::optional<QualifiedName> parent = {};  ///< [postgres] The index that this one is attached to.
  bool clustered = false;                    ///< [postgres] ALTER TABLE ... CLUSTER ON.
  bool invisible = false;                    ///< [mysql]
  /// [postgres] Storage parameters, "tablespace", "statistics N" of the Nth part; [mysql] PARSER
  /// ...
  std::vector<Option> options = {};
  Implied algorithm = {};    ///< [mysql] USING: "BTREE", "HASH".
  AsWritten statement = {};  ///< [sqlite]
  bool operator==(const Index&) const = default;
};

/// [postgres] EXCLUDE USING method (part WITH operator, ...).
struct Exclusion {
  std::string name;
  std::string method;
  std::vector<IndexPart> parts;
  std::vector<std::string> operators;  ///< One a part.
  std::vector<std::string> include;
  std::optional<Expression> where;
  bool deferrable = false;
  bool initially_deferred = false;
  std::vector<Option> options = {};
  std::string comment = {};
  Origin origin = {};
  bool operator==(const Exclusion&) const = default;
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
/// A trigger as it was read, or as a dialect wrote it out.
struct TriggerBody {
  std::string dialect;
  std::string sql;  ///< The whole CREATE TRIGGER statement, without the semicolon at its end.
  std::string canonical = {};  ///< See SqlText::canonical; what comparison looks at.
  std::string enabled = {};    ///< [postgres] "disabled", "replica", "always"; empty: as usual.
  std::string comment = {};
  CreationSession session = {};  ///< [mysql]
  bool operator==(const TriggerBody& other) const {
    return dialect == other.dialect && enabled == other.enabled && comment == other.comment &&
           session == other.session &&
           (canonical.empty() ? sql : canonical) ==
               (other.canonical.empty() ? other.sql : other.canonical);
  }
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
  std::vector<std::string> roles;  ///< Empty: PUBLIC.
  std::optional<Expression> using_rows;
  std::optional<Expression> with_check;
  std::string comment;
  Origin origin;
  bool operator==(const Policy&) const = default;
};

/// [postgres] PARTITION BY strategy (parts). [mysql] `text` is the whole clause.
struct Partitioning {
  std::string strategy;  ///< "range", "list", "hash"; empty for MySQL.
  std::vector<IndexPart> parts;
  SqlText text;
  bool operator==(const Partitioning&) const = default;
};

/// [postgres] PARTITION OF parent bound ("FOR VALUES FROM (...) TO (...)", "DEFAULT").
struct PartitionOf {
  QualifiedName parent;
  SqlText bound;
  bool operator==(const PartitionOf&) const = default;
};

/// [postgres] CREATE RULE on a table or view; the whole statement.
struct Rule {
  std::string name;
  SqlText sql;
  std::string enabled;  ///< As TriggerBody::enabled.
  std::string comment;
  bool operator==(const Rule&) const = default;
};

/// What a table is for, as far as it was declared or recognised.
struct TableIntent {
  std::string entity;         ///< Name in the Design; empty: unknown.
  std::string tenant_column;  ///< Empty: not scoped.
  bool tenant_root = false;   ///< Its rows are the tenants.
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
  std::vector<Exclusion> exclusions;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  bool row_level_security = false;         ///< Enabled.
  bool row_level_security_forced = false;  ///< On the owner too.
  std::vector<Policy> policies;
  std::vector<Rule> rules;
  std::string comment;
  /// Rows that belong to the schema itself (the values of a lookup table), each in the order of
  /// `columns`; loaded together with the table.
  std::vector<std::vector<Expression>> rows;
  TableIntent intent;
  Origin origin;

  bool unlogged = false;                     ///< [postgres]
  std::optional<Partitioning> partitioning;  ///< [postgres, mysql]
  std::optional<PartitionOf> partition_of;   ///< [postgres]
  std::vector<QualifiedName> inherits;       ///< [postgres]
  std::optional<QualifiedName> of_type;      ///< [postgres] CREATE TABLE name OF type.
  std::string server;                        ///< [postgres] Of a foreign table; empty: none.
  std::string
      replica_identity;  ///< [postgres] "full", "nothing", or an index's name; empty: default.
  /// [postgres] Storage parameters, those of its TOAST table as "toast.NAME", "tablespace", "access
  /// method", and what a foreign table is told; [mysql] "ENGINE", "ROW_FORMAT" ...; [sqlite]
  /// "WITHOUT ROWID", "STRICT".
  std::vector<Option> options;
  Implied character_set = {};  ///< [mysql] What text columns have that name none.
  Implied collation = {};      ///< [mysql]
  AsWritten statement = {};    ///< [sqlite] Without indexes and triggers.
  bool operator==(const Table&) const = default;

  [[nodiscard]] const Column* find_column(std::string_view column) const;
};

}  // namespace relata
