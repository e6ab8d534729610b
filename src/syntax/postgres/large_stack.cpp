#include "syntax/postgres/large_stack.h"

#include <pthread.h>

#include <cstddef>
#include <exception>

namespace relata::syntax {
namespace {

// The memory is taken page by page, as the stack grows.
constexpr std::size_t stack_bytes = std::size_t{256} << 20;

struct Call {
  const std::function<void()>& work;
  std::exception_ptr failure;
};

/// Whether this thread has such a stack.
thread_local bool is_large = false;

void* run(void* argument) {
  Call& call = *static_cast<Call*>(argument);
  is_large = true;
  try {
    call.work();
  } catch (...) {
    call.failure = std::current_exception();
  }
  return nullptr;
}

}  // namespace

void with_large_stack(const std::function<void()>& work) {
  if (is_large) return work();
  Call call{work, nullptr};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_t thread{};
  const bool started = pthread_create(&thread, &attributes, run, &call) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) return work();
  pthread_join(thread, nullptr);
  if (call.failure) std::rethrow_exception(call.failure);
}

}  // namespace relata::syntax
