#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "design/design.h"
#include "design/expand.h"
#include "model/schema.h"

// What the files that make up expand() share. Nothing outside this folder includes it.
//
//   complete()        Design to Design: dangling names reported, derived entities added
//   make_plan()       which table, key, references and patterns every entity gets
//   build tables      columns in their usual order, then each pattern
//   name_everything() names of keys, constraints and indexes

namespace relata::design {

struct KeyColumn {
  std::string name;
  Type type;
};

/// A reference from one entity to another that becomes a foreign key.
struct Reference {
  std::string name;        ///< "assignee": the role, or the entity in snake_case.
  std::size_t target = 0;  ///< Place in Plan::entities.
  bool role = false;       ///< The name says more than the target's own.
  bool required = false;
  bool unique = false;       ///< One to one.
  bool pair = false;         ///< One of the ends that a junction links.
  bool identifying = false;  ///< Part of a weak entity's identity.
  bool shares_key = false;   ///< A subtype's own key is the reference.
  std::string group;         ///< Polymorphic reference that it is one arm of; empty: none.
  ReferentialAction on_delete = ReferentialAction::no_action;
  std::string column;                ///< The name that the design gives; empty: derived.
  std::string formerly;              ///< The column's name before; empty: the same.
  std::vector<std::string> columns;  ///< In the order of the target's key.
  Origin origin;
};

struct EntityPlan {
  const Entity* entity = nullptr;
  std::string table;
  bool stored = true;  ///< False: a subtype that is only a value of a discriminator.
  bool surrogate = true;
  std::vector<KeyColumn> key;
  std::vector<Reference> references;
  bool membership = false;
  bool root = false;               ///< The tenant itself.
  bool stands_for_others = false;  ///< Added as the supertype of a polymorphic reference's targets.
  std::string tenant_column;       ///< Empty: rows are shared by all tenants.
  std::vector<std::string> discriminates;  ///< Subtypes that are values of a column here.
  std::string discriminator;               ///< That column's name.
  bool timestamps = false;
  bool soft_delete = false;
  bool version = false;
  bool audit = false;
  bool authors = false;
  bool public_id = false;
  bool history = false;
};

struct Plan {
  const Design* design = nullptr;
  ExpandOptions options;
  std::vector<EntityPlan> entities;
  std::map<std::string, std::size_t, std::less<>> by_name;
  std::optional<std::size_t> actor;
  std::optional<std::size_t> root;
  std::optional<std::size_t> audit_log;
  bool root_is_added = false;  ///< Only the pattern names the tenant: what exists belongs to it.
  std::string tenant;          ///< snake_case of the tenant root: "workspace".

  [[nodiscard]] const EntityPlan* find(std::string_view entity) const;
};

/// A design that is fit to expand, with what expansion must know about it.
struct CompleteDesign {
  Design design;
  std::set<std::string> supertypes;  ///< Entities added for polymorphic references.
  bool root_is_added = false;        ///< The tenant is an entity that only the pattern names.
};

/// The design with everything that expansion needs: what is wrong with it is reported and left
/// out; junctions, membership and audit log that are only implied become entities.
[[nodiscard]] CompleteDesign complete(const Design& design, const ExpandOptions& options,
                                      DiagnosticSink& sink);

/// The plan refers to the design, which must outlive it.
[[nodiscard]] Plan make_plan(const CompleteDesign& complete, const ExpandOptions& options,
                             DiagnosticSink& sink);

/// Fills EntityPlan::references (columns are set by resolve_keys()).
void collect_references(Plan& plan, DiagnosticSink& sink);
/// The names that make up a unique key; a weak entity's identifier holds its owner.
[[nodiscard]] std::vector<std::string> names_in_key(const EntityPlan& entity, const UniqueKey& key);
/// Chooses every entity's key and the columns of all references.
void resolve_keys(Plan& plan);
/// Marks the tenant-scoped entities.
void scope_to_tenant(Plan& plan, DiagnosticSink& sink);

/// Columns of an entity or of its references that a key or index names by `name`: a field, a
/// reference's name or column, or a column that a pattern adds. Empty: unknown.
[[nodiscard]] std::vector<std::string> columns_named(const Plan& plan, const EntityPlan& entity,
                                                     std::string_view name);

/// The table of one entity with its key, tenant column, references, fields and bookkeeping columns.
[[nodiscard]] Table build_table(const Plan& plan, const EntityPlan& entity, DiagnosticSink& sink);

// Patterns, each in the file of its name.
void add_field(Table& table, const Plan& plan, const EntityPlan& entity, const Field& field,
               DiagnosticSink& sink);
void add_timestamps(Table& table, const EntityPlan& entity);
void add_authors(Table& table, const Plan& plan, const EntityPlan& entity);
void add_version(Table& table, const EntityPlan& entity);
void add_public_id(Table& table, const EntityPlan& entity);
void add_soft_delete(Table& table, const EntityPlan& entity);
void add_tenant_column(Table& table, const Plan& plan, const EntityPlan& entity);
void add_tenancy(Table& table, const Plan& plan, const EntityPlan& entity);
void add_membership_fields(Table& table, const Plan& plan, const EntityPlan& entity);
/// A joined_at that the design names takes the pattern's default: whoever joins does so now.
void complete_membership(Table& table);
void add_audit_log_columns(Table& table, const Plan& plan, const EntityPlan& entity);
/// Indexes, append-only trigger and the reference to the actor of the log's table.
void finish_audit_log(Table& table, const Plan& plan);
void add_audit_trigger(Table& table, const Plan& plan, const EntityPlan& entity);
/// The table that keeps the former states of an entity's rows; adds the trigger that fills it.
[[nodiscard]] Table add_history(Table& table, const Plan& plan, const EntityPlan& entity);
/// Whether the values of an entity's own enumeration are kept in a lookup table.
[[nodiscard]] bool has_lookup(const Plan& plan, const EntityPlan& entity, const Field& field);
/// The lookup tables of the entity's enumerations; adds the foreign keys to them.
[[nodiscard]] std::vector<Table> add_lookups(Table& table, const Plan& plan,
                                             const EntityPlan& entity);
/// CHECKs that a polymorphic reference has one target.
void add_exclusive_arcs(Table& table, const EntityPlan& entity);

/// Unique keys and index wishes of the entity.
void add_keys_and_wishes(Table& table, const Plan& plan, const EntityPlan& entity,
                         DiagnosticSink& sink);
/// Foreign keys of the entity's references.
void add_foreign_keys(Table& table, const Plan& plan, const EntityPlan& entity);
/// Indexes for foreign keys that nothing covers, and no index that another one makes redundant.
void index_foreign_keys(Schema& schema);
/// UNIQUE (tenant, id) wherever a composite foreign key points.
void add_referenced_uniques(Schema& schema);
/// Names for what has none yet, all of them unique in the schema.
void name_everything(Schema& schema);
/// What the entity's table and its columns were called before.
void add_former_names(Schema& schema, const EntityPlan& entity);
/// Comments for tables that have none.
void describe_tables(Schema& schema, const Plan& plan);

}  // namespace relata::design
