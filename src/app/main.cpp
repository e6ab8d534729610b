#include <fcntl.h>
#include <unistd.h>

#include <csignal>
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

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  // A closed pipe is an error of write(), not a death half way.
  std::signal(SIGPIPE, SIG_IGN);
  return relata::cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
