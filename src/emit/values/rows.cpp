#include "emit/values/rows.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "emit/values/view_sources.h"

namespace relata::emit {
namespace {

/// Gives names that are not taken yet.
class Names {
 public:
  void take(const std::string& name) { taken_.insert(name); }
  [[nodiscard]] std::string fresh(const std::string& wanted) {
    std::string name = wanted;
    for (int number = 2; !taken_.insert(name).second; ++number) {
      name = wanted + std::to_string(number);
    }
    return name;
  }

 private:
  std::unordered_set<std::string> taken_;
};

/// "TASK_STATUSES" or "taskStatuses" for "TaskStatus".
std::string constant_of(const std::string& type, const Language& language) {
  const std::string snake = plural_of(snake_case(type));
  return language.snake_members ? to_upper(snake) : relata::camel_case(snake);
}

class RowReader {
 public:
  RowReader(const TargetInput& input, const Language& language, std::string_view target)
      : schema_(input.native),
        language_(language),
        target_(target),
        design_(input.schema.dialect.empty() ? &input.schema : nullptr),
        design_tables_(input.schema),
        reader_(input, language.id == typescript().id),
        names_(code_names(input.native, language, target)) {}

  RowTypes read() {
    reserve_names();
    read_enumerations();
    for (std::size_t i = 0; i < schema_.tables.size(); ++i) {
      if (!schema_.tables[i].partition_of) read_table(schema_.tables[i], names_.tables[i]);
    }
    for (std::size_t i = 0; i < schema_.views.size(); ++i) {
      read_view(schema_.views[i], names_.views[i]);
    }
    return std::move(result_);
  }

 private:
  /// What the tables, views and enumerations are called comes first; what follows from them must
  /// not take it.
  void reserve_names() {
    for (const TableNames& table : names_.tables) {
      taken_.take(table.entity);
      taken_.take(table.collection);
    }
    for (const TableNames& view : names_.views) {
      taken_.take(view.entity);
      taken_.take(view.collection);
    }
    for (const std::string& name : names_.enumerations) taken_.take(name);
  }

  void read_enumerations() {
    for (std::size_t i = 0; i < schema_.enumerations.size(); ++i) {
      const Enumeration& enumeration = schema_.enumerations[i];
      const std::string& type = names_.enumerations[i];
      enumerations_.emplace(enumeration.schema + "." + enumeration.name,
                            result_.closed_sets.size());
      result_.closed_sets.push_back({type, taken_.fresh(constant_of(type, language_)),
                                     enumeration.values, enumeration.comment});
    }
  }

  void read_table(const Table& table, const TableNames& names) {
    RowType row;
    row.row = names.entity;
    row.inserted = taken_.fresh("New" + names.entity);
    row.changed = taken_.fresh(names.entity + "Patch");
    row.table = &table;
    if (design_ != nullptr) {
      const std::size_t place = design_tables_.table(table.schema, table.name);
      if (place != SchemaIndex::npos) row.meant = &design_->tables[place];
    }
    row.columns.reserve(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      row.places.emplace(table.columns[i].name, i);
      row.columns.push_back(read_column(table, table.columns[i], names.members[i]));
      read_closed_set(names.entity, row.columns.back());
    }
    rows_by_table_.emplace(table.schema + '\0' + table.name, result_.rows.size());
    result_.rows.push_back(std::move(row));
  }

  void read_view(const View& view, const TableNames& names) {
    ViewRowType result{names.entity, &view, names.members, {}};
    result.columns.resize(names.members.size());
    const ViewSources sources = view_sources(view);
    for (std::size_t i = 0; i < sources.columns.size(); ++i) {
      if (!sources.columns[i]) continue;
      const ViewSource& source = *sources.columns[i];
      const auto row = rows_by_table_.find(source.table.schema + '\0' + source.table.name);
      if (row == rows_by_table_.end()) continue;
      const RowType& shown = result_.rows[row->second];
      const auto place = shown.places.find(source.column);
      if (place == shown.places.end()) continue;
      result.columns[i] = shown.columns[place->second];
      result.columns[i].member = names.members[i];
      result.columns[i].nullable |= sources.outer;
    }
    result_.views.push_back(std::move(result));
  }

  [[nodiscard]] RowColumn read_column(const Table& table, const Column& column,
                                      const std::string& member) const {
    RowColumn result;
    result.column = &column;
    result.member = member;
    result.value = reader_.of(table, column);
    result.nullable = column.nullable && !result.value.domain_not_null && !column.identity;
    const bool domain_default =
        std::any_of(result.value.domains.begin(), result.value.domains.end(),
                    [](const Domain* domain) { return domain->default_value.has_value(); });
    result.may_be_left_out = result.nullable || column.default_value || column.identity ||
                             column.generated || domain_default;
    result.read_only = is_read_only(column);
    if (!schema_.code.empty()) {
      const std::string wished = code_type(schema_, language_, target_, table, column.name);
      constexpr std::string_view word = " from ";
      const std::size_t from = wished.rfind(word);
      result.wished_type = trim(wished.substr(0, from));
      if (from != std::string::npos) result.wished_from = trim(wished.substr(from + word.size()));
    }
    return result;
  }

  void read_closed_set(const std::string& entity, RowColumn& column) {
    const Value& value = column.value;
    if (value.choices.empty()) return;
    const std::string key = value.enumeration.schema + "." + value.enumeration.name;
    if (const auto found = enumerations_.find(key); found != enumerations_.end()) {
      column.closed_set = found->second;
      return;
    }
    const std::string type = taken_.fresh(entity + relata::pascal_case(column.member));
    column.closed_set = result_.closed_sets.size();
    result_.closed_sets.push_back(
        {type, taken_.fresh(constant_of(type, language_)), value.choices, {}});
  }

  const Schema& schema_;
  const Language& language_;
  std::string_view target_;
  const Schema* design_;
  SchemaIndex design_tables_;
  ValueReader reader_;
  CodeNames names_;
  Names taken_;
  std::unordered_map<std::string, std::size_t> enumerations_;
  std::unordered_map<std::string, std::size_t> rows_by_table_;
  RowTypes result_;
};

}  // namespace

RowTypes row_types(const TargetInput& input, const Language& language, std::string_view target) {
  return RowReader(input, language, target).read();
}

std::string imported_name(const std::string& type) {
  return type.substr(0, type.find_first_of("<[ |&.("));
}

std::map<std::string, std::set<std::string>> wished_imports(const RowTypes& rows) {
  std::map<std::string, std::set<std::string>> imports;
  for (const RowType& row : rows.rows) {
    for (const RowColumn& column : row.columns) {
      if (column.wished_from.empty()) continue;
      imports[column.wished_from].insert(imported_name(column.wished_type));
    }
  }
  return imports;
}

Absent absent_value(const RowColumn& column) {
  if (column.column->identity || column.column->generated) return Absent::unknown;
  if (!column.column->default_value) {
    const bool from_domain =
        std::any_of(column.value.domains.begin(), column.value.domains.end(),
                    [](const Domain* domain) { return domain->default_value.has_value(); });
    return from_domain || !column.nullable ? Absent::unknown : Absent::null;
  }
  const Expression* neutral = meaning(*column.column->default_value);
  if (neutral == nullptr) return Absent::unknown;
  switch (neutral->operation) {
    case Operation::null:
      return Absent::null;
    case Operation::string:
    case Operation::number:
    case Operation::boolean:
      return Absent::constant;
    default:
      return Absent::unknown;
  }
}

}  // namespace relata::emit
