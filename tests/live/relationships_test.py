"""How rows belong together: exclusive arcs, supertypes, subtypes, many to many, natural keys,
hierarchies, and foreign keys that go round in a circle."""

from harness import on_engines


def insert(test, table, **values):
    """Inserts a row and returns its id; values are SQL."""
    mark = values.pop("by")
    columns = ", ".join(values)
    test.run_sql(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(map(str, values.values()))})")
    return test.value(f"SELECT id FROM {table} WHERE {mark} = {values[mark]}")


@on_engines()
class ExclusiveArc:
    DESIGN = """
name: board
entities:
  Task:
    fields: {title: text(40) required}
  Project:
    fields: {name: text(40) required}
  Comment:
    fields: {body: text(40) required}
    polymorphic:
      subject: Task | Project required
  Flag:
    fields: {reason: text(40) required}
    polymorphic:
      subject: Task | Project
"""

    @classmethod
    def prepare(cls):
        cls.database.run("INSERT INTO tasks (title) VALUES ('t')")
        cls.database.run("INSERT INTO projects (name) VALUES ('p')")
        cls.task = "'" + cls.database.value("SELECT id FROM tasks") + "'"
        cls.project = "'" + cls.database.value("SELECT id FROM projects") + "'"

    def arms(self, table):
        found = {key.referenced_table: key.columns[0] for key in self.foreign_keys()
                 if key.table == table}
        return found["tasks"], found["projects"]

    def insert(self, table, text, task="NULL", project="NULL"):
        first, second = self.arms(table)
        column = {"comments": "body", "flags": "reason"}[table]
        return (f"INSERT INTO {table} ({column}, {first}, {second}) "
                f"VALUES ('{text}', {task}, {project})")

    def test_exactly_one_arm_of_a_required_reference(self):
        self.run_sql(self.insert("comments", "on task", task=self.task))
        self.run_sql(self.insert("comments", "on project", project=self.project))
        self.refused(self.insert("comments", "on none"))
        self.refused(self.insert("comments", "on both", self.task, self.project))
        first, second = self.arms("comments")
        self.refused(f"UPDATE comments SET {second} = {self.project} WHERE body = 'on task'")
        self.refused(f"UPDATE comments SET {first} = NULL WHERE body = 'on task'")
        self.run_sql(f"UPDATE comments SET {first} = NULL, {second} = {self.project} "
                     "WHERE body = 'on task'")

    def test_at_most_one_arm_of_an_optional_reference(self):
        self.run_sql(self.insert("flags", "on none"))
        self.run_sql(self.insert("flags", "on task", task=self.task))
        self.refused(self.insert("flags", "on both", self.task, self.project))

    def test_an_arm_must_exist(self):
        nobody = "'01890a5d-ac96-774b-bcce-b302099a8057'"
        self.refused(self.insert("comments", "on nothing", task=nobody), says="foreign key")


@on_engines()
class Supertype:
    DESIGN = ExclusiveArc.DESIGN.replace("name: board", "name: board\npatterns:\n"
                                         "  polymorphic: supertype")

    def test_a_subject_of_either_kind(self):
        """Each target is a row of the supertype's table, and the reference points there."""
        targets = {key.table: key for key in self.foreign_keys()
                   if key.table in ("tasks", "projects", "comments")}
        parents = {key.referenced_table for key in targets.values()}
        self.assertEqual(len(targets), 3, targets)
        self.assertEqual(len(parents), 1, parents)
        self.assertNotIn("tasks", parents)

    def test_a_comment_on_either_kind(self):
        subjects = {}
        for kind, row in (("task", "tasks (subject_id, title)"), ("project", "projects (subject_id, name)")):
            self.run_sql(f"INSERT INTO subjects (kind) VALUES ('{kind}')")
            subject = subjects[kind] = self.value(f"SELECT id FROM subjects WHERE kind = '{kind}'")
            self.run_sql(f"INSERT INTO {row} VALUES ('{subject}', 'x')")
            self.refused(f"INSERT INTO {row} VALUES ('{subject}', 'again')", says="unique|duplicate")
            self.run_sql(f"INSERT INTO comments (subject_id, body) VALUES ('{subject}', 'on {kind}')")
        self.refused("INSERT INTO comments (body) VALUES ('on nothing')")
        self.refused("INSERT INTO comments (subject_id, body) VALUES "
                     "('01890a5d-ac96-774b-bcce-b302099a8057', 'on nobody')", says="foreign key")
        self.refused("INSERT INTO subjects (kind) VALUES ('comment')")


@on_engines()
class Subtypes:
    DESIGN = """
name: clinic
entities:
  Staff:
    table: staff
    fields: {name: text(40) required}
  Doctor:
    subtype_of: Staff
    fields: {licence: text(20) required unique}
  Nurse:
    subtype_of: Staff
    fields: {grade: text(20)}
"""

    def test_a_subtype_row_is_its_supertype_row(self):
        key = next(k for k in self.foreign_keys() if k.table == "doctors")
        self.assertEqual(key.referenced_table, "staff")
        self.assertEqual(key.columns, self.primary_key("doctors"))
        staff = insert(self, "staff", name="'Ann'", by="name")
        own = key.columns[0]
        self.run_sql(f"INSERT INTO doctors ({own}, licence) VALUES ('{staff}', 'L1')")
        self.refused(f"INSERT INTO doctors ({own}, licence) VALUES ('{staff}', 'L2')")
        nobody = "01890a5d-ac96-774b-bcce-b302099a8057"
        self.refused(f"INSERT INTO doctors ({own}, licence) VALUES ('{nobody}', 'L3')",
                     says="foreign key")
        self.run_sql(f"DELETE FROM staff WHERE id = '{staff}'")
        self.assertEqual(self.value("SELECT count(*) FROM doctors"), "0")


