#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/text.h"
#include "dialect/reserved_words.h"
#include "dialect/sqlite.h"
#include "dialect/sqlite_texts.h"
#include "model/questions.h"

// A schema that was read in SQLite, written so that sqlite_schema and every pragma say the same
// again. How a table was written is part of SQLite's catalog: the order of keys numbers the indexes
// behind them, and the texts of defaults, checks and expressions are kept as they are.

namespace relata {
namespace {

/// SQL that cannot swallow what is written behind it: a comment at its end gets a line end.
std::string closed(std::string_view sql) {
  const std::size_t last_line = sql.rfind('\n') == std::string_view::npos ? 0 : sql.rfind('\n') + 1;
  std::string text(sql);
  if (sql.find("--", last_line) != std::string_view::npos) text += '\n';
  return text;
}

/// " COLLATE NOCASE"; empty for no collation.
std::string collate(const SqliteDialect& dialect, std::string_view name) {
  if (name.empty()) return {};
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return is_ascii_letter(c) || c == '_'; });
  return " COLLATE " + (plain ? std::string(name) : dialect.identifier(name));
}

/// Whether DEFAULT takes the text as it is: a literal, a name or a number with its sign
/// (https://sqlite.org/lang_createtable.html#the_default_clause).
bool is_plain_default(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text = trim(text.substr(1));
  if (text.empty()) return false;
  const char first = text.front();
  if (first == '[') return text.find(']') == text.size() - 1;
  if (first == '\'' || first == '"' || first == '`') {
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] != first) continue;
      if (i + 1 < text.size() && text[i + 1] == first) {
        ++i;
      } else {
        return i + 1 == text.size();
      }
    }
    return false;
  }
  if ((first == 'x' || first == 'X') && text.size() > 2 && text[1] == '\'') {
    return text.find('\'', 2) == text.size() - 1;
  }
  // A number may have a sign in its exponent; names and keywords have word characters only.
  const bool number = is_ascii_digit(first) || first == '.';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool word = is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
                      static_cast<unsigned char>(c) >= 0x80;
    const bool part = number && (c == '.' || ((c == '+' || c == '-') && i > 0 &&
                                              (text[i - 1] == 'e' || text[i - 1] == 'E')));
    if (!word && !part) return false;
  }
  return true;
}

bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Words that can be names without quotes, but not types.
constexpr std::array<std::string_view, 8> no_type_words{"cross", "full",    "indexed", "inner",
                                                        "left",  "natural", "outer",   "right"};

/// Whether a declared type can stand without quotes: words, and perhaps numbers in parentheses
/// (https://sqlite.org/syntax/type-name.html).
bool is_plain_type(std::string_view type) {
  const std::size_t open = type.find('(');
  const std::string words = one_line(trim(type.substr(0, open)));
  for (const std::string_view word : split(words, ' ')) {
    const bool plain = std::all_of(word.begin(), word.end(), is_word_byte) &&
                       (word.empty() || !is_ascii_digit(word.front()));
    const std::string lower = to_lower(word);
    if (!plain || is_sqlite_reserved(lower) ||
        std::find(no_type_words.begin(), no_type_words.end(), lower) != no_type_words.end()) {
      return false;
    }
  }
  if (open == std::string_view::npos) return true;
  if (!type.ends_with(')') || trim(type.substr(0, open)).empty()) return false;
  const std::vector<std::string_view> numbers =
      split(type.substr(open + 1, type.size() - open - 2), ',');
  return numbers.size() <= 2 &&
         std::all_of(numbers.begin(), numbers.end(), [](std::string_view number) {
           number = trim(number);
           if (number.starts_with('-') || number.starts_with('+')) number.remove_prefix(1);
           return !number.empty() && is_ascii_digit(number.front()) &&
                  number.find_first_not_of("0123456789.") == std::string_view::npos;
         });
}

class TableWriter {
 public:
  TableWriter(const SqliteDialect& dialect, const Table& table)
      : dialect_(dialect),
        table_(table),
        key_is_inline_(has_inline_key()),
        inline_uniques_(key_is_inline_ ? place_of_key() : 0) {}

