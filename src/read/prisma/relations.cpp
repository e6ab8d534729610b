#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.h"
#include "read/prisma/builder.h"

namespace relata::prisma {
namespace {

struct ActionName {
  std::string_view name;
  ReferentialAction action;
};
constexpr std::array action_names{
    ActionName{"Cascade", ReferentialAction::cascade},
    ActionName{"Restrict", ReferentialAction::restrict},
    ActionName{"NoAction", ReferentialAction::no_action},
    ActionName{"SetNull", ReferentialAction::set_null},
    ActionName{"SetDefault", ReferentialAction::set_default},
};

ReferentialAction action_of(const Value* value, ReferentialAction otherwise) {
  if (value == nullptr) return otherwise;
  for (const ActionName& entry : action_names) {
    if (entry.name == value->text) return entry.action;
  }
  return otherwise;
}

/// The field that holds a model's one-column key, null when it has none.
const Field* single_id(const Block& model) {
  for (const Field& field : model.fields) {
    if (field.find("id") != nullptr) return &field;
  }
  if (const Attribute* id = model.find("id")) {
    const auto names = field_names(id->find("fields", 0));
    for (const Field& field : model.fields) {
      if (names.size() == 1 && field.name == names.front()) return &field;
    }
  }
  for (const Field& field : model.fields) {
    if (field.find("unique") != nullptr) return &field;
  }
  return nullptr;
}

/// The name of a relation that a field takes part in; empty: it has none.
std::string relation_name(const Field& field) {
  const Attribute* relation = field.find("relation");
  const Value* name = relation == nullptr ? nullptr : relation->find("name", 0);
  return name == nullptr ? std::string() : name->text;
}

bool lists(const Context& context, const Field& field, std::string_view model) {
  return field.arity == Arity::list && field.type == model && is_relation(context, field);
}

/// One side of a junction: a column with the type of the model's key, and the key to it.
void add_side(const Context& context, const Block& model, const std::string& column_name,
              Table& table) {
  const Field* id = single_id(model);
  Schema unused;
  const auto key = id == nullptr ? std::nullopt : make_column(context, model, *id, unused);
  if (!key) {
    context.error("prisma-junction-key",
                  "the model '" + model.name + "' has no single field that identifies it", model,
                  model.span, "A many-to-many relation without a model of its own needs one.");
    return;
  }
  Column column;
  column.name = column_name;
  column.type = key->type;
  column.nullable = false;
  column.origin = context.origin(model, model.span);
  table.columns.push_back(std::move(column));
  if (!context.foreign_keys) return;
  ForeignKey reference;
  reference.name = constraint_name(*context.provider, table.name, {column_name}, "fkey");
  reference.columns = {column_name};
  reference.table_schema = namespace_of(model);
  reference.table = database_name(model);
  reference.referenced = {key->name};
  reference.on_delete = ReferentialAction::cascade;
  reference.on_update = ReferentialAction::cascade;
  table.foreign_keys.push_back(std::move(reference));
}

Index junction_index(const std::string& name, const std::vector<std::string>& columns,
                     bool unique) {
  Index index;
  index.name = name;
  index.unique = unique;
  for (const std::string& column : columns) {
    index.parts.push_back({expression::column(column), false, {}, {}, {}, 0});
  }
  return index;
}

Table junction(const Context& context, const std::string& name, const Block& a, const Block& b) {
  Table table;
  table.schema = namespace_of(a);
  table.name = name;
  table.intent.junction = true;
  add_side(context, a, "A", table);
  add_side(context, b, "B", table);
  // Since Prisma 6 the pair is the primary key where keys have names; elsewhere a unique index.
  // https://www.prisma.io/docs/orm/more/upgrade-guides/upgrading-versions/upgrading-to-prisma-6
  if (context.provider->names_primary_keys) {
    PrimaryKey key;
    key.name = constraint_name(*context.provider, table.name, {"AB"}, "pkey");
    key.columns = {"A", "B"};
    table.primary_key = std::move(key);
  } else {
    table.indexes.push_back(junction_index(
        constraint_name(*context.provider, name, {"AB"}, "unique"), {"A", "B"}, true));
  }
  table.indexes.push_back(
      junction_index(constraint_name(*context.provider, name, {"B"}, "index"), {"B"}, false));
  return table;
}

}  // namespace

void add_foreign_keys(const Context& context, const Block& model, Table& table) {
  for (const Field& field : model.fields) {
    const Attribute* relation = field.find("relation");
    if (relation == nullptr || !is_relation(context, field)) continue;
    const auto fields = field_names(relation->find("fields"));
    const auto references = field_names(relation->find("references"));
    const auto target = context.models_by_name.find(field.type);
    if (fields.empty() || target == context.models_by_name.end()) continue;
    ForeignKey key;
    key.columns = columns_of(model, fields);
    key.table_schema = namespace_of(*target->second);
    key.table = database_name(*target->second);
    key.referenced = columns_of(*target->second, references);
    key.origin = context.origin(model, relation->span);
    if (key.columns.size() != key.referenced.size() || key.columns.size() != fields.size()) {
      context.error("prisma-relation",
                    "the relation " + model.name + "." + field.name +
                        " does not name as many fields here as it references, or fields that are "
                        "not there",
                    model, relation->span);
      continue;
    }
    // What Prisma does when nothing is said.
    // https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions
    key.on_delete = action_of(relation->find("onDelete"), field.arity == Arity::optional
                                                              ? ReferentialAction::set_null
                                                              : ReferentialAction::restrict);
    key.on_update = action_of(relation->find("onUpdate"), ReferentialAction::cascade);
    const Value* map = relation->find("map");
    key.name = map != nullptr ? map->text
                              : constraint_name(*context.provider, table.name, key.columns, "fkey");
    table.foreign_keys.push_back(std::move(key));
  }
}

void add_implicit_junctions(const Context& context, Schema& schema) {
  std::map<std::string, Table> junctions;
  for (const Block* model : context.models) {
    for (const Field& field : model->fields) {
      if (field.arity != Arity::list || !is_relation(context, field)) continue;
      const Block& other = *context.models_by_name.find(field.type)->second;
      const std::string name = relation_name(field);
      const bool mutual =
          std::any_of(other.fields.begin(), other.fields.end(), [&](const Field& opposite) {
            return &opposite != &field && lists(context, opposite, model->name) &&
                   relation_name(opposite) == name;
          });
      if (!mutual) continue;
      const Block* a = model;
      const Block* b = &other;
      if (b->name < a->name) std::swap(a, b);
      const std::string table = "_" + (name.empty() ? a->name + "To" + b->name : name);
      if (!junctions.contains(table)) {
        junctions.emplace(table, junction(context, table, *a, *b));
      }
    }
  }
  for (auto& [name, table] : junctions) schema.tables.push_back(std::move(table));
}

}  // namespace relata::prisma
