#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "read/sql/mysql/clauses.h"
#include "read/sql/mysql/complete_table.h"
#include "read/sql/mysql/rename_column.h"
#include "read/sql/mysql/script.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/character_widths.h"
#include "syntax/mysql/types.h"

namespace relata::sql::mysql {

namespace {

/// Carries out the clauses of one ALTER TABLE on a copy of the table.
class TableAlteration {
 public:
  TableAlteration(Script& script, Cursor& cursor, const TableState& table)
      : script_(script), cursor_(cursor), state_(table) {}

  void read() {
    if (cursor_.at_end()) return;
    do {
      const std::size_t begin = cursor_.position();
      if (!read_clause()) cursor_.fail_here();
      clause_span_ = cursor_.span_from(begin);
    } while (!cursor_.failed() && message_.empty() &&
             (cursor_.accept_symbol(",") || !cursor_.at_end()));
    if (message_.empty()) message_ = complete_table(state_, std::move(additions_));
  }

  /// What the server would refuse; empty: nothing.
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] Span clause_span() const { return clause_span_; }
  [[nodiscard]] TableState& result() { return state_; }
  [[nodiscard]] const std::optional<QualifiedName>& new_name() const { return new_name_; }

 private:
  bool read_clause() {
    if (cursor_.accept("add")) return read_add();
    if (cursor_.accept("drop")) return read_drop();
    if (cursor_.accept("change")) return read_change(true);
    if (cursor_.accept("modify")) return read_change(false);
    if (cursor_.accept("alter")) return read_alter();
    if (cursor_.accept("rename")) return read_rename();
    if (cursor_.accept({"convert", "to"})) return read_convert();
    return read_partitioning() || read_other() || read_options();
  }

  // ADD

  bool read_add() {
    if (cursor_.accept("partition")) return read_add_partition();
    if (cursor_.accept({"system", "versioning"})) {
      merge_options(state_.table.options, {{"WITH SYSTEM VERSIONING", {}}});
      return true;
    }
    if (at_constraint(cursor_)) {
      ConstraintClause clause = read_constraint(cursor_);
      if (!clause.if_not_exists || !exists(clause)) {
        add_constraint(state_, std::move(clause), additions_);
      }
      return true;
    }
    cursor_.accept("column");
    const bool if_not_exists = cursor_.accept({"if", "not", "exists"});
    if (cursor_.accept_symbol("(")) {
      do {
        if (at_constraint(cursor_)) {
          add_constraint(state_, read_constraint(cursor_), additions_);
        } else {
          add(read_column(cursor_), if_not_exists);
        }
      } while (cursor_.accept_symbol(","));
      cursor_.expect_symbol(")");
    } else {
      ColumnClause clause = read_column(cursor_);
      read_place(clause);
      add(std::move(clause), if_not_exists);
    }
    return true;
  }

  [[nodiscard]] bool exists(const ConstraintClause& clause) const {
    const auto key_named = [&](const std::string& name) {
      return std::ranges::any_of(state_.keys,
                                 [&](const Key& key) { return same_name(key.index.name, name); });
    };
    if (clause.key) return !clause.key->index.name.empty() && key_named(clause.key->index.name);
    const auto named = [](const auto& list, const std::string& name) {
      return std::ranges::any_of(list,
                                 [&](const auto& item) { return same_name(item.name, name); });
    };
    if (clause.foreign_key) return named(state_.table.foreign_keys, clause.foreign_key->name);
    return clause.check && named(state_.table.checks, clause.check->name);
  }

  void read_place(ColumnClause& clause) {
    if (cursor_.accept("first")) clause.first = true;
    if (cursor_.accept("after")) clause.after = cursor_.name();
  }

  void add(ColumnClause clause, bool if_not_exists) {
    if (cursor_.failed()) return;
    if (find_column(state_.table, clause.column.name) != nullptr) {
      if (!if_not_exists) refuse("there is a column '" + clause.column.name + "' already");
      return;
    }
    if (!clause.after.empty() && find_column(state_.table, clause.after) == nullptr) {
      refuse("there is no column '" + clause.after + "' to stand after");
      return;
    }
    add_column(state_, std::move(clause), additions_);
  }

  // DROP

  bool read_drop() {
    if (cursor_.accept({"primary", "key"})) {
      drop_keys([](const Key& key) { return key.kind == KeyKind::primary; }, "PRIMARY", false);
      return true;
    }
    if (cursor_.accept({"system", "versioning"})) {
      std::erase_if(state_.table.options,
                    [](const Option& option) { return option.name == "WITH SYSTEM VERSIONING"; });
      return true;
    }
    if (cursor_.accept("partition")) return read_drop_partition();
    if (cursor_.accept({"foreign", "key"})) return drop_foreign_key();
    if (cursor_.accept_any({"index", "key"})) return drop_index();
    if (cursor_.accept("constraint")) return drop_constraint();
    if (cursor_.at_word("check") && cursor_.at_name(1)) {
      cursor_.take();
      return drop_check();
    }
    if (cursor_.accept({"period", "for"})) {
      cursor_.take();
      return true;
    }
    cursor_.accept("column");
    return drop_column();
  }

