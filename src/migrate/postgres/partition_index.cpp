// Indexes and keys of partitioned tables. CREATE INDEX CONCURRENTLY does not know partitioned
// tables, so that each partition's is built first and then tied to the one of the whole.
// https://www.postgresql.org/docs/current/ddl-partitioning.html (ON ONLY, ATTACH PARTITION)
#include "migrate/postgres/partition_index.h"

#include "migrate/postgres/online.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

using Indexes = std::vector<PartitionIndex>;

std::set<QualifiedName> names_of(const Indexes& indexes) {
  std::set<QualifiedName> names;
  for (const PartitionIndex& index : indexes) {
    names.insert({index.piece->owner.schema, index.piece->name});
  }
  return names;
}

bool is_built_before(const PartitionIndex& index) { return index.made && index.apart; }

/// What an index is called until it takes its place.
std::string name_meanwhile(const PartitionIndex& index, const std::set<QualifiedName>& taken,
                           std::string_view ending) {
  const std::string& name = index.piece->name;
  if (taken.count({index.piece->owner.schema, name}) == 0) return name;
  return derived_name(name, ending);
}

/// Makes all of one time, given what has been built before.
Statements making(const Indexes& indexes, const std::set<QualifiedName>& taken,
                  std::string_view ending) {
  Statements statements;
  for (const PartitionIndex& index : indexes) {
    const Piece& piece = *index.piece;
    if (!index.made) continue;
    if (!is_built_before(index)) {
      append(statements, index.whole ? piece.create_only : piece.create);
      continue;
    }
    const std::string name = name_meanwhile(index, taken, ending);
    if (piece.kind != "index") {
      statements.push_back(using_index(piece, piece.name, name));
      continue;
    }
    if (name != piece.name) {
      statements.push_back("ALTER INDEX " + quoted(QualifiedName{piece.owner.schema, name}) +
                           " RENAME TO " + quoted(piece.name));
    }
    append(statements, {piece.create.begin() + 1, piece.create.end()});
  }
  for (auto index = indexes.rbegin(); index != indexes.rend(); ++index) {
    if (index->tied) statements.push_back(index->piece->attach);
  }
  return statements;
}

Statements dropping(const Indexes& indexes) {
  // What a plain index has a constraint for as its part only leaves it with that.
  bool has_constraint = false;
  for (const PartitionIndex& index : indexes) {
    has_constraint = has_constraint || (index.tied && index.piece->kind != "index");
  }
  Statements statements;
  for (auto index = indexes.rbegin(); index != indexes.rend(); ++index) {
    if (!index->dropped) continue;
    append(statements, index->piece->drop);
    const bool cascades = index->whole && index->piece->kind == "index" && has_constraint;
    if (cascades) statements.back() += " CASCADE";
  }
  return statements;
}

void hold(const Indexes& indexes, Work& work) {
  for (const PartitionIndex& index : indexes) {
    work.lock = Lock::access_exclusive;
    if (work.on.empty()) {
      work.on = plain_name(index.piece->owner) + (index.whole ? " and its partitions" : "");
    }
    const bool builds = index.made && !index.whole && !index.apart;
    if (builds) work.scans = true;
  }
}

}  // namespace

void drop_partition_indexes(const PartitionIndexes& indexes, Work& work) {
  constexpr std::string_view ending = "__before";
  const std::set<QualifiedName> taken = names_of(indexes.after);
  append(work.forward, dropping(indexes.before));
  prepend(work.back, making(indexes.before, taken, ending));
  hold(indexes.before, work);
  for (const PartitionIndex& index : indexes.before) {
    if (!is_built_before(index)) continue;
    const std::string name = name_meanwhile(index, taken, ending);
    Step build = reversed(
        index_building_step(work.phase, *index.piece, name),
        "on the way back, build the index " + name + " of " + plain_name(index.piece->owner));
    build.forward = {};
    work.after.push_back(std::move(build));
  }
}

void make_partition_indexes(const PartitionIndexes& indexes, Work& work) {
  constexpr std::string_view ending = "__next";
  const std::set<QualifiedName> taken = names_of(indexes.before);
  append(work.forward, making(indexes.after, taken, ending));
  prepend(work.back, dropping(indexes.after));
  hold(indexes.after, work);
  for (const PartitionIndex& index : indexes.after) {
    if (!is_built_before(index)) continue;
    work.before.push_back(
        index_building_step(work.phase, *index.piece, name_meanwhile(index, taken, ending)));
  }
}

}  // namespace relata::migrate::postgres
