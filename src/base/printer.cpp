#include "base/printer.h"

#include <algorithm>
#include <cassert>

namespace relata {

void Printer::append(std::string_view text) {
  for (char c : text) {
    if (c == '\n') {
      text_ += c;
      at_line_start_ = true;
      continue;
    }
    if (at_line_start_) {
      text_.append(static_cast<std::size_t>(level_) * static_cast<std::size_t>(spaces_), ' ');
      at_line_start_ = false;
    }
    text_ += c;
  }
}

void Printer::print(std::string_view text, Variables variables) {
  while (true) {
    const std::size_t open = text.find('$');
    append(text.substr(0, open));
    if (open == std::string_view::npos) return;
    const std::size_t close = text.find('$', open + 1);
    assert(close != std::string_view::npos && "unpaired $ in a template");
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (name.empty()) {
      append("$");
    } else {
      const auto* found = std::find_if(variables.begin(), variables.end(),
                                       [&](const auto& v) { return v.first == name; });
      assert(found != variables.end() && "a template names a variable that is not given");
      append(found->second);
    }
    text.remove_prefix(close + 1);
  }
}

void Printer::line(std::string_view text) {
  append(text);
  append("\n");
}

}  // namespace relata
