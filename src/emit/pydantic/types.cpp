#include "emit/pydantic/types.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit::pydantic {
namespace {

constexpr std::uint64_t not_worth_counting = 4294967295;  ///< LONGTEXT: 4 GiB.

std::string_view keyword(Operation operation) {
  switch (operation) {
    case Operation::less:
      return "lt=";
    case Operation::less_or_equal:
      return "le=";
    case Operation::greater:
      return "gt=";
    default:
      return "ge=";
  }
}

bool is_upper(Operation operation) {
  return operation == Operation::less || operation == Operation::less_or_equal;
}

bool has(const std::vector<Bound>& bounds, bool upper) {
  return std::any_of(bounds.begin(), bounds.end(), [&](const Bound& bound) {
    return !bound.of_length && is_upper(bound.operation) == upper;
  });
}

/// The keyword arguments of Field() for bounds of numbers; the same one twice keeps the first.
std::vector<std::string> bound_arguments(const std::vector<Bound>& bounds) {
  std::vector<std::string> out;
  for (const Bound& bound : bounds) {
    if (bound.of_length) continue;
    const std::string_view name = keyword(bound.operation);
    const bool again = std::any_of(out.begin(), out.end(), [&](const std::string& argument) {
      return argument.starts_with(name);
    });
    if (!again) out.push_back(std::string(name) + bound.number);
  }
  return out;
}

}  // namespace

std::string TypeWriter::annotated(const std::string& base, const std::vector<std::string>& field,
                                  const std::vector<std::string>& more) {
  std::vector<std::string> parts{base};
  if (!field.empty())
    parts.push_back(imports_.use("pydantic", "Field") + "(" + join(field, ", ") + ")");
  parts.insert(parts.end(), more.begin(), more.end());
  if (parts.size() == 1) return base;
  return imports_.use("typing", "Annotated") + "[" + join(parts, ", ") + "]";
}

std::string TypeWriter::integer(const Value& value, const std::vector<Bound>& bounds) {
  std::vector<std::string> arguments = bound_arguments(bounds);
  if (value.spelling == "year") {
    return "(" + annotated("int", {"ge=1901", "le=2155"}) + " | " +
           imports_.use("typing", "Literal") + "[0])";
  }
  if (!has(bounds, false)) arguments.insert(arguments.begin(), "ge=" + value.least);
  if (!has(bounds, true)) arguments.push_back("le=" + value.most);
  return annotated("int", arguments);
}

std::string TypeWriter::number(const Value& value, const std::vector<Bound>& bounds) {
  std::vector<std::string> arguments = bound_arguments(bounds);
  if (value.is_unsigned && !has(bounds, false)) arguments.insert(arguments.begin(), "ge=0");
  if (value.shape == Shape::floating) {
    if (!value.infinite) arguments.emplace_back("allow_inf_nan=False");
    std::string base = value.single ? helpers_.use("_Single") : "float";
    if (value.infinite && !value.not_a_number) base = helpers_.use("_Number");
    return annotated(base, arguments);
  }
  const std::string decimal = imports_.use("decimal", "Decimal");
  if (value.limited) {
    arguments.insert(arguments.begin(), "decimal_places=" + std::to_string(value.scale));
    arguments.insert(arguments.begin(), "max_digits=" + std::to_string(value.precision));
  } else if (value.not_a_number && arguments.empty()) {
    return annotated(decimal, {"allow_inf_nan=True"});
  } else if (value.infinite) {
    arguments.emplace_back("allow_inf_nan=True");
  }
  // NaN is greater than every number to PostgreSQL.
  const bool with_nan = value.not_a_number && !has(bounds, true);
  return annotated(decimal, arguments) + (with_nan ? " | " + helpers_.use("_NotANumber") : "");
}

std::string TypeWriter::text(const Value& value, const std::vector<Bound>& bounds) {
  std::vector<std::string> arguments;
  for (const Bound& bound : bounds) {
    if (!bound.of_length) continue;
    // No text is so long that a limit of more digits would say anything.
    const bool plain = !bound.number.empty() && bound.number.size() < 18 &&
                       bound.number.find_first_not_of("0123456789") == std::string::npos;
    if (!plain) continue;
    const long length = std::stol(bound.number);
    const long limit = bound.operation == Operation::less      ? length - 1
                       : bound.operation == Operation::greater ? length + 1
                                                               : length;
    const std::string name = is_upper(bound.operation) ? "max_length=" : "min_length=";
    arguments.push_back(name + std::to_string(std::max(limit, 0L)));
  }
  const bool limited = std::any_of(arguments.begin(), arguments.end(), [](const std::string& one) {
    return one.starts_with("max_length=");
  });
  const bool counted = value.bytes > 0 && value.bytes < not_worth_counting;
  const bool single =
      value.repertoire == Repertoire::latin || value.repertoire == Repertoire::ascii;
  if (value.characters > 0 && !limited) {
    arguments.push_back("max_length=" + std::to_string(value.characters));
  } else if (counted && single && !limited) {
    arguments.push_back("max_length=" + std::to_string(value.bytes));
  }
  std::vector<std::string> more;
  if (counted && !single) {
    more.push_back(helpers_.use("_bytes_of_text") + "(" + std::to_string(value.bytes) + ")");
  }
  if (value.repertoire == Repertoire::basic) {
    more.push_back(imports_.use("pydantic", "AfterValidator") + "(" + helpers_.use("_basic") + ")");
  } else if (single) {
    const std::string_view codec = value.repertoire == Repertoire::latin ? "cp1252" : "ascii";
    more.push_back(helpers_.use("_encoded") + "(" + python_string(codec) + ")");
  }
  const bool encoded = !more.empty();
  return annotated(value.without_nul || !encoded ? helpers_.use("_Text") : "str", arguments, more);
}

