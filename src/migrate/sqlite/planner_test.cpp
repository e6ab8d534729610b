#include "migrate/sqlite/planner.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/text.h"
#include "diff/diff.h"
#include "live/sqlite/catalog.h"
#include "live/sqlite/database.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::migrate::sqlite {
namespace {

Schema read(const std::string& ddl) {
  DiagnosticSink sink;
  return sql::read_sql({SourceFile{"", ddl}}, "sqlite", sink);
}

/// A database in memory.
class Memory {
 public:
  explicit Memory(const std::string& script) {
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    database_.reset(opened);
    EXPECT_EQ(run(script), "");
  }
  /// The engine's message; empty: it went well.
  std::string run(const std::string& script) {
    char* message = nullptr;
    sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, &message);
    std::string text = message == nullptr ? "" : message;
    sqlite3_free(message);
    return text;
  }
  /// One action as the runner does it.
  std::string act(const Action& action) {
    std::string message;
    for (const std::string& setting : action.settings) message += run(setting);
    message += run("BEGIN IMMEDIATE");
    for (const std::string& statement : action.statements) {
      message += run(statement);
      if (message.empty()) continue;
      run("ROLLBACK");
      return message;
    }
    return run("COMMIT");
  }
  /// The values of a query, rows and columns with commas between.
  std::string values(const std::string& query) {
    live::sqlite::Query rows(database_.get(), query);
    std::vector<std::string> all;
    while (rows.next()) {
      for (int i = 0; i < rows.columns(); ++i) {
        all.push_back(rows.is_null(i) ? "NULL" : rows.text(i));
      }
    }
    return join(all, ",");
  }
  Schema schema() {
    DiagnosticSink sink;
    Schema schema = *live::sqlite::schema_of(database_.get(), sink);
    syntax::canonicalize(schema, "sqlite");
    return schema;
  }

 private:
  live::sqlite::Database database_;
};

std::string differences(const Schema& from, const Schema& to) {
  std::string text;
  for (const diff::Change& change : diff::compare(from, to)) {
    if (change.attribute != diff::column_order) text += diff::describe(change) + "\n";
  }
  return text;
}

std::string titles(const Plan& plan) {
  std::string text;
  for (const Step& step : plan.steps) text += step.title + "\n";
  return text;
}

