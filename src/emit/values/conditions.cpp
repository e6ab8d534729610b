#include "emit/values/conditions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "emit/values/comparisons.h"
#include "emit/values/regular_expression.h"

namespace relata::emit {
namespace {

using expression::call;
using expression::leaf;

constexpr std::array comparisons{
    Opposite{Operation::equal, Operation::not_equal, Operation::equal},
    Opposite{Operation::not_equal, Operation::equal, Operation::not_equal},
    Opposite{Operation::less, Operation::greater_or_equal, Operation::greater},
    Opposite{Operation::less_or_equal, Operation::greater, Operation::greater_or_equal},
    Opposite{Operation::greater, Operation::less_or_equal, Operation::less},
    Opposite{Operation::greater_or_equal, Operation::less, Operation::less_or_equal},
};

/// Turns SQL's three truth values into two.
class Passing {
 public:
  Passing(const RowType& row, const std::vector<bool>& guarded) : row_(row), guarded_(guarded) {}

  /// Whether the condition is not the opposite of what is wanted.
  [[nodiscard]] Expression condition(const Expression& e, bool wanted) const {
    switch (e.operation) {
      case Operation::all_of:
      case Operation::any_of: {
        std::vector<Expression> parts;
        for (const Expression& part : e.arguments) parts.push_back(condition(part, wanted));
        return joined((e.operation == Operation::all_of) == wanted, std::move(parts));
      }
      case Operation::negate:
        return condition(e.arguments.front(), !wanted);
      case Operation::boolean:
        return truth((e.text == "true") == wanted);
      case Operation::null:
        return truth(true);
      case Operation::is_null:
      case Operation::is_not_null:
        return nullness(e, (e.operation == Operation::is_null) == wanted);
      case Operation::column:
        return guarded(e, wanted ? e : call(Operation::negate, {e}));
      case Operation::in:
      case Operation::matches_like:
      case Operation::sql:
        return guarded(e, wanted ? e : call(Operation::negate, {e}));
      default:
        return compared(e, wanted);
    }
  }

 private:
  static Expression truth(bool value) { return leaf(Operation::boolean, value ? "true" : "false"); }

  /// The parts joined by AND or OR, without those that change nothing.
  static Expression joined(bool all, std::vector<Expression> parts) {
    const Operation operation = all ? Operation::all_of : Operation::any_of;
    std::vector<Expression> kept;
    for (Expression& part : parts) {
      if (part.operation == Operation::boolean) {
        if ((part.text == "true") == all) continue;
        return part;
      }
      if (part.operation == operation) {
        kept.insert(kept.end(), part.arguments.begin(), part.arguments.end());
      } else {
        kept.push_back(std::move(part));
      }
    }
    std::vector<Expression> distinct;
    for (Expression& part : kept) {
      if (std::find(distinct.begin(), distinct.end(), part) == distinct.end()) {
        distinct.push_back(std::move(part));
      }
    }
    if (distinct.empty()) return truth(all);
    if (distinct.size() == 1) return std::move(distinct.front());
    return call(operation, std::move(distinct));
  }

  [[nodiscard]] Expression nullness(const Expression& e, bool null) const {
    const auto place = row_.places.at(e.arguments.front().text);
    // A member that can be left out is not told apart from NULL.
    if (!row_.columns[place].nullable) return truth(!null);
    return call(null ? Operation::is_null : Operation::is_not_null, {e.arguments.front()});
  }

  [[nodiscard]] Expression compared(const Expression& e, bool wanted) const {
    const Opposite& row = *comparison(e.operation);
    const Operation operation = wanted ? row.operation : row.negated;
    if (is_condition(e.arguments[0]) && is_condition(e.arguments[1]) &&
        e.arguments[0].operation != Operation::column) {
      return call(operation, {condition(e.arguments[0], true), condition(e.arguments[1], true)});
    }
    return guarded(e, ordered(operation, without_blanks(e.arguments[0], e.arguments[1]),
                              without_blanks(e.arguments[1], e.arguments[0])));
  }

  /// The value as its collation compares it with an empty text.
  [[nodiscard]] Expression without_blanks(const Expression& e, const Expression& other) const {
    const RowColumn* column = column_of(e, row_);
    const bool empty = other.operation == Operation::string && other.text.empty();
    if (!empty || column == nullptr || !column->value.ignores_blanks) return e;
    return call(Operation::trimmed, {e});
  }

