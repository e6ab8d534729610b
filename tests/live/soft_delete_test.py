"""Soft delete: a deleted row stays, its unique values are free again, the application does not see
it, and it can be restored."""

from harness import APPLICATION, POSTGRES, on_engines

DESIGN = """
name: notes
patterns: {soft_delete: true}
entities:
  Notebook:
    fields: {name: text(60) required unique, color: text(20)}
    keys: ["unique(name, color)"]
  Page:
    fields: {title: text(60) required, position: integer}
    indexes: ["position where active"]
  Badge:
    patterns: {soft_delete: false}
    fields: {code: text(20) unique}
relationships:
  - Notebook 1--* Page
"""
DELETE = "UPDATE notebooks SET deleted_at = CURRENT_TIMESTAMP WHERE name = '{}' AND deleted_at IS NULL"


@on_engines()
class SoftDelete:
    DESIGN = DESIGN

    def insert(self, name):
        return f"INSERT INTO notebooks (name) VALUES ('{name}')"

    def test_a_live_name_is_taken_and_a_deleted_one_is_free(self):
        for _ in range(3):
            self.run_sql(self.insert("again"))
            self.refused(self.insert("again"), says="unique|duplicate")
            self.run_sql(DELETE.format("again"))
        self.run_sql(self.insert("again"))
        self.assertEqual(self.run_sql("SELECT count(*), count(deleted_at) FROM notebooks "
                                      "WHERE name = 'again'"), [["4", "3"]])

    def test_restoring_into_a_name_that_is_taken_is_refused(self):
        self.run_sql(self.insert("clash"))
        self.run_sql(DELETE.format("clash"))
        restore = "UPDATE notebooks SET deleted_at = NULL WHERE name = 'clash'"
        self.run_sql(self.insert("clash"))
        self.refused(restore, says="unique|duplicate")
        self.run_sql(DELETE.format("clash"))
        self.refused(restore, says="unique|duplicate")  # both would come back
        self.run_sql("DELETE FROM notebooks WHERE name = 'clash'")
        self.run_sql(self.insert("clash"))
        self.run_sql(DELETE.format("clash"))
        self.run_sql(restore)
        self.assertEqual(self.value("SELECT count(*) FROM notebooks WHERE name = 'clash' "
                                    "AND deleted_at IS NULL"), "1")

    def test_children_stay_with_a_deleted_parent(self):
        self.run_sql(self.insert("parent"))
        parent = self.value("SELECT id FROM notebooks WHERE name = 'parent'")
        self.run_sql(f"INSERT INTO pages (notebook_id, title) VALUES ('{parent}', 'child')")
        self.run_sql(DELETE.format("parent"))
        self.assertEqual(self.value("SELECT count(*) FROM pages WHERE title = 'child'"), "1")

    def test_an_entity_can_do_without(self):
        self.run_sql("INSERT INTO badges (code) VALUES ('b')")
        self.refused("INSERT INTO badges (code) VALUES ('b')", says="unique|duplicate")
        self.refused("SELECT deleted_at FROM badges")

    def test_the_index_of_live_rows(self):
        indexes = [i for i in self.indexes() if i.table == "pages" and i.columns[0] == "position"]
        self.assertEqual(len(indexes), 1)
        if not self.mysql:
            self.assertIn("deleted_at is null", indexes[0].where.lower().replace('"', ""))


@on_engines(*POSTGRES)
class HiddenFromTheApplication:
    """The application's role sees live rows, unless its session asks for the deleted ones too."""

    DESIGN = DESIGN

    def app(self, sql, **settings):
        return self.run_sql(sql, user=APPLICATION, **settings)

    def setUp(self):
        self.run_sql("DELETE FROM notebooks")
        self.app("INSERT INTO notebooks (name) VALUES ('live'), ('dead')")

    def names(self, **settings):
        return [row[0] for row in self.app("SELECT name FROM notebooks ORDER BY name", **settings)]

    def delete(self):
        self.app(DELETE.format("dead"), include_deleted="on")

    def test_a_deleted_row_is_hidden_and_shown_on_demand(self):
        self.assertEqual(self.names(), ["dead", "live"])
        self.delete()
        self.assertEqual(self.names(), ["live"])
        self.assertEqual(self.names(include_deleted="on"), ["dead", "live"])
        self.assertEqual(self.names(include_deleted="off"), ["live"])
        self.assertEqual(self.names(include_deleted=""), ["live"])

    def test_a_deleted_row_cannot_be_changed_unseen(self):
        self.delete()
        self.app("UPDATE notebooks SET color = 'red'")
        self.assertEqual(self.run_sql("SELECT name FROM notebooks WHERE color = 'red'"), [["live"]])
        self.app("DELETE FROM notebooks")
        self.assertEqual(self.run_sql("SELECT name FROM notebooks"), [["dead"]])

    def test_the_functions_delete_and_restore(self):
        key = self.app("SELECT id FROM notebooks WHERE name = 'dead'")[0][0]
        for function, done in (("restore", "f"), ("soft_delete", "t"), ("soft_delete", "f"),
                               ("restore", "t"), ("soft_delete", "t")):
            with self.subTest(function, done=done):
                self.assertEqual(self.app(f"SELECT notebooks_{function}('{key}')"), [[done]])
                self.assertEqual(self.names(), ["live"] if function == "soft_delete" else
                                 ["dead", "live"])
        rows = self.app(f"SELECT notebooks_restore('{key}'); SELECT notebooks_soft_delete('{key}'); "
                        "SELECT name FROM notebooks")
        self.assertEqual(rows, [["t"], ["t"], ["live"]], "the setting outlived the function")

    def test_deleting_a_row_that_is_then_hidden_needs_the_setting(self):
        self.refused(DELETE.format("dead"), user=APPLICATION, says="row-level security")

    def test_it_can_be_restored(self):
        self.delete()
        self.app("UPDATE notebooks SET deleted_at = NULL WHERE name = 'dead'", include_deleted="on")
        self.assertEqual(self.names(), ["dead", "live"])

    def test_the_owner_sees_what_the_policies_say_too(self):
        """Row security is forced: nobody but a superuser or a role with BYPASSRLS goes around it."""
        forced = self.run_sql("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
                              "WHERE relname IN ('notebooks', 'pages') ORDER BY relname")
        self.assertEqual(forced, [["notebooks", "t", "t"], ["pages", "t", "t"]])
