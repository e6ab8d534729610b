"""The task board: the short text gives exactly its nine entities, and the full one gives every
table, column, unique, index and policy of the schema that it describes; two more texts check the
rules that lead there."""

import re
import uuid
import unittest

import catalog
from harness import APPLICATION, POSTGRES, ROOT, on_engines, relata

SHORT = ROOT / "examples/taskboard/requirements.md"
FULL = ROOT / "examples/taskboard/full-requirements.md"

# Types that may hold what is meant.
FAMILIES = {
    "id": ("uuid", "text"),
    "text": ("text", "character varying"),
    "moment": ("timestamp with time zone",),
    "due": ("date", "timestamp with time zone"),  # "a due date" is a day; a moment holds it as well
    "integer": ("integer",),
    "json": ("jsonb", "json", "text"),
    "address": ("inet", "text"),
}

# table: column, family, NULL allowed, default ("" none, "id" a new id, "now", or the literal).
COLUMNS = {
    "workspaces": """
        id          id      required  id
        name        text    required
        slug        text    required
        plan        text    required  free
        created_at  moment  required  now
        updated_at  moment  required  now""",
    "users": """
        id             id      required  id
        email          text    required
        name           text    optional
        avatar_url     text    optional
        password_hash  text    optional
        created_at     moment  required  now
        updated_at     moment  required  now""",
    "workspace_members": """
        id            id      required  id
        workspace_id  id      required
        user_id       id      required
        role          text    required  member
        joined_at     moment  required  now""",
    "projects": """
        id             id      required  id
        workspace_id   id      required
        name           text    required
        description    text    optional
        status         text    required  active
        owner_id       id      required
        created_by_id  id      optional
        updated_by_id  id      optional
        created_at     moment  required  now
        updated_at     moment  required  now
        deleted_at     moment  optional""",
    "tasks": """
        id             id       required  id
        project_id     id       required
        title          text     required
        description    text     optional
        status         text     required  todo
        priority       text     required  medium
        position       integer  required  0
        due_date       due      optional
        version        integer  required  1
        created_by_id  id       either
        updated_by_id  id       optional
        created_at     moment   required  now
        updated_at     moment   required  now
        deleted_at     moment   optional""",
    "audit_log": """
        id            id       required  id
        workspace_id  id       required
        user_id       id       either
        action        text     required
        entity_type   text     required
        entity_id     text     required
        before        json     optional
        after         json     optional
        ip_address    address  optional
        created_at    moment   required  now""",
}
# "either": a row that no person made (an import, a job) has no author, and its change belongs into
# the log all the same, so that these may be NULL although the description requires them.

REFERENCES = {  # (table, column): (referenced table, what a deletion does there)
    ("workspace_members", "workspace_id"): ("workspaces", "CASCADE"),
    ("workspace_members", "user_id"): ("users", "CASCADE"),
    ("projects", "workspace_id"): ("workspaces", "CASCADE"),
    ("projects", "owner_id"): ("users", None),
    ("projects", "created_by_id"): ("users", None),
    ("projects", "updated_by_id"): ("users", None),
    ("tasks", "project_id"): ("projects", "CASCADE"),
    ("tasks", "created_by_id"): ("users", None),
    ("tasks", "updated_by_id"): ("users", None),
    ("audit_log", "user_id"): ("users", None),
}
# The log names its workspace without a foreign key: it outlives the workspace, whose deletion it
# records.

UNIQUES = {"workspaces": ["slug"], "users": ["email"],
           "workspace_members": ["workspace_id", "user_id"]}

INDEXES = (  # table, the first columns, whether it is to hold live rows only
    ("workspaces", ["slug"], False),
    ("users", ["email"], False),
    ("workspace_members", ["workspace_id"], False),
    ("workspace_members", ["user_id"], False),
    ("projects", ["workspace_id"], False),
    ("projects", ["workspace_id", "status"], None),  # either: these rows are deleted softly
    ("tasks", ["project_id"], False),
    ("tasks", ["project_id", "status"], None),
    ("tasks", ["due_date"], True),
    ("audit_log", ["workspace_id"], False),
    ("audit_log", ["entity_type", "entity_id"], False),
    ("audit_log", ["user_id"], False),
    ("audit_log", ["created_at"], False),
)

SETS = {("workspace_members", "role"): ("owner", "admin", "member", "viewer"),
        ("tasks", "status"): ("todo", "in_progress", "in_review", "done"),
        ("tasks", "priority"): ("low", "medium", "high", "urgent"),
        ("audit_log", "action"): ("create", "update", "delete")}


