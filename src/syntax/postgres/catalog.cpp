#include "syntax/postgres/catalog.h"

#include <algorithm>

#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {

std::string_view own_namespace(std::string_view schema) {
  return schema == "public" || schema == "pg_catalog" ? std::string_view() : schema;
}

Catalog::Catalog(const Schema& schema) {
  relations_.reserve(schema.tables.size() + schema.views.size());
  for (const Table& table : schema.tables)
    relations_[table.name].push_back({table.schema, table.name, &table, nullptr});
  for (const View& view : schema.views)
    relations_[view.name].push_back({view.schema, view.name, nullptr, &view});
  for (const Routine& routine : schema.routines)
    functions_[routine.name].schemas.push_back(routine.schema);
  for (const Sequence& sequence : schema.sequences)
    sequences_[sequence.name].schemas.push_back(sequence.schema);
  for (const Enumeration& type : schema.enumerations)
    types_[type.name].schemas.push_back(type.schema);
  for (const CompositeType& type : schema.composite_types) {
    types_[type.name].schemas.push_back(type.schema);
    std::vector<OutputColumn>& attributes =
        attributes_[postgres_qualified_name(type.schema, type.name)];
    for (const Column& attribute : type.attributes)
      attributes.push_back(
          {attribute.name, without_modifiers(attribute.type.spelling), attribute.type.spelling});
  }
  for (const Domain& domain : schema.domains) {
    types_[domain.name].schemas.push_back(domain.schema);
    domains_[postgres_qualified_name(domain.schema, domain.name)] =
        without_modifiers(domain.type.spelling);
  }
}

const KnownRelation* Catalog::relation(std::string_view home, std::string_view schema,
                                       std::string_view name) const {
  const auto found = relations_.find(std::string(name));
  if (found == relations_.end()) return nullptr;
  const std::vector<KnownRelation>& known = found->second;
  const auto in = [&](std::string_view wanted) -> const KnownRelation* {
    const auto row = std::find_if(known.begin(), known.end(), [&](const KnownRelation& relation) {
      return relation.schema == wanted;
    });
    return row == known.end() ? nullptr : &*row;
  };
  if (schema == "pg_catalog") return nullptr;
  if (!schema.empty()) return in(own_namespace(schema));
  if (const KnownRelation* relation = in(home)) return relation;
  if (const KnownRelation* relation = in("")) return relation;
  return known.size() == 1 ? &known.front() : nullptr;
}

std::string Catalog::choose(const Homes& homes, std::string_view home) {
  const auto has = [&](std::string_view schema) {
    return std::find(homes.schemas.begin(), homes.schemas.end(), schema) != homes.schemas.end();
  };
  if (has(home)) return std::string(home);
  if (has("")) return {};
  return homes.schemas.front();
}

std::string Catalog::function_namespace(std::string_view home, std::string_view schema,
                                        std::string_view name) const {
  // What the schema does not define comes from PostgreSQL or an extension, wherever that is.
  const auto found = functions_.find(std::string(name));
  if (found == functions_.end() || schema == "pg_catalog") return {};
  if (!schema.empty()) return std::string(own_namespace(schema));
  // An unqualified name is PostgreSQL's own function where it has one.
  return builtin_result(name).empty() ? choose(found->second, home) : std::string();
}

std::string Catalog::type_namespace(std::string_view home, std::string_view name) const {
  const auto found = types_.find(std::string(name));
  if (found != types_.end()) return choose(found->second, home);
  // Every table has a type of its name.
  const KnownRelation* known = relation(home, "", name);
  return known == nullptr ? std::string() : known->schema;
}

const std::vector<OutputColumn>* Catalog::attributes_of(std::string_view type) const {
  const auto found = attributes_.find(std::string(type));
  return found == attributes_.end() ? nullptr : &found->second;
}

std::string Catalog::relation_namespace(std::string_view home, std::string_view name) const {
  const auto sequence = sequences_.find(std::string(name));
  if (sequence != sequences_.end()) return choose(sequence->second, home);
  const KnownRelation* known = relation(home, "", name);
  return known == nullptr ? std::string() : known->schema;
}

TypeName Catalog::base_of(std::string_view type) const {
  TypeName name(type);
  // Domains over domains end somewhere; a circle in a damaged file must too.
  for (int layers = 0; layers < 32; ++layers) {
    const auto domain = domains_.find(name);
    if (domain == domains_.end()) break;
    name = domain->second;
  }
  return name;
}

TypeName Catalog::result_of(std::string_view schema, std::string_view name) const {
  const auto found = results_.find(postgres_qualified_name(schema, name));
  return found != results_.end() ? found->second : TypeName(builtin_result(name));
}

void Catalog::learn_result(std::string_view schema, std::string_view name, TypeName type) {
  const auto [known, is_new] = results_.try_emplace(postgres_qualified_name(schema, name), type);
  if (!is_new && known->second != type) known->second.clear();
}

std::vector<OutputColumn> columns_of(const Table& table) {
  std::vector<OutputColumn> columns;
  columns.reserve(table.columns.size());
  for (const Column& column : table.columns)
    columns.push_back({column.name, without_modifiers(column.type.spelling), column.type.spelling});
  return columns;
}

}  // namespace relata::syntax::postgres
