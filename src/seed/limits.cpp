#include "seed/limits.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace relata::seed {
namespace {

/// SQL that was read stands for what it means.
const Expression& meaning_of(const Expression& expression) {
  const bool is_read = expression.operation == Operation::sql && expression.arguments.size() == 1;
  return is_read ? meaning_of(expression.arguments.front()) : expression;
}

bool is_column(const Expression& expression, std::string_view column) {
  const Expression& meant = meaning_of(expression);
  if (meant.operation == Operation::trimmed || meant.operation == Operation::lower ||
      meant.operation == Operation::upper) {
    return !meant.arguments.empty() && is_column(meant.arguments.front(), column);
  }
  return meant.operation == Operation::column && meant.text == column;
}

bool is_length(const Expression& expression, std::string_view column) {
  const Expression& meant = meaning_of(expression);
  return meant.operation == Operation::length_of && !meant.arguments.empty() &&
         is_column(meant.arguments.front(), column);
}

/// A comparison as it reads with its sides exchanged.
Operation mirrored(Operation operation) {
  static constexpr std::array<std::pair<Operation, Operation>, 4> pairs{
      std::pair{Operation::less, Operation::greater},
      std::pair{Operation::greater, Operation::less},
      std::pair{Operation::less_or_equal, Operation::greater_or_equal},
      std::pair{Operation::greater_or_equal, Operation::less_or_equal}};
  for (const auto& [one, other] : pairs) {
    if (one == operation) return other;
  }
  return operation;
}

bool is_lower_bound(Operation operation) {
  return operation == Operation::greater || operation == Operation::greater_or_equal;
}

bool is_strict(Operation operation) {
  return operation == Operation::greater || operation == Operation::less;
}

void narrow_number(Limits& limits, Operation operation, double bound) {
  if (operation == Operation::equal) {
    limits.lowest = limits.highest = bound;
  } else if (is_lower_bound(operation)) {
    const double lowest = bound + (is_strict(operation) ? 1 : 0);
    limits.lowest = std::max(limits.lowest.value_or(lowest), lowest);
  } else {
    const double highest = bound - (is_strict(operation) ? 1 : 0);
    limits.highest = std::min(limits.highest.value_or(highest), highest);
  }
  if (limits.lowest && limits.highest && *limits.lowest > *limits.highest) {
    const double middle = (*limits.lowest + *limits.highest) / 2;
    limits.lowest = limits.highest = middle;
  }
}

void narrow_length(Limits& limits, Operation operation, double bound) {
  const auto whole = static_cast<std::size_t>(std::max(bound, 0.0));
  if (operation == Operation::equal) limits.shortest = limits.longest = whole;
  if (operation == Operation::greater) limits.shortest = whole + 1;
  if (operation == Operation::greater_or_equal) limits.shortest = whole;
  if (operation == Operation::less) limits.longest = std::max<std::size_t>(whole, 1) - 1;
  if (operation == Operation::less_or_equal) limits.longest = whole;
}

void narrow_by_comparison(Limits& limits, Operation operation, const Expression& left,
                          const Expression& right, std::string_view column) {
  const Expression& bound = meaning_of(right);
  if (bound.operation == Operation::number) {
    const double number = std::strtod(bound.text.c_str(), nullptr);
    if (is_length(left, column)) narrow_length(limits, operation, number);
    if (is_column(left, column)) narrow_number(limits, operation, number);
  } else if (bound.operation == Operation::string && is_column(left, column)) {
    if (operation == Operation::equal) {
      limits.values = {bound};
    } else if (operation == Operation::not_equal) {
      if (bound.text.empty()) limits.shortest = std::max<std::size_t>(limits.shortest, 1);
    } else {
      (is_lower_bound(operation) ? limits.earliest : limits.latest) = bound.text;
    }
  }
}

bool is_null_test(const Expression& expression, std::string_view column) {
  const Expression& meant = meaning_of(expression);
  return meant.operation == Operation::is_null && !meant.arguments.empty() &&
         is_column(meant.arguments.front(), column);
}

void narrow_by(Limits& limits, const Expression& expression, std::string_view column) {
  const Expression& meant = meaning_of(expression);
  const std::vector<Expression>& arguments = meant.arguments;
  switch (meant.operation) {
    case Operation::all_of:
      for (const Expression& part : arguments) narrow_by(limits, part, column);
      break;
    case Operation::any_of:
      // One way to satisfy it is enough, and NULL is none that a column that is demanded has.
      for (const Expression& part : arguments) {
        if (is_null_test(part, column)) continue;
        narrow_by(limits, part, column);
        break;
      }
      break;
    case Operation::in:
      if (arguments.size() > 1 && is_column(arguments.front(), column)) {
        limits.values.assign(arguments.begin() + 1, arguments.end());
      }
      break;
    case Operation::matches_like:
      if (!arguments.empty() && is_column(arguments.front(), column)) limits.like = meant.text;
      break;
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_or_equal:
    case Operation::greater:
    case Operation::greater_or_equal:
      if (arguments.size() != 2) break;
      narrow_by_comparison(limits, meant.operation, arguments[0], arguments[1], column);
      narrow_by_comparison(limits, mirrored(meant.operation), arguments[1], arguments[0], column);
      break;
    default:
      break;
  }
}

}  // namespace

void narrow(Limits& limits, const std::vector<Check>& checks, std::string_view column) {
  for (const Check& check : checks) narrow_by(limits, check.expression, column);
}

}  // namespace relata::seed
