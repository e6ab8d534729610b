#include <gtest/gtest.h>

#include "design/expansion_for_test.h"

namespace relata::design {
namespace {

struct FaultCase {
  std::string_view what;
  void (*spoil)(Design&);
  std::string_view code;
  std::string_view help;
};

TEST(ExpandFaults, what_is_wrong_is_reported_and_the_rest_stands) {
  const FaultCase cases[] = {
      {"unknown entity", [](Design& d) { relate(d, {"Task *--1 Projct"}); },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"unknown field in a key",
       [](Design& d) {
         d.entities[0].keys.push_back({{"titel"}, false, {}});
       },
       "design-unknown-field", "did you mean 'title'?"},
      {"unknown field in an index",
       [](Design& d) {
         d.entities[0].indexes.push_back({{"-xyzzy"}, false, {}});
       },
       "design-unknown-field", ""},
      {"entity twice", [](Design& d) { d.entities.push_back(entity("Task", {"x"})); },
       "design-duplicate-entity", ""},
      {"table twice",
       [](Design& d) {
         d.entities.push_back(entity("Other", {"x"}));
         d.entities.back().table = "tasks";
       },
       "design-duplicate-table", ""},
      {"field twice", [](Design& d) { d.entities[0].fields.push_back(field("title")); },
       "design-duplicate-field", ""},
      {"nameless entity", [](Design& d) { d.entities.emplace_back(); }, "design-unnamed-entity",
       ""},
      {"unknown supertype", [](Design& d) { d.entities[0].subtype_of = "Projects"; },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"subtype of itself",
       [](Design& d) {
         d.entities[0].subtype_of = "Project";
         d.entities[1].subtype_of = "Task";
       },
       "design-subtype-cycle", ""},
      {"unknown target",
       [](Design& d) {
         d.entities[0].polymorphic.push_back({"on", {"Nothing"}, true, {}});
       },
       "design-unknown-entity", ""},
      {"unknown tenant",
       [](Design& d) {
         d.patterns.tenancy = Tenancy{"Projekt", "", "", {}};
       },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"member without actor",
       [](Design& d) {
         d.patterns.tenancy = Tenancy{"Project", "Membership", "", {}};
       },
       "design-membership-without-actor", ""},
      {"junction of one to many", [](Design& d) { relate(d, {"Task *--1 Project (via Link)"}); },
       "design-needless-junction", ""},
      {"set null of required",
       [](Design& d) { relate(d, {"Task *--1 Project as goal (on delete set null)"}); },
       "design-set-null-of-required", ""},
      {"unknown denormalisation",
       [](Design& d) {
         d.denormalizations.push_back({"Task.totle", "", {}});
       },
       "design-unknown-denormalization", ""},
      {"empty entity", [](Design& d) { d.entities.push_back(entity("Ghost")); },
       "design-empty-entity", ""},
      {"authors without actor", [](Design& d) { d.patterns.authors = true; },
       "design-authors-without-actor", ""},
  };
  for (const FaultCase& c : cases) {
    Design d = small({entity("Task", {"title"}), entity("Project", {"name"})});
    relate(d, {"Task *--1 Project"});
    c.spoil(d);
    DiagnosticSink sink;
    const Schema schema = expand(d, {}, sink);
    ASSERT_FALSE(sink.all().empty()) << c.what;
    EXPECT_EQ(sink.all().front().code, c.code) << c.what;
    if (!c.help.empty()) {
      EXPECT_EQ(sink.all().front().help, c.help) << c.what;
    }
    const Table* tasks = schema.find_table("tasks");
    ASSERT_NE(tasks, nullptr) << c.what;
    EXPECT_NE(tasks->find_column("project_id"), nullptr) << c.what;
    expect_sound(schema);
  }
}

}  // namespace
}  // namespace relata::design
