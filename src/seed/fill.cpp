#include "seed/fill.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "dialect/dialect.h"
#include "model/questions.h"
#include "seed/engine.h"
#include "seed/values.h"

namespace relata::seed {
namespace {

/// Counts of rows are multiples or divisors of this.
constexpr std::uint64_t unit = 1000;
constexpr std::uint64_t endless = 1'000'000'000'000'000;

/// The most rows, not more than `most`, that fit the units.
std::uint64_t rounded(std::uint64_t most) {
  if (most >= unit) return most - most % unit;
  for (std::uint64_t count = most; count > 0; --count) {
    if (unit % count == 0) return count;
  }
  return 0;
}

void collect_columns(const Expression& expression, std::set<std::string>& columns) {
  if (expression.operation == Operation::column) columns.insert(expression.text);
  for (const Expression& argument : expression.arguments) collect_columns(argument, columns);
}

/// The columns of every key whose values differ from row to row.
std::vector<std::set<std::string>> unique_keys(const Table& table) {
  std::vector<std::set<std::string>> keys;
  if (table.primary_key) {
    keys.emplace_back(table.primary_key->columns.begin(), table.primary_key->columns.end());
  }
  for (const Unique& unique : table.uniques) {
    keys.emplace_back(unique.columns.begin(), unique.columns.end());
  }
  for (const Index& index : table.indexes) {
    if (!index.unique) continue;
    std::set<std::string> columns;
    for (const IndexPart& part : index.parts) collect_columns(part.expression, columns);
    if (!columns.empty()) keys.push_back(std::move(columns));
  }
  return keys;
}

/// The literals in the first parentheses of a partition's bound: what it takes, or where it begins.
std::vector<std::string> bound_literals(std::string_view bound) {
  const std::size_t open = bound.find('(');
  const std::size_t close = bound.find(')', open);
  std::vector<std::string> literals;
  if (open == std::string_view::npos || close == std::string_view::npos) return literals;
  for (const std::string_view part : split(bound.substr(open + 1, close - open - 1), ',')) {
    const std::string literal(trim(part));
    if (literal.starts_with('\'') || (!literal.empty() && is_ascii_digit(literal[0]))) {
      literals.push_back(literal);
    }
  }
  return literals;
}

class Filler {
 public:
  Filler(const Schema& schema, const FillOptions& options)
      : schema_(schema), options_(options), engine_(seed_engine(schema.dialect)) {
    for (const Table& table : schema.tables) tables_.emplace(name_of(table), &table);
    for (const Domain& domain : schema.domains) domains_.emplace(spelling_of(domain), &domain);
    for (const Table& table : schema.tables) note_partition(table);
  }

  std::vector<TableFill> run() {
    for (const Table& table : schema_.tables) rows_of(table);
    std::vector<TableFill> fills;
    for (const Table* table : order_) fills.push_back(fill_of(*table));
    return fills;
  }

 private:
  static std::string spelling_of(const Domain& domain) {
    const Dialect& dialect = *find_dialect("postgres");
    const std::string name = dialect.identifier(domain.name);
    return domain.schema.empty() ? name : dialect.identifier(domain.schema) + "." + name;
  }

  /// Rows go into the partitioned table, where they must fit one of its partitions.
  void note_partition(const Table& table) {
    if (!table.partition_of) return;
    const auto parent = tables_.find(table.partition_of->parent);
    if (parent == tables_.end() || !parent->second->partitioning) return;
    const Partitioning& partitioning = *parent->second->partitioning;
    if (partitioning.parts.size() != 1 || partitioning.strategy == "hash") return;
    std::vector<std::string> literals = bound_literals(table.partition_of->bound.text);
    if (partitioning.strategy == "range" && literals.size() > 1) literals.resize(1);
    std::vector<std::string>& all = partition_values_[parent->first];
    all.insert(all.end(), literals.begin(), literals.end());
  }

  /// Why a table gets no rows of its own; empty: it does.
  static std::string set_aside(const Table& table) {
    if (table.partition_of) return "its rows are those of the table that it is a partition of";
    if (!table.server.empty()) return "it is a foreign table";
    return {};
  }

  const Table* parent_of(const ForeignKey& key) const {
    const auto found = tables_.find({key.table_schema, key.table});
    return found == tables_.end() ? nullptr : found->second;
  }

