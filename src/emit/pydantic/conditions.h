#pragma once

#include <string>

#include "emit/pydantic/helpers.h"
#include "emit/values/conditions.h"
#include "emit/values/python_text.h"
#include "emit/values/rows.h"

namespace relata::emit::pydantic {

/// Writes conditions on `self` in Python.
class ConditionWriter {
 public:
  ConditionWriter(const RowType& row, Helpers& helpers, PythonImports& imports)
      : row_(row), helpers_(helpers), imports_(imports) {}

  /// A condition as passing_condition() gives them.
  [[nodiscard]] std::string condition(const Expression& expression) const;

 private:
  [[nodiscard]] std::string joined(const Expression& expression) const;
  [[nodiscard]] std::string comparison(const Expression& expression) const;
  [[nodiscard]] std::string value(const Expression& expression) const;
  [[nodiscard]] std::string literal(const Expression& text, const Expression& beside) const;
  [[nodiscard]] std::string column(const std::string& name) const;
  [[nodiscard]] const RowColumn& column_under(const Expression& expression) const;

  const RowType& row_;
  Helpers& helpers_;
  PythonImports& imports_;
};

/// The name of the field for a member: what BaseModel has itself gets an underscore behind it.
[[nodiscard]] std::string field_name(const std::string& member);

}  // namespace relata::emit::pydantic
