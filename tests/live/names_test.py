"""Names and texts that are awkward for a database: too long, alike when cut, reserved, quoted."""

import catalog
from harness import emit, on_engines

LONG = "the_longest_name_of_a_column_that_anybody_would_ever_want_to_write_down"  # 71
ACCENTED = "é" * 63  # 63 code points, 126 bytes


def design(*fields, entity="Thing", more=""):
    lines = "\n".join(f"      {name}: {form}" for name, form in fields)
    return f"name: names\nentities:\n  {entity}:\n    fields:\n{lines}\n{more}"


@on_engines()
class LongNames:
    def test_columns_at_and_over_the_limit(self):
        names = [LONG[:62], LONG[:63], LONG[:64], LONG + "_one", LONG + "_two"]
        self.database = self.load(design(*[(name, "text(40) indexed") for name in names]))
        found = [c for c in catalog.columns(self.database, self.dialect, "things")
                 if c not in ("id", "created_at", "updated_at")]
        self.assertEqual(len(found), len(names))
        self.assertEqual(found[:2], names[:2])
        row = ", ".join(f"'{number}'" for number in range(len(names)))
        quote = "`" if self.mysql else '"'
        columns = ", ".join(f"{quote}{name}{quote}" for name in found)
        self.run_sql(f"INSERT INTO things ({columns}) VALUES ({row})")
        self.assertEqual(self.run_sql(f"SELECT {columns} FROM things"),
                         [[str(number) for number in range(len(names))]])

    def test_what_is_named_after_long_names_is_apart(self):
        """Constraints, indexes and triggers get names made of these; they must not collide."""
        long_entity = "".join(part.capitalize() for part in LONG.split("_"))
        source = f"""
name: names
patterns: {{audit: true, soft_delete: true, version: true}}
entities:
  {long_entity}One:
    fields: {{{LONG}_one: text(40) unique, {LONG}_two: "enum(a, b)", score: integer >= 1}}
    patterns: {{history: true}}
  {long_entity}Two:
    fields: {{{LONG}_one: text(40) unique, {LONG}_two: "enum(a, b)", score: integer >= 1}}
relationships:
  - {long_entity}One 1--* {long_entity}Two
  - {long_entity}One *--* {long_entity}Two
  - {long_entity}Two *--0..1 {long_entity}One as {LONG}_owner
  - {long_entity}Two *--0..1 {long_entity}One as {LONG}_keeper
"""
        self.database = self.load(source)
        tables = [t for t in catalog.tables(self.database, self.dialect)
                  if t.startswith(LONG[:30])]
        self.assertEqual(len(tables), 4, tables)  # two, their junction, the history of one
        self.assertEqual(len(catalog.foreign_keys(self.database, self.dialect)) >= 6, True)

    def test_code_points_are_not_cut_in_two(self):
        self.database = self.load(design((f'"{ACCENTED}"', "text(40)"),
                                         (f'"{ACCENTED}ée"', "text(40)"),
                                         (f'"{ACCENTED}éf"', "text(40)")))
        found = [c for c in catalog.columns(self.database, self.dialect, "things")
                 if c.startswith("é")]
        self.assertEqual(len(set(found)), 3, found)
        if self.postgres:
            self.assertLessEqual(max(len(name.encode()) for name in found), 63)

    def test_the_same_name_every_time(self):
        source = design((LONG + "_one", "text"), (LONG + "_two", "text"))
        self.assertEqual(emit(self.dialect, source), emit(self.dialect, source))


