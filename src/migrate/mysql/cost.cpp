#include "migrate/mysql/cost.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/text.h"
#include "model/questions.h"
#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

struct CostWords {
  Cost cost;
  std::string_view mariadb;
  std::string_view mysql;
  std::string_view lock;
  std::string_view mysql_lock;
};

// MySQL takes no LOCK but DEFAULT with ALGORITHM = INSTANT, and has no NOCOPY.
constexpr std::array words{
    CostWords{Cost::instant, "INSTANT", "INSTANT", "DEFAULT", "DEFAULT"},
    CostWords{Cost::metadata, "INSTANT", "INPLACE", "NONE", "NONE"},
    CostWords{Cost::widening, "INSTANT", "COPY", "NONE", "SHARED"},
    CostWords{Cost::online, "NOCOPY", "INPLACE", "NONE", "NONE"},
    CostWords{Cost::rebuild, "INPLACE", "INPLACE", "NONE", "NONE"},
    CostWords{Cost::long_widening, "INPLACE", "COPY", "NONE", "SHARED"},
    CostWords{Cost::shared_rebuild, "INPLACE", "INPLACE", "SHARED", "SHARED"},
    CostWords{Cost::copy, "COPY", "COPY", "SHARED", "SHARED"},
};

const CostWords& words_of(Cost cost) { return words[static_cast<std::size_t>(cost)]; }

/// What MariaDB takes, and what MySQL takes; each takes the other's for a comment.
std::string either(std::string_view mariadb, std::string_view mysql) {
  if (mariadb == mysql) return std::string(mariadb);
  return "/*M!100300 " + std::string(mariadb) + " *//*!80000 " + std::string(mysql) + " */";
}

/// Whether every row gets the same default when the column is added; the current moment counts.
bool is_constant_default(const Column& column) {
  if (!column.default_value) return true;
  const std::string text = to_lower(column.default_value->text);
  if (text.find('(') == std::string::npos) return true;
  constexpr std::array moments{"current_timestamp", "now(", "localtime", "'", "\"", "_utf8", "n'"};
  return std::any_of(moments.begin(), moments.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

bool names_column(const Index& index, std::string_view column) {
  return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    return to_lower(part.expression.text) == to_lower(column);
  });
}

bool has_indexed_virtual(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return column.generated && !column.generated->stored &&
           std::any_of(table.indexes.begin(), table.indexes.end(),
                       [&](const Index& index) { return names_column(index, column.name); });
  });
}

void add_traits(Traits& traits, const Table& table) {
  const std::string_view engine = option_value(table.options, "ENGINE");
  if (!engine.empty() && engine != "InnoDB") traits.innodb = false;
  if (option_value(table.options, "ROW_FORMAT") == "COMPRESSED") traits.compressed = true;
  if (has_option(table.options, "KEY_BLOCK_SIZE")) traits.compressed = true;
  for (const Index& index : table.indexes) {
    if (index.method == "fulltext") traits.fulltext = true;
    if (index.method == "spatial") traits.spatial = true;
  }
  for (const Column& column : table.columns) {
    if (column.generated) traits.generated = true;
  }
  if (has_indexed_virtual(table)) traits.indexed_generated = true;
  if (table.partitioning) traits.partitioned = true;
  if (has_option(table.options, "WITH SYSTEM VERSIONING")) traits.versioned = true;
}

}  // namespace

std::string algorithm_clause(Cost cost) {
  const CostWords& entry = words_of(cost);
  return "ALGORITHM = " + either(entry.mariadb, entry.mysql) +
         ", LOCK = " + either(entry.lock, entry.mysql_lock);
}

Cost together(Cost one, Cost other) {
  const Cost dearer = std::max(one, other);
  const Cost cheaper = std::min(one, other);
  // MySQL copies where MariaDB does not: what both take beside something else is a copy.
  const bool widens = cheaper == Cost::widening || dearer == Cost::long_widening;
  if (widens && cheaper != dearer && dearer > Cost::widening && cheaper > Cost::metadata) {
    return Cost::copy;
  }
  return dearer;
}

bool holds_writes(Cost cost) { return cost == Cost::shared_rebuild || cost == Cost::copy; }

void describe_cost(Action& action, Cost cost, const std::string& table) {
  action.transactional = false;
  action.lock = holds_writes(cost) ? "SHARED" : "metadata";
  action.scans = cost >= Cost::online;
  action.rewrites = holds_writes(cost);
  if (holds_writes(cost)) action.blocks = "writes of " + table;
}

Cost rebuild_of(const Traits& traits) {
  if (!traits.innodb) return Cost::copy;
  if (traits.fulltext || traits.spatial || traits.indexed_generated) return Cost::shared_rebuild;
  return Cost::rebuild;
}

Traits traits_of(const Table& from, const Table& to) {
  Traits traits;
  add_traits(traits, from);
  add_traits(traits, to);
  return traits;
}

Cost cost_of_adding(const Column& column, const Traits& traits) {
  if (!traits.innodb || !is_constant_default(column)) return Cost::copy;
  if (column.generated && column.generated->stored) return Cost::copy;
  if (column.generated) return traits.partitioned ? Cost::copy : Cost::instant;
  if (traits.fulltext || traits.compressed || traits.indexed_generated) return rebuild_of(traits);
  return Cost::instant;
}

Cost cost_of_dropping(const Column& column, const Traits& traits) {
  if (!traits.innodb) return Cost::copy;
  if (column.generated && !column.generated->stored) {
    if (traits.partitioned) return Cost::copy;
    return traits.indexed_generated ? Cost::online : Cost::instant;
  }
  if (traits.indexed_generated) return Cost::copy;
  if (traits.fulltext || traits.compressed) return rebuild_of(traits);
  return Cost::instant;
}

Cost cost_of_adding(const Index& index, const Table& table, const Traits& traits) {
  if (!traits.innodb) return Cost::copy;
  if (index.algorithm.text == "HASH") return Cost::copy;  // of a hidden column
  if (!index.method.empty()) return traits.versioned ? Cost::copy : Cost::shared_rebuild;
  for (const Column& column : table.columns) {
    const bool is_virtual = column.generated && !column.generated->stored;
    if (is_virtual && traits.partitioned && names_column(index, column.name)) return Cost::copy;
  }
  return Cost::online;
}

Cost cost_of_dropping(const Index& index, const Traits& traits) {
  if (!traits.innodb || index.algorithm.text == "HASH") return Cost::copy;
  return Cost::online;
}

}  // namespace relata::migrate::mysql
