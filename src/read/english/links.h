#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "design/design.h"

namespace relata::english {

/// Answers who refers to whom in a growing design, in constant time.
class Links {
 public:
  /// Takes note of a relationship that was added to the design.
  void add(const design::Relationship& relationship);

  /// Whether `many` refers to `one` in this role; an empty role asks for any.
  [[nodiscard]] bool refers(const std::string& many, const std::string& one,
                            const std::string& role = {}) const;
  /// Whether a relationship of any kind joins the two directly.
  [[nodiscard]] bool joined(const std::string& a, const std::string& b) const;
  /// Whether a third entity refers to both.
  [[nodiscard]] bool meet_in_another(const std::string& a, const std::string& b) const;
  /// Whether a many-to-many relationship already runs through a junction of this name.
  [[nodiscard]] bool runs_through(const std::string& junction) const;

 private:
  std::unordered_set<std::string> references_;  ///< "many|one" and "many|one|role".
  std::unordered_set<std::string> joined_;
  std::unordered_set<std::string> junctions_;
  std::unordered_map<std::string, std::vector<std::string>> referrers_;
};

}  // namespace relata::english
