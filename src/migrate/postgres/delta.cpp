#include "migrate/postgres/delta.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/match.h"
#include "migrate/postgres/partitions.h"
#include "migrate/postgres/type_change.h"

namespace relata::migrate::postgres {
namespace {

/// What holds data, and what data needs, goes last.
bool goes_last(const Piece& piece) {
  static const std::set<std::string_view> kinds{
      "table",          "column",     "sequence",  "enumeration", "domain",
      "composite type", "function",   "procedure", "aggregate",   "extension",
      "schema",         "range type", "base type", "collation",   "shell type"};
  return kinds.count(piece.kind) > 0;
}

/// Parts of a table that are made in one step with it: nothing else is needed for them.
bool comes_with_table(const Piece& piece) {
  static const std::set<std::string_view> kinds{"index",          "unique",        "comment",
                                                "column setting", "table setting", "grant"};
  // Of the indexes of a partition, those that belong to the whole's come first.
  if (piece.kind == "index" && piece.table != nullptr && piece.table->partition_of) return false;
  return kinds.count(piece.kind) > 0 && piece.needs.empty();
}

/// The text that a view, policy or the like consists of.
std::string text_of(const Piece& piece) {
  std::string text;
  for (const std::string& statement : piece.create) text += statement + "\n";
  return text;
}

/// What shares one set of names with others: "relation", schema and name.
using Place = std::tuple<std::string_view, std::string, std::string, std::string>;

/// The names that a piece takes.
std::vector<Place> names_taken(const Piece& piece) {
  static const std::set<std::string_view> relations{"table", "view", "materialized view",
                                                    "sequence", "composite type"};
  static const std::set<std::string_view> types{"enumeration", "domain", "range type",
                                                "composite type", "table"};
  static const std::set<std::string_view> indexes{"index", "unique", "primary key", "exclusion"};
  std::vector<Place> taken;
  const auto take = [&](std::string_view kind, const std::string& owner, const std::string& name) {
    taken.emplace_back(kind, piece.owner.schema, owner, name);
  };
  if (relations.count(piece.kind) > 0) take("relation", {}, piece.owner.name);
  if (types.count(piece.kind) > 0) take("type", {}, piece.owner.name);
  if (indexes.count(piece.kind) > 0) take("relation", {}, piece.name);
  if (piece.serial != nullptr) take("relation", {}, piece.serial->name);
  if (is_constraint(piece) && piece.kind != "index") {
    take("constraint", piece.owner.name, piece.name);
  }
  return taken;
}

/// Sets of things that are joined pair by pair.
class Unions {
 public:
  explicit Unions(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

/// Puts operations into groups, and those into an order.
class Grouper {
 public:
  Grouper(const std::vector<Piece>& from, const std::vector<Piece>& to)
      : from_(from), to_(to), partitions_(from, to), match_(match_pieces(from, to)) {}

  std::vector<Group> run() {
    list_changes();
    order_changes();
    Unions sets = joined();
    join_circles(sets);
    return ordered(sets);
  }

 private:
  void list_changes() {
    dropped_.assign(from_.size(), Piece::none);
    altered_.assign(from_.size(), Piece::none);
    arrived_.assign(to_.size(), Piece::none);
    // What is needed is dropped after what needs it.
    for (std::size_t at = from_.size(); at-- > 0;) {
      if (match_.gone[at] && !(goes_last(from_[at]) && is_only_dropped(at))) add_drop(at);
    }
    std::map<std::size_t, std::size_t> sources;
    for (const std::size_t at : match_.altered) sources.emplace(match_.counterpart[at], at);
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (const auto source = sources.find(at); source != sources.end()) {
        arrived_[at] = altered_[source->second] = changes_.size();
        changes_.push_back({Doing::alter, source->second, at});
      } else if (match_.made[at] && !is_made_within(at)) {
        arrived_[at] = changes_.size();
        changes_.push_back({Doing::create, Piece::none, at});
      }
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (match_.made[at] && is_made_within(at)) arrived_[at] = arrived_[to_[at].owner_piece];
    }
    for (std::size_t at = from_.size(); at-- > 0;) {
      if (match_.gone[at] && goes_last(from_[at]) && is_only_dropped(at)) add_drop(at);
    }
  }

  void add_drop(std::size_t at) {
    dropped_[at] = changes_.size();
    changes_.push_back({Doing::drop, at, Piece::none});
  }

  [[nodiscard]] bool is_only_dropped(std::size_t at) const {
    return match_.counterpart[at] == Piece::none;
  }

  [[nodiscard]] bool is_made_within(std::size_t at) const {
    const std::size_t owner = to_[at].owner_piece;
    return to_[at].within_owner && owner != Piece::none && match_.made[owner];
  }

  void before(std::size_t first, std::size_t then) {
    if (first != Piece::none && then != Piece::none && first != then) {
      edges_.emplace_back(first, then);
    }
  }

  void order_changes() {
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (arrived_[at] == Piece::none) continue;
      for (const std::size_t used : to_[at].needs) before(arrived_[used], arrived_[at]);
      if (to_[at].owner_piece != Piece::none) before(arrived_[to_[at].owner_piece], arrived_[at]);
    }
    order_referenced_keys();
    order_enumerated_columns();
    order_indexes_of_partitions();
    for (std::size_t at = 0; at < from_.size(); ++at) {
      const std::size_t leaves = dropped_[at] != Piece::none ? dropped_[at] : altered_[at];
      if (leaves == Piece::none) continue;
      for (const std::size_t used : from_[at].needs) before(leaves, dropped_[used]);
      const std::size_t owner = from_[at].owner_piece;
      if (owner != Piece::none) before(leaves, dropped_[owner]);
    }
    for (const auto& [user, cause] : match_.causes) {
      before(dropped_[user], dropped_[cause] != Piece::none ? dropped_[cause] : altered_[cause]);
    }
    order_attachments();
    order_columns();
    order_changed_columns();
    order_rewritten_columns();
    order_names();
  }

