#include "migrate/postgres/group_work.h"

#include <algorithm>
#include <utility>

#include "dialect/postgres_object_names.h"
#include "migrate/postgres/first_tenant.h"
#include "migrate/postgres/online.h"
#include "migrate/postgres/online_column.h"
#include "migrate/postgres/part_names.h"
#include "migrate/postgres/remake.h"
#include "migrate/postgres/type_change.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

bool is_relation(const Piece& piece) {
  return piece.kind == "table" || piece.kind == "view" || piece.kind == "materialized view";
}

bool is_rule_for_rows(const Piece& piece) {
  return is_constraint(piece) &&
         (piece.kind != "index" || std::get<const Index*>(piece.object)->unique);
}

const Column* find_column(const std::map<QualifiedName, const Table*>& relations,
                          const QualifiedName& table, const std::string& column) {
  const auto found = relations.find(table);
  return found == relations.end() || found->second == nullptr ? nullptr
                                                              : found->second->find_column(column);
}

/// The steps that work comes to.
std::vector<Step> steps_of(Work work, std::string title) {
  std::vector<Step> steps = std::move(work.before);
  if (!work.forward.empty() || !work.back.empty()) {
    Step step;
    step.phase = work.phase;
    step.title = std::move(title);
    step.loss = work.loss;
    step.forward.statements = std::move(work.forward);
    step.forward.scans = work.scans;
    step.forward.rewrites = work.rewrites;
    step.back.statements = std::move(work.back);
    step.back.scans = work.scans;
    step.back.rewrites = work.rewrites || work.rewrites_back;
    if (!step.forward.statements.empty()) set_lock(step.forward, work.lock, work.on);
    if (!step.back.statements.empty()) set_lock(step.back, work.lock, work.on);
    steps.push_back(std::move(step));
  }
  append(steps, std::move(work.after));
  return steps;
}

}  // namespace

GroupWork::GroupWork(const std::vector<Piece>& from, const std::vector<Piece>& to,
                     const std::vector<Group>& groups, const PlanOptions& options,
                     DiagnosticSink& sink)
    : from_(from),
      to_(to),
      options_(options),
      sink_(sink),
      index_before_(from),
      index_after_(to),
      partitions_(from, to) {
  for (std::size_t at = 0; at < from.size(); ++at) {
    const Piece& piece = from[at];
    if (is_relation(piece)) relations_before_.emplace(piece.owner, piece.table);
    if (const auto* column = std::get_if<const Column*>(&piece.object)) {
      if ((*column)->type.kind == TypeKind::enumeration) {
        enumerated_[(*column)->type.name].push_back(at);
      }
    }
  }
  find_wholes();
  for (const Piece& piece : to) {
    if (is_relation(piece)) relations_after_.emplace(piece.owner, piece.table);
  }
  for (const Group& group : groups) {
    for (const Change& change : group.changes) {
      if (change.doing == Doing::drop) dropped_.insert(change.from);
      if (change.doing != Doing::create) continue;
      created_.insert(change.to);
      if (is_relation(to[change.to])) made_.insert(to[change.to].owner);
    }
  }
  for (const Piece& piece : to) {
    if (piece.kind == "table" && piece.table->intent.tenant_root && !relations_before_.empty()) {
      tenants_are_new_ = relations_before_.count(piece.owner) == 0;
    }
  }
}

std::vector<Step> GroupWork::steps(const Group& group) {
  look_at(group);
  std::vector<Step> steps = switch_first(group);
  for (const Change& change : group.changes) {
    if (change.doing == Doing::drop) drop(change.from);
    if (change.doing == Doing::alter) alter_piece(change.from, change.to);
    if (change.doing == Doing::create) create(change.to);
  }
  append(steps, steps_of(std::move(work_), title()));
  return steps;
}

std::optional<ColumnSwitch> GroupWork::switch_of(const Change& change) const {
  const Piece& from = from_[change.from];
  const Piece& to = to_[change.to];
  const bool column = change.doing == Doing::alter && from.kind == "column";
  if (!column || !is_large_and_in_use(to)) return std::nullopt;
  if (from.name == to.name &&
      keeps_rows(with_parents(from, to), *std::get<const Column*>(to.object))) {
    return std::nullopt;
  }
  return find_switch(*group_, {from_, index_before_, dropped_}, change.from,
                     {to_, index_after_, created_}, change.to);
}

