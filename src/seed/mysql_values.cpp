#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/dialect.h"
#include "seed/shared_values.h"
#include "seed/values.h"

namespace relata::seed {
namespace {

const std::string row(row_number);

std::string text_literal(std::string_view text) {
  return find_dialect("mysql")->string_literal(text);
}

Values in_turn(const std::vector<std::string>& expressions) {
  const std::uint64_t count = expressions.size();
  if (count == 1) return {expressions.front(), 1};
  return {
      "ELT(1 + (" + row + " - 1) % " + std::to_string(count) + ", " + join(expressions, ", ") + ")",
      count};
}

Values texts(const Wanted& wanted) {
  if (!wanted.limits.like.empty()) {
    const auto parts = like_parts(wanted.limits.like, "'x', " + row, text_literal);
    return {"CONCAT(" + join(parts, ", ") + ")", 0};
  }
  const std::size_t longest = room_for_text(wanted);
  constexpr std::size_t roomy = 24;
  Values values{"CONCAT('value ', " + row + ")", 0};
  if (longest > 0 && longest < roomy) {
    const std::size_t digits = std::clamp<std::size_t>(longest, 1, 12);
    values.period = std::uint64_t{1} << (4 * digits);
    values.expression = "LPAD(LOWER(HEX(" + row + " % " + std::to_string(values.period) + ")), " +
                        std::to_string(digits) + ", '0')";
  }
  if (wanted.limits.shortest > 0) {
    values.expression = "RPAD(" + values.expression + ", GREATEST(CHAR_LENGTH(" +
                        values.expression + "), " + std::to_string(wanted.limits.shortest) +
                        "), 'x')";
  }
  return values;
}

/// Moments a unit apart, from the earliest that is allowed on.
Values moments(const Wanted& wanted, std::string_view unit) {
  const bool backwards = !wanted.limits.earliest && wanted.limits.latest;
  const std::string first =
      backwards ? *wanted.limits.latest : wanted.limits.earliest.value_or("2020-01-02");
  return {std::string(backwards ? "DATE_SUB(" : "DATE_ADD(") + text_literal(first) + ", INTERVAL " +
              number_of_moment(wanted) + " " + std::string(unit) + ")",
          wanted.distinct ? 2'000'000U : 1000U};
}

/// MySQL 8.0 Reference Manual, 11.1.2 "Integer Types".
Values integers(const Wanted& wanted) {
  struct Range {
    std::string_view type;
    double lowest;
    double highest;
  };
  static constexpr std::array<Range, 4> ranges{{{"tinyint", -128, 127},
                                                {"smallint", -32768, 32767},
                                                {"mediumint", -8388608, 8388607},
                                                {"bigint", -1e15, 1e15}}};
  const bool is_unsigned = wanted.type.spelling.find("unsigned") != std::string::npos;
  for (const Range& range : ranges) {
    if (!wanted.type.spelling.starts_with(range.type)) continue;
    return whole_numbers(wanted, is_unsigned ? 0 : range.lowest, range.highest);
  }
  return whole_numbers(wanted, is_unsigned ? 0 : -2147483648.0, 2147483647.0);
}

Values bytes(const Wanted& wanted) {
  const std::string all = "UNHEX(MD5(" + row + "))";
  const std::size_t longest = room_for_text(wanted);
  constexpr std::size_t whole = 16;
  if (longest == 0 || longest >= whole) return {all, 0};
  return {"LEFT(" + all + ", " + std::to_string(longest) + ")", 1};
}

/// Types that Relata has no neutral form of, by the word that their spelling begins with.
Values native(const Wanted& wanted) {
  struct Native {
    std::string_view begins;
    std::string_view expression;
    std::uint64_t period;
  };
  static constexpr std::array<Native, 10> natives{
      {{"year", "(2000 + $row$ % 100)", 100},
       {"bit", "($row$ % 2)", 2},
       {"set", "1", 1},
       {"point", "ST_GeomFromText(CONCAT('POINT(', $row$, ' 1)'))", 0},
       {"geometry", "ST_GeomFromText(CONCAT('POINT(', $row$, ' 1)'))", 0},
       {"linestring", "ST_GeomFromText(CONCAT('LINESTRING(0 0,', $row$, ' 1)'))", 0},
       {"polygon", "ST_GeomFromText(CONCAT('POLYGON((0 0,', $row$, ' 0,1 1,0 0))'))", 0},
       {"inet6", "CONCAT('::', LOWER(HEX($row$ % 65536)))", 65536},
       {"inet4", "CONCAT('10.0.', $row$ DIV 256 % 256, '.', $row$ % 256)", 65536},
       {"int", "$row$", 0}}};
  for (const Native& one : natives) {
    if (wanted.type.spelling.starts_with(one.begins)) {
      return {std::string(one.expression), one.period};
    }
  }
  return {};
}

Values of_kind(const Wanted& wanted) {
  switch (wanted.type.kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
      return texts(wanted);
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
      return integers(wanted);
    case TypeKind::decimal:
      return decimals(wanted);
    case TypeKind::real:
      return whole_numbers(wanted, -1e6, 1e6);
    case TypeKind::double_precision:
      return whole_numbers(wanted, -1e15, 1e15);
    case TypeKind::boolean:
      return {"(" + row + " % 2)", 2};
    case TypeKind::date:
      return moments(wanted, "DAY");
    case TypeKind::time:
      return {"SEC_TO_TIME(" + row + " % 86400)", 86400};
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return moments(wanted, "MINUTE");
    case TypeKind::uuid:
      return {"INSERT(INSERT(INSERT(INSERT(MD5(" + row +
                  "), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')",
              0};
    case TypeKind::json:
      return {"JSON_OBJECT('n', " + row + ")", 0};
    case TypeKind::binary:
      return bytes(wanted);
    case TypeKind::enumeration: {
      std::vector<std::string> labels;
      for (const std::string& label : wanted.type.values) labels.push_back(text_literal(label));
      return labels.empty() ? Values{} : in_turn(labels);
    }
    case TypeKind::interval:
    case TypeKind::inet:
    case TypeKind::native:
      return native(wanted);
  }
  return {};
}

}  // namespace

Values mysql_values(const Wanted& wanted) {
  if (wanted.limits.values.empty()) return of_kind(wanted);
  std::vector<std::string> expressions;
  for (const Expression& value : wanted.limits.values) {
    expressions.push_back(find_dialect("mysql")->expression(value));
  }
  return in_turn(expressions);
}

}  // namespace relata::seed
