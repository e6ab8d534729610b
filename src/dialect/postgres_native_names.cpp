// What the plan of a PostgreSQL script is asked, and names as the server finds and gives them.
#include <algorithm>

#include "dialect/postgres_native_plan.h"
#include "dialect/postgres_words.h"

namespace relata {

const Table* NativePlan::find_table(const QualifiedName& name) const {
  const auto found = tables.find({name.schema, name.name});
  return found == tables.end() ? nullptr : found->second;
}

bool NativePlan::fits_inside(const TablePart& part, std::size_t item) const {
  return std::all_of(part.needs.begin(), part.needs.end(),
                     [&](std::size_t need) { return need == item || rank[need] < rank[item]; });
}

std::vector<std::string> search_path(const Schema& schema) {
  std::vector<std::string> path;
  for (const Option& option : schema.options) {
    if (option.name != "search_path") continue;
    for (const SqlToken& token : postgres_tokens(option.value)) {
      if (token.kind == SqlTokenKind::sign || token.text == "pg_catalog" || token.text.empty() ||
          token.text == "$user") {
        continue;
      }
      path.push_back(token.text == "public" ? std::string() : token.text);
    }
  }
  if (std::find(path.begin(), path.end(), "") == path.end()) path.emplace_back();
  return path;
}

std::string postgres_default_name(std::string_view table, std::string_view column,
                                  std::string_view label) {
  constexpr std::size_t limit = 63;
  std::size_t of_table = table.size();
  std::size_t of_column = column.size();
  const std::size_t overhead = label.size() + (column.empty() ? 1 : 2);
  while (of_table + of_column + overhead > limit) {
    (of_table > of_column ? of_table : of_column) -= 1;
  }
  const auto cut = [](std::string_view text, std::size_t length) {
    while (length > 0 && length < text.size() &&
           (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
      --length;
    }
    return std::string(text.substr(0, length));
  };
  std::string name = cut(table, of_table);
  if (!column.empty()) name += "_" + cut(column, of_column);
  return name + "_" + std::string(label);
}

bool comes_last(const OtherObject& object) {
  return object.kind == "event trigger" || object.kind == "default privileges";
}

}  // namespace relata
