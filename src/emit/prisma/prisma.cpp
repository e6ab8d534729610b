// Prisma 7: prisma/schema.prisma, prisma.config.ts and a first migration with the whole of the DDL.
// What its schema language takes was read in its reference and tried with its own validation,
// formatter and schema engine (7.10).

#include <algorithm>
#include <set>

#include "base/text.h"
#include "emit/code/column_type.h"
#include "emit/output.h"
#include "emit/prisma/defaults.h"
#include "emit/prisma/lock_file.h"
#include "emit/prisma/plan.h"
#include "emit/prisma/views.h"

namespace relata::emit {

namespace prisma7 {
namespace {

constexpr std::string_view config = R"(import { defineConfig } from 'prisma/config';

// Prisma 7 does not read .env by itself: set DATABASE_URL, or import 'dotenv/config' here.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: {
    path: 'prisma/migrations',
  },
  datasource: {
    url: process.env['DATABASE_URL'] ?? '',
  },
});
)";

std::string namespace_name(const std::string& name) { return name.empty() ? "public" : name; }

std::string attribute(std::string_view name, const std::vector<std::string>& arguments) {
  std::string text(name);
  if (!arguments.empty()) text += "(" + join(arguments, ", ") + ")";
  return text;
}

/// Writes the schema file.
class SchemaFile {
 public:
  explicit SchemaFile(const Schema& schema)
      : schema_(schema),
        provider_(provider_of(schema)),
        names_(code_names(schema, prisma(), "prisma")),
        types_(schema, names_) {}

  std::string write() {
    plan();
    std::vector<Block> blocks{generator(), datasource()};
    if (const std::string remark = schema_remark(schema_, models_); !remark.empty()) {
      Block block;
      block.comments = wrapped_comment("//", "In the database only: " + remark + ".");
      blocks.push_back(std::move(block));
    }
    for (std::size_t i = 0; i < models_.size(); ++i) {
      if (models_[i].shown) blocks.push_back(model_block(models_[i]));
    }
    blocks.insert(blocks.end(), views_.begin(), views_.end());
    for (const EnumBlock& type : types_.enums()) {
      if (!type.values.empty()) blocks.push_back(enum_block(type));
    }
    return layout(blocks);
  }

