// Options of whole tables. Source: MariaDB Knowledge Base, "CREATE TABLE", "ALTER TABLE",
// "System-Versioned Tables"; MySQL 8.0 manual, "ALTER TABLE Statement".
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "dialect/mysql_clauses.h"
#include "migrate/mysql/table_delta.h"
#include "model/questions.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

/// What an option is without being said, and how it comes to hold.
struct OptionWords {
  std::string_view name;
  std::string_view unsaid;
  Cost cost;
};
constexpr std::array option_words{
    OptionWords{"ROW_FORMAT", "DEFAULT", Cost::rebuild},
    OptionWords{"KEY_BLOCK_SIZE", "0", Cost::rebuild},
    OptionWords{"STATS_PERSISTENT", "DEFAULT", Cost::metadata},
    OptionWords{"STATS_AUTO_RECALC", "DEFAULT", Cost::metadata},
    OptionWords{"STATS_SAMPLE_PAGES", "DEFAULT", Cost::metadata},
    OptionWords{"AVG_ROW_LENGTH", "0", Cost::copy},
    OptionWords{"MIN_ROWS", "0", Cost::copy},
    OptionWords{"MAX_ROWS", "0", Cost::copy},
    OptionWords{"CHECKSUM", "0", Cost::copy},
    OptionWords{"PAGE_CHECKSUM", "0", Cost::copy},
    OptionWords{"DELAY_KEY_WRITE", "0", Cost::copy},
    OptionWords{"TRANSACTIONAL", "DEFAULT", Cost::copy},
    OptionWords{"CONNECTION", "''", Cost::copy},
    OptionWords{"COMPRESSION", "'NONE'", Cost::copy},
    OptionWords{"ENCRYPTION", "'N'", Cost::copy},
};

OptionWords words_of(std::string_view name) {
  const auto* found = std::find_if(option_words.begin(), option_words.end(),
                                   [&](const OptionWords& entry) { return entry.name == name; });
  return found == option_words.end() ? OptionWords{name, "DEFAULT", Cost::copy} : *found;
}

bool is_text_default(const Table& table) {
  return table.character_set.text.empty() && table.collation.text.empty();
}

std::string collation_of(const Table& table) {
  if (!table.collation.text.empty()) return table.collation.text;
  return syntax::mysql::default_collation(table.character_set.text);
}

/// "DEFAULT CHARACTER SET = latin1 COLLATE = latin1_bin"; what a table does not say is the
/// database's own.
std::string characters_of(const Table& table) {
  if (is_text_default(table)) return "DEFAULT CHARACTER SET = DEFAULT";
  std::string set = table.character_set.text;
  if (set.empty()) set = syntax::mysql::character_set_of(table.collation.text);
  std::string text = "DEFAULT CHARACTER SET = " + set;
  if (!table.collation.text.empty()) text += " COLLATE = " + table.collation.text;
  return text;
}

class Options {
 public:
  explicit Options(TableDelta& delta) : delta_(delta), from_(*delta.from), to_(*delta.to) {}

  void run() {
    for (const Option& option : to_.options) {
      if (is_versioning(option.name)) continue;
      const bool same = has_option(from_.options, option.name) &&
                        option_value(from_.options, option.name) == option.value;
      if (!same) set(option.name);
    }
    for (const Option& option : from_.options) {
      if (!is_versioning(option.name) && !has_option(to_.options, option.name)) set(option.name);
    }
    change_characters();
    if (from_.comment != to_.comment) {
      note("change the comment", "COMMENT = " + clauses_.literal(to_.comment),
           "COMMENT = " + clauses_.literal(from_.comment), Cost::instant);
    }
    compare_period();
    compare_versioning();
  }

 private:
  static bool is_versioning(std::string_view name) {
    return name == "WITH SYSTEM VERSIONING" || name == "PERIOD";
  }

  Change& note(std::string title, std::string forward, std::string back, Cost cost) {
    Change change;
    if (!delta_.traits.innodb && cost != Cost::instant) cost = Cost::copy;
    if (cost == Cost::rebuild) cost = rebuild_of(delta_.traits);
    change.stage = cost <= Cost::metadata ? Stage::grow : Stage::reshape;
    change.title = std::move(title);
    change.forward = {std::move(forward)};
    change.back = {std::move(back)};
    change.forward_cost = change.back_cost = cost;
    return delta_.changes.emplace_back(std::move(change));
  }

