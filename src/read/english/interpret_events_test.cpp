#include <gtest/gtest.h>

#include <algorithm>

#include "base/diagnostic.h"
#include "design/design.h"
#include "read/english/english.h"

namespace relata::english {
namespace {

/// "Visit>Doctor Visit>Patient": what refers to what, sorted.
std::string references_of(const std::string& text) {
  DiagnosticSink sink;
  const design::Design design = read_requirements({"acts.md", text}, sink);
  std::vector<std::string> references;
  for (const design::Relationship& relationship : design.relationships) {
    if (!relationship.right.multiplicity.many())
      references.push_back(relationship.left.entity + ">" + relationship.right.entity);
  }
  std::sort(references.begin(), references.end());
  std::string result;
  for (const std::string& reference : references) result += (result.empty() ? "" : " ") + reference;
  return result;
}

TEST(Events, ADescribedActRefersToWhoTakesPart) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"Each diver has a name and a phone number. Each boat has a name and a length. A diver rents "
       "a boat. Each rental has a start date and a deposit.",
       "Rental>Boat Rental>Diver"},
      {"Each judge has a name and a rank. Each court has a name and an address. A judge visits a "
       "court. Each visit has a date and a reason.",
       "Visit>Court Visit>Judge"},
  };
  for (const Case& one : cases) EXPECT_EQ(references_of(one.text), one.expected) << one.text;
}

}  // namespace
}  // namespace relata::english
