#include "read/english/arrows.h"

#include <gtest/gtest.h>

#include "design/notation.h"

namespace relata::english {
namespace {

TEST(Arrows, WhatTheyStateReplacesWhatSentencesSay) {
  design::Design design;
  for (const char* name : {"Port", "Ship"}) {
    design::Entity entity;
    entity.name = name;
    design.entities.push_back(entity);
  }
  design.relationships = *design::parse_arrows("Port *--1 Ship");
  std::vector<design::Relationship> arrows = *design::parse_arrows("ports 1--* Ship 1--* Cabin");
  for (design::Relationship& arrow : arrows) arrow.origin.rule = "english/arrow";
  apply_arrows(design, arrows);
  ASSERT_EQ(design.relationships.size(), 2U);
  EXPECT_EQ(design.relationships[0].left.entity, "Port");
  EXPECT_TRUE(design.relationships[0].right.multiplicity.many());
  ASSERT_EQ(design.entities.size(), 3U);
  EXPECT_EQ(design.entities[2].name, "Cabin");
}

TEST(Arrows, NoArrowsNoChange) {
  design::Design design;
  apply_arrows(design, {});
  EXPECT_EQ(design, design::Design{});
}

}  // namespace
}  // namespace relata::english
