#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/parallel.h"
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

std::string temporary_beside(const std::filesystem::path& target) {
  const std::string name =
      "." + target.filename().string() + "." + std::to_string(::getpid()) + ".new";
  return (target.parent_path() / name).string();
}

Result<void> write_plain(const std::string& path, std::string_view content) {
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

/// Makes the folders that the files are to be in.
Result<void> make_folders_of(const std::vector<std::filesystem::path>& files) {
  std::set<std::filesystem::path> folders;
  for (const std::filesystem::path& file : files) folders.insert(file.parent_path());
  for (const std::filesystem::path& folder : folders) {
    std::error_code error;
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) return fail("cannot make the folder '" + folder.string() + "': " + error.message());
  }
  return {};
}

/// Writes what is to be at `target` into the file beside it.
Result<void> write_beside(const std::filesystem::path& target, const std::string& beside,
                          std::string_view content) {
  const std::string quoted = "'" + target.string() + "'";
  std::error_code ignored;
  if (std::filesystem::is_directory(target, ignored)) {
    return fail("cannot write " + quoted + ": it is a folder");
  }
  const auto written = write_plain(beside, content);
  return written ? written : fail("cannot write " + quoted, written.error().message);
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

Result<void> write_files(const std::string& folder, const std::vector<FileText>& files) {
  namespace fs = std::filesystem;
  std::vector<fs::path> targets;
  std::vector<std::string> beside;
  for (const FileText& file : files) {
    targets.push_back(fs::path(folder) / file.path);
    beside.push_back(temporary_beside(targets.back()));
  }
  if (auto made = make_folders_of(targets); !made) return made;
  std::vector<Result<void>> written(files.size());
  for_each_index(files.size(), [&](std::size_t at) {
    written[at] = write_beside(targets[at], beside[at], files[at].content);
  });
  const auto failed =
      std::find_if(written.begin(), written.end(), [](const auto& w) { return !w; });
  Result<void> done = failed == written.end() ? Result<void>() : *failed;
  for (std::size_t at = 0; done && at < files.size(); ++at) {
    if (::rename(beside[at].c_str(), targets[at].c_str()) != 0) {
      done = fail("cannot write '" + targets[at].string() + "': " + reason());
    }
  }
  if (!done) {
    std::error_code ignored;
    for (const std::string& path : beside) fs::remove(path, ignored);
  }
  return done;
}

}  // namespace relata
