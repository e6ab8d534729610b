#include "read/english/english.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "design/notation.h"
#include "read/english/rules.h"

namespace relata::english {
namespace {

design::Design read(const std::string& text) {
  DiagnosticSink sink;
  return read_requirements({"text.md", text}, sink);
}

std::string names(const design::Design& design) {
  std::string result;
  for (const design::Entity& entity : design.entities)
    result += (result.empty() ? "" : " ") + entity.name;
  return result;
}

std::string columns(const design::Design& design, std::string_view name) {
  const design::Entity* entity = design.find(name);
  if (entity == nullptr) return "no " + std::string(name);
  std::string result;
  for (const design::Field& field : entity->fields) {
    result += (result.empty() ? "" : " ") + field.name;
    if (field.type.kind == design::FieldKind::enumeration)
      result += "(" + join(field.type.values, ",") + ")";
    if (field.unique) result += "!";
    if (!field.default_value.empty()) result += "=" + field.default_value;
  }
  return result;
}

bool has_arrow(const design::Design& design, const std::string& wanted) {
  for (const design::Relationship& relationship : design.relationships) {
    design::Relationship plain = relationship;
    plain.label.clear();
    if (design::arrow(plain) == wanted) return true;
  }
  return false;
}

struct NamesCase {
  std::string text;
  std::string expected;
};

TEST(English, finds_the_entities_of_a_text) {
  const NamesCase cases[] = {
      {"Users can create workspaces. Each workspace has projects. Projects contain tasks with "
       "assignees, labels, and due dates. We need audit trails and multi-tenant isolation.",
       "User Workspace WorkspaceMember Project Task TaskAssignment Label TaskLabel AuditLog"},
      {"Users can create posts.", "User Post"},
      {"Members can create groups. Groups contain events with attendees, categories and a start "
       "date.",
       "Member Group GroupMember Event EventAttendance Category EventCategory"},
      {"Each bakery has a name and a phone number. Every oven has a serial number, a brand and a "
       "maximum temperature.",
       "Bakery Oven"},
      {"Greenhouse: name, location, area\n\nSensor (model, serial number)", "Greenhouse Sensor"},
      {"For ferry management, the system records name, length and capacity.", "Ferry"},
      {"The system stores information about each violin, including maker, year and price.",
       "Violin"},
      {"A diver has a name, an email and a phone. A course has a title, a code and a fee. Divers "
       "enrol in courses with an enrolment date and a grade.",
       "Diver Course Enrolment"},
      {"A vet has a name and a phone. A drug has a name and a price. A vet can prescribe several "
       "drugs. Each prescription has a dosage and a duration.",
       "Vet Drug Prescription"},
      {"| Entity | Details |\n|---|---|\n| Bridge | name, length, height |\n| Inspector | name, "
       "email, phone |\n",
       "Bridge Inspector"},
      {"Lake: name, depth.\n\n    Lake 1--* Buoy\n\nBuoy: number, colour.", "Lake Buoy"},
      {"# Kennel\n\n| Field | Type |\n|---|---|\n| name | text |\n| city | text |\n", "Kennel"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(names(read(text)), expected) << text;
}

struct ColumnsCase {
  std::string text;
  std::string entity;
  std::string expected;
};

TEST(English, gives_lists_to_their_owners) {
  const ColumnsCase cases[] = {
      {"Each bakery has a unique name, a phone number and an opening date.", "Bakery",
       "name! phone_number opening_date"},
      {"The system records the title, length and language of each film.", "Film",
       "title length language"},
      {"The system records each diver's name, email and depth limit.", "Diver",
       "name email depth_limit"},
      {"The company manages several ferries, each with a name, a capacity and a build year.",
       "Ferry", "name capacity build_year"},
      {"Violin information includes maker, year and price.", "Violin", "maker year price"},
      {"For each kiln, the volume, maximum temperature and fuel type are recorded.", "Kiln",
       "volume maximum_temperature fuel_type"},
      {"Ticket: number, status (new, paid or void; default new), remark.", "Ticket",
       "number status(new,paid,void)=new remark"},
      {"A ticket has a title and a status. The status of a ticket is either open, waiting or "
       "closed. The default is open.",
       "Ticket", "title status(open,waiting,closed)=open"},
      {"Tasks have a name and due dates.", "Task", "name due_date"},
      {"Each time a member reserves a kayak, the start time and the deposit are recorded. Each "
       "member has a name and an email. Each kayak has a number and a colour.",
       "Reservation", "start_time deposit"},
  };
  for (const auto& [text, entity, expected] : cases)
    EXPECT_EQ(columns(read(text), entity), expected) << text;
}

struct ArrowCase {
  std::string text;
  std::string expected;
};

TEST(English, relates_entities) {
  const ArrowCase cases[] = {
      {"Each orchard has a name and an area. Each tree has a species and a height. Each tree "
       "belongs to one orchard.",
       "Tree *──1 Orchard"},
      {"Each orchard has a name, an area and many trees. Each tree has a species and a height.",
       "Tree *──1 Orchard"},
      {"Visit: visit date, garden id, notes. Garden: name, city, size.", "Visit *──1 Garden"},
      {"Each time a customer subscribes to or unsubscribes from a plan, the start time and the fee "
       "are recorded. Each customer has a name and an email. Each plan has a name and a price.",
       "Subscription *──1 Plan"},
      {"A recipe has a title and an author name. A cook has a name and an email. Cooks can "
       "bookmark recipes.",
       "Cook *──* Recipe (via CookRecipe)"},
  };
  for (const auto& [text, expected] : cases) {
    const design::Design design = read(text);
    EXPECT_TRUE(has_arrow(design, expected))
        << text << "\nwanted " << expected << "\nfound " << [&] {
             std::string all;
             for (const auto& r : design.relationships) all += design::arrow(r) + "; ";
             return all;
           }();
  }
}

TEST(English, hears_the_patterns_that_are_asked_for) {
  const std::string base = "Each article has a title and a text. Each editor has a name. ";
  EXPECT_TRUE(read(base + "We need an audit trail.").patterns.audit);
  EXPECT_TRUE(read(base + "Lost updates must be prevented.").patterns.version);
  const design::Design design = read(base + "Deleted articles must be recoverable.");
  EXPECT_FALSE(design.patterns.soft_delete);
  ASSERT_NE(design.find("Article"), nullptr);
  EXPECT_EQ(design.find("Article")->patterns.soft_delete, true);
}

TEST(English, says_which_words_led_to_an_item) {
  const std::string text = "The shop sells kites. Each kite has a name, a span and a price.";
  const design::Design design = read(text);
  const design::Entity* kite = design.find("Kite");
  ASSERT_NE(kite, nullptr);
  const design::Field* span = design::find_field(*kite, "span");
  ASSERT_NE(span, nullptr);
  EXPECT_EQ(text.substr(span->origin.span.begin, span->origin.span.size()), "a span");
  EXPECT_EQ(span->origin.rule, "english/has-list");
}

TEST(English, asks_for_values_and_names_its_assumptions) {
  const design::Design design =
      read("Projects contain tasks with labels and a status. Each project has a name.");
  bool asked = false;
  for (const design::Question& question : design.questions)
    asked = asked || question.text == "Which values can Task.status take?";
  EXPECT_TRUE(asked);
  ASSERT_FALSE(design.assumptions.empty());
  EXPECT_EQ(design.assumptions.front().change, "- Label *──1 Task  # under relationships");
}

TEST(English, refuses_a_text_without_requirements) {
  for (const std::string text : {"", "\n\n  \n", "?!?", "12 34 56", "zzz qqq", "((((", "- - -"}) {
    DiagnosticSink sink;
    const design::Design design = read_requirements({"text.md", text}, sink);
    EXPECT_TRUE(design.entities.empty()) << text;
    EXPECT_TRUE(sink.has_errors()) << text;
  }
}

TEST(English, survives_hostile_texts) {
  for (const std::string piece : {"(", "a (", "x of ", "x's ", "not ", "a, b (c) ", "each ", "> ",
                                  "x with ", "| a ", "  - a\n", "is either a or ", "\u2019"}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    DiagnosticSink sink;
    const design::Design design = read_requirements({"text.md", text}, sink);
    EXPECT_TRUE(!design.entities.empty() || sink.has_errors()) << piece;
  }
}

TEST(English, gives_the_same_design_twice) {
  const std::string text =
      "Users can create workspaces. Each workspace has projects. Projects contain tasks.";
  EXPECT_EQ(read(text), read(text));
}

TEST(English, describes_every_rule) {
  for (const RuleDescription& rule : rules()) {
    EXPECT_FALSE(rule.what.empty()) << rule.id;
    EXPECT_EQ(find_rule(rule.id), &rule);
  }
  EXPECT_EQ(find_rule("no-such-rule"), nullptr);
}

TEST(English, a_membership_comes_from_the_words_that_speak_of_both) {
  const NamesCase cases[] = {
      {"Users can create clubs. Each club has races. Each race has a name and a date. We need "
       "multi-tenant isolation.",
       "Users can create clubs"},
      {"Each club has races. Each race has a name and a date. A user has a name and an email. We "
       "need multi-tenant isolation by club.",
       "multi-tenant isolation by club"},
  };
  for (const NamesCase& one : cases) {
    const design::Design design = read(one.text);
    const design::Entity* member = design.find("ClubMember");
    ASSERT_NE(member, nullptr) << one.text;
    const Span span = member->origin.span;
    EXPECT_EQ(one.text.substr(span.begin, span.end - span.begin), one.expected);
  }
}

}  // namespace
}  // namespace relata::english
