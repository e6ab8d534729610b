// What is made anew around the change of a column.
#include "migrate/postgres/remake.h"

#include <algorithm>

namespace relata::migrate::postgres {
namespace {

/// Whether it consists of more than columns.
bool has_expression(const Piece& piece) {
  if (piece.kind == "check") return true;
  const auto* index = std::get_if<const Index*>(&piece.object);
  if (index == nullptr || (*index)->clustered) return false;
  return (*index)->where ||
         std::any_of((*index)->parts.begin(), (*index)->parts.end(), [](const IndexPart& part) {
           return part.expression.operation != Operation::column;
         });
}

/// The table's indexes and checks with expressions that neither come nor go, by kind and name.
std::map<std::pair<std::string, std::string>, std::size_t> staying(const PiecesAt& at,
                                                                   const QualifiedName& table) {
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const std::size_t place : at.index.constraints(table)) {
    const Piece& piece = at.pieces[place];
    if (!has_expression(piece) || at.passing.count(place) > 0) continue;
    places.emplace(std::pair{piece.kind, piece.name}, place);
  }
  return places;
}

void put_around(Statements& statements, const Piece& gone, const PiecesAt& at, std::size_t made) {
  statements.insert(statements.begin(), gone.drop.begin(), gone.drop.end());
  append(statements, at.pieces[made].create);
  append(statements, said_of(at, made));
}

}  // namespace

Statements said_of(const PiecesAt& at, std::size_t place) {
  Statements statements;
  for (const std::size_t one : at.index.said_of(place)) {
    const Piece& piece = at.pieces[one];
    append(statements, piece.create);
  }
  return statements;
}

void remake_expressions(const Piece& column, const PiecesAt& before, const PiecesAt& after,
                        Statements& forward, Statements& back) {
  const auto counterparts = staying(after, column.owner);
  for (const auto& [key, place] : staying(before, column.owner)) {
    const Piece& piece = before.pieces[place];
    const auto found = counterparts.find(key);
    if (found == counterparts.end() || !names_column(piece, column.name)) continue;
    put_around(forward, piece, after, found->second);
    put_around(back, after.pieces[found->second], before, place);
  }
}

}  // namespace relata::migrate::postgres
