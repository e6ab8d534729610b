#include "design/short_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "design/names.h"
#include "design/short_form_tokens.h"

namespace relata::design {
namespace {

constexpr int longest_text = 10'000'000;  ///< MySQL's LONGTEXT aside, no engine bounds more.
constexpr int most_digits = 1000;         ///< PostgreSQL's limit of NUMERIC(p); others hold fewer.

/// The words that may follow a field's type; the error message and the suggestion list them.
const std::vector<std::string_view>& property_words() {
  static const std::vector<std::string_view> words{"required", "optional", "unique", "indexed",
                                                   "encrypted"};
  return words;
}

std::string type_form(const FieldType& type) {
  std::string out(name_of(type.kind));
  if (type.kind == FieldKind::enumeration) return out + "(" + quote_words(type.values) + ")";
  if (type.kind == FieldKind::native) return out + "(" + in_quotes(type.native) + ")";
  if (type.precision > 0 || type.scale > 0)
    return out + fmt::format("({}, {})", type.precision, type.scale);
  if (type.length > 0) return out + fmt::format("({})", type.length);
  return out;
}

tl::unexpected<ShortFormError> fail(ShortFormError error) {
  return tl::make_unexpected(std::move(error));
}

std::optional<int> whole_number(std::string_view digits, int largest) {
  int value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = result.ec == std::errc() && result.ptr == digits.data() + digits.size();
  if (!whole || value < 0 || value > largest) return std::nullopt;
  return value;
}

/// "(40)", "(12, 2)", "(todo, done)" after the type's name.
ShortForm<FieldType> take_parameters(ShortFormCursor& cursor, FieldType type) {
  const ShortFormError place = cursor.error_here("");
  const bool takes_any = type.kind == FieldKind::text || type.kind == FieldKind::decimal ||
                         type.kind == FieldKind::enumeration || type.kind == FieldKind::native;
  if (!cursor.take("(")) {
    if (type.kind == FieldKind::native) {
      return fail(
          cursor.error_here("the engine's own type is missing here", "write native(\"tsvector\")"));
    }
    if (type.kind != FieldKind::enumeration) return type;
    return fail(
        cursor.error_here("the values of this enum are missing", "write enum(first, second)"));
  }
  if (!takes_any) {
    ShortFormError error = place;
    error.message = "'" + std::string(name_of(type.kind)) + "' takes nothing in parentheses";
    return fail(std::move(error));
  }
  ShortForm<std::vector<std::string>> list = cursor.take_list();
  if (!list) return fail(list.error());
  if (type.kind == FieldKind::enumeration) {
    type.values = std::move(*list);
    return type;
  }
  if (type.kind == FieldKind::native) {
    type.native = join(*list, ", ");
    return type;
  }
  const bool is_text = type.kind == FieldKind::text;
  const int largest = is_text ? longest_text : most_digits;
  std::vector<int> numbers;
  for (const std::string& word : *list) {
    if (const std::optional<int> number = whole_number(word, largest)) numbers.push_back(*number);
  }
  ShortFormError error = place;
  error.end = cursor.position();
  error.message = is_text ? "the length must be one whole number from 1 to 10000000"
                          : "digits in all and after the point must be whole numbers to 1000";
  error.help = is_text ? "write text(40), or text for any length" : "write decimal(12, 2)";
  if (numbers.size() != list->size()) return fail(std::move(error));
  if (is_text && (numbers.size() != 1 || numbers[0] == 0)) return fail(std::move(error));
  if (!is_text && (numbers.empty() || numbers.size() > 2 || numbers[0] == 0))
    return fail(std::move(error));
  if (is_text) {
    type.length = numbers[0];
    return type;
  }
  type.precision = numbers[0];
  type.scale = numbers.size() == 2 ? numbers[1] : 0;
  if (type.scale <= type.precision) return type;
  error.message = "more digits after the point than in all";
  return fail(std::move(error));
}

ShortForm<FieldType> take_type(ShortFormCursor& cursor) {
  ShortFormError error = cursor.error_here("a type is missing here", "such as text, date, money");
  const std::optional<std::string> word = cursor.take_word();
  if (!word) return fail(std::move(error));
  const std::optional<FieldKind> kind = field_kind_of(*word);
  if (!kind) {
    error.message = "unknown type '" + *word + "'";
    error.replacement = std::string(suggest_field_kind(*word));
    error.help = error.replacement.empty()
                     ? "types are " + fmt::format("{}", fmt::join(field_kind_names(), ", "))
                     : "did you mean '" + error.replacement + "'?";
    return fail(std::move(error));
  }
  FieldType type;
  type.kind = *kind;
  return take_parameters(cursor, std::move(type));
}

ShortForm<double> take_bound(ShortFormCursor& cursor) {
  ShortFormError error = cursor.error_here("a number is missing here");
  const std::optional<std::string> word = cursor.take_word();
  if (!word) return fail(std::move(error));
  double value = 0;
  const auto result = std::from_chars(word->data(), word->data() + word->size(), value);
  if (result.ec == std::errc() && result.ptr == word->data() + word->size() && std::isfinite(value))
    return value;
  error.message = "'" + *word + "' is not a number";
  return fail(std::move(error));
}

/// The default is the last of a short form: everything after "=".
ShortForm<std::string> take_default(ShortFormCursor& cursor) {
  const std::string_view rest = trim(cursor.rest());
  if (rest.empty()) return fail(cursor.error_here("the default value is missing"));
  if (rest.front() != '"') return std::string(rest);
  const ShortFormError place = cursor.error_here("the default's closing quote is missing");
  const std::optional<std::string> word = cursor.take_word();
  if (!word) return fail(place);
  if (!cursor.at_end()) return fail(cursor.error_here("nothing may follow the default value"));
  return *word;
}

ShortFormError unknown_property(const ShortFormCursor& cursor) {
  ShortFormError error = cursor.error_here("");
  ShortFormCursor ahead(cursor);
  const std::string word = ahead.take_word().value_or(std::string(cursor.rest().substr(0, 1)));
  error.message = "'" + word + "' is no property of a field";
  if (word.size() < 40) error.replacement = std::string(nearest(word, property_words()));
  error.help = error.replacement.empty()
                   ? "a type may be followed by required, unique, indexed, encrypted, >= least, "
                     "<= most, = default"
                   : "did you mean '" + error.replacement + "'?";
  return error;
}

std::string default_form(const std::string& value) {
  const bool plain = trim(value) == value && value.front() != '"' &&
                     std::none_of(value.begin(), value.end(),
                                  [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return plain ? value : in_quotes(value);
}

/// Words with `separator` between them.
ShortForm<std::vector<std::string>> take_names(ShortFormCursor& cursor,
                                               std::string_view separator) {
  std::vector<std::string> names;
  do {
    std::optional<std::string> name = cursor.take_word();
    if (!name) return fail(cursor.error_here("a name is missing here"));
    names.push_back(std::move(*name));
  } while (cursor.take(separator));
  return names;
}

}  // namespace

std::string field_form(const Field& field) {
  std::string out = type_form(field.type);
  if (field.required) out += " required";
  if (field.unique) out += " unique";
  if (field.indexed) out += " indexed";
  if (field.encrypted) out += " encrypted";
  if (field.minimum) out += fmt::format(" >= {}", *field.minimum);
  if (field.maximum) out += fmt::format(" <= {}", *field.maximum);
  if (!field.default_value.empty()) out += " = " + default_form(field.default_value);
  return out;
}

ShortForm<Field> parse_field(std::string_view text) {
  ShortFormCursor cursor(text);
  Field field;
  ShortForm<FieldType> type = take_type(cursor);
  if (!type) return fail(type.error());
  field.type = std::move(*type);
  while (!cursor.at_end()) {
    const bool least = cursor.rest().starts_with(">=");
    if (cursor.take(">=") || cursor.take("<=")) {
      const ShortForm<double> bound = take_bound(cursor);
      if (!bound) return fail(bound.error());
      (least ? field.minimum : field.maximum) = *bound;
    } else if (cursor.take("=")) {
      ShortForm<std::string> value = take_default(cursor);
      if (!value) return fail(value.error());
      field.default_value = std::move(*value);
      return field;
    } else if (cursor.take_keyword("required")) {
      field.required = true;
    } else if (cursor.take_keyword("optional")) {
      field.required = false;
    } else if (cursor.take_keyword("unique")) {
      field.unique = true;
    } else if (cursor.take_keyword("indexed")) {
      field.indexed = true;
    } else if (cursor.take_keyword("encrypted")) {
      field.encrypted = true;
    } else {
      return fail(unknown_property(cursor));
    }
  }
  return field;
}

std::string key_form(const UniqueKey& key) {
  return (key.primary ? "primary(" : "unique(") + quote_words(key.fields) + ")";
}

ShortForm<UniqueKey> parse_key(std::string_view text) {
  ShortFormCursor cursor(text);
  UniqueKey key;
  key.primary = cursor.take_keyword("primary");
  if ((!key.primary && !cursor.take_keyword("unique")) || !cursor.take("("))
    return fail(cursor.error_here("not a key", "write unique(a, b) or primary(a)"));
  ShortForm<std::vector<std::string>> fields = cursor.take_list();
  if (!fields) return fail(fields.error());
  if (!cursor.at_end()) return fail(cursor.error_here("nothing may follow the fields of a key"));
  key.fields = std::move(*fields);
  return key;
}

std::string index_form(const IndexWish& index) {
  std::string out;
  for (const std::string& field : index.fields) {
    if (!out.empty()) out += ", ";
    const bool descending = field.starts_with('-');
    out += quote_word(descending ? field.substr(1) : field);
    if (descending) out += " desc";
  }
  if (index.only_active) out += " where active";
  return out;
}

ShortForm<IndexWish> parse_index(std::string_view text) {
  ShortFormCursor cursor(text);
  IndexWish index;
  do {
    std::optional<std::string> name = cursor.take_word();
    if (!name) return fail(cursor.error_here("a field's name is missing here"));
    const bool descending = cursor.take_keyword("desc");
    index.fields.push_back((descending ? "-" : "") + *name);
    if (!descending) cursor.take_keyword("asc");
  } while (cursor.take(","));
  if (cursor.take_keyword("where")) {
    if (!cursor.take_keyword("active"))
      return fail(cursor.error_here("an index knows only 'where active'"));
    index.only_active = true;
  }
  if (!cursor.at_end())
    return fail(cursor.error_here("not understood here", "write a, b desc where active"));
  return index;
}

std::string polymorphic_form(const PolymorphicReference& reference) {
  std::string out;
  for (const std::string& target : reference.targets) {
    if (!out.empty()) out += " | ";
    out += quote_word(target);
  }
  return out + (reference.required ? " required" : "");
}

ShortForm<PolymorphicReference> parse_polymorphic(std::string_view text) {
  ShortFormCursor cursor(text);
  PolymorphicReference reference;
  ShortForm<std::vector<std::string>> targets = take_names(cursor, "|");
  if (!targets) return fail(targets.error());
  reference.targets = std::move(*targets);
  reference.required = cursor.take_keyword("required");
  if (!reference.required) cursor.take_keyword("optional");
  if (!cursor.at_end())
    return fail(cursor.error_here("not understood here", "write Task | Project required"));
  return reference;
}

}  // namespace relata::design
