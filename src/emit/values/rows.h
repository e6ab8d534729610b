#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emit/code/names.h"
#include "emit/values/value.h"
#include "model/schema.h"

namespace relata::emit {

/// A column as a member of its rows.
struct RowColumn {
  const Column* column = nullptr;
  std::string member;
  Value value;
  bool nullable = true;
  bool may_be_left_out = false;  ///< By an INSERT.
  bool read_only = false;
  /// The type that the design asks for, and the module that it is imported from; may be empty.
  std::string wished_type;
  std::string wished_from;
  std::size_t closed_set = none;  ///< Place in RowTypes::closed_sets.
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

/// The values that columns can have, as a type with a name.
struct ClosedSet {
  std::string type;      ///< "TaskStatus".
  std::string constant;  ///< All of them: "taskStatuses", "TASK_STATUSES".
  std::vector<std::string> values;
  std::string comment;
};

/// A table's rows: what comes back, what is inserted, what an update changes.
struct RowType {
  std::string row;       ///< "Task".
  std::string inserted;  ///< "NewTask".
  std::string changed;   ///< "TaskPatch".
  const Table* table = nullptr;
  /// The table in the design, which says in every engine's terms what a check means; nothing where
  /// there is no design.
  const Table* meant = nullptr;
  std::vector<RowColumn> columns;
  /// Place among the columns by the column's name.
  std::unordered_map<std::string_view, std::size_t> places;
};

/// A view's rows.
struct ViewRowType {
  std::string row;
  const View* view = nullptr;
  std::vector<std::string> members;
  /// What each member shows, where that is the column of a table as it is; else
  /// RowColumn::column is not set.
  std::vector<RowColumn> columns;
};

struct RowTypes {
  std::vector<ClosedSet> closed_sets;
  std::vector<RowType> rows;  ///< Of every table that is no partition of another one.
  std::vector<ViewRowType> views;
};

/// The rows of a schema. All targets of a language get the same names,
/// but for those that the design gives for the target alone.
[[nodiscard]] RowTypes row_types(const TargetInput& input, const Language& language,
                                 std::string_view target);

/// The name that is imported for a wished type: "Settings" of "Settings<string>[]".
[[nodiscard]] std::string imported_name(const std::string& type);
/// The modules that wished types come from, each with the names to import.
[[nodiscard]] std::map<std::string, std::set<std::string>> wished_imports(const RowTypes& rows);

/// What a column is when an INSERT leaves it out.
enum class Absent {
  null,
  constant,  ///< Column::default_value means a string, a number or a truth value.
  unknown,   ///< The engine works it out.
};
[[nodiscard]] Absent absent_value(const RowColumn& column);

}  // namespace relata::emit
