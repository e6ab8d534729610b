#pragma once

#include <string>
#include <string_view>

#include "design/design.h"

namespace relata::english {

/// How an attribute's values are kept, as attribute_types.def and the units of measure tell.
enum class TableKind {
  text,
  integer,
  big_integer,
  decimal_2,  ///< decimal(10, 2)
  decimal_3,  ///< decimal(10, 3): weights to the gram
  decimal_6,  ///< decimal(9, 6): a latitude to a decimetre
  money,
  percent,
  boolean,
  date,
  time,
  timestamp,
  duration,
  year,
  uuid,
  json,
  binary,
  email,
  url,
  phone,
  ip_address,
};

/// Whether a row usually makes no sense without the attribute.
enum class Presence { required, optional };

/// What a name in the table tells.
struct TableEntry {
  TableKind kind;
  Presence presence;
};

/// A unit of measure that may follow a name ("capacity in kilograms").
struct Unit {
  std::string_view words;   ///< Separated by commas.
  std::string_view suffix;  ///< What the column's name gets; empty: the name stays.
  TableKind kind;
};

/// The entry of a name in attribute_types.def, its last word in the singular or as written; null
/// when the name is not there.
[[nodiscard]] const TableEntry* table_entry(const std::string& name);

/// The unit of measure that words name ("kilograms", "square metres"); null when they name none.
[[nodiscard]] const Unit* find_unit(const std::string& name);

[[nodiscard]] design::FieldType field_type(TableKind kind);

/// Whether a list in one text ("a an the") has the word.
[[nodiscard]] bool among(std::string_view list, std::string_view word, char separator = ' ');

}  // namespace relata::english
