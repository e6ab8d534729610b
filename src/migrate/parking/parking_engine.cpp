#include "migrate/parking/parking_engine.h"

#include <array>

#include "base/text.h"

namespace relata::migrate {

#define RELATA_PARKING(dialect, function) const ParkingEngine& function();
#include "migrate/parking/parking_engines.def"
#undef RELATA_PARKING

namespace {

struct Row {
  std::string_view dialect;
  const ParkingEngine& (*engine)();
};

constexpr std::array rows{
#define RELATA_PARKING(dialect, function) Row{dialect, function},
#include "migrate/parking/parking_engines.def"
#undef RELATA_PARKING
};

}  // namespace

std::string_view parked_kind_name(ParkedKind kind) {
  static constexpr std::array<std::string_view, 4> names{"table", "column", "type", "sequence"};
  return names[static_cast<std::size_t>(kind)];
}

std::string ParkingEngine::drop_statement(ParkedKind kind, const QualifiedName& name,
                                          const std::string& column) const {
  if (kind == ParkedKind::column) {
    return "ALTER TABLE " + engine_.table_name(name) + " DROP COLUMN " +
           dialect().identifier(column);
  }
  return "DROP " + to_upper(parked_kind_name(kind)) + " IF EXISTS " + engine_.table_name(name);
}

const ParkingEngine* find_parking_engine(std::string_view dialect) {
  for (const Row& row : rows) {
    if (row.dialect == dialect) return &row.engine();
  }
  return nullptr;
}

}  // namespace relata::migrate
