// What becomes of a column's values, and what that costs. Source: MariaDB Knowledge Base, "InnoDB
// Online DDL Operations with the INSTANT Alter Algorithm"; MySQL 8.0 manual, "Online DDL
// Operations".
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "migrate/mysql/cost.h"
#include "model/questions.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/character_widths.h"
#include "syntax/mysql/tokens.h"
#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

namespace sql = syntax::mysql;

bool is_virtual(const Column& column) { return column.generated && !column.generated->stored; }

std::string collation_of(const Column& column, const Table& table) {
  if (!sql::has_character_set(column.type)) return {};
  if (has_option(column.options, "BINARY")) return "binary of its character set";
  return sql::effective_collation(column, table);
}

/// The labels of an enum or set.
std::vector<std::string> labels_of(const Type& type) {
  std::vector<std::string> labels;
  for (const sql::Token& token : sql::tokenize(type.spelling)) {
    if (token.kind == sql::TokenKind::string) labels.push_back(sql::string_value(token.text));
  }
  return labels;
}

/// How many bytes the values of an enum or set take. MySQL manual, "Data Type Storage
/// Requirements".
std::size_t label_bytes(std::string_view base, std::size_t labels) {
  if (base == "enum") return labels > 255 ? 2 : 1;
  const std::size_t bytes = (labels + 7) / 8;
  return bytes > 4 ? 8 : bytes;
}

bool only_gains_labels(const Type& from, const Type& to) {
  const std::string_view base = sql::base_type(from);
  if (base != sql::base_type(to) || (base != "enum" && base != "set")) return false;
  const auto before = labels_of(from);
  const auto after = labels_of(to);
  return before.size() <= after.size() && std::equal(before.begin(), before.end(), after.begin()) &&
         label_bytes(base, before.size()) == label_bytes(base, after.size());
}

/// Most bytes that a varchar of this column takes; nothing where its character set is not known.
std::optional<std::size_t> bytes_of(const Column& column, const Table& table) {
  const std::string collation = collation_of(column, table);
  const std::size_t width =
      collation.empty() ? 0 : sql::bytes_per_character(sql::character_set_of(collation));
  if (width == 0) return std::nullopt;
  return static_cast<std::size_t>(column.type.length) * width;
}

/// A varchar keeps its length in one byte up to 255 bytes, in two above.
constexpr std::size_t one_byte_length = 255;

/// What a varchar that only grows, or whose utf8mb3 becomes utf8mb4, takes.
std::optional<Cost> cost_of_growth(const Column& from, const Table& from_table, const Column& to,
                                   const Table& to_table, bool indexed, const Traits& traits) {
  if (sql::base_type(from.type) != "varchar" || sql::base_type(to.type) != "varchar") return {};
  if (to.type.length < from.type.length) return {};
  const std::string before = collation_of(from, from_table);
  const std::string after = collation_of(to, to_table);
  const bool widened = sql::character_set_of(before) == "utf8mb3" &&
                       sql::character_set_of(after) == "utf8mb4" && !indexed;
  if (before != after && !widened) return {};
  const auto from_bytes = bytes_of(from, from_table);
  const auto to_bytes = bytes_of(to, to_table);
  // Where the character set is not known, a character takes one to four bytes.
  const bool crosses =
      from_bytes.value_or(static_cast<std::size_t>(from.type.length)) <= one_byte_length &&
      to_bytes.value_or(static_cast<std::size_t>(to.type.length) * 4) > one_byte_length;
  if (widened) return crosses ? Cost::copy : Cost::widening;
  if (!crosses) return Cost::metadata;
  return rebuild_of(traits) == Cost::rebuild ? Cost::long_widening : Cost::copy;
}

bool is_indexed(const Table& table, const Column& column) {
  const std::string name = to_lower(column.name);
  const auto is_it = [&](const std::string& other) { return to_lower(other) == name; };
  if (table.primary_key &&
      std::any_of(table.primary_key->columns.begin(), table.primary_key->columns.end(), is_it)) {
    return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return std::any_of(index.parts.begin(), index.parts.end(),
                       [&](const IndexPart& part) { return is_it(part.expression.text); });
  });
}

/// The server does not rebuild a table where NULL would become what it must work out for each row.
Cost cost_of_nullability(const Column& from, const Column& to, const Traits& traits) {
  if (from.nullable == to.nullable) return Cost::instant;
  if (traits.indexed_generated) return Cost::copy;
  const bool worked_out = !to.nullable && to.default_value &&
                          (to.default_value->text.find('(') != std::string::npos ||
                           to_lower(to.default_value->text).starts_with("current_timestamp"));
  return worked_out ? Cost::copy : rebuild_of(traits);
}

