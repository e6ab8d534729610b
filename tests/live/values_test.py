"""What a column may hold: closed sets in their three forms, bounds, required fields, defaults, and
the columns of encrypted personal data."""

from harness import on_engines

TASKS = """
name: tasks
patterns:
  enums: {style}
entities:
  Task:
    fields:
      title: text(40) required
      status: enum(todo, in_progress, done) required = todo
      priority: enum(low, high)
"""


class ClosedSet:
    """The same rules for each form of a closed set."""

    def insert(self, title, columns="", values=""):
        self.run_sql(f"INSERT INTO tasks (title{columns}) VALUES ('{title}'{values})")

    def test_the_default_is_taken(self):
        self.insert("plain")
        self.assertEqual(self.run_sql(f"SELECT {self.STATUS}, {self.PRIORITY} FROM tasks "
                                      "WHERE title = 'plain'"), [["todo", None]])

    def test_every_value_is_taken(self):
        for value in ("todo", "in_progress", "done"):
            self.insert(f"is {value}", f", {self.STATUS}", f", '{value}'")
            self.assertEqual(self.value(f"SELECT {self.STATUS} FROM tasks "
                                        f"WHERE title = 'is {value}'"), value)

    def test_another_value_is_refused(self):
        others = ["gone", "TODO", "", "in progress"]
        if not self.mysql:  # whose collations pad with blanks when they compare
            others.append("todo ")
        for value in others:
            self.refused(f"INSERT INTO tasks (title, {self.STATUS}) VALUES ('bad', '{value}')")
        self.insert("to change")
        self.refused(f"UPDATE tasks SET {self.STATUS} = 'gone' WHERE title = 'to change'")
        self.refused(f"INSERT INTO tasks (title, {self.PRIORITY}) VALUES ('bad', 'todo')")

    def test_a_required_one_cannot_be_empty(self):
        self.refused(f"INSERT INTO tasks (title, {self.STATUS}) VALUES ('bad', NULL)", says="null")


@on_engines()
class CheckedText(ClosedSet):
    DESIGN = TASKS.format(style="check")
    STATUS, PRIORITY = "status", "priority"

    def test_no_enum_type_is_made(self):
        if self.postgres:
            self.assertEqual(self.value("SELECT count(*) FROM pg_type WHERE typtype = 'e'"), "0")


@on_engines()
class NativeEnum(ClosedSet):
    DESIGN = TASKS.format(style="native")
    STATUS, PRIORITY = "status", "priority"

    def test_the_engines_own_type_where_it_has_one(self):
        if self.postgres:
            self.assertEqual(self.value("SELECT count(*) FROM pg_type WHERE typtype = 'e'"), "2")
        if self.mysql:
            self.assertEqual(self.value(
                "SELECT count(*) FROM information_schema.columns WHERE data_type = 'enum' "
                f"AND table_schema = '{self.database.name}'"), "2")


@on_engines()
class LookupTable(ClosedSet):
    DESIGN = TASKS.format(style="lookup")
    STATUS, PRIORITY = "status", "priority"

    def test_a_new_value_is_one_row(self):
        table = self.referenced_table("tasks", self.STATUS)
        key = self.referenced_column("tasks", self.STATUS)
        self.assertEqual(self.value(f"SELECT count(*) FROM {table}"), "3")
        self.run_sql(f"INSERT INTO {table} ({key}, position) VALUES ('blocked', 4)")
        self.insert("is blocked", f", {self.STATUS}", ", 'blocked'")
        self.refused(f"DELETE FROM {table} WHERE {key} = 'blocked'", says="foreign key")

    def referenced_table(self, table, column):
        return self.reference(table, column)[0]

    def referenced_column(self, table, column):
        return self.reference(table, column)[1]

    def reference(self, table, column):
        for key in self.foreign_keys():
            if key.table == table and key.columns == [column]:
                return key.referenced_table, key.referenced_columns[0]
        self.fail(f"{table}.{column} refers to nothing")


@on_engines()
class Bounds:
    DESIGN = """
name: shop
entities:
  Review:
    fields:
      title: text(5) required
      rating: integer required >= 1 <= 5
      price: money
      weight: decimal(6, 2)
      happened_on: date
      starts_at: time
      is_public: boolean required = false
      score: integer required = 0
      email: email
"""

    def insert(self, columns, values):
        return f"INSERT INTO reviews (title, rating{columns}) VALUES ('t', 1{values})"

    def test_numbers_within_their_bounds(self):
        for rating in (1, 5):
            self.run_sql(f"INSERT INTO reviews (title, rating) VALUES ('r{rating}', {rating})")
        for rating in (0, 6, -1):
            self.refused(f"INSERT INTO reviews (title, rating) VALUES ('bad', {rating})")

    def test_texts_within_their_length(self):
        self.run_sql("INSERT INTO reviews (title, rating) VALUES ('äöü€𝄞', 1)")
        self.refused("INSERT INTO reviews (title, rating) VALUES ('äöü€𝄞x', 1)")

    def test_required_and_default(self):
        self.refused("INSERT INTO reviews (title) VALUES ('none')")
        self.refused("INSERT INTO reviews (title, rating) VALUES (NULL, 1)", says="null")
        self.run_sql("INSERT INTO reviews (title, rating) VALUES ('dflt', 3)")
        row = self.run_sql("SELECT is_public, score, price FROM reviews WHERE title = 'dflt'")[0]
        self.assertIn(row[0], ("f", "0"))
        self.assertEqual(row[1:], ["0", None])

    def test_money_is_exact(self):
        self.run_sql(self.insert(", price, weight", ", 1234567.89, 10.25").replace("'t'", "'m'"))
        price, weight = self.run_sql("SELECT price, weight FROM reviews WHERE title = 'm'")[0]
        self.assertEqual((float(price), float(weight)), (1234567.89, 10.25))
        self.assertEqual(self.value("SELECT 1 FROM reviews WHERE price = 1234567.89"), "1")

    def test_what_is_no_email_address(self):
        self.run_sql(self.insert(", email", ", 'a@b.example'"))
        self.refused(self.insert(", email", ", 'nobody'"))


@on_engines()
class Encrypted:
    """The application encrypts; the database holds ciphertext and a keyed hash to search by."""

    DESIGN = """
name: people
patterns: {audit: true}
entities:
  Person:
    fields:
      name: text(40) required
      tax_number: text(20) required unique encrypted
"""

    def columns(self):
        return self.table_columns("people")

    def test_no_column_holds_the_plain_value(self):
        columns = self.columns()
        self.assertNotIn("tax_number", columns)
        self.assertTrue([c for c in columns if c.startswith("tax_number_")], columns)

    def test_the_blind_index_is_unique(self):
        names = [c for c in self.columns() if c.startswith("tax_number_")]
        self.assertEqual(len(names), 2, names)
        cipher, blind = self.cipher_and_blind(names)
        binary = "'\\x{}'" if self.postgres else "x'{}'"
        row = "INSERT INTO people (name, {}, {}) VALUES ('{}', {}, {})"
        one, two, hashed = binary.format("a1" * 40), binary.format("b2" * 40), f"'{'c3' * 32}'"
        self.run_sql(row.format(cipher, blind, "a", one, hashed))
        self.refused(row.format(cipher, blind, "b", two, hashed), says="unique|duplicate")
        self.refused(f"INSERT INTO people (name, {blind}) VALUES ('c', '{'c3' * 40}')")

    def cipher_and_blind(self, names):
        blind = [n for n in names if "index" in n or "hash" in n]
        self.assertEqual(len(blind), 1, names)
        return [n for n in names if n not in blind][0], blind[0]
