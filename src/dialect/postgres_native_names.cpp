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

bool comes_last(const OtherObject& object) {
  return object.kind == "event trigger" || object.kind == "default privileges";
}

}  // namespace relata
