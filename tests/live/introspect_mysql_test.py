"""Reads databases from a MariaDB server: what is found, and what is said when that does not work."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import unittest

import harness
import servers

TABLES = """
CREATE TABLE maker (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(60) NOT NULL COMMENT 'as it''s written',
  rating decimal(3,1) DEFAULT 2.5, made datetime(3) NOT NULL DEFAULT now(3) ON UPDATE now(3),
  label varchar(80) AS (concat(name, '!')) STORED, secret int INVISIBLE,
  UNIQUE KEY by_name (name(20)), KEY newest (made DESC) COMMENT 'for lists', FULLTEXT KEY words (name),
  CONSTRAINT rated CHECK (rating BETWEEN 0 AND 10)
) ENGINE=InnoDB ROW_FORMAT=COMPACT COMMENT='who makes';
CREATE TABLE clock (
  id int NOT NULL PRIMARY KEY, maker_id int unsigned NOT NULL, kind enum('wall', 'wrist') DEFAULT 'wall',
  extra json, size int CHECK (size > 0),
  CONSTRAINT clock_maker FOREIGN KEY (maker_id) REFERENCES maker (id) ON DELETE CASCADE
) COLLATE = utf8mb4_bin;
CREATE TABLE tick (id int, day date) PARTITION BY RANGE (year(day))
  (PARTITION old VALUES LESS THAN (2000), PARTITION new VALUES LESS THAN MAXVALUE);
"""
PROGRAMS = """
CREATE VIEW a_last AS SELECT name FROM b_first WHERE name <> _latin1'x';
CREATE TRIGGER clock_made BEFORE INSERT ON clock FOR EACH ROW SET NEW.size = coalesce(NEW.size, 1);
CREATE FUNCTION half(whole INT) RETURNS int DETERMINISTIC RETURN whole / 2;
CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM clock WHERE id < 0;
CREATE SEQUENCE numbers START WITH 5;
"""


def run(*arguments, **environment):
    """Exit code, output, errors of relata."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MYSQL")}
    done = subprocess.run([harness.RELATA, *arguments], check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          timeout=60, env={**kept, "HOME": "/nonexistent", **environment})
    return done.returncode, done.stdout, done.stderr


