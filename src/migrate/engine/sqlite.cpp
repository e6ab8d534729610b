#include "base/text.h"
#include "migrate/engine/engine.h"

namespace relata::migrate {
namespace {

class SqliteEngine : public Engine {
 public:
  SqliteEngine() : Engine("sqlite") {}

  std::string state_table() const override { return "relata_steps"; }
  std::string find_state() const override {
    return "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'relata_steps'";
  }
  std::vector<std::string> make_state() const override {
    return {
        "CREATE TABLE IF NOT EXISTS relata_steps (run_number INTEGER NOT NULL, place INTEGER "
        "NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL, plan_steps INTEGER NOT NULL, "
        "state TEXT NOT NULL, statements_done INTEGER NOT NULL, before_statement TEXT NOT "
        "NULL, last_key TEXT, rows_changed INTEGER NOT NULL, rows_seen INTEGER NOT NULL, "
        "started_at TEXT NOT NULL, done_at TEXT, PRIMARY KEY (run_number, place)) WITHOUT "
        "ROWID"};
  }
  std::string now() const override { return "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"; }
  std::string time_text(const std::string& column) const override { return column; }

  // A table that is built anew is dropped in between, and with foreign keys on that deletes the
  // rows that refer to it; the setting is of no effect inside of a transaction
  // (https://sqlite.org/lang_altertable.html#otheralter).
  std::vector<std::string> settings() const override {
    return {"PRAGMA busy_timeout = 2000", "PRAGMA foreign_keys = OFF",
            "PRAGMA legacy_alter_table = OFF"};
  }
  std::string begin() const override { return "BEGIN IMMEDIATE"; }
  bool changes_schemas_in_transactions() const override { return true; }
  std::string session_number() const override { return {}; }
  std::string fingerprint(live::Session&, const std::string&) const override { return {}; }

  std::uint64_t about_rows(live::Session& session, const QualifiedName& table) const override {
    return static_cast<std::uint64_t>(
        only_number(session, "SELECT count(*) FROM " + table_name(table)));
  }
  std::uint64_t sessions_waiting(live::Session&) const override { return 0; }
  double replication_lag(live::Session&) const override { return 0; }
  // Who waits for the one lock of the database asks for it every now and then, at most a tenth of a
  // second apart, and nobody can see that (https://sqlite.org/c3ref/busy_timeout.html).
  std::chrono::milliseconds breath() const override { return std::chrono::milliseconds(20); }
  std::optional<std::string> oldest_transaction(live::Session&) const override { return {}; }

 protected:
  // A literal of the value's own storage class (https://sqlite.org/lang_corefunc.html#quote).
  std::string_view quoting_function() const override { return "quote"; }
};

}  // namespace

const Engine& sqlite_engine();

const Engine& sqlite_engine() {
  static const SqliteEngine engine;
  return engine;
}

}  // namespace relata::migrate
