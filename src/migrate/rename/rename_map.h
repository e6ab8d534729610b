#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "migrate/plan.h"
#include "migrate/rename/sql_words.h"
#include "model/schema.h"

namespace relata::migrate {

/// A table before its renames, and what is called otherwise in it.
struct RenamedTable {
  const Table* table = nullptr;
  std::string name;  ///< Afterwards.
  /// New names by old ones, as the dialect compares them; those that heirs share with it too.
  std::map<std::string, std::string> columns;
  std::unordered_set<std::string> column_keys;  ///< All of its columns, as they are compared.
};

/// Renames by table and column, to be asked while a text is walked.
class RenameMap {
 public:
  RenameMap(const Schema& schema, const std::vector<Rename>& renames, const NameRules& rules);

  [[nodiscard]] const NameRules& rules() const { return rules_; }
  /// The table of that name; `schema` as a text says it, empty: looked for in `home` and then in
  /// the default namespace. Null: there is none.
  [[nodiscard]] const RenamedTable* find(std::string_view schema, std::string_view name,
                                         std::string_view home) const;
  [[nodiscard]] const RenamedTable* find(const QualifiedName& name) const;
  /// Whether a word of a text can be something that is renamed at all.
  [[nodiscard]] bool concerns(const std::string& key) const { return old_names_.contains(key); }

 private:
  void add_column(const QualifiedName& table, const std::string& from, const std::string& to,
                  const std::map<QualifiedName, std::vector<QualifiedName>>& heirs);
  [[nodiscard]] QualifiedName key_of(std::string_view schema, std::string_view name) const;

  const NameRules& rules_;
  std::map<QualifiedName, RenamedTable> tables_;
  std::unordered_set<std::string> old_names_;
};

}  // namespace relata::migrate
