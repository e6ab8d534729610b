#include "dialect/convert.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace relata {
namespace {

/// A column as a reader gives it: the nearest neutral kind, and the engine's own spelling.
Column column(std::string name, TypeKind kind, std::string spelling, int length = 0) {
  Column made;
  made.name = std::move(name);
  made.type = simple_type(kind);
  made.type.length = length;
  made.type.spelling = std::move(spelling);
  return made;
}

Expression sql(std::string text, std::string dialect, std::vector<Expression> meaning = {}) {
  return {Operation::sql, std::move(text), std::move(dialect), std::move(meaning), {}};
}

Column with_default(Column column, std::string text, std::string dialect) {
  column.default_value = sql(std::move(text), std::move(dialect));
  return column;
}

Table table(std::string name, std::vector<Column> columns) {
  Table made;
  made.name = std::move(name);
  made.columns = std::move(columns);
  made.primary_key = PrimaryKey{{}, {made.columns.front().name}};
  return made;
}

Schema schema_of(std::string dialect, std::vector<Table> tables) {
  Schema schema;
  schema.dialect = std::move(dialect);
  schema.tables = std::move(tables);
  return schema;
}

struct Case {
  std::string what;
  Schema schema;
  std::string target;
  std::vector<std::string> expected;  ///< Parts of the script.
  std::vector<std::string> unwanted;
  std::vector<std::string> codes;  ///< Of all diagnostics, in order.
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what + " for " + c.target);
    DiagnosticSink sink;
    const std::string script = find_dialect(c.target)->ddl(c.schema, {}, sink);
    for (const std::string& part : c.expected) {
      EXPECT_NE(script.find(part), std::string::npos) << part << "\nis not in\n" << script;
    }
    for (const std::string& part : c.unwanted) {
      EXPECT_EQ(script.find(part), std::string::npos) << part << "\nis in\n" << script;
    }
    std::vector<std::string> codes;
    for (const Diagnostic& diagnostic : sink.all()) codes.push_back(diagnostic.code);
    EXPECT_EQ(codes, c.codes);
  }
}

/// One table with an id and the column, read in a dialect.
Schema one(const std::string& dialect, Column tested) {
  return schema_of(dialect,
                   {table("t", {column("id", TypeKind::integer, "integer"), std::move(tested)})});
}

TEST(Convert, GivesEachTypeItsPlace) {
  check({
      {"unsigned numbers",
       one("mysql", column("n", TypeKind::integer, "int unsigned")),
       "postgres",
       {"n  bigint", "CHECK (n >= 0)"},
       {},
       {}},
      {"the widest unsigned numbers",
       one("mysql", column("n", TypeKind::big_integer, "bigint unsigned")),
       "sqlite",
       {"n  INTEGER"},
       {},
       {"unsigned-not-available"}},
      {"truth values",
       one("mysql", with_default(column("f", TypeKind::boolean, "tinyint(1)"), "0", "mysql")),
       "postgres",
       {"f  boolean", "DEFAULT false"},
       {},
       {}},
      {"a digit that is more than a truth value",
       one("mysql", with_default(column("f", TypeKind::boolean, "tinyint(1)"), "2", "mysql")),
       "postgres",
       {"f  smallint", "DEFAULT 2"},
       {},
       {}},
      {"texts of bounded size",
       one("mysql", column("x", TypeKind::text, "mediumtext")),
       "postgres",
       {"x  text"},
       {},
       {}},
      {"texts of any length",
       one("postgres", column("x", TypeKind::text, "text")),
       "mysql",
       {"x  LONGTEXT"},
       {},
       {}},
      {"varchar without a length",
       one("postgres", column("x", TypeKind::varchar, "character varying")),
       "mysql",
       {"x  LONGTEXT"},
       {},
       {}},
      {"long characters",
       one("postgres", column("x", TypeKind::character, "character(300)", 300)),
       "mysql",
       {"x  VARCHAR(300)"},
       {},
       {}},
      {"types that only one engine has",
       one("postgres", column("x", TypeKind::native, "tsvector")),
       "mysql",
       {"x  LONGTEXT"},
       {},
       {"type-not-available"}},
      {"money",
       one("postgres", column("x", TypeKind::native, "money")),
       "sqlite",
       {"x  NUMERIC(19,2)"},
       {},
       {}},
  });
}

