// Tables: columns, what stands behind them, and what they are told afterwards.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_object_names.h"
#include "dialect/postgres_words.h"
#include "model/questions.h"

namespace relata {
namespace {

bool is_numbering(const Column& column) { return column.identity.has_value(); }

/// "OPTIONS (name 'value', ...)" of a foreign table or one of its columns.
std::string foreign_options(const std::vector<Option>& options, const PostgresDialect& dialect) {
  static constexpr std::array<std::string_view, 6> own{
      "storage", "compression", "statistics", "n_distinct", "n_distinct_inherited", "not null"};
  std::vector<std::string> parts;
  for (const Option& option : options) {
    if (std::find(own.begin(), own.end(), option.name) != own.end()) continue;
    parts.push_back(dialect.identifier(option.name) + " " + dialect.string_literal(option.value));
  }
  return parts.empty() ? std::string() : "OPTIONS (" + join(parts, ", ") + ")";
}

std::string joined(const std::string& first, const std::string& second) {
  if (first.empty()) return second;
  return second.empty() ? first : first + " " + second;
}

}  // namespace

bool NativeWriter::is_redundant(const Table& table, const Unique& unique) {
  if (table.primary_key && table.primary_key->columns == unique.columns) return true;
  for (const Unique& other : table.uniques) {
    if (&other == &unique) return false;
    if (other.columns == unique.columns) return true;
  }
  return false;
}

void NativeWriter::print(const TableItem& item) {
  const Table& table = *item.table;
  section(plain_name(table));
  look_in(table.schema);
  print_create(item, table_lines(item));
  print_after_create(item);
}

std::vector<std::string> NativeWriter::table_lines(const TableItem& item) {
  const Table& table = *item.table;
  std::vector<ColumnLine> columns;
  for (std::size_t place = 0; place < table.columns.size(); ++place) {
    if (is_listed(table, table.columns[place])) columns.push_back(column_line(item, place));
  }
  std::vector<std::string> lines = aligned_lines(columns);
  if (table.primary_key && !has_parents_key(table)) lines.push_back(constraint(*table.primary_key));
  for (const Unique& unique : table.uniques) {
    if (!is_made_by_parent(table, unique) && !is_redundant(table, unique)) {
      lines.push_back(constraint(unique));
    }
  }
  for (const TablePart& part : item.parts) {
    if (part.kind == TablePart::Kind::default_value || part.kind == TablePart::Kind::index ||
        is_inherited(table, part)) {
      continue;
    }
    if (stands_in_create(item, part)) {
      lines.push_back(part_constraint(table, part));
    }
  }
  return lines;
}

void NativeWriter::print_create(const TableItem& item, const std::vector<std::string>& lines) {
  const Table& table = *item.table;
  const Ancestry from = ancestry(table);
  std::string text = table.server.empty() ? "CREATE TABLE " : "CREATE FOREIGN TABLE ";
  if (table.unlogged) text = "CREATE UNLOGGED TABLE ";
  text += name(table);
  if (from == Ancestry::typed) text += " OF " + name(*table.of_type);
  if (from == Ancestry::partition_of) text += " PARTITION OF " + name(table.partition_of->parent);
  const bool needs_list = from != Ancestry::typed && from != Ancestry::partition_of;
  if (!lines.empty() || needs_list) {
    text += " (";
    for (const std::string& line : lines) {
      text += "\n  " + line + (&line == &lines.back() ? "\n" : ",");
    }
    text += ")";
  }
  if (from == Ancestry::inherits) {
    std::vector<std::string> parents;
    for (const QualifiedName& parent : table.inherits) parents.push_back(name(parent));
    text += " INHERITS (" + join(parents, ", ") + ")";
  }
  if (from == Ancestry::partition_of) text += " " + table.partition_of->bound.text;
  statement(text + partition_key(table) + table_options(table));
}

std::string NativeWriter::partition_key(const Table& table) const {
  if (!table.partitioning) return {};
  const Partitioning& key = *table.partitioning;
  if (key.parts.empty()) return key.text.text.empty() ? "" : " " + key.text.text;
  std::vector<std::string> parts;
  for (const IndexPart& part : key.parts) parts.push_back(index_part(part));
  return " PARTITION BY " + to_upper(key.strategy) + " (" + join(parts, ", ") + ")";
}

std::string NativeWriter::table_options(const Table& table) const {
  if (!table.server.empty()) {
    const std::string options = foreign_options(table.options, dialect_);
    return " SERVER " + identifier(table.server) + (options.empty() ? "" : " " + options);
  }
  std::string text;
  const std::string_view method = option_value(table.options, "access method");
  const std::string_view space = option_value(table.options, "tablespace");
  const std::string parameters = storage_parameters(table.options, dialect_);
  if (!method.empty()) text += " USING " + identifier(method);
  if (!parameters.empty()) text += " WITH (" + parameters + ")";
  if (!space.empty()) text += " TABLESPACE " + identifier(space);
  return text;
}

ColumnLine NativeWriter::column_line(const TableItem& item, std::size_t place) const {
  const Table& table = *item.table;
  const Column& column = table.columns[place];
  const Ancestry from = ancestry(table);
  const bool of_other = from == Ancestry::typed || from == Ancestry::partition_of;
  ColumnLine line{identifier(column.name), {}, {}, column_rest(item, place), {}};
  if (of_other) {
    line.type = "WITH OPTIONS";
  } else {
    const auto serial = plan_.serial.find({&table, column.name});
    line.type = serial != plan_.serial.end() ? std::string(serial_word(*serial->second))
                                             : type(column.type);
    if (!table.server.empty())
      line.type = joined(line.type, foreign_options(column.options, dialect_));
    if (!column.collation.empty()) line.type += " COLLATE " + collation(column.collation);
  }
  const bool told_by_parent =
      from == Ancestry::partition_of && !parent_column(table, column)->nullable;
  const std::string_view not_null = option_value(column.options, "not null");
  if (!column.nullable && !told_by_parent && not_null != "not valid") {
    line.nullability = "NOT NULL";
    if (!column.not_null_name.empty()) {
      line.nullability = "CONSTRAINT " + identifier(column.not_null_name) + " NOT NULL";
    }
    if (not_null == "no inherit") line.nullability += " NO INHERIT";
  }
  return line;
}

std::string NativeWriter::column_rest(const TableItem& item, std::size_t place) const {
  const Table& table = *item.table;
  const Column& column = table.columns[place];
  if (column.generated) {
    if (ancestry(table) == Ancestry::partition_of) return {};
    return "GENERATED ALWAYS AS " + in_parentheses(text(column.generated->expression)) +
           (column.generated->stored ? " STORED" : " VIRTUAL");
  }
  if (is_numbering(column)) {
    // A partition numbers with its parent's sequence, and may not have one when it is attached.
    const Column* of_parent = table.partition_of ? parent_column(table, column) : nullptr;
    if (of_parent != nullptr && of_parent->identity) return {};
    const Identity& identity = *column.identity;
    std::string options = sequence_options(identity.options);
    if (!identity.sequence.empty()) {
      options = joined("SEQUENCE NAME " + name(table.schema, identity.sequence), options);
    }
    return std::string(identity.always ? "GENERATED ALWAYS" : "GENERATED BY DEFAULT") +
           " AS IDENTITY" + (options.empty() ? "" : " (" + options + ")");
  }
  if (!column.default_value || plan_.serial.count({&table, column.name}) > 0) return {};
  const auto part = std::find_if(item.parts.begin(), item.parts.end(), [&](const TablePart& each) {
    return each.kind == TablePart::Kind::default_value && each.place == place;
  });
  if (part == item.parts.end() || !stands_in_create(item, *part)) return {};
  if (ancestry(table) == Ancestry::partition_of) {
    const Column* of_parent = parent_column(table, column);
    if (of_parent->default_value == column.default_value) return {};
  }
  return "DEFAULT " + default_text(text(*column.default_value));
}

void NativeWriter::print_after_create(const TableItem& item) {
  const Table& table = *item.table;
  for (const TablePart& part : item.parts) {
    if (is_inherited(table, part) || stands_in_create(item, part) ||
        part.kind == TablePart::Kind::index) {
      continue;
    }
    later_.emplace_back(&item, &part);
  }
  for (const Unique& unique : table.uniques) {
    if (!is_redundant(table, unique) || is_made_by_parent(table, unique)) continue;
    statement("ALTER TABLE ONLY " + name(table) + " ADD " + constraint(unique));
  }
  for (const Column& column : table.columns) print_column_settings(table, column);
  print_owned_sequences(table);
  print_indexes(item);
  print_attachment(table);
  print_inherited_differences(item);
  print_table_settings(table);
}

void NativeWriter::print_column_settings(const Table& table, const Column& column) {
  if (column.options.empty()) return;
  const std::string alter =
      std::string(table.server.empty() ? "ALTER TABLE ONLY " : "ALTER FOREIGN TABLE ONLY ") +
      name(table) + " ALTER COLUMN " + identifier(column.name) + " SET ";
  std::vector<std::string> attributes;
  for (const Option& option : column.options) {
    if (option.name == "storage") statement(alter + "STORAGE " + to_upper(option.value));
    if (option.name == "compression") statement(alter + "COMPRESSION " + option.value);
    if (option.name == "statistics") statement(alter + "STATISTICS " + option.value);
    if (option.name.starts_with("n_distinct")) {
      attributes.push_back(option.name + " = " + option.value);
    }
    if (option.name == "not null" && option.value == "not valid") {
      const std::string constraint = column.not_null_name.empty()
                                         ? postgres_object_name(table.name, column.name, "not_null")
                                         : column.not_null_name;
      statement("ALTER TABLE ONLY " + name(table) + " ADD CONSTRAINT " + identifier(constraint) +
                " NOT NULL " + identifier(column.name) + " NOT VALID");
    }
  }
  if (!attributes.empty()) statement(alter + "(" + join(attributes, ", ") + ")");
}

void NativeWriter::print_owned_sequences(const Table& table) {
  const auto owned = owned_.find(&table);
  if (owned == owned_.end()) return;
  for (const Sequence* sequence : owned->second) statement(owned_by(*sequence));
}

std::string NativeWriter::owned_by(const Sequence& sequence) const {
  return "ALTER SEQUENCE " + name(sequence.schema, sequence.name) + " OWNED BY " +
         name(sequence.owned_by_table) + "." + identifier(sequence.owned_by_column);
}

void NativeWriter::print_table_settings(const Table& table) {
  const std::string alter = "ALTER TABLE ONLY " + name(table) + " ";
  const auto cluster = [&](const std::vector<Option>& options, std::string_view index) {
    if (has_option(options, "clustered")) {
      statement("ALTER TABLE " + name(table) + " CLUSTER ON " + identifier(index));
    }
  };
  if (table.primary_key) cluster(table.primary_key->options, table.primary_key->name);
  for (const Unique& unique : table.uniques) cluster(unique.options, unique.name);
  for (const Index& index : table.indexes) {
    if (index.clustered) {
      statement("ALTER TABLE " + name(table) + " CLUSTER ON " + identifier(index.name));
    }
  }
  if (table.replica_identity.empty()) return;
  if (table.replica_identity == "full" || table.replica_identity == "nothing") {
    statement(alter + "REPLICA IDENTITY " + to_upper(table.replica_identity));
  } else {
    statement(alter + "REPLICA IDENTITY USING INDEX " + identifier(table.replica_identity));
  }
}

}  // namespace relata
