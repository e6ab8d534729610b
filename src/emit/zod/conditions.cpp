#include "emit/zod/conditions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/values/regular_expression.h"
#include "emit/values/typescript_text.h"

namespace relata::emit::zod {
namespace {

std::string_view sign(Operation operation) {
  switch (operation) {
    case Operation::equal:
      return " === ";
    case Operation::not_equal:
      return " !== ";
    case Operation::less:
      return " < ";
    case Operation::less_or_equal:
      return " <= ";
    case Operation::greater:
      return " > ";
    case Operation::greater_or_equal:
      return " >= ";
    case Operation::add:
      return " + ";
    case Operation::subtract:
      return " - ";
    case Operation::multiply:
      return " * ";
    default:
      return " ";
  }
}

bool is_equality(Operation operation) {
  return operation == Operation::equal || operation == Operation::not_equal;
}

/// Digits as JavaScript takes them: no zeros before other digits.
std::string number_literal(std::string_view digits) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  while (digits.size() > 1 && digits[0] == '0' && is_ascii_digit(digits[1])) {
    digits.remove_prefix(1);
  }
  return (negative ? "-" : "") + std::string(digits);
}

}  // namespace

std::string ConditionWriter::column(const std::string& name) const {
  return only_value_ ? "value" : "row." + row_.columns[row_.places.at(name)].member;
}

const RowColumn& ConditionWriter::column_under(const Expression& expression) const {
  const Expression* inner = &expression;
  while (inner->operation != Operation::column) inner = &inner->arguments.front();
  return row_.columns[row_.places.at(inner->text)];
}

std::string ConditionWriter::list(const Expression& e) const {
  const bool wide = comparable(e.arguments.front(), row_) == Comparable::wide;
  std::vector<std::string> items;
  for (std::size_t i = 1; i < e.arguments.size(); ++i) {
    const Expression& item = e.arguments[i];
    items.push_back(item.operation == Operation::string
                        ? typescript_string(item.text)
                        : number_literal(item.text) + (wide ? "n" : ""));
  }
  const RowColumn& column = column_under(e.arguments.front());
  const bool typed = !column.value.choices.empty();
  return std::string(typed ? "(" : "") + "[" + join(items, ", ") + "]" +
         (typed ? " as string[])" : "");
}

std::string ConditionWriter::joined(const Expression& e) const {
  const bool all = e.operation == Operation::all_of;
  std::string out;
  for (const Expression& part : e.arguments) {
    if (!out.empty()) out += all ? " && " : " || ";
    const bool inner = part.operation == Operation::all_of || part.operation == Operation::any_of;
    out += inner ? "(" + condition(part) + ")" : condition(part);
  }
  return out;
}

std::string ConditionWriter::condition(const Expression& e) const {
  switch (e.operation) {
    case Operation::all_of:
    case Operation::any_of:
      return joined(e);
    case Operation::negate:
      return "!" + operand(e.arguments.front());
    case Operation::boolean:
      return e.text;
    case Operation::column:
      return column(e.text);
    case Operation::is_null:
      return column(e.arguments.front().text) + " === null";
    case Operation::is_not_null:
      return column(e.arguments.front().text) + " !== null";
    case Operation::in:
      return list(e) + ".includes(" + column(e.arguments.front().text) + ")";
    case Operation::matches_like: {
      const bool any_case = column_under(e.arguments.front()).value.likes_any_case;
      return "/" + like_expression(e.text, any_case, "$") + "/su.test(" +
             value(e.arguments.front()) + ")";
    }
    case Operation::sql:
      return "/" + portable_regular_expression(e.text, "$").value_or("") + "/" +
             (e.canonical.empty() ? "su" : "isu") + ".test(" + value(e.arguments.front()) + ")";
    default:
      return comparison(e);
  }
}

/// A condition behind "!".
std::string ConditionWriter::operand(const Expression& e) const {
  const bool plain = e.operation == Operation::column || e.operation == Operation::in ||
                     e.operation == Operation::matches_like || e.operation == Operation::sql;
  return plain ? condition(e) : "(" + condition(e) + ")";
}

std::string ConditionWriter::as_decimal(const Expression& e) const {
  if (e.operation == Operation::number) return typescript_string(e.text);
  if (comparable(e, row_) == Comparable::decimal) return value(e);
  return "String(" + value(e) + ")";
}