  [[nodiscard]] bool has_not_a_number(const Expression& e) const {
    const RowColumn* column = column_of(e, row_);
    return column != nullptr && column->value.shape == Shape::floating &&
           column->value.not_a_number;
  }

  /// NaN is greater than everything to PostgreSQL, and nothing to programs.
  [[nodiscard]] Expression ordered(Operation operation, const Expression& left,
                                   const Expression& right) const {
    const Opposite& row = *comparison(operation);
    if (has_not_a_number(right) && !has_not_a_number(left)) {
      return ordered(row.mirrored, right, left);
    }
    const bool upwards =
        operation == Operation::greater || operation == Operation::greater_or_equal;
    if (upwards && has_not_a_number(left)) {
      return call(Operation::negate, {call(row.negated, {left, right})});
    }
    return call(operation, {left, right});
  }

  /// The condition, or true where a value in it is NULL.
  [[nodiscard]] Expression guarded(const Expression& e, Expression condition) const {
    std::vector<std::size_t> places;
    strict_columns(e, places);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<Expression> parts;
    for (const std::size_t place : places) {
      if (!guarded_[place]) continue;
      parts.push_back(
          call(Operation::is_null, {expression::column(row_.columns[place].column->name)}));
    }
    parts.push_back(std::move(condition));
    return joined(false, std::move(parts));
  }

  /// The columns whose NULL makes the whole unknown.
  void strict_columns(const Expression& e, std::vector<std::size_t>& places) const {
    if (e.operation == Operation::count_set) return;
    if (e.operation == Operation::column) {
      places.push_back(row_.places.at(e.text));
      return;
    }
    for (const Expression& part : e.arguments) strict_columns(part, places);
  }

