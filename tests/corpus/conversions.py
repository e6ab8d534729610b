"""Every SQL file in every other dialect: `relata emit OTHER FILE` must load on the other server, and
what both servers then hold is compared; where a project has a file of its own in that dialect, that
is compared too (projects do not write the same in each dialect, so that this is something to read).

    python3 tests/corpus/conversions.py --postgres HOST:PORT --mysql HOST:PORT [--corpus] [--url]
                                        [--show N] [--from D] [--to D] [NAME ...]

With --url, Relata reads the database that loaded the file rather than the file. Exits with 1 when a
server refuses something. RELATA names the program, RELATA_CORPUS the folder of the corpus.
"""

import argparse
import collections
import re
import sys

import harness
import shapes

FOLDERS = {"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite"}
# What a file does beside making a schema in the database it is loaded into.
OTHER_DATABASE = {
    "postgres": re.compile(r"(?im)^\s*(create\s+database|drop\s+database|\\c(onnect)?\s).*$"),
    "mysql": re.compile(r"(?im)^\s*(create\s+(database|schema)|drop\s+(database|schema)|use\s|"
                        r"source\s|load\s+data)[^;]*;?\s*$"),
    "sqlite": re.compile(r"(?!)"),
}
# Some files are loaded by a script that makes their namespaces first.
SEARCH_PATH = re.compile(r"(?im)^SET\s+search_path\s*(?:=|TO)\s*([^;]+);")


def text_of(path, dialect):
    text = OTHER_DATABASE[dialect].sub("", path.read_text(encoding="utf-8"))
    if dialect == "postgres":
        names = {name.strip() for path in SEARCH_PATH.findall(text) for name in path.split(",")}
        names -= {"''", "public", "pg_catalog", '"$user"'}
        text = "".join(f"CREATE SCHEMA IF NOT EXISTS {name};\n" for name in sorted(names)) + text
    return text


def files(dialect, corpus, names):
    folder = corpus / FOLDERS[dialect] if corpus else harness.ROOT / "tests/fixtures/sql" / dialect
    return [path for path in sorted(folder.glob("*.sql"))
            if not names or any(name in path.stem for name in names)]


class Conversions:
    def __init__(self, engines, corpus, arguments):
        self.engines = engines
        self.corpus = corpus
        self.arguments = arguments
        self.results = collections.Counter()

    def own_database(self, path, dialect):
        """The database that the dialect's own server makes of the file; None when it refuses it."""
        try:
            return self.engines[dialect].load(text_of(path, dialect))
        except shapes.LoadError:
            return None

    def own_shape(self, name, dialect):
        path = self.corpus / FOLDERS[dialect] / (name + ".sql") if self.corpus else None
        if path is None or not path.exists():
            return None
        database = self.own_database(path, dialect)
        if database is None:
            return None
        shape = self.engines[dialect].shape(database)
        self.engines[dialect].drop(database)
        return shape

    def compare(self, kind, words, wanted, found):
        same, total, texts = shapes.compare(wanted, found)
        self.results["same as " + kind] += same
        self.results["counted as " + kind] += total
        return f"{100 * same / max(total, 1):.1f} % as {words}", texts

    def convert(self, path, source, to, database):
        label = f"{source:>8} -> {to:<8} {path.stem:<22}"
        where = self.engines[source].url(database) if self.arguments.url else path
        code, ddl, errors = harness.relata("emit", to, where,
                                           *([] if self.arguments.url else ["--from", source]))
        said = len([line for line in errors.splitlines() if re.match(r".*(warning|note): ", line)])
        if code != 0 or not re.search("(?i)create table", ddl):
            print(label, "not emitted:", errors.strip().splitlines()[-1:])
            self.results["failed"] += 1
            return
        try:
            made = self.engines[to].load(ddl)
        except shapes.LoadError as error:
            print(label, "REFUSED:", str(error)[:300])
            self.results["failed"] += 1
            return
        self.results["loaded"] += 1
        found = self.engines[to].shape(made)
        read = self.engines[source].shape(database)
        score, texts = self.compare("read", "what was read", read, found)
        own = self.own_shape(path.stem, to)
        if own is not None:
            more, others = self.compare("own", "its own file", own, found)
            score += ", " + more
            texts += ["-- its own file:", *others]
        self.engines[to].drop(made)
        print(label, f"loads, {said} messages", score)
        for text in texts[:self.arguments.show]:
            print("           ", text)

    def run(self):
        for source in self.engines:
            if self.arguments.source and source not in self.arguments.source:
                continue
            for path in files(source, self.corpus, self.arguments.names):
                database = self.own_database(path, source)
                if database is None:
                    continue
                for to in self.engines:
                    if to != source and (not self.arguments.to or to in self.arguments.to):
                        self.convert(path, source, to, database)
                self.engines[source].drop(database)
        print(f"{self.results['loaded']} load, {self.results['failed']} do not")
        for kind, words in (("read", "what was read"), ("own", "the own files")):
            total = self.results["counted as " + kind]
            if total:
                print(f"{100 * self.results['same as ' + kind] / total:.1f} % as {words}")
        return 1 if self.results["failed"] else 0


def main():
    parser = argparse.ArgumentParser(description="Loads conversions into the other servers.")
    parser.add_argument("--postgres", required=True, metavar="HOST:PORT")
    parser.add_argument("--mysql", required=True, metavar="HOST:PORT")
    parser.add_argument("--corpus", action="store_true", help="over the corpus, not our own files")
    parser.add_argument("--url", action="store_true", help="from databases, not from files")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many differences each")
    parser.add_argument("--from", dest="source", action="append", choices=list(FOLDERS))
    parser.add_argument("--to", action="append", choices=list(FOLDERS))
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    corpus = harness.corpus() if arguments.corpus else None
    if arguments.corpus and corpus is None:
        print("skipped: no corpus (RELATA_CORPUS names its folder)")
        return 0
    engines = {"postgres": shapes.Postgres(arguments.postgres),
               "mysql": shapes.Mariadb(arguments.mysql), "sqlite": shapes.Sqlite()}
    return Conversions(engines, corpus, arguments).run()


if __name__ == "__main__":
    sys.exit(main())
