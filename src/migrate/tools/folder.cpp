#include "migrate/tools/folder.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/text.h"

namespace relata::migrate {
namespace {

constexpr std::size_t moment_digits = 14;
/// Where a history begins that has no migration yet.
constexpr std::string_view first_moment = "20250101000000";

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

bool holds(const sql::FolderListing& folder, std::string_view path) {
  return std::binary_search(folder.paths.begin(), folder.paths.end(), path);
}

std::string folder_of_marker(const sql::FolderListing& folder, std::string_view marker) {
  if (holds(folder, marker)) return {};
  const std::string end = "/" + std::string(marker);
  for (const std::string& path : folder.paths) {
    if (path.ends_with(end)) return path.substr(0, path.size() - marker.size());
  }
  return {};
}

std::optional<std::uint64_t> leading_number(std::string_view name, std::size_t count) {
  std::size_t digits = 0;
  while (digits < name.size() && is_ascii_digit(name[digits])) ++digits;
  if (digits != count) return std::nullopt;
  return number_of(name.substr(0, digits));
}

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

std::string next_moment(std::string_view digits) {
  using namespace std::chrono;
  const auto part = [&](std::size_t at, std::size_t size) {
    return static_cast<unsigned>(number_of(digits.substr(at, size)));
  };
  const year_month_day date{year{static_cast<int>(part(0, 4))}, month{part(4, 2)}, day{part(6, 2)}};
  const bool is_moment =
      date.ok() && part(8, 2) < 24 && part(10, 2) < 60 && part(12, 2) < 60;  // hours and so on
  if (!is_moment) return padded(number_of(digits) + 1, moment_digits);
  const sys_seconds later =
      sys_days{date} + hours{part(8, 2)} + minutes{part(10, 2)} + seconds{part(12, 2) + 1};
  const auto midnight = floor<days>(later);
  const year_month_day next{midnight};
  const hh_mm_ss time{later - midnight};
  const auto two = [](auto number) { return padded(static_cast<std::uint64_t>(number), 2); };
  return padded(static_cast<std::uint64_t>(static_cast<int>(next.year())), 4) +
         two(static_cast<unsigned>(next.month())) + two(static_cast<unsigned>(next.day())) +
         two(time.hours().count()) + two(time.minutes().count()) + two(time.seconds().count());
}

std::string next_folder_moment(const sql::FolderListing& folder, std::string_view parent) {
  std::string newest;
  for (const std::string& path : folder.paths) {
    std::string_view name = path;
    if (!name.starts_with(parent)) continue;
    name.remove_prefix(parent.size());
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos || !leading_number(name, moment_digits)) continue;
    newest = std::max(newest, std::string(name.substr(0, moment_digits)));
  }
  return newest.empty() ? std::string(first_moment) : next_moment(newest);
}

}  // namespace relata::migrate
