"""Plans written by hand, for tests of what runs them, and relata as a process that can be killed."""

import json
import pathlib
import signal
import sqlite3
import subprocess
import tempfile

from harness import RELATA, relata


def action(*statements, **more):
    """One way of a step: statements, and what plan.json says besides (transactional, backfill ...)."""
    return {"statements": list(statements), "transactional": True, **more}


def step(title, forward, back, phase="expand"):
    return {"phase": phase, "title": title, "forward": forward, "back": back}


def backfill(table, key, assign, where):
    """The same change as statements and as what is done a batch at a time."""
    return action(f"UPDATE {table} SET {assign} WHERE {where}",
                  backfill={"table": table, "key": key, "set": assign, "where": where})


_versions = {}


def plan_version():
    """The version of plan.json, as relata writes it."""
    if not _versions:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "a.sql").write_text("CREATE TABLE a (id integer PRIMARY KEY);")
            relata("migrate", "plan", folder / "a.sql", folder / "a.sql", "--dialect", "postgres",
                   "-o", folder / "plan")
            _versions["plan"] = json.loads((folder / "plan" / "plan.json").read_text())["version"]
    return _versions["plan"]


def write_plan(folder, dialect, steps):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(
        json.dumps({"version": plan_version(), "dialect": dialect, "steps": steps}))
    return folder


class SqliteFile:
    """A database in a file, which several programs can open."""

    def __init__(self, path):
        self.path = path

    def run(self, sql):
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            return [[None if v is None else str(v) for v in row]
                    for row in connection.execute(sql).fetchall()]
        finally:
            connection.close()

    def load(self, sql):
        connection = sqlite3.connect(self.path)
        connection.executescript(sql)
        connection.close()

    def value(self, sql):
        return self.run(sql)[0][0]


def new_place(test, folder):
    """A new database on a test's engine that other programs can open, and its URL."""
    if test.sqlite:
        return SqliteFile(folder / "database"), f"sqlite:{folder / 'database'}"
    database = test.server.new_database()
    return database, url_of(test, database)


def url_of(test, database):
    user, scheme = ("postgres", "postgres") if test.postgres else ("root", "mysql")
    return f"{scheme}://{user}@127.0.0.1:{test.server.port}/{database.name}"


class Run:
    """`relata migrate ACTION FOLDER --db URL` as a process of its own."""

    def __init__(self, action_name, folder, url, *more):
        self.process = subprocess.Popen(
            [RELATA, "migrate", action_name, str(folder), "--db", url, *map(str, more)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait(self, seconds=60):
        """The exit code, and what it said."""
        output, errors = self.process.communicate(timeout=seconds)
        return self.process.returncode, errors + output

    def kill_after(self, seconds):
        """Whether it had to be killed; otherwise its exit code and words are in `ended`."""
        try:
            output, errors = self.process.communicate(timeout=seconds)
            self.ended = (self.process.returncode, errors + output)
            return False
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            return True


def kill_often(begin, ended, dice, kills, longest):
    """Kills what `begin` starts that often, each time after at most `longest` seconds. Each time that
    it comes to its end before, `ended` looks at what is there and takes it back."""
    while kills > 0:
        run = begin()
        if run.kill_after(dice.uniform(0.01, longest)):
            kills -= 1
            continue
        if run.ended[0] != 0:
            raise AssertionError(run.ended[1])
        ended()