/// Of several columns that change places with others, all but the last do so one after the other:
/// what hangs on them is taken down and put back as it was each time.
std::vector<Step> GroupWork::switch_first(const Group& group) {
  std::vector<const Change*> switched;
  for (const Change& change : group.changes) {
    if (change.doing != Doing::alter) continue;
    auto found = switch_of(change);
    if (!found) continue;
    switches_.emplace(change.to, std::move(*found));
    switched.push_back(&change);
  }
  std::vector<Step> steps;
  if (switched.size() < 2) return steps;
  switched.pop_back();
  for (const Change* change : switched) {
    switched_.insert(change->to);
    Work work;
    for (const Change& other : group.changes) {
      if (other.doing == Doing::drop) take_down(from_[other.from], work);
    }
    switch_column(switches_.at(change->to), work);
    for (auto other = group.changes.rbegin(); other != group.changes.rend(); ++other) {
      if (other->doing == Doing::drop) put_back(from_[other->from], work);
    }
    append(steps, steps_of(std::move(work), "change the " + described(to_[change->to])));
  }
  return steps;
}

bool GroupWork::goes_with_owner(const Piece& piece) const {
  return piece.owner_piece != Piece::none && dropped_.count(piece.owner_piece) > 0;
}

void GroupWork::take_down(const Piece& piece, Work& work) const {
  if (!goes_with_owner(piece) || is_apart(piece)) {
    append(work.forward, piece.drop);
  }
  prepend(work.back, piece.create);
}

void GroupWork::put_back(const Piece& piece, Work& work) const {
  append(work.forward, piece.create);
  if (!goes_with_owner(piece) || is_apart(piece)) {
    prepend(work.back, piece.drop);
  }
}

/// What the group makes, drops and changes as a whole.
void GroupWork::look_at(const Group& group) {
  group_ = &group;
  again_.clear();
  columns_.clear();
  replaced_.clear();
  switches_.clear();
  switched_.clear();
  work_ = {};
  only_drops_ = std::all_of(group.changes.begin(), group.changes.end(),
                            [](const Change& change) { return change.doing == Doing::drop; });
  for (const Change& change : group.changes) {
    const Piece& piece = change.doing == Doing::drop ? from_[change.from] : to_[change.to];
    if (change.doing == Doing::create) again_.emplace(PieceKey::of(piece), change.to);
    if (piece.kind == "column") columns_[piece.owner].insert(piece.name);
  }
  for (const Change& change : group.changes) {
    work_.phase = std::max(work_.phase, phase_of(change));
  }
  look_at_indexes();
}

/// What running code may notice only once it is new comes late: rules that bind it, and the end of
/// what it uses.
Phase GroupWork::phase_of(const Change& change) const {
  if (change.doing == Doing::drop) {
    const Piece& piece = from_[change.from];
    if (piece.kind == "sequence owner") return Phase::expand;
    const bool goes = again_.count(PieceKey::of(piece)) == 0 && only_drops_;
    return goes && !is_rule_for_rows(piece) ? Phase::contract : Phase::expand;
  }
  // Row level security hides rows from who does not say who asks.
  if (change.doing == Doing::create && to_[change.to].kind.ends_with("row level security") &&
      is_in_use(to_[change.to])) {
    return Phase::contract;
  }
  if (change.doing == Doing::create && is_rule_for_rows(to_[change.to]) &&
      is_in_use(to_[change.to])) {
    return Phase::contract;
  }
  return Phase::expand;
}

bool GroupWork::only_creates() const {
  return std::all_of(group_->changes.begin(), group_->changes.end(),
                     [](const Change& change) { return change.doing == Doing::create; });
}

bool GroupWork::is_in_use(const Piece& piece) const {
  return relations_before_.count(piece.owner) > 0 && made_.count(piece.owner) == 0;
}

bool GroupWork::is_large_and_in_use(const Piece& piece) const {
  return is_in_use(piece) && is_large(piece.owner, options_);
}

bool GroupWork::names_changed_column(const Piece& piece) const {
  const auto found = columns_.find(piece.owner);
  return found != columns_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const std::string& column) { return names_column(piece, column); });
}

