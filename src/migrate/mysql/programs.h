#pragma once

#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// What becomes of views, triggers, functions, procedures and events, while all columns of both
/// schemas are there.
[[nodiscard]] std::vector<Step> program_steps(const Schema& from, const Schema& to);

/// Sequences that are made or changed, before the tables that take numbers from them.
[[nodiscard]] std::vector<Step> sequence_steps(const Schema& from, const Schema& to);
/// Sequences that go, behind everything else.
[[nodiscard]] std::vector<Step> dropped_sequence_steps(const Schema& from, const Schema& to);

}  // namespace relata::migrate::mysql
