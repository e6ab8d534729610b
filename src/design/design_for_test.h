#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "design/design.h"
#include "design/notation.h"

namespace relata::design {

/// A field from a few words: "title", "email!" (required), "slug!u" (unique), "status=todo|done",
/// "count:integer".
[[nodiscard]] inline Field field(std::string_view words) {
  Field field;
  const std::size_t end = words.find_first_of("!:=?");
  field.name = words.substr(0, end);
  static const std::pair<std::string_view, FieldKind> kinds[] = {
      {"integer", FieldKind::integer}, {"money", FieldKind::money},
      {"date", FieldKind::date},       {"timestamp", FieldKind::timestamp},
      {"email", FieldKind::email},     {"url", FieldKind::url},
      {"boolean", FieldKind::boolean}, {"duration", FieldKind::duration},
      {"percent", FieldKind::percent}, {"json", FieldKind::json},
      {"decimal", FieldKind::decimal}, {"year", FieldKind::year}};
  for (const auto& [word, kind] : kinds) {
    if (words.find(":" + std::string(word)) != std::string_view::npos) field.type.kind = kind;
  }
  if (words.find('!') != std::string_view::npos) field.required = true;
  if (words.find("!u") != std::string_view::npos) field.unique = true;
  const std::size_t values = words.find('=');
  if (values != std::string_view::npos) {
    field.type.kind = FieldKind::enumeration;
    for (std::string_view value : split(words.substr(values + 1), '|'))
      field.type.values.emplace_back(value);
  }
  return field;
}

[[nodiscard]] inline Entity entity(std::string_view name,
                                   std::initializer_list<std::string_view> fields = {}) {
  Entity entity;
  entity.name = name;
  for (std::string_view words : fields) entity.fields.push_back(field(words));
  return entity;
}

inline void relate(Design& design, std::initializer_list<std::string_view> arrows) {
  for (std::string_view text : arrows) {
    auto parsed = parse_arrows(text);
    ASSERT_TRUE(parsed) << text;
    for (Relationship& r : *parsed) design.relationships.push_back(std::move(r));
  }
}

/// The task board of the documentation with everything switched on.
[[nodiscard]] inline Design task_board() {
  Design d;
  d.name = "taskboard";
  Entity user = entity("User", {"email!u:email", "name", "avatar_url:url", "password_hash"});
  Entity workspace = entity("Workspace", {"name!", "slug!u", "plan!"});
  workspace.fields[2].default_value = "free";
  Entity project = entity("Project", {"name!", "description", "status!"});
  project.fields[2].default_value = "active";
  project.indexes.push_back({{"workspace", "status"}, false, {}});
  project.patterns.soft_delete = project.patterns.authors = true;
  Entity task = entity(
      "Task", {"title!", "description", "status!=todo|in_progress|in_review|done",
               "priority!=low|medium|high|urgent", "position!:integer", "due_date:timestamp"});
  task.fields[2].default_value = "todo";
  task.fields[3].default_value = "medium";
  task.fields[4].default_value = "0";
  task.indexes.push_back({{"project", "status"}, false, {}});
  task.indexes.push_back({{"due_date"}, true, {}});
  task.patterns.soft_delete = task.patterns.authors = task.patterns.version = true;
  Entity assignment = entity("TaskAssignment");
  assignment.kind = EntityKind::junction;
  Entity label = entity("Label", {"name!u", "color"});
  Entity task_label = entity("TaskLabel");
  task_label.kind = EntityKind::junction;
  Entity member = entity("WorkspaceMember");
  member.kind = EntityKind::junction;
  Entity log = entity("AuditLog");
  log.kind = EntityKind::audit_log;
  d.entities = {user, workspace, member, project, task, assignment, label, task_label, log};
  relate(d, {"User 1--* WorkspaceMember *--1 Workspace", "Workspace 1--* Project : has",
             "Project *--1 User as owner", "Project 1--* Task : contains",
             "Task *--* User as assignee (via TaskAssignment)", "Task *--* Label (via TaskLabel)",
             "User 1--* AuditLog"});
  d.patterns.audit = true;
  d.patterns.tenancy = Tenancy{"Workspace", "WorkspaceMember", "User", {}};
  return d;
}

}  // namespace relata::design
