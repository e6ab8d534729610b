#pragma once

#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>

namespace relata {

/// Takes a value apart on a thread of its own, which ends with the program if not before: to give
/// back the many small parts of a large schema takes a while, and nobody has to wait for it. Only
/// for values whose destructors do nothing but that.
template <class Value>
requires(!std::is_lvalue_reference_v<Value>) void dispose(Value&& value) {
  try {
    std::thread([gone = std::move(value)] {}).detach();
  } catch (const std::system_error&) {
    // No thread is to be had: the value has gone here.
  }
}

}  // namespace relata