TEST(Convert, NumbersRowsAsTheTargetDoes) {
  const auto serial = [](const std::string& name) {
    return with_default(column(name, TypeKind::integer, "integer"),
                        "nextval('t_" + name + "_seq'::regclass)", "postgres");
  };
  Column row_id = column("id", TypeKind::integer, "INTEGER");
  row_id.identity = Identity{};
  row_id.identity->automatic = false;
  Table shared = table("detail", {row_id, column("x", TypeKind::text, "TEXT")});
  ForeignKey& key = shared.foreign_keys.emplace_back();
  key.columns = key.referenced = {"id"};
  key.table = "t";
  check({
      {"serial",
       schema_of("postgres", {table("t", {serial("id")})}),
       "mysql",
       {"id INT NOT NULL AUTO_INCREMENT"},
       {"nextval"},
       {}},
      {"serial",
       schema_of("postgres", {table("t", {serial("id")})}),
       "sqlite",
       {"id INTEGER PRIMARY KEY AUTOINCREMENT"},
       {},
       {}},
      {"serial beside the key",
       one("postgres", serial("n")),
       "mysql",
       {"n  INT NOT NULL AUTO_INCREMENT", "INDEX t_n_idx (n)"},
       {},
       {}},
      {"serial beside the key",
       one("postgres", serial("n")),
       "sqlite",
       {"n  INTEGER"},
       {},
       {"identity-not-available"}},
      {"a row id",
       schema_of("sqlite", {table("t", {row_id})}),
       "postgres",
       {"GENERATED BY DEFAULT AS IDENTITY"},
       {},
       {}},
      {"a row id that is a reference",
       schema_of("sqlite", {table("t", {row_id}), shared}),
       "mysql",
       {"CREATE TABLE detail (\n  id INT"},
       {"id INT      NOT NULL AUTO_INCREMENT,\n  x"},
       {}},
  });
}

TEST(Convert, KeepsDefaultsThatTheTypeTakes) {
  const auto moment = [](const std::string& text, const std::string& dialect) {
    return one(dialect, with_default(column("m", TypeKind::timestamp, "datetime"), text, dialect));
  };
  check({
      {"the moment", moment("CURRENT_TIMESTAMP", "mysql"), "postgres", {"DEFAULT now()"}, {}, {}},
      {"the moment in a function",
       moment("datetime('now')", "sqlite"),
       "postgres",
       {"DEFAULT now()"},
       {},
       {}},
      {"a day that is none",
       moment("'0000-00-00 00:00:00'", "mysql"),
       "postgres",
       {"m  timestamp"},
       {"DEFAULT"},
       {"default-not-available"}},
      {"a number in quotes",
       one("mysql", with_default(column("n", TypeKind::integer, "int"), "'7'", "mysql")),
       "postgres",
       {"DEFAULT 7"},
       {},
       {}},
      {"a text for a number",
       one("sqlite", with_default(column("n", TypeKind::integer, "INT"), "''", "sqlite")),
       "postgres",
       {"n  integer"},
       {"DEFAULT"},
       {"default-not-available"}},
      {"a cast",
       one("postgres", with_default(column("x", TypeKind::varchar, "character varying(9)", 9),
                                    "'it''s'::character varying", "postgres")),
       "sqlite",
       {"DEFAULT 'it''s'"},
       {},
       {}},
      {"random ids",
       one("postgres",
           with_default(column("u", TypeKind::uuid, "uuid"), "gen_random_uuid()", "postgres")),
       "mysql",
       {"DEFAULT (uuid())"},
       {},
       {}},
      {"seconds",
       one("sqlite", with_default(column("n", TypeKind::integer, "INT"), "(strftime('%s', 'now'))",
                                  "sqlite")),
       "mysql",
       {"DEFAULT (unix_timestamp())"},
       {},
       {}},
      {"a text's default",
       one("postgres", with_default(column("x", TypeKind::text, "text"), "'a'::text", "postgres")),
       "mysql",
       {"DEFAULT ('a')"},
       {},
       {}},
  });
}

ForeignKey key_to(std::string table, std::vector<std::string> columns,
                  std::vector<std::string> referenced) {
  ForeignKey key;
  key.columns = std::move(columns);
  key.table = std::move(table);
  key.referenced = std::move(referenced);
  return key;
}

Index index_on(std::string name, std::vector<std::string> columns, bool unique = false) {
  Index index;
  index.name = std::move(name);
  index.unique = unique;
  for (std::string& column : columns)
    index.parts.push_back({expression::column(std::move(column))});
  return index;
}

