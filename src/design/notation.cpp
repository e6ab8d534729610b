#include "design/notation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace relata::design {
namespace {

/// Minus sign, box drawing line (also heavy), en dash and em dash: what people and word processors
/// write for the line of an arrow.
constexpr std::array<std::string_view, 5> dashes{"-", "\u2500", "\u2501", "\u2013", "\u2014"};

/// Walks over the text; every `take_` function either consumes what it names or leaves the place.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
      rest_.remove_prefix(1);
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  /// A keyword in any case that a blank, a parenthesis or the end follows.
  bool take_keyword(std::string_view keyword) {
    Cursor ahead(*this);
    if (to_lower(ahead.take_name()) != keyword) return false;
    *this = ahead;
    skip_blanks();
    return true;
  }

  /// Number of dashes at this place.
  std::size_t take_dashes() {
    std::size_t count = 0;
    while (take_dash()) ++count;
    return count;
  }

  /// Letters, digits and underscores of any script, and not digits alone; else empty.
  std::string_view take_name() {
    std::size_t length = 0;
    while (length < rest_.size() && is_name_byte(length)) ++length;
    const std::string_view name = rest_.substr(0, length);
    if (std::all_of(name.begin(), name.end(), is_ascii_digit)) return {};
    rest_.remove_prefix(length);
    return name;
  }

  /// Up to six digits; nothing when there are none or more.
  std::optional<int> take_number() {
    std::size_t length = 0;
    int value = 0;
    while (length < rest_.size() && is_ascii_digit(rest_[length])) {
      if (length == 6) return std::nullopt;
      value = value * 10 + (rest_[length] - '0');
      ++length;
    }
    if (length == 0) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }

