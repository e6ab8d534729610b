#include "read/sql/mysql/complete_table.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/character_widths.h"
#include "syntax/mysql/types.h"

namespace relata::sql::mysql {

namespace {

bool is_column(const IndexPart& part) { return part.expression.operation == Operation::column; }

/// Whether the generated key has nothing that the other one has not: its columns begin the other.
bool begins_key(const Index& shorter, const Index& longer) {
  if (shorter.parts.size() > longer.parts.size()) return false;
  for (std::size_t i = 0; i < shorter.parts.size(); ++i) {
    const IndexPart& a = shorter.parts[i];
    const IndexPart& b = longer.parts[i];
    if (!is_column(b) || !same_name(a.expression.text, b.expression.text)) return false;
    if (a.prefix_length != b.prefix_length) return false;
  }
  return true;
}

/// Drops the keys that were made for foreign keys where another one serves.
void drop_needless_keys(std::vector<Key>& keys) {
  std::vector<bool> needless(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (needless[j]) continue;
      const Key& key = keys[i];
      const Key& earlier = keys[j];
      if (!key.generated && !earlier.generated) continue;
      const bool this_one = key.generated && (!earlier.generated ||
                                              key.index.parts.size() <= earlier.index.parts.size());
      const Key& shorter = this_one ? key : earlier;
      const Key& longer = this_one ? earlier : key;
      if (!begins_key(shorter.index, longer.index)) continue;
      needless[this_one ? i : j] = true;
      break;
    }
  }
  std::vector<Key> kept;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!needless[i]) kept.push_back(std::move(keys[i]));
  }
  keys = std::move(kept);
}

/// Length of char, varchar, binary and varbinary columns; 0 for others.
int declared_length(const Type& type) { return type.length; }

bool is_long_text(const Type& type) {
  const std::string_view base = syntax::mysql::base_type(type);
  return base.ends_with("text") || base.ends_with("blob") || base == "json";
}

std::size_t character_bytes(const Column& column) {
  if (!syntax::mysql::has_character_set(column.type)) return 1;
  return syntax::mysql::bytes_per_character(syntax::mysql::character_set_of(column.collation));
}

/// Longest part of a key: InnoDB with the row format DYNAMIC has 3072 bytes, MyISAM and Aria 1000
/// and 2300 (MariaDB Knowledge Base, "InnoDB Limitations", "MyISAM Overview").
std::size_t longest_part(const Table& table) {
  const std::string engine = engine_of(table);
  if (engine == "MyISAM") return 1000;
  if (engine == "Aria") return 2300;
  for (const Option& option : table.options) {
    if (option.name == "ROW_FORMAT" && (option.value == "COMPACT" || option.value == "REDUNDANT")) {
      return 767;
    }
  }
  return 3072;
}

/// Puts the column's own spelling of its name into the part, and drops a prefix that is the whole
/// column. A part that is too long is cut in a plain key. Returns a message or nothing.
std::string settle_part(const Table& table, Key& key, IndexPart& part) {
  const Column* column = find_column(table, part.expression.text);
  if (column == nullptr) {
    return "the key column '" + part.expression.text + "' is not in the table";
  }
  part.expression.text = column->name;
  if (key.kind == KeyKind::fulltext || key.kind == KeyKind::spatial) {
    part.prefix_length = 0;
    return {};
  }
  const int length = declared_length(column->type);
  if (part.prefix_length > 0 && length > 0 && part.prefix_length >= length) part.prefix_length = 0;
  const std::size_t bytes = character_bytes(*column);
  const bool text = is_long_text(column->type);
  const std::size_t used =
      static_cast<std::size_t>(part.prefix_length > 0 ? part.prefix_length : length) * bytes;
  const bool hashed = key.kind == KeyKind::unique &&
                      ((text && part.prefix_length == 0) || used > longest_part(table));
  // MariaDB keeps a hash of what is too long for a unique key.
  if (hashed) key.index.algorithm.text = "HASH";
  if (key.kind == KeyKind::plain && bytes > 0 && used > longest_part(table)) {
    part.prefix_length = static_cast<int>(longest_part(table) / bytes);
  }
  return {};
}

bool name_taken(const std::vector<Key>& keys, std::size_t count, std::string_view name) {
  for (std::size_t i = 0; i < count; ++i) {
    if (same_name(keys[i].index.name, name)) return true;
  }
  return false;
}

