#include <gtest/gtest.h>

#include "model/schema.h"
#include "syntax/canonical.h"

namespace relata::syntax {
void canonicalize_postgres(Schema& schema);

namespace {

Column column(std::string name, std::string spelling) {
  Column result;
  result.name = std::move(name);
  result.type.spelling = std::move(spelling);
  return result;
}

Table table(std::string name, std::vector<Column> columns) {
  Table result;
  result.name = std::move(name);
  result.columns = std::move(columns);
  return result;
}

/// A shop, with a column of most types.
Schema shop() {
  Schema schema;
  schema.dialect = "postgres";
  schema.domains.emplace_back();
  schema.domains.back().name = "email";
  schema.domains.back().type.spelling = "text";
  schema.composite_types.emplace_back();
  schema.composite_types.back().name = "amount";
  schema.composite_types.back().attributes = {column("value", "numeric(8,3)"),
                                              column("unit", "text"), column("box", "bigint")};
  schema.tables.push_back(table(
      "product",
      {column("id", "integer"), column("name", "character varying(40)"),
       column("code", "character(4)"), column("note", "text"), column("price", "numeric(10,2)"),
       column("weight", "double precision"), column("stock", "integer"), column("sold", "bigint"),
       column("small", "smallint"), column("active", "boolean"), column("day", "date"),
       column("made", "timestamp without time zone"), column("seen", "timestamp with time zone"),
       column("extra", "jsonb"), column("tags", "text[]"), column("contact", "email"),
       column("wait", "interval")}));
  schema.tables.push_back(
      table("sale", {column("id", "bigint"), column("product_id", "integer"),
                     column("amount", "integer"), column("at", "timestamp with time zone")}));
  return schema;
}

Expression sql(std::string text) {
  Expression expression = expression::leaf(Operation::sql, std::move(text));
  expression.dialect = "postgres";
  return expression;
}

Expression check(std::string text) {
  Schema schema = shop();
  schema.tables[0].checks.push_back({});
  schema.tables[0].checks[0].expression = sql(std::move(text));
  canonicalize_postgres(schema);
  return schema.tables[0].checks[0].expression;
}

Expression default_of(std::string type, std::string text) {
  Schema schema = shop();
  schema.tables[0].columns.push_back(column("value", std::move(type)));
  schema.tables[0].columns.back().default_value = sql(std::move(text));
  canonicalize_postgres(schema);
  return *schema.tables[0].columns.back().default_value;
}

View view(std::string text) {
  Schema schema = shop();
  schema.views.emplace_back();
  schema.views[0].name = "v";
  schema.views[0].sql = std::move(text);
  canonicalize_postgres(schema);
  return schema.views[0];
}

struct Pair {
  const char* written;
  const char* server;  ///< What pg_get_expr() and its like give back.
};

TEST(Canonicalize, ChecksAgreeWithTheServer) {
  const Pair pairs[] = {
      {"price > 0", "(price > (0)::numeric)"},
      {"upper(code) = code", "(upper((code)::text) = (code)::text)"},
      {"price >= 0 AND price <= 100.50", "((price >= (0)::numeric) AND (price <= 100.50))"},
      {"price BETWEEN 1 AND 9", "((price >= (1)::numeric) AND (price <= (9)::numeric))"},
      {"stock NOT BETWEEN 1 AND 9", "((stock < 1) OR (stock > 9))"},
      {"name IN ('a', 'b')",
       "((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"},
      {"name IN ('a', 'b')",
       "((name)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character "
       "varying)::text]))"},
      {"note NOT IN ('a', 'b')", "(note <> ALL (ARRAY['a'::text, 'b'::text]))"},
      {"note IN ('a')", "(note = 'a'::text)"},
      {"code IN ('a', 'b')", "(code = ANY (ARRAY['a'::bpchar, 'b'::bpchar]))"},
      {"price = ANY (ARRAY['2', '3']::numeric(4,1)[])",
       "(price = ANY (ARRAY['2'::numeric(4,1), '3'::numeric(4,1)]))"},
      {"stock IN (1, 2, -3)", "(stock = ANY (ARRAY[1, 2, '-3'::integer]))"},
      {"stock IN (1, id)", "((stock = 1) OR (stock = id))"},
      {"name LIKE 'a%'", "((name)::text ~~ 'a%'::text)"},
      {"name NOT LIKE 'a%'", "((name)::text !~~ 'a%'::text)"},
      {"name ILIKE 'a%'", "((name)::text ~~* 'a%'::text)"},
      {"note LIKE 'a!%' ESCAPE '!'", "(note ~~ like_escape('a!%'::text, '!'::text))"},
      {"note SIMILAR TO 'a+'", "(note ~ similar_to_escape('a+'::text))"},
      {"name != 'x'", "((name)::text <> 'x'::text)"},
      {"NOT stock = 1", "(NOT (stock = 1))"},
      {"active = 't'", "(active = true)"},
      {"active AND (stock > 1 AND (sold > 2))", "(active AND (stock > 1) AND (sold > 2))"},
      {"length(name) > 2", "(length((name)::text) > 2)"},
      {"char_length(trim(name)) > 2", "(char_length(TRIM(BOTH FROM name)) > 2)"},
      {"lower(code) = note", "(lower((code)::text) = note)"},
      {"day > '2020-01-01'", "(day > '2020-01-01'::date)"},
      {"made > '2020-1-1'", "(made > '2020-01-01 00:00:00'::timestamp without time zone)"},
      {"seen > now() - interval '1 hour'", "(seen > (now() - '01:00:00'::interval))"},
      {"seen > now() - '36 hours 5 min'::interval", "(seen > (now() - '36:05:00'::interval))"},
      {"wait < INTERVAL '2' DAY", "(wait < '2 days'::interval day)"},
      {"wait < INTERVAL '1 week'", "(wait < '7 days'::interval)"},
      {"contact ~ '@'", "((contact)::text ~ '@'::text)"},
      {"weight > 0", "(weight > (0)::double precision)"},
      {"weight * 2 > sold", "((weight * (2)::double precision) > (sold)::double precision)"},
      {"price * stock > 0", "((price * (stock)::numeric) > (0)::numeric)"},
      {"stock + small > sold", "((stock + small) > sold)"},
      {"(stock::numeric / id) > 0.5", "(((stock)::numeric / (id)::numeric) > 0.5)"},
      {"extra ->> 'a' = 'b'", "((extra ->> 'a'::text) = 'b'::text)"},
      {"extra @> '{\"b\":1,\"a\":[1,2]}'", "(extra @> '{\"a\": [1, 2], \"b\": 1}'::jsonb)"},
      {"jsonb_typeof(extra) = 'object'", "(jsonb_typeof(extra) = 'object'::text)"},
      {"tags @> '{a, b}'", "(tags @> '{a,b}'::text[])"},
      {"tags <> ARRAY[]::text[]", "(tags <> ARRAY[]::text[])"},
      {"'a' = ANY(tags)", "('a'::text = ANY (tags))"},
      {"tags && ARRAY['x', 'y']", "(tags && ARRAY['x'::text, 'y'::text])"},
      {"coalesce(name, '') <> ''", "((COALESCE(name, ''::character varying))::text <> ''::text)"},
      {"coalesce(price, 0) = 0", "(COALESCE(price, (0)::numeric) = (0)::numeric)"},
      {"CASE WHEN active THEN 1 ELSE NULL END = 1",
       "(CASE WHEN active THEN 1 ELSE NULL::integer END = 1)"},
      {"CASE name WHEN 'a' THEN stock > 0 ELSE true END",
       "CASE name WHEN 'a'::text THEN (stock > 0) ELSE true END"},
      {"(name IS NULL) = (note IS NULL)", "((name IS NULL) = (note IS NULL))"},
      {"name IS DISTINCT FROM 'x'", "((name)::text IS DISTINCT FROM 'x'::text)"},
      {"(id, stock) = (1, 2)", "((id = 1) AND (stock = 2))"},
      {"ROW(id, stock) < (1, 2)", "(ROW(id, stock) < ROW(1, 2))"},
      {"extract(year from made) > 2000", "(EXTRACT(year FROM made) > (2000)::numeric)"},
      {"date_part('year', made) > 2000",
       "(date_part('year'::text, made) > (2000)::double precision)"},
      {"substring(name from 1 for 2) = 'ab'", "(\"substring\"((name)::text, 1, 2) = 'ab'::text)"},
      {"position('a' in note) > 0", "(POSITION(('a'::text) IN (note)) > 0)"},
      {"seen AT TIME ZONE 'UTC' > made", "((seen AT TIME ZONE 'UTC'::text) > made)"},
      {"NAME = note -- the same", "((name)::text = note)"},
      {"pg_catalog.lower(name) = 'a'", "(lower((name)::text) = 'a'::text)"},
      {"public.product.stock > 0", "(stock > 0)"},
      {"note || name = 'ab'", "((note || (name)::text) = 'ab'::text)"},
      {"active IS NOT FALSE", "(active IS NOT FALSE)"},
      {"num_nonnulls(id, stock) = 1", "(num_nonnulls(id, stock) = 1)"},
      {"nullif(name, '') IS NOT NULL", "(NULLIF((name)::text, ''::text) IS NOT NULL)"},
      {"stock % 2 = 0", "((stock % 2) = 0)"},
      {"-stock < -1", "((- stock) < '-1'::integer)"},
      {"name COLLATE \"C\" > 'a'", "((name COLLATE \"C\") > 'a'::text)"},
      {"jsonb_extract_path_text(extra, 'a', 'b') = 'c'",
       "(jsonb_extract_path_text(extra, VARIADIC ARRAY['a'::text, 'b'::text]) = 'c'::text)"},
      {"round(price, 1) = price", "(round(price, 1) = price)"},
      {"abs(weight) < 1e3", "(abs(weight) < (1000)::double precision)"},
  };
  for (const Pair& pair : pairs) {
    EXPECT_EQ(check(pair.written).canonical, check(pair.server).canonical) << pair.written;
    EXPECT_NE(check(pair.written).canonical, "") << pair.written;
  }
}

TEST(Canonicalize, ChangesOfMeaningShow) {
  const Pair pairs[] = {
      {"stock > 0", "stock >= 0"},
      {"stock > 0", "sold > 0"},
      {"stock > 0", "stock > 1"},
      {"name IN ('a', 'b')", "name IN ('a', 'b', 'c')"},
      {"name IN ('a', 'b')", "name NOT IN ('a', 'b')"},
      {"stock::numeric / id > 0.5", "stock / id > 0.5"},
      {"note::integer > 1", "note > '1'"},
      {"name::varchar(3) = 'abc'", "name = 'abc'"},
      {"code::text = 'a'", "code = 'a'"},
      {"price::integer = 1", "price = 1"},
      {"a = 1 AND b = 2 OR c = 3", "a = 1 AND (b = 2 OR c = 3)"},
      {"now() > seen", "CURRENT_TIMESTAMP > seen"},
      {"CURRENT_TIMESTAMP(3) > seen", "CURRENT_TIMESTAMP > seen"},
      {"\"Name\" = 'a'", "name = 'a'"},
      {"wait < '1 day'", "wait < '24 hours'"},
      {"lower(name) = 'a'", "upper(name) = 'a'"},
      {"extra = '{\"a\": 1}'", "extra = '{\"a\": 2}'"},
      {"made > seen::date", "made > seen"},
  };
  for (const Pair& pair : pairs)
    EXPECT_NE(check(pair.written).canonical, check(pair.server).canonical) << pair.written;
}

struct Default {
  const char* type;
  const char* written;
  const char* server;
};

TEST(Canonicalize, DefaultsAgreeWithTheServer) {
  const Default defaults[] = {
      {"integer", "0", "0"},
      {"integer", "'0'", "0"},
      {"integer", "-1", "'-1'::integer"},
      {"bigint", "-1", "'-1'::bigint"},
      {"smallint", "'5'", "'5'::smallint"},
      {"numeric(10,2)", "'1.5'", "1.5"},
      {"numeric(10,2)", "0", "0"},
      {"double precision", "'1.50'", "'1.5'::double precision"},
      {"boolean", "'t'", "true"},
      {"boolean", "TRUE", "true"},
      {"boolean", "'no'", "false"},
      {"text", "'x'", "'x'::text"},
      {"character varying(20)", "'it''s'", "'it''s'::character varying"},
      {"character(3)", "'a'", "'a'::bpchar"},
      {"integer", "nextval('product_id_seq')", "nextval('product_id_seq'::regclass)"},
      {"integer", "nextval('public.product_id_seq'::regclass)",
       "nextval('product_id_seq'::regclass)"},
      {"timestamp with time zone", "now()", "now()"},
      {"timestamp with time zone", "current_timestamp", "CURRENT_TIMESTAMP"},
      {"timestamp without time zone", "'1970-01-01'",
       "'1970-01-01 00:00:00'::timestamp without time zone"},
      {"timestamp with time zone", "'2000-01-01 12:30:00.500+02'",
       "'2000-01-01 10:30:00.5+00'::timestamp with time zone"},
      {"date", "'infinity'", "'infinity'::date"},
      {"date", "('now'::text)::date", "('now'::text)::date"},
      {"jsonb", "'{}'", "'{}'::jsonb"},
      {"jsonb", "'{\"bb\":1, \"a\" : [ ]}'", "'{\"a\": [], \"bb\": 1}'::jsonb"},
      {"text[]", "'{}'", "'{}'::text[]"},
      {"text[]", "ARRAY['a','b']", "ARRAY['a'::text, 'b'::text]"},
      {"text[]", "array[]::text[]", "ARRAY[]::text[]"},
      {"uuid", "public.gen_random_uuid()", "gen_random_uuid()"},
      {"interval", "'90 minutes'", "'01:30:00'::interval"},
      {"integer", "nextval('a_seq'::text)", "nextval(('a_seq'::text)::regclass)"},
      {"bytea", "'abc'", "'\\x616263'::bytea"},
      {"inet", "'10.0.0.1/32'", "'10.0.0.1'::inet"},
      {"bit(3)", "B'101'", "'101'::\"bit\""},
      {"time without time zone", "'8:30'", "'08:30:00'::time without time zone"},
      {"email", "'a@b'", "'a@b'::text"},
      {"timestamp without time zone", "timezone('utc', now())", "timezone('utc'::text, now())"},
      {"amount", "ROW(1, 'piece', NULL)::amount",
       "ROW((1)::numeric(8,3), 'piece'::text, NULL::bigint)::amount"},
      {"amount", "ROW('1', 'piece', 2)", "ROW('1'::numeric(8,3), 'piece'::text, (2)::bigint)"},
      {"timestamp without time zone", "(now() at time zone 'utc')",
       "(now() AT TIME ZONE 'utc'::text)"},
  };
  for (const Default& row : defaults) {
    EXPECT_EQ(default_of(row.type, row.written).canonical,
              default_of(row.type, row.server).canonical)
        << row.type << " " << row.written;
    EXPECT_NE(default_of(row.type, row.written).canonical, "") << row.written;
  }
}

TEST(Canonicalize, ViewsAgreeWithTheServer) {
  const Pair pairs[] = {
      {"SELECT * FROM sale",
       " SELECT sale.id,\n    sale.product_id,\n    sale.amount,\n    sale.at\n   FROM sale"},
      {"SELECT p.name, s.amount FROM sale s JOIN product p ON p.id = s.product_id WHERE s.amount > "
       "1",
       "SELECT p.name, s.amount FROM (sale s JOIN product p ON ((p.id = s.product_id))) WHERE "
       "(s.amount > 1)"},
      {"SELECT name, count(*) AS n FROM product, sale WHERE product_id = product.id GROUP BY 1 "
       "ORDER BY n DESC, 1",
       "SELECT product.name, count(*) AS n FROM product, sale WHERE (sale.product_id = product.id) "
       "GROUP BY product.name ORDER BY (count(*)) DESC, product.name"},
      {"SELECT * FROM sale s JOIN product p USING (id)",
       "SELECT s.id, s.product_id, s.amount, s.at, p.name, p.code, p.note, p.price, p.weight, "
       "p.stock, p.sold, p.small, p.active, p.day, p.made, p.seen, p.extra, p.tags, p.contact, "
       "p.wait FROM (sale s JOIN product p USING (id))"},
      {"WITH x AS (SELECT id, amount a FROM sale) SELECT a FROM x UNION ALL SELECT stock FROM "
       "product ORDER BY a",
       "WITH x AS (SELECT sale.id, sale.amount AS a FROM sale) SELECT x.a FROM x UNION ALL SELECT "
       "product.stock AS a FROM product ORDER BY 1"},
      {"SELECT id FROM product WHERE id IN (SELECT product_id FROM sale WHERE sale.amount > "
       "product.stock)",
       "SELECT product.id FROM product WHERE (product.id IN ( SELECT sale.product_id FROM sale "
       "WHERE (sale.amount > product.stock)))"},
      {"SELECT n FROM generate_series(1, 3) AS n", "SELECT n.n FROM generate_series(1, 3) n(n)"},
      {"SELECT e ->> 'a' AS a FROM product, jsonb_array_elements(extra) AS e",
       "SELECT (e.value ->> 'a'::text) AS a FROM product, LATERAL "
       "jsonb_array_elements(product.extra) e(value)"},
      {"SELECT 'x' AS kind, NULL AS nothing, id::bigint FROM sale",
       "SELECT 'x'::text AS kind, NULL::text AS nothing, sale.id FROM sale"},
      {"SELECT row_number() OVER (PARTITION BY product_id ORDER BY at) FROM sale",
       "SELECT row_number() OVER (PARTITION BY sale.product_id ORDER BY sale.at) AS row_number "
       "FROM sale"},
      {"SELECT q.total FROM (SELECT sum(amount) AS total, product_id FROM sale GROUP BY "
       "product_id) q WHERE total > 5 LIMIT 10",
       "SELECT q.total FROM ( SELECT sum(sale.amount) AS total, sale.product_id FROM sale GROUP BY "
       "sale.product_id) q WHERE (q.total > 5) LIMIT 10"},
      {"SELECT DISTINCT ON (product_id) amount FROM sale ORDER BY product_id, at DESC NULLS LAST",
       "SELECT DISTINCT ON (sale.product_id) sale.amount FROM sale ORDER BY sale.product_id, "
       "sale.at DESC NULLS LAST"},
      {"SELECT EXISTS (SELECT 1 FROM sale WHERE product_id = p.id) FROM product p",
       "SELECT (EXISTS ( SELECT 1 FROM sale WHERE (sale.product_id = p.id))) AS \"exists\" FROM "
       "product p"},
  };
  for (const Pair& pair : pairs) {
    EXPECT_EQ(view(pair.written).canonical, view(pair.server).canonical) << pair.written;
    EXPECT_EQ(view(pair.written).columns, view(pair.server).columns) << pair.written;
    EXPECT_NE(view(pair.written).canonical, "") << pair.written;
  }
  EXPECT_NE(view("SELECT id FROM sale").canonical, view("SELECT product_id FROM sale").canonical);
  EXPECT_NE(view("SELECT id FROM sale").canonical, view("SELECT DISTINCT id FROM sale").canonical);
  EXPECT_NE(view("SELECT a.id FROM sale a, product b").canonical,
            view("SELECT b.id FROM sale a, product b").canonical);
}

TEST(Canonicalize, StatisticsHaveNoOrder) {
  const auto statistics = [](const char* text) {
    Schema schema = shop();
    schema.others.emplace_back();
    schema.others[0].kind = "statistics";
    schema.others[0].sql = {"postgres", text, {}};
    canonicalize_postgres(schema);
    return schema.others[0].sql.canonical;
  };
  const std::string one =
      statistics("CREATE STATISTICS s (ndistinct, mcv) ON id, code FROM product");
  EXPECT_EQ(one,
            statistics("CREATE STATISTICS s (mcv, ndistinct) ON code, id FROM public.product"));
  EXPECT_NE(one, statistics("CREATE STATISTICS s (mcv) ON code, id FROM product"));
  EXPECT_EQ(
      statistics("CREATE STATISTICS s (mcv, ndistinct, dependencies) ON id, code FROM product"),
      statistics("CREATE STATISTICS s ON id, code FROM product"));
}

TEST(Canonicalize, TriggersAndRoutines) {
  const auto trigger = [](const char* text) {
    Schema schema = shop();
    schema.tables[0].triggers.push_back({"t", TriggerBody{"postgres", text}, {}});
    canonicalize_postgres(schema);
    return std::get<TriggerBody>(schema.tables[0].triggers[0].purpose).canonical;
  };
  EXPECT_EQ(trigger("CREATE TRIGGER t BEFORE UPDATE OR INSERT ON product FOR EACH ROW WHEN "
                    "(new.name <> 'a') EXECUTE PROCEDURE f('x')"),
            trigger("CREATE TRIGGER t BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW WHEN "
                    "(((new.name)::text <> 'a'::text)) EXECUTE FUNCTION f('x')"));
  EXPECT_NE(trigger("CREATE TRIGGER t AFTER UPDATE ON product EXECUTE FUNCTION f()"),
            trigger("CREATE TRIGGER t AFTER UPDATE ON product FOR EACH ROW EXECUTE FUNCTION f()"));
  const auto routine = [](const char* text) {
    Schema schema = shop();
    schema.routines.push_back({});
    schema.routines[0].name = "f";
    schema.routines[0].sql.text = text;
    canonicalize_postgres(schema);
    return schema.routines[0].sql.canonical;
  };
  EXPECT_EQ(routine("create function f(a int, b varchar(20) default 'x') returns int as $x$ select "
                    "1 $x$ immutable language SQL"),
            routine("CREATE OR REPLACE FUNCTION public.f(a integer, b character varying DEFAULT "
                    "'x'::character varying)\n RETURNS integer\n LANGUAGE sql\n IMMUTABLE\nAS "
                    "$function$ select 1 $function$"));
  EXPECT_EQ(routine("create function f(out a int, out b text) as 'x' language sql"),
            routine("create function f(out a int, out b text) returns record volatile cost 100 "
                    "language sql as 'x'"));
  EXPECT_NE(routine("create function f() returns int as 'x' language sql"),
            routine("create function f() returns int as 'y' language sql"));
}

TEST(Canonicalize, TrivialTextsNeedNoGrammar) {
  // In brackets the same text goes through the grammar.
  for (const char* text : {"0", "42", "true", "NULL", "'x'", "'x'::text", "'a'::bpchar", "now()",
                           "Current_Timestamp", "'1 hour'::interval", "'{}'::jsonb"}) {
    for (const char* type : {"text", "integer", "boolean", "double precision"}) {
      EXPECT_EQ(default_of(type, text).canonical,
                default_of(type, "(" + std::string(text) + ")").canonical)
          << text;
    }
  }
}

struct Meaning {
  const char* text;
  Operation operation;
};

TEST(Canonicalize, GivesNeutralMeanings) {
  const Meaning meanings[] = {
      {"(price > (0)::numeric)", Operation::greater},
      {"name IN ('a', 'b')", Operation::in},
      {"note NOT IN ('a', 'b')", Operation::negate},
      {"price BETWEEN 1 AND 9", Operation::all_of},
      {"name LIKE 'a%'", Operation::matches_like},
      {"coalesce(active, false)", Operation::coalesce},
      {"num_nonnulls(id, stock) = 1", Operation::equal},
      {"CASE WHEN active THEN stock > 0 ELSE true END", Operation::case_when},
  };
  for (const Meaning& meaning : meanings) {
    const Expression expression = check(meaning.text);
    ASSERT_EQ(expression.arguments.size(), 1U) << meaning.text;
    EXPECT_EQ(expression.arguments[0].operation, meaning.operation) << meaning.text;
  }
  EXPECT_EQ(default_of("uuid", "gen_random_uuid()").arguments.at(0).operation,
            Operation::new_uuid4);
  EXPECT_EQ(default_of("timestamp with time zone", "CURRENT_TIMESTAMP").arguments.at(0).operation,
            Operation::now);
  EXPECT_EQ(default_of("integer", "'7'").arguments.at(0).operation, Operation::number);
  EXPECT_TRUE(check("extra @> '{}'").arguments.empty());
}

TEST(Canonicalize, KeepsWhatItCannotRead) {
  EXPECT_EQ(check("stock >").canonical, "");
  EXPECT_EQ(check("1) OR (2").canonical, "");
  std::string deep = "stock";
  for (int i = 0; i < 200'000; ++i) deep += "+1";
  EXPECT_EQ(check(deep + " > 0").canonical, "");
  EXPECT_EQ(check(std::string(200'000, '(') + "1" + std::string(200'000, ')')).canonical, "");
  std::string long_chain = "stock";
  for (int i = 0; i < 15'000; ++i) long_chain += "+1";
  EXPECT_NE(check(long_chain + " > 0").canonical, "");
}

}  // namespace
}  // namespace relata::syntax
