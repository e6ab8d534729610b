#include "migrate/postgres/part_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/partitions.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

using Kind = PartRename::Kind;
using Names = std::set<QualifiedName>;

/// What shares one list of names in a namespace: tables, indexes, sequences, views.
Names relation_names(const Schema& schema) {
  Names names;
  for (const Table& table : schema.tables) {
    names.insert({table.schema, table.name});
    if (table.primary_key) names.insert({table.schema, table.primary_key->name});
    for (const Unique& unique : table.uniques) names.insert({table.schema, unique.name});
    for (const Exclusion& exclusion : table.exclusions) {
      names.insert({table.schema, exclusion.name});
    }
    for (const Index& index : table.indexes) names.insert({table.schema, index.name});
  }
  for (const Sequence& sequence : schema.sequences) names.insert({sequence.schema, sequence.name});
  for (const View& view : schema.views) names.insert({view.schema, view.name});
  return names;
}

/// The same with another's name and comment, so that what is left can be compared.
template <class Part>
Part called_as(Part part, const Part& other) {
  part.name = other.name;
  part.comment = other.comment;
  return part;
}

template <class Part>
const Part* find_named(const std::vector<Part>& parts, const std::string& name) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

bool numbers_from(const Column& column, const std::string& sequence) {
  if (!column.default_value) return false;
  const std::vector<SqlWord> words = postgres_words(dialect().expression(*column.default_value));
  return std::any_of(words.begin(), words.end(),
                     [&](const SqlWord& word) { return word.name == sequence; });
}

/// Finds what is renamed.
class Finder {
 public:
  Finder(const Schema& from, const Schema& to) : from_(from), to_(to) {
    for (const Table& table : to.tables) after_[{table.schema, table.name}] = &table;
    for (const Table& table : from.tables) {
      before_[{table.schema, table.name}] = &table;
      parents_.insert(table.inherits.begin(), table.inherits.end());
    }
  }

  std::vector<PartRename> run() {
    for (const Table& table : from_.tables) {
      const QualifiedName name{table.schema, table.name};
      const auto found = after_.find(name);
      if (found == after_.end() || parents_.count(name) > 0) continue;
      const Table& other = *found->second;
      if (stands_alone(table) && stands_alone(other)) compare(table, other);
    }
    compare_sequences();
    return std::move(renames_);
  }

 private:
  void compare(const Table& before, const Table& after) {
    if (before.primary_key && after.primary_key) {
      pair(before, std::vector{*before.primary_key}, std::vector{*after.primary_key},
           Kind::constraint);
    }
    pair(before, before.uniques, after.uniques, Kind::constraint);
    pair(before, before.foreign_keys, after.foreign_keys, Kind::constraint);
    pair(before, before.checks, after.checks, Kind::constraint);
    pair(before, before.exclusions, after.exclusions, Kind::constraint);
    pair(before, before.indexes, after.indexes, Kind::index);
  }

  template <class Part>
  void pair(const Table& table, const std::vector<Part>& before, const std::vector<Part>& after,
            Kind kind) {
    std::set<std::string> taken;
    for (const Part& part : before) {
      if (find_named(after, part.name) != nullptr) continue;
      for (const Part& other : after) {
        if (find_named(before, other.name) != nullptr || taken.count(other.name) > 0 ||
            !(called_as(part, other) == other)) {
          continue;
        }
        if (!is_free(table, other.name)) continue;
        taken.insert(other.name);
        renames_.push_back({kind, {table.schema, table.name}, part.name, other.name});
        break;
      }
    }
  }

  void compare_sequences() {
    std::map<std::pair<QualifiedName, std::string>, const Sequence*> owned;
    for (const Sequence& sequence : to_.sequences) {
      if (sequence.owned_by_table.name.empty()) continue;
      owned[{sequence.owned_by_table, sequence.owned_by_column}] = &sequence;
    }
    for (const Sequence& sequence : from_.sequences) {
      const auto found = owned.find({sequence.owned_by_table, sequence.owned_by_column});
      if (found == owned.end() || found->second->name == sequence.name) continue;
      const Sequence& other = *found->second;
      const auto before = before_.find(sequence.owned_by_table);
      const auto after = after_.find(sequence.owned_by_table);
      if (before == before_.end() || after == after_.end()) continue;
      const Column* from = before->second->find_column(sequence.owned_by_column);
      const Column* to = after->second->find_column(sequence.owned_by_column);
      const bool numbers = from != nullptr && to != nullptr && numbers_from(*from, sequence.name) &&
                           numbers_from(*to, other.name);
      if (!numbers || !(called_as(sequence, other) == other)) continue;
      if (!is_free(*before->second, other.name)) continue;
      renames_.push_back({Kind::sequence, sequence.owned_by_table, sequence.name, other.name});
    }
  }

  bool is_free(const Table& table, const std::string& name) {
    if (name.empty()) return false;
    if (names_.empty()) names_ = relation_names(from_);
    const auto is = [&](const auto& part) { return part.name == name; };
    return names_.count({table.schema, name}) == 0 &&
           std::none_of(table.checks.begin(), table.checks.end(), is) &&
           std::none_of(table.foreign_keys.begin(), table.foreign_keys.end(), is) &&
           names_.insert({table.schema, name}).second;
  }

