#include "read/sql/postgres/catalog.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "dialect/postgres_object_names.h"
#include "model/sort.h"
#include "read/sql/postgres/object_names.h"

namespace relata::sql::postgres {
namespace {

struct ExtensionType {
  std::string_view type;
  std::string_view extension;
};

// Types that stand where their extension does.
constexpr auto extension_types = std::to_array<ExtensionType>({
    {"box2d", "postgis"},
    {"box3d", "postgis"},
    {"citext", "citext"},
    {"cube", "cube"},
    {"geography", "postgis"},
    {"geometry", "postgis"},
    {"halfvec", "vector"},
    {"hstore", "hstore"},
    {"isbn", "isn"},
    {"isbn13", "isn"},
    {"lquery", "ltree"},
    {"ltree", "ltree"},
    {"ltxtquery", "ltree"},
    {"query_int", "intarray"},
    {"raster", "postgis_raster"},
    {"seg", "seg"},
    {"sparsevec", "vector"},
    {"vector", "vector"},
});

template <class T>
std::vector<T> permanent(std::map<QualifiedName, T>& things) {
  std::vector<T> kept;
  kept.reserve(things.size());
  for (auto& [name, thing] : things)
    if (name.schema != temporary_namespace) kept.push_back(std::move(thing));
  return kept;
}

}  // namespace

std::string Catalog::model_namespace(std::string_view written) {
  return written == "public" ? std::string() : std::string(written);
}

bool Catalog::has_namespace(std::string_view name) const {
  if (name.empty()) return has_public;
  return name == temporary_namespace || namespaces.contains(std::string(name));
}

std::string Catalog::creation_namespace() const {
  for (const std::string& name : search_path)
    if (has_namespace(name)) return name;
  return search_path.empty() ? std::string() : search_path.front();
}

std::optional<QualifiedName> Catalog::find_relation(std::string_view schema,
                                                    std::string_view name) const {
  if (!schema.empty()) {
    QualifiedName qualified{model_namespace(schema), std::string(name)};
    if (relations.contains(qualified)) return qualified;
    return std::nullopt;
  }
  QualifiedName qualified{std::string(temporary_namespace), std::string(name)};
  if (relations.contains(qualified)) return qualified;
  for (const std::string& candidate : search_path) {
    qualified.schema = candidate;
    if (relations.contains(qualified)) return qualified;
  }
  return std::nullopt;
}

const Relation* Catalog::relation(const QualifiedName& name) const {
  const auto found = relations.find(name);
  return found == relations.end() ? nullptr : &found->second;
}

Table* Catalog::find_table(std::string_view schema, std::string_view name) {
  const std::optional<QualifiedName> found = find_relation(schema, name);
  if (!found) return nullptr;
  const auto table = tables.find(*found);
  return table == tables.end() ? nullptr : &table->second;
}

View* Catalog::find_view(std::string_view schema, std::string_view name) {
  const std::optional<QualifiedName> found = find_relation(schema, name);
  if (!found) return nullptr;
  const auto view = views.find(*found);
  return view == views.end() ? nullptr : &view->second;
}

std::string Catalog::type_namespace(std::string_view name) const {
  QualifiedName qualified{{}, std::string(name)};
  for (const std::string& candidate : search_path) {
    qualified.schema = candidate;
    if (enumerations.contains(qualified) || domains.contains(qualified) ||
        other_types.contains(qualified))
      return candidate;
    const Relation* found = relation(qualified);
    if (found != nullptr && found->kind != RelationKind::index &&
        found->kind != RelationKind::sequence)
      return candidate;
  }
  for (const ExtensionType& row : extension_types) {
    if (row.type != name) continue;
    const auto extension = extensions.find(std::string(row.extension));
    if (extension != extensions.end()) return extension->second.schema;
  }
  return {};
}

std::string Catalog::collation_name(std::string_view schema, std::string_view name) const {
  std::string space = model_namespace(schema);
  if (schema.empty()) {
    const auto found = std::find_if(search_path.begin(), search_path.end(), [&](const auto& each) {
      return std::any_of(others.begin(), others.end(), [&](const OtherObject& other) {
        return other.kind == "collation" && other.schema == each && other.name == name;
      });
    });
    if (found != search_path.end()) space = *found;
  }
  if (space.empty() || space == "pg_catalog") return std::string(name);
  return space + "." + std::string(name);
}

std::string Catalog::choose_relation_name(std::string_view name1, std::string_view name2,
                                          std::string_view label, const std::string& schema,
                                          bool constraint) const {
  return choose_name(name1, name2, label, [&](const std::string& name) {
    const QualifiedName qualified{schema, name};
    return relations.contains(qualified) || (constraint && constraint_names.contains(qualified));
  });
}

std::string Catalog::choose_constraint_name(std::string_view name1, std::string_view name2,
                                            std::string_view label,
                                            const std::string& schema) const {
  return choose_name(name1, name2, label, [&](const std::string& name) {
    return constraint_names.contains({schema, name});
  });
}

void Catalog::claim_constraint(const std::string& schema, const std::string& name) {
  ++constraint_names[{schema, name}];
}

void Catalog::release_constraint(const std::string& schema, const std::string& name) {
  const auto found = constraint_names.find({schema, name});
  if (found != constraint_names.end() && --found->second == 0) constraint_names.erase(found);
}

std::vector<QualifiedName> Catalog::children_of(const QualifiedName& parent) const {
  const auto found = children.find(parent);
  return found == children.end() ? std::vector<QualifiedName>() : found->second;
}

bool Catalog::is_heir(const QualifiedName& table, const QualifiedName& ancestor) const {
  if (table == ancestor) return true;
  const std::vector<QualifiedName> heirs = children_of(ancestor);
  return std::any_of(heirs.begin(), heirs.end(),
                     [&](const QualifiedName& heir) { return is_heir(table, heir); });
}

void Catalog::add_child(const QualifiedName& parent, const QualifiedName& child) {
  children[parent].push_back(child);
}

void Catalog::remove_child(const QualifiedName& parent, const QualifiedName& child) {
  const auto found = children.find(parent);
  if (found == children.end()) return;
  std::erase(found->second, child);
  if (found->second.empty()) children.erase(found);
}

void Catalog::fill_types(Schema& schema) const {
  std::map<QualifiedName, syntax::UserType> known;
  for (const Enumeration& type : schema.enumerations)
    known[{type.schema, type.name}] = {true, type.values, {}};
  for (const Domain& domain : schema.domains)
    known[{domain.schema, domain.name}] = {false, {}, domain.type.spelling};
  const syntax::UserTypes user_types = [&](std::string_view type_schema, std::string_view name) {
    const auto found = known.find({std::string(type_schema), std::string(name)});
    return found == known.end() ? nullptr : &found->second;
  };
  std::unordered_map<std::string, Type> types;
  const auto fill = [&](Type& type) {
    auto found = types.find(type.spelling);
    if (found == types.end()) {
      Type filled = syntax::postgres_type(type.spelling, user_types);
      found = types.emplace(type.spelling, std::move(filled)).first;
    }
    type = found->second;
  };
  for (Table& table : schema.tables)
    for (Column& column : table.columns) fill(column.type);
  for (CompositeType& composite : schema.composite_types)
    for (Column& attribute : composite.attributes) fill(attribute.type);
  for (Domain& domain : schema.domains) fill(domain.type);
}

std::vector<Grant> Catalog::net_grants() const {
  std::vector<Grant> result;
  const auto add = [&](const GrantKey& key, std::vector<std::string> privileges, bool grantable,
                       bool revokes) {
    if (privileges.empty() || key.schema == temporary_namespace) return;
    Grant grant;
    grant.kind = key.kind;
    grant.schema = key.schema;
    grant.name = key.name;
    grant.arguments = key.arguments;
    if (!key.column.empty()) grant.columns = {key.column};
    grant.privileges = std::move(privileges);
    grant.grantee = key.grantee;
    grant.grantable = grantable;
    grant.revoked = revokes;
    result.push_back(std::move(grant));
  };
  for (const auto& [key, privileges] : grants) {
    for (const bool grantable : {false, true}) {
      std::vector<std::string> names;
      for (const auto& [privilege, passes_on] : privileges)
        if (passes_on == grantable) names.push_back(privilege);
      add(key, std::move(names), grantable, false);
    }
  }
  for (const auto& [key, privileges] : revoked)
    add(key, {privileges.begin(), privileges.end()}, false, true);
  return result;
}

/// ALTER DEFAULT PRIVILEGES as statements: one a role, namespace, kind of object and grantee.
std::vector<OtherObject> Catalog::default_privilege_objects() const {
  using Key = std::tuple<std::string, std::string, std::string, std::string, bool, bool>;
  std::map<Key, std::vector<std::string>> privileges;
  for (const DefaultPrivilege& item : default_privileges)
    privileges[{item.role, item.schema, item.kind, item.grantee, item.grantable, item.revoked}]
        .push_back(item.privilege);
  std::vector<OtherObject> objects;
  for (auto& [key, names] : privileges) {
    const auto& [role, schema, kind, grantee, grantable, revokes] = key;
    std::sort(names.begin(), names.end());
    const std::string what = to_upper(kind) + "S";
    const std::string_view direction = revokes ? " FROM " : " TO ";
    const std::string option = grantable ? " WITH GRANT OPTION" : "";
    const std::string space = schema.empty() ? "public" : schema;
    OtherObject object;
    object.kind = "default privileges";
    if (schema != "*") object.schema = space;
    object.name = what + (role.empty() ? "" : " " + role) + std::string(direction) +
                  (grantee.empty() ? "PUBLIC" : grantee) + option;
    std::string sql = "ALTER DEFAULT PRIVILEGES";
    if (!role.empty()) sql += " FOR ROLE " + syntax::postgres_identifier(role);
    if (schema != "*") sql += " IN SCHEMA " + syntax::postgres_identifier(space);
    sql += (revokes ? " REVOKE " : " GRANT ") + join(names, ", ") + " ON " + what;
    sql += std::string(direction) +
           (grantee.empty() ? "PUBLIC" : syntax::postgres_identifier(grantee)) + option;
    object.sql = {"postgres", std::move(sql), {}};
    objects.push_back(std::move(object));
  }
  return objects;
}

Schema Catalog::schema() && {
  Schema schema;
  schema.dialect = "postgres";
  // The namespace that every database has is told only when there is something to say of it.
  if (!public_comment.empty() && public_comment != "standard public schema")
    schema.namespaces.push_back({{}, public_comment, {}});
  for (auto& [name, item] : namespaces) schema.namespaces.push_back(std::move(item));
  for (auto& [name, item] : extensions)
    if (name != "plpgsql") schema.extensions.push_back(std::move(item));
  schema.enumerations = permanent(enumerations);
  schema.domains = permanent(domains);
  schema.composite_types = permanent(composites);
  schema.sequences = permanent(sequences);
  schema.tables = permanent(tables);
  for (Table& table : schema.tables)
    for (Column& column : table.columns)
      if (column.identity &&
          column.identity->sequence == postgres_object_name(table.name, column.name, "seq"))
        column.identity->sequence.clear();
  schema.views = permanent(views);
  for (Routine& routine : routines)
    if (routine.schema != temporary_namespace) schema.routines.push_back(std::move(routine));
  schema.others = std::move(others);
  for (OtherObject& object : default_privilege_objects())
    schema.others.push_back(std::move(object));
  schema.grants = net_grants();
  fill_types(schema);
  sort_schema(schema);
  return schema;
}

}  // namespace relata::sql::postgres
