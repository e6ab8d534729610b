#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/span.h"
#include "model/schema.h"
#include "read/sql/sqlite/statements.h"

namespace relata::sql::sqlite {

/// Remembers where the files make tables and columns, so that the catalog's tables get their
/// origins. Names are compared without case.
class Places {
 public:
  /// Looks at a statement that was run.
  void note(const SourceFile& file, const Statement& statement);
  /// Turns origins that point into the catalog's text (see live/sqlite/catalog.h) into places in
  /// the files.
  void apply(Schema& schema) const;

 private:
  struct Place {
    const SourceFile* file = nullptr;
    Span name;  ///< Of the table's or column's name.
  };
  void note_table(const SourceFile& file, const Statement& statement, std::size_t name);
  void note_alter(const SourceFile& file, const Statement& statement);
  [[nodiscard]] Origin origin_of(const Place& table, Span in_catalog, Span table_in_catalog,
                                 std::string_view column) const;

  std::unordered_map<std::string, Place> tables_;
  std::map<std::pair<std::string, std::string>, Place> columns_;  ///< Added by ALTER TABLE.
};

}  // namespace relata::sql::sqlite