  const Schema& from_;
  const Schema& to_;
  std::map<QualifiedName, const Table*> before_;
  std::map<QualifiedName, const Table*> after_;
  Names parents_;
  Names names_;  ///< That are taken; empty until somebody asks.
  std::vector<PartRename> renames_;
};

template <class Part>
void call(std::vector<Part>& parts, const PartRename& rename) {
  for (Part& part : parts) {
    if (part.name == rename.before) part.name = rename.after;
  }
}

void apply(Table& table, const PartRename& rename) {
  if (rename.kind == Kind::index) return call(table.indexes, rename);
  if (table.primary_key && table.primary_key->name == rename.before) {
    table.primary_key->name = rename.after;
  }
  call(table.uniques, rename);
  call(table.foreign_keys, rename);
  call(table.checks, rename);
  call(table.exclusions, rename);
}

std::string renaming(const PartRename& rename, const std::string& from, const std::string& to) {
  const std::string name = quoted(QualifiedName{rename.table.schema, from});
  switch (rename.kind) {
    case Kind::constraint:
      return "ALTER TABLE " + quoted(rename.table) + " RENAME CONSTRAINT " + quoted(from) + " TO " +
             quoted(to);
    case Kind::index:
      return "ALTER INDEX " + name + " RENAME TO " + quoted(to);
    case Kind::sequence:
      return "ALTER SEQUENCE " + name + " RENAME TO " + quoted(to);
  }
  return {};
}

}  // namespace

std::vector<PartRename> find_part_renames(const Schema& from, const Schema& to) {
  return Finder(from, to).run();
}

Schema with_part_names(Schema schema, const std::vector<PartRename>& renames, const Schema& to) {
  std::map<QualifiedName, std::vector<const PartRename*>> of_tables;
  std::map<QualifiedName, const PartRename*> of_sequences;
  for (const PartRename& rename : renames) {
    of_tables[rename.table].push_back(&rename);
    if (rename.kind == Kind::sequence) {
      of_sequences[{rename.table.schema, rename.before}] = &rename;
    }
  }
  std::map<QualifiedName, const Table*> after;
  for (const Table& table : to.tables) after[{table.schema, table.name}] = &table;
  for (Table& table : schema.tables) {
    const auto found = of_tables.find({table.schema, table.name});
    if (found == of_tables.end()) continue;
    for (const PartRename* rename : found->second) {
      if (table.replica_identity == rename->before) table.replica_identity = rename->after;
      if (rename->kind != Kind::sequence) {
        apply(table, *rename);
        continue;
      }
      for (Column& column : table.columns) {
        if (!numbers_from(column, rename->before)) continue;
        column.default_value =
            after.at({table.schema, table.name})->find_column(column.name)->default_value;
      }
    }
  }
  for (Sequence& sequence : schema.sequences) {
    const auto found = of_sequences.find({sequence.schema, sequence.name});
    if (found != of_sequences.end()) sequence.name = found->second->after;
  }
  for (Grant& grant : schema.grants) {
    if (grant.kind != "sequence") continue;
    const auto found = of_sequences.find({grant.schema, grant.name});
    if (found != of_sequences.end()) grant.name = found->second->after;
  }
  return schema;
}

std::vector<Step> part_rename_steps(const std::vector<PartRename>& renames,
                                    const std::set<QualifiedName>& waiting) {
  std::map<QualifiedName, std::pair<Statements, Statements>> of_tables;
  for (const PartRename& rename : renames) {
    auto& [forward, back] = of_tables[rename.table];
    forward.push_back(renaming(rename, rename.before, rename.after));
    back.insert(back.begin(), renaming(rename, rename.after, rename.before));
  }
  std::vector<Step> steps;
  for (const auto& [table, statements] : of_tables) {
    const std::string where = plain_name(table);
    const Phase phase = waiting.count(table) > 0 ? Phase::contract : Phase::expand;
    steps.push_back(plain_step(phase, "rename constraints and indexes of " + where,
                               statements.first, statements.second, Lock::access_exclusive, where));
  }
  return steps;
}

std::string not_null_renaming(const QualifiedName& table,
                              const std::vector<std::pair<std::string, std::string>>& names) {
  std::vector<std::string> rows;
  for (const auto& [before, after] : names) {
    rows.push_back("(" + dialect().string_literal(before) + ", " + dialect().string_literal(after) +
                   ")");
  }
  const std::string head = "ALTER TABLE " + replace_all(quoted(table), "%", "%%");
  return "DO " +
         dollar_quoted("DECLARE\n  one record;\nBEGIN\n  FOR one IN SELECT v.* FROM (VALUES " +
                       join(rows, ", ") +
                       ") AS v (before, after)\n    WHERE EXISTS (SELECT FROM "
                       "pg_catalog.pg_constraint WHERE conname = v.before AND contype = 'n' AND "
                       "conrelid = " +
                       dialect().string_literal(quoted(table)) +
                       "::pg_catalog.regclass) LOOP\n    EXECUTE format(" +
                       dialect().string_literal(head + " RENAME CONSTRAINT %I TO %I") +
                       ", one.before, one.after);\n  END LOOP;\nEND\n");
}

}  // namespace relata::migrate::postgres
