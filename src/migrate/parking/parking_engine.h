#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "migrate/engine/engine.h"
#include "migrate/plan.h"

namespace relata::migrate {

/// What is set aside.
enum class ParkedKind { table, column, type, sequence };

/// "table", as the register of what is parked has it.
[[nodiscard]] std::string_view parked_kind_name(ParkedKind kind);

/// Something that has another place or name afterwards, and nothing else changes about it.
struct Move {
  ParkedKind kind = ParkedKind::table;
  QualifiedName from;
  QualifiedName to;  ///< Of a column: its table, in both.
  std::string column_from = {};
  std::string column_to = {};

  [[nodiscard]] Move reversed() const { return {kind, to, from, column_to, column_from}; }
};

/// What differs between engines in setting things aside. Holds no state.
class ParkingEngine {
 public:
  explicit ParkingEngine(std::string_view dialect) : engine_(*find_engine(dialect)) {}
  virtual ~ParkingEngine() = default;

  [[nodiscard]] const Engine& engine() const { return engine_; }
  [[nodiscard]] const Dialect& dialect() const { return engine_.dialect(); }

  /// Whether names are the same that differ in case only.
  [[nodiscard]] virtual bool ignores_case() const { return true; }
  /// Whether what is parked moves into a namespace; else it is renamed.
  [[nodiscard]] virtual bool has_places() const { return false; }
  /// Whether a table that is parked can keep its indexes: their names are nobody else's then.
  [[nodiscard]] virtual bool indexes_go_along() const { return true; }
  /// Whether a column that is no key can still number the rows that come in.
  [[nodiscard]] virtual bool numbers_without_key() const { return false; }
  /// Whether sequences can be parked, with defaults that go on to draw from them.
  [[nodiscard]] virtual bool parks_sequences() const { return false; }

  /// The statement that moves it.
  [[nodiscard]] virtual std::string statement(const Move& move) const = 0;
  /// What drops it when its time is over.
  [[nodiscard]] virtual std::string drop_statement(ParkedKind kind, const QualifiedName& name,
                                                   const std::string& column) const;
  /// Says in an action that does this what it takes.
  virtual void describe(Action& action, const Move& move) const = 0;
  /// Settings under which rows of all can be brought up to date.
  [[nodiscard]] virtual std::vector<std::string> settings_for_rows() const { return {}; }

  /// The register of what is parked, as statements name it.
  [[nodiscard]] virtual std::string register_table() const { return "relata_parked"; }
  /// A query that gives a row where it is there.
  [[nodiscard]] virtual std::string find_register() const = 0;
  [[nodiscard]] virtual std::vector<std::string> make_register() const = 0;
  /// How many seconds ago a column of the register's time was.
  [[nodiscard]] virtual std::string seconds_since(const std::string& column) const = 0;

  /// Makes the texts of tables agree with what was changed about them, where the engine keeps such.
  virtual void settle(Table& /*table*/) const {}

 private:
  const Engine& engine_;
};

/// Null: the dialect's databases are not changed at all.
[[nodiscard]] const ParkingEngine* find_parking_engine(std::string_view dialect);

}  // namespace relata::migrate