@on_engines()
class ReservedWords:
    WORDS = ("order", "group", "select", "from", "where", "user", "key", "keys", "index", "rank",
             "system", "values", "check", "default", "primary", "references", "end", "desc",
             "limit", "offset", "analyze", "all", "column", "table", "trigger", "when", "window",
             "rows", "lead", "interval", "timestamp", "date", "case", "row_number", "no", "null",
             "true", "current_user", "session_user", "old", "new", "begin", "transaction")

    def test_as_columns_with_every_pattern(self):
        fields = [(f'"{word}"', "text(40) indexed") for word in self.WORDS]
        source = design(*fields).replace(
            "name: names", "name: names\npatterns: {audit: true, soft_delete: true, version: true}")
        source = source.replace("  Thing:", "  Thing:\n    patterns: {history: true}")
        self.database = self.load(source)
        quote = "`" if self.mysql else '"'
        columns = ", ".join(f"{quote}{word}{quote}" for word in self.WORDS)
        values = ", ".join(f"'{word}'" for word in self.WORDS)
        self.run_sql(f"INSERT INTO things ({columns}) VALUES ({values})")
        self.run_sql(f"UPDATE things SET {quote}order{quote} = 'changed'")
        self.assertEqual(self.value(f"SELECT {quote}order{quote} FROM things"), "changed")
        self.run_sql("DELETE FROM things")

    def test_as_tables(self):
        entities = ("Order", "Group", "User", "Select", "Table", "Index", "Key", "Rank", "Grant")
        lines = "\n".join(f"  {name}:\n    table: {name.lower()}\n    fields: {{name: text(40)}}"
                          for name in entities)
        arrows = "\n".join(f"  - {one} 1--* {other}" for one, other in zip(entities, entities[1:]))
        self.database = self.load("name: words\npatterns: {audit: true}\n"
                                  f"entities:\n{lines}\nrelationships:\n{arrows}\n")
        found = catalog.tables(self.database, self.dialect)
        self.assertLessEqual({name.lower() for name in entities}, set(found))


@on_engines()
class AwkwardText:
    TEXTS = ("it's", 'say "no"', "back\\slash", "trailing\\", "100 % of %s", "$$ and $body$ and $1",
             "`tick`", "semi; colon -- comment", "/* not */ closed */", "tab\there", "é€𝄞",
             "{brace} ${x} #{y}", "new_uuid7() now()", ":name ?1 @x", "%", "_", "''", "null")

    def test_default_values(self):
        fields = [(f"f{number}", "'text(60) required = " + self.quoted(text) + "'")
                  for number, text in enumerate(self.TEXTS)]
        self.database = self.load(design(*fields, ("title", "text(40)")))
        self.run_sql("INSERT INTO things (title) VALUES ('x')")
        columns = ", ".join(f"f{number}" for number in range(len(self.TEXTS)))
        self.assertEqual(self.run_sql(f"SELECT {columns} FROM things")[0], list(self.TEXTS))

    @staticmethod
    def quoted(text):
        """A short form's word in quotes, within a YAML scalar in single quotes."""
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return ('"' + escaped + '"').replace("'", "''")

    def test_values_of_a_closed_set(self):
        for style in ("check", "native", "lookup"):
            with self.subTest(style):
                values = ", ".join(self.quoted(text) for text in self.TEXTS)
                source = design(("kind", f"'enum({values})'"), ("title", "text(40)"))
                source = source.replace("name: names", f"name: names\npatterns: {{enums: {style}}}")
                self.database = self.load(source)
                rows = ", ".join(f"('{number:02}', {self.literal(text)})"
                                 for number, text in enumerate(self.TEXTS))
                self.run_sql(f"INSERT INTO things (title, kind) VALUES {rows}")
                self.assertEqual(self.column("SELECT kind FROM things ORDER BY title"),
                                 list(self.TEXTS))
                self.refused("INSERT INTO things (title, kind) VALUES ('x', 'other')")

    def test_comments(self):
        everything = " ".join(self.TEXTS)
        if self.mysql:  # keeps comments in three bytes a character
            everything = everything.replace("\U0001d11e", "")
        scalar = "'" + everything.replace("'", "''").replace("\t", " ") + "'"
        source = ("name: names\nentities:\n  Thing:\n"
                  f"    description: {scalar}\n    fields:\n      title:\n        type: text\n"
                  f"        description: {scalar}\n")
        self.database = self.load(source)
        wanted = everything.replace("\t", " ")
        if self.postgres:
            self.assertIn(wanted, self.value("SELECT obj_description('things'::regclass)"))
            self.assertIn(wanted, self.value("SELECT col_description('things'::regclass, attnum) "
                                             "FROM pg_attribute WHERE attname = 'title' "
                                             "AND attrelid = 'things'::regclass"))
        if self.mysql:
            self.assertIn(wanted, self.value(
                "SELECT table_comment FROM information_schema.tables "
                f"WHERE table_schema = '{self.database.name}' AND table_name = 'things'"))
            self.assertIn(wanted, self.value(
                "SELECT column_comment FROM information_schema.columns "
                f"WHERE table_schema = '{self.database.name}' AND column_name = 'title'"))
