// TypeScript cannot infer the types of two tables whose foreign keys name each other, so these say
// what their third argument returns.

#include <algorithm>
#include <limits>

#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {
namespace {

constexpr std::size_t unseen = std::numeric_limits<std::size_t>::max();

/// Tarjan's strongly connected components, without recursion: schemas can be long chains.
class Components {
 public:
  explicit Components(Plan& plan)
      : plan_(plan),
        order_(plan.tables.size(), unseen),
        low_(order_),
        open_(order_.size(), false) {}

  void mark() {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (order_[i] == unseen) walk(i);
    }
  }

 private:
  struct Step {
    std::size_t table;
    std::size_t next;  ///< Which of its foreign keys comes next.
  };

  void enter(std::size_t table) {
    order_[table] = low_[table] = count_++;
    open_[table] = true;
    stack_.push_back(table);
    path_.push_back({table, 0});
  }

  void leave(std::size_t table) {
    path_.pop_back();
    if (!path_.empty()) {
      std::size_t& above = low_[path_.back().table];
      above = std::min(above, low_[table]);
    }
    if (low_[table] != order_[table]) return;
    const bool alone = stack_.back() == table;
    for (std::size_t member = unseen; member != table;) {
      member = stack_.back();
      stack_.pop_back();
      open_[member] = false;
      plan_.tables[member].in_cycle = !alone;
    }
  }

  void walk(std::size_t first) {
    enter(first);
    while (!path_.empty()) {
      const std::size_t table = path_.back().table;
      const auto& keys = plan_.tables[table].foreign_keys;
      if (path_.back().next == keys.size()) {
        leave(table);
        continue;
      }
      const std::size_t target = keys[path_.back().next++].table;
      if (order_[target] == unseen) {
        enter(target);
      } else if (open_[target]) {
        low_[table] = std::min(low_[table], order_[target]);
      }
    }
  }

  Plan& plan_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> low_;
  std::vector<bool> open_;
  std::vector<std::size_t> stack_;
  std::vector<Step> path_;
  std::size_t count_ = 0;
};

}  // namespace

void plan_cycles(Plan& plan) { Components(plan).mark(); }

}  // namespace relata::emit::drizzle
