#include "dialect/sqlite.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/reserved_words.h"
#include "dialect/sqlite_plan.h"
#include "dialect/table_order.h"

namespace relata {
namespace {

// RFC 9562, section 5.7. 'now' is the same moment throughout one statement; julianday() is exact to
// a millisecond, so rounding gives back the very millisecond (2440587.5 is 1970-01-01).
constexpr std::string_view milliseconds =
    "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

std::string uuid7() {
  const std::string ms(milliseconds);
  return "(lower(printf('%08x-%04x-7%03x-%04x-%012x', " + ms + " >> 16, " + ms +
         " & 0xffff, random() & 0xfff, 0x8000 | (random() & 0x3fff), random() & 0xffffffffffff)))";
}

/// RFC 9562, section 5.4: version 4, variant 10, the rest random.
constexpr std::string_view uuid4 =
    "(lower(printf('%08x-%04x-4%03x-%04x-%012x', random() & 0xffffffff, random() & 0xffff, "
    "random() & 0xfff, 0x8000 | (random() & 0x3fff), random() & 0xffffffffffff)))";

/// A letter, then 23 base-36 digits, each from 63 random bits.
std::string cuid2() {
  std::string text = "(substr('abcdefghijklmnopqrstuvwxyz', 1 + (random() & 0x7fffffff) % 26, 1)";
  for (int i = 0; i < 23; ++i) {
    text +=
        " || substr('0123456789abcdefghijklmnopqrstuvwxyz', 1 + (random() & 0x7fffffff) % 36, 1)";
  }
  return text + ")";
}

bool is_literal(const Expression& expression) {
  switch (expression.operation) {
    case Operation::string:
    case Operation::number:
    case Operation::boolean:
    case Operation::null:
      return true;
    default:
      return false;
  }
}

}  // namespace

const Dialect& sqlite_dialect() {
  static const SqliteDialect dialect;
  return dialect;
}

bool SqliteDialect::keeps_column_types(const Table& table) const {
  return std::any_of(table.options.begin(), table.options.end(),
                     [](const Option& option) { return option.name == "STRICT"; });
}

std::string SqliteDialect::type_name(const Type& type) const {
  if (type.array_dimensions > 0) return "TEXT";
  switch (type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
      return "INTEGER";
    case TypeKind::decimal:
      if (type.precision == 0) return "NUMERIC";
      return "NUMERIC(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeKind::real:
    case TypeKind::double_precision:
      return "REAL";
    case TypeKind::boolean:
      return "BOOLEAN";
    case TypeKind::binary:
      return "BLOB";
    case TypeKind::native:
      return type.name;
    default:
      return "TEXT";
  }
}

bool SqliteDialect::is_reserved(std::string_view lower_case_word) const {
  return is_sqlite_reserved(lower_case_word);
}

std::string SqliteDialect::leaf(const Expression& expression) const {
  switch (expression.operation) {
    case Operation::boolean:
      return expression.text == "true" ? "1" : "0";
    case Operation::now:
      return std::string(sqlite_now);
    case Operation::today:
      return "date('now')";
    case Operation::current_time:
      return "time('now')";
    case Operation::new_uuid4:
      return std::string(uuid4);
    case Operation::new_uuid7:
      return uuid7();
    case Operation::new_cuid2:
      return cuid2();
    case Operation::include_deleted:
      return "0";  // There are no policies to ask it.
    case Operation::current_tenant:
      return "(SELECT tenant_id FROM session_context)";
    case Operation::current_actor:
      return "(SELECT actor_id FROM session_context)";
    default:
      return {};
  }
}

std::string SqliteDialect::quotient(const std::string& dividend, const std::string& divisor) const {
  return "1.0 * " + dividend + " / " + divisor;
}

std::string SqliteDialect::length_of(const std::string& argument) const {
  return "length(" + argument + ")";
}

std::string SqliteDialect::like(const std::string& text, std::string_view pattern) const {
  const std::string base = text + " LIKE " + string_literal(pattern);
  return pattern.find('\\') == std::string_view::npos ? base : base + " ESCAPE '\\'";
}

ColumnLine SqliteDialect::column_line(const Table& table, const Column& column) const {
  ColumnLine line{identifier(column.name), type_name(column.type), {}, {}, column.comment};
  if (!column.collation.empty()) line.type += " COLLATE " + identifier(column.collation);
  if (column.identity && primary_key(table).empty()) {
    line.rest = "PRIMARY KEY AUTOINCREMENT";
    return line;
  }
  if (is_required(table, column)) line.nullability = "NOT NULL";
  if (column.generated) {
    line.rest = "GENERATED ALWAYS AS (" + expression(column.generated->expression) +
                (column.generated->stored ? ") STORED" : ") VIRTUAL");
  } else if (column.default_value) {
    const std::string value = expression(*column.default_value);
    line.rest =
        "DEFAULT " +
        (is_literal(*column.default_value) || value.front() == '(' ? value : "(" + value + ")");
  }
  return line;
}

std::string SqliteDialect::primary_key(const Table& table) const {
  if (table.primary_key && table.primary_key->columns.size() == 1) {
    const Column* column = table.find_column(table.primary_key->columns.front());
    if (column != nullptr && column->identity) return {};
  }
  return SqlDialect::primary_key(table);
}

std::string SqliteDialect::table_options(const Table&) const { return {}; }

void SqliteDialect::print_tables(Printer& printer, const Schema& schema) const {
  for (const OrderedTable& entry : table_order(schema)) {
    print_section(printer, entry.table->name);
    if (!entry.table->comment.empty()) printer.line(trim(sql_comment(entry.table->comment)));
    std::vector<const ForeignKey*> keys;
    for (const ForeignKey& key : entry.table->foreign_keys) keys.push_back(&key);
    print_table(printer, *entry.table, keys);
    for (const Index& index : entry.table->indexes) print_index(printer, *entry.table, index);
  }
}

std::string SqliteDialect::lowered_ddl(const Schema& schema, const DdlOptions&,
                                       DiagnosticSink& sink) const {
  const SqlitePlan plan = plan_for_sqlite(schema, *this, sink);
  Printer printer;
  print_header(printer, title(), "sqlite3 DATABASE < FILE");
  printer.line("PRAGMA foreign_keys = ON;  -- for this connection; every connection must say so");
  printer.line();
  printer.line("BEGIN;");
  if (plan.session_context) print_session_context(printer);
  print_tables(printer, plan.schema);
  print_trigger_bodies(printer, plan.schema);
  print_view_bodies(printer, plan.schema, "CREATE VIEW");
  printer.line();
  printer.line("COMMIT;");
  return printer.take();
}

void SqliteDialect::print_session_context(Printer& printer) {
  print_section(printer, sqlite_session_table);
  printer.print(
      R"(-- SQLite has no session settings. An application writes who is acting into this row at the
-- start of a transaction that changes rows; one connection writes at a time, so nobody else's
-- changes are taken for theirs:
--   UPDATE session_context SET actor_id = '...', tenant_id = '...';
CREATE TABLE session_context (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  actor_id  TEXT,
  tenant_id TEXT
);
INSERT INTO session_context (id) VALUES (1);
)");
}

}  // namespace relata