def default_kind(expression):
    """A default as the lists above write it."""
    if not expression:
        return ""
    if expression in ("now()", "CURRENT_TIMESTAMP"):
        return "now"
    if "uuid" in expression or "cuid" in expression:
        return "id"
    return re.sub(r"::[a-z_ ]+$", "", expression).strip("'")


class WholeSchema:
    """The schema as it was described, whatever it was made from."""

    def test_every_column(self):
        for table, lines in COLUMNS.items():
            found = self.table_columns(table)
            for line in lines.strip().splitlines():
                name, family, nullability, default = (line.split() + [""])[:4]
                with self.subTest(f"{table}.{name}"):
                    self.assertIn(name, found)
                    column = found[name]
                    self.assertIn(re.sub(r"\(.*\)", "", column.type), FAMILIES[family])
                    if nullability != "either":
                        self.assertEqual(column.nullable, nullability == "optional", column)
                    self.assertEqual(default_kind(column.default), default)

    def test_every_reference(self):
        actions = {(t, c): (r, a) for t, c, r, a in self.run_sql("""
            SELECT k.conrelid::regclass, a.attname, k.confrelid::regclass,
                   CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
                                      ELSE 'NO ACTION' END
              FROM pg_constraint k JOIN pg_attribute a
                ON a.attrelid = k.conrelid AND a.attnum = k.conkey[cardinality(k.conkey)]
             WHERE k.contype = 'f'""")}
        for (table, column), (target, action) in REFERENCES.items():
            with self.subTest(f"{table}.{column}"):
                self.assertIn((table, column), actions)
                self.assertEqual(actions[table, column][0], target)
                if action:
                    self.assertEqual(actions[table, column][1], action)

    def test_every_unique(self):
        found = self.indexes()
        for table, columns in UNIQUES.items():
            self.assertTrue(any(i.table == table and i.unique and sorted(i.columns) == sorted(columns)
                                for i in found), (table, columns))

    def test_every_index(self):
        found = self.indexes()
        for table, columns, live in INDEXES:
            with self.subTest(f"{table} {columns}"):
                able = [i for i in found if i.table == table and i.columns[:len(columns)] == columns
                        and (live is None or bool(i.where) == live)]
                self.assertTrue(able, [i for i in found if i.table == table])
                for index in able:
                    self.assertIn(index.where.strip("()"), ("", "deleted_at IS NULL"))

    def test_every_closed_set(self):
        checks = self.run_sql("SELECT conrelid::regclass, pg_get_constraintdef(oid) "
                              "FROM pg_constraint WHERE contype = 'c'")
        for (table, column), values in SETS.items():
            with self.subTest(f"{table}.{column}"):
                self.assertTrue(any(
                    t == table and re.search(rf"\b{column}\b", text) and
                    tuple(re.findall(r"'([a-z_]+)'", text)) == values for t, text in checks), checks)

    def test_the_policies_are_the_application_roles(self):
        rows = self.run_sql("SELECT tablename, policyname, roles::text, cmd, "
                            "coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies")
        for table in ("projects", "tasks"):
            own = [row for row in rows if row[0] == table]
            self.assertEqual({row[2] for row in own}, {"{app_user}"})
            self.assertTrue(any(row[3] == "ALL" and "app.current_" in row[4] for row in own), own)
            self.assertTrue(any(row[3] in ("SELECT", "ALL") and "deleted_at IS NULL" in row[4]
                                for row in own), own)

    def test_the_policies_isolate_and_hide(self):
        user, ids = str(uuid.uuid4()), {}
        self.run_sql(f"INSERT INTO users (id, email, name) VALUES ('{user}', 'u@x.example', 'U')")
        tenant = "workspace_id, " if "workspace_id" in self.table_columns("tasks") else ""
        for name in "ab":
            workspace, project = ids[name] = str(uuid.uuid4()), str(uuid.uuid4())
            value = f"'{workspace}', " if tenant else ""
            self.run_sql(
                f"INSERT INTO workspaces (id, name, slug) VALUES ('{workspace}', '{name}', '{name}');"
                "INSERT INTO workspace_members (workspace_id, user_id) "
                f"VALUES ('{workspace}', '{user}');"
                "INSERT INTO projects (id, workspace_id, name, owner_id, created_by_id) "
                f"VALUES ('{project}', '{workspace}', 'project {name}', '{user}', '{user}');"
                f"INSERT INTO tasks ({tenant}project_id, title, created_by_id) VALUES "
                f"({value}'{project}', 'task {name}', '{user}'), "
                f"({value}'{project}', 'deleted {name}', '{user}');"
                f"UPDATE tasks SET deleted_at = now() WHERE title = 'deleted {name}'", actor=user)
        for name in "ab":
            for table, column, own in (("projects", "name", "project"), ("tasks", "title", "task")):
                rows = self.run_sql(f"SELECT {column} FROM {table}", user=APPLICATION,
                                    tenant=ids[name][0], actor=user)
                self.assertEqual(rows, [[f"{own} {name}"]])
        self.assertEqual(self.run_sql("SELECT * FROM tasks", user=APPLICATION, actor=str(uuid.uuid4())),
                         [])

    def test_labels_and_assignees_too(self):
        tables = set(catalog.tables(self.database, self.dialect))
        self.assertLessEqual({"labels", "task_labels", "task_assignments"}, tables)
        self.assertEqual(tables - set(COLUMNS), {"labels", "task_labels", "task_assignments"})


