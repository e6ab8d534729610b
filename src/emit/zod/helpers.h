#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/printer.h"

namespace relata::emit::zod {

/// The functions at the head of the module that its schemas use, for one dialect.
class Helpers {
 public:
  explicit Helpers(std::string_view dialect) : dialect_(dialect) {}

  /// The helper's name; it will be written, with what it needs itself.
  std::string use(std::string_view name);
  /// Writes those that are used, each after what it needs.
  void print(Printer& printer) const;

 private:
  std::string_view dialect_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace relata::emit::zod
