#include "emit/zod/types.h"

#include "base/text.h"
#include "emit/values/typescript_text.h"

namespace relata::emit::zod {
namespace {

/// Zod's own formats of integers.
struct IntegerFormat {
  std::string_view least;
  std::string_view most;
  std::string_view call;
};
constexpr IntegerFormat integer_formats[] = {
    {"-2147483648", "2147483647", "z.int32()"},
    {"0", "4294967295", "z.uint32()"},
    {"-9223372036854775808", "9223372036854775807", "z.int64()"},
    {"0", "18446744073709551615", "z.uint64()"},
};

Chain integer_chain(const Value& value) {
  if (value.spelling == "year") return {"z.int()", ".min(1901)", ".max(2155)", ".or(z.literal(0))"};
  for (const IntegerFormat& format : integer_formats) {
    if (format.least != value.least || format.most != value.most) continue;
    const bool narrow = !value.wide && value.most.size() > 16;
    return {narrow ? "z.int()" : std::string(format.call)};
  }
  return {"z.int()", ".min(" + value.least + ")", ".max(" + value.most + ")"};
}

/// The characters that the column's character set has.
std::string_view repertoire(const Value& value) {
  switch (value.repertoire) {
    case Repertoire::basic:
      return "/^[\\u{0}-\\u{ffff}]*$/u";
    case Repertoire::latin:
      return "/^[\\u{0}-\\u{7f}\\u{a0}-\\u{ff}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u";
    case Repertoire::ascii:
      return "/^[\\u{0}-\\u{7f}]*$/u";
    case Repertoire::unicode:
      break;
  }
  return {};
}

constexpr std::uint64_t not_worth_counting = 4294967295;  ///< LONGTEXT: 4 GiB.

Chain text_chain(const Value& value, Helpers& helpers) {
  Chain chain;
  const std::string most = value.characters > 0 ? std::to_string(value.characters) : "";
  if (value.without_nul || value.characters > 0) {
    chain = {helpers.use("text") + "(" + most + ")"};
  } else if (value.bytes > 0 && value.bytes < not_worth_counting) {
    const bool single =
        value.repertoire == Repertoire::latin || value.repertoire == Repertoire::ascii;
    chain = {helpers.use(single ? "text" : "longText") + "(" + std::to_string(value.bytes) + ")"};
  } else {
    chain = {"z.string()"};
  }
  if (const std::string_view characters = repertoire(value); !characters.empty()) {
    chain.push_back(".regex(" + std::string(characters) + ")");
  }
  return chain;
}

Chain decimal_chain(const Value& value, Helpers& helpers) {
  Chain chain{helpers.use("decimal") + "()"};
  if (value.limited) {
    chain = {helpers.use("decimal") + "(" + std::to_string(value.precision) + ", " +
             std::to_string(value.scale) + ")"};
  }
  if (value.is_unsigned) {
    chain.push_back(
        {".refine",
         {"(value) => " + helpers.use("compareDecimals") + "(value, '0') >= 0", "'is negative'"}});
  }
  return chain;
}

Chain floating_chain(const Value& value, Helpers& helpers) {
  Chain chain{value.infinite ? value.single ? helpers.use("real") : helpers.use("double")
              : value.single ? "z.float32()"
                             : "z.number()"};
  if (value.limited) {
    chain.push_back(
        {".refine",
         {"(value) => Math.abs(value) < 1e" + std::to_string(value.precision - value.scale),
          "'has too many digits'"}});
  }
  if (value.is_unsigned) chain.push_back(".nonnegative()");
  return chain;
}

Chain bits_chain(const Value& value) {
  const std::string most = std::to_string(value.characters);
  const std::string count = value.characters == 0 ? "*"
                            : value.exact         ? "{" + most + "}"
                                                  : "{0," + most + "}";
  return {"z.string()", ".regex(/^[01]" + count + "$/)"};
}

Chain bit_field_chain(const Value& value, Helpers& helpers) {
  const int whole = (value.characters + 7) / 8;
  Chain chain{helpers.use("bytes") + "(" + std::to_string(whole) + ")"};
  if (value.characters % 8 != 0) {
    chain.push_back({".refine",
                     {"(value) => value.length < " + std::to_string(whole) +
                          " || (value[0] ?? 0) < " + std::to_string(1 << (value.characters % 8)),
                      "'has too many bits'"}});
  }
  return chain;
}

Chain raw_chain(const Value& value, Helpers& helpers) {
  if (value.spelling == "inet4") return {"z.ipv4()"};
  if (value.spelling == "inet6") return {"z.ipv6()"};
  if (value.spelling == "point")
    return {
        "z.tuple(["
        "z.number(), z.number()])"};
  if (value.spelling == "line") return {"z.tuple([z.number(), z.number(), z.number()])"};
  if (value.without_nul) return {helpers.use("text") + "()"};
  return {"z.string()"};
}

std::string quoted_choices(const Value& value) {
  std::vector<std::string> items;
  for (const std::string& choice : value.choices) items.push_back(typescript_string(choice));
  return "[" + join(items, ", ") + "]";
}

}  // namespace

bool takes_bounds(const Value& value) {
  return value.shape == Shape::integer && value.spelling != "year";
}

Chain element_chain(const RowColumn& column, const RowTypes& rows, Helpers& helpers) {
  const Value& value = column.value;
  if (value.shape == Shape::several) {
    return {helpers.use("several") + "(" + quoted_choices(value) + ")"};
  }
  if (column.closed_set != RowColumn::none) {
    return {"z.enum(" + rows.closed_sets[column.closed_set].constant + ")"};
  }
  switch (value.shape) {
    case Shape::text:
      return text_chain(value, helpers);
    case Shape::integer:
      return integer_chain(value);
    case Shape::decimal:
      return decimal_chain(value, helpers);
    case Shape::floating:
      return floating_chain(value, helpers);
    case Shape::boolean:
      return {"z.boolean()"};
    case Shape::date:
      return {value.unbound ? "z.string()" : helpers.use("date")};
    case Shape::time:
      if (value.unbound) return {"z.string()"};
      return {helpers.use(!value.day_long ? "hours" : value.zone ? "zonedTime" : "time")};
    case Shape::moment:
      if (value.unbound) return {"z.string()"};
      return {helpers.use(value.short_range ? "timestamp" : "moment")};
    case Shape::interval:
      return {helpers.use("interval")};
    case Shape::uuid:
      return {"z.guid()"};
    case Shape::json:
      return {helpers.use(value.well_formed || value.unbound ? "json" : "jsonText")};
    case Shape::bytes: {
      const bool counted = value.bytes > 0 && value.bytes < not_worth_counting;
      return {helpers.use("bytes") + "(" + (counted ? std::to_string(value.bytes) : "") + ")"};
    }
    case Shape::bit_field:
      return bit_field_chain(value, helpers);
    case Shape::inet:
      return {helpers.use("inet")};
    case Shape::cidr:
      return {helpers.use("cidr")};
    case Shape::mac:
      return {"z.string()", ".regex(/^[\\da-f]{2}(?::[\\da-f]{2}){5}$/i)"};
    case Shape::bits:
      return bits_chain(value);
    case Shape::range:
      return {"z.string()", ".regex(/^(?:empty|[[(].*,.*[\\])])$/s)"};
    case Shape::hstore:
    case Shape::raw:
      return raw_chain(value, helpers);
    case Shape::opaque:
    case Shape::several:
      break;
  }
  return {"z.unknown()"};
}

}  // namespace relata::emit::zod
