#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata {

/// The text as a JSON string, with its quotes, as JSON.stringify() writes it.
[[nodiscard]] std::string json_string(std::string_view value);

/// JSON as JSON.stringify(value, null, 2) writes it. Empty objects and arrays stay on one line.
class JsonWriter {
 public:
  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  /// The key of what comes next.
  void key(std::string_view name);
  void string(std::string_view value) { raw(json_string(value)); }
  void boolean(bool value) { raw(value ? "true" : "false"); }
  /// A JSON value as it is.
  void raw(std::string_view json);

  void member(std::string_view name, std::string_view value) {
    key(name);
    string(value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    boolean(value);
  }
  void list(std::string_view name, const std::vector<std::string>& values);
  void empty_object(std::string_view name) {
    key(name);
    begin_object();
    end_object();
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void begin(char bracket);
  void end(char bracket);
  void next_item();

  std::string text_;
  std::vector<bool> has_items_;  ///< Of each object or array that is open.
  bool after_key_ = false;
};

}  // namespace relata
