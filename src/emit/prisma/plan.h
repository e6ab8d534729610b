#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "emit/code/names.h"
#include "emit/prisma/defaults.h"
#include "emit/prisma/layout.h"
#include "emit/prisma/types.h"
#include "model/schema.h"

namespace relata::emit::prisma7 {

/// What Prisma says of one kind of database.
struct Provider {
  std::string_view name;    ///< "postgresql".
  std::size_t name_limit;   ///< Bytes of a constraint's name.
  bool names_primary_keys;  ///< A primary key has a name that can be told.
  bool names_foreign_keys;
  bool keeps_constraint_names;   ///< A UNIQUE constraint's index is called as it is.
  bool finds_keys_in_any_order;  ///< A relation may name the columns of a key in any order.
  bool names_share_a_space;      ///< No key may be called like a foreign key of the table.
};
[[nodiscard]] const Provider& provider_of(const Schema& schema);

/// A primary key, unique index or index as an attribute.
struct KeyPart {
  std::size_t column = 0;
  std::string details;  ///< "sort: Desc, ops: raw(\"...\")".
};
struct Key {
  std::string attribute;  ///< "id", "unique", "index", "fulltext".
  std::vector<KeyPart> parts;
  std::string map;     ///< Name in the database, where it is not the one that Prisma gives.
  std::string method;  ///< "Gin"; empty: B-tree.
  std::string where;
};

/// A table on its way to a model.
struct Model {
  const Table* table = nullptr;
  const TableNames* names = nullptr;
  bool shown = true;        ///< Prisma sees the table at all: not a partition, not foreign.
  bool identified = false;  ///< Rows can be told apart: without that the model is @@ignore.
  std::unordered_map<std::string_view, std::size_t> columns;  ///< Places by name.
  std::vector<FieldType> types;
  std::vector<bool> nullable;  ///< One a column.
  std::vector<DefaultValue> defaults;
  std::vector<Key> keys;
  std::vector<bool> in_id;                       ///< One a column: part of the primary key.
  std::vector<std::size_t> own_keys;             ///< One a column: the key that it alone is.
  std::unordered_set<std::string> unique_sets;   ///< Sorted columns of its keys.
  std::unordered_set<std::string> unique_lists;  ///< The same in the order of the key.
  std::vector<std::string> remarks;              ///< What only the database has.
  std::vector<Line> forward;                     ///< Relations to other models.
  std::vector<Line> backward;                    ///< Relations of other models to this one.

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  [[nodiscard]] const std::string& member(std::size_t column) const {
    return names->members[column];
  }
};

/// table_column_key: the name that Prisma gives, cut in the middle where it is too long.
[[nodiscard]] std::string default_name(const Provider& provider, const std::string& table,
                                       const std::vector<std::string>& columns,
                                       std::string_view suffix);

/// Columns as one word, for sets of them.
[[nodiscard]] std::string list_key(const std::vector<std::string>& columns);
[[nodiscard]] std::string set_key(std::vector<std::string> columns);

/// Fills `keys`, what is unique, and `identified`; what cannot be said goes to the remarks.
void plan_keys(const Schema& schema, const Provider& provider, Model& model);
/// Fills `forward` and `backward` of all models.
void plan_relations(const Provider& provider, const CodeNames& names, std::vector<Model>& models);
/// Adds what the table has beside columns, keys and relations.
void add_remarks(const Schema& schema, const Types& types, Model& model);
/// What the schema has beside tables, as a sentence; empty: nothing.
[[nodiscard]] std::string schema_remark(const Schema& schema, const std::vector<Model>& models);

/// "CHECK a, b" from the kind and the names; nothing without names.
void add_remark(std::string_view kind, const std::vector<std::string>& names, Model& model);

}  // namespace relata::emit::prisma7
