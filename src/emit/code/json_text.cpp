#include "emit/code/json_text.h"

#include <algorithm>

#include "base/json_writer.h"

namespace relata::emit {
namespace {

using Json = nlohmann::ordered_json;

bool is_ascii(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

void write(JsonWriter& out, const Json& json) {
  if (json.is_object()) {
    out.begin_object();
    for (const auto& [key, value] : json.items()) {
      out.key(key);
      write(out, value);
    }
    out.end_object();
  } else if (json.is_array()) {
    out.begin_array();
    for (const Json& item : json) write(out, item);
    out.end_array();
  } else if (json.is_string() && is_ascii(json.get_ref<const std::string&>())) {
    out.string(json.get_ref<const std::string&>());
  } else {
    out.raw(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

}  // namespace

std::string json_text(const Json& json) {
  JsonWriter out;
  write(out, json);
  return out.take();
}

}  // namespace relata::emit
