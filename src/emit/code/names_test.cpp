#include "emit/code/names.h"

#include <gtest/gtest.h>

namespace relata::emit {
namespace {

Table table(std::string name, const std::vector<std::string>& columns) {
  Table made;
  made.name = std::move(name);
  for (const std::string& column : columns) {
    Column one;
    one.name = column;
    made.columns.push_back(one);
  }
  return made;
}

void refer(Table& from, std::vector<std::string> columns, std::string to) {
  ForeignKey key;
  key.columns = std::move(columns);
  key.table = std::move(to);
  from.foreign_keys.push_back(key);
}

Schema schema_of(std::vector<Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}

TEST(CodeNames, FollowTheLanguage) {
  const Schema schema = schema_of({table("task_labels", {"due_date", "class", "2fa code", "ID"})});
  const CodeNames ts = code_names(schema, typescript(), "drizzle");
  EXPECT_EQ(ts.tables[0].entity, "TaskLabel");
  EXPECT_EQ(ts.tables[0].collection, "taskLabels");
  EXPECT_EQ(ts.tables[0].members,
            (std::vector<std::string>{"dueDate", "class_", "n2faCode", "id"}));
  const CodeNames py = code_names(schema, python(), "sqlalchemy");
  EXPECT_EQ(py.tables[0].collection, "task_labels");
  EXPECT_EQ(py.tables[0].members,
            (std::vector<std::string>{"due_date", "class_", "n2fa_code", "id"}));
}

TEST(CodeNames, AreAllDifferent) {
  Table other = table("tasks", {"a"});
  other.schema = "archive";
  const CodeNames names =
      code_names(schema_of({table("tasks", {"due_date", "dueDate", "Due date"}), other}),
                 typescript(), "drizzle");
  EXPECT_EQ(names.tables[0].members, (std::vector<std::string>{"dueDate", "dueDate2", "dueDate3"}));
  EXPECT_EQ(names.tables[0].entity, "Task");
  EXPECT_EQ(names.tables[1].entity, "ArchiveTask");
  EXPECT_EQ(names.tables[1].collection, "archiveTasks");
}

TEST(CodeNames, KeepOnlyLettersThatTheLanguageTakes) {
  const Schema schema = schema_of({table("größen", {"größe", "☃", ""})});
  EXPECT_EQ(code_names(schema, typescript(), "zod").tables[0].members[0], "größe");
  EXPECT_EQ(code_names(schema, prisma(), "prisma").tables[0].members[0],
            "gru"
            "f6u"
            "dfe");
  const CodeNames names = code_names(schema, typescript(), "zod");
  for (const std::string& name : names.tables[0].members) {
    EXPECT_FALSE(name.empty());
  }
}

TEST(CodeNames, NameBothSidesOfAForeignKey) {
  Table tasks = table("tasks", {"id", "project_id", "assignee_id", "author", "parent_id"});
  refer(tasks, {"project_id"}, "projects");
  refer(tasks, {"assignee_id"}, "users");
  refer(tasks, {"author"}, "users");
  refer(tasks, {"parent_id"}, "tasks");
  Table settings = table("settings", {"user_id"});
  settings.primary_key = PrimaryKey{"settings_pkey", {"user_id"}};
  refer(settings, {"user_id"}, "users");
  const CodeNames names =
      code_names(schema_of({tasks, table("projects", {"id"}), table("users", {"id"}), settings}),
                 typescript(), "drizzle");
  struct Expected {
    std::string forward, backward;
    bool ambiguous, one_to_one;
  };
  const std::vector<Expected> expected{{"project", "tasks", false, false},
                                       {"assignee", "tasksAsAssignee", true, false},
                                       {"user", "tasksAsUser", true, false},
                                       {"parent", "tasksAsParent", true, false},
                                       {"user", "setting", false, true}};
  ASSERT_EQ(names.relations.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(names.relations[i].forward, expected[i].forward);
    EXPECT_EQ(names.relations[i].backward, expected[i].backward);
    EXPECT_EQ(names.relations[i].ambiguous, expected[i].ambiguous);
    EXPECT_EQ(names.relations[i].one_to_one, expected[i].one_to_one);
  }
}

TEST(CodeNames, AreOverriddenByLanguageAndThenByTarget) {
  Schema schema = schema_of({table("tasks", {"due_date"})});
  schema.code = {{"typescript", {{"tasks", "", "Todo"}, {"tasks", "due_date", "dueOn"}}, {}},
                 {"prisma", {{"tasks", "due_date", "deadline"}}, {}}};
  const CodeNames drizzle = code_names(schema, typescript(), "drizzle");
  EXPECT_EQ(drizzle.tables[0].entity, "Todo");
  EXPECT_EQ(drizzle.tables[0].members[0], "dueOn");
  EXPECT_EQ(code_names(schema, prisma(), "prisma").tables[0].members[0], "deadline");
  EXPECT_EQ(code_names(schema, python(), "pydantic").tables[0].entity, "Task");
}

}  // namespace
}  // namespace relata::emit
