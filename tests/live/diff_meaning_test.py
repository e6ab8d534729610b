"""`relata diff` compares by meaning: two spellings of one schema differ nowhere, whether they come
from a file or from the server that loaded it; and a real difference is always told."""

import unittest

from harness import RelataError, on_engines
from sources import Sources

# One schema in two or more spellings. What stands in a list is loaded as it is.
POSTGRES_SAME = {
    "numbers": ["CREATE TABLE t (a integer, b bigint, c smallint, d numeric(10,2), e real, "
                "f double precision, g decimal)",
                "CREATE TABLE t (a int4, b int8, c int2, d decimal(10,2), e float4, f float8, "
                "g numeric)",
                "CREATE TABLE t (a int, b bigint, c smallint, d dec(10,2), e float(10), f float, "
                "g numeric)"],
    "texts": ["CREATE TABLE t (a character varying(20), b character(3), c varchar, d char, "
              "e bit varying(4))",
              "CREATE TABLE t (a varchar(20), b char(3), c character varying, d character(1), "
              "e varbit(4))"],
    "moments": ["CREATE TABLE t (a timestamp with time zone, b timestamp without time zone, "
                "c time with time zone, d timestamp(3), e interval)",
                "CREATE TABLE t (a timestamptz, b timestamp, c timetz, "
                "d timestamp(3) without time zone, e interval)"],
    "arrays": ["CREATE TABLE t (a int[], b text[][], c bytea[] DEFAULT '{}')",
               "CREATE TABLE t (a integer ARRAY, b text[], c bytea[] DEFAULT '{}'::bytea[])"],
    "defaults": ["CREATE TABLE t (a int DEFAULT 0, b text DEFAULT 'x', c boolean DEFAULT true, "
                 "d numeric DEFAULT 1.50, e int DEFAULT -1, f jsonb DEFAULT '{}', "
                 "g date DEFAULT '2020-01-01', h varchar(3) DEFAULT '')",
                 "CREATE TABLE t (a int DEFAULT '0'::int, b text DEFAULT 'x'::text, "
                 "c boolean DEFAULT 't'::boolean, d numeric DEFAULT (1.50), e int DEFAULT (-1), "
                 "f jsonb DEFAULT '{}'::jsonb, g date DEFAULT DATE '2020-01-01', "
                 "h varchar(3) DEFAULT ''::character varying)"],
    "no default": ["CREATE TABLE t (a int, b text)",
                   "CREATE TABLE t (a int DEFAULT NULL, b text DEFAULT NULL::text)"],
    "now": ["CREATE TABLE t (a timestamptz DEFAULT now())",
            "CREATE TABLE t (a timestamptz DEFAULT NOW ( ))",
            "CREATE TABLE t (a timestamptz DEFAULT pg_catalog.now())",
            "CREATE TABLE t (a timestamptz DEFAULT CURRENT_TIMESTAMP)",
            "CREATE TABLE t (a timestamptz DEFAULT transaction_timestamp())"],
    "empty arrays": ["CREATE TABLE t (a text[] DEFAULT '{}', b int[] DEFAULT '{}'::int[])",
                     "CREATE TABLE t (a text[] DEFAULT ARRAY[]::text[], b int[] DEFAULT "
                     "ARRAY[]::integer[])"],
    "today": ["CREATE TABLE t (a date DEFAULT CURRENT_DATE, b text DEFAULT CURRENT_USER)",
              "CREATE TABLE t (a date DEFAULT (current_date), b text DEFAULT current_user)"],
    "intervals": ["CREATE TABLE t (a interval DEFAULT '1 day', b interval DEFAULT '00:05:00')",
                  "CREATE TABLE t (a interval DEFAULT INTERVAL '1 day', "
                  "b interval DEFAULT '5 minutes'::interval)"],
    "zones": ["CREATE TABLE t (a timestamp DEFAULT (now() AT TIME ZONE 'utc'))",
              "CREATE TABLE t (a timestamp DEFAULT timezone('utc', now()))",
              "CREATE TABLE t (a timestamp DEFAULT timezone('utc'::text, now()))"],
    "IN": ["CREATE TABLE t (a text CONSTRAINT c CHECK (a IN ('x', 'y')))",
           "CREATE TABLE t (a text CONSTRAINT c CHECK (a = ANY (ARRAY['x', 'y'])))",
           "CREATE TABLE t (a text CONSTRAINT c CHECK ((a = ANY (ARRAY['x'::text, 'y'::text]))))"],
    "IN of varchar": ["CREATE TABLE t (a varchar(5) CONSTRAINT c CHECK (a IN ('x', 'y')))",
                      "CREATE TABLE t (a varchar(5) CONSTRAINT c CHECK (((a)::text = ANY "
                      "((ARRAY['x'::character varying, 'y'::character varying])::text[]))))"],
    "NOT IN": ["CREATE TABLE t (a int CONSTRAINT c CHECK (a NOT IN (1, 2)))",
               "CREATE TABLE t (a int CONSTRAINT c CHECK (a <> ALL (ARRAY[1, 2])))"],
    "not equal": ["CREATE TABLE t (a int CONSTRAINT c CHECK (a != 0))",
                  "CREATE TABLE t (a int CONSTRAINT c CHECK ((a <> 0)))"],
    "BETWEEN": ["CREATE TABLE t (a int CONSTRAINT c CHECK (a BETWEEN 1 AND 5))",
                "CREATE TABLE t (a int CONSTRAINT c CHECK (a >= 1 AND a <= 5))",
                "CREATE TABLE t (a int CONSTRAINT c CHECK (((a >= 1) AND (a <= 5))))"],
    "LIKE": ["CREATE TABLE t (a text CONSTRAINT c CHECK (a LIKE 'x%' AND a NOT LIKE '%y'))",
             "CREATE TABLE t (a text CONSTRAINT c CHECK (((a ~~ 'x%'::text) AND "
             "(a !~~ '%y'::text))))"],
    "patterns": ["CREATE TABLE t (a varchar(9) CONSTRAINT c CHECK (a ~ '^[a-z]+$'))",
                 "CREATE TABLE t (a varchar(9) CONSTRAINT c CHECK (((a)::text ~ "
                 "'^[a-z]+$'::text)))"],
    "brackets": ["CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > 0 AND b > 0 OR a IS NULL))",
                 "CREATE TABLE t (a int, b int, CONSTRAINT c CHECK ((((a > 0) AND (b > 0)) OR "
                 "(a IS NULL))))"],
    "truth": ["CREATE TABLE t (a boolean, CONSTRAINT c CHECK (a IS NOT TRUE))",
              "CREATE TABLE t (a bool, CONSTRAINT c CHECK ((a IS NOT TRUE)))"],
    "casts of columns": ["CREATE TABLE t (a text, b int GENERATED ALWAYS AS (a::int + 1) STORED)",
                         "CREATE TABLE t (a text, b int GENERATED ALWAYS AS ((CAST(a AS integer) "
                         "+ 1)) STORED)"],
    "functions": ["CREATE TABLE t (a text, b text GENERATED ALWAYS AS (coalesce(lower(trim(a)), "
                  "'-')) STORED)",
                  "CREATE TABLE t (a text, b text GENERATED ALWAYS AS (COALESCE(lower(TRIM(BOTH "
                  "FROM a)), '-'::text)) STORED)"],
    "serial": ["CREATE TABLE t (id serial PRIMARY KEY)",
               "CREATE SEQUENCE t_id_seq AS integer; CREATE TABLE t (id integer NOT NULL DEFAULT "
               "nextval('t_id_seq'), PRIMARY KEY (id)); ALTER SEQUENCE t_id_seq OWNED BY t.id",
               "CREATE TABLE t (id integer NOT NULL); CREATE SEQUENCE public.t_id_seq AS integer "
               "START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1; ALTER SEQUENCE "
               "t_id_seq OWNED BY t.id; ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT "
               "nextval('public.t_id_seq'::regclass); ALTER TABLE ONLY t ADD CONSTRAINT t_pkey "
               "PRIMARY KEY (id)"],
    "identity": ["CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY)",
                 "CREATE TABLE t (id int NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1 "
                 "INCREMENT BY 1))"],
    "names": ["CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int UNIQUE CHECK (a > 0) "
              "REFERENCES p, b int); CREATE INDEX ON t (b)",
              "CREATE TABLE p (id int, CONSTRAINT p_pkey PRIMARY KEY (id)); CREATE TABLE t (a int, "
              "b int, CONSTRAINT t_a_key UNIQUE (a), CONSTRAINT t_a_check CHECK (a > 0), "
              "CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES p (id)); CREATE INDEX t_b_idx ON "
              "public.t USING btree (b)"],
    "order of constraints": [
        "CREATE TABLE t (a int, b int, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0))",
        "CREATE TABLE t (a int, b int, CONSTRAINT y CHECK (b > 0), CONSTRAINT x CHECK (a > 0))"],
    "indexes": ["CREATE TABLE t (a text, b int); CREATE INDEX i ON t (lower(a), b DESC) WHERE "
                "b IS NOT NULL AND a != ''",
                "CREATE TABLE t (a text, b int); CREATE INDEX i ON t USING btree (lower(a) ASC "
                "NULLS LAST, b DESC NULLS FIRST) WHERE ((b IS NOT NULL) AND (a <> ''::text))"],
    "foreign keys": ["CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT f "
                     "REFERENCES p)",
                     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT f "
                     "REFERENCES p (id) MATCH SIMPLE ON DELETE NO ACTION ON UPDATE NO ACTION NOT "
                     "DEFERRABLE INITIALLY IMMEDIATE)"],
    "views": ["CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT * FROM t WHERE a IN (1, 2)",
              "CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT t.a, t.b FROM t WHERE "
              "t.a = ANY (ARRAY[1, 2])",
              "CREATE TABLE t (a int, b text); CREATE OR REPLACE VIEW v AS SELECT x.a AS a, b FROM "
              "public.t AS x WHERE (x.a = ANY (ARRAY[1, 2]))"],
    "joins": ["CREATE TABLE t (a int); CREATE TABLE u (a int, b int); CREATE VIEW v AS SELECT t.a, "
              "u.b FROM t INNER JOIN u ON u.a = t.a LEFT OUTER JOIN t AS z ON z.a = u.b",
              "CREATE TABLE t (a int); CREATE TABLE u (a int, b int); CREATE VIEW v AS SELECT t.a, "
              "u.b FROM ((t JOIN u ON ((u.a = t.a))) LEFT JOIN t z ON ((z.a = u.b)))"],
    "enumerations": ["CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (x s DEFAULT 'a')",
                     "CREATE TYPE public.s AS ENUM ('a', 'b'); CREATE TABLE public.t (x public.s "
                     "DEFAULT 'a'::public.s)"],
    "domains": ["CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a d DEFAULT 1)",
                "CREATE DOMAIN d AS integer CONSTRAINT d_check CHECK ((VALUE > 0)); CREATE TABLE t "
                "(a public.d DEFAULT 1)"],
    "policies": ["CREATE TABLE t (a text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY "
                 "p ON t USING (a = current_setting('app.x', true))",
                 "CREATE TABLE t (a text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY "
                 "p ON t AS PERMISSIVE FOR ALL TO PUBLIC USING ((a = "
                 "current_setting('app.x'::text, true)))"],
    "triggers": ["CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
                 "$$BEGIN RETURN NEW; END$$; CREATE TRIGGER g BEFORE UPDATE OR INSERT ON t FOR EACH "
                 "ROW WHEN (NEW.a > 1) EXECUTE PROCEDURE f()",
                 "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger AS $$BEGIN RETURN "
                 "NEW; END$$ LANGUAGE plpgsql VOLATILE; CREATE TRIGGER g BEFORE INSERT OR UPDATE "
                 "ON public.t FOR EACH ROW WHEN ((new.a > 1)) EXECUTE FUNCTION f()"],
    "partitions": ["CREATE TABLE t (a int, d date) PARTITION BY RANGE (d); CREATE TABLE t1 "
                   "PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
                   "CREATE TABLE t (a int, d date) PARTITION BY RANGE (d); CREATE TABLE public.t1 "
                   "PARTITION OF t FOR VALUES FROM (DATE '2020-01-01') TO ('2021-01-01'::date)"],
    "comments": ["CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'it''s'",
                 "CREATE TABLE t (a int); COMMENT ON COLUMN public.t.a IS E'it\\'s'"],
    "names in quotes": ['CREATE TABLE T (A int, "b c" int)', 'CREATE TABLE "t" ("a" int, "b c" int)'],
    "NOT NULL": ["CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL)",
                 "CREATE TABLE t (a int NOT NULL PRIMARY KEY, b int CONSTRAINT nn NOT NULL)"],
    "json": ["CREATE TABLE t (a jsonb, CONSTRAINT c CHECK (jsonb_typeof(a -> 'x') = 'array'))",
             "CREATE TABLE t (a jsonb, CONSTRAINT c CHECK ((jsonb_typeof((a -> 'x'::text)) = "
             "'array'::text)))"],
    "lengths": ["CREATE TABLE t (a varchar(9), CONSTRAINT c CHECK (char_length(a) > 2))",
                "CREATE TABLE t (a varchar(9), CONSTRAINT c CHECK ((char_length((a)::text) > 2)))"],
    "CASE": ["CREATE TABLE t (a int, b text GENERATED ALWAYS AS (CASE WHEN a > 0 THEN 'x' ELSE NULL "
             "END) STORED)",
             "CREATE TABLE t (a int, b text GENERATED ALWAYS AS (CASE WHEN (a > 0) THEN 'x'::text "
             "ELSE NULL::text END) STORED)"],
}
POSTGRES_DIFFERENT = [
    ("CREATE TABLE t (a int)", "CREATE TABLE t (a bigint)"),
    ("CREATE TABLE t (a varchar(20))", "CREATE TABLE t (a varchar(21))"),
    ("CREATE TABLE t (a varchar)", "CREATE TABLE t (a text)"),
    ("CREATE TABLE t (a numeric(10,2))", "CREATE TABLE t (a numeric(10,3))"),
    ("CREATE TABLE t (a timestamp)", "CREATE TABLE t (a timestamptz)"),
    ("CREATE TABLE t (a json)", "CREATE TABLE t (a jsonb)"),
    ("CREATE TABLE t (a int)", "CREATE TABLE t (a int NOT NULL)"),
    ("CREATE TABLE t (a int DEFAULT 0)", "CREATE TABLE t (a int DEFAULT 1)"),
    ("CREATE TABLE t (a text DEFAULT '')", "CREATE TABLE t (a text DEFAULT NULL)"),
    ("CREATE TABLE t (a text DEFAULT 'a')", "CREATE TABLE t (a text DEFAULT 'A')"),
    ("CREATE TABLE t (a timestamptz DEFAULT now())",
     "CREATE TABLE t (a timestamptz DEFAULT clock_timestamp())"),
    ("CREATE TABLE t (a timestamp DEFAULT timezone('utc', now()))",
     "CREATE TABLE t (a timestamp DEFAULT timezone('cet', now()))"),
    ("CREATE TABLE t (a interval DEFAULT '1 day')", "CREATE TABLE t (a interval DEFAULT '24:00')"),
    ("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))",
     "CREATE TABLE t (a int CONSTRAINT c CHECK (a >= 0))"),
    ("CREATE TABLE t (a text CONSTRAINT c CHECK (a IN ('x')))",
     "CREATE TABLE t (a text CONSTRAINT c CHECK (a IN ('x', 'y')))"),
    ("CREATE TABLE t (a int, b int, CONSTRAINT c CHECK ((a > 0 OR b > 0) AND a < 9))",
     "CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > 0 OR b > 0 AND a < 9))"),
    ("CREATE TABLE t (a int); CREATE INDEX i ON t (a)",
     "CREATE TABLE t (a int); CREATE INDEX i ON t (a DESC)"),
    ("CREATE TABLE t (a int); CREATE INDEX i ON t (a)",
     "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)"),
    ("CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b)",
     "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b, a)"),
    ("CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0",
     "CREATE TABLE t (a int); CREATE INDEX i ON t (a)"),
    ("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT f REFERENCES p)",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT f REFERENCES p ON "
     "DELETE CASCADE)"),
    ("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
     "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t WHERE a > 0"),
    ("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
     "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a AS b FROM t"),
    ("CREATE TYPE s AS ENUM ('a', 'b')", "CREATE TYPE s AS ENUM ('b', 'a')"),
    ("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)",
     "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY)"),
    ("CREATE TABLE t (id serial)", "CREATE TABLE t (id int NOT NULL)"),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'"),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'"),
    ("CREATE TABLE t (a int)", "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'x'"),
    ("CREATE TABLE t (a int)", "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY"),
    ("CREATE TABLE t (a text)", "CREATE TABLE t (a text COLLATE \"C\")"),
]
MARIADB_SAME = {
    "numbers": ["CREATE TABLE t (a int, b integer, c bigint(20), d tinyint(4), e decimal, "
                "f double, g int unsigned)",
                "CREATE TABLE t (a int(11), b int, c bigint, d tinyint, e decimal(10,0), "
                "f double precision, g int(10) unsigned)"],
    "truth": ["CREATE TABLE t (a boolean, b bool DEFAULT true, c boolean NOT NULL DEFAULT false)",
              "CREATE TABLE t (a tinyint(1), b tinyint(1) DEFAULT 1, c bool NOT NULL DEFAULT '0')"],
    "texts": ["CREATE TABLE t (a varchar(20), b char, c text)",
              "CREATE TABLE t (a character varying(20), b char(1), c text)"],
    "defaults": ["CREATE TABLE t (a int DEFAULT 0, b varchar(5) DEFAULT 'x', c decimal(5,2) "
                 "DEFAULT 1.5, d int)",
                 "CREATE TABLE t (a int DEFAULT '0', b varchar(5) DEFAULT \"x\", c decimal(5,2) "
                 "DEFAULT '1.50', d int DEFAULT NULL)"],
    "now": ["CREATE TABLE t (a datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
            "CREATE TABLE t (a datetime DEFAULT now() ON UPDATE current_timestamp())",
            "CREATE TABLE t (a datetime NULL DEFAULT localtimestamp ON UPDATE now())"],
    "timestamps": ["CREATE TABLE t (a timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, "
                   "b timestamp NULL)",
                   "CREATE TABLE t (a timestamp(0) DEFAULT now() NOT NULL, b timestamp NULL "
                   "DEFAULT NULL)"],
    "character sets": ["CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8",
                       "CREATE TABLE t (a varchar(5)) CHARACTER SET utf8mb3"],
    "collations": ["CREATE TABLE t (a varchar(5)) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                   "CREATE TABLE t (a varchar(5) COLLATE utf8mb4_unicode_ci) CHARSET=utf8mb4 "
                   "COLLATE=utf8mb4_unicode_ci"],
    "IN": ["CREATE TABLE t (a varchar(5), CONSTRAINT c CHECK (a IN ('x', 'y')))",
           "CREATE TABLE t (a varchar(5), CONSTRAINT c CHECK ((`a` in ('x','y'))))"],
    "not equal": ["CREATE TABLE t (a int, CONSTRAINT c CHECK (a != 0 AND NOT a > 9))",
                  "CREATE TABLE t (a int, CONSTRAINT c CHECK ((`a` <> 0) and !(a > 9)))"],
    "BETWEEN": ["CREATE TABLE t (a int, CONSTRAINT c CHECK (a BETWEEN 1 AND 5))",
                "CREATE TABLE t (a int, CONSTRAINT c CHECK ((`a` between 1 and 5)))"],
    "generated": ["CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS "
                  "(a * 2) STORED)",
                  "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (`a` + 1), c int AS ((a*2)) "
                  "PERSISTENT)"],
    "names": ["CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, UNIQUE (a), "
              "INDEX (b), FOREIGN KEY (a) REFERENCES p (id))",
              "CREATE TABLE p (id int, PRIMARY KEY (id)); CREATE TABLE t (a int, b int, UNIQUE KEY "
              "a (a), KEY b (b), CONSTRAINT t_ibfk_1 FOREIGN KEY (a) REFERENCES p (id) ON DELETE "
              "RESTRICT)"],
    "keys of foreign keys": [
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) "
        "REFERENCES p (id))",
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, KEY f (a), CONSTRAINT f "
        "FOREIGN KEY (a) REFERENCES p (id))"],
    "engines": ["CREATE TABLE t (a int)", "CREATE TABLE t (a int) ENGINE=InnoDB"],
    "numbering": ["CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT)",
                  "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, PRIMARY KEY (id)) "
                  "AUTO_INCREMENT=7"],
    "serial": ["CREATE TABLE t (id serial)",
               "CREATE TABLE t (id bigint unsigned NOT NULL AUTO_INCREMENT, UNIQUE KEY id (id))"],
    "enumerations": ["CREATE TABLE t (a enum('x','y') DEFAULT 'x')",
                     "CREATE TABLE t (a ENUM ( 'x' , 'y' ) NULL DEFAULT 'x')"],
    "views": ["CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT * FROM t WHERE a = 1 AND "
              "b != 2",
              "CREATE TABLE t (a int, b int); CREATE VIEW v AS select `t`.`a` AS `a`,`t`.`b` AS `b` "
              "from `t` where `t`.`a` = 1 and `t`.`b` <> 2"],
    "json": ["CREATE TABLE t (a json)",
             "CREATE TABLE t (a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin CHECK "
             "(json_valid(a)))"],
    "comments": ["CREATE TABLE t (a int COMMENT 'it''s')", "CREATE TABLE t (a int COMMENT \"it's\")"],
    "indexes": ["CREATE TABLE t (a varchar(50), b int); CREATE INDEX i ON t (a(10), b)",
                "CREATE TABLE t (a varchar(50), b int, KEY i (a(10) ASC, b) USING BTREE)"],
    "triggers": ["CREATE TABLE t (a int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET "
                 "NEW.a = 1",
                 "CREATE TABLE t (a int); create trigger `g` before insert on `t` for each row set "
                 "new.a = 1"],
}
MARIADB_DIFFERENT = [
    ("CREATE TABLE t (a int)", "CREATE TABLE t (a int unsigned)"),
    ("CREATE TABLE t (a tinyint(1))", "CREATE TABLE t (a smallint)"),
    ("CREATE TABLE t (a varchar(5))", "CREATE TABLE t (a varchar(6))"),
    ("CREATE TABLE t (a datetime)", "CREATE TABLE t (a datetime(3))"),
    ("CREATE TABLE t (a int DEFAULT 0)", "CREATE TABLE t (a int)"),
    ("CREATE TABLE t (a varchar(5) DEFAULT '')", "CREATE TABLE t (a varchar(5) DEFAULT NULL)"),
    ("CREATE TABLE t (a datetime DEFAULT now())",
     "CREATE TABLE t (a datetime DEFAULT now() ON UPDATE now())"),
    ("CREATE TABLE t (a varchar(5)) CHARSET=utf8mb4", "CREATE TABLE t (a varchar(5)) CHARSET=latin1"),
    ("CREATE TABLE t (a enum('x','y'))", "CREATE TABLE t (a enum('y','x'))"),
    ("CREATE TABLE t (a int, KEY i (a))", "CREATE TABLE t (a int, UNIQUE KEY i (a))"),
    ("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))",
     "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 1))"),
    ("CREATE TABLE t (a int, b int AS (a + 1) STORED)",
     "CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL)"),
    ("CREATE TABLE t (a int) ENGINE=InnoDB", "CREATE TABLE t (a int) ENGINE=MyISAM"),
    ("CREATE TABLE t (a int COMMENT 'x')", "CREATE TABLE t (a int)"),
    ("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT)"),
]
SQLITE_SAME = {
    "case and blanks": ["CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL)",
                        "create table [t] ( \"a\" integer primary key , `b` text not null )"],
    "defaults": ["CREATE TABLE t (a INTEGER DEFAULT 0, b TEXT DEFAULT 'x', c TEXT DEFAULT "
                 "CURRENT_TIMESTAMP)",
                 "CREATE TABLE t (a INTEGER DEFAULT (0), b TEXT DEFAULT ('x'), c TEXT DEFAULT "
                 "(current_timestamp))"],
    "no default": ["CREATE TABLE t (a INTEGER)", "CREATE TABLE t (a INTEGER DEFAULT NULL)"],
    "checks": ["CREATE TABLE t (a INTEGER CHECK (a != 0 AND a BETWEEN 1 AND 5))",
               "CREATE TABLE t (a INTEGER CHECK (a <> 0 and a between 1 and 5))"],
    "brackets": ["CREATE TABLE t (a INTEGER, CONSTRAINT c CHECK (a > 0))",
                 "CREATE TABLE t (a INTEGER, CONSTRAINT c CHECK ((a > 0)))"],
    "AND in brackets": ["CREATE TABLE t (a, b, CHECK (a > 0 AND b > 0 OR a IS NULL))",
                        "CREATE TABLE t (a, b, CHECK (((a > 0) AND (b > 0)) OR (a IS NULL)))"],
    "names in quotes": ["CREATE TABLE t (a, b, CHECK (a > b)); CREATE INDEX i ON t (a) WHERE b > 0",
                        "CREATE TABLE \"t\" (\"a\", [b], CHECK (\"a\" > `b`)); CREATE INDEX i ON t "
                        "(\"a\") WHERE \"b\" > 0"],
    "keys": ["CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER REFERENCES p (id))",
             "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER, FOREIGN KEY (a) "
             "REFERENCES p (id) ON DELETE NO ACTION)"],
    "unique": ["CREATE TABLE t (a TEXT UNIQUE)", "CREATE TABLE t (a TEXT, UNIQUE (a))"],
    "indexes": ["CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a)",
                "CREATE TABLE t (a TEXT); create index \"i\" on \"t\" (\"a\" ASC)"],
    "views": ["CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t",
              "CREATE TABLE t (a); create view v as select a from t"],
    "generated": ["CREATE TABLE t (a, b AS (a + 1))",
                  "CREATE TABLE t (a, b GENERATED ALWAYS AS (a + 1) VIRTUAL)"],
}
SQLITE_DIFFERENT = [
    ("CREATE TABLE t (a INTEGER)", "CREATE TABLE t (a TEXT)"),
    ("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT NOT NULL)"),
    ("CREATE TABLE t (a TEXT DEFAULT 'x')", "CREATE TABLE t (a TEXT DEFAULT 'y')"),
    ("CREATE TABLE t (a INTEGER CHECK (a > 0))", "CREATE TABLE t (a INTEGER CHECK (a > 1))"),
    ("CREATE TABLE t (a, b, CHECK ((a OR b) AND a < 9))",
     "CREATE TABLE t (a, b, CHECK (a OR b AND a < 9))"),
    ("CREATE TABLE t (a TEXT CHECK (a <> \"x\"))", "CREATE TABLE t (a TEXT CHECK (a <> \"X\"))"),
    ("CREATE TABLE t (a INTEGER PRIMARY KEY)",
     "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)"),
    ("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT COLLATE NOCASE)"),
    ("CREATE TABLE t (a TEXT PRIMARY KEY)", "CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID"),
    ("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT) STRICT"),
    ("CREATE TABLE t (a); CREATE INDEX i ON t (a)",
     "CREATE TABLE t (a); CREATE INDEX i ON t (a DESC)"),
    ("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t",
     "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t LIMIT 1"),
    ("CREATE TABLE t (a, b AS (a + 1))", "CREATE TABLE t (a, b AS (a + 1) STORED)"),
]
SAME = {"postgres": POSTGRES_SAME, "mysql": MARIADB_SAME, "sqlite": SQLITE_SAME}
DIFFERENT = {"postgres": POSTGRES_DIFFERENT, "mysql": MARIADB_DIFFERENT,
             "sqlite": SQLITE_DIFFERENT}


