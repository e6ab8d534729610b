"""Compares Prisma schemas with what their own migrations leave in a database.

    python3 tests/corpus/prisma.py [NAME...]

Over every prisma/NAME.prisma of the corpus (see harness.py) with a dump postgresql/derived/
prisma-NAME.sql beside it, `relata diff DUMP SCHEMA` may show only what a Prisma schema does not say
or migrations did by hand. Foreign keys, primary keys, tables, columns and their types are never
among that. Exits with 1 when one of the NAMEs (all, when none is given) differs in more; migrations
of some projects renamed by hand, or lag behind their schema. Skipped, visibly, without a corpus.
RELATA names the program under test.
"""

import json
import sys

import harness

# Said by hand in migrations, or not at all by a Prisma schema.
UNSAID = {"extension", "function", "trigger", "sequence", "view", "check", "procedure"}


def is_unsaid(change, added_indexes):
    """Whether a Prisma schema has no words for the difference."""
    kind, what = change["kind"], change["object"]
    attribute = change.get("attribute", "")
    if kind == "removed" and what in UNSAID | {"index"}:
        return True  # partial and expression indexes, above all
    if what == "enumeration" and attribute == "values":
        # Values that a migration adds stand last, wherever the schema has them.
        return sorted(change["before"].split(", ")) == sorted(change["after"].split(", "))
    if what == "unique" and kind == "removed":
        # A constraint that was made by hand; Prisma makes an index of the same name.
        return (change["owner"], change["name"]) in added_indexes
    if attribute == "order of columns":
        return True  # columns that a migration adds stand last
    # A list may be NOT NULL, or default to '{}', by a migration's own words only.
    return attribute in ("not null", "default") and what == "column" and (
        attribute == "not null" or "{}" in change.get("before", ""))


def main():
    corpus = harness.corpus()
    if corpus is None:
        print("skipped: no corpus (RELATA_CORPUS names its folder)")
        return 0
    wrong = 0
    for dump in sorted(corpus.glob("postgresql/derived/prisma-*.sql")):
        schema = corpus / "prisma" / (dump.stem.removeprefix("prisma-") + ".prisma")
        if not schema.exists():
            continue
        code, out, err = harness.relata("diff", dump, schema, "--json")
        if code not in (0, 1):
            print(f"{schema.name}: exit {code}\n{err}")
            wrong += 1
            continue
        changes = json.loads(out)["changes"]
        added = {(c["owner"], c.get("name")) for c in changes
                 if c["kind"] == "added" and c["object"] == "index"}
        indexes_by_hand = {(c["owner"], c.get("name")) for c in changes if c["object"] == "unique"}
        left = [c for c in changes if not is_unsaid(c, added)
                and not (c["object"] == "index" and (c["owner"], c.get("name")) in indexes_by_hand)]
        print(f"{schema.name}: {len(left)} differences")
        for change in left[:8]:
            print("   ", json.dumps(change, ensure_ascii=False)[:200])
        if schema.stem in sys.argv[1:] or not sys.argv[1:]:
            wrong += bool(left)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
