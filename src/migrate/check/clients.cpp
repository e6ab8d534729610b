#include "migrate/check/clients.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <random>
#include <utility>

#include "base/text.h"

namespace relata::migrate::check {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t how_many = 4;
/// A server that is busy all the time says little about how long it makes others wait.
constexpr std::chrono::milliseconds between_statements(2);
constexpr std::size_t rows_kept = 20;  ///< Of its own, before it deletes the oldest.
constexpr std::uint64_t rows_of_client = 1'000'000;

}  // namespace

struct Clients::Client {
  explicit Client(const CheckEngine& engine_of) : engine(engine_of) {}

  const CheckEngine& engine;
  std::unique_ptr<live::Session> session;
  std::size_t number = 0;
  std::minstd_rand dice;
  std::uint64_t next_row = 0;
  /// Rows that it has brought: the table's place, and the condition that finds the row.
  std::deque<std::pair<std::size_t, std::string>> own;
  std::vector<OfStep> steps;
  std::uint64_t statements = 0;
  std::uint64_t failures = 0;
  std::set<std::string> messages;

  std::size_t roll(std::size_t sides) { return dice() % sides; }

  void fail(std::size_t step, const std::string& message) {
    ++failures;
    ++steps[step].failures;
    messages.insert(message);
  }

  /// Runs a statement, and remembers how long it took in the steps that were run meanwhile.
  Result<std::vector<live::Record>> run(const std::atomic<std::size_t>& step,
                                        const std::string& statement) {
    const std::size_t first = step;
    const auto begin = Clock::now();
    auto rows = session->run(statement);
    const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    const std::size_t last = std::max<std::size_t>(step, first);
    ++statements;
    for (std::size_t at = first; at <= last; ++at) {
      steps[at].longest = std::max(steps[at].longest, took);
    }
    if (!rows) fail(last, rows.error().message);
    return rows;
  }

  void read(const std::atomic<std::size_t>& step, const Traffic& traffic) {
    if (traffic.keys.empty()) {
      (void)run(step,
                "SELECT " + join(traffic.columns, ", ") + " FROM " + traffic.table + " LIMIT 1");
      return;
    }
    const auto rows = run(step, "SELECT " + join(traffic.columns, ", ") + " FROM " + traffic.table +
                                    " WHERE " + traffic.keys[roll(traffic.keys.size())]);
    if (rows && rows->size() != 1) {
      fail(step, "a row of " + traffic.table + " that nobody deleted is not there");
    }
  }

  void update(const std::atomic<std::size_t>& step, const Traffic& traffic) {
    const auto done =
        run(step, "UPDATE " + traffic.table + " SET " + traffic.changed + " = " + traffic.changed +
                      " WHERE " + traffic.keys[roll(traffic.keys.size())]);
    if (done && engine.updates_count_found() && session->affected_rows() != 1) {
      fail(step, "an update of " + traffic.table + " did not find its row");
    }
  }

  void insert(const std::atomic<std::size_t>& step, std::size_t place, const Traffic& traffic) {
    const std::uint64_t row =
        traffic.fill.rows + rows_between + 1 + number * rows_of_client + next_row++;
    const auto answer = run(step, insert_of(traffic, row, engine));
    if (answer) own.emplace_back(place, row_inserted(traffic, row, *answer, engine));
  }

  void delete_oldest(const std::atomic<std::size_t>& step, const std::vector<Traffic>& traffic) {
    const auto [place, row] = own.front();
    own.pop_front();
    const auto done = run(step, "DELETE FROM " + traffic[place].table + " WHERE " + row);
    if (done && session->affected_rows() != 1) {
      fail(step, "a row that was inserted into " + traffic[place].table + " is not there");
    }
    // It is wanted away all the same.
    if (!done) own.emplace_back(place, row);
  }
};

Clients::Clients(const std::vector<Traffic>& traffic, std::size_t steps)
    : traffic_(traffic), steps_(steps) {}

Clients::~Clients() { stop(); }

Result<std::unique_ptr<Clients>> Clients::start(const std::string& url,
                                                const std::vector<Traffic>& traffic,
                                                std::size_t steps, const CheckEngine& engine) {
  std::unique_ptr<Clients> clients(new Clients(traffic, steps));
  for (std::size_t number = 0; number < how_many; ++number) {
    auto session = live::connect(url);
    if (!session) return tl::unexpected(session.error());
    for (const std::string& setting : engine.client_settings()) {
      if (auto set = (*session)->run(setting); !set) return tl::unexpected(set.error());
    }
    auto client = std::make_unique<Client>(engine);
    client->session = std::move(*session);
    client->number = number;
    client->dice.seed(static_cast<unsigned>(number + 1));
    client->steps.resize(steps);
    clients->clients_.push_back(std::move(client));
  }
  if (traffic.empty()) return clients;
  for (const auto& client : clients->clients_) {
    clients->threads_.emplace_back([all = clients.get(), one = client.get()] { all->work(*one); });
  }
  return clients;
}

void Clients::work(Client& client) {
  while (!done_) {
    const std::size_t place = client.roll(traffic_.size());
    const Traffic& traffic = traffic_[place];
    const std::size_t choice = client.roll(4);
    if (client.own.size() > rows_kept) {
      client.delete_oldest(step_, traffic_);
    } else if (choice == 0 && traffic.inserts) {
      client.insert(step_, place, traffic);
    } else if (choice == 1 && traffic.updates) {
      client.update(step_, traffic);
    } else {
      client.read(step_, traffic);
    }
    std::this_thread::sleep_for(between_statements);
  }
  const std::size_t rest = client.own.size();
  for (std::size_t i = 0; i < rest; ++i) client.delete_oldest(step_, traffic_);
}

void Clients::stop() {
  done_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  for (const auto& client : clients_) {
    statements_ += client->statements;
    failures_ += client->failures;
    messages_.insert(client->messages.begin(), client->messages.end());
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      steps_[i].longest = std::max(steps_[i].longest, client->steps[i].longest);
      steps_[i].failures += client->steps[i].failures;
    }
  }
  clients_.clear();
}

}  // namespace relata::migrate::check