  /// A table becomes a partition when all that it has in common with the whole is there.
  void order_attachments() {
    const AttachmentOrder order = attachment_order(from_, to_, match_);
    const auto leaves = [&](std::size_t at) {
      return dropped_[at] != Piece::none ? dropped_[at] : altered_[at];
    };
    for (const auto& [first, then] : order.leaves_before_leaves) {
      before(dropped_[first], leaves(then));
    }
    for (const auto& [first, then] : order.leaves_before_arrives) {
      before(leaves(first), arrived_[then]);
    }
    for (const auto& [first, then] : order.arrives_before_arrives) {
      before(arrived_[first], arrived_[then]);
    }
  }

  /// A column changes once the constraints that name it and go are gone.
  void order_changed_columns() {
    for (const std::size_t at : match_.altered) {
      const std::size_t owner = from_[at].owner_piece;
      if (from_[at].kind != "column" || owner == Piece::none) continue;
      for (const std::size_t part : match_.parts[owner]) {
        if (dropped_[part] == Piece::none || !is_constraint(from_[part])) continue;
        if (names_column(from_[part], from_[at].name)) before(dropped_[part], altered_[at]);
      }
    }
  }

  /// A foreign key comes after the key that it leads to. Of several keys of the same columns the
  /// server takes the oldest: those that go are gone before, and on the way back those that came.
  void order_referenced_keys() {
    std::map<KeyedColumns, std::vector<std::size_t>> going;
    std::map<KeyedColumns, std::vector<std::size_t>> coming;
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (dropped_[at] == Piece::none) continue;
      if (auto columns = keyed_columns(from_[at])) going[*columns].push_back(dropped_[at]);
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (arrived_[at] == Piece::none) continue;
      if (auto columns = keyed_columns(to_[at])) coming[*columns].push_back(arrived_[at]);
    }
    if (going.empty() && coming.empty()) return;
    for (std::size_t at = 0; at < from_.size(); ++at) {
      const auto columns = referenced_columns(from_[at]);
      if (!columns || dropped_[at] == Piece::none) continue;
      for (const std::size_t then : coming[*columns]) before(dropped_[at], then);
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      const auto columns = referenced_columns(to_[at]);
      if (!columns || arrived_[at] == Piece::none) continue;
      for (const std::size_t first : going[*columns]) before(first, arrived_[at]);
      for (const std::size_t first : coming[*columns]) before(first, arrived_[at]);
    }
  }

