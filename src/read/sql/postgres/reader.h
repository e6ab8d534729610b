#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "read/sql/postgres/catalog.h"
#include "read/sql/postgres/source_text.h"
#include "read/sql/postgres/tree.h"
#include "read/sql/sql.h"
#include "syntax/postgres/statements.h"

namespace relata::sql::postgres {

/// What the functions that read one kind of statement share: the database so far, and the statement
/// at hand with its text.
struct Reader {
  Reader(DiagnosticSink& diagnostics, Reading how) : sink(diagnostics), reading(how) {}

  Catalog catalog;
  DiagnosticSink& sink;
  const SourceFile* file = nullptr;
  const syntax::Statement* statement = nullptr;
  /// Within a condition: what is missing, or there already, is no reason for a message.
  bool quiet = false;
  Reading reading;
  /// search_path as the session has it; `catalog.search_path` is what it comes to.
  std::vector<std::string> path{"$user", "public"};
  bool local_search_path = false;  ///< SET LOCAL search_path holds until the transaction's end.

  // Where things are.
  [[nodiscard]] Origin origin() const;
  /// The tokens of the statement, with the namespaces that the search path adds to its names.
  [[nodiscard]] SourceText& source();
  /// Takes a statement in hand, and leaves the last one.
  void begin(const SourceFile& of, const syntax::Statement& next);

  // Messages, at the statement.
  void warning(std::string code, std::string message, std::string help = {});
  /// The statement needs something that no statement before it has made.
  void missing(std::string_view kind, std::string_view name);
  /// Something of that name is there already.
  void taken(std::string_view kind, std::string_view name);

  // Names.
  /// The name that a statement gives to a relation that it makes.
  [[nodiscard]] QualifiedName created(const PgQuery__RangeVar& range);
  /// The same from a list of one or two names.
  [[nodiscard]] QualifiedName created(std::span<PgQuery__Node* const> names);
  [[nodiscard]] std::optional<QualifiedName> existing(const PgQuery__RangeVar& range) const;
  [[nodiscard]] Table* table(const PgQuery__RangeVar& range);
  /// A namespace that a statement names; one that is not there is taken as if it were.
  [[nodiscard]] std::string used_namespace(std::string_view written);
  /// Whether the name of a relation is free; if not, says so unless that is `tolerated`.
  [[nodiscard]] bool is_free(const QualifiedName& name, bool tolerated);

  // Types and expressions.
  [[nodiscard]] std::string format_type(const PgQuery__TypeName& type) const;
  [[nodiscard]] Expression expression(TokenRange range);
  [[nodiscard]] SqlText sql(std::string text) const { return {"postgres", std::move(text), {}}; }
  /// The whole statement.
  [[nodiscard]] SqlText whole();
  [[nodiscard]] std::string collation(const PgQuery__CollateClause* clause) const;

 private:
  void add_namespaces(SourceText& text);
  std::unique_ptr<SourceText> source_;
};

/// A name in its parts: the last is the name, the one before it the namespace.
struct NameParts {
  std::string schema;
  std::string name;
};
[[nodiscard]] NameParts name_parts(const std::vector<std::string>& names);

}  // namespace relata::sql::postgres
