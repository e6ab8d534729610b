#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "emit/code/names.h"
#include "emit/output.h"
#include "emit/typeorm/columns.h"
#include "emit/typeorm/sqlite_table_text.h"

namespace relata::emit::typeorm {

/// A table as an entity.
struct EntityPlan {
  bool exists = true;  ///< Partitions are reached by their parent.
  /// TypeORM finds it as the entity says, so that it may synchronize it.
  bool synchronized = true;
  std::vector<std::string> reasons;                          ///< Why not: "the default of tags".
  std::vector<ColumnCode> columns;                           ///< One a column.
  std::vector<ValueType> values;                             ///< One a column.
  std::unordered_map<std::string_view, std::size_t> places;  ///< Of columns by name.
  /// Columns that are the entity's key: the primary key, or what stands in for it.
  std::unordered_set<std::string_view> key;
  bool has_primary_key = true;
  std::vector<std::string> notes;       ///< What is in the database only: "trigger tasks_touch".
  std::optional<SqliteTableText> text;  ///< [sqlite]
  /// One a foreign key: whether it is an object relation too.
  std::vector<bool> related;
};

/// Everything that the files are written from.
struct Plan {
  const TargetInput& input;
  const Schema& schema;
  CodeNames names;
  SchemaIndex index;
  std::vector<EntityPlan> entities;  ///< One a table.
  std::unordered_set<std::string_view> constraint_names;
  /// [mysql] Names of indexes that stand for other columns in another table: TypeORM mixes them up.
  std::unordered_set<std::string_view> mixed_up;
  bool postgres = false;
  bool mysql = false;
  bool sqlite = false;

  /// Of a column that is not there: its own name.
  [[nodiscard]] std::string member(std::size_t table, std::string_view column) const;
  [[nodiscard]] std::vector<std::string> members(std::size_t table,
                                                 const std::vector<std::string>& columns) const;
};

[[nodiscard]] Plan make_plan(const TargetInput& input);

/// Whether TypeORM's schema builder can write the name: it quotes, but does not escape, and takes
/// a point for the end of a namespace.
[[nodiscard]] bool is_plain_name(std::string_view name);

/// The options of a foreign key in TypeORM's words.
[[nodiscard]] std::vector<Code::Member> action_options(const ForeignKey& key);

/// A view that TypeORM can make itself.
[[nodiscard]] bool can_make(const View& view);

}  // namespace relata::emit::typeorm
