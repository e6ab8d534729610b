#include "migrate/postgres/switch_source.h"

#include <algorithm>

#include "migrate/postgres/alter.h"
#include "migrate/postgres/partitions.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {
namespace {

const std::vector<std::size_t> nothing;

template <class Key>
const std::vector<std::size_t>& found(const std::map<Key, std::vector<std::size_t>>& map,
                                      const Key& key) {
  const auto place = map.find(key);
  return place == map.end() ? nothing : place->second;
}

/// What can be taken down and put back while a table is locked for a moment.
bool is_light(const Piece& piece) {
  static const std::set<std::string_view> kinds{
      "view",     "materialized view", "policy",    "rule",  "trigger",
      "function", "comment",           "procedure", "grant", "sequence owner"};
  return kinds.count(piece.kind) > 0;
}

bool is_plain(const Table& table) { return stands_alone(table) && !table.of_type; }

bool leads_to(const Piece& piece, const std::string& column) {
  const auto& referenced = std::get<const ForeignKey*>(piece.object)->referenced;
  return std::find(referenced.begin(), referenced.end(), column) != referenced.end();
}

/// Parts that a twin cannot have.
bool stands_in_way(const Piece& part, const Table& table) {
  if (part.kind == "exclusion") return true;
  if (part.name == table.replica_identity) return true;
  if (const auto* index = std::get_if<const Index*>(&part.object)) return (*index)->clustered;
  const bool key = part.kind == "primary key" || part.kind == "unique";
  return key && part.key_index.empty();
}

/// What belongs to the column at one time; nothing when some of it stands in the way.
std::optional<TwinSource> source_of(const PiecesAt& at, std::size_t place,
                                    std::vector<std::string>& said) {
  const Piece& piece = at.pieces[place];
  const Column& column = *std::get<const Column*>(piece.object);
  TwinSource source{piece.table, &column, {}, {}};
  const auto listen = [&](std::size_t to) {
    for (const std::size_t one : at.index.said_of(to)) {
      const Piece& text = at.pieces[one];
      append(said, text.create);
    }
  };
  listen(place);
  for (const std::size_t part : at.index.constraints(piece.owner)) {
    const Piece& one = at.pieces[part];
    if (at.passing.count(part) > 0) {
      source.left_out.insert(one.name);
    } else if (names_column(one, column.name)) {
      if (stands_in_way(one, *piece.table)) return std::nullopt;
      listen(part);
    }
  }
  for (const std::size_t key : at.index.references(piece.owner)) {
    const Piece& one = at.pieces[key];
    const bool passes = at.passing.count(key) > 0 || at.passing.count(one.owner_piece) > 0;
    if (passes || !leads_to(one, column.name)) continue;
    if (one.table == nullptr || !is_plain(*one.table)) return std::nullopt;
    source.references.emplace_back(one.table, std::get<const ForeignKey*>(one.object));
  }
  for (const std::size_t other : at.index.others(piece.owner_piece)) {
    if (names_column(at.pieces[other], column.name)) return std::nullopt;
  }
  for (const std::size_t grant : at.index.said_of(piece.owner_piece)) {
    const Piece& text = at.pieces[grant];
    if (text.kind != "grant" || !names_column(text, column.name)) continue;
    append(said, text.create);
  }
  return source;
}

}  // namespace

PieceIndex::PieceIndex(const std::vector<Piece>& pieces) {
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const Piece& piece = pieces[at];
    if (is_constraint(piece)) constraints_[piece.owner].push_back(at);
    if (const auto* key = std::get_if<const ForeignKey*>(&piece.object)) {
      references_[{(*key)->table_schema, (*key)->table}].push_back(at);
    }
    const bool says = piece.kind == "comment" || piece.kind == "grant";
    if (says && piece.owner_piece != Piece::none) said_[piece.owner_piece].push_back(at);
    if (std::holds_alternative<const OtherObject*>(piece.object)) {
      for (const std::size_t used : piece.needs) others_[used].push_back(at);
    }
    if (piece.kind != "table") continue;
    for (const QualifiedName& parent : piece.table->inherits) parents_.insert(parent);
    if (!piece.table->partition_of) continue;
    parents_.insert(piece.table->partition_of->parent);
    for (const Index& index : piece.table->indexes) {
      if (index.parent) parts_[*index.parent].emplace_back(piece.table, &index);
    }
  }
}

const std::vector<PieceIndex::Part>& PieceIndex::parts(const QualifiedName& index) const {
  static const std::vector<Part> none;
  const auto place = parts_.find(index);
  return place == parts_.end() ? none : place->second;
}

const std::vector<std::size_t>& PieceIndex::constraints(const QualifiedName& table) const {
  return found(constraints_, table);
}
const std::vector<std::size_t>& PieceIndex::references(const QualifiedName& table) const {
  return found(references_, table);
}
const std::vector<std::size_t>& PieceIndex::said_of(std::size_t piece) const {
  return found(said_, piece);
}
const std::vector<std::size_t>& PieceIndex::others(std::size_t table) const {
  return found(others_, table);
}

std::optional<ColumnSwitch> find_switch(const Group& group, const PiecesAt& before,
                                        std::size_t from, const PiecesAt& after, std::size_t to) {
  const Piece& old_piece = before.pieces[from];
  const Piece& new_piece = after.pieces[to];
  const Column& old_column = *std::get<const Column*>(old_piece.object);
  const Column& new_column = *std::get<const Column*>(new_piece.object);
  for (const Change& change : group.changes) {
    const Piece& piece =
        change.doing == Doing::drop ? before.pieces[change.from] : after.pieces[change.to];
    const bool column = change.doing == Doing::alter && piece.kind == "column";
    if (!column && !is_light(piece)) return std::nullopt;
  }
  constexpr std::size_t longest_name = 63;
  const bool numbered_alike = old_column.identity.has_value() == new_column.identity.has_value() &&
                              (old_piece.serial == nullptr) == (new_piece.serial == nullptr);
  const bool named =
      !new_column.identity || identity_sequence(new_piece.owner, new_column).size() <= longest_name;
  if (!is_plain(*old_piece.table) || !is_plain(*new_piece.table) ||
      before.index.has_children(old_piece.owner) || old_column.generated || new_column.generated ||
      !new_column.options.empty() || !old_column.options.empty() || !numbered_alike || !named) {
    return std::nullopt;
  }
  ColumnSwitch found;
  found.from = &old_piece;
  found.to = &new_piece;
  auto source_before = source_of(before, from, found.said_before);
  auto source_after = source_of(after, to, found.said_after);
  if (!source_before || !source_after) return std::nullopt;
  found.before = std::move(*source_before);
  found.after = std::move(*source_after);
  return found;
}

}  // namespace relata::migrate::postgres
