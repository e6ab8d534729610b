// GRANT, REVOKE, default privileges and owners.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/routines.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

struct KindRow {
  PgQuery__ObjectType type;
  std::string_view kind;
  std::string_view all;      ///< What ALL means.
  std::string_view initial;  ///< What PUBLIC has by itself.
};

// https://www.postgresql.org/docs/current/ddl-priv.html
constexpr auto kinds = std::to_array<KindRow>({
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, "table",
     "DELETE,INSERT,REFERENCES,SELECT,TRIGGER,TRUNCATE,UPDATE", ""},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, "sequence", "SELECT,UPDATE,USAGE", ""},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, "function", "EXECUTE", "EXECUTE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, "procedure", "EXECUTE", "EXECUTE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, "function", "EXECUTE", "EXECUTE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, "schema", "CREATE,USAGE", ""},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, "type", "USAGE", "USAGE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, "type", "USAGE", "USAGE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, "language", "USAGE", "USAGE"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, "foreign data wrapper", "USAGE", ""},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, "foreign server", "USAGE", ""},
});

const KindRow* find_kind(PgQuery__ObjectType type) {
  const auto row =
      std::find_if(kinds.begin(), kinds.end(), [&](const KindRow& r) { return r.type == type; });
  return row == kinds.end() ? nullptr : &*row;
}

const KindRow* find_kind(std::string_view kind) {
  const auto row =
      std::find_if(kinds.begin(), kinds.end(), [&](const KindRow& r) { return r.kind == kind; });
  return row == kinds.end() ? nullptr : &*row;
}

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> result;
  for (const std::string_view word : split(list, ','))
    if (!word.empty()) result.emplace_back(word);
  return result;
}

bool has_initially(const GrantKey& key, const std::string& privilege) {
  if (!key.grantee.empty() || !key.column.empty()) return false;
  // PUBLIC may use, and since version 15 not create in, the namespace public.
  if (key.kind == "schema") return key.name == "public" && privilege == "USAGE";
  const KindRow* kind = find_kind(key.kind);
  return kind != nullptr && kind->initial == privilege;
}

void grant(Catalog& catalog, const GrantKey& key, const std::string& privilege, bool grantable) {
  const auto lost = catalog.revoked.find(key);
  if (lost != catalog.revoked.end()) lost->second.erase(privilege);
  if (has_initially(key, privilege) && !grantable) return;
  GrantKey owner{key.kind, key.schema, key.name, key.arguments, {}, {}};
  const auto owned = catalog.owners.find(owner);
  // Owners have everything by themselves.
  if (owned != catalog.owners.end() && owned->second == key.grantee && !key.grantee.empty()) return;
  bool& passes_on = catalog.grants[key][privilege];
  passes_on = passes_on || grantable;
}

void revoke(Catalog& catalog, const GrantKey& key, const std::string& privilege,
            bool only_the_option) {
  if (const auto found = catalog.grants.find(key); found != catalog.grants.end()) {
    if (only_the_option) {
      if (const auto held = found->second.find(privilege); held != found->second.end())
        held->second = false;
    } else {
      found->second.erase(privilege);
      if (found->second.empty()) catalog.grants.erase(found);
    }
  }
  if (!only_the_option && has_initially(key, privilege)) catalog.revoked[key].insert(privilege);
}

struct Privilege {
  std::string name;
  std::vector<std::string> columns;
};

std::vector<Privilege> privileges_of(const PgQuery__GrantStmt& statement, const KindRow& kind) {
  std::vector<Privilege> privileges;
  for (const PgQuery__Node* node : nodes(statement.n_privileges, statement.privileges)) {
    if (node->node_case != PG_QUERY__NODE__NODE_ACCESS_PRIV) continue;
    const PgQuery__AccessPriv& access = *node->access_priv;
    const std::vector<std::string> columns = strings_of(nodes(access.n_cols, access.cols));
    if (!view(access.priv_name).empty()) {
      privileges.push_back({to_upper(view(access.priv_name)), columns});
      continue;
    }
    // ALL (columns)
    for (const std::string_view word : {"INSERT", "REFERENCES", "SELECT", "UPDATE"})
      privileges.push_back({std::string(word), columns});
  }
  if (statement.n_privileges == 0)
    for (std::string& word : words(kind.all)) privileges.push_back({std::move(word), {}});
  return privileges;
}