void GroupWork::add(const std::vector<std::string>& forward, const std::vector<std::string>& back,
                    Doing doing, const Piece& piece) {
  append(work_.forward, forward);
  prepend(work_.back, back);
  const bool in_use = is_in_use(piece) || doing != Doing::create;
  const Lock lock = in_use ? lock_of(doing, piece.kind) : Lock::none;
  if (lock > work_.lock || work_.on.empty()) work_.on = plain_name(piece.owner);
  work_.lock = std::max(work_.lock, lock);
}

void GroupWork::report_loss(const Piece& piece) {
  work_.loss = "the rows' values of the " + described(piece);
  if (options_.allow_loss) return;
  sink_.error("data-loss", "dropping the " + described(piece) + " loses what it holds", {}, {},
              loss_help);
}

void GroupWork::report_conversion(const Column& from, const Column& to, const Piece& piece) {
  const std::string lost = lost_between(from, to);
  if (lost.empty()) return;
  work_.loss = lost + " of the " + described(piece);
  if (options_.allow_loss) return;
  sink_.error("data-loss", "the new type of the " + described(piece) + " does not hold " + lost, {},
              {}, "--allow-loss does it all the same");
}

/// What is computed is computed again.
static bool holds_values(const Piece& piece) {
  const auto* column = std::get_if<const Column*>(&piece.object);
  if (column != nullptr && (*column)->generated) return false;
  return piece.kind == "table" || piece.kind == "column";
}

void GroupWork::drop(std::size_t at) {
  const Piece& piece = from_[at];
  const bool with_owner = goes_with_owner(piece);
  if (goes_with_whole(piece)) return;
  if (indexes_dropped_.count(at) > 0) return drop_indexes();
  if (detach(piece)) return;
  if (piece.kind == "column default") {
    // The column goes, or has its default in its own statement afterwards.
    if (find_column(relations_after_, piece.owner, piece.name) == nullptr) {
      add({}, piece.create, Doing::drop, piece);
    }
    return;
  }
  if (piece.kind == "sequence owner" &&
      std::all_of(piece.needs.begin(), piece.needs.end(),
                  [&](std::size_t used) { return dropped_.count(used) > 0; })) {
    return add({}, piece.create, Doing::drop, piece);
  }
  if (piece.drop.empty() || (with_owner && !is_apart(piece))) {
    // It goes with its owner, and must be made again on the way back.
    if (with_owner && !piece.within_owner) add({}, piece.create, Doing::drop, piece);
    return;
  }
  if (is_large_and_in_use(piece) && !with_owner && !names_changed_column(piece)) {
    const auto again = again_.find(PieceKey::of(piece));
    if (again != again_.end() && replace_online(piece, to_[again->second], work_)) {
      replaced_.insert(again->second);
      return;
    }
    const bool goes = again == again_.end() || !is_key_or_index(piece);
    if (goes && drop_online(piece, work_)) return;
  }
  if (holds_values(piece)) report_loss(piece);
  // What stands in the statement that makes its owner comes back with it.
  const bool comes_back = with_owner && piece.within_owner;
  add(piece.drop, comes_back ? std::vector<std::string>() : piece.create, Doing::drop, piece);
}

/// The column that says whose a row is: the first tenant's, where tenants are new. As a default it
/// costs nothing, and holds for what running code writes until it knows of tenants.
bool GroupWork::create_tenant_column(const Piece& piece) {
  const Column& column = *std::get<const Column*>(piece.object);
  if (!tenants_are_new_ || column.nullable || column.default_value ||
      piece.table->intent.tenant_column != column.name) {
    return false;
  }
  const auto key = first_tenant_key(column.type);
  if (!key) return false;
  const std::string head = alter_table(piece) + "ALTER COLUMN " + quoted(column.name) + " ";
  const std::string where = plain_name(piece.owner);
  work_.before.push_back(plain_step(
      Phase::expand, "make the " + described(piece) + ", for now the first tenant's",
      {piece.create.front() + " DEFAULT " + *key}, piece.drop, Lock::access_exclusive, where));
  work_.after.push_back(plain_step(
      Phase::contract, "ask new rows of " + where + " for their " + column.name,
      {head + "DROP DEFAULT"}, {head + "SET DEFAULT " + *key}, Lock::access_exclusive, where));
  return true;
}

