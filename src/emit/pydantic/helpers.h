#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/printer.h"
#include "emit/values/python_text.h"

namespace relata::emit::pydantic {

/// The types at the head of the module that its models use, for one dialect.
class Helpers {
 public:
  Helpers(std::string_view dialect, PythonImports& imports)
      : dialect_(dialect), imports_(imports) {}

  /// The helper's name; it will be written.
  std::string use(std::string_view name);
  /// Writes those that are used.
  void print(Printer& printer) const;

 private:
  std::string_view dialect_;
  PythonImports& imports_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace relata::emit::pydantic
