#pragma once

#include <functional>
#include <string>

#include "emit/values/conditions.h"
#include "emit/values/rows.h"
#include "emit/zod/helpers.h"

namespace relata::emit::zod {

/// Writes conditions in TypeScript.
class ConditionWriter {
 public:
  /// Without `value`, columns are members of `row`; else the only column is `value`.
  ConditionWriter(const RowType& row, const RowTypes& rows, Helpers& helpers, bool only_value)
      : row_(row), rows_(rows), helpers_(helpers), only_value_(only_value) {}

  /// A condition as passing_condition() gives them.
  [[nodiscard]] std::string condition(const Expression& expression) const;

 private:
  [[nodiscard]] std::string operand(const Expression& expression) const;
  [[nodiscard]] std::string joined(const Expression& expression) const;
  [[nodiscard]] std::string comparison(const Expression& expression) const;
  [[nodiscard]] std::string value(const Expression& expression) const;
  [[nodiscard]] std::string column(const std::string& name) const;
  [[nodiscard]] std::string list(const Expression& expression) const;
  [[nodiscard]] const RowColumn& column_under(const Expression& expression) const;
  [[nodiscard]] std::string as_decimal(const Expression& expression) const;
  [[nodiscard]] std::string as_ordered(const Expression& expression, Comparable kind) const;

  const RowType& row_;
  const RowTypes& rows_;
  Helpers& helpers_;
  bool only_value_;
};

}  // namespace relata::emit::zod
