#pragma once

#include <cstddef>
#include <vector>

namespace relata {

/// Something that must be made before something else.
struct Dependency {
  std::size_t on = 0;  ///< Place of the other in the list.
  bool soft = false;   ///< Can be given up where a cycle leaves no other way.
};

struct DependencyNode {
  int phase = 0;  ///< What comes first where nothing else tells.
  std::vector<Dependency> dependencies;
};

/// The places of the nodes in an order in which each comes after what it depends on, else by phase,
/// else as in the list. In a cycle soft dependencies are given up, and hard ones only where it has
/// nothing else (Tarjan 1972 for the cycles, Kahn 1962 for the order). Takes time in proportion to
/// the dependencies, times the logarithm of the nodes.
[[nodiscard]] std::vector<std::size_t> dependency_order(const std::vector<DependencyNode>& nodes);

}  // namespace relata
