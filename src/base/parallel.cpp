#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace relata {

void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t at = next++; at < count; at = next++) work(at);
  };
  std::vector<std::jthread> helpers;
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t at = 1; at < std::min(processors, count); ++at) helpers.emplace_back(run);
  run();
}

}  // namespace relata