struct Case {
  std::string from;
  std::string to;
  std::string titles;
  std::vector<Rename> renames = {};
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"CREATE TABLE t (a)", "CREATE TABLE t (a)", ""},
      // In place.
      {"CREATE TABLE t (a)", "CREATE TABLE t (b INT DEFAULT 1 CHECK (b > 0), a)",
       "add the column b to t\n"},
      {"CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a)",
       "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a, b INT, c INT, "
       "CONSTRAINT of_p FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL DEFERRABLE INITIALLY "
       "DEFERRED)",
       "add the columns b, c to t\n"},
      {"CREATE TABLE t (a)", "CREATE TABLE t (a,\n b TEXT -- what it is\n)",
       "add the column b to t\n"},
      {"CREATE TABLE t (a)", "CREATE TABLE t (a, b AS (a + 1))", "add the column b to t\n"},
      {"CREATE TABLE t (a, b NOT NULL CHECK (b > 0)); CREATE INDEX i ON t (b)",
       "CREATE TABLE t (a)", "drop the index i of t\ndrop the column b of t\n"},
      {"CREATE TABLE t (a, b); CREATE INDEX i ON t (b)",
       "CREATE TABLE t (a, c); CREATE INDEX i ON t (c)",
       "drop the index i of t\nadd the column c to t\nmake the index i of t\n"
       "drop the column b of t\n"},
      {"CREATE TABLE t (a, b NOT NULL)", "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
       "make the index i of t\ndrop the column b of t\n"},
      // By a rebuild: what ALTER TABLE does not do.
      {"CREATE TABLE t (a)", "CREATE TABLE t (a, b AS (a + 1) STORED)", "rebuild the table t\n"},
      {"CREATE TABLE t (a)", "CREATE TABLE t (a, b DEFAULT CURRENT_TIMESTAMP)",
       "rebuild the table t\n"},
      {"CREATE TABLE t (a)", "CREATE TABLE t (a, b UNIQUE)", "rebuild the table t\n"},
      {"CREATE TABLE t (a)", "CREATE TABLE t (a, b TEXT DEFAULT TRUE)", "rebuild the table t\n"},
      {"CREATE TABLE t (a INT)", "CREATE TABLE t (a TEXT NOT NULL)", "rebuild the table t\n"},
      {"CREATE TABLE t (a PRIMARY KEY)", "CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID",
       "rebuild the table t\n"},
      {"CREATE TABLE t (a INT)", "CREATE TABLE t (a INT) STRICT", "rebuild the table t\n"},
      {"CREATE TABLE t (id INT, a UNIQUE ON CONFLICT IGNORE)",
       "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE ON CONFLICT REPLACE)",
       "rebuild the table t\n"},
      {"CREATE TABLE t (a, b, FOREIGN KEY (b) REFERENCES t (a))", "CREATE TABLE t (a)",
       "rebuild the table t\n"},
      {"CREATE TABLE t (a, b)", "CREATE TABLE T (A, b)", "rebuild the table T\n"},
      // A name in double quotes that nothing has is a string, which DROP COLUMN would reword.
      {"CREATE TABLE t (a CHECK (a <> \"x\"), b)", "CREATE TABLE t (a CHECK (a <> \"x\"))",
       "rebuild the table t\n"},
      // What refers to the table, even what does not work, stays as it is.
      {"CREATE TABLE t (a); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW broken AS SELECT x FROM "
       "missing; CREATE TABLE c (a REFERENCES t (a)); CREATE TRIGGER g AFTER INSERT ON c BEGIN "
       "INSERT INTO t VALUES (NEW.missing); END",
       "CREATE TABLE t (a PRIMARY KEY); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW broken AS "
       "SELECT x FROM missing; CREATE TABLE c (a REFERENCES t (a)); CREATE TRIGGER g AFTER INSERT "
       "ON c BEGIN INSERT INTO t VALUES (NEW.missing); END",
       "rebuild the table t\n"},
      // A table that says its own name.
      {"CREATE TABLE t (a, CHECK (t.a > 0)); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; "
       "END",
       "CREATE TABLE t (a, CHECK (\"t\".\"a\" > 1)); CREATE TRIGGER g AFTER INSERT ON t BEGIN "
       "SELECT 1; END",
       "rebuild the table t\n"},
      // Names that move.
      {"CREATE TABLE t (a); CREATE INDEX i ON t (a)", "CREATE TABLE u (a); CREATE INDEX i ON u (a)",
       "drop the index i of t\nmake the table u\ndrop the table t\n"},
      {"CREATE TABLE t (a); CREATE TABLE u (a)",
       "CREATE VIEW t AS SELECT 1 AS a; CREATE TABLE u (a); CREATE INDEX i ON u (a)",
       "drop the table t\nmake the index i of u\nmake the view t\n"},
      {"CREATE TABLE t (a); CREATE TABLE u (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; "
       "END",
       "CREATE TABLE t (a UNIQUE); CREATE TABLE u (a); CREATE TRIGGER g AFTER INSERT ON u BEGIN "
       "SELECT 1; END",
       "drop the trigger g of t\nrebuild the table t\nmake the trigger g of u\n"},
      // Views with their triggers, and virtual tables. The columns of a view follow its tables.
      {"CREATE TABLE t (a, z); CREATE VIEW v AS SELECT * FROM t",
       "CREATE TABLE t (a, b, z); CREATE VIEW v AS SELECT * FROM t", "add the column b to t\n"},
      {"CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER g INSTEAD OF INSERT "
       "ON "
       "v BEGIN SELECT 1; END",
       "CREATE TABLE t (a); CREATE VIEW v AS SELECT 2 AS a; CREATE TRIGGER g INSTEAD OF INSERT ON "
       "v "
       "BEGIN SELECT 1; END",
       "drop the view v\nmake the view v\n"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE VIRTUAL TABLE f USING fts5(a, content = "
       "t, content_rowid = id)",
       "CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE VIRTUAL TABLE f USING fts5(a, content = "
       "t, content_rowid = id, tokenize = porter)",
       "make the virtual table f anew\n"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE VIRTUAL TABLE f USING fts5(a, content = "
       "t, content_rowid = id)",
       "", "drop the virtual table f\ndrop the table t\n"},
      // Renames.
      {"CREATE TABLE t (a, b CHECK (t.b > 0)); CREATE VIEW v AS SELECT a FROM t; CREATE TABLE c (x "
       "REFERENCES t (a))",
       "CREATE TABLE u (z, b CHECK (u.b > 0), d); CREATE VIEW v AS SELECT z FROM u; CREATE TABLE c "
       "(x REFERENCES u (z))",
       "rename the table t to u\nrename the column a of u to z\nadd the column d to u\n",
       {{{"", "t"}, "", "u"}, {{"", "t"}, "a", "z"}}},
  };
  return all;
}

