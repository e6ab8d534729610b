// Defaults that the column's type takes.

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/convert_steps.h"
#include "dialect/lower.h"
#include "model/questions.h"

namespace relata {
namespace {

/// A default for a column, or why the column cannot have it.
using Fitted = Meaning;

Fitted refused(std::string why) { return {{}, std::move(why)}; }
Fitted taken(Expression expression) { return {std::move(expression), {}}; }

/// Whether the text is digits with, where allowed, a sign, one point and an exponent.
bool is_number(std::string_view text, bool fraction) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool digits = false;
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_ascii_digit(c)) {
      digits = true;
    } else if (c == '.' && fraction && !point) {
      point = true;
    } else if ((c == 'e' || c == 'E') && fraction && digits) {
      return is_number(text.substr(i + 1), false);
    } else {
      return false;
    }
  }
  return digits;
}

/// "3.00" where a whole number is wanted.
std::string whole(const std::string& text) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos || text.find_first_not_of('0', point + 1) != std::string::npos) {
    return text;
  }
  return text.substr(0, point);
}

Fitted fit_number(const Expression& value, const Column& column) {
  const bool fraction = column.type.kind == TypeKind::decimal ||
                        column.type.kind == TypeKind::real ||
                        column.type.kind == TypeKind::double_precision;
  switch (value.operation) {
    case Operation::boolean:
      return taken(expression::number(value.text == "true" ? "1" : "0"));
    case Operation::number:
    case Operation::string: {
      const std::string text(trim(fraction ? value.text : whole(value.text)));
      if (!is_number(text, fraction)) return refused("'" + value.text + "' is no number");
      return taken(expression::number(text));
    }
    default:
      return refused("it is no number");
  }
}

struct FlagRow {
  std::string_view word;
  std::string_view value;
};
constexpr auto flag_words = std::to_array<FlagRow>({
    {"1", "true"},
    {"0", "false"},
    {"t", "true"},
    {"f", "false"},
    {"true", "true"},
    {"false", "false"},
    {"y", "true"},
    {"n", "false"},
    {"yes", "true"},
    {"no", "false"},
    {"on", "true"},
    {"off", "false"},
    {"b'1'", "true"},
    {"b'0'", "false"},
    {"1.0", "true"},
    {"0.0", "false"},
});

Fitted fit_flag(const Expression& value) {
  const std::string word = to_lower(value.text);
  for (const FlagRow& row : flag_words) {
    if (row.word == word)
      return taken(expression::leaf(Operation::boolean, std::string(row.value)));
  }
  return refused("'" + value.text + "' is neither true nor false");
}

bool matches(std::string_view text, std::string_view pattern) {
  return text.size() >= pattern.size() &&
         std::equal(pattern.begin(), pattern.end(), text.begin(), [](char p, char c) {
           return p == '0' ? is_ascii_digit(c) : p == c || (p == ' ' && c == 'T');
         });
}

/// The moment without an offset of zero, which not every engine reads.
std::string without_zero_offset(std::string text) {
  for (const std::string_view offset : {"+00:00", "+0000", "+00", "Z"}) {
    if (text.size() > 19 && text.substr(text.size() - offset.size()) == offset) {
      text.resize(text.size() - offset.size());
      break;
    }
  }
  return text;
}

Fitted fit_moment(const Expression& value, const Column& column) {
  const TypeKind kind = column.type.kind;
  if (value.operation == Operation::now || value.operation == Operation::today) {
    return taken(kind == TypeKind::date ? expression::leaf(Operation::today) : value);
  }
  if (value.operation != Operation::string) return refused("it is no moment");
  const std::string word = to_lower(value.text);
  if (word == "now" || word == "today") {
    return taken(expression::leaf(kind == TypeKind::date ? Operation::today : Operation::now));
  }
  if (word == "epoch") return taken(expression::string("1970-01-01 00:00:00"));
  if (word == "infinity") return taken(expression::string("9999-12-31 23:59:59"));
  if (word == "-infinity") return taken(expression::string("1000-01-01 00:00:00"));
  if (!matches(value.text, "0000-00-00")) return refused("'" + value.text + "' is no date");
  const std::string month = value.text.substr(5, 2);
  const std::string day = value.text.substr(8, 2);
  if (value.text.substr(0, 4) == "0000" || month == "00" || day == "00" || month > "12" ||
      day > "31") {
    return refused("'" + value.text + "' is no day of a calendar");
  }
  if (kind == TypeKind::date) return taken(expression::string(value.text.substr(0, 10)));
  if (value.text.size() == 10) return taken(expression::string(value.text));
  if (!matches(value.text, "0000-00-00 00:00")) return refused("'" + value.text + "' is no moment");
  std::string text = without_zero_offset(value.text);
  if (text.find_first_of("+-", 11) != std::string::npos) {
    return refused("'" + value.text + "' has an offset");
  }
  return taken(expression::string(std::move(text)));
}

