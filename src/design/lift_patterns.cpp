#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "design/lifting.h"

namespace relata::design {
namespace {

bool is_moment(const Column* column) {
  return column != nullptr &&
         (column->type.kind == TypeKind::timestamp_tz || column->type.kind == TypeKind::timestamp);
}

bool is_count(const Column* column) {
  return column != nullptr && !column->nullable &&
         (column->type.kind == TypeKind::integer || column->type.kind == TypeKind::big_integer);
}

void mark(LiftedTable& lifted) {
  const Table& table = *lifted.table;
  const Column* made = table.find_column("created_at");
  const Column* changed = table.find_column("updated_at");
  if (is_moment(made) && is_moment(changed) && !made->nullable) {
    lifted.timestamps = true;
    lifted.handled.insert({"created_at", "updated_at"});
  }
  const Column* deleted = table.find_column("deleted_at");
  if (is_moment(deleted) && deleted->nullable) {
    lifted.soft_delete = true;
    lifted.handled.insert("deleted_at");
  }
  if (is_count(table.find_column("version"))) {
    lifted.version = true;
    lifted.handled.insert("version");
  }
}

bool is_person(std::string_view entity) {
  static constexpr std::array names{"User", "Account", "Person", "Member", "Profile", "Employee"};
  return std::find(names.begin(), names.end(), entity) != names.end();
}

/// The table that most others belong to by a column of the same name, where policies hold rows
/// apart or the name is one that tenants have.
void find_tenant(Lifting& lifting) {
  static constexpr std::array names{"Tenant",  "Workspace", "Organization", "Organisation",
                                    "Company", "Team",      "Account",      "Site",
                                    "Shop",    "Project",   "Store"};
  std::map<std::size_t, std::map<std::string, std::size_t>> votes;
  std::size_t entities = 0;
  for (const LiftedTable& lifted : lifting.tables) {
    if (lifted.role == TableRole::partition) continue;
    ++entities;
    for (const ForeignKey& key : lifted.table->foreign_keys) {
      const LiftedTable* target = lifting.target(key);
      if (target == nullptr || key.columns.size() != 1 || is_person(target->entity)) continue;
      const Column* column = lifted.table->find_column(key.columns.front());
      if (column == nullptr || column->nullable || target == &lifted) continue;
      ++votes[static_cast<std::size_t>(target - lifting.tables.data())][key.columns.front()];
    }
  }
  std::size_t best = 0;
  for (const auto& [place, columns] : votes) {
    const LiftedTable& candidate = lifting.tables[place];
    const std::string expected = snake_case(candidate.entity) + "_id";
    const auto named = columns.find(expected);
    if (named == columns.end() || named->second <= best) continue;
    const bool known = std::find(names.begin(), names.end(), candidate.entity) != names.end();
    const bool separated =
        std::any_of(lifting.tables.begin(), lifting.tables.end(), [&](const LiftedTable& other) {
          return other.table->row_level_security && other.table->find_column(expected) != nullptr;
        });
    // Rows that are held apart by hand say it plainly; a name alone needs nearly all tables.
    const bool enough = named->second * 2 >= entities - 1;
    if (!(separated && named->second >= 2) && !(known && enough && named->second >= 3)) continue;
    best = named->second;
    lifting.tenant = place;
    lifting.tenant_column = expected;
  }
}

template <class Predicate>
bool most(const Lifting& lifting, Predicate predicate) {
  std::size_t yes = 0;
  std::size_t all = 0;
  for (const LiftedTable& lifted : lifting.tables) {
    if (lifted.role != TableRole::entity) continue;
    ++all;
    if (predicate(lifted)) ++yes;
  }
  return yes * 2 > all;
}

}  // namespace

void recognise_patterns(Lifting& lifting) {
  for (LiftedTable& lifted : lifting.tables) mark(lifted);
  find_tenant(lifting);
}

void write_patterns(const Lifting& lifting, Design& design) {
  Patterns& patterns = design.patterns;
  patterns.timestamps = most(lifting, [](const LiftedTable& t) { return t.timestamps; });
  patterns.soft_delete = most(lifting, [](const LiftedTable& t) { return t.soft_delete; });
  patterns.version = most(lifting, [](const LiftedTable& t) { return t.version; });
  patterns.audit = std::any_of(lifting.tables.begin(), lifting.tables.end(),
                               [](const auto& t) { return t.role == TableRole::audit_log; });
  std::map<IdKind, std::size_t> kinds;
  for (const LiftedTable& lifted : lifting.tables) {
    if (lifted.role == TableRole::entity) ++kinds[id_kind(*lifting.schema, *lifted.table)];
  }
  patterns.id = IdKind::natural;
  std::size_t largest = 0;
  for (const auto& [kind, count] : kinds) {
    if (count > largest) {
      patterns.id = kind;
      largest = count;
    }
  }
  if (!lifting.schema->enumerations.empty()) patterns.enums = EnumStyle::native;
  if (!lifting.tenant) return;
  Tenancy tenancy;
  const LiftedTable& root = lifting.tables[*lifting.tenant];
  tenancy.root = root.entity;
  for (const LiftedTable& lifted : lifting.tables) {
    const Table& table = *lifted.table;
    if (table.find_column(lifting.tenant_column) == nullptr) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      const LiftedTable* person = lifting.target(key);
      if (person == nullptr || key.columns.size() != 1 || !is_person(person->entity)) continue;
      if (!is_unique(table, {lifting.tenant_column, key.columns.front()})) continue;
      tenancy.member = lifted.entity;
      tenancy.actor = person->entity;
    }
  }
  tenancy.origin = root.table->origin;
  design.patterns.tenancy = std::move(tenancy);
}

}  // namespace relata::design
