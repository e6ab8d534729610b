"""The servers themselves: every kind starts, answers, tells errors and is gone afterwards."""

import os
import unittest

import servers


class ServersTest(unittest.TestCase):
    def check(self, name):
        server = servers.start(name)
        database = server.new_database()
        database.load("CREATE TABLE t (a INTEGER, b VARCHAR(20));\nINSERT INTO t VALUES (1, 'x'), (2, NULL);")
        self.assertEqual(database.rows("SELECT a, b FROM t ORDER BY a"), [["1", "x"], ["2", None]])
        self.assertEqual(database.value("SELECT 'it''s | a'"), "it's | a")
        with self.assertRaises(servers.SqlError):
            database.run("SELECT nothing FROM nowhere")
        again = server.new_database()
        with self.assertRaises(servers.SqlError):
            again.rows("SELECT * FROM t")

    def test_a_server_that_fails_to_start_leaves_nothing(self):
        server = servers.Sqlite()
        server.stop()
        before = set(servers._running)
        with self.assertRaises(unittest.SkipTest):
            old = os.environ.pop("RELATA_POSTGRES18", None)
            try:
                servers._postgres18()
            finally:
                if old:
                    os.environ["RELATA_POSTGRES18"] = old
        self.assertEqual(before, set(servers._running))


def _add(name):
    setattr(ServersTest, f"test_{name}", lambda self: self.check(name))


for _name in servers.names():
    _add(_name)

if __name__ == "__main__":
    unittest.main()
