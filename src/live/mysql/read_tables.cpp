#include <array>
#include <optional>

#include "base/text.h"
#include "live/mysql/catalog.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/tokens.h"
#include "syntax/mysql/types.h"

namespace relata::live::mysql {

using syntax::mysql::Token;
using syntax::mysql::TokenKind;

namespace {

/// information_schema.TABLES.CREATE_OPTIONS: "row_format=COMPACT `PAGE_COMPRESSED`='1'
/// partitioned".
std::vector<Option> create_options(std::string_view text) {
  std::vector<Option> options;
  const std::vector<Token> tokens = syntax::mysql::tokenize(text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!syntax::mysql::is_symbol(tokens[i + 1], "=")) continue;
    const Token& value = tokens[i + 2];
    options.push_back({to_upper(syntax::mysql::identifier_value(tokens[i])),
                       value.kind == TokenKind::string ? syntax::mysql::string_value(value.text)
                                                       : to_upper(value.text)});
    i += 2;
  }
  return options;
}

/// The words of information_schema.COLUMNS.EXTRA.
struct Extra {
  bool numbered = false;
  bool stored = false;
  bool invisible = false;
  bool expression_default = false;  ///< MySQL: the default is SQL, not a value.
  bool unversioned = false;
  std::string on_update;
};

Extra read_extra(std::string_view text) {
  const std::string lower = to_lower(text);
  const auto has = [&](std::string_view words) { return lower.find(words) != std::string::npos; };
  Extra extra;
  extra.numbered = has("auto_increment");
  extra.stored = has("stored generated") || has("persistent");
  extra.invisible = has("invisible");
  extra.expression_default = has("default_generated");
  extra.unversioned = has("without system versioning");
  constexpr std::string_view update = "on update ";
  if (const std::size_t place = lower.find(update); place != std::string::npos) {
    const std::size_t begin = place + update.size();
    const std::size_t end = lower.find_first_of(" ,", begin);
    extra.on_update = lower.substr(begin, end == std::string::npos ? end : end - begin);
  }
  return extra;
}

/// MySQL shows the value itself, whatever its type.
std::string value_as_sql(const std::string& value, const Type& type) {
  const bool digits = syntax::mysql::is_numeric(type);
  const bool bytes = value.starts_with("0x") || value.starts_with("b'");
  if (digits || (bytes && !syntax::mysql::has_character_set(type))) return value;
  return quoted_text(value);
}

std::optional<Expression> default_of(const Row& row, const Column& column, const Extra& extra,
                                     const Server& server) {
  constexpr std::size_t value = 4;
  if (row.is_null(value)) return {};
  if (server.mariadb) {
    if (row.view(value) == "NULL") return {};
    return sql_expression(without_database(row.view(value), server.database));
  }
  if (!extra.expression_default) return sql_expression(value_as_sql(row.text(value), column.type));
  const std::string text = without_escapes(row.view(value));
  const bool moment = to_lower(text).starts_with("current_timestamp");
  return sql_expression(moment ? text : "(" + text + ")");
}

/// "varchar(100) /*M!100301 COMPRESSED*/" without its comment, which is an attribute.
std::string column_type_text(std::string_view text, Column& column) {
  const std::size_t comment = text.find("/*");
  if (comment == std::string_view::npos) return std::string(text);
  if (text.find("COMPRESSED", comment) != std::string_view::npos) {
    column.options.push_back({"COMPRESSED", {}});
  }
  return std::string(trim(text.substr(0, comment)));
}

/// Whether partitions have the names that the server gives by itself: p0, p1 ...
bool has_plain_names(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != "p" + std::to_string(i)) return false;
  }
  return true;
}

struct Partition {
  std::string name;
  std::string description;
  bool described = false;
  std::string comment;
  std::vector<std::string> subpartitions;
};

