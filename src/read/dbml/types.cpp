#include "read/dbml/types.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "syntax/mysql/types.h"
#include "syntax/postgres/types.h"
#include "syntax/sqlite/types.h"

namespace relata::dbml {
namespace {

/// A type's name apart from what stands in parentheses and from its array brackets.
struct WrittenType {
  QualifiedName name;
  std::vector<std::string> modifiers;
  std::string ending;  ///< " with time zone"
  int dimensions = 0;
};

WrittenType parts_of(std::string_view written) {
  WrittenType parts;
  while (written.ends_with("[]")) {
    ++parts.dimensions;
    written.remove_suffix(2);
  }
  const std::size_t open = written.find('(');
  std::string_view name = written.substr(0, open);
  if (open != std::string_view::npos) {
    const std::size_t close = std::min(written.find(')', open), written.size());
    for (const std::string_view modifier : split(written.substr(open + 1, close - open - 1), ',')) {
      parts.modifiers.emplace_back(trim(modifier));
    }
    if (close + 1 < written.size()) parts.ending = written.substr(close + 1);
  }
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) {
    parts.name.schema = name.substr(0, dot);
    name.remove_prefix(dot + 1);
  }
  parts.name.name = name;
  return parts;
}

Type postgres_type(std::string_view written, const Enums& enums) {
  const WrittenType parts = parts_of(written);
  syntax::UserType user_type;
  const auto user_types = [&](std::string_view schema,
                              std::string_view name) -> const syntax::UserType* {
    const auto found = enums.find({std::string(schema), std::string(name)});
    if (found == enums.end()) return nullptr;
    user_type = {true, found->second, {}};
    return &user_type;
  };
  std::string spelling;
  if (enums.contains(parts.name)) {
    spelling = syntax::postgres_qualified_name(parts.name.schema, parts.name.name);
  } else {
    const std::string lower = to_lower(parts.name.name + parts.ending);
    // Types of other databases that people write in DBML, and PostgreSQL's own of several words.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> names{{
        {"int", "int4"},
        {"integer", "int4"},
        {"bigint", "int8"},
        {"smallint", "int2"},
        {"decimal", "numeric"},
        {"float", "float8"},
        {"real", "float4"},
        {"boolean", "bool"},
        {"char", "bpchar"},
        {"character", "bpchar"},
        {"datetime", "timestamp"},
        {"double", "float8"},
        {"double precision", "float8"},
        {"blob", "bytea"},
        {"tinyint", "int2"},
        {"mediumint", "int4"},
        {"longtext", "text"},
        {"character varying", "varchar"},
        {"bit varying", "varbit"},
        {"timestamp with time zone", "timestamptz"},
        {"timestamp without time zone", "timestamp"},
        {"time with time zone", "timetz"},
        {"time without time zone", "time"},
        {"serial", "int4"},
        {"bigserial", "int8"},
        {"smallserial", "int2"},
    }};
    const auto known = std::find_if(names.begin(), names.end(),
                                    [&](const auto& entry) { return entry.first == lower; });
    const std::string name(known == names.end() ? lower : known->second);
    const std::string_view whole = written.substr(0, written.find("[]"));
    if (known == names.end() && whole.find_first_of(" \"") != std::string_view::npos) {
      spelling = whole;  // of several words, as SQL has it: interval day to second(3)
    } else {
      spelling = syntax::postgres_format_type({parts.name.schema, name, parts.modifiers, false},
                                              [](std::string_view) { return std::string(); });
    }
  }
  for (int i = 0; i < parts.dimensions; ++i) spelling += "[]";
  return syntax::postgres_type(spelling, user_types);
}

Type mysql_type(std::string_view written, const Enums& enums) {
  const auto found = enums.find(parts_of(written).name);
  if (found == enums.end()) return syntax::mysql::column_type(written);
  syntax::mysql::TypeWords words;
  words.name = "enum";
  words.labels = found->second;
  return syntax::mysql::type_of(words);
}

Type sqlite_type(std::string_view written, const Enums& enums) {
  return syntax::sqlite::type_of(enums.contains(parts_of(written).name) ? "TEXT" : written);
}

constexpr std::array databases{
    Database{"postgresql", "postgres", true, true, postgres_type},
    Database{"postgres", "postgres", true, true, postgres_type},
    Database{"mysql", "mysql", false, false, mysql_type},
    Database{"mariadb", "mysql", false, false, mysql_type},
    Database{"sqlite", "sqlite", false, false, sqlite_type},
};

}  // namespace

const Database* find_database(std::string_view database_type) {
  if (database_type.empty()) return &databases.front();
  const std::string lower = to_lower(database_type);
  for (const Database& database : databases) {
    if (lower == database.type) return &database;
  }
  return nullptr;
}

}  // namespace relata::dbml