std::string ConditionWriter::as_ordered(const Expression& e, Comparable kind) const {
  switch (kind) {
    case Comparable::date:
      return helpers_.use("dayOrder") + "(" + value(e) + ")";
    case Comparable::time:
      return helpers_.use("secondOrder") + "(" + value(e) + ")";
    default:
      if (e.operation == Operation::string) {
        const std::string text = replace_all(without_zero_fraction(e.text), " ", "T");
        const bool whole = text.find('T') != std::string::npos;
        return "Date.parse('" + text + (whole ? "Z" : "T00:00:00Z") + "')";
      }
      return value(e) + ".getTime()";
  }
}

std::string ConditionWriter::comparison(const Expression& e) const {
  const Expression& left = e.arguments[0];
  const Expression& right = e.arguments[1];
  const std::string_view by = sign(e.operation);
  if (is_condition(left)) {
    return "(" + condition(left) + ")" + std::string(by) + "(" + condition(right) + ")";
  }
  const Comparable one = comparable(left, row_);
  const Comparable two = comparable(right, row_);
  const Comparable kind = one == Comparable::literal ? two : one;
  if (one == Comparable::decimal || two == Comparable::decimal) {
    return helpers_.use("compareDecimals") + "(" + as_decimal(left) + ", " + as_decimal(right) +
           ")" + std::string(by) + "0";
  }
  if (kind == Comparable::date || kind == Comparable::time || kind == Comparable::moment) {
    return as_ordered(left, kind) + std::string(by) + as_ordered(right, kind);
  }
  const auto wide_literal = [&](const Expression& side, Comparable other) {
    const bool whole = side.text.find('.') == std::string::npos;
    return side.operation == Operation::number && other == Comparable::wide && whole;
  };
  std::string from = value(left);
  std::string to = value(right);
  if (wide_literal(left, two)) from += "n";
  if (wide_literal(right, one)) to += "n";
  // TypeScript refuses === between the two kinds of numbers.
  if (is_equality(e.operation) && one != two && left.operation != Operation::number &&
      right.operation != Operation::number && kind != Comparable::text) {
    if (one == Comparable::number) from = "BigInt(" + from + ")";
    if (two == Comparable::number) to = "BigInt(" + to + ")";
  }
  // ... and between a union and a text outside of it.
  const auto outside = [&](const Expression& column, const Expression& text) {
    if (column.operation != Operation::column || text.operation != Operation::string) return false;
    const std::vector<std::string>& choices = column_under(column).value.choices;
    return !choices.empty() &&
           std::find(choices.begin(), choices.end(), text.text) == choices.end();
  };
  if (outside(left, right)) from = "(" + from + " as string)";
  if (outside(right, left)) to = "(" + to + " as string)";
  return from + std::string(by) + to;
}

std::string ConditionWriter::value(const Expression& e) const {
  const auto binary = [&] {
    std::string out;
    for (const Expression& part : e.arguments) {
      if (!out.empty()) out += sign(e.operation);
      const bool inner = part.operation == Operation::add ||
                         part.operation == Operation::subtract ||
                         part.operation == Operation::multiply;
      out += inner ? "(" + value(part) + ")" : value(part);
    }
    return out;
  };
  switch (e.operation) {
    case Operation::column:
      return column(e.text);
    case Operation::string:
      return typescript_string(e.text);
    case Operation::number:
      return number_literal(e.text);
    case Operation::boolean:
      return e.text;
    case Operation::length_of:
      return helpers_.use("characters") + "(" + value(e.arguments.front()) + ")";
    case Operation::trimmed:
      return value(e.arguments.front()) + ".replace(/^ +| +$/g, '')";
    case Operation::lower:
    case Operation::upper: {
      const std::string name = e.operation == Operation::lower ? "toLowerCase" : "toUpperCase";
      const std::string inner = value(e.arguments.front());
      if (!column_under(e).value.ascii_case) return inner + "." + name + "()";
      return inner + ".replace(/[A-Za-z]+/g, (letters) => letters." + name + "())";
    }
    case Operation::absolute:
      return "Math.abs(" + value(e.arguments.front()) + ")";
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
      return binary();
    case Operation::count_set: {
      std::vector<std::string> columns;
      for (const Expression& part : e.arguments) columns.push_back(column(part.text));
      return helpers_.use("given") + "(" + join(columns, ", ") + ")";
    }
    default:
      return "null";
  }
}

}  // namespace relata::emit::zod
