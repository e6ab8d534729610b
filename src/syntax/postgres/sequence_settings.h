#pragma once

#include <cstdint>
#include <string_view>

#include "model/table.h"

namespace relata::syntax {

/// All that pg_sequence holds of a sequence.
struct SequenceSettings {
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t minimum = 1;
  std::int64_t maximum = 1;
  std::int64_t cache = 1;
  bool cycle = false;
};

/// The bounds that a sequence of the type ("smallint", "integer", else bigint) has by itself, going
/// up or down by its increment. https://www.postgresql.org/docs/current/sql-createsequence.html
[[nodiscard]] std::int64_t usual_minimum(const SequenceSettings& settings, std::string_view type);
[[nodiscard]] std::int64_t usual_maximum(const SequenceSettings& settings, std::string_view type);
/// Where it begins by itself: at the bound that it goes away from.
[[nodiscard]] std::int64_t usual_start(const SequenceSettings& settings);

/// What differs from that.
[[nodiscard]] SequenceOptions told_options(const SequenceSettings& settings, std::string_view type);

}  // namespace relata::syntax
