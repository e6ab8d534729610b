#include "migrate/engine/engine.h"

#include <array>
#include <cstdlib>

#include "base/text.h"

namespace relata::migrate {

#define RELATA_ENGINE(dialect, function) const Engine& function();
#include "migrate/engine/engines.def"
#undef RELATA_ENGINE

namespace {

struct Entry {
  std::string_view dialect;
  const Engine& (*engine)();
};

constexpr std::array entries{
#define RELATA_ENGINE(dialect, function) Entry{dialect, function},
#include "migrate/engine/engines.def"
#undef RELATA_ENGINE
};

}  // namespace

const Engine* find_engine(std::string_view dialect) {
  for (const Entry& entry : entries) {
    if (entry.dialect == dialect) return &entry.engine();
  }
  return nullptr;
}

std::string Engine::table_name(const QualifiedName& table) const {
  const std::string name = dialect_.identifier(table.name);
  return table.schema.empty() ? name : dialect_.identifier(table.schema) + "." + name;
}

Result<std::vector<std::string>> Engine::key_literals(live::Session& /*session*/,
                                                      const Backfill& backfill) const {
  std::vector<std::string> literals;
  for (const std::string& column : backfill.key) {
    literals.push_back(std::string(quoting_function()) + "(" + dialect_.identifier(column) + ")");
  }
  return literals;
}

// A comparison of rows follows an index over its columns
// (https://www.postgresql.org/docs/current/functions-comparisons.html#ROW-WISE-COMPARISON,
// https://sqlite.org/rowvalue.html).
std::string Engine::compared(const std::vector<std::string>& columns, std::string_view comparison,
                             const std::vector<std::string>& values) const {
  return "(" + join(columns, ", ") + ") " + std::string(comparison) + " (" + join(values, ", ") +
         ")";
}

std::optional<std::string> only_value(live::Session& session, const std::string& query) {
  const auto rows = session.run(query);
  if (!rows || rows->empty() || rows->front().empty()) return std::nullopt;
  return rows->front()[0];
}

double only_number(live::Session& session, const std::string& query) {
  const auto value = only_value(session, query);
  return value ? std::strtod(value->c_str(), nullptr) : 0;
}

}  // namespace relata::migrate
