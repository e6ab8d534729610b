#include "diff/spell.h"

#include <array>
#include <string_view>
#include <type_traits>

#include "base/text.h"
#include "dialect/dialect.h"
#include "model/questions.h"

namespace relata::diff {
namespace {

/// How neutral expressions and types are shown; any dialect would do.
const Dialect& display() { return *find_dialect("postgres"); }

void add(std::string& text, std::string_view word, const std::optional<std::string>& value) {
  if (value) text += (text.empty() ? "" : " ") + std::string(word) + " " + *value;
}

}  // namespace

std::string spelled(const Expression& expression) {
  if (expression.operation == Operation::sql) {
    return expression.canonical.empty() ? expression.text : expression.canonical;
  }
  return display().expression(expression);
}

std::string spelled(const std::optional<Expression>& expression) {
  return expression ? spelled(*expression) : std::string();
}

std::string spelled(const Type& type) {
  return type.spelling.empty() ? display().type_name(type) : type.spelling;
}

std::string spelled(const QualifiedName& name) { return plain_name(name); }

std::string spelled(ReferentialAction action) {
  return action == ReferentialAction::no_action ? std::string() : to_lower(action_words(action));
}

std::string spelled(PolicyCommand command) {
  static constexpr std::array words{"all", "select", "insert", "update", "delete"};
  return words[static_cast<std::size_t>(command)];
}

std::string spelled(const SequenceOptions& options) {
  std::string text;
  add(text, "start", options.start);
  add(text, "increment", options.increment);
  add(text, "minimum", options.minimum);
  add(text, "maximum", options.maximum);
  add(text, "cache", options.cache);
  if (options.cycle) text += (text.empty() ? "" : " ") + std::string("cycle");
  return text;
}

std::string spelled(const Identity& identity) {
  std::string text = identity.always ? "always" : "by default";
  if (!identity.automatic) text = "row id";
  if (!identity.sequence.empty()) text += ", sequence " + identity.sequence;
  const std::string options = spelled(identity.options);
  return options.empty() ? text : text + ", " + options;
}

std::string spelled(const std::vector<IndexPart>& parts) {
  std::vector<std::string> all;
  for (const IndexPart& part : parts) {
    std::string text = spelled(part.expression);
    if (part.prefix_length > 0) text += "(" + std::to_string(part.prefix_length) + ")";
    if (!part.collation.empty()) text += " collate " + part.collation;
    if (!part.operator_class.empty()) text += " " + part.operator_class;
    if (part.descending) text += " desc";
    if (part.nulls_first) text += *part.nulls_first ? " nulls first" : " nulls last";
    all.push_back(std::move(text));
  }
  return join(all, ", ");
}

std::string spelled(const TriggerPurpose& purpose) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Purpose = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Purpose, TriggerBody>) {
          return value.canonical.empty() ? value.sql : value.canonical;
        } else if constexpr (std::is_same_v<Purpose, TouchUpdatedAt>) {
          return "sets " + value.column;
        } else if constexpr (std::is_same_v<Purpose, BumpVersion>) {
          return "counts " + value.column;
        } else if constexpr (std::is_same_v<Purpose, WriteAudit>) {
          return "writes " + join(value.columns, ", ") + " to " + value.log_table;
        } else if constexpr (std::is_same_v<Purpose, WriteHistory>) {
          return "keeps " + join(value.columns, ", ") + " in " + value.history_table;
        } else {
          return "append only";
        }
      },
      purpose);
}

}  // namespace relata::diff
