// DROP of everything.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/routines.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

/// The columns, and the routines, that are of a type go with it.
void remove_uses_of_type(Reader& reader, const QualifiedName& type) {
  Catalog& catalog = reader.catalog;
  const std::string spelling = syntax::postgres_qualified_name(type.schema, type.name);
  std::vector<std::pair<QualifiedName, std::string>> columns;
  for (const auto& [name, table] : catalog.tables)
    for (const Column& column : table.columns)
      if (column.type.spelling == spelling || column.type.spelling == spelling + "[]")
        columns.emplace_back(name, column.name);
  for (const auto& [table, column] : columns) remove_column(reader, table, column);
  std::erase_if(catalog.routines, [&](const Routine& routine) {
    const std::vector<std::string_view> arguments = split(routine.arguments, ',');
    return std::any_of(arguments.begin(), arguments.end(), [&](std::string_view argument) {
      return trim(argument) == spelling || trim(argument) == spelling + "[]";
    });
  });
}

void remove_type(Reader& reader, const QualifiedName& name, bool cascade) {
  Catalog& catalog = reader.catalog;
  if (cascade) remove_uses_of_type(reader, name);
  catalog.enumerations.erase(name);
  if (const auto domain = catalog.domains.find(name); domain != catalog.domains.end()) {
    for (const Check& check : domain->second.checks)
      catalog.release_constraint(name.schema, check.name);
    catalog.domains.erase(domain);
  }
  if (catalog.composites.erase(name) > 0) catalog.relations.erase(name);
  if (catalog.other_types.erase(name) > 0)
    std::erase_if(catalog.others, [&](const OtherObject& other) {
      return (other.kind == "range type" || other.kind == "base type") &&
             other.schema == name.schema && other.name == name.name;
    });
  forget_privileges(catalog, "type", name);
}

bool drop_type(Reader& reader, const PgQuery__Node* object, bool cascade) {
  const NameParts parts = name_parts(strings_of(object));
  Catalog& catalog = reader.catalog;
  const std::string schema = parts.schema.empty() ? catalog.type_namespace(parts.name)
                                                  : Catalog::model_namespace(parts.schema);
  const QualifiedName name{schema, parts.name};
  if (!catalog.enumerations.contains(name) && !catalog.domains.contains(name) &&
      !catalog.composites.contains(name) && !catalog.other_types.contains(name))
    return false;
  remove_type(reader, name, cascade);
  return true;
}

/// The trigger functions' triggers go with CASCADE.
void remove_triggers_with(Catalog& catalog, const Routine& routine) {
  const auto uses = [&](const Trigger& trigger) {
    const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
    return body != nullptr && mentions(body->sql, routine.name);
  };
  for (auto& [name, table] : catalog.tables) std::erase_if(table.triggers, uses);
  for (auto& [name, item] : catalog.views) std::erase_if(item.triggers, uses);
}

void remove_routine(Reader& reader, const Routine& found, bool cascade) {
  Catalog& catalog = reader.catalog;
  const Routine routine = found;
  if (cascade) remove_triggers_with(catalog, routine);
  std::erase_if(catalog.routines, [&](const Routine& other) {
    return other.schema == routine.schema && other.name == routine.name &&
           other.arguments == routine.arguments;
  });
  const bool overloaded =
      std::any_of(catalog.routines.begin(), catalog.routines.end(), [&](const Routine& other) {
        return other.schema == routine.schema && other.name == routine.name;
      });
  if (!overloaded) catalog.routine_names.erase({routine.schema, routine.name});
  forget_privileges(catalog, routine.kind == "procedure" ? "procedure" : "function",
                    {routine.schema, routine.name}, routine.arguments);
}

