#include "read/sql/sqlite/engines.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace relata::sql::sqlite {
namespace {

using syntax::sqlite::name_of;
using syntax::sqlite::Scanner;
using syntax::sqlite::Token;

/// Tables of one database; more of them take longer to make, fewer need more
/// databases.
constexpr std::size_t tables_together = 100;

/// The tokens of a statement up to its table, without comments.
std::vector<Token> tokens_until_table(const Statement& statement) {
  std::vector<Token> tokens;
  Scanner scanner(statement.text);
  bool on = false;
  while (const auto token = scanner.next()) {
    if (token->kind == syntax::sqlite::TokenKind::comment) continue;
    tokens.push_back(*token);
    if (on) break;
    on = token->is_word("ON");
  }
  return tokens;
}

}  // namespace

std::optional<Engines::Made> Engines::made_by(const Statement& statement) {
  const std::vector<Token>& head = statement.head;
  if (head.size() < 3 || !head[0].is_word("CREATE")) return std::nullopt;
  if (head[1].is_word("TABLE")) {
    const std::size_t place = created_table(statement);
    // A temporary table, or one that is made of a query on others, is another
    // matter.
    if (place == 0 || head[place - 1].is(".") || place + 1 >= head.size() ||
        !head[place + 1].is("(")) {
      return std::nullopt;
    }
    const std::string name = to_lower(name_of(head[place]));
    return Made{name, name};
  }
  const bool trigger = head[1].is_word("TRIGGER");
  if (!trigger && !head[1].is_word("INDEX") && !head[1].is_word("UNIQUE")) return std::nullopt;
  const std::vector<Token> tokens = tokens_until_table(statement);
  std::size_t name = head[1].is_word("UNIQUE") ? 3 : 2;
  if (name < tokens.size() && tokens[name].is_word("IF")) name += 3;
  if (name + 1 >= tokens.size() || tokens[name + 1].is(".")) return std::nullopt;
  return Made{(trigger ? "trigger " : "") + to_lower(name_of(tokens[name])),
              to_lower(name_of(tokens.back()))};
}

std::optional<std::size_t> Engines::place_of(const Made& made) const {
  if (places_.count(made.name) > 0) return std::nullopt;  // It is made twice.
  if (made.name == made.table) {
    return engines_.size() - (tables_in_last_ < tables_together ? 1 : 0);
  }
  const auto found = places_.find(made.table);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

std::optional<Refusal> Engines::run(const Statement& statement) {
  if (!apart_) return engines_.front()->run(statement.text);
  if (statement.head.front().is_word("PRAGMA")) return run_everywhere(statement);
  const std::optional<Made> made = made_by(statement);
  const std::optional<std::size_t> place = made ? place_of(*made) : std::nullopt;
  if (!place) return run_text(statement.text);
  if (*place == engines_.size()) {
    engines_.push_back(new_engine());
    tables_in_last_ = 0;
  }
  std::optional<Refusal> refusal = engines_[*place]->run(statement.text);
  if (refusal) return refusal;
  done_.push_back(statement.text);
  places_.emplace(made->name, *place);
  if (made->name == made->table) ++tables_in_last_;
  return std::nullopt;
}

std::optional<Refusal> Engines::run_everywhere(const Statement& statement) {
  std::optional<Refusal> refusal;
  for (const auto& engine : engines_) refusal = engine->run(statement.text);
  if (!refusal) pragmas_.push_back(statement.text);
  return refusal;
}

std::unique_ptr<Engine> Engines::new_engine() const {
  auto engine = std::make_unique<Engine>();
  for (const std::string_view pragma : pragmas_) static_cast<void>(engine->run(pragma));
  return engine;
}

std::optional<Refusal> Engines::run_text(std::string_view text) {
  join();
  return engines_.front()->run(text);
}

void Engines::join() {
  if (!apart_) return;
  apart_ = false;
  if (engines_.size() == 1) return;
  std::unique_ptr<Engine> all = new_engine();
  for (const std::string_view statement : done_) static_cast<void>(all->run(statement));
  engines_.clear();
  engines_.push_back(std::move(all));
}

std::vector<std::string> Engines::made_up() const {
  std::vector<std::string> names;
  for (const auto& engine : engines_) {
    for (const std::string& name : engine->made_up()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

std::vector<sqlite3*> Engines::finish() {
  std::vector<sqlite3*> databases;
  for (const auto& engine : engines_) databases.push_back(engine->finish());
  return databases;
}

}  // namespace relata::sql::sqlite
