// Views and what the server runs. Names in their texts are looked up when they are run, so that
// only what changes itself is made anew.
#include "migrate/mysql/programs.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "dialect/mysql_clauses.h"
#include "dialect/mysql_native.h"
#include "migrate/mysql/steps.h"
#include "syntax/mysql/tokens.h"

namespace relata::migrate::mysql {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The statement in a session like the one that made the program, which the server keeps with it;
/// then the session is as it was. A view keeps no SQL mode.
Action under_session(const CreationSession& session, bool is_view, std::string create) {
  const MysqlClauses clauses;
  Action action;
  action.transactional = false;
  std::vector<std::string>& before = action.settings;
  std::vector<std::string> after;
  const std::string& mode = session.sql_mode.text;
  if (!is_view && !mode.empty()) {
    before.emplace_back("SET @relata_sql_mode = @@SESSION.sql_mode");
    before.push_back("SET SESSION sql_mode = " +
                     clauses.literal(mode == "-" ? std::string_view() : std::string_view(mode)));
    after.emplace_back("SET SESSION sql_mode = @relata_sql_mode");
  }
  const std::string& set = session.character_set.text;
  // In another character set the statement's own bytes would mean something else.
  const bool same_bytes = is_ascii(create) || set.starts_with("utf8mb4");
  action.statements = {std::move(create)};
  action.statements.insert(action.statements.end(), after.begin(), after.end());
  if (same_bytes && (is_view || !set.empty())) {
    run_in_names(action, set, session.collation.text);
  }
  return action;
}

Action only(std::string statement) {
  Action action;
  action.statements = {std::move(statement)};
  action.transactional = false;
  return action;
}

Step step_of(std::string title, Action forward, Action back, Phase phase = Phase::expand) {
  Step step;
  step.phase = phase;
  step.title = std::move(title);
  step.forward = std::move(forward);
  step.back = std::move(back);
  return step;
}

/// Something that is made where nothing of it was: what is there after an attempt that was broken
/// off is dropped.
Step made(std::string title, Action make, const std::string& drop) {
  make.cleanup = {drop};
  return step_of(std::move(title), std::move(make), only(drop));
}

Step gone(std::string title, const std::string& drop, Action make) {
  make.cleanup = {drop};
  return step_of(std::move(title), only(drop), std::move(make), Phase::contract);
}

// Functions, procedures and events.

std::string key_of(const Routine& routine) { return routine.kind + " " + to_lower(routine.name); }

Action created(const Routine& routine) {
  return under_session(routine.session, false,
                       with_definer(trim(routine.sql.text), routine.session.definer.text));
}

std::string dropped(const Routine& routine) {
  return "DROP " + to_upper(routine.kind) + " IF EXISTS " + MysqlClauses().name(routine.name);
}

/// What drops an object on MySQL, which MariaDB replaces by the statement that makes it: the first
/// of `make`. Each server takes what is for the other for a comment.
Action replacing(const std::string& drop, Action make) {
  constexpr std::string_view create = "CREATE";
  std::string& statement = make.statements.front();
  statement = "CREATE /*M!100104 OR REPLACE */" + statement.substr(create.size());
  make.statements.insert(make.statements.begin(),
                         "/*M!100104 SET @relata_replaces = 1 *//*!80000 " + drop + " */");
  return make;
}

std::map<std::string, const Routine*> by_key(const Schema& schema) {
  std::map<std::string, const Routine*> routines;
  for (const Routine& routine : schema.routines) routines.emplace(key_of(routine), &routine);
  return routines;
}

void make_routines(const Schema& from, const Schema& to, bool events, std::vector<Step>& steps) {
  const auto before = by_key(from);
  for (const Routine& routine : to.routines) {
    if ((routine.kind == "event") != events) continue;
    const auto old = before.find(key_of(routine));
    const std::string name = "the " + routine.kind + " " + routine.name;
    if (old == before.end()) {
      steps.push_back(made("make " + name, created(routine), dropped(routine)));
    } else if (!(*old->second == routine)) {
      const std::string drop = dropped(routine);
      steps.push_back(step_of("change " + name, replacing(drop, created(routine)),
                              replacing(drop, created(*old->second))));
    }
  }
}

void drop_routines(const Schema& from, const Schema& to, std::vector<Step>& steps) {
  const auto after = by_key(to);
  for (const Routine& routine : from.routines) {
    if (after.count(key_of(routine)) > 0) continue;
    steps.push_back(
        gone("drop the " + routine.kind + " " + routine.name, dropped(routine), created(routine)));
  }
}

// Views.

Action created(const View& view, bool replace) {
  return under_session(view.session, true, MysqlClauses().create_view(view, replace));
}

std::string dropped(const View& view) {
  return "DROP VIEW IF EXISTS " + MysqlClauses().name(view.name);
}

/// Whether the view has all columns of something, whatever they are when it is made.
bool has_star(const View& view) {
  const std::vector<syntax::mysql::Token> tokens = syntax::mysql::tokenize(view.sql);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (!syntax::mysql::is_symbol(tokens[i], "*")) continue;
    const syntax::mysql::Token& before = tokens[i - 1];
    constexpr std::array words{"select", "distinct", "all"};
    const bool after_word = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return syntax::mysql::is_word(before, word);
    });
    if (after_word || syntax::mysql::is_symbol(before, ",") ||
        syntax::mysql::is_symbol(before, ".")) {
      return true;
    }
  }
  return false;
}

