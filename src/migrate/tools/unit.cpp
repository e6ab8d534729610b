#include "migrate/tools/unit.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/code/session_settings.h"

namespace relata::migrate {
namespace {

/// A value that is added to an enumeration cannot be used before that is committed
/// (https://www.postgresql.org/docs/current/sql-altertype.html, Notes).
bool adds_enumeration_value(const Action& action) {
  return std::any_of(action.statements.begin(), action.statements.end(), [](const auto& sql) {
    const std::string lower = to_lower(sql);
    return lower.starts_with("alter type ") && lower.find(" add value ") != std::string::npos;
  });
}

/// Whether a transaction locks the tables that it changes, and others can go on with the rest;
/// where it locks the whole database, nothing is gained by several.
bool locks_tables(const Dialect& dialect) { return dialect.id() != "sqlite"; }

/// How plans for SQLite say that foreign keys are to be off.
constexpr std::string_view keys_off = "PRAGMA foreign_keys = OFF";

/// One way through steps.
using Way = Action Step::*;

/// Steps that share a section, with what that depends on.
struct Group {
  Phase phase = Phase::expand;
  bool apart = false;
  bool scans = false;
  bool holds_locks = false;  ///< Has a step that only changes the schema.
  bool repeatable = true;    ///< Can be run again after it was broken off.
  std::vector<const Step*> steps;
};

class Grouping {
 public:
  Grouping(Way way, const Dialect& dialect, const UnitOptions& options, bool by_phase)
      : way_(way),
        transactional_(has_transactional_ddl(dialect)),
        locks_tables_(locks_tables(dialect)),
        options_(options),
        by_phase_(by_phase) {}

  void add(const Step& step) {
    const Action& action = step.*way_;
    if (action.statements.empty()) {
      // Only the other way does something: it stays with its neighbours.
      if (groups_.empty()) {
        waiting_.push_back(&step);
      } else {
        groups_.back().steps.push_back(&step);
      }
      return;
    }
    if (groups_.empty() || !joins(groups_.back(), step)) begin(step);
    Group& group = groups_.back();
    group.scans = group.scans || scans(action);
    group.holds_locks = group.holds_locks || !scans(action);
    group.repeatable = group.repeatable && is_repeatable(action);
    group.steps.push_back(&step);
  }

  std::vector<Group> take() { return std::move(groups_); }

 private:
  [[nodiscard]] bool apart(const Action& action) const {
    return transactional_ && (!action.transactional || adds_enumeration_value(action));
  }
  [[nodiscard]] bool scans(const Action& action) const {
    return transactional_ && locks_tables_ && (action.scans || action.rewrites);
  }
  static bool is_repeatable(const Action& action) {
    return !action.cleanup.empty() || action.backfill.has_value();
  }

  [[nodiscard]] bool joins(const Group& group, const Step& step) const {
    const Action& action = step.*way_;
    if (by_phase_ && group.phase != step.phase) return false;
    if (group.apart != apart(action)) return false;
    if (group.apart) return options_.shared_apart && group.repeatable && is_repeatable(action);
    return !scans(action) || !group.holds_locks;
  }

  void begin(const Step& step) {
    Group group;
    group.phase = step.phase;
    group.apart = apart(step.*way_);
    group.steps = std::move(waiting_);
    waiting_.clear();
    groups_.push_back(std::move(group));
  }

