#include "emit/typeorm/view_types.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

struct Token {
  std::string text;  ///< Of a name without quotes.
  bool name = false;
  bool quoted = false;
  int depth = 0;  ///< Of parentheses.
  [[nodiscard]] bool is(std::string_view keyword) const {
    return name && !quoted && to_upper(text) == keyword;
  }
  [[nodiscard]] bool sign(char c) const { return !name && text.size() == 1 && text[0] == c; }
};

bool is_word(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  int depth = 0;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    Token token;
    std::size_t end = i + 1;
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      ++i;
      continue;
    }
    if (c == '"' || c == '`' || c == '\'') {
      end = sql.find(c, i + 1);
      end = end == std::string_view::npos ? sql.size() : end + 1;
      token.name = token.quoted = c != '\'';
      token.text = sql.substr(i + 1, end - i - 2);
    } else if (is_word(c)) {
      while (end < sql.size() && is_word(sql[end])) ++end;
      token.name = !is_ascii_digit(c);
      token.text = sql.substr(i, end - i);
    } else {
      token.text = c;
      if (c == '(') ++depth;
    }
    token.depth = depth;
    if (c == ')') --depth;
    tokens.push_back(std::move(token));
    i = end;
  }
  return tokens;
}

/// What follows a table's name and is no other name for it.
bool ends_table(const Token& token) {
  static constexpr std::array words{"ON",      "USING",  "JOIN",   "LEFT",         "RIGHT",
                                    "FULL",    "INNER",  "CROSS",  "OUTER",        "WHERE",
                                    "GROUP",   "HAVING", "ORDER",  "LIMIT",        "UNION",
                                    "NATURAL", "FOR",    "WINDOW", "STRAIGHT_JOIN"};
  return !token.name ||
         std::any_of(words.begin(), words.end(), [&](const char* word) { return token.is(word); });
}

/// Whether TypeORM's own conversion changes nothing, so that the type is also that of a view.
bool is_raw(const Plan& plan, const ColumnCode& code) {
  static constexpr std::array converted{
      "date",    "interval", "json",      "jsonb", "simple-json", "hstore", "cube",    "vector",
      "halfvec", "geometry", "geography", "set",   "point",       "circle", "boolean", "datetime"};
  if (!code.transformer.empty() || code.value == "unknown") return false;
  if (code.type == "enum" && code.value.find("[]") != std::string::npos) return false;
  if (plan.postgres && code.type == "boolean") return true;
  if (plan.mysql && (code.type == "date" || code.type == "datetime")) return true;
  if (plan.mysql && code.value == "string" && code.type.find("poly") != std::string::npos) {
    return false;
  }
  return std::find(converted.begin(), converted.end(), code.type) == converted.end();
}

class Resolver {
 public:
  Resolver(const Plan& plan, const View& view)
      : plan_(plan), view_(view), tokens_(tokens_of(view.sql)) {}

  std::vector<std::string> run() {
    std::vector<std::string> types(view_.columns.size(), "unknown");
    if (tokens_.empty() || !tokens_.front().is("SELECT")) return types;
    std::size_t from = 1;
    while (from < tokens_.size() && !(tokens_[from].depth == 0 && tokens_[from].is("FROM"))) ++from;
    const bool combined = std::any_of(tokens_.begin(), tokens_.end(), [](const Token& token) {
      return token.is("UNION") || token.is("INTERSECT") || token.is("EXCEPT");
    });
    if (from == tokens_.size() || combined) return types;
    read_tables(from);
    std::vector<std::string> found;
    for (std::size_t begin = 1; begin < from;) {
      std::size_t end = begin;
      while (end < from && !(tokens_[end].depth == 0 && tokens_[end].sign(','))) ++end;
      found.push_back(type_of_item(begin, end));
      begin = end + 1;
    }
    return found.size() == types.size() ? found : types;
  }

 private:
  void read_tables(std::size_t from) {
    for (std::size_t i = from; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.is("LEFT") || token.is("RIGHT") || token.is("FULL")) outer_ = true;
      if (token.is("SELECT")) nested_ = true;
      const bool begins = token.is("FROM") || token.is("JOIN") || token.sign(',');
      if (!begins) continue;
      std::size_t name = i + 1;
      while (name < tokens_.size() && tokens_[name].sign('(')) ++name;
      if (name >= tokens_.size() || !tokens_[name].name) continue;
      std::string schema;
      if (name + 2 < tokens_.size() && tokens_[name + 1].sign('.')) {
        schema = tokens_[name].text;
        if (plan_.postgres && schema == "public") schema.clear();  // The default one.
        name += 2;
      }
      read_table(schema, name);
    }
  }

  void read_table(const std::string& schema, std::size_t name) {
    const std::size_t place = plan_.index.table(schema, tokens_[name].text);
    std::size_t alias = name + 1;
    if (alias < tokens_.size() && tokens_[alias].is("AS")) ++alias;
    const bool named = alias < tokens_.size() && !ends_table(tokens_[alias]);
    const std::string& own = named ? tokens_[alias].text : tokens_[name].text;
    if (!tables_.emplace(own, place).second) nested_ = true;
  }

  /// `column`, `table.column`, either perhaps with a name of its own behind it.
  std::string type_of_item(std::size_t begin, std::size_t end) const {
    if (end - begin >= 2 && tokens_[end - 2].is("AS")) {
      end -= 2;
    } else if (end - begin >= 2 && tokens_[end - 1].name && tokens_[end - 2].name) {
      --end;
    }
    if (nested_) return "unknown";
    if (end - begin == 3 && tokens_[begin].name && tokens_[begin + 1].sign('.')) {
      const auto table = tables_.find(tokens_[begin].text);
      return table == tables_.end() ? "unknown" : type_of(table->second, tokens_[begin + 2].text);
    }
    if (end - begin != 1 || !tokens_[begin].name || tables_.size() != 1) return "unknown";
    return type_of(tables_.begin()->second, tokens_[begin].text);
  }

  std::string type_of(std::size_t table, const std::string& column) const {
    if (table == SchemaIndex::npos) return "unknown";
    const EntityPlan& entity = plan_.entities[table];
    const auto found = entity.places.find(column);
    if (found == entity.places.end()) return "unknown";
    const ColumnCode& code = entity.columns[found->second];
    if (!is_raw(plan_, code)) return "unknown";
    const bool nullable = outer_ || plan_.schema.tables[table].columns[found->second].nullable;
    return code.value + (nullable ? " | null" : "");
  }

  const Plan& plan_;
  const View& view_;
  std::vector<Token> tokens_;
  std::unordered_map<std::string, std::size_t> tables_;  ///< By what the SELECT calls them.
  bool outer_ = false;
  bool nested_ = false;  ///< More than this reader understands.
};

}  // namespace

std::vector<std::string> view_types(const Plan& plan, const View& view) {
  return Resolver(plan, view).run();
}

}  // namespace relata::emit::typeorm
