#include "app/cli/table_rows.h"

#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

#include "live/live.h"
#include "live/session.h"
#include "live/table_sizes.h"
#include "migrate/plan.h"

namespace relata::cli {
namespace {

using Sizes = std::map<QualifiedName, std::uint64_t>;

constexpr std::array<std::pair<char, std::uint64_t>, 3> factors{
    {{'k', 1'000}, {'m', 1'000'000}, {'g', 1'000'000'000}}};

/// "250", "250k", "1.5M", "2G".
std::optional<std::uint64_t> count_in(std::string_view text) {
  double factor = 1;
  if (!text.empty()) {
    const char last = static_cast<char>(text.back() | 0x20);
    for (const auto& [letter, value] : factors) {
      if (last != letter) continue;
      factor = static_cast<double>(value);
      text.remove_suffix(1);
      break;
    }
  }
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const double count = number * factor;
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || count < 0 ||
      count > 1e18) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(count);
}

/// "orders=10M", "shop.orders=10M".
bool add_given(const std::string& text, const Schema& schema, Sizes& sizes, Console& console) {
  const std::size_t sign = text.rfind('=');
  const auto count = sign == std::string::npos ? std::nullopt : count_in(text.substr(sign + 1));
  if (!count) {
    console.error("'" + text + "' does not say how many rows a table has",
                  "write such as orders=10M or shop.orders=250k");
    return false;
  }
  const std::string name = text.substr(0, sign);
  const std::size_t point = name.find('.');
  const Table* table = schema.find_table(name);
  if (table == nullptr && point != std::string::npos) {
    const std::string space = name.substr(0, point);
    table = schema.find_table(space == "public" || space == "main" ? std::string() : space,
                              name.substr(point + 1));
  }
  if (table == nullptr) {
    console.error("there is no table '" + name + "' in FROM, whose rows --rows tells");
    return false;
  }
  sizes[{table->schema, table->name}] = *count;
  return true;
}

/// What the database says; nothing where it does not, which is no fault of the migration.
Sizes sizes_in(const std::string& url, Console& console) {
  const auto session = live::connect(url);
  auto sizes = session ? live::table_sizes(**session, migrate::large_table_rows)
                       : tl::unexpected(session.error());
  if (sizes) return std::move(*sizes);
  console.message("relata: the sizes of tables are not known: " + sizes.error().message + "\n");
  return {};
}

}  // namespace

std::optional<Sizes> table_rows(const Invocation& invocation, const std::string& from,
                                const Schema& schema, Console& console) {
  Sizes sizes;
  if (live::is_database_url(from) && !invocation.has("--brief")) sizes = sizes_in(from, console);
  for (const std::string& text : invocation.all("--rows")) {
    if (!add_given(text, schema, sizes, console)) return std::nullopt;
  }
  return sizes;
}

}  // namespace relata::cli
