#pragma once

#include <cstddef>
#include <functional>

namespace relata {

/// Calls work(0) to work(count - 1), on as many threads as there are processors, each call once and
/// in no certain order; returns when all are done. The calls must not depend on each other.
void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace relata
