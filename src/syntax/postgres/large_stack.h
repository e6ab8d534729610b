#pragma once

#include <functional>

namespace relata::syntax {

/// Runs the work on a thread with a stack that holds trees as deep as `deepest_nesting` allows, and
/// waits for it. Where the stack is a large one already, or no such thread can be had, the work is
/// done right here.
void with_large_stack(const std::function<void()>& work);

}  // namespace relata::syntax