@on_engines(*POSTGRES)
class FullTaskBoard(WholeSchema):
    """From the requirements in English."""

    DESIGN = FULL


@on_engines(*POSTGRES)
class DesignedTaskBoard(WholeSchema):
    """From a design that says what the full requirements mean."""

    DESIGN = """
name: taskboard
patterns:
  tenancy: {root: Workspace, member: WorkspaceMember, actor: User}
entities:
  User:
    fields: {email: email required unique, name: text, avatar_url: url, password_hash: text}
  Workspace:
    fields: {name: text required, slug: text required unique, plan: text required = free}
  WorkspaceMember:
    kind: junction
    fields:
      role: "enum(owner, admin, member, viewer) required = member"
      joined_at: timestamp required = now
  Project:
    patterns: {soft_delete: true, authors: true, audit: true}
    fields: {name: text required, description: text, status: text required = active}
    indexes: ["workspace, status"]
  Task:
    patterns: {soft_delete: true, authors: true, audit: true, version: true}
    fields:
      title: text required
      description: text
      status: "enum(todo, in_progress, in_review, done) required = todo"
      priority: "enum(low, medium, high, urgent) required = medium"
      position: integer required = 0
      due_date: date
    indexes: ["project, status", due_date where active]
  TaskAssignment:
    kind: junction
  Label:
    fields: {name: text required, color: text}
    keys: ["unique(workspace, name)"]
  TaskLabel:
    kind: junction
  AuditLog:
    kind: audit_log
relationships:
  - Workspace *--* User (via WorkspaceMember)
  - Workspace 1--* Project
  - Project *--1 User as owner
  - "Project 1--* Task (on delete cascade)"
  - Task *--* User as assignee (via TaskAssignment)
  - Task *--* Label (via TaskLabel)
"""


def entities(source):
    """Names of the entities in the design.yaml of a text."""
    text = relata("emit", "design", source) if not isinstance(source, str) else relata(
        "emit", "design", "-", text=source)
    inside = re.search(r"^entities:\n(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^  (\w+):", inside.group(1), re.MULTILINE) if inside else []


class ShortTaskBoard(unittest.TestCase):
    def test_the_nine_entities(self):
        self.assertEqual(sorted(entities(SHORT)), sorted([
            "User", "Workspace", "WorkspaceMember", "Project", "Task", "TaskAssignment", "Label",
            "TaskLabel", "AuditLog"]))

    def test_without_a_second_person_there_is_no_junction(self):
        self.assertEqual(sorted(entities("Users can create posts.\n")), ["Post", "User"])

    def test_the_junctions_are_named_by_the_roles(self):
        found = entities("Members can create groups. Groups contain events with attendees, "
                         "categories and a start date.\n")
        self.assertEqual(sorted(found), ["Category", "Event", "EventAttendance", "EventCategory",
                                         "Group", "GroupMember", "Member"])


@on_engines()
class ShortTaskBoardTables:
    DESIGN = SHORT

    def test_the_nine_tables(self):
        kept = {"users", "workspaces", "workspace_members", "projects", "tasks", "task_assignments",
                "labels", "task_labels", "audit_log"}
        found = set(catalog.tables(self.database, self.dialect))
        self.assertEqual(found - {"session_context"}, kept)

    def test_the_relationships(self):
        pairs = {(key.table, key.referenced_table) for key in self.foreign_keys()}
        for pair in (("workspace_members", "users"), ("workspace_members", "workspaces"),
                     ("projects", "workspaces"), ("tasks", "projects"), ("task_assignments", "tasks"),
                     ("task_assignments", "users"), ("task_labels", "tasks"),
                     ("task_labels", "labels"), ("audit_log", "users")):
            self.assertIn(pair, pairs)

    def test_a_due_date(self):
        self.assertIn("due_date", self.table_columns("tasks"))