class Views {
 public:
  Views(const Schema& from, const Schema& to, const std::set<std::string>& reshaped)
      : before_order_(mysql_view_order(from)), after_order_(mysql_view_order(to)) {
    for (const View* view : before_order_) before_.emplace(view->name, view);
    for (const View* view : after_order_) after_.emplace(view->name, view);
    find_changed();
    find_late(reshaped);
    find_turned(from, to);
    find_tangled();
  }

  /// What must be made again when all else is as it was.
  void early(std::vector<Step>& steps) const {
    for (auto view = before_order_.rbegin(); view != before_order_.rend(); ++view) {
      if (late_.count((*view)->name) == 0) continue;
      if (is_tangled(**view) || after_.count((*view)->name) == 0) {
        drop(**view, steps);
        steps.back().phase = Phase::expand;
      } else {
        steps.push_back(step_of("the view " + (*view)->name + " is made anew with its tables",
                                Action(), created(**view, true)));
      }
    }
  }

  void make(std::vector<Step>& steps) const {
    for (auto view = before_order_.rbegin(); view != before_order_.rend(); ++view) {
      if (is_tangled(**view) && late_.count((*view)->name) == 0) drop(**view, steps);
    }
    for (const View* view : after_order_) {
      if (late_.count(view->name) == 0) make(*view, steps);
    }
  }

  void late(std::vector<Step>& steps) const {
    for (const View* view : after_order_) {
      if (late_.count(view->name) == 0) continue;
      make(*view, steps);
      const bool stands = before_.count(view->name) > 0 && !is_tangled(*view);
      if (stands) steps.back().back = Action();  // see early()
    }
  }

  /// Those that nothing else hangs on go when all that is new is there.
  void drop(std::vector<Step>& steps) const {
    for (auto view = before_order_.rbegin(); view != before_order_.rend(); ++view) {
      const std::string& name = (*view)->name;
      if (after_.count(name) == 0 && !is_tangled(**view) && late_.count(name) == 0) {
        drop(**view, steps);
      }
    }
  }

 private:
  static void drop(const View& view, std::vector<Step>& steps) {
    steps.push_back(gone("drop the view " + view.name, dropped(view), created(view, false)));
  }

  void make(const View& view, std::vector<Step>& steps) const {
    const auto old = before_.find(view.name);
    const bool stood = old != before_.end() && !is_tangled(*old->second);
    if (!stood) {
      steps.push_back(made("make the view " + view.name, created(view, false), dropped(view)));
    } else if (changed_.count(view.name) > 0) {
      steps.push_back(step_of("change the view " + view.name, created(view, true),
                              created(*old->second, true)));
    }
  }

  void find_changed() {
    for (const View* view : after_order_) {
      const auto old = before_.find(view->name);
      if (old == before_.end() || !(*old->second == *view)) changed_.insert(view->name);
    }
    for (const View* view : before_order_) {
      if (after_.count(view->name) == 0) changed_.insert(view->name);
    }
  }

  /// Views with all columns of what changes its columns, and those that are built on them.
  void find_late(const std::set<std::string>& reshaped) {
    for (const auto* order : {&before_order_, &after_order_}) {
      for (const View* view : *order) {
        if (changed_.count(view->name) == 0) continue;
        const bool star = has_star(*view);
        for (const std::string& name : names_in_mysql(view->sql)) {
          if (name == view->name) continue;
          if ((star && reshaped.count(name) > 0) || late_.count(name) > 0) late_.insert(view->name);
        }
      }
    }
  }

  /// Views that become tables, and tables that become views: a name is there once.
  void find_turned(const Schema& from, const Schema& to) {
    for (const Table& table : to.tables) {
      if (before_.count(table.name) > 0) late_.insert(table.name);
    }
    for (const Table& table : from.tables) {
      if (after_.count(table.name) > 0) late_.insert(table.name);
    }
  }

