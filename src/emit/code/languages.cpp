// Words that a language keeps for itself, so that no name may be one of them.
// ECMAScript 2024, 12.7.2 and 13.1.1 (strict mode), and TypeScript's own type names; Python's
// keyword module (3.12) and the built-in names that models use; Prisma's schema reference, "Naming
// limitations".

#include <algorithm>
#include <array>
#include <string_view>

#include "emit/code/names.h"

namespace relata::emit {
namespace {

// Sorted by their bytes.
constexpr auto typescript_words = std::to_array<std::string_view>(
    {"Array",      "Boolean",   "Buffer",    "Date",       "Error",   "Function",  "Map",
     "Number",     "Object",    "Promise",   "Record",     "Set",     "String",    "Symbol",
     "Uint8Array", "any",       "arguments", "as",         "async",   "await",     "bigint",
     "boolean",    "break",     "case",      "catch",      "class",   "const",     "constructor",
     "continue",   "debugger",  "declare",   "default",    "delete",  "do",        "else",
     "enum",       "eval",      "export",    "extends",    "false",   "finally",   "for",
     "function",   "get",       "if",        "implements", "import",  "in",        "instanceof",
     "interface",  "let",       "module",    "namespace",  "never",   "new",       "null",
     "number",     "object",    "of",        "package",    "private", "protected", "prototype",
     "public",     "require",   "return",    "set",        "static",  "string",    "super",
     "switch",     "symbol",    "this",      "throw",      "true",    "try",       "type",
     "typeof",     "undefined", "unknown",   "var",        "void",    "while",     "with",
     "yield"});
static_assert(std::is_sorted(typescript_words.begin(), typescript_words.end()));

// Sorted by their bytes.
constexpr auto python_words = std::to_array<std::string_view>(
    {"Any",      "Base",     "False",    "Literal",  "None",  "True",   "and",      "as",
     "assert",   "async",    "await",    "bool",     "break", "bytes",  "case",     "class",
     "continue", "copy",     "date",     "datetime", "def",   "del",    "dict",     "elif",
     "else",     "except",   "finally",  "float",    "for",   "from",   "global",   "if",
     "import",   "in",       "int",      "is",       "json",  "lambda", "list",     "match",
     "metadata", "nonlocal", "not",      "object",   "or",    "pass",   "property", "raise",
     "registry", "return",   "schema",   "self",     "str",   "time",   "try",      "tuple",
     "type",     "uuid",     "validate", "while",    "with",  "yield"});
static_assert(std::is_sorted(python_words.begin(), python_words.end()));

// Sorted by their bytes.
constexpr auto prisma_words = std::to_array<std::string_view>(
    {"BigInt",     "Boolean",     "Bytes",    "DateTime",     "Decimal",   "Float",
     "Int",        "Json",        "Prisma",   "PrismaClient", "String",    "Unsupported",
     "async",      "await",       "break",    "case",         "catch",     "class",
     "const",      "constructor", "continue", "datasource",   "debugger",  "default",
     "delete",     "do",          "else",     "enum",         "export",    "extends",
     "false",      "finally",     "for",      "function",     "generator", "if",
     "implements", "import",      "in",       "instanceof",   "interface", "let",
     "model",      "new",         "null",     "package",      "private",   "protected",
     "public",     "return",      "static",   "super",        "switch",    "this",
     "throw",      "true",        "try",      "type",         "typeof",    "using",
     "var",        "void",        "while",    "with",         "yield"});
static_assert(std::is_sorted(prisma_words.begin(), prisma_words.end()));

template <std::size_t Size>
bool is_among(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool is_typescript_word(std::string_view word) { return is_among(typescript_words, word); }
bool is_python_word(std::string_view word) { return is_among(python_words, word); }
bool is_prisma_word(std::string_view word) { return is_among(prisma_words, word); }

}  // namespace

const Language& typescript() {
  static const Language language{"typescript", false, false, is_typescript_word};
  return language;
}

const Language& python() {
  static const Language language{"python", true, false, is_python_word};
  return language;
}

const Language& prisma() {
  static const Language language{"prisma", false, true, is_prisma_word, false};
  return language;
}

}  // namespace relata::emit
