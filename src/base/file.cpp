#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace relata {
namespace {

tl::unexpected<Failure> fail(std::string message, std::string help = {}) {
  return tl::make_unexpected(Failure{std::move(message), std::move(help)});
}

std::string reason() { return std::generic_category().message(errno); }

/// Closes a file descriptor at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

std::string temporary_beside(const std::string& path) {
  const std::filesystem::path target(path);
  const std::string name =
      "." + target.filename().string() + "." + std::to_string(::getpid()) + ".new";
  return (target.parent_path() / name).string();
}

Result<void> write_plain(const std::string& path, const std::string& content) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) return fail("cannot write '" + path + "': " + reason());
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t n = ::write(file.get(), content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail("cannot write '" + path + "': " + reason());
    done += static_cast<std::size_t>(n);
  }
  if (::close(file.release()) != 0) return fail("cannot write '" + path + "': " + reason());
  return {};
}

/// Reads a descriptor to its end and checks that it holds a text.
Result<SourceFile> read_text(int descriptor, const std::string& name, const std::string& quoted,
                             std::size_t limit) {
  SourceFile source{name, {}};
  std::string buffer(std::size_t{1} << 16, '\0');
  while (true) {
    const ssize_t n = ::read(descriptor, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail("cannot read " + quoted + ": " + reason());
    if (n == 0) break;
    source.text.append(buffer, 0, static_cast<std::size_t>(n));
    if (source.text.size() > limit) {
      return tl::unexpected(too_large(quoted, limit));
    }
  }
  if (source.text.starts_with("\xEF\xBB\xBF")) source.text.erase(0, 3);
  if (source.text.find('\0') != std::string::npos) {
    return fail(quoted + " is a binary file, not a text",
                "save it as plain text in UTF-8 (a word processor's own format cannot be read)");
  }
  const std::size_t invalid = first_invalid_utf8(source.text);
  if (invalid != std::string::npos) {
    const auto line = std::count(source.text.begin(),
                                 source.text.begin() + static_cast<std::ptrdiff_t>(invalid), '\n') +
                      1;
    return fail(quoted + " is not UTF-8 (line " + std::to_string(line) + ", byte " +
                    std::to_string(invalid) + ")",
                "convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW");
  }
  return source;
}

}  // namespace

Failure too_large(const std::string& name, std::size_t limit) {
  return {name + " is larger than " + std::to_string(limit >> 20U) + " MiB",
          "split it, leave out rows of data, or check that it is the file you meant"};
}

Result<SourceFile> read_source(const std::string& path, std::size_t limit) {
  const std::string quoted = "'" + path + "'";
  // Without blocking, so that a pipe that nobody writes to does not hang; reading may then wait.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return fail("cannot read " + quoted + ": " + reason());
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail("cannot read " + quoted + ": " + reason());
  if (S_ISDIR(status.st_mode))
    return fail(quoted + " is a folder, not a file", "name the file to read");
  if (::fcntl(file.get(), F_SETFL, 0) != 0) return fail("cannot read " + quoted + ": " + reason());
  return read_text(file.get(), path, quoted, limit);
}

Result<SourceFile> read_standard_input(std::size_t limit) {
  return read_text(STDIN_FILENO, "standard input", "standard input", limit);
}

Result<void> write_files(const std::string& folder,
                         const std::vector<std::pair<std::string, std::string>>& files) {
  namespace fs = std::filesystem;
  std::vector<std::pair<std::string, std::string>> renames;
  const auto undo = [&] {
    std::error_code ignored;
    for (const auto& [from, to] : renames) fs::remove(from, ignored);
  };
  for (const auto& [name, content] : files) {
    const fs::path target = fs::path(folder) / name;
    std::error_code error;
    if (!target.parent_path().empty()) fs::create_directories(target.parent_path(), error);
    if (error) {
      undo();
      return fail("cannot make the folder '" + target.parent_path().string() +
                  "': " + error.message());
    }
    if (fs::is_directory(target, error)) {
      undo();
      return fail("cannot write '" + target.string() + "': it is a folder");
    }
    const std::string beside = temporary_beside(target.string());
    renames.emplace_back(beside, target.string());
    if (auto written = write_plain(beside, content); !written) {
      undo();
      return fail("cannot write '" + target.string() + "'", written.error().message);
    }
  }
  for (const auto& [from, to] : renames) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
      auto failure = fail("cannot write '" + to + "': " + reason());
      undo();
      return failure;
    }
  }
  return {};
}

Result<void> write_file(const std::string& path, const std::string& content) {
  return write_files("", {{path, content}});
}

}  // namespace relata
