// What each engine keeps in its types. PostgreSQL: manual, chapter 8; MariaDB Knowledge Base,
// "Data Types"; SQLite: https://sqlite.org/datatype3.html. Tried with rows by
// tests/live/orm_values_test.py.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/values/value.h"

namespace relata::emit {
namespace {

struct Row {
  std::string_view name;
  Shape shape;
  std::string_view least = {};
  std::string_view most = {};
  std::string_view most_unsigned = {};
  std::uint64_t bytes = 0;
};

constexpr auto postgres_types = std::to_array<Row>({
    {"smallint", Shape::integer, "-32768", "32767"},
    {"integer", Shape::integer, "-2147483648", "2147483647"},
    {"bigint", Shape::integer, "-9223372036854775808", "9223372036854775807"},
    {"oid", Shape::integer, "0", "4294967295"},
    {"numeric", Shape::decimal},
    {"real", Shape::floating},
    {"double precision", Shape::floating},
    {"boolean", Shape::boolean},
    {"date", Shape::date},
    {"time without time zone", Shape::time},
    {"time with time zone", Shape::time},
    {"timestamp without time zone", Shape::moment},
    {"timestamp with time zone", Shape::moment},
    {"uuid", Shape::uuid},
    {"json", Shape::json},
    {"jsonb", Shape::json},
    {"bytea", Shape::bytes},
    {"inet", Shape::inet},
    {"cidr", Shape::cidr},
    {"macaddr", Shape::mac},
    {"bit", Shape::bits},
    {"bit varying", Shape::bits},
    {"text", Shape::text},
    {"character varying", Shape::text},
    {"character", Shape::text},
    {"citext", Shape::text},
    {"name", Shape::text},
    {"hstore", Shape::hstore},
});

constexpr auto mysql_types = std::to_array<Row>({
    {"tinyint", Shape::integer, "-128", "127", "255"},
    {"smallint", Shape::integer, "-32768", "32767", "65535"},
    {"mediumint", Shape::integer, "-8388608", "8388607", "16777215"},
    {"int", Shape::integer, "-2147483648", "2147483647", "4294967295"},
    {"bigint", Shape::integer, "-9223372036854775808", "9223372036854775807",
     "18446744073709551615"},
    {"year", Shape::integer, "1901", "2155"},
    {"decimal", Shape::decimal},
    {"float", Shape::floating},
    {"double", Shape::floating},
    {"date", Shape::date},
    {"time", Shape::time},
    {"datetime", Shape::moment},
    {"timestamp", Shape::moment},
    {"json", Shape::json},
    {"char", Shape::text},
    {"varchar", Shape::text},
    {"tinytext", Shape::text, "", "", "", 255},
    {"text", Shape::text, "", "", "", 65535},
    {"mediumtext", Shape::text, "", "", "", 16777215},
    {"longtext", Shape::text, "", "", "", 4294967295},
    {"binary", Shape::bytes},
    {"varbinary", Shape::bytes},
    {"tinyblob", Shape::bytes, "", "", "", 255},
    {"blob", Shape::bytes, "", "", "", 65535},
    {"mediumblob", Shape::bytes, "", "", "", 16777215},
    {"longblob", Shape::bytes, "", "", "", 4294967295},
    {"bit", Shape::bit_field},
    {"enum", Shape::text},
    {"set", Shape::several},
    {"uuid", Shape::uuid},
    {"inet4", Shape::raw},
    {"inet6", Shape::raw},
});

/// What a declared type of SQLite means to programs; the engine keeps anything.
struct Meaning {
  TypeKind kind;
  Shape shape;
};
constexpr auto sqlite_types = std::to_array<Meaning>({
    {TypeKind::small_integer, Shape::integer},
    {TypeKind::integer, Shape::integer},
    {TypeKind::big_integer, Shape::integer},
    {TypeKind::decimal, Shape::decimal},
    {TypeKind::real, Shape::floating},
    {TypeKind::double_precision, Shape::floating},
    {TypeKind::boolean, Shape::boolean},
    {TypeKind::date, Shape::date},
    {TypeKind::time, Shape::time},
    {TypeKind::timestamp, Shape::moment},
    {TypeKind::timestamp_tz, Shape::moment},
    {TypeKind::json, Shape::json},
    {TypeKind::binary, Shape::bytes},
});

template <std::size_t Size>
const Row* find_row(const std::array<Row, Size>& rows, std::string_view name) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

/// The labels of "set('a','b''s')".
std::vector<std::string> labels_of(std::string_view spelling) {
  std::vector<std::string> labels;
  bool inside = false;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    const char c = spelling[i];
    if (c == '\'' && inside && i + 1 < spelling.size() && spelling[i + 1] == '\'') {
      labels.back() += spelling[++i];
    } else if (c == '\'') {
      inside = !inside;
      if (inside) labels.emplace_back();
    } else if (inside) {
      labels.back() += c;
    }
  }
  return labels;
}

int number(const TypeParts& parts, std::size_t place, int otherwise) {
  return place < parts.numbers.size() ? parts.numbers[place] : otherwise;
}

/// Whether a JavaScript number counts as far: up to 15 digits surely.
bool is_wide(const std::string& limit) { return limit.size() > 16; }

Value postgres_value(const TypeParts& parts) {
  Value value;
  value.without_nul = true;
  const Row* row = find_row(postgres_types, parts.name);
  if (row == nullptr) {
    value.shape = Shape::raw;
    if (parts.name.starts_with("interval")) value.shape = Shape::interval;
    if (parts.name.ends_with("range")) value.shape = Shape::range;
    return value;
  }
  value.shape = row->shape;
  value.least = row->least;
  value.most = row->most;
  value.wide = is_wide(value.most);
  value.zone = parts.name.ends_with("with time zone");
  value.folds_case = parts.name == "citext";
  value.padded = parts.name == "character";
  value.single = parts.name == "real";
  value.not_a_number = row->shape == Shape::decimal || row->shape == Shape::floating;
  value.infinite = value.not_a_number || row->shape == Shape::date;
  switch (row->shape) {
    case Shape::text:
      value.characters = number(parts, 0, value.padded ? 1 : 0);
      break;
    case Shape::bits:
      value.exact = parts.name == "bit";
      value.characters = number(parts, 0, value.exact ? 1 : 0);
      break;
    case Shape::decimal:
      value.limited = !parts.numbers.empty();
      value.precision = number(parts, 0, 0);
      value.scale = number(parts, 1, 0);
      value.infinite = !value.limited;
      break;
    case Shape::time:
    case Shape::moment:
      value.second_digits = number(parts, 0, 6);
      break;
    case Shape::json:
      value.without_nul = parts.name == "jsonb";
      value.well_formed = value.without_nul;
      break;
    default:
      break;
  }
  return value;
}

Value mysql_value(const Type& type, const TypeParts& parts) {
  Value value;
  if (type.kind == TypeKind::boolean) {
    value.shape = Shape::boolean;
    return value;
  }
  const Row* row = find_row(mysql_types, parts.name);
  if (row == nullptr) {
    value.shape = Shape::opaque;
    return value;
  }
  value.shape = row->shape;
  value.is_unsigned = parts.is_unsigned;
  value.least = parts.is_unsigned ? "0" : row->least;
  value.most = parts.is_unsigned ? row->most_unsigned : row->most;
  value.wide = is_wide(value.most);
  value.bytes = row->bytes;
  value.single = parts.name == "float";
  value.short_range = parts.name == "timestamp";
  value.choices = type.values;
  if (row->shape == Shape::several && value.choices.empty()) {
    value.choices = labels_of(type.spelling);
  }
  switch (row->shape) {
    case Shape::text:
      value.padded = parts.name == "char";
      if (row->bytes == 0) value.characters = number(parts, 0, 1);
      break;
    case Shape::bytes:
      if (row->bytes == 0) value.bytes = static_cast<std::uint64_t>(number(parts, 0, 1));
      break;
    case Shape::bit_field:
      value.characters = number(parts, 0, 1);
      break;
    case Shape::decimal:
      value.limited = true;
      value.precision = number(parts, 0, 10);
      value.scale = number(parts, 1, 0);
      break;
    case Shape::floating:
      value.limited = parts.numbers.size() == 2;
      value.precision = number(parts, 0, 0);
      value.scale = number(parts, 1, 0);
      break;
    case Shape::time:
      value.day_long = false;
      value.second_digits = number(parts, 0, 0);
      break;
    case Shape::moment:
      value.second_digits = number(parts, 0, 0);
      break;
    case Shape::json:
      value.well_formed = true;
      break;
    default:
      break;
  }
  return value;
}

Value declared_value(const Type& type) {
  Value value;
  value.unbound = true;
  value.likes_any_case = true;
  value.ascii_case = true;
  const auto found =
      std::find_if(sqlite_types.begin(), sqlite_types.end(),
                   [&](const Meaning& meaning) { return meaning.kind == type.kind; });
  if (found != sqlite_types.end()) value.shape = found->shape;
  if (value.shape == Shape::integer) {
    value.least = "-9223372036854775808";
    value.most = "9223372036854775807";
  }
  value.infinite = value.shape == Shape::floating;
  return value;
}

}  // namespace

Value sqlite_value(const Type& meant) {
  Value value = declared_value(meant);
  // Texts that the ORMs turn into moments, and back.
  if (value.shape == Shape::moment) value.unbound = false;
  value.wide = meant.kind == TypeKind::big_integer;
  if (meant.array_dimensions > 0) value.shape = Shape::json;
  return value;
}

Value engine_value(std::string_view dialect, const Type& type) {
  const TypeParts parts = type_parts(type.spelling);
  Value value;
  if (type.kind == TypeKind::enumeration && dialect == "postgres") {
    value.choices = type.values;
  } else if (dialect == "postgres") {
    value = postgres_value(parts);
  } else if (dialect == "mysql") {
    value = mysql_value(type, parts);
  } else {
    value = declared_value(type);
  }
  value.dimensions = parts.dimensions;
  value.spelling = parts.name;
  return value;
}

}  // namespace relata::emit
