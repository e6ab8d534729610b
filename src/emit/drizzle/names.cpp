#include "emit/drizzle/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/code/names.h"
#include "emit/drizzle/typescript_code.h"

namespace relata::emit::drizzle {
namespace {

/// Functions of drizzle-orm and its dialects that schema.ts may import; a constant that is named
/// here, rather than by the schema, takes none of them.
constexpr std::array functions = {
    "bigint",
    "bigserial",
    "bit",
    "blob",
    "boolean",
    "char",
    "check",
    "cidr",
    "customType",
    "date",
    "datetime",
    "decimal",
    "double",
    "doublePrecision",
    "float",
    "foreignKey",
    "index",
    "inet",
    "int",
    "integer",
    "interval",
    "json",
    "jsonb",
    "line",
    "longtext",
    "macaddr",
    "macaddr8",
    "mediumint",
    "mediumtext",
    "mysqlEnum",
    "mysqlTable",
    "mysqlView",
    "numeric",
    "pgEnum",
    "pgMaterializedView",
    "pgPolicy",
    "pgRole",
    "pgSchema",
    "pgSequence",
    "pgTable",
    "pgView",
    "point",
    "primaryKey",
    "real",
    "relations",
    "serial",
    "smallint",
    "smallserial",
    "sql",
    "sqliteTable",
    "sqliteView",
    "table",
    "text",
    "time",
    "timestamp",
    "tinyint",
    "tinytext",
    "unique",
    "uniqueIndex",
    "uuid",
    "varchar",
    "year",
    "value",
    "process",
    "Buffer",
    "Date",
    "JSON",
    "BigInt",
    "Number",
    "String",
};

}  // namespace

bool Names::is_function(std::string_view name) {
  return std::find(functions.begin(), functions.end(), name) != functions.end();
}

void Names::export_as(std::string_view name) { taken_.emplace(name); }

bool Names::is_taken(std::string_view name) const { return taken_.contains(name); }

std::string Names::claim(std::string_view wanted) {
  std::string name(wanted);
  const auto is_free = [&] {
    return !is_taken(name) && !is_function(name) && !typescript().is_reserved(name);
  };
  for (int number = 2; !is_free(); ++number) name = std::string(wanted) + std::to_string(number);
  taken_.insert(name);
  return name;
}

std::string Names::import_name(Imports& imports, std::string_view name, bool is_type) {
  const auto found = imports.find(name);
  if (found != imports.end()) return found->second.local;
  Import import{std::string(name), is_type};
  if (is_taken(name)) import.local = claim("drizzle" + pascal_case(name));
  return imports.emplace(name, std::move(import)).first->second.local;
}

std::string Names::core(std::string_view function) { return import_name(core_, function, false); }
std::string Names::core_type(std::string_view type) { return import_name(core_, type, true); }
std::string Names::orm(std::string_view name) { return import_name(orm_, name, false); }
std::string Names::orm_type(std::string_view name) { return import_name(orm_, name, true); }

std::string Names::table_parameter() const {
  for (const char* name : {"table", "self", "columns"}) {
    if (!is_taken(name)) return name;
  }
  return "$table";
}

namespace {

std::string import_text(std::string_view name, std::string_view local, bool is_type) {
  std::string out = is_type ? "type " : "";
  out += name;
  if (name != local) out += " as " + std::string(local);
  return out;
}

}  // namespace

std::vector<std::string> Names::core_imports() const {
  std::vector<std::string> out;
  for (const auto& [name, import] : core_)
    out.push_back(import_text(name, import.local, import.is_type));
  return out;
}

std::vector<std::string> Names::orm_imports() const {
  std::vector<std::string> out;
  for (const auto& [name, import] : orm_)
    out.push_back(import_text(name, import.local, import.is_type));
  return out;
}

std::string CustomTypes::use(Names& names, std::string_view sql_type, CustomData data,
                             std::string_view wanted) {
  const auto key = std::pair(std::string(sql_type), data);
  const auto found = by_type_.find(key);
  if (found != by_type_.end()) return found->second;
  std::string name = camel_case(wanted);
  if (Names::is_function(name)) name += "Type";
  CustomType type{names.claim(name), key.first, data};
  by_type_.emplace(key, type.constant);
  all_.push_back(std::move(type));
  return all_.back().constant;
}

namespace {

struct CustomForm {
  CustomData data;
  std::string_view parameters;  ///< Of customType<...>.
  std::string_view to_driver;   ///< Empty: as it is.
  std::string_view from_driver;
};

constexpr std::array custom_forms = {
    CustomForm{CustomData::text, "{ data: string }", "", ""},
    CustomForm{CustomData::number, "{ data: number }", "", ""},
    CustomForm{CustomData::boolean, "{ data: boolean }", "", ""},
    CustomForm{CustomData::big_integer, "{ data: bigint; driverData: string }",
               "(value) => value.toString()", "(value) => BigInt(value)"},
    CustomForm{CustomData::sqlite_integer, "{ data: bigint; driverData: bigint | number }",
               "(value) => value", "(value) => BigInt(value)"},
    CustomForm{CustomData::buffer, "{ data: Buffer }", "", ""},
    CustomForm{CustomData::hex_buffer, "{ data: Buffer; driverData: Buffer | string }",
               "(value) => `\\\\x${value.toString('hex')}`",
               "(value) =>\n    typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : "
               "value"},
    CustomForm{CustomData::json, "{ data: unknown; driverData: unknown }",
               "(value) => JSON.stringify(value)",
               "(value) => {\n    if (typeof value !== 'string') return value;\n    try {\n      "
               "return JSON.parse(value);\n    } catch {\n      return value;\n    }\n  }"},
    CustomForm{CustomData::decimal, "{ data: string; driverData: number | string }",
               "(value) => value", "(value) => String(value)"},
    CustomForm{CustomData::zero_or_one, "{ data: boolean; driverData: number }",
               "(value) => (value ? 1 : 0)", "(value) => value === 1"},
    CustomForm{CustomData::moment, "{ data: Date; driverData: string }",
               "(value) => value.toISOString()", "(value) => new Date(value)"},
    CustomForm{CustomData::utc_moment, "{ data: Date; driverData: string }",
               "(value) => value.toISOString()", "(value) => new Date(`${value}+0000`)"},
    CustomForm{CustomData::iso_moment, "{ data: Date; driverData: string }",
               "(value) => value.toISOString()", "(value) => new Date(value)"},
    CustomForm{CustomData::circle,
               "{\n  data: string;\n  driverData: string | { x: number; y: number; radius: number "
               "};\n}",
               "",
               "(value) =>\n    typeof value === 'string'\n      ? value\n      : "
               "`<(${value.x},${value.y}),${value.radius}>`"},
    CustomForm{CustomData::unknown, "{ data: unknown }", "", ""},
};

}  // namespace

std::string custom_type_text(const CustomTypes::CustomType& type, std::string_view function) {
  const auto* form = std::find_if(custom_forms.begin(), custom_forms.end(),
                                  [&](const CustomForm& one) { return one.data == type.data; });
  const std::string sql_type = string_literal(type.sql_type).text;
  const std::string line = "  dataType: () => " + sql_type + ",\n";
  std::string out = "const " + type.constant + " = " + std::string(function) + "<" +
                    std::string(form->parameters) + ">({\n";
  out += code_points(line) <= width + 1 ? line : "  dataType: () =>\n    " + sql_type + ",\n";
  if (!form->to_driver.empty()) out += "  toDriver: " + std::string(form->to_driver) + ",\n";
  if (!form->from_driver.empty()) out += "  fromDriver: " + std::string(form->from_driver) + ",\n";
  return out + "});\n";
}

}  // namespace relata::emit::drizzle
