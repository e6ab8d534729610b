#include <array>
#include <utility>

#include "base/text.h"
#include "live/mysql/catalog.h"
#include "syntax/mysql/tokens.h"

namespace relata::live::mysql {
namespace {

constexpr std::array<std::pair<std::string_view, ReferentialAction>, 5> actions{{
    {"NO ACTION", ReferentialAction::no_action},
    {"RESTRICT", ReferentialAction::restrict},
    {"CASCADE", ReferentialAction::cascade},
    {"SET NULL", ReferentialAction::set_null},
    {"SET DEFAULT", ReferentialAction::set_default},
}};

ReferentialAction action_of(std::string_view rule) {
  for (const auto& [words, action] : actions) {
    if (words == rule) return action;
  }
  return ReferentialAction::no_action;
}

/// The columns of the indexes query.
enum IndexColumn : std::size_t {
  table_name,
  index_name,
  non_unique,
  column_name,
  collation,
  sub_part,
  index_type,
  index_comment,
  is_invisible,
  expression,
};

void add_to_primary_key(Table& table, const Row& row) {
  if (!table.primary_key) table.primary_key.emplace();
  PrimaryKey& key = *table.primary_key;
  key.columns.push_back(row.text(column_name));
  if (!row.is_null(sub_part)) key.prefix_lengths.resize(key.columns.size() - 1);
  if (!row.is_null(sub_part) || !key.prefix_lengths.empty()) {
    key.prefix_lengths.push_back(row.integer(sub_part));
  }
  key.comment = row.text(index_comment);
}

void begin_index(Table& table, const Row& row) {
  Index& index = table.indexes.emplace_back();
  index.name = row.text(index_name);
  index.unique = row.view(non_unique) == "0";
  index.comment = row.text(index_comment);
  index.invisible = row.view(is_invisible) == "1";
  const std::string_view type = row.view(index_type);
  if (type == "FULLTEXT" || type == "SPATIAL") index.method = to_lower(type);
}

IndexPart part_of(const Index& index, const Row& row) {
  IndexPart part;
  part.expression = row.is_null(expression) ? expression::column(row.text(column_name))
                                            : sql_expression(without_escapes(row.view(expression)));
  part.descending = row.view(collation) == "D";
  // The catalog tells a length of spatial keys that nobody gave.
  if (index.method.empty()) part.prefix_length = row.integer(sub_part);
  return part;
}

/// B-trees are what every engine but MEMORY has, which makes hashes.
std::string_view usual_algorithm(const Table& table) {
  for (const Option& option : table.options) {
    if (option.name == "ENGINE" && option.value == "MEMORY") return "HASH";
  }
  return "BTREE";
}

}  // namespace

void Catalog::read_indexes(const Rows& rows) {
  for (const Row row : rows) {
    Table* table = find(row.view(table_name));
    if (table == nullptr) continue;
    const std::string_view type = row.view(index_type);
    const bool chosen = (type == "BTREE" || type == "HASH") && type != usual_algorithm(*table);
    if (row.view(index_name) == "PRIMARY") {
      add_to_primary_key(*table, row);
      if (chosen) table->primary_key->algorithm.text = type;
      continue;
    }
    if (table->indexes.empty() || table->indexes.back().name != row.view(index_name)) {
      begin_index(*table, row);
      if (chosen) table->indexes.back().algorithm.text = type;
    }
    Index& index = table->indexes.back();
    index.parts.push_back(part_of(index, row));
  }
}

void Catalog::read_foreign_keys(const Rows& rows) {
  for (const Row row : rows) {
    Table* table = find(row.view(0));
    if (table == nullptr) continue;
    if (table->foreign_keys.empty() || table->foreign_keys.back().name != row.view(1)) {
      ForeignKey& key = table->foreign_keys.emplace_back();
      key.name = row.text(1);
      if (row.view(3) != server_.database) key.table_schema = row.text(3);
      key.table = row.text(4);
      key.on_update = action_of(row.view(6));
      key.on_delete = action_of(row.view(7));
    }
    table->foreign_keys.back().columns.push_back(row.text(2));
    table->foreign_keys.back().referenced.push_back(row.text(5));
  }
}

namespace {

/// The column that a check stands with. information_schema still tells its former name after the
/// column was renamed (MariaDB 10.11); the check itself names the column as it is called now.
std::string column_of_check(const Table& table, std::string name, const std::string& clause) {
  if (table.find_column(name) != nullptr) return name;
  for (const syntax::mysql::Token& token : syntax::mysql::tokenize(clause)) {
    if (token.kind != syntax::mysql::TokenKind::identifier) continue;
    const Column* column = table.find_column(syntax::mysql::identifier_value(token));
    if (column != nullptr) return column->name;
  }
  return name;
}

}  // namespace

void Catalog::read_checks(const Rows& rows) {
  for (const Row row : rows) {
    Table* table = find(row.view(0));
    if (table == nullptr) continue;
    Check& check = table->checks.emplace_back();
    const std::string text = server_.mariadb ? row.text(2) : without_escapes(row.view(2));
    check.expression = sql_expression(without_database(text, server_.database));
    // MariaDB names the check that stands with a column after it; it has no name of its own.
    if (row.view(3) == "1") {
      check.column = column_of_check(*table, row.text(1), check.expression.text);
    } else {
      check.name = row.text(1);
    }
    check.enforced = row.view(4) != "NO";
  }
}

}  // namespace relata::live::mysql
