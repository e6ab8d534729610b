// Partitions: tables that are parts of others.
// https://www.postgresql.org/docs/current/sql-altertable.html (ATTACH PARTITION, DETACH PARTITION)
#include "migrate/postgres/partitions.h"

#include <set>
#include <string_view>

#include "base/text.h"

namespace relata::migrate::postgres {
namespace {

std::map<QualifiedName, const Piece*> attachments_of(const std::vector<Piece>& pieces) {
  std::map<QualifiedName, const Piece*> attachments;
  for (const Piece& piece : pieces) {
    if (piece.kind == "attachment" && piece.table->partition_of) {
      attachments.emplace(piece.owner, &piece);
    }
  }
  return attachments;
}

/// What a table and its partitions have in common.
bool is_shared(const Piece& piece) {
  static const std::set<std::string_view> kinds{"column",      "column default", "check",
                                                "primary key", "unique",         "index",
                                                "exclusion",   "foreign key"};
  return kinds.count(piece.kind) > 0;
}

}  // namespace

bool stands_alone(const Table& table) {
  return !table.partitioning && !table.partition_of && table.inherits.empty() &&
         table.server.empty();
}

Partitions::Partitions(const std::vector<Piece>& from, const std::vector<Piece>& to) {
  const auto before = attachments_of(from);
  const auto after = attachments_of(to);
  if (before.empty() && after.empty()) return;
  for (const auto* attachments : {&before, &after}) {
    for (const auto& [table, piece] : *attachments) {
      const PartitionOf& place = *piece->table->partition_of;
      if (to_upper(place.bound.text) == "DEFAULT") defaults_.emplace(place.parent, table);
    }
  }
  std::set<QualifiedName> tables;
  for (const Piece& piece : from) {
    if (piece.kind == "table") tables.insert(piece.owner);
  }
  for (const Piece& piece : to) {
    if (piece.kind != "table" || tables.count(piece.owner) == 0) continue;
    const auto was = before.find(piece.owner);
    const auto is = after.find(piece.owner);
    if (was == before.end() && is == after.end()) continue;
    const bool same =
        was != before.end() && is != after.end() && was->second->create == is->second->create;
    (same ? staying_ : moving_).insert(piece.owner);
  }
}

AttachmentOrder attachment_order(const std::vector<Piece>& from, const std::vector<Piece>& to,
                                 const Match& match) {
  AttachmentOrder order;
  const auto parts_of = [](const std::vector<Piece>& pieces) {
    std::vector<std::vector<std::size_t>> parts(pieces.size());
    for (std::size_t at = 0; at < pieces.size(); ++at) {
      if (pieces[at].owner_piece != Piece::none && is_shared(pieces[at])) {
        parts[pieces[at].owner_piece].push_back(at);
      }
    }
    return parts;
  };
  std::vector<std::size_t> detached;
  std::vector<std::size_t> attached;
  for (std::size_t at = 0; at < from.size(); ++at) {
    const bool leaves = from[at].kind == "attachment" && from[at].owner_piece != Piece::none &&
                        match.gone[at] && !match.gone[from[at].owner_piece];
    if (leaves) detached.push_back(at);
  }
  for (std::size_t at = 0; at < to.size(); ++at) {
    const bool arrives = to[at].kind == "attachment" && to[at].owner_piece != Piece::none &&
                         match.made[at] && !match.made[to[at].owner_piece];
    if (arrives) attached.push_back(at);
  }
  if (detached.empty() && attached.empty()) return order;
  const auto parts_before = parts_of(from);
  const auto parts_after = parts_of(to);
  // The table itself, and the whole that it is or was a part of.
  const auto tables = [](const Piece& piece) {
    std::vector<std::size_t> places = piece.needs;
    places.push_back(piece.owner_piece);
    return places;
  };
  for (const std::size_t at : detached) {
    for (const std::size_t table : tables(from[at])) {
      for (const std::size_t part : parts_before[table]) {
        order.leaves_before_leaves.emplace_back(at, part);
      }
      const std::size_t other = match.counterpart[table];
      if (other == Piece::none) continue;
      for (const std::size_t part : parts_after[other]) {
        order.leaves_before_arrives.emplace_back(at, part);
      }
    }
  }
  std::vector<std::size_t> origin(to.size(), Piece::none);
  for (std::size_t at = 0; at < from.size(); ++at) {
    if (match.counterpart[at] != Piece::none) origin[match.counterpart[at]] = at;
  }
  for (const std::size_t at : attached) {
    for (const std::size_t table : tables(to[at])) {
      for (const std::size_t part : parts_after[table]) {
        order.arrives_before_arrives.emplace_back(part, at);
      }
      if (origin[table] == Piece::none) continue;
      for (const std::size_t part : parts_before[origin[table]]) {
        order.leaves_before_arrives.emplace_back(part, at);
      }
    }
  }
  return order;
}

}  // namespace relata::migrate::postgres
