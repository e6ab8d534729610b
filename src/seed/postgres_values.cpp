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
  return find_dialect("postgres")->string_literal(text);
}

/// One of a few expressions, in turn.
Values in_turn(const std::vector<std::string>& expressions) {
  const std::uint64_t count = expressions.size();
  if (count == 1) return {expressions.front(), 1};
  return {"(ARRAY[" + join(expressions, ", ") + "])[1 + (" + row + " - 1) % " +
              std::to_string(count) + "]",
          count};
}

std::string like_pattern(std::string_view pattern) {
  return "(" + join(like_parts(pattern, "'x' || " + row + "::text", text_literal), " || ") + ")";
}

Values texts(const Wanted& wanted) {
  if (!wanted.limits.like.empty()) return {like_pattern(wanted.limits.like), 0};
  std::size_t longest = wanted.limits.longest;
  if (wanted.type.length > 0) {
    const auto length = static_cast<std::size_t>(wanted.type.length);
    longest = longest == 0 ? length : std::min(longest, length);
  }
  constexpr std::size_t roomy = 24;
  std::string expression;
  std::uint64_t period = 0;
  if (longest == 0 || longest >= roomy) {
    expression = "'value ' || " + row + "::text";
  } else {
    // As many hexadecimal digits as there is room for.
    const std::size_t digits = std::clamp<std::size_t>(longest, 1, 12);
    period = std::uint64_t{1} << (4 * digits);
    expression = "lpad(to_hex((" + row + ")::bigint % " + std::to_string(period) + "), " +
                 std::to_string(digits) + ", '0')";
  }
  if (wanted.limits.shortest > 0) {
    expression = "rpad(" + expression + ", greatest(length(" + expression + "), " +
                 std::to_string(wanted.limits.shortest) + "), 'x')";
  }
  return {"(" + expression + ")", period};
}

/// Moments a unit apart, from the earliest that is allowed on.
Values moments(const Wanted& wanted, std::string_view type, std::string_view unit) {
  std::string first = wanted.limits.earliest.value_or("2020-01-02");
  std::string sign = " + ";
  if (!wanted.limits.earliest && wanted.limits.latest) {
    first = *wanted.limits.latest;
    sign = " - ";
  }
  const std::string number = wanted.distinct ? "(" + row + ")" : "(" + row + " % 1000)";
  return {"(" + text_literal(first) + "::" + std::string(type) + sign + number + " * interval '" +
              std::string(unit) + "')",
          wanted.distinct ? 0U : 1000U};
}

Values fixed(std::string expression) { return {std::move(expression), 0}; }

/// Types that Relata has no neutral form of, by their spelling without parameters.
struct NativeValues {
  std::string_view spelling;
  std::string_view expression;
};
constexpr std::array natives{
    NativeValues{"citext", "'value ' || $row$::text"},
    NativeValues{"name", "'value ' || $row$::text"},
    NativeValues{"\"char\"", "'x'"},
    NativeValues{"oid", "$row$"},
    NativeValues{"cidr", "('10.0.0.0'::inet + $row$)"},
    NativeValues{"macaddr", "lpad(to_hex($row$), 12, '0')"},
    NativeValues{"macaddr8", "lpad(to_hex($row$), 16, '0')"},
    NativeValues{"money", "$row$"},
    NativeValues{"xml", "'<row>' || $row$::text || '</row>'"},
    NativeValues{"json", "'{\"n\": ' || $row$::text || '}'"},
    NativeValues{"tsvector", "to_tsvector('simple', 'value ' || $row$::text)"},
    NativeValues{"tsquery", "plainto_tsquery('simple', 'value ' || $row$::text)"},
    NativeValues{"hstore", "'n=>' || $row$::text"},
    NativeValues{"point", "'(' || $row$::text || ',1)'"},
    NativeValues{"box", "'((' || $row$::text || ',1),(0,0))'"},
    NativeValues{"line", "'{1,1,' || $row$::text || '}'"},
    NativeValues{"lseg", "'[(' || $row$::text || ',1),(0,0)]'"},
    NativeValues{"path", "'[(' || $row$::text || ',1),(0,0)]'"},
    NativeValues{"polygon", "'((' || $row$::text || ',1),(0,0))'"},
    NativeValues{"circle", "'<(' || $row$::text || ',1),1>'"},
    NativeValues{"int4range", "int4range($row$::int, $row$::int + 1)"},
    NativeValues{"int8range", "int8range($row$, $row$ + 1)"},
    NativeValues{"numrange", "numrange($row$, $row$ + 1)"},
    NativeValues{"daterange",
                 "daterange('2020-01-01'::date + $row$::int, '2020-01-02'::date + "
                 "$row$::int)"},
    NativeValues{"tsrange",
                 "tsrange('2020-01-01'::timestamp + $row$ * interval '1 hour', "
                 "'2020-01-01'::timestamp + ($row$ + 1) * interval '1 hour')"},
    NativeValues{"tstzrange",
                 "tstzrange('2020-01-01'::timestamptz + $row$ * interval '1 hour', "
                 "'2020-01-01'::timestamptz + ($row$ + 1) * interval '1 hour')"},
    NativeValues{"bit varying", "$row$::bit(32)"},
    NativeValues{"time with time zone", "'00:00+00'::timetz + ($row$ % 1000) * interval '1 min'"},
    NativeValues{"ltree", "'n' || $row$::text"},
    NativeValues{"pg_lsn", "'0/0'::pg_lsn + $row$"},
};

