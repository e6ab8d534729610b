"""`relata migrate` on MariaDB, with rows in the tables: a plan leads to the other schema, leaves
nothing to do, keeps the rows, and comes back."""

import contextlib
import json
import pathlib
import re
import tempfile
import unittest

from harness import RelataError, on_engines, relata

HEAD = """
CREATE TABLE owners (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(40) NOT NULL,
  code varchar(10) CHARACTER SET latin1,
  UNIQUE KEY owners_code (code)
);
CREATE TABLE pets (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id int NOT NULL,
  name varchar(20),
  kind enum('cat', 'dog') NOT NULL DEFAULT 'cat',
  weight int,
  KEY pets_name (name),
  CONSTRAINT pets_owner FOREIGN KEY (owner_id) REFERENCES owners (id)
);
"""
ROWS = """
INSERT INTO owners (name, code) VALUES ('Ann', 'a'), ('Bob', 'b');
INSERT INTO pets (owner_id, name, kind, weight) VALUES (1, 'Rex', 'dog', 12), (2, 'Tom', 'cat', 4),
  (2, NULL, 'cat', 3);
"""
# What follows HEAD before and after; what is asked of the rows at the end.
PAIRS = {
    "columns come": (
        "", "ALTER TABLE pets ADD COLUMN born date DEFAULT '2000-01-01' AFTER name,"
        " ADD COLUMN tag varchar(36) NOT NULL DEFAULT (uuid()), ADD COLUMN half int AS (weight DIV 2)"
        " STORED, ADD COLUMN twice int AS (weight * 2) VIRTUAL;",
        {"SELECT DISTINCT born FROM pets": [["2000-01-01"]],
         "SELECT count(DISTINCT tag), sum(half), sum(twice) FROM pets": [["3", "9", "38"]]}),
    "types of keys that others lead to": (
        "", "ALTER TABLE pets DROP FOREIGN KEY pets_owner;"
        "ALTER TABLE owners MODIFY id bigint NOT NULL AUTO_INCREMENT;"
        "ALTER TABLE pets MODIFY owner_id bigint NOT NULL, ADD CONSTRAINT pets_owner FOREIGN KEY"
        " (owner_id) REFERENCES owners (id) ON DELETE CASCADE;",
        {"SELECT sum(owner_id) FROM pets": [["5"]]}),
    "NULL is filled in with the default": (
        "", "ALTER TABLE pets MODIFY name varchar(20) NOT NULL DEFAULT 'nobody';",
        {"SELECT name FROM pets ORDER BY id": [["Rex"], ["Tom"], ["nobody"]]}),
    "character sets": (
        "", "ALTER TABLE owners MODIFY code varchar(10) CHARACTER SET utf8mb4;"
        "ALTER TABLE pets CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;",
        {"SELECT group_concat(code ORDER BY id) FROM owners": [["a,b"]]}),
    "keys, indexes and checks": (
        "ALTER TABLE pets ADD CONSTRAINT light CHECK (weight < 100);",
        "ALTER TABLE pets ADD CONSTRAINT light CHECK (weight < 50), DROP KEY pets_name,"
        " ADD UNIQUE KEY pets_name (name), ADD FULLTEXT KEY pets_words (name),"
        " DROP PRIMARY KEY, ADD PRIMARY KEY (id, kind);", {}),
    "enumerations": (
        "", "ALTER TABLE pets MODIFY kind enum('cat', 'dog', 'bird') NOT NULL DEFAULT 'bird';",
        {"SELECT group_concat(kind ORDER BY id) FROM pets": [["dog,cat,cat"]]}),
    "views, triggers and routines": (
        "CREATE VIEW heavy AS SELECT name FROM pets WHERE weight > 10;"
        "CREATE TRIGGER pets_named BEFORE INSERT ON pets FOR EACH ROW SET NEW.name = upper(NEW.name);"
        "CREATE FUNCTION grams(kilos int) RETURNS int DETERMINISTIC RETURN kilos * 1000;",
        "ALTER TABLE pets ADD COLUMN chip int;"
        "CREATE VIEW heavy AS SELECT name, chip FROM pets WHERE weight > 3;"
        "CREATE TRIGGER pets_named BEFORE INSERT ON pets FOR EACH ROW SET NEW.chip = 7;"
        "CREATE FUNCTION grams(kilos bigint) RETURNS bigint DETERMINISTIC RETURN kilos * 1000;",
        {"SELECT count(*) FROM heavy": [["2"]]}),
    "tables come and go": (
        "CREATE TABLE toys (id int PRIMARY KEY, pet_id int, FOREIGN KEY (pet_id) REFERENCES pets (id));",
        "CREATE TABLE vets (id int PRIMARY KEY);"
        "ALTER TABLE pets ADD COLUMN vet_id int, ADD CONSTRAINT pets_vet FOREIGN KEY (vet_id)"
        " REFERENCES vets (id);", {}),
    "partitions": (
        "CREATE TABLE days (day date NOT NULL, n int, PRIMARY KEY (day)) PARTITION BY RANGE COLUMNS"
        " (day) (PARTITION p1 VALUES LESS THAN ('2024-01-01'));",
        "CREATE TABLE days (day date NOT NULL, n int, PRIMARY KEY (day)) PARTITION BY RANGE COLUMNS"
        " (day) (PARTITION p1 VALUES LESS THAN ('2024-01-01'), PARTITION p2 VALUES LESS THAN"
        " (MAXVALUE));", {}),
}


