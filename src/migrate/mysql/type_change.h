#pragma once

#include <set>
#include <vector>

#include "migrate/mysql/table_delta.h"
#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// A change of types of a large table that would be a copy while writes wait, cut into steps that
/// nobody notices: a second column takes the values in the new form, triggers keep it up to date,
/// rows are brought over in batches, both columns change names at once, and what held the old form
/// goes. From the change of names on the triggers keep the old form up to date, so that the way
/// back is the same.
struct TypeChangeSteps {
  std::vector<Step> expand;
  std::vector<Step> backfill;
  std::vector<Step> contract;
};

/// Takes the changes out of the delta for which there are such steps, where they are all that would
/// copy the table: nothing else may stand on the columns. `keyed`: lower-case names of columns that
/// foreign keys of either schema have or lead to.
[[nodiscard]] TypeChangeSteps take_type_changes(TableDelta& delta,
                                                const std::set<std::string>& keyed);

}  // namespace relata::migrate::mysql
