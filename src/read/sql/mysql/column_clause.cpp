#include "base/text.h"
#include "read/sql/mysql/clauses.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/types.h"

namespace relata::sql::mysql {

using syntax::mysql::TokenKind;
using syntax::mysql::TypeWords;

namespace {

/// Reads the words of one column's definition behind its name.
class ColumnReader {
 public:
  ColumnReader(Cursor& cursor, ColumnClause& clause) : cursor_(cursor), clause_(clause) {}

  void read() {
    read_type_name();
    read_type_numbers();
    while (!cursor_.failed() && read_attribute()) {
    }
    finish();
  }

 private:
  void read_type_name() {
    if (cursor_.peek().kind != TokenKind::word) {
      cursor_.fail_here();
      return;
    }
    words_.name = to_lower(cursor_.take().text);
    national_ = words_.name == "national" || words_.name == "nchar" || words_.name == "nvarchar";
    // The types whose names have more than one word.
    if (words_.name == "national" || words_.name == "long") {
      take_one_of({"char", "character", "varchar", "varcharacter", "varbinary"});
    }
    if (words_.name == "nchar") take_one_of({"varchar", "varcharacter"});
    if (words_.name.ends_with("char") || words_.name.ends_with("character")) {
      if (!words_.name.ends_with("varchar")) take_one_of({"varying"});
      if (words_.name == "char" || words_.name == "character") take_one_of({"byte"});
    }
    if (words_.name == "double") take_one_of({"precision"});
    if (words_.name == "serial") {
      clause_.unique = true;
      set_automatic();
    }
  }

  void take_one_of(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      if (!cursor_.accept(word)) continue;
      words_.name += ' ';
      words_.name += word;
      return;
    }
  }

  void read_type_numbers() {
    if (!cursor_.accept_symbol("(")) return;
    while (!cursor_.failed() && !cursor_.accept_symbol(")")) {
      const auto& token = cursor_.peek();
      if (token.kind == TokenKind::string) {
        words_.labels.push_back(cursor_.value());
      } else if (token.kind == TokenKind::number) {
        words_.numbers.emplace_back(cursor_.take().text);
      } else if (token.kind == TokenKind::word && token.text.starts_with('_')) {
        cursor_.take();
      } else if (!cursor_.accept_symbol(",")) {
        cursor_.fail_here();
      }
    }
  }

  bool read_attribute() {
    return read_type_attribute() || read_value() || read_key() || read_rest();
  }

  bool read_type_attribute() {
    if (cursor_.accept("unsigned")) {
      words_.is_unsigned = true;
    } else if (cursor_.accept("zerofill")) {
      words_.zerofill = true;
    } else if (cursor_.accept("ascii")) {
      clause_.characters.character_set = "latin1";
    } else if (cursor_.accept("unicode")) {
      clause_.characters.character_set = "ucs2";
    } else if (cursor_.accept("binary")) {
      clause_.characters.binary = true;
    } else if (cursor_.accept("byte")) {
      clause_.characters.character_set = "binary";
    } else if (cursor_.accept("compressed")) {
      if (cursor_.accept_symbol("=")) cursor_.take();
      clause_.column.options.push_back({"COMPRESSED", {}});
    } else {
      return cursor_.accept("signed") || read_character_set(cursor_, clause_.characters);
    }
    return true;
  }

  bool read_value() {
    Column& column = clause_.column;
    if (cursor_.accept({"not", "null"})) {
      column.nullable = false;
      clause_.nullable_given = true;
    } else if (cursor_.accept("null")) {
      column.nullable = true;
      clause_.nullable_given = true;
    } else if (cursor_.accept("default")) {
      column.default_value = read_default(cursor_);
    } else if (cursor_.accept({"on", "update"})) {
      if (auto value = read_default(cursor_)) column.on_update = *std::move(value);
    } else if (cursor_.accept("auto_increment")) {
      set_automatic();
    } else if (cursor_.accept({"serial", "default", "value"})) {
      clause_.unique = true;
      set_automatic();
    } else if (cursor_.accept({"generated", "always", "as"}) || cursor_.accept("as")) {
      read_generated();
    } else {
      return false;
    }
    return true;
  }

  void read_generated() {
    Generated generated;
    if (cursor_.accept("row")) {
      generated.expression = sql_expression(cursor_.accept("start") ? "ROW START" : "ROW END");
      if (generated.expression.text == "ROW END") cursor_.expect("end");
      generated.stored = true;
      clause_.column.nullable = false;
    } else {
      generated.expression = sql_expression(cursor_.parenthesised());
      generated.stored = false;
    }
    clause_.column.generated = std::move(generated);
  }

  bool read_key() {
    if (cursor_.accept({"primary", "key"}) || cursor_.accept("primary")) {
      clause_.primary = true;
    } else if (cursor_.accept("unique")) {
      cursor_.accept("key");
      clause_.unique = true;
    } else if (cursor_.accept("key")) {
      clause_.primary = true;
    } else if (cursor_.at_word("references")) {
      clause_.reference.emplace();
      read_references(cursor_, *clause_.reference);
    } else if (cursor_.at_word("constraint") || cursor_.at_word("check")) {
      read_check();
    } else {
      return false;
    }
    return true;
  }