@on_engines()
class ManyToMany:
    DESIGN = """
name: school
entities:
  Student:
    fields: {name: text(40) required}
  Section:
    fields: {code: text(10) required}
  Enrolment:
    kind: junction
    fields:
      grade: integer
  Tag:
    fields: {name: text(40) required}
relationships:
  - Student *--* Section (via Enrolment)
  - Section *--* Tag
"""

    def test_a_pair_once_with_its_own_fields(self):
        student = insert(self, "students", name="'Bo'", by="name")
        section = insert(self, "sections", code="'A1'", by="code")
        row = (f"INSERT INTO enrolments (student_id, section_id, grade) "
               f"VALUES ('{student}', '{section}', 1)")
        self.run_sql(row)
        self.refused(row, says="unique|duplicate")
        self.refused(f"INSERT INTO enrolments (student_id, grade) VALUES ('{student}', 1)")
        self.run_sql(f"DELETE FROM students WHERE id = '{student}'")
        self.assertEqual(self.value("SELECT count(*) FROM enrolments"), "0")
        self.assertEqual(self.value("SELECT count(*) FROM sections WHERE code = 'A1'"), "1")

    def test_a_junction_that_the_design_only_implies(self):
        table = next(iter({k.table for k in self.foreign_keys() if k.referenced_table == "tags"}))
        tag = insert(self, "tags", name="'x'", by="name")
        section = insert(self, "sections", code="'B2'", by="code")
        row = f"INSERT INTO {table} (section_id, tag_id) VALUES ('{section}', '{tag}')"
        self.run_sql(row)
        self.refused(row, says="unique|duplicate")


@on_engines()
class NaturalKeys:
    DESIGN = """
name: campus
entities:
  Country:
    fields: {code: text(2) required, name: text(40) required}
    keys: [primary(code)]
  Building:
    fields: {name: text(40) required}
    keys: ["unique(country, name)"]
  Room:
    kind: weak
    fields: {number: text(10) required, seats: integer >= 1 <= 500}
relationships:
  - Country 1--* Building
  - Building 1--* Room (identifying)
"""

    @classmethod
    def prepare(cls):
        cls.database.run("INSERT INTO countries (code, name) VALUES ('FR', 'France'), "
                         "('IT', 'Italy')")

    def test_the_identifier_of_the_text_is_unique(self):
        self.refused("INSERT INTO countries (code, name) VALUES ('FR', 'Again')",
                     says="unique|duplicate")

    def test_unique_within_a_parent(self):
        key = next(k for k in self.foreign_keys() if k.table == "buildings")
        refers = {}
        for code in ("FR", "IT"):
            refers[code] = self.value(f"SELECT {key.referenced_columns[0]} FROM countries "
                                      f"WHERE code = '{code}'")
        row = f"INSERT INTO buildings ({key.columns[0]}, name) VALUES ('{{}}', 'Tower')"
        self.run_sql(row.format(refers["FR"]))
        self.run_sql(row.format(refers["IT"]))
        self.refused(row.format(refers["FR"]), says="unique|duplicate")


@on_engines()
class Hierarchy:
    DESIGN = """
name: shop
entities:
  Category:
    fields: {name: text(40) required}
relationships:
  - Category *--0..1 Category as parent
"""

    def test_a_parent_of_the_same_kind_or_none(self):
        top = insert(self, "categories", name="'top'", by="name")
        insert(self, "categories", name="'sub'", parent_id=f"'{top}'", by="name")
        self.refused("INSERT INTO categories (name, parent_id) VALUES ('x', "
                     "'01890a5d-ac96-774b-bcce-b302099a8057')", says="foreign key")


@on_engines()
class Cycle:
    """A department has a head, who works in a department: which table comes first?"""

    DESIGN = """
name: company
entities:
  Department:
    fields: {name: text(40) required}
  Employee:
    fields: {name: text(40) required}
  Office:
    fields: {city: text(40) required}
relationships:
  - Department 1--* Employee
  - Department *--0..1 Employee as head
  - Office *--0..1 Department as host
  - Employee *--0..1 Office
"""

    def test_all_keys_of_the_circle_stand(self):
        pairs = {(key.table, key.referenced_table) for key in self.foreign_keys()}
        self.assertEqual(pairs, {("departments", "employees"), ("employees", "departments"),
                                 ("offices", "departments"), ("employees", "offices")})

    def test_rows_go_round(self):
        department = insert(self, "departments", name="'D'", by="name")
        employee = insert(self, "employees", name="'E'", department_id=f"'{department}'", by="name")
        self.run_sql(f"UPDATE departments SET head_id = '{employee}'")
        self.refused("UPDATE departments SET head_id = '01890a5d-ac96-774b-bcce-b302099a8057'",
                     says="foreign key")
