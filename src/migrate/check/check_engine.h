#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/check/report.h"
#include "migrate/engine/engine.h"

namespace relata::migrate::check {

/// Something about each table, by its name for people.
using OfTables = std::map<std::string, std::string>;

/// What differs between engines in trying a plan. Holds no state.
class CheckEngine {
 public:
  explicit CheckEngine(std::string_view dialect) : engine_(*find_engine(dialect)) {}
  virtual ~CheckEngine() = default;

  [[nodiscard]] const Engine& engine() const { return engine_; }
  [[nodiscard]] const Dialect& dialect() const { return engine_.dialect(); }

  // --- databases that are made for a while

  /// Where they are made; null: nobody is asked.
  [[nodiscard]] virtual Result<std::unique_ptr<live::Session>> open_server(
      const std::string& url) const;
  /// Makes an empty one; its URL.
  [[nodiscard]] virtual Result<std::string> make_database(live::Session* server,
                                                          const std::string& url,
                                                          const std::string& name) const = 0;
  virtual void drop_database(live::Session* server, const std::string& url,
                             const std::string& name) const = 0;

  // --- rows

  /// Settings under which rows are filled in that are known to fit.
  [[nodiscard]] virtual std::vector<std::string> before_filling() const { return {}; }
  /// What ends them.
  [[nodiscard]] virtual std::vector<std::string> after_filling() const { return {}; }
  /// Has what numbers the rows of a column go on behind those that are there.
  [[nodiscard]] virtual std::optional<std::string> numbers_go_on(
      const std::string& /*table*/, const std::string& /*column*/) const {
    return std::nullopt;
  }
  /// How many rows a table has, and a sum over these columns, whatever the rows' order.
  [[nodiscard]] virtual Result<std::pair<std::uint64_t, std::string>> sum_of(
      live::Session& session, const std::string& table,
      const std::vector<std::string>& columns) const = 0;

  // --- clients

  [[nodiscard]] virtual std::vector<std::string> client_settings() const { return {}; }
  /// Whether INSERT ... SELECT takes RETURNING.
  [[nodiscard]] virtual bool inserts_return() const { return true; }
  /// Whether UPDATE counts the rows that it finds, and not only those that it changes.
  [[nodiscard]] virtual bool updates_count_found() const { return true; }

  // --- what is seen of a step

  /// A query for what tells the running session from others, for locks(); empty: nothing does.
  [[nodiscard]] virtual std::string process() const { return {}; }
  /// What is said once to the session that looks.
  [[nodiscard]] virtual std::vector<std::string> watch_settings() const { return {}; }
  /// The locks that hold others up now, as (table, mode); nothing where one could not look.
  [[nodiscard]] virtual std::optional<std::vector<std::pair<std::string, std::string>>> locks(
      live::Session& session, const std::string& process) const = 0;
  /// The same of what a transaction that is about to end has held all the time.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> locks_at_end(
      live::Session& /*running*/) const {
    return {};
  }
  /// Where the rows of each table are kept: elsewhere means that they were written anew.
  [[nodiscard]] virtual OfTables places(live::Session& session) const = 0;
  /// How often the running transaction has read each table as a whole.
  [[nodiscard]] virtual OfTables scans(live::Session& /*running*/) const { return {}; }
  /// What a step did otherwise than its action says.
  [[nodiscard]] virtual std::vector<std::string> broken(const StepReport& report,
                                                        const Action& action) const;

 private:
  const Engine& engine_;
};

/// Null: plans of this dialect cannot be tried.
[[nodiscard]] const CheckEngine* find_check_engine(std::string_view dialect);

}  // namespace relata::migrate::check
