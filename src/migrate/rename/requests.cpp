#include "migrate/rename/requests.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "model/questions.h"

namespace relata::migrate {
namespace {

/// The parts of "shop.orders.total"; a part in double quotes may hold points.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// The tables of a schema by name. Where a name is not there as it is written, the only one that
/// differs in case is meant.
class TableIndex {
 public:
  explicit TableIndex(const Schema& schema) {
    for (const Table& table : schema.tables) {
      by_name_.emplace(QualifiedName{table.schema, table.name}, &table);
      by_lower_name_[{to_lower(table.schema), to_lower(table.name)}].push_back(&table);
      unqualified_[to_lower(table.name)].push_back(&table);
    }
  }

  [[nodiscard]] const Table* find(const QualifiedName& name) const {
    const auto found = by_name_.find(name);
    if (found != by_name_.end()) return found->second;
    const auto lower = by_lower_name_.find({to_lower(name.schema), to_lower(name.name)});
    return lower != by_lower_name_.end() && lower->second.size() == 1 ? lower->second.front()
                                                                      : nullptr;
  }

  /// The table that the parts name, the last of them left out where `with_column`. A table without
  /// its namespace is looked for in the default one, then everywhere.
  [[nodiscard]] const Table* find(const std::vector<std::string>& parts, bool with_column) const {
    const std::size_t count = parts.size() - (with_column ? 1 : 0);
    if (count == 0 || count > 2) return nullptr;
    const std::string space = count == 2 ? own_namespace(parts[0]) : std::string();
    if (const Table* table = find({space, parts[count - 1]})) return table;
    if (count == 2) return nullptr;
    const auto found = unqualified_.find(to_lower(parts[0]));
    return found != unqualified_.end() && found->second.size() == 1 ? found->second.front()
                                                                    : nullptr;
  }

 private:
  static std::string own_namespace(const std::string& name) {
    return name == "public" || name == "main" ? std::string() : name;
  }

  std::map<QualifiedName, const Table*> by_name_;
  std::map<QualifiedName, std::vector<const Table*>> by_lower_name_;
  std::map<std::string, std::vector<const Table*>> unqualified_;
};

const Column* find_column(const Table& table, std::string_view name) {
  if (const Column* column = table.find_column(name)) return column;
  const std::string lower = to_lower(std::string(name));
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& c) { return to_lower(c.name) == lower; });
  return found == table.columns.end() ? nullptr : &*found;
}

class Resolution {
 public:
  Resolution(const Schema& from, const Schema& to, DiagnosticSink& sink)
      : from_(from), to_(to), sink_(sink) {}

  void add_tables(const std::vector<RenameRequest>& requests) {
    for (const RenameRequest& request : requests) {
      const std::vector<std::string> before = parts_of(request.before);
      const Table* table = from_.find(before, false);
      if (table != nullptr && !names_column(before, request)) {
        add_table(*table, request);
      } else {
        of_columns_.push_back(&request);
      }
    }
  }

  void add_columns() {
    for (const RenameRequest* request : of_columns_) {
      const std::vector<std::string> before = parts_of(request->before);
      const Table* table = before.size() > 1 ? from_.find(before, true) : nullptr;
      if (table == nullptr) {
        refuse(*request,
               "there is no " +
                   std::string(before.size() > 1 ? "such column" : "table '" + before[0] + "'") +
                   " in FROM");
      } else {
        add_column(*table, before.back(), *request);
      }
    }
  }

  /// What the wanted schema says; nothing is wrong with what was done long ago.
  void add_former_tables(const std::vector<FormerName>& names) {
    for (const FormerName& former : names) {
      if (!former.column.empty() || from_.find(former.table) != nullptr) continue;
      const Table* table = from_.find({former.table.schema, former.name});
      if (table == nullptr || to_.find(name_of(*table)) != nullptr) continue;
      if (to_.find(former.table) != nullptr) take_table(*table, former.table.name);
    }
  }

  void add_former_columns(const std::vector<FormerName>& names) {
    for (const FormerName& former : names) {
      if (former.column.empty()) continue;
      const Table* wanted = to_.find(former.table);
      const auto moved = before_.find(former.table);
      const Table* table = moved == before_.end() ? from_.find(former.table) : moved->second;
      if (wanted == nullptr || table == nullptr) continue;
      const Column* old = table->find_column(former.name);
      const bool fits = old != nullptr && table->find_column(former.column) == nullptr &&
                        wanted->find_column(former.column) != nullptr &&
                        wanted->find_column(former.name) == nullptr;
      if (fits) take_column(*table, *old, former.column);
    }
  }

  std::vector<Rename> take() && {
    tables_.insert(tables_.end(), columns_.begin(), columns_.end());
    return std::move(tables_);
  }

 private:
  /// "a.b" may be table b of namespace a, or column b of table a: what the new name fits decides.
  [[nodiscard]] bool names_column(const std::vector<std::string>& before,
                                  const RenameRequest& request) const {
    if (before.size() != 2) return false;
    const Table* table = from_.find(before, true);
    return table != nullptr && find_column(*table, before.back()) != nullptr &&
           to_.find(parts_of(request.after), false) == nullptr;
  }

