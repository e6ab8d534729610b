#include "migrate/postgres/twin.h"

#include <algorithm>
#include <map>
#include <optional>

#include "dialect/postgres_pieces.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/words.h"
#include "migrate/rename.h"

namespace relata::migrate::postgres {
namespace {

/// The table with its columns, constraints and indexes alone.
Table stripped(const Table& table) {
  Table copy;
  copy.schema = table.schema;
  copy.name = table.name;
  copy.columns = table.columns;
  copy.primary_key = table.primary_key;
  copy.uniques = table.uniques;
  copy.foreign_keys = table.foreign_keys;
  copy.checks = table.checks;
  copy.indexes = table.indexes;
  for (Column& column : copy.columns) {
    column.comment.clear();
    column.generated.reset();
  }
  return copy;
}

/// Calls every constraint and index otherwise, and leaves out those that are not there.
class Renamer {
 public:
  Renamer(const std::set<std::string>& left_out, std::string_view ending)
      : left_out_(left_out), ending_(ending) {}

  void rename(Table& table) const {
    if (table.primary_key && left_out_.count(table.primary_key->name) > 0) {
      table.primary_key.reset();
    }
    if (table.primary_key) rename_one(*table.primary_key);
    rename_all(table.uniques);
    rename_all(table.foreign_keys);
    rename_all(table.checks);
    rename_all(table.indexes);
  }

 private:
  template <class Part>
  void rename_one(Part& part) const {
    part.name = derived_name(part.name, ending_);
    part.comment.clear();
  }
  template <class Part>
  void rename_all(std::vector<Part>& parts) const {
    std::erase_if(parts, [&](const Part& part) { return left_out_.count(part.name) > 0; });
    for (Part& part : parts) rename_one(part);
  }

  const std::set<std::string>& left_out_;
  std::string_view ending_;
};

/// The foreign keys alone, of a table that refers to the one at hand.
Table referring(const Table& table, const std::vector<const ForeignKey*>& keys) {
  Table copy;
  copy.schema = table.schema;
  copy.name = table.name;
  copy.columns = table.columns;
  for (const ForeignKey* key : keys) copy.foreign_keys.push_back(*key);
  return copy;
}

}  // namespace

Twin::Twin(const TwinSource& source, std::string name, std::string_view ending)
    : self_{source.table->schema, source.table->name},
      name_(std::move(name)),
      schema_(std::make_unique<Schema>()) {
  const QualifiedName& self = self_;
  schema_->dialect = "postgres";
  schema_->tables.push_back(stripped(*source.table));
  for (Column& column : schema_->tables[0].columns) {
    if (column.name != source.column->name) continue;
    column = *source.column;
    column.nullable = true;
    column.default_value.reset();
    column.identity.reset();
    column.comment.clear();
    column.options.clear();
  }
  std::map<QualifiedName, std::pair<const Table*, std::vector<const ForeignKey*>>> others;
  for (const auto& [table, key] : source.references) {
    const QualifiedName owner{table->schema, table->name};
    leading_.insert({owner, key->name});
    if (owner == self) continue;
    others[owner].first = table;
    others[owner].second.push_back(key);
  }
  for (const auto& [owner, other] : others) {
    schema_->tables.push_back(referring(*other.first, other.second));
  }
  for (const Table& table : schema_->tables) {
    const auto note = [&](const std::string& part) {
      names_.emplace_back(derived_name(part, ending), part);
    };
    if (table.primary_key) note(table.primary_key->name);
    for (const Unique& unique : table.uniques) note(unique.name);
    for (const ForeignKey& key : table.foreign_keys) note(key.name);
    for (const Check& check : table.checks) note(check.name);
    for (const Index& index : table.indexes) note(index.name);
  }
  const Renamer renamer(source.left_out, ending);
  for (Table& table : schema_->tables) renamer.rename(table);
  *schema_ = renamed(*schema_, {Rename{self, source.column->name, name_}});
  find_parts(postgres_pieces(*schema_));
}

void Twin::find_parts(const std::vector<Piece>& pieces) {
  const std::map<std::string, std::string> real(names_.begin(), names_.end());
  for (const Piece& piece : pieces) {
    if (piece.kind == "column" && piece.owner == self_ && piece.name == name_) column_ = piece;
    if (!is_constraint(piece)) continue;
    const std::string& original = real.at(piece.name);
    if (leading_.count({piece.owner, original}) > 0) {
      references_.push_back({piece, original});
    } else if (piece.owner == self_ && names_column(piece, name_)) {
      parts_.push_back({piece, original});
    }
  }
}

}  // namespace relata::migrate::postgres
