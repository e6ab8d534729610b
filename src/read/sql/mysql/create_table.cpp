#include <algorithm>

#include "base/text.h"
#include "read/sql/mysql/clauses.h"
#include "read/sql/mysql/complete_table.h"
#include "read/sql/mysql/script.h"
#include "syntax/mysql/character_sets.h"

namespace relata::sql::mysql {

namespace {

void read_items(Cursor& cursor, TableState& state, TableAdditions& additions,
                std::vector<ColumnClause>& columns) {
  do {
    if (at_constraint(cursor)) {
      add_constraint(state, read_constraint(cursor), additions);
    } else {
      columns.push_back(read_column(cursor));
      // What it says about keys has its place among the others.
      add_inline_constraints(state, columns.back(), additions);
    }
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol(")");
}

/// The database's character set, for a table that names none; empty where nothing says it.
void inherit_character_set(const Script& script, const QualifiedName& name, Table& table) {
  const auto found = script.database.databases.find(name.schema);
  if (found == script.database.databases.end()) return;
  table.character_set.text = found->second.character_set;
  table.collation.text = found->second.collation;
}

void copy_table(Script& script, const QualifiedName& source, TableState& state) {
  const TableState* original = script.database.find_table(source);
  if (original == nullptr) return;
  const std::string name = state.table.name;
  const std::string schema = state.table.schema;
  state = *original;
  state.table.name = name;
  state.table.schema = schema;
  state.table.foreign_keys.clear();
  state.triggers.clear();
  // What was made for a foreign key is a key like any other in the copy.
  for (Key& key : state.keys) key.generated = false;
}

void read_partitions(Cursor& cursor, TableState& state) {
  std::size_t position = cursor.position();
  state.partitions = syntax::mysql::read_partitions(cursor.tokens(), position, cursor.mode());
  if (!state.partitions) {
    cursor.fail("this PARTITION BY is not understood");
    return;
  }
  cursor.go_to(position);
}

void read_options(Cursor& cursor, TableState& state, CharacterSetClause& characters) {
  TableOptions options;
  while (!cursor.failed() && read_table_option(cursor, options)) cursor.accept_symbol(",");
  merge_options(state.table.options, options.options);
  if (options.comment_given) state.table.comment = options.comment;
  characters = options.characters;
}

bool is_select(const Cursor& cursor) {
  return cursor.at_word("as") || cursor.at_word("select") || cursor.at_word("with") ||
         cursor.at_word("ignore") || cursor.at_word("replace") || cursor.at_word("values") ||
         cursor.at_symbol("(");
}

void set_character_set(Table& table, const CharacterSetClause& clause) {
  if (!clause.given()) return;
  table.collation.text = clause.collation;
  table.character_set.text = !clause.character_set.empty()
                                 ? clause.character_set
                                 : syntax::mysql::character_set_of(clause.collation);
}

}  // namespace

void create_table(Script& script, Cursor& cursor, bool or_replace, bool temporary) {
  const std::size_t begin = cursor.position();
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  TableState state;
  state.table.name = name.name;
  state.table.schema = name.schema;
  state.table.origin.source = script.file;
  state.table.origin.span = span;
  TableAdditions additions;
  std::vector<ColumnClause> columns;
  CharacterSetClause characters;
  inherit_character_set(script, name, state.table);

  const bool parenthesised_like = cursor.at_symbol("(") && cursor.at_word("like", 1);
  if (parenthesised_like) cursor.accept_symbol("(");
  if (cursor.accept("like")) {
    const QualifiedName source = script.resolve(cursor.qualified_name());
    if (parenthesised_like) cursor.expect_symbol(")");
    if (!cursor.failed() && script.database.find_table(source) == nullptr) {
      script.warn("mysql-unknown-table", "there is no table '" + source.name + "' to copy", span);
      return;
    }
    copy_table(script, source, state);
  } else {
    const bool query =
        cursor.at_symbol("(") && (cursor.at_word("select", 1) || cursor.at_symbol("(", 1));
    if (!query && cursor.accept_symbol("(")) read_items(cursor, state, additions, columns);
    read_options(cursor, state, characters);
    if (cursor.at_word("partition")) read_partitions(cursor, state);
    if (is_select(cursor)) {
      script.warn("mysql-columns-of-select",
                  "the columns that table '" + name.name + "' takes from its SELECT are not read",
                  span, "Write the columns out, so that what is read is what the server makes.");
      while (!cursor.at_end()) cursor.take();
    }
  }
  if (!cursor.at_end()) cursor.fail_here();
  if (cursor.failed() || temporary) return;

  const bool exists = script.database.tables.contains(name) || script.database.views.contains(name);
  if (exists && !or_replace) {
    if (!if_not_exists) {
      script.warn("mysql-duplicate-table", "there is a table or view '" + name.name + "' already",
                  span);
    }
    return;
  }
  set_character_set(state.table, characters);
  if (state.table.options.empty() || engine_of(state.table) == "InnoDB") {
    merge_options(state.table.options, {{"ENGINE", engine_of(state.table)}});
  }
  for (ColumnClause& clause : columns) add_column(state, std::move(clause), additions);
  if (std::string message = complete_table(state, std::move(additions)); !message.empty()) {
    script.warn("mysql-bad-table", message, span);
    return;
  }
  script.database.views.erase(name);
  script.database.tables.insert_or_assign(name, std::move(state));
}

void create_index(Script& script, Cursor& cursor, KeyKind kind) {
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  ConstraintClause clause;
  clause.key.emplace();
  Key& key = *clause.key;
  key.kind = kind;
  key.index.unique = kind == KeyKind::unique;
  if (kind == KeyKind::fulltext) key.index.method = "fulltext";
  if (kind == KeyKind::spatial) key.index.method = "spatial";
  const std::size_t begin = cursor.position();
  key.index.name = cursor.name();
  const Span span = cursor.span_from(begin);
  read_key_options(cursor, key.index);
  cursor.expect("on");
  const QualifiedName name = script.resolve(cursor.qualified_name());
  key.index.parts = read_key_parts(cursor);
  do {
    read_key_options(cursor, key.index);
    if (cursor.accept_any({"algorithm", "lock"})) {
      cursor.accept_symbol("=");
      cursor.take();
    } else if (cursor.accept_any({"wait", "nowait"})) {
      if (cursor.peek().kind == syntax::mysql::TokenKind::number) cursor.take();
    } else if (!cursor.at_end()) {
      cursor.fail_here();
    }
  } while (!cursor.at_end());
  if (cursor.failed()) return;
  TableState* found = script.database.find_table(name);
  if (found == nullptr) {
    script.warn("mysql-unknown-table", "there is no table '" + name.name + "'", span);
    return;
  }
  if (if_not_exists && std::ranges::any_of(found->keys, [&](const Key& other) {
        return same_name(other.index.name, key.index.name);
      })) {
    return;
  }
  TableState state = *found;
  TableAdditions additions;
  add_constraint(state, std::move(clause), additions);
  if (std::string message = complete_table(state, std::move(additions)); !message.empty()) {
    script.warn("mysql-bad-table", message, span);
    return;
  }
  *found = std::move(state);
}

}  // namespace relata::sql::mysql
