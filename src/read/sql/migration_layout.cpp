#include "read/sql/migration_layout.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/text.h"
#include "read/sql/dialect_names.h"
#include "read/sql/flyway.h"

namespace relata::sql {
namespace {

enum class Kind { loose, numbered, versioned, up_and_down, flyway, diesel, prisma, drizzle };

/// What the tools call themselves, by Kind.
constexpr std::array<std::string_view, 8> layout_names{
    "plain", "plain", "versioned", "golang-migrate", "flyway", "diesel", "prisma", "drizzle"};

constexpr std::string_view journal_name = "meta/_journal.json";

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view name_in(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

bool is_sql(std::string_view path) { return to_lower(path).ends_with(".sql"); }

/// "2021", "v1.10", "00_tables": a folder that stands for a step.
bool is_step(std::string_view folder) {
  if (folder.starts_with('v') || folder.starts_with('V')) folder.remove_prefix(1);
  return !folder.empty() && is_ascii_digit(folder.front());
}

/// Folders in which projects keep SQL that is not their schema.
bool is_aside(std::string_view path) {
  static constexpr std::array<std::string_view, 9> names{
      "fixtures", "queries", "query", "seed", "seeds", "snippets", "test", "testdata", "tests"};
  const std::vector<std::string_view> parts = split(folder_of(path), '/');
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    return std::find(names.begin(), names.end(), to_lower(part)) != names.end();
  });
}

/// Names of files that lead back.
bool leads_back(std::string_view path) {
  std::string name = to_lower(name_in(path));
  for (const std::string_view end : {".down.sql", "_down.sql", "-down.sql", ".undo.sql",
                                     ".rollback.sql", "_rollback.sql", ".revert.sql"}) {
    if (name.ends_with(end)) return true;
  }
  if (name == "down.sql") return true;
  const std::string folder = to_lower(name_in(folder_of(path)));
  return folder == "down" || folder == "rollback" || folder == "undo" || folder == "revert";
}

/// Files that make a whole schema come before the others of their folder, rows after them.
int rank_of_loose(std::string_view path) {
  static constexpr std::array<std::string_view, 8> first{
      "schema", "structure", "init", "initial", "create", "tables", "extensions", "types"};
  static constexpr std::array<std::string_view, 8> last{"data", "seed",    "seeds",   "insert",
                                                        "drop", "cleanup", "fixture", "fixtures"};
  for (const std::string& word : words_of(name_in(path))) {
    if (std::find(last.begin(), last.end(), word) != last.end()) return 2;
  }
  for (const std::string& word : words_of(name_in(path))) {
    if (std::find(first.begin(), first.end(), word) != first.end()) return 0;
  }
  return 1;
}

/// The migrations of one database: the folder that they are in, and their files.
struct Root {
  Kind kind = Kind::loose;
  std::vector<std::string> paths;
};

class LayoutFinder {
 public:
  explicit LayoutFinder(const FolderListing& listing)
      : listing_(listing), all_(listing.paths.begin(), listing.paths.end()) {}

  Result<MigrationLayout> find() {
    for (const std::string& path : listing_.paths) {
      if (is_sql(path) && !is_aside(path)) sort_in(path);
    }
    if (roots_.empty() && loose_.empty()) {
      for (const std::string& path : listing_.paths) {
        if (is_sql(path)) sort_in(path);
      }
    }
    if (roots_.empty() && loose_.empty()) return tl::unexpected(no_sql());
    if (roots_.empty()) return loose_files();
    merge_flyway();
    if (roots_.size() > 1) {
      std::vector<std::string> folders;
      for (const auto& [folder, root] : roots_) folders.push_back(folder);
      return tl::unexpected(several(folders));
    }
    return ordered(roots_.begin()->first, roots_.begin()->second);
  }

 private:
  /// Notes a file with the root that it belongs to.
  void sort_in(const std::string& path) {
    const std::string_view folder = folder_of(path);
    const std::string name = to_lower(name_in(path));
    if (name == "migration.sql" && !folder.empty()) {
      const bool drizzle = all_.contains(joined(folder, "snapshot.json"));
      add(folder_of(folder), drizzle ? Kind::drizzle : Kind::prisma, path);
    } else if ((name == "up.sql" || name == "down.sql") && !folder.empty()) {
      add(folder_of(folder), Kind::diesel, path);
    } else if (all_.contains(joined(folder, journal_name))) {
      add(folder, Kind::drizzle, path);
    } else if (flyway_version(name_in(path))) {
      add(folder, Kind::flyway, path);
    } else if (const auto step = step_root(folder)) {
      add(*step, Kind::versioned, path);
    } else if (name.ends_with(".up.sql") || name.ends_with(".down.sql")) {
      add(folder, Kind::up_and_down, path);
    } else if (is_ascii_digit(name.front())) {
      add(folder, Kind::numbered, path);
    } else {
      loose_.push_back(path);
    }
  }

