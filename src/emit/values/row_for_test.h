#pragma once

#include <string>
#include <utility>
#include <vector>

#include "emit/values/rows.h"

namespace relata::emit {

/// A row of plain members for tests, named as their columns; it owns the table behind it.
class RowForTest {
 public:
  explicit RowForTest(const std::vector<std::pair<std::string, Value>>& columns) {
    table.name = "tasks";
    table.columns.resize(columns.size());
    row.row = "Task";
    row.table = &table;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      table.columns[i].name = columns[i].first;
      RowColumn column;
      column.column = &table.columns[i];
      column.member = columns[i].first;
      column.value = columns[i].second;
      row.columns.push_back(std::move(column));
      row.places.emplace(table.columns[i].name, i);
    }
  }
  RowForTest(const RowForTest&) = delete;
  RowForTest& operator=(const RowForTest&) = delete;

  Table table;
  RowType row;
};

inline Value value_for_test(Shape shape) {
  Value value;
  value.shape = shape;
  return value;
}

/// "a" and "b" are numbers, "d" and "e" decimals, "s" and "t" texts, "o" is one of two texts, "f"
/// is floating, "y" a truth value, "from" and "to" dates.
inline std::vector<std::pair<std::string, Value>> columns_for_test() {
  Value choice = value_for_test(Shape::text);
  choice.choices = {"open", "done"};
  Value floating = value_for_test(Shape::floating);
  floating.not_a_number = true;
  Value decimal = value_for_test(Shape::decimal);
  decimal.not_a_number = true;
  Value wide = value_for_test(Shape::integer);
  wide.wide = true;
  return {{"a", value_for_test(Shape::integer)},
          {"b", value_for_test(Shape::integer)},
          {"w", wide},
          {"d", decimal},
          {"e", decimal},
          {"s", value_for_test(Shape::text)},
          {"t", value_for_test(Shape::text)},
          {"o", choice},
          {"f", floating},
          {"y", value_for_test(Shape::boolean)},
          {"from", value_for_test(Shape::date)},
          {"to", value_for_test(Shape::date)}};
}

}  // namespace relata::emit