  /// One that is built on another that changes too is replaced with it, or its old form could not
  /// be made on the way back.
  void find_tangled() {
    for (const auto* order : {&before_order_, &after_order_}) {
      for (const View* view : *order) {
        if (changed_.count(view->name) == 0) continue;
        for (const std::string& name : names_in_mysql(view->sql)) {
          if (name == view->name || changed_.count(name) == 0) continue;
          tangled_.insert(view->name);
          tangled_.insert(name);
        }
      }
    }
  }

  [[nodiscard]] bool is_tangled(const View& view) const { return tangled_.count(view.name) > 0; }

  std::vector<const View*> before_order_;
  std::vector<const View*> after_order_;
  std::map<std::string, const View*> before_;
  std::map<std::string, const View*> after_;
  std::set<std::string> changed_;
  std::set<std::string> late_;
  std::set<std::string> tangled_;
};

// Triggers.

struct OwnTrigger {
  const Table* table = nullptr;
  const Trigger* trigger = nullptr;
  const TriggerBody* body = nullptr;
};

std::vector<OwnTrigger> triggers_of(const Schema& schema) {
  std::vector<OwnTrigger> triggers;
  for (const Table& table : schema.tables) {
    for (const Trigger& trigger : table.triggers) {
      const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
      if (body != nullptr) triggers.push_back({&table, &trigger, body});
    }
  }
  return triggers;
}

Action created(const OwnTrigger& own) {
  return under_session(own.body->session, false,
                       with_definer(trim(own.body->sql), own.body->session.definer.text));
}

std::string dropped(const OwnTrigger& own) {
  return "DROP TRIGGER IF EXISTS " + MysqlClauses().name(own.trigger->name);
}

/// One form of a trigger for another: at once on MariaDB; MySQL has a moment without.
Action replaced(const OwnTrigger& own) { return replacing(dropped(own), created(own)); }

void make_triggers(const Schema& from, const Schema& to, std::vector<Step>& steps) {
  const std::vector<OwnTrigger> before = triggers_of(from);
  const std::vector<OwnTrigger> after = triggers_of(to);
  std::map<std::string, const OwnTrigger*> old;
  std::map<std::string, const OwnTrigger*> wanted;
  for (const OwnTrigger& own : before) old.emplace(own.trigger->name, &own);
  for (const OwnTrigger& own : after) wanted.emplace(own.trigger->name, &own);
  const auto stays = [](const auto& others, const OwnTrigger& own) {
    const auto found = others.find(own.trigger->name);
    return found != others.end() && found->second->table->name == own.table->name;
  };
  for (const OwnTrigger& own : before) {
    if (stays(wanted, own)) continue;
    steps.push_back(gone("drop the trigger " + own.trigger->name + " of " + own.table->name,
                         dropped(own), created(own)));
  }
  for (const OwnTrigger& own : after) {
    const std::string name = "the trigger " + own.trigger->name + " of " + own.table->name;
    if (!stays(old, own)) {
      steps.push_back(made("make " + name, created(own), dropped(own)));
      continue;
    }
    const OwnTrigger& other = *old.at(own.trigger->name);
    if (*other.trigger == *own.trigger) continue;
    Step step = step_of("change " + name, replaced(own), replaced(other));
    step.forward.lock = step.back.lock = "metadata";
    steps.push_back(std::move(step));
  }
}

// Sequences.

std::string numbering(const SequenceOptions& options) {
  const auto said = [](const std::optional<std::string>& value, std::string_view words,
                       std::string_view unsaid) {
    return value ? " " + std::string(words) + " " + *value : " " + std::string(unsaid);
  };
  std::string text = said(options.increment, "INCREMENT BY", "INCREMENT BY 1") +
                     said(options.minimum, "MINVALUE", "NO MINVALUE") +
                     said(options.maximum, "MAXVALUE", "NO MAXVALUE");
  if (options.start) text += " START WITH " + *options.start;
  text += options.cache == "0" ? " NOCACHE" : said(options.cache, "CACHE", "CACHE 1000");
  return text + (options.cycle ? " CYCLE" : " NOCYCLE");
}

std::string altered(const Sequence& sequence) {
  return "ALTER SEQUENCE " + MysqlClauses().name(sequence.name) + numbering(sequence.options);
}

std::map<std::string, const Sequence*> sequences_of(const Schema& schema) {
  std::map<std::string, const Sequence*> sequences;
  for (const Sequence& sequence : schema.sequences) sequences.emplace(sequence.name, &sequence);
  return sequences;
}

