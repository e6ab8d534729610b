#include <gtest/gtest.h>

#include <algorithm>

#include "base/diagnostic.h"
#include "base/text.h"
#include "design/design.h"
#include "read/english/english.h"

namespace relata::english {
namespace {

/// "Review>Customer Review>Product": what refers to what, sorted; "?": perhaps to none.
std::string references_of(const design::Design& design) {
  std::vector<std::string> references;
  for (const design::Relationship& relationship : design.relationships) {
    if (relationship.right.multiplicity.many()) continue;
    const std::string& role = relationship.right.role;
    references.push_back(
        relationship.left.entity + ">" + relationship.right.entity +
        (role.empty() ? "" : "." + role) +
        (!role.empty() && relationship.right.multiplicity == design::zero_or_one ? "?" : ""));
  }
  std::sort(references.begin(), references.end());
  return join(references, " ");
}

/// "rating(1..5) title": the fields of an entity with their bounds.
std::string fields_of(const design::Design& design, std::string_view name) {
  const design::Entity* entity = design.find(name);
  if (entity == nullptr) return "no " + std::string(name);
  std::vector<std::string> fields;
  for (const design::Field& field : entity->fields) {
    std::string text = field.name;
    if (field.minimum && field.maximum)
      text += "(" + std::to_string(static_cast<int>(*field.minimum)) + ".." +
              std::to_string(static_cast<int>(*field.maximum)) + ")";
    fields.push_back(text);
  }
  return join(fields, " ");
}

design::Design read(const std::string& text) {
  DiagnosticSink sink;
  return read_requirements({"relations.md", text}, sink);
}

TEST(Relations, a_thing_refers_to_what_it_is_of_and_to_who_made_it) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::string things =
      "Each guest has a name and an email. Each dish has a name and a price. ";
  const std::vector<Case> cases{
      {things + "Guests can write reviews of dishes: a rating, a title and a text.",
       "Review>Dish Review>Guest"},
      {things + "Guests can submit complaints (subject, text) about dishes.",
       "Complaint>Dish Complaint>Guest"},
      {things + "Guests write reviews of dishes. A review has a rating and a text.",
       "Review>Dish Review>Guest"},
      {"Each choir has a name and a city. Each hall has a name and a floor. Rehearsals of a choir "
       "take place in a hall; each rehearsal has a weekday and a start time.",
       "Rehearsal>Choir Rehearsal>Hall"},
      {"Each ward has a name and a floor. Each nurse has a name and a grade. A ward is managed by "
       "one nurse.",
       "Ward>Nurse.manager"},
      {"Each guard has a name and a rank. Each gate has a name and a width. Each guard belongs to "
       "one gate. A gate is managed by one guard.",
       "Gate>Guard.manager? Guard>Gate"},
      {"Each lesson has a date and a topic. Each coach has a name and a rank. Each tune has a "
       "title "
       "and a length. During a lesson the coach can prescribe several tunes. Each prescription has "
       "a dosage and a duration.",
       "Prescription>Coach Prescription>Lesson Prescription>Tune"},
      {"Each booking has a date and a price. Each booking has at most one voucher with a code, an "
       "issue date and a due date.",
       "Voucher>Booking"},
      {"Each driver has a name and a rank. Each car has a colour, a plate and at most one driver.",
       "Car>Driver"},
      {"Each pilot has a name and a rank. Each kite has a colour and a size. Pilots may be "
       "assigned "
       "to different kites over time; we keep the history of each kite's pilot.",
       "Kite>Pilot"},
      // The author of a book is no part of it.
      {"Each author has a name and a birthday. Each book has a title and a price. An author of a "
       "book signs it.",
       ""},
  };
  for (const Case& one : cases) EXPECT_EQ(references_of(read(one.text)), one.expected) << one.text;
}

TEST(Relations, a_list_goes_on_behind_a_range_and_behind_an_aside) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"A parcel has a score between 1 and 5, a headline and a date.", "score(1..5) headline date"},
      {"A parcel has a score from 1 to 5, a headline and a date.", "score(1..5) headline date"},
      {"- Parcel: label, model, is fragile, weight, is insured.",
       "label model is_fragile weight is_insured"},
      {"A depot has a name and an address. Each parcel is in one depot. A parcel has a bay number, "
       "which is unique within its depot, and a capacity between 1 and 500.",
       "bay_number capacity(1..500)"},
  };
  for (const Case& one : cases) EXPECT_EQ(fields_of(read(one.text), "Parcel"), one.expected);
  const design::Design design = read(cases.back().text);
  ASSERT_EQ(design.find("Parcel")->keys.size(), 1U);
  EXPECT_EQ(join(design.find("Parcel")->keys.front().fields, " "), "depot bay_number");
}

}  // namespace
}  // namespace relata::english
