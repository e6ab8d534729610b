#include "model/sort.h"

#include <algorithm>
#include <tuple>

namespace relata {

namespace {

template <class T, class Key>
void sort_by(std::vector<T>& items, Key key) {
  const auto before = [&](const T& a, const T& b) { return key(a) < key(b); };
  if (!std::is_sorted(items.begin(), items.end(), before)) {
    std::stable_sort(items.begin(), items.end(), before);
  }
}

template <class T>
void sort_by_name(std::vector<T>& items) {
  sort_by(items, [](const T& item) { return std::tie(item.name); });
}

template <class T>
void sort_by_qualified_name(std::vector<T>& items) {
  sort_by(items, [](const T& item) { return std::tie(item.schema, item.name); });
}

void sort_table(Table& table) {
  sort_by_name(table.uniques);
  sort_by_name(table.foreign_keys);
  sort_by_name(table.checks);
  sort_by_name(table.no_overlaps);
  sort_by_name(table.exclusions);
  sort_by_name(table.indexes);
  sort_by_name(table.triggers);
  sort_by_name(table.policies);
  sort_by_name(table.rules);
  for (Policy& policy : table.policies) std::sort(policy.roles.begin(), policy.roles.end());
}

void sort_view(View& view) {
  sort_by_name(view.indexes);
  sort_by_name(view.triggers);
  sort_by_name(view.rules);
}

void sort_grants(std::vector<Grant>& grants) {
  for (Grant& grant : grants) std::sort(grant.privileges.begin(), grant.privileges.end());
  sort_by(grants, [](const Grant& grant) {
    return std::tie(grant.kind, grant.schema, grant.name, grant.arguments, grant.columns,
                    grant.grantee, grant.revoked, grant.grantable, grant.privileges);
  });
}

}  // namespace

void sort_schema(Schema& schema) {
  sort_by_name(schema.namespaces);
  sort_by_name(schema.extensions);
  sort_by_qualified_name(schema.enumerations);
  sort_by_qualified_name(schema.domains);
  for (Domain& domain : schema.domains) sort_by_name(domain.checks);
  sort_by_qualified_name(schema.composite_types);
  sort_by_qualified_name(schema.sequences);
  sort_by(schema.routines, [](const Routine& routine) {
    return std::tie(routine.schema, routine.name, routine.arguments, routine.kind);
  });
  sort_by_qualified_name(schema.tables);
  for (Table& table : schema.tables) sort_table(table);
  sort_by_qualified_name(schema.views);
  for (View& view : schema.views) sort_view(view);
  sort_by(schema.others, [](const OtherObject& object) {
    return std::tie(object.kind, object.schema, object.name, object.sql.comparable());
  });
  sort_grants(schema.grants);
}

}  // namespace relata
