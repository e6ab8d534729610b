#include <utility>

#include "base/text.h"
#include "design/expansion.h"

namespace relata::design {
namespace {

Expression is_live(const std::string& column) {
  return expression::call(Operation::is_null, {expression::column(column)});
}

/// What was unique is unique among the rows that are not deleted, so that a deleted row's values
/// can be used again.
void make_uniques_partial(Table& table, const std::string& column) {
  for (Unique& unique : table.uniques) {
    Index index;
    index.unique = true;
    index.where = is_live(column);
    index.origin = unique.origin;
    for (const std::string& part : unique.columns)
      index.parts.push_back({expression::column(part), false, {}});
    table.indexes.push_back(std::move(index));
  }
  table.uniques.clear();
}

void add_policies(Table& table, const std::string& column, std::string_view role) {
  Policy hide;
  hide.name = table.name + "_hide_deleted";
  hide.permissive = false;
  hide.roles = {std::string(role)};
  hide.using_rows = expression::call(
      Operation::any_of, {is_live(column), expression::leaf(Operation::include_deleted)});
  // An UPDATE or DELETE that reads no column is held by no policy for SELECT; without this it would
  // reach the rows that nobody sees.
  hide.with_check = expression::leaf(Operation::boolean, "true");
  hide.comment =
      "Deleted rows stay hidden unless the session asks for them, as it must to delete one";
  hide.origin.rule = "pattern/soft-delete";
  if (!table.row_level_security) {
    // A restrictive policy only narrows what a permissive one allows.
    Policy open;
    open.name = table.name + "_all_rows";
    open.roles = {std::string(role)};
    open.using_rows = expression::leaf(Operation::boolean, "true");
    open.with_check = expression::leaf(Operation::boolean, "true");
    open.origin = hide.origin;
    table.policies.push_back(std::move(open));
  }
  table.row_level_security = true;
  table.row_level_security_forced = true;
  table.policies.push_back(std::move(hide));
}

}  // namespace

void add_soft_delete(Table& table, const EntityPlan& entity) {
  if (!entity.soft_delete) return;
  const std::string name = "deleted_at";
  if (table.find_column(name) == nullptr) {
    Column column;
    column.name = name;
    column.type = simple_type(TypeKind::timestamp_tz);
    column.comment = "When the row was deleted; NULL while it is live";
    column.origin.rule = "pattern/soft-delete";
    table.columns.push_back(std::move(column));
  }
  table.intent.soft_delete_column = name;
  for (Index& index : table.indexes) {
    if (!index.where) index.where = is_live(name);
  }
  make_uniques_partial(table, name);
  add_policies(table, name, "app_user");
}

}  // namespace relata::design
