#include <algorithm>
#include <map>
#include <string>

#include "dialect/postgres_object_names.h"
#include "model/schema.h"

namespace relata::syntax {

void adopt_postgres_defaults(Schema& schema, const Schema& server);

namespace {

/// The name that the server gives to an identity's sequence, and with a number behind it where that
/// is taken.
bool is_servers_own(const std::string& sequence, const Table& table, const Column& column) {
  const std::string name = table.name + "_" + column.name + "_seq";
  return sequence.starts_with(name) &&
         std::all_of(sequence.begin() + static_cast<std::ptrdiff_t>(name.size()), sequence.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether the other schema leaves the name to its server.
bool leaves_open(const Table& table, const Column& column) {
  const Column* other = table.find_column(column.name);
  return other != nullptr && other->identity && other->identity->sequence.empty();
}

/// Whether a partition that was attached has the name for NOT NULL that its server gave it as a
/// table of its own, and the other schema leaves that open.
bool keeps_own_name(const Table& table, const Column& column, const Table& other) {
  const Column* same = other.find_column(column.name);
  return table.partition_of && same != nullptr && same->not_null_name.empty() &&
         column.not_null_name == postgres_object_name(table.name, column.name, "not_null");
}

/// The server writes down who CURRENT_USER was when the policy was made.
void adopt_policy_roles(Table& table, const Table& other) {
  for (Policy& policy : table.policies) {
    const auto role = std::find(policy.roles.begin(), policy.roles.end(), "current_user");
    if (role == policy.roles.end()) continue;
    for (const Policy& same : other.policies) {
      if (same.name == policy.name && same.roles.size() == policy.roles.size()) {
        policy.roles = same.roles;
        break;
      }
    }
  }
}

}  // namespace

/// See adopt_server_defaults(): an identity's sequence that the server had to number, the roles of
/// policies, and names of NOT NULL of partitions (PostgreSQL 18).
void adopt_postgres_defaults(Schema& schema, const Schema& server) {
  std::map<QualifiedName, const Table*> others;
  for (const Table& other : server.tables) others[{other.schema, other.name}] = &other;
  for (Table& table : schema.tables) {
    const auto found = others.find({table.schema, table.name});
    if (found == others.end()) continue;
    adopt_policy_roles(table, *found->second);
    for (Column& column : table.columns) {
      if (column.identity && is_servers_own(column.identity->sequence, table, column) &&
          leaves_open(*found->second, column)) {
        column.identity->sequence.clear();
      }
      if (keeps_own_name(table, column, *found->second)) column.not_null_name.clear();
    }
  }
}

}  // namespace relata::syntax