  void write(Printer& printer) {
    for (const Column& column : table_.columns)
      items_.push_back({definition(column), column.comment});
    add_keys();
    for (const Check& check : table_.checks) {
      if (!stands_with_column(check)) items_.push_back({check_text(check), {}});
    }
    for (const ForeignKey& key : table_.foreign_keys) items_.push_back({foreign_key(key), {}});
    std::string opening = "CREATE TABLE " + dialect_.identifier(table_.name) + " (";
    if (!table_.comment.empty()) opening += " -- " + one_line(table_.comment);
    printer.line(opening);
    for (const Item& item : items_) {
      std::string line = "  " + item.text + (&item == &items_.back() ? "" : ",");
      if (!item.comment.empty()) line += " -- " + one_line(item.comment);
      printer.line(line);
    }
    std::vector<std::string> options;
    for (const Option& option : table_.options) options.push_back(option.name);
    printer.line(")" + (options.empty() ? "" : " " + join(options, ", ")) + ";");
  }

 private:
  struct Item {
    std::string text;
    std::string comment;
  };

  /// The number of the row is declared at its column, and so is an INTEGER key that is none
  /// ("INTEGER PRIMARY KEY DESC").
  [[nodiscard]] bool has_inline_key() const {
    if (!table_.primary_key || table_.primary_key->columns.size() != 1) return false;
    const bool without_rowid =
        std::any_of(table_.options.begin(), table_.options.end(),
                    [](const Option& option) { return option.name == "WITHOUT ROWID"; });
    const Column* column = table_.find_column(table_.primary_key->columns.front());
    return column != nullptr && !without_rowid && to_lower(column->type.spelling) == "integer";
  }

  [[nodiscard]] std::string named(std::string_view name) const {
    return name.empty() ? "" : "CONSTRAINT " + dialect_.identifier(name) + " ";
  }

  static std::string conflict(const std::vector<Option>& options, std::string_view name) {
    const std::string_view action = option_value(options, name);
    return action.empty() ? "" : " ON CONFLICT " + std::string(action);
  }

  [[nodiscard]] std::string definition(const Column& column) const {
    std::string text = dialect_.identifier(column.name);
    if (const std::string& type = column.type.spelling; !type.empty()) {
      text += " " + (is_plain_type(type) ? type : '"' + replace_all(type, "\"", "\"\"") + '"');
    }
    // What stands before a key that is declared at its column is declared so as well.
    for (std::size_t i = 0; i < inline_uniques_; ++i) {
      const Unique& unique = table_.uniques[i];
      if (unique.columns.front() != column.name) continue;
      text += " " + named(unique.name) + "UNIQUE" + conflict(unique.options, "ON CONFLICT");
    }
    if (key_is_inline_ && table_.primary_key->columns.front() == column.name) {
      const PrimaryKey& key = *table_.primary_key;
      text += " " + named(key.name) + "PRIMARY KEY";
      if (!column.identity) text += " DESC";
      text += conflict(key.options, "ON CONFLICT");
      if (column.identity && column.identity->automatic) text += " AUTOINCREMENT";
    }
    if (!column.nullable) {
      text += " " + named(column.not_null_name) + "NOT NULL" +
              conflict(column.options, "NOT NULL ON CONFLICT");
    }
    if (column.default_value) {
      const std::string value = dialect_.expression(*column.default_value);
      text += " " + named(option_value(column.options, "DEFAULT CONSTRAINT")) + "DEFAULT " +
              (is_plain_default(value) ? value : "(" + closed(value) + ")");
    }
    text += collate(dialect_, column.collation);
    if (column.generated) {
      text += " GENERATED ALWAYS AS (" + closed(dialect_.expression(column.generated->expression)) +
              ")" + (column.generated->stored ? " STORED" : " VIRTUAL");
    }
    for (const Check& check : table_.checks) {
      if (check.column == column.name) text += " " + check_text(check);
    }
    return text;
  }

  [[nodiscard]] bool stands_with_column(const Check& check) const {
    return !check.column.empty() && table_.find_column(check.column) != nullptr;
  }

  [[nodiscard]] std::string check_text(const Check& check) const {
    return named(check.name) + "CHECK (" + closed(dialect_.expression(check.expression)) + ")";
  }

  template <class Key>
  [[nodiscard]] std::string key_text(const Key& key, std::string_view words) const {
    const std::string_view columns = option_value(key.options, "columns");
    return named(key.name) + std::string(words) + " (" +
           (columns.empty() ? dialect_.identifiers(key.columns) : std::string(columns)) + ")" +
           conflict(key.options, "ON CONFLICT");
  }