/// What the rows of one table say, in their order.
struct PartitionedTable {
  std::string table;
  std::string method;
  std::string expression;
  std::string submethod;
  std::string subexpression;
  std::vector<Partition> partitions;
};

bool is_listed(std::string_view method) {
  return method.starts_with("RANGE") || method.starts_with("LIST") || method == "SYSTEM_TIME";
}

std::string values_of(const PartitionedTable& table, const Partition& partition, bool last) {
  if (table.method == "SYSTEM_TIME") return last ? " CURRENT" : " HISTORY";
  if (table.method.starts_with("RANGE")) {
    const bool open = partition.description == "MAXVALUE" && table.method == "RANGE";
    return " VALUES LESS THAN " + (open ? "MAXVALUE" : "(" + partition.description + ")");
  }
  if (!table.method.starts_with("LIST")) return {};
  // MariaDB tells the DEFAULT partition so.
  if (!partition.described || partition.description.find("MAXVALUE") != std::string::npos) {
    return " DEFAULT";
  }

  return " VALUES IN (" + partition.description + ")";
}

/// The clause as SHOW CREATE TABLE writes it, without the engine that every partition repeats.
std::string partition_clause(const PartitionedTable& table) {
  std::string text = "PARTITION BY " + table.method;
  if (table.method != "SYSTEM_TIME") text += " (" + table.expression + ")";
  if (!table.submethod.empty()) {
    text += "\nSUBPARTITION BY " + table.submethod + " (" + table.subexpression + ")";
    text += "\nSUBPARTITIONS " + std::to_string(table.partitions.front().subpartitions.size());
  }
  std::vector<std::string> names;
  bool plain = !is_listed(table.method);
  for (const Partition& partition : table.partitions) {
    names.push_back(partition.name);
    plain = plain && partition.comment.empty();
  }
  if (plain && has_plain_names(names)) return text + "\nPARTITIONS " + std::to_string(names.size());
  std::vector<std::string> lines;
  for (const Partition& partition : table.partitions) {
    std::string line = "PARTITION " + quoted_name(partition.name) +
                       values_of(table, partition, &partition == &table.partitions.back());
    if (!partition.comment.empty()) line += " COMMENT = " + quoted_text(partition.comment);
    lines.push_back(std::move(line));
  }
  return text + "\n(" + join(lines, ",\n ") + ")";
}

std::vector<PartitionedTable> collect_partitions(const Rows& rows) {
  std::vector<PartitionedTable> tables;
  for (const Row row : rows) {
    if (tables.empty() || tables.back().table != row.view(0)) {
      PartitionedTable& table = tables.emplace_back();
      table.table = row.text(0);
      table.method = row.text(3);
      table.submethod = row.text(4);
      table.expression = row.text(5);
      table.subexpression = row.text(6);
    }
    std::vector<Partition>& partitions = tables.back().partitions;
    if (partitions.empty() || partitions.back().name != row.view(1)) {
      Partition& partition = partitions.emplace_back();
      partition.name = row.text(1);
      partition.description = row.text(7);
      partition.described = !row.is_null(7);
      partition.comment = row.text(8);
    }
    if (!row.is_null(2)) partitions.back().subpartitions.push_back(row.text(2));
  }
  return tables;
}

/// A sequence's setting, unless it is what the server gives by itself (MariaDB Knowledge Base,
/// "CREATE SEQUENCE").
std::optional<std::string> unless(std::string value, std::string_view usual) {
  if (value == usual) return {};
  return value;
}

}  // namespace