Values native(const Wanted& wanted) {
  const std::string spelling = wanted.base.empty() ? wanted.type.spelling : wanted.base;
  const std::string bare(trim(std::string_view(spelling).substr(0, spelling.find('('))));
  if (bare == "bit") return {"(" + row + ")::bigint::" + spelling, 0};
  for (const NativeValues& entry : natives) {
    if (entry.spelling == bare) return fixed(std::string(entry.expression));
  }
  return {};
}

Values of_kind(const Wanted& wanted) {
  constexpr double infinite = 1e15;
  switch (wanted.type.kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
      return texts(wanted);
    case TypeKind::small_integer:
      return whole_numbers(wanted, -32768, 32767);
    case TypeKind::integer:
      return whole_numbers(wanted, -2147483648.0, 2147483647.0);
    case TypeKind::big_integer:
      return whole_numbers(wanted, -infinite, infinite);
    case TypeKind::decimal:
      return decimals(wanted);
    case TypeKind::real:
      return whole_numbers(wanted, -1e6, 1e6);
    case TypeKind::double_precision:
      return whole_numbers(wanted, -infinite, infinite);
    case TypeKind::boolean:
      return {"(" + row + " % 2 = 0)", 2};
    case TypeKind::date:
      return moments(wanted, "timestamp", "1 day");
    case TypeKind::time:
      return {"('00:00'::time + (" + row + " % 86400) * interval '1 s')", 86400};
    case TypeKind::timestamp:
      return moments(wanted, "timestamp", "1 minute");
    case TypeKind::timestamp_tz:
      return moments(wanted, "timestamptz", "1 minute");
    case TypeKind::interval:
      return fixed("(" + row + " * interval '1 minute')");
    case TypeKind::uuid:
      return fixed("md5('row ' || " + row + "::text)::uuid");
    case TypeKind::json:
      return fixed("jsonb_build_object('n', " + row + ")");
    case TypeKind::binary:
      return fixed("decode(md5(" + row + "::text), 'hex')");
    case TypeKind::inet:
      return fixed("('10.0.0.0'::inet + " + row + ")");
    case TypeKind::enumeration: {
      std::vector<std::string> labels;
      for (const std::string& label : wanted.type.values) labels.push_back(text_literal(label));
      return labels.empty() ? Values{} : in_turn(labels);
    }
    case TypeKind::native:
      return native(wanted);
  }
  return {};
}

Values allowed(const std::vector<Expression>& values) {
  const Dialect& dialect = *find_dialect("postgres");
  std::vector<std::string> expressions;
  for (const Expression& value : values) expressions.push_back(dialect.expression(value));
  return in_turn(expressions);
}

}  // namespace

Values postgres_values(const Wanted& wanted) {
  const std::string spelling = find_dialect("postgres")->type_name(wanted.type);
  if (wanted.type.array_dimensions > 0) {
    Type element = wanted.type;
    element.array_dimensions = 0;
    while (element.spelling.ends_with("[]")) {
      element.spelling.resize(element.spelling.size() - 2);
    }
    Values values = of_kind({element, {}, false, {}});
    if (values.expression.empty()) return {"'{}'::" + spelling, 1};
    return {"ARRAY[" + values.expression + "]::" + spelling, values.period};
  }
  Values values = wanted.limits.values.empty() ? of_kind(wanted) : allowed(wanted.limits.values);
  if (!values.expression.empty()) values.expression = "(" + values.expression + ")::" + spelling;
  return values;
}

}  // namespace relata::seed