 private:
  bool take_dash() {
    for (std::string_view dash : dashes) {
      if (take(dash)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_name_byte(std::size_t at) const {
    const char c = rest_[at];
    if (is_ascii_letter(c) || is_ascii_digit(c) || c == '_') return true;
    if (static_cast<unsigned char>(c) < 0x80) return false;
    for (std::string_view dash : dashes) {
      if (rest_.substr(at).starts_with(dash)) return false;
    }
    return true;
  }

  std::string_view rest_;
};

/// `*`, `+`, `?`, `n`, `3`, `0..1`, `1..*`.
std::optional<Multiplicity> take_multiplicity(Cursor& cursor) {
  if (cursor.take("*")) return many_optional;
  if (cursor.take("+")) return one_or_more;
  if (cursor.take("?")) return zero_or_one;
  const std::optional<int> first = cursor.take_number();
  if (!first) {
    // "1--N", "N--M" as in Chen's diagrams; a longer word is a name and no multiplicity.
    Cursor ahead(cursor);
    const std::string letter = to_lower(ahead.take_name());
    if (letter != "n" && letter != "m") return std::nullopt;
    cursor = ahead;
    return many_optional;
  }
  if (!cursor.take("..")) {
    if (*first == 0) return std::nullopt;
    return Multiplicity{*first, *first};
  }
  Multiplicity multiplicity{*first, std::nullopt};
  if (cursor.take("*")) return multiplicity;
  const std::optional<int> last = cursor.take_number();
  if (!last || *last == 0 || *last < *first) return std::nullopt;
  multiplicity.maximum = *last;
  return multiplicity;
}

/// Words that follow the right end in parentheses: `via X`, `column x_no`, `formerly y_no`,
/// `on delete cascade`, `identifying`.
bool take_properties(Cursor& cursor, Relationship& relationship) {
  do {
    cursor.skip_blanks();
    if (cursor.take_keyword("via")) {
      relationship.via = cursor.take_name();
      if (relationship.via.empty()) return false;
    } else if (cursor.take_keyword("column")) {
      relationship.column = cursor.take_name();
      if (relationship.column.empty()) return false;
    } else if (cursor.take_keyword("formerly")) {
      relationship.formerly = cursor.take_name();
      if (relationship.formerly.empty()) return false;
    } else if (cursor.take_keyword("identifying")) {
      relationship.identifying = true;
    } else if (cursor.take_keyword("on")) {
      if (!cursor.take_keyword("delete")) return false;
      if (cursor.take_keyword("cascade")) {
        relationship.on_delete = OnDelete::cascade;
      } else if (cursor.take_keyword("restrict")) {
        relationship.on_delete = OnDelete::restrict;
      } else if (cursor.take_keyword("set") && cursor.take_keyword("null")) {
        relationship.on_delete = OnDelete::set_null;
      } else {
        return false;
      }
    } else {
      return false;
    }
    cursor.skip_blanks();
  } while (cursor.take(","));
  return cursor.take(")");
}

/// `Name` or `Name as role`.
std::optional<RelationshipEnd> take_end(Cursor& cursor) {
  RelationshipEnd end;
  end.entity = cursor.take_name();
  if (end.entity.empty()) return std::nullopt;
  cursor.skip_blanks();
  if (cursor.take_keyword("as")) {
    end.role = cursor.take_name();
    if (end.role.empty()) return std::nullopt;
    cursor.skip_blanks();
  }
  return end;
}

/// "pages 1-3" is a range of numbers: a single minus sign between plain numbers is an arrow only
/// as "1-1".
bool looks_like_range(const Multiplicity& left, const Multiplicity& right, std::size_t dash_count) {
  const auto plain = [](const Multiplicity& m) { return m.maximum && m.minimum == *m.maximum; };
  const bool one_to_one = left == exactly_one && right == exactly_one;
  return dash_count == 1 && plain(left) && plain(right) && !one_to_one;
}

/// `1──*` with the multiplicities of the left and the right end.
std::optional<std::pair<Multiplicity, Multiplicity>> take_line(Cursor& cursor) {
  const std::optional<Multiplicity> left = take_multiplicity(cursor);
  if (!left) return std::nullopt;
  cursor.skip_blanks();
  const std::size_t count = cursor.take_dashes();
  if (count == 0) return std::nullopt;
  cursor.skip_blanks();
  const std::optional<Multiplicity> right = take_multiplicity(cursor);
  if (!right || looks_like_range(*left, *right, count)) return std::nullopt;
  return std::pair{*left, *right};
}

std::string text_of(const Multiplicity& m) {
  if (!m.maximum) return m.minimum == 0 ? "*" : std::to_string(m.minimum) + "..*";
  if (m.minimum == *m.maximum) return std::to_string(m.minimum);
  return std::to_string(m.minimum) + ".." + std::to_string(*m.maximum);
}

std::string text_of(const RelationshipEnd& end) {
  return end.role.empty() ? end.entity : end.entity + " as " + end.role;
}

std::string_view text_of(OnDelete action) {
  switch (action) {
    case OnDelete::unspecified:
      return "";
    case OnDelete::restrict:
      return "on delete restrict";
    case OnDelete::cascade:
      return "on delete cascade";
    case OnDelete::set_null:
      return "on delete set null";
  }
  return "";
}

}  // namespace

std::optional<std::vector<Relationship>> parse_arrows(std::string_view text) {
  Cursor cursor(trim(text));
  std::vector<Relationship> relationships;
  std::optional<RelationshipEnd> left = take_end(cursor);
  if (!left) return std::nullopt;
  while (!cursor.at_end() && !cursor.rest().starts_with(':')) {
    const auto line = take_line(cursor);
    if (!line) return std::nullopt;
    cursor.skip_blanks();
    std::optional<RelationshipEnd> right = take_end(cursor);
    if (!right) return std::nullopt;
    Relationship relationship;
    relationship.left = *left;
    relationship.left.multiplicity = line->first;
    relationship.right = *right;
    relationship.right.multiplicity = line->second;
    if (cursor.take("(") && !take_properties(cursor, relationship)) return std::nullopt;
    cursor.skip_blanks();
    relationships.push_back(std::move(relationship));
    // In a chain the middle entity's role names its end of the arrow before it only.
    left = RelationshipEnd{right->entity, {}, {}};
  }
  if (relationships.empty()) return std::nullopt;
  if (cursor.take(":")) relationships.back().label = trim(cursor.rest());
  return relationships;
}

std::string arrow(const Relationship& relationship) {
  std::string text = text_of(relationship.left) + " " + text_of(relationship.left.multiplicity) +
                     "\u2500\u2500" + text_of(relationship.right.multiplicity) + " " +
                     text_of(relationship.right);
  std::vector<std::string> properties;
  if (!relationship.via.empty()) properties.push_back("via " + relationship.via);
  if (!relationship.column.empty()) properties.push_back("column " + relationship.column);
  if (!relationship.formerly.empty()) properties.push_back("formerly " + relationship.formerly);
  if (relationship.identifying) properties.emplace_back("identifying");
  if (relationship.on_delete != OnDelete::unspecified)
    properties.emplace_back(text_of(relationship.on_delete));
  if (!properties.empty()) text += " (" + join(properties, ", ") + ")";
  if (!relationship.label.empty()) text += " : " + relationship.label;
  return text;
}

}  // namespace relata::design
