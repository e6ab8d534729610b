// Comments and privileges, and what they are on.
#include "base/text.h"
#include "dialect/postgres_native_pieces.h"

namespace relata {

std::string NativePieces::commented(const Piece& piece) const {
  const std::string owner = writer_.name(piece.owner);
  const std::string own = writer_.identifier(piece.name);
  const std::string& kind = piece.kind;
  if (kind == "column") return "COLUMN " + owner + "." + own;
  if (kind == "index") return "INDEX " + writer_.name(piece.owner.schema, piece.name);
  if (kind == "trigger" || kind == "rule" || kind == "policy") {
    return to_upper(kind) + " " + own + " ON " + owner;
  }
  if (kind == "primary key" || kind == "unique" || kind == "check" || kind == "exclusion" ||
      kind == "foreign key") {
    return "CONSTRAINT " + own + " ON " + owner;
  }
  if (kind == "enumeration" || kind == "composite type") return "TYPE " + owner;
  if (kind == "function" || kind == "procedure" || kind == "aggregate") {
    return to_upper(kind) + " " + owner + "(" + piece.name + ")";
  }
  if (const auto* other = std::get_if<const OtherObject*>(&piece.object)) {
    return writer_.other_name(**other);
  }
  if (piece.owner_piece != Piece::none) return {};
  const bool foreign = kind == "table" && !piece.table->server.empty();
  return (foreign ? "FOREIGN TABLE " : to_upper(kind) + " ") + owner;
}

void NativePieces::add_comments() {
  std::vector<std::string> statements = captured([&] { writer_.print_comments(); });
  if (statements.empty()) return;
  std::map<std::string, std::size_t> places;
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    std::string what = commented(pieces_[at]);
    if (!what.empty()) places.emplace(std::move(what), at);
  }
  for (std::string& statement : statements) {
    const std::size_t literal = comment_end(statement);
    const std::string what = statement.substr(11, literal - 11);
    Piece& piece = put("comment", {}, what, {});
    // Every database comes with this one.
    const bool standard = what == "SCHEMA public";
    piece.drop = {statement.substr(0, literal) +
                  (standard ? " IS 'standard public schema'" : " IS NULL")};
    piece.create = {std::move(statement)};
    piece.owner_piece = owner_of_comment(what, places);
  }
}

std::size_t NativePieces::owner_of_comment(const std::string& what,
                                           const std::map<std::string, std::size_t>& places) {
  auto found = places.find(what);
  if (found == places.end() && what.starts_with("COLUMN ")) {
    const std::string relation = what.substr(7, what.rfind('.') - 7);
    for (const char* kind : {"VIEW ", "MATERIALIZED VIEW ", "TYPE "}) {
      if (found == places.end()) found = places.find(kind + relation);
    }
  }
  return found == places.end() ? Piece::none : found->second;
}

std::size_t NativePieces::comment_end(const std::string& statement) {
  bool quoted = false;
  for (std::size_t at = 0; at + 4 < statement.size(); ++at) {
    if (statement[at] == '"') quoted = !quoted;
    if (!quoted && statement.compare(at, 4, " IS ") == 0) return at;
  }
  return statement.size();
}

void NativePieces::add_grants() {
  for (const Grant& grant : schema_.grants) {
    Piece& piece =
        put("grant", {grant.schema, grant.name}, writer_.grant_text(grant, false), &grant);
    piece.create = {writer_.grant_text(grant, false)};
    piece.drop = {writer_.grant_text(grant, true)};
    piece.owner_piece = granted(grant);
  }
}

std::size_t NativePieces::granted(const Grant& grant) {
  if (grantable_.empty()) {
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
      const Piece& piece = pieces_[at];
      if (piece.owner_piece != Piece::none || piece.kind == "grant" || piece.kind == "comment" ||
          piece.kind == "sequence owner") {
        continue;
      }
      grantable_.emplace(std::pair{piece.owner, std::string()}, at);
      grantable_.emplace(std::pair{piece.owner, piece.name}, at);
    }
  }
  const bool routine =
      grant.kind == "function" || grant.kind == "procedure" || grant.kind == "routine";
  const auto found = grantable_.find(
      {QualifiedName{grant.schema, grant.name}, routine ? grant.arguments : std::string()});
  return found == grantable_.end() ? Piece::none : found->second;
}

}  // namespace relata
