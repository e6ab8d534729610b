"""Every command takes schemas that exist: SQL, folders of migrations, Prisma, DBML, databases."""

import json
import sqlite3
import unittest

from program import ProgramTest, relata

SHOP = """
CREATE TABLE customers (
  id serial PRIMARY KEY,
  email varchar(80) NOT NULL UNIQUE
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sent')),
  total numeric(10,2) NOT NULL DEFAULT 0 CHECK (total >= 0)
);
"""

PRISMA = """
datasource db { provider = "postgresql" }
model Customer { id Int @id @default(autoincrement())
  email String @unique
  orders Order[] }
model Order { id BigInt @id
  customerId Int
  customer Customer @relation(fields: [customerId], references: [id]) }
"""

DBML = "Table customers { id int [pk]\n email varchar(80) [unique] }\n" \
       "Table orders { id int [pk]\n customer_id int [ref: > customers.id] }\n"


class SourcesTest(ProgramTest):
    def run_differs(self, *arguments):
        """Exit 1: what was compared differs."""
        run = relata("diff", *arguments, folder=self.folder)
        self.assertEqual(run.code, 1, run)
        return run

    def test_sql_is_written_for_every_database(self):
        self.write("shop.sql", SHOP)
        for dialect in ("postgres", "mysql", "sqlite"):
            with self.subTest(dialect):
                out = self.run_ok("emit", dialect, "shop.sql").out.lower()
                self.assertEqual(out.count("create table"), 2)
                self.assertIn("customer_id", out)
        ddl = self.run_ok("emit", "sqlite", "shop.sql").out
        database = sqlite3.connect(":memory:")
        database.executescript(ddl)
        database.execute("INSERT INTO customers (email) VALUES ('a@b')")
        with self.assertRaises(sqlite3.IntegrityError):
            database.execute("INSERT INTO orders (customer_id, state) VALUES (1, 'lost')")

    def test_import_gives_a_design_that_builds(self):
        self.write("shop.sql", SHOP)
        run = self.run_ok("import", "shop.sql", "-o", "design.yaml")
        self.assertIn("Order", run.out)
        yaml = (self.folder / "design.yaml").read_text()
        self.assertIn("state: enum(new, sent) required = new", yaml)
        self.assertIn("Order *\u2500\u25001 Customer (on delete cascade)", yaml)
        self.assertTrue((self.folder / "design.schema.json").exists())
        out = self.run_ok("emit", "sqlite", "design.yaml").out
        self.assertEqual(out.lower().count("create table"), 2)

    def test_diff_tells_what_differs(self):
        self.write("old.sql", SHOP)
        self.write("same.sql", SHOP.replace("state IN ('new', 'sent')",
                                            "state = ANY (ARRAY['new'::text, 'sent'])"))
        self.write("new.sql", SHOP.replace("numeric(10,2)", "numeric(12,2)"))
        self.assertEqual(self.run_ok("diff", "old.sql", "same.sql").out, "")
        changed = self.run_differs("old.sql", "new.sql")
        self.assertIn("table orders\n  changed column total: type numeric(10,2) -> numeric(12,2)",
                      changed.out)
        changes = json.loads(self.run_differs("old.sql", "new.sql", "--json").out)
        self.assertEqual([c["attribute"] for c in changes["changes"]], ["type"])

    def test_prisma_dbml_folders_and_standard_input(self):
        self.write("schema.prisma", PRISMA)
        self.write("shop.dbml", DBML)
        self.write("migrations/1_init.up.sql", SHOP)
        self.write("migrations/1_init.down.sql", "DROP TABLE orders; DROP TABLE customers;")
        self.write("migrations/2_note.up.sql", "ALTER TABLE orders ADD COLUMN note text;")
        self.write("migrations/2_note.down.sql", "ALTER TABLE orders DROP COLUMN note;")
        for source, expected in (("schema.prisma", "customerId"), ("shop.dbml", "customer_id"),
                                 ("migrations", "note")):
            with self.subTest(source):
                schema = json.loads(self.run_ok("emit", "json", source).out)
                self.assertEqual(len(schema["tables"]), 2)
                self.assertIn(expected, [c["name"] for c in schema["tables"][1]["columns"]])
        self.assertIn("orders", self.run_ok("emit", "mermaid", "-", text=SHOP).out)

    def test_a_sqlite_database_is_read_and_left_alone(self):
        path = self.folder / "app.db"
        database = sqlite3.connect(path)
        database.executescript("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL);")
        database.close()
        before = path.read_bytes()
        self.assertIn("CREATE TABLE t", self.run_ok("emit", "sqlite", f"sqlite:{path}").out)
        self.assertEqual(path.read_bytes(), before)

    def test_what_cannot_be_read_says_so(self):
        self.write("cut.sql", SHOP[:-40])
        self.write("other.sql", "CREATE TABEL t (a int);")
        self.run_bad("emit", "postgres", "cut.sql", says="ends in the middle")
        self.run_bad("emit", "postgres", "other.sql", says="none of these statements")
        self.run_bad("emit", "postgres", "sqlite:missing.db", says="missing.db")
        self.run_bad("emit", "postgres", "cut.sql", "--from", "oracle", says="unknown dialect")
        secret = self.run_bad("emit", "postgres", "postgres://me:hunter2@127.0.0.1:1/x",
                              says="127.0.0.1")
        self.assertNotIn("hunter2", str(secret))


if __name__ == "__main__":
    unittest.main()
