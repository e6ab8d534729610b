#include "syntax/postgres/constants.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

std::string shown_boolean(std::string_view text) {
  const std::string word = to_lower(trim(text));
  for (const std::string_view yes : {"true", "yes", "on", "1"}) {
    if (!word.empty() && (yes.starts_with(word) && word != "o")) return "true";
  }
  for (const std::string_view no : {"false", "no", "off", "0"}) {
    if (!word.empty() && (no.starts_with(word) && word != "o")) return "false";
  }
  return std::string(text);
}

/// An integer or decimal without sign, blanks and zeros that its type would not show.
std::string shown_decimal(std::string_view text) {
  std::string_view digits = trim(text);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  const std::size_t point = digits.find('.');
  std::string whole(digits.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "" : digits.substr(point + 1));
  const auto all_digits = [](const std::string& part) {
    return part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (whole.size() + fraction.size() == 0 || !all_digits(whole) || !all_digits(fraction))
    return std::string(text);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.empty()) whole = "0";
  std::string shown = fraction.empty() ? whole : whole + "." + fraction;
  const bool zero = shown.find_first_of("123456789") == std::string::npos;
  return negative && !zero ? "-" + shown : shown;
}

/// 1.5e3 as 1500.
std::string without_exponent(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(text);
  constexpr int largest = 400;
  int exponent = 0;
  std::string_view power = text.substr(e + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
  if (error != std::errc{} || end != power.data() + power.size() || exponent > largest ||
      exponent < -largest)
    return std::string(text);
  std::string digits(text.substr(0, e));
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  std::size_t point = digits.find('.');
  if (point == std::string::npos) {
    point = digits.size();
  } else {
    digits.erase(point, 1);
  }
  auto moved = static_cast<std::ptrdiff_t>(point) + exponent;
  if (moved <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - moved), '0');
    moved = 1;
  }
  if (static_cast<std::size_t>(moved) >= digits.size()) {
    digits.append(static_cast<std::size_t>(moved) - digits.size(), '0');
  } else {
    digits.insert(static_cast<std::size_t>(moved), 1, '.');
  }
  return (negative ? "-" : "") + digits;
}

std::string shown_float(std::string_view text) {
  std::string_view digits = trim(text);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::string(text);
  std::array<char, 32> buffer{};
  const auto shown = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), shown.ptr};
}

std::string shown_uuid(std::string_view text) {
  std::string digits;
  for (const char c : to_lower(trim(text))) {
    if (is_ascii_digit(c) || (c >= 'a' && c <= 'f')) digits += c;
  }
  constexpr std::size_t length = 32;
  if (digits.size() != length) return std::string(text);
  for (const std::size_t place : {20U, 16U, 12U, 8U}) digits.insert(place, 1, '-');
  return digits;
}

/// The hexadecimal output format; takes the hexadecimal and the escape format.
std::string shown_bytea(std::string_view text) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  if (text.starts_with("\\x")) return to_lower(text);
  std::string shown = "\\x";
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\\') {
      if (text.substr(i).starts_with("\\\\")) {
        ++i;
      } else if (i + 3 < text.size()) {
        byte = static_cast<unsigned char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                          (text[i + 3] - '0'));
        i += 3;
      }
    }
    shown += hexadecimal[byte >> 4U];
    shown += hexadecimal[byte & 15U];
  }
  return shown;
}

/// The name that regclass and its like hold, without the default namespace.
std::string shown_object_name(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += quoted ? std::string(1, c) : to_lower(std::string_view(&c, 1));
    }
  }
  if (parts.size() == 2 && (parts[0] == "public" || parts[0] == "pg_catalog"))
    parts.erase(parts.begin());
  std::string shown;
  for (const std::string& part : parts) {
    if (!shown.empty()) shown += '.';
    shown += postgres_identifier(part);
  }
  return shown;
}

/// inet leaves out the mask of a single address, cidr always shows it.
std::string shown_address(std::string_view text, bool always_mask) {
  std::string shown = to_lower(trim(text));
  const bool version_4 = shown.find(':') == std::string::npos;
  const std::string single = version_4 ? "/32" : "/128";
  if (always_mask && shown.find('/') == std::string::npos) return shown + single;
  if (!always_mask && shown.ends_with(single)) shown.resize(shown.size() - single.size());
  return shown;
}

/// Reads "{a,"b c",{d}}" and writes it as array_out() does.
class ArrayText {
 public:
  ArrayText(std::string_view text, std::string_view element_type)
      : text_(text), element_type_(element_type) {}

  /// Nothing when the text is no array.
  std::optional<std::string> shown() {
    skip_blanks();
    std::string out;
    if (!braces(out, 0)) return std::nullopt;
    skip_blanks();
    if (at_ != text_.size()) return std::nullopt;
    return out;
  }

 private:
  // PostgreSQL's own bound: MAXDIM.
  static constexpr int most_dimensions = 6;

  void skip_blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\n\r\v\f").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool braces(std::string& out, int depth) {
    if (depth >= most_dimensions || !take('{')) return false;
    out += '{';
    skip_blanks();
    if (take('}')) {
      out += '}';
      return true;
    }
    do {
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == '{') {
        if (!braces(out, depth + 1)) return false;
      } else if (!element(out)) {
        return false;
      }
      skip_blanks();
      out += ',';
    } while (take(','));
    out.back() = '}';
    return take('}');
  }

  bool element(std::string& out) {
    std::string value;
    const bool quoted = take('"');
    while (at_ < text_.size() &&
           (quoted ? text_[at_] != '"' : text_[at_] != ',' && text_[at_] != '}')) {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) value += text_[at_++];
    }
    if (quoted && !take('"')) return false;
    if (!quoted) value = std::string(trim(value));
    if (!quoted && to_lower(value) == "null") {
      out += "NULL";
      return true;
    }
    append_element(out, shown_constant(value, element_type_));
    return true;
  }

  static void append_element(std::string& out, const std::string& value) {
    const bool quote = value.empty() || to_lower(value) == "null" ||
                       value.find_first_of("{},\"\\ \t\n\r\v\f") != std::string::npos;
    if (!quote) {
      out += value;
      return;
    }
    out += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }

  std::string_view text_;
  std::string_view element_type_;
  std::size_t at_ = 0;
};

}  // namespace

std::string shown_constant(std::string_view text, std::string_view type) {
  if (is_array(type)) return ArrayText(text, element_of(type)).shown().value_or(std::string(text));
  if (type == "boolean") return shown_boolean(text);
  if (type == "double precision" || type == "real") return shown_float(text);
  if (type == "numeric" || type == "oid" || is_integer(type))
    return shown_decimal(without_exponent(text));
  if (type == "interval") return shown_interval(text);
  if (is_moment(type)) return shown_moment(text, type);
  if (type == "jsonb") return shown_jsonb(text);
  if (type == "uuid") return shown_uuid(text);
  if (type == "bytea") return shown_bytea(text);
  if (type == "inet" || type == "cidr") return shown_address(text, type == "cidr");
  if (type == "regclass" || type == "regproc" || type == "regtype") return shown_object_name(text);
  return std::string(text);
}

}  // namespace relata::syntax::postgres
