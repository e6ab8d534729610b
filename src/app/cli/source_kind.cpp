#include "app/cli/source_kind.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "design/keys.h"
#include "read/sql/sql.h"

namespace relata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view readable_kinds =
    "give a requirements text (.md, .txt), a design (.yaml), SQL (.sql, or a folder of "
    "migrations), a Prisma or DBML schema, or a database URL";

/// What the end of a name says about a file.
struct Ending {
  std::string_view extension;
  SourceKind kind;
};
constexpr std::array endings{
    Ending{".yaml", SourceKind::design},   Ending{".yml", SourceKind::design},
    Ending{".sql", SourceKind::sql},       Ending{".ddl", SourceKind::sql},
    Ending{".pgsql", SourceKind::sql},     Ending{".mysql", SourceKind::sql},
    Ending{".prisma", SourceKind::prisma}, Ending{".dbml", SourceKind::dbml},
};

/// Kinds of file that people have and Relata does not read.
struct Unreadable {
  std::string_view extension;
  std::string_view what;
};
constexpr std::array unreadable{
    Unreadable{".docx", "a word processor's document"},
    Unreadable{".odt", "a word processor's document"},
    Unreadable{".pdf", "a PDF document"},
};

/// A design begins with a mapping of one of its top-level keys; prose does not.
bool looks_like_design(std::string_view text) {
  for (std::string_view line : split(text, '\n')) {
    if (trim(line).empty() || line.starts_with('#') || line.starts_with("---") ||
        line.starts_with('%'))
      continue;
    const std::string_view key = line.substr(0, line.find(':'));
    return key.size() < line.size() && design::find_key(design::Section::design, key) != nullptr;
  }
  return false;
}

/// The first line that says something begins with one of the words that SQL scripts begin with, and
/// a statement ends somewhere.
bool looks_like_sql(std::string_view text) {
  static constexpr std::array words{"create ", "alter ", "drop ",  "set ",       "pragma ",
                                    "begin;",  "begin ", "use ",   "start ",     "delimiter ",
                                    "insert ", "lock ",  "grant ", "\\restrict", "\\connect"};
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.starts_with("/*!")) return true;
    if (line.empty() || line.starts_with("--") || line.starts_with("/*") || line.starts_with("#"))
      continue;
    const std::string lower = to_lower(line.substr(0, 16)) + " ";
    return text.find(';') != std::string_view::npos &&
           std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.starts_with(word); });
  }
  return false;
}

SourceKind kind_of_text(std::string_view text) {
  if (looks_like_design(text)) return SourceKind::design;
  return looks_like_sql(text) ? SourceKind::sql : SourceKind::requirements;
}

Result<FoundFiles> find_in_folder(const std::string& folder) {
  std::vector<std::string> prisma;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() == ".prisma") prisma.push_back(entry.path().string());
  }
  FoundFiles found;
  if (prisma.empty()) {
    auto migrations = sql::read_folder(folder);
    if (!migrations) return tl::unexpected(migrations.error());
    found.kind = SourceKind::sql;
    found.files = std::move(migrations->files);
    found.dialect = std::move(migrations->dialect);
    return found;
  }
  // Models that are spread over several files make one schema, whatever the order of the files.
  std::sort(prisma.begin(), prisma.end());
  found.kind = SourceKind::prisma;
  for (const std::string& path : prisma) {
    auto file = read_source(path);
    if (!file) return tl::unexpected(file.error());
    found.files.push_back(std::move(*file));
  }
  return found;
}

}  // namespace

Result<FoundFiles> find_files(const std::string& path) {
  FoundFiles found;
  if (path == "-") {
    auto file = read_standard_input(maximum_sql_bytes);
    if (!file) return tl::unexpected(file.error());
    found.kind = kind_of_text(file->text);
    if (found.kind != SourceKind::sql && file->text.size() > maximum_source_bytes) {
      return tl::unexpected(too_large("standard input", maximum_source_bytes));
    }
    found.files.push_back(std::move(*file));
    return found;
  }
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return find_in_folder(path);
  const std::string extension = to_lower(fs::path(path).extension().string());
  for (const Unreadable& kind : unreadable) {
    if (kind.extension == extension) {
      return tl::unexpected(
          Failure{"'" + path + "' is " + std::string(kind.what) + ", which cannot be read",
                  std::string(readable_kinds)});
    }
  }
  for (const Ending& ending : endings) {
    if (ending.extension == extension) found.kind = ending.kind;
  }
  auto file =
      read_source(path, found.kind == SourceKind::sql ? maximum_sql_bytes : maximum_source_bytes);
  if (!file) return tl::unexpected(file.error());
  found.files.push_back(std::move(*file));
  return found;
}

}  // namespace relata::cli
