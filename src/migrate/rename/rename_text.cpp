// Walks SQL of any dialect once to learn which relations stand where, and once more to replace.
#include "migrate/rename/rename_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "migrate/rename/key_words.h"

namespace relata::migrate {
namespace {

/// A relation that a query reads or writes.
struct Mention {
  const RenamedTable* table = nullptr;
  std::string alias;   ///< As it is compared.
  bool named = false;  ///< The alias was written out.
};

/// What names can mean between two brackets, or in one branch of a UNION.
struct Level {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t outer = none;
  std::vector<Mention> mentions;
  /// It reads what nothing is known of: a query, a function, a view.
  bool unknown_relations = false;
  bool merges_columns = false;  ///< USING, NATURAL.
};

/// One column of a SELECT list, as places of words.
struct Item {
  std::size_t first = 0;
  std::size_t end = 0;
};

class Text {
 public:
  Text(std::string_view sql, const RenameMap& renames, std::string_view home,
       const RenamedTable* own)
      : sql_(sql), renames_(renames), home_(home), words_(renames.rules().words(sql)) {
    levels_.emplace_back();
    if (own != nullptr) {
      levels_[0].mentions.push_back({own, name_key(renames.rules(), own->table->name), false});
      for (const char* row : {"new", "old"}) {
        levels_[0].mentions.push_back({own, row, true});
      }
    }
  }

  std::string run() {
    const auto concerned = [&](const SqlWord& word) {
      return (word.name && renames_.concerns(word.value)) || word.value == "*";
    };
    if (std::none_of(words_.begin(), words_.end(), concerned)) return std::string(sql_);
    level_of_.resize(words_.size());
    fixed_.resize(words_.size());
    replaced_.resize(words_.size());
    appended_.resize(words_.size());
    find_relations();
    for (std::size_t i = 0; i < words_.size(); ++i) replace_name(i);
    if (renames_.rules().shown_names_stay) {
      for (const Item& item : items_) keep_shown_name(item);
    }
    return result();
  }

 private:
  /// Between two brackets.
  struct Frame {
    std::size_t level = 0;
    std::size_t outer = Level::none;
    bool in_from = false;
    bool in_condition = false;  ///< Behind ON.
    bool of_function = false;   ///< Whose arguments have FROM between them.
    bool wrote = false;         ///< The level has the target of an INSERT.
    std::optional<std::size_t> item;
  };

  [[nodiscard]] bool is_key_word(std::size_t i, std::string_view word) const {
    return i < words_.size() && words_[i].name && !words_[i].quoted && words_[i].value == word;
  }
  [[nodiscard]] bool is_sign(std::size_t i, std::string_view sign) const {
    return i < words_.size() && !words_[i].name && words_[i].value == sign;
  }
  [[nodiscard]] bool is_name(std::size_t i) const { return i < words_.size() && words_[i].name; }
  [[nodiscard]] bool follows_sign(std::size_t i, std::string_view sign) const {
    return i > 0 && is_sign(i - 1, sign);
  }
  [[nodiscard]] bool follows_word(std::size_t i, std::string_view word) const {
    return i > 0 && is_key_word(i - 1, word);
  }

  std::size_t new_level(std::size_t outer) {
    levels_.emplace_back().outer = outer;
    return levels_.size() - 1;
  }

  // What stands where.

  void find_relations() {
    // Only the first ON of a statement that makes something names a relation.
    bool head = is_key_word(0, "create");
    frames_.push_back({});
    frames_.back().outer = 0;
    frames_.back().level = head ? 0 : new_level(0);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      level_of_[i] = frames_.back().level;
      if (words_[i].name) {
        if (!words_[i].quoted && !follows_sign(i, ".") && !fixed_[i]) key_word(i, head);
      } else {
        sign(i);
      }
    }
    while (!frames_.empty()) {
      end_item(words_.size());
      frames_.pop_back();
    }
  }

  void sign(std::size_t i) {
    Frame& frame = frames_.back();
    if (words_[i].value == "(") {
      open(i);
    } else if (words_[i].value == ")") {
      end_item(i);
      if (frames_.size() > 1) frames_.pop_back();
    } else if (words_[i].value == ",") {
      if (frame.item) {
        end_item(i);
        frame.item = i + 1;
      }
      if (frame.in_from) {
        frame.in_condition = false;
        relation(i + 1, false);
      }
    } else if (words_[i].value == ";") {
      end_item(i);
      next_branch();
    }
  }

