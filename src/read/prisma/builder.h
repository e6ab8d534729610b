#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"
#include "read/prisma/provider.h"
#include "read/prisma/syntax.h"

namespace relata::prisma {

/// What is known while a schema is made of the blocks.
struct Context {
  const Provider* provider = nullptr;
  std::vector<const Block*> models;  ///< In order.
  std::map<std::string, const Block*, std::less<>> models_by_name;
  Enums enums;
  std::map<std::string, const Block*, std::less<>> enum_blocks;
  bool foreign_keys = true;  ///< false: relationMode = "prisma".
  DiagnosticSink* sink = nullptr;

  void error(const std::string& code, std::string message, const Block& block, Span span,
             std::string help = {}) const {
    sink->error(code, std::move(message), block.source, span, std::move(help));
  }
  [[nodiscard]] Origin origin(const Block& block, Span span) const {
    return {block.source, span, "prisma/" + block.keyword, 1.0, {}};
  }
};

/// The name in the database: that of @@map or @map, else its own.
[[nodiscard]] std::string database_name(const Block& block);
[[nodiscard]] std::string database_name(const Field& field);
/// The namespace of @@schema; "public" is the default one.
[[nodiscard]] std::string namespace_of(const Block& block);
/// Whether the field's type is a model: it is no column.
[[nodiscard]] bool is_relation(const Context& context, const Field& field);
/// What a list holds; a value without brackets stands for a list of one.
[[nodiscard]] std::vector<Value> elements_of(const Value* list);
/// The names of a list of fields: [a, b(sort: Desc)].
[[nodiscard]] std::vector<std::string> field_names(const Value* list);
/// The columns of the fields of that name in a model.
[[nodiscard]] std::vector<std::string> columns_of(const Block& model,
                                                  const std::vector<std::string>& fields);

/// table_column_key: the name that Prisma's migrations give, cut in the middle where it is longer
/// than the database takes.
[[nodiscard]] std::string constraint_name(const Provider& provider, const std::string& table,
                                          const std::vector<std::string>& columns,
                                          std::string_view suffix);

/// A column of the field's type, with its default; a sequence it needs goes to the schema. Nothing
/// when the type is unknown.
[[nodiscard]] std::optional<Column> make_column(const Context& context, const Block& model,
                                                const Field& field, Schema& schema);

/// Primary key, unique indexes and indexes of a model.
void add_keys(const Context& context, const Block& model, Table& table);
/// The foreign keys that the model's relation fields say.
void add_foreign_keys(const Context& context, const Block& model, Table& table);
/// The tables behind implicit many-to-many relations, in the order of their names.
void add_implicit_junctions(const Context& context, Schema& schema);

}  // namespace relata::prisma
