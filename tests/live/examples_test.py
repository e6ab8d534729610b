"""Every example becomes a database on every engine, whoever wrote the example."""

import unittest

from harness import EXAMPLES, emit, on_engines


@on_engines()
class Examples:
    def test_each_loads_into_two_databases_of_one_server(self):
        for path in EXAMPLES:
            with self.subTest(path.parent.name + "/" + path.name):
                for ddl in sorted({self.ddl(path), emit(self.dialect, path)}):
                    for _ in range(2):
                        self.server.new_database().load(ddl)

    def test_each_loads_without_the_conventions(self):
        for path in EXAMPLES:
            with self.subTest(path.parent.name + "/" + path.name):
                self.server.new_database().load(self.ddl(path, "--bare"))

    def test_the_same_text_gives_the_same_bytes(self):
        for path in EXAMPLES:
            with self.subTest(path.parent.name + "/" + path.name):
                self.assertEqual(emit(self.dialect, path), emit(self.dialect, path))

    def test_the_design_written_out_gives_the_same_database(self):
        for path in EXAMPLES:
            with self.subTest(path.parent.name + "/" + path.name):
                self.assertEqual(emit(self.dialect, emit("design", path)),
                                 emit(self.dialect, path))


class ExampleFiles(unittest.TestCase):
    def test_there_are_five_at_least(self):
        self.assertGreaterEqual(len({path.parent for path in EXAMPLES}), 5)