class Introspection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.start("mariadb")
        cls.database = cls.server.new_database()
        cls.database.load(TABLES + "CREATE VIEW b_first AS SELECT id, name FROM maker;\n" + PROGRAMS)
        cls.server.run("CREATE USER IF NOT EXISTS reader IDENTIFIED BY 'p@ss w/rd'")
        cls.place = f"127.0.0.1:{cls.server.port}"

    def url(self, database=None, account="root", place=None, parameters=""):
        name = (database or self.database).name
        return f"mysql://{account}@{place or self.place}/{name}{parameters}"

    def schema(self, url):
        code, output, errors = run("emit", "json", url)
        self.assertEqual(code, 0, errors)
        return json.loads(output)

    def refused(self, url, *says, **environment):
        code, output, errors = run("emit", "mysql", url, **environment)
        self.assertEqual((code, output), (2, ""), errors)
        for words in says:
            self.assertIn(words, errors)
        self.assertNotIn("w/rd", errors)
        self.assertNotIn("hidden", errors)

    def test_what_is_read_and_written_is_the_same_database(self):
        _, first, errors = run("emit", "mysql", self.url())
        self.assertEqual(errors, "")
        again = self.server.new_database()
        again.load(first)
        _, second, _ = run("emit", "mysql", self.url(again))
        self.assertEqual(first, second)
        self.assertLess(first.index("VIEW b_first"), first.index("VIEW a_last"))
        code, changes, errors = run("diff", self.url(), self.url(again), "--column-order")
        self.assertEqual((code, changes), (0, ""), errors)

    def test_the_model_has_what_the_server_has(self):
        tables = {table["name"]: table for table in self.schema(self.url())["tables"]}
        self.assertEqual(list(tables), ["clock", "maker", "tick"])
        columns = {column["name"]: column for column in tables["maker"]["columns"]}
        self.assertEqual(list(columns), ["id", "name", "rating", "made", "label", "secret"])
        self.assertEqual(columns["id"]["type"]["spelling"], "int unsigned")
        self.assertEqual(columns["name"]["comment"], "as it's written")
        self.assertEqual([index["name"] for index in tables["maker"]["indexes"]],
                         ["by_name", "newest", "words"])
        self.assertEqual(tables["clock"]["foreign_keys"][0]["on_delete"], "cascade")

    def test_passwords_come_from_anywhere(self):
        self.server.run(f"GRANT SELECT ON {self.database.name}.* TO reader")
        with tempfile.TemporaryDirectory() as home:
            pathlib.Path(home, ".my.cnf").write_text("[client]\nuser=reader\npassword='p@ss w/rd'\n",
                                                     encoding="utf-8")
            for url, environment in (
                    (self.url(account="reader:p%40ss%20w%2Frd"), {}),
                    (self.url(account="reader"), {"MYSQL_PWD": "p@ss w/rd"}),
                    (f"mysql://{self.place}/{self.database.name}", {"HOME": home}),
                    (f"mariadb://{self.place}/{self.database.name}"
                     f"?defaults-file={home}/.my.cnf", {}),
                    (f"mysql:///{self.database.name}",
                     {"HOME": home, "MYSQL_HOST": "127.0.0.1",
                      "MYSQL_TCP_PORT": str(self.server.port)}),
                    (self.url(place="", account="root",
                              parameters=f"?socket={self.server.folder}/socket"), {})):
                code, output, errors = run("emit", "mysql", url, **environment)
                self.assertEqual(code, 0, errors)
                self.assertIn("CREATE TABLE maker", output)

    def test_what_does_not_connect_says_why(self):
        self.refused(self.url(account="reader:hidden"), "does not let user 'reader' in", "MYSQL_PWD")
        self.refused(self.url(account="reader"), "does not let user 'reader' in")
        self.refused(f"mysql://root@{self.place}/absent", "there is no database 'absent'")
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            self.refused(self.url(place=f"127.0.0.1:{closed.getsockname()[1]}"), "cannot connect",
                         "Is the server running")
        self.refused(self.url(place="host.invalid:3306"), "there is no such host")
        self.refused(self.url(parameters="?ssl-mode=REQUIRED"), "no encrypted connection", "ssl-mode")

    def test_a_server_that_never_answers_is_given_up(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            place = f"127.0.0.1:{silent.getsockname()[1]}"
            self.refused(self.url(place=place, parameters="?connect-timeout=1"), "did not answer")

    def test_a_connection_that_is_lost_half_way_leaves_no_output(self):
        for passed in (300, 2000, 6000):
            with socket.create_server(("127.0.0.1", 0)) as listener:
                thread = threading.Thread(target=relay, args=(listener, self.server.port, passed))
                thread.start()
                place = f"127.0.0.1:{listener.getsockname()[1]}"
                self.refused(self.url(place=place), "was lost", "Try again")
                thread.join()

    def test_an_old_server_is_refused(self):
        for version, says in (("5.5.5-10.3.39-MariaDB", "MariaDB 10.3.39"),
                              ("5.7.44-log", "MySQL 5.7.44")):
            with socket.create_server(("127.0.0.1", 0)) as listener:
                thread = threading.Thread(target=greet, args=(listener, version))
                thread.start()
                self.refused(self.url(place=f"127.0.0.1:{listener.getsockname()[1]}"),
                             f"is on {says}, which is too old")
                thread.join()

    def test_an_account_without_rights_is_told_so(self):
        database = self.server.new_database()
        database.load("CREATE TABLE seen (id int); CREATE TABLE unseen (id int);"
                      "CREATE VIEW hidden AS SELECT id FROM seen;"
                      "CREATE FUNCTION f() RETURNS int RETURN 1")
        self.server.run("CREATE USER IF NOT EXISTS stranger")
        self.refused(self.url(database, "stranger"), "user 'stranger' has no rights")
        self.server.run(f"GRANT EXECUTE ON {database.name}.* TO stranger")
        code, _, errors = run("emit", "mysql", self.url(database, "stranger"))
        self.assertEqual(code, 0)
        self.assertIn("is shown no table", errors)
        self.server.run(f"GRANT SELECT ON {database.name}.seen TO stranger;"
                        f"GRANT SELECT ON {database.name}.hidden TO stranger")
        code, output, errors = run("emit", "mysql", self.url(database, "stranger"))
        self.assertIn("CREATE TABLE seen", output)
        self.assertNotIn("unseen", output)
        self.assertIn("the text of view 'hidden' is not shown to this account", errors)


def relay(listener, port, passed):
    """Lets so many bytes of a server through, then hangs up."""
    client, _ = listener.accept()
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        upward = threading.Thread(target=pump, args=(client, server))
        upward.start()
        while passed > 0:
            data = server.recv(min(passed, 4096))
            if not data:
                break
            client.sendall(data)
            passed -= len(data)
        client.shutdown(socket.SHUT_RDWR)
        upward.join()


def pump(source, target):
    try:
        while data := source.recv(4096):
            target.sendall(data)
    except OSError:
        pass


def greet(listener, version):
    """A server that lets everybody in and does nothing else (MySQL's protocol, handshake v10)."""
    client, _ = listener.accept()
    with client:
        plugin = b"mysql_native_password\0"
        packet = (b"\x0a" + version.encode() + b"\0" + b"\1\0\0\0" + b"12345678\0" + b"\xff\xf7" + b"\x2d"
                  + b"\2\0" + b"\x0f\x80" + b"\x15" + bytes(10) + b"123456789012\0" + plugin)
        client.sendall(len(packet).to_bytes(3, "little") + b"\0" + packet)
        client.recv(4096)
        done = b"\0\0\0\2\0\0\0"
        client.sendall(len(done).to_bytes(3, "little") + b"\2" + done)
        client.recv(4096)


if __name__ == "__main__":
    unittest.main()
