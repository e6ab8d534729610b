#include "dialect/mysql.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/mysql_plan.h"
#include "dialect/reserved_words.h"
#include "dialect/table_order.h"

namespace relata {
namespace {

// RFC 9562, section 5.7: 48 bits of Unix milliseconds, version 7, variant 10, the rest random.
constexpr std::string_view uuid7 =
    "(lower(insert(insert(insert(insert(concat("
    "lpad(hex(timestampdiff(MICROSECOND, '1970-01-01', utc_timestamp(6)) DIV 1000), 12, '0'), "
    "'7', substr(hex(random_bytes(2)), 2), "
    "hex(128 | (ord(random_bytes(1)) & 63)), hex(random_bytes(7))), "
    "9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')))";

// RFC 9562, section 5.4: version 4, variant 10, the rest random.
constexpr std::string_view uuid4 =
    "(lower(insert(insert(insert(insert(concat("
    "hex(random_bytes(6)), '4', substr(hex(random_bytes(2)), 2), "
    "hex(128 | (ord(random_bytes(1)) & 63)), hex(random_bytes(7))), "
    "9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')))";

// A letter, then 23 base-36 digits; each block takes the low digits of 64 random bits, so that no
// digit is noticeably more likely than another.
constexpr std::string_view cuid2 =
    "(lower(concat("
    "substr('abcdefghijklmnopqrstuvwxyz', 1 + conv(hex(random_bytes(4)), 16, 10) % 26, 1), "
    "right(lpad(conv(hex(random_bytes(8)), 16, 36), 13, '0'), 8), "
    "right(lpad(conv(hex(random_bytes(8)), 16, 36), 13, '0'), 8), "
    "right(lpad(conv(hex(random_bytes(8)), 16, 36), 13, '0'), 7))))";

// MySQL manual, "Data Type Storage Requirements", "The CHAR and VARCHAR Types", "Fixed-Point Types"
// and "The ENUM Type"; four bytes a character of utf8mb4.
constexpr int largest_text = 65535;
constexpr int largest_medium_text = 16777215;
constexpr int longest_char = 255;
constexpr int longest_varchar = 16383;
constexpr int longest_varbinary = 65535;
constexpr int most_digits = 65;
constexpr int most_fraction_digits = 30;
constexpr std::size_t longest_label = 255;

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

/// The smallest text that holds so many bytes; 65,535 when nothing is known of them.
std::string text_name(int bytes) {
  if (bytes > largest_medium_text) return "LONGTEXT";
  return bytes > largest_text ? "MEDIUMTEXT" : "TEXT";
}

bool can_enumerate(const std::vector<std::string>& labels) {
  std::set<std::string> seen;
  return !labels.empty() &&
         std::all_of(labels.begin(), labels.end(), [&](const std::string& label) {
           // Blanks at the end of a label are cut off when the table is created.
           const std::size_t end = label.find_last_not_of(' ') + 1;
           return end == label.size() && code_points(label) <= longest_label &&
                  seen.insert(label).second;
         });
}

/// Types whose default MySQL wants as an expression, in parentheses.
bool wants_expression_default(TypeKind kind) {
  return kind == TypeKind::text || kind == TypeKind::json || kind == TypeKind::binary;
}

}  // namespace

const Dialect& mysql_dialect() {
  static const MysqlDialect dialect;
  return dialect;
}

std::string MysqlDialect::type_name(const Type& type) const {
  if (type.array_dimensions > 0) return "JSON";
  const auto with_length = [&](const std::string& name, int otherwise) {
    return name + "(" + std::to_string(type.length > 0 ? type.length : otherwise) + ")";
  };
  switch (type.kind) {
    case TypeKind::text:
      return text_name(type.length);
    case TypeKind::varchar:
      return with_length("VARCHAR", 255);
    case TypeKind::character:
      return with_length("CHAR", 1);
    case TypeKind::small_integer:
      return "SMALLINT";
    case TypeKind::integer:
      return "INT";
    case TypeKind::big_integer:
      return "BIGINT";
    case TypeKind::decimal:
      if (type.precision == 0) return "DECIMAL(38,10)";
      return "DECIMAL(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeKind::real:
      return "FLOAT";
    case TypeKind::double_precision:
      return "DOUBLE";
    case TypeKind::boolean:
      return "BOOLEAN";
    case TypeKind::date:
      return "DATE";
    case TypeKind::time:
      return "TIME(6)";
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return "DATETIME(6)";
    case TypeKind::interval:
      return "VARCHAR(64)";
    case TypeKind::uuid:
      return "CHAR(36)";
    case TypeKind::json:
      return "JSON";
    case TypeKind::binary:
      return type.length > 0 ? with_length("VARBINARY", 0) : "LONGBLOB";
    case TypeKind::inet:
      return "VARCHAR(49)";
    case TypeKind::enumeration: {
      std::vector<std::string> labels;
      for (const std::string& value : type.values) labels.push_back(string_literal(value));
      return "ENUM(" + join(labels, ", ") + ")";
    }
    case TypeKind::native:
      return type.name;
  }
  return {};
}

Type MysqlDialect::nearest_type(const Type& type) const {
  Type nearest = type;
  switch (type.kind) {
    case TypeKind::text:
      if (type.length == 0) nearest.length = std::numeric_limits<int>::max();
      break;
    case TypeKind::character:
      if (type.length > longest_char) nearest.kind = TypeKind::varchar;
      break;
    case TypeKind::decimal:
      nearest.scale = std::clamp(type.scale, 0, most_fraction_digits);
      nearest.precision = std::min(type.precision, most_digits);
      break;
    case TypeKind::binary:
      if (type.length > longest_varbinary) nearest.length = 0;
      break;
    case TypeKind::enumeration:
      if (!can_enumerate(type.values)) {
        nearest = simple_type(TypeKind::varchar);
        nearest.length = longest_char;
      }
      break;
    default:
      break;
  }
  if (nearest.kind == TypeKind::varchar &&
      (nearest.length == 0 || nearest.length > longest_varchar)) {
    nearest = simple_type(TypeKind::text);
    nearest.length = std::numeric_limits<int>::max();
  }
  return nearest;
}

std::string MysqlDialect::index_part(const IndexPart& part) const {
  if (part.prefix_length == 0) return SqlDialect::index_part(part);
  return expression(part.expression) + "(" + std::to_string(part.prefix_length) + ")" +
         (part.descending ? " DESC" : "");
}

std::string MysqlDialect::string_literal(std::string_view value) const {
  return '\'' + replace_all(replace_all(value, "\\", "\\\\"), "'", "''") + '\'';
}

std::string MysqlDialect::concatenation(const std::vector<std::string>& parts) const {
  return "concat(" + join(parts, ", ") + ")";
}

std::string MysqlDialect::quoted(std::string_view name) const {
  return '`' + replace_all(name, "`", "``") + '`';
}

bool MysqlDialect::is_reserved(std::string_view lower_case_word) const {
  return is_mysql_reserved(lower_case_word);
}

std::string MysqlDialect::leaf(const Expression& expression) const {
  switch (expression.operation) {
    case Operation::boolean:
      return expression.text == "true" ? "TRUE" : "FALSE";
    case Operation::now:
      return "utc_timestamp(6)";
    case Operation::today:
      return "utc_date()";
    case Operation::current_time:
      return "utc_time(6)";
    case Operation::new_uuid4:
      return std::string(uuid4);
    case Operation::new_uuid7:
      return std::string(uuid7);
    case Operation::new_cuid2:
      return std::string(cuid2);
    case Operation::include_deleted:
      return "(@app_include_deleted <=> 'on')";
    case Operation::current_tenant:
      return "@app_current_tenant_id";
    case Operation::current_actor:
      return "@app_current_user_id";
    default:
      return {};
  }
}

std::string MysqlDialect::length_of(const std::string& argument) const {
  return "char_length(" + argument + ")";
}

std::string MysqlDialect::default_clause(const Column& column) const {
  const std::string value = expression(*column.default_value);
  const bool plain = is_literal(*column.default_value) &&
                     !wants_expression_default(column.type.kind) &&
                     column.type.array_dimensions == 0;
  return "DEFAULT " + (plain || value.front() == '(' ? value : "(" + value + ")");
}

ColumnLine MysqlDialect::column_line(const Table& table, const Column& column) const {
  ColumnLine line{identifier(column.name), type_name(column.type), {}, {}, {}};
  if (!column.collation.empty()) line.type += " COLLATE " + column.collation;
  if (column.generated) {
    line.rest = "GENERATED ALWAYS AS (" + expression(column.generated->expression) +
                (column.generated->stored ? ") STORED" : ") VIRTUAL");
  } else {
    if (is_required(table, column)) line.nullability = "NOT NULL";
    if (column.identity) line.rest = "AUTO_INCREMENT";
    if (column.default_value) line.rest = default_clause(column);
  }
  if (!column.comment.empty()) {
    line.rest += (line.rest.empty() ? "COMMENT " : " COMMENT ") + string_literal(column.comment);
  }
  return line;
}

std::string MysqlDialect::primary_key(const Table& table) const {
  if (!table.primary_key) return {};
  return "PRIMARY KEY (" + identifiers(table.primary_key->columns) + ")";
}

std::string MysqlDialect::table_options(const Table& table) const {
  std::string options = " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin";
  if (!table.comment.empty()) options += " COMMENT = " + string_literal(table.comment);
  return options;
}

std::vector<std::string> MysqlDialect::more_constraints(const Table& table) const {
  std::vector<std::string> indexes;
  for (const Index& index : table.indexes) {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) parts.push_back(index_part(part));
    std::string text = (index.unique ? "UNIQUE INDEX " : "INDEX ") + identifier(index.name) + " (" +
                       join(parts, ", ") + ")";
    if (!index.comment.empty()) text += " COMMENT " + string_literal(index.comment);
    indexes.push_back(std::move(text));
  }
  return indexes;
}