  void open(std::size_t i) {
    const Frame& outer = frames_.back();
    const bool query =
        is_key_word(i + 1, "select") || is_key_word(i + 1, "with") || is_key_word(i + 1, "values");
    const bool of_clause =
        i == 0 || !words_[i - 1].name || follows_word(i, "from") || follows_word(i, "join");
    Frame frame;
    if (outer.in_from && !outer.in_condition && of_clause && !query) {
      frame.level = outer.level;
      frame.outer = outer.outer;
      frame.in_from = true;
      frames_.push_back(frame);
      relation(i + 1, false);
      return;
    }
    if (outer.in_from && !outer.in_condition) levels_[outer.level].unknown_relations = true;
    if (follows_word(i, "using")) levels_[outer.level].merges_columns = true;
    frame.outer = outer.level;
    frame.level = new_level(outer.level);
    if (i > 0 && target_end_ == i) levels_[frame.level].mentions = {target_};
    frame.of_function =
        i > 0 && words_[i - 1].name && contains(from_functions, words_[i - 1].value);
    frames_.push_back(frame);
  }

  /// What comes behind UNION or a semicolon sees nothing of what was before.
  void next_branch() {
    Frame& frame = frames_.back();
    frame.level = new_level(frame.outer);
    frame.in_from = frame.in_condition = frame.wrote = false;
  }

  void key_word(std::size_t i, bool& head) {
    const std::string& word = words_[i].value;
    Frame& frame = frames_.back();
    if (word == "select") {
      if (frame.wrote) next_branch();
      level_of_[i] = frames_.back().level;
      frames_.back().in_from = false;
      std::size_t first = i + 1;
      if (is_key_word(first, "distinct") || is_key_word(first, "all")) ++first;
      frames_.back().item = first;
    } else if (word == "begin") {
      next_branch();
    } else if (word == "union" || word == "except" || word == "intersect") {
      end_item(i);
      next_branch();
    } else if (word == "from" || word == "join") {
      if (frame.of_function || follows_word(i, "distinct")) return;
      end_item(i);
      frame.in_from = true;
      frame.in_condition = false;
      relation(i + 1, false);
    } else if (word == "using" && !is_sign(i + 1, "(")) {
      frame.in_from = true;
      relation(i + 1, false);
    } else if (word == "natural") {
      levels_[frame.level].merges_columns = true;
    } else if (word == "into") {
      end_item(i);
      relation(i + 1, true);
    } else if (word == "update") {
      relation_of_update(i);
    } else if (word == "setof" || word == "returns" || (word == "to" && head)) {
      relation(i + 1, false);
    } else if (word == "table") {
      frame.in_from = true;
      relation(i + 1, false);
    } else if (word == "on") {
      if (head && !is_rule_event(i + 1)) {
        head = false;
        relation(i + 1, false);
      } else if (frame.in_from) {
        frame.in_condition = true;
      }
    } else if (contains(end_from, word)) {
      end_item(i);
      frame.in_from = frame.in_condition = false;
    }
  }

  [[nodiscard]] bool is_rule_event(std::size_t i) const {
    return (is_key_word(i, "select") || is_key_word(i, "insert") || is_key_word(i, "update") ||
            is_key_word(i, "delete")) &&
           is_key_word(i + 1, "to");
  }

  void relation_of_update(std::size_t i) {
    static constexpr auto events =
        std::to_array<std::string_view>({"before", "after", "of", "or", "for", "on", "do"});
    const bool event = i > 0 && words_[i - 1].name && contains(events, words_[i - 1].value);
    // ON CONFLICT DO UPDATE SET; in a rule DO UPDATE table.
    if (is_key_word(i + 1, "set") || is_key_word(i + 1, "of") || is_key_word(i + 1, "on")) return;
    if (event && !follows_word(i, "do")) return;
    relation(i + 1, false);
  }

