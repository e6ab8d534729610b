#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/mysql_plan.h"

namespace relata {
namespace {

// InnoDB, row format DYNAMIC: 3072 bytes of key (MySQL manual, "InnoDB Limits"); utf8mb4 takes four
// bytes a character.
constexpr int key_bytes = 3072;
constexpr int row_bytes = 65535;
constexpr int character_bytes = 4;
constexpr int usual_length = 255;

bool is_unbounded(const Type& type) {
  return type.array_dimensions == 0 &&
         (type.kind == TypeKind::text || type.kind == TypeKind::binary ||
          type.kind == TypeKind::varchar);
}

int bytes_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::uuid:
      return 36 * character_bytes;
    case TypeKind::inet:
    case TypeKind::interval:
      return 64 * character_bytes;
    case TypeKind::character:
      return std::max(type.length, 1) * character_bytes;
    case TypeKind::decimal:
      return 32;
    default:
      return 8;
  }
}

/// Most bytes of the row itself that a column takes.
int row_bytes_of(const Type& type) {
  constexpr int pointer_bytes = 12;  // LONGTEXT, LONGBLOB and JSON hold their values elsewhere.
  constexpr int length_bytes = 3;
  if (type.array_dimensions > 0) return pointer_bytes;
  switch (type.kind) {
    case TypeKind::text:
    case TypeKind::json:
      return pointer_bytes;
    case TypeKind::varchar:
      return std::max(type.length, 1) * character_bytes + length_bytes;
    case TypeKind::binary:
      return type.length > 0 ? type.length + length_bytes : pointer_bytes;
    default:
      return bytes_of(type) + length_bytes;
  }
}

/// Every list of columns that InnoDB keeps an index for.
std::vector<std::vector<std::string>> keys_of(const Table& table) {
  std::vector<std::vector<std::string>> keys;
  if (table.primary_key) keys.push_back(table.primary_key->columns);
  for (const Unique& unique : table.uniques) keys.push_back(unique.columns);
  for (const ForeignKey& key : table.foreign_keys) keys.push_back(key.columns);
  for (const Index& index : table.indexes) {
    std::vector<std::string>& columns = keys.emplace_back();
    for (const IndexPart& part : index.parts) {
      // The beginning of a text fits whatever its length.
      if (part.prefix_length == 0) columns.push_back(part.expression.text);
    }
  }
  return keys;
}

/// Bytes of one unit of the column's length.
int unit_bytes(const Type& type) { return type.kind == TypeKind::binary ? 1 : character_bytes; }

/// Longest text, in its own units, that each column of one key may hold.
std::map<std::string, int> longest_in_key(const Table& table, const std::vector<std::string>& key) {
  int units = 0;
  int wanted = 0;
  int fixed = 0;
  std::vector<const Column*> texts;
  for (const std::string& name : key) {
    const Column* column = table.find_column(name);
    if (column == nullptr) continue;
    if (!is_unbounded(column->type)) {
      fixed += bytes_of(column->type);
      continue;
    }
    texts.push_back(column);
    const int length = column->type.kind != TypeKind::text && column->type.length > 0
                           ? column->type.length
                           : usual_length;
    wanted += length * unit_bytes(column->type);
    units += unit_bytes(column->type);
  }
  std::map<std::string, int> longest;
  for (const Column* column : texts) {
    // All of them where they fit together, else equal shares.
    const int room = key_bytes - fixed;
    longest[column->name] = wanted <= room ? room / unit_bytes(column->type) : room / units;
  }
  return longest;
}

/// A beginning that is as long as the text is the text itself.
void drop_whole_prefixes(Table& table) {
  for (Index& index : table.indexes) {
    for (IndexPart& part : index.parts) {
      if (part.prefix_length == 0) continue;
      const Column* column = table.find_column(part.expression.text);
      if (column != nullptr && column->type.kind != TypeKind::text && column->type.length > 0 &&
          column->type.length <= part.prefix_length) {
        part.prefix_length = 0;
      }
    }
  }
}

