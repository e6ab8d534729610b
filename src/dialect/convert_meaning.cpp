#include "dialect/convert_meaning.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/lower.h"
#include "model/questions.h"

namespace relata {
namespace {

/// Deeper than any expression that a reader lets through.
constexpr int deepest_expression = 500;

/// A function of no arguments that each engine has under its own name.
struct FunctionRow {
  std::string_view dialect;
  std::string_view meaning;
  std::string_view spelling;  ///< Lower case, without white space.
};

constexpr auto source_functions = std::to_array<FunctionRow>({
    {"postgres", "uuid", "gen_random_uuid()"},
    {"postgres", "uuid", "uuid_generate_v4()"},
    {"postgres", "uuid", "public.uuid_generate_v4()"},
    {"postgres", "uuid", "extensions.uuid_generate_v4()"},
    {"postgres", "epoch", "extract(epochfromnow())"},
    {"postgres", "epoch", "extract(epochfromcurrent_timestamp)"},
    {"postgres", "epoch", "date_part('epoch',now())"},
    {"postgres", "time", "current_time"},
    {"postgres", "time", "localtime"},
    {"postgres", "now", "timezone('utc',now())"},
    {"postgres", "now", "now()attimezone'utc'"},
    {"postgres", "now", "current_timestampattimezone'utc'"},
    {"postgres", "now", "clock_timestamp()"},
    {"postgres", "now", "statement_timestamp()"},
    {"postgres", "now", "transaction_timestamp()"},
    {"postgres", "now", "localtimestamp"},
    {"mysql", "uuid", "uuid()"},
    {"mysql", "epoch", "unix_timestamp()"},
    {"mysql", "time", "current_time()"},
    {"mysql", "time", "curtime()"},
    {"sqlite", "epoch", "strftime('%s','now')"},
    {"sqlite", "epoch", "strftime('%s',current_timestamp)"},
    {"sqlite", "epoch", "unixepoch()"},
    {"sqlite", "epoch", "unixepoch('now')"},
    {"sqlite", "epoch", "cast(strftime('%s','now')asinteger)"},
    {"sqlite", "epoch", "cast(strftime('%s','now')asint)"},
    {"sqlite", "time", "current_time"},
    {"sqlite", "time", "time('now')"},
    {"sqlite", "now", "datetime('now')"},
    {"sqlite", "now", "datetime('now','utc')"},
    {"sqlite", "now", "datetime('now','localtime')"},
    {"sqlite", "now", "strftime('%y-%m-%dt%h:%m:%fz','now')"},
    {"sqlite", "now", "strftime('%y-%m-%d%h:%m:%f','now')"},
    {"sqlite", "now", "strftime('%y-%m-%d%h:%m:%s','now')"},
    {"sqlite", "today", "date('now')"},
    {"sqlite", "uuid", "lower(hex(randomblob(16)))"},
});

constexpr auto target_functions = std::to_array<FunctionRow>({
    {"postgres", "uuid", "gen_random_uuid()"},
    {"postgres", "epoch", "(EXTRACT(epoch FROM now())::bigint)"},
    {"postgres", "time", "LOCALTIME"},
    {"mysql", "uuid", "(uuid())"},
    {"mysql", "epoch", "(unix_timestamp())"},
    {"mysql", "time", "(utc_time(6))"},
    {"sqlite", "uuid",
     "(lower(printf('%08x-%04x-4%03x-%04x-%012x', random() & 0xffffffff, random() & 0xffff, "
     "random() & 0xfff, 0x8000 | (random() & 0x3fff), random() & 0xffffffffffff)))"},
    {"sqlite", "epoch", "(CAST(strftime('%s', 'now') AS INTEGER))"},
    {"sqlite", "time", "(time('now'))"},
});

/// The place of the parenthesis that closes the first one; strings are passed over.
std::size_t closing(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return text.size();
}

std::string without_outer_parentheses(std::string text) {
  while (text.size() > 2 && text.front() == '(' && closing(text) + 1 == text.size()) {
    text = trim(std::string_view(text).substr(1, text.size() - 2));
  }
  return text;
}

/// The text without white space, casts to text and parentheses around all of it.
std::string squeezed(std::string_view sql) {
  std::string text;
  for (const char c : to_lower(sql)) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') text += c;
  }
  text = replace_all(text, "::text", "");
  text = replace_all(text, "pg_catalog.", "");
  for (const std::string_view cast : {"::bigint", "::integer", "::varchar", "::uuid"}) {
    if (text.size() > cast.size() && text.substr(text.size() - cast.size()) == cast) {
      text.resize(text.size() - cast.size());
    }
  }
  return without_outer_parentheses(std::move(text));
}

/// Words that stand for a value by themselves.
struct WordRow {
  std::string_view word;
  Operation operation;
  std::string_view text;
};
constexpr auto value_words = std::to_array<WordRow>({
    {"null", Operation::null, {}},
    {"true", Operation::boolean, "true"},
    {"false", Operation::boolean, "false"},
    {"now", Operation::now, {}},
    {"current_timestamp", Operation::now, {}},
    {"localtimestamp", Operation::now, {}},
    {"sysdate", Operation::now, {}},
    {"current_date", Operation::today, {}},
    {"curdate", Operation::today, {}},
});

bool is_symbol(const Token& token, std::string_view text) {
  return token.kind == TokenKind::symbol && token.text == text;
}

/// Whether the tokens are a cast behind a value, or calling parentheses, and nothing else.
bool ends_value(const std::vector<Token>& tokens, std::size_t at, bool call) {
  if (call && at < tokens.size() && is_symbol(tokens[at], "(")) {
    ++at;
    if (at < tokens.size() && tokens[at].kind == TokenKind::number) ++at;
    if (at >= tokens.size() || !is_symbol(tokens[at], ")")) return false;
    ++at;
  }
  if (at < tokens.size() && !is_symbol(tokens[at], "::")) return false;
  for (; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.kind == TokenKind::string) return false;
    if (token.kind == TokenKind::symbol &&
        std::string_view("::()[].,").find(token.text) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

std::optional<Expression> literal_of(std::vector<Token> tokens) {
  while (tokens.size() > 2 && is_symbol(tokens.front(), "(")) {
    int depth = 0;
    std::size_t close = 0;
    for (; close < tokens.size(); ++close) {
      if (is_symbol(tokens[close], "(")) ++depth;
      if (is_symbol(tokens[close], ")") && --depth == 0) break;
    }
    if (close >= tokens.size() || !ends_value(tokens, close + 1, false)) return {};
    tokens = {tokens.begin() + 1, tokens.begin() + static_cast<std::ptrdiff_t>(close)};
  }
  if (tokens.empty()) return {};
  const bool negative = is_symbol(tokens[0], "-");
  const std::size_t first = negative || is_symbol(tokens[0], "+") ? 1 : 0;
  if (first >= tokens.size()) return {};
  const Token& token = tokens[first];
  if (token.kind == TokenKind::number && ends_value(tokens, first + 1, false)) {
    return expression::number((negative ? "-" : "") + token.text);
  }
  if (first > 0) return {};
  if (token.kind == TokenKind::string && ends_value(tokens, 1, false)) {
    return expression::string(token.text);
  }
  if (token.kind != TokenKind::word) return {};
  // A character set in front of a string: _utf8mb4'x'.
  if (token.text.front() == '_' && tokens.size() == 2 && tokens[1].kind == TokenKind::string) {
    return expression::string(tokens[1].text);
  }
  for (const WordRow& row : value_words) {
    if (row.word == to_lower(token.text) && ends_value(tokens, 1, true)) {
      return expression::leaf(row.operation, std::string(row.text));
    }
  }
  return {};
}

bool is_number_text(std::string_view text) {
  if (text.empty()) return false;
  const std::size_t start = text.front() == '-' || text.front() == '+' ? 1 : 0;
  return text.size() > start &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
                     [](char c) { return is_ascii_digit(c) || c == '.'; });
}

}  // namespace

std::optional<Expression> well_known_default(std::string_view sql, const SqlDialect& source,
                                             const SqlDialect& target) {
  const std::string text = squeezed(sql);
  const auto known = std::find_if(
      source_functions.begin(), source_functions.end(),
      [&](const FunctionRow& row) { return row.dialect == source.id() && row.spelling == text; });
  if (known == source_functions.end()) return {};
  if (known->meaning == "now") return expression::leaf(Operation::now);
  if (known->meaning == "today") return expression::leaf(Operation::today);
  for (const FunctionRow& row : target_functions) {
    if (row.dialect == target.id() && row.meaning == known->meaning) {
      return sql_expression(std::string(row.spelling), target.id());
    }
  }
  return {};
}

std::optional<Expression> literal_meaning(std::string_view sql, const Lexis& lexis) {
  auto tokens = tokens_of(sql, lexis);
  if (!tokens || tokens->empty()) return {};
  return literal_of(std::move(*tokens));
}

MeaningReader::MeaningReader(Conversion& conversion, Table& table)
    : conversion_(conversion), table_(table) {
  for (const Column& column : table.columns) {
    names_.add_column(column.name,
                      column.type.array_dimensions > 0 ? TypeKind::json : column.type.kind);
  }
}

Meaning MeaningReader::of(const Expression& expression) const { return of(expression, 0); }

const Column* MeaningReader::column_of(const Expression& expression) const {
  return expression.operation == Operation::column ? table_.find_column(expression.text) : nullptr;
}

Meaning MeaningReader::of(const Expression& expression, int depth) const {
  if (depth > deepest_expression) return {{}, "its depth"};
  if (expression.operation == Operation::sql) {
    if (!expression.arguments.empty()) return of(expression.arguments.front(), depth + 1);
    if (auto literal = literal_meaning(expression.text, conversion_.source.lexis())) {
      return {std::move(literal), {}};
    }
    Translation translation =
        translated(expression.text, conversion_.source, conversion_.target, names_);
    if (!translation.sql) return {{}, translation.obstacle};
    const std::string text = without_outer_parentheses(std::string(trim(*translation.sql)));
    return {sql_expression(depth == 0 ? text : "(" + text + ")", conversion_.target.id()), {}};
  }
  Expression result = expression;
  if (expression.operation == Operation::column) {
    const Column* column = find_column(table_, expression.text);
    if (column == nullptr) return {{}, "the name " + expression.text};
    result.text = column->name;
    return {std::move(result), {}};
  }
  for (Expression& argument : result.arguments) {
    Meaning inner = of(argument, depth + 1);
    if (!inner.expression) return inner;
    argument = std::move(*inner.expression);
  }
  return comparison(std::move(result));
}

/// Literals in the form of the column that they are compared with.
Meaning MeaningReader::comparison(Expression expression) const {
  switch (expression.operation) {
    case Operation::all_of:
    case Operation::any_of:
    case Operation::negate:
      for (Expression& argument : expression.arguments) {
        const Column* column = column_of(argument);
        if (column == nullptr || !conversion_.target.compares_strictly()) continue;
        if (value_class(column->type) == ValueClass::number) {
          argument = expression::call(Operation::not_equal, {argument, expression::number("0")});
        } else if (value_class(column->type) != ValueClass::boolean) {
          return {{}, "a condition that is no truth value"};
        }
      }
      return {std::move(expression), {}};
    case Operation::lower:
    case Operation::length_of:
    case Operation::matches_like: {
      const Column* column = column_of(expression.arguments.front());
      if (column != nullptr && conversion_.target.compares_strictly() &&
          value_class(column->type) != ValueClass::text) {
        return {{}, "a text function on " + column->name};
      }
      return {std::move(expression), {}};
    }
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_or_equal:
    case Operation::greater:
    case Operation::greater_or_equal:
    case Operation::in:
      break;
    default:
      return {std::move(expression), {}};
  }
  const auto found = std::find_if(expression.arguments.begin(), expression.arguments.end(),
                                  [&](const Expression& e) { return column_of(e) != nullptr; });
  if (found == expression.arguments.end()) return {std::move(expression), {}};
  const Column& column = *column_of(*found);
  const ValueClass wanted = value_class(column.type);
  const bool strict = conversion_.target.compares_strictly();
  for (Expression& value : expression.arguments) {
    const Column* other = column_of(value);
    if (other != nullptr) {
      if (strict && value_class(other->type) != wanted) return {{}, "a comparison of unlike types"};
      continue;
    }
    const bool literal = value.operation == Operation::number ||
                         value.operation == Operation::string ||
                         value.operation == Operation::boolean;
    if (!literal) continue;
    if (wanted == ValueClass::boolean) {
      const std::string word = to_lower(value.text);
      if (word == "1" || word == "t" || word == "true") {
        value = expression::leaf(Operation::boolean, "true");
      } else if (word == "0" || word == "f" || word == "false") {
        value = expression::leaf(Operation::boolean, "false");
      } else if (strict) {
        return {{}, "a comparison of unlike types"};
      }
    } else if (wanted == ValueClass::number && value.operation != Operation::number) {
      if (value.operation == Operation::boolean) {
        value = expression::number(value.text == "true" ? "1" : "0");
      } else if (is_number_text(value.text)) {
        value.operation = Operation::number;
      } else if (strict) {
        return {{}, "a comparison of unlike types"};
      }
    } else if (wanted == ValueClass::text && value.operation == Operation::number) {
      value.operation = Operation::string;
    } else if (strict && wanted != ValueClass::text && wanted != ValueClass::number &&
               value.operation == Operation::number) {
      return {{}, "a comparison of unlike types"};
    }
  }
  return {std::move(expression), {}};
}

}  // namespace relata
