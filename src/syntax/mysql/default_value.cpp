#include "syntax/mysql/default_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "syntax/mysql/types.h"

namespace relata::syntax::mysql {

namespace {

/// The bytes that hexadecimal digits stand for.
std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    int value = 0;
    std::from_chars(digits.data() + i, digits.data() + i + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

bool is_number(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

/// Digits with exactly `scale` of them behind the point, for a plain decimal text.
std::string with_scale(std::string text, std::size_t scale) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.erase(0, 1);
  std::size_t point = text.find('.');
  std::string whole = text.substr(0, point);
  std::string fraction = point == std::string::npos ? std::string() : text.substr(point + 1);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.empty()) whole = "0";
  if (fraction.size() > scale) fraction.resize(scale);
  fraction.append(scale - fraction.size(), '0');
  std::string result = (negative ? "-" : "") + whole;
  return scale == 0 ? result : result + "." + fraction;
}

/// The shortest text of the number, so that 1e10 and 10000000000 are the same; a float has six
/// digits.
std::string shortest(std::string_view text, bool single = false) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  char digits[64];
  constexpr int float_digits = 6;
  char* limit = digits + sizeof digits;
  const auto end =
      single ? std::to_chars(digits, limit, value, std::chars_format::general, float_digits)
             : std::to_chars(digits, limit, value, std::chars_format::general);
  return {digits, end.ptr};
}

/// The number rounded to so many digits behind the point.
std::string rounded(std::string_view text, int scale) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  char digits[512];
  const int length = std::snprintf(digits, sizeof digits, "%.*f", scale, value);
  return {digits, static_cast<std::size_t>(std::clamp(length, 0, 511))};
}

/// How many digits behind the point float(8,2) and double(8,2) keep; -1: all.
int digits_behind_point(const Type& type) {
  const std::size_t comma = type.spelling.find(',');
  if (comma == std::string::npos) return -1;
  int digits = -1;
  std::from_chars(type.spelling.data() + comma + 1, type.spelling.data() + type.spelling.size(),
                  digits);
  return digits;
}

std::string unsigned_value(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return std::to_string(value);
}

Node numeric(Node value, const Type& type) {
  const std::string_view base = base_type(type);
  if (value.kind == NodeKind::bytes) return make_node(NodeKind::number, unsigned_value(value.text));
  const std::string text(trim(value.text));
  if (!is_number(text)) return value;
  if (base == "float" || base == "double") {
    const int digits = digits_behind_point(type);
    if (digits >= 0) return make_node(NodeKind::number, rounded(text, digits));
    return make_node(NodeKind::number, shortest(text, base == "float"));
  }
  if (base == "decimal" && text.find_first_of("eE") != std::string::npos) {
    return make_node(NodeKind::number, rounded(text, type.scale));
  }
  if (base == "decimal") {
    return make_node(NodeKind::number, with_scale(text, static_cast<std::size_t>(type.scale)));
  }
  if (base == "year") {
    // One or two digits: 70 to 99 are of the twentieth century.
    const std::string year = with_scale(text, 0);
    if (year.size() > 2 || year == "0") return make_node(NodeKind::number, year);
    const std::string century = year.size() == 1 ? "200" : year < "70" ? "20" : "19";
    return make_node(NodeKind::number, century + year);
  }
  const bool whole = text.find_first_of(".eE") == std::string::npos;
  return make_node(NodeKind::number, whole ? with_scale(text, 0) : shortest(text));
}

/// Digits of the number at `position`, which goes behind them and one separator.
std::string field(std::string_view text, std::size_t& position, std::size_t width) {
  std::string digits;
  while (position < text.size() && is_ascii_digit(text[position])) digits += text[position++];
  if (position < text.size() && text[position] != '.') ++position;
  while (digits.size() < width) digits.insert(0, "0");
  return digits;
}