  void add_table(const Table& table, const RenameRequest& request) {
    std::vector<std::string> after = parts_of(request.after);
    if (after.size() == 1 && !table.schema.empty()) after.insert(after.begin(), table.schema);
    const Table* wanted = to_.find(after, false);
    if (wanted == nullptr) {
      refuse(request, "there is no table '" + request.after + "' in TO");
    } else if (wanted->schema != table.schema) {
      refuse(request, "a table does not come into another namespace by being renamed");
    } else if (from_.find(name_of(*wanted)) != nullptr) {
      refuse(request, "FROM has a table '" + plain_name(name_of(*wanted)) + "' already");
    } else if (!take_table(table, wanted->name)) {
      refuse(request, "the table is, or is called so by, another rename");
    }
  }

  void add_column(const Table& table, const std::string& name, const RenameRequest& request) {
    const Column* column = find_column(table, name);
    if (column == nullptr) {
      refuse(request,
             "the table '" + plain_name(name_of(table)) + "' of FROM has no column '" + name + "'");
      return;
    }
    const auto renamed = after_.find(name_of(table));
    const QualifiedName wanted_name{table.schema,
                                    renamed == after_.end() ? table.name : renamed->second};
    const Table* wanted = to_.find(wanted_name);
    if (wanted == nullptr) {
      refuse(request, "there is no table '" + plain_name(wanted_name) + "' in TO");
      return;
    }
    const std::vector<std::string> after = parts_of(request.after);
    if (after.size() > 1 && !is_table(after, table) && !is_table(after, *wanted)) {
      refuse(request, "a column does not come into another table by being renamed");
      return;
    }
    const Column* new_column = find_column(*wanted, after.back());
    if (new_column == nullptr) {
      refuse(request, "the table '" + plain_name(wanted_name) + "' of TO has no column '" +
                          after.back() + "'");
    } else if (table.find_column(new_column->name) != nullptr) {
      refuse(request, "the table '" + plain_name(name_of(table)) + "' of FROM has a column '" +
                          new_column->name + "' already");
    } else if (!take_column(table, *column, new_column->name)) {
      refuse(request, "the column is, or is called so by, another rename");
    }
  }

  /// Whether all but the last part name the table.
  static bool is_table(const std::vector<std::string>& parts, const Table& table) {
    return to_lower(parts[parts.size() - 2]) == to_lower(table.name);
  }

  bool take_table(const Table& table, const std::string& name) {
    const QualifiedName wanted{table.schema, name};
    if (after_.contains(name_of(table)) || before_.contains(wanted)) return false;
    after_.emplace(name_of(table), name);
    before_.emplace(wanted, &table);
    tables_.push_back({name_of(table), {}, name});
    return true;
  }

  bool take_column(const Table& table, const Column& column, const std::string& name) {
    const QualifiedName owner = name_of(table);
    if (!taken_.insert({owner, "-" + column.name}).second) return false;
    if (!taken_.insert({owner, "+" + name}).second) return false;
    columns_.push_back({owner, column.name, name});
    return true;
  }

  void refuse(const RenameRequest& request, std::string why) {
    sink_.error(
        "rename-not-found",
        "'" + request.before + "' cannot be renamed to '" + request.after + "': " + std::move(why),
        {}, {}, "write such as orders=purchases or orders.total=amount");
  }

  TableIndex from_;
  TableIndex to_;
  DiagnosticSink& sink_;
  std::vector<const RenameRequest*> of_columns_;
  std::map<QualifiedName, std::string> after_;    ///< New names by old ones.
  std::map<QualifiedName, const Table*> before_;  ///< Tables of `from` by their new names.
  std::set<std::pair<QualifiedName, std::string>> taken_;
  std::vector<Rename> tables_;
  std::vector<Rename> columns_;
};

}  // namespace

std::optional<RenameRequest> parse_rename(const std::string& text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string::npos) return std::nullopt;
  RenameRequest request{text.substr(0, sign), text.substr(sign + 1)};
  for (const std::string* side : {&request.before, &request.after}) {
    const std::vector<std::string> parts = parts_of(*side);
    if (parts.size() > 3 || std::any_of(parts.begin(), parts.end(),
                                        [](const std::string& part) { return part.empty(); })) {
      return std::nullopt;
    }
  }
  return request;
}

std::vector<Rename> resolve_renames(const Schema& from, const Schema& to,
                                    const std::vector<RenameRequest>& requests,
                                    DiagnosticSink& sink) {
  if (requests.empty() && to.former_names.all.empty()) return {};
  Resolution resolution(from, to, sink);
  resolution.add_tables(requests);
  resolution.add_former_tables(to.former_names.all);
  resolution.add_columns();
  resolution.add_former_columns(to.former_names.all);
  return std::move(resolution).take();
}

}  // namespace relata::migrate
