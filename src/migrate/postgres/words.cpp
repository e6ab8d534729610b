#include "migrate/postgres/words.h"

#include "base/text.h"
#include "model/questions.h"

namespace relata::migrate::postgres {

const Dialect& dialect() {
  static const Dialect& postgres = *find_dialect("postgres");
  return postgres;
}

std::string quoted(std::string_view name) { return dialect().identifier(name); }

std::string quoted(const QualifiedName& name) {
  return name.schema.empty() ? quoted(name.name) : quoted(name.schema) + "." + quoted(name.name);
}

std::string alter_table(const Piece& piece) {
  const bool foreign = piece.table != nullptr && !piece.table->server.empty();
  return (foreign ? "ALTER FOREIGN TABLE " : "ALTER TABLE ") + quoted(piece.owner) + " ";
}

std::string described(const Piece& piece) {
  const std::string owner = plain_name(piece.owner);
  if (piece.kind == "grant") {  // its name is its statement
    const bool revokes = piece.name.starts_with("REVOKE ");
    return (revokes ? "revocation of " : "grant of ") + piece.name.substr(piece.name.find(' ') + 1);
  }
  if (piece.kind == "attachment" && piece.table->partition_of) {
    return "attachment of " + owner + " to " + plain_name(piece.table->partition_of->parent);
  }
  if (piece.name.empty()) return piece.kind + " " + owner;
  if (owner.empty()) return piece.kind + " on " + to_lower(piece.name);
  return piece.kind + " " + piece.name + " of " + owner;
}

std::string dollar_quoted(std::string_view text) {
  std::string tag = "$relata$";
  while (text.find(tag) != std::string_view::npos) tag.insert(1, "_");
  return (tag + "\n").append(text) + tag;
}

std::string derived_name(std::string_view name, std::string_view ending) {
  return dialect().fit(std::string(name) + std::string(ending));
}

}  // namespace relata::migrate::postgres
