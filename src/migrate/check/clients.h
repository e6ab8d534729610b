#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/check/check_engine.h"
#include "model/schema.h"
#include "seed/fill.h"

namespace relata::migrate::check {

/// Clients number their rows from here on behind those that are there: what else comes in by
/// sequences gets numbers between.
inline constexpr std::uint64_t rows_between = 1'000'000;

/// What clients do with one table, in columns that it has before and after.
struct Traffic {
  QualifiedName name;
  std::string table;                   ///< As statements name it.
  std::vector<std::string> columns;    ///< As statements name them.
  std::vector<std::string> key;        ///< Of a unique key, as statements name them.
  std::vector<std::string> key_names;  ///< The same columns by their names.
  std::vector<std::string> literals;   ///< Expressions that give the key's values as literals.
  std::string changed;                 ///< The column that updates set to itself.
  std::vector<std::string> keys;       ///< Conditions that find rows which are there.
  seed::TableFill fill;                ///< How new rows look; of the columns above alone.
  bool updates = false;
  bool inserts = false;  ///< And deletes, of its own rows only.
};

/// Finds out what can be done with the tables, by trying it in transactions that are rolled back.
/// Columns that an update changes on its own (triggers) come into `unstable`, what cannot be done
/// into `notes`.
[[nodiscard]] std::vector<Traffic> plan_traffic(live::Session& session, const Schema& start,
                                                const Schema& target,
                                                const std::vector<QualifiedName>& tables,
                                                const std::vector<seed::TableFill>& fills,
                                                std::set<seed::ColumnName>& unstable,
                                                std::vector<std::string>& notes,
                                                const CheckEngine& engine);

/// The statement that inserts the row of that number, and what of its answer finds it again.
[[nodiscard]] std::string insert_of(const Traffic& traffic, std::uint64_t number,
                                    const CheckEngine& engine);
[[nodiscard]] std::string row_inserted(const Traffic& traffic, std::uint64_t number,
                                       const std::vector<live::Record>& answer,
                                       const CheckEngine& engine);

/// Clients that read and write all the time, each on a session and a thread of its own, until they
/// are stopped; then they take the rows away that they have brought.
class Clients {
 public:
  /// Connects, and begins. The traffic must outlive them.
  [[nodiscard]] static Result<std::unique_ptr<Clients>> start(const std::string& url,
                                                              const std::vector<Traffic>& traffic,
                                                              std::size_t steps,
                                                              const CheckEngine& engine);
  ~Clients();
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;

  /// From now on, what happens belongs to this step.
  void enter(std::size_t step) { step_ = step; }
  void stop();

  struct OfStep {
    double longest = 0;  ///< Milliseconds that a statement took.
    std::uint64_t failures = 0;
  };
  // Once they are stopped.
  [[nodiscard]] const std::vector<OfStep>& steps() const { return steps_; }
  [[nodiscard]] std::uint64_t statements() const { return statements_; }
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  [[nodiscard]] const std::set<std::string>& messages() const { return messages_; }

 private:
  struct Client;
  Clients(const std::vector<Traffic>& traffic, std::size_t steps);
  void work(Client& client);

  const std::vector<Traffic>& traffic_;
  std::atomic<std::size_t> step_ = 0;
  std::atomic<bool> done_ = false;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::thread> threads_;
  std::vector<OfStep> steps_;
  std::uint64_t statements_ = 0;
  std::uint64_t failures_ = 0;
  std::set<std::string> messages_;
};

}  // namespace relata::migrate::check
