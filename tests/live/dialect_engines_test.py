"""The scripts for MariaDB and SQLite on real engines: they load, and keys, triggers and checks do
what PostgreSQL's own do (dialect_postgres_test.py)."""

import re
import threading
import time
import unittest

import fixture
import servers

A, B = "00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"
ANN, BOB = "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000b1"
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
CUID2 = re.compile(r"[a-z][a-z0-9]{23}")


class EngineCase(unittest.TestCase):
    kind = None
    set_actor = None
    refusal_of_foreign_key = "(?i)foreign key"

    @classmethod
    def setUpClass(cls):
        if cls.kind is None:
            raise unittest.SkipTest("the base of the cases")
        cls.db = servers.start(cls.kind).new_database()
        script, cls.diagnostics = fixture.ddl("board", servers.dialect_of(cls.kind))
        cls.db.load(script)
        cls.db.run(f"INSERT INTO users (id, email) VALUES ('{ANN}', 'ann@x'), ('{BOB}', 'bob@x');")
        for tenant, actor in ((A, ANN), (B, BOB)):
            cls.as_actor(f"INSERT INTO workspaces (id, name, slug) VALUES"
                         f" ('{tenant}', '{tenant}', '{tenant}');")
            cls.as_actor(f"INSERT INTO workspace_members (workspace_id, user_id) VALUES"
                         f" ('{tenant}', '{actor}');")

    @classmethod
    def as_actor(cls, sql, actor=ANN):
        return cls.db.run(cls.set_actor.format(actor) + sql)

    def refused(self, pattern, sql):
        with self.assertRaisesRegex(servers.SqlError, pattern):
            self.db.run(sql)

    def new_project(self, name, tenant=A):
        self.as_actor(f"INSERT INTO projects (workspace_id, name, slug) VALUES"
                      f" ('{tenant}', '{name}', '{name}');")
        return self.db.value(f"SELECT id FROM projects WHERE slug = '{name}' AND deleted_at IS NULL;")

    def new_task(self, project, title, more="", values=""):
        self.as_actor(f"INSERT INTO tasks (workspace_id, project_id, title{more}) VALUES"
                      f" ('{A}', '{project}', '{title}'{values});")
        return self.db.value(f"SELECT max(id) FROM tasks WHERE title = '{title}';")

    def test_ids(self):
        project = self.new_project("ids")
        before = int(time.time() * 1000)
        self.db.run("BEGIN;" + "".join(
            f"INSERT INTO tasks (workspace_id, project_id, title) VALUES ('{A}', '{project}', 'id');"
            for _ in range(500)) + "COMMIT;")
        after = int(time.time() * 1000)
        made = [r[0] for r in self.db.rows("SELECT id FROM tasks WHERE title = 'id';")]
        self.assertEqual(len(set(made)), 500)
        for value in made:
            self.assertRegex(value, UUID7)
            self.assertTrue(before - 1 <= int(value[:8] + value[9:13], 16) <= after + 1)
        self.assertEqual({v[19] for v in made}, set("89ab"))

    def test_a_child_cannot_point_into_another_tenant(self):
        other = self.new_project("other", B)
        self.refused(self.refusal_of_foreign_key,
                     f"INSERT INTO tasks (workspace_id, project_id, title) VALUES"
                     f" ('{A}', '{other}', 'x');")

    def test_a_slug_is_unique_among_rows_that_are_not_deleted(self):
        first = self.new_project("slug")
        self.refused("(?i)unique|duplicate", f"INSERT INTO projects (workspace_id, name, slug)"
                     f" VALUES ('{A}', 'slug', 'slug');")
        self.db.run(f"UPDATE projects SET deleted_at = '2024-01-01 00:00:00' WHERE id = '{first}';")
        second = self.new_project("slug")
        self.db.run(f"UPDATE projects SET deleted_at = '2024-01-02 00:00:00' WHERE id = '{second}';")
        self.new_project("slug")
        self.refused("(?i)unique|duplicate",
                     f"UPDATE projects SET deleted_at = NULL WHERE id = '{first}';")

    def test_version_and_updated_at(self):
        task = self.new_task(self.new_project("versions"), "versioned")
        time.sleep(0.01)
        self.db.run(f"UPDATE tasks SET title = 'x', version = 99, updated_at = '2000-01-01 00:00:00'"
                    f" WHERE id = '{task}' AND version = 1;")
        self.assertEqual(self.db.rows("SELECT version, updated_at > created_at FROM tasks"
                                      f" WHERE id = '{task}';"), [["2", "1"]])
        self.db.run(f"UPDATE tasks SET version = 1 WHERE id = '{task}';")
        self.assertEqual(self.db.value(f"SELECT version FROM tasks WHERE id = '{task}';"), "3")
        self.db.run(f"UPDATE tasks SET version = version + 1 WHERE id = '{task}';")
        self.assertEqual(self.db.rows("SELECT version, updated_at > created_at FROM tasks"
                                      f" WHERE id = '{task}';"), [["4", "1"]])
        self.db.run(f"UPDATE tasks SET title = 'lost' WHERE id = '{task}' AND version = 1;")
        self.assertEqual(self.db.value(f"SELECT title FROM tasks WHERE id = '{task}';"), "x")

    def test_audit(self):
        project = self.new_project("audited")
        task = self.new_task(project, "first", ", done", ", 1")
        self.as_actor(f"UPDATE tasks SET title = 'second' WHERE id = '{task}';", BOB)
        self.as_actor(f"DELETE FROM projects WHERE id = '{project}';")
        field = "json_extract({}, '$.{}')"
        rows = self.db.rows(
            "SELECT action, " + ", ".join(field.format(*f) for f in (
                ("before", "title"), ("after", "title"), ("before", "version"),
                ("after", "version"))).replace("before", self.before) + ", user_id, workspace_id"
            f" FROM audit_log WHERE entity_id = '{task}' AND entity_type = 'tasks'"
            " ORDER BY created_at, CASE action WHEN 'create' THEN 1 WHEN 'update' THEN 2 ELSE 3 END;")
        rows = [[v.strip('"') if v else v for v in row] for row in rows]
        self.assertEqual(rows, [["create", None, "first", None, "1", ANN, A],
                                ["update", "first", "second", "1", "2", BOB, A],
                                ["delete", "second", None, "2", None, ANN, A]])
        text = self.db.value(f"SELECT after FROM audit_log WHERE entity_id = '{task}'"
                             " AND action = 'create';")
        self.assertRegex(text, r'"done": ?true')
        self.assertEqual(self.db.value("SELECT count(*) FROM audit_log WHERE entity_type ="
                                       f" 'projects' AND entity_id = '{project}';"), "2")

    def test_audit_rows_do_not_change(self):
        self.new_project("kept")
        self.refused("never change", "UPDATE audit_log SET action = 'x';")
        self.refused("never change", "DELETE FROM audit_log;")

    def test_history_has_no_gaps_and_no_overlap(self):
        project = self.new_project("v1")
        self.db.run("BEGIN;" + "".join(
            f"UPDATE projects SET name = 'v{i}' WHERE id = '{project}';" for i in range(2, 12))
            + f"UPDATE projects SET slug = 'untracked' WHERE id = '{project}'; COMMIT;")
        self.db.run(f"UPDATE projects SET status = 'done' WHERE id = '{project}';")
        rows = self.db.rows("SELECT name, status, valid_from, valid_to FROM project_history"
                            f" WHERE project_id = '{project}' ORDER BY valid_from;")
        self.assertEqual([r[0] for r in rows], [f"v{i}" for i in range(1, 12)] + ["v11"])
        self.assertEqual([r[2] for r in rows[1:]], [r[3] for r in rows[:-1]])
        self.assertIsNone(rows[-1][3])
        self.assertEqual(rows[-1][1], "done")
        self.assertTrue(all(r[2] < r[3] for r in rows[:-1]))
        self.refused("periods overlap", "INSERT INTO project_history (workspace_id, project_id,"
                     f" name, status, valid_from) VALUES ('{A}', '{project}', 'x', 'x',"
                     " '2999-01-01 00:00:00');")
        self.refused("periods overlap", "UPDATE project_history SET valid_to = NULL"
                     f" WHERE project_id = '{project}' AND name = 'v1';")

    def test_partial_set_null_keeps_the_tenant(self):
        project = self.new_project("set null")
        task = self.new_task(project, "assigned", ", assignee_id", f", '{ANN}'")
        self.db.run(f"DELETE FROM workspace_members WHERE user_id = '{ANN}';")
        self.db.run(f"INSERT INTO workspace_members (workspace_id, user_id) VALUES ('{A}', '{ANN}');")
        self.assertEqual(self.db.rows("SELECT workspace_id, assignee_id, version FROM tasks"
                                      f" WHERE id = '{task}';"), [[A, None, "2"]])
        self.assertEqual(self.db.value("SELECT count(*) FROM audit_log WHERE action = 'update'"
                                       f" AND entity_id = '{task}';"), "1")

    def test_self_reference_set_null(self):
        project = self.new_project("parents")
        parent = self.new_task(project, "parent")
        child = self.new_task(project, "child", ", parent_id", f", '{parent}'")
        self.db.run(f"DELETE FROM tasks WHERE id = '{parent}';")
        self.assertEqual(self.db.rows("SELECT workspace_id, parent_id FROM tasks WHERE id ="
                                      f" '{child}';"), [[A, None]])
        again = self.new_task(project, "again")
        self.new_task(project, "child again", ", parent_id", f", '{again}'")
        self.db.run(f"DELETE FROM projects WHERE id = '{project}';")
        self.assertEqual(self.db.rows(f"SELECT id FROM tasks WHERE project_id = '{project}';"), [])

    def test_exclusive_arc_and_status(self):
        project = self.new_project("arc")
        task = self.new_task(project, "arc task")
        self.db.run(f"INSERT INTO comments (workspace_id, task_id, body) VALUES"
                    f" ('{A}', '{task}', 'c');")
        for task_id, project_id in (("NULL", "NULL"), (f"'{task}'", f"'{project}'")):
            self.refused("comments_subject_check", "INSERT INTO comments (workspace_id, task_id,"
                         f" project_id, body) VALUES ('{A}', {task_id}, {project_id}, 'c');")
        self.refused("role_check", "INSERT INTO workspace_members (workspace_id, user_id, role)"
                     f" VALUES ('{A}', '{BOB}', 'Owner');")
        self.db.run(f"DELETE FROM tasks WHERE id = '{task}';")
        self.assertEqual(self.db.rows(f"SELECT * FROM comments WHERE task_id = '{task}';"), [])

    def test_shapes(self):
        db = servers.start(self.kind).new_database()
        script, _ = fixture.ddl("shapes", servers.dialect_of(self.kind))
        db.load(script)
        db.run("INSERT INTO every_type (a_varchar, a_json, a_boolean) VALUES ('12345', '[1]', 1);")
        self.assertEqual(db.rows("SELECT id, mood, quoted_text FROM every_type;"),
                         [["1", "it's \\ so", "a'b\\c\"d; --"]])
        for values in ("('123456', NULL, NULL)", "(NULL, 'no json', NULL)", "(NULL, NULL, 300)"):
            with self.assertRaises(servers.SqlError, msg=values):
                db.run(f"INSERT INTO every_type (a_varchar, a_json, a_boolean) VALUES {values};")
        with self.assertRaises(servers.SqlError):
            db.run("INSERT INTO every_type (mood) VALUES ('other');")
        order, group, select = (self.quote + n + self.quote for n in ("order", "Group", "select"))
        for i in range(50):
            db.run(f"INSERT INTO {order} ({group}, {select}) VALUES ('g{i}', 'A@{i}');")
        ids = [r[0] for r in db.rows(f"SELECT id FROM {order};")]
        self.assertEqual(len(set(ids)), 50)
        for value in ids:
            self.assertRegex(value, CUID2)
        db.run(f"INSERT INTO order_line (order_id, price) VALUES ('{ids[0]}', 11);")
        db.run(f"UPDATE {order} SET last_line_id = (SELECT id FROM order_line) WHERE id ="
               f" '{ids[0]}';")
        for sql in (f"INSERT INTO {order} ({group}, {select}) VALUES ('h', 'a@1');",
                    f"INSERT INTO {order} ({group}, {select}) VALUES ('h', 'none');",
                    f"INSERT INTO {order} ({group}) VALUES ('{'x' * 41}');"):
            with self.assertRaises(servers.SqlError, msg=sql):
                db.run(sql)
        db.run(f"INSERT INTO {order} ({group}) VALUES ('G1');")  # Texts differ by case.
        self.assertEqual(db.rows("SELECT is_dear FROM order_line;"), [["1"]])
        self.assertEqual(db.rows("SELECT price FROM dear_lines;"), [["11"]])
        db.run("DELETE FROM order_line;")
        self.assertEqual(db.value(f"SELECT count(*) FROM {order} WHERE last_line_id IS NULL;"), "51")
        db.run("INSERT INTO bookings (room, starts, ends) VALUES ('r', '2024-01-01', '2024-01-05'),"
               " ('r', '2024-01-05', NULL), ('s', '2024-01-02', '2024-01-03');")
        for sql in ("INSERT INTO bookings (room, starts, ends) VALUES ('r', '2023-01-01', '2024-01-02');",
                    "INSERT INTO bookings (room, starts, ends) VALUES ('r', '2030-01-01', '2030-01-02');",
                    "UPDATE bookings SET ends = '2024-01-06' WHERE starts = '2024-01-01';"):
            with self.assertRaisesRegex(servers.SqlError, "bookings_no_overlap: periods overlap"):
                db.run(sql)
        db.run("UPDATE bookings SET ends = '2024-01-04' WHERE starts = '2024-01-01';")


