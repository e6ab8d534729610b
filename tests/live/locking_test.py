"""Optimistic locking: whoever writes on an old version changes nothing, and is told so."""

import tempfile

import servers
from harness import Session, emit, on_engines

DESIGN = """
name: board
patterns: {version: true}
entities:
  Task:
    fields: {title: text(40) required, body: text}
  Note:
    patterns: {version: false}
    fields: {title: text(40)}
"""


@on_engines()
class Version:
    DESIGN = DESIGN

    def version(self, title):
        return int(self.value(f"SELECT version FROM tasks WHERE title = '{title}'"))

    def test_it_begins_at_one(self):
        self.run_sql("INSERT INTO tasks (title) VALUES ('first')")
        self.assertEqual(self.version("first"), 1)

    def test_every_update_raises_it_by_one(self):
        self.run_sql("INSERT INTO tasks (title) VALUES ('up'), ('still')")
        for expected in (2, 3, 4):
            self.run_sql("UPDATE tasks SET body = 'again' WHERE title = 'up'")
            self.assertEqual(self.version("up"), expected)
        self.assertEqual(self.version("still"), 1)

    def test_an_application_that_counts_itself_does_not_count_twice(self):
        self.run_sql("INSERT INTO tasks (title) VALUES ('own')")
        self.run_sql("UPDATE tasks SET version = version + 1 WHERE title = 'own' AND version = 1")
        self.assertEqual(self.version("own"), 2)

    def test_it_cannot_be_turned_back(self):
        self.run_sql("INSERT INTO tasks (title) VALUES ('back')")
        self.run_sql("UPDATE tasks SET body = 'x' WHERE title = 'back'")
        self.run_sql("UPDATE tasks SET body = 'y', version = 1 WHERE title = 'back'")
        self.assertEqual(self.version("back"), 3)
        self.run_sql("UPDATE tasks SET version = 1 WHERE title = 'back'")
        self.assertGreaterEqual(self.version("back"), 3)

    def test_an_entity_can_do_without(self):
        self.refused("SELECT version FROM notes")


class TwoPeople:
    """Both read version 1; both write `WHERE version = 1`."""

    def test_the_second_changes_nothing(self):
        with self.session() as one, self.session() as two:
            one.run("INSERT INTO tasks (title) VALUES ('shared');")
            for session in (one, two):
                self.assertIn("1", session.run("SELECT version FROM tasks WHERE title='shared';"))
            update = "UPDATE tasks SET body = '{}' WHERE title = 'shared' AND version = 1"
            one.run("BEGIN;")
            self.assertEqual(self.update(one, update.format("one")), 1)
            one.run("COMMIT;")
            self.assertEqual(self.update(two, update.format("two")), 0)
            self.assertIn("one", two.run("SELECT body FROM tasks WHERE title = 'shared';"))
            self.assertEqual(self.update(two, update.format("two").replace("= 1", "= 2")), 1)


@on_engines("postgres15", "postgres18", "mariadb")
class TwoSessions(TwoPeople):
    DESIGN = DESIGN

    def session(self):
        return Session(self.database)

    def update(self, session, sql):
        if self.postgres:
            text = session.run(f"WITH done AS ({sql} RETURNING 1) "
                               "SELECT 'rows=' || count(*) FROM done;")
        else:
            text = session.run(f"{sql}; SELECT CONCAT('rows=', ROW_COUNT());")
        return int(text.partition("rows=")[2].strip())

    def test_the_second_waits_for_the_first_and_then_changes_nothing(self):
        """Both are in the middle of a transaction: the row lock makes the second look again."""
        with self.session() as one, self.session() as two:
            one.run("INSERT INTO tasks (title) VALUES ('raced');")
            update = "UPDATE tasks SET body = '{}' WHERE title = 'raced' AND version = 1"
            one.run("BEGIN;")
            two.run("BEGIN;")
            self.assertEqual(self.update(one, update.format("one")), 1)
            two.process.stdin.write(update.format("two") + ";\n")
            two.process.stdin.flush()
            self.wait_until_blocked()
            one.run("COMMIT;")
            two.run("COMMIT;")
            self.assertEqual(self.run_sql("SELECT body, version FROM tasks WHERE title = 'raced'"),
                             [["one", "2"]])

    def wait_until_blocked(self):
        waiting = ("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                   f"AND datname = '{self.database.name}'") if self.postgres else (
            "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
        for _ in range(200):
            if self.value(waiting) != "0":
                return
        self.fail("the second update did not wait")


@on_engines("sqlite")
class TwoConnections(TwoPeople):
    """SQLite's two sessions are two connections to one file."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = folder.name + "/board.db"
        with self.session() as session:
            session.database.load(emit("sqlite", DESIGN))

    def session(self):
        return FileSession(self.path)

    def update(self, session, sql):
        return session.database.connection.execute(sql).rowcount


class FileSession:
    def __init__(self, path):
        self.database = servers.SqliteDatabase(path)

    def run(self, sql):
        return str(self.database.run(sql))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.database.close()
