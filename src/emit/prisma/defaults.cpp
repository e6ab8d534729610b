#include "emit/prisma/defaults.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "base/text.h"
#include "emit/code/column_type.h"
#include "emit/prisma/condition.h"
#include "emit/prisma/layout.h"

namespace relata::emit::prisma7 {
namespace {

DefaultValue said(const std::string& value) { return {"@default(" + value + ")", false}; }
DefaultValue generated(std::string_view sql) {
  return said("dbgenerated(" + string_literal(sql) + ")");
}
/// A default without its text: Prisma leaves it to the database and does not compare it.
DefaultValue unsaid() { return {"@default(dbgenerated())", true}; }

/// What stands between the quotes of an SQL string that is nothing else; E'' is not read.
std::optional<std::string> string_of(std::string_view sql) {
  if (sql.size() < 2 || sql.front() != '\'' || sql.back() != '\'') return std::nullopt;
  std::string text;
  for (std::size_t i = 1; i + 1 < sql.size(); ++i) {
    if (sql[i] == '\'' && (i + 2 >= sql.size() || sql[++i] != '\'')) return std::nullopt;
    text += sql[i];
  }
  return text;
}

/// "1e+10", "1.5e-3": the digits with the point where it belongs. Prisma's numbers have no
/// exponents.
std::string without_exponent(std::string_view text) {
  const std::size_t place = text.find_first_of("eE");
  if (place == std::string_view::npos) return std::string(text);
  constexpr int largest = 40;
  const int exponent = std::atoi(std::string(text.substr(place + 1)).c_str());
  if (exponent > largest || exponent < -largest) return std::string(text);
  std::string digits(text.substr(0, place));
  std::string sign;
  if (digits.starts_with('-')) {
    sign = "-";
    digits.erase(0, 1);
  }
  std::size_t point = digits.find('.');
  if (point == std::string::npos) point = digits.size();
  std::erase(digits, '.');
  const int moved = static_cast<int>(point) + exponent;
  if (moved <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-moved), '0') + digits;
  const auto whole = static_cast<std::size_t>(moved);
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  if (digits.size() > whole) digits.insert(whole, ".");
  return sign + digits;
}

std::optional<std::string> number_of(std::string_view whole) {
  const std::string text = without_exponent(whole);
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  const bool plain = text.size() > digits && is_ascii_digit(text[digits]) &&
                     is_ascii_digit(text.back()) &&
                     std::count(text.begin(), text.end(), '.') <= 1 &&
                     std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(),
                                 [](char c) { return is_ascii_digit(c) || c == '.'; });
  if (plain) return text;
  return std::nullopt;
}

std::optional<std::string> boolean_of(std::string_view text) {
  for (const std::string_view word : {"true", "t", "1"}) {
    if (text == word) return "true";
  }
  for (const std::string_view word : {"false", "f", "0"}) {
    if (text == word) return "false";
  }
  return std::nullopt;
}

/// "\x616263" in base 64, as Prisma writes bytes.
std::optional<std::string> base64_of(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (!text.starts_with("\\x") || text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 2; i < text.size(); i += 2) {
    const auto digit = [](char c) -> unsigned {
      return is_ascii_digit(c) ? static_cast<unsigned>(c - '0')
                               : static_cast<unsigned>((c | 0x20) - 'a' + 10);
    };
    bytes += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
  }
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) -> unsigned {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
    };
    const unsigned group = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
    for (std::size_t k = 0; k < 4; ++k) {
      const bool there = i + k <= bytes.size();
      out += there ? letters[(group >> (18U - 6U * k)) & 63U] : '=';
    }
  }
  return out;
}

/// A value of a field's type as a literal of the schema language; nothing when Prisma has none.
std::optional<std::string> literal(const std::string& text, const FieldType& type,
                                   const std::vector<EnumBlock>& enums) {
  if (type.is_enum) {
    const EnumBlock& block = enums[type.enumeration];
    for (std::size_t i = 0; i < block.values.size(); ++i) {
      if (block.values[i] == text) return block.names[i];
    }
    return std::nullopt;
  }
  if (type.name == "String" && type.native != "@db.Uuid") return string_literal(text);
  if (type.name == "Json") return string_literal(text);
  if (type.name == "Boolean") return boolean_of(text);
  if (type.name == "Bytes") {
    const std::optional<std::string> bytes = base64_of(text);
    if (!bytes) return std::nullopt;
    return string_literal(*bytes);
  }
  if (type.name == "DateTime" || !type.supported) return std::nullopt;
  const std::optional<std::string> number = number_of(text);
  const bool whole = type.name == "Int" || type.name == "BigInt";
  if (number && whole && number->find('.') != std::string::npos) return std::nullopt;
  return number;
}