/// The checks that stand with the column.
std::vector<const Check*> checks_of(const Table& table, const Column& column) {
  std::vector<const Check*> checks;
  for (const Check& check : table.checks) {
    if (check.column == column.name) checks.push_back(&check);
  }
  return checks;
}

bool has_new_checks(const Column& from, const Table& from_table, const Column& to,
                    const Table& to_table) {
  const auto before = checks_of(from_table, from);
  for (const Check* check : checks_of(to_table, to)) {
    const bool known = std::any_of(before.begin(), before.end(), [&](const Check* other) {
      return other->expression == check->expression;
    });
    if (!known) return true;
  }
  return false;
}

bool same_storage(const Column& from, const Column& to) {
  constexpr std::array names{"COMPRESSED", "SRID", "WITHOUT SYSTEM VERSIONING"};
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    return has_option(from.options, name) == has_option(to.options, name) &&
           option_value(from.options, name) == option_value(to.options, name);
  });
}

// What values types hold, for telling what does not fit.

struct IntegerRange {
  int bits = 0;
  bool is_unsigned = false;
};
std::optional<IntegerRange> integer_range(const Type& type) {
  constexpr std::array<std::pair<std::string_view, int>, 5> sizes{
      {{"tinyint", 8}, {"smallint", 16}, {"mediumint", 24}, {"int", 32}, {"bigint", 64}}};
  for (const auto& [name, bits] : sizes) {
    if (sql::base_type(type) == name) {
      return IntegerRange{bits, type.spelling.find("unsigned") != std::string::npos};
    }
  }
  return {};
}

bool holds(const IntegerRange& to, const IntegerRange& from) {
  if (to.is_unsigned && !from.is_unsigned) return false;
  if (from.is_unsigned && !to.is_unsigned) return to.bits > from.bits;
  return to.bits >= from.bits;
}

/// Most bytes or characters that a text or binary type holds; nothing for other types.
std::optional<std::size_t> longest_text(const Type& type) {
  const std::string_view base = sql::base_type(type);
  constexpr std::array<std::pair<std::string_view, std::size_t>, 8> sizes{
      {{"tinytext", 255},
       {"text", 65535},
       {"mediumtext", 16777215},
       {"longtext", 4294967295},
       {"tinyblob", 255},
       {"blob", 65535},
       {"mediumblob", 16777215},
       {"longblob", 4294967295}}};
  for (const auto& [name, size] : sizes) {
    if (base == name) return size;
  }
  if (base == "json") return sizes[3].second;
  if (base.ends_with("char") || base.ends_with("binary")) {
    return static_cast<std::size_t>(std::max(type.length, 1));
  }
  return {};
}

bool holds_bytes(const Type& type) {
  const std::string_view base = sql::base_type(type);
  return base.ends_with("blob") || base.ends_with("binary");
}

/// Longest text of a value of a type that is not a text.
std::optional<std::size_t> longest_spelling(const Type& type) {
  if (integer_range(type)) return 20;
  const std::string_view base = sql::base_type(type);
  if (base == "decimal") return static_cast<std::size_t>(type.precision) + 2;
  if (base == "date") return 10;
  if (base == "datetime" || base == "timestamp") return 26;
  if (base == "time") return 17;
  if (base == "year") return 4;
  if (base == "uuid") return 36;
  if (base == "enum" || base == "set") {
    std::size_t longest = 0;
    for (const std::string& label : labels_of(type)) {
      longest = base == "set" ? longest + label.size() + 1 : std::max(longest, label.size());
    }
    return longest;
  }
  return {};
}

int digits_of_fraction(const Type& type) {
  const std::string_view base = sql::base_type(type);
  if (base != "datetime" && base != "timestamp" && base != "time") return 0;
  const std::size_t open = type.spelling.find('(');
  return open == std::string::npos ? 0 : type.spelling[open + 1] - '0';
}

/// Whether every value of `from` is also one of `to`, as far as the types tell.
bool holds_all(const Type& to, const Type& from) {
  if (to.spelling == from.spelling) return true;
  const std::string_view before = sql::base_type(from);
  const std::string_view after = sql::base_type(to);
  if (const auto range = integer_range(from)) {
    if (const auto other = integer_range(to)) return holds(*other, *range);
    if (after == "decimal") return to.precision - to.scale >= (range->bits * 3 + 9) / 10;
    if (after == "double") return range->bits <= 32;
  }
  if (before == "decimal" && after == "decimal") {
    return to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale;
  }
  if (before == "float" && after == "double") return true;
  if (const auto size = longest_text(from)) {
    const auto other = longest_text(to);
    // What is not a text must be read from it: whether every value can be, only the rows tell.
    if (!other || after == "json") return before == "json" && after == "json";
    return *other >= *size && holds_bytes(from) == holds_bytes(to);
  }
  if (before == "enum" || before == "set") {
    const auto labels = labels_of(from);
    const auto others = labels_of(to);
    if (before == after) {
      return std::all_of(labels.begin(), labels.end(), [&](const std::string& label) {
        return std::find(others.begin(), others.end(), label) != others.end();
      });
    }
  }
  if (before == after && (before == "datetime" || before == "timestamp" || before == "time")) {
    return digits_of_fraction(to) >= digits_of_fraction(from);
  }
  if (before == "timestamp" && after == "datetime") {
    return digits_of_fraction(to) >= digits_of_fraction(from);
  }
  if (before == "date" && after == "datetime") return true;
  const auto spelled = longest_spelling(from);
  const auto room = longest_text(to);
  return spelled && room && *room >= *spelled && after != "json";
}

