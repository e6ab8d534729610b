#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::emit {

/// Where something that a schema holds ends up with a target.
enum class Coverage {
  code,       ///< The tool's own code says it, and its runner makes it.
  migration,  ///< In the first migration only, as SQL.
  partly,     ///< Some of it in code, the rest in the first migration.
  read_only,  ///< Code reads it; the first migration makes it.
  nowhere,    ///< The target is not about it.
};

/// One line of a target's table.
struct Covered {
  std::string_view what;  ///< "CHECK constraints".
  Coverage coverage = Coverage::code;
  std::string_view note;  ///< What to know; may be empty. No full stop.
};

/// What users should know of a target: its page in docs/targets/, `relata emit --help` and `relata
/// explain TARGET` are made from this.
struct TargetFacts {
  std::string_view title;  ///< "Drizzle ORM".
  std::string_view
      versions;  ///< What it was tested with: "drizzle-orm 0.45.4, drizzle-kit 0.31.11".
  std::string_view dialects;  ///< "PostgreSQL, MySQL, SQLite".
  std::string_view about;     ///< A paragraph: what is written and in which idiom.
  struct File {
    std::string_view path;
    std::string_view what;
  };
  std::vector<File> files;
  std::vector<Covered> covered;
  std::vector<std::string_view> run;      ///< Commands that put it to use, from the output folder.
  std::vector<std::string_view> remarks;  ///< What else to know, a sentence each.
};

/// The page about a target in Markdown; `id` is the target's.
[[nodiscard]] std::string target_page(std::string_view id, std::string_view summary,
                                      const TargetFacts& facts);

}  // namespace relata::emit