 private:
  void plan() {
    models_.resize(schema_.tables.size());
    for (std::size_t i = 0; i < models_.size(); ++i) {
      Model& model = models_[i];
      const Table& table = schema_.tables[i];
      model.table = &table;
      model.names = &names_.tables[i];
      // Prisma's introspection does not look at them.
      const bool is_leaf = table.partition_of && !table.partitioning;
      model.shown = !is_leaf && table.server.empty() && !table.columns.empty();
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        model.columns.emplace(table.columns[c].name, c);
        const Column& column = table.columns[c];
        model.types.push_back(types_.field_type(table, i, column));
        model.nullable.push_back(column.nullable && !types_.refuses_null(column));
      }
      plan_defaults(model);
      plan_keys(schema_, provider_, model);
      if (needs_unspeakable(model)) model.identified = false;
      add_remarks(schema_, types_, model);
      partial_ = partial_ || std::any_of(model.keys.begin(), model.keys.end(),
                                         [](const Key& key) { return !key.where.empty(); });
      if (model.shown) namespaces_.insert(namespace_name(table.schema));
    }
    for (const EnumBlock& type : types_.enums()) {
      if (!type.values.empty()) namespaces_.insert(namespace_name(type.database.schema));
    }
    plan_relations(provider_, names_, models_);
    views_ = view_blocks(schema_, names_, models_, namespaces_);
    many_namespaces_ =
        schema_.dialect == "postgres" &&
        (namespaces_.size() > 1 || (namespaces_.size() == 1 && *namespaces_.begin() != "public"));
    if (!many_namespaces_) {
      for (Block& block : views_) block.attributes.pop_back();
    }
  }

  /// The client (7.10) does not double quotation marks in names: it can never ask for these.
  [[nodiscard]] bool is_unspeakable(std::string_view name) const {
    return name.find(schema_.dialect == "mysql" ? '`' : '"') != std::string_view::npos;
  }

  /// Whether each query on the table would name such a thing.
  [[nodiscard]] bool needs_unspeakable(const Model& model) const {
    if (is_unspeakable(model.table->name)) return true;
    for (const Key& key : model.keys) {
      for (const KeyPart& part : key.parts) {
        if (is_unspeakable(model.table->columns[part.column].name)) return true;
      }
    }
    for (const ForeignKey& key : model.table->foreign_keys) {
      if (std::any_of(key.columns.begin(), key.columns.end(),
                      [&](const std::string& name) { return is_unspeakable(name); })) {
        return true;
      }
    }
    return false;
  }

  void plan_defaults(Model& model) const {
    std::vector<std::string> unsaid;
    for (std::size_t i = 0; i < model.table->columns.size(); ++i) {
      const Column& column = model.table->columns[i];
      model.defaults.push_back(default_value(schema_, column, model.types[i], types_.enums()));
      if (model.defaults.back().unsaid && !column.generated) unsaid.push_back(column.name);
    }
    add_remark("default of", unsaid, model);
  }

  [[nodiscard]] Block generator() const {
    Block block{"generator", "client", {}, {}, {}};
    block.lines.push_back({"provider", string_literal("prisma-client"), {}, {}});
    block.lines.push_back({"output", string_literal("../generated/prisma"), {}, {}});
    std::vector<std::string> features;
    if (partial_) features.push_back(string_literal("partialIndexes"));
    if (!views_.empty()) features.push_back(string_literal("views"));
    if (!features.empty()) {
      block.lines.push_back({"previewFeatures", "[" + join(features, ", ") + "]", {}, {}});
    }
    return block;
  }

  [[nodiscard]] Block datasource() const {
    Block block{"datasource", "db", {}, {}, {}};
    block.lines.push_back({"provider", string_literal(provider_.name), {}, {}});
    if (many_namespaces_) {
      std::vector<std::string> names;
      for (const std::string& name : namespaces_) names.push_back(string_literal(name));
      block.lines.push_back({"schemas", "[" + join(names, ", ") + "]", {}, {}});
    }
    return block;
  }

  [[nodiscard]] Block model_block(const Model& model) {
    const Table& table = *model.table;
    Block block{"model", model.names->entity, {}, {}, {}};
    if (!model.remarks.empty()) {
      block.comments =
          wrapped_comment("//", "In the database only: " + join(model.remarks, "; ") + ".");
    }
    if (!model.identified) {
      block.comments.emplace_back(
          needs_unspeakable(model)
              ? "// A name with a quotation mark in it: the client leaves the model out."
              : "// Without a key that is never NULL the client leaves the model out.");
    }
    const auto comment = comment_lines("///", table.comment);
    block.comments.insert(block.comments.end(), comment.begin(), comment.end());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      block.lines.push_back(field(model, i));
    }
    for (const std::vector<Line>* lines : {&model.forward, &model.backward}) {
      for (const Line& line : *lines) {
        block.lines.push_back(line);
        block.lines.back().begins_group = block.lines.size() == table.columns.size() + 1;
      }
    }
    add_block_attributes(model, block);
    return block;
  }

  [[nodiscard]] Line field(const Model& model, std::size_t i) {
    const Table& table = *model.table;
    const Column& column = table.columns[i];
    const FieldType& type = model.types[i];
    Line line;
    line.name = model.member(i);
    const bool optional = model.nullable[i] && !model.in_id[i];
    line.type = type.name + (type.list ? "[]" : optional ? "?" : "");
    if (model.own_keys[i] != Model::none) {
      const Key* key = &model.keys[model.own_keys[i]];
      std::vector<std::string> arguments;
      if (!key->map.empty()) arguments.push_back("map: " + string_literal(key->map));
      if (!key->where.empty())
        arguments.push_back("where: raw(" + string_literal(key->where) + ")");
      if (!key->parts.front().details.empty()) arguments.push_back(key->parts.front().details);
      line.attributes.push_back(attribute("@" + key->attribute, arguments));
    }
    const std::string& value = model.defaults[i].attribute;
    if (!value.empty()) line.attributes.push_back(value);
    if (line.name != column.name)
      line.attributes.push_back("@map(" + string_literal(column.name) + ")");
    if (!type.native.empty()) line.attributes.push_back(type.native);
    if (model.identified && is_unspeakable(column.name) && type.supported) {
      line.attributes.emplace_back("@ignore");
    }
    line.comments = comment_lines("///", column.comment);
    add_values(table, column, line.comments);
    return line;
  }

  /// What a CHECK lets a text be, which Prisma has no type for.
  void add_values(const Table& table, const Column& column, std::vector<std::string>& comments) {
    const ValueType value = value_type(schema_, table, column);
    const bool has_type = column.type.kind == TypeKind::enumeration;
    if (value.values.empty() || has_type || value.array_dimensions > 0) return;
    std::vector<std::string> words;
    for (const std::string& text : value.values) words.push_back(string_literal(text));
    const auto lines = comment_lines("///", "One of " + join(words, ", ") + ".");
    comments.insert(comments.end(), lines.begin(), lines.end());
  }

  /// The client calls the columns of a key "a_b": another name where a field is called so.
  [[nodiscard]] static std::string name_in_client(const Model& model, const Key& key) {
    if (key.parts.size() < 2 || (key.attribute != "id" && key.attribute != "unique")) return {};
    std::vector<std::string> fields;
    for (const KeyPart& part : key.parts) fields.push_back(model.member(part.column));
    const std::string name = join(fields, "_");
    const auto called = [&](const std::string& wish) {
      const auto same = [&](const Line& line) { return line.name == wish; };
      return std::find(model.names->members.begin(), model.names->members.end(), wish) !=
                 model.names->members.end() ||
             std::any_of(model.forward.begin(), model.forward.end(), same) ||
             std::any_of(model.backward.begin(), model.backward.end(), same);
    };
    std::string other = name;
    while (called(other)) other += "_key";
    return other == name ? std::string() : other;
  }

  [[nodiscard]] static std::string key_attribute(const Model& model, const Key& key) {
    std::vector<std::string> fields;
    for (const KeyPart& part : key.parts) {
      const std::string& name = model.member(part.column);
      fields.push_back(part.details.empty() ? name : name + "(" + part.details + ")");
    }
    std::vector<std::string> arguments{"[" + join(fields, ", ") + "]"};
    const std::string name = name_in_client(model, key);
    if (!name.empty()) arguments.push_back("name: " + string_literal(name));
    if (!key.map.empty()) arguments.push_back("map: " + string_literal(key.map));
    if (!key.method.empty()) arguments.push_back("type: " + key.method);
    if (!key.where.empty()) arguments.push_back("where: raw(" + string_literal(key.where) + ")");
    return attribute("@@" + key.attribute, arguments);
  }

  void add_block_attributes(const Model& model, Block& block) const {
    for (const std::string_view kind : {"id", "unique", "index", "fulltext"}) {
      for (const Key& key : model.keys) {
        if (key.attribute != kind) continue;
        const std::size_t own = model.own_keys[key.parts.front().column];
        const bool with_field = own != Model::none && &model.keys[own] == &key;
        if (!with_field) block.attributes.push_back(key_attribute(model, key));
      }
    }
    if (model.names->entity != model.table->name) {
      block.attributes.push_back("@@map(" + string_literal(model.table->name) + ")");
    }
    if (!model.identified) block.attributes.emplace_back("@@ignore");
    if (many_namespaces_) {
      block.attributes.push_back("@@schema(" + string_literal(namespace_name(model.table->schema)) +
                                 ")");
    }
  }

  [[nodiscard]] Block enum_block(const EnumBlock& type) const {
    Block block{"enum", type.name, comment_lines("///", type.comment), {}, {}};
    for (std::size_t i = 0; i < type.values.size(); ++i) {
      Line line{type.names[i], {}, {}, {}};
      if (type.names[i] != type.values[i]) {
        line.attributes.push_back("@map(" + string_literal(type.values[i]) + ")");
      }
      block.lines.push_back(std::move(line));
    }
    if (!type.database.name.empty() && type.database.name != type.name) {
      block.attributes.push_back("@@map(" + string_literal(type.database.name) + ")");
    }
    if (many_namespaces_) {
      block.attributes.push_back("@@schema(" +
                                 string_literal(namespace_name(type.database.schema)) + ")");
    }
    return block;
  }

  const Schema& schema_;
  const Provider& provider_;
  CodeNames names_;
  Types types_;
  std::vector<Model> models_;
  std::vector<Block> views_;
  std::set<std::string> namespaces_;
  bool partial_ = false;
  bool many_namespaces_ = false;
};

std::string migration(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) {
    if (!text.empty()) text += "\n";
    text += statement + ";\n";
  }
  return text;
}

}  // namespace

std::string lock_file(const Schema& schema) {
  return "# Please do not edit this file manually\n"
         "# It should be added in your version-control system (e.g., Git)\n"
         "provider = \"" +
         std::string(provider_of(schema).name) + "\"\n";
}

}  // namespace prisma7

/// Files for Prisma: the schema, its configuration and a first migration.
std::vector<OutputFile> write_prisma(const TargetInput& input, DiagnosticSink&) {
  const std::string migrations = "prisma/migrations/";
  return {
      {"prisma/schema.prisma", prisma7::SchemaFile(input.native).write(), false},
      {"prisma.config.ts", std::string(prisma7::config), true},
      {migrations + "00000000000000_initial/migration.sql", prisma7::migration(input.create), true},
      {migrations + "migration_lock.toml", prisma7::lock_file(input.native), true}};
}

}  // namespace relata::emit
