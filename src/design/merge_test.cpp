#include "design/merge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "design/notation.h"
#include "design/short_forms.h"

namespace relata::design {
namespace {

using Lines = std::vector<std::string>;

Entity& entity_in(Design& design, std::string_view name) {
  if (Entity* found = design.find(name)) return *found;
  design.entities.emplace_back().name = name;
  return design.entities.back();
}

/// A design from lines: "Task", "Task.title: text", "Task.unique(a)", "Task table=jobs", arrows,
/// "audit".
Design design_of(const Lines& lines) {
  Design design;
  design.name = "shop";
  for (const std::string& line : lines) {
    const std::size_t dot = line.find('.');
    const std::size_t colon = line.find(": ");
    const std::size_t table = line.find(" table=");
    if (line == "audit") {
      design.patterns.audit = true;
    } else if (auto arrows = parse_arrows(line)) {
      design.relationships.push_back(arrows->front());
    } else if (table != std::string::npos) {
      entity_in(design, line.substr(0, table)).table = line.substr(table + 7);
    } else if (dot == std::string::npos) {
      entity_in(design, line);
    } else if (colon == std::string::npos) {
      entity_in(design, line.substr(0, dot)).keys.push_back(*parse_key(line.substr(dot + 1)));
    } else {
      Field field = *parse_field(line.substr(colon + 2));
      field.name = line.substr(dot + 1, colon - dot - 1);
      entity_in(design, line.substr(0, dot)).fields.push_back(field);
    }
  }
  return design;
}

Lines lines_of(const Design& design) {
  Lines lines;
  if (design.patterns.audit) lines.emplace_back("audit");
  for (const Entity& entity : design.entities) {
    lines.push_back(entity.name);
    if (!entity.table.empty()) lines.push_back(entity.name + " table=" + entity.table);
    for (const Field& field : entity.fields)
      lines.push_back(entity.name + "." + field.name + ": " + field_form(field));
    for (const UniqueKey& key : entity.keys) lines.push_back(entity.name + "." + key_form(key));
  }
  for (const Relationship& relationship : design.relationships)
    lines.push_back(arrow(relationship));
  return lines;
}

struct Case {
  std::string what;
  Lines base;  ///< What the text gave; its fingerprints are known.
  Lines edited;
  Lines fresh;
  Lines merged;
  Lines changes;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"nothing happened", {"A.x: text"}, {"A.x: text"}, {"A.x: text"}, {"A", "A.x: text"}, {}},
      {"the text adds, in its place",
       {"A.x: text", "A.z: text"},
       {"A.x: text", "A.z: text"},
       {"A.x: text", "A.y: date", "A.z: text", "B"},
       {"A", "A.x: text", "A.y: date", "A.z: text", "B"},
       {"+ A.y: date", "+ B"}},
      {"the text drops",
       {"A.x: text", "A.y: date", "B.z: text"},
       {"A.x: text", "A.y: date", "B.z: text"},
       {"A.x: text"},
       {"A", "A.x: text"},
       {"- A.y", "- B"}},
      {"the text changes what nobody edited",
       {"A.x: text"},
       {"A.x: text"},
       {"A.x: text(40) required"},
       {"A", "A.x: text(40) required"},
       {"~ A.x: text(40) required (was text)"}},
      {"an edit stands",
       {"A.x: text"},
       {"A.x: text(20)"},
       {"A.x: text"},
       {"A", "A.x: text(20)"},
       {}},
      {"an edit stands against a change of the text, which is shown",
       {"A.x: text"},
       {"A.x: text(20)"},
       {"A.x: integer"},
       {"A", "A.x: text(20)"},
       {"= A.x: text(20) (yours; the text: integer)"}},
      {"what a person adds stays",
       {"A.x: text"},
       {"A.x: text", "A.own: date", "C", "A 1--* C"},
       {"A.x: text", "B"},
       {"A", "A.x: text", "A.own: date", "B", "C", "A 1──* C"},
       {"+ B"}},
      {"what a person deletes stays away, with what hung on it",
       {"A.x: text", "A.y: text", "B", "A 1--* B"},
       {"A.x: text"},
       {"A.x: text", "A.y: text", "B", "A 1--* B", "A *--* B"},
       {"A", "A.x: text"},
       {}},
      {"an edited entity stays though the text drops it",
       {"A", "B.x: text"},
       {"A", "B.x: text", "B.own: text"},
       {"A"},
       {"A", "B", "B.x: text", "B.own: text"},
       {"= B (yours; no longer in the text)"}},
      {"an entity that an own relationship needs stays",
       {"A", "B"},
       {"A", "B", "A 1--* B"},
       {"A"},
       {"A", "B", "A 1──* B"},
       {"= B (yours; no longer in the text)"}},
      {"a cardinality follows the text or the person",
       {"A", "B", "C", "A 1--* B", "A 1--* C"},
       {"A", "B", "C", "A 1--* B", "A 0..1--* C"},
       {"A", "B", "C", "A 1--1 B", "A 1--* C"},
       {"A", "B", "C", "A 1──1 B", "A 0..1──* C"},
       {"~ A ── B: A 1──1 B (was A 1──* B)"}},
      {"attributes of entities and designs",
       {"A table=one", "B"},
       {"A", "B table=mine", "audit"},
       {"A table=one", "B table=theirs"},
       {"audit", "A", "B", "B table=mine"},
       {"= B.table: mine (yours; the text: theirs)"}},
      {"keys are items too",
       {"A.unique(x)", "A.unique(y)"},
       {"A.unique(x)", "A.unique(own)"},
       {"A.unique(y)", "A.unique(z)"},
       {"A", "A.unique(own)", "A.unique(z)"},
       {"- A.unique(x)", "+ A.unique(z)"}},
  };
  return all;
}

