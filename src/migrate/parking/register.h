#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/parking/parking_engine.h"

namespace relata::migrate {

/// What the register says of one thing that is parked.
struct ParkedThing {
  ParkedKind kind = ParkedKind::table;
  QualifiedName name;
  std::string column;
  std::string was;    ///< "the column total of orders".
  std::string since;  ///< 2026-01-31T12:00:00Z
  std::uint64_t seconds = 0;
};

/// Writes down that it is parked now.
[[nodiscard]] std::string register_statement(const ParkingEngine& engine, const Move& move,
                                             const std::string& was);
/// Strikes it out again.
[[nodiscard]] std::string unregister_statement(const ParkingEngine& engine, const Move& move);
[[nodiscard]] std::string unregister_statement(const ParkingEngine& engine,
                                               const ParkedThing& thing);

/// Has the columns that are parked in a table follow it to another place or name.
[[nodiscard]] std::string relocate_statement(const ParkingEngine& engine, const QualifiedName& from,
                                             const QualifiedName& to);

/// All that is parked in a database, the oldest first.
[[nodiscard]] Result<std::vector<ParkedThing>> parked_things(live::Session& session,
                                                             const ParkingEngine& engine);

/// Drops what is parked, columns before their tables and those before the types that they use, each
/// with its entry; and the namespaces that held nothing else. What is not there any more only loses
/// its entry.
[[nodiscard]] Result<void> drop_parked(live::Session& session, const ParkingEngine& engine,
                                       std::vector<ParkedThing> things);

}  // namespace relata::migrate
