#include "migrate/check/fill.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/identifiers.h"
#include "base/text.h"
#include "model/questions.h"

namespace relata::migrate::check {
namespace {

bool is_text(const Type& type) {
  return type.array_dimensions == 0 &&
         (type.kind == TypeKind::text || type.kind == TypeKind::varchar ||
          type.kind == TypeKind::character);
}

int integer_size(const Type& type) {
  static constexpr std::array kinds{TypeKind::small_integer, TypeKind::integer,
                                    TypeKind::big_integer};
  if (type.array_dimensions > 0) return 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] == type.kind) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// A type whose values both take, spelled as the start's.
void take_narrower(Type& type, const Type& target) {
  const std::string spelling = type.spelling;
  const bool both_whole = integer_size(type) > 0 && integer_size(target) > 0;
  if (is_text(type) && is_text(target)) {
    if (target.length > 0 && (type.length == 0 || target.length < type.length)) {
      type.length = target.length;
    }
  } else if (is_text(type) || (both_whole && integer_size(target) < integer_size(type))) {
    type = target;
  } else if (type.kind == TypeKind::enumeration && target.kind == TypeKind::enumeration) {
    std::erase_if(type.values, [&](const std::string& value) {
      return std::find(target.values.begin(), target.values.end(), value) == target.values.end();
    });
  }
  type.spelling = spelling;
}

bool has_columns(const Table& table, const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return table.find_column(column) != nullptr;
  });
}

bool has_columns(const Table& table, const Index& index) {
  return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    return part.expression.operation != Operation::column ||
           table.find_column(part.expression.text) != nullptr;
  });
}

using Tables = std::map<QualifiedName, const Table*>;

void add_demands(Table& table, const Table& target, const Tables& tables) {
  for (Column& column : table.columns) {
    const Column* wanted = target.find_column(column.name);
    if (wanted == nullptr) continue;
    take_narrower(column.type, wanted->type);
    column.nullable = column.nullable && wanted->nullable;
  }
  table.checks.insert(table.checks.end(), target.checks.begin(), target.checks.end());
  if (target.primary_key && has_columns(table, target.primary_key->columns)) {
    Unique key;
    key.columns = target.primary_key->columns;
    table.uniques.push_back(std::move(key));
  }
  for (const Unique& unique : target.uniques) {
    if (has_columns(table, unique.columns)) table.uniques.push_back(unique);
  }
  for (const Index& index : target.indexes) {
    if (index.unique && has_columns(table, index)) table.indexes.push_back(index);
  }
  for (const ForeignKey& key : target.foreign_keys) {
    const auto parent = tables.find({key.table_schema, key.table});
    if (parent == tables.end() || !has_columns(table, key.columns) ||
        !has_columns(*parent->second, key.referenced)) {
      continue;
    }
    const bool known = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                                   [&](const ForeignKey& own) {
                                     return own.columns == key.columns && own.table == key.table;
                                   });
    if (!known) table.foreign_keys.push_back(key);
  }
}

void collect_columns(const Expression& expression, std::set<std::string>& columns) {
  if (expression.operation == Operation::column) columns.insert(expression.text);
  if (expression.operation == Operation::sql) collect_identifiers(expression.text, columns);
  for (const Expression& argument : expression.arguments) collect_columns(argument, columns);
}

/// Fills one table after the other, and leaves out what is refused.
class Filling {
 public:
  Filling(live::Session& session, const CheckEngine& engine, const Schema& schema,
          seed::FillOptions options)
      : session_(session), engine_(engine), schema_(schema), options_(std::move(options)) {
    fills_ = seed::fill_rows(schema_, options_);
  }

  std::vector<seed::TableFill> run(std::vector<FilledTable>& tables) {
    for (const std::string& setting : engine_.before_filling()) (void)session_.run(setting);
    for (std::size_t at = 0; at < fills_.size(); ++at) fill(at, tables);
    for (const std::string& setting : engine_.after_filling()) (void)session_.run(setting);
    return std::move(fills_);
  }

