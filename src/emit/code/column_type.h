#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::emit {

/// What a column's values are, whatever the engine calls their type.
struct ValueType {
  TypeKind kind = TypeKind::text;  ///< Of the element where it is an array; of a domain its base.
  int array_dimensions = 0;
  int length = 0;     ///< Most characters; 0: any.
  int precision = 0;  ///< Of a decimal; 0: any.
  int scale = 0;
  bool is_unsigned = false;
  /// The only values it can have: of an enumeration, or of a CHECK that lists texts; else empty.
  std::vector<std::string> values;
  /// The enumeration's own name where the values come from one; else empty.
  QualifiedName enumeration;
  /// The domain that the column is declared with; else empty.
  QualifiedName domain;
  bool domain_not_null = false;  ///< The domain refuses NULL.
  bool domain_default = false;   ///< The domain has a default.
  /// [sqlite] The declared type promises nothing that the engine would keep.
  bool loose = false;
};

/// The type of a column of this table, domains and enumerations looked up.
[[nodiscard]] ValueType value_type(const Schema& schema, const Table& table, const Column& column);
[[nodiscard]] ValueType value_type(const Schema& schema, const Type& type);

/// Whether an INSERT may leave the column out: it can be NULL, has a default, or is numbered.
[[nodiscard]] bool may_be_left_out(const Column& column);
/// Whether an INSERT or UPDATE may not name the column: generated, or numbered ALWAYS.
[[nodiscard]] bool is_read_only(const Column& column);

/// The neutral meaning of an expression: itself, or what SQL text stands for; nothing when only the
/// engine knows.
[[nodiscard]] const Expression* meaning(const Expression& expression);

}  // namespace relata::emit
