#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace relata::emit::sqlalchemy {

/// Whether a file may import the name from the standard library, so that nothing else can have it.
[[nodiscard]] bool is_imported_name(std::string_view name);

/// What a file imports: modules to names.
class Imports {
 public:
  void add(std::string_view module, std::string_view name);
  /// The names of the standard library in a type: "list[UUID] | None".
  void add_types(std::string_view python);
  [[nodiscard]] bool has(std::string_view module, std::string_view name) const;
  [[nodiscard]] std::string text() const;

 private:
  std::unordered_map<std::string, std::set<std::string>> names_;
};

}  // namespace relata::emit::sqlalchemy
