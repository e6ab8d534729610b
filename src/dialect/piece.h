#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "model/schema.h"

namespace relata {

/// What a piece is; nothing where its statements say all there is to it (a comment, a setting).
using PieceObject =
    std::variant<std::monostate, const Namespace*, const Extension*, const Enumeration*,
                 const Domain*, const CompositeType*, const Sequence*, const Routine*,
                 const OtherObject*, const Table*, const Column*, const PrimaryKey*, const Unique*,
                 const Check*, const Exclusion*, const ForeignKey*, const Index*, const View*,
                 const Trigger*, const Rule*, const Policy*, const Grant*>;

/// One thing that a schema holds, with the statements that make it alone and that take it down.
struct Piece {
  std::string kind;     ///< "table", "column", "foreign key", "comment" ...
  QualifiedName owner;  ///< The table or view that it belongs to; of others their own name.
  std::string name;     ///< What tells it from others of its kind within the owner; may be empty.
  PieceObject object;
  const Table* table = nullptr;  ///< That it belongs to, or that it is.
  /// [postgres] Of a serial column: the sequence that making the column makes.
  const Sequence* serial = nullptr;
  std::vector<std::string> create;
  std::vector<std::string> drop;  ///< Empty: goes with its owner.
  /// [postgres] Of a primary key or unique constraint: makes the index that it can be put on
  /// afterwards; empty where there is no such index.
  std::string key_index;
  /// [postgres] Of an index or key of a partitioned table: makes it without its partitions' ones.
  std::vector<std::string> create_only;
  /// [postgres] Of an index or key of a partition that is a part of the whole table's: makes it so,
  /// and the place of that one.
  std::string attach;
  std::size_t whole = static_cast<std::size_t>(-1);
  /// The statement that makes the owner makes it as well.
  bool within_owner = false;
  std::vector<std::size_t> needs;  ///< Places of the pieces that it uses; never its owner.
  std::size_t owner_piece = none;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

}  // namespace relata
