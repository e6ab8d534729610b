#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "design/design.h"
#include "model/schema.h"

// What the files that make up lift() share. Nothing outside this folder includes it.

namespace relata::design {

enum class TableRole {
  entity,
  junction,   ///< Links two entities, and is known by the pair.
  subtype,    ///< Its key is a reference to another entity's.
  audit_log,  ///< What the audit pattern writes.
  history,    ///< What the history pattern writes.
  lookup,     ///< The values of another table's enumeration.
  partition,  ///< Rows of its parent.
};

/// Whether a pattern or another table makes the table: it is no entity.
[[nodiscard]] bool is_derived(TableRole role);

/// One table on its way to an entity.
struct LiftedTable {
  const Table* table = nullptr;
  TableRole role = TableRole::entity;
  std::string entity;                 ///< Name in the design.
  std::set<std::string> handled;      ///< Columns that a pattern, key or relationship stands for.
  std::set<std::string> said_checks;  ///< Names of checks that a field's type or bounds say.
  bool timestamps = false;
  bool soft_delete = false;
  bool version = false;
};

/// The tables of a schema with what was found out about them.
struct Lifting {
  const Schema* schema = nullptr;
  DiagnosticSink* sink = nullptr;
  std::vector<LiftedTable> tables;
  std::map<QualifiedName, std::size_t> places;  ///< Of a table in `tables`.
  std::optional<std::size_t> tenant;            ///< The tenant root.
  std::string tenant_column;                    ///< "workspace_id".

  /// The table that a key refers to; null when the schema does not have it.
  [[nodiscard]] const LiftedTable* target(const ForeignKey& key) const;
  [[nodiscard]] LiftedTable* target(const ForeignKey& key);
};

/// Names of entities, unique; what each table is for.
void classify_tables(Lifting& lifting);
/// Marks timestamps, soft delete and versions, and finds the tenant.
void recognise_patterns(Lifting& lifting);
/// Patterns of the whole: what most entities have; each entity says where it differs.
void write_patterns(const Lifting& lifting, Design& design);
/// The entity of a table: key, fields, unique keys and indexes.
[[nodiscard]] Entity lift_entity(const Lifting& lifting, LiftedTable& lifted);
/// The relationships behind the foreign keys.
void lift_relationships(Lifting& lifting, Design& design);

/// The field of a column; checks that its type says are marked as said.
[[nodiscard]] Field lift_field(const Lifting& lifting, LiftedTable& lifted, const Column& column);
/// How the rows of a table are told apart: an id that the database makes, or a natural key.
[[nodiscard]] IdKind id_kind(const Schema& schema, const Table& table);
/// Whether an index or constraint makes these columns unique, in any order and for all rows.
[[nodiscard]] bool is_unique(const Table& table, const std::vector<std::string>& columns);
/// The foreign key of exactly this column, null when there is none.
[[nodiscard]] const ForeignKey* reference_of(const Table& table, const std::string& column);

/// An expression in neutral terms: itself, or what SQL means; null where only its engine can say
/// it.
[[nodiscard]] const Expression* meaning_of(const Expression& expression);

}  // namespace relata::design
