// Words, functions and types that the engines have under some name.

#include "dialect/translate_words.h"

#include <algorithm>
#include <array>

namespace relata {
namespace {

// Words that all three engines read alike (PostgreSQL documentation, appendix C; MySQL manual,
// "Keywords and Reserved Words"; "SQLite Keywords").
constexpr auto common_words = std::to_array<std::string_view>({
    "all",      "and",   "as",    "asc",    "between",   "by",     "case",      "cross",   "desc",
    "distinct", "else",  "end",   "exists", "false",     "from",   "group",     "having",  "in",
    "inner",    "is",    "join",  "left",   "like",      "limit",  "not",       "null",    "offset",
    "on",       "or",    "order", "outer",  "select",    "then",   "true",      "union",   "using",
    "when",     "where", "with",  "over",   "partition", "except", "intersect", "natural", "values",
});

// Words that begin something that some engine does not have, or understands in its own way.
constexpr auto own_words = std::to_array<std::string_view>({
    "any",          "array",         "at",           "binary",   "both",         "collate",
    "current_user", "div",           "escape",       "fetch",    "filter",       "for",
    "full",         "glob",          "ilike",        "interval", "isnull",       "lateral",
    "leading",      "match",         "mod",          "notnull",  "nulls",        "only",
    "overlaps",     "recursive",     "regexp",       "right",    "rlike",        "row",
    "rows",         "separator",     "session_user", "similar",  "some",         "symmetric",
    "tablesample",  "trailing",      "user",         "variadic", "window",       "within",
    "xor",          "straight_join", "range",        "groups",   "materialized", "current_time",
    "localtime",    "create",        "alter",        "insert",   "update",       "delete",
    "drop",         "set",           "table",        "view",
});

constexpr auto common_symbols = std::to_array<std::string_view>({
    "(",
    ")",
    ",",
    ".",
    "=",
    "<>",
    "<",
    ">",
    "<=",
    ">=",
    "+",
    "-",
    "*",
    "/",
});

constexpr auto arithmetic = std::to_array<std::string_view>({"+", "-", "*", "/"});

constexpr auto comparisons =
    std::to_array<std::string_view>({"=", "<>", "!=", "<", ">", "<=", ">="});

constexpr auto functions = std::to_array<FunctionRow>({
    {"count", "count", "count", 1, 1, true},
    {"sum", "sum", "sum", 1, 1, true},
    {"avg", "avg", "avg", 1, 1, true},
    {"min", "min", "min", 1, 1, true},
    {"max", "max", "max", 1, 1, true},
    {"lower", "lower", "lower"},
    {"upper", "upper", "upper"},
    {"abs", "abs", "abs"},
    {"round", "round", "round", 1, 2},
    {"coalesce", "coalesce", "coalesce", 2, 50},
    {"coalesce", "ifnull", "ifnull", 2, 2},
    {"nullif", "nullif", "nullif", 2, 2},
    {"length", "char_length", "length"},
    {"char_length", "char_length", "length"},
    {"character_length", "character_length", "length"},
    {"octet_length", "length", ""},
    {"trim", "trim", "trim"},
    {"btrim", "trim", "trim"},
    {"ltrim", "ltrim", "ltrim"},
    {"rtrim", "rtrim", "rtrim"},
    {"replace", "replace", "replace", 3, 3},
    {"substr", "substr", "substr", 2, 3},
    {"substring", "substring", "substr", 2, 3},
    {"left", "left", "", 2, 2},
    {"floor", "floor", ""},
    {"ceil", "ceil", ""},
    {"ceiling", "ceiling", ""},
    {"row_number", "row_number", "row_number", 0, 0},
    {"rank", "rank", "rank", 0, 0},
    {"dense_rank", "dense_rank", "dense_rank", 0, 0},
    {"date", "date", "date"},
});

constexpr auto casts = std::to_array<CastRow>({
    {"text", "text", "CHAR", "TEXT"},
    {"char", "text", "CHAR", "TEXT"},
    {"varchar", "text", "CHAR", "TEXT"},
    {"character varying", "text", "CHAR", "TEXT"},
    {"bpchar", "text", "CHAR", "TEXT"},
    {"character", "text", "CHAR", "TEXT"},
    {"smallint", "smallint", "SIGNED", "INTEGER"},
    {"int", "bigint", "SIGNED", "INTEGER"},
    {"integer", "bigint", "SIGNED", "INTEGER"},
    {"int4", "bigint", "SIGNED", "INTEGER"},
    {"int8", "bigint", "SIGNED", "INTEGER"},
    {"bigint", "bigint", "SIGNED", "INTEGER"},
    {"signed", "bigint", "SIGNED", "INTEGER"},
    {"numeric", "numeric", "DECIMAL(38,10)", "NUMERIC"},
    {"decimal", "numeric", "DECIMAL(38,10)", "NUMERIC"},
    {"double precision", "double precision", "DOUBLE", "REAL"},
    {"float8", "double precision", "DOUBLE", "REAL"},
    {"double", "double precision", "DOUBLE", "REAL"},
    {"real", "double precision", "DOUBLE", "REAL"},
    {"date", "date", "DATE", ""},
});

// Types whose literals only PostgreSQL reads.
constexpr auto read_in_own_way = std::to_array<std::string_view>({
    "interval",
    "bytea",
    "regclass",
    "regtype",
    "regproc",
    "bit",
    "xml",
    "tsquery",
    "tsvector",
    "box",
    "point",
    "hstore",
});

/// What the row says for the dialect.
template <class Row>
std::string_view named_in(const Row& row, const SqlDialect& dialect) {
  struct Column {
    std::string_view dialect;
    std::string_view Row::*name;
  };
  constexpr std::array columns{Column{"postgres", &Row::postgres}, Column{"mysql", &Row::mysql},
                               Column{"sqlite", &Row::sqlite}};
  for (const Column& column : columns) {
    if (column.dialect == dialect.id()) return row.*column.name;
  }
  return {};
}

template <class Words>
bool is_among(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_common_word(std::string_view lower) { return is_among(common_words, lower); }
bool is_word_of_some(std::string_view lower) { return is_among(own_words, lower); }
bool is_common_symbol(std::string_view symbol) { return is_among(common_symbols, symbol); }
bool is_arithmetic(std::string_view symbol) { return is_among(arithmetic, symbol); }
bool is_comparison(std::string_view symbol) { return is_among(comparisons, symbol); }
bool is_read_in_own_way(std::string_view type) { return is_among(read_in_own_way, type); }

const FunctionRow* find_function(std::string_view name, const SqlDialect& dialect,
                                 std::size_t arguments) {
  const auto* row = std::find_if(functions.begin(), functions.end(), [&](const FunctionRow& r) {
    return named_in(r, dialect) == name && arguments >= r.least && arguments <= r.most;
  });
  return row == functions.end() ? nullptr : row;
}

bool is_aggregate(std::string_view name) {
  return std::any_of(functions.begin(), functions.end(),
                     [&](const FunctionRow& row) { return row.aggregate && row.postgres == name; });
}

const CastRow* find_cast(std::string_view type) {
  const auto* row =
      std::find_if(casts.begin(), casts.end(), [&](const CastRow& r) { return r.word == type; });
  return row == casts.end() ? nullptr : row;
}

std::string_view name_in(const FunctionRow& row, const SqlDialect& dialect) {
  return named_in(row, dialect);
}
std::string_view name_in(const CastRow& row, const SqlDialect& dialect) {
  return named_in(row, dialect);
}

}  // namespace relata
