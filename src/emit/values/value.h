#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emit/code/column_type.h"
#include "emit/code/names.h"
#include "emit/output.h"
#include "model/schema.h"

namespace relata::emit {

/// What a value is to a program that reads and writes rows.
enum class Shape {
  text,
  integer,
  decimal,
  floating,
  boolean,
  date,
  time,
  moment,    ///< A date with a time.
  interval,  ///< A span of time.
  uuid,
  json,
  bytes,
  inet,  ///< An address, perhaps with its network.
  cidr,  ///< A network.
  mac,
  bits,       ///< [postgres] A text of zeros and ones.
  bit_field,  ///< [mysql] A number of so many bits.
  hstore,     ///< [postgres] Texts by name.
  several,    ///< [mysql] A SET: any of the choices.
  range,      ///< [postgres]
  raw,        ///< What the driver gives as a text of the engine's own.
  opaque,     ///< What the driver gives as something of its own.
};

/// Which characters a text can hold.
enum class Repertoire {
  unicode,
  basic,  ///< Code points up to U+FFFF (MySQL's utf8mb3).
  latin,  ///< Code points up to U+00FF, to which cp1252 adds a few.
  ascii,
};

/// What the database takes and gives for one column: a ValueType with the engine's own limits.
struct Value {
  Shape shape = Shape::text;
  int dimensions = 0;  ///< Of an array.

  /// Of an integer, as digits; of a year the first of a range beside 0.
  std::string least;
  std::string most;
  bool wide = false;     ///< An integer beyond what a JavaScript number counts (2^53).
  bool unbound = false;  ///< The engine keeps whatever it is given, of any type.

  bool limited = false;  ///< A decimal with a precision.
  int precision = 0;
  int scale = 0;
  bool not_a_number = false;  ///< NaN is a value.
  bool infinite = false;      ///< So are the infinities: of numbers, of dates.
  bool is_unsigned = false;
  bool single = false;  ///< A floating point number of 32 bits.

  int characters = 0;        ///< Most characters (of bits: digits), 0: any.
  bool exact = false;        ///< As many, not fewer [bits].
  std::uint64_t bytes = 0;   ///< Most bytes, 0: any.
  bool padded = false;       ///< Filled with blanks up to the length.
  bool without_nul = false;  ///< U+0000 is refused, in JSON too.
  bool well_formed = false;  ///< [json] A half of a surrogate pair is refused.
  Repertoire repertoire = Repertoire::unicode;
  bool folds_case = false;      ///< Compares letters without their case (and accents).
  bool likes_any_case = false;  ///< [sqlite] LIKE takes A for a.
  bool ascii_case = false;      ///< [sqlite] lower() and upper() know ASCII letters only.
  bool ignores_blanks = false;  ///< Compares texts without blanks at their end.

  bool zone = false;         ///< A time or moment with its time zone.
  int second_digits = 6;     ///< Digits of a second's fraction.
  bool short_range = false;  ///< [mysql] TIMESTAMP: 1970 to 2038.
  bool day_long = true;      ///< A time of day; false: MySQL's TIME, up to 838 hours either way.

  std::vector<std::string> choices;
  QualifiedName enumeration;
  std::string spelling;  ///< The engine's own type.
  /// The domains that the column is declared with, the outer one first.
  std::vector<const Domain*> domains;
  bool domain_not_null = false;
};

/// Finds what columns hold. Keeps a reference to the schema.
class ValueReader {
 public:
  /// `as_meant`: where the target's schema came from a design, that says what SQLite's declarations
  /// do not (Drizzle turns texts into moments, SQLAlchemy does not).
  ValueReader(const TargetInput& input, bool as_meant);
  [[nodiscard]] Value of(const Table& table, const Column& column) const;

 private:
  [[nodiscard]] const Domain* domain_of(std::string_view spelling) const;

  /// The column's type in the design; nothing where there is none.
  [[nodiscard]] const Type* meant_type(const Table& table, const Column& column) const;

  const Schema& schema_;
  const Schema* design_ = nullptr;
  SchemaIndex design_tables_;
  std::unordered_map<std::string, const Domain*> domains_;
};

/// An engine's type name in its parts: "timestamp(3) with time zone" is {"timestamp with time
/// zone", {3}}, "enum('a')" is {"enum"}.
struct TypeParts {
  std::string name;  ///< Lower case, without attributes such as "unsigned".
  std::vector<int> numbers;
  int dimensions = 0;
  bool is_unsigned = false;
};
[[nodiscard]] TypeParts type_parts(std::string_view spelling);

/// The engine's own limits of a type that is no domain and no enumeration.
[[nodiscard]] Value engine_value(std::string_view dialect, const Type& type);
/// What a column of SQLite holds that was declared for a column of that neutral type.
[[nodiscard]] Value sqlite_value(const Type& meant);

}  // namespace relata::emit