@on_engines("mariadb")
class MigrateMysql:
    def url(self, database):
        return f"mysql://root@127.0.0.1:{self.server.port}/{database.name}"

    def shape(self, database):
        """What SHOW CREATE TABLE says, without the order of the lines and the next number."""
        tables = database.run("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA ="
                               " DATABASE() AND TABLE_NAME NOT LIKE 'relata%' ORDER BY 1")
        shown = {}
        for (table,) in tables:
            text = database.run(f"SHOW CREATE TABLE `{table}`")[0][1]
            text = re.sub(r" AUTO_INCREMENT=\d+", "", text)
            shown[table] = sorted(line.strip().rstrip(",") for line in text.splitlines())
        return shown

    def rows_of(self, database):
        return database.run("SELECT p.id, o.name, p.name, p.kind, p.weight FROM pets p"
                             " JOIN owners o ON o.id = p.owner_id ORDER BY 1")

    @contextlib.contextmanager
    def planned(self, before, after, *options):
        """A database with rows, one with the schema it is led to, and the folders of both plans."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "before.sql").write_text(before)
            (folder / "after.sql").write_text(after)
            database, target = self.server.new_database(), self.server.new_database()
            database.load(before + ROWS)
            target.load(after)
            relata("migrate", "plan", self.url(database), self.url(target), "-o", folder / "plan",
                   *options)
            yield database, target, folder

    def test_it_leads_there_and_back_with_every_row(self):
        for title, (before, after, asked) in PAIRS.items():
            with self.subTest(title), self.planned(HEAD + before, HEAD + after,
                                                   "--allow-loss") as (database, target, folder):
                start, rows, url = self.shape(database), self.rows_of(database), self.url(database)
                relata("migrate", "run", folder / "plan", "--db", url)
                relata("migrate", "run", folder / "plan", "--db", url)  # nothing is done twice
                self.assertEqual(self.shape(database), self.shape(target))
                self.assertEqual(relata("diff", url, self.url(target)), "")
                for question, answer in asked.items():
                    self.assertEqual(database.run(question), answer)
                relata("migrate", "undo", folder / "plan", "--db", url, "--all")
                self.assertEqual(self.shape(database), start)
                if "filled" not in title:  # which rows had no value is not known any more
                    self.assertEqual(self.rows_of(database), rows)

    def test_every_alter_says_its_algorithm_and_lock(self):
        for title, (before, after, _) in PAIRS.items():
            with self.subTest(title), self.planned(HEAD + before, HEAD + after,
                                                   "--allow-loss") as (_, _, folder):
                plan = json.loads((folder / "plan/plan.json").read_text())
                for step in plan["steps"]:
                    for action in (step["forward"], step["back"]):
                        for statement in action["statements"]:
                            if statement.startswith("ALTER TABLE") and "ADD PARTITION" not in statement:
                                self.assertRegex(statement, "ALGORITHM = .*LOCK = ")

    def test_a_step_that_fails_says_why_and_can_be_run_again(self):
        after = HEAD + "ALTER TABLE pets MODIFY name varchar(20) NOT NULL, ADD COLUMN chip int;"
        with self.planned(HEAD, after) as (database, target, folder):
            url = self.url(database)
            with self.assertRaises(RelataError) as caught:
                relata("migrate", "run", folder / "plan", "--db", url)
            self.assertIn("every row of pets has a value in name", str(caught.exception))
            self.assertIn("open", relata("migrate", "status", folder / "plan", "--db", url))
            database.run("UPDATE pets SET name = 'Kim' WHERE name IS NULL")
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(self.shape(database), self.shape(target))

    def test_a_row_that_leads_nowhere_is_found(self):
        after = HEAD.replace("weight int,", "weight int, vet_id int, KEY pets_vet (vet_id), CONSTRAINT"
                             " pets_vet FOREIGN KEY (vet_id) REFERENCES vets (id),")
        before = HEAD.replace("weight int,", "weight int, vet_id int,")
        vets = "CREATE TABLE vets (id int PRIMARY KEY);"
        with self.planned(vets + before, vets + after, "--rows",
                          "pets=1000000") as (database, target, folder):
            url = self.url(database)
            database.run("UPDATE pets SET vet_id = 5 WHERE id = 1")
            with self.assertRaises(RelataError) as caught:
                relata("migrate", "run", folder / "plan", "--db", url)
            self.assertIn("every row of pets has its vet_id in vets", str(caught.exception))
            database.run("INSERT INTO vets VALUES (5)")
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(self.shape(database), self.shape(target))

    def test_renames_and_types_of_large_tables_change_beside_their_views_and_triggers(self):
        before = HEAD + ("CREATE VIEW named AS SELECT name FROM pets; CREATE TRIGGER pets_named BEFORE"
                         " INSERT ON owners FOR EACH ROW SET NEW.name = upper(NEW.name);")
        after = (before.replace("CREATE TABLE owners", "CREATE TABLE people")
                 .replace("ON owners FOR", "ON people FOR").replace("REFERENCES owners", "REFERENCES people")
                 .replace("  name varchar(40)", "  full_name varchar(40)")
                 .replace("NEW.name", "NEW.full_name").replace("  name varchar(20)", "  title varchar(20)")
                 .replace("pets_name (name)", "pets_name (title)").replace("SELECT name", "SELECT title")
                 .replace("weight int", "weight bigint"))
        with self.planned(before, after, "--rename", "owners=people", "--rename",
                          "owners.name=full_name", "--rename", "pets.name=title", "--rows",
                          "pets=1000000") as (database, target, folder):
            url, start = self.url(database), self.shape(database)
            rows = "SELECT id, {}, kind, weight FROM pets ORDER BY id"
            kept = database.run(rows.format("name"))
            self.assertIn("relata_weight", (folder / "plan/plan.json").read_text())
            relata("migrate", "run", folder / "plan", "--db", url)
            self.assertEqual(self.shape(database), self.shape(target))
            self.assertEqual(relata("diff", url, self.url(target)), "")
            self.assertEqual(database.run(rows.format("title")), kept)
            relata("migrate", "undo", folder / "plan", "--db", url, "--all")
            self.assertEqual(self.shape(database), start)
            self.assertEqual(database.run(rows.format("name")), kept)

    def test_data_is_not_lost_without_being_asked_for(self):
        for after, lost in ((HEAD.replace("  weight int,\n", ""), "weight"),
                            (HEAD.replace("'cat', 'dog'", "'cat'"), "kind"),
                            (HEAD.replace("varchar(40)", "varchar(4)"), "name"),
                            (HEAD.split("CREATE TABLE pets")[0], "pets")):
            with self.subTest(lost), self.assertRaises(RelataError) as caught:
                with self.planned(HEAD, after):
                    pass
            self.assertIn(lost, str(caught.exception))


if __name__ == "__main__":
    unittest.main()
