#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace relata::diff {

enum class ChangeKind {
  added,
  removed,
  changed,
  renamed,  ///< Under its new name; `before` and `after` are what it was and is called.
};

/// One thing in which two schemas differ. A change is data: what is to be done about it is decided
/// elsewhere.
struct Change {
  ChangeKind kind = ChangeKind::changed;
  std::string object;     ///< What it is: "table", "column", "foreign key", "view" ...
  QualifiedName owner;    ///< The table or view that has it; of any other object its own name.
  std::string name;       ///< Within the owner; empty: the owner itself.
  std::string attribute;  ///< Of a change: what differs, such as "type" or "default".
  std::string before;     ///< Of a change, and of what was removed; readable, not SQL to run.
  std::string after;
  std::string owner_object = {};  ///< What the owner is: "table"; of an object by itself empty.
  bool operator==(const Change&) const = default;
};

/// Attribute of a table whose columns are the same in another order.
inline constexpr std::string_view column_order = "order of columns";

/// All differences between two schemas that were read in the same dialect, in the order of the
/// kinds of object and their names. The order in which objects were declared does not count, except
/// that of columns. Equal schemas give none.
[[nodiscard]] std::vector<Change> compare(const Schema& from, const Schema& to);

/// All changes for people: a line each, those of a table or view under its name.
[[nodiscard]] std::string report(const std::vector<Change>& changes);

/// "changed column orders.total: type numeric(10,2) -> numeric(12,2)".
[[nodiscard]] std::string describe(const Change& change);

}  // namespace relata::diff
