#include "live/table_sizes.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/mysql/tokens.h"
#include "syntax/postgres/types.h"

namespace relata::live {
namespace {

/// Namespace, name and estimate, which is NULL where the server has none to be trusted.

/// An estimate is of when the table was last analysed: it grows with the table's pages since, as
/// the planner reckons (estimate_rel_size() in src/backend/optimizer/util/plancat.c). reltuples is
/// -1, before version 14 0 without pages, where nobody has looked yet.
/// https://www.postgresql.org/docs/current/catalog-pg-class.html
constexpr std::string_view postgres_estimates = R"(
SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname END, c.relname,
       CASE WHEN c.relkind = 'r' AND pg_relation_size(c.oid) = 0 THEN 0
            WHEN c.reltuples < 0 OR c.relpages <= 0 THEN NULL
            WHEN c.relkind <> 'r' THEN c.reltuples::bigint
            ELSE (c.reltuples / c.relpages *
                  (pg_relation_size(c.oid) / current_setting('block_size')::bigint))::bigint END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_(toast|temp)')";

/// InnoDB's numbers are of when its statistics were last made: one below what many pages hold is
/// not to be trusted. https://dev.mysql.com/doc/refman/8.0/en/information-schema-tables-table.html
constexpr std::string_view mysql_estimates = R"(
SELECT '', table_name,
       CASE WHEN table_rows < 100000 AND data_length > 1000000 THEN NULL
            WHEN table_rows = 0 THEN NULL ELSE table_rows END
FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED'))";

constexpr std::string_view sqlite_estimates =
    "SELECT '', name, NULL FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
    "'sqlite\\_%' ESCAPE '\\'";

std::string postgres_table(const QualifiedName& name) {
  return syntax::postgres_qualified_name(name.schema.empty() ? "public" : name.schema, name.name);
}

std::string mysql_table(const QualifiedName& name) {
  return syntax::mysql::quoted_identifier(name.name);
}

std::string sqlite_table(const QualifiedName& name) {
  std::string text = "\"";
  for (const char c : name.name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

struct Sizing {
  std::string_view dialect;
  std::string_view estimates;
  std::string (*table)(const QualifiedName& name);
};

constexpr std::array sizings{
    Sizing{"postgres", postgres_estimates, postgres_table},
    Sizing{"mysql", mysql_estimates, mysql_table},
    Sizing{"sqlite", sqlite_estimates, sqlite_table},
};

std::optional<std::uint64_t> number_in(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> count(Session& session, const std::string& table,
                                   std::uint64_t enough) {
  const auto rows = session.run("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT " +
                                std::to_string(enough) + ") AS counted");
  if (!rows || rows->empty() || rows->front().empty()) return std::nullopt;
  return number_in(rows->front().front());
}

}  // namespace

Result<std::map<QualifiedName, std::uint64_t>> table_sizes(Session& session, std::uint64_t enough) {
  std::map<QualifiedName, std::uint64_t> sizes;
  for (const Sizing& sizing : sizings) {
    if (sizing.dialect != session.dialect()) continue;
    const auto tables = session.run(std::string(sizing.estimates));
    if (!tables) return tl::unexpected(tables.error());
    for (const Record& record : *tables) {
      const QualifiedName name{record.at(0).value_or(""), record.at(1).value_or("")};
      auto size = number_in(record.at(2));
      if (!size) size = count(session, sizing.table(name), enough);
      if (size) sizes.emplace(name, *size);
    }
  }
  return sizes;
}

}  // namespace relata::live