@on_engines("postgres15", "mariadb", "sqlite")
class Meaning:
    def sources_of(self, sources, sql):
        """The schema as a file and as its server has it."""
        return sources.file(sql + ";"), sources.database(sql + ";")

    def test_spellings_of_one_schema_differ_nowhere(self):
        for title, spellings in SAME[self.dialect].items():
            with self.subTest(title), Sources(self) as sources:
                every = [source for sql in spellings for source in self.sources_of(sources, sql)]
                # Files, databases, and one with the other.
                pairs = [(every[0], other) for other in every[1:]]
                pairs += [(server, every[1]) for server in every[3::2]]
                for before, after in pairs:
                    self.assertEqual(sources.changes(before, after)["changes"], [],
                                     f"{title}: {before} {after}")

    def test_differences_are_told(self):
        for one, other in DIFFERENT[self.dialect]:
            with self.subTest(other), Sources(self) as sources:
                try:
                    pairs = [(before, after) for before in self.sources_of(sources, one)
                             for after in self.sources_of(sources, other)]
                except RelataError as error:
                    self.fail(str(error))
                for before, after in pairs:
                    self.assertNotEqual(sources.changes(before, after)["changes"], [],
                                        f"{one} / {other}")


if __name__ == "__main__":
    unittest.main()
