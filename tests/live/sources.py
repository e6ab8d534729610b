"""Sources for `relata diff`: databases that live as long as the test, and files beside them."""

import json
import pathlib
import subprocess
import tempfile

import harness
import servers


class Sources:
    """A folder for one test's files and SQLite databases; a context manager."""

    def __init__(self, test):
        self.test = test
        self.folder = tempfile.TemporaryDirectory()
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, ending):
        self.count += 1
        return pathlib.Path(self.folder.name) / f"{self.count}{ending}"

    def file(self, sql):
        path = self.path(".sql")
        path.write_text(sql)
        return str(path)

    def database(self, sql):
        """The URL of a new database that has run the SQL."""
        if self.test.sqlite:
            path = self.path(".db")
            database = servers.SqliteDatabase(str(path))
            database.load(sql)
            database.close()
            return f"sqlite:{path}"
        database = self.test.server.new_database()
        database.load(sql)
        place = f"127.0.0.1:{self.test.server.port}/{database.name}"
        return f"postgres://postgres@{place}" if self.test.postgres else f"mysql://root@{place}"

    def changes(self, before, after, *flags):
        """What `relata diff --json` says, from sources of this test's dialect."""
        done = subprocess.run(
            [harness.RELATA, "diff", before, after, "--json", "--from", self.test.dialect,
             "--dialect", self.test.dialect, *flags],
            text=True, check=False, capture_output=True, encoding="utf-8")
        if done.returncode not in (0, 1):
            raise harness.RelataError(done.stderr)
        return json.loads(done.stdout)
