#include "migrate/sqlite/virtual_table.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "migrate/sqlite/texts.h"
#include "syntax/sqlite/tokens.h"

namespace relata::migrate::sqlite {
namespace {

using syntax::sqlite::name_of;
using syntax::sqlite::Token;
using syntax::sqlite::tokenize_without_comments;

/// Splits "CREATE VIRTUAL TABLE name USING module(argument, ...)" into the module and its
/// arguments.
struct Parts {
  std::string module;
  std::vector<std::vector<Token>> arguments;
};

Parts parts_of(std::string_view sql) {
  Parts parts;
  const std::vector<Token> tokens = tokenize_without_comments(sql);
  std::size_t at = 0;
  while (at < tokens.size() && !tokens[at].is_word("USING")) ++at;
  if (at + 1 >= tokens.size()) return parts;
  parts.module = to_lower(name_of(tokens[at + 1]));
  std::size_t depth = 0;
  for (at += 2; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.is(")") && --depth == 0) break;
    if (token.is("(") && depth++ == 0) {
      parts.arguments.emplace_back();
    } else if (token.is(",") && depth == 1) {
      parts.arguments.emplace_back();
    } else if (!parts.arguments.empty()) {
      parts.arguments.back().push_back(token);
    }
  }
  return parts;
}

bool is_full_text(std::string_view module) {
  return module == "fts3" || module == "fts4" || module == "fts5";
}

std::string common_columns(const VirtualTable& from, const VirtualTable& to) {
  std::vector<std::string> columns;
  for (const std::string& column : to.columns) {
    const bool both =
        std::any_of(from.columns.begin(), from.columns.end(),
                    [&](const std::string& other) { return to_lower(other) == to_lower(column); });
    if (both) columns.push_back(quoted(column));
  }
  return join(columns, ", ");
}

/// Whether rows can be read from the one and written to the other.
bool rows_can_move(const VirtualTable& from, const VirtualTable& to) {
  const bool kept = from.understood && to.understood && !from.without_content && to.content.empty();
  return kept && is_full_text(from.module) == is_full_text(to.module) &&
         !common_columns(from, to).empty();
}

}  // namespace

VirtualTable read_virtual_table(const OtherObject& table) {
  const Parts parts = parts_of(table.sql.text);
  VirtualTable read;
  read.module = parts.module;
  const bool tree = parts.module == "rtree" || parts.module == "rtree_i32";
  read.understood = tree || is_full_text(parts.module);
  for (const std::vector<Token>& argument : parts.arguments) {
    if (argument.empty()) continue;
    const bool option = argument.size() > 1 && argument[1].is("=");
    if (!option) {
      const bool setting = to_lower(argument.front().text) == "tokenize" && parts.module != "fts5";
      if (!setting) read.columns.push_back(name_of(argument.front()));
      continue;
    }
    if (to_lower(name_of(argument.front())) != "content") continue;
    const std::string content = argument.size() > 2 ? name_of(argument[2]) : std::string();
    read.content = content;
    read.without_content = content.empty();
  }
  if (read.columns.empty()) read.understood = false;
  return read;
}

std::vector<std::string> make_virtual(const OtherObject& table, bool content_exists) {
  std::vector<std::string> statements{table.sql.text};
  const VirtualTable read = read_virtual_table(table);
  if (content_exists && !read.content.empty() && is_full_text(read.module)) {
    statements.push_back("INSERT INTO " + quoted(table.name) + " (" + quoted(table.name) +
                         ") VALUES ('rebuild')");
  }
  return statements;
}

std::vector<std::string> remake(const OtherObject& from, const OtherObject& to,
                                const std::string& aside, bool content_exists) {
  const VirtualTable before = read_virtual_table(from);
  const VirtualTable after = read_virtual_table(to);
  std::vector<std::string> statements;
  const bool moves = rows_can_move(before, after);
  const std::string columns = common_columns(before, after);
  // The number of a row of an R*Tree is its first column.
  const std::string number = is_full_text(before.module) ? "rowid, " : "";
  if (moves) {
    statements.push_back("CREATE TABLE " + quoted(aside) + " (" + columns + ")");
    statements.push_back("INSERT INTO " + quoted(aside) + " (" + number + columns + ") SELECT " +
                         number + columns + " FROM " + quoted(from.name));
  }
  statements.push_back("DROP TABLE " + quoted(from.name));
  for (std::string& statement : make_virtual(to, content_exists))
    statements.push_back(std::move(statement));
  if (moves) {
    statements.push_back("INSERT INTO " + quoted(to.name) + " (" + number + columns + ") SELECT " +
                         number + columns + " FROM " + quoted(aside));
    statements.push_back("DROP TABLE " + quoted(aside));
  }
  return statements;
}

std::string loss_of_remake(const OtherObject& from, const OtherObject& to) {
  const VirtualTable before = read_virtual_table(from);
  const VirtualTable after = read_virtual_table(to);
  if (before.understood && !before.content.empty()) return {};
  if (!rows_can_move(before, after)) return "the rows of the virtual table " + from.name;
  for (const std::string& column : before.columns) {
    const bool stays =
        std::any_of(after.columns.begin(), after.columns.end(),
                    [&](const std::string& other) { return to_lower(other) == to_lower(column); });
    if (!stays) return "the values of " + from.name + "." + column;
  }
  return {};
}

}  // namespace relata::migrate::sqlite
