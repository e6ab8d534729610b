#include "emit/prisma/types.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "dialect/dialect.h"
#include "emit/prisma/layout.h"

namespace relata::emit::prisma7 {
namespace {

/// How the engine spells a type and what it is to Prisma. `plain`: what stands in the parentheses
/// where Prisma needs no @db attribute ("": nothing; "-": it always needs one).
struct NativeType {
  std::string_view spelling;
  std::string_view scalar;
  std::string_view native;
  std::string_view plain = "-";
  std::string_view otherwise = {};  ///< Parentheses that the attribute gets where none stand.
};

// https://www.prisma.io/docs/orm/overview/databases/postgresql#type-mappings
constexpr std::array postgres_types{
    NativeType{"text", "String", "Text", ""},
    NativeType{"character varying", "String", "VarChar"},
    NativeType{"character", "String", "Char", "-", "1"},
    NativeType{"bpchar", "String", "Char"},
    NativeType{"\"char\"", "String", "Char"},
    NativeType{"bit", "String", "Bit", "-", "1"},
    NativeType{"bit varying", "String", "VarBit"},
    NativeType{"uuid", "String", "Uuid"},
    NativeType{"xml", "String", "Xml"},
    NativeType{"inet", "String", "Inet"},
    NativeType{"citext", "String", "Citext"},
    NativeType{"boolean", "Boolean", "Boolean", ""},
    NativeType{"smallint", "Int", "SmallInt"},
    NativeType{"integer", "Int", "Integer", ""},
    NativeType{"bigint", "BigInt", "BigInt", ""},
    NativeType{"oid", "Int", "Oid"},
    NativeType{"real", "Float", "Real"},
    NativeType{"double precision", "Float", "DoublePrecision", ""},
    NativeType{"numeric", "Decimal", "Decimal", "65,30"},
    NativeType{"money", "Decimal", "Money"},
    NativeType{"timestamp without time zone", "DateTime", "Timestamp", "3"},
    NativeType{"timestamp with time zone", "DateTime", "Timestamptz"},
    NativeType{"time without time zone", "DateTime", "Time"},
    NativeType{"time with time zone", "DateTime", "Timetz"},
    NativeType{"date", "DateTime", "Date"},
    NativeType{"json", "Json", "Json"},
    NativeType{"jsonb", "Json", "JsonB", ""},
    NativeType{"bytea", "Bytes", "ByteA", ""},
};

// https://www.prisma.io/docs/orm/overview/databases/mysql#type-mappings
constexpr std::array mysql_types{
    NativeType{"varchar", "String", "VarChar", "191"},
    NativeType{"char", "String", "Char", "-", "1"},
    NativeType{"tinytext", "String", "TinyText"},
    NativeType{"text", "String", "Text"},
    NativeType{"mediumtext", "String", "MediumText"},
    NativeType{"longtext", "String", "LongText"},
    NativeType{"tinyint", "Int", "TinyInt"},
    NativeType{"tinyint unsigned", "Int", "UnsignedTinyInt"},
    NativeType{"smallint", "Int", "SmallInt"},
    NativeType{"smallint unsigned", "Int", "UnsignedSmallInt"},
    NativeType{"mediumint", "Int", "MediumInt"},
    NativeType{"mediumint unsigned", "Int", "UnsignedMediumInt"},
    NativeType{"int", "Int", "Int", ""},
    NativeType{"int unsigned", "Int", "UnsignedInt"},
    NativeType{"bigint", "BigInt", "BigInt", ""},
    NativeType{"bigint unsigned", "BigInt", "UnsignedBigInt"},
    NativeType{"float", "Float", "Float"},
    NativeType{"double", "Float", "Double", ""},
    NativeType{"decimal", "Decimal", "Decimal", "65,30", "10,0"},
    NativeType{"datetime", "DateTime", "DateTime", "3", "0"},
    NativeType{"timestamp", "DateTime", "Timestamp", "-", "0"},
    NativeType{"date", "DateTime", "Date"},
    NativeType{"time", "DateTime", "Time", "-", "0"},
    NativeType{"year", "Int", "Year"},
    NativeType{"bit", "Bytes", "Bit", "-", "1"},
    NativeType{"binary", "Bytes", "Binary", "-", "1"},
    NativeType{"varbinary", "Bytes", "VarBinary"},
    NativeType{"tinyblob", "Bytes", "TinyBlob"},
    NativeType{"blob", "Bytes", "Blob"},
    NativeType{"mediumblob", "Bytes", "MediumBlob"},
    NativeType{"longblob", "Bytes", "LongBlob", ""},
    NativeType{"json", "Json", "Json", ""},
};

constexpr int deepest_domain = 16;

/// A type's words, and what stands in its parentheses.
struct Spelling {
  std::string words;
  std::string parentheses;
};

Spelling parts_of(std::string_view spelling) {
  Spelling parts;
  const std::size_t open = spelling.find('(');
  const std::size_t close = spelling.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    parts.words = std::string(spelling);
    return parts;
  }
  parts.words =
      std::string(trim(spelling.substr(0, open))) + std::string(spelling.substr(close + 1));
  parts.parentheses = std::string(spelling.substr(open + 1, close - open - 1));
  return parts;
}

FieldType unsupported(std::string_view spelling) {
  FieldType type;
  type.name = "Unsupported(" + string_literal(spelling) + ")";
  type.supported = false;
  return type;
}

template <std::size_t count>
const NativeType* find(const std::array<NativeType, count>& types, std::string_view words) {
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const NativeType& t) { return t.spelling == words; });
  return found == types.end() ? nullptr : &*found;
}

