#include "design/naming.h"

#include "base/text.h"

namespace relata::design {
namespace {

std::string_view without_suffix(std::string_view column) {
  for (std::string_view suffix : {"_id", "_at"}) {
    if (column.size() > suffix.size() && column.ends_with(suffix))
      return column.substr(0, column.size() - suffix.size());
  }
  return column;
}

}  // namespace

std::string table_name(const Entity& entity) {
  if (!entity.table.empty()) return entity.table;
  const std::string name = snake_case(entity.name);
  const bool log =
      entity.kind == EntityKind::audit_log && (name == "log" || name.ends_with("_log"));
  return log ? name : plural_of(name);
}

std::string reference_column(std::string_view reference, std::string_view target,
                             std::string_view key_column) {
  std::string_view rest = key_column;
  const std::string prefix = std::string(target) + "_";
  if (rest.size() > prefix.size() && rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  return std::string(reference) + "_" + std::string(rest);
}

std::string constraint_name(std::string_view table, const std::vector<std::string>& columns,
                            std::string_view suffix) {
  std::string name(table);
  for (const std::string& column : columns) name += "_" + std::string(without_suffix(column));
  return name + "_" + std::string(suffix);
}

}  // namespace relata::design