  /// The folder above the first part of a path that stands for a step.
  static std::optional<std::string_view> step_root(std::string_view folder) {
    std::size_t begin = 0;
    std::optional<std::string_view> root;
    while (begin < folder.size()) {
      const std::size_t end = std::min(folder.find('/', begin), folder.size());
      const bool step = is_step(folder.substr(begin, end - begin));
      // "mysql/v8/schema/v1.0": the last run of steps counts, "v8" is the engine's version.
      if (step && !root) root = folder.substr(0, begin == 0 ? 0 : begin - 1);
      if (!step) root.reset();
      begin = end + 1;
    }
    return root;
  }

  void add(std::string_view folder, Kind kind, const std::string& path) {
    Root& root = roots_[std::string(folder)];
    // Of several layouts in one folder the one that says more about order holds.
    root.kind = std::max(root.kind, kind);
    root.paths.push_back(path);
  }

  /// Flyway looks through all folders below its locations.
  void merge_flyway() {
    std::set<std::string_view> dialects;
    std::vector<std::string> folders;
    for (const auto& [folder, root] : roots_) {
      if (root.kind != Kind::flyway) return;
      if (const auto named = dialect_in_path(folder)) dialects.insert(named->dialect);
      folders.push_back(folder);
    }
    if (dialects.size() > 1 || folders.size() < 2) return;
    Root merged;
    merged.kind = Kind::flyway;
    for (auto& [folder, root] : roots_) {
      merged.paths.insert(merged.paths.end(), root.paths.begin(), root.paths.end());
    }
    roots_.clear();
    roots_[{}] = std::move(merged);
  }

  Result<MigrationLayout> ordered(const std::string& folder, const Root& root) const {
    MigrationLayout layout;
    layout.layout = layout_names[static_cast<std::size_t>(root.kind)];
    if (root.kind == Kind::flyway) {
      layout.paths = flyway_order(root.paths);
      return layout;
    }
    if (root.kind == Kind::drizzle && all_.contains(joined(folder, journal_name))) {
      if (auto done = follow_journal(folder, layout); !done) return tl::unexpected(done.error());
      return layout;
    }
    for (const std::string& path : root.paths) {
      if (!leads_back(path)) layout.paths.push_back(path);
    }
    if (root.kind == Kind::prisma || root.kind == Kind::diesel || root.kind == Kind::drizzle) {
      std::sort(layout.paths.begin(), layout.paths.end());  // These compare names as texts.
    } else {
      std::sort(layout.paths.begin(), layout.paths.end(), natural_less);
    }
    if (root.kind == Kind::prisma) layout.dialect = locked_provider(folder);
    if (root.kind == Kind::versioned) return by_manifests(std::move(layout));
    if (layout.paths.empty()) {
      return tl::unexpected(Failure{"'" + listing_.name + "' holds only migrations that lead back",
                                    "Relata reads those that lead forward."});
    }
    return layout;
  }

  Result<nlohmann::json> json_of(const std::string& path) const {
    const auto text = listing_.text(path);
    if (!text) return tl::unexpected(text.error());
    nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) {
      return tl::unexpected(Failure{"'" + joined(listing_.name, path) + "' is not JSON", {}});
    }
    return json;
  }

