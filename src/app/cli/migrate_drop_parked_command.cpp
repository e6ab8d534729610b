#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/migrate_command.h"
#include "app/cli/run.h"
#include "live/session.h"
#include "migrate/parking/register.h"

namespace relata::cli {
namespace {

using migrate::ParkedThing;

constexpr std::uint64_t seconds_a_day = 86'400;
constexpr std::uint64_t usual_days = 30;
constexpr std::uint64_t most_days = 36'500;

std::optional<std::uint64_t> days_wanted(const Invocation& invocation, Console& console) {
  if (!invocation.has("--older-than")) return usual_days;
  const std::string text = invocation.value("--older-than");
  std::uint64_t days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && days <= most_days) return days;
  console.error("'" + text + "' is no number of days",
                "relata migrate drop-parked --db URL --older-than 30");
  return std::nullopt;
}

std::string parked_as(const ParkedThing& thing) {
  if (!thing.column.empty()) return thing.column;
  return thing.name.schema.empty() ? thing.name.name : thing.name.schema + "." + thing.name.name;
}

std::string text_of(const std::vector<ParkedThing>& things, std::uint64_t days, bool dropped) {
  std::string out;
  std::size_t due = 0;
  for (const ParkedThing& thing : things) {
    const bool is_due = thing.seconds >= days * seconds_a_day;
    due += is_due ? 1 : 0;
    out += thing.since + "  " + (is_due ? (dropped ? "dropped" : "due    ") : "kept   ") + "  " +
           thing.was + ", parked as " + parked_as(thing) + "\n";
  }
  if (things.empty()) return "Nothing is parked.\n";
  if (due > 0 && !dropped) out += "--allow-loss drops what is due, for good.\n";
  return out;
}

std::string json_text(const std::vector<ParkedThing>& things, std::uint64_t days, bool dropped) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ParkedThing& thing : things) {
    const bool is_due = thing.seconds >= days * seconds_a_day;
    list.push_back({{"kind", migrate::parked_kind_name(thing.kind)},
                    {"was", thing.was},
                    {"parked_as", parked_as(thing)},
                    {"parked_at", thing.since},
                    {"due", is_due},
                    {"dropped", is_due && dropped}});
  }
  return nlohmann::ordered_json{{"parked", std::move(list)}}.dump(2) + "\n";
}

int said(const Failure& failure, Console& console) {
  console.error(failure.message, failure.help);
  return exit_bad;
}

}  // namespace

int run_migrate_drop_parked(const Invocation& invocation, Console& console) {
  if (!invocation.has("--db") || invocation.arguments.size() > 1) {
    console.error("relata migrate drop-parked needs --db URL",
                  "relata migrate drop-parked --db postgres://localhost/shop --older-than 30");
    return exit_bad;
  }
  const auto days = days_wanted(invocation, console);
  if (!days) return exit_bad;
  auto session = live::connect(invocation.value("--db"));
  if (!session) return said(session.error(), console);
  const migrate::ParkingEngine* engine = migrate::find_parking_engine((*session)->dialect());
  if (engine == nullptr)
    return said({"nothing can be parked on " + (*session)->place(), {}}, console);
  const auto things = migrate::parked_things(**session, *engine);
  if (!things) return said(things.error(), console);
  const bool drops = invocation.has("--allow-loss");
  if (drops) {
    std::vector<ParkedThing> due;
    std::copy_if(things->begin(), things->end(), std::back_inserter(due),
                 [&](const ParkedThing& one) { return one.seconds >= *days * seconds_a_day; });
    if (!due.empty()) {
      if (auto done = migrate::drop_parked(**session, *engine, std::move(due)); !done) {
        return said(done.error(), console);
      }
    }
  }
  console.result(invocation.has("--json") ? json_text(*things, *days, drops)
                                          : text_of(*things, *days, drops));
  return exit_fine;
}

}  // namespace relata::cli
