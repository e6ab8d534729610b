#include "emit/drizzle/snapshot.h"

#include <array>
#include <cstdint>
#include <unordered_map>

#include "base/text.h"

namespace relata::emit::drizzle {
namespace {

std::string hexadecimal(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = out.size(); i-- > 0; value >>= 4U) out[i] = digits[value & 0xFU];
  return out;
}

/// A UUID of version 8 (RFC 9562, made by the application's own rule) from the content.
std::string id_of(std::string_view content) {
  const std::string a = hexadecimal(stable_hash(content));
  const std::string b = hexadecimal(stable_hash(std::string(content) + "drizzle"));
  return a.substr(0, 8) + "-" + a.substr(8, 4) + "-8" + a.substr(13, 3) + "-a" + b.substr(1, 3) +
         "-" + b.substr(4, 12);
}

std::string whole(const Plan& plan, std::string_view previous) {
  JsonWriter json;
  json.begin_object();
  const auto write_ids = [&] {
    json.member("id", "");
    json.member("prevId", previous);
  };
  if (plan.flavor->ids_first) write_ids();
  json.member("version", plan.flavor->version);
  json.member("dialect", plan.flavor->kit_dialect);
  if (!plan.flavor->ids_first) write_ids();
  plan.flavor->write_snapshot(plan, json);
  json.end_object();
  return json.take();
}

}  // namespace

std::string snapshot(const Plan& plan, std::string_view previous) {
  std::string content = whole(plan, previous);
  const std::string id = id_of(content);
  const std::string_view key = "\"id\": \"";  // the first one, whatever tables are called
  return content.insert(content.find(key) + key.size(), id);
}

void write_meta(JsonWriter& json) {
  json.key("_meta");
  json.begin_object();
  json.empty_object("schemas");
  json.empty_object("tables");
  json.empty_object("columns");
  json.end_object();
}

void write_checks(const PlannedTable& table, JsonWriter& json) {
  json.begin_object();
  for (const PlannedCheck& check : table.checks) {
    json.key(check.name);
    json.begin_object();
    json.member("name", check.name);
    json.member("value", check.expression);
    json.end_object();
  }
  json.end_object();
}

void write_foreign_keys(const Plan& plan, const PlannedTable& table, JsonWriter& json) {
  json.key("foreignKeys");
  json.begin_object();
  for (const PlannedForeignKey& key : table.foreign_keys) {
    const std::string name = foreign_key_name(plan, table, key);
    json.key(name);
    json.begin_object();
    json.member("name", name);
    json.member("tableFrom", table.table->name);
    json.member("tableTo", plan.tables[key.table].table->name);
    json.list("columnsFrom", key.columns);
    json.list("columnsTo", key.referenced);
    json.member("onDelete", key.on_delete);
    json.member("onUpdate", key.on_update);
    json.end_object();
  }
  json.end_object();
}

void write_expressions(const Plan& plan, JsonWriter& json) {
  // Indexes of different tables can have one name, and then share an entry.
  std::vector<std::string> names;
  std::unordered_map<std::string, std::vector<std::string>> expressions;
  for (const PlannedTable* table : by_constant(plan.tables)) {
    for (const PlannedIndex& index : table->indexes) {
      for (const PlannedIndexPart& part : index.parts) {
        if (!part.is_expression) continue;
        auto [entry, is_new] = expressions.try_emplace(index.name);
        if (is_new) names.push_back(index.name);
        auto& known = entry->second;
        if (std::find(known.begin(), known.end(), part.text) == known.end())
          known.push_back(part.text);
      }
    }
  }
  json.key("indexes");
  json.begin_object();
  for (const std::string& name : names) {
    json.key(name);
    json.begin_object();
    json.key("columns");
    json.begin_object();
    for (const std::string& expression : expressions.at(name)) {
      json.key(expression);
      json.begin_object();
      json.flag("isExpression", true);
      json.end_object();
    }
    json.end_object();
    json.end_object();
  }
  json.end_object();
}

std::string foreign_key_name(const Plan& plan, const PlannedTable& table,
                             const PlannedForeignKey& key) {
  if (!key.name.empty()) return key.name;
  std::vector<std::string> parts = {table.table->name};
  parts.insert(parts.end(), key.columns.begin(), key.columns.end());
  parts.push_back(plan.tables[key.table].table->name);
  parts.insert(parts.end(), key.referenced.begin(), key.referenced.end());
  return join(parts, "_") + "_fk";
}

}  // namespace relata::emit::drizzle
