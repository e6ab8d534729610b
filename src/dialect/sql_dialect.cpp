#include "dialect/sql_dialect.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "dialect/convert.h"

namespace relata {
namespace {

// Binding strength of what stands around an expression, weakest first.
constexpr int level_any = 0;
constexpr int level_all = 1;
constexpr int level_not = 2;
constexpr int level_comparison = 3;
constexpr int level_operand = 4;

std::string_view comparison_sign(Operation operation) {
  switch (operation) {
    case Operation::equal:
      return " = ";
    case Operation::not_equal:
      return " <> ";
    case Operation::less:
      return " < ";
    case Operation::less_or_equal:
      return " <= ";
    case Operation::greater:
      return " > ";
    case Operation::greater_or_equal:
      return " >= ";
    default:
      return {};
  }
}

std::string_view arithmetic_sign(Operation operation) {
  switch (operation) {
    case Operation::add:
      return " + ";
    case Operation::subtract:
      return " - ";
    case Operation::multiply:
      return " * ";
    case Operation::modulo:
      return " % ";
    default:
      return {};
  }
}

/// The functions that all engines know by one name.
std::string_view function_name(Operation operation) {
  switch (operation) {
    case Operation::lower:
      return "lower";
    case Operation::upper:
      return "upper";
    case Operation::trimmed:
      return "trim";
    case Operation::absolute:
      return "abs";
    case Operation::rounded:
      return "round";
    case Operation::replaced:
      return "replace";
    case Operation::coalesce:
      return "coalesce";
    case Operation::null_if:
      return "nullif";
    default:
      return {};
  }
}

std::string parenthesized(std::string text, bool needed) {
  return needed ? "(" + text + ")" : std::move(text);
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || is_ascii_digit(name.front())) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_';
  });
}

}  // namespace

std::string SqlDialect::ddl(const Schema& schema, const DdlOptions& options,
                            DiagnosticSink& sink) const {
  if (schema.dialect.empty()) return lowered_ddl(schema, options, sink);
  if (schema.dialect == id()) return native_ddl(schema, sink);
  return lowered_ddl(converted(schema, *this, sink), options, sink);
}

std::string SqlDialect::identifier(std::string_view name) const {
  return is_plain_name(name) && !is_reserved(name) ? std::string(name) : quoted(name);
}

std::string SqlDialect::quoted(std::string_view name) const {
  return '"' + replace_all(name, "\"", "\"\"") + '"';
}

std::string SqlDialect::string_literal(std::string_view value) const {
  return '\'' + replace_all(value, "'", "''") + '\'';
}

