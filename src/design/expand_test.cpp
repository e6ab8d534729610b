#include "design/expand.h"

#include <gtest/gtest.h>

#include <iostream>

#include "design/design_for_test.h"
#include "design/outline_for_test.h"

namespace relata::design {
namespace {

/// The outline of one table of a design.
std::string table(const Design& design, std::string_view name, const ExpandOptions& options = {}) {
  DiagnosticSink sink;
  const Schema schema = expand(design, options, sink);
  const Table* found = schema.find_table(name);
  return found == nullptr ? "no table " + std::string(name) : outline(*found);
}

TEST(Expand, the_task_board_has_its_tables_in_order) {
  DiagnosticSink sink;
  const Schema schema = expand(task_board(), {}, sink);
  std::string names;
  for (const Table& t : schema.tables) names += t.name + " ";
  EXPECT_EQ(names,
            "users workspaces workspace_members projects tasks task_assignments labels "
            "task_labels audit_log ");
  EXPECT_FALSE(sink.has_errors());
  EXPECT_EQ(schema, expand(task_board(), {}, sink));
}

TEST(Expand, membership) {
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

}  // namespace
}  // namespace relata::design
