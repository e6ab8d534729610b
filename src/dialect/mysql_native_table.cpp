#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/mysql_native.h"
#include "model/questions.h"

namespace relata {
namespace {

/// Options whose values are texts, even where they look like a word.
constexpr std::array<std::string_view, 6> text_options{
    "CONNECTION", "DATA DIRECTORY", "INDEX DIRECTORY", "COMPRESSION", "ENCRYPTION", "PASSWORD",
};

bool is_word(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.';
  });
}

/// The whole of `text` is one pair of parentheses and what is between.
bool is_in_parentheses(std::string_view text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == '\\' && quote != '`') ++i;
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '\'' || c == '"' || c == '`') quote = c;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0 && i + 1 < text.size()) return false;
  }
  return depth == 0;
}

/// A string, a number, bits, bytes, NULL, TRUE, FALSE, a sign before a number.
bool is_value(std::string_view text) {
  const std::string lower = to_lower(text);
  if (lower == "null" || lower == "true" || lower == "false") return true;
  std::string_view rest = lower;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  if (!rest.empty() && (is_ascii_digit(rest.front()) || rest.front() == '.')) {
    return std::all_of(rest.begin(), rest.end(), [](char c) {
      return is_ascii_digit(c) || is_ascii_letter(c) || c == '.' || c == '-' || c == '+';
    });
  }
  // 'x', "x", b'1', x'4d', n'x', _utf8mb4'x', date '2000-01-01'
  const std::size_t quote = lower.find_first_of("'\"");
  if (quote == std::string::npos) return false;
  const std::string_view introducer = trim(std::string_view(lower).substr(0, quote));
  if (!introducer.empty() && !is_word(introducer)) return false;
  const char mark = lower[quote];
  for (std::size_t i = quote + 1; i < lower.size(); ++i) {
    if (lower[i] == '\\') {
      ++i;
    } else if (lower[i] == mark) {
      if (i + 1 == lower.size()) return true;
      if (lower[i + 1] != mark) return false;
      ++i;
    }
  }
  return false;
}

/// The words behind a parenthesis, on more lines when they are too long for one.
std::string wrapped_words(const std::vector<std::string>& words) {
  constexpr std::size_t width = 98;
  std::string text;
  std::size_t used = 1;
  for (const std::string& word : words) {
    const std::size_t length = code_points(word);
    if (used + 1 + length > width && used > 2) {
      text += "\n ";
      used = 1;
    }
    text += " " + word;
    used += 1 + length;
  }
  return text;
}

/// Synonyms of CURRENT_TIMESTAMP, which every server takes without parentheses.
bool is_moment(std::string_view text) {
  const std::string lower = to_lower(text);
  const std::string_view word = trim(std::string_view(lower).substr(0, lower.find('(')));
  const std::size_t open = lower.find('(');
  const bool plain =
      open == std::string::npos || (lower.back() == ')' && lower.find(')') == lower.size() - 1);
  return plain && (word == "current_timestamp" || word == "now" || word == "localtime" ||
                   word == "localtimestamp");
}

}  // namespace

std::string mysql_default(std::string_view sql) {
  const std::string_view text = trim(sql);
  if (is_value(text) || is_moment(text) || is_in_parentheses(text)) return std::string(text);
  return "(" + std::string(text) + ")";
}

std::string MysqlNativeWriter::system_period(const Table& table) const {
  std::string start;
  std::string end;
  for (const Column& column : table.columns) {
    if (!is_period_bound(column)) continue;
    const bool starts = to_upper(column.generated->expression.text) == "ROW START";
    (starts ? start : end) = name(column.name);
  }
  if (start.empty() || end.empty()) return {};
  return "PERIOD FOR SYSTEM_TIME (" + start + ", " + end + ")";
}

std::string MysqlNativeWriter::text(const Expression& expression) const {
  return dialect_.expression(expression);
}

std::string MysqlNativeWriter::generation(const Generated& generated) const {
  const std::string sql = text(generated.expression);
  const std::string upper = to_upper(sql);
  if (upper == "ROW START" || upper == "ROW END") return "GENERATED ALWAYS AS " + upper;
  return "GENERATED ALWAYS AS (" + sql + ")" + (generated.stored ? " STORED" : " VIRTUAL");
}

std::string MysqlNativeWriter::column_checks(const Table& table, const Column& column) const {
  std::string text;
  for (const Check& check : table.checks) {
    if (check.column != column.name) continue;
    text += " ";
    if (!check.name.empty()) text += "CONSTRAINT " + name(check.name) + " ";
    text += "CHECK (" + this->text(check.expression) + ")";
    if (!check.enforced) text += " NOT ENFORCED";
  }
  return text;
}