void GroupWork::create(std::size_t at) {
  const Piece& piece = to_[at];
  if (replaced_.count(at) > 0 || goes_with_whole(piece)) return;
  if (indexes_made_.count(at) > 0) return make_indexes();
  if (attach(piece)) return;
  const bool is_column = piece.kind == "column";
  const bool in_use = is_in_use(piece);
  if (is_column && in_use && create_tenant_column(piece)) return;
  if (is_column && in_use && only_creates() &&
      create_column_online(piece, is_large(piece.owner, options_), work_)) {
    return;
  }
  const Phase phase = is_rule_for_rows(piece) ? Phase::contract : Phase::expand;
  if (is_large_and_in_use(piece) && is_constraint(piece)) {
    if (only_creates() || !names_changed_column(piece)) {
      if (create_online(piece, phase, work_)) return;
    } else if (Work later; create_online(piece, phase, later)) {
      later.phase = phase;
      append(work_.after, steps_of(std::move(later), "make the " + described(piece) + " again"));
      return;
    }
  }
  if (in_use && is_constraint(piece)) work_.scans = true;
  if (in_use && is_column) {
    const Column& column = *std::get<const Column*>(piece.object);
    work_.rewrites = (column.generated && column.generated->stored) || column.identity ||
                     piece.serial != nullptr ||
                     (column.default_value && !is_constant_default(*column.default_value));
  }
  const bool with_owner = piece.owner_piece != Piece::none &&
                          created_.count(piece.owner_piece) > 0 &&
                          to_[piece.owner_piece].kind == "table";
  std::vector<std::string> forward = piece.create;
  if (piece.kind == "table" && tenants_are_new_ && piece.table->intent.tenant_root) {
    const std::vector<std::string> first = make_first_tenant(*piece.table);
    append(forward, first);
  }
  add(forward, !with_owner || is_apart(piece) ? piece.drop : std::vector<std::string>(),
      Doing::create, piece);
}

void GroupWork::alter_piece(std::size_t from_place, std::size_t to_place) {
  const Piece& from = from_[from_place];
  const Piece& to = to_[to_place];
  if (indexes_dropped_.count(from_place) > 0) return drop_indexes();
  if (from.kind == "column") return alter_column(from_place, to_place);
  if (from.kind == "enumeration") {
    const Enumeration& before = *std::get<const Enumeration*>(from.object);
    const Enumeration& after = *std::get<const Enumeration*>(to.object);
    const std::vector<EnumeratedColumn> columns = columns_of(from, relations_after_);
    work_.rewrites = !only_adds_values(before, after) && !columns.empty();
    work_.rewrites_back = !only_adds_values(after, before) && !columns.empty();
    if (work_.rewrites || work_.rewrites_back) {
      work_.lock = Lock::access_exclusive;
      work_.on = plain_name(columns.front().table) + (columns.size() > 1 ? " and others" : "");
    }
    add(alter_enumeration(from, to, columns),
        alter_enumeration(to, from, columns_of(from, relations_before_)), Doing::alter, to);
    // What is made anew has lost what was said of it.
    if (!only_adds_values(before, after)) {
      add(said_of({to_, index_after_, created_}, to_place), {}, Doing::alter, to);
    }
    if (!only_adds_values(after, before)) {
      const std::vector<std::string> said = said_of({from_, index_before_, dropped_}, from_place);
      append(work_.back, said);
    }
    return;
  }
  add(*alter(from, to), *alter(to, from), Doing::alter, to);
}

/// The column once the change of the tables that it comes from has reached it: types, NOT NULL and
/// defaults do.
Column GroupWork::with_parents(const Piece& from, const Piece& to) const {
  Column column = *std::get<const Column*>(from.object);
  const Column& wanted = *std::get<const Column*>(to.object);
  if (from.table == nullptr || to.table == nullptr) return column;
  std::vector<QualifiedName> parents = to.table->inherits;
  if (to.table->partition_of) parents.push_back(to.table->partition_of->parent);
  for (const QualifiedName& parent : parents) {
    const Column* before = find_column(relations_before_, parent, from.name);
    const Column* after = find_column(relations_after_, parent, from.name);
    if (before == nullptr || after == nullptr) continue;
    const Column& was = *before;
    const Column& is = *after;
    if (!(was.type == is.type) && is.type == wanted.type) column.type = is.type;
    if (was.nullable != is.nullable && is.nullable == wanted.nullable) {
      column.nullable = is.nullable;
    }
    if (was.default_value != is.default_value && is.default_value == wanted.default_value) {
      column.default_value = is.default_value;
    }
  }
  return column;
}

