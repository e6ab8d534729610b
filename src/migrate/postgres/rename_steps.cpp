#include "migrate/postgres/rename_steps.h"

#include <algorithm>
#include <map>
#include <utility>

#include "dialect/postgres_object_names.h"
#include "dialect/postgres_pieces.h"
#include "migrate/postgres/group_work.h"
#include "migrate/postgres/part_names.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"
#include "migrate/rename.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

/// Tables that cannot rename columns at the same time: a foreign key leads from one to the other,
/// or the same view reads both.
class Neighbours {
 public:
  explicit Neighbours(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      std::vector<QualifiedName> tables;
      if (const auto* key = std::get_if<const ForeignKey*>(&piece.object)) {
        tables = {piece.owner, {(*key)->table_schema, (*key)->table}};
      } else if (piece.kind != "table") {
        for (const std::size_t used : piece.needs) tables.push_back(pieces[used].owner);
      }
      for (const QualifiedName& one : tables) {
        for (const QualifiedName& other : tables) next_[one].insert(other);
      }
    }
  }

  [[nodiscard]] const std::set<QualifiedName>& of(const QualifiedName& table) const {
    static const std::set<QualifiedName> none;
    const auto found = next_.find(table);
    return found == next_.end() ? none : found->second;
  }

 private:
  std::map<QualifiedName, std::set<QualifiedName>> next_;
};

/// Finds the groups of changes by which columns get their new names.
class ColumnRenamer {
 public:
  ColumnRenamer(const std::vector<Piece>& from, const std::vector<Piece>& to,
                const PlanOptions& options)
      : from_(from), to_(to), options_(options), users_(from.size()) {
    for (std::size_t at = 0; at < to.size(); ++at) places_.emplace(key_of(to[at]), at);
    for (std::size_t at = 0; at < from.size(); ++at) {
      columns_.emplace(key_of(from[at]), at);
      for (const std::size_t used : from[at].needs) users_[used].push_back(at);
      if (from[at].owner_piece != Piece::none) users_[from[at].owner_piece].push_back(at);
    }
  }

  [[nodiscard]] Group group(const Rename& rename) const {
    Group group;
    const auto from = columns_.find({"column", rename.table, rename.column});
    const auto to = places_.find({"column", rename.table, rename.name});
    if (from == columns_.end() || to == places_.end()) return group;
    const Change column{Doing::alter, from->second, to->second};
    if (!is_large(rename.table, options_)) {
      // The server follows the name wherever it stands.
      group.changes = {column};
      return group;
    }
    const std::set<std::size_t> bound = bound_to(from->second);
    for (auto at = bound.rbegin(); at != bound.rend(); ++at) {
      group.changes.push_back({Doing::drop, *at, Piece::none});
    }
    group.changes.push_back(column);
    std::set<std::size_t> again;
    for (const std::size_t at : bound) {
      const auto found = places_.find(key_of(from_[at]));
      if (found != places_.end()) again.insert(found->second);
    }
    for (const std::size_t at : again) group.changes.push_back({Doing::create, Piece::none, at});
    return group;
  }

 private:
  using Key = std::tuple<std::string, QualifiedName, std::string>;

  static Key key_of(const Piece& piece) { return {piece.kind, piece.owner, piece.name}; }

  /// Views, policies and the like that read the column, and what uses those.
  [[nodiscard]] std::set<std::size_t> bound_to(std::size_t column) const {
    static const std::set<std::string_view> kinds{"view", "materialized view", "policy", "rule",
                                                  "trigger"};
    std::set<std::size_t> bound;
    std::vector<std::size_t> open;
    const auto take = [&](std::size_t at) {
      if (bound.insert(at).second) open.push_back(at);
    };
    for (const std::size_t user : users_[from_[column].owner_piece]) {
      if (kinds.count(from_[user].kind) > 0 && names_column(from_[user], from_[column].name)) {
        take(user);
      }
    }
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t user : users_[at]) take(user);
    }
    return bound;
  }

  const std::vector<Piece>& from_;
  const std::vector<Piece>& to_;
  const PlanOptions& options_;
  std::map<Key, std::size_t> places_;   ///< Of pieces after.
  std::map<Key, std::size_t> columns_;  ///< Of pieces before.
  std::vector<std::vector<std::size_t>> users_;
};

/// The numbering of an identity, and NOT NULL, are called by their table.
void add_derived_names(const Rename& rename, const std::vector<Piece>& pieces,
                       std::vector<std::string>& forward, std::vector<std::string>& back) {
  const QualifiedName after{rename.table.schema, rename.name};
  std::vector<std::pair<std::string, std::string>> there;
  std::vector<std::pair<std::string, std::string>> again;
  for (const Piece& piece : pieces) {
    const auto* object = std::get_if<const Column*>(&piece.object);
    if (object == nullptr || piece.owner != rename.table) continue;
    const Column& column = **object;
    const auto name = [&](std::string_view table, std::string_view label) {
      return postgres_object_name(table, column.name, label);
    };
    if (!column.nullable && column.not_null_name.empty()) {
      const std::string label = "not_null";
      there.emplace_back(name(rename.table.name, label), name(rename.name, label));
      again.emplace_back(there.back().second, there.back().first);
    }
    if (!column.identity || !column.identity->sequence.empty()) continue;
    const std::string old_one = name(rename.table.name, "seq");
    const std::string new_one = name(rename.name, "seq");
    const auto renaming = [&](const std::string& from, const std::string& to) {
      return "ALTER SEQUENCE " + quoted(QualifiedName{after.schema, from}) + " RENAME TO " +
             quoted(to);
    };
    forward.push_back(renaming(old_one, new_one));
    back.insert(back.begin(), renaming(new_one, old_one));
  }
  if (there.empty()) return;
  forward.push_back(not_null_renaming(after, there));
  back.insert(back.begin(), not_null_renaming(after, again));
}

