#include "emit/prisma/layout.h"

#include <gtest/gtest.h>

namespace relata::emit::prisma7 {
namespace {

TEST(PrismaLayout, AlignsWhatStandsBetweenEmptyLines) {
  Block model{"model", "Task", {"/// Work to do"}, {}, {"@@map(\"tasks\")"}};
  model.lines.push_back({"id", "Int", {"@id"}, {}});
  model.lines.push_back({"projectId", "BigInt?", {"@unique", "@map(\"project_id\")"}, {"/// Its"}});
  model.lines.push_back({"name", "String", {}, {}});
  model.lines.push_back({"project", "Project?", {"@relation(fields: [a])"}, {}, true});
  Block kind{"enum", "Kind", {}, {}, {}};
  kind.lines.push_back({"a", {}, {}, {}});
  kind.lines.push_back({"n2_days", {}, {"@map(\"2 days\")"}, {}});
  Block client{"generator", "client", {}, {}, {}};
  client.lines.push_back({"provider", "\"prisma-client\"", {}, {}});
  client.lines.push_back({"output", "\"../generated\"", {}, {}});
  EXPECT_EQ(layout({client, model, kind}),
            "generator client {\n"
            "  provider = \"prisma-client\"\n"
            "  output   = \"../generated\"\n"
            "}\n"
            "\n"
            "/// Work to do\n"
            "model Task {\n"
            "  id        Int     @id\n"
            "  /// Its\n"
            "  projectId BigInt? @unique @map(\"project_id\")\n"
            "  name      String\n"
            "\n"
            "  project Project? @relation(fields: [a])\n"
            "\n"
            "  @@map(\"tasks\")\n"
            "}\n"
            "\n"
            "enum Kind {\n"
            "  a\n"
            "  n2_days @map(\"2 days\")\n"
            "}\n");
}

TEST(PrismaLayout, QuotesTexts) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"plain", "\"plain\""},
      {"say \"hi\" \\ there", "\"say \\\"hi\\\" \\\\ there\""},
      {"a\nb\tc\rd", "\"a\\nb\\tc\\rd\""},
      {std::string("\x01\x7f", 2), "\"\\u0001\\u007f\""},
      {"größe", "\"größe\""},
      {"", "\"\""},
  };
  for (const Case& each : cases) EXPECT_EQ(string_literal(each.text), each.expected);
}

TEST(PrismaLayout, KeepsCommentsInTheirLines) {
  EXPECT_TRUE(comment_lines("///", " \n").empty());
  EXPECT_EQ(comment_lines("///", "one\r\n\ntwo"),
            (std::vector<std::string>{"/// one", "///", "/// two"}));
  const std::vector<std::string> lines =
      wrapped_comment("//", std::string(60, 'a') + " " + std::string(60, 'b') + "\nc");
  EXPECT_EQ(lines, (std::vector<std::string>{"// " + std::string(60, 'a'),
                                             "// " + std::string(60, 'b') + " c"}));
}

}  // namespace
}  // namespace relata::emit::prisma7
