#include "base/json_writer.h"

namespace relata {

std::string json_string(std::string_view value) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view named = "\"\\\n\r\t\b\f";
  constexpr std::string_view names = "\"\\nrtbf";
  std::string out = "\"";
  std::size_t begin = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const auto byte = static_cast<unsigned char>(value[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out += value.substr(begin, at - begin);
    begin = at + 1;
    const std::size_t name = named.find(value[at]);
    if (name != std::string_view::npos) {
      out += '\\';
      out += names[name];
    } else {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    }
  }
  out += value.substr(begin);
  return out + '"';
}

void JsonWriter::next_item() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  text_ += has_items_.back() ? ",\n" : "\n";
  has_items_.back() = true;
  text_.append(2 * has_items_.size(), ' ');
}

void JsonWriter::begin(char bracket) {
  next_item();
  text_ += bracket;
  has_items_.push_back(false);
}

void JsonWriter::end(char bracket) {
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) {
    text_ += '\n';
    text_.append(2 * has_items_.size(), ' ');
  }
  text_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  next_item();
  text_ += json_string(name);
  text_ += ": ";
  after_key_ = true;
}

void JsonWriter::raw(std::string_view json) {
  next_item();
  text_ += json;
}

void JsonWriter::list(std::string_view name, const std::vector<std::string>& values) {
  key(name);
  begin_array();
  for (const std::string& value : values) string(value);
  end_array();
}

}  // namespace relata