/// Until running code knows the new name, the old one is a view.
/// https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS
void rename_table(const Rename& rename, const std::vector<Piece>& pieces, bool keeps_old_name,
                  std::vector<Step>& steps) {
  const QualifiedName after{rename.table.schema, rename.name};
  const std::string where = plain_name(rename.table);
  std::vector<std::string> forward{"ALTER TABLE " + quoted(rename.table) + " RENAME TO " +
                                   quoted(rename.name)};
  std::vector<std::string> back{"ALTER TABLE " + quoted(after) + " RENAME TO " +
                                quoted(rename.table.name)};
  add_derived_names(rename, pieces, forward, back);
  const std::string title = "call the table " + where + " " + rename.name;
  if (!keeps_old_name) {
    steps.push_back(plain_step(Phase::expand, title, forward, back, Lock::access_exclusive, where));
    return;
  }
  std::vector<std::string> view{"CREATE VIEW " + quoted(rename.table) +
                                " WITH (security_invoker = true) AS SELECT * FROM " +
                                quoted(after)};
  for (const Piece& piece : pieces) {
    if (piece.kind == "grant" && piece.owner == rename.table) {
      append(view, piece.create);
    }
  }
  const std::vector<std::string> drop{"DROP VIEW " + quoted(rename.table)};
  append(forward, view);
  prepend(back, drop);
  steps.push_back(plain_step(Phase::expand, title + ", and a view by the old name", forward, back,
                             Lock::access_exclusive, where));
  steps.push_back(plain_step(Phase::contract, "drop the view by the old name " + where, drop, view,
                             Lock::access_exclusive, where));
}

/// The columns that can be renamed at one time, taken out of `left`.
std::vector<Rename> next_round(std::vector<Rename>& left, const std::vector<Piece>& pieces) {
  const Neighbours neighbours(pieces);
  std::set<QualifiedName> taken;
  std::vector<Rename> round;
  std::vector<Rename> later;
  for (Rename& rename : left) {
    if (taken.count(rename.table) > 0) {
      later.push_back(std::move(rename));
      continue;
    }
    taken.insert(rename.table);
    const auto& next = neighbours.of(rename.table);
    taken.insert(next.begin(), next.end());
    round.push_back(std::move(rename));
  }
  left = std::move(later);
  return round;
}

}  // namespace

Renaming rename_steps(const Schema& from, const PlanOptions& options,
                      const std::set<QualifiedName>& changing, DiagnosticSink& sink) {
  Renaming renaming;
  std::vector<Rename> tables;
  std::vector<Rename> columns;
  std::map<QualifiedName, QualifiedName> names;
  for (const Rename& rename : options.renames) {
    if (rename.column.empty()) {
      tables.push_back(rename);
      names[rename.table] = {rename.table.schema, rename.name};
    }
  }
  PlanOptions at_once = options;  // table sizes are known by their names before
  for (const auto& [before, after] : names) {
    const auto rows = options.rows.find(before);
    if (rows != options.rows.end()) at_once.rows[after] = rows->second;
  }
  for (Rename rename : options.renames) {
    if (rename.column.empty()) continue;
    const auto found = names.find(rename.table);
    if (found != names.end()) rename.table = found->second;
    columns.push_back(std::move(rename));
  }
  const std::vector<Piece> first = tables.empty() ? std::vector<Piece>() : postgres_pieces(from);
  for (const Rename& rename : tables) {
    const QualifiedName after{rename.table.schema, rename.name};
    const bool renames_columns = std::any_of(columns.begin(), columns.end(),
                                             [&](const Rename& r) { return r.table == after; });
    const bool keeps = !options.brief && !renames_columns && changing.count(after) == 0;
    rename_table(rename, first, keeps, renaming.steps);
  }
  Schema now = tables.empty() ? from : renamed(from, tables);
  while (!columns.empty()) {
    const std::vector<Piece> before = postgres_pieces(now);
    const std::vector<Rename> round = next_round(columns, before);
    const Schema then = renamed(now, round);
    const std::vector<Piece> after = postgres_pieces(then);
    const ColumnRenamer renamer(before, after, at_once);
    GroupWork work(before, after, {}, at_once, sink);
    for (const Rename& rename : round) {
      // A column that waits for one of the same table waits with it.
      Phase phase = renaming.waiting.count(rename.table) > 0 ? Phase::contract : Phase::expand;
      for (Step& step : work.steps(renamer.group(rename))) {
        phase = step.phase = std::max(phase, step.phase);
        renaming.steps.push_back(std::move(step));
      }
      if (phase == Phase::contract) renaming.waiting.insert(rename.table);
    }
    now = then;
  }
  return renaming;
}

}  // namespace relata::migrate::postgres