  std::uint64_t rows_of(const Table& table) {
    const auto [entry, fresh] = rows_.emplace(&table, wanted_rows(table));
    // Second: a circle of foreign keys, in which the count that is wanted will do.
    if (!fresh) return entry->second;
    std::uint64_t most = set_aside(table).empty() ? entry->second : 0;
    for (const ForeignKey& key : table.foreign_keys) {
      const Table* parent = parent_of(key);
      if (parent == nullptr || parent == &table) continue;
      if (rows_of(*parent) > 0) continue;
      if (is_demanded(table, key)) {
        most = 0;
        refused_.emplace(&table, "the table '" + parent->name + "', which it refers to, has none");
      }
    }
    for (const Column& column : table.columns) {
      if (may_be_absent(column) || key_for(table, column) != nullptr) continue;
      if (!own_values(table, column).expression.empty() && !is_left_out(table, column)) continue;
      most = 0;
      refused_.emplace(&table, "nothing is known that its column '" + column.name + "' could hold");
    }
    for (const auto& columns : unique_keys(table)) most = std::min(most, period_of(table, columns));
    rows_[&table] = rounded(most);
    order_.push_back(&table);
    return rows_[&table];
  }

  std::uint64_t wanted_rows(const Table& table) const {
    const auto found = options_.rows.find(name_of(table));
    const std::uint64_t wanted = found == options_.rows.end() ? options_.other_rows : found->second;
    return wanted <= unit ? rounded(wanted) : (wanted + unit - 1) / unit * unit;
  }

  static bool may_be_absent(const Column& column) {
    return column.nullable || column.default_value || column.identity || column.generated;
  }

  static bool is_demanded(const Table& table, const ForeignKey& key) {
    return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
      const Column* column = table.find_column(name);
      return column != nullptr && !column->nullable;
    });
  }

  /// After how many rows a key's values would come again.
  std::uint64_t period_of(const Table& table, const std::set<std::string>& columns) {
    std::uint64_t period = 1;
    for (const std::string& name : columns) {
      const Column* column = table.find_column(name);
      if (column == nullptr) continue;
      const std::uint64_t own = period_of(table, *column);
      if (own == 0) return endless;
      period = std::min(std::lcm(period, own), endless);
    }
    return period;
  }

  std::uint64_t period_of(const Table& table, const Column& column) {
    if (is_left_out(table, column)) return column.nullable ? 0 : 1;
    if (const ForeignKey* key = key_for(table, column)) {
      const Table* parent = parent_of(*key);
      return parent == &table ? 0 : std::max<std::uint64_t>(rows_of(*parent), 1);
    }
    return own_values(table, column).period;
  }

  bool is_left_out(const Table& table, const Column& column) const {
    return options_.left_out.contains({name_of(table), column.name});
  }

  /// The foreign key that says what a column holds: one to another table rather than to its own.
  const ForeignKey* key_for(const Table& table, const Column& column) const {
    const ForeignKey* own = nullptr;
    for (const ForeignKey& key : table.foreign_keys) {
      if (std::find(key.columns.begin(), key.columns.end(), column.name) == key.columns.end()) {
        continue;
      }
      const Table* parent = parent_of(key);
      if (parent == nullptr) continue;
      if (parent != &table) return &key;
      own = &key;
    }
    return own;
  }

  Values own_values(const Table& table, const Column& column) const {
    Wanted wanted{column.type, {}, is_in_key(table, column.name), {}};
    if (const auto domain = domains_.find(column.type.spelling); domain != domains_.end()) {
      narrow(wanted.limits, domain->second->checks, "VALUE");
      wanted.base = domain->second->type.spelling;
    }
    narrow(wanted.limits, table.checks, column.name);
    if (const auto found = partition_values_.find(name_of(table));
        found != partition_values_.end() && !found->second.empty() &&
        is_partition_key(table, column.name)) {
      for (const std::string& literal : found->second) {
        wanted.limits.values.push_back(expression::leaf(
            literal.starts_with('\'') ? Operation::string : Operation::number,
            std::string(literal.starts_with('\'') ? literal.substr(1, literal.size() - 2)
                                                  : literal)));
      }
    }
    return engine_.values(wanted);
  }

  static bool is_partition_key(const Table& table, std::string_view column) {
    std::set<std::string> columns;
    collect_columns(table.partitioning->parts.front().expression, columns);
    return columns.contains(std::string(column));
  }

