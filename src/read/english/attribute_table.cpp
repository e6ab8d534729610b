#include "read/english/attribute_table.h"

#include <array>
#include <unordered_map>

#include "base/text.h"

namespace relata::english {
namespace {

using design::FieldKind;

struct TableRow {
  TableEntry entry;
  std::string_view names;
};

constexpr TableRow table_rows[] = {
#define ATTRIBUTE_TYPE(kind, presence, names) {{TableKind::kind, Presence::presence}, names},
#include "read/english/attribute_types.def"
#undef ATTRIBUTE_TYPE
};

const std::unordered_map<std::string_view, TableEntry>& table() {
  static const auto instance = [] {
    std::unordered_map<std::string_view, TableEntry> map;
    map.reserve(1024);
    for (const TableRow& row : table_rows) {
      for (const std::string_view name : split(row.names, ',')) map.emplace(trim(name), row.entry);
    }
    return map;
  }();
  return instance;
}

constexpr std::array units{
    Unit{"kilogram, kilogramme, kilo, kg", "kg", TableKind::decimal_3},
    Unit{"gram, gramme, g", "grams", TableKind::decimal_3},
    Unit{"milligram, mg", "mg", TableKind::decimal_3},
    Unit{"ton, tonne", "tonnes", TableKind::decimal_3},
    Unit{"pound, lb", "lb", TableKind::decimal_3},
    Unit{"millimeter, millimetre, mm", "mm", TableKind::decimal_2},
    Unit{"centimeter, centimetre, cm", "cm", TableKind::decimal_2},
    Unit{"meter, metre, m", "m", TableKind::decimal_2},
    Unit{"kilometer, kilometre, km", "km", TableKind::decimal_2},
    Unit{"mile", "miles", TableKind::decimal_2},
    Unit{"inch", "inches", TableKind::decimal_2},
    Unit{"foot", "feet", TableKind::decimal_2},
    Unit{"square meter, square metre, sqm, m2", "sqm", TableKind::decimal_2},
    Unit{"square foot, sqft", "sqft", TableKind::decimal_2},
    Unit{"liter, litre, l", "litres", TableKind::decimal_2},
    Unit{"milliliter, millilitre, ml", "ml", TableKind::decimal_2},
    Unit{"hectare, acre, cubic meter, cubic metre, degree, celsius, kwh, watt, volt", "",
         TableKind::decimal_2},
    Unit{"millisecond, ms", "ms", TableKind::integer},
    Unit{"second", "seconds", TableKind::integer},
    Unit{"minute", "minutes", TableKind::integer},
    Unit{"hour", "hours", TableKind::decimal_2},
    Unit{"day", "days", TableKind::integer},
    Unit{"week", "weeks", TableKind::integer},
    Unit{"month", "months", TableKind::integer},
    Unit{"year", "years", TableKind::integer},
    Unit{"byte", "bytes", TableKind::big_integer},
    Unit{"kilobyte, kb", "kb", TableKind::big_integer},
    Unit{"megabyte, mb", "mb", TableKind::decimal_2},
    Unit{"gigabyte, gb", "gb", TableKind::decimal_2},
    Unit{"euro, eur, dollar, usd, cent, gbp, us dollar, pound sterling", "", TableKind::money},
    Unit{"percent, percentage, %", "", TableKind::percent},
    Unit{"piece, person, unit, item", "", TableKind::integer},
};

}  // namespace

const TableEntry* table_entry(const std::string& name) {
  auto it = table().find(name);
  if (it == table().end()) it = table().find(singular_of(name));
  return it == table().end() ? nullptr : &it->second;
}

const Unit* find_unit(const std::string& name) {
  const std::string singular = singular_of(name);
  for (const Unit& unit : units) {
    if (among(unit.words, name, ',') || among(unit.words, singular, ',')) return &unit;
  }
  return nullptr;
}

design::FieldType field_type(TableKind kind) {
  design::FieldType type;
  const auto decimal = [&](int precision, int scale) {
    type.kind = FieldKind::decimal;
    type.precision = precision;
    type.scale = scale;
  };
  switch (kind) {
    case TableKind::text:
      type.kind = FieldKind::text;
      break;
    case TableKind::integer:
      type.kind = FieldKind::integer;
      break;
    case TableKind::big_integer:
      type.kind = FieldKind::big_integer;
      break;
    case TableKind::decimal_2:
      decimal(10, 2);
      break;
    case TableKind::decimal_3:
      decimal(10, 3);
      break;
    case TableKind::decimal_6:
      decimal(9, 6);
      break;
    case TableKind::money:
      type.kind = FieldKind::money;
      break;
    case TableKind::percent:
      type.kind = FieldKind::percent;
      break;
    case TableKind::boolean:
      type.kind = FieldKind::boolean;
      break;
    case TableKind::date:
      type.kind = FieldKind::date;
      break;
    case TableKind::time:
      type.kind = FieldKind::time;
      break;
    case TableKind::timestamp:
      type.kind = FieldKind::timestamp;
      break;
    case TableKind::duration:
      type.kind = FieldKind::duration;
      break;
    case TableKind::year:
      type.kind = FieldKind::year;
      break;
    case TableKind::uuid:
      type.kind = FieldKind::uuid;
      break;
    case TableKind::json:
      type.kind = FieldKind::json;
      break;
    case TableKind::binary:
      type.kind = FieldKind::binary;
      break;
    case TableKind::email:
      type.kind = FieldKind::email;
      break;
    case TableKind::url:
      type.kind = FieldKind::url;
      break;
    case TableKind::phone:
      type.kind = FieldKind::phone;
      break;
    case TableKind::ip_address:
      type.kind = FieldKind::ip_address;
      break;
  }
  return type;
}

bool among(std::string_view list, std::string_view word, char separator) {
  for (const std::string_view one : split(list, separator)) {
    if (trim(one) == word) return true;
  }
  return false;
}

}  // namespace relata::english
