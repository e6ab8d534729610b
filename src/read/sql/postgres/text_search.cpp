// Text search configurations and their mappings.
#include "read/sql/postgres/text_search.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "model/questions.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

constexpr std::string_view configuration_kind = "text search configuration";
constexpr std::string_view dictionary_kind = "text search dictionary";
constexpr std::string_view parser_kind = "text search parser";

/// A configuration: dictionaries by token type. Names are as the catalog shows them.
struct Configuration {
  std::string parser;
  std::map<std::string, std::vector<std::string>> mappings;
};

/// A token type of the parser "default" that the configurations of PostgreSQL itself map.
/// https://www.postgresql.org/docs/current/textsearch-parsers.html
struct TokenTypeRow {
  std::string_view name;
  bool is_word;   ///< A language's configuration looks it up in that language's dictionary.
  bool is_ascii;  ///< Of letters of ASCII only.
};

constexpr auto token_types = std::to_array<TokenTypeRow>({
    {"asciihword", true, true},  {"asciiword", true, true},       {"email", false, false},
    {"file", false, false},      {"float", false, false},         {"host", false, false},
    {"hword", true, false},      {"hword_asciipart", true, true}, {"hword_numpart", false, false},
    {"hword_part", true, false}, {"int", false, false},           {"numhword", false, false},
    {"numword", false, false},   {"sfloat", false, false},        {"uint", false, false},
    {"url", false, false},       {"url_path", false, false},      {"version", false, false},
    {"word", true, false},
});

constexpr auto languages = std::to_array<std::string_view>(
    {"arabic",  "armenian",  "basque",     "catalan",  "danish",  "dutch",
     "english", "estonian",  "finnish",    "french",   "german",  "greek",
     "hindi",   "hungarian", "indonesian", "irish",    "italian", "lithuanian",
     "nepali",  "norwegian", "portuguese", "romanian", "russian", "serbian",
     "spanish", "swedish",   "tamil",      "turkish",  "yiddish"});

/// Languages that are not written in Latin letters and take words of those for English.
constexpr auto languages_with_english = std::to_array<std::string_view>({"hindi", "russian"});

struct ExtensionDictionaryRow {
  std::string_view extension;
  std::string_view dictionary;
};

// The dictionaries that the extensions of PostgreSQL's own distribution bring.
constexpr auto extension_dictionaries = std::to_array<ExtensionDictionaryRow>({
    {"dict_int", "intdict"},
    {"dict_xsyn", "xsyn"},
    {"unaccent", "unaccent"},
});

