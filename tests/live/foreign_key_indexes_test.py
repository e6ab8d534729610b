"""Every foreign key has an index that begins with its columns, in every example on every engine:
joins and the deletion of a parent read few rows."""

import catalog
from harness import EXAMPLES, on_engines
import servers


def covers(index, key):
    """Whether the index finds the rows of a foreign key: its first columns are the key's, and it
    holds all rows or all that are set."""
    begins = set(index.columns[:len(key.columns)]) == set(key.columns)
    where = index.where.lower()
    partial = bool(where) and not (len(key.columns) == 1 and f"{key.columns[0]} is not null" in where)
    return index.table == key.table and begins and not partial


@on_engines()
class ForeignKeyIndexes:
    def test_every_key_of_every_example(self):
        for path in EXAMPLES:
            with self.subTest(path.parent.name + "/" + path.name):
                database = self.load(path)
                keys = catalog.foreign_keys(database, self.dialect)
                found = catalog.indexes(database, self.dialect)
                self.assertTrue(keys)
                bare = [key for key in keys if not any(covers(index, key) for index in found)]
                self.assertEqual(bare, [])

    def test_the_catalog_query_sees_a_key_without_an_index(self):
        """InnoDB makes such an index by itself, so it is the other engines that can lack one."""
        database = self.server.new_database()
        database.load("CREATE TABLE a (id INTEGER PRIMARY KEY);\n"
                      "CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER, "
                      "FOREIGN KEY (a_id) REFERENCES a (id));\n"
                      "CREATE INDEX b_other ON b (id, a_id);")
        key, = catalog.foreign_keys(database, self.dialect)
        self.assertEqual((key.table, key.columns, key.referenced_table, key.referenced_columns),
                         ("b", ["a_id"], "a", ["id"]))
        covered = any(covers(i, key) for i in catalog.indexes(database, self.dialect))
        self.assertEqual(covered, servers.dialect_of(self.engine) == "mysql")
