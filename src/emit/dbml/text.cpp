#include "emit/dbml/text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit::dbml {
namespace {

// Words that begin something else where a column could stand, and values.
constexpr std::array own_words{"checks",     "enum",         "false",   "indexes", "note",
                               "null",       "project",      "records", "ref",     "table",
                               "tablegroup", "tablepartial", "true"};

bool is_plain(std::string_view name) {
  if (name.empty() || (!is_ascii_letter(name.front()) && name.front() != '_')) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; });
}

std::string without_controls(std::string_view text, bool keeps_lines) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = keeps_lines && c == '\n';
    out += (byte < 0x20 || byte == 0x7f) && !kept ? ' ' : c;
  }
  return out;
}

std::string escaped(std::string_view text, char quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == quote) out += '\\';
    out += c;
  }
  return out;
}

/// PostgreSQL's names of types that have a shorter one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> short_names{{
    {"character varying", "varchar"},
    {"character", "char"},
    {"bit varying", "varbit"},
    {"timestamp without time zone", "timestamp"},
    {"timestamp with time zone", "timestamptz"},
    {"time without time zone", "time"},
}};

}  // namespace

std::string name_text(std::string_view name) {
  const std::string lower = to_lower(name);
  const bool own = std::find(own_words.begin(), own_words.end(), lower) != own_words.end();
  // SQLite takes a name without a letter, DBML does not.
  if (name.empty()) return "_";
  if (is_plain(name) && !own) return std::string(name);
  return "\"" + escaped(without_controls(name, false), '"') + "\"";
}

std::string qualified_text(std::string_view schema, std::string_view name) {
  return schema.empty() ? name_text(name) : name_text(schema) + "." + name_text(name);
}

std::string string_text(std::string_view text) {
  const std::string clean = escaped(without_controls(text, true), '\'');
  if (clean.find('\n') == std::string::npos) return "'" + clean + "'";
  return "'''\n" + clean + "\n'''";
}

bool is_expression(std::string_view sql) {
  return !sql.empty() && std::none_of(sql.begin(), sql.end(), [](char c) {
    return c == '`' || (static_cast<unsigned char>(c) < 0x20 && c != '\n');
  });
}

std::string type_text(std::string_view spelling) {
  std::string brackets;
  while (spelling.ends_with("[]")) {
    brackets += "[]";
    spelling.remove_suffix(2);
  }
  const std::size_t open = spelling.find('(');
  const std::size_t close = spelling.rfind(')');
  std::string words(spelling);
  std::string arguments;
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    words = std::string(trim(spelling.substr(0, open))) + std::string(spelling.substr(close + 1));
    arguments = std::string(spelling.substr(open, close + 1 - open));
  }
  for (const auto& [from, to] : short_names) {
    if (words == from) return std::string(to) + arguments + brackets;
  }
  const bool numbers = std::all_of(arguments.begin(), arguments.end(), [](char c) {
    return is_ascii_digit(c) || c == '(' || c == ')' || c == ',';
  });
  if (is_plain(words) && numbers) return words + arguments + brackets;
  return "\"" + escaped(without_controls(spelling.empty() ? "any" : spelling, false), '"') + "\"" +
         brackets;
}

}  // namespace relata::emit::dbml
