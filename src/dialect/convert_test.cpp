#include "dialect/convert.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace relata {
namespace {

using expression::call;

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

}  // namespace
}  // namespace relata