void GroupWork::alter_column(std::size_t from_place, std::size_t to_place) {
  if (switched_.count(to_place) > 0) return;
  const Piece& unreached = from_[from_place];
  const Piece& to = to_[to_place];
  const Column before = with_parents(unreached, to);
  Piece from = unreached;
  from.object = &before;
  const Column& after = *std::get<const Column*>(to.object);
  const bool required = before.nullable && !after.nullable;
  report_conversion(before, after, to);
  const auto found = switches_.find(to_place);
  if (found != switches_.end()) return switch_column(found->second, work_);
  if (before.name != after.name) {
    const auto renaming = [&](const std::string& old_name, const std::string& new_name) {
      std::vector<std::string> statements{alter_table(to) + "RENAME COLUMN " + quoted(old_name) +
                                          " TO " + quoted(new_name)};
      if (before.nullable || !before.not_null_name.empty()) return statements;
      const auto name = [&](const std::string& column) {
        return postgres_object_name(to.owner.name, column, "not_null");
      };
      statements.push_back(not_null_renaming(to.owner, {{name(old_name), name(new_name)}}));
      return statements;
    };
    add(renaming(before.name, after.name), renaming(after.name, before.name), Doing::alter, to);
    return;
  }
  if (!keeps_rows(before, after)) work_.rewrites = true;
  if (!required || !is_large_and_in_use(to)) {
    const auto there = alter(from, to);
    const auto back = alter(to, from);
    if (!there || !back || (there->empty() && back->empty())) return;
    if (required) work_.scans = true;
    Statements forward = *there;
    Statements backward = *back;
    if (changes_values(before, after)) {
      const PiecesAt start{from_, index_before_, dropped_};
      const PiecesAt end{to_, index_after_, created_};
      remake_expressions(to, start, end, forward, backward);
      keep_part_names(to, start, end, forward, backward);
    }
    add(forward, backward, Doing::alter, to);
    return;
  }
  Column between = after;
  Piece middle = to;
  middle.object = &between;
  if (after.identity && !before.identity) {
    // Only a column that is required can number its rows.
    between = before;
    between.nullable = false;
    require_column(to, Phase::contract, work_.before);
    add(*alter(middle, to), *alter(to, middle), Doing::alter, to);
    return;
  }
  between.nullable = true;
  add(*alter(from, middle), *alter(middle, from), Doing::alter, to);
  require_column(to, Phase::contract, work_.after);
}

std::string GroupWork::title() const {
  if (!indexes_.empty()) return title_of_indexes();
  const auto find = [&](Doing doing) -> const Change* {
    for (const Change& change : group_->changes) {
      if (change.doing == doing) return &change;
    }
    return nullptr;
  };
  if (const Change* change = find(Doing::alter)) {
    return "change the " + described(to_[change->to]);
  }
  const Change* made = find(Doing::create);
  const Change* gone = find(Doing::drop);
  if (made == nullptr) return "drop the " + described(from_[group_->changes.back().from]);
  return (gone == nullptr ? "make the " : "change the ") + described(to_[made->to]);
}

/// The columns that have an enumeration's type when it is changed, with the defaults that they
/// have in `after` where they are there.
std::vector<EnumeratedColumn> GroupWork::columns_of(const Piece& enumeration,
                                                    const Relations& after) const {
  std::vector<EnumeratedColumn> columns;
  const auto having = enumerated_.find(enumeration.owner.name);
  if (having == enumerated_.end()) return columns;
  for (const std::size_t at : having->second) {
    const Piece& piece = from_[at];
    const auto* column = std::get<const Column*>(piece.object);
    if (!has_type(*column, enumeration)) continue;
    const Column* found = find_column(after, piece.owner, piece.name);
    columns.push_back({piece.owner, column, found == nullptr ? column : found});
  }
  return columns;
}

}  // namespace relata::migrate::postgres