  Way way_;
  bool transactional_;
  bool locks_tables_;
  const UnitOptions& options_;
  bool by_phase_;
  std::vector<Group> groups_;
  std::vector<const Step*> waiting_;
};

std::vector<std::string> remarks_of(const Step& step, Way way) {
  if (way == &Step::forward) return {step.title};
  std::vector<std::string> remarks{"undo: " + step.title};
  if (!step.loss.empty()) remarks.push_back("This does not bring back " + step.loss + ".");
  return remarks;
}

Section section_of(const Group& group, Way way) {
  Section section;
  section.apart = group.apart;
  section.fresh = group.scans;
  std::vector<std::string> standing;  // settings that hold already
  for (const Step* step : group.steps) {
    const Action& action = step->*way;
    std::vector<std::string> remarks = remarks_of(*step, way);
    const auto add = [&](CommandKind kind, const std::string& sql) {
      section.commands.push_back({kind, sql, std::move(remarks), action.scans || action.rewrites});
      remarks.clear();
    };
    if (action.settings != standing) {
      for (const std::string& setting : action.settings) {
        if (setting == keys_off) {
          section.keys_off = true;
        } else {
          add(CommandKind::setting, setting);
        }
      }
      if (!action.settings.empty()) standing = action.settings;
    }
    if (group.apart) {
      for (const std::string& sql : action.cleanup) add(CommandKind::cleanup, sql);
    }
    for (const std::string& sql : action.statements) add(CommandKind::work, sql);
  }
  return section;
}

/// The tool goes on in the same session. What a statement sets for others it puts back itself.
void restore_settings(const Dialect& dialect, Section& section) {
  std::vector<std::string> settings;
  for (const Command& command : section.commands) {
    if (command.kind == CommandKind::setting) settings.push_back(command.sql);
  }
  for (std::string& sql : emit::restored_settings(dialect, settings)) {
    section.commands.push_back({CommandKind::setting, std::move(sql), {}, false});
  }
}

/// The words of a title that a file can be called by everywhere.
std::string slug(std::string_view title) {
  constexpr std::size_t longest = 50;
  std::string out;
  for (const char c : snake_case(title)) {
    const bool plain = is_ascii_letter(c) || is_ascii_digit(c);
    if (plain) {
      out += to_lower({&c, 1});
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  out = out.substr(0, longest);
  while (out.ends_with('_')) out.pop_back();
  return out;
}

/// The phase, and the first of the steps that do something.
std::string name_of(const Group& group) {
  std::string name(phase_name(group.phase));
  std::size_t steps = 0;
  for (const Step* step : group.steps) {
    if (step->forward.statements.empty()) continue;
    if (++steps == 1) name += "_" + slug(step->title);
  }
  return steps < 2 ? name : name + "_and_" + std::to_string(steps - 1) + "_more";
}

std::vector<Section> back_of(const Group& group, const Dialect& dialect,
                             const UnitOptions& options) {
  Grouping grouping(&Step::back, dialect, options, false);
  for (auto step = group.steps.rbegin(); step != group.steps.rend(); ++step) grouping.add(**step);
  std::vector<Section> sections;
  for (const Group& each : grouping.take()) {
    sections.push_back(section_of(each, &Step::back));
    restore_settings(dialect, sections.back());
  }
  return sections;
}

}  // namespace

bool has_transactional_ddl(const Dialect& dialect) { return dialect.id() != "mysql"; }

Section section_of(const Step& step, Action Step::*way, const Dialect& dialect) {
  const UnitOptions options;
  Grouping grouping(way, dialect, options, false);
  grouping.add(step);
  std::vector<Group> groups = grouping.take();
  if (groups.empty()) return {};
  // Alone it is committed before anything else, in a transaction or outside of one.
  groups.front().apart = has_transactional_ddl(dialect) && !(step.*way).transactional;
  return section_of(groups.front(), way);
}

std::vector<Unit> units_of(const Plan& plan, const Dialect& dialect, const UnitOptions& options) {
  Grouping grouping(&Step::forward, dialect, options, true);
  for (const Step& step : plan.steps) grouping.add(step);
  std::vector<Unit> units;
  for (const Group& group : grouping.take()) {
    Unit unit;
    unit.phase = group.phase;
    unit.name = name_of(group);
    unit.forward = section_of(group, &Step::forward);
    restore_settings(dialect, unit.forward);
    unit.back = back_of(group, dialect, options);
    units.push_back(std::move(unit));
  }
  return units;
}

std::string_view description_of(Phase phase) {
  constexpr std::array<std::string_view, 3> descriptions{
      "expand: running code does not notice; before the new code is deployed.",
      "backfill: rows are brought up to date; before code that counts on it is deployed.",
      "contract: takes the old form away; once no running code uses it."};
  return descriptions[static_cast<std::size_t>(phase)];
}

std::string sql_remarks(const std::vector<std::string>& remarks) {
  std::string out;
  for (const std::string& remark : remarks) {
    out += "-- " + replace_all(replace_all(remark, "\r", " "), "\n", " ") + "\n";
  }
  return out;
}

std::string sql_remarks(const Dialect& dialect, const Command& command) {
  struct Warning {
    std::string_view words;
    std::string_view rule;  ///< Of squawk: https://squawkhq.com/docs/rules
    bool proven = false;    ///< Only where the step needs no scan.
  };
  constexpr std::array warnings{
      Warning{" drop column ", "ban-drop-column"}, Warning{" drop not null", "ban-drop-not-null"},
      Warning{" rename column ", "renaming-column"}, Warning{" rename to ", "renaming-table"},
      // What a valid CHECK says already.
      Warning{" set not null", "adding-not-nullable-field", true},
      Warning{"drop table ", "ban-drop-table"}};
  std::string out = sql_remarks(command.remarks);
  if (dialect.id() != "postgres") return out;
  const std::string sql = to_lower(command.sql);
  if (!sql.starts_with("alter table ") && !sql.starts_with("drop table ")) return out;
  for (const Warning& warning : warnings) {
    if (sql.find(warning.words) == std::string::npos) continue;
    if (warning.proven && command.scans) continue;
    out += "-- squawk-ignore " + std::string(warning.rule) + "\n";
    break;
  }
  return out;
}

}  // namespace relata::migrate
