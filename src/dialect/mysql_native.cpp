#include "dialect/mysql_native.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "dialect/table_order.h"

namespace relata {
namespace {

bool has_zero_date(const Schema& schema) {
  return std::any_of(schema.tables.begin(), schema.tables.end(), [](const Table& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
      return column.default_value &&
             column.default_value->text.find("0000-00-00") != std::string::npos;
    });
  });
}

/// Whether a foreign key refers to a table that is not here, which the server lets pass only when
/// it does not look.
bool refers_elsewhere(const Schema& schema) {
  std::unordered_set<std::string_view> names;
  for (const Table& table : schema.tables) names.insert(table.name);
  for (const Table& table : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.table_schema.empty() || names.count(key.table) == 0) return true;
    }
  }
  return false;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

void MysqlNativeWriter::print_database() {
  std::string text;
  if (!schema_.character_set.text.empty()) {
    text += " CHARACTER SET = " + schema_.character_set.text;
  }
  if (!schema_.collation.text.empty()) text += " COLLATE = " + schema_.collation.text;
  if (!text.empty()) printer_.line("ALTER DATABASE" + text + ";");
}

std::string MysqlNativeWriter::sequence(const Sequence& sequence) const {
  const SequenceOptions& options = sequence.options;
  std::string text = "CREATE SEQUENCE " + name(sequence.name);
  if (options.start) text += " START WITH " + *options.start;
  if (options.increment) text += " INCREMENT BY " + *options.increment;
  if (options.minimum) text += " MINVALUE " + *options.minimum;
  if (options.maximum) text += " MAXVALUE " + *options.maximum;
  if (options.cache) text += *options.cache == "0" ? " NOCACHE" : " CACHE " + *options.cache;
  if (options.cycle) text += " CYCLE";
  if (!sequence.comment.empty()) text += " COMMENT = " + literal(sequence.comment);
  return text;
}

void MysqlNativeWriter::print_sequences() {
  if (schema_.sequences.empty()) return;
  print_section(printer_, "sequences");
  for (const Sequence& entry : schema_.sequences) printer_.line(sequence(entry) + ";");
}

void MysqlNativeWriter::print_tables() {
  std::vector<std::pair<const Table*, const ForeignKey*>> later;
  for (const OrderedTable& entry : table_order(schema_)) {
    print_section(printer_, entry.table->name);
    print_table(*entry.table, entry.immediate);
    for (const ForeignKey* key : entry.later) later.emplace_back(entry.table, key);
  }
  if (later.empty()) return;
  print_section(printer_, "foreign keys that close a cycle");
  for (const auto& [table, key] : later) {
    printer_.line("ALTER TABLE " + name(table->name) + " ADD " + foreign_key(*key) + ";");
  }
}

std::string MysqlNativeWriter::run() {
  const bool zero_dates = has_zero_date(schema_);
  const bool elsewhere = refers_elsewhere(schema_);
  if (zero_dates) {
    printer_.line("-- Some columns begin with a date of zeros, which MySQL's own mode refuses.");
    printer_.line("SET sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION';");
  }
  if (elsewhere) {
    printer_.line("-- Some foreign keys refer to tables that are not in this file.");
    printer_.line("SET foreign_key_checks = 0;");
  }
  print_database();
  print_sequences();
  print_tables();
  if (zero_dates || elsewhere) printer_.line();
  if (elsewhere) printer_.line("SET foreign_key_checks = DEFAULT;");
  if (zero_dates) printer_.line("SET sql_mode = DEFAULT;");
  print_programs();

  Printer whole;
  print_header(whole, dialect_.title(),
               "mysql DATABASE < FILE      or      mariadb DATABASE < FILE");
  const std::string body = printer_.take();
  // A session keeps its own character set where no text depends on it, and with it what programs
  // remember of the session.
  if (!is_ascii(body)) whole.line("SET NAMES utf8mb4;");
  return whole.take() + body;
}

std::string MysqlDialect::native_ddl(const Schema& schema, DiagnosticSink&) const {
  return MysqlNativeWriter(*this, schema).run();
}

}  // namespace relata
