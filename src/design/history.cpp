#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

/// Columns that say how a row was kept and not what it says.
constexpr std::array<std::string_view, 5> bookkeeping{"created_at", "updated_at", "version",
                                                      "created_by_id", "updated_by_id"};

bool is_tracked(const Column& column, const Table& table) {
  if (column.name == table.intent.tenant_column || column.generated) return false;
  const auto& key = table.primary_key->columns;
  return std::find(key.begin(), key.end(), column.name) == key.end() &&
         std::find(bookkeeping.begin(), bookkeeping.end(), column.name) == bookkeeping.end();
}

std::vector<std::string> tracked_columns(const Table& table, const Plan& plan,
                                         const EntityPlan& entity) {
  std::vector<std::string> tracked;
  for (const std::string& name : entity.entity->patterns.history_fields) {
    const Field* field = find_field(*entity.entity, name);
    if (field != nullptr && field->encrypted) {
      tracked.push_back(name + "_ciphertext");
      continue;
    }
    for (std::string& column : [&] { return columns_named(plan, entity, name); }()) {
      if (table.find_column(column) != nullptr) tracked.push_back(std::move(column));
    }
  }
  if (!tracked.empty()) return tracked;
  for (const Column& column : table.columns) {
    if (is_tracked(column, table)) tracked.push_back(column.name);
  }
  return tracked;
}

Origin history_origin() {
  Origin origin;
  origin.rule = "pattern/history";
  return origin;
}

Column moment(std::string name, bool nullable, std::string comment) {
  Column column;
  column.name = std::move(name);
  column.type = simple_type(TypeKind::timestamp_tz);
  column.nullable = nullable;
  column.comment = std::move(comment);
  column.origin = history_origin();
  return column;
}

Column copied(const Column& original) {
  Column column = original;
  column.default_value.reset();
  column.generated.reset();
  column.identity.reset();
  column.origin = history_origin();
  return column;
}

void add_periods(Table& history, const std::string& key) {
  Column from = moment("valid_from", false, "From when on the row said this");
  from.default_value = expression::leaf(Operation::now);
  history.columns.push_back(std::move(from));
  history.columns.push_back(
      moment("valid_to", true, "Until when, exclusive; NULL while it still holds"));
  Check order;
  order.name = constraint_name(history.name, {"period"}, "check");
  order.expression = expression::call(
      Operation::greater, {expression::column("valid_to"), expression::column("valid_from")});
  order.origin = history_origin();
  history.checks.push_back(std::move(order));
  NoOverlap periods;
  periods.name = history.name + "_no_overlap";
  periods.equal = {key};
  periods.from = "valid_from";
  periods.to = "valid_to";
  periods.origin = history_origin();
  history.no_overlaps.push_back(std::move(periods));
  Index by_time;
  by_time.parts = {{expression::column(key), false, {}},
                   {expression::column("valid_from"), false, {}}};
  by_time.origin = history_origin();
  history.indexes.push_back(std::move(by_time));
}

void add_key_to_original(Table& history, const Table& table, const std::string& key) {
  ForeignKey original;
  original.columns = {key};
  original.table = table.name;
  original.referenced = {table.primary_key->columns.front()};
  original.on_delete = ReferentialAction::cascade;
  original.origin = history_origin();
  if (!table.intent.tenant_column.empty()) {
    original.columns.insert(original.columns.begin(), table.intent.tenant_column);
    original.referenced.insert(original.referenced.begin(), table.intent.tenant_column);
  }
  history.foreign_keys.push_back(std::move(original));
}

}  // namespace

Table add_history(Table& table, const Plan& plan, const EntityPlan& entity) {
  const std::string name = snake_case(entity.entity->name);
  const std::string key_column = entity.key.front().name;
  const std::string key = reference_column(name, name, key_column);
  Table history;
  history.name = name + "_history";
  history.origin = history_origin();
  history.comment = "What " + replace_all(table.name, "_", " ") +
                    " said and when; deleted together with the row, so delete softly to keep it";
  history.intent.history_of = table.name;
  history.intent.tenant_column = table.intent.tenant_column;

  Column id = *table.find_column(key_column);
  id.name = "id";
  id.type = table.find_column(key_column)->type;
  const bool generated = id.identity || id.default_value;
  if (!generated) {
    id.type = simple_type(TypeKind::big_integer);
    id.identity = Identity{};
  }
  id.comment.clear();
  id.origin = history_origin();
  history.columns.push_back(std::move(id));
  history.primary_key = PrimaryKey{{}, {"id"}};

  WriteHistory write;
  write.history_table = history.name;
  write.key_column = key_column;
  write.history_key_column = key;
  write.from = "valid_from";
  write.to = "valid_to";
  if (!table.intent.tenant_column.empty()) {
    history.columns.push_back(copied(*table.find_column(table.intent.tenant_column)));
    write.carried.push_back(table.intent.tenant_column);
  }
  Column reference = copied(*table.find_column(key_column));
  reference.name = key;
  reference.comment.clear();
  history.columns.push_back(std::move(reference));
  write.columns = tracked_columns(table, plan, entity);
  for (const std::string& tracked : write.columns) {
    if (history.find_column(tracked) == nullptr)
      history.columns.push_back(copied(*table.find_column(tracked)));
  }
  add_periods(history, key);
  add_key_to_original(history, table, key);
  table.triggers.push_back({table.name + "_write_history", std::move(write), history_origin()});
  return history;
}

}  // namespace relata::design