/// The elements of '{a,"b c"}'; nothing for NULL elements and arrays of arrays.
/// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
std::optional<std::vector<std::string>> elements_of(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  std::vector<std::string> elements;
  text = text.substr(1, text.size() - 2);
  if (trim(text).empty()) return elements;
  std::string element;
  bool in_quotes = false;
  bool was_quoted = false;
  const auto finish = [&] {
    if (!was_quoted && to_upper(trim(element)) == "NULL") return false;
    elements.push_back(was_quoted ? element : std::string(trim(element)));
    element.clear();
    was_quoted = false;
    return true;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      element += text[++i];
    } else if (c == '"') {
      in_quotes = !in_quotes;
      was_quoted = true;
    } else if (!in_quotes && c == ',') {
      if (!finish()) return std::nullopt;
    } else if (!in_quotes && (c == '{' || c == '}')) {
      return std::nullopt;
    } else {
      element += c;
    }
  }
  if (!finish()) return std::nullopt;
  return elements;
}

/// The elements of ARRAY['a', 'b'::text]::text[]; nothing where one of them is no constant.
std::optional<std::vector<std::string>> array_elements_of(std::string_view sql) {
  constexpr std::string_view begin = "array[";
  if (!to_lower(sql.substr(0, begin.size())).starts_with(begin)) return std::nullopt;
  sql.remove_prefix(begin.size());
  std::vector<std::string> elements;
  for (;;) {
    while (!sql.empty() && (sql.front() == ' ' || sql.front() == ',')) sql.remove_prefix(1);
    if (sql.empty()) return std::nullopt;
    if (sql.front() == ']') return elements;
    std::size_t end = 0;
    bool in_string = false;
    while (end < sql.size() && (in_string || (sql[end] != ',' && sql[end] != ']'))) {
      if (sql[end] == '\'') in_string = !in_string;
      ++end;
    }
    const std::string_view element = trim(sql.substr(0, end));
    const std::size_t cast = element.rfind("::");
    const std::string_view constant =
        trim(cast != std::string_view::npos && element.find('\'', cast) == std::string_view::npos
                 ? element.substr(0, cast)
                 : element);
    const std::optional<std::string> text = string_of(constant);
    if (!text && !number_of(constant) && !boolean_of(to_lower(constant))) return std::nullopt;
    elements.push_back(text ? *text : std::string(constant));
    sql.remove_prefix(end);
  }
}

DefaultValue list_default(const std::optional<std::vector<std::string>>& elements,
                          const FieldType& type, const std::vector<EnumBlock>& enums) {
  if (!elements || !type.supported) return unsaid();
  std::vector<std::string> values;
  for (const std::string& element : *elements) {
    const std::optional<std::string> value = literal(element, type, enums);
    if (!value) return unsaid();
    values.push_back(*value);
  }
  return said("[" + join(values, ", ") + "]");
}

/// The type without its parentheses, as PostgreSQL casts a constant to it.
std::string cast_type(std::string_view spelling) {
  const std::size_t open = spelling.find('(');
  if (open == std::string_view::npos || spelling.starts_with("interval")) {
    return std::string(spelling);
  }
  const std::size_t close = spelling.find(')', open);
  std::string type(spelling.substr(0, open));
  if (close != std::string_view::npos) type += spelling.substr(close + 1);
  return type;
}

/// Whether an operator stands outside of all parentheses: the server shows it within a pair.
bool has_bare_operator(std::string_view sql) {
  int depth = 0;
  bool in_string = false;
  for (const char c : sql) {
    if (c == '\'') in_string = !in_string;
    if (in_string) continue;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (depth == 0 && std::string_view("+-*/|<>=%").find(c) != std::string_view::npos) return true;
  }
  return false;
}

/// Calls and names only, which the server shows as they were written.
bool is_plain_call(std::string_view sql) {
  return std::all_of(sql.begin(), sql.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) ||
           std::string_view("_.\"(), ").find(c) != std::string_view::npos;
  });
}

/// Whether every constant text has its type behind it, as in the catalog's own texts and those of
/// pg_dump.
bool is_from_catalog(std::string_view sql) {
  if (sql.find("::") == std::string_view::npos) return false;
  bool in_string = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '\'') continue;
    in_string = !in_string;
    const bool ends = !in_string && sql.substr(i + 1, 1) != "'";
    if (ends && sql.substr(i + 1, 2) != "::") return false;
  }
  return true;
}