  template <class Matches>
  bool drop_keys(Matches matches, const std::string& name, bool if_exists) {
    const bool dropped = std::erase_if(state_.keys, matches) > 0;
    if (!dropped && !if_exists) refuse("there is no key '" + name + "' to drop");
    return dropped;
  }

  bool drop_index() {
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string name = cursor_.name();
    drop_keys([&](const Key& key) { return same_name(key.index.name, name); }, name, if_exists);
    return true;
  }

  bool drop_foreign_key() {
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string name = cursor_.name();
    if (!erase_named(state_.table.foreign_keys, name) && !if_exists) {
      refuse("there is no foreign key '" + name + "' to drop");
    }
    return true;
  }

  bool drop_check() {
    const std::string name = cursor_.name();
    if (!erase_named(state_.table.checks, name)) refuse("there is no check '" + name + "' to drop");
    return true;
  }

  bool drop_constraint() {
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string name = cursor_.name();
    const bool dropped = erase_named(state_.table.checks, name) ||
                         erase_named(state_.table.foreign_keys, name) ||
                         std::erase_if(state_.keys, [&](const Key& key) {
                           return key.index.unique && same_name(key.index.name, name);
                         }) > 0;
    if (!dropped && !if_exists) refuse("there is no constraint '" + name + "' to drop");
    return true;
  }

  template <class List>
  static bool erase_named(List& list, const std::string& name) {
    return std::erase_if(list, [&](const auto& item) { return same_name(item.name, name); }) > 0;
  }

  bool drop_column() {
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string name = cursor_.name();
    cursor_.accept_any({"restrict", "cascade"});
    if (cursor_.failed()) return true;
    if (!erase_named(state_.table.columns, name)) {
      if (!if_exists) refuse("there is no column '" + name + "' to drop");
      return true;
    }
    std::erase_if(state_.table.checks,
                  [&](const Check& check) { return same_name(check.column, name); });
    for (Key& key : state_.keys) {
      std::erase_if(key.index.parts, [&](const IndexPart& part) {
        return part.expression.operation == Operation::column &&
               same_name(part.expression.text, name);
      });
    }
    std::erase_if(state_.keys, [](const Key& key) { return key.index.parts.empty(); });
    return true;
  }

  // CHANGE, MODIFY

  bool read_change(bool renames) {
    cursor_.accept("column");
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string old = renames ? cursor_.name() : std::string();
    ColumnClause clause = read_column(cursor_);
    read_place(clause);
    if (cursor_.failed()) return true;
    const std::string from = renames ? old : clause.column.name;
    Column* column = find_column(state_.table, from);
    if (column == nullptr) {
      if (!if_exists) refuse("there is no column '" + from + "' to change");
      return true;
    }
    replace(*column, std::move(clause));
    return true;
  }

  void replace(Column& column, ColumnClause clause) {
    const std::string from = column.name;
    const std::string to = clause.column.name;
    // A check that stands with the column is part of its definition.
    std::erase_if(state_.table.checks,
                  [&](const Check& check) { return same_name(check.column, from); });
    const bool placed = clause.first || !clause.after.empty();
    if (placed) {
      erase_named(state_.table.columns, from);
      add_column(state_, std::move(clause), additions_);
    } else {
      const auto index = &column - state_.table.columns.data();
      add_column(state_, std::move(clause), additions_);
      state_.table.columns[static_cast<std::size_t>(index)] =
          std::move(state_.table.columns.back());
      state_.table.columns.pop_back();
    }
    if (from != to) rename_column_mentions(script_.database, state_, from, to);
  }

  // ALTER COLUMN, ALTER INDEX

  bool read_alter() {
    if (cursor_.accept_any({"index", "key"})) return alter_index();
    if (cursor_.accept_any({"check", "constraint"})) {
      const std::string name = cursor_.name();
      const bool enforced = !cursor_.accept("not");
      cursor_.expect("enforced");
      for (Check& check : state_.table.checks) {
        if (same_name(check.name, name)) check.enforced = enforced;
      }
      return true;
    }
    cursor_.accept("column");
    const bool if_exists = cursor_.accept({"if", "exists"});
    const std::string name = cursor_.name();
    Column* column = find_column(state_.table, name);
    if (column == nullptr) {
      if (!if_exists) refuse("there is no column '" + name + "' to alter");
      cursor_.skip_item();
      return true;
    }
    if (cursor_.accept({"set", "default"})) {
      column->default_value = read_default(cursor_);
    } else if (cursor_.accept({"drop", "default"})) {
      column->default_value.reset();
    } else if (cursor_.accept({"set", "invisible"})) {
      column->invisible = true;
    } else if (cursor_.accept({"set", "visible"})) {
      column->invisible = false;
    } else {
      return false;
    }
    return true;
  }

