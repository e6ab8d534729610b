#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "emit/values/comparisons.h"
#include "emit/values/conditions.h"
#include "emit/values/regular_expression.h"

namespace relata::emit {
namespace {

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("-.0123456789") == std::string_view::npos;
}

/// Says whether a check can be worked out in a program with the same result as in the database.
class Examiner {
 public:
  explicit Examiner(const RowType& row) : row_(row) {}

  [[nodiscard]] bool condition(const Expression& e) const {
    const auto all = [&] {
      return std::all_of(e.arguments.begin(), e.arguments.end(),
                         [&](const Expression& part) { return condition(part); });
    };
    switch (e.operation) {
      case Operation::all_of:
      case Operation::any_of:
        return !e.arguments.empty() && all();
      case Operation::negate:
        return all();
      case Operation::boolean:
      case Operation::null:
        return true;
      case Operation::column:
        return comparable(e, row_) == Comparable::boolean;
      case Operation::is_null:
      case Operation::is_not_null:
        return column_of(e.arguments.front(), row_) != nullptr;
      case Operation::in:
        return listing(e);
      case Operation::matches_like:
        return like(e);
      case Operation::sql:
        return is_regular_expression(e) && matched(e);
      default:
        return comparison(e.operation) != nullptr && compared(e);
    }
  }

 private:
  [[nodiscard]] bool compared(const Expression& e) const {
    const Expression& left = e.arguments[0];
    const Expression& right = e.arguments[1];
    // (a IS NULL) = (b IS NULL): neither side is unknown.
    if (never_unknown(left) && never_unknown(right)) return !is_order(e.operation);
    if (is_condition(left) || is_condition(right)) return false;
    if (!value(left) || !value(right)) return false;
    const Comparable one = comparable(left, row_);
    const Comparable two = comparable(right, row_);
    const Comparable kind = one == Comparable::literal ? two : one;
    const Expression* literal = one == Comparable::literal   ? &left
                                : two == Comparable::literal ? &right
                                                             : nullptr;
    switch (kind) {
      case Comparable::text:
        if (is_order(e.operation)) return false;
        return (two == Comparable::text || literal != nullptr) && texts_agree(left, right);
      case Comparable::date:
      case Comparable::time:
      case Comparable::moment:
        if (literal != nullptr) return is_plain_moment(literal->text, kind);
        return one == two;
      case Comparable::number:
      case Comparable::wide:
      case Comparable::decimal:
        return literal == nullptr && is_number(one) && is_number(two);
      case Comparable::boolean:
        return one == two && !is_order(e.operation);
      default:
        return false;
    }
  }

  static bool is_number(Comparable kind) {
    return kind == Comparable::number || kind == Comparable::wide || kind == Comparable::decimal;
  }

  [[nodiscard]] bool never_unknown(const Expression& e) const {
    return (e.operation == Operation::is_null || e.operation == Operation::is_not_null) &&
           column_of(e.arguments.front(), row_) != nullptr;
  }

  /// Whether two equal texts are equal to the database, and only they: its collation may fold case.
  [[nodiscard]] bool texts_agree(const Expression& left, const Expression& right) const {
    const RowColumn* column = column_under(left);
    if (column == nullptr) column = column_under(right);
    if (column == nullptr || column->value.padded) return false;
    if (column->value.folds_case && column->value.choices.empty()) {
      const bool empty = (right.operation == Operation::string && right.text.empty()) ||
                         (left.operation == Operation::string && left.text.empty());
      return empty;
    }
    return true;
  }

  [[nodiscard]] const RowColumn* column_under(const Expression& e) const {
    const Expression* inner = &e;
    while (inner->operation != Operation::column && !inner->arguments.empty()) {
      inner = &inner->arguments.front();
    }
    return column_of(*inner, row_);
  }

  [[nodiscard]] bool listing(const Expression& e) const {
    const RowColumn* column = column_of(e.arguments.front(), row_);
    if (column == nullptr) return false;
    const Comparable kind = comparable(e.arguments.front(), row_);
    const bool text = kind == Comparable::text && !column->value.padded &&
                      (!column->value.folds_case || !column->value.choices.empty());
    const bool number = kind == Comparable::number || kind == Comparable::wide;
    if (!text && !number) return false;
    return std::all_of(e.arguments.begin() + 1, e.arguments.end(), [&](const Expression& item) {
      if (text) return item.operation == Operation::string;
      return item.operation == Operation::number &&
             (kind == Comparable::number || item.text.find('.') == std::string::npos);
    });
  }

  [[nodiscard]] bool like(const Expression& e) const {
    const RowColumn* column = column_under(e.arguments.front());
    if (column == nullptr || column->value.padded) return false;
    if (!value(e.arguments.front()) || comparable(e.arguments.front(), row_) != Comparable::text)
      return false;
    return !column->value.folds_case || !has_letters(e.text);
  }

  [[nodiscard]] bool matched(const Expression& e) const {
    const RowColumn* column = column_of(e.arguments.front(), row_);
    return column != nullptr && !column->value.padded && !column->value.folds_case &&
           comparable(e.arguments.front(), row_) == Comparable::text;
  }

