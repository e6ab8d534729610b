#include "design/notation.h"

#include <gtest/gtest.h>

#include <string>

namespace relata::design {
namespace {

/// The arrows of a text in canonical form, one after the other; "-" when it is not the notation.
std::string canonical(std::string_view text) {
  const auto relationships = parse_arrows(text);
  if (!relationships) return "-";
  std::string out;
  for (const Relationship& r : *relationships) out += (out.empty() ? "" : " | ") + arrow(r);
  return out;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST(Notation, reads_what_people_write) {
  const Case cases[] = {
      {"User 1──* WorkspaceMember *──1 Workspace",
       "User 1──* WorkspaceMember | WorkspaceMember *──1 Workspace"},
      {"Workspace 1--* Project", "Workspace 1──* Project"},
      {"  Workspace  1 -- *  Project  ", "Workspace 1──* Project"},
      {"A 1—* B", "A 1──* B"},
      {"A 1-* B", "A 1──* B"},
      {"A 1-----------* B", "A 1──* B"},
      {"Task *──* User (via TaskAssignment)", "Task *──* User (via TaskAssignment)"},
      {"Task *--0..1 User as assignee", "Task *──0..1 User as assignee"},
      {"Task as child *--? Task as parent", "Task as child *──0..1 Task as parent"},
      {"Order 1--1..* OrderLine : contains", "Order 1──1..* OrderLine : contains"},
      {"Order 1--+ OrderLine:has at least one", "Order 1──1..* OrderLine : has at least one"},
      {"Team 1--2..10 Player", "Team 1──2..10 Player"},
      {"Car 1--4 Wheel", "Car 1──4 Wheel"},
      {"Student N--M Course", "Student *──* Course"},
      {"Building 1--* Room (identifying, ON DELETE cascade)",
       "Building 1──* Room (identifying, on delete cascade)"},
      {"A *--0..1 B (on delete set null)", "A *──0..1 B (on delete set null)"},
      {"A *--* B (via C) 1--* D (on delete restrict) : d",
       "A *──* B (via C) | B 1──* D (on delete restrict) : d"},
      {"Straße 1──* Häuser", "Straße 1──* Häuser"},
      {"Member *--* 2Book (via Member2Book)", "Member *──* 2Book (via Member2Book)"},
      {"3DModel 1--2 2Book", "3DModel 1──2 2Book"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(canonical(text), expected) << text;
    if (expected.find('|') == std::string_view::npos) {
      EXPECT_EQ(canonical(expected), expected) << text;
    }
  }
}

TEST(Notation, refuses_everything_else) {
  for (std::string_view text : {
           "",
           "User",
           "User: name, email",
           "Users have 1--3 addresses",
           "pages 1-3 chapters",
           "A 1-- B",
           "A --* B",
           "A 1--* ",
           "A 0--* B",
           "A 3..2--* B",
           "A 0..0--* B",
           "A 1--9999999 B",
           "A 1--* B (through C)",
           "A 1--* B (via)",
           "A 1--* B (via C",
           "A 1--* B (on delete nothing)",
           "A 1--* B and more",
           "A 1--* B as",
           "1--* B",
           "---",
           "A 1 * B",
       }) {
    EXPECT_EQ(canonical(text), "-") << text;
  }
}

TEST(Notation, a_middle_role_names_one_end_only) {
  const auto chain = parse_arrows("User 1--* Task as owned *--1 Project");
  ASSERT_TRUE(chain);
  EXPECT_EQ((*chain)[0].right.role, "owned");
  EXPECT_EQ((*chain)[1].left.role, "");
}

}  // namespace
}  // namespace relata::design
