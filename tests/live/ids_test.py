"""Ids are made by the database: UUIDv7 (RFC 9562), CUID2 and identity numbers."""

import time
import uuid

from harness import POSTGRES, emit, on_engines

MANY = 10_000
CLOCK_SECONDS = 10  # how far the server's clock may be from ours, and a busy machine's delay


@on_engines()
class Uuid7:
    DESIGN = """
name: notes
patterns:
  ids: uuid7
entities:
  Note:
    fields:
      title: text(40) required
"""

    def test_version_variant_and_time(self):
        before = time.time()
        self.run_sql("INSERT INTO notes (title) VALUES ('one')")
        after = time.time()
        text = self.value("SELECT id FROM notes WHERE title = 'one'")
        value = uuid.UUID(text)
        self.assertEqual(str(value), text)
        self.assertEqual(value.version, 7)
        self.assertEqual(value.variant, uuid.RFC_4122)
        seconds = (value.int >> 80) / 1000
        self.assertGreater(seconds, before - CLOCK_SECONDS)
        self.assertLess(seconds, after + CLOCK_SECONDS)

    def test_many_are_all_different_and_all_valid(self):
        self.run_sql(f"INSERT INTO notes (title) {self.series(MANY, 'many')}")
        ids = [uuid.UUID(i) for i in self.column("SELECT id FROM notes WHERE title = 'many'")]
        self.assertEqual(len(ids), MANY)
        self.assertEqual(len(set(ids)), MANY)
        self.assertEqual({i.version for i in ids}, {7})
        self.assertEqual({i.variant for i in ids}, {uuid.RFC_4122})
        # 74 bits are random: among the last 16 bits of this many, near all values are new.
        self.assertGreater(len({i.int & 0xFFFF_FFFF for i in ids}), MANY * 0.99)

    def test_they_sort_by_the_time_of_their_making(self):
        titles = [f"at {number}" for number in range(20)]
        for title in titles:
            self.run_sql(f"INSERT INTO notes (title) VALUES ('{title}')")
            time.sleep(0.003)
        found = self.column("SELECT title FROM notes WHERE title LIKE 'at %' ORDER BY id")
        self.assertEqual(found, titles)

    def test_an_id_of_the_application_is_kept(self):
        own = "01890a5d-ac96-774b-bcce-b302099a8057"  # the example of RFC 9562's authors' tooling
        self.run_sql(f"INSERT INTO notes (id, title) VALUES ('{own}', 'own')")
        self.assertEqual(self.value("SELECT id FROM notes WHERE title = 'own'"), own)
        self.refused(f"INSERT INTO notes (id, title) VALUES ('{own}', 'twice')",
                     says="unique|duplicate")


@on_engines(*POSTGRES)
class NativeUuid7:
    DESIGN = Uuid7.DESIGN

    def test_postgres_18_calls_its_own_function(self):
        """What the default calls, or what a function of ours that the default calls, is built in."""
        sources = self.column("""
            SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
             WHERE adrelid = 'notes'::regclass AND adnum =
                   (SELECT attnum FROM pg_attribute
                     WHERE attrelid = 'notes'::regclass AND attname = 'id')
            UNION ALL
            SELECT p.prosrc FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid
              JOIN pg_attrdef a ON a.oid = d.objid
             WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_proc'::regclass
               AND a.adrelid = 'notes'::regclass""")
        native = any("uuidv7()" in source.replace("pg_catalog.", "").replace("new_uuid7()", "")
                     for source in sources)
        self.assertEqual(native, self.engine == "postgres18", sources)

    def test_so_does_the_script_that_every_version_takes(self):
        self.database = self.server.new_database()
        self.database.load(emit("postgres", self.DESIGN))
        self.test_postgres_18_calls_its_own_function()


@on_engines()
class Cuid2:
    DESIGN = """
name: notes
patterns:
  ids: cuid2
entities:
  Note:
    fields:
      title: text(40) required
  Tag:
    fields:
      name: text(40)
relationships:
  - Note 1--* Tag
"""

    def test_form_and_uniqueness(self):
        self.run_sql(f"INSERT INTO notes (title) {self.series(MANY, 'many')}")
        ids = self.column("SELECT id FROM notes")
        self.assertEqual(len(set(ids)), MANY)
        for value in ids:
            self.assertRegex(value, r"\A[a-z][a-z0-9]{23}\Z")
        self.assertEqual({value[0] for value in ids} - set("abcdefghijklmnopqrstuvwxyz"), set())
        self.assertGreater(len({value[-1] for value in ids}), 30, "the last character hardly varies")

    def test_references_have_the_same_type(self):
        self.run_sql("INSERT INTO notes (title) VALUES ('parent')")
        parent = self.value("SELECT id FROM notes WHERE title = 'parent'")
        self.run_sql(f"INSERT INTO tags (note_id, name) VALUES ('{parent}', 'x')")
        self.assertEqual(self.value("SELECT note_id FROM tags"), parent)


@on_engines()
class Identity:
    DESIGN = Cuid2.DESIGN.replace("cuid2", "identity")

    def test_numbers_grow(self):
        for title in "abc":
            self.run_sql(f"INSERT INTO notes (title) VALUES ('{title}')")
        ids = [int(value) for value in self.column("SELECT id FROM notes ORDER BY title")]
        self.assertEqual(ids, sorted(set(ids)))
        self.run_sql(f"INSERT INTO tags (note_id, name) VALUES ({ids[0]}, 'x')")
        self.assertEqual(self.value("SELECT note_id FROM tags"), str(ids[0]))