  /// Of several indexes of a partition that would do, an index of the whole takes the oldest.
  void order_indexes_of_partitions() {
    std::map<QualifiedName, std::vector<std::size_t>> attached;
    std::vector<std::size_t> others;
    for (std::size_t at = 0; at < to_.size(); ++at) {
      const auto* index = std::get_if<const Index*>(&to_[at].object);
      const bool part = index != nullptr && to_[at].table != nullptr && to_[at].table->partition_of;
      if (!part || arrived_[at] == Piece::none) continue;
      if ((*index)->parent) {
        attached[to_[at].owner].push_back(at);
      } else {
        others.push_back(at);
      }
    }
    for (const std::size_t other : others) {
      const auto& parts = std::get<const Index*>(to_[other].object)->parts;
      for (const std::size_t first : attached[to_[other].owner]) {
        if (std::get<const Index*>(to_[first].object)->parts == parts) {
          before(arrived_[first], arrived_[other]);
        }
      }
    }
  }

  /// Columns that go do so after their enumeration has changed, so that on the way back they are
  /// there again when it is changed back with all columns that have it.
  void order_enumerated_columns() {
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (from_[at].kind != "column" && from_[at].kind != "table") continue;
      for (const std::size_t used : from_[at].needs) {
        if (from_[used].kind == "enumeration") before(altered_[used], dropped_[at]);
      }
    }
  }

