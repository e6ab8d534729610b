"""Tenant isolation, in both directions, reading and writing: by composite foreign keys on every
engine, and by row level security on PostgreSQL for whoever is no superuser."""

import uuid

from harness import APPLICATION, POSTGRES, on_engines

DESIGN = """
name: board
patterns:
  audit: true
  tenancy: {root: Workspace, member: WorkspaceMember, actor: User}
entities:
  User:
    fields: {email: email required unique}
  Workspace:
    fields: {name: text(40) required, slug: text(40) required unique}
  WorkspaceMember:
    kind: junction
  Project:
    fields: {name: text(40) required}
    keys: [unique(name)]
    patterns: {history: [name]}
  Task:
    fields: {title: text(40) required}
  Label:
    fields: {name: text(40) required}
  Country:
    patterns: {tenant_scoped: false}
    fields: {code: text(2) required unique}
relationships:
  - Workspace *--* User (via WorkspaceMember)
  - Workspace 1--* Project
  - "Project 1--* Task (on delete cascade)"
  - Task *--0..1 Task as parent
  - Task *--* Label (via TaskLabel)
  - Task *--0..1 User as assignee
"""
SCOPED = ("projects", "tasks", "labels", "task_labels", "workspace_members")


def new_id():
    return str(uuid.uuid4())


class Tenants:
    """Two workspaces, a and b, with a row of every kind each; made by the administrator."""

    @classmethod
    def prepare(cls):
        cls.ids = {}
        rows = []
        for name in "ab":
            for kind in ("workspace", "user", "member", "project", "task", "label"):
                cls.ids[kind, name] = new_id()
            of = {kind: cls.ids[kind, name] for kind, key in cls.ids if key == name}
            rows += [
                f"INSERT INTO users (id, email) VALUES ('{of['user']}', '{name}@x.example')",
                f"INSERT INTO workspaces (id, name, slug) VALUES ('{of['workspace']}', '{name}', "
                f"'{name}')",
                "INSERT INTO workspace_members (workspace_id, user_id, role) "
                f"VALUES ('{of['workspace']}', '{of['user']}', 'owner')",
                "INSERT INTO projects (id, workspace_id, name) "
                f"VALUES ('{of['project']}', '{of['workspace']}', 'project')",
                "INSERT INTO tasks (id, workspace_id, project_id, title) "
                f"VALUES ('{of['task']}', '{of['workspace']}', '{of['project']}', 'task {name}')",
                "INSERT INTO labels (id, workspace_id, name) "
                f"VALUES ('{of['label']}', '{of['workspace']}', 'label {name}')",
                "INSERT INTO task_labels (workspace_id, task_id, label_id) "
                f"VALUES ('{of['workspace']}', '{of['task']}', '{of['label']}')",
            ]
        rows.append("INSERT INTO countries (code) VALUES ('FR')")
        cls.database.run(";\n".join(rows) + ";")

    def snapshot(self):
        """All rows of the tenants' tables, as the administrator sees them."""
        return {table: sorted(map(str, self.run_sql(f"SELECT * FROM {table}")))
                for table in (*SCOPED, "workspaces", "users", "countries", "project_history")}


