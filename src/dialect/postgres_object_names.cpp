#include "dialect/postgres_object_names.h"

#include <algorithm>

#include "base/text.h"

namespace relata {

std::string postgres_object_name(std::string_view name1, std::string_view name2,
                                 std::string_view label) {
  constexpr std::size_t longest_name = 63;
  const std::size_t overhead = (name2.empty() ? 0U : 1U) + (label.empty() ? 0U : label.size() + 1U);
  const std::size_t available = longest_name - std::min(overhead, longest_name);
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  while (length1 + length2 > available) (length1 > length2 ? length1 : length2) -= 1;
  std::string name(clipped(name1, length1));
  if (!name2.empty()) name.append("_").append(clipped(name2, length2));
  if (!label.empty()) name.append("_").append(label);
  return name;
}

}  // namespace relata
