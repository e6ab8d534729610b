"""PostgreSQL's script on real servers: it loads as a superuser and as a plain owner, and keys,
triggers, policies and soft delete do what they say for a role that is neither."""

import re
import time
import unittest

import fixture
import servers

A, B = "00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"
ANN, BOB = "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000b1"
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
CUID2 = re.compile(r"[a-z][a-z0-9]{23}")


def as_member(tenant, actor, sql):
    return (f"SET app.current_workspace_id = '{tenant}'; SET app.current_user_id = '{actor}';\n"
            + sql)


class PostgresCase(unittest.TestCase):
    """One database with the board, loaded by `owner`, with rows of two workspaces."""

    kind = "postgres15"
    server_version = 0
    owner = "postgres"

    @classmethod
    def setUpClass(cls):
        if cls is PostgresCase:
            raise unittest.SkipTest("the base of the cases")
        server = servers.start(cls.kind)
        cls.db = server.new_database()
        server.run("DO $$ BEGIN CREATE ROLE plain_owner LOGIN CREATEROLE;"
                   " EXCEPTION WHEN duplicate_object THEN NULL; END $$;")
        if cls.owner != "postgres":
            server.run(f"ALTER DATABASE {cls.db.name} OWNER TO {cls.owner};")
            cls.db.run(f"ALTER SCHEMA public OWNER TO {cls.owner};")
        script, cls.diagnostics = fixture.ddl("board", "postgres", cls.server_version)
        cls.db.run(script, cls.owner)
        server.run("DO $$ BEGIN CREATE ROLE app_login LOGIN;"
                   " EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT app_user TO app_login;")
        # Rows come in through the application's role, as they will in earnest.
        cls.db.run(f"INSERT INTO users (id, email) VALUES ('{ANN}', 'ann@x'), ('{BOB}', 'bob@x');",
                   "app_login")
        for tenant, actor, name in ((A, ANN, "a"), (B, BOB, "b")):
            cls.db.run(as_member(tenant, actor, f"""
                INSERT INTO workspaces (id, name, slug) VALUES ('{tenant}', '{name}', '{name}');
                INSERT INTO workspace_members (workspace_id, user_id, role)
                  VALUES ('{tenant}', '{actor}', 'owner');"""), "app_login")

    def app(self, sql, tenant=A, actor=ANN):
        return self.db.run(as_member(tenant, actor, sql), "app_login")

    def refused(self, pattern, sql, tenant=A, actor=ANN):
        with self.assertRaisesRegex(servers.SqlError, pattern):
            self.app(sql, tenant, actor)

    def new_project(self, name="p", tenant=A, actor=ANN):
        return self.app(f"INSERT INTO projects (workspace_id, name, slug) VALUES"
                        f" ('{tenant}', '{name}', '{name}') RETURNING id;", tenant, actor)[0][0]

    def new_task(self, project, more="", values="", tenant=A, actor=ANN):
        return self.app(f"INSERT INTO tasks (workspace_id, project_id, title{more}) VALUES"
                        f" ('{tenant}', '{project}', 't'{values}) RETURNING id;",
                        tenant, actor)[0][0]

    def test_ids(self):
        ids = [r[0] for r in self.app("SELECT column_default FROM information_schema.columns"
                                      " WHERE table_name = 'tasks' AND column_name = 'id';")]
        self.assertEqual(ids, ["uuidv7()" if self.server_version >= 18 else "new_uuid7()"])
        before = int(time.time() * 1000)
        call = ids[0]
        made = [r[0] for r in self.app(f"SELECT {call} FROM generate_series(1, 2000);")]
        after = int(time.time() * 1000)
        self.assertEqual(len(set(made)), 2000)
        for value in made:
            self.assertRegex(value, UUID7)
            self.assertTrue(before - 1 <= int(value[:8] + value[9:13], 16) <= after + 1)
        self.assertEqual({v[19] for v in made}, set("89ab"))

    def test_tenants_do_not_meet(self):
        project = self.new_project("isolated")
        other = self.new_project("elsewhere", B, BOB)
        names = [r[0] for r in self.app("SELECT name FROM projects;")]
        self.assertIn("isolated", names)
        self.assertNotIn("elsewhere", names)
        self.assertEqual(self.app(f"UPDATE projects SET name = 'x' WHERE id = '{other}' RETURNING id;"), [])
        self.assertEqual(self.app(f"DELETE FROM projects WHERE id = '{other}' RETURNING id;"), [])
        self.refused("row-level security",
                     f"INSERT INTO projects (workspace_id, name, slug) VALUES ('{B}', 'x', 'x');")
        self.refused("row-level security",
                     f"UPDATE projects SET workspace_id = '{B}' WHERE id = '{project}';")
        # The composite key holds even where no policy does.
        with self.assertRaisesRegex(servers.SqlError, "foreign key"):
            self.db.run(f"INSERT INTO tasks (workspace_id, project_id, title) VALUES"
                        f" ('{A}', '{other}', 't');")

    def test_without_settings_there_are_no_rows_and_no_errors(self):
        for table in ("workspaces", "projects", "tasks", "workspace_members", "audit_log"):
            self.assertEqual(self.db.run(f"SELECT * FROM {table};", "app_login"), [])
            self.assertEqual(self.db.run("SET app.current_workspace_id = ''; SET"
                                         f" app.current_user_id = ''; SELECT * FROM {table};",
                                         "app_login"), [])

    def test_membership_policy_does_not_recurse(self):
        rows = self.db.run(f"SET app.current_user_id = '{ANN}';"
                           " SELECT workspace_id FROM workspace_members;", "app_login")
        self.assertEqual(rows, [[A]])

    def test_soft_delete_and_restore(self):
        project = self.new_project("deleted")
        self.refused("row-level security",
                     f"UPDATE projects SET deleted_at = now() WHERE id = '{project}';")
        self.assertEqual(self.app(f"SELECT projects_soft_delete('{project}');"), [["t"]])
        self.assertEqual(self.app(f"SELECT projects_soft_delete('{project}');"), [["f"]])
        self.assertEqual(self.app(f"SELECT id FROM projects WHERE id = '{project}';"), [])
        self.assertEqual(self.app("SET app.include_deleted = 'on';"
                                  f" SELECT id FROM projects WHERE id = '{project}';"), [[project]])
        # The slug is free again, until the row comes back.
        again = self.new_project("deleted")
        self.refused("unique", f"SELECT projects_restore('{project}');")
        self.app(f"DELETE FROM projects WHERE id = '{again}';")
        self.assertEqual(self.app(f"SELECT projects_restore('{project}');"), [["t"]])
        self.assertEqual(self.app(f"SELECT projects_soft_delete('{project}');", B, BOB), [["f"]])

    def test_audit(self):
        project = self.new_project("audited")
        task = self.new_task(project)
        self.app(f"UPDATE tasks SET title = 'u' WHERE id = '{task}';")
        self.app(f"DELETE FROM projects WHERE id = '{project}';")
        rows = self.app("SELECT action, before ->> 'title', after ->> 'title', user_id,"
                        f" before ? 'version' FROM audit_log WHERE entity_id = '{task}'"
                        " ORDER BY created_at, id;")
        self.assertEqual(rows, [["create", None, "t", ANN, None], ["update", "t", "u", ANN, "t"],
                                ["delete", "u", None, ANN, "t"]])
        self.assertEqual(self.app(f"SELECT 1 FROM audit_log WHERE entity_id = '{task}';", B, BOB),
                         [])
        self.assertEqual(self.app("SELECT count(*) > 0 FROM audit_log;", B, BOB), [["t"]])

    def test_audit_rows_do_not_change(self):
        self.new_project("kept")
        for sql in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log",
                    f"INSERT INTO audit_log (workspace_id, action, entity_type, entity_id)"
                    f" VALUES ('{A}', 'create', 'tasks', 'x')"):
            self.refused("permission denied", sql + ";")
        for sql in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log",
                    "TRUNCATE audit_log"):
            with self.assertRaisesRegex(servers.SqlError, "never change"):
                self.db.run(sql + ";")

    def test_history_has_no_gaps_and_no_overlap(self):
        project = self.new_project("v1")
        changes = "".join(f"UPDATE projects SET name = 'v{i}' WHERE id = '{project}';"
                          for i in range(2, 12))
        self.app(f"BEGIN; {changes} UPDATE projects SET slug = 'untracked' WHERE id = '{project}';"
                 " COMMIT;")
        self.app(f"UPDATE projects SET status = 'done' WHERE id = '{project}';")
        rows = self.app("SELECT name, status, valid_from = lag(valid_to) OVER (ORDER BY valid_from),"
                        f" valid_to IS NULL FROM project_history WHERE project_id = '{project}'"
                        " ORDER BY valid_from;")
        self.assertEqual([r[0] for r in rows], [f"v{i}" for i in range(1, 12)] + ["v11"])
        self.assertEqual({r[2] for r in rows[1:]}, {"t"})
        self.assertEqual([r[3] for r in rows], ["f"] * 11 + ["t"])
        self.assertEqual(rows[-1][1], "done")
        with self.assertRaisesRegex(servers.SqlError, "exclusion"):
            self.db.run("INSERT INTO project_history (workspace_id, project_id, name, status,"
                        f" valid_from) VALUES ('{A}', '{project}', 'x', 'x', now());")

    def test_version_and_updated_at(self):
        task = self.new_task(self.new_project("versions"))
        self.app(f"UPDATE tasks SET title = 'x', version = 99, updated_at = '2000-01-01'"
                 f" WHERE id = '{task}' AND version = 1;")
        self.assertEqual(self.app("SELECT version, updated_at > created_at FROM tasks WHERE id ="
                                  f" '{task}';"), [["2", "t"]])
        self.assertEqual(self.app(f"UPDATE tasks SET title = 'lost' WHERE id = '{task}' AND"
                                  " version = 1 RETURNING id;"), [])

    def test_partial_set_null_keeps_the_tenant(self):
        project = self.new_project("set null")
        parent = self.new_task(project)
        child = self.new_task(project, ", parent_id, assignee_id", f", '{parent}', '{ANN}'")
        hidden = self.new_task(project, ", parent_id", f", '{parent}'")
        self.app(f"SELECT tasks_soft_delete('{hidden}');")
        self.app(f"DELETE FROM tasks WHERE id = '{parent}';")
        self.app(f"DELETE FROM workspace_members WHERE user_id = '{ANN}';")
        self.app(f"INSERT INTO workspace_members (workspace_id, user_id) VALUES ('{A}', '{ANN}');")
        self.assertEqual(self.app("SELECT workspace_id, parent_id, assignee_id FROM tasks WHERE id"
                                  f" = '{child}';"), [[A, None, None]])
        both = self.new_task(project)
        self.new_task(project, ", parent_id", f", '{both}'")
        self.app(f"DELETE FROM projects WHERE id = '{project}';")
        self.assertEqual(self.db.run(f"SELECT 1 FROM tasks WHERE project_id = '{project}';"), [])

    def test_exclusive_arc(self):
        project = self.new_project("arc")
        task = self.new_task(project)
        self.app(f"INSERT INTO comments (workspace_id, task_id, body) VALUES ('{A}', '{task}', 'c');")
        for task_id, project_id in (("NULL", "NULL"), (f"'{task}'", f"'{project}'")):
            self.refused("comments_subject_check", "INSERT INTO comments (workspace_id, task_id,"
                         f" project_id, body) VALUES ('{A}', {task_id}, {project_id}, 'c');")


