#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "live/sqlite/database.h"

namespace relata::sql::sqlite {

/// Why the engine refused a statement.
struct Refusal {
  std::string message;
  int offset = -1;  ///< Byte in the statement; -1: unknown.
};

/// How many more looks at a running statement find it worth going on.
struct Patience {
  int statement = 0;
  int whole = 0;  ///< For all statements.
  [[nodiscard]] bool over() const { return statement < 0 || whole < 0; }
};

/// A database in memory in which statements of unknown origin can be run: they cannot reach files,
/// load code or run without end.
class Engine {
 public:
  Engine();
  /// Runs one statement, its lines ended as the sqlite3 shell ends them; what was refused.
  /// Functions and collations that only an application has are made up as they are met: a schema
  /// may name them.
  [[nodiscard]] std::optional<Refusal> run(std::string_view statement);
  /// Names of functions that were made up.
  [[nodiscard]] const std::vector<std::string>& made_up() const { return made_up_; }
  /// The database, for reading its catalog; statements can be run no more.
  [[nodiscard]] sqlite3* finish();

 private:
  std::optional<Refusal> try_run(std::string_view statement);
  bool make_up_function(const std::string& message);

  live::sqlite::Database database_;
  Patience patience_;
  std::vector<std::string> made_up_;
};

}  // namespace relata::sql::sqlite
