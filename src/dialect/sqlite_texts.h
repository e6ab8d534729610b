#pragma once

#include <string>

#include "dialect/dialect.h"
#include "model/table.h"

namespace relata {

/// What a foreign key of SQLite leads to and does: "REFERENCES orders (id) ON DELETE CASCADE". It
/// stands at a column or behind FOREIGN KEY (...).
/// Source: https://sqlite.org/foreignkeys.html
[[nodiscard]] std::string sqlite_reference(const Dialect& dialect, const ForeignKey& key);

}  // namespace relata