/// A table of two numbers and one that refers to it.
Schema referring(const std::string& dialect, const std::string& type, ForeignKey key,
                 std::vector<Index> indexes = {}) {
  Table parent =
      table("parent", {column("a", TypeKind::integer, type), column("b", TypeKind::integer, type)});
  parent.primary_key = PrimaryKey{{}, {"a", "b"}};
  parent.indexes = std::move(indexes);
  Table child =
      table("child", {column("id", TypeKind::integer, type), column("a", TypeKind::integer, type),
                      column("b", TypeKind::integer, type)});
  child.foreign_keys.push_back(std::move(key));
  return schema_of(dialect, {std::move(parent), std::move(child)});
}

TEST(Convert, KeepsKeysThatTheTargetCanCheck) {
  Schema narrow = referring("sqlite", "INTEGER", key_to("PARENT", {"a", "b"}, {"A", "B"}));
  narrow.tables[1].columns[1].type = column("a", TypeKind::small_integer, "SMALLINT").type;
  Schema unlike = narrow;
  unlike.tables[1].columns[1].type = column("a", TypeKind::text, "TEXT").type;
  check({
      {"columns in another order",
       referring("postgres", "integer", key_to("parent", {"b", "a"}, {"b", "a"})),
       "mysql",
       {"FOREIGN KEY (a, b)"},
       {},
       {}},
      {"columns that are not unique",
       referring("mysql", "int", key_to("parent", {"a"}, {"a"})),
       "postgres",
       {},
       {"FOREIGN KEY"},
       {"foreign-key-not-available"}},
      {"a unique index",
       referring("mysql", "int", key_to("parent", {"b"}, {"b"}), {index_on("u", {"b"}, true)}),
       "postgres",
       {"CONSTRAINT u UNIQUE (b)", "FOREIGN KEY (b)"},
       {},
       {}},
      {"names in another case, types of another size",
       narrow,
       "mysql",
       {"REFERENCES parent (a, b)", "a  INT,"},
       {"SMALLINT"},
       {}},
      {"types of another kind",
       unlike,
       "postgres",
       {},
       {"FOREIGN KEY"},
       {"foreign-key-not-available"}},
      {"types of another kind", unlike, "sqlite", {"FOREIGN KEY"}, {}, {}},
  });
}

TEST(Convert, KeepsIndexes) {
  Schema names = referring("mysql", "int", key_to("parent", {"a", "b"}, {"a", "b"}),
                           {index_on("by_b", {"b"})});
  names.tables[1].indexes.push_back(index_on("by_b", {"b"}));
  const auto texts = [](bool unique) {
    Schema schema = one("postgres", column("x", TypeKind::text, "text"));
    schema.tables[0].indexes.push_back(index_on("by_x", {"x"}, unique));
    return schema;
  };
  Schema gin = texts(false);
  gin.tables[0].indexes[0].method = "gin";
  Schema crowded = texts(false);
  for (const char* name : {"y", "z"}) {
    crowded.tables[0].columns.push_back(column(name, TypeKind::text, "text"));
  }
  crowded.tables[0].indexes = {index_on("by_all", {"x", "y", "z", "id"})};
  Schema partial = texts(true);
  partial.tables[0].indexes[0].where = sql("(id > 0)", "postgres");
  Schema wide = one("postgres", column("x", TypeKind::varchar, "character varying(9000)", 9000));
  for (const char* name : {"y", "z"}) {
    wide.tables[0].columns.push_back(
        column(name, TypeKind::varchar, "character varying(9000)", 9000));
  }
  check({
      {"names that two tables use", names, "postgres", {"parent_by_b", "child_by_b"}, {}, {}},
      {"an index on a text", texts(false), "mysql", {"x  LONGTEXT", "INDEX by_x (x(255))"}, {}, {}},
      {"a unique index on a text", texts(true), "mysql", {"x  VARCHAR(255)", "(x)"}, {}, {}},
      {"texts that fill a key", crowded, "mysql", {"(x(234), y(234), z(234), id)"}, {}, {}},
      {"another method", gin, "sqlite", {}, {"by_x"}, {"index-method-not-available"}},
      {"a condition", partial, "sqlite", {"WHERE id > 0"}, {}, {}},
      {"rows that are too wide",
       wide,
       "mysql",
       {"x  TEXT", "z  VARCHAR(9000)"},
       {},
       {"row-shortened"}},
  });
}