Fitted fit_time(const Expression& value) {
  if (value.operation == Operation::string && matches(value.text, "00:00")) return taken(value);
  return refused("'" + value.text + "' is no time of a day");
}

Fitted fit_text(const Expression& value, const Column& column, const SqlDialect& target) {
  switch (value.operation) {
    case Operation::number:
    case Operation::boolean:
    case Operation::string: {
      const auto length = static_cast<std::size_t>(std::max(column.type.length, 0));
      if (column.type.kind != TypeKind::text && length > 0 && code_points(value.text) > length) {
        return refused("'" + value.text + "' is too long");
      }
      if (value.text.find('\0') != std::string::npos) return refused("it holds a zero byte");
      return taken(expression::string(value.text));
    }
    case Operation::now:
    case Operation::today:
    case Operation::new_uuid7:
    case Operation::new_cuid2:
      return taken(value);
    default:
      return value.operation == Operation::sql && value.dialect == target.id()
                 ? taken(value)
                 : refused("it is no text");
  }
}

Fitted fit_label(const Expression& value, const Column& column) {
  const auto& labels = column.type.values;
  if (value.operation == Operation::string &&
      std::find(labels.begin(), labels.end(), value.text) != labels.end()) {
    return taken(value);
  }
  return refused("'" + value.text + "' is none of the labels");
}

Fitted fit_uuid(const Expression& value) {
  if (value.operation == Operation::new_uuid7) return taken(value);
  std::size_t digits = 0;
  for (const char c : value.text) {
    const bool hexadecimal = is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (hexadecimal) {
      ++digits;
    } else if (c != '-') {
      return refused("'" + value.text + "' is no UUID");
    }
  }
  if (value.operation != Operation::string || digits != 32) {
    return refused("'" + value.text + "' is no UUID");
  }
  return taken(value);
}

/// Whether quotes, braces and brackets are closed, and it begins as a JSON value does.
bool looks_like_json(std::string_view text) {
  text = trim(text);
  if (text.empty()) return false;
  if (text == "true" || text == "false" || text == "null" || is_number(text, true)) return true;
  const char first = text.front();
  const char last = text.back();
  if (first == '"') return text.size() > 1 && last == '"';
  if (!((first == '{' && last == '}') || (first == '[' && last == ']'))) return false;
  if (text.size() == 2) return true;
  // An object's members have names in quotes.
  const std::string_view inside = trim(text.substr(1, text.size() - 2));
  return first == '[' || inside.empty() || inside.front() == '"';
}

Fitted fit_json(const Expression& value) {
  if (value.operation != Operation::string || !looks_like_json(value.text)) {
    return refused("'" + value.text + "' is no JSON");
  }
  return taken(value);
}

/// '{a,b}' as '["a","b"]'; a literal with quotes or braces of its own is refused.
Fitted fit_array(const Expression& value, const Type& type) {
  const std::string_view text = trim(value.text);
  if (value.operation != Operation::string || text.size() < 2 || text.front() != '{' ||
      text.back() != '}' || text.substr(1).find_first_of("{\\\"") != std::string_view::npos) {
    return refused("'" + value.text + "' is no array of plain values");
  }
  Type element = type;
  element.array_dimensions = 0;
  const bool numbers = value_class(element) == ValueClass::number;
  std::vector<std::string> elements;
  if (text.size() > 2) {
    for (const std::string_view part : split(text.substr(1, text.size() - 2), ',')) {
      const std::string item(trim(part));
      elements.push_back(numbers && is_number(item, true) ? item : "\"" + item + "\"");
    }
  }
  return taken(expression::string("[" + join(elements, ", ") + "]"));
}