std::vector<std::string> grantees_of(const PgQuery__GrantStmt& statement) {
  std::vector<std::string> grantees;
  for (const PgQuery__Node* node : nodes(statement.n_grantees, statement.grantees)) {
    if (node->node_case != PG_QUERY__NODE__NODE_ROLE_SPEC) continue;
    const PgQuery__RoleSpec& role = *node->role_spec;
    if (role.roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) {
      grantees.emplace_back();
    } else if (!view(role.rolename).empty()) {
      grantees.emplace_back(view(role.rolename));
    }
  }
  return grantees;
}

/// The objects that a statement names, as keys without grantee.
std::vector<GrantKey> objects_of(Reader& reader, const PgQuery__GrantStmt& statement,
                                 const KindRow& kind) {
  std::vector<GrantKey> keys;
  Catalog& catalog = reader.catalog;
  const std::string name_of_kind(kind.kind);
  const auto add = [&](const QualifiedName& name, const std::string& arguments = {}) {
    keys.push_back({name_of_kind, name.schema, name.name, arguments, {}, {}});
  };
  for (const PgQuery__Node* node : nodes(statement.n_objects, statement.objects)) {
    if (statement.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA) {
      const std::string schema = Catalog::model_namespace(string_of(node));
      for (const auto& [name, relation] : catalog.relations) {
        if (name.schema != schema) continue;
        const bool table =
            relation.kind == RelationKind::table || relation.kind == RelationKind::view;
        if ((kind.kind == "table" && table) ||
            (kind.kind == "sequence" && relation.kind == RelationKind::sequence))
          add(name);
      }
      if (kind.all != "EXECUTE") continue;
      for (const Routine& routine : catalog.routines) {
        if (routine.schema != schema) continue;
        const bool procedure = routine.kind == "procedure";
        const bool asked =
            statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ||
            procedure == (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE);
        if (asked)
          keys.push_back({procedure ? "procedure" : "function",
                          schema,
                          routine.name,
                          routine.arguments,
                          {},
                          {}});
      }
    } else if (node->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
      const auto name = reader.existing(*node->range_var);
      if (!name) {
        reader.missing(kind.kind, view(node->range_var->relname));
        continue;
      }
      add(*name);
      // GRANT ON TABLE takes sequences too.
      if (catalog.relation(*name)->kind == RelationKind::sequence) keys.back().kind = "sequence";
    } else if (node->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
      const Routine* routine = find_routine(reader, *node->object_with_args);
      if (routine == nullptr) {
        const PgQuery__ObjectWithArgs& object = *node->object_with_args;
        reader.missing(kind.kind,
                       name_parts(strings_of(nodes(object.n_objname, object.objname))).name);
        continue;
      }
      keys.push_back({routine->kind == "procedure" ? "procedure" : "function",
                      routine->schema,
                      routine->name,
                      routine->arguments,
                      {},
                      {}});
    } else if (kind.kind == "type") {
      const NameParts parts = name_parts(strings_of(node));
      add({parts.schema.empty() ? catalog.type_namespace(parts.name)
                                : Catalog::model_namespace(parts.schema),
           parts.name});
    } else {
      const std::vector<std::string> names = strings_of(node);
      if (!names.empty()) add({{}, names.back()});
    }
  }
  return keys;
}

void apply(Catalog& catalog, const PgQuery__GrantStmt& statement, GrantKey key,
           const Privilege& privilege) {
  const bool option = statement.grant_option != 0;
  if (statement.is_grant) {
    grant(catalog, key, privilege.name, option);
  } else {
    revoke(catalog, key, privilege.name, option);
    if (!key.column.empty() || option) return;
    // REVOKE on a table takes the privilege on its columns, too.
    for (auto& [other, held] : catalog.grants)
      if (other.kind == key.kind && other.schema == key.schema && other.name == key.name &&
          other.grantee == key.grantee && !other.column.empty())
        held.erase(privilege.name);
  }
}

struct DefaultKindRow {
  std::string_view kind;
  std::string_view words;
};

constexpr auto default_kinds = std::to_array<DefaultKindRow>({
    {"table", "TABLES"},
    {"sequence", "SEQUENCES"},
    {"function", "FUNCTIONS"},
    {"type", "TYPES"},
    {"schema", "SCHEMAS"},
});

}  // namespace

