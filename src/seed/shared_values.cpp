#include "seed/shared_values.h"

#include <algorithm>
#include <cmath>

namespace relata::seed {

namespace {

std::string whole(double number) { return std::to_string(static_cast<std::int64_t>(number)); }

}  // namespace

Values whole_numbers(const Wanted& wanted, double type_lowest, double type_highest) {
  // Most columns of numbers are amounts: they vary little where they need not be distinct.
  constexpr double variety = 1000;
  const double lowest = std::max(std::ceil(wanted.limits.lowest.value_or(1)), type_lowest);
  double highest = std::min(std::floor(wanted.limits.highest.value_or(type_highest)), type_highest);
  if (wanted.limits.highest && !wanted.limits.lowest && highest < lowest) {
    return {whole(highest), 1};
  }
  if (!wanted.distinct) highest = std::min(highest, lowest + variety - 1);
  const double count = highest - lowest + 1;
  if (count <= 1) return {whole(lowest), 1};
  const std::string first = whole(lowest);
  const std::string period = whole(std::min(count, 1e15));
  return {"(" + first + " + (" + std::string(row_number) + " - 1) % " + period + ")",
          static_cast<std::uint64_t>(std::min(count, 1e15))};
}

Values decimals(const Wanted& wanted) {
  const int whole_digits =
      wanted.type.precision > 0 ? std::clamp(wanted.type.precision - wanted.type.scale, 0, 15) : 15;
  const double highest = std::pow(10.0, whole_digits) - 1;
  const auto& limits = wanted.limits;
  const bool narrow = limits.lowest && limits.highest && *limits.highest - *limits.lowest < 1;
  if (narrow) {
    return {std::to_string((*limits.lowest + *limits.highest) / 2), 1};
  }
  if (highest < 1) return {"0", 1};
  return whole_numbers(wanted, -highest, highest);
}

std::vector<std::string> like_parts(std::string_view pattern, const std::string& varying,
                                    std::string (*literal)(std::string_view text)) {
  std::vector<std::string> parts;
  std::string text;
  bool varied = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '%') {
      if (varied) continue;
      parts.push_back(literal(text));
      parts.push_back(varying);
      text.clear();
      varied = true;
    } else if (c == '_') {
      text += 'x';
    } else {
      if (c == '\\' && at + 1 < pattern.size()) ++at;
      text += pattern[at];
    }
  }
  parts.push_back(literal(text));
  return parts;
}

std::size_t room_for_text(const Wanted& wanted) {
  std::size_t longest = wanted.limits.longest;
  if (wanted.type.length > 0) {
    const auto length = static_cast<std::size_t>(wanted.type.length);
    longest = longest == 0 ? length : std::min(longest, length);
  }
  return longest;
}

std::string number_of_moment(const Wanted& wanted) {
  const std::string row(row_number);
  return wanted.distinct ? "(" + row + " % 2000000)" : "(" + row + " % 1000)";
}

}  // namespace relata::seed