  [[nodiscard]] bool value(const Expression& e) const {
    switch (e.operation) {
      case Operation::column:
        return column_of(e, row_) != nullptr && comparable(e, row_) != Comparable::other;
      case Operation::string:
        return true;
      case Operation::number:
        return is_digits(e.text);
      case Operation::boolean:
        return true;
      case Operation::length_of: {
        const RowColumn* column = column_under(e);
        return column != nullptr && !column->value.padded && value(e.arguments.front()) &&
               comparable(e.arguments.front(), row_) == Comparable::text;
      }
      case Operation::trimmed:
      case Operation::lower:
      case Operation::upper:
        return value(e.arguments.front()) &&
               comparable(e.arguments.front(), row_) == Comparable::text &&
               column_under(e) != nullptr;
      case Operation::absolute:
        return value(e.arguments.front()) &&
               comparable(e.arguments.front(), row_) == Comparable::number;
      case Operation::add:
      case Operation::subtract:
      case Operation::multiply:
        return std::all_of(e.arguments.begin(), e.arguments.end(), [&](const Expression& part) {
          return value(part) && comparable(part, row_) == Comparable::number;
        });
      case Operation::count_set:
        return std::all_of(e.arguments.begin(), e.arguments.end(), [&](const Expression& part) {
          return column_of(part, row_) != nullptr;
        });
      default:
        return false;
    }
  }

  const RowType& row_;
};

void collect_columns(const Expression& e, const RowType& row, std::vector<std::size_t>& places) {
  if (e.operation == Operation::column) {
    if (const auto place = row.places.find(e.text); place != row.places.end()) {
      places.push_back(place->second);
    }
  }
  for (const Expression& part : e.arguments) collect_columns(part, row, places);
}

/// The expression with the column VALUE of a domain's check named as the table names it.
Expression with_column(Expression e, const std::string& column) {
  if (e.operation == Operation::column && e.text == "VALUE") e.text = column;
  for (Expression& part : e.arguments) part = with_column(std::move(part), column);
  return e;
}

/// SQL parts within a meaning are taken for what they mean.
std::optional<Expression> neutral(const Expression& e) {
  const Expression* known = meaning(e);
  if (known == nullptr && e.dialect == "postgres") return regular_expression_check(e.canonical);
  if (known == nullptr || known->operation == Operation::sql) return std::nullopt;
  Expression result = *known;
  for (Expression& part : result.arguments) {
    std::optional<Expression> inner = neutral(part);
    if (!inner) return std::nullopt;
    part = *std::move(inner);
  }
  return result;
}

/// Whether the check lists the values of the column's closed set and says no more.
bool only_lists(const Expression& e, const RowType& row) {
  const auto of_set = [&](const Expression& column, std::size_t count) {
    const RowColumn* known = column_of(column, row);
    return known != nullptr && known->value.choices.size() == count &&
           known->value.enumeration.name.empty();
  };
  const auto is_truth = [](const Expression& item) { return item.operation == Operation::boolean; };
  if (e.operation == Operation::in && comparable(e.arguments.front(), row) == Comparable::boolean) {
    return e.arguments.size() > 2 &&
           std::all_of(e.arguments.begin() + 1, e.arguments.end(), is_truth);
  }
  switch (e.operation) {
    case Operation::in:
      return of_set(e.arguments.front(), e.arguments.size() - 1) &&
             std::equal(e.arguments.begin() + 1, e.arguments.end(),
                        column_of(e.arguments.front(), row)->value.choices.begin(),
                        [](const Expression& item, const std::string& choice) {
                          return item.operation == Operation::string && item.text == choice;
                        });
    case Operation::equal:
      return of_set(e.arguments.front(), 1) && e.arguments[1].operation == Operation::string;
    case Operation::any_of: {
      // Alternatives of one column: x = 'a' OR x = 'b' OR x IS NULL.
      std::vector<std::size_t> places;
      collect_columns(e, row, places);
      const bool one = std::all_of(places.begin(), places.end(),
                                   [&](std::size_t place) { return place == places.front(); });
      if (!one || places.empty() || row.columns[places.front()].value.choices.empty()) return false;
      return std::all_of(e.arguments.begin(), e.arguments.end(), [](const Expression& part) {
        if (part.operation == Operation::is_null) return true;
        const bool lists = part.operation == Operation::in || part.operation == Operation::equal;
        return lists && part.arguments.front().operation == Operation::column &&
               std::all_of(
                   part.arguments.begin() + 1, part.arguments.end(),
                   [](const Expression& item) { return item.operation == Operation::string; });
      });
    }
    default:
      return false;
  }
}

void add_check(const std::string& name, const Expression& written, const RowType& row,
               const std::string& value_column, RowChecks& result) {
  std::optional<Expression> known = neutral(written);
  if (known && !value_column.empty()) known = with_column(*std::move(known), value_column);
  if (known && only_lists(*known, row)) return;
  if (!known || !Examiner(row).condition(*known)) {
    result.database_only.push_back(name);
    return;
  }
  RowCheck check{name, *std::move(known), {}};
  collect_columns(check.meaning, row, check.columns);
  std::sort(check.columns.begin(), check.columns.end());
  check.columns.erase(std::unique(check.columns.begin(), check.columns.end()), check.columns.end());
  result.checks.push_back(std::move(check));
}

/// What a check says, in the design's terms where the engine's own have no neutral meaning.
const Expression& meant_expression(const Check& check, const RowType& row) {
  if (row.meant == nullptr || neutral(check.expression)) return check.expression;
  const auto found = std::find_if(row.meant->checks.begin(), row.meant->checks.end(),
                                  [&](const Check& meant) { return meant.name == check.name; });
  return found == row.meant->checks.end() ? check.expression : found->expression;
}

}  // namespace

RowChecks row_checks(const RowType& row) {
  RowChecks result;
  for (const Check& check : row.table->checks) {
    if (check.enforced) add_check(check.name, meant_expression(check, row), row, {}, result);
  }
  for (const RowColumn& column : row.columns) {
    if (column.value.dimensions > 0) continue;
    for (const Domain* domain : column.value.domains) {
      for (const Check& check : domain->checks) {
        add_check(check.name, check.expression, row, column.column->name, result);
      }
    }
  }
  return result;
}

}  // namespace relata::emit
