#include "migrate/parking/parked.h"

#include <algorithm>

namespace relata::migrate {
namespace {

template <class Object>
bool is_parked(const Object& object) {
  return is_parked_name(object.schema) || is_parked_name(object.name);
}

template <class Object>
void collect(const std::vector<Object>& objects, std::set<std::string>& names) {
  for (const Object& object : objects) {
    if (is_parked(object)) names.insert(object.name);
  }
}

template <class Object>
void forget(std::vector<Object>& objects) {
  std::erase_if(objects, [](const Object& object) { return is_parked(object); });
}

bool is_parked_column(const Column& column) { return is_parked_name(column.name); }

}  // namespace

bool is_parked_name(std::string_view name) {
  return name == parked_prefix || name.starts_with(std::string(parked_prefix) + "_");
}

std::set<std::string> parked_names(const Schema& schema) {
  std::set<std::string> names;
  for (const Namespace& space : schema.namespaces) {
    if (is_parked_name(space.name)) names.insert(space.name);
  }
  collect(schema.tables, names);
  collect(schema.enumerations, names);
  collect(schema.domains, names);
  collect(schema.composite_types, names);
  collect(schema.sequences, names);
  return names;
}

void forget_parked_objects(Schema& schema) {
  std::erase_if(schema.namespaces,
                [](const Namespace& space) { return is_parked_name(space.name); });
  forget(schema.tables);
  forget(schema.enumerations);
  forget(schema.domains);
  forget(schema.composite_types);
  forget(schema.sequences);
  forget(schema.grants);
}

void forget_parked_columns(Schema& schema) {
  for (Table& table : schema.tables) std::erase_if(table.columns, is_parked_column);
}

bool has_parked_columns(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), is_parked_column);
}

bool has_parked_columns(const Schema& schema) {
  return std::any_of(schema.tables.begin(), schema.tables.end(),
                     [](const Table& table) { return has_parked_columns(table); });
}

}  // namespace relata::migrate
