#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/mysql/clauses.h"
#include "syntax/mysql/character_sets.h"

namespace relata::sql::mysql {

namespace {

/// Options of one word with one value, and whether it is a name or number whose case does not
/// matter.
struct OptionRow {
  std::string_view word;
  bool kept;   ///< false: it is about the rows at hand, or the server does not keep it.
  bool upper;  ///< The value is a key word.
};

constexpr std::array option_rows{
    OptionRow{"auto_increment", false, false},
    OptionRow{"autoextend_size", false, false},
    OptionRow{"avg_row_length", true, false},
    OptionRow{"checksum", true, false},
    OptionRow{"table_checksum", true, false},
    OptionRow{"compression", true, false},
    OptionRow{"connection", true, false},
    OptionRow{"delay_key_write", true, false},
    OptionRow{"encryption", true, false},
    OptionRow{"encrypted", true, true},
    OptionRow{"encryption_key_id", true, false},
    OptionRow{"engine_attribute", true, false},
    OptionRow{"ietf_quotes", true, true},
    OptionRow{"insert_method", true, true},
    OptionRow{"itef_quotes", true, true},
    OptionRow{"key_block_size", true, false},
    OptionRow{"max_rows", true, false},
    OptionRow{"min_rows", true, false},
    OptionRow{"pack_keys", true, true},
    OptionRow{"page_checksum", true, false},
    OptionRow{"page_compressed", true, true},
    OptionRow{"page_compression_level", true, false},
    OptionRow{"password", false, false},
    OptionRow{"row_format", true, true},
    OptionRow{"secondary_engine", false, false},
    OptionRow{"secondary_engine_attribute", false, false},
    OptionRow{"sequence", true, false},
    OptionRow{"stats_auto_recalc", true, true},
    OptionRow{"stats_persistent", true, true},
    OptionRow{"stats_sample_pages", true, true},
    OptionRow{"tablespace", false, false},
    OptionRow{"transactional", true, false},
};

bool read_named_option(Cursor& cursor, TableOptions& options) {
  for (const OptionRow& row : option_rows) {
    if (!cursor.accept(row.word)) continue;
    cursor.accept_symbol("=");
    std::string value = cursor.value();
    if (row.upper) value = to_upper(value);
    std::string name = to_upper(row.word);
    if (name == "TABLE_CHECKSUM") name = "CHECKSUM";
    if (row.kept && value != "DEFAULT") options.options.push_back({std::move(name), value});
    if (row.kept && value == "DEFAULT") options.options.push_back({std::move(name), {}});
    return true;
  }
  return false;
}

}  // namespace

bool read_character_set(Cursor& cursor, CharacterSetClause& clause) {
  const std::size_t begin = cursor.position();
  cursor.accept("default");
  if (cursor.accept({"character", "set"}) || cursor.accept({"char", "set"}) ||
      cursor.accept("charset")) {
    cursor.accept_symbol("=");
    clause.character_set = syntax::mysql::character_set_name(cursor.value());
    if (clause.character_set == "default") clause.character_set.clear();
    // A set that is named behind a collation of its own leaves that alone.
    if (!clause.collation.empty() &&
        syntax::mysql::character_set_of(clause.collation) != clause.character_set) {
      clause.collation.clear();
    }
  } else if (cursor.accept("collate")) {
    cursor.accept_symbol("=");
    clause.collation = syntax::mysql::collation_name(cursor.value());
    if (clause.collation == "default") clause.collation.clear();
  } else {
    cursor.go_to(begin);
    return false;
  }
  return true;
}

bool read_table_option(Cursor& cursor, TableOptions& options) {
  if (read_character_set(cursor, options.characters)) return true;
  if (read_named_option(cursor, options)) return true;
  if (cursor.accept("engine") || cursor.accept("type")) {
    cursor.accept_symbol("=");
    options.options.push_back({"ENGINE", syntax::mysql::engine_name(cursor.value())});
  } else if (cursor.accept("comment")) {
    cursor.accept_symbol("=");
    options.comment = cursor.value();
    options.comment_given = true;
  } else if (cursor.accept({"data", "directory"}) || cursor.accept({"index", "directory"})) {
    // A place on the machine that the file was written for.
    cursor.accept_symbol("=");
    cursor.take();
  } else if (cursor.accept("union")) {
    cursor.accept_symbol("=");
    options.options.push_back({"UNION", "(" + cursor.parenthesised() + ")"});
  } else if (cursor.accept({"with", "system", "versioning"})) {
    options.options.push_back({"WITH SYSTEM VERSIONING", {}});
  } else if (cursor.accept({"start", "transaction"})) {
  } else {
    return false;
  }
  return true;
}

void merge_options(std::vector<Option>& into, const std::vector<Option>& options) {
  for (const Option& option : options) {
    std::erase_if(into, [&](const Option& old) { return old.name == option.name; });
    // DEFAULT takes an option back.
    const bool flag = option.name == "WITH SYSTEM VERSIONING";
    if (flag || !option.value.empty()) into.push_back(option);
  }
}

}  // namespace relata::sql::mysql
