#include "syntax/mysql/character_sets.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace relata::syntax::mysql {
namespace {

/// Character sets whose default collation is not named NAME_general_ci.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> special_defaults{{
    {"big5", "big5_chinese_ci"},
    {"binary", "binary"},
    {"cp932", "cp932_japanese_ci"},
    {"dec8", "dec8_swedish_ci"},
    {"eucjpms", "eucjpms_japanese_ci"},
    {"euckr", "euckr_korean_ci"},
    {"gb18030", "gb18030_chinese_ci"},
    {"gb2312", "gb2312_chinese_ci"},
    {"gbk", "gbk_chinese_ci"},
    {"hp8", "hp8_english_ci"},
    {"latin1", "latin1_swedish_ci"},
    {"latin5", "latin5_turkish_ci"},
    {"sjis", "sjis_japanese_ci"},
    {"swe7", "swe7_swedish_ci"},
    {"tis620", "tis620_thai_ci"},
    {"ujis", "ujis_japanese_ci"},
}};

constexpr std::array<std::string_view, 22> general_defaults{
    "armscii8", "ascii",    "cp1250", "cp1251", "cp1256",  "cp1257",  "cp850", "cp852",
    "cp866",    "geostd8",  "greek",  "hebrew", "koi8r",   "keybcs2", "koi8u", "latin2",
    "latin7",   "macroman", "ucs2",   "utf32",  "utf8mb3", "utf8mb4",
};

/// As the servers spell them (information_schema.ENGINES).
constexpr std::array<std::string_view, 20> engines{
    "InnoDB",      "MyISAM",     "MEMORY",  "Aria",   "CSV",        "ARCHIVE", "BLACKHOLE",
    "FEDERATED",   "MRG_MyISAM", "ROCKSDB", "Spider", "SEQUENCE",   "S3",      "CONNECT",
    "Columnstore", "Mroonga",    "OQGRAPH", "SPHINX", "ndbcluster", "EXAMPLE",
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> engine_synonyms{{
    {"merge", "MRG_MyISAM"},
    {"heap", "MEMORY"},
    {"ndb", "ndbcluster"},
    {"innobase", "InnoDB"},
}};

/// The order in which SHOW CREATE TABLE writes options (sql_show.cc, add_table_options), those of
/// engines behind them.
constexpr std::array<std::string_view, 24> option_order{
    "ENGINE",
    "CONNECTION",
    "INSERT_METHOD",
    "UNION",
    "DATA DIRECTORY",
    "INDEX DIRECTORY",
    "TABLESPACE",
    "MIN_ROWS",
    "MAX_ROWS",
    "AVG_ROW_LENGTH",
    "PACK_KEYS",
    "STATS_PERSISTENT",
    "STATS_AUTO_RECALC",
    "STATS_SAMPLE_PAGES",
    "CHECKSUM",
    "PAGE_CHECKSUM",
    "DELAY_KEY_WRITE",
    "ROW_FORMAT",
    "TRANSACTIONAL",
    "KEY_BLOCK_SIZE",
    "COMPRESSION",
    "ENCRYPTION",
    "SEQUENCE",
    "WITH SYSTEM VERSIONING",
};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t place_of(const std::string& option) {
  const auto* found = std::find(option_order.begin(), option_order.end(), option);
  return static_cast<std::size_t>(found - option_order.begin());
}

}  // namespace

std::string character_set_name(std::string_view name) {
  std::string lower = to_lower(name);
  return lower == "utf8" ? "utf8mb3" : lower;
}

std::string collation_name(std::string_view name) {
  std::string lower = to_lower(name);
  return lower.starts_with("utf8_") ? "utf8mb3_" + lower.substr(5) : lower;
}

std::string character_set_of(std::string_view collation) {
  return std::string(collation.substr(0, collation.find('_')));
}

std::string default_collation(std::string_view character_set) {
  for (const auto& [name, collation] : special_defaults) {
    if (name == character_set) return std::string(collation);
  }
  const bool general = contains(general_defaults, character_set) || character_set == "macce" ||
                       character_set == "utf16" || character_set == "utf16le";
  return general ? std::string(character_set) + "_general_ci" : std::string();
}

void set_collation(Column& column, std::string_view character_set, std::string_view collation,
                   const Table& table) {
  column.character_set.clear();
  column.collation.clear();
  if (character_set.empty() && collation.empty()) return;
  const std::string set =
      character_set.empty() ? character_set_of(collation) : std::string(character_set);
  const std::string meant = collation.empty() ? default_collation(set) : std::string(collation);
  const std::string& table_set = table.character_set.text;
  const std::string of_table =
      table.collation.text.empty() ? default_collation(table_set) : table.collation.text;
  if (!meant.empty() && meant == of_table) return;
  if (meant.empty() || meant == default_collation(set)) {
    column.character_set = set;
  } else {
    column.collation = meant;
  }
}

std::string effective_collation(const Column& column, const Table& table) {
  if (!column.collation.empty()) return column.collation;
  if (!column.character_set.empty()) return default_collation(column.character_set);
  if (!table.collation.text.empty()) return table.collation.text;
  return default_collation(table.character_set.text);
}

std::string engine_name(std::string_view name) {
  const std::string lower = to_lower(name);
  for (const auto& [synonym, engine] : engine_synonyms) {
    if (synonym == lower) return std::string(engine);
  }
  for (const std::string_view engine : engines) {
    if (to_lower(engine) == lower) return std::string(engine);
  }
  return std::string(name);
}

void sort_options(Table& table) {
  std::stable_sort(table.options.begin(), table.options.end(),
                   [](const Option& a, const Option& b) {
                     const std::size_t first = place_of(a.name);
                     const std::size_t second = place_of(b.name);
                     if (first != second) return first < second;
                     return first == option_order.size() && a.name < b.name;
                   });
}

}  // namespace relata::syntax::mysql
