#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/schema.h"

namespace relata::seed {

/// One column of one table.
using ColumnName = std::pair<QualifiedName, std::string>;

/// How many rows there are to be, and what is left out.
struct FillOptions {
  std::map<QualifiedName, std::uint64_t> rows;
  std::uint64_t other_rows = 1000;  ///< Of tables that are not in `rows`.
  /// Columns that are left NULL, or to their defaults: a value was refused.
  std::set<ColumnName> left_out;
};

/// The rows of one table: values as expressions of SQL over the row's number, which stands in them
/// as row_number (values.h) and counts from 1. Behind `rows` the values go on, as far as their
/// types let them, and refer to rows that are there.
struct TableFill {
  std::string_view dialect;
  const Table* table = nullptr;
  std::uint64_t rows = 0;
  std::vector<std::string> columns;
  std::vector<std::string> values;
  std::string refused;  ///< Why it gets no rows; empty: it does.
};

/// Rows for every table of a schema that was read in its dialect, those that are referred to first.
/// They satisfy types, NOT NULL, UNIQUE, foreign keys (also of several columns, to the table
/// itself, and in circles), and CHECKs that name values or bounds.
///
/// Which row another refers to depends on its number alone: the Nth row refers to the row of number
/// (N - 1) % rows + 1. So foreign keys that share a column (a tenant's) agree, as long as one
/// table's rows are a multiple of another's, which is why counts are rounded to thousands.
[[nodiscard]] std::vector<TableFill> fill_rows(const Schema& schema, const FillOptions& options);

/// INSERT of the rows from one number through another.
[[nodiscard]] std::string insert_statement(const TableFill& fill, std::uint64_t first,
                                           std::uint64_t last);

/// An expression that gives what a column holds in the row of that number; empty: nobody knows.
[[nodiscard]] std::string value_in_row(const TableFill& fill, std::string_view column,
                                       std::uint64_t row);

}  // namespace relata::seed
