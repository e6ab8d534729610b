#include <algorithm>
#include <map>
#include <string>

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

}  // namespace

/// See adopt_server_defaults(): an identity's sequence that the server had to number.
void adopt_postgres_defaults(Schema& schema, const Schema& server) {
  std::map<QualifiedName, const Table*> others;
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      if (!column.identity || column.identity->sequence.empty() ||
          !is_servers_own(column.identity->sequence, table, column)) {
        continue;
      }
      if (others.empty()) {
        for (const Table& other : server.tables) others[{other.schema, other.name}] = &other;
      }
      const auto found = others.find({table.schema, table.name});
      if (found != others.end() && leaves_open(*found->second, column)) {
        column.identity->sequence.clear();
      }
    }
  }
}

}  // namespace relata::syntax
