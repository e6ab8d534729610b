#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace relata {
namespace {

Expression sql(std::string text) { return {Operation::sql, std::move(text), "postgres", {}, {}}; }

SqlText text(std::string written) { return {"postgres", std::move(written), {}}; }

Column column(std::string name, std::string type, bool nullable = true) {
  Column made;
  made.name = std::move(name);
  made.type.spelling = std::move(type);
  made.nullable = nullable;
  return made;
}

Table table(std::string name, std::vector<Column> columns) {
  Table made;
  made.name = std::move(name);
  made.columns = std::move(columns);
  return made;
}

ForeignKey key_to(std::string other) {
  ForeignKey key;
  key.name = "to_" + other;
  key.columns = {"other"};
  key.table = std::move(other);
  return key;
}

Table referring(std::string name, std::string other) {
  Table made = table(std::move(name), {column("id", "integer", false), column("other", "integer")});
  made.primary_key = PrimaryKey{made.name + "_pkey", {"id"}};
  made.foreign_keys = {key_to(std::move(other))};
  return made;
}

Routine function(std::string name, std::string sql) {
  Routine made;
  made.kind = "function";
  made.name = std::move(name);
  made.sql = text(std::move(sql));
  return made;
}

std::string print(const Schema& read) {
  Schema schema = read;
  schema.dialect = "postgres";
  DiagnosticSink sink;
  return find_dialect("postgres")->ddl(schema, {}, sink);
}

struct Case {
  std::string what;
  std::function<void(Schema&)> fill;
  std::vector<std::string> expected;  ///< Parts of the script, in this order.
  std::vector<std::string> unwanted = {};
};

void check(const Case& c) {
  SCOPED_TRACE(c.what);
  Schema schema;
  c.fill(schema);
  const std::string script = print(schema);
  std::size_t at = 0;
  for (const std::string& part : c.expected) {
    const std::size_t found = script.find(part, at);
    EXPECT_NE(found, std::string::npos) << part << "\nis not, or not there, in\n" << script;
    if (found != std::string::npos) at = found + part.size();
  }
  for (const std::string& part : c.unwanted) {
    EXPECT_EQ(script.find(part), std::string::npos) << part << "\nis in\n" << script;
  }
}

TEST(PostgresNative, PrintsInAnOrderThatLoads) {
  const std::vector<Case> cases{
      {"a key stands in the later table",
       [](Schema& s) {
         s.tables = {referring("a", "b"), referring("b", "b")};
       },
       {"CREATE TABLE b (", "REFERENCES b", "CREATE TABLE a (", "REFERENCES b"},
       {"ALTER TABLE"}},
      {"only the key that closes a cycle is added afterwards",
       [](Schema& s) {
         s.tables = {referring("a", "b"), referring("b", "a")};
       },
       {"CREATE TABLE a (", "CREATE TABLE b (", "REFERENCES a",
        "ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (other) REFERENCES b;"}},
      {"a function that a default calls comes before the table, another one behind it",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer")});
         t.columns[0].default_value = sql("next_id()");
         s.tables = {t};
         s.routines = {function("all_t",
                                "CREATE FUNCTION all_t() RETURNS SETOF t LANGUAGE sql "
                                "AS $$ SELECT * FROM t $$"),
                       function("next_id",
                                "CREATE FUNCTION next_id() RETURNS integer LANGUAGE "
                                "plpgsql AS 'BEGIN RETURN 1; END'")};
       },
       {"SET check_function_bodies = false;", "FUNCTION next_id", "CREATE TABLE t",
        "DEFAULT next_id()", "FUNCTION all_t"}},
      {"a default that needs a function of the table's rows is set afterwards",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer")});
         t.columns[0].default_value = sql("of_row(NULL)");
         s.tables = {t};
         s.routines = {function("of_row",
                                "CREATE FUNCTION of_row(r t) RETURNS integer LANGUAGE "
                                "plpgsql AS 'BEGIN RETURN 1; END'")};
       },
       {"CREATE TABLE t (\n  id integer\n);", "FUNCTION of_row",
        "ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT of_row(NULL);"}},
      {"an argument's name is no type",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer")});
         t.columns[0].default_value = sql("f(1)");
         s.tables = {t};
         s.routines = {function("f",
                                "CREATE FUNCTION f(t integer) RETURNS integer LANGUAGE plpgsql "
                                "AS 'BEGIN RETURN 1; END'")};
       },
       {"FUNCTION f", "CREATE TABLE t", "DEFAULT f(1)"}},
      {"a domain after the function of its check, views after those they read",
       [](Schema& s) {
         Domain d;
         d.name = "d";
         d.type.spelling = "text";
         d.checks = {{"ok", sql("is_ok(VALUE)"), {}}};
         s.domains = {d};
         s.routines = {function("is_ok",
                                "CREATE FUNCTION is_ok(text) RETURNS boolean LANGUAGE sql "
                                "AS $$ SELECT true $$")};
         View first;
         first.name = "a";
         first.sql = "SELECT * FROM b";
         View second;
         second.name = "b";
         second.sql = "SELECT 1 AS a";
         s.views = {first, second};
       },
       {"FUNCTION is_ok", "CREATE DOMAIN d", "CREATE VIEW b", "CREATE VIEW a"}},
      {"an event trigger comes last",
       [](Schema& s) {
         s.others = {{"event trigger", {}, "e", text("CREATE EVENT TRIGGER e ON sql_drop"), "why"}};
         s.tables = {table("t", {column("id", "integer")})};
         s.tables[0].comment = "what";
       },
       {"CREATE TABLE t", "COMMENT ON TABLE t IS 'what';", "CREATE EVENT TRIGGER e",
        "COMMENT ON EVENT TRIGGER e IS 'why';"}},
  };
  for (const Case& c : cases) check(c);
}