  const RowType& row_;
  const std::vector<bool>& guarded_;
};

bool add_bounds(const Expression& e, std::vector<Bound>& bounds) {
  if (e.operation == Operation::all_of) {
    return std::all_of(e.arguments.begin(), e.arguments.end(),
                       [&](const Expression& part) { return add_bounds(part, bounds); });
  }
  if (!is_order(e.operation)) return false;
  const Expression* left = &e.arguments[0];
  const Expression* right = &e.arguments[1];
  Operation operation = e.operation;
  if (left->operation == Operation::number) {
    std::swap(left, right);
    operation = comparison(operation)->mirrored;
  }
  if (right->operation != Operation::number) return false;
  const bool of_length = left->operation == Operation::length_of;
  if (of_length) left = &left->arguments.front();
  if (left->operation != Operation::column) return false;
  bounds.push_back({operation, right->text, of_length});
  return true;
}

/// Whether it tells NULL from other values.
bool looks_at_null(const Expression& e) {
  if (e.operation == Operation::is_null || e.operation == Operation::is_not_null ||
      e.operation == Operation::count_set) {
    return true;
  }
  return std::any_of(e.arguments.begin(), e.arguments.end(), looks_at_null);
}

}  // namespace

const Opposite* comparison(Operation operation) {
  const auto found = std::find_if(comparisons.begin(), comparisons.end(),
                                  [&](const Opposite& row) { return row.operation == operation; });
  return found == comparisons.end() ? nullptr : &*found;
}

bool is_order(Operation operation) {
  return comparison(operation) != nullptr && operation != Operation::equal &&
         operation != Operation::not_equal;
}

const RowColumn* column_of(const Expression& value, const RowType& row) {
  if (value.operation != Operation::column) return nullptr;
  const auto place = row.places.find(value.text);
  return place == row.places.end() ? nullptr : &row.columns[place->second];
}

bool is_condition(const Expression& e) {
  switch (e.operation) {
    case Operation::all_of:
    case Operation::any_of:
    case Operation::negate:
    case Operation::is_null:
    case Operation::is_not_null:
    case Operation::in:
    case Operation::matches_like:
      return true;
    case Operation::sql:
      return is_regular_expression(e);
    default:
      return comparison(e.operation) != nullptr;
  }
}

Comparable comparable(const Value& value) {
  if (value.dimensions > 0) return Comparable::other;
  switch (value.shape) {
    case Shape::text:
      return Comparable::text;
    case Shape::integer:
      return value.wide ? Comparable::wide : Comparable::number;
    case Shape::floating:
      return Comparable::number;
    case Shape::decimal:
      return Comparable::decimal;
    case Shape::boolean:
      return Comparable::boolean;
    case Shape::date:
      return value.unbound ? Comparable::other : Comparable::date;
    case Shape::time:
      return value.zone || !value.day_long || value.unbound ? Comparable::other : Comparable::time;
    case Shape::moment:
      return value.unbound ? Comparable::other : Comparable::moment;
    default:
      return Comparable::other;
  }
}

Comparable comparable(const Expression& e, const RowType& row) {
  switch (e.operation) {
    case Operation::string:
      return Comparable::literal;
    case Operation::boolean:
      return Comparable::boolean;
    case Operation::trimmed:
    case Operation::lower:
    case Operation::upper:
      return Comparable::text;
    case Operation::column:
      break;
    default:
      return Comparable::number;
  }
  const RowColumn* column = column_of(e, row);
  return column == nullptr ? Comparable::other : comparable(column->value);
}

Expression passing_condition(const RowCheck& check, const RowType& row,
                             const std::vector<bool>& guarded) {
  return Passing(row, guarded).condition(check.meaning, true);
}

std::string like_expression(std::string_view pattern, bool any_case, std::string_view end) {
  const bool open_begin = pattern.starts_with('%');
  std::string out;
  bool open_end = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    open_end = c == '%';
    if (c == '%') {
      if (i == 0 || pattern[i - 1] == '%') continue;
      if (i + 1 < pattern.size()) out += ".*";
      continue;
    }
    if (c == '_') {
      out += '.';
      continue;
    }
    if (c == '\\' && i + 1 < pattern.size()) c = pattern[++i];
    constexpr std::string_view special = "\\^$.*+?()[]{}|/";
    if (any_case && is_ascii_letter(c)) {
      out += "[" + to_lower(std::string(1, c)) + to_upper(std::string(1, c)) + "]";
    } else if (c == '\n') {
      out += "\\n";
    } else {
      if (special.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return (open_begin ? "" : "^") + out + (open_end ? std::string() : std::string(end));
}

std::string_view without_zero_fraction(std::string_view text) {
  const std::size_t point = text.find('.');
  const bool zeros = point != std::string_view::npos &&
                     text.find_first_not_of('0', point + 1) == std::string_view::npos;
  return zeros ? text.substr(0, point) : text;
}

bool is_plain_moment(std::string_view text, Comparable kind) {
  text = without_zero_fraction(text);
  const auto has_form = [&](std::string_view part, std::string_view form) {
    if (part.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
      if (form[i] == '0' ? !is_ascii_digit(part[i]) : part[i] != form[i]) return false;
    }
    return true;
  };
  const auto number = [](std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
  };
  const auto is_date = [&](std::string_view part) {
    if (!has_form(part, "0000-00-00")) return false;
    const int year = number(part.substr(0, 4));
    const int month = number(part.substr(5, 2));
    const int day = number(part.substr(8, 2));
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const std::array days{31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return year > 0 && month > 0 && month <= 12 && day > 0 &&
           day <= days[static_cast<std::size_t>(month - 1)];
  };
  const auto is_time = [&](std::string_view part) {
    return has_form(part, "00:00:00") && number(part.substr(0, 2)) < 24 &&
           number(part.substr(3, 2)) < 60 && number(part.substr(6, 2)) < 60;
  };
  switch (kind) {
    case Comparable::date:
      return is_date(text);
    case Comparable::time:
      return is_time(text);
    case Comparable::moment:
      if (text.size() <= 10) return is_date(text);
      return is_date(text.substr(0, 10)) && text[10] == ' ' && is_time(text.substr(11));
    default:
      return false;
  }
}

std::vector<Bound> bounds_of(const RowCheck& check) {
  std::vector<Bound> bounds;
  if (check.columns.size() != 1 || !add_bounds(check.meaning, bounds)) return {};
  return bounds;
}

bool is_of_column(const RowCheck& check, const RowType& row) {
  return check.columns.size() == 1 && row.columns[check.columns.front()].value.dimensions == 0 &&
         !looks_at_null(check.meaning);
}

}  // namespace relata::emit