bool drop_routine(Reader& reader, const PgQuery__Node* object, bool cascade) {
  if (object->node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return false;
  const Routine* routine = find_routine(reader, *object->object_with_args);
  if (routine == nullptr) return false;
  remove_routine(reader, *routine, cascade);
  return true;
}

void remove_namespace(Reader& reader, const std::string& name) {
  Catalog& catalog = reader.catalog;
  const auto in_it = [&](const auto& items) {
    std::vector<QualifiedName> names;
    for (const auto& [key, item] : items)
      if (key.schema == name) names.push_back(key);
    return names;
  };
  for (const QualifiedName& item : in_it(catalog.views)) remove_view(reader, item);
  for (const QualifiedName& item : in_it(catalog.tables)) remove_table(reader, item);
  for (const QualifiedName& item : in_it(catalog.sequences)) remove_sequence(reader, item);
  for (const QualifiedName& item : in_it(catalog.enumerations)) remove_type(reader, item, true);
  for (const QualifiedName& item : in_it(catalog.domains)) remove_type(reader, item, true);
  for (const QualifiedName& item : in_it(catalog.composites)) remove_type(reader, item, true);
  std::vector<Routine> routines;
  for (const Routine& routine : catalog.routines)
    if (routine.schema == name) routines.push_back(routine);
  for (const Routine& routine : routines) remove_routine(reader, routine, true);
  std::erase_if(catalog.others,
                [&](const OtherObject& other) { return !name.empty() && other.schema == name; });
  std::erase_if(catalog.extensions, [&](const auto& item) { return item.second.schema == name; });
  forget_privileges(catalog, "schema", {{}, name.empty() ? "public" : name});
  if (name.empty()) {
    catalog.has_public = false;
  } else {
    catalog.namespaces.erase(name);
  }
}

bool drop_relation(Reader& reader, const PgQuery__Node* object) {
  const NameParts parts = name_parts(strings_of(object));
  const auto name = reader.catalog.find_relation(parts.schema, parts.name);
  if (!name) return false;
  const Relation relation = *reader.catalog.relation(*name);
  switch (relation.kind) {
    case RelationKind::table:
      remove_table(reader, *name);
      break;
    case RelationKind::view:
      remove_view(reader, *name);
      break;
    case RelationKind::sequence:
      remove_sequence(reader, *name);
      break;
    case RelationKind::index:
      remove_index(reader, relation.owner, name->name);
      break;
    case RelationKind::composite_type:
      remove_type(reader, *name, true);
      break;
  }
  return true;
}

/// Triggers, rules and policies, which their table names: the last name is theirs.
bool drop_from_table(Reader& reader, PgQuery__ObjectType type, const PgQuery__Node* object) {
  std::vector<std::string> names = strings_of(object);
  if (names.empty()) return false;
  const std::string name = names.back();
  names.pop_back();
  const NameParts parts = name_parts(names);
  const auto relation = reader.catalog.find_relation(parts.schema, parts.name);
  if (!relation) return false;
  const auto called = [&](const auto& item) { return item.name == name; };
  const auto table = reader.catalog.tables.find(*relation);
  const auto item = reader.catalog.views.find(*relation);
  std::size_t dropped = 0;
  if (table != reader.catalog.tables.end()) {
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER)
      dropped = std::erase_if(table->second.triggers, called);
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE)
      dropped = std::erase_if(table->second.rules, called);
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY)
      dropped = std::erase_if(table->second.policies, called);
  } else if (item != reader.catalog.views.end()) {
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER)
      dropped = std::erase_if(item->second.triggers, called);
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE)
      dropped = std::erase_if(item->second.rules, called);
  }
  return dropped > 0;
}

bool drop_other(Reader& reader, PgQuery__ObjectType type, const PgQuery__Node* object) {
  if (!is_kept_as_other(type)) return true;  // What is not kept cannot be missing.
  const OtherObject* found = named_other(reader, type, object);
  if (found == nullptr) return false;
  std::vector<OtherObject>& others = reader.catalog.others;
  others.erase(others.begin() + (found - others.data()));
  return true;
}

bool drop_object(Reader& reader, const PgQuery__DropStmt& statement, const PgQuery__Node* object) {
  const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  switch (statement.remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return drop_relation(reader, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return drop_type(reader, object, cascade);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      return drop_routine(reader, object, cascade);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return drop_from_table(reader, statement.remove_type, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
      const std::string name = Catalog::model_namespace(string_of(object));
      if (!reader.catalog.has_namespace(name)) return false;
      remove_namespace(reader, name);
      return true;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return reader.catalog.extensions.erase(std::string(string_of(object))) > 0 ||
             string_of(object) == "plpgsql";
    default:
      return drop_other(reader, statement.remove_type, object);
  }
}

}  // namespace

void drop_objects(Reader& reader, const PgQuery__DropStmt& statement) {
  for (const PgQuery__Node* object : nodes(statement.n_objects, statement.objects)) {
    if (drop_object(reader, statement, object) || statement.missing_ok) continue;
    std::vector<std::string> names = strings_of(object);
    if (object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
      names =
          strings_of(nodes(object->object_with_args->n_objname, object->object_with_args->objname));
    reader.missing("object", join(names, "."));
  }
}

}  // namespace relata::sql::postgres
