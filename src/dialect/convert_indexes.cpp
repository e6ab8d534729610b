// Indexes: their methods, parts and names.

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/convert_steps.h"

namespace relata {
namespace {

// 255 characters of four bytes, well within the 3,072 bytes of an InnoDB key, and enough to tell
// most texts apart.
constexpr int usual_prefix = 255;
constexpr int key_bytes = 3072;
constexpr int character_bytes = 4;

class IndexConversion {
 public:
  explicit IndexConversion(Conversion& conversion) : conversion_(conversion) {}

  void run() {
    for (Table& table : conversion_.schema.tables) {
      drop_methods(table);
      for (Index& index : table.indexes) convert(table, index);
      drop_copies(table);
    }
    name_apart();
  }

 private:
  void drop_methods(Table& table) {
    const auto has_method = [](const Index& index) {
      return !index.method.empty() && index.method != "btree" && index.method != "hash";
    };
    for (const Index& index : table.indexes) {
      if (!has_method(index)) continue;
      conversion_.losses.warning(
          "index-method-not-available",
          "there are no indexes of these kinds in " + conversion_.title() + "; they are left out",
          index.name + " of " + table.name + " (" + index.method + ")", index.origin);
    }
    table.indexes.erase(std::remove_if(table.indexes.begin(), table.indexes.end(), has_method),
                        table.indexes.end());
  }

  void convert(Table& table, Index& index) {
    index.method.clear();
    index.only = index.clustered = index.invisible = false;
    index.valid = true;
    index.parent.reset();
    index.options.clear();
    if (index.nulls_not_distinct) {
      conversion_.losses.warning(
          "nulls-not-distinct-not-available",
          "these unique keys take any number of rows with NULL for " + conversion_.title(),
          index.name + " of " + table.name, index.origin);
      index.nulls_not_distinct = false;
    }
    for (IndexPart& part : index.parts) convert(table, index, part);
    if (!conversion_.target.indexes_long_texts() && !index.unique) bound(table, index);
  }

  void convert(const Table& table, const Index& index, IndexPart& part) {
    part.operator_class.clear();
    part.nulls_first.reset();
    part.collation.clear();
    if (part.prefix_length == 0) return;
    if (index.unique) {
      conversion_.losses.warning(
          "index-prefix-not-available",
          "these unique indexes hold whole values for " + conversion_.title() +
              ", not their beginnings: values that only begin alike are let in",
          index.name + " of " + table.name, index.origin);
    }
    part.prefix_length = 0;
  }

  /// An index that only finds rows needs no more than the beginning of a long text.
  void bound(const Table& table, Index& index) const {
    int texts = 0;
    int fixed = 0;
    for (const IndexPart& part : index.parts) {
      texts += is_long(table, part) ? 1 : 0;
      fixed += is_long(table, part) ? 0 : bytes_of(table, part);
    }
    for (const std::string& name : index.include) {
      texts += is_long(table, {expression::column(name)}) ? 1 : 0;
    }
    for (IndexPart& part : index.parts) {
      if (!is_long(table, part)) continue;
      const Column* column = table.find_column(part.expression.text);
      const bool bytes = column->type.kind == TypeKind::binary;
      const int room =
          std::max(key_bytes - fixed, 0) / std::max(texts, 1) / (bytes ? 1 : character_bytes);
      if (column->type.length > 0 && column->type.kind != TypeKind::text &&
          column->type.length <= room) {
        continue;
      }
      part.prefix_length = std::min(usual_prefix, room);
    }
    // What is only carried along is no use by its beginning.
    index.include.erase(std::remove_if(index.include.begin(), index.include.end(),
                                       [&](const std::string& name) {
                                         return is_long(table, {expression::column(name)});
                                       }),
                        index.include.end());
  }

  /// Room enough for any part of a fixed size.
  static int bytes_of(const Table& table, const IndexPart& part) {
    constexpr int widest_value = 256;
    if (part.expression.operation != Operation::column) return usual_prefix * character_bytes;
    const Column* column = table.find_column(part.expression.text);
    const bool padded = column != nullptr && column->type.kind == TypeKind::character;
    return padded ? std::max(column->type.length, 1) * character_bytes : widest_value;
  }

  static bool is_long(const Table& table, const IndexPart& part) {
    if (part.expression.operation != Operation::column) return false;
    const Column* column = table.find_column(part.expression.text);
    return column != nullptr && column->type.array_dimensions == 0 &&
           (column->type.kind == TypeKind::text || column->type.kind == TypeKind::binary ||
            column->type.kind == TypeKind::varchar);
  }

  /// Indexes that have become alike, such as one of each operator class.
  static void drop_copies(Table& table) {
    std::vector<Index> kept;
    for (Index& index : table.indexes) {
      const bool copy = std::any_of(kept.begin(), kept.end(), [&](const Index& other) {
        return other.unique == index.unique && other.parts == index.parts &&
               other.where == index.where && other.include == index.include;
      });
      if (!copy) kept.push_back(std::move(index));
    }
    table.indexes = std::move(kept);
  }

  /// Where the names of indexes are one for the whole database, those that several tables use begin
  /// with the table.
  void name_apart() {
    if (!conversion_.target.shares_index_names() || conversion_.source.shares_index_names()) return;
    std::map<std::string, int> uses;
    for (const Table& table : conversion_.schema.tables) {
      ++uses[to_lower(table.name)];
      for (const Unique& unique : table.uniques) ++uses[to_lower(unique.name)];
      for (const Index& index : table.indexes) ++uses[to_lower(index.name)];
    }
    for (Table& table : conversion_.schema.tables) {
      const auto rename = [&](std::string& name) {
        if (!name.empty() && uses[to_lower(name)] > 1) name = table.name + "_" + name;
      };
      for (Unique& unique : table.uniques) rename(unique.name);
      for (Index& index : table.indexes) rename(index.name);
    }
  }

  Conversion& conversion_;
};

}  // namespace

void convert_indexes(Conversion& conversion) { IndexConversion(conversion).run(); }

}  // namespace relata
