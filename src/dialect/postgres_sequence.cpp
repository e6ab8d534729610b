#include "dialect/postgres_sequence.h"

#include <optional>
#include <string_view>

namespace relata {

std::vector<std::string> postgres_sequence_clauses(const SequenceOptions& from,
                                                   const SequenceOptions& to) {
  std::vector<std::string> clauses;
  const auto add = [&](std::string_view words, const std::optional<std::string>& before,
                       const std::optional<std::string>& after, std::string_view unset) {
    if (before == after) return;
    clauses.push_back(after ? std::string(words) + " " + *after : std::string(unset));
  };
  add("INCREMENT BY", from.increment, to.increment, "INCREMENT BY 1");
  add("MINVALUE", from.minimum, to.minimum, "NO MINVALUE");
  add("MAXVALUE", from.maximum, to.maximum, "NO MAXVALUE");
  add("START WITH", from.start, to.start, "START WITH 1");
  add("CACHE", from.cache, to.cache, "CACHE 1");
  if (from.cycle != to.cycle) clauses.emplace_back(to.cycle ? "CYCLE" : "NO CYCLE");
  return clauses;
}

}  // namespace relata