class Postgres15(PostgresCase):
    pass


class Postgres15Native(PostgresCase):
    server_version = 15


class Postgres15PlainOwner(PostgresCase):
    owner = "plain_owner"

    def test_the_owner_is_held_by_the_policies_too(self):
        self.assertEqual(self.db.run("SELECT * FROM projects;", "plain_owner"), [])
        with self.assertRaisesRegex(servers.SqlError, "row-level security"):
            self.db.run(f"INSERT INTO projects (workspace_id, name, slug) VALUES ('{A}', 'x', 'x');",
                        "plain_owner")


class Postgres18(PostgresCase):
    kind = "postgres18"


class Postgres18Native(PostgresCase):
    kind = "postgres18"
    server_version = 18
    owner = "plain_owner"


class PostgresShapes(unittest.TestCase):
    def check(self, kind, server_version):
        db = servers.start(kind).new_database()
        script, _ = fixture.ddl("shapes", "postgres", server_version)
        db.load(script)
        db.run("INSERT INTO every_type (a_varchar, tags) VALUES ('12345', '{a,b}');")
        self.assertEqual(db.rows("SELECT mood, quoted_text, day = current_date, a_varchar"
                                 " FROM every_type;"), [["it's \\ so", "a'b\\c\"d; --", "t", "12345"]])
        self.assertEqual(db.value("SELECT obj_description('every_type'::regclass);"),
                         "It's a \"test\" with a \\ backslash,\na second line and $$ dollars; -- no comment")
        ids = [r[0] for r in db.rows("SELECT new_cuid2() FROM generate_series(1, 2000);")]
        self.assertEqual(len(set(ids)), 2000)
        for value in ids:
            self.assertRegex(value, CUID2)
        order = db.value("INSERT INTO \"order\" (\"Group\", \"select\") VALUES ('g', 'A@b') RETURNING id;")
        line = db.value("INSERT INTO order_line (order_id, price) VALUES"
                        f" ('{order}', 11) RETURNING id;")
        db.run(f"UPDATE \"order\" SET last_line_id = '{line}';")
        for sql in ("INSERT INTO \"order\" (\"Group\", \"select\") VALUES ('h', 'a@B');",
                    "INSERT INTO \"order\" (\"Group\", \"select\") VALUES ('h', 'none');",
                    f"INSERT INTO \"order\" (\"Group\") VALUES ('{'x' * 41}');"):
            with self.assertRaises(servers.SqlError):
                db.run(sql)
        self.assertEqual(db.rows("SELECT is_dear FROM order_line;"), [["t"]])
        self.assertEqual(db.rows("SELECT price FROM dear_lines;"), [["11"]])
        db.run("DELETE FROM \"order\";")
        self.assertEqual(db.rows("SELECT * FROM order_line;"), [])
        db.run("INSERT INTO bookings (room, starts, ends) VALUES ('r', '2024-01-01', '2024-01-05'),"
               " ('r', '2024-01-05', NULL), ('s', '2024-01-02', '2024-01-03');")
        with self.assertRaisesRegex(servers.SqlError, "exclusion"):
            db.run("INSERT INTO bookings (room, starts, ends) VALUES ('r', '2023-01-01', '2024-01-02');")
        self.assertEqual(db.value("SELECT max(length(relname)) <= 63 FROM pg_class;"), "t")

    def test_postgres15(self):
        self.check("postgres15", 0)

    def test_postgres18(self):
        self.check("postgres18", 0)

    def test_postgres18_native(self):
        self.check("postgres18", 18)


if __name__ == "__main__":
    unittest.main()
