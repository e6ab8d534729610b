#include <string_view>

#include "base/text.h"
#include "syntax/sqlite/meaning.h"
#include "syntax/sqlite/tokens.h"

namespace relata::syntax::sqlite {
namespace {

using expression::leaf;
using Meaning = std::optional<Expression>;

enum class Family { text, number, truth, moment, other };

Family family_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character:
    case TypeKind::json:
    case TypeKind::uuid:
    case TypeKind::inet:
    case TypeKind::enumeration:
      return Family::text;
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_precision:
      return Family::number;
    case TypeKind::boolean:
      return Family::truth;
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
    case TypeKind::interval:
      return Family::moment;
    default:
      return Family::other;
  }
}

bool looks_like_number(std::string_view text) {
  text = trim(text);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         text != ".";
}

/// Truth as people write it into a text.
Meaning truth_of(std::string_view text) {
  const std::string lower = to_lower(text);
  for (const std::string_view word : {"1", "t", "true", "y", "yes", "on"}) {
    if (lower == word) return leaf(Operation::boolean, "true");
  }
  for (const std::string_view word : {"0", "f", "false", "n", "no", "off"}) {
    if (lower == word) return leaf(Operation::boolean, "false");
  }
  return {};
}

/// A constant as a value of the column's type; nothing when it is none.
Meaning fitted(Expression value, Family family) {
  switch (value.operation) {
    case Operation::number:
      if (family == Family::text) return expression::string(value.text);
      if (family == Family::truth) return truth_of(value.text);
      if (family == Family::number) return value;
      return {};
    case Operation::string:
      if (family == Family::truth) return truth_of(value.text);
      if (family == Family::number) {
        if (!looks_like_number(value.text)) return {};
        return expression::number(std::string(trim(value.text)));
      }
      if (family == Family::moment) {
        if (to_lower(value.text) == "now") return leaf(Operation::now);
        if (value.text.empty() || !is_ascii_digit(value.text.front()) ||
            value.text.starts_with("0000")) {
          return {};
        }
      }
      return value;
    case Operation::boolean:
      if (family == Family::number) {
        return expression::number(value.text == "true" ? "1" : "0");
      }
      if (family == Family::text) return expression::string(value.text == "true" ? "1" : "0");
      return family == Family::truth ? Meaning(value) : Meaning();
    case Operation::now:
    case Operation::today:
      if (family == Family::moment) return value;
      return {};
    case Operation::null:
      return value;
    default:
      return {};
  }
}

}  // namespace

Meaning default_meaning(std::string_view sql, const Type& type) {
  // DEFAULT takes a word without quotes for a string.
  const std::vector<Token> tokens = tokenize_without_comments(sql);
  Meaning value = meaning_of(sql, {}, false);
  if (!value && tokens.size() == 1 && tokens.front().is_name()) {
    value = expression::string(name_of(tokens.front()));
  }
  return value ? fitted(std::move(*value), family_of(type.kind)) : Meaning();
}

}  // namespace relata::syntax::sqlite
