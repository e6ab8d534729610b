#include "read/english/ledger.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "design/notation.h"
#include "design/short_forms.h"

namespace relata::english {
namespace {

design::Design rail() {
  design::Design design;
  for (const char* name : {"Line", "Train", "Wagon", "Driver"}) {
    design::Entity entity;
    entity.name = name;
    design.entities.push_back(entity);
  }
  return design;
}

void add_field(design::Design& design, std::string_view entity, std::string name,
               std::string_view form) {
  design::Field field = *design::parse_field(form);
  field.name = std::move(name);
  design.find(entity)->fields.push_back(std::move(field));
}

std::string lines(const design::Design& design) {
  std::vector<std::string> all;
  for (const design::Assumption& one : design.assumptions) all.push_back("? " + one.change);
  for (const design::Question& one : design.questions) all.push_back(one.text);
  return join(all, "\n");
}

TEST(Ledger, AsksForOpenValuesAndBareEntities) {
  design::Design design = rail();
  add_field(design, "Train", "status", "text required");
  add_field(design, "Driver", "passport_number", "text required");
  write_ledgers(design);
  EXPECT_EQ(lines(design),
            "Which values can Train.status take?\n"
            "What is known of Line and Wagon?\n"
            "How do Train and Driver relate to the rest?\n"
            "Must Driver.passport_number be encrypted?");
}

TEST(Ledger, NamesTheLineThatChangesAnAssumption) {
  design::Design design = rail();
  add_field(design, "Train", "deadline", "timestamp");
  design.relationships = *design::parse_arrows("Train *--* Driver as conductor (via TrainCrew)");
  design.relationships.front().origin.confidence = 0.7;
  write_ledgers(design);
  const std::string text = replace_all(lines(design), "\xE2\x94\x80", "-");
  EXPECT_NE(text.find("? - Train *--0..1 Driver as conductor  # under relationships"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("? deadline: date  # under Train.fields"), std::string::npos) << text;
}

TEST(Ledger, StaysShort) {
  design::Design design;
  for (int i = 0; i < 40; ++i) {
    design::Entity entity;
    entity.name = "Thing" + std::string(1, static_cast<char>('A' + i % 26)) + std::to_string(i);
    design.entities.push_back(entity);
    add_field(design, entity.name, "status", "text");
  }
  write_ledgers(design);
  EXPECT_LE(design.assumptions.size(), 12U);
  EXPECT_LE(design.questions.size(), 12U);
  design::Design empty;
  write_ledgers(empty);
  EXPECT_EQ(empty, design::Design{});
}

}  // namespace
}  // namespace relata::english
