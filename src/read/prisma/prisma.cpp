#include "read/prisma/prisma.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/prisma/builder.h"
#include "syntax/canonical.h"

namespace relata::prisma {
namespace {

const Block* find_block(const std::vector<Block>& blocks, std::string_view keyword) {
  for (const Block& block : blocks) {
    if (block.keyword == keyword) return &block;
  }
  return nullptr;
}

/// PostgreSQL when nothing says otherwise.
const Provider* provider_of(const std::vector<Block>& blocks, DiagnosticSink& sink) {
  const Block* datasource = find_block(blocks, "datasource");
  const Value* name = datasource == nullptr ? nullptr : datasource->setting("provider");
  if (name == nullptr) {
    if (!blocks.empty()) {
      sink.note("prisma-no-provider",
                "no datasource says which database this is for; it is read as for PostgreSQL",
                blocks.front().source);
    }
    return find_provider("postgresql");
  }
  if (const Provider* provider = find_provider(name->text)) return provider;
  if (name->text == "mongodb") {
    sink.error("prisma-provider", "a schema for MongoDB has no relational form", datasource->source,
               name->span);
    return nullptr;
  }
  sink.warning("prisma-provider",
               "the provider '" + name->text + "' is not among Relata's databases",
               datasource->source, name->span, "It is read as if it were for PostgreSQL.");
  return find_provider("postgresql");
}

void add_datasource(const Context& context, const std::vector<Block>& blocks, Schema& schema) {
  const Block* datasource = find_block(blocks, "datasource");
  if (datasource == nullptr || !context.provider->has_enum_types) return;
  if (const Value* extensions = datasource->setting("extensions")) {
    for (const Argument& entry : extensions->arguments) {
      Extension extension;
      extension.name = entry.value.text;
      // uuid_ossp(map: "uuid-ossp", schema: "extensions")
      for (const Argument& detail : entry.value.arguments) {
        if (detail.name == "map") extension.name = detail.value.text;
        if (detail.name == "schema") extension.schema = detail.value.text;
      }
      schema.extensions.push_back(std::move(extension));
    }
  }
  if (const Value* schemas = datasource->setting("schemas")) {
    for (const Argument& entry : schemas->arguments) {
      if (entry.value.text != "public") schema.namespaces.push_back({entry.value.text, {}, {}});
    }
  }
}

/// What comes with an extension: a type, or the operator class of an index.
struct Provided {
  std::string_view name;
  std::string_view extension;
};
// The extensions' own pages in the PostgreSQL documentation, appendix F; pgvector's and PostGIS's
// README.
constexpr std::array provided{
    Provided{"gin_trgm_ops", "pg_trgm"}, Provided{"gist_trgm_ops", "pg_trgm"},
    Provided{"citext", "citext"},        Provided{"hstore", "hstore"},
    Provided{"ltree", "ltree"},          Provided{"cube", "cube"},
    Provided{"vector", "vector"},        Provided{"halfvec", "vector"},
    Provided{"geometry", "postgis"},     Provided{"geography", "postgis"},
    Provided{"vector_l2_ops", "vector"}, Provided{"vector_cosine_ops", "vector"},
    Provided{"vector_ip_ops", "vector"},
};

/// Migrations make such extensions in SQL of their own when the datasource does not name them.
void add_implied_extensions(Schema& schema) {
  const auto need = [&](std::string_view name) {
    for (const Provided& entry : provided) {
      if (entry.name != name.substr(0, name.find_first_of("(["))) continue;
      const bool known = std::any_of(schema.extensions.begin(), schema.extensions.end(),
                                     [&](const Extension& e) { return e.name == entry.extension; });
      if (!known) schema.extensions.push_back({std::string(entry.extension), {}, {}});
    }
  };
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) need(column.type.spelling);
    for (const Index& index : table.indexes) {
      for (const IndexPart& part : index.parts) need(part.operator_class);
    }
  }
}

void collect(const std::vector<Block>& blocks, Context& context) {
  for (const Block& block : blocks) {
    if (block.keyword == "enum") {
      EnumValues values{{namespace_of(block), database_name(block)}, {}};
      for (const Field& field : block.fields) values.values.push_back(database_name(field));
      context.enums.emplace(block.name, std::move(values));
      context.enum_blocks.emplace(block.name, &block);
    } else if (block.keyword == "model") {
      if (!context.models_by_name.emplace(block.name, &block).second) {
        context.error("prisma-duplicate", "there are two models named '" + block.name + "'", block,
                      block.span);
        continue;
      }
      context.models.push_back(&block);
    } else if (block.keyword == "view") {
      context.sink->note("prisma-view",
                         "the view '" + block.name + "' is left out: its query stands elsewhere",
                         block.source, block.span);
    }
  }
}

Table make_table(const Context& context, const Block& model, Schema& schema) {
  Table table;
  table.schema = namespace_of(model);
  table.name = database_name(model);
  table.origin = context.origin(model, model.span);
  for (const Field& field : model.fields) {
    if (is_relation(context, field)) continue;
    if (auto column = make_column(context, model, field, schema)) {
      table.columns.push_back(std::move(*column));
    }
  }
  add_keys(context, model, table);
  if (context.foreign_keys) add_foreign_keys(context, model, table);
  return table;
}

}  // namespace

std::optional<Schema> read_prisma(const std::vector<SourceFile>& files, DiagnosticSink& sink) {
  std::vector<Block> blocks;
  for (const SourceFile& file : files) {
    for (Block& block : parse(file, sink)) blocks.push_back(std::move(block));
  }
  Context context;
  context.sink = &sink;
  context.provider = provider_of(blocks, sink);
  if (context.provider == nullptr) return std::nullopt;
  if (const Block* datasource = find_block(blocks, "datasource")) {
    for (const std::string_view key : {"relationMode", "referentialIntegrity"}) {
      const Value* mode = datasource->setting(key);
      if (mode != nullptr && mode->text == "prisma") context.foreign_keys = false;
    }
  }
  collect(blocks, context);
  if (context.models.empty()) {
    sink.error("prisma-no-models", "there is no model in this schema",
               files.empty() ? std::string() : files.front().name);
    return std::nullopt;
  }
  Schema schema;
  schema.dialect = context.provider->dialect;
  add_datasource(context, blocks, schema);
  if (context.provider->has_enum_types) {
    for (const Block& block : blocks) {
      if (block.keyword != "enum") continue;
      const EnumValues& values = context.enums.find(block.name)->second;
      schema.enumerations.push_back({values.name.schema,
                                     values.name.name,
                                     values.values,
                                     {},
                                     context.origin(block, block.span)});
    }
  }
  for (const Block* model : context.models) {
    schema.tables.push_back(make_table(context, *model, schema));
  }
  add_implicit_junctions(context, schema);
  if (context.provider->has_enum_types) add_implied_extensions(schema);
  syntax::canonicalize(schema);
  return schema;
}

}  // namespace relata::prisma
