// Objects without a counterpart, and the members that only the source knows.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/convert_steps.h"

namespace relata {
namespace {

class ObjectList {
 public:
  explicit ObjectList(Conversion& conversion) : conversion_(conversion) {}

  void leave_out(const std::string& code, const std::string& kind, const std::string& name,
                 const Origin& origin) {
    conversion_.losses.warning(
        code + "-not-available",
        kind + " are not carried over to " + conversion_.title() + " and are left out", name,
        origin);
  }

 private:
  Conversion& conversion_;
};

void leave_out_table_objects(Table& table, ObjectList& list) {
  std::vector<Trigger> kept;
  for (Trigger& trigger : table.triggers) {
    if (std::holds_alternative<TriggerBody>(trigger.purpose)) {
      list.leave_out("trigger", "triggers", trigger.name + " of " + table.name, trigger.origin);
    } else {
      kept.push_back(std::move(trigger));
    }
  }
  table.triggers = std::move(kept);
  for (const Policy& policy : table.policies) {
    list.leave_out("policy", "policies", policy.name + " of " + table.name, policy.origin);
  }
  table.policies.clear();
  for (const Rule& rule : table.rules) {
    list.leave_out("rule", "rules", rule.name + " of " + table.name, table.origin);
  }
  table.rules.clear();
  for (const Exclusion& exclusion : table.exclusions) {
    list.leave_out("exclusion", "exclusion constraints", exclusion.name + " of " + table.name,
                   exclusion.origin);
  }
  table.exclusions.clear();
}

/// The engine keeps the moment of a row's last change; elsewhere a trigger does.
void touch_columns(Table& table) {
  for (Column& column : table.columns) {
    if (!column.on_update) continue;
    table.triggers.push_back(
        {table.name + "_touch_" + column.name, TouchUpdatedAt{column.name}, column.origin});
    column.on_update.reset();
  }
}

void convert_collation(Conversion& conversion, const Table& table, Column& column) {
  if (column.collation.empty()) return;
  const std::string name = to_lower(column.collation);
  const bool ignores_case =
      name == "nocase" || (name.size() > 3 && name.substr(name.size() - 3) == "_ci");
  const bool by_bytes = name == "binary" || name == "c" || name == "posix" || name == "ucs_basic" ||
                        (name.size() > 4 && name.substr(name.size() - 4) == "_bin");
  column.collation.clear();
  if (ignores_case) column.collation = std::string(conversion.target.case_insensitive_collation());
  if (!by_bytes && column.collation.empty()) {
    conversion.losses.warning("collation-not-available",
                              "texts are compared as the database does by itself for " +
                                  conversion.title() + ", without their own collation",
                              column_path(table, column) + " (" + name + ")", column.origin);
  }
}

void forget(Column& column) {
  column.character_set.clear();
  column.invisible = false;
  column.inherited = false;
  column.not_null_name.clear();
  column.options.clear();
}

void forget(Table& table) {
  table.unlogged = false;
  table.partitioning.reset();
  table.inherits.clear();
  table.of_type.reset();
  table.replica_identity.clear();
  table.options.clear();
  if (table.primary_key) table.primary_key->parent.reset();
  for (Unique& unique : table.uniques) unique.parent.reset();
  table.row_level_security_forced = false;
}

}  // namespace

void leave_out_objects(Conversion& conversion) {
  Schema& schema = conversion.schema;
  ObjectList list(conversion);
  for (Table& table : schema.tables) {
    leave_out_table_objects(table, list);
    touch_columns(table);
    for (Column& column : table.columns) convert_collation(conversion, table, column);
  }
  for (const Routine& routine : schema.routines) {
    const std::string kind = routine.kind.empty() ? "routine" : routine.kind;
    list.leave_out(kind, kind + "s", routine.name, routine.origin);
  }
  for (const Extension& extension : schema.extensions) {
    conversion.losses.note("extension-not-available",
                           "extensions are left out for " + conversion.title(), extension.name,
                           extension.origin);
  }
  for (const OtherObject& other : schema.others) {
    list.leave_out("object", "other objects", other.kind + " " + other.name, other.origin);
  }
  std::set<std::string> grantees;
  for (const Grant& grant : schema.grants) {
    grantees.insert(grant.grantee.empty() ? "PUBLIC" : grant.grantee);
  }
  for (const std::string& grantee : grantees) {
    conversion.losses.note(
        "grant-not-available",
        "privileges are left out for " + conversion.title() + "; these roles have them", grantee,
        {});
  }
  for (const Sequence& sequence : schema.sequences) {
    if (!sequence.owned_by_table.name.empty() ||
        conversion.taken_sequences.count(to_lower(sequence.name)) > 0) {
      continue;
    }
    conversion.losses.note("sequence-left-out",
                           "sequences of their own are left out for " + conversion.title(),
                           sequence.name, sequence.origin);
  }
}

void forget_native_forms(Conversion& conversion) {
  Schema& schema = conversion.schema;
  schema.namespaces.clear();
  schema.extensions.clear();
  schema.enumerations.clear();
  schema.domains.clear();
  schema.composite_types.clear();
  schema.sequences.clear();
  schema.routines.clear();
  schema.others.clear();
  schema.grants.clear();
  schema.options.clear();
  for (Table& table : schema.tables) {
    forget(table);
    for (Column& column : table.columns) forget(column);
  }
}

}  // namespace relata