  bool alter_index() {
    const std::string name = cursor_.name();
    const bool invisible = cursor_.accept("invisible") || cursor_.accept("ignored");
    if (!invisible && !cursor_.accept("visible") && !cursor_.accept({"not", "ignored"})) {
      return false;
    }
    for (Key& key : state_.keys) {
      if (same_name(key.index.name, name)) key.index.invisible = invisible;
    }
    return true;
  }

  // RENAME

  bool read_rename() {
    if (cursor_.accept("column")) {
      const std::string from = cursor_.name();
      cursor_.expect("to");
      const std::string to = cursor_.name();
      Column* column = find_column(state_.table, from);
      if (column == nullptr) {
        refuse("there is no column '" + from + "' to rename");
        return true;
      }
      column->name = to;
      rename_column_mentions(script_.database, state_, from, to);
      return true;
    }
    if (cursor_.at_word("index") || cursor_.at_word("key")) {
      cursor_.take();
      const std::string from = cursor_.name();
      cursor_.expect("to");
      const std::string to = cursor_.name();
      for (Key& key : state_.keys) {
        if (same_name(key.index.name, from)) key.index.name = to;
      }
      return true;
    }
    cursor_.accept_any({"to", "as"});
    cursor_.accept_symbol("=");
    QualifiedName name = cursor_.qualified_name();
    if (name.schema.empty()) name.schema = state_.table.schema;
    new_name_ = std::move(name);
    return true;
  }

  // CONVERT TO CHARACTER SET

  bool read_convert() {
    CharacterSetClause clause;
    if (!read_character_set(cursor_, clause)) return false;
    while (read_character_set(cursor_, clause)) {
    }
    set_character_set(clause);
    const std::string collation = syntax::mysql::effective_collation({}, state_.table);
    for (Column& column : state_.table.columns) convert(column, collation);
    return true;
  }

  /// Texts whose characters take more bytes than before may need the next larger type.
  static void convert(Column& column, const std::string& collation) {
    if (!syntax::mysql::has_character_set(column.type)) return;
    const std::size_t before = syntax::mysql::bytes_per_character(column.character_set);
    column.collation = collation;
    column.character_set = syntax::mysql::character_set_of(collation);
    const std::size_t after = syntax::mysql::bytes_per_character(column.character_set);
    if (before == 0 || after <= before) return;
    const std::string_view base = syntax::mysql::base_type(column.type);
    if (base == "tinytext") column.type = syntax::mysql::column_type("text");
    if (base == "text") column.type = syntax::mysql::column_type("mediumtext");
    if (base == "mediumtext") column.type = syntax::mysql::column_type("longtext");
  }

  void set_character_set(const CharacterSetClause& clause) {
    Table& table = state_.table;
    table.collation.text = clause.collation;
    table.character_set.text = !clause.character_set.empty()
                                   ? clause.character_set
                                   : syntax::mysql::character_set_of(clause.collation);
  }

  // Partitions

  [[nodiscard]] std::vector<syntax::mysql::Partition> partition_list() {
    std::size_t position = cursor_.position();
    auto list = syntax::mysql::read_partition_list(cursor_.tokens(), position, cursor_.mode());
    if (list.empty()) {
      cursor_.fail("these partitions are not understood");
    } else {
      cursor_.go_to(position);
    }
    return list;
  }

  bool read_add_partition() {
    cursor_.accept({"if", "not", "exists"});
    if (cursor_.accept("partitions")) {
      if (state_.partitions) state_.partitions->count += number();
      return true;
    }
    std::vector<syntax::mysql::Partition> list = partition_list();
    if (!state_.partitions) {
      refuse("the table has no partitions");
      return true;
    }
    for (auto& partition : list) state_.partitions->partitions.push_back(std::move(partition));
    return true;
  }

  [[nodiscard]] std::vector<std::string> partition_names() {
    std::vector<std::string> names;
    do {
      names.push_back(cursor_.name());
    } while (cursor_.at_symbol(",") && cursor_.at_name(1) && cursor_.accept_symbol(","));
    return names;
  }

  bool read_drop_partition() {
    cursor_.accept({"if", "exists"});
    for (const std::string& name : partition_names()) {
      if (state_.partitions) erase_named(state_.partitions->partitions, name);
    }
    return true;
  }

