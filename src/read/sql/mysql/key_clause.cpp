#include <charconv>

#include "base/text.h"
#include "read/sql/mysql/clauses.h"

namespace relata::sql::mysql {

using syntax::mysql::TokenKind;

namespace {

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

ReferentialAction read_action(Cursor& cursor) {
  if (cursor.accept("cascade")) return ReferentialAction::cascade;
  if (cursor.accept({"set", "null"})) return ReferentialAction::set_null;
  if (cursor.accept({"set", "default"})) return ReferentialAction::set_default;
  if (cursor.accept({"no", "action"})) return ReferentialAction::no_action;
  cursor.expect("restrict");
  return ReferentialAction::restrict;
}

/// The name of a key, where one stands before USING or the parenthesis.
std::string optional_name(Cursor& cursor) {
  if (cursor.at_symbol("(") || !cursor.at_name()) return {};
  if (cursor.at_word("using") && cursor.at_name(1)) return {};
  return cursor.name();
}

void read_key(Cursor& cursor, Key& key) {
  if (std::string name = optional_name(cursor); !name.empty()) key.index.name = std::move(name);
  read_key_options(cursor, key.index);
  key.index.parts = read_key_parts(cursor);
  read_key_options(cursor, key.index);
}

Key new_key(KeyKind kind) {
  Key key;
  key.kind = kind;
  key.index.unique = kind == KeyKind::unique || kind == KeyKind::primary;
  if (kind == KeyKind::fulltext) key.index.method = "fulltext";
  if (kind == KeyKind::spatial) key.index.method = "spatial";
  return key;
}

void read_foreign_key(Cursor& cursor, ConstraintClause& clause) {
  if (cursor.accept({"if", "not", "exists"})) clause.if_not_exists = true;
  clause.foreign_key_index = optional_name(cursor);
  clause.foreign_key->columns = cursor.names_in_parentheses();
  read_references(cursor, *clause.foreign_key);
}

void read_check(Cursor& cursor, Check& check) {
  check.expression = sql_expression(cursor.parenthesised());
  if (cursor.accept({"not", "enforced"})) check.enforced = false;
  cursor.accept("enforced");
}

}  // namespace

void read_references(Cursor& cursor, ForeignKey& key) {
  cursor.expect("references");
  const QualifiedName name = cursor.qualified_name();
  key.table = name.name;
  key.table_schema = name.schema;
  // SHOW CREATE TABLE and information_schema call what was not said RESTRICT.
  key.on_delete = key.on_update = ReferentialAction::restrict;
  if (cursor.at_symbol("(")) key.referenced = cursor.names_in_parentheses();
  for (;;) {
    if (cursor.accept("match")) {
      // InnoDB reads it and does nothing with it.
      cursor.take();
    } else if (cursor.accept({"on", "delete"})) {
      key.on_delete = read_action(cursor);
    } else if (cursor.at_word("on") && cursor.at_word("update", 1)) {
      // A column may have ON UPDATE CURRENT_TIMESTAMP behind its reference.
      if (!cursor.at_word("cascade", 2) && !cursor.at_word("set", 2) && !cursor.at_word("no", 2) &&
          !cursor.at_word("restrict", 2)) {
        return;
      }
      cursor.accept({"on", "update"});
      key.on_update = read_action(cursor);
    } else {
      return;
    }
  }
}

std::vector<IndexPart> read_key_parts(Cursor& cursor) {
  std::vector<IndexPart> parts;
  cursor.expect_symbol("(");
  do {
    IndexPart part;
    if (cursor.at_symbol("(")) {
      part.expression = sql_expression(cursor.parenthesised());
    } else {
      part.expression = expression::column(cursor.name());
      if (cursor.accept_symbol("(")) {
        part.prefix_length = number(cursor.take().text);
        cursor.expect_symbol(")");
      }
    }
    if (cursor.accept("desc")) part.descending = true;
    cursor.accept("asc");
    parts.push_back(std::move(part));
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol(")");
  return parts;
}

void read_key_options(Cursor& cursor, Index& index) {
  while (!cursor.failed()) {
    if (cursor.accept("using") || cursor.accept("type")) {
      const std::string algorithm = to_upper(cursor.name());
      if (algorithm == "BTREE" || algorithm == "HASH") index.algorithm.text = algorithm;
    } else if (cursor.accept("comment")) {
      index.comment = cursor.value();
    } else if (cursor.accept("key_block_size")) {
      cursor.accept_symbol("=");
      const std::string size(cursor.take().text);
      if (size != "0") index.options.push_back({"KEY_BLOCK_SIZE", size});
    } else if (cursor.accept({"with", "parser"})) {
      index.options.push_back({"PARSER", cursor.name()});
    } else if (cursor.accept_any({"invisible", "ignored"})) {
      index.invisible = true;
    } else if (cursor.accept("visible") || cursor.accept({"not", "ignored"})) {
      index.invisible = false;
    } else if (cursor.accept("clustering")) {
      cursor.accept_symbol("=");
      cursor.take();
    } else if (cursor.accept_any({"engine_attribute", "secondary_engine_attribute"})) {
      cursor.accept_symbol("=");
      cursor.take();
    } else {
      return;
    }
  }
}

bool at_constraint(const Cursor& cursor) {
  const auto begins = [&](std::string_view word) { return cursor.at_word(word); };
  if (begins("constraint") || begins("fulltext") || begins("spatial") || begins("foreign") ||
      begins("unique") || begins("key") || begins("index")) {
    // These are reserved words; a column of that name stands in quotes.
    return true;
  }
  if (begins("primary")) return true;
  if (begins("check")) return cursor.at_symbol("(", 1);
  return begins("period") && cursor.at_word("for", 1);
}

ConstraintClause read_constraint(Cursor& cursor) {
  ConstraintClause clause;
  std::string name;
  if (cursor.accept("constraint") && !cursor.at_word("primary") && !cursor.at_word("unique") &&
      !cursor.at_word("foreign") && !cursor.at_word("check")) {
    if (cursor.accept({"if", "not", "exists"})) clause.if_not_exists = true;
    name = cursor.name();
  }
  if (cursor.accept("primary")) {
    cursor.expect("key");
    clause.key = new_key(KeyKind::primary);
    read_key(cursor, *clause.key);
    clause.key->index.name = "PRIMARY";
  } else if (cursor.accept({"foreign", "key"})) {
    clause.foreign_key.emplace();
    clause.foreign_key->name = name;
    read_foreign_key(cursor, clause);
  } else if (cursor.accept("check")) {
    clause.check.emplace();
    clause.check->name = name;
    read_check(cursor, *clause.check);
  } else if (cursor.accept({"period", "for"})) {
    // The columns say it: GENERATED ALWAYS AS ROW START.
    (void)cursor.name();
    cursor.skip_parentheses();
  } else {
    const KeyKind kind = cursor.accept("unique")     ? KeyKind::unique
                         : cursor.accept("fulltext") ? KeyKind::fulltext
                         : cursor.accept("spatial")  ? KeyKind::spatial
                                                     : KeyKind::plain;
    if (!cursor.accept_any({"key", "index"}) && kind == KeyKind::plain) cursor.fail_here();
    if (cursor.accept({"if", "not", "exists"})) clause.if_not_exists = true;
    clause.key = new_key(kind);
    clause.key->index.name = name;
    read_key(cursor, *clause.key);
  }
  return clause;
}

}  // namespace relata::sql::mysql
