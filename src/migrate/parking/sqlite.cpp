#include "migrate/parking/parking_engine.h"
#include "migrate/sqlite/table_change.h"
#include "migrate/sqlite/texts.h"
#include "read/sql/sql.h"

namespace relata::migrate {
namespace {

/// Tables and columns are renamed (https://sqlite.org/lang_altertable.html). Names of indexes are
/// the database's, so that those of a parked table go.
class SqliteParking : public ParkingEngine {
 public:
  SqliteParking() : ParkingEngine("sqlite") {}

  bool indexes_go_along() const override { return false; }

  std::string statement(const Move& move) const override {
    using sqlite::quoted;
    const std::string alter = "ALTER TABLE " + quoted(move.from.name) + " RENAME ";
    if (move.kind != ParkedKind::column) return alter + "TO " + dialect().identifier(move.to.name);
    return alter + "COLUMN " + quoted(move.column_from) + " TO " +
           dialect().identifier(move.column_to);
  }

  void describe(Action& action, const Move&) const override {
    const Action quick = sqlite::quick_step({}).forward;
    action.lock = quick.lock;
    action.blocks = quick.blocks;
  }

  std::string find_register() const override {
    return "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'relata_parked'";
  }
  std::vector<std::string> make_register() const override {
    return {
        "CREATE TABLE IF NOT EXISTS relata_parked (kind TEXT NOT NULL, place TEXT NOT NULL, name "
        "TEXT NOT NULL, column_name TEXT NOT NULL, was TEXT NOT NULL, parked_at TEXT NOT NULL, "
        "PRIMARY KEY (kind, place, name, column_name)) WITHOUT ROWID"};
  }
  std::string seconds_since(const std::string& column) const override {
    return "(unixepoch('now') - unixepoch(" + column + "))";
  }

  // Tables are made by the very statement that the catalog keeps: it is written anew from what is
  // to be, and read as SQLite reads it.
  void settle(Table& table) const override {
    Schema alone;
    alone.dialect = "sqlite";
    alone.tables.push_back(table);
    alone.tables.front().statement = {};
    alone.tables.front().indexes.clear();
    alone.tables.front().triggers.clear();
    DiagnosticSink unheard;
    const std::string script = dialect().ddl(alone, {}, unheard);
    const Schema read = sql::read_sql({SourceFile{"", script}}, "sqlite", unheard);
    if (read.tables.size() == 1) table.statement = read.tables.front().statement;
  }
};

}  // namespace

const ParkingEngine& sqlite_parking() {
  static const SqliteParking parking;
  return parking;
}

}  // namespace relata::migrate
