"""Runs the live tests in one process, so that every server is started once.

    python3 tests/live/run.py [-v] [-k PATTERN ...] [FILE_test ...]

RELATA names the binary under test, RELATA_POSTGRES18 the folder of a PostgreSQL 18 (see servers.py).
Exits with 1 when a test failed. With RELATA_LIVE_ALL=1 a server that is missing is a failure too.
"""

import argparse
import os
import pathlib
import sys
import time
import unittest

import servers

HERE = pathlib.Path(__file__).resolve().parent
SLOWEST_SHOWN = 5


class TimedResult(unittest.TextTestResult):
    """Remembers how long each test took."""

    def startTest(self, test):
        self.began = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        self.times = getattr(self, "times", [])
        self.times.append((time.monotonic() - self.began, test.id()))
        super().stopTest(test)


def main():
    parser = argparse.ArgumentParser(description="Runs Relata's tests on real database servers.")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("-k", action="append", metavar="PATTERN", help="tests whose name has it")
    parser.add_argument("files", nargs="*", help="such as audit_test; all when none is given")
    arguments = parser.parse_args()

    loader = unittest.TestLoader()
    if arguments.k:
        loader.testNamePatterns = [p if "*" in p else f"*{p}*" for p in arguments.k]
    names = arguments.files or sorted(path.stem for path in HERE.glob("*_test.py"))
    sys.path.insert(0, str(HERE))
    suite = unittest.TestSuite(loader.loadTestsFromName(name.removesuffix(".py")) for name in names)

    began = time.monotonic()
    runner = unittest.TextTestRunner(verbosity=2 if arguments.verbose else 1,
                                     resultclass=TimedResult)
    result = runner.run(suite)
    for seconds, name in sorted(getattr(result, "times", []), reverse=True)[:SLOWEST_SHOWN]:
        print(f"{seconds:6.2f} s  {name}", file=sys.stderr)
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    missing = sorted({reason for _, reason in result.skipped if reason.startswith(servers.NO_SERVER)})
    for reason in missing:
        print(f"skipped for {reason}", file=sys.stderr)
    servers.stop_all()
    if missing and os.environ.get("RELATA_LIVE_ALL") == "1":
        return 1
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
