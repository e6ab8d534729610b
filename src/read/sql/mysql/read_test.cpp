#include <gtest/gtest.h>

#include "read/sql/mysql/outline_test.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::sql {

Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

namespace mysql {
namespace {

struct Case {
  const char* sql;
  const char* outline;
};

Schema read(const std::string& sql, DiagnosticSink& sink) {
  Schema schema = read_mysql({SourceFile{"schema.sql", sql}}, sink, Reading::portable);
  syntax::canonicalize(schema);
  return schema;
}

void check(const std::vector<Case>& cases) {
  for (const Case& row : cases) {
    DiagnosticSink sink;
    EXPECT_EQ(outline(read(row.sql, sink)), row.outline) << row.sql;
    for (const Diagnostic& diagnostic : sink.all()) {
      EXPECT_NE(diagnostic.severity, Severity::error) << row.sql << "\n" << diagnostic.message;
    }
  }
}

TEST(MysqlReader, ReadsColumns) {
  check({
      {"create table t (a int, `b c` VARCHAR(5) not null DEFAULT 'x' COMMENT 'it''s')",
       "t\n  a int\n  b c varchar(5) not null default 'x' 'it's'\n"},
      {"create table t (id serial, b bool default true, n numeric default 1)",
       "t\n  id bigint unsigned not null auto\n  b tinyint(1) default 1\n"
       "  n decimal(10,0) default 1\n  unique id (id)\n"},
      {"create table t (a int auto_increment primary key, b datetime(3) on update now(3) default "
       "current_timestamp(3), c text character set utf8 collate utf8_bin)",
       "t\n  a int not null auto\n  b datetime(3) default current_timestamp(3) on update "
       "current_timestamp(3)\n  c text utf8mb3_bin\n  primary a\n"},
      {"create table t (a int, b int as (a + 1) stored, c int generated always as (b * 2) virtual "
       "invisible)",
       "t\n  a int\n  b int stored (`a` + 1)\n  c int virtual (`b` * 2) invisible\n"},
      {"create table t (a varchar(9) binary, b char(3) character set binary, c text(70000))",
       "t\n  a varchar(9) BINARY\n  b binary(3)\n  c mediumtext\n"},
      {"create table t (a varchar(9) binary, b varchar(9) charset latin1, c text(100)) charset "
       "utf8mb4 collate utf8mb4_unicode_ci",
       "t utf8mb4 utf8mb4_unicode_ci\n  a varchar(9) utf8mb4_bin\n  b varchar(9) latin1\n"
       "  c text\n"},
      {"create table t (j json, l longtext collate utf8mb4_bin check (json_valid(`l`)))",
       "t\n  j json\n  l json\n"},
  });
}

TEST(MysqlReader, NamesAndOrdersKeysAsTheServerDoes) {
  check({
      {"create table t (a int, b int not null, key (a), key (a, b), unique (b), unique u (a),"
       " fulltext (c), c text, primary key (b), key d (c(10) desc) using btree)",
       "t\n  a int\n  b int not null\n  c text\n  primary b\n  unique b (b)\n  unique u (a)\n"
       "  key a (a)\n  key a_2 (a,b)\n  key d (c(10) desc) BTREE\n  key c (c) fulltext\n"},
      {"create table t (a varchar(10), b text, key (a(10)), unique (b))",
       "t\n  a varchar(10)\n  b text\n  unique b (b) HASH\n  key a (a)\n"},
      {"create table p (id int primary key); create table t (a int references p (id), b int, c int,"
       " foreign key (b) references p (id) on delete cascade, constraint n foreign key (c)"
       " references p (id) on delete no action, key (c, a))",
       "p\n  id int not null\n  primary id\nt\n  a int\n  b int\n  c int\n  key a (a)\n  key b "
       "(b)\n"
       "  key c (c,a)\n  foreign t_ibfk_1 (a) p(id)\n  foreign t_ibfk_2 (b) p(id) cascade\n"
       "  foreign n (c) p(id) no action\n"},
      {"create table t (a int check (a > 0), check (a < 9), constraint c check (a <> 5), check "
       "(a))",
       "t\n  a int\n  check of a (`a` > 0)\n  check CONSTRAINT_1 (`a` < 9)\n  check c (`a` <> 5)\n"
       "  check CONSTRAINT_2 (`a` <> 0)\n"},
      {"create table t (a int, foreign key (a) references t (a)) engine = myisam",
       "t ENGINE=MyISAM\n  a int\n  key a (a)\n"},
  });
}

TEST(MysqlReader, FollowsAlterTable) {
  check({
      {"create table t (a int, b int); alter table t add c int first, add column (d int, e int),"
       " drop b, add key (a), rename to u, algorithm=inplace, lock=none",
       "u\n  c int\n  a int\n  d int\n  e int\n  key a (a)\n"},
      {"create table t (a int, b int, key (a), check (a > 0)); alter table t change a x bigint not "
       "null after b, alter b set default 3",
       "t\n  b int default 3\n  x bigint not null\n  key a (x)\n  check CONSTRAINT_1 (`x` > 0)\n"},
      {"create table p (id int primary key); create table t (a int, foreign key (a) references p "
       "(id)); alter table t add unique key k (a); rename table t to n, p to q",
       "n\n  a int\n  unique k (a)\n  foreign n_ibfk_1 (a) q(id)\nq\n  id int not null\n"
       "  primary id\n"},
      {"create table t (a int, b int, primary key (a)); alter table t drop primary key, add "
       "primary "
       "key (b); create unique index i on t (a); drop index i on t; alter table t rename column a "
       "to c, comment = 'x'",
       "t 'x'\n  c int not null\n  b int not null\n  primary b\n"},
      {"create table t (a text) charset latin1; alter table t convert to character set utf8mb4",
       "t utf8mb4\n  a mediumtext\n"},
      {"create table t (a int) partition by range (a) (partition p0 values less than (10)); alter "
       "table t add partition (partition p1 values less than maxvalue); alter table t drop "
       "partition p0",
       "t\n  a int\n  PARTITION BY RANGE (`a`)\n(PARTITION `p1` VALUES LESS THAN MAXVALUE)\n"},
      {"create table t (a int); drop table if exists x, t;"
       " create temporary table w (a int)",
       ""},
  });
}

TEST(MysqlReader, ReadsTextAsTheClientDoes) {
  check({
      {"/*!40101 SET NAMES utf8 */;\n-- note\n# note\ncreate table /* x */ t (a int /*!80023 "
       "INVISIBLE */) /*!50100 comment='c' */;\n",
       "t 'c'\n  a int\n"},
      {"CREATE DATABASE shop CHARACTER SET utf8mb4;\nUSE shop\ncreate table shop.t (a int);",
       "t utf8mb4\n  a int\n"},
      {"set sql_mode = 'ANSI_QUOTES';\ncreate table \"t\" (\"a b\" int default '1');",
       "t\n  a b int default 1\n"},
      {"create table t (a int);\ndelimiter //\ncreate definer=`x`@`%` trigger tr before insert on "
       "t "
       "for each row begin set new.a = 1; -- one\nend//\ndelimiter ;\ncreate table u (a int);",
       "t\n  a int\n  trigger `tr` before insert on `t` begin set new . a = 1 ; end\nu\n  a int\n"},
      {"create procedure p(in x int) begin if x > 0 then select 1; end if; end; create table t (a "
       "int);",
       "t\n  a int\nprocedure `p` (in x int) begin if x > 0 then select 1 ; end if ; end\n"},
      {"insert into t values ('a;b', \"c'd\"); create table t (a char(3) default ';');",
       "t\n  a char(3) default ';'\n"},
      {"create table v (a int); drop table v; create or replace view v as select 1 as x; create or "
       "replace view v (y) as select t.a from t; create table t (a int)",
       "t\n  a int\nview v (y) (select (items (item `t`.`a` y)) (from (table `t` t)))\n"},
      {"create procedure up() begin if not exists (select 1) then create table t (a int); end if; "
       "end; call up(); call up(); drop procedure up",
       "t\n  a int\n"},
  });
}

TEST(MysqlReader, WritesViewsOut) {
  check({
      {"create table t (a int, b int); create table u (a int, c int); create view v as select *, "
       "count(*) from t join u using (a) where b and not c = 1 group by c order by 2 limit 5, 10",
       "t\n  a int\n  b int\nu\n  a int\n  c int\nview v (a,b,a,c,count(*)) (select (items (item "
       "`t`.`a` a) (item `t`.`b` b) (item `u`.`a` a) (item `u`.`c` c) (item count(0) count(*))) "
       "(from (join (table `t` t) (table `u` u) (`t`.`a` = `u`.`a`))) (where ((`t`.`b` <> 0) and "
       "(`u`.`c` <> 1))) (group by (asc `u`.`c`)) (order by (asc 2)) (limit 10 5))\n"},
  });
}

TEST(MysqlReader, SaysWhatItDoesNotRead) {
  struct {
    const char* sql;
    const char* code;
    std::uint32_t begin;
  } const cases[] = {
      {"create table t (a int,, b int); create table u (a int)", "mysql-syntax", 22},
      {"create table x (z int); create tabel t (a int)", "mysql-syntax", 31},
      {"alter table t add a int", "mysql-unknown-table", 12},
      {"create table t (a int); create table t (b int)", "mysql-duplicate-table", 37},
      {"create table t (a int, key (b))", "mysql-bad-table", 13},
      {"create table t (a int); alter table t drop b", "mysql-bad-table", 38},
      {"source other.sql", "mysql-client-command", 0},
      {"call p()", "mysql-call-not-followed", 5},
      {"create table t as select 1", "mysql-columns-of-select", 13},
      {"create table t (a varchar(3) default 'x", "mysql-syntax", 37},
      {"insert into t values (1)", "mysql-rows-set-aside", 7},
      {"grant select on t to x", "mysql-grants-set-aside", 6},
  };
  for (const auto& row : cases) {
    DiagnosticSink sink;
    (void)read(row.sql, sink);
    ASSERT_EQ(sink.all().size(), 1U) << row.sql;
    EXPECT_EQ(sink.all()[0].code, row.code) << row.sql;
    EXPECT_EQ(sink.all()[0].span->begin, row.begin) << row.sql;
  }
}

TEST(MysqlReader, EndsOnDeepAndLongTexts) {
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  const std::string texts[] = {
      "create table t (a int, check (" + repeated("(", 10000) + "1" + repeated(")", 10000) + "))",
      "create table t (a int, check (" + repeated("1+", 10000) + "1))",
      "create table t (a int, check (" + repeated("not ", 10000) + "1))",
      "create view v as " + repeated("select (", 10000) + "1" + repeated(")", 10000),
      "create view v as select 1 from " + repeated("(", 10000) + "t" + repeated(")", 10000),
      "create table t (a int" + repeated(", key (a)", 3000) + ")",
      repeated("(", 100000),
      "/*!" + repeated("/*!", 10000),
  };
  for (const std::string& text : texts) {
    DiagnosticSink sink;
    (void)read(text, sink);
  }
}

TEST(MysqlReader, RefusesTextThatBreaksOffOrIsNoSql) {
  const std::string deep(10000, '(');
  const std::string texts[] = {
      "create table t (a int); create table u (a in",
      "create table t (a int); create table u (a varchar(3) default 'x",
      "create table t (a int, check (" + deep + "1",
      "this is no SQL",
  };
  for (const std::string& text : texts) {
    DiagnosticSink sink;
    (void)read(text, sink);
    EXPECT_TRUE(sink.has_errors()) << text.substr(0, 80);
  }
}

TEST(MysqlReader, TakesTheServersCharacterSetForComparison) {
  DiagnosticSink sink;
  Schema file = read("create table t (a char(1) binary, b char(1) charset utf8mb4, c text)", sink);
  const Schema server = read(
      "alter database character set utf8mb4 collate utf8mb4_general_ci;"
      "create table t (a char(1) collate utf8mb4_bin, b char(1), c text)",
      sink);
  EXPECT_FALSE(file == server);
  syntax::adopt_server_defaults(file, server);
  EXPECT_TRUE(file == server);
}

}  // namespace
}  // namespace mysql
}  // namespace relata::sql