@on_engines()
class CompositeKeys(Tenants):
    """A child cannot point into another tenant, not even the superuser's."""

    DESIGN = DESIGN

    def test_a_child_of_another_tenants_parent_is_refused(self):
        for own, other in (("a", "b"), ("b", "a")):
            workspace = self.ids["workspace", own]
            statements = (
                "INSERT INTO tasks (workspace_id, project_id, title) "
                f"VALUES ('{workspace}', '{self.ids['project', other]}', 'x')",
                "INSERT INTO task_labels (workspace_id, task_id, label_id) "
                f"VALUES ('{workspace}', '{self.ids['task', own]}', '{self.ids['label', other]}')",
                "INSERT INTO task_labels (workspace_id, task_id, label_id) "
                f"VALUES ('{workspace}', '{self.ids['task', other]}', '{self.ids['label', own]}')",
                f"UPDATE tasks SET project_id = '{self.ids['project', other]}' "
                f"WHERE id = '{self.ids['task', own]}'",
                f"UPDATE tasks SET parent_id = '{self.ids['task', other]}' "
                f"WHERE id = '{self.ids['task', own]}'",
                f"UPDATE tasks SET workspace_id = '{self.ids['workspace', other]}' "
                f"WHERE id = '{self.ids['task', own]}'",
                f"UPDATE projects SET workspace_id = '{self.ids['workspace', other]}', "
                f"name = 'moved' WHERE id = '{self.ids['project', own]}'",
            )
            before = self.snapshot()
            for sql in statements:
                with self.subTest(sql):
                    self.refused(sql, says="foreign key")
            self.assertEqual(self.snapshot(), before)

    def test_a_child_of_its_own_tenants_parent_is_taken(self):
        workspace = self.ids["workspace", "a"]
        self.run_sql("INSERT INTO tasks (workspace_id, project_id, parent_id, title) VALUES "
                     f"('{workspace}', '{self.ids['project', 'a']}', '{self.ids['task', 'a']}', 'own')")
        self.run_sql("DELETE FROM tasks WHERE title = 'own'")

    def test_deleting_an_optional_parent_keeps_the_tenant(self):
        workspace = self.ids["workspace", "a"]
        parent = new_id()
        self.run_sql("INSERT INTO tasks (id, workspace_id, project_id, title) VALUES "
                     f"('{parent}', '{workspace}', '{self.ids['project', 'a']}', 'parent')")
        self.run_sql("INSERT INTO tasks (workspace_id, project_id, parent_id, title) VALUES "
                     f"('{workspace}', '{self.ids['project', 'a']}', '{parent}', 'child')")
        self.run_sql(f"DELETE FROM tasks WHERE id = '{parent}'")
        self.assertEqual(self.run_sql("SELECT workspace_id, parent_id FROM tasks "
                                      "WHERE title = 'child'"), [[workspace, None]])
        self.run_sql("DELETE FROM tasks WHERE title = 'child'")

    def test_unique_means_within_the_tenant(self):
        """Both have a project of the same name; a second one in one of them is refused."""
        self.refused("INSERT INTO projects (workspace_id, name) "
                     f"VALUES ('{self.ids['workspace', 'a']}', 'project')", says="unique|duplicate")
        self.refused("INSERT INTO workspaces (name, slug) VALUES ('c', 'a')", says="unique|duplicate")

    def test_the_audit_log_names_the_tenant(self):
        for name in "ab":
            key = self.ids["task", name]
            self.assertEqual(self.value(f"SELECT workspace_id FROM audit_log WHERE entity_id = "
                                        f"'{key}' AND action = 'create'"),
                             self.ids["workspace", name])


