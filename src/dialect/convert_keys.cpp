// Primary keys, unique and foreign keys that the target can check.

#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/convert_steps.h"
#include "model/questions.h"

namespace relata {
namespace {

using Columns = std::vector<std::string>;

Columns plain_columns(const Index& index) {
  Columns columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column || part.prefix_length > 0) return {};
    columns.push_back(part.expression.text);
  }
  return columns;
}

/// Every list of columns that is unique in the table.
std::vector<Columns> unique_lists(const Table& table) {
  std::vector<Columns> lists;
  if (table.primary_key) lists.push_back(table.primary_key->columns);
  for (const Unique& unique : table.uniques) lists.push_back(unique.columns);
  for (const Index& index : table.indexes) {
    if (!index.unique || index.where) continue;
    if (Columns columns = plain_columns(index); !columns.empty()) {
      lists.push_back(std::move(columns));
    }
  }
  return lists;
}

/// A unique list of the same columns in any order; null when there is none.
const Columns* unique_list_of(const std::vector<Columns>& lists, Columns columns) {
  std::sort(columns.begin(), columns.end());
  for (const Columns& list : lists) {
    Columns sorted = list;
    std::sort(sorted.begin(), sorted.end());
    if (sorted == columns) return &list;
  }
  return nullptr;
}

/// Puts the pairs of the key in the order of the unique list: MySQL wants them so, and to the
/// others it is the same.
void follow_order(ForeignKey& key, const Columns& list) {
  Columns columns;
  for (const std::string& name : list) {
    const auto place = std::find(key.referenced.begin(), key.referenced.end(), name);
    columns.push_back(
        key.columns.at(static_cast<std::size_t>(std::distance(key.referenced.begin(), place))));
  }
  key.columns = std::move(columns);
  key.referenced = list;
}

void simplify(ForeignKey& key, const Conversion& conversion, const Table& table) {
  key.comment.clear();
  key.inherited = key.period = false;
  key.validated = key.enforced = true;
  if (!key.match_full) return;
  key.match_full = false;
  if (key.columns.size() < 2) return;
  conversion.losses.note("match-full-not-available",
                         "these foreign keys hold too when only some of their columns are NULL",
                         key.name + " of " + table.name, key.origin);
}

class KeyConversion {
 public:
  explicit KeyConversion(Conversion& conversion)
      : conversion_(conversion), tables_(conversion.schema) {}

  void run() {
    for (Table& table : conversion_.schema.tables) take_unique_indexes(table);
    for (Table& table : conversion_.schema.tables) simplify_keys(table);
    for (Table& table : conversion_.schema.tables) {
      lists_.emplace(table.name, unique_lists(table));
    }
    for (Table& table : conversion_.schema.tables) check_foreign_keys(table);
    if (conversion_.target.key_types() != KeyTypes::any) join_types();
  }

 private:
  /// A unique index of whole columns says the same as a constraint.
  void take_unique_indexes(Table& table) {
    if (!conversion_.source.unique_is_index()) return;
    std::vector<Index> kept;
    for (Index& index : table.indexes) {
      Columns columns = plain_columns(index);
      if (!index.unique || index.where || columns.empty()) {
        kept.push_back(std::move(index));
        continue;
      }
      Unique unique;
      unique.name = std::move(index.name);
      unique.columns = std::move(columns);
      unique.origin = std::move(index.origin);
      table.uniques.push_back(std::move(unique));
    }
    table.indexes = std::move(kept);
  }

  void simplify_keys(Table& table) {
    if (table.primary_key) {
      PrimaryKey key;
      key.columns = std::move(table.primary_key->columns);
      // The name is the engine's own almost always, and means nothing elsewhere.
      key.origin = table.primary_key->origin;
      table.primary_key = std::move(key);
    }
    for (Unique& unique : table.uniques) {
      if (unique.nulls_not_distinct) {
        conversion_.losses.warning(
            "nulls-not-distinct-not-available",
            "these unique keys take any number of rows with NULL for " + conversion_.title(),
            unique.name + " of " + table.name, unique.origin);
      }
      if (unique.deferrable) {
        conversion_.losses.note("deferred-check-not-available",
                                "these unique keys are checked at once for " + conversion_.title(),
                                unique.name + " of " + table.name, unique.origin);
      }
      Unique plain;
      plain.name = std::move(unique.name);
      plain.columns = std::move(unique.columns);
      plain.origin = std::move(unique.origin);
      unique = std::move(plain);
    }
  }