TEST(SqlitePlanner, leads_there_and_back) {
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.from + "\n-> " + each.to);
    PlanOptions options;
    options.allow_loss = true;
    options.renames = each.renames;
    DiagnosticSink sink;
    const Schema from = read(each.from);
    const Schema to = read(each.to);
    const Plan plan = make_sqlite_plan(from, to, options, sink);
    EXPECT_TRUE(sink.all().empty());
    EXPECT_EQ(titles(plan), each.titles);
    Memory memory(each.from);
    for (const Step& step : plan.steps) EXPECT_EQ(memory.act(step.forward), "") << step.title;
    EXPECT_EQ(differences(memory.schema(), to), "");
    for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
      EXPECT_EQ(memory.act(step->back), "") << "undo: " << step->title;
    }
    EXPECT_EQ(differences(memory.schema(), from), "");
  }
}

struct RowCase {
  std::string from;
  std::string rows;
  std::string to;
  std::string query;
  std::string there;  ///< What the query says afterwards; an error of the step when it has one.
  std::string back;   ///< What it says after going back.
};

const std::vector<RowCase>& row_cases() {
  static const std::vector<RowCase> all{
      // Numbers of rows and counters.
      {"CREATE TABLE t (a)", "INSERT INTO t (rowid, a) VALUES (7, 'x')",
       "CREATE TABLE t (a UNIQUE)", "SELECT rowid, a FROM t", "7,x", "7,x"},
      {"CREATE TABLE t (rowid, a)", "INSERT INTO t (oid, rowid, a) VALUES (7, 1, 'x')",
       "CREATE TABLE t (rowid, a UNIQUE)", "SELECT oid, rowid, a FROM t", "7,1,x", "7,1,x"},
      {"CREATE TABLE t (a)", "INSERT INTO t (rowid, a) VALUES (7, 'x')",
       "CREATE TABLE t (id INTEGER PRIMARY KEY, a)", "SELECT rowid, a FROM t", "7,x", "7,x"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
       "INSERT INTO t VALUES (9); DELETE FROM t",
       "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE)",
       "SELECT name, seq FROM sqlite_sequence", "t,9", "t,9"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
       "INSERT INTO t VALUES (9); DELETE FROM t",
       "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (t.id > 0))",
       "SELECT name, seq FROM sqlite_sequence", "t,9", "t,9"},
      // Values.
      {"CREATE TABLE t (a INT)", "INSERT INTO t VALUES (NULL), (2)",
       "CREATE TABLE t (a INT NOT NULL DEFAULT unknown)", "SELECT a FROM t", "unknown,2",
       "unknown,2"},
      {"CREATE TABLE t (a INT)", "INSERT INTO t VALUES (NULL)", "CREATE TABLE t (a INT NOT NULL)",
       "SELECT a FROM t", "NOT NULL constraint failed: relata_new_t.a", "NULL"},
      {"CREATE TABLE t (a REAL)", "INSERT INTO t VALUES (0.1 + 0.2), (1.5)",
       "CREATE TABLE t (a TEXT)", "SELECT a = 0.1 + 0.2, typeof(a) FROM t", "0,text,0,text",
       "1,real,0,real"},
      {"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('7'), ('x')", "CREATE TABLE t (a INT)",
       "SELECT typeof(a) FROM t", "integer,text", "text,text"},
      {"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('007')", "CREATE TABLE t (a INT)",
       "SELECT a FROM t",
       "CHECK constraint failed: values of t.a would become others: see --allow-loss", "007"},
      {"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('007')",
       "CREATE TABLE t (a INT CHECK (t.a > 0))", "SELECT a FROM t",
       "CHECK constraint failed: values of t.a would become others: see --allow-loss", "007"},
      {"CREATE TABLE t (a INT)", "INSERT INTO t VALUES (9007199254740993)",
       "CREATE TABLE t (a REAL)", "SELECT a FROM t",
       "CHECK constraint failed: values of t.a would become others: see --allow-loss",
       "9007199254740993"},
      {"CREATE TABLE t (a, b AS (a * 2))", "INSERT INTO t VALUES (4)", "CREATE TABLE t (a, b)",
       "SELECT a, b FROM t", "4,8", "4,8"},
      {"CREATE TABLE t (id INT)", "INSERT INTO t VALUES ('7'), ('x')",
       "CREATE TABLE t (id INTEGER PRIMARY KEY)", "SELECT id FROM t",
       "CHECK constraint failed: values of t.id are no whole numbers, as those of an INTEGER "
       "PRIMARY "
       "KEY are",
       "7,x"},
      {"CREATE TABLE t (a)", "INSERT INTO t VALUES (7)",
       "CREATE TABLE t (a, b TEXT DEFAULT TRUE, c BOOLEAN DEFAULT TRUE)",
       "SELECT typeof(a), a FROM t", "integer,7", "integer,7"},
      // A clause of the table would leave rows out in silence.
      {"CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (1)",
       "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE)", "SELECT count(*) FROM t",
       "UNIQUE constraint failed: relata_new_t.a", "2"},
      // Children.
      {"CREATE TABLE p (id INTEGER PRIMARY KEY, a); CREATE TABLE c (p REFERENCES p ON DELETE "
       "CASCADE)",
       "INSERT INTO p VALUES (1, 2); INSERT INTO c VALUES (1)",
       "CREATE TABLE p (id INTEGER PRIMARY KEY, a UNIQUE); CREATE TABLE c (p REFERENCES p ON "
       "DELETE "
       "CASCADE)",
       "SELECT p FROM c", "1", "1"},
      {"CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p)", "INSERT INTO c VALUES (5)",
       "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)",
       "SELECT p FROM c", "CHECK constraint failed: rows of c refer to rows that are not there",
       "5"},
      // Virtual tables.
      {"CREATE VIRTUAL TABLE f USING fts5(a, b)",
       "INSERT INTO f (rowid, a, b) VALUES (3, 'cats', 'x')",
       "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = porter)", "SELECT rowid, a FROM f",
       "3,cats", "3,cats"},
      {"CREATE VIRTUAL TABLE r USING rtree(id, x, y)", "INSERT INTO r VALUES (3, 1, 2)",
       "CREATE VIRTUAL TABLE r USING rtree(id, x, y, +note)", "SELECT id, x, y FROM r", "3,1.0,2.0",
       "3,1.0,2.0"},
  };
  return all;
}

