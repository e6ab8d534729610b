#pragma once

#include <cstddef>

#include "live/session.h"

namespace relata::live {

/// The values of a row of any driver, which has is_null(column) and text(column).
template <class Row, class Count>
Record record_of(const Row& row, Count columns) {
  Record record;
  record.reserve(static_cast<std::size_t>(columns));
  for (Count column = 0; column < columns; ++column) {
    if (row.is_null(column)) {
      record.emplace_back();
    } else {
      record.emplace_back(row.text(column));
    }
  }
  return record;
}

}  // namespace relata::live
