#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/sqlite/tokens.h"

namespace relata::sql::sqlite {

/// One statement of a script, without its semicolon.
struct Statement {
  std::uint32_t begin = 0;
  std::string_view text;
  bool command = false;  ///< A command of the sqlite3 shell, such as ".mode csv".
  /// The first tokens without comments, enough to tell what it is and what it names.
  std::vector<syntax::sqlite::Token> head;
};

/// Which token of "CREATE [TEMP] TABLE [IF NOT EXISTS] [schema .] name" names the table; 0: it is
/// another statement.
[[nodiscard]] std::size_t created_table(const Statement& statement);

/// Cuts a script into statements as the sqlite3 shell does (https://sqlite.org/cli.html): a
/// semicolon ends one, in a trigger's body only behind END; so does a line with "go" or "/" alone;
/// and a line that begins with '.' or '#' between statements is a command or remark of its own.
class Statements {
 public:
  explicit Statements(std::string_view text) : text_(text), scanner_(text) {}
  /// The next statement that is not empty; nothing at the end.
  std::optional<Statement> next();

 private:
  [[nodiscard]] bool begins_line(std::uint32_t place) const;
  [[nodiscard]] bool is_alone_on_line(const syntax::sqlite::Token& token) const;
  Statement line_from(std::uint32_t begin);

  std::string_view text_;
  syntax::sqlite::Scanner scanner_;
};

}  // namespace relata::sql::sqlite
