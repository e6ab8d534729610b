"""created_at and updated_at: set by the database, updated_at on every write."""

import datetime

from harness import on_engines


@on_engines()
class Timestamps:
    DESIGN = """
name: notes
entities:
  Note:
    fields:
      title: text(40) required
      body: text
  Event:
    patterns: {timestamps: false}
    fields:
      name: text(40)
"""
    OLD = "2001-02-03 04:05:06"

    def moment(self, column, title):
        text = self.value(f"SELECT {column} FROM notes WHERE title = '{title}'")
        text = text.replace("Z", "+00:00")
        if text.endswith("+00"):
            text += ":00"
        moment = datetime.datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)

    def age(self, column, title):
        now = datetime.datetime.now(datetime.timezone.utc)
        return abs((now - self.moment(column, title)).total_seconds())

    def test_an_insert_takes_the_time_of_the_server(self):
        self.run_sql("INSERT INTO notes (title) VALUES ('new')")
        self.assertLess(self.age("created_at", "new"), 10)
        self.assertLess(self.age("updated_at", "new"), 10)

    def test_an_update_moves_updated_at_only(self):
        self.run_sql(f"INSERT INTO notes (title, created_at, updated_at) "
                     f"VALUES ('old', '{self.OLD}', '{self.OLD}'), "
                     f"('other', '{self.OLD}', '{self.OLD}')")
        self.run_sql("UPDATE notes SET body = 'changed' WHERE title = 'old'")
        self.assertLess(self.age("updated_at", "old"), 10)
        self.assertEqual(self.moment("created_at", "old").year, 2001)
        self.assertEqual(self.moment("updated_at", "other").year, 2001)

    def test_every_row_of_an_update_is_touched(self):
        self.run_sql(f"INSERT INTO notes (title, body, updated_at) "
                     f"VALUES ('m1', 'm', '{self.OLD}'), ('m2', 'm', '{self.OLD}')")
        self.run_sql("UPDATE notes SET body = 'n' WHERE body = 'm'")
        for title in ("m1", "m2"):
            self.assertLess(self.age("updated_at", title), 10)

    def test_neither_can_be_empty(self):
        for column in ("created_at", "updated_at"):
            self.refused(f"INSERT INTO notes (title, {column}) VALUES ('x', NULL)", says="null")

    def test_an_entity_can_do_without(self):
        for column in ("created_at", "updated_at"):
            self.refused(f"SELECT {column} FROM events")
