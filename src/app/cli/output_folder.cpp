#include "app/cli/output_folder.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"

namespace relata::cli {
namespace {

constexpr std::string_view lock_name = "relata.lock";
constexpr std::string_view lock_head =
    "# Written by relata build: a hash of each file as it was written, to tell edited ones.\n";

std::string hash_of(std::string_view content) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  std::uint64_t hash = stable_hash(content);
  for (int i = 0; i < 16; ++i, hash >>= 4U) out.insert(out.begin(), digits[hash & 0xFU]);
  return out;
}

std::string path_in(const std::string& folder, std::string_view path) {
  return (std::filesystem::path(folder) / path).string();
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

}  // namespace

Result<OutputFolder> OutputFolder::open(const std::string& folder) {
  OutputFolder output;
  output.folder_ = folder;
  const auto lock = output.read(std::string(lock_name));
  if (!lock) return tl::unexpected(lock.error());
  for (const std::string_view line : split(*lock, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> words = split(line, ' ');
    if (words.size() < 3) continue;
    const std::size_t path = words[0].size() + words[1].size() + 2;
    output.written_[std::string(line.substr(path))] = {std::string(words[0]),
                                                       std::string(words[1])};
  }
  return output;
}

Result<std::string> OutputFolder::read(const std::string& path) const {
  const std::string full = path_in(folder_, path);
  if (!exists(full)) return std::string();
  auto file = read_source(full, maximum_sql_bytes);
  if (!file) return tl::unexpected(file.error());
  return std::move(file->text);
}

Result<FileState> OutputFolder::state_of(const emit::OutputFile& file) const {
  if (!exists(path_in(folder_, file.path))) return FileState::missing;
  const auto content = read(file.path);
  if (!content) return tl::unexpected(content.error());
  if (*content == file.content) return FileState::same;
  if (file.once) return FileState::kept;
  const auto written = written_.find(file.path);
  const bool ours = written != written_.end() && written->second.hash == hash_of(*content);
  return ours ? FileState::stale : FileState::edited;
}

std::vector<std::string> OutputFolder::left_over(const std::vector<std::string>& targets,
                                                 const std::vector<TargetFile>& files) const {
  std::set<std::string_view> paths;
  for (const TargetFile& one : files) paths.insert(one.file.path);
  std::vector<std::string> left;
  for (const auto& [path, written] : written_) {
    const bool asked = std::find(targets.begin(), targets.end(), written.target) != targets.end();
    if (!asked || paths.contains(path) || !exists(path_in(folder_, path))) continue;
    const auto content = read(path);
    if (content && hash_of(*content) == written.hash) left.push_back(path);
  }
  return left;
}

Result<void> OutputFolder::write(const std::vector<TargetFile>& files,
                                 const std::vector<std::string>& left_over) {
  std::vector<std::string> hashes(files.size());
  for_each_index(files.size(),
                 [&](std::size_t at) { hashes[at] = hash_of(files[at].file.content); });
  std::vector<FileText> contents;
  for (std::size_t at = 0; at < files.size(); ++at) {
    const emit::OutputFile& file = files[at].file;
    if (!files[at].stands) contents.push_back({file.path, file.content});
    if (!file.once) written_[file.path] = {hashes[at], files[at].target};
  }
  for (const std::string& path : left_over) written_.erase(path);
  std::string lock(lock_head);
  for (const auto& [path, one] : written_) lock += one.hash + " " + one.target + " " + path + "\n";
  contents.push_back({std::string(lock_name), lock});
  auto done = write_files(folder_, contents);
  if (!done) return done;
  for (const std::string& path : left_over) {
    std::error_code ignored;
    std::filesystem::remove(path_in(folder_, path), ignored);
  }
  return done;
}

}  // namespace relata::cli