Table partition(const Table& parent, std::string name) {
  Table made = table(std::move(name), parent.columns);
  for (Column& each : made.columns) each.inherited = true;
  made.partition_of = PartitionOf{{{}, parent.name}, text("DEFAULT")};
  return made;
}

TEST(PostgresNative, PrintsTablesOfOthers) {
  Table parent = table("p", {column("id", "integer", false)});
  parent.partitioning = Partitioning{"list", {{expression::column("id")}}, {}};
  parent.primary_key = PrimaryKey{"p_pkey", {"id"}};
  Table plain = partition(parent, "plain");
  plain.primary_key = PrimaryKey{"plain_pkey", {"id"}};
  plain.primary_key->parent = QualifiedName{{}, "p_pkey"};
  Table named = partition(parent, "named");
  named.primary_key = PrimaryKey{"own_name", {"id"}};
  named.primary_key->parent = plain.primary_key->parent;
  Table child = table("c", {column("id", "integer", false), column("more", "text")});
  child.columns[0].inherited = true;
  child.columns[0].default_value = sql("7");
  child.inherits = {{{}, "p"}};
  Table joined = table("j", {column("more", "text"), column("id", "integer", false)});
  joined.inherits = {{{}, "p"}};
  const std::vector<Case> cases{
      {"a partition as the server makes it",
       [&](Schema& s) {
         s.tables = {parent, plain};
       },
       {"CONSTRAINT p_pkey PRIMARY KEY (id)\n) PARTITION BY LIST (id);",
        "CREATE TABLE plain PARTITION OF p DEFAULT;"},
       {"ATTACH", "plain_pkey"}},
      {"one with a name of its own is attached",
       [&](Schema& s) {
         s.tables = {parent, named};
       },
       {"CREATE TABLE named (", "CONSTRAINT own_name PRIMARY KEY (id)",
        "ALTER TABLE ONLY p ATTACH PARTITION named DEFAULT;"}},
      {"a child, with what differs from its parent",
       [&](Schema& s) {
         s.tables = {child, parent};
       },
       {"CREATE TABLE p (", "CREATE TABLE c (\n  more text\n) INHERITS (p);",
        "ALTER TABLE ONLY c ALTER COLUMN id SET DEFAULT 7;"}},
      {"a child whose columns stand in another order",
       [&](Schema& s) {
         s.tables = {joined, parent};
       },
       {"CREATE TABLE j (\n  more text,\n  id   integer NOT NULL\n);",
        "ALTER TABLE ONLY j INHERIT p;"}},
  };
  for (const Case& c : cases) check(c);
}

TEST(PostgresNative, PrintsWhatAPersonWouldWrite) {
  const std::vector<Case> cases{
      {"serial where the sequence is what serial makes",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer", false)});
         t.columns[0].default_value = sql("nextval('t_id_seq'::regclass)");
         s.tables = {t};
         Sequence sequence;
         sequence.name = "t_id_seq";
         sequence.type = "integer";
         sequence.owned_by_table = {{}, "t"};
         sequence.owned_by_column = "id";
         s.sequences = {sequence};
       },
       {"id serial NOT NULL"},
       {"SEQUENCE", "nextval"}},
      {"a sequence of its own where it is not",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer", false)});
         t.columns[0].default_value = sql("nextval('numbers'::regclass)");
         s.tables = {t};
         Sequence sequence;
         sequence.name = "numbers";
         sequence.owned_by_table = {{}, "t"};
         sequence.owned_by_column = "id";
         s.sequences = {sequence};
       },
       {"CREATE SEQUENCE numbers;", "DEFAULT nextval('numbers'::regclass)",
        "ALTER SEQUENCE numbers OWNED BY t.id;"}},
      {"a second key on the same columns is added, or the server would forget it",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer", false)});
         t.primary_key = PrimaryKey{"t_pkey", {"id"}};
         t.uniques = {{"again", {"id"}, {}}};
         s.tables = {t};
       },
       {"PRIMARY KEY (id)\n);", "ALTER TABLE ONLY t ADD CONSTRAINT again UNIQUE (id);"}},
      {"names where the file's search path began elsewhere",
       [](Schema& s) {
         s.options = {{"search_path", "music, public"}};
         s.namespaces = {{"music", {}}};
         Table t = table("t", {column("id", "integer")});
         Table other = t;
         other.schema = "music";
         s.tables = {t, other};
       },
       {"CREATE SCHEMA music;", "SET search_path = public, music;", "CREATE TABLE public.t (",
        "SET search_path = music, public;", "CREATE TABLE music.t ("}},
      {"what is not validated stays so",
       [](Schema& s) {
         Table t = table("t", {column("id", "integer")});
         t.checks = {{"later", sql("(id > 0)"), {}}};
         t.checks[0].validated = false;
         s.tables = {t};
       },
       {"CREATE TABLE t (\n  id integer\n);",
        "ALTER TABLE t ADD CONSTRAINT later CHECK (id > 0) NOT VALID;"}},
  };
  for (const Case& c : cases) check(c);
}

TEST(PostgresNative, StaysLinear) {
  Schema schema;
  constexpr int count = 3000;
  for (int i = 0; i < count; ++i) {
    schema.tables.push_back(
        referring("t" + std::to_string(i), "t" + std::to_string((i * 7 + 1) % count)));
  }
  const std::string script = print(schema);
  EXPECT_NE(script.find("CREATE TABLE t2999 ("), std::string::npos);
  // More than the locks of one transaction.
  EXPECT_EQ(script.find("BEGIN;"), std::string::npos);
}

}  // namespace
}  // namespace relata