  /// What names a column that comes or changes is made after that.
  void order_columns() {
    std::map<std::size_t, std::vector<std::size_t>> columns;  // of each table that has some
    for (std::size_t at = 0; at < to_.size(); ++at) {
      const std::size_t owner = to_[at].owner_piece;
      if (to_[at].kind != "column" || arrived_[at] == Piece::none || owner == Piece::none) continue;
      if (arrived_[owner] != arrived_[at]) columns[owner].push_back(at);
    }
    if (columns.empty()) return;
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (arrived_[at] == Piece::none) continue;
      std::vector<std::size_t> tables = to_[at].needs;
      if (to_[at].owner_piece != Piece::none) tables.push_back(to_[at].owner_piece);
      for (const std::size_t table : tables) {
        const auto found = columns.find(table);
        if (found == columns.end()) continue;
        for (const std::size_t column : found->second) {
          if (column != at && names_column(to_[at], to_[column].name)) {
            before(arrived_[column], arrived_[at]);
          }
        }
      }
    }
  }

  /// Columns whose rows are written anew and that share an index or a foreign key change one after
  /// the other: what is referred to first.
  void order_rewritten_columns() {
    std::map<QualifiedName, std::size_t> last;
    std::map<std::pair<QualifiedName, std::string>, std::size_t> rewritten;
    for (const std::size_t at : match_.altered) {
      const auto* column = std::get_if<const Column*>(&from_[at].object);
      if (column == nullptr) continue;
      const Column& after = *std::get<const Column*>(to_[match_.counterpart[at]].object);
      if (keeps_rows(**column, after)) continue;
      rewritten.emplace(std::pair{from_[at].owner, from_[at].name}, altered_[at]);
      const auto [found, fresh] = last.emplace(from_[at].owner, altered_[at]);
      if (!fresh) before(std::exchange(found->second, altered_[at]), altered_[at]);
    }
    if (rewritten.empty()) return;
    for (const Piece& piece : from_) {
      const auto* key = std::get_if<const ForeignKey*>(&piece.object);
      const QualifiedName other =
          key == nullptr ? QualifiedName{} : QualifiedName{(*key)->table_schema, (*key)->table};
      // Within a table they follow each other already.
      if (key == nullptr || other == piece.owner) continue;
      for (const std::string& referenced : (*key)->referenced) {
        const auto first = rewritten.find({other, referenced});
        if (first == rewritten.end()) continue;
        for (const std::string& column : (*key)->columns) {
          const auto then = rewritten.find({piece.owner, column});
          if (then != rewritten.end()) before(first->second, then->second);
        }
      }
    }
  }

  /// A name is free once what had it is gone.
  void order_names() {
    std::map<Place, std::size_t> freed;
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (dropped_[at] == Piece::none) continue;
      for (Place& place : names_taken(from_[at])) freed.emplace(std::move(place), dropped_[at]);
    }
    if (freed.empty()) return;
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (arrived_[at] == Piece::none || changes_[arrived_[at]].doing != Doing::create) continue;
      for (const Place& place : names_taken(to_[at])) {
        if (const auto found = freed.find(place); found != freed.end()) {
          before(found->second, arrived_[at]);
        }
      }
    }
  }

  Unions joined() {
    Unions sets(changes_.size());
    const auto join = [&](std::size_t a, std::size_t b) {
      if (a != Piece::none && b != Piece::none) sets.join(a, b);
    };
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (dropped_[at] == Piece::none) continue;
      if (!is_only_dropped(at)) {
        if (!changes_hands(at)) join(dropped_[at], arrived_[match_.counterpart[at]]);
      } else if (goes_with_owner(at)) {
        join(dropped_[at], dropped_[from_[at].owner_piece]);
      }
    }
    join_grants(sets);
    join_parts_of_wholes(sets);
    for (const auto& [user, cause] : match_.causes) {
      // A sequence is let go in the transaction that drops its column.
      if (from_[user].kind == "sequence owner" && from_[cause].kind != "sequence" &&
          is_only_dropped(user)) {
        join(dropped_[user], dropped_[cause]);
      }
      if (is_only_dropped(user)) continue;
      join(dropped_[user], altered_[cause]);
      if (!is_only_dropped(cause)) join(dropped_[user], dropped_[cause]);
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      const std::size_t owner = to_[at].owner_piece;
      if (owner == Piece::none || !match_.made[at] || !match_.made[owner]) continue;
      if (comes_with_table(to_[at])) join(arrived_[at], arrived_[owner]);
    }
    return sets;
  }

  /// An index or key of a partitioned table changes together with its parts.
  void join_parts_of_wholes(Unions& sets) {
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (dropped_[at] == Piece::none || !partitions_.is_tied(from_[at])) continue;
      if (dropped_[from_[at].whole] != Piece::none) {
        sets.join(dropped_[at], dropped_[from_[at].whole]);
      }
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (arrived_[at] == Piece::none || !partitions_.is_tied(to_[at])) continue;
      const std::size_t whole = arrived_[to_[at].whole];
      if (whole != Piece::none) sets.join(arrived_[at], whole);
    }
  }

  /// What is taken away from somebody goes before what is given anew, at one moment.
  void join_grants(Unions& sets) {
    std::map<QualifiedName, std::size_t> first;
    for (std::size_t at = 0; at < from_.size(); ++at) {
      if (from_[at].kind != "grant" || dropped_[at] == Piece::none) continue;
      const auto [found, fresh] = first.emplace(from_[at].owner, dropped_[at]);
      if (!fresh) sets.join(found->second, dropped_[at]);
    }
    for (std::size_t at = 0; at < to_.size(); ++at) {
      if (to_[at].kind != "grant" || arrived_[at] == Piece::none) continue;
      const auto found = first.find(to_[at].owner);
      if (found != first.end()) sets.join(found->second, arrived_[at]);
    }
  }

  /// A sequence that gets another table's column as its owner: between the two moments the one
  /// table may have to go for the other to come.
  [[nodiscard]] bool changes_hands(std::size_t at) const {
    if (from_[at].kind != "sequence owner") return false;
    const Piece& after = to_[match_.counterpart[at]];
    return from_[from_[at].needs.front()].owner != to_[after.needs.front()].owner;
  }

  /// It is not dropped by a statement of its own, but has to be made on the way back.
  [[nodiscard]] bool goes_with_owner(std::size_t at) const {
    const std::size_t owner = from_[at].owner_piece;
    return owner != Piece::none && dropped_[owner] != Piece::none && !is_apart(from_[at]);
  }

  /// Groups that need each other become one. Strongly connected components by Tarjan's algorithm
  /// (SIAM Journal on Computing, 1972), without recursion.
  void join_circles(Unions& sets) {
    std::vector<std::vector<std::size_t>> next(changes_.size());
    for (const auto& [first, then] : edges_) {
      if (sets.root(first) != sets.root(then)) next[sets.root(first)].push_back(sets.root(then));
    }
    std::vector<std::size_t> number(changes_.size(), Piece::none);
    std::vector<std::size_t> low(changes_.size(), 0);
    std::vector<bool> open(changes_.size(), false);
    std::vector<std::size_t> stack;
    std::vector<std::pair<std::size_t, std::size_t>>
        path;  // a node, and how far its edges are done
    std::vector<std::pair<std::size_t, std::size_t>> joins;
    std::size_t count = 0;
    const auto enter = [&](std::size_t at) {
      number[at] = low[at] = count++;
      open[at] = true;
      stack.push_back(at);
      path.emplace_back(at, 0);
    };
    for (std::size_t start = 0; start < changes_.size(); ++start) {
      if (sets.root(start) != start || number[start] != Piece::none) continue;
      enter(start);
      while (!path.empty()) {
        const std::size_t at = path.back().first;
        if (path.back().second < next[at].size()) {
          const std::size_t other = next[at][path.back().second++];
          if (number[other] == Piece::none) {
            enter(other);
          } else if (open[other]) {
            low[at] = std::min(low[at], number[other]);
          }
          continue;
        }
        path.pop_back();
        if (!path.empty()) low[path.back().first] = std::min(low[path.back().first], low[at]);
        if (low[at] != number[at]) continue;
        for (std::size_t member = Piece::none; member != at;) {
          member = stack.back();
          stack.pop_back();
          open[member] = false;
          joins.emplace_back(at, member);
        }
      }
    }
    for (const auto& [a, b] : joins) sets.join(a, b);
  }

  /// The groups in an order in which each comes after those that it needs; else as near as can be
  /// to that of the operations.
  std::vector<Group> ordered(Unions& sets) {
    std::map<std::size_t, Group> groups;
    for (std::size_t at = 0; at < changes_.size(); ++at) {
      groups[sets.root(at)].changes.push_back(changes_[at]);
    }
    std::map<std::size_t, std::set<std::size_t>> next;
    std::map<std::size_t, std::set<std::size_t>> needs;
    for (const auto& [first, then] : edges_) {
      const std::size_t a = sets.root(first);
      const std::size_t b = sets.root(then);
      if (a == b) continue;
      next[a].insert(b);
      needs[b].insert(a);
    }
    // A group with something that is made stands where that stands; one that only drops, where the
    // last of it does: a table, and not its indexes.
    const auto rank = [&](std::size_t root) {
      for (const Change& operation : groups[root].changes) {
        if (operation.to != Piece::none) return arrived_[operation.to];
      }
      return dropped_[groups[root].changes.back().from];
    };
    using Ranked = std::pair<std::size_t, std::size_t>;
    std::priority_queue<Ranked, std::vector<Ranked>, std::greater<>> ready;
    std::map<std::size_t, std::size_t> missing;
    for (const auto& [root, group] : groups) {
      missing[root] = needs[root].size();
      if (missing[root] == 0) ready.emplace(rank(root), root);
    }
    std::vector<Group> ordered;
    std::map<std::size_t, std::size_t> places;
    while (!ready.empty()) {
      const std::size_t root = ready.top().second;
      ready.pop();
      Group group = std::move(groups[root]);
      for (const std::size_t need : needs[root]) group.needs.push_back(places.at(need));
      places.emplace(root, ordered.size());
      ordered.push_back(std::move(group));
      for (const std::size_t other : next[root]) {
        if (--missing[other] == 0) ready.emplace(rank(other), other);
      }
    }
    return ordered;
  }

  const std::vector<Piece>& from_;
  const std::vector<Piece>& to_;
  Partitions partitions_;
  Match match_;
  std::vector<Change> changes_;
  std::vector<std::size_t> dropped_;  ///< Of each piece before: the operation that drops it.
  std::vector<std::size_t> altered_;  ///< Of each piece before: the operation that alters it.
  std::vector<std::size_t> arrived_;  ///< Of each piece after: the operation that makes it so.
  std::vector<std::pair<std::size_t, std::size_t>> edges_;  ///< First, then.
};

}  // namespace

