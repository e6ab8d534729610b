#pragma once

#include <set>
#include <string>
#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// What becomes of views, triggers, functions, procedures and events.
class Programs {
 public:
  Programs() = default;
  /// `reshaped`: the tables whose columns come or go. A view that has all columns of such a table
  /// (`*`) is made when the table has nothing but those of its schema.
  Programs(const Schema& from, const Schema& to, const std::set<std::string>& reshaped);

  /// Before anything else is done.
  [[nodiscard]] std::vector<Step> early_steps() const { return early_; }
  /// While all columns of both schemas are there.
  [[nodiscard]] std::vector<Step> steps() const { return middle_; }
  /// When all else is done.
  [[nodiscard]] std::vector<Step> late_steps() const { return late_; }

 private:
  std::vector<Step> early_;
  std::vector<Step> middle_;
  std::vector<Step> late_;
};

/// Takes triggers and views out of `start`, the schema after the renames, that name what is called
/// otherwise then, and gives the steps that drop them before the renames: the server makes them
/// only while what they name is there. What comes in their place is made as new ones are.
[[nodiscard]] std::vector<Step> take_renamed_programs(const Schema& from, Schema& start,
                                                      const Schema& to,
                                                      const std::vector<Rename>& renames);

/// Sequences that are made or changed, before the tables that take numbers from them.
[[nodiscard]] std::vector<Step> sequence_steps(const Schema& from, const Schema& to);
/// Sequences that go, behind everything else.
[[nodiscard]] std::vector<Step> dropped_sequence_steps(const Schema& from, const Schema& to);

}  // namespace relata::migrate::mysql
