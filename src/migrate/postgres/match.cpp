#include "migrate/postgres/match.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/partitions.h"
#include "migrate/postgres/piece_key.h"
#include "migrate/postgres/type_change.h"

namespace relata::migrate::postgres {
namespace {

using Places = std::unordered_map<PieceKey, std::size_t, PieceKey::Hash>;

/// What the server binds to what it uses when it is made, so that it stands in the way of changes.
bool is_bound(const Piece& piece) {
  static const std::set<std::string_view> loose{"comment", "grant", "table", "sequence",
                                                "column setting"};
  if (piece.kind == "function" || piece.kind == "procedure") {
    const auto* routine = std::get<const Routine*>(piece.object);
    return to_lower(routine->sql.text).find("atomic") != std::string::npos;
  }
  return loose.count(piece.kind) == 0;
}

/// Finds what is taken down, altered and made.
class Finder {
 public:
  Finder(const std::vector<Piece>& from, const std::vector<Piece>& to)
      : from_(from),
        to_(to),
        partitions_(from, to),
        counterpart_(match_.counterpart),
        gone_(match_.gone) {
    counterpart_.assign(from.size(), Piece::none);
    gone_.assign(from.size(), false);
    match();
  }

  Match run() {
    mark_changes();
    spread();
    mark_ties();
    spread();
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (gone_[at] && counterpart_[at] != Piece::none) match_.made[counterpart_[at]] = true;
    }
    return std::move(match_);
  }

 private:
  void match() {
    Places places;
    places.reserve(to_.size());
    for (std::size_t at = 0; at < to_.size(); ++at) places.emplace(PieceKey::of(to_[at]), at);
    match_.made.assign(to_.size(), true);
    for (std::size_t at = 0; at < from_.size(); ++at) {
      const auto found = places.find(PieceKey::of(from_[at]));
      if (found == places.end() || !match_.made[found->second]) continue;
      counterpart_[at] = found->second;
      match_.made[found->second] = false;
    }
    match_parts_of_wholes();
    match_.users.resize(from_.size());
    match_.parts.resize(from_.size());
    for (std::size_t at = 0; at < from_.size(); ++at) {
      for (const std::size_t used : from_[at].needs) match_.users[used].push_back(at);
      if (const auto* key = std::get_if<const ForeignKey*>(&from_[at].object)) {
        keys_to_[{(*key)->table_schema, (*key)->table}].push_back(at);
      }
      if (const auto* column = std::get_if<const Column*>(&from_[at].object)) {
        if ((*column)->type.kind == TypeKind::enumeration) {
          enumerated_[(*column)->type.name].push_back(at);
        }
      }
      if (from_[at].owner_piece != Piece::none) match_.parts[from_[at].owner_piece].push_back(at);
    }
  }

  /// Parts of the same index or key of a whole table are the same, whatever they are called.
  void match_parts_of_wholes() {
    Places places;
    const auto key = [](const Piece& piece, const std::vector<Piece>& pieces) {
      return PieceKey{piece.kind, piece.owner.schema, piece.owner.name, pieces[piece.whole].name};
    };
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (match_.made[at] && partitions_.is_tied(to_[at])) places.emplace(key(to_[at], to_), at);
    }
    for (std::size_t at = 0; at < from_.size() && !places.empty(); ++at) {
      if (counterpart_[at] != Piece::none || !partitions_.is_tied(from_[at])) continue;
      const auto found = places.find(key(from_[at], from_));
      if (found == places.end()) continue;
      counterpart_[at] = found->second;
      match_.made[found->second] = false;
      places.erase(found);
    }
  }

