#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::emit::sqlalchemy {

/// A statement in a list, with what is said of it in comments above.
struct ListedStatement {
  std::vector<std::string> remarks;
  std::string sql;
};

/// NAME: list[str] = [...], a module's constant.
[[nodiscard]] std::string statement_list(std::string_view name,
                                         const std::vector<ListedStatement>& statements);
[[nodiscard]] std::string statement_list(std::string_view name,
                                         const std::vector<std::string>& statements);

/// The function of a migration that runs such a list, also where only text is asked for (--sql).
extern const std::string_view run_function;

}  // namespace relata::emit::sqlalchemy