@on_engines(*POSTGRES)
class RowSecurity(Tenants):
    """As the application's role, and as the owner of the tables, who is bound as well."""

    DESIGN = DESIGN
    user = APPLICATION

    def app(self, sql, tenant=None, actor=None):
        return self.run_sql(sql, user=self.user, tenant=self.ids.get(("workspace", tenant), tenant),
                            actor=self.ids.get(("user", actor), actor))

    def app_refused(self, sql, says, tenant=None, actor=None):
        self.refused(sql, says=says, user=self.user,
                     tenant=self.ids.get(("workspace", tenant), tenant),
                     actor=self.ids.get(("user", actor), actor))

    def count(self, table, **settings):
        return int(self.app(f"SELECT count(*) FROM {table}", **settings)[0][0])

    def test_the_role_is_an_ordinary_one(self):
        self.assertEqual(self.app("SELECT rolsuper, rolbypassrls FROM pg_roles "
                                  "WHERE rolname = current_user"), [["f", "f"]])

    def test_every_table_of_a_tenant_is_secured_and_forced(self):
        unsecured = self.column("""
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE a.attname = 'workspace_id' AND c.relkind = 'r'
               AND c.relnamespace = 'public'::regnamespace
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)""")
        self.assertEqual(unsecured, [])

    def test_each_sees_its_own_rows_only(self):
        for table in SCOPED + ("audit_log", "project_history"):
            for own in "ab":
                with self.subTest(table=table, tenant=own):
                    tenants = self.app(f"SELECT DISTINCT workspace_id FROM {table}", tenant=own)
                    self.assertEqual(tenants, [[self.ids["workspace", own]]])
                    everything = self.value(f"SELECT count(*) FROM {table} WHERE workspace_id = "
                                            f"'{self.ids['workspace', own]}'")
                    self.assertEqual(self.count(table, tenant=own), int(everything))

    def test_another_tenants_row_cannot_be_found_by_its_id(self):
        for kind, table in (("project", "projects"), ("task", "tasks"), ("label", "labels"),
                            ("workspace", "workspaces")):
            for own, other in ("ab", "ba"):
                key = self.ids[kind, other]
                self.assertEqual(self.app(f"SELECT id FROM {table} WHERE id = '{key}'", tenant=own),
                                 [])
                self.assertEqual(self.app(f"SELECT id FROM {table} WHERE id = '{key}' FOR UPDATE",
                                          tenant=own), [])

    def test_another_tenants_rows_cannot_be_changed_or_deleted(self):
        before = self.snapshot()
        for own, other in ("ab", "ba"):
            theirs = self.ids["workspace", other]
            for table in SCOPED:
                with self.subTest(table=table, tenant=own):
                    column = {"task_labels": "label_id", "workspace_members": "role",
                              "tasks": "title"}.get(table, "name")
                    for sql in (f"UPDATE {table} SET {column} = {column} "
                                f"WHERE workspace_id = '{theirs}' RETURNING 1",
                                f"DELETE FROM {table} WHERE workspace_id = '{theirs}' RETURNING 1"):
                        try:
                            self.assertEqual(self.app(sql, tenant=own), [])
                        except Exception as error:  # no right to change the table at all
                            self.assertIn("permission denied", str(error))
        self.assertEqual(self.snapshot(), before)

    def test_rows_cannot_be_made_for_another_tenant(self):
        before = self.snapshot()
        for own, other in ("ab", "ba"):
            theirs = self.ids["workspace", other]
            for sql in (
                    f"INSERT INTO projects (workspace_id, name) VALUES ('{theirs}', 'planted')",
                    "INSERT INTO tasks (workspace_id, project_id, title) "
                    f"VALUES ('{theirs}', '{self.ids['project', other]}', 'planted')",
                    f"INSERT INTO labels (workspace_id, name) VALUES ('{theirs}', 'planted')",
                    "INSERT INTO workspace_members (workspace_id, user_id, role) "
                    f"VALUES ('{theirs}', '{self.ids['user', own]}', 'owner')",
                    "INSERT INTO task_labels (workspace_id, task_id, label_id) VALUES "
                    f"('{theirs}', '{self.ids['task', other]}', '{self.ids['label', other]}')"):
                with self.subTest(sql):
                    self.app_refused(sql, says="row-level security", tenant=own)
        self.assertEqual(self.snapshot(), before)

    def test_rows_cannot_be_moved_to_another_tenant(self):
        before = self.snapshot()
        for own, other in ("ab", "ba"):
            theirs = self.ids["workspace", other]
            for table in ("projects", "tasks", "labels", "workspace_members"):
                self.app_refused(f"UPDATE {table} SET workspace_id = '{theirs}'",
                                 says="row-level security", tenant=own)
        self.assertEqual(self.snapshot(), before)

    def test_a_whole_table_statement_stays_at_home(self):
        before = {name: self.run_sql(f"SELECT title FROM tasks WHERE workspace_id = "
                                     f"'{self.ids['workspace', name]}'") for name in "ab"}
        self.app("UPDATE tasks SET title = 'mine'", tenant="a")
        self.assertEqual(self.run_sql("SELECT title FROM tasks WHERE workspace_id = "
                                      f"'{self.ids['workspace', 'b']}'"), before["b"])
        self.app("UPDATE tasks SET title = 'task a'", tenant="a")

    def test_it_works_at_home(self):
        workspace = self.ids["workspace", "a"]
        project = self.app("INSERT INTO projects (workspace_id, name) "
                           f"VALUES ('{workspace}', 'home') RETURNING id", tenant="a")[0][0]
        self.app("INSERT INTO tasks (workspace_id, project_id, title) "
                 f"VALUES ('{workspace}', '{project}', 'home')", tenant="a", actor="a")
        self.app(f"UPDATE projects SET name = 'renamed' WHERE id = '{project}'", tenant="a")
        self.assertEqual(self.app(f"SELECT name FROM project_history WHERE project_id = '{project}' "
                                  "ORDER BY valid_from", tenant="a"), [["home"], ["renamed"]])
        actions = self.app("SELECT action FROM audit_log WHERE entity_type = 'project' AND "
                           f"entity_id = '{project}' ORDER BY id", tenant="a")
        self.assertEqual(sorted(actions), [["create"], ["update"]])
        self.assertEqual(self.app("SELECT user_id FROM audit_log WHERE entity_type = 'task' AND "
                                  "action = 'create' AND after ->> 'title' = 'home'", tenant="a"),
                         [[self.ids["user", "a"]]])
        self.app(f"DELETE FROM projects WHERE id = '{project}'", tenant="a")
        self.assertEqual(self.value("SELECT count(*) FROM tasks WHERE title = 'home'"), "0")

    def test_without_a_setting_there_are_no_rows_and_no_error(self):
        for table in SCOPED + ("workspaces", "audit_log", "project_history"):
            for tenant in (None, ""):
                with self.subTest(table=table, tenant=tenant):
                    self.assertEqual(self.count(table, tenant=tenant), 0)
        self.app("UPDATE tasks SET title = 'x'")
        self.app("DELETE FROM tasks")
        self.assertEqual(self.value("SELECT count(*) FROM tasks WHERE title LIKE 'task _'"), "2")
        self.app_refused("INSERT INTO projects (workspace_id, name) "
                         f"VALUES ('{self.ids['workspace', 'a']}', 'x')", says="row-level security")

    def test_after_a_transactions_own_setting_there_is_none(self):
        workspace = self.ids["workspace", "a"]
        rows = self.app(f"BEGIN; SELECT set_config('app.current_workspace_id', '{workspace}', true); "
                        "SELECT count(*) FROM projects; COMMIT; SELECT count(*) FROM projects;")
        self.assertEqual([row[0] for row in rows], [workspace, "1", "0"])

    def test_what_is_no_id_is_said_to_be_none(self):
        self.app_refused("SELECT * FROM projects", says="invalid input syntax for type uuid",
                         tenant="' OR '1'='1")
        self.assertEqual(self.app("SELECT * FROM projects", tenant=new_id()), [])

    def test_a_person_sees_their_memberships_before_choosing(self):
        self.assertEqual(self.app("SELECT workspace_id FROM workspace_members", actor="a"),
                         [[self.ids["workspace", "a"]]])
        self.assertEqual(self.app("SELECT name FROM workspaces", actor="a"), [["a"]])
        self.assertEqual(self.app("SELECT name FROM workspaces", actor="b"), [["b"]])
        self.assertEqual(self.app("SELECT name FROM workspaces", actor=new_id()), [])
        self.assertEqual(self.count("projects", actor="a"), 0)
        self.assertEqual(self.app("SELECT 1 FROM workspaces WHERE name = 'a' FOR UPDATE", actor="a"),
                         [], "seeing is not changing")

    def test_a_person_makes_a_first_workspace(self):
        workspace, user = new_id(), self.ids["user", "b"]
        rows = self.app(
            f"BEGIN; INSERT INTO workspaces (id, name, slug) VALUES ('{workspace}', 'n', 'n-{workspace}') "
            "RETURNING name; INSERT INTO workspace_members (workspace_id, user_id, role) "
            f"VALUES ('{workspace}', '{user}', 'owner'); COMMIT;", tenant=workspace, actor="b")
        self.assertEqual(rows, [["n"]])
        self.assertEqual(self.app("SELECT name FROM workspaces ORDER BY name", actor="b"),
                         [["b"], ["n"]])
        self.app("DELETE FROM workspaces WHERE name = 'n'", tenant=workspace)

    def test_a_workspace_can_be_deleted_and_its_log_stays(self):
        workspace, user = new_id(), self.ids["user", "a"]
        self.app(
            f"INSERT INTO workspaces (id, name, slug) VALUES ('{workspace}', 'gone', 'gone');"
            "INSERT INTO workspace_members (workspace_id, user_id, role) "
            f"VALUES ('{workspace}', '{user}', 'owner');"
            f"INSERT INTO projects (workspace_id, name) VALUES ('{workspace}', 'gone')",
            tenant=workspace, actor="a")
        self.app("DELETE FROM workspaces WHERE name = 'gone'", tenant=workspace, actor="a")
        self.assertEqual(self.value("SELECT count(*) FROM projects WHERE name = 'gone'"), "0")
        self.assertEqual(sorted(self.run_sql(
            "SELECT entity_type, action FROM audit_log WHERE action = 'delete' AND workspace_id = "
            f"'{workspace}'")), [["project", "delete"], ["workspace", "delete"],
                                 ["workspace_member", "delete"]])

    def test_what_all_share_is_seen_by_all(self):
        for tenant in ("a", "b", None):
            self.assertEqual(self.app("SELECT code FROM countries", tenant=tenant), [["FR"]])


