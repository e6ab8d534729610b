#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "dialect/sql_dialect.h"

namespace relata {
namespace {

struct Widths {
  std::size_t name = 0;
  std::size_t type = 0;
  std::size_t nullability = 0;
};

/// Names or types longer than this do not push the others to the right.
constexpr std::size_t widest_name = 32;
constexpr std::size_t widest_type = 24;

Widths widths_of(const std::vector<ColumnLine>& lines) {
  Widths widths;
  for (const ColumnLine& line : lines) {
    widths.name = std::max(widths.name, std::min(code_points(line.name), widest_name));
    widths.type = std::max(widths.type, std::min(code_points(line.type), widest_type));
    widths.nullability = std::max(widths.nullability, line.nullability.size());
  }
  return widths;
}

void append_padded(std::string& text, std::string_view part, std::size_t width) {
  text += part;
  const std::size_t used = code_points(part);
  if (width == 0) return;
  text.append(used < width ? width - used + 1 : 1, ' ');
}

std::string aligned(const ColumnLine& line, const Widths& widths) {
  std::string text;
  append_padded(text, line.name, widths.name);
  append_padded(text, line.type, widths.type);
  append_padded(text, line.nullability, widths.nullability);
  text += line.rest;
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string wrapped_line(std::string line, std::string_view second) {
  constexpr std::size_t width = 98;
  const std::size_t place = line.find(" " + std::string(second));
  if (code_points(line) <= width || place == std::string::npos) return line;
  const std::size_t end = line.find_last_not_of(' ', place);
  return line.substr(0, end + 1) + "\n    " + line.substr(place + 1);
}

std::vector<std::string> aligned_lines(const std::vector<ColumnLine>& lines) {
  const Widths widths = widths_of(lines);
  std::vector<std::string> result;
  result.reserve(lines.size());
  for (const ColumnLine& line : lines) {
    std::string text = aligned(line, widths);
    // The words could stand in a literal of what is no default.
    const bool has_default = line.rest.starts_with("DEFAULT ");
    result.push_back(has_default ? wrapped_line(std::move(text), "DEFAULT ") : std::move(text));
  }
  return result;
}

void SqlDialect::print_table(Printer& printer, const Table& table,
                             const std::vector<const ForeignKey*>& keys) const {
  std::vector<ColumnLine> lines;
  lines.reserve(table.columns.size());
  for (const Column& column : table.columns) lines.push_back(column_line(table, column));

  struct Item {
    std::string text;
    std::string comment;
  };
  std::vector<Item> items;
  const std::vector<std::string> columns = aligned_lines(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) items.push_back({columns[i], lines[i].comment});
  if (std::string key = primary_key(table); !key.empty()) items.push_back({std::move(key), {}});
  for (const Unique& unique : table.uniques) {
    items.push_back(
        {"CONSTRAINT " + identifier(unique.name) + " UNIQUE (" + identifiers(unique.columns) + ")",
         {}});
  }
  for (const ForeignKey* key : keys)
    items.push_back({wrapped_line(foreign_key(*key), "REFERENCES "), {}});
  for (const Check& check : table.checks) {
    items.push_back(
        {"CONSTRAINT " + identifier(check.name) + " CHECK (" + expression(check.expression) + ")",
         {}});
  }

  for (std::string& constraint : more_constraints(table))
    items.push_back({std::move(constraint), {}});

  printer.line("CREATE TABLE " + qualified(table) + " (");
  // The printer's own indentation would get into string literals of several lines.
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string text = "  " + items[i].text + (i + 1 < items.size() ? "," : "");
    if (!items[i].comment.empty()) text += "  -- " + one_line(items[i].comment);
    printer.line(text);
  }
  printer.line(")" + table_options(table) + ";");
  print_rows(printer, table);
}

void SqlDialect::print_rows(Printer& printer, const Table& table) const {
  if (table.rows.empty()) return;
  std::vector<std::string> columns;
  for (const Column& column : table.columns) columns.push_back(column.name);
  printer.line("INSERT INTO " + qualified(table) + " (" + identifiers(columns) + ") VALUES");
  printer.indent();
  for (const std::vector<Expression>& row : table.rows) {
    std::vector<std::string> values;
    for (const Expression& value : row) values.push_back(expression(value));
    printer.line("(" + join(values, ", ") + ")" + (&row == &table.rows.back() ? ";" : ","));
  }
  printer.outdent();
}

std::string SqlDialect::index_part(const IndexPart& part) const {
  std::string text = expression(part.expression);
  if (part.expression.operation != Operation::column) text = "(" + text + ")";
  if (!part.operator_class.empty()) text += " " + part.operator_class;
  if (part.descending) text += " DESC";
  return text;
}

void SqlDialect::print_index(Printer& printer, const Table& table, const Index& index) const {
  std::vector<std::string> parts;
  parts.reserve(index.parts.size());
  for (const IndexPart& part : index.parts) parts.push_back(index_part(part));
  std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  text += identifier(index.name) + " ON " + qualified(table) + index_method(index) + " (" +
          join(parts, ", ") + ")";
  if (!index.include.empty()) text += " INCLUDE (" + identifiers(index.include) + ")";
  if (index.where) text += " WHERE " + expression(*index.where);
  printer.line(text + ";");
}

}  // namespace relata
