#include "dialect/dependency_order.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace relata {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// Numbers the groups of nodes that depend on each other in a circle; without recursion, since a
/// chain of dependencies can be as long as the schema.
class Components {
 public:
  explicit Components(const std::vector<DependencyNode>& nodes)
      : nodes_(nodes),
        number_(nodes.size(), none),
        lowest_(nodes.size()),
        on_stack_(nodes.size()),
        component_(nodes.size()) {}

  std::vector<std::size_t> run() {
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      if (number_[node] == none) visit(node);
    }
    return std::move(component_);
  }

 private:
  struct Frame {
    std::size_t node;
    std::size_t next;  ///< Dependency to look at.
  };

  void enter(std::size_t node) {
    number_[node] = lowest_[node] = count_++;
    stack_.push_back(node);
    on_stack_[node] = true;
    frames_.push_back({node, 0});
  }

  void visit(std::size_t start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::size_t node = frame.node;
      if (frame.next < nodes_[node].dependencies.size()) {
        const std::size_t other = nodes_[node].dependencies[frame.next++].on;
        if (number_[other] == none) {
          enter(other);
        } else if (on_stack_[other]) {
          lowest_[node] = std::min(lowest_[node], number_[other]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        const std::size_t parent = frames_.back().node;
        lowest_[parent] = std::min(lowest_[parent], lowest_[node]);
      }
      if (lowest_[node] == number_[node]) close(node);
    }
  }

  void close(std::size_t root) {
    std::size_t member = none;
    do {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[member] = false;
      component_[member] = components_;
    } while (member != root);
    ++components_;
  }

  const std::vector<DependencyNode>& nodes_;
  std::vector<std::size_t> number_;
  std::vector<std::size_t> lowest_;
  std::vector<bool> on_stack_;
  std::vector<std::size_t> component_;
  std::vector<std::size_t> stack_;
  std::vector<Frame> frames_;
  std::size_t count_ = 0;
  std::size_t components_ = 0;
};

using Ranked = std::pair<int, std::size_t>;  // phase, place
using Heap = std::priority_queue<Ranked, std::vector<Ranked>, std::greater<>>;

}  // namespace

std::vector<std::size_t> dependency_order(const std::vector<DependencyNode>& nodes) {
  const std::vector<std::size_t> component = Components(nodes).run();
  struct Waiting {
    std::size_t all = 0;
    std::size_t firm = 0;     ///< That cannot be given up.
    std::size_t outside = 0;  ///< On what is not in the same cycle.
  };
  std::vector<Waiting> waiting(nodes.size());
  std::vector<std::vector<std::pair<std::size_t, const Dependency*>>> dependents(nodes.size());
  const auto is_outside = [&](std::size_t node, const Dependency& dependency) {
    return component[node] != component[dependency.on];
  };
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    for (const Dependency& dependency : nodes[node].dependencies) {
      if (dependency.on == node) continue;
      const bool outside = is_outside(node, dependency);
      waiting[node].all += 1;
      waiting[node].outside += outside ? 1 : 0;
      waiting[node].firm += outside || !dependency.soft ? 1 : 0;
      dependents[dependency.on].emplace_back(node, &dependency);
    }
  }
  // Ready at all; once soft ones of a cycle are given up; once its hard ones are as well.
  Heap ready;
  Heap yielding;
  Heap stuck;
  const auto offer = [&](std::size_t node) {
    const Ranked ranked{nodes[node].phase, node};
    if (waiting[node].all == 0) {
      ready.push(ranked);
    } else if (waiting[node].firm == 0) {
      yielding.push(ranked);
    } else if (waiting[node].outside == 0) {
      stuck.push(ranked);
    }
  };
  for (std::size_t node = 0; node < nodes.size(); ++node) offer(node);

  std::vector<std::size_t> order;
  std::vector<bool> done(nodes.size());
  while (order.size() < nodes.size()) {
    Heap& heap = !ready.empty() ? ready : !yielding.empty() ? yielding : stuck;
    const std::size_t node = heap.top().second;
    heap.pop();
    if (done[node]) continue;
    done[node] = true;
    order.push_back(node);
    for (const auto& [other, dependency] : dependents[node]) {
      const bool outside = is_outside(other, *dependency);
      waiting[other].all -= 1;
      waiting[other].outside -= outside ? 1 : 0;
      waiting[other].firm -= outside || !dependency->soft ? 1 : 0;
      if (!done[other]) offer(other);
    }
  }
  return order;
}

}  // namespace relata