/// The bytes of '\x00ff', as PostgreSQL writes them.
std::optional<std::string> bytes_of_hexadecimal(std::string_view digits) {
  std::string bytes;
  if (digits.size() % 2 != 0) return {};
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    int byte = 0;
    for (const char c : digits.substr(i, 2)) {
      const std::size_t value =
          std::string_view("0123456789abcdef").find(to_lower(std::string(1, c)));
      if (value == std::string_view::npos) return {};
      byte = 16 * byte + static_cast<int>(value);
    }
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

Fitted fit_bytes(const Expression& value, const SqlDialect& target) {
  std::string bytes = value.text;
  if (value.operation != Operation::string && value.operation != Operation::number) {
    return refused("it is no bytes");
  }
  if (bytes.substr(0, 2) == "\\x") {
    auto decoded = bytes_of_hexadecimal(std::string_view(bytes).substr(2));
    if (!decoded) return refused("'" + value.text + "' is no bytes");
    bytes = std::move(*decoded);
  }
  const bool plain = std::all_of(bytes.begin(), bytes.end(),
                                 [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
  if (plain) return taken(expression::string(bytes));
  return taken(sql_expression("(" + target.binary_literal(bytes) + ")", target.id()));
}

Fitted fit_address(const Expression& value) {
  const bool address =
      value.operation == Operation::string && !value.text.empty() &&
      value.text.find_first_not_of("0123456789abcdefABCDEF.:/") == std::string::npos;
  return address ? taken(value) : refused("'" + value.text + "' is no address");
}

Fitted fitted(const Expression& value, const Column& column, const SqlDialect& target) {
  if (column.type.array_dimensions > 0) return fit_array(value, column.type);
  // What the target's own function gives was chosen by its meaning.
  if (value.operation == Operation::sql) return taken(value);
  switch (column.type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_precision:
      return fit_number(value, column);
    case TypeKind::boolean:
      return fit_flag(value);
    case TypeKind::date:
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return fit_moment(value, column);
    case TypeKind::time:
      return fit_time(value);
    case TypeKind::uuid:
      return fit_uuid(value);
    case TypeKind::json:
      return fit_json(value);
    case TypeKind::binary:
      return fit_bytes(value, target);
    case TypeKind::inet:
      return fit_address(value);
    case TypeKind::enumeration:
      return fit_label(value, column);
    default:
      return fit_text(value, column, target);
  }
}

/// ARRAY['a'::text, 'b'::text]::text[] as '{a,b}'.
std::optional<Expression> array_meaning(std::string_view sql, const Lexis& lexis) {
  const auto tokens = tokens_of(sql, lexis);
  if (!tokens || tokens->size() < 3 || to_lower((*tokens)[0].text) != "array") return {};
  std::vector<std::string> elements;
  for (std::size_t i = 2; i < tokens->size() && (*tokens)[i].text != "]"; ++i) {
    const Token& token = (*tokens)[i];
    const bool first = i == 2 || (*tokens)[i - 1].text == ",";
    if (token.kind == TokenKind::string || token.kind == TokenKind::number) {
      if (!first || token.text.find(',') != std::string::npos) return {};
      elements.push_back(token.text);
    } else if (first) {
      return {};
    }
  }
  return expression::string("{" + join(elements, ",") + "}");
}

/// What the default means, before it is looked at with its column.
Meaning meaning_of(const Expression& value, const Conversion& conversion) {
  if (value.operation != Operation::sql) return taken(value);
  if (auto known = well_known_default(value.text, conversion.source, conversion.target)) {
    return taken(std::move(*known));
  }
  if (!value.arguments.empty()) return meaning_of(value.arguments.front(), conversion);
  if (auto literal = literal_meaning(value.text, conversion.source.lexis())) {
    return taken(std::move(*literal));
  }
  if (auto array = array_meaning(value.text, conversion.source.lexis())) {
    return taken(std::move(*array));
  }
  return refused(value.text);
}

void convert_default(Conversion& conversion, Table& table, Column& column) {
  if (column.generated || column.identity) column.default_value.reset();
  if (!column.default_value) return;
  Meaning meaning = meaning_of(*column.default_value, conversion);
  if (meaning.expression && meaning.expression->operation == Operation::null) {
    column.default_value.reset();
    return;
  }
  if (meaning.expression) meaning = fitted(*meaning.expression, column, conversion.target);
  column.default_value = std::move(meaning.expression);
  if (column.default_value) return;
  conversion.losses.warning("default-not-available",
                            "these columns have no default for " + conversion.title() +
                                ", which cannot take the one that they have",
                            column_path(table, column) + " (" + meaning.obstacle + ")",
                            column.origin);
}

}  // namespace

void convert_defaults(Conversion& conversion) {
  for (Table& table : conversion.schema.tables) {
    for (Column& column : table.columns) convert_default(conversion, table, column);
  }
}

}  // namespace relata
