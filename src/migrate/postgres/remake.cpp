// What is made anew around the change of a column.
#include "migrate/postgres/remake.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgres_object_names.h"
#include "migrate/postgres/words.h"

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

bool has_usual_name(const Table& table, const Index& index) {
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column) return false;
    columns.push_back(part.expression.text);
  }
  return index.name == postgres_object_name(table.name, join(columns, "_"), "idx");
}

/// Gives the index of a partition that is attached to `whole` its name.
std::string name_part(const QualifiedName& whole, const Table& table, const std::string& name) {
  const auto literal = [](const std::string& text) { return dialect().string_literal(text); };
  return "DO " + dollar_quoted(
                     "DECLARE\n  own text;\n  space text;\nBEGIN\n"
                     "  SELECT c.relname, c.relnamespace::regnamespace INTO own, space\n"
                     "    FROM pg_catalog.pg_inherits h\n"
                     "    JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid\n"
                     "    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid\n"
                     "   WHERE h.inhparent = " +
                     literal(quoted(whole)) + "::regclass AND i.indrelid = " +
                     literal(quoted_name(table)) + "::regclass;\n  IF own <> " + literal(name) +
                     " THEN\n    EXECUTE format('ALTER INDEX %s.%I RENAME TO %I', space, own, " +
                     literal(name) + ");\n  END IF;\nEND\n");
}

void name_parts(const QualifiedName& whole, const PieceIndex& at, const PieceIndex& other,
                Statements& statements) {
  std::set<QualifiedName> there;
  for (const auto& [table, index] : other.parts(whole)) there.insert({table->schema, index->name});
  for (const auto& [table, index] : at.parts(whole)) {
    const QualifiedName name{table->schema, index->name};
    if (there.count(name) == 0) continue;
    if (!has_usual_name(*table, *index)) {
      statements.push_back(name_part(whole, *table, index->name));
    }
    name_parts(name, at, other, statements);
  }
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

void keep_part_names(const Piece& column, const PiecesAt& before, const PiecesAt& after,
                     Statements& forward, Statements& back) {
  for (const std::size_t place : after.index.constraints(column.owner)) {
    const Piece& index = after.pieces[place];
    if (index.kind != "index" || after.passing.count(place) > 0) continue;
    if (!names_column(index, column.name)) continue;
    const QualifiedName whole{index.owner.schema, index.name};
    name_parts(whole, after.index, before.index, forward);
    name_parts(whole, before.index, after.index, back);
  }
}

}  // namespace relata::migrate::postgres
