#include "migrate/marks.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace relata::migrate {
namespace {

constexpr std::array<std::string_view, 3> state_names{"running", "done", "undoing"};

std::string name_of(StepState state) {
  return std::string(state_names[static_cast<std::size_t>(state)]);
}

StepState state_of(std::string_view name) {
  for (std::size_t i = 0; i < state_names.size(); ++i) {
    if (name == state_names[i]) return static_cast<StepState>(i);
  }
  return StepState::running;
}

template <class Number>
Number number_of(const std::optional<std::string>& text) {
  Number number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

std::vector<std::string> key_of(const std::optional<std::string>& text) {
  std::vector<std::string> key;
  if (!text) return key;
  for (const auto& value : nlohmann::json::parse(*text, nullptr, false)) {
    if (value.is_string()) key.push_back(value.get<std::string>());
  }
  return key;
}

Mark mark_of(const live::Record& row) {
  Mark mark;
  mark.place = number_of<std::size_t>(row[1]);
  mark.title = row[2].value_or("");
  mark.content = row[3].value_or("");
  mark.plan_steps = number_of<std::size_t>(row[4]);
  mark.state = state_of(row[5].value_or(""));
  mark.statements_done = number_of<std::size_t>(row[6]);
  mark.before_statement = row[7].value_or("");
  mark.last_key = key_of(row[8]);
  mark.rows_changed = number_of<std::uint64_t>(row[9]);
  mark.rows_seen = number_of<std::uint64_t>(row[10]);
  mark.started_at = row[11].value_or("");
  mark.done_at = row[12].value_or("");
  return mark;
}

std::string content_of(const Action& action) {
  std::string content = join(action.statements, ";\n");
  if (action.backfill) content += "\n" + action.backfill->set + "\n" + action.backfill->where;
  return content;
}

}  // namespace

std::string content_of(const Step& step) {
  return std::to_string(stable_hash(content_of(step.forward) + "\n--\n" + content_of(step.back)));
}

Result<void> Marks::make() {
  const auto found = session_.run(engine_.find_state());
  if (!found) return tl::unexpected(found.error());
  if (!found->empty()) return {};
  for (const std::string& statement : engine_.make_state()) {
    if (auto made = session_.run(statement); !made) {
      return tl::unexpected(
          Failure{"cannot make the table " + engine_.state_table() +
                      ", which remembers what was run: " + made.error().message,
                  "run it as a role that may create tables there, such as the database's owner"});
    }
  }
  return {};
}

Result<MarkedRun> Marks::newest() {
  const auto found = session_.run(engine_.find_state());
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return MarkedRun{};
  const std::string table = engine_.state_table();
  const auto rows = session_.run(
      "SELECT run_number, place, title, content, plan_steps, state, statements_done, "
      "before_statement, last_key, rows_changed, rows_seen, " +
      engine_.time_text("started_at") + ", " + engine_.time_text("done_at") + " FROM " + table +
      " WHERE run_number = (SELECT max(run_number) FROM " + table + ") ORDER BY place");
  if (!rows) {
    return tl::unexpected(Failure{"cannot read the table " + table + ": " + rows.error().message,
                                  "it belongs to the role that ran the first plan"});
  }
  MarkedRun run;
  for (const live::Record& row : *rows) {
    run.number = number_of<int>(row[0]);
    run.marks.push_back(mark_of(row));
  }
  return run;
}

std::string Marks::at(int run, std::size_t place) {
  return " WHERE run_number = " + std::to_string(run) + " AND place = " + std::to_string(place);
}

std::string Marks::update(int run, std::size_t place, const std::string& set) const {
  return "UPDATE " + engine_.state_table() + " SET " + set + at(run, place);
}

std::string Marks::add(int run, std::size_t place, const Step& step, std::size_t plan_steps,
                       StepState state, const std::string& before_statement) const {
  const std::string done_at = state == StepState::done ? engine_.now() : "NULL";
  return "INSERT INTO " + engine_.state_table() +
         " (run_number, place, title, content, plan_steps, state, statements_done, "
         "before_statement, last_key, rows_changed, rows_seen, started_at, done_at) VALUES (" +
         std::to_string(run) + ", " + std::to_string(place) + ", " + text(step.title) + ", " +
         text(content_of(step)) + ", " + std::to_string(plan_steps) + ", " + text(name_of(state)) +
         ", 0, " + text(before_statement) + ", NULL, 0, 0, " + engine_.now() + ", " + done_at + ")";
}

std::string Marks::finish(int run, std::size_t place) const {
  return update(run, place,
                "state = " + text(name_of(StepState::done)) +
                    ", last_key = NULL, done_at = " + engine_.now());
}

std::string Marks::begin_undo(int run, std::size_t place,
                              const std::string& before_statement) const {
  return update(run, place,
                "state = " + text(name_of(StepState::undoing)) +
                    ", statements_done = 0, before_statement = " + text(before_statement) +
                    ", last_key = NULL, rows_changed = 0, rows_seen = 0, done_at = NULL");
}

std::string Marks::advance(int run, std::size_t place, std::size_t statements_done,
                           const std::string& before_statement) const {
  return update(run, place,
                "statements_done = " + std::to_string(statements_done) +
                    ", before_statement = " + text(before_statement));
}

std::string Marks::batch(int run, std::size_t place, const std::vector<std::string>& last_key,
                         std::uint64_t changed, std::uint64_t seen) const {
  const std::string key =
      last_key.empty() ? std::string("NULL") : text(nlohmann::json(last_key).dump());
  return update(run, place,
                "last_key = " + key + ", rows_changed = " + std::to_string(changed) +
                    ", rows_seen = " + std::to_string(seen));
}

std::string Marks::remove(int run, std::size_t place) const {
  return "DELETE FROM " + engine_.state_table() + at(run, place);
}

}  // namespace relata::migrate