  void read_check() {
    Check check;
    if (cursor_.accept("constraint")) {
      if (!cursor_.at_word("check")) check.name = cursor_.name();
      if (cursor_.at_word("references")) return;
    }
    cursor_.expect("check");
    check.expression = sql_expression(cursor_.parenthesised());
    if (check.name.empty()) check.column = clause_.column.name;
    if (cursor_.accept({"not", "enforced"})) check.enforced = false;
    cursor_.accept("enforced");
    clause_.checks.push_back(std::move(check));
  }

  bool read_rest() {
    Column& column = clause_.column;
    if (cursor_.accept("comment")) {
      column.comment = cursor_.value();
    } else if (cursor_.accept("virtual")) {
      if (column.generated) column.generated->stored = false;
    } else if (cursor_.accept_any({"stored", "persistent"})) {
      if (column.generated) column.generated->stored = true;
    } else if (cursor_.accept("invisible")) {
      column.invisible = true;
    } else if (cursor_.accept("visible")) {
      column.invisible = false;
    } else if (cursor_.accept_any({"column_format", "storage", "srid"})) {
      cursor_.take();
    } else if (cursor_.accept_any(
                   {"engine_attribute", "secondary_engine_attribute", "ref_system_id"})) {
      cursor_.accept_symbol("=");
      cursor_.take();
    } else if (cursor_.accept({"without", "system", "versioning"})) {
      column.options.push_back({"WITHOUT SYSTEM VERSIONING", {}});
    } else if (cursor_.accept({"with", "system", "versioning"})) {
      column.options.push_back({"WITH SYSTEM VERSIONING", {}});
    } else {
      return false;
    }
    return true;
  }

  void set_automatic() {
    clause_.column.identity.emplace();
    clause_.column.nullable = false;
  }

  /// The type with what its character set does to it.
  void finish() {
    Column& column = clause_.column;
    if (national_) clause_.characters.character_set = "utf8mb3";
    if (words_.name == "text" && !words_.numbers.empty()) {
      clause_.text_length = syntax::mysql::column_type("char(" + words_.numbers[0] + ")").length;
      words_.numbers.clear();
    }
    column.type = syntax::mysql::type_of(words_);
    if (clause_.characters.character_set == "binary" || clause_.characters.collation == "binary") {
      make_binary();
    }
    if (column.identity) column.nullable = false;
    // MariaDB adds its check that the text is JSON only where the column has none of its own.
    if (column.type.kind == TypeKind::json && !clause_.checks.empty()) {
      column.type = syntax::mysql::column_type("longtext");
      clause_.characters.collation = "utf8mb4_bin";
    }
  }

  /// CHARACTER SET binary turns texts into bytes; enum and set keep it as their collation.
  void make_binary() {
    Type& type = clause_.column.type;
    const std::string_view base = syntax::mysql::base_type(type);
    std::string spelling = type.spelling;
    if (base == "char" || base == "varchar") {
      spelling = (base == "char" ? "binary" : "varbinary") + spelling.substr(base.size());
    } else if (base.ends_with("text")) {
      spelling.replace(base.size() - 4, 4, "blob");
    } else {
      return;
    }
    type = syntax::mysql::column_type(spelling);
    clause_.characters = {};
  }

  Cursor& cursor_;
  ColumnClause& clause_;
  TypeWords words_;
  bool national_ = false;
};

}  // namespace

Expression sql_expression(const std::string& text) {
  Expression result = expression::leaf(Operation::sql, std::string(trim(text)));
  result.dialect = "mysql";
  return result;
}

std::string CharacterSetClause::resolved(const std::string& inherited) const {
  if (!collation.empty()) return collation;
  const std::string set =
      character_set.empty() ? syntax::mysql::character_set_of(inherited) : character_set;
  if (binary) return set.empty() ? std::string() : set + "_bin";
  return character_set.empty() ? inherited : syntax::mysql::default_collation(set);
}

std::optional<Expression> read_default(Cursor& cursor) {
  if (cursor.accept("null")) return std::nullopt;
  const std::size_t first = cursor.position();
  if (cursor.at_symbol("(")) {
    cursor.skip_parentheses();
    return sql_expression(std::string(cursor.text_between(first, cursor.position())));
  }
  while (cursor.accept_symbol("-") || cursor.accept_symbol("+")) {
  }
  const auto kind = cursor.peek().kind;
  if (kind == TokenKind::end || kind == TokenKind::symbol || kind == TokenKind::unknown) {
    cursor.fail_here();
    return std::nullopt;
  }
  if (cursor.accept({"next", "value", "for"}) || cursor.accept({"previous", "value", "for"})) {
    (void)cursor.qualified_name();
  } else {
    const bool word = cursor.at_name();
    cursor.take();
    // An introducer or a type before a string (_utf8mb4'x', DATE'2000-01-01').
    if (word && cursor.peek().kind == TokenKind::string) cursor.take();
    while (kind == TokenKind::string && cursor.peek().kind == TokenKind::string) cursor.take();
    while (word && cursor.accept_symbol(".")) (void)cursor.name();
    if (word && cursor.at_symbol("(")) cursor.skip_parentheses();
  }
  return sql_expression(std::string(cursor.text_between(first, cursor.position())));
}

ColumnClause read_column(Cursor& cursor) {
  ColumnClause clause;
  clause.column.name = cursor.name();
  if (!cursor.failed()) ColumnReader(cursor, clause).read();
  return clause;
}

}  // namespace relata::sql::mysql
