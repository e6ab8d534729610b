#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// Whether two pieces of one kind and name are the same, apart from what has pieces of its own.
[[nodiscard]] bool is_same(const Piece& from, const Piece& to);

/// The statements that turn one piece into the other in place; nothing when it must be taken down
/// and made again.
[[nodiscard]] std::optional<std::vector<std::string>> alter(const Piece& from, const Piece& to);

/// The statements that tell a sequence what it is told afterwards.
[[nodiscard]] std::vector<std::string> sequence_changes(const Sequence& from, const Sequence& to);

/// A column whose type is an enumeration, and the same as it is to be afterwards.
struct EnumeratedColumn {
  QualifiedName table;
  const Column* now = nullptr;
  const Column* later = nullptr;
};

/// The statements that give an enumeration other values: values that come are added where that is
/// all; else the type is made anew, and the columns that have it are given the new one.
[[nodiscard]] std::vector<std::string> alter_enumeration(
    const Piece& from, const Piece& to, const std::vector<EnumeratedColumn>& columns);

/// Whether values only come, so that the type can stay.
[[nodiscard]] bool only_adds_values(const Enumeration& from, const Enumeration& to);

/// Whether the column is of that enumeration's type.
[[nodiscard]] bool has_type(const Column& column, const Piece& enumeration);

/// Whether what uses the column stands in the way: its type, or how it is made, becomes another.
[[nodiscard]] bool changes_values(const Column& from, const Column& to);

}  // namespace relata::migrate::postgres
