// How the rows of a table are spread over partitions. Source: MySQL 8.0 manual, "Partitioning
// Operations"; MariaDB Knowledge Base, "ALTER TABLE", "Partitioning Types".
#include <optional>

#include "dialect/mysql_clauses.h"
#include "migrate/mysql/table_delta.h"
#include "syntax/mysql/partitions.h"

namespace relata::migrate::mysql {
namespace {

namespace sql = syntax::mysql;

std::optional<sql::Partitions> read(const Table& table) {
  const std::string& text = table.partitioning->text.text;
  const std::vector<sql::Token> tokens = sql::tokenize(text);
  std::size_t position = 0;
  return sql::read_partitions(tokens, position);
}

std::string spelled(const sql::Partitions& partitions) { return sql::partition_clause(partitions); }

/// "(PARTITION c VALUES ...)" of what `to` has behind the partitions of `from`; empty where more
/// than that differs.
std::string appended(const Table& from, const Table& to) {
  const auto before = read(from);
  auto after = read(to);
  if (!before || !after || before->partitions.empty()) return {};
  if (after->partitions.size() <= before->partitions.size()) return {};
  const bool has_values = before->method.starts_with("range") || before->method.starts_with("list");
  if (!has_values) return {};
  sql::Partitions first = *after;
  first.partitions.resize(before->partitions.size());
  if (spelled(first) != spelled(*before)) return {};
  sql::Partitions rest = *after;
  rest.partitions.erase(
      rest.partitions.begin(),
      rest.partitions.begin() + static_cast<std::ptrdiff_t>(before->partitions.size()));
  sql::Partitions none = *after;
  none.partitions.clear();
  const std::string whole = spelled(rest);
  const std::size_t open = whole.find('(', spelled(none).size());
  return open == std::string::npos ? std::string() : whole.substr(open);
}

std::string clause(const Table& table) {
  return table.partitioning ? table.partitioning->text.text : "REMOVE PARTITIONING";
}

/// Whether unique keys change too, which must hold the columns that the rows are spread by.
bool changes_keys(const TableDelta& delta) {
  if (delta.key_changed) return true;
  for (const Change& change : delta.changes) {
    for (const std::string& text : change.forward) {
      if (text.find("UNIQUE KEY") != std::string::npos) return true;
    }
  }
  return false;
}

Change repartition(std::string title, std::string forward, std::string back) {
  Change change;
  change.stage = Stage::partition;
  change.title = std::move(title);
  change.forward = {std::move(forward)};
  change.back = {std::move(back)};
  change.forward_cost = change.back_cost = Cost::copy;
  change.is_partitioning = true;
  return change;
}

}  // namespace

void compare_partitions(TableDelta& delta) {
  const Table& from = *delta.from;
  const Table& to = *delta.to;
  if (from.partitioning == to.partitioning) return;
  delta.partitioning_changed = true;
  const std::string remove = "REMOVE PARTITIONING";
  if (!to.partitioning || (from.partitioning && changes_keys(delta))) {
    Change change = repartition("keep the rows in one piece", remove, clause(from));
    change.stage = Stage::take_down;
    delta.changes.push_back(std::move(change));
    if (!to.partitioning) return;
    delta.changes.push_back(repartition("spread the rows over partitions", clause(to), remove));
    return;
  }
  Change change = repartition("spread the rows over partitions", clause(to), clause(from));
  if (from.partitioning) {
    if (const std::string added = appended(from, to); !added.empty()) {
      change.title = "add partitions";
      change.forward = {"ADD PARTITION " + added};
      change.forward_cost = Cost::instant;
    }
  }
  delta.changes.push_back(std::move(change));
}

}  // namespace relata::migrate::mysql
