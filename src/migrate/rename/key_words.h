#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace relata::migrate {

// Key words of SQL, of any dialect, that tell what the names beside them are.

/// What stands behind a relation and is no alias of it.
inline constexpr auto not_aliases = std::to_array<std::string_view>(
    {"cross",   "default",   "deferrable",  "do",          "each",      "end",       "except",
     "execute", "fetch",     "for",         "from",        "full",      "group",     "having",
     "indexed", "initially", "inner",       "instead",     "intersect", "is",        "join",
     "lateral", "left",      "limit",       "natural",     "not",       "offset",    "on",
     "order",   "outer",     "overriding",  "referencing", "returning", "right",     "row",
     "select",  "set",       "tablesample", "to",          "union",     "using",     "values",
     "when",    "where",     "window",      "with",        "begin",     "as",        "and",
     "or",      "also",      "nothing",     "language",    "stable",    "immutable", "volatile"});

/// What ends the list of relations of a query.
inline constexpr auto end_from = std::to_array<std::string_view>(
    {"where", "group", "order", "having", "limit", "set", "returning", "window", "values", "offset",
     "fetch", "for", "when"});

/// Functions whose arguments have FROM between them.
inline constexpr auto from_functions =
    std::to_array<std::string_view>({"extract", "substring", "trim", "overlay", "position"});

/// What the name of something else stands behind.
inline constexpr auto names_behind =
    std::to_array<std::string_view>({"as", "trigger", "rule", "exists", "statistics", "publication",
                                     "constraint", "collate", "index", "partition"});

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace relata::migrate