std::string SqlDialect::binary_literal(std::string_view bytes) const {
  return "x'" + hexadecimal(bytes) + "'";
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

std::string SqlDialect::fit(std::string_view name) const {
  return fit_identifier(name, identifier_limit(), identifier_unit());
}

std::string SqlDialect::identifiers(const std::vector<std::string>& names) const {
  std::vector<std::string> spelled;
  spelled.reserve(names.size());
  for (const std::string& name : names) spelled.push_back(identifier(name));
  return join(spelled, ", ");
}

std::string SqlDialect::qualified(const Table& table) const {
  return table.schema.empty() ? identifier(table.name)
                              : identifier(table.schema) + "." + identifier(table.name);
}

std::string SqlDialect::expression(const Expression& expression) const {
  return spell(expression, level_any, {});
}

std::string SqlDialect::count_set(const std::vector<std::string>& arguments) const {
  std::vector<std::string> terms;
  terms.reserve(arguments.size());
  for (const std::string& argument : arguments) terms.push_back("(" + argument + " IS NOT NULL)");
  return "(" + join(terms, " + ") + ")";
}

std::string SqlDialect::like(const std::string& text, std::string_view pattern) const {
  return text + " LIKE " + string_literal(pattern);
}

std::string SqlDialect::concatenation(const std::vector<std::string>& parts) const {
  return join(parts, " || ");
}

std::string SqlDialect::quotient(const std::string& dividend, const std::string& divisor) const {
  return dividend + " / " + divisor;
}

std::string SqlDialect::join_operands(const Expression& expression, std::string_view word,
                                      int level, std::string_view table) const {
  std::vector<std::string> operands;
  operands.reserve(expression.arguments.size());
  for (const Expression& argument : expression.arguments) {
    operands.push_back(spell(argument, level + 1, table));
  }
  return join(operands, word);
}

std::string SqlDialect::spell(const Expression& expression, int context,
                              std::string_view table) const {
  const auto& arguments = expression.arguments;
  const auto operand = [&](std::size_t i) { return spell(arguments.at(i), level_operand, table); };
  switch (expression.operation) {
    case Operation::column:
      return table.empty() ? identifier(expression.text)
                           : identifier(table) + "." + identifier(expression.text);
    case Operation::string:
      return string_literal(expression.text);
    case Operation::number:
      return expression.text;
    case Operation::null:
      return "NULL";
    case Operation::sql:
      return parenthesized(expression.text, context > level_any && !expression.text.empty() &&
                                                expression.text.front() != '(');
    case Operation::boolean:
    case Operation::now:
    case Operation::today:
    case Operation::new_uuid7:
    case Operation::new_cuid2:
    case Operation::new_uuid4:
    case Operation::current_time:
    case Operation::current_tenant:
    case Operation::current_actor:
    case Operation::include_deleted:
      return leaf(expression);
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_or_equal:
    case Operation::greater:
    case Operation::greater_or_equal:
      return parenthesized(
          operand(0) + std::string(comparison_sign(expression.operation)) + operand(1),
          context > level_comparison);
    case Operation::is_null:
      return parenthesized(operand(0) + " IS NULL", context > level_comparison);
    case Operation::is_not_null:
      return parenthesized(operand(0) + " IS NOT NULL", context > level_comparison);
    case Operation::in: {
      std::vector<std::string> values;
      for (std::size_t i = 1; i < arguments.size(); ++i) values.push_back(operand(i));
      return parenthesized(operand(0) + " IN (" + join(values, ", ") + ")",
                           context > level_comparison);
    }
    case Operation::all_of:
      if (arguments.size() == 1) return spell(arguments[0], context, table);
      return parenthesized(join_operands(expression, " AND ", level_all, table),
                           context > level_any);
    case Operation::any_of:
      if (arguments.size() == 1) return spell(arguments[0], context, table);
      return parenthesized(join_operands(expression, " OR ", level_any, table),
                           context > level_any);
    case Operation::negate:
      return parenthesized("NOT " + spell(arguments.at(0), level_operand, table),
                           context > level_not);
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::modulo:
      return parenthesized(
          operand(0) + std::string(arithmetic_sign(expression.operation)) + operand(1),
          context > level_any);
    case Operation::divide:
      return parenthesized(quotient(operand(0), operand(1)), context > level_any);
    case Operation::case_when: {
      std::string text = "CASE";
      std::size_t i = 0;
      for (; i + 1 < arguments.size(); i += 2) {
        text += " WHEN " + spell(arguments[i], level_any, table) + " THEN " +
                spell(arguments[i + 1], level_any, table);
      }
      if (i < arguments.size()) text += " ELSE " + spell(arguments[i], level_any, table);
      return text + " END";
    }
    case Operation::concatenate: {
      std::vector<std::string> parts;
      for (std::size_t i = 0; i < arguments.size(); ++i) parts.push_back(operand(i));
      return parenthesized(concatenation(parts), context > level_any);
    }
    case Operation::upper:
    case Operation::trimmed:
    case Operation::absolute:
    case Operation::rounded:
    case Operation::replaced:
    case Operation::coalesce:
    case Operation::null_if:
    case Operation::count_set:
    case Operation::length_of:
    case Operation::lower: {
      std::vector<std::string> spelled;
      for (const Expression& argument : arguments) {
        spelled.push_back(spell(argument, level_any, table));
      }
      if (expression.operation == Operation::count_set) return count_set(spelled);
      if (expression.operation == Operation::length_of) return length_of(spelled.at(0));
      return std::string(function_name(expression.operation)) + "(" + join(spelled, ", ") + ")";
    }
    case Operation::matches_like:
      return parenthesized(like(operand(0), expression.text), context > level_comparison);
    case Operation::case_when_null:
      return "CASE WHEN " + operand(0) + " IS NULL THEN " + operand(1) + " END";
    case Operation::in_select: {
      const std::string column = spell(arguments.at(1), level_operand, expression.text);
      const std::string filter = spell(arguments.at(2), level_any, expression.text);
      return parenthesized(operand(0) + " IN (SELECT " + column + " FROM " +
                               identifier(expression.text) + " WHERE " + filter + ")",
                           context > level_comparison);
    }
  }
  assert(false && "an operation without a spelling");
  return {};
}

std::string SqlDialect::foreign_key(const ForeignKey& key) const {
  std::string text = "CONSTRAINT " + identifier(key.name) + " FOREIGN KEY (" +
                     identifiers(key.columns) + ") REFERENCES " + identifier(key.table);
  if (!key.referenced.empty()) text += " (" + identifiers(key.referenced) + ")";
  if (key.on_delete != ReferentialAction::no_action) {
    text += " ON DELETE " + std::string(action_words(key.on_delete));
    if (!key.set_null_columns.empty() && key.on_delete == ReferentialAction::set_null) {
      text += " (" + identifiers(key.set_null_columns) + ")";
    }
  }
  if (key.on_update != ReferentialAction::no_action) {
    text += " ON UPDATE " + std::string(action_words(key.on_update));
  }
  if (key.deferrable) {
    text += key.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  }
  return text;
}

std::string SqlDialect::primary_key(const Table& table) const {
  if (!table.primary_key) return {};
  return "CONSTRAINT " + identifier(table.primary_key->name) + " PRIMARY KEY (" +
         identifiers(table.primary_key->columns) + ")";
}

std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return result;
}