  /// How many unique keys stand before the primary key.
  [[nodiscard]] std::size_t place_of_key() const {
    std::size_t place = 0;
    for (const char c : option_value(table_.primary_key->options, "place").substr(0, 6)) {
      place = place * 10 + static_cast<std::size_t>(c - '0');
    }
    return std::min(place == 0 ? 0 : place - 1, table_.uniques.size());
  }

  /// The primary key at its place among the unique keys.
  void add_keys() {
    const bool separate = table_.primary_key && !key_is_inline_;
    const std::size_t place = separate ? place_of_key() : 0;
    for (std::size_t i = inline_uniques_; i <= table_.uniques.size(); ++i) {
      if (separate && i == place) {
        items_.push_back({key_text(*table_.primary_key, "PRIMARY KEY"), {}});
      }
      if (i < table_.uniques.size()) items_.push_back({key_text(table_.uniques[i], "UNIQUE"), {}});
    }
  }

  [[nodiscard]] std::string foreign_key(const ForeignKey& key) const {
    return named(key.name) + "FOREIGN KEY (" + dialect_.identifiers(key.columns) + ") " +
           sqlite_reference(dialect_, key);
  }

  const SqliteDialect& dialect_;
  const Table& table_;
  bool key_is_inline_;
  std::size_t inline_uniques_;
  std::vector<Item> items_;
};

std::string index_text(const SqliteDialect& dialect, const Table& table, const Index& index) {
  std::vector<std::string> parts;
  for (const IndexPart& part : index.parts) {
    std::string text = closed(dialect.expression(part.expression));
    text += collate(dialect, part.collation);
    if (part.descending) text += " DESC";
    parts.push_back(std::move(text));
  }
  std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  text += dialect.identifier(index.name) + " ON " + dialect.identifier(table.name) + " (" +
          join(parts, ", ") + ")";
  if (index.where) text += " WHERE " + closed(dialect.expression(*index.where));
  return text;
}

void print_statement(Printer& printer, std::string_view sql) {
  printer.line();
  printer.line(closed(without_semicolon(sql)) + ";");
}

void print_triggers(Printer& printer, const std::vector<Trigger>& triggers) {
  for (const Trigger& trigger : triggers) {
    if (const auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
      print_statement(printer, body->sql);
    }
  }
}

}  // namespace

std::string sqlite_reference(const Dialect& dialect, const ForeignKey& key) {
  std::string text = "REFERENCES " + dialect.identifier(key.table);
  std::vector<std::string> columns;
  for (const std::string& column : key.referenced) columns.push_back(dialect.identifier(column));
  if (!columns.empty()) text += " (" + join(columns, ", ") + ")";
  if (key.match_full) text += " MATCH FULL";
  if (key.on_update != ReferentialAction::no_action) {
    text += " ON UPDATE " + std::string(action_words(key.on_update));
  }
  if (key.on_delete != ReferentialAction::no_action) {
    text += " ON DELETE " + std::string(action_words(key.on_delete));
  }
  if (key.deferrable) text += " DEFERRABLE";
  if (key.initially_deferred) text += " INITIALLY DEFERRED";
  return text;
}

std::string SqliteDialect::native_ddl(const Schema& schema, DiagnosticSink&) const {
  Printer printer;
  print_header(printer, title(), "sqlite3 DATABASE < FILE");
  printer.line("BEGIN;");
  for (const Table& table : schema.tables) {
    printer.line();
    TableWriter(*this, table).write(printer);
    for (const Index& index : table.indexes) printer.line(index_text(*this, table, index) + ";");
  }
  for (const OtherObject& other : schema.others) print_statement(printer, other.sql.text);
  for (const View& view : schema.views) {
    const std::string columns = view.names_columns ? " (" + identifiers(view.columns) + ")" : "";
    print_statement(printer, "CREATE VIEW " + identifier(view.name) + columns + " AS " + view.sql);
  }
  for (const Table& table : schema.tables) print_triggers(printer, table.triggers);
  for (const View& view : schema.views) print_triggers(printer, view.triggers);
  printer.line();
  printer.line("COMMIT;");
  return printer.take();
}

}  // namespace relata
