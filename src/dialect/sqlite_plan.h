#pragma once

#include <string_view>

#include "dialect/sqlite.h"
#include "model/schema.h"

namespace relata {

/// The current moment: ISO 8601 in UTC with milliseconds, which sorts as text.
inline constexpr std::string_view sqlite_now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/// The table of one row that holds who is acting.
inline constexpr std::string_view sqlite_session_table = "session_context";

/// What SQLite will hold: every trigger is a whole statement.
struct SqlitePlan {
  Schema schema;
  bool session_context = false;  ///< Whether something reads who is acting.
};

[[nodiscard]] SqlitePlan plan_for_sqlite(const Schema& schema, const SqliteDialect& dialect,
                                         DiagnosticSink& sink);

/// Replaces each table's triggers and periods by triggers of SQLite: one for each event, because
/// SQLite does not define the order in which several of them run.
void write_sqlite_triggers(SqlitePlan& plan, const SqliteDialect& dialect);

}  // namespace relata
