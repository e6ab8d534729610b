// Triggers that only note the moment of a row's last change, in the forms that people write on each
// engine; the target writes its own.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/convert_steps.h"
#include "model/questions.h"

namespace relata {
namespace {

/// Reads the tokens of a body from the front.
class BodyReader {
 public:
  BodyReader(std::vector<Token> tokens, std::size_t at) : tokens_(std::move(tokens)), at_(at) {}

  [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }

  /// Takes the words or symbols when they come next, all of them or none.
  bool take(const std::vector<std::string_view>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (at_ + i >= tokens_.size() || to_lower(tokens_[at_ + i].text) != words[i]) return false;
    }
    at_ += words.size();
    return true;
  }

  std::string name() { return at_end() ? std::string{} : tokens_[at_++].text; }

  /// The text up to a word or symbol, which stays.
  std::string until(const std::set<std::string>& ends) {
    std::string text;
    while (!at_end() && ends.count(to_lower(tokens_[at_].text)) == 0) {
      const Token& token = tokens_[at_++];
      text += token.kind == TokenKind::string ? "'" + token.text + "'" : token.text + " ";
    }
    return text;
  }

 private:
  std::vector<Token> tokens_;
  std::size_t at_;
};

class TriggerConversion {
 public:
  explicit TriggerConversion(Conversion& conversion) : conversion_(conversion) {
    for (const Routine& routine : conversion.schema.routines) {
      const std::string column = column_of_routine(routine.sql.text);
      if (!column.empty()) routines_.emplace(to_lower(routine.name), column);
    }
  }

  void run() {
    for (Table& table : conversion_.schema.tables) {
      for (Trigger& trigger : table.triggers) {
        const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
        if (body == nullptr || body->enabled == "disabled") continue;
        const std::string name = touched_column(body->sql, table);
        const Column* column = find_column(table, name);
        if (column == nullptr || value_class(column->type) != ValueClass::moment) continue;
        trigger.name = table.name + "_touch_" + column->name;
        trigger.purpose = TouchUpdatedAt{column->name};
      }
    }
  }

 private:
  [[nodiscard]] bool is_now(const std::string& text) const {
    const auto known = well_known_default(text, conversion_.source, conversion_.target);
    const auto value = known ? known : literal_meaning(text, conversion_.source.lexis());
    return value && value->operation == Operation::now;
  }

  /// NEW.column := now(); nothing when it is something else.
  std::string assigned_column(BodyReader& body) const {
    if (!body.take({"new", "."})) return {};
    std::string column = body.name();
    if (!body.take({":="}) && !body.take({"="})) return {};
    return is_now(body.until({";"})) ? column : std::string{};
  }

  /// BEGIN NEW.column := now(); RETURN NEW; END
  [[nodiscard]] std::string column_of_routine(const std::string& sql) const {
    const auto tokens = tokens_of(sql, conversion_.source.lexis());
    if (!tokens) return {};
    for (const Token& token : *tokens) {
      if (token.kind != TokenKind::string) continue;
      auto inner = tokens_of(token.text, conversion_.source.lexis());
      if (!inner) continue;
      BodyReader body(std::move(*inner), 0);
      if (!body.take({"begin"})) continue;
      std::string column = assigned_column(body);
      if (column.empty() || !body.take({";", "return", "new", ";", "end"})) continue;
      body.take({";"});
      if (body.at_end()) return column;
    }
    return {};
  }

  /// The column that the trigger keeps; empty when it does something else.
  [[nodiscard]] std::string touched_column(const std::string& sql, const Table& table) const {
    auto tokens = tokens_of(sql, conversion_.source.lexis());
    if (!tokens) return {};
    BodyReader reader(std::move(*tokens), 0);
    reader.until({"before", "after"});
    const bool before = reader.take({"before", "update", "on"});
    const bool after = !before && reader.take({"after", "update", "on"});
    if (!before && !after) return {};
    reader.until({"for", "when", "execute", "begin"});
    reader.take({"for", "each", "row"});
    if (before && (reader.take({"execute", "function"}) || reader.take({"execute", "procedure"}))) {
      return column_of_call(reader);
    }
    const bool block = reader.take({"begin"});
    std::string column;
    if (before && reader.take({"set"})) {
      column = assigned_column(reader);
    } else if (after && block) {
      column = updated_column(reader, table);
    }
    reader.take({";"});
    if (block && !reader.take({"end"})) return {};
    reader.take({";"});
    return reader.at_end() ? column : std::string{};
  }

  [[nodiscard]] std::string column_of_call(BodyReader& reader) const {
    std::string name = reader.name();
    while (reader.take({"."})) name = reader.name();
    const auto routine = routines_.find(to_lower(name));
    return routine != routines_.end() && reader.take({"(", ")"}) && reader.at_end()
               ? routine->second
               : std::string{};
  }

  /// UPDATE the_table SET column = now WHERE key = NEW.key
  [[nodiscard]] std::string updated_column(BodyReader& reader, const Table& table) const {
    if (!reader.take({"update"}) || to_lower(reader.name()) != to_lower(table.name) ||
        !reader.take({"set"})) {
      return {};
    }
    std::string column = reader.name();
    if (!reader.take({"="}) || !is_now(reader.until({"where", ";"})) || !reader.take({"where"})) {
      return {};
    }
    const std::string key = to_lower(reader.name());
    if (!reader.take({"=", "new", "."}) && !reader.take({"=", "old", "."})) return {};
    const bool row =
        key == "rowid" || (table.primary_key && table.primary_key->columns.size() == 1 &&
                           to_lower(table.primary_key->columns.front()) == key);
    return row && to_lower(reader.name()) == key ? column : std::string{};
  }

  Conversion& conversion_;
  std::unordered_map<std::string, std::string> routines_;
};

}  // namespace

void convert_triggers(Conversion& conversion) { TriggerConversion(conversion).run(); }

}  // namespace relata
