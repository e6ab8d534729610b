#include "design/expand.h"

#include <gtest/gtest.h>

#include "design/expansion_for_test.h"

namespace relata::design {
namespace {

TEST(Expand, the_task_board_has_its_tables_in_order) {
  DiagnosticSink sink;
  const Schema schema = expand(task_board(), {}, sink);
  EXPECT_EQ(table_names(schema),
            "users workspaces workspace_members projects tasks task_assignments labels "
            "task_labels audit_log");
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(schema, expanded(task_board()));
  EXPECT_EQ(schema.session.tenant, "app.current_workspace_id");
  EXPECT_EQ(schema.session.actor, "app.current_user_id");
  EXPECT_EQ(schema.session.role, "app_user");
}

TEST(Expand, a_membership_has_a_role_and_is_unique) {
  EXPECT_EQ(table(task_board(), "workspace_members"),
            R"(workspace_members
  id uuid! =uuid7
  workspace_id uuid!
  user_id uuid!
  role text! ='member'
  joined_at timestamptz! =now
  created_at timestamptz! =now
  updated_at timestamptz! =now
  pk(id)
  unique workspace_members_workspace_user_key(workspace_id user_id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (user_id) -> users(id) cascade
  check workspace_members_role_check in(role,'owner','admin','member','viewer')
  index workspace_members_user_idx(user_id)
  trigger workspace_members_touch_updated_at
  trigger workspace_members_write_audit workspace_member key=id tenant=workspace_id (id workspace_id user_id role joined_at created_at updated_at)
  policy workspace_members_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
  policy workspace_members_own select using user_id=actor
)");
}

TEST(Expand, a_membership_that_names_when_one_joined_has_the_time_too) {
  Design d = task_board();
  d.find("WorkspaceMember")->fields = {field("joined_at:timestamp")};
  const Schema schema = expanded(d);
  const Column* joined = schema.find_table("workspace_members")->find_column("joined_at");
  ASSERT_NE(joined, nullptr);
  EXPECT_FALSE(joined->nullable);
  EXPECT_EQ(joined->default_value, expression::leaf(Operation::now));
}

TEST(Expand, a_task_has_every_pattern) {
  EXPECT_EQ(table(task_board(), "tasks"),
            R"(tasks
  id uuid! =uuid7
  workspace_id uuid!
  project_id uuid!
  title text!
  description text
  status text! ='todo'
  priority text! ='medium'
  position int! =0
  due_date timestamptz
  version int! =1
  created_by_id uuid
  updated_by_id uuid
  created_at timestamptz! =now
  updated_at timestamptz! =now
  deleted_at timestamptz
  pk(id)
  unique tasks_workspace_id_key(workspace_id id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (workspace_id project_id) -> projects(workspace_id id) cascade
  fk (created_by_id) -> users(id) set null
  fk (updated_by_id) -> users(id) set null
  check tasks_status_check in(status,'todo','in_progress','in_review','done')
  check tasks_priority_check in(priority,'low','medium','high','urgent')
  index tasks_project_status_idx(project_id status) where deleted_at is null
  index tasks_due_date_idx(due_date) where deleted_at is null
  index tasks_project_idx(project_id workspace_id)
  index tasks_created_by_idx(created_by_id)
  index tasks_updated_by_idx(updated_by_id)
  trigger tasks_bump_version
  trigger tasks_touch_updated_at
  trigger tasks_write_audit task key=id tenant=workspace_id (id workspace_id project_id title description status priority position due_date version created_by_id updated_by_id created_at updated_at deleted_at)
  policy tasks_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
  policy tasks_hide_deleted all restrictive using any(deleted_at is null,include_deleted) check true
)");
}

TEST(Expand, a_plain_junction_is_its_pair) {
  EXPECT_EQ(table(task_board(), "task_labels"),
            R"(task_labels
  workspace_id uuid!
  task_id uuid!
  label_id uuid!
  created_at timestamptz! =now
  pk(task_id label_id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (workspace_id task_id) -> tasks(workspace_id id) cascade
  fk (workspace_id label_id) -> labels(workspace_id id) cascade
  index task_labels_task_idx(workspace_id task_id)
  index task_labels_label_idx(label_id workspace_id)
  trigger task_labels_write_audit task_label key=task_id tenant=workspace_id (workspace_id task_id label_id created_at)
  policy task_labels_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
)");
}

TEST(Expand, an_audit_log_outlives_what_it_names) {
  EXPECT_EQ(table(task_board(), "audit_log"),
            R"(audit_log
  id uuid! =uuid7
  workspace_id uuid
  user_id uuid
  action text!
  entity_type text!
  entity_id text!
  before json
  after json
  ip_address inet
  created_at timestamptz! =now
  pk(id)
  fk (user_id) -> users(id)
  check audit_log_action_check in(action,'create','update','delete')
  index audit_log_workspace_idx(workspace_id)
  index audit_log_entity_idx(entity_type entity_id)
  index audit_log_created_idx(created_at)
  index audit_log_user_idx(user_id)
  trigger audit_log_append_only
  policy audit_log_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
)");
  // When only rows of tenants are audited, every entry has its tenant.
  Design some = task_board();
  some.patterns.audit = false;
  some.find("Task")->patterns.audit = true;
  expect_lines(some, "audit_log", {"workspace_id uuid!"});
  expect_lines(some, "projects", {"!trigger projects_write_audit"});
  EXPECT_EQ(table(some, "projects").find("write_audit"), std::string::npos);
}

TEST(Expand, secrets_stay_out_of_the_audit_log) {
  const std::string users = table(task_board(), "users");
  EXPECT_NE(users.find("write_audit user key=id tenant= (id email name avatar_url created_at"),
            std::string::npos)
      << users;
}

TEST(Expand, a_person_sees_the_tenants_to_choose_from) {
  expect_lines(task_board(), "workspaces",
               {"unique workspaces_slug_key(slug)",
                "policy workspaces_workspace_isolation all using id=tenant check id=tenant",
                "policy workspaces_member select using "
                "select(workspace_members:id,workspace_id,user_id=actor)"});
}

TEST(Expand, bare_is_the_plain_schema_of_the_text) {
  const ExpandOptions bare{true};
  expect_lines(task_board(), "tasks",
               {"id bigint! identity", "fk (project_id) -> projects(id) cascade",
                "index tasks_project_status_idx(project_id status)", "!workspace_id bigint!",
                "!created_at timestamptz! =now", "!version int! =1"},
               bare);
  expect_lines(task_board(), "workspace_members", {"pk(user_id workspace_id)", "!role text!"},
               bare);
  const Schema schema = expanded(task_board(), bare);
  for (const Table& t : schema.tables) {
    EXPECT_TRUE(t.policies.empty() && t.triggers.empty() && !t.row_level_security) << t.name;
  }
  EXPECT_EQ(schema.session, SessionSettings{});
}

TEST(Expand, what_comes_out_is_sound) {
  expect_sound(expanded(task_board()));
  expect_sound(expanded(task_board(), {true}));
  for (IdKind id : {IdKind::uuid7, IdKind::cuid2, IdKind::identity}) {
    for (EnumStyle enums : {EnumStyle::check, EnumStyle::native, EnumStyle::lookup}) {
      Design d = task_board();
      d.patterns.id = id;
      d.patterns.enums = enums;
      d.patterns.soft_delete = d.patterns.version = d.patterns.authors = true;
      expect_sound(expanded(d));
    }
  }
}

struct IdCase {
  IdKind kind;
  std::string_view id;
  std::string_view reference;
};

TEST(Expand, ids_of_each_kind) {
  for (const auto& [kind, id, reference] :
       {IdCase{IdKind::uuid7, "id uuid! =uuid7", "owner_id uuid!"},
        IdCase{IdKind::cuid2, "id varchar(32)! =cuid2", "owner_id varchar(32)!"},
        IdCase{IdKind::identity, "id bigint! identity", "owner_id bigint!"}}) {
    Design d = task_board();
    d.patterns.id = kind;
    expect_lines(d, "projects", {id, reference});
  }
}

TEST(Expand, nothing_gives_nothing) { EXPECT_TRUE(expanded(Design{}).tables.empty()); }

TEST(Expand, origins_are_carried_to_tables_and_columns) {
  Design d = small({entity("Task", {"title"})});
  d.entities[0].origin = {"a.md", {3, 7}, "english/subject", 0.5, {}};
  d.entities[0].fields[0].origin = {"a.md", {9, 14}, "english/has-list", 0.9, {}};
  const Schema schema = expanded(d);
  EXPECT_EQ(schema.tables[0].origin.rule, "english/subject");
  EXPECT_EQ(schema.tables[0].find_column("title")->origin.span, (Span{9, 14}));
  EXPECT_EQ(schema.tables[0].find_column("id")->origin.rule, "pattern/id");
}

}  // namespace
}  // namespace relata::design
