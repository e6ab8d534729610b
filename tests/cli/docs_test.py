"""The user guide says what the program does."""

import re
import unittest

from program import ROOT, ProgramTest

DOCS = ROOT / "docs"


class DocsTest(ProgramTest):
    def test_the_examples_of_designs_build(self):
        designs = re.findall(r"```yaml\n(.*?)```", (DOCS / "design-yaml.md").read_text(), re.S)
        self.assertTrue(designs)
        for design in designs:
            self.write("design.yaml", design)
            self.assertNotIn("error", self.run_ok("build", "design.yaml", "-o", "out", "-t", "sqlite").err)

    def test_every_key_and_type_is_documented(self):
        page = (DOCS / "design-yaml.md").read_text()
        table = (ROOT / "src/design/keys.def").read_text()
        keys = re.findall(r"RELATA_KEY\(\w+, \"(\w+)\"", table)
        choices = re.findall(r"choice,\s*\"([^\"]+)\"", table)
        words = set(keys).union(*(c.split("|") for c in choices))
        self.assertGreater(len(words), 40)
        for word in sorted(words):
            with self.subTest(word):
                self.assertRegex(page, rf"\b{word}\b")

    def test_every_pattern_is_documented(self):
        page = (DOCS / "patterns.md").read_text()
        patterns = re.findall(r"RELATA_PATTERN_RULE\(\s*\"([^\"]+)\"",
                              (ROOT / "src/design/pattern_rules.def").read_text())
        self.assertGreater(len(patterns), 10)
        self.assertEqual(re.findall(r"^## (.+)$", page, re.M), patterns)

    def test_the_pages_of_targets_are_what_the_program_says(self):
        table = (ROOT / "src/emit/targets.def").read_text()
        targets = re.findall(r'^RELATA_TARGET_FACTS\("([^"]+)"', table, re.M)
        self.assertTrue(targets)
        for target in targets:
            with self.subTest(target):
                page = (DOCS / "targets" / f"{target}.md").read_text()
                self.assertEqual(page, self.run_ok("explain", target).out)
        self.assertEqual(sorted(p.stem for p in (DOCS / "targets").glob("*.md")), sorted(targets))

    def test_links_lead_somewhere(self):
        for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
            for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
                if "://" not in link:
                    with self.subTest(page=page.name, link=link):
                        self.assertTrue((page.parent / link).exists())


if __name__ == "__main__":
    unittest.main()