  [[nodiscard]] std::string clause(const Table& table, std::string_view name) const {
    for (const Option& option : table.options) {
      if (option.name == name) return option.name + " = " + clauses_.option(option);
    }
    return std::string(name) + " = " + std::string(words_of(name).unsaid);
  }

  void set(std::string_view name) {
    if (name == "ENGINE") {
      // A table that names no engine has the server's own.
      if (!has_option(from_.options, name) || !has_option(to_.options, name)) return;
      delta_.engine_changed = true;
    }
    note("change " + std::string(name), clause(to_, name), clause(from_, name),
         words_of(name).cost);
  }

  void change_characters() {
    if (!delta_.characters_changed) return;
    Change& change = note("change the character set", characters_of(to_), characters_of(from_),
                          delta_.traits.innodb ? Cost::instant : Cost::copy);
    // Columns that say nothing take the table's by the statement that changes them.
    const bool has_texts = std::any_of(to_.columns.begin(), to_.columns.end(), [](const Column& c) {
      return syntax::mysql::has_character_set(c.type);
    });
    if (!delta_.characters_known && has_texts) {
      change.stage = Stage::reshape;
      change.forward_cost = change.back_cost = Cost::copy;
    } else {
      change.stage = Stage::constrain;
    }
  }

  [[nodiscard]] std::string period_of(const Table& table) const {
    return clauses_.system_period(table);
  }

  void compare_period() {
    const std::string before = period_of(from_);
    const std::string after = period_of(to_);
    if (before.empty() != after.empty()) {
      const std::string drop = "DROP PERIOD FOR SYSTEM_TIME";
      note("change the period of versions", after.empty() ? drop : "ADD " + after,
           before.empty() ? drop : "ADD " + before, Cost::copy);
    }
    const std::string_view old = option_value(from_.options, "PERIOD");
    const std::string_view made = option_value(to_.options, "PERIOD");
    if (old == made) return;
    const auto drop = [&](std::string_view period) {
      return "DROP PERIOD FOR " + std::string(trim(period.substr(0, period.find('('))));
    };
    if (!old.empty() && !made.empty()) {
      note("drop the period", drop(old), "ADD PERIOD FOR " + std::string(old), Cost::copy).stage =
          Stage::take_down;
      note("add the period", "ADD PERIOD FOR " + std::string(made), drop(made), Cost::copy);
    } else if (old.empty()) {
      note("add the period", "ADD PERIOD FOR " + std::string(made), drop(made), Cost::copy);
    } else {
      note("drop the period", drop(old), "ADD PERIOD FOR " + std::string(old), Cost::copy);
    }
  }

  void compare_versioning() {
    const bool before = has_option(from_.options, "WITH SYSTEM VERSIONING");
    const bool after = has_option(to_.options, "WITH SYSTEM VERSIONING");
    if (before == after) return;
    const std::string add = "ADD SYSTEM VERSIONING";
    const std::string drop = "DROP SYSTEM VERSIONING";
    Change& change = note(after ? "keep versions of the rows" : "keep no versions of the rows",
                          after ? add : drop, before ? add : drop, Cost::copy);
    if (after) return;
    change.contracts = true;
    change.loss = "the earlier versions of the rows of " + from_.name;
    change.refusal = "the earlier versions of the rows of " + from_.name + " would be lost";
  }

  TableDelta& delta_;
  const Table& from_;
  const Table& to_;
  MysqlClauses clauses_;
};

}  // namespace

void compare_characters(TableDelta& delta) {
  const Table& from = *delta.from;
  const Table& to = *delta.to;
  delta.characters_known = !is_text_default(from) && !is_text_default(to);
  delta.characters_changed =
      is_text_default(from) != is_text_default(to) || collation_of(from) != collation_of(to);
}

void compare_options(TableDelta& delta) { Options(delta).run(); }

}  // namespace relata::migrate::mysql
