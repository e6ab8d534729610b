#pragma once

#include <future>
#include <string>

#include "model/schema.h"

namespace relata::migrate {

/// The DDL of what a plan leads from and to. It is written on a thread of its own while the plan is
/// made; both schemas must outlive it.
class PlanEnds {
 public:
  PlanEnds(const Schema& start, const Schema& target);

  [[nodiscard]] std::string start() const { return start_.get(); }
  [[nodiscard]] std::string target() const { return target_.get(); }

 private:
  std::shared_future<std::string> start_;
  std::shared_future<std::string> target_;
};

}  // namespace relata::migrate