/// A moment with two digits a part and as many of a second as the type has; what is no moment
/// comes back as it is.
Node moment(Node value, const Type& type) {
  const std::string_view base = base_type(type);
  const bool zero = value.kind == NodeKind::number && value.text == "0";
  std::string text(trim(value.text));
  if (zero) text = base == "time" ? "00:00:00" : "0000-00-00 00:00:00";
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  if (base == "time" && digits && text.size() == 6) {
    text = text.substr(0, 2) + ":" + text.substr(2, 2) + ":" + text.substr(4, 2);
  } else if (digits && (text.size() == 8 || text.size() == 14)) {
    std::string parts = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
    if (text.size() == 14) {
      parts += " " + text.substr(8, 2) + ":" + text.substr(10, 2) + ":" + text.substr(12, 2);
    }
    text = parts;
  }
  if (text.find_first_not_of("0123456789-:./ T") != std::string::npos || text.empty()) return value;
  std::size_t position = 0;
  std::string result;
  if (base != "time") {
    const std::string year = field(text, position, 4);
    const std::string month = field(text, position, 2);
    result = year + "-" + month + "-" + field(text, position, 2);
    if (base == "date") return make_node(NodeKind::string, result);
    result += " ";
  }
  const std::string hour = field(text, position, 2);
  const std::string minute = field(text, position, 2);
  result += hour + ":" + minute + ":" + field(text, position, 2);
  const std::size_t open = type.spelling.find('(');
  if (open != std::string::npos) {
    const auto scale = static_cast<std::size_t>(type.spelling[open + 1] - '0');
    std::string fraction = position < text.size() && text[position] == '.'
                               ? text.substr(position + 1, scale)
                               : std::string();
    fraction.append(scale - fraction.size(), '0');
    result += "." + fraction;
  }
  return make_node(NodeKind::string, result);
}

/// Labels in the order of the type, without repetition and in its case.
Node labels(Node value, const Type& type, bool several) {
  const Type known = column_type("enum" + type.spelling.substr(type.spelling.find('(')));
  std::string result;
  for (const std::string& label : known.values) {
    const std::string wanted = to_lower(label);
    const auto parts = several ? split(value.text, ',') : std::vector<std::string_view>{value.text};
    const bool chosen =
        std::ranges::any_of(parts, [&](std::string_view part) { return to_lower(part) == wanted; });
    if (!chosen) continue;
    if (!result.empty()) result += ",";
    result += label;
    if (!several) break;
  }
  if (result.empty()) return value;
  return make_node(NodeKind::string, result);
}

}  // namespace

Node default_in_column(Node value, const Column& column) {
  // DATE '2024-01-01' is shown as the value that the column gets.
  const bool typed = value.kind == NodeKind::call && value.arguments.size() == 1 &&
                     (value.text == "date literal" || value.text == "time literal" ||
                      value.text == "timestamp literal");
  if (typed) value = Node(value.arguments.front());
  const bool literal = value.kind == NodeKind::string || value.kind == NodeKind::number ||
                       value.kind == NodeKind::bytes;
  if (!literal) return value;
  const Type& type = column.type;
  const std::string_view base = base_type(type);
  if (base == "bit") {
    if (value.kind == NodeKind::bytes) {
      return make_node(NodeKind::number, unsigned_value(value.text));
    }
    return value;
  }
  if (is_numeric(type)) return numeric(std::move(value), type);
  if (base == "date" || base == "datetime" || base == "timestamp" || base == "time") {
    return moment(std::move(value), type);
  }
  if (value.kind == NodeKind::bytes) {
    value = make_node(NodeKind::string, bytes_of(value.text));
  } else {
    value.kind = NodeKind::string;
  }
  if (base == "enum" || base == "set") {
    return labels(std::move(value), type, base == "set");
  }
  if (base == "char") value.text.resize(value.text.find_last_not_of(' ') + 1);
  if (base == "binary") {
    // Padded with zero bytes.
    const auto length = static_cast<std::size_t>(type.length);
    if (value.text.size() < length) value.text.resize(length, '\0');
  }
  return value;
}

}  // namespace relata::syntax::mysql
