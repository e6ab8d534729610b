#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "base/span.h"
#include "design/design.h"
#include "model/schema.h"

namespace relata::cli {

/// What `relata explain` is asked about: a table, or a column of it.
struct Subject {
  std::string table;
  std::string column;  ///< Empty: the table itself.
};

/// Why a table or column is there.
struct Explanation {
  std::string subject;  ///< "tasks.due_date".
  std::string what;     ///< "a column of type date, optional"; empty for a table.
  Origin origin;
  std::vector<design::Assumption> assumptions;  ///< Those that touch it.
  std::vector<design::Question> questions;
};

/// "tasks.due_date" and "Task.dueDate" name a column, "tasks" and "Task" a table.
[[nodiscard]] Subject parse_subject(std::string_view text);
/// The table of that name, or that of the entity of that name.
[[nodiscard]] const Table* find_table_named(const Schema& schema, std::string_view name);
/// Nothing when there is no such table or column.
[[nodiscard]] std::optional<Explanation> explain(const Subject& subject, const Schema& schema,
                                                 const design::Design& design);

/// For a person: the words with a caret, the rule and how sure it is, assumptions and questions.
[[nodiscard]] std::string explanation_text(const Explanation& explanation, const SourceFile& file,
                                           bool colour);

/// "87 %" for 0.87.
[[nodiscard]] std::string percent(double share);

/// Ids of all rules and patterns that can be explained.
[[nodiscard]] std::vector<std::string_view> rule_ids();
/// What a rule or pattern does, in one line; empty for an unknown id.
[[nodiscard]] std::string rule_summary(std::string_view id);
/// What a rule or pattern does and why; empty for an unknown id.
[[nodiscard]] std::string rule_text(std::string_view id);

}  // namespace relata::cli
