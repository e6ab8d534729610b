#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "model/schema.h"
#include "read/sql/sql.h"

namespace relata::sql {

Schema read_postgres(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

namespace {

/// What a test looks at, one item a word: tables with columns, constraints and indexes, and the
/// other objects by kind and name.
std::string outline_of(const Column& column) {
  std::string text = column.name + ":" + column.type.spelling;
  if (!column.nullable) text += "!";
  if (column.default_value) text += "=" + column.default_value->text;
  if (column.generated) text += ":=" + column.generated->expression.text;
  if (column.identity) text += column.identity->always ? "#always" : "#default";
  if (column.inherited) text += "^";
  return text;
}

std::string outline_of(const IndexPart& part) {
  return part.expression.text + (part.operator_class.empty() ? "" : " " + part.operator_class) +
         (part.descending ? " desc" : "");
}

std::string outline_of(const Table& table) {
  std::vector<std::string> items;
  for (const Column& column : table.columns) items.push_back(outline_of(column));
  if (table.primary_key)
    items.push_back("pk " + table.primary_key->name + "(" + join(table.primary_key->columns, ",") +
                    ")");
  for (const Unique& unique : table.uniques)
    items.push_back("unique " + unique.name + "(" + join(unique.columns, ",") + ")");
  for (const ForeignKey& key : table.foreign_keys)
    items.push_back("fk " + key.name + "(" + join(key.columns, ",") + ")->" + key.table + "(" +
                    join(key.referenced, ",") + ")" + (key.validated ? "" : " not valid"));
  for (const Check& check : table.checks)
    items.push_back("check " + check.name + "(" + check.expression.text + ")" +
                    (check.inherited ? "^" : ""));
  for (const Exclusion& exclusion : table.exclusions) items.push_back("exclude " + exclusion.name);
  for (const Index& index : table.indexes) {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) parts.push_back(outline_of(part));
    items.push_back((index.unique ? "unique index " : "index ") + index.name + "(" +
                    join(parts, ",") + ")" +
                    (index.where ? " where " + index.where->text : std::string()) +
                    (index.parent ? " of " + index.parent->name : std::string()));
  }
  for (const Trigger& trigger : table.triggers) items.push_back("trigger " + trigger.name);
  for (const Policy& policy : table.policies) {
    items.push_back("policy " + policy.name +
                    (policy.roles.empty() ? "" : " to " + join(policy.roles, ",")));
  }
  if (table.partition_of) items.push_back("part " + table.partition_of->bound.text);
  if (!table.comment.empty()) items.push_back("'" + table.comment + "'");
  return (table.schema.empty() ? "" : table.schema + ".") + table.name + " {" + join(items, "; ") +
         "}";
}

std::string outline_of(const Schema& schema) {
  std::vector<std::string> items;
  for (const Namespace& item : schema.namespaces) items.push_back("schema " + item.name);
  for (const Enumeration& type : schema.enumerations)
    items.push_back("enum " + type.name + "(" + join(type.values, ",") + ")");
  for (const Domain& domain : schema.domains)
    items.push_back("domain " + domain.name + ":" + domain.type.spelling);
  for (const CompositeType& type : schema.composite_types) items.push_back("type " + type.name);
  for (const Sequence& sequence : schema.sequences)
    items.push_back("sequence " + sequence.name +
                    (sequence.owned_by_column.empty() ? "" : "@" + sequence.owned_by_column));
  for (const Routine& routine : schema.routines)
    items.push_back(routine.kind + " " + routine.name + "(" + routine.arguments + ")");
  for (const Table& table : schema.tables) items.push_back(outline_of(table));
  for (const View& view : schema.views)
    items.push_back("view " + view.name + "(" + join(view.columns, ",") + ") " + view.sql);
  for (const OtherObject& other : schema.others) items.push_back(other.kind + " " + other.name);
  for (const Grant& grant : schema.grants)
    items.push_back((grant.revoked ? "revoke " : "grant ") + join(grant.privileges, "+") + " on " +
                    grant.name + " to " + grant.grantee);
  return join(items, "\n");
}

struct Case {
  std::string_view sql;
  std::string_view outline;
};

void expect_outlines(const std::vector<Case>& cases) {
  for (const Case& item : cases) {
    DiagnosticSink sink;
    const Schema schema =
        read_postgres({{"test.sql", std::string(item.sql)}}, sink, Reading::portable);
    EXPECT_EQ(outline_of(schema), item.outline) << item.sql;
    for (const Diagnostic& diagnostic : sink.all())
      ADD_FAILURE() << diagnostic.message << " in " << item.sql;
  }
}

TEST(ReadPostgres, NamesWhatHasNoName) {
  expect_outlines({
      {"create table book (id serial primary key, isbn varchar(20) unique, pages int check (pages "
       "> "
       "0), check (pages < id))",
       "sequence book_id_seq@id\n"
       "book {id:integer!=nextval('book_id_seq'::regclass); isbn:character varying(20); "
       "pages:integer; pk book_pkey(id); unique book_isbn_key(isbn); check book_check(pages < id); "
       "check book_pages_check(pages > 0)}"},
      {"create table a (x int, y int, primary key (x, y)); create table b (x int, y int, foreign "
       "key "
       "(x, y) references a); create index on b (x, lower(y::text) desc); create index on b (x)",
       "a {x:integer!; y:integer!; pk a_pkey(x,y)}\n"
       "b {x:integer; y:integer; fk b_x_y_fkey(x,y)->a(x,y); index b_x_idx(x); index "
       "b_x_lower_idx(x,lower(y::text) desc)}"},
      {"create table t (a int); create index on t (a); create index on t (a)",
       "t {a:integer; index t_a_idx(a); index t_a_idx1(a)}"},
      {"create table t (a int unique primary key)", "t {a:integer!; pk t_pkey(a)}"},
  });
}

TEST(ReadPostgres, FollowsChanges) {
  expect_outlines({
      {"create table t (a int, b text); alter table t add c numeric(8,2) default 1 not null, drop "
       "column b, alter a type bigint, add primary key (a), add constraint positive check (c > 0)",
       "t {a:bigint!; c:numeric(8,2)!=1; pk t_pkey(a); check positive(c > 0)}"},
      {"create table t (id serial, a int check (a > 0)); alter table t rename to u; alter table u "
       "rename a to b; alter sequence t_id_seq rename to numbers",
       "sequence numbers@id\nu {id:integer!=nextval('numbers'::regclass); b:integer; check "
       "t_a_check(b > 0)}"},
      {"create table a (x int primary key); create table b (x int references a); drop table a "
       "cascade",
       "b {x:integer}"},
      {"create table t (a int, b int); create index i on t (a, b); create view v as select a, b "
       "from "
       "t; alter table t drop column b cascade",
       "t {a:integer}"},
      {"create type mood as enum ('sad', 'happy'); create table t (m mood); alter type mood add "
       "value "
       "'ok' before 'happy'; alter type mood rename value 'sad' to 'low'; alter type mood rename "
       "to "
       "feeling",
       "enum feeling(low,ok,happy)\nt {m:feeling}"},
      {"create schema s; create table s.t (id serial primary key); alter table s.t set schema "
       "public",
       "schema s\nsequence t_id_seq@id\nt {id:integer!=nextval('t_id_seq'::regclass); pk "
       "t_pkey(id)}"},
      {"create table t (a int); create unique index i on t (a); alter table t add constraint k "
       "unique "
       "using index i",
       "t {a:integer; unique k(a)}"},
      {"create table t (a int); comment on table t is 'x'; comment on table t is null",
       "t {a:integer}"},
      {"create table t (a varchar(5) default 'x', b int default 0); alter table t alter a type "
       "text, "
       "alter b type bigint",
       "t {a:text='x'::character varying; b:bigint=0}"},
      {"create table t (a varchar(5) default null, b text default null)",
       "t {a:character varying(5)=null; b:text}"},
  });
}

TEST(ReadPostgres, PassesOnToHeirsAndPartitions) {
  expect_outlines({
      {"create table p (a int not null, check (a > 0)); create table c (b int) inherits (p); alter "
       "table p add d text",
       "c {a:integer!^; b:integer; d:text^; check p_a_check(a > 0)^}\n"
       "p {a:integer!; d:text; check p_a_check(a > 0)}"},
      {"create table r (x int primary key); create table p (a int references r, d date, primary "
       "key "
       "(a, d)) partition by range (d); create index on p (d); create table p1 partition of p for "
       "values from ('2024-01-01') to ('2025-01-01'); create table p2 (a int not null, d date not "
       "null); alter table p attach partition p2 default",
       "p {a:integer!; d:date!; pk p_pkey(a,d); fk p_a_fkey(a)->r(x); index p_d_idx(d)}\n"
       "p1 {a:integer!^; d:date!^; pk p1_pkey(a,d); fk p_a_fkey(a)->r(x); index p1_d_idx(d) of "
       "p_d_idx; part for values from ('2024-01-01') to ('2025-01-01')}\n"
       "p2 {a:integer!^; d:date!^; pk p2_pkey(a,d); fk p_a_fkey(a)->r(x); index p2_d_idx(d) of "
       "p_d_idx; part DEFAULT}\n"
       "r {x:integer!; pk r_pkey(x)}"},
      {"create table t (a int primary key, b text default 'x' check (b <> '')); create table u "
       "(like t "
       "including all)",
       "t {a:integer!; b:text='x'; pk t_pkey(a); check t_b_check(b <> '')}\n"
       "u {a:integer!; b:text='x'; pk u_pkey(a); check t_b_check(b <> '')}"},
  });
}

TEST(ReadPostgres, FindsNamesAlongTheSearchPath) {
  expect_outlines({
      {"create schema s; set search_path = s, public; create table t (id serial); create view v as "
       "select t.id from t",
       "schema s\nsequence t_id_seq@id\ns.t {id:integer!=nextval('s.t_id_seq'::regclass)}\nview "
       "v(id) "
       "select t.id from s.t"},
      {"create schema s; select pg_catalog.set_config('search_path', '', false); create table "
       "s.t (a int); create table public.t (a int)",
       "schema s\nt {a:integer}\ns.t {a:integer}"},
      {"create temp table t (a int); create table u (a int)", "u {a:integer}"},
  });
}

TEST(ReadPostgres, LooksIntoBlocks) {
  expect_outlines({
      {"do $$ begin create type m as enum ('a'); exception when duplicate_object then null; end "
       "$$; do "
       "$$ begin create type m as enum ('a'); exception when duplicate_object then null; end $$",
       "enum m(a)"},
      {"do $$ begin if not exists (select 1 from pg_class) then create table t (a int); end if; "
       "end $$",
       "t {a:integer}"},
      {"create table t (a int); do $$ begin execute 'alter table t add b text'; end $$",
       "t {a:integer; b:text}"},
      {"create function f() returns void language plpgsql as $$ begin create table t (a int); end "
       "$$; "
       "select f(); drop function f()",
       "t {a:integer}"},
      {"create table t (a int); create function pg_temp.run(wait boolean, query text) returns void "
       "language plpgsql as $$ begin execute query; end $$; select pg_temp.run(true, 'alter table "
       "t "
       "add b text;'); select case when (select setting from pg_settings where name = "
       "'server_version_num')::int >= 100000 then pg_temp.run(false, 'alter table t add c text') "
       "end",
       "t {a:integer; b:text; c:text}"},
  });
}

TEST(ReadPostgres, KeepsWhatStandsOnTables) {
  expect_outlines({
      {"create table t (a int); create function f() returns trigger language plpgsql as 'begin "
       "return "
       "new; end'; create trigger g before insert on t for each row execute function f(); create "
       "policy p on t using (a > 0); grant select, insert on t to bob; revoke insert on t from "
       "bob; "
       "revoke all on function f() from public",
       "function f()\nt {a:integer; trigger g; policy p}\nrevoke EXECUTE on f to \ngrant SELECT on "
       "t "
       "to bob"},
      {"create table t (a int); create policy p on t to bob, current_user, session_user; create "
       "policy q on t to bob, public",
       "t {a:integer; policy p to bob,current_user,session_user; policy q}"},
      {"create table t (a int, b int generated always as (a * 2) stored, c int generated by "
       "default as "
       "identity, exclude using gist (a with =) where (a > 0))",
       "t {a:integer; b:integer:=a * 2; c:integer!#default; exclude t_a_excl}"},
      {"create or replace function f(x int, y varchar(5) = '', out z int) language sql as 'select "
       "1'; "
       "create or replace function f(x int, y varchar = '', out z int) language sql as 'select 2'",
       "function f(integer, character varying)"},
      {"\\set n 5\n\\connect db\ncreate table t (a int default :n);\ncopy t from "
       "stdin;\n1\n'\n\\.\n"
       "create table u (a int);",
       "t {a:integer=5}\nu {a:integer}"},
  });
}

TEST(ReadPostgres, ReadsWhatStandsWithinASchema) {
  expect_outlines({
      {"create schema s create view v as select a as \"create\" from t create table t (a int) "
       "create "
       "view w (b) as select a from t where a > 0",
       "schema s\ns.t {a:integer}\nview v(create) select a as \"create\" from s.t\nview w(b) "
       "select a "
       "from s.t where a > 0"},
      {"create schema s create table t (a int default (1)) grant select on t to bob with grant "
       "option create index i on t (a)",
       "schema s\ns.t {a:integer=(1); index i(a)}\ngrant SELECT on t to bob"},
  });
}

TEST(ReadPostgres, KnowsTheColumnsOfRows) {
  const std::string made =
      "create table t (a int, b text); create type pair as (x int, y text); create function f() "
      "returns setof t language sql as ''; create function g(t) returns pair language sql as ''; "
      "create function h(out p int, out q text) language sql as ''; create function k() returns "
      "table (n int) language sql as ''; create function s() returns int language sql as ''; "
      "create "
      "function r() returns record language sql as ''; create function o(int) returns t language "
      "sql "
      "as ''; create function o(text) returns pair language sql as ''; ";
  struct Row {
    std::string query;
    std::string columns;
  };
  const Row rows[] = {
      {"select * from f()", "a,b"},
      {"select m.*, 1 as z from f() as m (c)", "c,b,z"},
      {"select (g(t)).* from t", "x,y"},
      {"select (g(t)).x from t", "x"},
      {"select (null::pair).*", "x,y"},
      {"select * from h(), k()", "p,q,n"},
      {"select * from s()", "s"},
      {"select * from s() as z", "z"},
      {"select * from f() with ordinality", ""},
      {"select * from r() as (a int)", ""},
      {"select (o(1)).*", ""},
      {"select (nobody.knows(1)).*", ""},
  };
  for (const Row& row : rows) {
    DiagnosticSink sink;
    const Schema schema = read_postgres({{"test.sql", made + "create view v as " + row.query}},
                                        sink, Reading::portable);
    ASSERT_EQ(schema.views.size(), 1U) << row.query;
    EXPECT_EQ(join(schema.views[0].columns, ","), row.columns) << row.query;
  }
}

/// "token: dictionaries" for those that are not looked up in `simple`.
std::string mappings_of(const Schema& schema, std::string_view name) {
  std::string text;
  for (const OtherObject& other : schema.others) {
    if (other.name != name) continue;
    constexpr std::string_view for_word = " ADD MAPPING FOR ";
    constexpr std::string_view with_word = " WITH ";
    const std::string& sql = other.sql.text;
    text = sql.substr(0, sql.find(";\n"));
    for (std::size_t at = sql.find(for_word); at != std::string::npos;
         at = sql.find(for_word, at + 1)) {
      const std::string mapping =
          sql.substr(at + for_word.size(), sql.find(";\n", at) - at - for_word.size());
      if (!mapping.ends_with(" WITH simple"))
        text += "; " + mapping.substr(0, mapping.find(with_word)) + ": " +
                mapping.substr(mapping.find(with_word) + with_word.size());
    }
  }
  return text;
}

TEST(ReadPostgres, WritesOutTextSearchMappings) {
  const std::vector<Case> cases = {
      {"create text search configuration c (copy = simple)",
       "CREATE TEXT SEARCH CONFIGURATION c (PARSER = \"default\")"},
      {"create text search configuration c (parser = pg_catalog.\"default\"); alter text search "
       "configuration c add mapping for \"int\", word with english_stem, simple; alter text search "
       "configuration c drop mapping for \"int\"",
       "CREATE TEXT SEARCH CONFIGURATION c (PARSER = \"default\"); word: english_stem, simple"},
      {"create text search configuration c (copy = pg_catalog.russian)",
       "CREATE TEXT SEARCH CONFIGURATION c (PARSER = \"default\"); asciihword: english_stem; "
       "asciiword: english_stem; hword: russian_stem; hword_asciipart: english_stem; hword_part: "
       "russian_stem; word: russian_stem"},
      {"create schema s; create extension unaccent schema s; create text search dictionary s.d "
       "(template = simple); create text search configuration b (copy = simple); alter text search "
       "configuration b alter mapping for word, hword with s.d, unaccent; set search_path = s; "
       "create "
       "text search configuration c (copy = public.b); alter text search configuration c alter "
       "mapping for hword replace d with pg_catalog.simple; alter text search configuration c "
       "alter "
       "mapping replace unaccent with english_stem",
       "CREATE TEXT SEARCH CONFIGURATION s.c (PARSER = \"default\"); hword: simple, english_stem; "
       "word: s.d, english_stem"},
  };
  for (const Case& item : cases) {
    DiagnosticSink sink;
    const Schema schema =
        read_postgres({{"test.sql", std::string(item.sql)}}, sink, Reading::portable);
    EXPECT_EQ(mappings_of(schema, "c"), item.outline) << item.sql;
    EXPECT_TRUE(sink.all().empty()) << item.sql;
  }
}

TEST(ReadPostgres, SaysWhenNothingIsUnderstood) {
  DiagnosticSink sink;
  static_cast<void>(
      read_postgres({{"test.sql", "creat table a (x int);"}}, sink, Reading::portable));
  ASSERT_EQ(sink.all().size(), 2);
  EXPECT_EQ(sink.all()[1].code, "postgres-nothing-read");
  EXPECT_TRUE(sink.has_errors());
}

TEST(ReadPostgres, ReadsOnBehindWhatItRefuses) {
  struct Row {
    std::string sql;
    std::string_view code;
    std::size_t line;
    bool stops = false;  ///< An error rather than a warning.
  };
  std::string deep = "create view v as select 1";
  for (int i = 0; i < 10'000; ++i) deep += "+1";
  std::string brackets = "select " + std::string(10'000, '(') + "1" + std::string(10'000, ')');
  const Row rows[] = {
      {"create table a (x int);\ncreate tabel b (x int);\ncreate table c (x int);",
       "postgres-syntax", 2},
      {"create statistics s;\ncreate table a (x int);", "postgres-syntax", 1},
      {"create table a (x int);\n\nselect 'no end", "postgres-truncated", 3, true},
      {"create table a (x int);\ncreate table b (x int,", "postgres-truncated", 2, true},
      {"\n" + deep + "; create table a (x int)", "postgres-too-deep", 2, true},
      {"create table a (x int);" + brackets, "postgres-too-deep", 1, true},
      {"alter table b add y int; create table a (x int)", "postgres-unknown-object", 1},
      {"create table \xC3\xA9t\xC3\xA9 (x int);\ncreate table z (x int,);", "postgres-syntax", 2},
  };
  for (const Row& row : rows) {
    DiagnosticSink sink;
    const Schema schema = read_postgres({{"test.sql", row.sql}}, sink, Reading::portable);
    ASSERT_EQ(sink.all().size(), 1) << row.sql.substr(0, 80);
    EXPECT_EQ(sink.all()[0].code, row.code);
    EXPECT_EQ(sink.has_errors(), row.stops) << row.sql.substr(0, 80);
    EXPECT_EQ(position_of(row.sql, sink.all()[0].span->begin).line, row.line);
    if (row.sql.find("table a") != std::string::npos) {
      EXPECT_NE(schema.find_table("a"), nullptr);
    }
  }
}

/// What asks the session is read as it is written, or as a new database answers it.
TEST(ReadPostgres, AnswersWhatAsksTheSession) {
  const std::string sql = R"(
DO $$
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %2$I', current_schema(), 'clerk');
  EXECUTE format('CREATE TABLE %I (x text DEFAULT %L)', 'Kept ' || 'notes', 'it''s');
END
$$;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path FROM CURRENT AS 'SELECT 1';
COMMIT;
CREATE FUNCTION g() RETURNS integer LANGUAGE sql SET search_path FROM CURRENT AS 'SELECT 1';
)";
  DiagnosticSink sink;
  const Schema there = read_postgres({{"test.sql", sql}}, sink, Reading::installed);
  EXPECT_TRUE(sink.all().empty());
  ASSERT_EQ(there.routines.size(), 2);
  EXPECT_NE(there.routines[0].sql.text.find("SET search_path TO 'public', 'pg_temp' AS"),
            std::string::npos)
      << there.routines[0].sql.text;
  EXPECT_NE(there.routines[1].sql.text.find("SET search_path TO '$user', 'public' AS"),
            std::string::npos)
      << there.routines[1].sql.text;
  EXPECT_EQ(there.grants.size(), 1);
  const Table* table = there.find_table("Kept notes");
  ASSERT_NE(table, nullptr);
  ASSERT_TRUE(table->columns[0].default_value);

  const Schema anywhere = read_postgres({{"test.sql", sql}}, sink, Reading::portable);
  EXPECT_NE(anywhere.routines[0].sql.text.find("SET search_path FROM CURRENT"), std::string::npos);
  EXPECT_TRUE(anywhere.grants.empty());
}

}  // namespace
}  // namespace relata::sql
