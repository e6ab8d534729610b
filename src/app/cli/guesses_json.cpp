#include "app/cli/guesses_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace relata::cli {
namespace {

std::string spelled(const QualifiedName& table, const std::string& column) {
  return (table.schema.empty() ? "" : table.schema + ".") + table.name +
         (column.empty() ? "" : "." + column);
}

}  // namespace

nlohmann::ordered_json guesses_json(const std::vector<diff::RenameGuess>& guesses) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const diff::RenameGuess& guess : guesses) {
    nlohmann::ordered_json json;
    json["object"] = guess.column.empty() ? "table" : "column";
    json["before"] = spelled(guess.table, guess.column);
    json["after"] = spelled(guess.new_table, guess.new_column);
    json["likeness"] = std::round(guess.likeness * 100) / 100;
    json["rename"] = diff::rename_argument(guess);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace relata::cli
