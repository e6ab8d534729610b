#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/prisma/builder.h"

namespace relata::prisma {
namespace {

/// Whether the class is the one that an index takes without being told.
/// https://www.postgresql.org/docs/current/gin-builtin-opclasses.html and the tables beside it
bool is_default_class(std::string_view name) {
  static constexpr std::array defaults{
      "array_ops", "jsonb_ops", "tsvector_ops", "text_ops",    "int2_ops",      "int4_ops",
      "int8_ops",  "uuid_ops",  "date_ops",     "numeric_ops", "timestamp_ops", "timestamptz_ops"};
  return name.ends_with("_minmax_ops") ||
         std::find(defaults.begin(), defaults.end(), name) != defaults.end();
}

/// Prisma's names of operator classes, beside raw("...").
/// https://www.prisma.io/docs/orm/prisma-schema/data-model/indexes
std::string operator_class(const Value& value) {
  if (value.kind == ValueKind::call && value.text == "raw") {
    return value.arguments.empty() ? std::string() : value.arguments.front().value.text;
  }
  // JsonbPathOps: jsonb_path_ops; Int4MinMaxOps: int4_minmax_ops.
  std::string name = snake_case(value.text);
  for (const auto& [from, to] :
       {std::pair{"_min_max_", "_minmax_"}, std::pair{"_multi_minmax", "_minmax_multi"},
        std::pair{"var_bit_", "varbit_"}, std::pair{"_tz_", "tz_"}}) {
    name = replace_all(name, from, to);
  }
  return is_default_class(name) ? std::string() : name;
}

const Field* find_field(const Block& model, std::string_view name) {
  const auto found = std::find_if(model.fields.begin(), model.fields.end(),
                                  [&](const Field& f) { return f.name == name; });
  return found == model.fields.end() ? nullptr : &*found;
}

Expression column_of(const Block& model, const std::string& field) {
  const Field* found = find_field(model, field);
  return expression::column(found == nullptr ? field : database_name(*found));
}

std::string text_of(const Value* value) { return value == nullptr ? std::string() : value->text; }

/// The name in the database: `map`, or what older schemas gave as a plain string.
std::string mapped_name(const Attribute& attribute, bool name_is_database_name) {
  if (const Value* map = attribute.find("map")) return map->text;
  if (name_is_database_name) return text_of(attribute.find("name"));
  return {};
}

void set_part(const Value& detail, std::string_view key, IndexPart& part) {
  if (key == "sort") part.descending = detail.text == "Desc";
  if (key == "length") part.prefix_length = std::atoi(detail.text.c_str());
  if (key == "ops") part.operator_class = operator_class(detail);
}

std::vector<IndexPart> parts_of(const Block& model, const Value* fields) {
  std::vector<IndexPart> parts;
  for (const Value& element : elements_of(fields)) {
    IndexPart part;
    part.expression = column_of(model, element.text);
    for (const Argument& detail : element.arguments) {
      set_part(detail.value, detail.name, part);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<std::string> column_names(const std::vector<IndexPart>& parts) {
  std::vector<std::string> names;
  for (const IndexPart& part : parts) names.push_back(part.expression.text);
  return names;
}

std::string index_method(const Value* type) {
  const std::string method = type == nullptr ? std::string() : to_lower(type->text);
  return method == "btree" ? std::string() : method;
}

/// where: raw("deleted_at IS NULL"), a condition that holds the rows of a partial index.
void set_where(const Context& context, const Attribute& attribute, Index& index) {
  const Value* where = attribute.find("where");
  if (where == nullptr || where->kind != ValueKind::call || where->arguments.empty()) return;
  Expression condition;
  condition.operation = Operation::sql;
  condition.dialect = context.provider->dialect;
  condition.text = where->arguments.front().value.text;
  index.where = std::move(condition);
}

void add_index(const Context& context, const Block& model, const Attribute& attribute,
               std::string_view suffix, Table& table) {
  Index index;
  index.parts = parts_of(model, attribute.find("fields", 0));
  if (index.parts.empty()) {
    context.error("prisma-empty-index",
                  "'@@" + attribute.name + "' of " + model.name + " names no fields", model,
                  attribute.span);
    return;
  }
  index.unique = attribute.name == "unique";
  index.method = attribute.name == "fulltext" ? "fulltext" : index_method(attribute.find("type"));
  index.name = mapped_name(attribute, !index.unique);
  if (index.name.empty()) {
    index.name = constraint_name(*context.provider, table.name, column_names(index.parts), suffix);
  }
  set_where(context, attribute, index);
  index.origin = context.origin(model, attribute.span);
  table.indexes.push_back(std::move(index));
}

void add_primary_key(const Context& context, const Block& model, const Attribute& attribute,
                     const std::vector<IndexPart>& parts, Table& table) {
  PrimaryKey key;
  key.columns = column_names(parts);
  key.origin = context.origin(model, attribute.span);
  if (context.provider->names_primary_keys) {
    key.name = mapped_name(attribute, false);
    if (key.name.empty()) key.name = constraint_name(*context.provider, table.name, {}, "pkey");
  }
  if (std::any_of(parts.begin(), parts.end(),
                  [](const IndexPart& part) { return part.prefix_length > 0; })) {
    for (const IndexPart& part : parts) key.prefix_lengths.push_back(part.prefix_length);
  }
  for (Column& column : table.columns) {
    if (std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end()) {
      column.nullable = false;
    }
  }
  table.primary_key = std::move(key);
}

void add_unique_field(const Context& context, const Block& model, const Field& field,
                      const Attribute& attribute, Table& table) {
  Index index;
  IndexPart part;
  part.expression = expression::column(database_name(field));
  for (const std::string_view key : {"sort", "length", "ops"}) {
    if (const Value* detail = attribute.find(key)) set_part(*detail, key, part);
  }
  index.parts.push_back(std::move(part));
  index.unique = true;
  index.name = mapped_name(attribute, false);
  if (index.name.empty()) {
    index.name = constraint_name(*context.provider, table.name, {database_name(field)}, "key");
  }
  set_where(context, attribute, index);
  index.origin = context.origin(model, attribute.span);
  table.indexes.push_back(std::move(index));
}

}  // namespace

void add_keys(const Context& context, const Block& model, Table& table) {
  for (const Field& field : model.fields) {
    if (const Attribute* id = field.find("id")) {
      IndexPart part;
      part.expression = expression::column(database_name(field));
      for (const std::string_view key : {"sort", "length"}) {
        if (const Value* detail = id->find(key)) set_part(*detail, key, part);
      }
      add_primary_key(context, model, *id, {part}, table);
    }
    if (const Attribute* unique = field.find("unique")) {
      add_unique_field(context, model, field, *unique, table);
    }
  }
  for (const Attribute& attribute : model.attributes) {
    if (attribute.name == "id") {
      add_primary_key(context, model, attribute, parts_of(model, attribute.find("fields", 0)),
                      table);
    } else if (attribute.name == "unique") {
      add_index(context, model, attribute, "key", table);
    } else if (attribute.name == "index" || attribute.name == "fulltext") {
      add_index(context, model, attribute, "idx", table);
    }
  }
}

}  // namespace relata::prisma
