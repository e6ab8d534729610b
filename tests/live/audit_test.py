"""The audit log: each INSERT, UPDATE and DELETE gives exactly one row that says who, what, when,
and the row before and after, and that nobody can change."""

import json

from harness import APPLICATION, POSTGRES, on_engines

DESIGN = """
name: board
patterns: {audit: true}
entities:
  User:
    patterns: {audit: false}
    fields: {email: email required unique}
  Account:
    fields: {name: text(40) required, password_hash: text, api_token: text,
             tax_number: text encrypted}
  Project:
    fields: {name: text(40) required, budget: "decimal(10, 2)", is_open: boolean, started_on: date,
             seats: integer, weight: float}
  Task:
    fields: {title: text(60) required}
  Step:
    fields: {title: text(60) required}
  Note:  # brings the application's role
    patterns: {audit: false, soft_delete: true}
    fields: {text: text}
  Tag:
    patterns: {audit: false}
    fields: {name: text(40)}
relationships:
  - "Project 1--* Task (on delete cascade)"
  - "Task 1--* Step (on delete cascade)"
  - "Task *--0..1 User as reviewer"
"""


class AuditTest:
    """What the tests of the log share."""

    user = None  # the role that works

    def work(self, sql, **settings):
        return self.run_sql(sql, user=self.user, **settings)

    def forget(self):
        """The log's rows so far do not matter."""
        self.seen = set(self.column("SELECT id FROM audit_log"))

    def log(self):
        """New rows as (action, entity_type, entity_id, before, after, user), in no order."""
        rows = self.run_sql("SELECT id, action, entity_type, entity_id, before, after, user_id "
                            "FROM audit_log".replace("before,", self.quoted("before") + ",")
                            .replace("after,", self.quoted("after") + ","))
        found = []
        for row in rows:
            if row[0] not in self.seen:
                found.append((*row[1:4], *[v and json.loads(v) for v in row[4:6]], row[6]))
        return found

    def quoted(self, name):
        return f"`{name}`" if self.mysql else f'"{name}"'

    def one(self):
        rows = self.log()
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def actor(self):
        self.run_sql(f"INSERT INTO users (email) VALUES ('{self.id()[-40:]}@x.example')")
        return self.value(f"SELECT id FROM users WHERE email = '{self.id()[-40:]}@x.example'")

    def project(self, name):
        self.run_sql(f"INSERT INTO projects (name) VALUES ('{name}')")
        return self.value(f"SELECT id FROM projects WHERE name = '{name}'")