/// The triggers of tables with renamed columns, but for those that stay as they are.
void take_renamed_triggers(const Schema& from, Schema& start, const Schema& to,
                           const std::vector<Rename>& renames, std::vector<Step>& steps) {
  std::set<std::string> tables;
  for (const Rename& rename : renames) {
    if (!rename.column.empty()) tables.insert(rename.table.name);
  }
  std::map<std::string, const Trigger*> wanted;
  const std::vector<OwnTrigger> after = triggers_of(to);
  for (const OwnTrigger& own : after) wanted.emplace(own.trigger->name, own.trigger);
  std::set<std::string> kept;
  const std::vector<OwnTrigger> renamed = triggers_of(start);
  for (const OwnTrigger& own : renamed) {
    const auto found = wanted.find(own.trigger->name);
    if (found != wanted.end() && *found->second == *own.trigger) kept.insert(own.trigger->name);
  }
  std::set<std::string> taken;
  const std::vector<OwnTrigger> before = triggers_of(from);
  for (const OwnTrigger& own : before) {
    if (tables.count(own.table->name) == 0 || kept.count(own.trigger->name) > 0) continue;
    Step step = gone("drop the trigger " + own.trigger->name + " of " + own.table->name +
                         ", whose columns are renamed",
                     dropped(own), created(own));
    step.phase = Phase::expand;
    steps.push_back(std::move(step));
    taken.insert(own.trigger->name);
  }
  for (Table& table : start.tables) {
    std::erase_if(table.triggers,
                  [&](const Trigger& trigger) { return taken.count(trigger.name) > 0; });
  }
}

/// The views that name a renamed table or column, but for those that stay as they are.
void take_renamed_views(const Schema& from, Schema& start, const Schema& to,
                        const std::vector<Rename>& renames, std::vector<Step>& steps) {
  std::set<std::string> names;
  for (const Rename& rename : renames) {
    names.insert(to_lower(rename.column.empty() ? rename.table.name : rename.column));
  }
  std::map<std::string, const View*> wanted;
  for (const View& view : to.views) wanted.emplace(view.name, &view);
  std::set<std::string> kept;
  for (const View& view : start.views) {
    const auto found = wanted.find(view.name);
    if (found != wanted.end() && *found->second == view) kept.insert(view.name);
  }
  std::set<std::string> taken;
  const std::vector<const View*> order = mysql_view_order(from);
  for (auto entry = order.rbegin(); entry != order.rend(); ++entry) {
    const View& view = **entry;
    const std::vector<std::string> words = names_in_mysql(view.sql);
    const bool told = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return names.count(to_lower(word)) > 0;
    });
    if (!told || kept.count(view.name) > 0) continue;
    Step step = gone("drop the view " + view.name + ", which names what is renamed", dropped(view),
                     created(view, false));
    step.phase = Phase::expand;
    steps.push_back(std::move(step));
    taken.insert(view.name);
  }
  std::erase_if(start.views, [&](const View& view) { return taken.count(view.name) > 0; });
}

}  // namespace

Programs::Programs(const Schema& from, const Schema& to, const std::set<std::string>& reshaped) {
  const Views views(from, to, reshaped);
  views.early(early_);
  make_routines(from, to, false, middle_);
  views.make(middle_);
  make_triggers(from, to, middle_);
  make_routines(from, to, true, middle_);
  views.drop(middle_);
  drop_routines(from, to, middle_);
  views.late(late_);
}

std::vector<Step> take_renamed_programs(const Schema& from, Schema& start, const Schema& to,
                                        const std::vector<Rename>& renames) {
  std::vector<Step> steps;
  take_renamed_views(from, start, to, renames, steps);
  take_renamed_triggers(from, start, to, renames, steps);
  return steps;
}

std::vector<Step> sequence_steps(const Schema& from, const Schema& to) {
  const MysqlClauses clauses;
  const auto before = sequences_of(from);
  std::vector<Step> steps;
  for (const Sequence& sequence : to.sequences) {
    const auto old = before.find(sequence.name);
    if (old == before.end()) {
      steps.push_back(made("make the sequence " + sequence.name,
                           only(clauses.create_sequence(sequence)),
                           "DROP SEQUENCE IF EXISTS " + clauses.name(sequence.name)));
    } else if (!(old->second->options == sequence.options)) {
      steps.push_back(step_of("change the sequence " + sequence.name, only(altered(sequence)),
                              only(altered(*old->second))));
    }
  }
  return steps;
}

std::vector<Step> dropped_sequence_steps(const Schema& from, const Schema& to) {
  const MysqlClauses clauses;
  const auto after = sequences_of(to);
  std::vector<Step> steps;
  for (const Sequence& sequence : from.sequences) {
    if (after.count(sequence.name) > 0) continue;
    Step step = gone("drop the sequence " + sequence.name,
                     "DROP SEQUENCE IF EXISTS " + clauses.name(sequence.name),
                     only(clauses.create_sequence(sequence)));
    step.loss = "the number that the sequence " + sequence.name + " had come to";
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace relata::migrate::mysql
