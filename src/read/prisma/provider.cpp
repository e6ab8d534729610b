#include "read/prisma/provider.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/dialect.h"
#include "syntax/mysql/types.h"
#include "syntax/postgres/types.h"
#include "syntax/sqlite/types.h"

namespace relata::prisma {
namespace {

constexpr std::array postgres_scalars{
    ScalarType{"String", "text"},
    ScalarType{"Boolean", "boolean"},
    ScalarType{"Int", "integer"},
    ScalarType{"BigInt", "bigint"},
    ScalarType{"Float", "double precision"},
    ScalarType{"Decimal", "numeric(65,30)"},
    ScalarType{"DateTime", "timestamp(3) without time zone"},
    ScalarType{"Json", "jsonb"},
    ScalarType{"Bytes", "bytea"},
};
constexpr std::array postgres_natives{
    ScalarType{"Text", "text"},
    ScalarType{"Char", "character", "(1)"},
    ScalarType{"VarChar", "character varying"},
    ScalarType{"Bit", "bit", "(1)"},
    ScalarType{"VarBit", "bit varying"},
    ScalarType{"Uuid", "uuid"},
    ScalarType{"Xml", "xml"},
    ScalarType{"Inet", "inet"},
    ScalarType{"Citext", "citext"},
    ScalarType{"Boolean", "boolean"},
    ScalarType{"SmallInt", "smallint"},
    ScalarType{"Integer", "integer"},
    ScalarType{"BigInt", "bigint"},
    ScalarType{"Oid", "oid"},
    ScalarType{"Real", "real"},
    ScalarType{"DoublePrecision", "double precision"},
    ScalarType{"Decimal", "numeric"},
    ScalarType{"Money", "money"},
    ScalarType{"Timestamp", "timestamp", "", " without time zone"},
    ScalarType{"Timestamptz", "timestamp", "", " with time zone"},
    ScalarType{"Time", "time", "", " without time zone"},
    ScalarType{"Timetz", "time", "", " with time zone"},
    ScalarType{"Date", "date"},
    ScalarType{"Json", "json"},
    ScalarType{"JsonB", "jsonb"},
    ScalarType{"ByteA", "bytea"},
};
constexpr std::array mysql_scalars{
    ScalarType{"String", "varchar(191)"},
    ScalarType{"Boolean", "tinyint(1)"},
    ScalarType{"Int", "int"},
    ScalarType{"BigInt", "bigint"},
    ScalarType{"Float", "double"},
    ScalarType{"Decimal", "decimal(65,30)"},
    ScalarType{"DateTime", "datetime(3)"},
    ScalarType{"Json", "json"},
    ScalarType{"Bytes", "longblob"},
};
constexpr std::array mysql_natives{
    ScalarType{"Char", "char", "(1)"},
    ScalarType{"VarChar", "varchar", "(191)"},
    ScalarType{"TinyText", "tinytext"},
    ScalarType{"Text", "text"},
    ScalarType{"MediumText", "mediumtext"},
    ScalarType{"LongText", "longtext"},
    ScalarType{"TinyInt", "tinyint"},
    ScalarType{"UnsignedTinyInt", "tinyint", "", " unsigned"},
    ScalarType{"SmallInt", "smallint"},
    ScalarType{"UnsignedSmallInt", "smallint", "", " unsigned"},
    ScalarType{"MediumInt", "mediumint"},
    ScalarType{"UnsignedMediumInt", "mediumint", "", " unsigned"},
    ScalarType{"Int", "int"},
    ScalarType{"UnsignedInt", "int", "", " unsigned"},
    ScalarType{"BigInt", "bigint"},
    ScalarType{"UnsignedBigInt", "bigint", "", " unsigned"},
    ScalarType{"Float", "float"},
    ScalarType{"Double", "double"},
    ScalarType{"Decimal", "decimal", "(65,30)"},
    ScalarType{"DateTime", "datetime"},
    ScalarType{"Timestamp", "timestamp"},
    ScalarType{"Date", "date"},
    ScalarType{"Time", "time"},
    ScalarType{"Year", "year"},
    ScalarType{"Bit", "bit", "(1)"},
    ScalarType{"Binary", "binary", "(1)"},
    ScalarType{"VarBinary", "varbinary"},
    ScalarType{"TinyBlob", "tinyblob"},
    ScalarType{"Blob", "blob"},
    ScalarType{"MediumBlob", "mediumblob"},
    ScalarType{"LongBlob", "longblob"},
    ScalarType{"Json", "json"},
};
constexpr std::array sqlite_scalars{
    ScalarType{"String", "TEXT"},       ScalarType{"Boolean", "BOOLEAN"},
    ScalarType{"Int", "INTEGER"},       ScalarType{"BigInt", "BIGINT"},
    ScalarType{"Float", "REAL"},        ScalarType{"Decimal", "DECIMAL"},
    ScalarType{"DateTime", "DATETIME"}, ScalarType{"Json", "JSONB"},
    ScalarType{"Bytes", "BLOB"},
};

Type postgres_type(std::string_view spelling, const Enums& enums) {
  syntax::UserType found;
  return syntax::postgres_type(
      spelling, [&](std::string_view schema, std::string_view name) -> const syntax::UserType* {
        for (const auto& [prisma_name, values] : enums) {
          if (values.name.name != name || values.name.schema != schema) continue;
          found = {true, values.values, {}};
          return &found;
        }
        return nullptr;
      });
}

Type mysql_type(std::string_view spelling, const Enums&) {
  return syntax::mysql::column_type(spelling);
}

Type mysql_enum(const EnumValues& values) {
  syntax::mysql::TypeWords words;
  words.name = "enum";
  words.labels = values.values;
  return syntax::mysql::type_of(words);
}

Type sqlite_type(std::string_view spelling, const Enums&) {
  return syntax::sqlite::type_of(spelling);
}

Type sqlite_enum(const EnumValues&) { return syntax::sqlite::type_of("TEXT"); }

constexpr std::array providers{
    Provider{"postgresql", "postgres", 63, postgres_scalars.data(), postgres_scalars.size(),
             postgres_natives.data(), postgres_natives.size(), true, true, true,
             "CURRENT_TIMESTAMP", false, postgres_type, nullptr},
    Provider{"mysql", "mysql", 64, mysql_scalars.data(), mysql_scalars.size(), mysql_natives.data(),
             mysql_natives.size(), false, false, false, "CURRENT_TIMESTAMP", true, mysql_type,
             mysql_enum},
    Provider{"sqlite", "sqlite", 10000, sqlite_scalars.data(), sqlite_scalars.size(), nullptr, 0,
             false, false, false, "CURRENT_TIMESTAMP", false, sqlite_type, sqlite_enum},
};

const ScalarType* find(const ScalarType* begin, std::size_t count, std::string_view name) {
  const ScalarType* end = begin + count;
  const auto* found = std::find_if(begin, end, [&](const ScalarType& t) { return t.name == name; });
  return found == end ? nullptr : found;
}

}  // namespace

const Provider* find_provider(std::string_view name) {
  // CockroachDB speaks PostgreSQL; "postgres" is the older name.
  if (name == "postgres" || name == "cockroachdb") name = "postgresql";
  for (const Provider& provider : providers) {
    if (provider.name == name) return &provider;
  }
  return nullptr;
}

std::optional<std::string> type_spelling(const Provider& provider, std::string_view scalar,
                                         const Attribute* native) {
  const ScalarType* type = find(provider.scalars, provider.scalar_count, scalar);
  if (native == nullptr) {
    if (type == nullptr) return std::nullopt;
    return std::string(type->spelling);
  }
  const std::string_view name = std::string_view(native->name).substr(native->name.find('.') + 1);
  type = find(provider.natives, provider.native_count, name);
  if (type == nullptr) return std::nullopt;
  std::vector<std::string> arguments;
  for (const Argument& argument : native->arguments) arguments.push_back(argument.value.text);
  const std::string parentheses =
      arguments.empty() ? std::string(type->fallback) : "(" + join(arguments, ",") + ")";
  return std::string(type->spelling) + parentheses + std::string(type->ending);
}

}  // namespace relata::prisma
