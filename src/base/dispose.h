#pragma once

#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

namespace relata {

/// Takes a value apart on a thread of its own, which ends with the program if not before: to give
/// back the many small parts of a large schema takes a while, and nobody has to wait for it. Only
/// for values whose destructors do nothing but that.
template <class Value>
requires(!std::is_lvalue_reference_v<Value>) void dispose(Value&& value) {
  auto whole = std::make_unique<Value>(std::forward<Value>(value));
  std::thread([whole = std::move(whole)] {}).detach();
}

}  // namespace relata
