#include "syntax/postgres/type_rules.h"

#include <algorithm>
#include <array>

namespace relata::syntax::postgres {
namespace {

// In the order in which one turns into the next without being asked.
constexpr auto numbers = std::to_array<std::string_view>(
    {"smallint", "integer", "bigint", "numeric", "real", "double precision"});
constexpr auto moments = std::to_array<std::string_view>(
    {"date", "timestamp without time zone", "timestamp with time zone"});
constexpr auto times =
    std::to_array<std::string_view>({"time without time zone", "time with time zone"});
constexpr auto texts =
    std::to_array<std::string_view>({"text", "character varying", "character", "name"});

template <std::size_t size>
int rank_in(const std::array<std::string_view, size>& types, std::string_view type) {
  const auto found = std::find(types.begin(), types.end(), type);
  return found == types.end() ? -1 : static_cast<int>(found - types.begin());
}

template <std::size_t size>
bool is_wider(const std::array<std::string_view, size>& types, std::string_view from,
              std::string_view to) {
  const int from_rank = rank_in(types, from);
  return from_rank >= 0 && rank_in(types, to) > from_rank;
}

}  // namespace

TypeName without_modifiers(std::string_view spelling) {
  TypeName name;
  bool quoted = false;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    if (spelling[i] == '"') quoted = !quoted;
    if (!quoted && spelling[i] == '(') {
      const std::size_t end = spelling.find(')', i);
      if (end == std::string_view::npos) break;
      i = end;
      continue;
    }
    name += spelling[i];
  }
  if (name == "bpchar") return "character";
  if (name == "bpchar[]") return "character[]";
  if (name.starts_with("interval ")) return "interval";
  return name;
}

bool is_array(std::string_view type) { return type.ends_with("[]"); }

std::string_view element_of(std::string_view type) {
  if (is_array(type)) type.remove_suffix(2);
  return type;
}

bool is_integer(std::string_view type) {
  return rank_in(numbers, type) >= 0 && rank_in(numbers, type) < 3;
}
bool is_number(std::string_view type) { return rank_in(numbers, type) >= 0; }
bool is_text(std::string_view type) { return rank_in(texts, type) >= 0; }
bool is_moment(std::string_view type) {
  return rank_in(moments, type) >= 0 || rank_in(times, type) >= 0;
}

bool is_implicit_cast(std::string_view from, std::string_view to) {
  if (from == to && !from.empty()) return true;
  if (is_array(from) && is_array(to)) return is_implicit_cast(element_of(from), element_of(to));
  if (is_text(from) && is_text(to)) return to != "name";
  return is_wider(numbers, from, to) || is_wider(moments, from, to) || is_wider(times, from, to) ||
         (from == "cidr" && to == "inet") || (from == "bit" && to == "bit varying");
}

TypeName wider(std::string_view a, std::string_view b) {
  if (is_number(a) && is_number(b)) return TypeName(is_wider(numbers, a, b) ? b : a);
  if (rank_in(moments, a) >= 0 && rank_in(moments, b) >= 0)
    return TypeName(is_wider(moments, a, b) ? b : a);
  return {};
}

}  // namespace relata::syntax::postgres
