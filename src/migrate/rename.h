#pragma once

#include <vector>

#include "migrate/plan.h"
#include "model/schema.h"

namespace relata::migrate {

/// The schema as its server holds it when the renames have been run (ALTER TABLE RENAME TO, RENAME
/// COLUMN) and nothing else: keys, constraints, indexes, generated columns, partition keys,
/// triggers and foreign keys of other tables name what is called otherwise by its new name. The
/// texts of views, triggers, rules, policies and routines follow where the server rewrites them:
/// PostgreSQL all but the strings that are bodies of routines, SQLite all, MySQL only the name of
/// the table that a trigger is on. Constraints, indexes and sequences keep their names, but for
/// InnoDB's own of foreign keys. What is not there is passed over. Canonical forms are filled anew,
/// so that == compares.
[[nodiscard]] Schema renamed(const Schema& from, const std::vector<Rename>& renames);

}  // namespace relata::migrate
