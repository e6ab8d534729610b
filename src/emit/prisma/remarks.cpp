#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/prisma/plan.h"
#include "model/questions.h"

namespace relata::emit::prisma7 {
namespace {

template <class Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

template <class Item>
std::vector<std::string> qualified_names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) {
    names.push_back(plain_name(item));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// The columns that a question holds for.
template <class Question>
std::vector<std::string> columns_where(const Table& table, Question question) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (question(column)) names.push_back(column.name);
  }
  return names;
}

std::string sentence(std::string_view kind, const std::vector<std::string>& names) {
  return std::string(kind) + " " + join(names, ", ");
}

}  // namespace

void add_remark(std::string_view kind, const std::vector<std::string>& names, Model& model) {
  if (!names.empty()) model.remarks.push_back(sentence(kind, names));
}

void add_remarks(const Schema& schema, const Types& types, Model& model) {
  const Table& table = *model.table;
  const bool postgres = schema.dialect == "postgres";
  add_remark(
      "identity of",
      columns_where(table,
                    [&](const Column& column) { return postgres && column.identity.has_value(); }),
      model);
  add_remark(
      "generated column",
      columns_where(table, [](const Column& column) { return column.generated.has_value(); }),
      model);
  add_remark("domain of",
             columns_where(table, [&](const Column& column) { return types.is_domain(column); }),
             model);
  add_remark(
      "ON UPDATE of",
      columns_where(table, [](const Column& column) { return column.on_update.has_value(); }),
      model);
  add_remark("collation of",
             columns_where(table, [](const Column& column) { return !column.collation.empty(); }),
             model);
  add_remark(
      "sequence of",
      columns_where(table,
                    [&](const Column& column) {
                      if (!postgres || !column.default_value) return false;
                      const std::string& text = column.default_value->text;
                      const std::string usual =
                          default_name(provider_of(schema), table.name, {column.name}, "seq");
                      return text.starts_with("nextval(") && text.find(usual) == std::string::npos;
                    }),
      model);
  std::vector<std::string> inexact;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!model.types[i].exact) inexact.push_back(table.columns[i].name);
  }
  add_remark("type of", inexact, model);
  // A list is never NULL to Prisma, whatever the column says.
  std::vector<std::string> lists;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (model.types[i].list && !model.nullable[i]) lists.push_back(table.columns[i].name);
  }
  add_remark("NOT NULL of", lists, model);
  add_remark("CHECK", names_of(table.checks), model);
  std::vector<std::string> exclusions = names_of(table.exclusions);
  for (const NoOverlap& period : table.no_overlaps) exclusions.push_back(period.name);
  add_remark("EXCLUDE", exclusions, model);
  add_remark("trigger", names_of(table.triggers), model);
  add_remark("rule", names_of(table.rules), model);
  if (table.row_level_security) model.remarks.emplace_back("row-level security");
  add_remark("policy", names_of(table.policies), model);
  if (table.partitioning) model.remarks.emplace_back("partitioning");
  add_remark("inheritance from", qualified_names_of(table.inherits), model);
}

std::string schema_remark(const Schema& schema, const std::vector<Model>& models) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view kind, const std::vector<std::string>& names) {
    if (!names.empty()) parts.push_back(sentence(kind, names));
  };
  add("extension", names_of(schema.extensions));
  add("domain", qualified_names_of(schema.domains));
  add("composite type", qualified_names_of(schema.composite_types));
  std::vector<Sequence> sequences;
  for (const Sequence& sequence : schema.sequences) {
    if (sequence.owned_by_table.name.empty()) sequences.push_back(sequence);
  }
  add("sequence", qualified_names_of(sequences));
  add("function", qualified_names_of(schema.routines));
  add("view", qualified_names_of(schema.views));
  std::vector<Table> partitions;
  std::vector<Table> foreign;
  for (const Model& model : models) {
    if (model.shown) continue;
    Table table;
    table.schema = model.table->schema;
    table.name = model.table->name;
    (model.table->partition_of ? partitions : foreign).push_back(std::move(table));
  }
  add("partition", qualified_names_of(partitions));
  add("foreign table", qualified_names_of(foreign));
  for (const OtherObject& other : schema.others) {
    if (!other.name.empty()) parts.push_back(other.kind + " " + other.name);
  }
  return join(parts, "; ");
}

}  // namespace relata::emit::prisma7
