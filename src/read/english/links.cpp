#include "read/english/links.h"

#include <algorithm>

namespace relata::english {
namespace {

std::string together(const std::string& a, const std::string& b) { return a + "|" + b; }

}  // namespace

void Links::add(const design::Relationship& relationship) {
  const std::string& left = relationship.left.entity;
  const std::string& right = relationship.right.entity;
  joined_.insert(together(left, right));
  joined_.insert(together(right, left));
  if (!relationship.via.empty()) junctions_.insert(relationship.via);
  if (relationship.right.multiplicity.many()) return;
  if (references_.insert(together(left, right)).second) referrers_[right].push_back(left);
  references_.insert(together(left, right) + "|" + relationship.right.role);
}

bool Links::refers(const std::string& many, const std::string& one, const std::string& role) const {
  const std::string key = together(many, one);
  return references_.contains(role.empty() ? key : key + "|" + role);
}

bool Links::joined(const std::string& a, const std::string& b) const {
  return joined_.contains(together(a, b));
}

bool Links::meet_in_another(const std::string& a, const std::string& b) const {
  const auto to_a = referrers_.find(a);
  const auto to_b = referrers_.find(b);
  if (to_a == referrers_.end() || to_b == referrers_.end()) return false;
  const bool fewer = to_a->second.size() <= to_b->second.size();
  const auto& middle = fewer ? to_a->second : to_b->second;
  const std::string& other = fewer ? b : a;
  return std::any_of(middle.begin(), middle.end(), [&](const std::string& entity) {
    return entity != a && entity != b && refers(entity, other);
  });
}

bool Links::runs_through(const std::string& junction) const {
  return junctions_.contains(junction);
}

}  // namespace relata::english
