#include "migrate/runner.h"

#include <array>

#include "base/text.h"
#include "dialect/dialect.h"

namespace relata::migrate {
namespace {

/// What differs between engines in keeping the state.
struct StateWords {
  std::string_view dialect;
  std::vector<std::string> make;  ///< Statements that make the table where it is missing.
  std::string table;
  bool schema_changes_in_transactions;
  std::vector<std::string> begin;
};

const StateWords& words_for(std::string_view dialect) {
  static const std::array<StateWords, 3> all{
      StateWords{"postgres",
                 {"CREATE SCHEMA IF NOT EXISTS relata",
                  "CREATE TABLE IF NOT EXISTS relata.steps (place integer PRIMARY KEY, title text "
                  "NOT NULL, content text NOT NULL, done_at timestamptz NOT NULL DEFAULT now())"},
                 "relata.steps",
                 true,
                 {"BEGIN"}},
      StateWords{"mysql",
                 {"CREATE TABLE IF NOT EXISTS relata_steps (place INT PRIMARY KEY, title TEXT NOT "
                  "NULL, content VARCHAR(32) NOT NULL, done_at TIMESTAMP NOT NULL DEFAULT "
                  "CURRENT_TIMESTAMP) ENGINE = InnoDB"},
                 "relata_steps",
                 false,
                 {}},
      StateWords{"sqlite",
                 {"CREATE TABLE IF NOT EXISTS relata_steps (place INTEGER PRIMARY KEY, title TEXT "
                  "NOT NULL, content TEXT NOT NULL, done_at TEXT NOT NULL DEFAULT "
                  "CURRENT_TIMESTAMP)"},
                 "relata_steps",
                 true,
                 {"PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"}}};
  for (const StateWords& words : all) {
    if (words.dialect == dialect) return words;
  }
  return all[0];
}

/// Tells one step from another: a hash of what it does.
std::string content_of(const Step& step) {
  return std::to_string(stable_hash(join(step.forward.statements, ";\n") + "\n--\n" +
                                    join(step.back.statements, ";\n")));
}

Failure at_step(const Failure& failure, const Step& step) {
  return {"could not " + step.title + ": " + failure.message, failure.help};
}

}  // namespace

Result<void> Runner::prepare() {
  for (const std::string& statement : words_for(plan_.dialect).make) {
    if (auto made = session_.run(statement); !made) return tl::unexpected(made.error());
  }
  return {};
}

Result<Progress> Runner::progress() {
  if (auto ready = prepare(); !ready) return tl::unexpected(ready.error());
  const auto rows = session_.run("SELECT place, content FROM " + words_for(plan_.dialect).table +
                                 " ORDER BY place");
  if (!rows) return tl::unexpected(rows.error());
  Progress progress;
  for (const live::Record& row : *rows) {
    const bool known =
        progress.done < plan_.steps.size() && row[1] == content_of(plan_.steps[progress.done]);
    if (!known) {
      return tl::unexpected(Failure{"another plan was run on this database, and not undone",
                                    "run or undo that one with its own folder first"});
    }
    ++progress.done;
  }
  return progress;
}

Result<void> Runner::execute(const Action& action, const std::string& mark) {
  const StateWords& words = words_for(plan_.dialect);
  const bool together = action.transactional && words.schema_changes_in_transactions;
  for (const std::string& setting : action.settings) {
    if (auto set = session_.run(setting); !set) return tl::unexpected(set.error());
  }
  if (together) {
    for (const std::string& begin : words.begin) {
      if (auto begun = session_.run(begin); !begun) return tl::unexpected(begun.error());
    }
  }
  for (const std::string& statement : action.statements) {
    if (auto done = session_.run(statement); !done) {
      if (together) (void)session_.run("ROLLBACK");
      return tl::unexpected(done.error());
    }
  }
  if (auto marked = session_.run(mark); !marked) {
    if (together) (void)session_.run("ROLLBACK");
    return tl::unexpected(marked.error());
  }
  if (!together) return {};
  if (auto committed = session_.run("COMMIT"); !committed) {
    (void)session_.run("ROLLBACK");
    return tl::unexpected(committed.error());
  }
  return {};
}

Result<void> Runner::run() {
  const auto at = progress();
  if (!at) return tl::unexpected(at.error());
  const Dialect& dialect = *find_dialect(plan_.dialect);
  for (std::size_t place = at->done; place < plan_.steps.size(); ++place) {
    const Step& step = plan_.steps[place];
    told_(step.title);
    const std::string mark = "INSERT INTO " + words_for(plan_.dialect).table +
                             " (place, title, content) VALUES (" + std::to_string(place) + ", " +
                             dialect.string_literal(step.title) + ", " +
                             dialect.string_literal(content_of(step)) + ")";
    if (auto done = execute(step.forward, mark); !done) {
      return tl::unexpected(at_step(done.error(), step));
    }
  }
  return {};
}

Result<void> Runner::undo(std::size_t remaining) {
  const auto at = progress();
  if (!at) return tl::unexpected(at.error());
  for (std::size_t place = at->done; place > remaining; --place) {
    const Step& step = plan_.steps[place - 1];
    told_("undo: " + step.title);
    const std::string mark = "DELETE FROM " + words_for(plan_.dialect).table +
                             " WHERE place = " + std::to_string(place - 1);
    if (auto done = execute(step.back, mark); !done) {
      return tl::unexpected(Failure{
          "could not undo \"" + step.title + "\": " + done.error().message, done.error().help});
    }
  }
  return {};
}

}  // namespace relata::migrate
