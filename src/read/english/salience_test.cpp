#include "read/english/salience.h"

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "design/design.h"
#include "read/english/english.h"

namespace relata::english {
namespace {

std::string entities_of(const std::string& text) {
  DiagnosticSink sink;
  const design::Design design = read_requirements({"story.md", text}, sink);
  std::string names;
  for (const design::Entity& entity : design.entities) {
    if (entity.kind == design::EntityKind::junction) continue;
    names += (names.empty() ? "" : " ") + entity.name;
  }
  return names;
}

TEST(Salience, WhatAStoryKeepsSpeakingOfIsAThing) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      // A lighthouse is spoken of four times, its weather once.
      {"A keeper lives near a lighthouse. Keepers paint lighthouses. When a lighthouse fails, "
       "the keeper calls for help. Weather is bad. Every lighthouse is visited in spring.",
       "Lighthouse Keeper"},
      // One who tells is no thing; a quality makes no kind.
      {"Fornax rents boats. A boat can be taken by a sailor. Damaged boats go to the yard. Fornax "
       "asks a sailor to bring the boat back. Sailors sign the log.",
       "Boat Sailor"},
      // "Section" mostly speaks about the text; here sections are counted.
      {"The archive is divided into sections. Each section is looked after by a curator. A section "
       "may move. Curators move two sections. Every curator has a key.",
       "Section Curator"},
      // What a thing is composed of are things.
      {"A kite is composed of a sail and a spar. Each kite has a colour and a price. The spar "
       "carries the sail. A sail can tear.",
       "Kite Sail Spar"},
  };
  for (const Case& one : cases) EXPECT_EQ(entities_of(one.text), one.expected) << one.text;
}

TEST(Salience, Counts) {
  struct Case {
    Salience salience;
    bool counted;
    double prominence;
  };
  Salience once;
  once.mentions = 1;
  Salience often;
  often.mentions = 5;
  often.subjects = 2;
  often.plurals = 1;
  often.distributives = 1;
  Salience uncounted = often;
  uncounted.distributives = 0;
  const std::vector<Case> cases{
      {{}, false, 0}, {once, false, 0}, {often, true, 0.85}, {uncounted, false, 0.85}};
  for (const Case& one : cases) {
    EXPECT_EQ(is_counted_throughout(one.salience), one.counted) << one.salience.mentions;
    EXPECT_NEAR(prominence(one.salience), one.prominence, 1e-9) << one.salience.mentions;
  }
}

}  // namespace
}  // namespace relata::english
