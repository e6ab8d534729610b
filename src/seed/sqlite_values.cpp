#include <algorithm>

#include "base/text.h"
#include "dialect/dialect.h"
#include "seed/shared_values.h"
#include "seed/values.h"

namespace relata::seed {
namespace {

const std::string row(row_number);

std::string text_literal(std::string_view text) {
  return find_dialect("sqlite")->string_literal(text);
}

Values in_turn(const std::vector<std::string>& expressions) {
  const std::uint64_t count = expressions.size();
  if (count == 1) return {expressions.front(), 1};
  std::string text = "CASE (" + row + " - 1) % " + std::to_string(count);
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    text += " WHEN " + std::to_string(i) + " THEN " + expressions[i];
  }
  return {"(" + text + " END)", count};
}

Values texts(const Wanted& wanted) {
  if (!wanted.limits.like.empty()) {
    const auto parts = like_parts(wanted.limits.like, "'x' || " + row, text_literal);
    return {"(" + join(parts, " || ") + ")", 0};
  }
  const std::size_t longest = room_for_text(wanted);
  constexpr std::size_t roomy = 24;
  Values values{"('value ' || " + row + ")", 0};
  if (longest > 0 && longest < roomy) {
    const std::size_t digits = std::clamp<std::size_t>(longest, 1, 12);
    values.period = std::uint64_t{1} << (4 * digits);
    values.expression = "printf('%0" + std::to_string(digits) + "x', " + row + " % " +
                        std::to_string(values.period) + ")";
  }
  if (wanted.limits.shortest > 0) {
    const std::string filler(wanted.limits.shortest, 'x');
    values.expression = "(" + values.expression + " || substr('" + filler + "', length(" +
                        values.expression + ") + 1))";
  }
  return values;
}

/// Moments a unit apart, as texts (https://sqlite.org/lang_datefunc.html).
Values moments(const Wanted& wanted, std::string_view function, std::string_view unit) {
  const bool backwards = !wanted.limits.earliest && wanted.limits.latest;
  const std::string first =
      backwards ? *wanted.limits.latest : wanted.limits.earliest.value_or("2020-01-02");
  return {std::string(function) + "(" + text_literal(first) + ", '" + (backwards ? "-" : "+") +
              "' || " + number_of_moment(wanted) + " || ' " + std::string(unit) + "')",
          wanted.distinct ? 2'000'000U : 1000U};
}

Values of_kind(const Wanted& wanted) {
  constexpr double infinite = 1e15;
  switch (wanted.type.kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
    case TypeKind::interval:
    case TypeKind::inet:
      return texts(wanted);
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::real:
    case TypeKind::double_precision:
      return whole_numbers(wanted, -infinite, infinite);
    case TypeKind::decimal:
      return decimals(wanted);
    case TypeKind::boolean:
      return {"(" + row + " % 2)", 2};
    case TypeKind::date:
      return moments(wanted, "date", "days");
    case TypeKind::time:
      return {"time(" + row + " % 86400, 'unixepoch')", 86400};
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return moments(wanted, "datetime", "minutes");
    case TypeKind::uuid:
      return {"printf('%08x-0000-4000-8000-%012x', " + row + ", " + row + ")", 0};
    case TypeKind::json:
      return {"json_object('n', " + row + ")", 0};
    case TypeKind::binary:
      return {"CAST('value ' || " + row + " AS BLOB)", 0};
    case TypeKind::enumeration:
    case TypeKind::native:
      // A column without a type, or of one that SQLite does not know, takes whatever comes.
      return {row, 0};
  }
  return {};
}

}  // namespace

Values sqlite_values(const Wanted& wanted) {
  if (wanted.limits.values.empty()) return of_kind(wanted);
  std::vector<std::string> expressions;
  for (const Expression& value : wanted.limits.values) {
    expressions.push_back(find_dialect("sqlite")->expression(value));
  }
  return in_turn(expressions);
}

}  // namespace relata::seed
