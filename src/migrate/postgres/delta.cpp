#include "migrate/postgres/delta.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"

namespace relata::migrate::postgres {
namespace {

using Key = std::tuple<std::string, std::string, std::string, std::string>;

Key key_of(const Piece& piece) {
  return {piece.kind, piece.owner.schema, piece.owner.name, piece.name};
}

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

/// What holds data, and what data needs, goes last.
bool goes_last(const Piece& piece) {
  static const std::set<std::string_view> kinds{
      "table",          "column",     "sequence",  "enumeration", "domain",
      "composite type", "function",   "procedure", "aggregate",   "extension",
      "schema",         "range type", "base type", "collation",   "shell type"};
  return kinds.count(piece.kind) > 0;
}

/// The text that a view, policy or the like consists of.
std::string text_of(const Piece& piece) {
  std::string text;
  for (const std::string& statement : piece.create) text += statement + "\n";
  return text;
}

/// Finds what is to be done.
class Finder {
 public:
  Finder(const std::vector<Piece>& from, const std::vector<Piece>& to)
      : from_(from), to_(to), counterpart_(from.size(), Piece::none), gone_(from.size(), false) {
    match();
  }

  Delta run() {
    mark_changes();
    spread();
    collect();
    return std::move(delta_);
  }

 private:
  void match() {
    std::map<Key, std::size_t> places;
    for (std::size_t at = 0; at < to_.size(); ++at) places.emplace(key_of(to_[at]), at);
    new_.assign(to_.size(), true);
    for (std::size_t at = 0; at < from_.size(); ++at) {
      const auto found = places.find(key_of(from_[at]));
      if (found == places.end() || !new_[found->second]) continue;
      counterpart_[at] = found->second;
      new_[found->second] = false;
    }
    users_.resize(from_.size());
    parts_.resize(from_.size());
    for (std::size_t at = 0; at < from_.size(); ++at) {
      for (const std::size_t used : from_[at].needs) users_[used].push_back(at);
      if (from_[at].owner_piece != Piece::none) parts_[from_[at].owner_piece].push_back(at);
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
          altered_.insert(at);
        } else {
          take_down(at);
        }
      }
    }
    const std::set<std::size_t> altered = altered_;
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
    mark_users(at);
  }

  void mark_users(std::size_t at) {
    const Piece& piece = from_[at];
    const auto* column = std::get_if<const Column*>(&piece.object);
    std::vector<std::size_t> users = users_[piece.owner_piece];
    for (const std::size_t part : parts_[piece.owner_piece]) users.push_back(part);
    for (const std::size_t user : users) {
      const Piece& one = from_[user];
      const bool stands_in_way = one.kind.ends_with("view") || one.kind == "rule" ||
                                 one.kind == "policy" || one.kind == "trigger" ||
                                 one.kind == "function" || is_generated(one) ||
                                 is_constraint_in_way(one, at);
      if (user != at && stands_in_way && is_bound(one) && names(one, (*column)->name)) {
        take_down(user);
      }
    }
  }

  /// A type that is made anew changes the type of each column that has it.
  void mark_users_of_enumeration(std::size_t at) {
    const auto* before = std::get_if<const Enumeration*>(&from_[at].object);
    if (before == nullptr) return;
    const Enumeration& after = *std::get<const Enumeration*>(to_[counterpart_[at]].object);
    if (only_adds_values(**before, after) && only_adds_values(after, **before)) return;
    for (std::size_t other = 0; other < from_.size(); ++other) {
      const auto* column = std::get_if<const Column*>(&from_[other].object);
      if (column != nullptr && has_type(**column, from_[at])) mark_users(other);
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

  static bool is_constraint(const Piece& piece) {
    return piece.kind == "check" || piece.kind == "index" || piece.kind == "unique" ||
           piece.kind == "primary key" || piece.kind == "foreign key" || piece.kind == "exclusion";
  }

  [[nodiscard]] static bool names(const Piece& piece, std::string_view column) {
    for (const SqlToken& token : postgres_tokens(text_of(piece))) {
      const bool name = token.kind == SqlTokenKind::name || token.kind == SqlTokenKind::quoted_name;
      if (name && token.text == column) return true;
      if (token.is(SqlTokenKind::sign, "*")) return true;
    }
    return false;
  }

  void take_down(std::size_t at) {
    if (gone_[at]) return;
    gone_[at] = true;
    altered_.erase(at);
    open_.push_back(at);
  }

  /// What uses something that is taken down goes before it.
  void spread() {
    while (!open_.empty()) {
      const std::size_t at = open_.back();
      open_.pop_back();
      for (const std::size_t user : users_[at]) {
        // A table that is altered elsewhere keeps what only mentions it.
        if (is_bound(from_[user])) take_down(user);
      }
      for (const std::size_t part : parts_[at]) take_down(part);
      if (from_[at].kind == "primary key" || from_[at].kind == "unique" ||
          (from_[at].kind == "index" && std::get<const Index*>(from_[at].object)->unique)) {
        take_down_keys_to(at);
      }
    }
  }

  /// Foreign keys that lead to a key that is taken down.
  void take_down_keys_to(std::size_t at) {
    for (std::size_t other = 0; other < from_.size(); ++other) {
      const auto* key = std::get_if<const ForeignKey*>(&from_[other].object);
      if (key == nullptr) continue;
      if ((*key)->table == from_[at].owner.name && (*key)->table_schema == from_[at].owner.schema) {
        take_down(other);
      }
    }
  }

  void collect() {
    std::vector<bool> made(to_.size(), false);
    for (std::size_t at = 0; at < to_.size(); ++at) made[at] = new_[at];
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (gone_[at] && counterpart_[at] != Piece::none) made[counterpart_[at]] = true;
    }
    for (std::size_t at = from_.size(); at-- > 0;) {
      if (!gone_[at]) continue;
      const bool last = goes_last(from_[at]) && counterpart_[at] == Piece::none;
      (last ? delta_.dropped_last : delta_.dropped_first).push_back(at);
    }
    std::map<std::size_t, std::size_t> sources;
    for (const std::size_t at : altered_) sources.emplace(counterpart_[at], at);
    for (const auto& [to, from] : sources) delta_.altered.push_back({from, to});
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (!made[at]) continue;
      const std::size_t owner = to_[at].owner_piece;
      const bool with_owner = to_[at].within_owner && owner != Piece::none && made[owner];
      if (!with_owner) delta_.created.push_back(at);
    }
  }

  const std::vector<Piece>& from_;
  const std::vector<Piece>& to_;
  std::vector<std::size_t> counterpart_;
  std::vector<bool> gone_;
  std::vector<bool> new_;
  std::vector<std::vector<std::size_t>> users_;
  std::vector<std::vector<std::size_t>> parts_;
  std::set<std::size_t> altered_;
  std::vector<std::size_t> open_;
  Delta delta_;
};

}  // namespace

Delta find_delta(const std::vector<Piece>& from, const std::vector<Piece>& to) {
  return Finder(from, to).run();
}

}  // namespace relata::migrate::postgres