TEST(Convert, TranslatesWhatEveryEngineReads) {
  const auto checked = [](const std::string& dialect, const std::string& text) {
    Schema schema = one(dialect, column("n", TypeKind::integer, "integer"));
    Check rule;
    rule.name = "rule";
    rule.expression = sql(text, dialect);
    schema.tables[0].checks.push_back(std::move(rule));
    return schema;
  };
  const auto viewed = [](const std::string& dialect, const std::string& select) {
    Schema schema = one(dialect, column("Name", TypeKind::text, "text"));
    View view;
    view.name = "v";
    view.dialect = dialect;
    view.sql = select;
    schema.views.push_back(std::move(view));
    return schema;
  };
  check({
      {"arithmetic",
       checked("mysql", "((`n` * 2) > 1)"),
       "postgres",
       {"CHECK ((n * 2) > 1)"},
       {},
       {}},
      {"a cast",
       checked("postgres", "((n)::text <> ''::text)"),
       "sqlite",
       {"CHECK ((n) <> '')"},
       {},
       {}},
      {"an operator of one engine",
       checked("postgres", "(n <@ 3)"),
       "mysql",
       {},
       {"CHECK"},
       {"check-not-available"}},
      {"quotes",
       viewed("mysql", "SELECT t.`Name` AS `x` FROM `t` WHERE t.id = 1"),
       "postgres",
       {"SELECT t.\"Name\" AS x FROM t WHERE t.id = 1"},
       {},
       {}},
      {"names in another case",
       viewed("sqlite", "select T.NAME from T"),
       "postgres",
       {"select t.\"Name\" from t"},
       {},
       {}},
      {"functions under other names",
       viewed("mysql", "SELECT IFNULL(Name, 'x') AS x FROM t"),
       "postgres",
       {"SELECT coalesce(\"Name\", 'x') AS x FROM t"},
       {},
       {}},
      {"joined texts",
       viewed("mysql", "SELECT CONCAT(Name, '!') AS x FROM t"),
       "sqlite",
       {"(\"Name\" || '!')"},
       {},
       {}},
      {"values that are compared unlike",
       viewed("sqlite", "SELECT id FROM t WHERE Name = 1"),
       "postgres",
       {},
       {"CREATE VIEW"},
       {"view-not-available"}},
      {"values that are not grouped",
       viewed("mysql", "SELECT id, Name FROM t GROUP BY id"),
       "postgres",
       {},
       {"CREATE VIEW"},
       {"view-not-available"}},
      {"functions of one engine",
       viewed("postgres", "SELECT to_char(id, '9') AS x FROM t"),
       "mysql",
       {},
       {"CREATE VIEW"},
       {"view-not-available"}},
      {"tables that are not there",
       viewed("postgres", "SELECT 1 AS x FROM other"),
       "mysql",
       {},
       {"CREATE VIEW"},
       {"view-not-available"}},
  });
}

TEST(Convert, FindsTriggersThatNoteAChange) {
  const auto touched = [](const std::string& dialect, const std::string& trigger,
                          const std::string& routine = {}) {
    Schema schema = one(dialect, column("changed", TypeKind::timestamp, "timestamp"));
    schema.tables[0].triggers.push_back({"touch", TriggerBody{dialect, trigger}, {}});
    if (!routine.empty()) {
      Routine made;
      made.kind = "function";
      made.name = "stamp";
      made.sql = {dialect, routine, {}};
      schema.routines.push_back(std::move(made));
    }
    return schema;
  };
  const std::string call =
      "CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION public.stamp()";
  const std::string function = "CREATE FUNCTION stamp() RETURNS trigger AS $$ ";
  check({
      {"plpgsql",
       touched("postgres", call,
               function + "BEGIN NEW.changed = CURRENT_TIMESTAMP; RETURN NEW; END $$"),
       "mysql",
       {"CREATE TRIGGER t_touch_changed"},
       {},
       {"function-not-available"}},
      {"plpgsql that does more",
       touched("postgres", call,
               function + "BEGIN NEW.changed = now(); NEW.id = 1; RETURN NEW; END $$"),
       "mysql",
       {},
       {"CREATE TRIGGER"},
       {"trigger-not-available", "function-not-available"}},
      {"MySQL",
       touched("mysql",
               "CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW SET NEW.changed = NOW()"),
       "postgres",
       {"NEW.changed := now()"},
       {},
       {}},
      {"SQLite",
       touched("sqlite",
               "CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET changed = "
               "DATETIME('NOW') WHERE rowid = new.rowid; END"),
       "postgres",
       {"NEW.changed := now()"},
       {},
       {}},
  });
}

}  // namespace
}  // namespace relata
