#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"

namespace relata::emit {

/// How a programming language writes names.
struct Language {
  std::string_view id;         ///< "typescript", "python", "prisma".
  bool snake_members = false;  ///< due_date rather than dueDate.
  bool ascii_only = false;     ///< Names have no letters but A to Z.
  /// Whether the word may not be the name of a type, constant or member; it gets "_" behind it.
  bool (*is_reserved)(std::string_view word) = nullptr;
  bool reserves_members = true;  ///< Reserved words may be no members either.
};

/// TypeScript and JavaScript: camelCase members, PascalCase types.
[[nodiscard]] const Language& typescript();
/// Python (PEP 8): snake_case members, PascalCase classes.
[[nodiscard]] const Language& python();
/// Prisma's schema language: PascalCase models, camelCase fields, of ASCII letters.
[[nodiscard]] const Language& prisma();

/// A foreign key as two members: the row that is referred to, and the rows that refer.
struct RelationNames {
  std::size_t table = 0;        ///< Place in Schema::tables of the table that has the key.
  std::size_t foreign_key = 0;  ///< Place among its foreign keys.
  std::size_t target = 0;       ///< Place of the referenced table.
  std::string forward;          ///< Member of the referring row: "project".
  std::string backward;         ///< Member of the row referred to: "tasks"; "profile" where one.
  bool one_to_one = false;      ///< The key's columns are unique.
  /// Another foreign key joins the same two tables, so that tools want the relation to be named.
  bool ambiguous = false;
  std::string name;  ///< Of the relation, unique in the schema: "tasks_project".
};

struct TableNames {
  std::string entity;                 ///< PascalCase, singular: "TaskLabel".
  std::string collection;             ///< As a constant or function: "taskLabels", "task_labels".
  std::vector<std::string> members;   ///< One a column, in order.
  std::vector<std::size_t> forward;   ///< Places in CodeNames::relations.
  std::vector<std::size_t> backward;  ///< The same, of the keys that refer to this table.

  /// The member of the column of that name; empty: there is none.
  [[nodiscard]] std::string_view member(const std::vector<Column>& columns,
                                        std::string_view column) const;
};

/// The names in one language of everything in a schema: unique, never a reserved word, the same
/// for every target of that language, and as the design overrides them (Schema::code).
struct CodeNames {
  std::vector<TableNames> tables;         ///< One a table.
  std::vector<TableNames> views;          ///< One a view; its columns are View::columns.
  std::vector<std::string> enumerations;  ///< PascalCase, one an enumeration.
  std::vector<RelationNames> relations;   ///< One a foreign key whose table is known.
};

/// `target` is its id, for overrides; `is_taken` tells the names that the target's files use
/// themselves ("sql", "text"), so that no type, constant or member gets them.
[[nodiscard]] CodeNames code_names(const Schema& schema, const Language& language,
                                   std::string_view target,
                                   bool (*is_taken)(std::string_view name) = nullptr);

/// The type that the design asks for, for this column and target; empty: none.
[[nodiscard]] std::string code_type(const Schema& schema, const Language& language,
                                    std::string_view target, const Table& table,
                                    std::string_view column);

/// Warns of overrides that mean nothing: a scope that is not among `scopes` (languages and
/// targets), a table or column that is not there.
void check_overrides(const Schema& schema, const std::vector<std::string_view>& scopes,
                     DiagnosticSink& sink);

/// Tables and columns of a schema by name, without searching each time.
class SchemaIndex {
 public:
  explicit SchemaIndex(const Schema& schema);
  /// Place in Schema::tables; npos: there is none.
  [[nodiscard]] std::size_t table(std::string_view table_schema, std::string_view name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  std::unordered_map<std::string, std::size_t> tables_;
};

}  // namespace relata::emit
