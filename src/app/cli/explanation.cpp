#include "app/cli/explanation.h"

#include <algorithm>
#include <cmath>

#include "base/diagnostic.h"
#include "base/text.h"

namespace relata::cli {
namespace {

bool overlaps(const Origin& a, const Origin& b) {
  return a.source == b.source && !a.span.empty() && !b.span.empty() && a.span.begin < b.span.end &&
         b.span.begin < a.span.end;
}

/// Whether a text speaks of the name as a word of its own ("Task" is not in "TaskLabel").
bool mentions(std::string_view text, std::string_view name) {
  const auto part = [&](std::size_t i) {
    return i < text.size() &&
           (is_ascii_letter(text[i]) || is_ascii_digit(text[i]) || text[i] == '_');
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    if (!part(at + name.size()) && (at == 0 || !part(at - 1))) return true;
  }
  return false;
}

/// What an assumption or question has to be about to belong to the subject.
struct Topic {
  Origin origin;
  std::string entity;
  std::string field;  ///< Empty: the entity as a whole.

  [[nodiscard]] bool covers(const Origin& other, std::string_view text) const {
    if (field.empty()) return mentions(text, entity);
    const std::string qualified = entity + "." + field;
    return overlaps(origin, other) || mentions(text, qualified);
  }
};

std::string type_words(const Type& type) {
  static constexpr const char* names[] = {"text",
                                          "varchar",
                                          "character",
                                          "small integer",
                                          "integer",
                                          "big integer",
                                          "decimal",
                                          "real",
                                          "double precision",
                                          "boolean",
                                          "date",
                                          "time",
                                          "timestamp without time zone",
                                          "timestamp",
                                          "interval",
                                          "uuid",
                                          "json",
                                          "binary",
                                          "network address",
                                          "enumeration",
                                          "native"};
  std::string out = names[static_cast<std::size_t>(type.kind)];
  if (type.length > 0) out += " of " + std::to_string(type.length);
  if (type.kind == TypeKind::native) out = type.name;
  return out;
}

std::string column_words(const Table& table, const Column& column) {
  std::string out = "a column of type " + type_words(column.type) +
                    (column.nullable ? ", optional" : ", required");
  for (const ForeignKey& key : table.foreign_keys) {
    if (std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end())
      out += ", a reference to " + key.table;
  }
  return out;
}

}  // namespace

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
}

Subject parse_subject(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

const Table* find_table_named(const Schema& schema, std::string_view name) {
  if (const Table* table = schema.find_table(name)) return table;
  for (const Table& table : schema.tables) {
    if (!table.intent.entity.empty() && table.intent.entity == pascal_case(name)) return &table;
  }
  return nullptr;
}

std::optional<Explanation> explain(const Subject& subject, const Schema& schema,
                                   const design::Design& design) {
  const Table* table = find_table_named(schema, subject.table);
  if (table == nullptr) return std::nullopt;
  Explanation explanation;
  explanation.subject = table->name;
  explanation.origin = table->origin;
  Topic topic{table->origin, table->intent.entity, {}};
  if (!subject.column.empty()) {
    const Column* column = table->find_column(subject.column);
    if (column == nullptr) column = table->find_column(snake_case(subject.column));
    if (column == nullptr) return std::nullopt;
    explanation.subject += "." + column->name;
    explanation.what = column_words(*table, *column);
    explanation.origin = column->origin;
    topic = {column->origin, table->intent.entity, column->name};
  }
  for (const design::Assumption& assumption : design.assumptions) {
    if (topic.covers(assumption.origin, assumption.decided + " " + assumption.change))
      explanation.assumptions.push_back(assumption);
  }
  for (const design::Question& question : design.questions) {
    if (topic.covers(question.origin, question.text)) explanation.questions.push_back(question);
  }
  return explanation;
}

std::string explanation_text(const Explanation& explanation, const SourceFile& file, bool colour) {
  const Origin& origin = explanation.origin;
  std::string out = colour ? "\x1b[1m" + explanation.subject + "\x1b[0m" : explanation.subject;
  if (!explanation.what.empty()) out += ": " + explanation.what;
  out += "\n";
  if (origin.source == file.name && !origin.span.empty()) {
    const Position at = position_of(file.text, origin.span.begin);
    out += "\n" + file.name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
           ":\n" + excerpt(file.text, origin.span, colour);
  }
  if (!origin.rule.empty()) {
    out += "\n" + origin.rule + " (" + percent(origin.confidence) + " sure" + ")\n";
    const std::string rule = rule_summary(origin.rule);
    if (!rule.empty()) out += "  " + rule + "\n";
  }
  for (const design::Assumption& assumption : explanation.assumptions) {
    out += "\nassumed: " + assumption.decided + "\n";
    if (!assumption.alternative.empty()) out += "  or: " + assumption.alternative + "\n";
    if (!assumption.change.empty())
      out += "  to change it, in design.yaml: " + assumption.change + "\n";
  }
  for (const design::Question& question : explanation.questions) {
    out += "\nopen: " + question.text + "\n";
    if (!question.effect.empty()) out += "  until then: " + question.effect + "\n";
  }
  return out;
}

}  // namespace relata::cli
