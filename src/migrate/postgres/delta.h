#pragma once

#include <cstddef>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// A piece that both schemas have and that is not the same in both, and can be altered in place.
struct Altered {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// What has to be done to come from some pieces to others: places in either list, in the order in
/// which it is to be done.
struct Delta {
  std::vector<std::size_t> dropped_first;  ///< Of `from`, before anything is made.
  std::vector<Altered> altered;            ///< In the order of `to`.
  std::vector<std::size_t> created;        ///< Of `to`.
  std::vector<std::size_t> dropped_last;   ///< Of `from`: what holds data, and what that needs.
};

/// Matches pieces by kind, owner and name. What uses something that is taken down is taken down
/// before and made again.
[[nodiscard]] Delta find_delta(const std::vector<Piece>& from, const std::vector<Piece>& to);

}  // namespace relata::migrate::postgres
