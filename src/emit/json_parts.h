#pragma once

// Inside emit/ only: pieces of the JSON that more than one file writes.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::emit {

using Json = nlohmann::ordered_json;

inline void set_if(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}
inline void set_if(Json& json, const char* key, bool value) {
  if (value) json[key] = true;
}
inline void set_if(Json& json, const char* key, int value) {
  if (value != 0) json[key] = value;
}
inline void set_if(Json& json, const char* key, const std::vector<std::string>& value) {
  if (!value.empty()) json[key] = value;
}

template <class Item, class Convert>
Json list_of(const std::vector<Item>& items, const Convert& convert) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(convert(item));
  return list;
}

template <class Item, class Convert>
void set_list(Json& json, const char* key, const std::vector<Item>& items, const Convert& convert) {
  if (!items.empty()) json[key] = list_of(items, convert);
}

[[nodiscard]] Json expression_json(const Expression& expression);
[[nodiscard]] Json type_json(const Type& type);
[[nodiscard]] Json column_json(const Column& column);
[[nodiscard]] Json check_json(const Check& check);
[[nodiscard]] Json index_json(const Index& index);
[[nodiscard]] Json trigger_json(const Trigger& trigger);
[[nodiscard]] Json rule_json(const Rule& rule);
[[nodiscard]] Json table_json(const Table& table);
/// The text, and beside it the canonical form where there is one.
[[nodiscard]] Json sql_json(const SqlText& sql);
/// {"fillfactor": "70"}; a flag has the value true.
[[nodiscard]] Json options_json(const std::vector<Option>& options);
[[nodiscard]] Json sequence_options_json(const SequenceOptions& options);
void set_origin(Json& json, const Origin& origin);
/// The namespace, unless it is the default one, and the name.
void set_name(Json& json, const std::string& schema, const std::string& name);
void set_options(Json& json, const std::vector<Option>& options);

}  // namespace relata::emit
