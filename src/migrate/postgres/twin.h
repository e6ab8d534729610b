#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialect/piece.h"
#include "model/schema.h"

namespace relata::migrate::postgres {

/// What a column is built from under another name.
struct TwinSource {
  const Table* table = nullptr;
  const Column* column = nullptr;
  std::set<std::string> left_out;  ///< Constraints and indexes that are not there at that time.
  /// Foreign keys that lead to the column, with the tables that have them.
  std::vector<std::pair<const Table*, const ForeignKey*>> references;
};

/// A constraint or index of a twin, under a name of its own.
struct TwinPart {
  Piece piece;
  std::string real;  ///< What it is called once the twin is the column.
};

/// A column that is built beside the one that is in use, with every constraint and index that names
/// it, all under other names, so that the two can change places in a moment.
class Twin {
 public:
  /// The twin is called `name`, its parts as their originals with `ending`.
  Twin(const TwinSource& source, std::string name, std::string_view ending);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Piece& column() const {
    return column_;
  }  ///< Without default, NULLs allowed.
  [[nodiscard]] const std::vector<TwinPart>& parts() const { return parts_; }
  [[nodiscard]] const std::vector<TwinPart>& references() const { return references_; }

 private:
  void find_parts(const std::vector<Piece>& pieces);

  QualifiedName self_;
  std::string name_;
  std::unique_ptr<Schema> schema_;                           ///< Where the pieces point to.
  std::set<std::pair<QualifiedName, std::string>> leading_;  ///< Foreign keys that lead to it.
  std::vector<std::pair<std::string, std::string>> names_;   ///< A twin's, and the real ones.
  Piece column_;
  std::vector<TwinPart> parts_;
  std::vector<TwinPart> references_;
};

}  // namespace relata::migrate::postgres
