#pragma once

#include <sqlite3.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace relata::live::sqlite {

// The rows of SQLite's catalog, as its pragmas give them. Names are looked up in lower case: SQLite
// compares them so.

/// A row of sqlite_schema, in the order in which the objects were made.
struct ObjectRow {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;  ///< Empty for the index behind a constraint.
};

/// A row of pragma_table_list.
struct TableRow {
  std::string type;  ///< "table", "view", "virtual", "shadow".
  bool without_rowid = false;
  bool strict = false;
};

/// A row of pragma_table_xinfo.
struct ColumnRow {
  std::string name;
  std::string type;
  bool not_null = false;
  bool has_default = false;
  std::string default_value;
  int primary_key = 0;  ///< Place in the primary key from 1; 0: not in it.
  int hidden = 0;       ///< 2: generated when read; 3: stored.
};

/// A row of pragma_index_xinfo: an item of an index's key.
struct IndexColumnRow {
  bool is_expression = false;
  std::string name;
  bool descending = false;
  std::string collation;
};

/// The rows of pragma_foreign_key_list that make one key.
struct ForeignKeyRow {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::string> referenced;  ///< Empty: the primary key of the table.
  std::string on_update;
  std::string on_delete;
};

struct CatalogRows {
  std::vector<ObjectRow> objects;
  std::unordered_map<std::string, TableRow> tables;
  std::unordered_map<std::string, std::vector<ColumnRow>> columns;       ///< By table.
  std::unordered_map<std::string, std::vector<IndexColumnRow>> indexes;  ///< By index.
  std::unordered_map<std::string, std::vector<ForeignKeyRow>>
      foreign_keys;  ///< By table, as written.
  std::unordered_map<std::string, std::vector<std::string>> view_columns;
  std::map<std::string, std::string> broken_views;  ///< With what is wrong with each.
};

[[nodiscard]] Result<CatalogRows> read_catalog_rows(sqlite3* database);

}  // namespace relata::live::sqlite
