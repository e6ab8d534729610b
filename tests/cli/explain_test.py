"""`relata explain`: words with a caret, the rule and how sure it is, assumptions that touch it."""

import json
import re
import unittest

from program import DESIGN, ROOT, ProgramTest

TEXT = """# Task board

Each project has a name. Each task has a title, a status and a due date.
Projects contain tasks.
"""


class ExplainTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("needs.md", TEXT)

    def test_a_column_quotes_its_words(self):
        run = self.run_ok("explain", "tasks.due_date", "needs.md")
        lines = run.out.splitlines()
        caret = next(i for i, line in enumerate(lines) if line.strip().startswith("^"))
        begin = lines[caret].index("^")
        words = lines[caret - 1][begin:begin + len(lines[caret].strip())]
        self.assertIn("due date", words)
        self.assertIn("tasks.due_date: a column of type timestamp, optional", run.out)
        self.assertRegex(run.out, r"\nenglish/[a-z-]+ \(\d+ % sure\)\n  \S")
        self.assertRegex(run.out, r"needs\.md:3:\d+:\n")

    def test_a_table_and_an_entity_are_the_same(self):
        self.assertEqual(self.run_ok("explain", "tasks", "needs.md").out,
                         self.run_ok("explain", "Task", "needs.md").out)
        self.assertEqual(self.run_ok("explain", "tasks.due_date", "needs.md").out,
                         self.run_ok("explain", "Task.dueDate", "needs.md").out)

    def test_what_a_pattern_added_names_it(self):
        self.assertIn("pattern/timestamps",
                      self.run_ok("explain", "tasks.created_at", "needs.md").out)

    def test_assumptions_are_told(self):
        """Every assumption is found by asking for the entity that it speaks of."""
        for text in sorted((ROOT / "examples").glob("*/*.md")):
            report = json.loads(self.run_ok("design", text, "--json").out)
            names = [entity["name"] for entity in report["entities"]]
            for assumption in report["assumptions"]:
                told = assumption["decided"] + " " + assumption["change"]
                for name in (n for n in names if re.search(rf"\b{n}\b", told)):
                    with self.subTest(text=text.parent.name, told=told, entity=name):
                        self.assertIn("assumed: " + assumption["decided"],
                                      self.run_ok("explain", name, text).out)

    def test_as_json(self):
        explanation = json.loads(self.run_ok("explain", "tasks.due_date", "needs.md", "--json").out)
        self.assertEqual(explanation["subject"], "tasks.due_date")
        self.assertIn("due date", explanation["origin"]["words"])

    def test_near_misses(self):
        self.write("design.yaml", DESIGN)
        for subject, says in (
                ("boks", ["there is no table 'boks'", "did you mean 'books'?"]),
                ("books.titel", ["has no column 'titel'", "did you mean 'title'?"]),
                ("", "there is no table ''")):
            with self.subTest(subject):
                self.run_bad("explain", subject, "design.yaml", says=says)

    def test_every_rule_that_an_example_names_can_be_explained(self):
        rules = set()
        for text in sorted((ROOT / "examples").glob("*/*.md")):
            schema = self.run_ok("emit", "json", text).out
            rules.update(re.findall(r'"rule": "([^"]+)"', schema))
        self.assertGreater(len(rules), 10)
        for rule in sorted(rules):
            with self.subTest(rule):
                self.assertTrue(self.run_ok("explain", rule).out.startswith(rule + "\n"))


if __name__ == "__main__":
    unittest.main()
