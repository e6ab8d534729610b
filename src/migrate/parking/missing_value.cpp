#include "migrate/parking/missing_value.h"

#include <array>
#include <string_view>
#include <utility>

namespace relata::migrate {

std::string missing_value(const Type& type, const Dialect& dialect) {
  using enum TypeKind;
  static constexpr std::array<std::pair<TypeKind, std::string_view>, 18> values{
      {{text, "''"},
       {varchar, "''"},
       {character, "''"},
       {binary, "''"},
       {small_integer, "0"},
       {integer, "0"},
       {big_integer, "0"},
       {decimal, "0"},
       {real, "0"},
       {double_precision, "0"},
       {boolean, "false"},
       {date, "'1970-01-01'"},
       {TypeKind::time, "'00:00:00'"},
       {timestamp, "'1970-01-02 00:00:00'"},
       {timestamp_tz, "'1970-01-02 00:00:00'"},
       {interval, "'0'"},
       {uuid, "'00000000-0000-0000-0000-000000000000'"},
       {json, "'null'"}}};
  if (type.array_dimensions > 0) return "'{}'";
  if (type.kind == enumeration) {
    return type.values.empty() ? std::string() : dialect.string_literal(type.values.front());
  }
  for (const auto& [kind, value] : values) {
    if (kind == type.kind) return std::string(value);
  }
  return {};
}

}  // namespace relata::migrate
