#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {
namespace {

void note(PlannedTable& planned, std::string what) {
  planned.database_only.push_back(std::move(what));
}

/// lower(name): a call, which needs no parentheses in an index.
bool is_call(std::string_view query) {
  const std::size_t open = query.find('(');
  if (open == 0 || open == std::string_view::npos || !query.ends_with(')')) return false;
  const std::string_view name = query.substr(0, open);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.';
  });
  int depth = 0;
  for (std::size_t i = open; i < query.size(); ++i) {
    if (query[i] == '\'' || query[i] == '"') return false;
    if (query[i] == '(') ++depth;
    if (query[i] == ')' && --depth == 0) return plain && i + 1 == query.size();
  }
  return false;
}

std::string in_index(std::string_view query) {
  const bool wrapped = query.starts_with('(') && query.ends_with(')');
  return is_call(query) || wrapped ? std::string(query) : "(" + std::string(query) + ")";
}

/// The part in SQL, with all that belongs to it.
std::string part_query(const Plan& plan, const IndexPart& part) {
  const Dialect& dialect = plan.input->dialect;
  std::string query = dialect.expression(part.expression);
  if (part.expression.operation != Operation::column) query = in_index(query);
  if (part.prefix_length > 0) query += "(" + std::to_string(part.prefix_length) + ")";
  if (!part.collation.empty()) query += " COLLATE " + dialect.identifier(part.collation);
  if (!part.operator_class.empty()) query += " " + part.operator_class;
  if (part.descending) query += " DESC";
  if (part.nulls_first) query += *part.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return query;
}

/// Whether the part is a column and what Drizzle can say of one.
bool is_plain(const Plan& plan, const IndexPart& part) {
  if (part.expression.operation != Operation::column) return false;
  const bool bare = part.prefix_length == 0 && part.collation.empty();
  if (plan.flavor->dialect != "postgres") return bare && !part.descending;
  // It leaves the order out where there is an operator class.
  const bool ordered = part.descending || part.nulls_first;
  return bare && (part.operator_class.empty() || !ordered);
}

PlannedIndexPart planned_part(const Plan& plan, const IndexPart& part) {
  PlannedIndexPart said;
  if (!is_plain(plan, part)) {
    said.text = part_query(plan, part);
    said.is_expression = true;
    return said;
  }
  said.text = part.expression.text;
  said.ascending = !part.descending;
  said.nulls_first = part.nulls_first.value_or(part.descending);
  said.operator_class = part.operator_class;
  return said;
}

/// Whether drizzle-kit can write it again from what it keeps of it.
bool survives(const Plan& plan, const PlannedIndex& index) {
  if (!survives_kit(index.name, ";")) return false;
  for (const PlannedIndexPart& part : index.parts) {
    if (!part.is_expression && !can_be_named(part.text)) return false;
  }
  if (plan.flavor->dialect == "postgres") return true;
  if (!survives_kit(index.where.value_or(""), ";")) return false;
  return std::all_of(index.parts.begin(), index.parts.end(),
                     [](const PlannedIndexPart& part) { return survives_kit(part.text, ",;"); });
}

void note_details(PlannedTable& planned, const Index& index) {
  if (!index.include.empty()) note(planned, index.name + " INCLUDEs " + join(index.include, ", "));
  if (index.nulls_not_distinct) note(planned, index.name + " is NULLS NOT DISTINCT");
  if (index.invisible) note(planned, index.name + " is IGNORED");
  if (index.clustered) note(planned, "the table is CLUSTERed on " + index.name);
}

std::vector<std::pair<std::string, std::string>> storage(const Index& index) {
  std::vector<std::pair<std::string, std::string>> with;
  for (const Option& option : index.options) {
    const bool parameter = option.name != "tablespace" && !option.name.starts_with("statistics") &&
                           std::all_of(option.name.begin(), option.name.end(),
                                       [](char c) { return is_ascii_letter(c) || c == '_'; });
    if (parameter && !option.value.empty()) with.emplace_back(option.name, option.value);
  }
  return with;
}

/// Methods that only MySQL's own statements make.
bool is_special(const Index& index) {
  return index.method == "fulltext" || index.method == "spatial";
}

}  // namespace

void plan_indexes(Plan& plan, PlannedTable& planned) {
  // The server makes the index of a foreign key itself, and drizzle-kit refuses one of that name.
  std::unordered_set<std::string> made_by_keys;
  if (plan.flavor->dialect == "mysql") {
    for (const PlannedForeignKey& key : planned.foreign_keys) made_by_keys.insert(key.name);
  }
  std::unordered_set<std::string> taken;
  for (const PlannedKey& unique : planned.uniques) taken.insert(unique.name);
  for (const Index& index : planned.table->indexes) {
    PlannedIndex said;
    said.name = index.name;
    said.unique = index.unique;
    if (!index.method.empty()) said.method = index.method;
    for (const IndexPart& part : index.parts) said.parts.push_back(planned_part(plan, part));
    if (index.where) said.where = plan.input->dialect.expression(*index.where);
    if (plan.flavor->dialect == "postgres") said.with = storage(index);
    if (made_by_keys.contains(index.name) && !index.unique) continue;
    if (is_unique_constraint(plan, index)) continue;
    if (is_special(index) || !survives(plan, said) || !taken.insert(said.name).second) {
      note(planned, (index.method.empty() ? "index " : index.method + " index ") + index.name);
      continue;
    }
    note_details(planned, index);
    planned.indexes.push_back(std::move(said));
  }
}

}  // namespace relata::emit::drizzle