bool is_constraint(const Piece& piece) {
  static const std::set<std::string_view> kinds{"check",       "index",       "unique",
                                                "primary key", "foreign key", "exclusion"};
  return kinds.count(piece.kind) > 0;
}

bool is_key(const Piece& piece) { return piece.kind == "unique" || piece.kind == "primary key"; }

bool is_index(const Piece& piece) { return piece.kind == "index"; }

bool is_key_or_index(const Piece& piece) { return is_index(piece) || is_key(piece); }

bool is_apart(const Piece& piece) {
  static const std::set<std::string_view> kinds{"foreign key", "policy", "rule", "trigger",
                                                "attachment"};
  // Making a partition attaches it.
  return kinds.count(piece.kind) > 0 && !(piece.kind == "attachment" && piece.within_owner);
}

bool names_column(const Piece& piece, std::string_view column) {
  for (const SqlToken& token : postgres_tokens(text_of(piece))) {
    const bool name = token.kind == SqlTokenKind::name || token.kind == SqlTokenKind::quoted_name;
    if (name && token.text == column) return true;
    if (token.is(SqlTokenKind::sign, "*")) return true;
  }
  return false;
}

std::vector<Group> find_groups(const std::vector<Piece>& from, const std::vector<Piece>& to) {
  return Grouper(from, to).run();
}

}  // namespace relata::migrate::postgres