class MariaDB(EngineCase):
    kind = "mariadb"
    set_actor = "SET @app_current_user_id = '{}';"
    before = "`before`"
    quote = "`"

    def test_comments(self):
        db = servers.start(self.kind).new_database()
        db.load(fixture.ddl("shapes", "mysql")[0])
        self.assertEqual(db.rows(
            "SELECT table_comment, column_comment FROM information_schema.tables JOIN"
            " information_schema.columns USING (table_schema, table_name) WHERE table_name ="
            " 'every_type' AND column_name = 'mood' AND table_schema = database();"),
            [["It's a \"test\" with a \\ backslash,\na second line and $$ dollars; -- no comment",
              "How it's going \\ today;\nmore"]])

    def test_periods_of_two_transactions_do_not_overlap_either(self):
        db = servers.start(self.kind).new_database()
        db.load(fixture.ddl("shapes", "mysql")[0])
        first = threading.Thread(target=db.run, args=(
            "BEGIN; INSERT INTO bookings (room, starts, ends) VALUES"
            " ('r', '2024-01-01', '2024-01-05'); DO SLEEP(1.5); COMMIT;",))
        first.start()
        time.sleep(0.5)
        with self.assertRaisesRegex(servers.SqlError, "periods overlap|Deadlock"):
            db.run("INSERT INTO bookings (room, starts, ends) VALUES"
                   " ('r', '2024-01-03', '2024-01-07');")
        first.join()
        self.assertEqual(db.value("SELECT count(*) FROM bookings;"), "1")

    def test_script_needs_no_delimiter(self):
        for schema in ("board", "shapes"):
            script = fixture.ddl(schema, "mysql")[0]
            self.assertNotIn("DELIMITER", re.sub("--.*", "", script))
            self.assertNotIn("BEGIN", script)


class SQLite(EngineCase):
    kind = "sqlite"
    set_actor = "UPDATE session_context SET actor_id = '{}';"
    before = "before"
    quote = '"'


class SQLiteRecursiveTriggers(SQLite):
    """The same with triggers that may fire themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.db.run("PRAGMA recursive_triggers = ON;")


if __name__ == "__main__":
    unittest.main()
