"""Command lines that are wrong, help, the version, the man page and the completions."""

import shutil
import subprocess
import unittest

from program import DESIGN, RELATA, ROOT, ProgramTest, relata

# Command line, what the message says.
WRONG = [
    ([], ["no command given", "relata --help"]),
    (["biuld", "x.md", "-o", "out"], ["unknown command 'biuld'", "did you mean 'build'?"]),
    (["frobnicate"], ["unknown command 'frobnicate'", "relata --help"]),
    (["build", "x.md", "--ouput", "out"], ["unknown flag '--ouput'", "did you mean '--output'?"]),
    (["emit", "sqlite", "x.md", "--bar"], ["unknown flag '--bar'", "did you mean '--bare'?"]),
    (["--verison"], ["unknown flag '--verison'", "did you mean '--version'?"]),
    (["emit", "sqllite", "x.md"], ["unknown target 'sqllite'", "did you mean 'sqlite'?"]),
    (["emit", "qqqqqqqqqqqq", "x.md"], ["unknown target", "one of:", "postgres"]),
    (["build", "x.md", "-o", "out", "-t", "sqlite,mermiad"],
     ["unknown target 'mermiad'", "did you mean 'mermaid'?"]),
    (["build", "x.md"], ["relata build needs --output DIR"]),
    (["build", "x.md", "-o"], ["the flag '-o' needs a value"]),
    (["build", "x.md", "-o", "a", "-o", "b"], ["--output"]),
    (["build", "x.md", "--target"], ["the flag '--target' needs a value"]),
    (["emit", "sqlite", "x.md", "--bare=1"], ["the flag '--bare' takes no value"]),
    (["build", "-o", "out"], ["relata build needs SOURCE"]),
    (["emit", "sqlite"], ["relata emit needs SOURCE"]),
    (["emit"], ["relata emit needs TARGET"]),
    (["emit", "sqlite", "a.md", "b.md"], ["unexpected argument 'b.md'"]),
    (["emit", "mermaid", "a.md", "--dialect", "orakle"], ["unknown dialect 'orakle'", "one of:"]),
    (["help", "desing"], ["unknown command 'desing'", "did you mean 'design'?"]),
    (["help", "--completion", "bsh"], ["no completions for 'bsh'", "did you mean 'bash'?"]),
    (["explain", "english/has-lst"], ["unknown rule 'english/has-lst'",
                                      "did you mean 'english/has-list'?"]),
    (["explain", "tasks.title"], ["needs a SOURCE"]),
]

COMMANDS = ["design", "build", "emit", "explain", "help"]


class UsageTest(ProgramTest):
    def test_wrong_command_lines(self):
        for arguments, says in WRONG:
            with self.subTest(arguments):
                self.run_bad(*arguments, says=says)

    def test_help_in_all_its_ways(self):
        overview = self.run_ok("--help").out
        self.assertEqual(overview, self.run_ok("help").out)
        self.assertEqual(overview, self.run_ok("-h").out)
        for command in COMMANDS:
            with self.subTest(command):
                self.assertIn(f"\n  {command} ", overview)
                text = self.run_ok("help", command).out
                self.assertEqual(text, self.run_ok(command, "--help").out)
                self.assertIn(f"Usage: relata {command}", text)
                self.assertIn("Examples:", text)
                self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_version(self):
        self.assertRegex(self.run_ok("--version").out, r"^relata \d+\.\d+\.\d+\n$")

    def test_flags_stand_before_or_after(self):
        self.write("design.yaml", DESIGN)
        first = self.run_ok("emit", "--bare", "sqlite", "design.yaml").out
        self.assertEqual(first, self.run_ok("emit", "sqlite", "design.yaml", "--bare").out)
        self.assertNotEqual(first, self.run_ok("emit", "sqlite", "design.yaml").out)

    def test_reference_page_is_up_to_date(self):
        self.assertEqual(self.run_ok("help", "--markdown").out, (ROOT / "docs/cli.md").read_text(),
                         "docs/cli.md is old: run scripts/bless")

    def test_every_flag_is_everywhere(self):
        texts = {shell: self.run_ok("help", "--completion", shell).out
                 for shell in ("bash", "zsh", "fish")}
        texts["man"] = self.run_ok("help", "--man").out.replace("\\-", "-")
        for command in COMMANDS:
            for line in self.run_ok("help", command).out.split("Flags:\n")[1].splitlines():
                if "--" not in line[:20]:
                    continue
                flag = line.split("--")[1].split()[0]
                for name, text in texts.items():
                    with self.subTest(command=command, flag=flag, where=name):
                        self.assertIn(flag, text)

    def test_man_page_is_accepted(self):
        if not shutil.which("man"):
            self.skipTest("man is not installed")
        path = self.write("relata.1", self.run_ok("help", "--man").out)
        done = subprocess.run(["man", "--warnings", "-l", str(path)], capture_output=True,
                              check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
                                                "MANPAGER": "cat"})
        self.assertEqual(done.stderr.decode(), "")
        self.assertIn("relata build", " ".join(done.stdout.decode().split()))

    def complete(self, *words):
        """What bash offers for the last word."""
        script = self.run_ok("help", "--completion", "bash").out
        line = " ".join(f"'{word}'" for word in words)
        command = (f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _relata; "
                   'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "--norc", "-c", command], capture_output=True, text=True,
                              check=False, cwd=self.folder)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_completes(self):
        self.write("needs.md", "x")
        self.assertEqual(self.complete("relata", "bu"), ["build"])
        self.assertEqual(self.complete("relata", "emit", "sqli"), ["sqlite"])
        self.assertEqual(self.complete("relata", "emit", "sqlite", "ne"), ["needs.md"])
        self.assertEqual(self.complete("relata", "build", "ne"), ["needs.md"])
        self.assertEqual(self.complete("relata", "build", "--ou"), ["--output"])
        self.assertIn("mermaid", self.complete("relata", "build", "--target", ""))
        self.assertEqual(self.complete("relata", "help", "--completion", "z"), ["zsh"])

    def test_other_shells_take_their_script(self):
        for shell, check in (("zsh", ["zsh", "-n"]), ("fish", ["fish", "--no-execute"])):
            with self.subTest(shell):
                if not shutil.which(shell):
                    continue
                path = self.write(f"completion.{shell}",
                                  self.run_ok("help", "--completion", shell).out)
                done = subprocess.run([*check, str(path)], capture_output=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, b""))


if __name__ == "__main__":
    unittest.main()
