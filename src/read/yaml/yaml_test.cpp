#include "read/yaml/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file.h"

namespace relata::yaml {
namespace {

/// "3:5: unknown key 'feilds' [yaml-unknown-key] did you mean 'fields'?" a line.
std::string messages(const std::string& text) {
  const SourceFile source{"design.yaml", text};
  DiagnosticSink sink;
  (void)read_design(source, sink);
  std::string out;
  for (const Diagnostic& diagnostic : sink.all()) {
    const Position at = position_of(text, diagnostic.span ? diagnostic.span->begin : 0);
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + diagnostic.message +
           " [" + diagnostic.code + "]";
    if (diagnostic.help.starts_with("did you mean")) out += " " + diagnostic.help;
    out += "\n";
  }
  return out;
}

std::optional<design::Design> read(const std::string& text) {
  DiagnosticSink sink;
  return read_design({"design.yaml", text}, sink);
}

TEST(Yaml, WhatIsWrongIsSaidAtItsPlace) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"name: shop\n", ""},
      {"name: shop\nentites: {}\n",
       "2:1: unknown key 'entites' [yaml-unknown-key] did you mean 'entities'?\n"},
      {"name: shop\nname: shop\n", "2:1: 'name' is given twice [yaml-duplicate-key]\n"},
      {"entities:\n  A: {}\n  A: {}\n", "3:3: 'A' is given twice [yaml-duplicate-key]\n"},
      {"entities:\n  A:\n    fields:\n      x: strng required\n",
       "4:10: unknown type 'strng' [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: string\n",
       "4:10: unknown type 'string' [yaml-bad-value] did you mean 'text'?\n"},
      {"entities:\n  A:\n    fields:\n      x: text requird\n",
       "4:15: 'requird' is no property of a field [yaml-bad-value] did you mean 'required'?\n"},
      {"entities:\n  A:\n    fields:\n      x: text(0)\n",
       "4:14: the length must be one whole number from 1 to 10000000 [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: enum(a, b\n",
       "4:19: ',' or ')' is missing here [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: decimal(2, 4)\n",
       "4:17: more digits after the point than in all [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: date(3)\n",
       "4:14: 'date' takes nothing in parentheses [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: integer >= few\n",
       "4:21: 'few' is not a number [yaml-bad-value]\n"},
      {"entities:\n  A:\n    fields:\n      x: {derived: sum}\n",
       "4:7: this field has no type [yaml-missing-key]\n"},
      {"entities:\n  A:\n    keys:\n      - uniqe(a)\n", "4:9: not a key [yaml-bad-value]\n"},
      {"entities:\n  A:\n    indexes:\n      - a desc where deleted\n",
       "4:22: an index knows only 'where active' [yaml-bad-value]\n"},
      {"entities:\n  A:\n    kind: juncton\n",
       "3:11: 'kind' cannot be 'juncton' [yaml-bad-value] did you mean 'junction'?\n"},
      {"patterns:\n  audit: maybe\n", "2:10: 'maybe' is neither true nor false [yaml-bad-value]\n"},
      {"patterns: [audit]\n",
       "1:1: 'patterns' takes a mapping (lines of 'key: value'), not a list (lines that begin "
       "with "
       "'- ') [yaml-wrong-shape]\n"},
      {"relationships:\n  - A likes B\n", "2:5: this is not a relationship [yaml-bad-arrow]\n"},
      {"entities:\n  Order: {}\n  Item: {}\nrelationships:\n  - Order 1--* Itme : contains\n",
       "5:16: there is no entity 'Itme' [yaml-unknown-entity] did you mean 'Item'?\n"},
      {"entities:\n  Order: {}\npatterns:\n  tenancy: {root: Ordr}\n",
       "4:19: there is no entity 'Ordr' [yaml-unknown-entity] did you mean 'Order'?\n"},
      {"patterns:\n  tenancy: {member: A}\nentities: {A: }\n",
       "2:3: tenancy needs its 'root' [yaml-missing-key]\n"},
      {"entities:\n  A: {subtype_of: B}\n", "2:19: there is no entity 'B' [yaml-unknown-entity]\n"},
      {"name: &a shop\n",
       "1:7: anchors (&) and aliases (*) are not used in a design [yaml-anchor]\n"},
      {"name: [shop\n", "2:1: not valid YAML: end of sequence flow not found [yaml-syntax]\n"},
      {"- a\n- b\n", "1:1: this is not a design [yaml-no-design]\n"},
      {"", "1:1: this is not a design [yaml-no-design]\n"},
      {"? [a, b]\n: c\n", "1:3: a key must be a single name [yaml-key]\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(messages(c.text), c.expected) << c.text;
}

TEST(Yaml, WhatPeopleWriteIsRead) {
  const auto design = read(
      "name: shop   # a person's own comment\n"
      "patterns: {audit: yes}\n"
      "entities:\n"
      "  Order:\n"
      "    fields:\n"
      "      status: enum(open, \"on hold\", closed) = open\n"
      "      total: decimal(12,2) required >=0\n"
      "  Item:\n"
      "    fields:\n"
      "relationships:\n"
      "  - Order 1--* Item: contains\n"
      "  - 'Item *--1 Order'\n");
  ASSERT_TRUE(design);
  EXPECT_TRUE(design->patterns.audit);
  ASSERT_EQ(design->entities.size(), 2U);
  const design::Field& status = design->entities[0].fields[0];
  EXPECT_EQ(status.type.values, (std::vector<std::string>{"open", "on hold", "closed"}));
  EXPECT_EQ(status.default_value, "open");
  const design::Field& total = design->entities[0].fields[1];
  EXPECT_EQ(total.type.precision, 12);
  EXPECT_EQ(total.minimum, 0.0);
  ASSERT_EQ(design->relationships.size(), 2U);
  EXPECT_EQ(design->relationships[0].label, "contains");
}

TEST(Yaml, OriginsAreReadFromComments) {
  const auto design = read(
      "entities:\n"
      "  Order:  # \"orders\" english/plural-noun 0.8\n"
      "    fields:\n"
      "      total: money  # english/has-list 0.9\n"
      "      note: text    # what a person says\n");
  ASSERT_TRUE(design);
  const design::Entity& order = design->entities[0];
  EXPECT_EQ(order.origin.words, "orders");
  EXPECT_EQ(order.origin.rule, "english/plural-noun");
  EXPECT_EQ(order.origin.confidence, 0.8);
  EXPECT_EQ(order.origin.source, "design.yaml");
  EXPECT_EQ(order.fields[0].origin.rule, "english/has-list");
  EXPECT_EQ(order.fields[0].origin.words, "");
  EXPECT_EQ(order.fields[1].origin.rule, "");
}

std::string repeated(const std::string& part, std::size_t bytes) {
  std::string out;
  while (out.size() + part.size() <= bytes) out += part;
  return out;
}

/// What would exhaust the stack, the memory or the clock is refused or read, and never crashes.
TEST(Yaml, HugeAndHostileTextsAreBounded) {
  constexpr std::size_t size = std::size_t{1} << 18U;
  const std::vector<std::string> texts{
      repeated("[", size),
      repeated("{a: ", size),
      repeated("- ", size),
      repeated("a: {b: ", size),
      repeated("? ", size),
      repeated("- x\n", size),
      "name: " + repeated("x", size),
      "name: \"" + repeated("\\n", size),
      "name: |\n" + repeated("  line\n", size),
      "entities:\n" + repeated("  A: {}\n", size),
      "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
      "relationships:\n" + repeated("  - A 1--* B\n", size),
      "relationships:\n  - A" + repeated(" 1--* B", size),
      "entities:\n  A:\n    fields:\n      x: enum(" + repeated("a, ", size),
      "entities:\n  A:\n    fields:\n      x: \"enum(\\\"" + repeated("\\\\", size) + "\"",
      repeated("\t", size),
      repeated("%TAG ! x\n", size),
      repeated("--- a\n", size),
      "name: !<" + repeated("a", size),
  };
  for (const std::string& text : texts) {
    DiagnosticSink sink;
    (void)read_design({"design.yaml", text}, sink);
    EXPECT_LE(sink.all().size(), 101U);
    EXPECT_TRUE(sink.has_errors() || text.starts_with("name: ")) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace relata::yaml
