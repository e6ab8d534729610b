#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dialect/sql_dialect.h"
#include "model/schema.h"

namespace relata {

enum class TokenKind { word, quoted_name, string, number, symbol };

/// One token of SQL text.
struct Token {
  TokenKind kind = TokenKind::symbol;
  std::string text;    ///< As written; of names and strings what the quotes hold.
  std::string before;  ///< White space in front of it; comments are left out.
};

/// The tokens of the text; nothing when a quote is not closed.
[[nodiscard]] std::optional<std::vector<Token>> tokens_of(std::string_view sql, const Lexis& lexis);

/// The text with each word `word` (lower case, whatever its case in the text, not in quotes or as
/// part of a qualified name) replaced.
[[nodiscard]] std::string with_word_replaced(std::string_view sql, const Lexis& lexis,
                                             std::string_view word, std::string_view replacement);

/// The names that a text may use: those of the schema as they are in the target.
class KnownNames {
 public:
  KnownNames() = default;
  /// Tables and their columns, under the names that they were read with and have now.
  KnownNames(const Schema& schema, const std::map<QualifiedName, std::string>& relations);

  void add_relation(const QualifiedName& read, const std::string& name);
  void add_column(const std::string& name, TypeKind kind);
  /// A column of a type that is not known, such as a view's.
  void add_name(const std::string& name);

  /// The target's name of a relation; empty when there is none. An empty namespace: any.
  [[nodiscard]] std::string relation(std::string_view space, std::string_view name) const;
  /// The column as it is spelled where it is defined; empty when no table has one of that name.
  [[nodiscard]] std::string column(std::string_view name) const;
  /// The kind of the columns of that name, when it is one for all of them.
  [[nodiscard]] std::optional<TypeKind> kind_of(std::string_view column) const;

 private:
  std::unordered_map<std::string, std::string> relations_;
  std::unordered_map<std::string, std::string> columns_;
  std::unordered_map<std::string, std::optional<TypeKind>> kinds_;
};

/// SQL in the words of another engine, or why it cannot be.
struct Translation {
  std::optional<std::string> sql;
  std::string obstacle;  ///< "the function date_trunc", "the operator ~".
};

/// Translates an expression or a SELECT word by word: names and literals are quoted as the target
/// wants them, functions that every engine has under some name get the target's, casts are written
/// as CAST. What is not known to mean the same on both sides is an obstacle.
[[nodiscard]] Translation translated(std::string_view sql, const SqlDialect& source,
                                     const SqlDialect& target, const KnownNames& names);

}  // namespace relata
