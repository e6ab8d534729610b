#include "migrate/check/rows.h"

#include "base/text.h"
#include "dialect/dialect.h"
#include "model/questions.h"

namespace relata::migrate::check {

ColumnsOf common_columns(const Schema& start, const Schema& target, bool same_type,
                         const std::set<seed::ColumnName>& without) {
  std::map<QualifiedName, const Table*> targets;
  for (const Table& table : target.tables) {
    targets.emplace(QualifiedName{table.schema, table.name}, &table);
  }
  ColumnsOf columns;
  for (const Table& table : start.tables) {
    const QualifiedName name{table.schema, table.name};
    const auto found = targets.find(name);
    if (found == targets.end() || !table.server.empty()) continue;
    std::vector<std::string>& common = columns[name];
    for (const Column& column : table.columns) {
      const Column* other = found->second->find_column(column.name);
      if (other == nullptr || without.contains({name, column.name})) continue;
      if (same_type && !(other->type == column.type)) continue;
      common.push_back(column.name);
    }
  }
  return columns;
}

Result<std::map<QualifiedName, RowsSeen>> see_rows(live::Session& session, const ColumnsOf& columns,
                                                   const CheckEngine& engine) {
  std::map<QualifiedName, RowsSeen> seen;
  for (const auto& [table, names] : columns) {
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back(engine.dialect().identifier(name));
    auto sum = engine.sum_of(session, engine.engine().table_name(table), quoted);
    if (!sum) return tl::unexpected(sum.error());
    seen[table] = {sum->first, std::move(sum->second)};
  }
  return seen;
}

std::vector<std::string> rows_lost(const std::map<QualifiedName, RowsSeen>& before,
                                   const std::map<QualifiedName, RowsSeen>& after,
                                   const std::set<QualifiedName>& settled,
                                   const std::string& when) {
  std::vector<std::string> lost;
  for (const auto& [table, old] : before) {
    const auto found = after.find(table);
    if (found == after.end()) continue;
    const RowsSeen& now = found->second;
    const bool may_grow = !settled.contains(table) && now.count > old.count;
    if (now.count != old.count && !may_grow) {
      lost.push_back(plain_name(table) + " had " + std::to_string(old.count) + " rows and has " +
                     std::to_string(now.count) + " " + when);
    } else if (!may_grow && now.checksum != old.checksum) {
      lost.push_back("values in " + plain_name(table) + " are not what they were " + when);
    }
  }
  return lost;
}

}  // namespace relata::migrate::check