/// "column", "column_2" ...
std::string unused_key_name(const std::vector<Key>& keys, std::size_t index) {
  const IndexPart& part = keys[index].index.parts.front();
  // MySQL's own name for a key that begins with an expression.
  const std::string base = is_column(part) ? part.expression.text : "functional_index";
  if (!same_name(base, "PRIMARY") && !name_taken(keys, index, base)) return base;
  for (int i = 2;; ++i) {
    std::string name = base + "_" + std::to_string(i);
    if (!name_taken(keys, index, name)) return name;
  }
}

/// MAX_INDEXES of the servers; a table with more keys is refused.
constexpr std::size_t most_keys = 128;

std::string settle_keys(TableState& state) {
  if (state.keys.size() > 2 * most_keys) return "the table has more keys than the server allows";
  drop_needless_keys(state.keys);
  for (std::size_t i = 0; i < state.keys.size(); ++i) {
    Key& key = state.keys[i];
    for (IndexPart& part : key.index.parts) {
      if (!is_column(part)) continue;
      if (std::string message = settle_part(state.table, key, part); !message.empty()) {
        return message;
      }
    }
    if (key.index.name.empty()) {
      key.index.name = unused_key_name(state.keys, i);
    } else if (name_taken(state.keys, i, key.index.name)) {
      return key.kind == KeyKind::primary ? "there is a primary key already"
                                          : "there is a key '" + key.index.name + "' already";
    }
  }
  return {};
}

bool has_nullable_part(const Table& table, const Index& index) {
  return std::ranges::any_of(index.parts, [&](const IndexPart& part) {
    const Column* column = find_column(table, part.expression.text);
    return column == nullptr || column->nullable;
  });
}

bool has_prefix(const Table& table, const Index& index) {
  return std::ranges::any_of(index.parts, [&](const IndexPart& part) {
    const Column* column = find_column(table, part.expression.text);
    return part.prefix_length > 0 || (column != nullptr && is_long_text(column->type));
  });
}

/// The server's order: the primary key, unique keys without NULL, other unique keys, those with
/// parts of columns last among them; then the others, full text at the end.
void sort_keys(TableState& state) {
  const auto rank = [&](const Key& key) {
    if (key.kind == KeyKind::primary) return 0;
    if (key.kind == KeyKind::unique) {
      const int nulls = has_nullable_part(state.table, key.index) ? 3 : 1;
      return nulls + (has_prefix(state.table, key.index) ? 1 : 0);
    }
    return key.kind == KeyKind::fulltext ? 6 : 5;
  };
  std::ranges::stable_sort(state.keys, {}, rank);
}

void require_primary_columns(TableState& state) {
  for (const Key& key : state.keys) {
    if (key.kind != KeyKind::primary) continue;
    for (const IndexPart& part : key.index.parts) {
      if (Column* column = find_column(state.table, part.expression.text)) column->nullable = false;
    }
  }
}

/// In a table that keeps its history, the end of a row's time is part of every unique key.
void add_row_end(TableState& state) {
  const auto end = std::ranges::find_if(state.table.columns, [](const Column& column) {
    return column.generated && column.generated->expression.text == "ROW END";
  });
  if (end == state.table.columns.end()) return;
  for (Key& key : state.keys) {
    if (!key.index.unique) continue;
    const bool there = std::ranges::any_of(key.index.parts, [&](const IndexPart& part) {
      return same_name(part.expression.text, end->name);
    });
    if (!there) key.index.parts.push_back({expression::column(end->name)});
  }
}

/// Highest N of the table's constraints named "table_ibfk_N".
int highest_foreign_key(const Table& table) {
  const std::string prefix = table.name + "_ibfk_";
  int highest = 0;
  for (const ForeignKey& key : table.foreign_keys) {
    if (!key.name.starts_with(prefix)) continue;
    int value = 0;
    const char* end = key.name.data() + key.name.size();
    const auto parsed = std::from_chars(key.name.data() + prefix.size(), end, value);
    if (parsed.ptr == end) highest = std::max(highest, value);
  }
  return highest;
}

std::string settle_foreign_keys(Table& table, std::vector<ForeignKey> added) {
  int number = highest_foreign_key(table);
  for (ForeignKey& key : added) {
    if (key.name.empty()) key.name = table.name + "_ibfk_" + std::to_string(++number);
    for (std::string& name : key.columns) {
      const Column* column = find_column(table, name);
      if (column == nullptr) return "the foreign key's column '" + name + "' is not in the table";
      name = column->name;
    }
    table.foreign_keys.push_back(std::move(key));
  }
  return {};
}

