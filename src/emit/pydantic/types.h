#pragma once

#include <string>
#include <vector>

#include "emit/pydantic/helpers.h"
#include "emit/values/conditions.h"
#include "emit/values/python_text.h"
#include "emit/values/rows.h"

namespace relata::emit::pydantic {

/// Writes the types of fields.
class TypeWriter {
 public:
  TypeWriter(const RowTypes& rows, Helpers& helpers, PythonImports& imports)
      : rows_(rows), helpers_(helpers), imports_(imports) {}

  /// The type of the column's values other than None, with the bounds that checks set.
  [[nodiscard]] std::string type(const RowColumn& column, const std::vector<Bound>& bounds);

 private:
  [[nodiscard]] std::string element(const RowColumn& column, const std::vector<Bound>& bounds);
  [[nodiscard]] std::string integer(const Value& value, const std::vector<Bound>& bounds);
  [[nodiscard]] std::string number(const Value& value, const std::vector<Bound>& bounds);
  [[nodiscard]] std::string text(const Value& value, const std::vector<Bound>& bounds);
  [[nodiscard]] std::string moment(const Value& value);
  /// Annotated[base, Field(arguments), more...], or the base alone.
  [[nodiscard]] std::string annotated(const std::string& base,
                                      const std::vector<std::string>& field,
                                      const std::vector<std::string>& more = {});

  const RowTypes& rows_;
  Helpers& helpers_;
  PythonImports& imports_;
};

}  // namespace relata::emit::pydantic