std::string MysqlNativeWriter::column_rest(const Table& table, const Column& column) const {
  std::string rest;
  if (column.generated) rest += " " + generation(*column.generated);
  if (column.default_value) rest += " DEFAULT " + mysql_default(text(*column.default_value));
  if (column.on_update) rest += " ON UPDATE " + text(*column.on_update);
  if (column.identity) rest += " AUTO_INCREMENT";
  if (column.invisible) rest += " INVISIBLE";
  if (has_option(column.options, "WITHOUT SYSTEM VERSIONING")) rest += " WITHOUT SYSTEM VERSIONING";
  if (!column.comment.empty()) rest += " COMMENT " + literal(column.comment);
  rest += column_checks(table, column);  // last, or MariaDB refuses it
  return rest.empty() ? rest : rest.substr(1);
}

ColumnLine MysqlNativeWriter::column_line(const Table& table, const Column& column) const {
  ColumnLine line;
  line.name = name(column.name);
  line.type = column.type.spelling.empty() ? dialect_.type_name(column.type) : column.type.spelling;
  if (!column.character_set.empty()) line.type += " CHARACTER SET " + column.character_set;
  if (!column.collation.empty()) line.type += " COLLATE " + column.collation;
  // The _bin collation of whatever character set the database has.
  if (has_option(column.options, "BINARY")) line.type += " BINARY";
  if (has_option(column.options, "COMPRESSED")) line.type += " COMPRESSED";
  for (const Option& option : column.options) {
    if (option.name == "SRID") line.type += " SRID " + option.value;
  }
  const bool timestamp = line.type.starts_with("timestamp");
  if (!column.nullable && !is_period_bound(column)) {
    line.nullability = "NOT NULL";
  } else if (column.nullable && timestamp && !column.generated) {
    // Older settings take a timestamp for NOT NULL (explicit_defaults_for_timestamp = OFF).
    line.nullability = "NULL";
  }
  line.rest = column_rest(table, column);
  return line;
}

std::string MysqlNativeWriter::option(const Option& option) const {
  const bool quoted =
      std::find(text_options.begin(), text_options.end(), option.name) != text_options.end() ||
      (!is_word(option.value) && !option.value.starts_with('('));
  return quoted ? literal(option.value) : option.value;
}

std::string MysqlNativeWriter::table_options(const Table& table) const {
  std::vector<std::string> words;
  const auto add_defaults = [&] {
    if (!table.character_set.text.empty()) {
      words.push_back("DEFAULT CHARSET = " + table.character_set.text);
    }
    if (!table.collation.text.empty()) words.push_back("COLLATE = " + table.collation.text);
  };
  if (!has_option(table.options, "ENGINE")) add_defaults();
  for (const Option& option : table.options) {
    if (option.name == "WITH SYSTEM VERSIONING" || option.name == "PERIOD") continue;
    std::string word = option.name;
    if (!option.value.empty()) word += " = " + this->option(option);
    words.push_back(std::move(word));
    if (option.name == "ENGINE") add_defaults();
  }
  if (!table.comment.empty()) words.push_back("COMMENT = " + literal(table.comment));
  if (has_option(table.options, "WITH SYSTEM VERSIONING")) {
    words.emplace_back("WITH SYSTEM VERSIONING");
  }
  return wrapped_words(words);
}

void MysqlNativeWriter::print_table(const Table& table,
                                    const std::vector<const ForeignKey*>& keys) {
  std::vector<ColumnLine> columns;
  columns.reserve(table.columns.size());
  for (const Column& column : table.columns) columns.push_back(column_line(table, column));
  std::vector<std::string> lines = aligned_lines(columns);
  if (std::string period = system_period(table); !period.empty()) {
    lines.push_back(std::move(period));
  }
  for (const Option& option : table.options) {
    if (option.name == "PERIOD") lines.push_back("PERIOD FOR " + option.value);
  }
  for (std::string& line : key_lines(table, keys)) lines.push_back(std::move(line));

  printer_.line("CREATE TABLE " + name(table.name) + " (");
  // The printer's own indentation would get into string literals of several lines.
  for (std::size_t i = 0; i < lines.size(); ++i) {
    printer_.line("  " + lines[i] + (i + 1 < lines.size() ? "," : ""));
  }
  std::string end = ")" + table_options(table);
  if (table.partitioning) end += "\n" + table.partitioning->text.text;
  printer_.line(end + ";");
}

}  // namespace relata