template <std::size_t Size>
bool is_among(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What PostgreSQL has by itself under that name.
std::optional<Configuration> built_in_configuration(const std::string& name) {
  const bool language = is_among(languages, name);
  if (!language && name != "simple") return std::nullopt;
  const std::string stem = name + "_stem";
  const std::string ascii_stem = is_among(languages_with_english, name) ? "english_stem" : stem;
  Configuration configuration;
  configuration.parser = "\"default\"";
  for (const TokenTypeRow& row : token_types) {
    std::string dictionary = "simple";
    if (language && row.is_word) dictionary = row.is_ascii ? ascii_stem : stem;
    configuration.mappings[std::string(row.name)] = {std::move(dictionary)};
  }
  return configuration;
}

/// The namespace of a parser or dictionary that is named without one.
std::string namespace_of(Reader& reader, std::string_view kind, const NameParts& name) {
  if (const OtherObject* found = find_other(reader.catalog, kind, name)) return found->schema;
  if (kind != dictionary_kind) return {};
  for (const ExtensionDictionaryRow& row : extension_dictionaries) {
    if (row.dictionary != name.name) continue;
    const auto extension = reader.catalog.extensions.find(std::string(row.extension));
    if (extension != reader.catalog.extensions.end()) return extension->second.schema;
  }
  return {};
}

/// The name as the catalog shows it: with its namespace unless that is public or pg_catalog.
std::string catalog_name(Reader& reader, std::string_view kind,
                         const std::vector<std::string>& written) {
  const NameParts name = name_parts(written);
  std::string space = name.schema.empty() ? namespace_of(reader, kind, name)
                                          : Catalog::model_namespace(name.schema);
  if (space == "pg_catalog") space.clear();
  const std::string prefix = space.empty() ? "" : syntax::postgres_identifier(space) + ".";
  return prefix + syntax::postgres_identifier(name.name);
}

/// The name that stands behind "=" in a definition.
std::vector<std::string> name_behind(const PgQuery__DefElem& option) {
  if (option.arg == nullptr) return {};
  if (option.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
    const PgQuery__TypeName& type = *option.arg->type_name;
    return strings_of(nodes(type.n_names, type.names));
  }
  return {argument_text(option)};
}

/// Replaces a dictionary; `tokens` are the types that it is replaced for, none: for all.
void replace_dictionary(Configuration& configuration, const std::vector<std::string>& tokens,
                        const std::string& from, const std::string& to) {
  for (auto& [token, dictionaries] : configuration.mappings)
    if (tokens.empty() || std::find(tokens.begin(), tokens.end(), token) != tokens.end())
      std::replace(dictionaries.begin(), dictionaries.end(), from, to);
}

/// https://www.postgresql.org/docs/current/sql-altertsconfig.html
void change(Reader& reader, Configuration& configuration,
            const PgQuery__AlterTSConfigurationStmt& statement) {
  const std::vector<std::string> tokens =
      strings_of(nodes(statement.n_tokentype, statement.tokentype));
  std::vector<std::string> dictionaries;
  for (const PgQuery__Node* node : nodes(statement.n_dicts, statement.dicts))
    dictionaries.push_back(catalog_name(reader, dictionary_kind, strings_of(node)));
  switch (statement.kind) {
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING:
      for (const std::string& token : tokens)
        configuration.mappings.try_emplace(token, dictionaries);
      break;
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN:
      for (const std::string& token : tokens) configuration.mappings[token] = dictionaries;
      break;
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_REPLACE_DICT:
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN:
      if (dictionaries.size() == 2)
        replace_dictionary(configuration, tokens, dictionaries[0], dictionaries[1]);
      break;
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING:
      for (const std::string& token : tokens) configuration.mappings.erase(token);
      break;
    default:
      break;
  }
}

/// The configuration that the statements of an object say.
Configuration configuration_in(Reader& reader, const OtherObject& object) {
  Configuration configuration;
  const syntax::ParsedSql parsed = syntax::ParsedSql::parse(object.sql.text);
  for (const syntax::ParsedSql::Tree& tree : parsed.trees()) {
    const PgQuery__Node& node = *tree.node;
    if (node.node_case == PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT)
      change(reader, configuration, *node.alter_tsconfiguration_stmt);
    if (node.node_case != PG_QUERY__NODE__NODE_DEFINE_STMT) continue;
    const PgQuery__DefineStmt& define = *node.define_stmt;
    for (const PgQuery__Node* option : nodes(define.n_definition, define.definition))
      if (view(option->def_elem->defname) == "parser")
        configuration.parser = catalog_name(reader, parser_kind, name_behind(*option->def_elem));
  }
  return configuration;
}

std::string statements_of(const QualifiedName& name, const Configuration& configuration) {
  const std::string prefix =
      name.schema.empty() ? "" : syntax::postgres_identifier(name.schema) + ".";
  const std::string shown = prefix + syntax::postgres_identifier(name.name);
  std::string text =
      "CREATE TEXT SEARCH CONFIGURATION " + shown + " (PARSER = " + configuration.parser + ")";
  for (const auto& [token, dictionaries] : configuration.mappings)
    text += ";\nALTER TEXT SEARCH CONFIGURATION " + shown + " ADD MAPPING FOR " +
            syntax::postgres_identifier(token) + " WITH " + join(dictionaries, ", ");
  return text;
}

/// The configuration of that name, of the schema or of PostgreSQL itself.
std::optional<Configuration> existing_configuration(Reader& reader,
                                                    const std::vector<std::string>& written) {
  const NameParts name = name_parts(written);
  if (name.schema.empty() || name.schema == "pg_catalog")
    if (auto found = built_in_configuration(name.name)) return found;
  const OtherObject* found = find_other(reader.catalog, configuration_kind, name);
  if (found == nullptr) return std::nullopt;
  return configuration_in(reader, *found);
}

}  // namespace

void define_text_search_configuration(Reader& reader, const PgQuery__DefineStmt& statement,
                                      const QualifiedName& name) {
  Configuration configuration;
  for (const PgQuery__Node* node : nodes(statement.n_definition, statement.definition)) {
    const PgQuery__DefElem& option = *node->def_elem;
    const std::vector<std::string> named = name_behind(option);
    if (view(option.defname) == "parser")
      configuration.parser = catalog_name(reader, parser_kind, named);
    if (view(option.defname) != "copy") continue;
    auto source = existing_configuration(reader, named);
    if (!source) {
      reader.missing(configuration_kind, join(named, "."));
      return;
    }
    configuration = std::move(*source);
  }
  if (find_other(reader.catalog, configuration_kind, name) != nullptr) {
    reader.taken(configuration_kind, plain_name(name));
    return;
  }
  add_other(reader, std::string(configuration_kind), name);
  reader.catalog.others.back().sql.text = statements_of(name, configuration);
}

void alter_text_search_configuration(Reader& reader,
                                     const PgQuery__AlterTSConfigurationStmt& statement) {
  const NameParts name = name_parts(strings_of(nodes(statement.n_cfgname, statement.cfgname)));
  OtherObject* object = find_other(reader.catalog, configuration_kind, name);
  if (object == nullptr) {
    reader.missing(configuration_kind, name.name);
    return;
  }
  Configuration configuration = configuration_in(reader, *object);
  change(reader, configuration, statement);
  object->sql.text = statements_of({object->schema, object->name}, configuration);
}

}  // namespace relata::sql::postgres
