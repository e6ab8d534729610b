#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dialect/convert_losses.h"
#include "dialect/sql_dialect.h"
#include "model/schema.h"

namespace relata {

/// What the steps of a conversion work on. The schema is in the source's terms at the beginning and
/// in neutral terms at the end.
struct Conversion {
  const SqlDialect& source;
  const SqlDialect& target;
  Schema& schema;
  Losses& losses;
  /// New names of tables and views, by the names that they were read with.
  std::map<QualifiedName, std::string> relations = {};
  /// Sequences, in lower case, that columns took their numbers from.
  std::set<std::string> taken_sequences = {};

  /// The target's name for messages: "MySQL 8 and MariaDB 10.11".
  [[nodiscard]] std::string title() const { return std::string(target.title()); }
};

/// A table's column for messages: "orders.total".
[[nodiscard]] std::string column_path(const Table& table, const Column& column);

/// Tables by name, whatever the case of a reference's letters: MySQL and SQLite do not mind it.
class TableLookup {
 public:
  explicit TableLookup(Schema& schema);
  /// The table of that very name, else the one of that name in another case; null when none is.
  [[nodiscard]] Table* find(std::string_view name) const;

 private:
  std::unordered_map<std::string, Table*> exact_;
  std::unordered_map<std::string, Table*> folded_;
};

/// The column of that very name, else of that name in another case.
[[nodiscard]] Column* find_column(Table& table, std::string_view name);

// The steps, in the order in which they are taken.

/// Partitions, foreign tables and inheritance: what is left are tables that stand for themselves.
void convert_table_kinds(Conversion& conversion);
/// One namespace holds everything; names of the others' objects begin with their namespace.
void flatten_namespaces(Conversion& conversion);
/// References are spelled as what they refer to.
void resolve_references(Conversion& conversion);
/// Every column has a neutral type; domains become their type and checks.
void convert_types(Conversion& conversion);
/// Numbering by sequences, AUTO_INCREMENT or row ids becomes Identity.
void convert_identities(Conversion& conversion);
/// SQL becomes its neutral meaning, or the target's SQL where it can be translated word by word.
void convert_expressions(Conversion& conversion);
/// Defaults that the column's type takes.
void convert_defaults(Conversion& conversion);
/// Keys that the target can check.
void convert_keys(Conversion& conversion);
void convert_indexes(Conversion& conversion);
void convert_views(Conversion& conversion);
/// Triggers that note the moment of a change become what they are for.
void convert_triggers(Conversion& conversion);
/// What has no counterpart is left out, each kind named with its list.
void leave_out_objects(Conversion& conversion);
/// Removes the members that only the source knows.
void forget_native_forms(Conversion& conversion);

}  // namespace relata
