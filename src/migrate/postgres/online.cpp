// Indexes are built beside the writers, and constraints are checked after they hold for new rows.
// https://www.postgresql.org/docs/current/sql-altertable.html (NOT VALID, USING INDEX)
#include "migrate/postgres/online.h"

#include <utility>

#include "migrate/postgres/delta.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

constexpr std::string_view aside = "__before";
constexpr std::string_view coming = "__next";

/// A constraint that can be told to hold for new rows only at first.
bool can_be_validated_later(const Piece& piece) {
  if (const auto* check = std::get_if<const Check*>(&piece.object)) {
    return (*check)->validated && (*check)->enforced;
  }
  if (const auto* key = std::get_if<const ForeignKey*>(&piece.object)) {
    return (*key)->validated && (*key)->enforced && !piece.table->partitioning &&
           !piece.table->partition_of;
  }
  return false;
}

const std::string& index_statement(const Piece& piece) {
  return is_index(piece) ? piece.create.front() : piece.key_index;
}

/// The statement of an index under another name.
std::string under_name(const Piece& piece, const std::string& name) {
  std::string statement = index_statement(piece);
  const std::string own = quoted(piece.name);
  return statement.replace(statement.find("INDEX ") + 6, own.size(), quoted(name));
}

std::string index_name(const Piece& piece, const std::string& name) {
  return quoted(QualifiedName{piece.owner.schema, name});
}

std::vector<std::string> not_valid(const Piece& piece) {
  std::vector<std::string> statements = piece.create;
  statements.front() += " NOT VALID";
  return statements;
}

void hold(Work& work, Lock lock, const Piece& piece) {
  work.lock = std::max(work.lock, lock);
  if (work.on.empty()) work.on = plain_name(piece.owner);
}

std::string rename_constraint(const Piece& piece, const std::string& from, const std::string& to) {
  return alter_table(piece) + "RENAME CONSTRAINT " + quoted(from) + " TO " + quoted(to);
}

std::string rename_index(const Piece& piece, const std::string& from, const std::string& to) {
  return "ALTER INDEX " + index_name(piece, from) + " RENAME TO " + quoted(to);
}

void replace_index(const Piece& from, const Piece& to, Work& work) {
  const std::string next = derived_name(to.name, coming);
  const std::string before = derived_name(from.name, aside);
  work.before.push_back(index_building_step(Phase::expand, to, next));
  append(work.forward, {rename_index(from, from.name, before), rename_index(to, next, to.name)});
  append(work.forward, {to.create.begin() + 1, to.create.end()});
  prepend(work.back, {rename_index(to, to.name, next), rename_index(from, before, from.name)});
  hold(work, Lock::share_update_exclusive, to);
  work.after.push_back(reversed(index_building_step(Phase::contract, from, before),
                                "drop the index " + from.name + " as it was before"));
}

void replace_unique(const Piece& from, const Piece& to, Work& work) {
  const std::string next = derived_name(to.name, coming);
  const std::string before = derived_name(from.name, aside);
  work.before.push_back(index_building_step(Phase::expand, to, next));
  append(work.forward,
         {rename_constraint(from, from.name, before), using_index(to, to.name, next)});
  prepend(work.back, {to.drop.front(), rename_constraint(from, before, from.name)});
  hold(work, Lock::access_exclusive, to);
  work.after.push_back(plain_step(
      Phase::contract, "drop the " + described(from) + " as it was before",
      {alter_table(from) + "DROP CONSTRAINT " + quoted(before)},
      {using_index(from, before, before)}, Lock::access_exclusive, plain_name(from.owner)));
  Step build =
      reversed(index_building_step(Phase::contract, from, before),
               "on the way back, build the index " + before + " of " + plain_name(from.owner));
  build.forward = {};
  work.after.push_back(std::move(build));
}

void replace_primary_key(const Piece& from, const Piece& to, Work& work) {
  const std::string next = derived_name(to.name, coming);
  work.before.push_back(index_building_step(Phase::expand, to, next));
  append(work.forward, {from.drop.front(), using_index(to, to.name, next)});
  std::vector<std::string> back = to.drop;
  append(back, from.create);
  prepend(work.back, back);
  hold(work, Lock::access_exclusive, to);
}

}  // namespace

bool can_be_built_apart(const Piece& piece) {
  if (piece.table != nullptr && (piece.table->partitioning || !piece.table->server.empty())) {
    return false;
  }
  return is_index(piece) || (is_key(piece) && !piece.key_index.empty());
}

Step index_building_step(Phase phase, const Piece& piece, const std::string& name) {
  return concurrent_index_step(phase, under_name(piece, name), index_name(piece, name),
                               "build the index " + name + " of " + plain_name(piece.owner));
}

std::string using_index(const Piece& piece, const std::string& constraint,
                        const std::string& index) {
  const auto deferral = [](const auto& key) -> std::string {
    if (!key.deferrable) return {};
    return key.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  };
  const bool primary = piece.kind == "primary key";
  return alter_table(piece) + "ADD CONSTRAINT " + quoted(constraint) +
         (primary ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX " + quoted(index) +
         (primary ? deferral(*std::get<const PrimaryKey*>(piece.object))
                  : deferral(*std::get<const Unique*>(piece.object)));
}

bool create_online(const Piece& piece, Phase phase, Work& work) {
  if (can_be_validated_later(piece)) {
    append(work.forward, not_valid(piece));
    prepend(work.back, piece.drop);
    hold(work, lock_of(Doing::create, piece.kind), piece);
    work.after.push_back(validating_step(phase, piece, piece.name, Way::forward));
    return true;
  }
  if (!can_be_built_apart(piece)) return false;
  work.before.push_back(index_building_step(phase, piece, piece.name));
  if (is_index(piece)) {
    append(work.before.back().forward.statements, {piece.create.begin() + 1, piece.create.end()});
    return true;
  }
  append(work.forward, {using_index(piece, piece.name, piece.name)});
  prepend(work.back, piece.drop);
  hold(work, Lock::access_exclusive, piece);
  return true;
}

bool drop_online(const Piece& piece, Work& work) {
  if (can_be_validated_later(piece)) {
    append(work.forward, piece.drop);
    prepend(work.back, not_valid(piece));
    hold(work, Lock::access_exclusive, piece);
    work.before.push_back(validating_step(work.phase, piece, piece.name, Way::back));
    return true;
  }
  if (!can_be_built_apart(piece)) return false;
  Step build =
      reversed(index_building_step(work.phase, piece, piece.name), "drop the " + described(piece));
  append(build.back.statements, is_index(piece)
                                    ? std::vector(piece.create.begin() + 1, piece.create.end())
                                    : std::vector<std::string>());
  if (!is_index(piece)) {
    build.title =
        "on the way back, build the index " + piece.name + " of " + plain_name(piece.owner);
    build.forward = {};
    append(work.forward, piece.drop);
    prepend(work.back, {using_index(piece, piece.name, piece.name)});
    hold(work, Lock::access_exclusive, piece);
  }
  work.after.push_back(std::move(build));
  return true;
}

bool replace_online(const Piece& from, const Piece& to, Work& work) {
  if (!can_be_built_apart(from) || !can_be_built_apart(to)) return false;
  if (is_index(to)) replace_index(from, to, work);
  if (to.kind == "unique") replace_unique(from, to, work);
  if (to.kind == "primary key") replace_primary_key(from, to, work);
  return true;
}

}  // namespace relata::migrate::postgres