void change_privileges(Reader& reader, const PgQuery__GrantStmt& statement) {
  const KindRow* kind = find_kind(statement.objtype);
  if (kind == nullptr) return;  // Databases, tablespaces, parameters: not of one schema.
  const std::vector<Privilege> privileges = privileges_of(statement, *kind);
  const std::vector<std::string> grantees = grantees_of(statement);
  for (GrantKey& key : objects_of(reader, statement, *kind)) {
    for (const std::string& grantee : grantees) {
      key.grantee = grantee;
      for (Privilege privilege : privileges) {
        // ALL on a sequence that was called a table.
        if (key.kind == "sequence" && kind->kind == "table" && statement.n_privileges == 0 &&
            privilege.name != "SELECT" && privilege.name != "UPDATE")
          continue;
        if (privilege.columns.empty()) apply(reader.catalog, statement, key, privilege);
        for (const std::string& column : privilege.columns) {
          GrantKey of_column = key;
          of_column.column = column;
          apply(reader.catalog, statement, of_column, privilege);
        }
      }
    }
  }
}

void grant_defaults(Reader& reader, const std::string& kind, const QualifiedName& name,
                    const std::string& arguments) {
  for (const DefaultPrivilege& item : reader.catalog.default_privileges) {
    if (!item.role.empty() || item.kind != kind ||
        (item.schema != "*" && item.schema != name.schema))
      continue;
    const GrantKey key{kind, name.schema, name.name, arguments, {}, item.grantee};
    if (item.revoked) {
      revoke(reader.catalog, key, item.privilege, false);
    } else {
      grant(reader.catalog, key, item.privilege, item.grantable);
    }
  }
}

void change_default_privileges(Reader& reader,
                               const PgQuery__AlterDefaultPrivilegesStmt& statement) {
  const PgQuery__GrantStmt& action = *statement.action;
  const KindRow* kind = find_kind(action.objtype);
  if (kind == nullptr) return;
  std::vector<std::string> schemas;
  std::vector<std::string> roles;
  for (const PgQuery__Node* node : nodes(statement.n_options, statement.options)) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    if (view(option.defname) == "schemas") schemas = strings_of(option.arg);
    if (view(option.defname) == "roles" && option.arg != nullptr &&
        option.arg->node_case == PG_QUERY__NODE__NODE_LIST) {
      for (const PgQuery__Node* role : nodes(option.arg->list->n_items, option.arg->list->items))
        if (role->node_case == PG_QUERY__NODE__NODE_ROLE_SPEC)
          roles.emplace_back(view(role->role_spec->rolename));
    }
  }
  const auto words_row =
      std::find_if(default_kinds.begin(), default_kinds.end(),
                   [&](const DefaultKindRow& row) { return row.kind == kind->kind; });
  if (words_row == default_kinds.end()) return;
  if (schemas.empty()) schemas.emplace_back("*");
  if (roles.empty()) roles.emplace_back();
  for (const std::string& schema : schemas)
    for (const std::string& role : roles)
      for (const std::string& grantee : grantees_of(action))
        for (const Privilege& privilege : privileges_of(action, *kind)) {
          DefaultPrivilege item;
          item.role = role;
          item.schema = schema == "*" ? schema : Catalog::model_namespace(schema);
          item.kind = std::string(kind->kind);
          item.grantee = grantee;
          item.privilege = privilege.name;
          item.grantable = action.is_grant && action.grant_option;
          item.revoked = !action.is_grant;
          std::vector<DefaultPrivilege>& items = reader.catalog.default_privileges;
          std::erase_if(items, [&](const DefaultPrivilege& other) {
            return other.role == item.role && other.schema == item.schema &&
                   other.kind == item.kind && other.grantee == item.grantee &&
                   other.privilege == item.privilege;
          });
          // To take away what was not there by itself is to have nothing.
          if (action.is_grant ||
              (kind->initial == privilege.name && grantee.empty() && schema == "*"))
            items.push_back(std::move(item));
        }
}

void change_owner(Reader& reader, const PgQuery__AlterOwnerStmt& statement) {
  if (statement.newowner == nullptr) return;
  const std::string owner(view(statement.newowner->rolename));
  GrantKey key;
  if (statement.object == nullptr) return;
  if (statement.object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
    const Routine* routine = find_routine(reader, *statement.object->object_with_args);
    if (routine == nullptr) return;
    key = {routine->kind == "procedure" ? "procedure" : "function",
           routine->schema,
           routine->name,
           routine->arguments,
           {},
           {}};
  } else {
    const NameParts parts = name_parts(strings_of(statement.object));
    const KindRow* kind = find_kind(statement.object_type);
    if (kind == nullptr) return;
    key = {std::string(kind->kind), Catalog::model_namespace(parts.schema), parts.name, {}, {}, {}};
  }
  reader.catalog.owners[key] = owner;
}

}  // namespace relata::sql::postgres