  void check_foreign_keys(Table& table) {
    std::vector<ForeignKey> kept;
    for (ForeignKey& key : table.foreign_keys) {
      simplify(key, conversion_, table);
      if (const std::string why = obstacle(table, key); !why.empty()) {
        conversion_.losses.warning(
            "foreign-key-not-available",
            "these foreign keys cannot hold for " + conversion_.title() + " and are left out",
            table.name + " (" + join(key.columns, ", ") + ") to " + key.table + " (" + why + ")",
            key.origin);
        continue;
      }
      kept.push_back(std::move(key));
    }
    table.foreign_keys = std::move(kept);
  }

  /// Why the key cannot be; empty when it can.
  std::string obstacle(const Table& table, ForeignKey& key) {
    Table* referenced = tables_.find(key.table);
    if (referenced == nullptr) return "there is no such table";
    if (key.referenced.size() != key.columns.size()) return "its columns do not pair";
    for (const std::string& name : key.columns) {
      if (table.find_column(name) == nullptr) return "there is no column " + name;
    }
    for (const std::string& name : key.referenced) {
      if (referenced->find_column(name) == nullptr) return "there is no column " + name;
    }
    const Columns* list = unique_list_of(lists_[referenced->name], key.referenced);
    if (list == nullptr) return "the columns that it refers to are not unique";
    follow_order(key, *list);
    if (conversion_.target.key_types() == KeyTypes::any) return {};
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      const Type& from = table.find_column(key.columns[i])->type;
      const Type& to = referenced->find_column(key.referenced[i])->type;
      if (value_class(from) != value_class(to)) {
        return "its types are unlike";
      }
    }
    return {};
  }

  /// Columns that foreign keys join get one type: that of the column at the end of the chain.
  void join_types() {
    std::map<std::pair<std::string, std::string>, Column*> roots;
    std::size_t rounds = 0;
    // A chain of references is rarely longer than three; a cycle ends with the rounds.
    for (bool changed = true; changed && rounds < 10; ++rounds) {
      changed = false;
      for (Table& table : conversion_.schema.tables) {
        for (const ForeignKey& key : table.foreign_keys) {
          Table* referenced = tables_.find(key.table);
          for (std::size_t i = 0; i < key.columns.size(); ++i) {
            Column* from = find_column(table, key.columns[i]);
            Column* to = find_column(*referenced, key.referenced[i]);
            changed = join_columns(*from, *to) || changed;
          }
        }
      }
    }
  }

  bool join_columns(Column& from, Column& to) const {
    if (from.collation != to.collation) {
      from.collation = to.collation;
      from.character_set = to.character_set;
    }
    const ValueClass kind = value_class(from.type);
    if (kind == ValueClass::text || kind == ValueClass::bytes) {
      // Lengths may differ, and a text of any length is bounded where the key needs it.
      if (from.type.kind == to.type.kind) return false;
      if (conversion_.target.key_types() != KeyTypes::same) return false;
    }
    if (from.type.kind == to.type.kind && from.type.precision == to.type.precision &&
        from.type.scale == to.type.scale) {
      return false;
    }
    if (conversion_.target.key_types() == KeyTypes::comparable && kind == ValueClass::number) {
      return false;
    }
    // The wider of the two holds the values of both.
    const bool widen = wider(from.type.kind, to.type.kind) && !to.identity;
    (widen ? to.type : from.type) = widen ? from.type : to.type;
    return true;
  }

  static bool wider(TypeKind a, TypeKind b) {
    const auto rank = [](TypeKind kind) {
      switch (kind) {
        case TypeKind::small_integer:
          return 1;
        case TypeKind::integer:
          return 2;
        case TypeKind::big_integer:
          return 3;
        default:
          return 0;
      }
    };
    return rank(b) > 0 && rank(a) > rank(b);
  }

  Conversion& conversion_;
  TableLookup tables_;
  std::map<std::string, std::vector<Columns>> lists_;
};

}  // namespace

void convert_keys(Conversion& conversion) { KeyConversion(conversion).run(); }

}  // namespace relata
