#include "rooms/random_schema.h"

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace relata::test {
namespace {

constexpr std::array<std::string_view, 34> awkward_names{"order",
                                                         "User",
                                                         "pk",
                                                         "FK",
                                                         "uk",
                                                         "end",
                                                         "class",
                                                         "style",
                                                         "direction",
                                                         "direction TB",
                                                         "erDiagram",
                                                         "subgraph",
                                                         "classDef",
                                                         "one or more",
                                                         "zero or many",
                                                         "to",
                                                         "u",
                                                         "1",
                                                         "2fa code",
                                                         "many(0)",
                                                         "größe",
                                                         "日本語",
                                                         "emoji 🎉",
                                                         "a\"b",
                                                         "back\\slash",
                                                         "per%cent",
                                                         "%%{init}%%",
                                                         "~tilde~",
                                                         "semi;colon",
                                                         "a:::b",
                                                         "line\nbreak",
                                                         "{brace}",
                                                         "accTitle: x",
                                                         "`tick` # hash ± ×"};

class Source {
 public:
  explicit Source(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::size_t bound) {
    return static_cast<std::uint32_t>(engine_() % static_cast<std::uint32_t>(bound));
  }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  std::string name(std::string_view stem, std::size_t number) {
    if (chance(40)) {
      std::string name(awkward_names[below(awkward_names.size())]);
      return chance(50) ? name : name + "_" + std::to_string(number);
    }
    return std::string(stem) + "_" + std::to_string(number);
  }

 private:
  std::mt19937 engine_;
};

Column column(Source& source, std::size_t number) {
  Column column;
  column.name = source.name("column", number);
  column.type.kind =
      static_cast<TypeKind>(source.below(static_cast<std::size_t>(TypeKind::native) + 1));
  column.type.name = source.name("type", number);
  if (source.chance(50)) column.type.length = static_cast<int>(source.below(100));
  if (source.chance(50)) column.type.precision = 12;
  if (source.chance(50)) column.type.scale = 2;
  if (source.chance(10)) column.type.array_dimensions = 1;
  column.nullable = source.chance(50);
  if (source.chance(30))
    column.comment = source.name("comment on", number) + " and " + source.name("more", number);
  return column;
}

}  // namespace

Schema random_schema(std::uint32_t seed) {
  Source source(seed);
  Schema schema;
  const std::uint32_t tables = source.below(6) + 1;
  for (std::uint32_t i = 0; i < tables; ++i) {
    Table table;
    table.name = source.name("table", i);
    if (source.chance(50)) table.intent.entity = source.name("Entity", i);
    const std::uint32_t columns = source.below(8);
    for (std::uint32_t k = 0; k < columns; ++k) table.columns.push_back(column(source, k));
    if (columns > 0 && source.chance(80))
      table.primary_key = PrimaryKey{"", {table.columns.front().name}};
    if (columns > 1 && source.chance(50))
      table.uniques.push_back({"", {table.columns.back().name}, {}});
    schema.tables.push_back(table);
  }
  for (Table& table : schema.tables) {
    if (table.columns.empty()) continue;
    while (source.chance(60)) {
      ForeignKey key;
      key.columns = {table.columns[source.below(table.columns.size())].name};
      key.table = schema.tables[source.below(schema.tables.size())].name;
      key.referenced = {"id"};
      table.foreign_keys.push_back(key);
    }
  }
  return schema;
}

}  // namespace relata::test
