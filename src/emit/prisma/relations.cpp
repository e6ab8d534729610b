#include <algorithm>

#include "base/text.h"
#include "emit/prisma/plan.h"

namespace relata::emit::prisma7 {
namespace {

std::string_view action_word(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "NoAction";
    case ReferentialAction::restrict:
      return "Restrict";
    case ReferentialAction::cascade:
      return "Cascade";
    case ReferentialAction::set_null:
      return "SetNull";
    case ReferentialAction::set_default:
      return "SetDefault";
  }
  return "NoAction";
}

/// The fields of these columns: "[workspaceId, taskId]"; empty when one of them is not there.
std::string field_list(const Model& model, const std::vector<std::string>& columns) {
  std::vector<std::string> fields;
  for (const std::string& column : columns) {
    const auto found = model.columns.find(column);
    if (found == model.columns.end()) return {};
    fields.push_back(model.member(found->second));
  }
  return "[" + join(fields, ", ") + "]";
}

/// Whether Prisma takes the key for a relation: it wants the same types on both sides, and a
/// unique key that it knows of on the other one.
bool is_relation(const Provider& provider, const ForeignKey& key, const Model& from,
                 const Model& to) {
  if (!from.shown || !to.shown || key.columns.empty() ||
      key.columns.size() != key.referenced.size()) {
    return false;
  }
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto here = from.columns.find(key.columns[i]);
    const auto there = to.columns.find(key.referenced[i]);
    if (here == from.columns.end() || there == to.columns.end()) return false;
    const FieldType& type = from.types[here->second];
    const FieldType& other = to.types[there->second];
    if (type.name != other.name || type.list || other.list) return false;
  }
  return provider.finds_keys_in_any_order ? to.unique_sets.contains(set_key(key.referenced))
                                          : to.unique_lists.contains(list_key(key.referenced));
}

bool can_be_null(const Model& model, const ForeignKey& key) {
  return std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) {
    return model.nullable[model.columns.find(column)->second];
  });
}

bool is_supported(const Model& model, const ForeignKey& key) {
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) {
    return model.types[model.columns.find(column)->second].supported;
  });
}

std::string capitalised(std::string text) {
  if (!text.empty()) text.front() = to_upper(text.substr(0, 1)).front();
  return text;
}

void add_relation(const Provider& provider, const RelationNames& names, Model& from, Model& to) {
  const ForeignKey& key = from.table->foreign_keys[names.foreign_key];
  const bool optional = can_be_null(from, key);
  const std::string title = string_literal(from.names->entity + capitalised(names.forward));
  std::string arguments;
  if (names.ambiguous) arguments += title + ", ";
  arguments += "fields: " + field_list(from, key.columns) +
               ", references: " + field_list(to, key.referenced);
  // What Prisma does when nothing is said.
  // https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions
  const auto usual = optional ? ReferentialAction::set_null : ReferentialAction::restrict;
  if (key.on_delete != usual) {
    arguments += ", onDelete: " + std::string(action_word(key.on_delete));
  }
  if (key.on_update != ReferentialAction::cascade) {
    arguments += ", onUpdate: " + std::string(action_word(key.on_update));
  }
  if (provider.names_foreign_keys && !key.name.empty() &&
      key.name != default_name(provider, from.table->name, key.columns, "fkey")) {
    arguments += ", map: " + string_literal(key.name);
  }
  const bool usable = is_supported(from, key);
  Line forward{names.forward, to.names->entity + (optional ? "?" : ""), {}, {}};
  forward.attributes.push_back("@relation(" + arguments + ")");
  if (from.identified && (!to.identified || !usable)) forward.attributes.emplace_back("@ignore");
  from.forward.push_back(std::move(forward));

  const bool single = from.unique_lists.contains(list_key(key.columns));
  Line backward{names.backward, from.names->entity + (single ? "?" : "[]"), {}, {}};
  if (names.ambiguous) backward.attributes.push_back("@relation(" + title + ")");
  if (to.identified && (!from.identified || !usable)) backward.attributes.emplace_back("@ignore");
  to.backward.push_back(std::move(backward));
}

/// What of the keys Prisma has no word for.
std::vector<std::string> odd_keys(const Model& model) {
  std::vector<std::string> odd;
  for (const ForeignKey& key : model.table->foreign_keys) {
    std::vector<std::string> words;
    if (key.deferrable) words.emplace_back("DEFERRABLE");
    if (key.match_full) words.emplace_back("MATCH FULL");
    if (!key.validated) words.emplace_back("NOT VALID");
    if (!key.enforced) words.emplace_back("NOT ENFORCED");
    if (!key.set_null_columns.empty()) {
      words.push_back("SET NULL of " + join(key.set_null_columns, " and "));
    }
    if (!words.empty()) odd.push_back(key.name + " (" + join(words, ", ") + ")");
  }
  return odd;
}

}  // namespace

void plan_relations(const Provider& provider, const CodeNames& names, std::vector<Model>& models) {
  std::vector<std::unordered_set<std::size_t>> said(models.size());
  for (const RelationNames& relation : names.relations) {
    Model& from = models[relation.table];
    Model& to = models[relation.target];
    const ForeignKey& key = from.table->foreign_keys[relation.foreign_key];
    if (!is_relation(provider, key, from, to)) continue;
    said[relation.table].insert(relation.foreign_key);
    add_relation(provider, relation, from, to);
  }
  for (std::size_t i = 0; i < models.size(); ++i) {
    std::vector<std::string> unsaid;
    for (std::size_t k = 0; k < models[i].table->foreign_keys.size(); ++k) {
      if (!said[i].contains(k)) unsaid.push_back(models[i].table->foreign_keys[k].name);
    }
    add_remark("foreign key", unsaid, models[i]);
    add_remark("details of foreign key", odd_keys(models[i]), models[i]);
  }
}

}  // namespace relata::emit::prisma7