  /// Takes what begins at `i` for a relation, where one is known by that name.
  void relation(std::size_t i, bool target) {
    while (is_key_word(i, "only") || is_key_word(i, "lateral")) ++i;
    if (!is_name(i)) return;
    Frame& frame = frames_.back();
    std::size_t last = i;
    if (is_sign(i + 1, ".") && is_name(i + 2)) last = i + 2;
    const std::string space = last == i ? std::string() : words_[i].value;
    const RenamedTable* table = renames_.find(space, words_[last].value, home_);
    if (table == nullptr || (is_sign(last + 1, "(") && !target)) {
      levels_[frame.level].unknown_relations = true;
      return;
    }
    for (std::size_t at = i; at <= last; ++at) fixed_[at] = true;
    const std::string& old_name = table->table->name;
    if (table->name != old_name) replaced_[last] = renames_.rules().quoted(table->name);
    Mention mention{table, name_key(renames_.rules(), old_name), false};
    std::size_t alias = last + 1;
    const bool with_as = is_key_word(alias, "as");
    if (with_as) ++alias;
    if (is_name(alias) &&
        (with_as || words_[alias].quoted || !contains(not_aliases, words_[alias].value)) &&
        !is_sign(alias + 1, ".")) {
      fixed_[alias] = true;
      mention.alias = words_[alias].value;
      mention.named = true;
    }
    if (target) {
      frame.wrote = true;
      target_ = mention;
      levels_[frame.level].mentions.push_back({table, "excluded", true});
      target_end_ = last + 1;
    }
    levels_[frame.level].mentions.push_back(std::move(mention));
  }

  void end_item(std::size_t end) {
    std::optional<std::size_t>& item = frames_.back().item;
    if (item && *item < end) items_.push_back({*item, end});
    item.reset();
  }

  // What is called otherwise.

  [[nodiscard]] const Mention* find_alias(std::size_t level, const std::string& alias) const {
    for (; level != Level::none; level = levels_[level].outer) {
      for (const Mention& mention : levels_[level].mentions) {
        if (mention.alias == alias) return &mention;
      }
    }
    return nullptr;
  }

  static const std::string* new_name(const RenamedTable& table, const std::string& column) {
    const auto found = table.columns.find(column);
    return found == table.columns.end() ? nullptr : &found->second;
  }

  void replace_with(std::size_t i, const std::string& name) {
    replaced_[i] = renames_.rules().quoted(name);
  }

  void replace_name(std::size_t i) {
    const SqlWord& word = words_[i];
    if (!word.name || fixed_[i] || !renames_.concerns(word.value)) return;
    if (is_sign(i + 1, ".")) {
      replace_qualifier(i);
    } else if (follows_sign(i, ".")) {
      if (i < 2 || !words_[i - 2].name) return;
      const Mention* mention = find_alias(level_of_[i], words_[i - 2].value);
      if (mention == nullptr) return;
      if (const std::string* name = new_name(*mention->table, word.value)) replace_with(i, *name);
    } else if (!is_sign(i + 1, "(") && !follows_sign(i, "::") && !names_something_else(i)) {
      replace_unqualified(i);
    }
  }

  [[nodiscard]] bool names_something_else(std::size_t i) const {
    return i > 0 && words_[i - 1].name && !words_[i - 1].quoted &&
           contains(names_behind, words_[i - 1].value);
  }

  void replace_qualifier(std::size_t i) {
    const Mention* mention = find_alias(level_of_[i], words_[i].value);
    if (mention == nullptr || mention->named) return;
    if (mention->table->name != mention->table->table->name) replace_with(i, mention->table->name);
  }

  void replace_unqualified(std::size_t i) {
    const std::string& word = words_[i].value;
    for (std::size_t level = level_of_[i]; level != Level::none; level = levels_[level].outer) {
      const std::string* name = nullptr;
      bool has = false;
      for (const Mention& mention : levels_[level].mentions) {
        if (!mention.table->column_keys.contains(word)) continue;
        const std::string* found = new_name(*mention.table, word);
        // One that is called so still: the text means both, or that one.
        if (has && (found == nullptr || name == nullptr)) return;
        has = true;
        name = found;
      }
      if (!has) continue;
      if (name != nullptr) replace_with(i, *name);
      return;
    }
    // A whole row, or a type.
    if (renames_.rules().has_row_types) replace_row(i);
  }

  void replace_row(std::size_t i) {
    const RenamedTable* table = nullptr;
    if (const Mention* mention = find_alias(level_of_[i], words_[i].value)) {
      if (mention->named) return;
      table = mention->table;
    } else if (is_key_word(0, "create")) {
      table = renames_.find({}, words_[i].value, home_);
    }
    if (table != nullptr && table->name != table->table->name) replace_with(i, table->name);
  }

  // What a query shows is called as before.