Lines described(const Merged& merged) {
  Lines lines;
  for (const Change& change : merged.changes) lines.push_back(describe(change));
  return lines;
}

TEST(Merge, EditsStandAndTheRestFollowsTheText) {
  for (const Case& c : cases()) {
    const Merged merged = merge(Base(design_of(c.base)), design_of(c.edited), design_of(c.fresh));
    EXPECT_EQ(lines_of(merged.design), c.merged) << c.what;
    EXPECT_EQ(described(merged), c.changes) << c.what;
  }
}

TEST(Merge, WithoutABaseEverythingCountsAsEdited) {
  const Merged merged = merge(Base(), design_of({"A.x: text", "A.own: date", "Mine"}),
                              design_of({"A.x: integer", "A.y: date", "audit"}));
  EXPECT_EQ(lines_of(merged.design), (Lines{"A", "A.x: text", "A.y: date", "A.own: date", "Mine"}));
  EXPECT_EQ(described(merged), (Lines{"= patterns.audit: false (yours; the text: true)",
                                      "= A.x: text (yours; the text: integer)", "+ A.y: date"}));
}

TEST(Merge, TheBaseIsReadBackFromItsComment) {
  const Design design = design_of(cases()[1].fresh);
  const Base base(design);
  const std::string comment = base.comment();
  EXPECT_EQ(Base::in("name: shop\n" + comment).comment(), comment);
  for (std::string_view line : split(comment, '\n')) EXPECT_LE(line.size(), 100U);
  EXPECT_TRUE(Base::in("name: shop\n# basement\n").empty());
  const Merged merged = merge(Base::in(comment), design, design_of({}));
  EXPECT_EQ(lines_of(merged.design), Lines{});
}

TEST(Merge, MergingTwiceChangesNothingMore) {
  for (const Case& c : cases()) {
    const Design fresh = design_of(c.fresh);
    const Merged once = merge(Base(design_of(c.base)), design_of(c.edited), fresh);
    const Merged twice = merge(Base(fresh), once.design, fresh);
    EXPECT_TRUE(twice.design == once.design) << c.what;
    EXPECT_EQ(described(twice), Lines{}) << c.what;
  }
}

}  // namespace
}  // namespace relata::design