  /// Drizzle's journal lists its migrations with their numbers, and says for which engine.
  Result<void> follow_journal(const std::string& folder, MigrationLayout& layout) const {
    const std::string journal = joined(folder, journal_name);
    const auto json = json_of(journal);
    if (!json) return tl::unexpected(json.error());
    std::vector<std::pair<std::int64_t, std::string>> entries;
    const auto list = json->find("entries");
    if (list != json->end() && list->is_array()) {
      for (const auto& entry : *list) {
        if (!entry.is_object()) continue;
        const auto tag = entry.find("tag");
        const auto index = entry.find("idx");
        if (tag == entry.end() || !tag->is_string()) continue;
        const bool numbered = index != entry.end() && index->is_number_integer();
        entries.emplace_back(
            numbered ? index->get<std::int64_t>() : static_cast<std::int64_t>(entries.size()),
            joined(folder, tag->get<std::string>() + ".sql"));
      }
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (const auto dialect = json->find("dialect");
        dialect != json->end() && dialect->is_string()) {
      layout.dialect = dialect_named(to_lower(dialect->get<std::string>()));
    }
    for (auto& [index, path] : entries) {
      if (!all_.contains(path)) {
        return tl::unexpected(Failure{"'" + joined(listing_.name, journal) + "' lists " +
                                          std::string(name_in(path)) + ", which is not there",
                                      {}});
      }
      layout.paths.push_back(std::move(path));
    }
    return {};
  }

  /// Prisma keeps its engine in migration_lock.toml: provider = "sqlite".
  [[nodiscard]] std::string locked_provider(const std::string& folder) const {
    const std::string lock = joined(folder, "migration_lock.toml");
    if (!all_.contains(lock)) return {};
    const auto text = listing_.text(lock);
    if (!text) return {};
    for (const std::string_view line : split(*text, '\n')) {
      if (!trim(line).starts_with("provider")) continue;
      for (const std::string& word : words_of(to_lower(line))) {
        if (const std::string_view dialect = dialect_named(word); !dialect.empty()) {
          return std::string(dialect);
        }
      }
    }
    return {};
  }

  /// A step's manifest.json may name its files in order ("SchemaUpdateCqlFiles": [...]).
  Result<MigrationLayout> by_manifests(MigrationLayout layout) const {
    std::vector<std::string> paths;
    std::set<std::string> done;
    for (const std::string& path : layout.paths) {
      const std::string folder(folder_of(path));
      const std::string manifest = joined(folder, "manifest.json");
      if (!all_.contains(manifest)) {
        paths.push_back(path);
        continue;
      }
      if (!done.insert(folder).second) continue;
      const auto json = json_of(manifest);
      if (!json) return tl::unexpected(json.error());
      for (const auto& [key, value] : json->items()) {
        if (!value.is_array()) continue;
        for (const auto& file : value) {
          if (!file.is_string()) continue;
          const std::string named = joined(folder, file.get<std::string>());
          if (all_.contains(named)) paths.push_back(named);
        }
      }
    }
    layout.paths = std::move(paths);
    return layout;
  }

  /// Files without any order of their own.
  Result<MigrationLayout> loose_files() {
    std::set<std::string_view> dialects;
    for (const std::string& path : loose_) {
      if (const auto named = dialect_in_path(path)) dialects.insert(named->dialect);
    }
    if (dialects.size() > 1) return tl::unexpected(several(loose_));
    MigrationLayout layout;
    layout.layout = layout_names[0];
    layout.paths = loose_;
    std::erase_if(layout.paths, leads_back);
    std::sort(layout.paths.begin(), layout.paths.end(),
              [](const std::string& a, const std::string& b) {
                const int rank_a = rank_of_loose(a);
                const int rank_b = rank_of_loose(b);
                if (folder_of(a) == folder_of(b) && rank_a != rank_b) return rank_a < rank_b;
                return natural_less(a, b);
              });
    return layout;
  }

  [[nodiscard]] Failure no_sql() const {
    constexpr std::array<std::string_view, 7> programs{".rb", ".py", ".ts", ".js",
                                                       ".go", ".cs", ".php"};
    for (const std::string& path : listing_.paths) {
      for (const std::string_view end : programs) {
        if (path.ends_with(end)) {
          return {"there is no .sql file in '" + listing_.name + "'",
                  "Migrations that are programs (" + std::string(name_in(path)) +
                      ") cannot be read; give a dump of the schema or a database URL."};
        }
      }
    }
    return {"there is no .sql file in '" + listing_.name + "'",
            "Give a folder of migrations, a .sql file, or a database URL."};
  }

  [[nodiscard]] Failure several(std::vector<std::string> places) const {
    std::sort(places.begin(), places.end(), natural_less);
    constexpr std::size_t shown = 5;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < places.size() && i < shown; ++i) {
      names.push_back(joined(listing_.name, places[i]));
    }
    return {"'" + listing_.name + "' holds the schemas of several databases",
            "Give one of them: " + join(names, ", ") +
                (places.size() > shown ? ", ..." : std::string())};
  }

  const FolderListing& listing_;
  std::set<std::string, std::less<>> all_;
  std::map<std::string, Root> roots_;  ///< By folder.
  std::vector<std::string> loose_;     ///< Files without a number.
};

}  // namespace

Result<MigrationLayout> migration_layout(const FolderListing& listing) {
  return LayoutFinder(listing).find();
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_ascii_digit(a[i]) && is_ascii_digit(b[j])) {
      const auto number = [](std::string_view text, std::size_t& place) {
        while (place < text.size() && text[place] == '0') ++place;
        const std::size_t begin = place;
        while (place < text.size() && is_ascii_digit(text[place])) ++place;
        return text.substr(begin, place - begin);
      };
      const std::string_view x = number(a, i);
      const std::string_view y = number(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
    ++i;
    ++j;
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;  // "01" and "1"
}

}  // namespace relata::sql