void Catalog::read_tables(const Rows& rows) {
  for (const Row row : rows) {
    const std::string_view kind = row.view(1);
    if (kind == "SEQUENCE") {
      sequences_.push_back(row.text(0));
      Sequence& sequence = schema_.sequences.emplace_back();
      sequence.name = row.text(0);
      sequence.comment = row.text(5);
      continue;
    }
    if (kind != "BASE TABLE" && kind != "SYSTEM VERSIONED") continue;
    tables_.emplace(row.text(0), schema_.tables.size());
    Table& table = schema_.tables.emplace_back();
    table.name = row.text(0);
    table.collation.text = syntax::mysql::collation_name(row.view(3));
    table.character_set.text = syntax::mysql::character_set_of(table.collation.text);
    table.options.push_back({"ENGINE", syntax::mysql::engine_name(row.view(2))});
    for (Option& option : create_options(row.view(4))) table.options.push_back(std::move(option));
    if (kind == "SYSTEM VERSIONED") table.options.push_back({"WITH SYSTEM VERSIONING", {}});
    syntax::mysql::sort_options(table);
    table.comment = row.text(5);
  }
}

void Catalog::read_column(Table& table, const Row& row) {
  Column& column = table.columns.emplace_back();
  column.name = row.text(1);
  column.type = syntax::mysql::column_type(column_type_text(row.view(2), column));
  column.nullable = row.view(3) == "YES";
  const Extra extra = read_extra(row.view(5));
  column.invisible = extra.invisible;
  if (extra.numbered) column.identity = Identity{};
  if (extra.unversioned) column.options.push_back({"WITHOUT SYSTEM VERSIONING", {}});
  if (!extra.on_update.empty()) column.on_update = sql_expression(extra.on_update);
  if (!row.is_null(9) && !row.view(9).empty()) {
    const std::string text = server_.mariadb ? row.text(9) : without_escapes(row.view(9));
    column.generated =
        Generated{sql_expression(without_database(text, server_.database)), extra.stored};
  } else {
    column.default_value = default_of(row, column, extra, server_);
  }
  if (!row.is_null(11)) column.options.push_back({"SRID", row.text(11)});
  syntax::mysql::set_collation(column, syntax::mysql::character_set_name(row.view(6)),
                               syntax::mysql::collation_name(row.view(7)), table);
  // There the default collation of utf8mb4 is another, so that this one must be named.
  if (!server_.mariadb && column.character_set == "utf8mb4") {
    column.character_set.clear();
    column.collation = row.text(7);
  }
  column.comment = row.text(8);
}

void Catalog::read_columns(const Rows& rows) {
  for (const Row row : rows) {
    if (Table* table = find(row.view(0)); table != nullptr) {
      read_column(*table, row);
    } else {
      view_columns_[row.text(0)].push_back(row.text(1));
    }
  }
}

void Catalog::read_partitions(const Rows& rows) {
  for (const PartitionedTable& partitioned : collect_partitions(rows)) {
    Table* table = find(partitioned.table);
    if (table == nullptr) continue;
    Partitioning partitioning;
    partitioning.text = SqlText{"mysql", partition_clause(partitioned), {}};
    table->partitioning = std::move(partitioning);
    if (partitioned.method != "SYSTEM_TIME") continue;
    sink_.note("mysql-hidden-partitioning",
               "the catalog does not tell when '" + partitioned.table +
                   "' begins a new partition of its history",
               {}, {}, "Add INTERVAL or LIMIT to PARTITION BY SYSTEM_TIME where it was given.");
  }
}

void Catalog::read_sequences(const Rows& rows) {
  std::size_t place = 0;
  for (const Row row : rows) {
    if (place == schema_.sequences.size()) break;
    Sequence& sequence = schema_.sequences[place++];
    const bool down = row.view(4).starts_with("-");
    const std::string minimum = row.text(2);
    const std::string maximum = row.text(3);
    SequenceOptions& options = sequence.options;
    options.start = unless(row.text(1), down ? maximum : minimum);
    options.minimum = unless(minimum, down ? "-9223372036854775807" : "1");
    options.maximum = unless(maximum, down ? "-1" : "9223372036854775806");
    options.increment = unless(row.text(4), "1");
    options.cache = unless(row.text(5), "1000");
    options.cycle = row.view(6) == "1";
  }
}

}  // namespace relata::live::mysql
