#include "migrate/parking/register.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "migrate/parking/parked.h"
#include "migrate/run_listener.h"
#include "migrate/transactor.h"

namespace relata::migrate {
namespace {

std::string entry(const ParkingEngine& engine, ParkedKind kind, const QualifiedName& name,
                  const std::string& column) {
  const Dialect& dialect = engine.dialect();
  return "kind = " + dialect.string_literal(parked_kind_name(kind)) +
         " AND place = " + dialect.string_literal(name.schema) +
         " AND name = " + dialect.string_literal(name.name) +
         " AND column_name = " + dialect.string_literal(column);
}

std::string strike_out(const ParkingEngine& engine, ParkedKind kind, const QualifiedName& name,
                       const std::string& column) {
  return "DELETE FROM " + engine.register_table() + " WHERE " + entry(engine, kind, name, column);
}

std::optional<ParkedKind> kind_of(const std::string& name) {
  for (const ParkedKind kind :
       {ParkedKind::table, ParkedKind::column, ParkedKind::type, ParkedKind::sequence}) {
    if (parked_kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

/// Nobody waits for long here.
class Quiet : public RunListener {
 public:
  void step(std::size_t, const Step&, bool) override {}
  void note(const std::string&) override {}
  void backfilled(const BackfillProgress&) override {}
};

/// Whether it is called as what is parked is: nothing else is ever dropped, whatever the register
/// says.
bool is_parked(const ParkedThing& thing) {
  if (thing.kind == ParkedKind::column) return is_parked_name(thing.column);
  return is_parked_name(thing.name.schema) || is_parked_name(thing.name.name);
}

/// Whether a column is there: its table can have been dropped since. What else is parked is dropped
/// if it is there.
bool is_there(live::Session& session, const ParkingEngine& engine, const ParkedThing& thing) {
  if (thing.kind != ParkedKind::column) return true;
  // A name that is no column's would be a text to SQLite; behind its table's it is none.
  const std::string table = engine.engine().table_name(thing.name);
  return session
      .run("SELECT relata_t." + engine.dialect().identifier(thing.column) + " FROM " + table +
           " relata_t LIMIT 0")
      .has_value();
}

}  // namespace

std::string register_statement(const ParkingEngine& engine, const Move& move,
                               const std::string& was) {
  const Dialect& dialect = engine.dialect();
  return "INSERT INTO " + engine.register_table() +
         " (kind, place, name, column_name, was, parked_at) VALUES (" +
         dialect.string_literal(parked_kind_name(move.kind)) + ", " +
         dialect.string_literal(move.to.schema) + ", " + dialect.string_literal(move.to.name) +
         ", " + dialect.string_literal(move.column_to) + ", " + dialect.string_literal(was) + ", " +
         engine.engine().now() + ")";
}

std::string unregister_statement(const ParkingEngine& engine, const Move& move) {
  return strike_out(engine, move.kind, move.to, move.column_to);
}

std::string unregister_statement(const ParkingEngine& engine, const ParkedThing& thing) {
  return strike_out(engine, thing.kind, thing.name, thing.column);
}

std::string relocate_statement(const ParkingEngine& engine, const QualifiedName& from,
                               const QualifiedName& to) {
  const Dialect& dialect = engine.dialect();
  return "UPDATE " + engine.register_table() + " SET place = " + dialect.string_literal(to.schema) +
         ", name = " + dialect.string_literal(to.name) +
         " WHERE kind = " + dialect.string_literal(parked_kind_name(ParkedKind::column)) +
         " AND place = " + dialect.string_literal(from.schema) +
         " AND name = " + dialect.string_literal(from.name);
}

Result<std::vector<ParkedThing>> parked_things(live::Session& session,
                                               const ParkingEngine& engine) {
  std::vector<ParkedThing> things;
  const auto there = session.run(engine.find_register());
  if (!there) return tl::unexpected(there.error());
  if (there->empty()) return things;
  const auto rows = session.run(
      "SELECT kind, place, name, column_name, was, " + engine.engine().time_text("parked_at") +
      ", " + engine.seconds_since("parked_at") + " FROM " + engine.register_table() +
      " ORDER BY parked_at, kind, place, name, column_name");
  if (!rows) return tl::unexpected(rows.error());
  for (const live::Record& row : *rows) {
    const auto kind = kind_of(row[0].value_or(""));
    if (!kind) continue;
    ParkedThing thing{*kind,
                      {row[1].value_or(""), row[2].value_or("")},
                      row[3].value_or(""),
                      row[4].value_or(""),
                      row[5].value_or(""),
                      0};
    const double seconds = std::strtod(row[6].value_or("0").c_str(), nullptr);
    thing.seconds = seconds > 0 ? static_cast<std::uint64_t>(seconds) : 0;
    if (is_parked(thing)) things.push_back(std::move(thing));
  }
  return things;
}

Result<void> drop_parked(live::Session& session, const ParkingEngine& engine,
                         std::vector<ParkedThing> things) {
  // In the order in which they let go of each other.
  const auto rank = [](const ParkedThing& thing) {
    return thing.kind == ParkedKind::column ? -1 : static_cast<int>(thing.kind);
  };
  std::stable_sort(things.begin(), things.end(),
                   [&](const ParkedThing& a, const ParkedThing& b) { return rank(a) < rank(b); });
  Quiet listener;
  Transactor transactor(session, engine.engine(), listener);
  if (auto open = transactor.open(); !open) return open;
  for (const ParkedThing& thing : things) {
    std::vector<std::string> statements{unregister_statement(engine, thing)};
    if (is_there(session, engine, thing)) {
      statements.insert(statements.begin(),
                        engine.drop_statement(thing.kind, thing.name, thing.column));
    }
    const auto done = transactor.together([&] { return transactor.run_all(statements); });
    if (!done) return done;
  }
  if (!engine.has_places()) return {};
  const auto left = parked_things(session, engine);
  if (!left) return tl::unexpected(left.error());
  std::set<std::string> empty;
  for (const ParkedThing& thing : things) {
    if (is_parked_name(thing.name.schema)) empty.insert(thing.name.schema);
  }
  for (const ParkedThing& thing : *left) empty.erase(thing.name.schema);
  for (const std::string& place : empty) {
    const std::string drop = "DROP SCHEMA IF EXISTS " + engine.dialect().identifier(place);
    if (auto done = transactor.together([&] { return transactor.run_all({drop}); }); !done) {
      return done;
    }
  }
  return {};
}

}  // namespace relata::migrate
