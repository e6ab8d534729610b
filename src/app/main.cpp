#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/cli/run.h"

namespace {

/// A standard stream that the caller closed is opened in the wrong direction, so that using it
/// fails instead of reaching the next file that the program opens.
void hold_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", mode) != descriptor) ::_exit(2);
  }
}

/// Asks for the memory that the program is going to use in pages of two megabytes, where the system
/// has them: for a large schema, a tenth of the time went into giving it out in four kilobytes
/// each. What is freed at once stays with the allocator, and is not there before it is touched.
/// https://www.kernel.org/doc/html/latest/admin-guide/mm/transhuge.html
void ask_for_large_pages() {
  constexpr std::size_t size = std::size_t{256} << 20;
  constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
  void* memory = std::malloc(size);
  if (memory == nullptr) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  ::madvise(reinterpret_cast<void*>(begin), size - page, MADV_HUGEPAGE);
  std::free(memory);
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  ask_for_large_pages();
  // A closed pipe is an error of write(), not a death half way.
  std::signal(SIGPIPE, SIG_IGN);
  return relata::cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
