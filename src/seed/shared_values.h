#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "seed/values.h"

namespace relata::seed {

// Values that are worked out the same way on every engine.

/// Whole numbers from a lowest one on, and again from there behind the highest.
[[nodiscard]] Values whole_numbers(const Wanted& wanted, double type_lowest, double type_highest);
[[nodiscard]] Values decimals(const Wanted& wanted);

/// The parts of a text that a pattern of LIKE takes: literals, and in place of the first % what
/// differs from row to row.
[[nodiscard]] std::vector<std::string> like_parts(std::string_view pattern,
                                                  const std::string& varying,
                                                  std::string (*literal)(std::string_view text));

/// How many characters a text may have; 0: any number.
[[nodiscard]] std::size_t room_for_text(const Wanted& wanted);

/// How many days or minutes a row's moment is from the first one, not more than calendars have.
[[nodiscard]] std::string number_of_moment(const Wanted& wanted);

}  // namespace relata::seed
