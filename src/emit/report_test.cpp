#include "emit/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "design/notation.h"
#include "design/short_forms.h"
#include "emit/design_json.h"

namespace relata::emit {
namespace {

const SourceFile requirements{"needs.md", "Tasks have labels.\nTäsks, and a status.\n"};

Origin words(std::string_view text) {
  const auto at = static_cast<std::uint32_t>(requirements.text.find(text));
  return {"needs.md", {at, at + static_cast<std::uint32_t>(text.size())}, "english/x", 0.75};
}

design::Design board() {
  design::Design design;
  design.name = "board";
  design.title = "Board";
  design::Entity task;
  task.name = "Task";
  for (const char* name : {"title", "summary", "explanation", "instructions", "acceptance"}) {
    design::Field field = *design::parse_field("text(200) required");
    field.name = name;
    task.fields.push_back(field);
  }
  task.patterns.soft_delete = true;
  task.origin = words("Tasks");
  design::Entity label;
  label.name = "TaskLabel";
  label.kind = design::EntityKind::junction;
  design.entities = {task, label};
  design.relationships = *design::parse_arrows("Task *--* TaskLabel : carries");
  design.patterns.audit = true;
  design.assumptions.push_back(
      {"Labels are shared", "each task has its own", "- Task 1──* Label", words("labels")});
  design.questions.push_back({"Which values can status take?", "any text", words("status")});
  return design;
}

TEST(Report, IsLaidOutForPeople) {
  EXPECT_EQ(design_report(board(), requirements, {.colour = false, .width = 80}),
            "Board: 2 entities, 1 relationship, 1 assumption, 1 open question\n"
            "\n"
            "Understood\n"
            "  Task       title: text(200) required, summary: text(200) required,\n"
            "             explanation: text(200) required, instructions: text(200) required,\n"
            "             acceptance: text(200) required\n"
            "  TaskLabel  (junction)\n"
            "\n"
            "Relationships\n"
            "  Task *──* TaskLabel  carries\n"
            "\n"
            "Patterns\n"
            "  uuid7 ids\n"
            "  created_at and updated_at\n"
            "  an audit log of every change\n"
            "  soft delete (Task)\n"
            "\n"
            "Assumed\n"
            "  1.  Labels are shared (“labels”, line 1)\n"
            "      or: each task has its own\n"
            "      for that, write in design.yaml:  - Task 1──* Label\n"
            "\n"
            "Still open\n"
            "  ?   Which values can status take? (“status”, line 2)\n"
            "      until then: any text\n");
}

TEST(Report, ColoursAreForTerminalsOnly) {
  EXPECT_EQ(design_report(board(), requirements).find('\x1b'), std::string::npos);
  EXPECT_NE(design_report(board(), requirements, {.colour = true}).find("\x1b[1m"),
            std::string::npos);
}

TEST(DesignJson, SaysWhereEverythingComesFrom) {
  const auto json = nlohmann::json::parse(design_json(board(), requirements));
  const auto& status = json["questions"][0]["origin"];
  EXPECT_EQ(status["words"], "status");
  EXPECT_EQ(status["line"], 2);
  EXPECT_EQ(status["column"], 14);  // Code points: "ä" counts once.
  EXPECT_EQ(status["rule"], "english/x");
  EXPECT_EQ(json["entities"][0]["fields"][0]["form"], "text(200) required");
  EXPECT_EQ(json["entities"][0]["patterns"]["soft_delete"], true);
  EXPECT_EQ(json["relationships"][0]["left"]["maximum"], nullptr);
  EXPECT_EQ(json["patterns"]["tenancy"], nullptr);
}

}  // namespace
}  // namespace relata::emit