  /// Indexes and keys of partitions that become parts of the whole table's, or are so no longer.
  /// The server ties them, and unties them only by dropping the whole's with all its parts.
  void mark_ties() {
    std::vector<std::size_t> origin(to_.size(), Piece::none);
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (counterpart_[at] != Piece::none) origin[counterpart_[at]] = at;
    }
    const auto make_again = [&](std::size_t whole) {
      if (whole != Piece::none) take_down(whole);
    };
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (!partitions_.stays(from_[at].owner)) continue;
      const std::size_t other = counterpart_[at];
      const std::size_t was = from_[at].whole;
      const std::size_t is = other == Piece::none ? Piece::none : to_[other].whole;
      const bool same =
          was == Piece::none ? is == Piece::none : is != Piece::none && counterpart_[was] == is;
      if (gone_[at] || (!same && was != Piece::none)) make_again(was);
      if (same || was != Piece::none || is == Piece::none) continue;
      make_again(origin[is]);
      if (!gone_[at] && match_.altered.insert(at).second) match_.adopted.insert(at);
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (match_.made[at] && partitions_.is_tied(to_[at])) make_again(origin[to_[at].whole]);
    }
  }

  void mark_changes() {
    for (std::size_t at = 0; at < from_.size(); ++at) {
      const std::size_t other = counterpart_[at];
      if (other == Piece::none) {
        take_down(at);
      } else if (!is_same(from_[at], to_[other])) {
        const bool both =
            from_[at].kind == "enumeration" ||
            (alter(from_[at], to_[other]).has_value() && alter(to_[other], from_[at]).has_value());
        if (both) {
          match_.altered.insert(at);
        } else {
          take_down(at);
        }
      }
    }
    const std::set<std::size_t> altered = match_.altered;
    for (const std::size_t at : altered) mark_users_of_column(at);
    for (const std::size_t at : altered) mark_users_of_enumeration(at);
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (gone_[at] && from_[at].kind == "column") mark_users_of_column(at);
    }
  }

  /// Views, policies and the like that name a column whose values become others.
  void mark_users_of_column(std::size_t at) {
    const Piece& piece = from_[at];
    const auto* column = std::get_if<const Column*>(&piece.object);
    if (column == nullptr || piece.owner_piece == Piece::none) return;
    const std::size_t other = counterpart_[at];
    if (!gone_[at] && other != Piece::none &&
        !changes_values(**column, *std::get<const Column*>(to_[other].object))) {
      return;
    }
    mark_users(at, at);
    if (!gone_[at]) mark_references(at, **column, *std::get<const Column*>(to_[other].object));
  }

  /// Foreign keys from and to a column that gets a type which cannot be compared with the old one.
  void mark_references(std::size_t at, const Column& from, const Column& to) {
    if (can_refer(from, to)) return;
    for (const std::size_t part : match_.parts[from_[at].owner_piece]) {
      if (from_[part].kind != "foreign key") continue;
      if (names_column(from_[part], from.name)) take_down(part, at);
    }
    const auto found = keys_to_.find(from_[at].owner);
    if (found == keys_to_.end()) return;
    for (const std::size_t key : found->second) {
      const auto& referenced = std::get<const ForeignKey*>(from_[key].object)->referenced;
      if (std::find(referenced.begin(), referenced.end(), from.name) != referenced.end()) {
        take_down(key, at);
      }
    }
  }

  /// `cause` is what the change of the column comes from.
  void mark_users(std::size_t at, std::size_t cause) {
    const Piece& piece = from_[at];
    const auto* column = std::get_if<const Column*>(&piece.object);
    std::vector<std::size_t> users = match_.users[piece.owner_piece];
    for (const std::size_t part : match_.parts[piece.owner_piece]) users.push_back(part);
    for (const std::size_t user : users) {
      const Piece& one = from_[user];
      const bool stands_in_way = one.kind.ends_with("view") || one.kind == "rule" ||
                                 one.kind == "policy" || one.kind == "trigger" ||
                                 one.kind == "function" || one.kind == "sequence owner" ||
                                 is_generated(one) || is_constraint_in_way(one, at);
      if (user != at && stands_in_way && is_bound(one) && names_column(one, (*column)->name)) {
        take_down(user, cause);
      }
    }
  }

  /// A type that is made anew changes the type of each column that has it.
  void mark_users_of_enumeration(std::size_t at) {
    const auto* before = std::get_if<const Enumeration*>(&from_[at].object);
    if (before == nullptr) return;
    const Enumeration& after = *std::get<const Enumeration*>(to_[counterpart_[at]].object);
    if (only_adds_values(**before, after) && only_adds_values(after, **before)) return;
    const auto found = enumerated_.find((*before)->name);
    if (found == enumerated_.end()) return;
    for (const std::size_t other : found->second) {
      if (has_type(*std::get<const Column*>(from_[other].object), from_[at])) {
        mark_users(other, at);
      }
    }
  }

  static bool is_generated(const Piece& piece) {
    const auto* column = std::get_if<const Column*>(&piece.object);
    return column != nullptr && (*column)->generated.has_value();
  }

  /// Constraints and indexes go with a column, and are made for its new type by the server; those
  /// that name an enumeration's values are not.
  [[nodiscard]] bool is_constraint_in_way(const Piece& piece, std::size_t column) const {
    const auto* one = std::get<const Column*>(from_[column].object);
    const bool enumerated =
        one->type.kind == TypeKind::enumeration && (piece.kind == "check" || piece.kind == "index");
    return is_constraint(piece) && (gone_[column] || enumerated);
  }

  /// `cause` is the piece that it stands in the way of.
  void take_down(std::size_t at, std::size_t cause = Piece::none) {
    if (cause != Piece::none) match_.causes.emplace_back(at, cause);
    if (gone_[at]) return;
    gone_[at] = true;
    match_.altered.erase(at);
    open_.push_back(at);
  }

  /// What uses something that is taken down goes before it.
  void spread() {
    while (!open_.empty()) {
      const std::size_t at = open_.back();
      open_.pop_back();
      for (const std::size_t user : match_.users[at]) {
        // A table that is altered elsewhere keeps what only mentions it.
        const bool stays = from_[user].whole == at && partitions_.moves(from_[user].owner);
        if (is_bound(from_[user]) && !stays) take_down(user, at);
      }
      for (const std::size_t part : match_.parts[at]) take_down(part, at);
      take_down_keys_to(at);
    }
  }

  /// Foreign keys that lead to a key that is taken down.
  void take_down_keys_to(std::size_t at) {
    const auto columns = keyed_columns(from_[at]);
    const auto found = keys_to_.find(from_[at].owner);
    if (!columns || found == keys_to_.end()) return;
    for (const std::size_t key : found->second) {
      if (referenced_columns(from_[key]) == columns) take_down(key, at);
    }
  }

  const std::vector<Piece>& from_;
  const std::vector<Piece>& to_;
  Partitions partitions_;
  Match match_;
  std::vector<std::size_t>& counterpart_;
  std::vector<bool>& gone_;
  std::map<QualifiedName, std::vector<std::size_t>> keys_to_;   ///< Foreign keys to each table.
  std::map<std::string, std::vector<std::size_t>> enumerated_;  ///< Columns of each enumeration.
  std::vector<std::size_t> open_;
};

}  // namespace

std::optional<KeyedColumns> keyed_columns(const Piece& piece) {
  const auto of = [&](const std::vector<std::string>& columns) {
    return KeyedColumns{piece.owner, {columns.begin(), columns.end()}};
  };
  if (const auto* key = std::get_if<const PrimaryKey*>(&piece.object)) return of((*key)->columns);
  if (const auto* unique = std::get_if<const Unique*>(&piece.object)) return of((*unique)->columns);
  const auto* index = std::get_if<const Index*>(&piece.object);
  if (index == nullptr || !(*index)->unique) return std::nullopt;
  KeyedColumns columns{piece.owner, {}};
  for (const IndexPart& part : (*index)->parts) columns.second.insert(part.expression.text);
  return columns;
}

std::optional<KeyedColumns> referenced_columns(const Piece& piece) {
  const auto* key = std::get_if<const ForeignKey*>(&piece.object);
  if (key == nullptr) return std::nullopt;
  return KeyedColumns{{(*key)->table_schema, (*key)->table},
                      {(*key)->referenced.begin(), (*key)->referenced.end()}};
}

Match match_pieces(const std::vector<Piece>& from, const std::vector<Piece>& to) {
  return Finder(from, to).run();
}

}  // namespace relata::migrate::postgres
