"""Odd inputs and outputs that cannot be written: a clear message, exit 2, nothing half written."""

import os
import resource
import subprocess
import unittest

from program import DESIGN, RELATA, REQUIREMENTS, ProgramTest, relata

MEGABYTE = 1 << 20

# Name, content, what the message says.
UNREADABLE = [
    ("empty.md", b"", "empty.md"),
    ("blank.md", b" \n\t\n\n", "blank.md"),
    ("empty.yaml", b"", "empty.yaml"),
    ("binary.md", bytes(range(256)) * 8, "binary file"),
    ("zip.md", b"PK\x03\x04\x00\x00data", "binary file"),
    ("latin.md", "Ein Café hat einen Namen.".encode("latin-1"), ["is not UTF-8", "iconv"]),
    ("broken.md", b"Users have names.\n\xff\xfe", "is not UTF-8 (line 2, byte 18)"),
    ("german.md", "Benutzer können Arbeitsbereiche anlegen. Jeder Arbeitsbereich hat Projekte und "
                  "gehört zu einer Firma.\n".encode(), "german.md"),
    ("chinese.md", "用户可以创建工作区。每个工作区都有项目。\n".encode(), "chinese.md"),
    ("numbers.md", b"12 34 56\n78 90\n", "numbers.md"),
    ("large.md", b"Users have names. " * (20 * MEGABYTE // 18), "larger than 16 MiB"),
    ("list.yaml", b"- a\n- b\n", "list.yaml"),
    ("broken.yaml", b"name: [unclosed\n", "broken.yaml"),
    ("text.docx", b"PK", "word processor"),
]

OUTPUTS = [
    ["design", "INPUT"],
    ["design", "INPUT", "-o", "new.yaml"],
    ["build", "INPUT", "-o", "out"],
    ["emit", "sqlite", "INPUT"],
    ["explain", "tasks.title", "INPUT"],
]


class InputTest(ProgramTest):
    def test_unreadable_inputs(self):
        for name, content, says in UNREADABLE:
            self.write(name, content)
        before = self.files()
        for name, content, says in UNREADABLE:
            for command in OUTPUTS:
                with self.subTest(name=name, command=command[0]):
                    self.run_bad(*[name if part == "INPUT" else part for part in command],
                                 says=says)
                    self.assertEqual(self.files(), before)
                    self.assertFalse((self.folder / "out").exists())

    def test_standard_input_is_checked_alike(self):
        for name, content, says in UNREADABLE:
            if not name.endswith(".md"):
                continue
            with self.subTest(name):
                says = [says] if isinstance(says, str) else says
                says = ["standard input" if part == name else part for part in says]
                self.run_bad("emit", "sqlite", "-", text=content, says=says)

    def test_standard_input_of_both_kinds(self):
        self.write("needs.md", REQUIREMENTS)
        self.write("design.yaml", DESIGN)
        for name, text in (("needs.md", REQUIREMENTS), ("design.yaml", DESIGN)):
            with self.subTest(name):
                self.assertEqual(self.run_ok("emit", "sqlite", "-", text=text).out.lower().count("create table"),
                                 self.run_ok("emit", "sqlite", name).out.lower().count("create table"))

    def test_a_slow_pipe_is_waited_for(self):
        shell = f"(printf 'name: x\\n'; sleep 0.3; printf 'entities:\\n  Book:\\n    fields: {{title: text}}\\n') | '{RELATA}' emit sqlite -"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("books", done.stdout)

    def test_paths_that_are_no_files(self):
        (self.folder / "a_folder").mkdir()
        self.run_bad("emit", "sqlite", "a_folder", says="a_folder")
        self.run_bad("emit", "sqlite", "missing.md",
                     says="cannot read 'missing.md': No such file or directory")
        self.run_bad("emit", "sqlite", "postgres://127.0.0.1:1/x", says="127.0.0.1")
        self.run_bad("emit", "sqlite", "", says="cannot read ''")

    def test_byte_order_mark_and_line_ends_do_not_matter(self):
        self.write("plain.md", REQUIREMENTS)
        self.write("windows.md", b"\xef\xbb\xbf" + REQUIREMENTS.replace("\n", "\r\n").encode())
        self.assertEqual(self.run_ok("emit", "sqlite", "plain.md").out,
                         self.run_ok("emit", "sqlite", "windows.md").out)

    def test_an_error_shows_the_line_with_a_caret(self):
        self.write("design.yaml", DESIGN + "colour: red\n")
        run = relata("emit", "sqlite", "design.yaml", folder=self.folder)
        self.assertEqual(run.code, 2, run)
        self.assertIn("design.yaml:7:1: error:", run.err)
        self.assertRegex(run.err, r"\n  colour: red\n  \^~~~~~")
        self.assertEqual(run.out, "")


class OutputTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("design.yaml", DESIGN)
        self.write("needs.md", REQUIREMENTS)

    def test_folders_that_cannot_be_written(self):
        self.write("a_file", "x")
        for target in ("a_file", "a_file/below", "/proc/relata", "/dev/null/out"):
            with self.subTest(target):
                self.run_bad("build", "needs.md", "-o", target, says="cannot")
        self.assertEqual(self.files(), ["a_file", "design.yaml", "needs.md"])

    def test_a_design_that_cannot_be_written(self):
        (self.folder / "out.yaml").mkdir()
        self.run_bad("design", "needs.md", "-o", "out.yaml", says="out.yaml")
        self.run_bad("design", "needs.md", "-o", "/proc/out.yaml", says="/proc/out.yaml")

    def test_one_file_that_cannot_be_written_keeps_all_others(self):
        (self.folder / "out/erd.mmd").mkdir(parents=True)
        self.write("out/schema.sqlite.sql", "old")
        self.run_bad("build", "design.yaml", "-o", "out", says="erd.mmd")
        self.assertEqual((self.folder / "out/schema.sqlite.sql").read_text(), "old")
        self.assertEqual([f for f in self.files() if f.startswith("out/")],
                         ["out/schema.sqlite.sql"])

    def test_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            run = relata("emit", "sqlite", "design.yaml", folder=self.folder, stdout=full)
        self.assertEqual(run.code, 2, run)
        self.assertIn("cannot write to standard output: No space left on device", run.err)

    def test_a_closed_standard_output(self):
        done = subprocess.run(["bash", "-c", f"'{RELATA}' emit sqlite design.yaml >&-"],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot write to standard output", done.stderr)

    def test_a_closed_standard_output_harms_no_file(self):
        done = subprocess.run(["bash", "-c", f"'{RELATA}' build design.yaml -o out >&-"],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        written = (self.folder / "out/schema.sqlite.sql").read_text()
        self.assertEqual(written, self.run_ok("emit", "sqlite", "design.yaml").out)

    def test_a_reader_that_has_seen_enough_is_no_error(self):
        shell = f"'{RELATA}' help --markdown | true; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout, done.stderr), ("0\n", ""))

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "AddressSanitizer reserves more than any limit")
    def test_little_memory(self):
        """Whatever the limit, the program ends by itself, with 0 or 2."""
        text = "A user has a name, an email and many tasks with labels. " * 20000
        def limited(limit, *arguments, **more):
            return relata(*arguments, **more, preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_AS, (limit * MEGABYTE, limit * MEGABYTE)))

        # Below this the dynamic loader gives up before the program begins.
        enough = next(limit for limit in range(16, 512, 8)
                      if limited(limit, "--version").code == 0)
        for limit in (enough, enough + 24, enough + 72):
            with self.subTest(limit):
                run = limited(limit, "emit", "sqlite", "-", text=text)
                self.assertIn(run.code, (0, 2), run)
                if run.code == 2:
                    self.assertIn("out of memory", run.err)


if __name__ == "__main__":
    unittest.main()