FieldType made(const NativeType& native, std::string parentheses) {
  FieldType type;
  type.name = native.scalar;
  if (parentheses == native.plain) return type;
  if (parentheses.empty()) parentheses = native.otherwise;
  type.native = "@db." + std::string(native.native);
  if (!parentheses.empty()) type.native += "(" + replace_all(parentheses, ",", ", ") + ")";
  return type;
}

bool is_identifier(std::string_view name) {
  return !name.empty() && is_ascii_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; });
}

std::vector<std::string> value_names(const std::vector<std::string>& values) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (const std::string& value : values) {
    const std::string wish = enum_value_name(value);
    std::string name = wish;
    for (int number = 2; !taken.insert(name).second; ++number) {
      name = wish + "_" + std::to_string(number);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

std::string enum_value_name(std::string_view value) {
  std::string name;
  for (const char c : value) {
    name += is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ? c : '_';
  }
  if (!is_identifier(name)) name.insert(0, "n");
  return name;
}

Types::Types(const Schema& schema, const CodeNames& names) : schema_(schema), names_(names) {
  for (const TableNames& table : names.tables) taken_[to_lower(table.entity)] = true;
  for (const TableNames& view : names.views) taken_[to_lower(view.entity)] = true;
  const Dialect* dialect = find_dialect(schema.dialect);
  const auto spelled = [&](const std::string& name) {
    return dialect == nullptr ? name : dialect->identifier(name);
  };
  for (std::size_t i = 0; i < schema.enumerations.size(); ++i) {
    const Enumeration& type = schema.enumerations[i];
    taken_[to_lower(names.enumerations[i])] = true;
    enums_.push_back({names.enumerations[i],
                      {type.schema, type.name},
                      type.values,
                      value_names(type.values),
                      type.comment});
    if (!type.schema.empty()) {
      enums_by_spelling_[spelled(type.schema) + "." + spelled(type.name)] = i;
    }
    enums_by_spelling_.emplace(spelled(type.name), i);
  }
  for (const Domain& domain : schema.domains) {
    if (!domain.schema.empty()) {
      domains_by_spelling_[spelled(domain.schema) + "." + spelled(domain.name)] = &domain;
    }
    domains_by_spelling_.emplace(spelled(domain.name), &domain);
  }
}

const Type& Types::base_type(const Type& type) const {
  const Type* base = &type;
  for (int depth = 0; depth < deepest_domain; ++depth) {
    const auto found = domains_by_spelling_.find(base->spelling);
    if (found == domains_by_spelling_.end()) break;
    base = &found->second->type;
  }
  return *base;
}

bool Types::is_domain(const Column& column) const {
  return !domains_by_spelling_.empty() && &base_type(column.type) != &column.type;
}

bool Types::refuses_null(const Column& column) const {
  const Type* base = &column.type;
  for (int depth = 0; depth < deepest_domain; ++depth) {
    const auto found = domains_by_spelling_.find(base->spelling);
    if (found == domains_by_spelling_.end()) return false;
    if (!found->second->nullable) return true;
    base = &found->second->type;
  }
  return false;
}

FieldType Types::postgres_type(const Type& declared) const {
  std::string spelling = base_type(declared).spelling;
  bool list = false;
  while (spelling.ends_with("[]")) {
    spelling.resize(spelling.size() - 2);
    list = true;
  }
  FieldType type;
  const auto enumeration = enums_by_spelling_.find(spelling);
  const Spelling parts = parts_of(spelling);
  // An extension's type may be written with its namespace.
  const std::size_t dot = parts.words.rfind('.');
  const NativeType* native =
      find(postgres_types, dot == std::string::npos ? parts.words : parts.words.substr(dot + 1));
  if (enumeration != enums_by_spelling_.end() && !enums_[enumeration->second].values.empty()) {
    type.name = enums_[enumeration->second].name;
    type.is_enum = true;
    type.enumeration = enumeration->second;
  } else if (native == nullptr) {
    type = unsupported(spelling);
  } else {
    // Prisma knows no negative scale; a numeric without one holds more.
    const bool odd = parts.parentheses.find('-') != std::string::npos;
    type = made(*native, odd ? std::string() : parts.parentheses);
    type.exact = !odd && parts.words != "\"char\"";
  }
  type.list = list;
  return type;
}

FieldType Types::mysql_type(const Type& type) const {
  if (type.spelling == "tinyint(1)" || type.spelling == "bit(1)") {
    FieldType boolean;
    boolean.name = "Boolean";
    if (type.spelling == "bit(1)") boolean.native = "@db.Bit(1)";
    return boolean;
  }
  Spelling parts = parts_of(type.spelling);
  const NativeType* native = find(mysql_types, parts.words);
  if (native == nullptr) return unsupported(type.spelling);
  // What stands behind an integer is how wide it is shown.
  const bool sized =
      native->scalar != "Int" && native->scalar != "BigInt" && native->scalar != "Float";
  if (!sized) parts.parentheses.clear();
  return made(*native, parts.parentheses);
}

FieldType Types::sqlite_type(const Type& declared) const {
  // What Prisma makes of the words of a declaration (its own introspection); of other words, what
  // they mean to SQLite itself.
  struct Word {
    std::string_view word;
    std::string_view scalar;
  };
  static constexpr std::array words{Word{"int", "Int"},           Word{"integer", "Int"},
                                    Word{"bigint", "BigInt"},     Word{"boolean", "Boolean"},
                                    Word{"text", "String"},       Word{"varchar", "String"},
                                    Word{"char", "String"},       Word{"nvarchar", "String"},
                                    Word{"real", "Float"},        Word{"float", "Float"},
                                    Word{"double", "Float"},      Word{"numeric", "Decimal"},
                                    Word{"decimal", "Decimal"},   Word{"blob", "Bytes"},
                                    Word{"datetime", "DateTime"}, Word{"timestamp", "DateTime"},
                                    Word{"date", "DateTime"},     Word{"jsonb", "Json"}};
  static constexpr std::array kinds{std::pair{TypeKind::text, "String"},
                                    std::pair{TypeKind::varchar, "String"},
                                    std::pair{TypeKind::character, "String"},
                                    std::pair{TypeKind::small_integer, "Int"},
                                    std::pair{TypeKind::integer, "Int"},
                                    std::pair{TypeKind::big_integer, "BigInt"},
                                    std::pair{TypeKind::decimal, "Decimal"},
                                    std::pair{TypeKind::real, "Float"},
                                    std::pair{TypeKind::double_precision, "Float"},
                                    std::pair{TypeKind::boolean, "Boolean"},
                                    std::pair{TypeKind::binary, "Bytes"},
                                    std::pair{TypeKind::json, "Json"},
                                    std::pair{TypeKind::uuid, "String"},
                                    std::pair{TypeKind::time, "String"},
                                    std::pair{TypeKind::timestamp, "DateTime"},
                                    std::pair{TypeKind::timestamp_tz, "DateTime"},
                                    std::pair{TypeKind::date, "DateTime"}};
  FieldType type;
  const std::string name = parts_of(to_lower(declared.spelling)).words;
  for (const Word& word : words) {
    if (word.word == name) {
      type.name = word.scalar;
      return type;
    }
  }
  for (const auto& [kind, scalar] : kinds) {
    if (kind == declared.kind && !declared.spelling.empty()) {
      type.name = scalar;
      return type;
    }
  }
  return unsupported(declared.spelling);
}

std::string Types::free_enum_name(const std::string& wish) {
  std::string name = wish;
  for (int number = 2; !taken_.emplace(to_lower(name), true).second; ++number) {
    name = wish + std::to_string(number);
  }
  return name;
}

FieldType Types::field_type(const Table& table, std::size_t table_place, const Column& column) {
  if (schema_.dialect == "sqlite") return sqlite_type(column.type);
  if (schema_.dialect != "mysql") return postgres_type(column.type);
  if (column.type.kind != TypeKind::enumeration || column.type.values.empty()) {
    return mysql_type(column.type);
  }
  const TableNames& names = names_.tables[table_place];
  const auto place = static_cast<std::size_t>(&column - table.columns.data());
  std::string member = names.members[place];
  member.front() = to_upper(member.substr(0, 1)).front();
  FieldType type;
  type.name = free_enum_name(names.entity + member);
  type.is_enum = true;
  type.enumeration = enums_.size();
  enums_.push_back({type.name, {}, column.type.values, value_names(column.type.values), {}});
  return type;
}

}  // namespace relata::emit::prisma7
