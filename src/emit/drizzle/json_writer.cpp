#include "emit/drizzle/json_writer.h"

#include <array>

namespace relata::emit::drizzle {

std::string json_string(std::string_view value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (char c : value) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
          out += "\\u00";
          out += digits[byte >> 4U];
          out += digits[byte & 0xFU];
        } else {
          out += c;
        }
      }
    }
  }
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
  text_ += json_string(name) + ": ";
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

}  // namespace relata::emit::drizzle