@on_engines()
class Audit(AuditTest):
    DESIGN = DESIGN

    def test_insert(self):
        actor = self.actor()
        self.forget()
        self.work("INSERT INTO projects (name, budget, is_open, started_on, seats) "
                  "VALUES ('new', 12.50, TRUE, '2024-02-29', 7)", actor=actor)
        action, kind, key, before, after, user = self.one()
        self.assertEqual((action, kind, user), ("create", "project", actor))
        self.assertEqual(key, self.value("SELECT id FROM projects WHERE name = 'new'"))
        self.assertIsNone(before)
        self.assertEqual((after["id"], after["name"], float(after["budget"]), after["seats"]),
                         (key, "new", 12.5, 7))
        self.assertEqual(str(after["started_on"])[:10], "2024-02-29")
        self.assertIn(after["is_open"], (True, 1))
        self.assertIsNone(after["weight"])
        self.assertEqual(set(after), set(self.table_columns("projects")))

    def test_update(self):
        actor = self.actor()
        self.run_sql("INSERT INTO projects (name, updated_at) "
                     "VALUES ('old name', '2001-02-03 04:05:06')")
        key = self.value("SELECT id FROM projects WHERE name = 'old name'")
        self.forget()
        self.work(f"UPDATE projects SET name = 'new name', seats = 3 WHERE id = '{key}'",
                  actor=actor)
        action, kind, entity, before, after, user = self.one()
        self.assertEqual((action, kind, entity, user), ("update", "project", key, actor))
        self.assertEqual((before["name"], before["seats"]), ("old name", None))
        self.assertEqual((after["name"], after["seats"]), ("new name", 3))
        row = self.run_sql(f"SELECT updated_at FROM projects WHERE id = '{key}'")[0][0]
        for place in (slice(0, 10), slice(11, 19)):  # engines write the T between them differently
            self.assertEqual(after["updated_at"][place], row[place])
        self.assertEqual(before["updated_at"][:10], "2001-02-03")

    def test_delete(self):
        actor = self.actor()
        key = self.project("doomed")
        self.forget()
        self.work(f"DELETE FROM projects WHERE id = '{key}'", actor=actor)
        action, kind, entity, before, after, user = self.one()
        self.assertEqual((action, kind, entity, user), ("delete", "project", key, actor))
        self.assertEqual(before["name"], "doomed")
        self.assertIsNone(after)

    def test_a_cascade_is_written_down_row_by_row(self):
        actor = self.actor()
        key = self.project("with tasks")
        tasks = []
        for title in ("t1", "t2"):
            self.run_sql(f"INSERT INTO tasks (project_id, title) VALUES ('{key}', '{title}')")
            tasks.append(self.value(f"SELECT id FROM tasks WHERE project_id = '{key}' "
                                    f"AND title = '{title}'"))
        self.run_sql(f"INSERT INTO steps (task_id, title) VALUES ('{tasks[0]}', 's')")
        step = self.value(f"SELECT id FROM steps WHERE task_id = '{tasks[0]}'")
        self.forget()
        self.work(f"DELETE FROM projects WHERE id = '{key}'", actor=actor)
        rows = self.log()
        self.assertEqual(sorted((row[0], row[1], row[2], row[5]) for row in rows),
                         sorted([("delete", "project", key, actor), ("delete", "step", step, actor)]
                                + [("delete", "task", task, actor) for task in tasks]))
        self.assertEqual(self.value(f"SELECT count(*) FROM tasks WHERE project_id = '{key}'"), "0")
        self.assertEqual(self.value(f"SELECT count(*) FROM steps WHERE id = '{step}'"), "0")

    def test_every_row_of_a_statement(self):
        self.forget()
        self.work("INSERT INTO projects (name, seats) VALUES ('m1', 1), ('m2', 2), ('m3', 3)")
        self.work("UPDATE projects SET seats = seats + 10 WHERE name LIKE 'm_'")
        self.work("DELETE FROM projects WHERE name LIKE 'm_'")
        actions = [row[0] for row in self.log()]
        self.assertEqual({a: actions.count(a) for a in actions},
                         {"create": 3, "update": 3, "delete": 3})

    def test_nobody_is_named_when_the_session_named_nobody(self):
        self.forget()
        self.work("INSERT INTO projects (name) VALUES ('anonymous')")
        self.assertIsNone(self.one()[5])

    def test_awkward_text_comes_back_from_the_json(self):
        text = "it's \"x\" \\ {y}\u00e9\u20ac\U0001d11e"
        self.forget()
        self.work(f"INSERT INTO projects (name) VALUES ({self.literal(text)})")
        self.assertEqual(self.one()[4]["name"], text)

    def test_what_did_not_happen_is_not_written(self):
        self.forget()
        begin = "START TRANSACTION" if self.mysql else "BEGIN"
        self.work(f"{begin}; INSERT INTO projects (name) VALUES ('never'); ROLLBACK;")
        self.refused("INSERT INTO projects (name) VALUES (NULL)")
        self.assertEqual(self.log(), [])

    def test_an_entity_can_do_without(self):
        self.forget()
        self.work("INSERT INTO tags (name) VALUES ('x')")
        self.work("DELETE FROM tags WHERE name = 'x'")
        self.assertEqual(self.log(), [])

    def test_secrets_are_left_out(self):
        self.forget()
        secret = "b1b2b3b4c5c6c7c8"
        cipher = f"'\\x{secret}'" if self.postgres else f"x'{secret}'"
        self.work("INSERT INTO accounts (name, password_hash, api_token, tax_number_ciphertext, "
                  f"tax_number_blind_index) VALUES ('a', '{secret}', '{secret}', {cipher}, "
                  f"'{secret}')")
        self.work("UPDATE accounts SET name = 'b'")
        rows = self.log()
        self.assertEqual(len(rows), 2)
        text = json.dumps(rows).lower()
        self.assertNotIn(secret, text)
        self.assertNotIn("password_hash", text)
        self.assertIn('"name": "b"', text)

    def test_the_log_does_not_change(self):
        self.work("INSERT INTO projects (name) VALUES ('kept')")
        before = self.value("SELECT count(*) FROM audit_log")
        self.refused("UPDATE audit_log SET action = 'delete'")
        self.refused("DELETE FROM audit_log")
        self.assertEqual(self.value("SELECT count(*) FROM audit_log"), before)
        self.assertEqual(self.value("SELECT count(*) FROM audit_log WHERE action = 'nothing'"), "0")


@on_engines(*POSTGRES)
class AuditOfTheApplication(Audit):
    """The same as the application's role, which need not be able to write the log itself."""

    DESIGN = DESIGN
    user = APPLICATION

    def test_the_application_cannot_touch_the_log(self):
        self.work("INSERT INTO projects (name) VALUES ('kept')")
        for sql, says in (
                ("INSERT INTO audit_log (action, entity_type, entity_id) "
                 "VALUES ('create', 'x', 'y')", "permission denied"),
                ("UPDATE audit_log SET action = 'delete'", "permission denied"),
                ("DELETE FROM audit_log", "permission denied"),
                ("TRUNCATE audit_log", "permission denied"),
                ("ALTER TABLE audit_log DISABLE TRIGGER ALL", "must be owner"),
                ("DROP TABLE audit_log", "must be owner")):
            self.refused(sql, user=self.user, says=says)

    def test_not_even_the_superuser_empties_it_by_accident(self):
        self.refused("TRUNCATE audit_log", says="refused")
