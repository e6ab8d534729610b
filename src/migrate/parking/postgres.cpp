#include "migrate/parking/parking_engine.h"
#include "migrate/postgres/locks.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate {
namespace {

using postgres::quoted;

std::string_view object_words(ParkedKind kind) {
  if (kind == ParkedKind::type) return "TYPE";
  return kind == ParkedKind::sequence ? "SEQUENCE" : "TABLE";
}

/// Tables, types and sequences of nobody move into a namespace, with their indexes, constraints and
/// what they own (https://www.postgresql.org/docs/current/sql-altertable.html, SET SCHEMA), so that
/// no name is in the way of a new table that is called the same. Columns, and the sequences that
/// belong to them, are renamed: "cannot move an owned sequence into another schema".
class PostgresParking : public ParkingEngine {
 public:
  PostgresParking() : ParkingEngine("postgres") {}

  bool ignores_case() const override { return false; }
  bool has_places() const override { return true; }
  bool numbers_without_key() const override { return true; }
  bool parks_sequences() const override { return true; }

  std::string statement(const Move& move) const override {
    if (move.kind == ParkedKind::column) {
      return "ALTER TABLE " + quoted(move.from) + " RENAME COLUMN " + quoted(move.column_from) +
             " TO " + quoted(move.column_to);
    }
    const std::string alter =
        "ALTER " + std::string(object_words(move.kind)) + " " + quoted(move.from);
    if (move.from.schema == move.to.schema) return alter + " RENAME TO " + quoted(move.to.name);
    return alter + " SET SCHEMA " + quoted(move.to.schema.empty() ? "public" : move.to.schema);
  }

  void describe(Action& action, const Move& move) const override {
    const bool of_rows = move.kind == ParkedKind::table || move.kind == ParkedKind::column;
    postgres::set_lock(action, of_rows ? postgres::Lock::access_exclusive : postgres::Lock::none,
                       plain_name(move.from));
  }

  // Who may not see all rows must not take those that are seen for all.
  std::vector<std::string> settings_for_rows() const override {
    return {"SET lock_timeout = '2s'", "SET statement_timeout = 0", "SET row_security = off"};
  }

  std::string register_table() const override { return "relata.parked"; }
  std::string find_register() const override {
    return "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
           "c.relnamespace WHERE n.nspname = 'relata' AND c.relname = 'parked'";
  }
  std::vector<std::string> make_register() const override {
    // CREATE SCHEMA IF NOT EXISTS asks for the right to make one even where it is there.
    return {
        "DO " + postgres::dollar_quoted(
                    "BEGIN\n  IF to_regnamespace('relata') IS NULL THEN\n    CREATE SCHEMA "
                    "relata;\n  END IF;\nEND\n"),
        "CREATE TABLE IF NOT EXISTS relata.parked (kind text NOT NULL, place text NOT NULL, name "
        "text NOT NULL, column_name text NOT NULL, was text NOT NULL, parked_at timestamptz NOT "
        "NULL, PRIMARY KEY (kind, place, name, column_name))"};
  }
  std::string seconds_since(const std::string& column) const override {
    return "EXTRACT(EPOCH FROM clock_timestamp() - " + column + ")";
  }
};

}  // namespace

const ParkingEngine& postgres_parking() {
  static const PostgresParking parking;
  return parking;
}

}  // namespace relata::migrate