void bound_texts(Table& table, DiagnosticSink& sink) {
  std::map<std::string, int> longest;
  for (const std::vector<std::string>& key : keys_of(table)) {
    for (const auto& [name, length] : longest_in_key(table, key)) {
      const auto [entry, fresh] = longest.emplace(name, length);
      if (!fresh) entry->second = std::min(entry->second, length);
    }
  }
  for (Column& column : table.columns) {
    const auto limit = longest.find(column.name);
    if (limit == longest.end() || !is_unbounded(column.type)) continue;
    const bool bounded = column.type.kind != TypeKind::text && column.type.length > 0;
    const int wanted = bounded ? column.type.length : usual_length;
    if (bounded && column.type.length > limit->second) {
      sink.warning("text-shortened",
                   "MySQL can index " + std::to_string(limit->second) + " characters of " +
                       table.name + "." + column.name + ", not " +
                       std::to_string(column.type.length) + "; it holds no more there",
                   column.origin.source, column.origin.span);
    }
    if (column.type.kind == TypeKind::text) column.type.kind = TypeKind::varchar;
    column.type.length = std::min(wanted, limit->second);
  }
  drop_whole_prefixes(table);
}

/// The longest text of the row that is in no key; null when there is none left.
Column* longest_text(Table& table, const std::set<std::string>& keyed) {
  Column* longest = nullptr;
  for (Column& column : table.columns) {
    if (column.type.kind != TypeKind::varchar || keyed.count(column.name) > 0) continue;
    if (longest == nullptr || column.type.length > longest->type.length) longest = &column;
  }
  return longest;
}

/// The columns of a row take 65,535 bytes at most, texts of their own place apart (MySQL manual,
/// "Limits on Table Column Count and Row Size").
void shorten_row(Table& table, DiagnosticSink& sink) {
  int bytes = 0;
  for (const Column& column : table.columns) bytes += row_bytes_of(column.type);
  if (bytes <= row_bytes) return;
  std::set<std::string> keyed;
  for (const std::vector<std::string>& key : keys_of(table)) keyed.insert(key.begin(), key.end());
  std::vector<std::string> moved;
  while (bytes > row_bytes) {
    Column* column = longest_text(table, keyed);
    if (column == nullptr) break;
    bytes -= row_bytes_of(column->type);
    column->type.kind = TypeKind::text;
    column->type.length *= character_bytes;
    bytes += row_bytes_of(column->type);
    moved.push_back(column->name);
  }
  sink.note("row-shortened",
            "a row of MySQL has 65535 bytes at most; these columns of " + table.name +
                " are TEXT there: " + join(moved, ", "),
            table.origin.source, table.origin.span);
}

/// A name that no column of the table has.
std::string free_column(const Table& table, const std::string& wanted,
                        const MysqlDialect& dialect) {
  std::string name = dialect.fit(wanted);
  for (int number = 2; table.find_column(name) != nullptr; ++number) {
    name = dialect.fit(wanted + "_" + std::to_string(number));
  }
  return name;
}

bool is_active_rows(const Table& table, const Expression& condition) {
  return !table.intent.soft_delete_column.empty() && condition.operation == Operation::is_null &&
         condition.arguments.at(0) == expression::column(table.intent.soft_delete_column);
}

/// 1 in the rows that a condition selects, else NULL, which is equal to nothing. Conditions that
/// are alike share a column.
class FlagColumns {
 public:
  FlagColumns(Table& table, const MysqlDialect& dialect) : table_(table), dialect_(dialect) {}

  std::string flag_for(const Expression& condition, const Index& index) {
    for (const auto& [known, name] : flags_) {
      if (known == condition) return name;
    }
    Column column;
    column.name = free_column(
        table_, is_active_rows(table_, condition) ? "is_active" : index.name + "_applies",
        dialect_);
    column.type = simple_type(TypeKind::native);
    column.type.name = "TINYINT";
    column.generated =
        Generated{sql_expression("CASE WHEN " + dialect_.expression(condition) + " THEN 1 END",
                                 dialect_.id()),
                  false};
    column.comment = "1 where " + dialect_.expression(condition) + ", else NULL";
    column.origin = index.origin;
    flags_.emplace_back(condition, column.name);
    table_.columns.push_back(column);
    return column.name;
  }

 private:
  Table& table_;
  const MysqlDialect& dialect_;
  std::vector<std::pair<Expression, std::string>> flags_;
};