void MysqlDialect::print_tables(Printer& printer, const Schema& schema) const {
  std::vector<std::pair<const Table*, const ForeignKey*>> later;
  for (const OrderedTable& entry : table_order(schema)) {
    print_section(printer, entry.table->name);
    print_table(printer, *entry.table, entry.immediate);
    for (const ForeignKey* key : entry.later) later.emplace_back(entry.table, key);
  }
  if (later.empty()) return;
  print_section(printer, "foreign keys that close a cycle");
  for (const auto& [table, key] : later) {
    printer.line("ALTER TABLE " + qualified(*table) + " ADD " + foreign_key(*key) + ";");
  }
}

std::string MysqlDialect::lowered_ddl(const Schema& schema, const DdlOptions&,
                                      DiagnosticSink& sink) const {
  const Schema plan = plan_for_mysql(schema, *this, sink);
  Printer printer;
  print_header(printer, title(), "mysql DATABASE < FILE      or      mariadb DATABASE < FILE");
  if (!schema.session.actor.empty()) {
    printer.line("-- An application says who is acting, for the triggers that record it, with");
    printer.line("--   SET " + mysql_variable(schema.session.actor) + " = '...';");
    printer.line();
  }
  printer.line("SET NAMES utf8mb4;");
  printer.line("-- Triggers keep this mode: a value that does not fit is an error, never cut.");
  printer.line("SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO';");
  print_tables(printer, plan);
  print_trigger_bodies(printer, plan,
                       "-- Each is one statement, so that no client needs DELIMITER.");
  print_view_bodies(printer, plan, "CREATE SQL SECURITY INVOKER VIEW");
  return printer.take();
}

std::string mysql_variable(std::string_view setting) {
  std::string name = "@";
  for (const char c : setting) name += is_ascii_letter(c) || is_ascii_digit(c) ? c : '_';
  return name;
}

}  // namespace relata