  static bool is_in_key(const Table& table, const std::string& column) {
    const auto keys = unique_keys(table);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::set<std::string>& key) { return key.contains(column); });
  }

  /// A key that names no columns refers to the primary key, as SQLite has it.
  static const Column* referenced_column(const ForeignKey& key, const Table& parent,
                                         std::size_t place) {
    static const std::vector<std::string> none;
    const std::vector<std::string>& primary =
        parent.primary_key ? parent.primary_key->columns : none;
    const std::vector<std::string>& columns = key.referenced.empty() ? primary : key.referenced;
    return place < columns.size() ? parent.find_column(columns[place]) : nullptr;
  }

  /// The column's value in the row of that number; empty: NULL or the default.
  std::string value(const Table& table, const Column& column, const std::string& number,
                    int depth = 0) {
    if (is_left_out(table, column)) return {};
    constexpr int deepest = 20;
    const ForeignKey* key = depth < deepest ? key_for(table, column) : nullptr;
    if (key == nullptr) {
      return replace_all(own_values(table, column).expression, row_number, number);
    }
    const Table& parent = *parent_of(*key);
    const auto place = static_cast<std::size_t>(
        std::find(key->columns.begin(), key->columns.end(), column.name) - key->columns.begin());
    const Column* referenced = referenced_column(*key, parent, place);
    if (referenced == nullptr || rows_of(parent) == 0) return {};
    if (&parent != &table) {
      return value(parent, *referenced,
                   "((" + number + " - 1) % " + std::to_string(rows_of(parent)) + " + 1)",
                   depth + 1);
    }
    if (referenced == &column) return own_values(table, column).expression;
    if (!column.nullable) return value(table, *referenced, number, depth + 1);
    const std::string one_unit = std::to_string(unit);
    return "CASE WHEN " + number + " > " + one_unit + " THEN " +
           value(table, *referenced,
                 "((" + number + " - " + one_unit + " - 1) % " + std::to_string(rows_of(table)) +
                     " + 1)",
                 depth + 1) +
           " END";
  }

  TableFill fill_of(const Table& table) {
    TableFill fill;
    fill.dialect = engine_.dialect;
    fill.table = &table;
    fill.rows = rows_[&table];
    fill.refused = set_aside(table);
    if (const auto found = refused_.find(&table); found != refused_.end()) {
      fill.refused = found->second;
    }
    for (const Column& column : table.columns) {
      if (column.generated) continue;
      std::string expression = value(table, column, std::string(row_number));
      if (expression.empty()) continue;
      fill.columns.push_back(column.name);
      fill.values.push_back(std::move(expression));
    }
    if (!fill.refused.empty()) fill.rows = 0;
    return fill;
  }

  const Schema& schema_;
  const FillOptions& options_;
  const SeedEngine& engine_;
  std::map<QualifiedName, const Table*> tables_;
  std::map<std::string, const Domain*> domains_;
  std::map<QualifiedName, std::vector<std::string>> partition_values_;
  std::map<const Table*, std::uint64_t> rows_;
  std::map<const Table*, std::string> refused_;
  std::vector<const Table*> order_;
};

}  // namespace

std::vector<TableFill> fill_rows(const Schema& schema, const FillOptions& options) {
  return Filler(schema, options).run();
}

std::string insert_statement(const TableFill& fill, std::uint64_t first, std::uint64_t last) {
  const SeedEngine& engine = seed_engine(fill.dialect);
  const Dialect& dialect = *find_dialect(engine.dialect);
  std::vector<std::string> columns;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < fill.columns.size(); ++i) {
    columns.push_back(dialect.identifier(fill.columns[i]));
    values.push_back(replace_all(fill.values[i], row_number, "relata_row"));
  }
  std::string table = dialect.identifier(fill.table->name);
  if (!fill.table->schema.empty()) table = dialect.identifier(fill.table->schema) + "." + table;
  const std::string target =
      columns.empty() ? table
                      : table + " (" + join(columns, ", ") + ")" + std::string(engine.overriding);
  return "INSERT INTO " + target + " SELECT " + join(values, ", ") + " FROM " +
         engine.rows(first, last);
}

std::string value_in_row(const TableFill& fill, std::string_view column, std::uint64_t row) {
  for (std::size_t i = 0; i < fill.columns.size(); ++i) {
    if (fill.columns[i] == column)
      return replace_all(fill.values[i], row_number, std::to_string(row));
  }
  return {};
}

}  // namespace relata::seed