Type type_of(const Table& table, const Expression& expression) {
  switch (expression.operation) {
    case Operation::lower:
    case Operation::case_when_null: {
      const Expression& source = expression.arguments.back();
      const Column* column =
          source.operation == Operation::column ? table.find_column(source.text) : nullptr;
      if (column != nullptr) return column->type;
      break;
    }
    case Operation::length_of:
    case Operation::count_set:
      return simple_type(TypeKind::integer);
    default:
      break;
  }
  Type type = simple_type(TypeKind::varchar);
  type.length = usual_length;
  return type;
}

/// MariaDB has no index on an expression, so a generated column holds it on both.
void generate_expressions(Table& table, Index& index, const MysqlDialect& dialect) {
  for (IndexPart& part : index.parts) {
    if (part.expression.operation == Operation::column) continue;
    const auto known =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& column) {
          return column.generated && column.generated->expression == part.expression;
        });
    if (known != table.columns.end()) {
      part.expression = expression::column(known->name);
      continue;
    }
    std::string wanted = index.name + "_key";
    if (part.expression.operation == Operation::lower &&
        part.expression.arguments.at(0).operation == Operation::column) {
      wanted = part.expression.arguments[0].text + "_lower";
    }
    Column column;
    column.name = free_column(table, wanted, dialect);
    column.type = type_of(table, part.expression);
    column.generated = Generated{part.expression, false};
    column.origin = index.origin;
    part.expression = expression::column(column.name);
    table.columns.push_back(std::move(column));
  }
}

bool holds_json(const Table& table, const Index& index) {
  return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    const Column* column = table.find_column(part.expression.text);
    return column != nullptr &&
           (column->type.kind == TypeKind::json || column->type.array_dimensions > 0);
  });
}

void drop_json_indexes(Table& table, DiagnosticSink& sink) {
  std::vector<Index> kept;
  for (Index& index : table.indexes) {
    if (!holds_json(table, index)) {
      kept.push_back(std::move(index));
      continue;
    }
    sink.note("index-not-available",
              "MySQL cannot index JSON; " + index.name + " of " + table.name + " is left out",
              index.origin.source, index.origin.span);
  }
  table.indexes = std::move(kept);
}

/// MySQL accepts no CHECK on a column that numbers the rows.
void drop_identity_checks(Table& table, const MysqlDialect& dialect, DiagnosticSink& sink) {
  for (const Column& column : table.columns) {
    if (!column.identity) continue;
    std::vector<Check> kept;
    for (Check& check : table.checks) {
      if (!mentions(check.expression, column.name, dialect)) {
        kept.push_back(std::move(check));
        continue;
      }
      sink.warning("check-not-available",
                   "MySQL allows no check on " + table.name + "." + column.name +
                       ", which numbers the rows; " + check.name + " is left out",
                   check.origin.source, check.origin.span);
    }
    table.checks = std::move(kept);
  }
}

}  // namespace

void bound_mysql_indexes(Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    FlagColumns flags(table, dialect);
    for (Index& index : table.indexes) {
      if (index.where) {
        if (index.unique) {
          index.parts.push_back(
              {expression::column(flags.flag_for(*index.where, index)), false, {}});
        } else {
          sink.note("partial-index-not-available",
                    "MySQL has no partial indexes; " + index.name + " of " + table.name +
                        " holds every row",
                    index.origin.source, index.origin.span);
        }
        index.where.reset();
      }
      generate_expressions(table, index, dialect);
    }
    drop_json_indexes(table, sink);
    bound_texts(table, sink);
    shorten_row(table, sink);
  }
}

Schema plan_for_mysql(const Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink) {
  Schema plan = schema;
  drop_foreign_sql(plan, dialect, sink);
  drop_dangling_keys(plan, sink);
  report_missing_policies(plan, dialect, sink);
  replace_native_types(plan, dialect, sink);
  simplify_indexes(plan, dialect, sink);
  drop_session_defaults(plan, dialect, sink);
  for (Table& table : plan.tables) {
    table.schema.clear();
    drop_identity_checks(table, dialect, sink);
  }
  fit_names(plan, dialect);
  bound_mysql_indexes(plan, dialect, sink);
  sort_tables(plan);
  replace_mysql_key_actions(plan, dialect, sink);
  write_mysql_triggers(plan, dialect);
  return plan;
}

}  // namespace relata