/// SQL as the server's catalog shows it: that is what Prisma compares.
DefaultValue postgres_expression(const Expression& expression) {
  const std::string& text = expression.text;
  const std::string sql = without_default_namespace(trim(text));
  if (is_from_catalog(sql)) {
    return generated(has_bare_operator(sql) ? "(" + sql + ")" : sql);
  }
  if (is_plain_call(sql)) {
    // A call in parentheses or other letters is a plain one in the catalog.
    const std::string shown = without_default_namespace(expression.canonical);
    return generated(is_plain_call(shown) && !shown.empty() ? shown : sql);
  }
  return unsaid();
}

bool is_integer(const FieldType& type) { return type.name == "Int" || type.name == "BigInt"; }

std::string server_constant(const std::string& value) {
  if (value == "inf") return "Infinity";
  if (value == "-inf") return "-Infinity";
  if (value == "nan") return "NaN";
  return replace_all(value, "'", "''");
}

DefaultValue postgres_default(const Column& column, const FieldType& type,
                              const std::vector<EnumBlock>& enums) {
  const Expression& expression = *column.default_value;
  const std::string& canonical =
      expression.canonical.empty() ? expression.text : expression.canonical;
  const std::string lower = to_lower(trim(canonical));
  if (lower == "null" || lower.starts_with("null::")) return {};
  if (type.name == "DateTime" && !type.list && (lower == "now()" || lower == "current_timestamp")) {
    return said("now()");
  }
  if (lower.starts_with("nextval(") && is_integer(type)) return said("autoincrement()");
  std::optional<std::string> constant = string_of(canonical);
  if (!constant && (canonical == "true" || canonical == "false")) constant = canonical;
  if (!constant && number_of(canonical)) constant = canonical;
  if (type.list) {
    return list_default(
        constant ? elements_of(*constant) : array_elements_of(trim(expression.text)), type, enums);
  }
  if (!constant) return postgres_expression(expression);
  if (const std::optional<std::string> value = literal(*constant, type, enums)) return said(*value);
  return generated("'" + server_constant(*constant) + "'::" + cast_type(column.type.spelling));
}

/// The digits in the parentheses of datetime(3) or CURRENT_TIMESTAMP(3); "0" without any.
std::string precision_of(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::size_t close = text.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 1) {
    return "0";
  }
  return std::string(text.substr(open + 1, close - open - 1));
}

DefaultValue mysql_default(const Column& column, const FieldType& type,
                           const std::vector<EnumBlock>& enums) {
  const Expression& expression = *column.default_value;
  const Expression* neutral = meaning(expression);
  const std::string lower = to_lower(trim(expression.text));
  if (lower == "null") return {};
  const bool clock = lower.starts_with("current_timestamp") || lower.starts_with("now(");
  if (clock && type.name == "DateTime" &&
      precision_of(lower) == precision_of(column.type.spelling)) {
    return said("now()");
  }
  const bool constant = neutral != nullptr && (neutral->operation == Operation::string ||
                                               neutral->operation == Operation::number ||
                                               neutral->operation == Operation::boolean);
  // Texts and JSON take an expression only.
  const bool in_row = column.type.spelling.find("text") == std::string::npos &&
                      type.name != "Json" && type.name != "Bytes";
  if (constant && in_row) {
    if (const auto value = literal(neutral->text, type, enums)) return said(*value);
  }
  if (clock || (constant && in_row) || expression.text.starts_with('(')) {
    return generated(expression.text);
  }
  return generated("(" + expression.text + ")");
}

DefaultValue sqlite_default(const Column& column, const FieldType& type,
                            const std::vector<EnumBlock>& enums) {
  const Expression& expression = *column.default_value;
  const Expression* neutral = meaning(expression);
  const std::string lower = to_lower(trim(expression.text));
  if (lower == "null") return {};
  if (lower == "current_timestamp" && type.name == "DateTime") return said("now()");
  const bool constant = neutral != nullptr && (neutral->operation == Operation::string ||
                                               neutral->operation == Operation::number ||
                                               neutral->operation == Operation::boolean);
  if (!constant) return unsaid();
  if (const auto value = literal(neutral->text, type, enums)) return said(*value);
  return type.name == "String" ? unsaid() : generated(expression.text);
}

}  // namespace

DefaultValue default_value(const Schema& schema, const Column& column, const FieldType& type,
                           const std::vector<EnumBlock>& enums) {
  if (column.identity) return said("autoincrement()");
  // A generated column is read only; Prisma takes it for one with a default.
  if (column.generated) return unsaid();
  if (!column.default_value) return {};
  DefaultValue value = schema.dialect == "mysql"    ? mysql_default(column, type, enums)
                       : schema.dialect == "sqlite" ? sqlite_default(column, type, enums)
                                                    : postgres_default(column, type, enums);
  return value;
}

}  // namespace relata::emit::prisma7