std::string TypeWriter::moment(const Value& value) {
  if (value.short_range) {
    const std::string datetime = imports_.use("datetime", "datetime");
    return annotated(imports_.use("pydantic", "NaiveDatetime"),
                     {"ge=" + datetime + "(1970, 1, 1, 0, 0, 1)",
                      "le=" + datetime + "(2038, 1, 19, 3, 14, 7, 999999)"});
  }
  if (value.likes_any_case) return imports_.use("datetime", "datetime");
  return imports_.use("pydantic", value.zone ? "AwareDatetime" : "NaiveDatetime");
}

std::string TypeWriter::element(const RowColumn& column, const std::vector<Bound>& bounds) {
  const Value& value = column.value;
  if (column.closed_set != RowColumn::none) {
    const std::string& type = rows_.closed_sets[column.closed_set].type;
    if (value.shape != Shape::several) return type;
    return annotated(
        "set[" + type + "]", {},
        {imports_.use("pydantic", "BeforeValidator") + "(" + helpers_.use("_several") + ")"});
  }
  switch (value.shape) {
    case Shape::text:
      return text(value, bounds);
    case Shape::integer:
      return integer(value, bounds);
    case Shape::decimal:
    case Shape::floating:
      return number(value, bounds);
    case Shape::boolean:
      return "bool";
    case Shape::date:
      return imports_.use("datetime", "date");
    case Shape::time:
      if (value.day_long) return imports_.use("datetime", "time");
      return imports_.use("datetime", "time") + " | " +
             annotated(imports_.use("datetime", "timedelta"),
                       {"gt=-timedelta(hours=839)", "lt=timedelta(hours=839)"});
    case Shape::moment:
      return moment(value);
    case Shape::interval:
      return imports_.use("datetime", "timedelta");
    case Shape::uuid:
      return imports_.use("uuid", "UUID");
    case Shape::json:
      return helpers_.use(value.well_formed || value.unbound ? "_Json" : "_JsonText");
    case Shape::bytes: {
      const bool counted = value.bytes > 0 && value.bytes < not_worth_counting;
      if (!counted) return "bytes";
      return annotated("bytes", {"max_length=" + std::to_string(value.bytes)});
    }
    case Shape::bit_field:
      return annotated("int", {"ge=0", "lt=2**" + std::to_string(value.characters)});
    case Shape::inet: {
      std::vector<std::string> kinds;
      for (const std::string_view kind :
           {"IPv4Address", "IPv6Address", "IPv4Interface", "IPv6Interface"}) {
        kinds.push_back(imports_.use("ipaddress", kind));
      }
      return join(kinds, " | ");
    }
    case Shape::cidr:
      return imports_.use("ipaddress", "IPv4Network") + " | " +
             imports_.use("ipaddress", "IPv6Network");
    case Shape::mac:
      return annotated("str", {"pattern=r\"(?i)^[0-9a-f]{2}(:[0-9a-f]{2}){5}$\""});
    case Shape::bits: {
      const std::string most = std::to_string(value.characters);
      const std::string count = value.characters == 0 ? "*"
                                : value.exact         ? "{" + most + "}"
                                                      : "{0," + most + "}";
      return annotated("str", {"pattern=r\"^[01]" + count + "$\""});
    }
    case Shape::hstore:
      return "dict[str, str | None]";
    case Shape::raw:
      if (value.spelling == "inet4") return annotated("str", {}, {});
      return value.without_nul ? helpers_.use("_Text") : "str";
    case Shape::range:
    case Shape::opaque:
    case Shape::several:
      break;
  }
  return imports_.use("typing", "Any");
}

std::string TypeWriter::type(const RowColumn& column, const std::vector<Bound>& bounds) {
  std::string type = element(column, bounds);
  for (int i = 0; i < column.value.dimensions; ++i) type = "list[" + type + "]";
  return type;
}

}  // namespace relata::emit::pydantic