  void keep_shown_name(const Item& item) {
    if (is_sign(item.end - 1, "*")) {
      expand_star(item);
      return;
    }
    std::size_t last = item.first;
    while (is_sign(last + 1, ".") && is_name(last + 2)) last += 2;
    if (last >= item.end || !replaced_[last] || fixed_[last]) return;
    // Only casts behind it leave the name as it is.
    if (last + 1 < item.end && !is_sign(last + 1, "::")) return;
    for (std::size_t at = last + 1; at < item.end; ++at) {
      if (is_key_word(at, "as")) return;
      const bool after_name = words_[at].name && words_[at - 1].name;
      if (after_name && !is_type_word(at)) return;
    }
    appended_[item.end - 1] = " AS " + renames_.rules().quoted(words_[last].value);
  }

  [[nodiscard]] bool is_type_word(std::size_t i) const {
    static constexpr auto words = std::to_array<std::string_view>(
        {"varying", "precision", "with", "without", "time", "zone", "int"});
    return contains(words, words_[i].value);
  }

  void expand_star(const Item& item) {
    std::vector<const Mention*> shown;
    if (item.end == item.first + 1) {
      const Level& level = levels_[level_of_[item.first]];
      if (level.unknown_relations || level.merges_columns) return;
      for (const Mention& mention : level.mentions) shown.push_back(&mention);
    } else if (item.end == item.first + 3 && is_sign(item.first + 1, ".")) {
      const Mention* mention = find_alias(level_of_[item.first], words_[item.first].value);
      if (mention != nullptr) shown.push_back(mention);
    }
    const auto is_renamed = [](const Mention* mention) { return !mention->table->columns.empty(); };
    if (std::none_of(shown.begin(), shown.end(), is_renamed)) return;
    std::string text;
    for (const Mention* mention : shown) append_columns(*mention, text);
    for (std::size_t i = item.first; i < item.end; ++i) replaced_[i].reset();
    replaced_[item.first] = text;
    for (std::size_t i = item.first + 1; i < item.end; ++i) replaced_[i] = "";
  }

  void append_columns(const Mention& mention, std::string& text) const {
    const NameRules& rules = renames_.rules();
    const std::string qualifier =
        rules.quoted(mention.named ? mention.alias : mention.table->name) + ".";
    for (const Column& column : mention.table->table->columns) {
      if (!text.empty()) text += ", ";
      const std::string* name = new_name(*mention.table, name_key(rules, column.name));
      text += qualifier + rules.quoted(name == nullptr ? column.name : *name);
      if (name != nullptr) text += " AS " + rules.quoted(column.name);
    }
  }

  [[nodiscard]] std::string result() const {
    std::string text;
    std::size_t copied = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (replaced_[i]) {
        text.append(sql_, copied, words_[i].begin - copied);
        text += *replaced_[i];
        copied = words_[i].end;
      }
      if (appended_[i].empty()) continue;
      text.append(sql_, copied, words_[i].end - copied);
      text += appended_[i];
      copied = words_[i].end;
    }
    return text.append(sql_, copied);
  }

  std::string_view sql_;
  const RenameMap& renames_;
  std::string_view home_;
  std::vector<SqlWord> words_;
  std::vector<Level> levels_;
  std::vector<Frame> frames_;
  std::vector<Item> items_;
  std::vector<std::size_t> level_of_;
  std::vector<bool> fixed_;  ///< What stands there is settled: a relation or its alias.
  std::vector<std::optional<std::string>> replaced_;
  std::vector<std::string> appended_;
  Mention target_;  ///< Of the last INSERT, whose columns stand in the brackets behind it.
  std::size_t target_end_ = Level::none;
};

}  // namespace

std::string with_renames(std::string_view sql, const RenameMap& renames, std::string_view home,
                         const RenamedTable* own) {
  return Text(sql, renames, home, own).run();
}

std::string with_renamed_trigger_table(std::string_view sql, const RenameMap& renames,
                                       const RenamedTable& table) {
  const NameRules& rules = renames.rules();
  const std::vector<SqlWord> words = rules.words(sql);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!words[i].name || words[i].quoted || words[i].value != "on") continue;
    std::size_t last = i + 1;
    if (last + 2 < words.size() && words[last + 1].value == ".") last += 2;
    if (words[last].value != name_key(rules, table.table->name)) return std::string(sql);
    return std::string(sql.substr(0, words[last].begin)) + rules.quoted(table.name) +
           std::string(sql.substr(words[last].end));
  }
  return std::string(sql);
}

}  // namespace relata::migrate
