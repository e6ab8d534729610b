#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "read/sql/sqlite/engine.h"
#include "read/sql/sqlite/statements.h"

namespace relata::sql::sqlite {

/// The databases in memory that statements are run in. For each table or index
/// that it makes, SQLite looks through its whole catalog; so the tables of a
/// large schema are shared among several databases, in the order in which they
/// are made. That works as long as each statement makes a table, or an index or
/// trigger of one; at the first other one all are put into one database.
class Engines {
 public:
  Engines() { engines_.push_back(std::make_unique<Engine>()); }

  /// See Engine::run().
  [[nodiscard]] std::optional<Refusal> run(const Statement& statement);
  /// A statement that stands in no file.
  [[nodiscard]] std::optional<Refusal> run_text(std::string_view text);
  /// See Engine::made_up().
  [[nodiscard]] std::vector<std::string> made_up() const;
  /// See Engine::finish(); in the order of the tables.
  [[nodiscard]] std::vector<sqlite3*> finish();

 private:
  /// What a statement makes and whose table it belongs to, by names in lower
  /// case.
  struct Made {
    std::string name;
    std::string table;
  };
  static std::optional<Made> made_by(const Statement& statement);
  /// The database that the statement belongs to; nothing where it needs all of
  /// them.
  std::optional<std::size_t> place_of(const Made& made) const;
  std::optional<Refusal> run_everywhere(const Statement& statement);
  [[nodiscard]] std::unique_ptr<Engine> new_engine() const;
  void join();

  std::vector<std::unique_ptr<Engine>> engines_;
  bool apart_ = true;
  std::size_t tables_in_last_ = 0;
  std::unordered_map<std::string, std::size_t> places_;  ///< By what was made.
  std::vector<std::string_view> pragmas_;                ///< What holds in all databases.
  std::vector<std::string_view> done_;                   ///< Statements that were not refused.
};

}  // namespace relata::sql::sqlite
