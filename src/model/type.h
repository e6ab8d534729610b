#pragma once

#include <string>
#include <vector>

namespace relata {

/// The closed set of column types that every dialect knows how to hold. What only one engine knows
/// is `native`, with the engine's own spelling in `Type::name`.
enum class TypeKind {
  text,       ///< Unbounded text.
  varchar,    ///< `length` code points at most.
  character,  ///< Exactly `length` code points, blank padded.
  small_integer,
  integer,
  big_integer,
  decimal,  ///< Exact; `precision`, `scale`.
  real,
  double_precision,
  boolean,
  date,
  time,
  timestamp,     ///< Without time zone.
  timestamp_tz,  ///< A moment.
  interval,
  uuid,
  json,  ///< Binary JSON where the engine has it.
  binary,
  inet,
  enumeration,  ///< Native enumeration; `name` is the enum type, `values` its labels.
  native,
};

struct Type {
  TypeKind kind = TypeKind::text;
  int length = 0;
  int precision = 0;
  int scale = 0;
  int array_dimensions = 0;
  std::string name;
  std::vector<std::string> values;
  /// The engine's own spelling of the whole type, in the one form that its catalog shows, in a
  /// Schema that was read ("character varying(20)[]", "int unsigned"); the other members then hold
  /// the nearest neutral type. Empty: the dialect spells the neutral type.
  std::string spelling = {};

  bool operator==(const Type&) const = default;
};

[[nodiscard]] inline Type simple_type(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

}  // namespace relata