@on_engines(*POSTGRES)
class Owner(RowSecurity):
    """The owner of the tables, when it is no superuser, is bound as the application is, as soon as
    it has the application's role."""

    DESIGN = DESIGN
    user = "live_owner"

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.server.role("live_owner", member_of="app_user")
        cls.database.run("""
            DO $$ DECLARE t text; BEGIN
              FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('ALTER TABLE %I OWNER TO live_owner', t);
              END LOOP; END $$""")


@on_engines(*POSTGRES)
class Plans(Tenants):
    """The policies do not make a scan of a whole table out of a look-up."""

    DESIGN = DESIGN

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.database.run("""
            SET session_replication_role = replica;  -- no triggers: only the rows matter here
            INSERT INTO workspaces (id, name, slug)
              SELECT ('00000000-0000-4000-8000-' || lpad(w::text, 12, '0'))::uuid, w, 'w' || w
                FROM generate_series(1, 100) w;
            INSERT INTO projects (id, workspace_id, name)
              SELECT gen_random_uuid(), id, 'p' || p FROM workspaces, generate_series(1, 20) p;
            INSERT INTO tasks (id, workspace_id, project_id, title)
              SELECT gen_random_uuid(), workspace_id, id, 't' || t
                FROM projects, generate_series(1, 10) t;
            INSERT INTO labels (id, workspace_id, name)
              SELECT gen_random_uuid(), id, 'l' || l FROM workspaces, generate_series(1, 50) l;
            ANALYZE;""")

    def plan(self, sql):
        return "\n".join(self.column("EXPLAIN (COSTS OFF) " + sql, user=APPLICATION,
                                     tenant=self.ids["workspace", "a"]))

    def test_a_tenants_rows_are_found_by_an_index(self):
        for table in ("projects", "tasks", "labels"):
            with self.subTest(table):
                plan = self.plan(f"SELECT * FROM {table}")
                self.assertIn("Index Cond: (workspace_id =", plan)
                self.assertNotIn("Seq Scan", plan)

    def test_the_setting_is_read_once_a_statement(self):
        for table in ("projects", "tasks", "labels"):
            with self.subTest(table):
                plan = self.plan(f"SELECT * FROM {table}")
                self.assertRegex(plan, "InitPlan")
                self.assertNotIn("current_setting", plan.replace(
                    "One-Time Filter", "").split("InitPlan")[0])

    def test_the_columns_of_the_policies_lead_an_index(self):
        found = self.indexes()
        for table in (*SCOPED, "audit_log", "project_history"):
            self.assertTrue(any(i.table == table and i.columns[0] == "workspace_id" and not i.where
                                for i in found), table)
        self.assertTrue(any(i.table == "workspace_members" and i.columns[0] == "user_id"
                            for i in found))
