#include "emit/sqlalchemy/column_types.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit::sqlalchemy {
namespace {

struct KindRow {
  TypeKind kind;
  std::string_view python;
};

constexpr std::array kind_rows{
    KindRow{TypeKind::text, "str"},
    KindRow{TypeKind::varchar, "str"},
    KindRow{TypeKind::character, "str"},
    KindRow{TypeKind::small_integer, "int"},
    KindRow{TypeKind::integer, "int"},
    KindRow{TypeKind::big_integer, "int"},
    KindRow{TypeKind::decimal, "Decimal"},
    KindRow{TypeKind::real, "float"},
    KindRow{TypeKind::double_precision, "float"},
    KindRow{TypeKind::boolean, "bool"},
    KindRow{TypeKind::date, "date"},
    KindRow{TypeKind::time, "time"},
    KindRow{TypeKind::timestamp, "datetime"},
    KindRow{TypeKind::timestamp_tz, "datetime"},
    KindRow{TypeKind::interval, "timedelta"},
    KindRow{TypeKind::uuid, "UUID"},
    KindRow{TypeKind::json, "Any"},
    KindRow{TypeKind::binary, "bytes"},
    KindRow{TypeKind::inet, "str"},
    KindRow{TypeKind::enumeration, "str"},
};

}  // namespace

std::string python_type(TypeKind kind) {
  const auto* found = std::find_if(kind_rows.begin(), kind_rows.end(),
                                   [&](const KindRow& row) { return row.kind == kind; });
  return found == kind_rows.end() ? "Any" : std::string(found->python);
}

Code database_type(const std::string& spelling) {
  return call("DatabaseType", {string_literal(spelling)});
}

Spelling spelling_of(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return {std::string(trim(text)), {}};
  }
  Spelling spelling;
  spelling.name = std::string(trim(text.substr(0, open)));
  const std::string_view rest = trim(text.substr(close + 1));
  if (!rest.empty()) spelling.name += " " + std::string(rest);
  spelling.arguments = std::string(trim(text.substr(open + 1, close - open - 1)));
  return spelling;
}

}  // namespace relata::emit::sqlalchemy
