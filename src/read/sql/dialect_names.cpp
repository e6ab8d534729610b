#include "read/sql/dialect_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace relata::sql {
namespace {

struct Name {
  std::string_view word;
  std::string_view dialect;
};
constexpr std::array names{
    Name{"mariadb", "mysql"},     Name{"mysql", "mysql"},         Name{"mysql5", "mysql"},
    Name{"mysql8", "mysql"},      Name{"pg", "postgres"},         Name{"pgsql", "postgres"},
    Name{"postgres", "postgres"}, Name{"postgresql", "postgres"}, Name{"psql", "postgres"},
    Name{"sqlite", "sqlite"},     Name{"sqlite3", "sqlite"},
};

}  // namespace

std::string_view dialect_named(std::string_view word) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const Name& name) { return name.word == word; });
  return found == names.end() ? std::string_view() : found->dialect;
}

std::optional<DialectInPath> dialect_in_path(std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  for (std::size_t distance = 0; distance < parts.size(); ++distance) {
    for (const std::string& word : words_of(to_lower(parts[parts.size() - 1 - distance]))) {
      const std::string_view dialect = dialect_named(word);
      if (!dialect.empty()) return DialectInPath{dialect, distance};
    }
  }
  return {};
}

}  // namespace relata::sql