/// Whether every character of one character set is in the other.
bool holds_characters(std::string_view to, std::string_view from) {
  if (to == from || from.empty() || to.empty()) return true;
  constexpr std::array whole{"utf8mb4", "utf16", "utf16le", "utf32"};
  if (std::find(whole.begin(), whole.end(), to) != whole.end()) return true;
  if (from == "ascii") return true;
  const bool three_bytes = to == "utf8mb3" || to == "ucs2";
  return three_bytes && std::find(whole.begin(), whole.end(), from) == whole.end();
}

/// Types whose values the server takes from texts and from themselves only. Measured on MariaDB
/// 10.11: error 4078.
std::string_view closed_kind(const Type& type) {
  static constexpr std::array<std::string_view, 9> shapes{
      "geometry",        "point",        "linestring",         "polygon",       "multipoint",
      "multilinestring", "multipolygon", "geometrycollection", "geomcollection"};
  const std::string_view base = sql::base_type(type);
  if (base == "uuid" || base == "inet4" || base == "inet6") return base;
  return std::find(shapes.begin(), shapes.end(), base) == shapes.end() ? "" : "geometry";
}

bool takes_values(const Type& to, const Type& from) {
  const bool text = longest_text(from).has_value() || longest_text(to).has_value() ||
                    !labels_of(from).empty() || !labels_of(to).empty();
  return text || closed_kind(from) == closed_kind(to);
}

}  // namespace

bool can_modify(const Column& from, const Column& to) {
  if (is_period_bound(from) || is_period_bound(to)) return false;
  if (!takes_values(to.type, from.type)) return false;
  return is_virtual(from) == is_virtual(to);
}

bool changes_values(const Column& from, const Table& from_table, const Column& to,
                    const Table& to_table) {
  return from.type.spelling != to.type.spelling ||
         collation_of(from, from_table) != collation_of(to, to_table) ||
         from.generated != to.generated || !same_storage(from, to);
}

Cost cost_of_modifying(const Column& from, const Table& from_table, const Column& to,
                       const Table& to_table, const Traits& traits) {
  if (!traits.innodb) return Cost::copy;
  if (!from.identity && to.identity) return Cost::copy;
  if (has_new_checks(from, from_table, to, to_table)) return Cost::copy;
  if (from.generated != to.generated) {
    const bool same_type = from.type.spelling == to.type.spelling;
    const bool indexed = is_indexed(from_table, from) || is_indexed(to_table, to);
    return is_virtual(from) && is_virtual(to) && same_type && !indexed ? Cost::instant : Cost::copy;
  }
  if (!same_storage(from, to)) return Cost::copy;
  const Cost nullability = cost_of_nullability(from, to, traits);
  const bool same_text = collation_of(from, from_table) == collation_of(to, to_table);
  if (from.type.spelling != to.type.spelling || !same_text) {
    const bool indexed = is_indexed(from_table, from) || is_indexed(to_table, to);
    if (const auto growth = cost_of_growth(from, from_table, to, to_table, indexed, traits)) {
      return together(*growth, nullability);
    }
    if (same_text && only_gains_labels(from.type, to.type)) {
      return together(Cost::instant, nullability);
    }
    return Cost::copy;
  }
  const bool only_default = from.comment == to.comment && from.invisible == to.invisible &&
                            from.on_update == to.on_update &&
                            from.identity.has_value() == to.identity.has_value();
  return together(only_default ? Cost::instant : Cost::metadata, nullability);
}

std::string narrowing(const Column& from, const Table& from_table, const Column& to,
                      const Table& to_table) {
  if (from.generated) return {};
  if (to.generated) return "the values, which are computed from now on";
  if (!holds_all(to.type, from.type)) return "values that " + to.type.spelling + " does not hold";
  const std::string before = sql::character_set_of(collation_of(from, from_table));
  const std::string after = sql::character_set_of(collation_of(to, to_table));
  if (!holds_characters(after, before)) return "characters that " + after + " does not have";
  return {};
}

}  // namespace relata::migrate::mysql