 private:
  void fill(std::size_t at, std::vector<FilledTable>& tables) {
    std::string refused = fills_[at].refused;
    constexpr int attempts = 8;
    for (int attempt = 0; attempt < attempts && fills_[at].rows > 0; ++attempt) {
      const auto done = session_.run(seed::insert_statement(fills_[at], 1, fills_[at].rows));
      if (done) break;
      refused = done.error().message;
      if (attempt + 1 == attempts || !leave_out(*fills_[at].table, refused)) {
        options_.rows[{fills_[at].table->schema, fills_[at].table->name}] = 0;
      }
      fills_ = seed::fill_rows(schema_, options_);
    }
    const seed::TableFill& fill = fills_[at];
    if (fill.table->partition_of) return;  // Its rows were told with the whole table's.
    if (fill.rows > 0) set_sequences(fill);
    tables.push_back({plain_name(*fill.table), fill.rows, fill.rows > 0 ? std::string() : refused});
  }

  /// Leaves out what the refusal speaks of, or else whatever may be left out. Whether there was
  /// anything.
  bool leave_out(const Table& table, const std::string& refusal) {
    for (const Check& check : table.checks) {
      if (check.name.empty() || refusal.find(check.name) == std::string::npos) continue;
      std::set<std::string> columns;
      collect_columns(check.expression, columns);
      // First all but one: a check can demand that exactly one of some is there.
      bool spare = checks_tried_.emplace(&table, check.name).second;
      const auto which = [&](const Column& column) {
        if (!columns.contains(column.name)) return false;
        return !std::exchange(spare, false);
      };
      if (leave_out(table, which)) return true;
    }
    return leave_out(table, [&](const Column& column) {
      return std::none_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                          [&](const ForeignKey& key) {
                            return std::find(key.columns.begin(), key.columns.end(), column.name) !=
                                   key.columns.end();
                          });
    });
  }

  static bool is_in_key(const Table& table, const std::string& column) {
    const auto holds = [&](const std::vector<std::string>& columns) {
      return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    return (table.primary_key && holds(table.primary_key->columns)) ||
           std::any_of(table.uniques.begin(), table.uniques.end(),
                       [&](const Unique& unique) { return holds(unique.columns); });
  }

  template <class Which>
  bool leave_out(const Table& table, const Which& which) {
    bool any = false;
    for (const Column& column : table.columns) {
      // Others may refer to what is in a key.
      const bool may_be = column.nullable || (column.default_value && !column.identity);
      if (!may_be || is_in_key(table, column.name) || !which(column)) continue;
      any = options_.left_out.insert({{table.schema, table.name}, column.name}).second || any;
    }
    return any;
  }

  void set_sequences(const seed::TableFill& fill) {
    const std::string table = engine_.engine().table_name({fill.table->schema, fill.table->name});
    for (const Column& column : fill.table->columns) {
      if (!column.identity && !column.default_value) continue;
      const auto statement = engine_.numbers_go_on(table, column.name);
      if (statement) (void)session_.run(*statement);
    }
  }

  live::Session& session_;
  const CheckEngine& engine_;
  const Schema& schema_;
  seed::FillOptions options_;
  std::set<std::pair<const Table*, std::string>> checks_tried_;
  std::vector<seed::TableFill> fills_;
};

}  // namespace

Schema demands_of_both(const Schema& start, const Schema& target) {
  Schema both = start;
  Tables tables;
  for (const Table& table : start.tables)
    tables.emplace(QualifiedName{table.schema, table.name}, &table);
  Tables targets;
  for (const Table& table : target.tables)
    targets.emplace(QualifiedName{table.schema, table.name}, &table);
  for (Table& table : both.tables) {
    const auto found = targets.find({table.schema, table.name});
    if (found != targets.end()) add_demands(table, *found->second, tables);
  }
  return both;
}

std::vector<QualifiedName> tables_changed(const Plan& plan, const Schema& schema) {
  std::set<std::string> words;
  for (const Step& step : plan.steps) {
    for (const Action* action : {&step.forward, &step.back}) {
      for (const std::string& statement : action->statements) collect_identifiers(statement, words);
    }
  }
  std::vector<QualifiedName> names;
  for (const Table& table : schema.tables) {
    if (words.contains(table.name)) names.push_back({table.schema, table.name});
  }
  return names;
}

std::vector<seed::TableFill> fill_database(live::Session& session, const CheckEngine& engine,
                                           const Schema& schema, seed::FillOptions options,
                                           std::vector<FilledTable>& tables) {
  return Filling(session, engine, schema, std::move(options)).run(tables);
}

}  // namespace relata::migrate::check
