#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::postgres {

/// A constraint, an index, or the sequence behind a column that is only called otherwise
/// afterwards, such as those of a table that has another name.
struct PartRename {
  enum class Kind { constraint, index, sequence };
  Kind kind = Kind::constraint;
  QualifiedName table;  ///< That it belongs to.
  std::string before;
  std::string after;
};

/// The parts of tables that are in both schemas which differ in nothing but their names, where the
/// new name is free. Parts of partitioned and inherited tables stay with those they come from.
[[nodiscard]] std::vector<PartRename> find_part_renames(const Schema& from, const Schema& to);

/// The schema once the parts are renamed; defaults that number from a sequence follow, as in `to`.
[[nodiscard]] Schema with_part_names(Schema schema, const std::vector<PartRename>& renames,
                                     const Schema& to);

/// One step a table; in the contract phase those of tables that wait for it (`waiting`). The server
/// changes its catalog only.
/// https://www.postgresql.org/docs/current/sql-altertable.html (RENAME CONSTRAINT)
[[nodiscard]] std::vector<Step> part_rename_steps(const std::vector<PartRename>& renames,
                                                  const std::set<QualifiedName>& waiting);

/// A statement that renames the constraints behind NOT NULL, which PostgreSQL 18 has and calls by
/// their columns; others have none, and nothing happens. `names`: before and after, not empty.
/// https://www.postgresql.org/docs/18/release-18.html (NOT NULL in pg_constraint)
[[nodiscard]] std::string not_null_renaming(
    const QualifiedName& table, const std::vector<std::pair<std::string, std::string>>& names);

}  // namespace relata::migrate::postgres
