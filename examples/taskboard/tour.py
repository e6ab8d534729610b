#!/usr/bin/env python3
"""Fills a task board's SQLite database with a few rows and shows that it looks after itself.

Usage: tour.py DATABASE, a database that out/taskboard/schema.sqlite.sql was loaded into. It uses the
tables and keys that the requirements speak of, and a column beyond those only where it is there.
"""
import datetime
import json
import sqlite3
import sys
import time


class Board:
    def __init__(self, path):
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.run("PRAGMA foreign_keys = ON")

    def run(self, sql, *values):
        return self.connection.execute(sql, values).fetchall()

    def has(self, table, column):
        return any(row["name"] == column for row in self.run(f"PRAGMA table_info({table})"))

    def add(self, table, **values):
        """Inserts a row and gives it back; values for columns that are not there are left out."""
        known = {name: value for name, value in values.items() if self.has(table, name)}
        if not known:
            self.run(f"INSERT INTO {table} DEFAULT VALUES")
        else:
            names, marks = ", ".join(known), ", ".join("?" * len(known))
            self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *known.values())
        return self.run(f"SELECT * FROM {table} WHERE rowid = last_insert_rowid()")[0]

    def act_as(self, user):
        """Tells the database who is acting, for the audit log."""
        if self.has("session_context", "actor_id"):
            self.run("UPDATE session_context SET actor_id = ?", user["id"])


def refused(board, what, attempt):
    try:
        attempt()
    except sqlite3.IntegrityError as error:
        print(f"  refused   {what}\n            ({error})")
    else:
        sys.exit(f"the database allowed {what}")


def main():
    board = Board(sys.argv[1])
    ada = board.add("users", name="Ada", email="ada@example.com")
    ben = board.add("users", name="Ben", email="ben@example.com")
    board.act_as(ada)
    due = datetime.date.today() + datetime.timedelta(days=7)

    def workspace(name, owner):
        """A workspace with an owner, a project, a task, a label, and who and what they have to do
        with each other."""
        space = board.add("workspaces", name=name, slug=name.lower(), created_by_id=owner["id"])
        within = {"workspace_id": space["id"], "created_by_id": owner["id"]}
        board.add("workspace_members", user_id=owner["id"], role="owner", **within)
        project = board.add("projects", name="Launch", owner_id=owner["id"], **within)
        task = board.add("tasks", title="Write the announcement", due_date=due.isoformat(),
                         project_id=project["id"], **within)
        label = board.add("labels", name="urgent", **within)
        board.add("task_assignments", task_id=task["id"], user_id=owner["id"],
                  assignee_id=owner["id"], **within)
        board.add("task_labels", task_id=task["id"], label_id=label["id"], **within)
        return within, project, task

    first, project, task = workspace("Acme", ada)
    second, _, _ = workspace("Globex", ben)

    counts = {table: board.run(f"SELECT count(*) FROM {table}")[0][0]
              for table in ("users", "workspaces", "projects", "tasks", "labels")}
    print("  rows      " + ", ".join(f"{count} {table}" for table, count in counts.items()))
    print(f"  key       {task['id']} (made by the database, sorts by time)")

    time.sleep(0.01)  # so that the two moments differ in milliseconds
    later = due + datetime.timedelta(days=3)
    board.run("UPDATE tasks SET due_date = ? WHERE id = ?", later.isoformat(), task["id"])
    now = board.run("SELECT * FROM tasks WHERE id = ?", task["id"])[0]
    if now["updated_at"] <= task["updated_at"]:
        sys.exit("updated_at did not move")
    print(f"  update    due_date {task['due_date']} to {now['due_date']}: "
          f"updated_at went from {task['updated_at'][11:]} to {now['updated_at'][11:]} by itself")
    if board.has("tasks", "version"):
        print(f"  version   went from {task['version']} to {now['version']}")

    refused(board, "a task in a project that does not exist",
            lambda: board.add("tasks", project_id="nowhere", title="Lost", **first))
    refused(board, "a task of one workspace in another workspace's project",
            lambda: board.add("tasks", project_id=project["id"], title="Stray", **second))

    log = board.run("SELECT * FROM audit_log WHERE entity_type = 'task' AND entity_id = ? "
                    "ORDER BY created_at, rowid", task["id"])
    if [row["action"] for row in log] != ["create", "update"]:
        sys.exit("the audit log does not hold what happened")
    for row in log:
        before, after = (json.loads(row[side] or "{}") for side in ("before", "after"))
        changed = [f"{name}: {before[name]} to {after[name]}" for name in before
                   if name == "due_date" and before[name] != after.get(name)]
        print(f"  audit     {row['action']} {row['entity_type']} at {row['created_at']}"
              + (f", {changed[0]}" if changed else ""))
    refused(board, "a change to the audit log",
            lambda: board.run("DELETE FROM audit_log"))


main()