TEST(SqlitePlanner, keeps_rows) {
  for (const RowCase& each : row_cases()) {
    SCOPED_TRACE(each.from + "\n-> " + each.to);
    DiagnosticSink sink;
    const Plan plan = make_sqlite_plan(read(each.from), read(each.to), {}, sink);
    EXPECT_TRUE(sink.all().empty());
    Memory memory(each.from + ";PRAGMA foreign_keys = ON;" + each.rows);
    std::string failed;
    std::vector<const Step*> done;
    for (const Step& step : plan.steps) {
      failed = memory.act(step.forward);
      if (!failed.empty()) break;
      done.push_back(&step);
    }
    EXPECT_EQ(failed.empty() ? memory.values(each.query) : failed, each.there);
    EXPECT_EQ(memory.values("PRAGMA integrity_check"), "ok");
    for (auto step = done.rbegin(); step != done.rend(); ++step) {
      EXPECT_EQ(memory.act((*step)->back), "");
    }
    EXPECT_EQ(memory.values(each.query), each.back);
    EXPECT_EQ(memory.values("PRAGMA integrity_check"), "ok");
  }
}

TEST(SqlitePlanner, refuses_loss) {
  struct LossCase {
    std::string from;
    std::string to;
    std::string message;
  };
  const std::vector<LossCase> losing{
      {"CREATE TABLE t (a)", "", "to drop the table t loses the rows of t"},
      {"CREATE TABLE t (a, b)", "CREATE TABLE t (a)",
       "to drop the column b of t loses the values of t.b"},
      {"CREATE TABLE t (a, b PRIMARY KEY)", "CREATE TABLE t (a)",
       "to rebuild the table t loses the values of t.b"},
      {"CREATE TABLE t (a, b)", "CREATE TABLE t (a, b AS (a + 1) STORED)",
       "to rebuild the table t loses the values of t.b, which is computed from now on"},
      {"CREATE TABLE t (a, b TEXT PRIMARY KEY) WITHOUT ROWID",
       "CREATE TABLE t (a, b INT PRIMARY KEY) WITHOUT ROWID",
       "to rebuild the table t loses what values of t.b were before they became INT"},
      {"CREATE VIRTUAL TABLE f USING fts5(a)", "",
       "to drop the virtual table f loses the rows of f"},
      {"CREATE VIRTUAL TABLE f USING fts5(a, b)", "CREATE VIRTUAL TABLE f USING fts5(a)",
       "to make the virtual table f anew loses the values of f.b"},
  };
  for (const LossCase& each : losing) {
    SCOPED_TRACE(each.from);
    DiagnosticSink sink;
    (void)make_sqlite_plan(read(each.from), read(each.to), {}, sink);
    ASSERT_EQ(sink.all().size(), 1U);
    EXPECT_EQ(sink.all().front().message, each.message);
    DiagnosticSink allowed;
    PlanOptions options;
    options.allow_loss = true;
    const Plan plan = make_sqlite_plan(read(each.from), read(each.to), options, allowed);
    EXPECT_TRUE(allowed.all().empty());
    EXPECT_FALSE(plan.steps.back().loss.empty());
  }
}

TEST(SqlitePlanner, a_rebuild_refuses_to_run_with_foreign_keys_on) {
  const std::string child = "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);";
  const std::string from = "CREATE TABLE p (id INTEGER PRIMARY KEY);" + child;
  DiagnosticSink sink;
  Plan plan = make_sqlite_plan(
      read(from), read("CREATE TABLE p (id INTEGER PRIMARY KEY CHECK (id > 0));" + child), {},
      sink);
  ASSERT_EQ(plan.steps.size(), 1U);
  Memory memory(from +
                "PRAGMA foreign_keys = ON; INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)");
  Action& action = plan.steps.front().forward;
  action.settings.clear();
  EXPECT_EQ(memory.act(action),
            "CHECK constraint failed: foreign keys must be off: PRAGMA foreign_keys = OFF before "
            "BEGIN");
  EXPECT_EQ(memory.values("SELECT p FROM c"), "1");
}

}  // namespace
}  // namespace relata::migrate::sqlite
