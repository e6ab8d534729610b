#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"
#include "syntax/postgres/constants.h"

namespace relata::syntax::postgres {
namespace {

constexpr std::int64_t microseconds_a_second = 1'000'000;
constexpr std::int64_t microseconds_a_day = 86'400 * microseconds_a_second;

struct IntervalValue {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t microseconds = 0;
};

struct UnitRow {
  std::string_view name;
  std::int64_t months;
  std::int64_t days;
  std::int64_t microseconds;
};

// https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-INPUT
constexpr auto units = std::to_array<UnitRow>({
    {"millennium", 12'000, 0, 0},
    {"millennia", 12'000, 0, 0},
    {"century", 1'200, 0, 0},
    {"centuries", 1'200, 0, 0},
    {"decade", 120, 0, 0},
    {"decades", 120, 0, 0},
    {"year", 12, 0, 0},
    {"years", 12, 0, 0},
    {"y", 12, 0, 0},
    {"yr", 12, 0, 0},
    {"yrs", 12, 0, 0},
    {"month", 1, 0, 0},
    {"months", 1, 0, 0},
    {"mon", 1, 0, 0},
    {"mons", 1, 0, 0},
    {"week", 0, 7, 0},
    {"weeks", 0, 7, 0},
    {"w", 0, 7, 0},
    {"day", 0, 1, 0},
    {"days", 0, 1, 0},
    {"d", 0, 1, 0},
    {"hour", 0, 0, 3'600 * microseconds_a_second},
    {"hours", 0, 0, 3'600 * microseconds_a_second},
    {"h", 0, 0, 3'600 * microseconds_a_second},
    {"hr", 0, 0, 3'600 * microseconds_a_second},
    {"hrs", 0, 0, 3'600 * microseconds_a_second},
    {"minute", 0, 0, 60 * microseconds_a_second},
    {"minutes", 0, 0, 60 * microseconds_a_second},
    {"m", 0, 0, 60 * microseconds_a_second},
    {"min", 0, 0, 60 * microseconds_a_second},
    {"mins", 0, 0, 60 * microseconds_a_second},
    {"second", 0, 0, microseconds_a_second},
    {"seconds", 0, 0, microseconds_a_second},
    {"s", 0, 0, microseconds_a_second},
    {"sec", 0, 0, microseconds_a_second},
    {"secs", 0, 0, microseconds_a_second},
    {"millisecond", 0, 0, 1'000},
    {"milliseconds", 0, 0, 1'000},
    {"ms", 0, 0, 1'000},
    {"microsecond", 0, 0, 1},
    {"microseconds", 0, 0, 1},
    {"us", 0, 0, 1},
});

std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || std::abs(value) > 1e9) return {};
  return value;
}

/// "[-]hh:mm[:ss[.fraction]]" in microseconds.
std::optional<std::int64_t> clock_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return {};
  double seconds = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::optional<double> part = i < parts.size() ? number_of(parts[i]) : 0.0;
    if (!part || *part < 0) return {};
    seconds = seconds * 60 + *part;
  }
  const auto value = static_cast<std::int64_t>(std::llround(seconds * 1e6));
  return negative ? -value : value;
}

/// Adds `count` of the unit; fractions go down into days and the time of day.
bool add_unit(IntervalValue& value, double count, std::string_view name) {
  for (const UnitRow& unit : units) {
    if (unit.name != name) continue;
    const double months = count * static_cast<double>(unit.months);
    const double days = count * static_cast<double>(unit.days) + (months - std::trunc(months)) * 30;
    const double rest = count * static_cast<double>(unit.microseconds) +
                        (days - std::trunc(days)) * static_cast<double>(microseconds_a_day);
    value.months += static_cast<std::int64_t>(months);
    value.days += static_cast<std::int64_t>(days);
    value.microseconds += std::llround(rest);
    return true;
  }
  return false;
}

/// "1day" in its number and word.
std::pair<std::string_view, std::string_view> number_and_word(std::string_view text) {
  const std::size_t end = text.find_first_not_of("+-.0123456789");
  if (end == std::string_view::npos) return {text, {}};
  return {text.substr(0, end), text.substr(end)};
}

std::optional<IntervalValue> interval_of(std::string_view text) {
  IntervalValue value;
  std::vector<std::string> words;
  const std::string lower = replace_all(replace_all(to_lower(text), "\n", " "), "@", " ");
  for (const std::string_view word : split(lower, ' ')) {
    if (!trim(word).empty()) words.emplace_back(trim(word));
  }
  const bool ago = !words.empty() && words.back() == "ago";
  if (ago) words.pop_back();
  if (words.empty()) return {};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].find(':') != std::string::npos) {
      const std::optional<std::int64_t> clock = clock_of(words[i]);
      if (!clock) return {};
      value.microseconds += *clock;
      continue;
    }
    auto [number, unit] = number_and_word(words[i]);
    const std::optional<double> count = number_of(number);
    if (!count) return {};
    const bool next_is_unit = i + 1 < words.size() && is_ascii_letter(words[i + 1].front());
    if (unit.empty() && next_is_unit) {
      unit = words[++i];
    } else if (unit.empty()) {
      // "1 02:03:04" has its days without a word; a last bare number is seconds.
      unit = i + 1 < words.size() ? "day" : "second";
    }
    if (!add_unit(value, *count, unit)) return {};
  }
  if (ago) value = {-value.months, -value.days, -value.microseconds};
  return value;
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// ".5" for 500,000 microseconds; empty for none.
std::string fraction_of(std::int64_t microseconds) {
  if (microseconds == 0) return {};
  std::string digits = std::to_string(microseconds);
  digits.insert(0, 6 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string clock_text(std::int64_t microseconds) {
  const std::int64_t seconds = microseconds / microseconds_a_second;
  return two_digits(seconds / 3'600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60) + fraction_of(microseconds % microseconds_a_second);
}

/// Days from 1970-01-01 of a date of the Gregorian calendar, and back.
/// https://howardhinnant.github.io/date_algorithms.html
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}

std::string date_text(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
  std::string year = std::to_string(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  return year + "-" + two_digits(month) + "-" +
         two_digits(day_of_year - (153 * shifted_month + 2) / 5 + 1);
}

std::optional<std::int64_t> integer_of(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value > 99'999'999) return {};
  return value;
}

/// "2020-01-31", "2020/1/31", "20200131" or, as DateStyle MDY reads it, "1/31/2020".
std::optional<std::int64_t> date_of(std::string_view text) {
  std::vector<std::string_view> parts =
      split(text, text.find('/') == std::string_view::npos ? '-' : '/');
  if (parts.size() == 1 && text.size() == 8)
    parts = {text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)};
  if (parts.size() != 3) return {};
  if (parts[2].size() == 4 && parts[0].size() <= 2) parts = {parts[2], parts[0], parts[1]};
  if (parts[0].size() < 4) return {};
  const auto year = integer_of(parts[0]);
  const auto month = integer_of(parts[1]);
  const auto day = integer_of(parts[2]);
  if (!year || !month || !day || *year < 1 || *month < 1 || *month > 12 || *day < 1 || *day > 31)
    return {};
  return days_of(*year, *month, *day);
}

/// A zone behind a time of day: "Z", "UTC", "+02", "-03:30", in microseconds east of UTC.
std::optional<std::int64_t> zone_of(std::string_view text) {
  const std::string zone = to_lower(trim(text));
  if (zone.empty() || zone == "z" || zone == "utc" || zone == "gmt") return 0;
  if (zone.front() != '+' && zone.front() != '-') return {};
  const std::size_t colon = zone.find(':');
  const std::string clock = colon != std::string::npos ? zone
                            : zone.size() == 5         ? zone.substr(0, 3) + ":" + zone.substr(3)
                                                       : zone + ":00";
  return clock_of(clock);
}

}  // namespace

std::string shown_interval(std::string_view text) {
  const std::optional<IntervalValue> value = interval_of(text);
  if (!value) return std::string(text);
  std::string shown;
  bool before = false;
  const auto add = [&](std::int64_t count, std::string_view unit) {
    if (count == 0) return;
    if (!shown.empty()) shown += ' ';
    if (before && count > 0) shown += '+';
    shown += std::to_string(count) + ' ' + std::string(unit) + (count != 1 ? "s" : "");
    before = count < 0;
  };
  add(value->months / 12, "year");
  add(value->months % 12, "mon");
  add(value->days, "day");
  if (shown.empty() || value->microseconds != 0) {
    if (!shown.empty()) shown += ' ';
    if (value->microseconds < 0) {
      shown += '-';
    } else if (before) {
      shown += '+';
    }
    shown += clock_text(std::abs(value->microseconds));
  }
  return shown;
}

std::string shown_moment(std::string_view text, std::string_view type) {
  std::string word = to_lower(trim(text));
  const bool is_date = type == "date";
  const bool is_time = type.starts_with("time ");
  if (word == "infinity" || word == "-infinity") return word;
  if (word == "epoch" && !is_time) word = "1970-01-01";
  std::optional<std::int64_t> days = 0;
  std::string_view clock = word;
  if (!is_time) {
    const std::size_t end = word.find_first_of(" t");
    days = date_of(std::string_view(word).substr(0, end));
    clock = end == std::string::npos ? std::string_view()
                                     : trim(std::string_view(word).substr(end + 1));
  }
  const std::size_t zone_begin = clock.find_first_not_of("0123456789:.");
  const std::string_view hours = clock.substr(0, zone_begin);
  const auto zone = zone_of(zone_begin == std::string_view::npos ? "" : clock.substr(zone_begin));
  const auto time = hours.empty() ? std::optional<std::int64_t>(0) : clock_of(hours);
  if (!days || !time || !zone) return std::string(text);
  if (is_time) return type == "time without time zone" ? clock_text(*time) : std::string(text);
  if (is_date) return date_text(*days);
  const bool zoned = type == "timestamp with time zone";
  const std::int64_t total = *days * microseconds_a_day + *time - (zoned ? *zone : 0);
  std::int64_t day = total / microseconds_a_day;
  if (total % microseconds_a_day < 0) --day;
  return date_text(day) + " " + clock_text(total - day * microseconds_a_day) + (zoned ? "+00" : "");
}

}  // namespace relata::syntax::postgres
