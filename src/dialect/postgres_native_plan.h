#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dialect/postgres.h"
#include "model/schema.h"

namespace relata {

// Internal to what prints a schema of PostgreSQL: what there is to print, and in which order.

/// What belongs to a table and can also be added when the table exists.
struct TablePart {
  enum class Kind { default_value, check, exclusion, foreign_key, index };
  Kind kind = Kind::check;
  std::size_t place = 0;  ///< In the table's list of that kind; of a default, its column's.
  std::vector<std::size_t> needs;  ///< Places of items.
};

struct TableItem {
  const Table* table = nullptr;
  std::vector<TablePart> parts;
};

struct TriggerItem {
  const Trigger* trigger = nullptr;
  const Table* table = nullptr;  ///< Null for a view's.
  const View* view = nullptr;
};

struct RuleItem {
  const Rule* rule = nullptr;
  const Table* table = nullptr;
  const View* view = nullptr;
};

/// The policies of a table, and whether they hold.
struct PolicyItem {
  const Table* table = nullptr;
};

using NativeItem = std::variant<const Enumeration*, const Domain*, const CompositeType*,
                                const Sequence*, const Routine*, const OtherObject*, TableItem,
                                const View*, TriggerItem, RuleItem, PolicyItem>;

struct NativePlan {
  std::vector<NativeItem> items;
  std::vector<std::size_t> order;              ///< Of the items, as they are to be printed.
  std::vector<std::size_t> rank;               ///< Of each item, its place in `order`.
  std::vector<std::vector<std::size_t>> uses;  ///< Of each item, those that it uses.
  /// Sequences that a column makes by being serial, by the column's table and name.
  std::map<std::pair<const Table*, std::string_view>, const Sequence*> serial;
  std::map<std::pair<std::string_view, std::string_view>, const Table*> tables;

  [[nodiscard]] const Table* find_table(const QualifiedName& name) const;
  /// Whether everything that a part needs is printed before the item, or is the item itself.
  [[nodiscard]] bool fits_inside(const TablePart& part, std::size_t item) const;
};

/// What the schema has to print, in an order that loads: dependencies are the names that the texts
/// use, so that it works the same for what came from a file and from a server. Pointers into
/// `schema`, which must stay. The sequences in `apart` are not taken for a serial column's.
[[nodiscard]] NativePlan plan_native(const Schema& schema,
                                     const std::set<QualifiedName>& apart = {});

/// The columns of serial kind, and the sequences that are there through them.
[[nodiscard]] std::map<std::pair<const Table*, std::string_view>, const Sequence*> serial_columns(
    const Schema& schema);
/// "serial", "bigserial", "smallserial".
[[nodiscard]] std::string_view serial_word(const Sequence& sequence);

/// The namespaces in which names without one are found (Option "search_path" of the schema, as it
/// is written there; public where there is none). Public is "".
[[nodiscard]] std::vector<std::string> search_path(const Schema& schema);

/// Kinds of OtherObject that are made last, because they act on whatever is made after them.
[[nodiscard]] bool comes_last(const OtherObject& object);

}  // namespace relata