void settle_checks(Table& table, std::vector<Check> added) {
  std::set<std::string> names;
  for (const Check& check : table.checks) names.insert(to_lower(check.name));
  for (const Check& check : added) names.insert(to_lower(check.name));
  int number = 0;
  for (Check& check : added) {
    while (check.column.empty() && check.name.empty()) {
      std::string name = "CONSTRAINT_" + std::to_string(++number);
      if (names.insert(to_lower(name)).second) check.name = std::move(name);
    }
    table.checks.push_back(std::move(check));
  }
}

}  // namespace

std::string engine_of(const Table& table) {
  for (const Option& option : table.options) {
    if (option.name == "ENGINE") return option.value;
  }
  return "InnoDB";
}

void settle_character_set(const Table& table, ColumnClause& clause) {
  Column& column = clause.column;
  if (clause.text_length > 0) {
    const std::string collation =
        clause.characters.resolved(syntax::mysql::effective_collation({}, table));
    const std::size_t bytes = std::max<std::size_t>(
        1, syntax::mysql::bytes_per_character(syntax::mysql::character_set_of(collation)));
    column.type = syntax::mysql::column_type(
        syntax::mysql::text_type_for(static_cast<std::size_t>(clause.text_length) * bytes, false));
  }
  if (!syntax::mysql::has_character_set(column.type)) return;
  column.collation = clause.characters.resolved(syntax::mysql::effective_collation({}, table));
  column.character_set = syntax::mysql::character_set_of(column.collation);
  if (clause.characters.binary && column.collation.empty()) {
    // Which collation that is, only the database says that the table will be in.
    column.options.push_back({"BINARY", {}});
  }
}

void add_inline_constraints(TableState& state, ColumnClause& clause, TableAdditions& additions) {
  const auto inline_key = [&](KeyKind kind) {
    Key key;
    key.kind = kind;
    key.index.unique = true;
    if (kind == KeyKind::primary) key.index.name = "PRIMARY";
    key.index.parts.push_back({expression::column(clause.column.name)});
    additions.keys.push_back(std::move(key));
  };
  if (clause.primary) inline_key(KeyKind::primary);
  if (clause.unique) inline_key(KeyKind::unique);
  clause.primary = clause.unique = false;
  for (Check& check : clause.checks) additions.checks.push_back(std::move(check));
  clause.checks.clear();
  if (!clause.reference) return;
  ConstraintClause constraint;
  constraint.foreign_key = std::move(clause.reference);
  constraint.foreign_key->columns = {clause.column.name};
  clause.reference.reset();
  add_constraint(state, std::move(constraint), additions);
}

void add_column(TableState& state, ColumnClause clause, TableAdditions& additions) {
  settle_character_set(state.table, clause);
  add_inline_constraints(state, clause, additions);
  std::vector<Column>& columns = state.table.columns;
  auto place = columns.end();
  if (clause.first) {
    place = columns.begin();
  } else if (!clause.after.empty()) {
    place = std::ranges::find_if(
        columns, [&](const Column& column) { return same_name(column.name, clause.after); });
    if (place != columns.end()) ++place;
  }
  columns.insert(place, std::move(clause.column));
}

void add_constraint(TableState& state, ConstraintClause clause, TableAdditions& additions) {
  if (clause.key) additions.keys.push_back(std::move(*clause.key));
  if (clause.check) additions.checks.push_back(std::move(*clause.check));
  if (!clause.foreign_key) return;
  ForeignKey& foreign_key = *clause.foreign_key;
  if (foreign_key.name.empty()) foreign_key.name = clause.foreign_key_index;
  if (foreign_key.table_schema.empty()) foreign_key.table_schema = state.table.schema;
  Key key;
  key.generated = true;
  key.index.name = foreign_key.name;
  for (const std::string& column : foreign_key.columns) {
    key.index.parts.push_back({expression::column(column)});
  }
  additions.keys.push_back(std::move(key));
  additions.foreign_keys.push_back(std::move(foreign_key));
}

std::string complete_table(TableState& state, TableAdditions additions) {
  for (Key& key : additions.keys) state.keys.push_back(std::move(key));
  require_primary_columns(state);
  if (std::string message = settle_keys(state); !message.empty()) return message;
  add_row_end(state);
  sort_keys(state);
  settle_checks(state.table, std::move(additions.checks));
  // Only InnoDB keeps foreign keys; the keys that were made for them stay with every engine.
  if (engine_of(state.table) != "InnoDB") return {};
  return settle_foreign_keys(state.table, std::move(additions.foreign_keys));
}

}  // namespace relata::sql::mysql