  bool read_partitioning() {
    if (cursor_.at_word("partition")) {
      std::size_t position = cursor_.position();
      state_.partitions =
          syntax::mysql::read_partitions(cursor_.tokens(), position, cursor_.mode());
      if (!state_.partitions) cursor_.fail("this PARTITION BY is not understood");
      cursor_.go_to(position);
      return true;
    }
    if (cursor_.accept({"remove", "partitioning"})) {
      state_.partitions.reset();
      return true;
    }
    if (cursor_.accept({"coalesce", "partition"})) {
      if (state_.partitions) state_.partitions->count -= number();
      return true;
    }
    if (cursor_.accept({"reorganize", "partition"})) return read_reorganize();
    return read_partition_work();
  }

  bool read_reorganize() {
    if (cursor_.at_end()) return true;
    const std::vector<std::string> names = partition_names();
    cursor_.expect("into");
    std::vector<syntax::mysql::Partition> list = partition_list();
    if (!state_.partitions || names.empty()) return true;
    auto& partitions = state_.partitions->partitions;
    auto place = std::ranges::find_if(partitions, [&](const auto& partition) {
      return same_name(partition.name, names.front());
    });
    const auto index = place - partitions.begin();
    for (const std::string& name : names) erase_named(partitions, name);
    const auto at =
        partitions.begin() + std::min(index, static_cast<std::ptrdiff_t>(partitions.size()));
    partitions.insert(at, list.begin(), list.end());
    return true;
  }

  /// What is done to the rows in partitions.
  bool read_partition_work() {
    for (const std::string_view word : {"truncate", "analyze", "check", "optimize", "rebuild",
                                        "repair", "exchange", "discard", "import"}) {
      if (cursor_.at_word(word) && cursor_.at_word("partition", 1)) {
        while (!cursor_.at_end()) cursor_.take();
        return true;
      }
    }
    return false;
  }

  // The rest

  bool read_other() {
    if (cursor_.accept({"enable", "keys"}) || cursor_.accept({"disable", "keys"}) ||
        cursor_.accept("force") || cursor_.accept({"discard", "tablespace"}) ||
        cursor_.accept({"import", "tablespace"}) || cursor_.accept({"with", "validation"}) ||
        cursor_.accept({"without", "validation"}) || cursor_.accept("nowait")) {
      return true;
    }
    if (cursor_.accept("wait")) {
      cursor_.take();
      return true;
    }
    if (cursor_.accept_any({"algorithm", "lock"})) {
      cursor_.accept_symbol("=");
      cursor_.take();
      return true;
    }
    if (cursor_.accept({"order", "by"})) {
      do {
        (void)cursor_.qualified_name();
        cursor_.accept_any({"asc", "desc"});
      } while (cursor_.accept_symbol(","));
      return true;
    }
    return false;
  }

  bool read_options() {
    TableOptions options;
    if (!read_table_option(cursor_, options)) return false;
    while (!cursor_.failed() && read_table_option(cursor_, options)) {
    }
    merge_options(state_.table.options, options.options);
    if (options.comment_given) state_.table.comment = options.comment;
    if (options.characters.given()) set_character_set(options.characters);
    return true;
  }

  int number() {
    int value = 0;
    const std::string_view digits = cursor_.take().text;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }

  void refuse(std::string message) {
    if (message_.empty() && !cursor_.failed()) message_ = std::move(message);
  }

  Script& script_;
  Cursor& cursor_;
  TableState state_;
  TableAdditions additions_;
  std::string message_;
  Span clause_span_;
  std::optional<QualifiedName> new_name_;
};

}  // namespace

void alter_table(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  cursor.accept("nowait");
  if (cursor.failed()) return;
  TableState* table = script.database.find_table(name);
  if (table == nullptr) {
    if (!if_exists) {
      script.warn("mysql-unknown-table", "there is no table '" + name.name + "' to alter", span,
                  "The statement is left out.");
    }
    return;
  }
  TableAlteration alteration(script, cursor, *table);
  alteration.read();
  if (cursor.failed()) return;
  if (!alteration.message().empty()) {
    script.warn("mysql-bad-table", alteration.message(), alteration.clause_span(),
                "The statement is left out.");
    return;
  }
  *table = std::move(alteration.result());
  if (alteration.new_name()) move_table(script, name, *alteration.new_name());
}

void drop_index(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  const std::size_t begin = cursor.position();
  const std::string index = cursor.name();
  const Span span = cursor.span_from(begin);
  cursor.expect("on");
  const QualifiedName name = script.resolve(cursor.qualified_name());
  while (!cursor.at_end()) cursor.take();
  if (cursor.failed()) return;
  TableState* table = script.database.find_table(name);
  const bool dropped = table != nullptr && std::erase_if(table->keys, [&](const Key& key) {
                                             return same_name(key.index.name, index);
                                           }) > 0;
  if (!dropped && !if_exists) {
    script.warn("mysql-unknown-key", "there is no key '" + index + "' to drop", span);
  }
}

}  // namespace relata::sql::mysql
