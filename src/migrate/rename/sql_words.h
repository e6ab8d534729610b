#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// A token of SQL of any dialect, as far as names are looked for in it.
struct SqlWord {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool name = false;    ///< A word or a quoted name.
  bool quoted = false;  ///< Then it is no key word.
  std::string value;    ///< The name as the dialect compares it; of anything else its text.
};

/// How a dialect treats names in SQL text, and what of it its server rewrites when a table or a
/// column is renamed.
struct NameRules {
  std::string_view dialect;
  std::vector<SqlWord> (*words)(std::string_view sql);
  std::string (*quoted)(std::string_view name);
  bool ignores_case;
  std::string_view home;  ///< What the default namespace is called when it is written out.
  /// Queries follow: those of views, triggers, rules, policies. Where they do not, only the table
  /// that a trigger is on follows.
  bool queries_follow;
  /// What a query shows is called as before.
  bool shown_names_stay;
  /// InnoDB's own names of foreign keys follow the table's: orders_ibfk_1.
  bool generated_names_follow;
  bool privileges_follow;
  bool has_row_types;  ///< A table's name is a type's as well.
};

/// The rules of the dialect in which a schema was read; null: it has none, so that it holds no SQL.
[[nodiscard]] const NameRules* name_rules(std::string_view dialect);

/// The name as the dialect compares it.
[[nodiscard]] std::string name_key(const NameRules& rules, std::string_view name);

}  // namespace relata::migrate
