#include "model/questions.h"

#include <algorithm>

#include "base/text.h"

namespace relata {
namespace {

auto find(const std::vector<Option>& options, std::string_view name) {
  return std::find_if(options.begin(), options.end(),
                      [&](const Option& option) { return option.name == name; });
}

}  // namespace

std::string_view option_value(const std::vector<Option>& options, std::string_view name) {
  const auto found = find(options, name);
  return found == options.end() ? std::string_view() : std::string_view(found->value);
}

bool has_option(const std::vector<Option>& options, std::string_view name) {
  return find(options, name) != options.end();
}

std::string_view action_words(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "NO ACTION";
    case ReferentialAction::restrict:
      return "RESTRICT";
    case ReferentialAction::cascade:
      return "CASCADE";
    case ReferentialAction::set_null:
      return "SET NULL";
    case ReferentialAction::set_default:
      return "SET DEFAULT";
  }
  return {};
}

bool is_period_bound(const Column& column) {
  if (!column.generated) return false;
  const std::string text = to_upper(column.generated->expression.text);
  return text == "ROW START" || text == "ROW END";
}

}  // namespace relata