std::string sql_comment(std::string_view text) {
  std::string result;
  for (const std::string_view line : split(text, '\n')) {
    result += "-- " + one_line(line);
    result.erase(result.find_last_not_of(' ') + 1);
    result += '\n';
  }
  return result;
}

std::string_view without_semicolon(std::string_view sql) {
  sql = trim(sql);
  while (!sql.empty() && sql.back() == ';') sql = trim(sql.substr(0, sql.size() - 1));
  return sql;
}

void print_header(Printer& printer, std::string_view engine, std::string_view command) {
  printer.line("-- Schema for " + std::string(engine) + ". Load it into an empty database:");
  printer.line("--   " + std::string(command));
  printer.line();
}

void print_section(Printer& printer, std::string_view title) {
  constexpr std::size_t width = 78;
  printer.line();
  const std::string heading = "-- " + one_line(title) + " ";
  const std::size_t used = code_points(heading);
  printer.line(heading + std::string(used < width ? width - used : 1, '-'));
}

void SqlDialect::print_trigger_bodies(Printer& printer, const Schema& schema,
                                      std::string_view note) {
  bool headed = false;
  for (const Table& table : schema.tables) {
    for (const Trigger& trigger : table.triggers) {
      const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
      if (body == nullptr) continue;
      if (!headed) {
        print_section(printer, "triggers");
        if (!note.empty()) printer.line(note);
      }
      headed = true;
      printer.line();
      printer.line(std::string(without_semicolon(body->sql)) + ";");
    }
  }
}

std::string SqlDialect::view_columns(const View& view) const {
  return view.names_columns ? " (" + identifiers(view.columns) + ")" : std::string{};
}

void SqlDialect::print_view_bodies(Printer& printer, const Schema& schema,
                                   std::string_view create) const {
  if (schema.views.empty()) return;
  print_section(printer, "views");
  for (const View& view : schema.views) {
    printer.line();
    if (!view.comment.empty()) printer.line(trim(sql_comment(view.comment)));
    printer.line(std::string(create) + " " + identifier(view.name) + view_columns(view) + " AS");
    printer.line(std::string(without_semicolon(view.sql)) + ";");
  }
}

}  // namespace relata
