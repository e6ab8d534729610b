"""What Relata reads from a PostgreSQL server: every feature comes back, and every failure says what,
where and what to do without showing a password."""

import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

from harness import POSTGRES, RELATA, RelataError, on_engines, relata
from postgres_features import FEATURES, FEATURES_18
import servers

PASSWORD = "Kirschkern-77"


def model_of(database):
    """What `relata emit json` shows of a database."""
    return json.loads(relata("emit", "json", url(database)))


def url(database, user="postgres", rest=""):
    return f"postgres://{user}@127.0.0.1:{database.server.port}/{database.name}{rest}"


@functools.cache
def pg_dump_version():
    """The major version of the pg_dump that is installed; it reads no newer server. 0: none is."""
    if not shutil.which("pg_dump"):
        return 0
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=True)
    return int(re.search(r"\d+", said.stdout)[0])


def dump(database):
    """The lines of a dump that say what is in the database."""
    done = subprocess.run(["pg_dump", "-s", "-d", url(database)], capture_output=True, text=True,
                          check=True)
    return [line for line in done.stdout.splitlines()
            if line and not line.startswith(("--", "\\restrict", "\\unrestrict"))]


def tries(arguments, **environment):
    """Runs relata with other environment variables: exit code, output, messages."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    done = subprocess.run([RELATA, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False, timeout=60,
                          env={**kept, **environment})
    return done.returncode, done.stdout, done.stderr


def at(tree, path):
    """The value at a path such as tables.t.columns.a: lists of named things are looked up by name."""
    for step in path.split("."):
        if isinstance(tree, list) and not step.isdigit():
            found = [item for item in tree if isinstance(item, dict) and item.get("name") == step]
            if not found:
                raise KeyError(f"no {step} on the way to {path}")
            tree = found[0]
        elif isinstance(tree, list):
            tree = tree[int(step)]
        else:
            tree = tree.get(step)
    return tree


@on_engines(*POSTGRES)
class Features:
    """Each feature is read as it was made, and what is written from it reads the same."""

    def features(self):
        return FEATURES + (FEATURES_18 if self.engine == "postgres18" else [])

    def test_everything_is_read(self):
        for name, sql, expected in self.features():
            database = self.server.new_database()
            database.load(sql)
            read = model_of(database)
            for path, value in expected.items():
                with self.subTest(feature=name, path=path):
                    self.assertEqual(at(read, path), value)

    def test_what_is_written_from_it_reads_the_same(self):
        for name, sql, _ in self.features():
            with self.subTest(feature=name):
                database = self.server.new_database()
                database.load(sql)
                copy = self.server.new_database()
                copy.load(relata("emit", "postgres", url(database)))
                self.assertEqual(model_of(copy), model_of(database))
                if pg_dump_version() >= int(self.engine.removeprefix("postgres")):
                    self.assertEqual(dump(copy), dump(database))

    def test_the_result_does_not_depend_on_the_order_of_making(self):
        forward, backward = self.server.new_database(), self.server.new_database()
        made = ["CREATE TABLE b (x int);", "CREATE TABLE a (y int);", "CREATE TYPE e AS ENUM ('x');",
                "CREATE VIEW w AS SELECT 1 AS one;", "CREATE SEQUENCE s;", "CREATE SCHEMA z;"]
        forward.load("".join(made))
        backward.load("".join(reversed(made)))
        self.assertEqual(relata("emit", "json", url(forward)), relata("emit", "json", url(backward)))

    def test_what_an_extension_owns_is_left_out(self):
        database = self.server.new_database()
        database.load("CREATE EXTENSION hstore; CREATE TABLE t (h hstore)")
        read = model_of(database)
        self.assertEqual([each["name"] for each in read["extensions"]], ["hstore"])
        self.assertEqual([each["name"] for each in read["tables"]], ["t"])
        self.assertFalse(read.get("routines"))

    def test_functions_of_the_database_are_not_called(self):
        """What somebody made in public, that fits better than the server's own, is not run with
        the rights of whoever reads."""
        database = self.server.new_database()
        database.load("""
            CREATE TABLE t (a text, CHECK (a <> ''), UNIQUE (a)); CREATE VIEW v AS SELECT a FROM t;
            CREATE FUNCTION trap(name) RETURNS text LANGUAGE plpgsql AS
              $$ BEGIN RAISE 'trapped'; END $$;
            CREATE FUNCTION trap(text, name) RETURNS text LANGUAGE plpgsql AS
              $$ BEGIN RAISE 'trapped'; END $$;
            CREATE FUNCTION trap(name, name) RETURNS boolean LANGUAGE plpgsql AS
              $$ BEGIN RAISE 'trapped'; END $$;""")
        plain = model_of(database)
        database.load("""
            ALTER FUNCTION trap(name) RENAME TO quote_ident;
            CREATE OPERATOR || (FUNCTION = trap, LEFTARG = text, RIGHTARG = name);
            CREATE OPERATOR <> (FUNCTION = trap, LEFTARG = name, RIGHTARG = name)""")
        self.assertEqual(model_of(database)["tables"], plain["tables"])
        self.assertEqual(len(model_of(database)["others"]), 2)

    def test_passwords_of_user_mappings_are_not_read(self):
        database = self.server.new_database()
        database.load(f"""CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
            CREATE USER MAPPING FOR postgres SERVER s OPTIONS (user 'x', password '{PASSWORD}')""")
        code, output, messages = tries(["emit", "postgres", url(database)])
        self.assertEqual(code, 0)
        self.assertIn("CREATE USER MAPPING", output)
        self.assertNotIn(PASSWORD, output + messages)
        self.assertIn("secret-left-out", messages)


@on_engines(*POSTGRES)
class Connections:
    """How a connection is found, and what is said when there is none."""

    @classmethod
    def prepare(cls):
        cls.database = cls.server.new_database()
        cls.database.load("CREATE TABLE here (a int)")

    def assert_read(self, *arguments, **environment):
        code, output, messages = tries(["emit", "json", *arguments], **environment)
        self.assertEqual(code, 0, messages)
        self.assertIn('"here"', output)

    def fails(self, address, says, helps="", **environment):
        code, output, messages = tries(["emit", "json", address], **environment)
        self.assertEqual((code, output), (2, ""), messages)
        self.assertIn(says, messages)
        self.assertIn(helps, messages)
        self.assertNotIn(PASSWORD, messages)
        return messages

    def test_environment_variables(self):
        self.assert_read("postgres://", PGHOST="127.0.0.1", PGPORT=str(self.server.port),
                         PGUSER="postgres", PGDATABASE=self.database.name)

    def test_service_file(self):
        with tempfile.TemporaryDirectory() as folder:
            services = pathlib.Path(folder, "services.conf")
            services.write_text(f"[shop]\nhost=127.0.0.1\nport={self.server.port}\nuser=postgres\n"
                                f"dbname={self.database.name}\n", encoding="utf-8")
            for address, more in (("postgres://", {"PGSERVICE": "shop"}),
                                  ("postgres://?service=shop", {})):
                self.assert_read(address, PGSERVICEFILE=str(services), **more)
            self.fails("postgres://?service=shed", "shed", "pg_service.conf",
                       PGSERVICEFILE=str(services))

    def test_both_schemes_and_parameters(self):
        rest = self.database.name + "?user=postgres&sslmode=disable&connect_timeout=3"
        for scheme in ("postgres", "postgresql"):
            self.assert_read(f"{scheme}://127.0.0.1:{self.server.port}/{rest}")

    def test_no_server(self):
        port = servers.free_port()
        self.fails(f"postgres://me:{PASSWORD}@127.0.0.1:{port}/shop",
                   f"cannot connect to database 'shop' on 127.0.0.1:{port}", "Is the server running")

    def test_no_such_database_and_role(self):
        here = f"127.0.0.1:{self.server.port}"
        self.fails(f"postgres://postgres:{PASSWORD}@{here}/nowhere",
                   f"cannot connect to database 'nowhere' on {here}", "psql -l")
        self.fails(f"postgres://nobody:{PASSWORD}@{here}/postgres", "nobody", "user")

    def test_no_permission(self):
        self.database.load(f"""
            DO $$ BEGIN CREATE ROLE introspection_stranger LOGIN;
            EXCEPTION WHEN duplicate_object THEN END $$;
            REVOKE CONNECT ON DATABASE {self.database.name} FROM PUBLIC""")
        self.fails(url(self.database, "introspection_stranger"), "permission denied",
                   "GRANT CONNECT")

    def test_an_ordinary_role_reads_all(self):
        database = self.server.new_database()
        database.load("""DO $$ BEGIN CREATE ROLE introspection_guest LOGIN;
            EXCEPTION WHEN duplicate_object THEN END $$;
            CREATE SCHEMA closed; CREATE TABLE closed.t (a int DEFAULT 3, CHECK (a > 0));
            CREATE VIEW closed.v AS SELECT a FROM closed.t""")
        self.assertEqual(relata("emit", "json", url(database, "introspection_guest")),
                         relata("emit", "json", url(database)))

    def test_passwords_in_urls_that_cannot_be_read(self):
        for password in ("Kirsch/kern", "Kirsch@kern", "Kirsch%kern", "Kirsch?kern"):
            code, output, messages = tries(
                ["emit", "json", f"postgres://me:{password}@127.0.0.1:{self.server.port}/postgres"])
            with self.subTest(password=password):
                self.assertEqual((code, output), (2, ""))
                self.assertNotIn("kern", messages)
                self.assertNotIn("Kirsch", messages)

    def waiting(self, timeout_setting=""):
        """A process of relata that waits for a lock which the caller's session holds."""
        process = subprocess.Popen(
            [RELATA, "emit", "json", url(self.database, rest=timeout_setting)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def hold_lock(self):
        session = subprocess.Popen(self.server.client(self.database.name, "postgres"), text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(session.stdout.close)
        self.addCleanup(session.wait)
        self.addCleanup(session.stdin.close)
        session.stdin.write("BEGIN; LOCK TABLE watched; SELECT 'locked';\n")
        session.stdin.flush()
        self.assertEqual(session.stdout.readline(), "locked\n")

    def test_the_server_goes_away_half_way(self):
        self.database.load("CREATE TABLE IF NOT EXISTS watched (a int);"
                           "CREATE OR REPLACE VIEW watching AS SELECT a FROM watched")
        self.hold_lock()
        process = self.waiting()
        is_waiting = "application_name = 'relata' AND wait_event_type = 'Lock'"
        for _ in range(200):
            killed = self.database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                        f"WHERE {is_waiting}")
            if killed:
                break
            time.sleep(0.05)
        output, messages = process.communicate(timeout=30)
        self.assertTrue(killed, "relata never waited for the lock")
        self.assertEqual((process.returncode, output), (2, ""))
        self.assertIn(f"the connection to database '{self.database.name}' on 127.0.0.1:"
                      f"{self.server.port} was lost", messages)
        self.assertIn("while reading views", messages)

    def test_a_lock_ends_in_a_message(self):
        self.database.load("CREATE TABLE IF NOT EXISTS watched (a int);"
                           "CREATE OR REPLACE VIEW watching AS SELECT a FROM watched")
        self.hold_lock()
        process = self.waiting("?options=-c%20lock_timeout%3D300ms")
        output, messages = process.communicate(timeout=30)
        self.assertEqual((process.returncode, output), (2, ""))
        self.assertIn("lock timeout", messages)
        self.assertIn("Another session holds a lock", messages)


@on_engines(*POSTGRES)
class Passwords:
    """A server that asks for a password."""

    @classmethod
    def prepare(cls):
        cls.database = cls.server.new_database()
        cls.database.load(f"""
            CREATE TABLE here (a int);
            DO $$ BEGIN CREATE ROLE introspection_keeper LOGIN PASSWORD '{PASSWORD}';
            EXCEPTION WHEN duplicate_object THEN END $$""")
        cls.rules = cls.server.folder / "data" / "pg_hba.conf"
        cls.before = cls.rules.read_text(encoding="utf-8")
        cls.rules.write_text(
            "host all introspection_keeper 127.0.0.1/32 scram-sha-256\n" + cls.before,
            encoding="utf-8")
        cls.database.run("SELECT pg_reload_conf()")

    @classmethod
    def tearDownClass(cls):
        cls.rules.write_text(cls.before, encoding="utf-8")
        cls.database.run("SELECT pg_reload_conf()")

    def keeper(self, password=None):
        user = "introspection_keeper" + (f":{password}" if password else "")
        return url(self.database, user)

    def test_url_variable_and_file(self):
        self.assertIn('"here"', relata("emit", "json", self.keeper(PASSWORD)))
        with tempfile.TemporaryDirectory() as folder:
            kept = pathlib.Path(folder, "passwords")
            kept.write_text(f"*:*:*:introspection_keeper:{PASSWORD}\n", encoding="utf-8")
            kept.chmod(0o600)
            for environment in ({"PGPASSWORD": PASSWORD}, {"PGPASSFILE": str(kept)}):
                code, output, messages = tries(["emit", "json", self.keeper()], **environment)
                self.assertEqual(code, 0, messages)
                self.assertIn('"here"', output)

    def test_wrong_and_missing(self):
        wrong = PASSWORD + "-wrong"
        for password, says in ((wrong, "password authentication failed"), (None, "no password")):
            with self.assertRaises(RelataError) as caught:
                relata("emit", "json", self.keeper(password))
            messages = str(caught.exception).split("\n", 1)[1]  # without the command line
            self.assertIn(says, messages)
            self.assertNotIn(PASSWORD, messages)
            self.assertIn("PGPASSWORD", messages)


if __name__ == "__main__":
    unittest.main()
