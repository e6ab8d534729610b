"""What a PostgreSQL database can hold, for reading it back: see introspect_postgres_test.py."""

# A name, the statements that make it, and a path into `relata emit json` with what must stand there.
FEATURES = [
    ("columns",
     """CREATE TABLE t (a integer NOT NULL, b numeric(8, 2) DEFAULT 1.5, c varchar(20)[],
                        d text COLLATE "C", e timestamptz(3));""",
     {"tables.t.columns.b.type.spelling": "numeric(8,2)",
      "tables.t.columns.b.default.text": "1.5",
      "tables.t.columns.c.type.spelling": "character varying(20)[]",
      "tables.t.columns.d.collation": "C",
      "tables.t.columns.a.nullable": False}),
    ("serial and identity",
     """CREATE TABLE t (a serial, b bigint GENERATED ALWAYS AS IDENTITY (START 7 INCREMENT 2));
        CREATE SEQUENCE free AS smallint MAXVALUE 9 CYCLE;""",
     {"tables.t.columns.a.default.text": "nextval('t_a_seq'::regclass)",
      "tables.t.columns.b.identity.always": True,
      "sequences.t_a_seq.type": "integer",
      "sequences.free.type": "smallint"}),
    ("keys",
     """CREATE TABLE p (a int, b int, c int, CONSTRAINT p_key PRIMARY KEY (a, b) INCLUDE (c),
                        UNIQUE (c) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE k (a int, b int, FOREIGN KEY (a, b) REFERENCES p MATCH FULL
                        ON DELETE CASCADE ON UPDATE SET NULL NOT VALID);
        ALTER TABLE k ADD CONSTRAINT later FOREIGN KEY (a, b) REFERENCES p NOT VALID;""",
     {"tables.p.primary_key.name": "p_key",
      "tables.p.primary_key.include": ["c"],
      "tables.p.uniques.p_c_key.initially_deferred": True,
      "tables.k.foreign_keys.k_a_b_fkey.on_delete": "cascade",
      "tables.k.foreign_keys.k_a_b_fkey.match_full": True,
      "tables.k.foreign_keys.later.validated": False}),
    ("indexes",
     """CREATE TABLE t (a text, b int, c text COLLATE "C", d int4range);
        CREATE INDEX one ON t (lower(a) DESC, b NULLS FIRST) INCLUDE (c) WHERE b > 3;
        CREATE INDEX two ON t (a text_pattern_ops, c COLLATE "POSIX") WITH (fillfactor = 70);
        ALTER TABLE t ADD CONSTRAINT apart EXCLUDE USING gist (d WITH &&) WHERE (b > 0);
        ALTER TABLE t CLUSTER ON two;""",
     {"tables.t.indexes.one.parts.0.expression.text": "lower(a)",
      "tables.t.indexes.one.parts.0.descending": True,
      "tables.t.indexes.one.parts.1.nulls_first": True,
      "tables.t.indexes.one.where.text": "(b > 3)",
      "tables.t.indexes.one.include": ["c"],
      "tables.t.indexes.two.parts.0.operator_class": "text_pattern_ops",
      "tables.t.indexes.two.parts.1.collation": "POSIX",
      "tables.t.indexes.two.options": {"fillfactor": "70"},
      "tables.t.exclusions.apart.method": "gist",
      "tables.t.exclusions.apart.operators": ["&&"],
      "tables.t.indexes.two.clustered": True}),
    ("types",
     """CREATE TYPE mood AS ENUM ('sad', 'it''s fine', 'a,b');
        CREATE DOMAIN price AS numeric(9, 2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0);
        CREATE TYPE pair AS (x integer, y text);
        CREATE TYPE clock AS RANGE (SUBTYPE = time);
        CREATE TABLE t (m mood[] DEFAULT '{sad}', p price, q pair, r clock);""",
     {"enumerations.mood.values": ["sad", "it's fine", "a,b"],
      "domains.price.default.text": "0",
      "domains.price.checks.positive.expression.text": "(VALUE >= (0)::numeric)",
      "domains.price.nullable": False,
      "composite_types.pair.attributes.y.type.spelling": "text",
      "others.clock.kind": "range type",
      "tables.t.columns.m.type.spelling": "mood[]"}),
    ("base types",
     """CREATE TYPE tally; CREATE FUNCTION tally_in(cstring) RETURNS tally LANGUAGE internal
          IMMUTABLE STRICT AS 'int4in';
        CREATE FUNCTION tally_out(tally) RETURNS cstring LANGUAGE internal
          IMMUTABLE STRICT AS 'int4out';
        CREATE TYPE tally (INPUT = tally_in, OUTPUT = tally_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
        CREATE OPERATOR CLASS by_number FOR TYPE int4 USING btree AS OPERATOR 1 <, OPERATOR 3 =,
          FUNCTION 1 btint4cmp(int4, int4);
        CREATE TABLE t (a tally, b int4); CREATE INDEX i ON t (b by_number);
        CREATE TABLE k (a int4 PRIMARY KEY); COMMENT ON INDEX k_pkey IS 'of the key';""",
     {"others.0.kind": "base type",
      "tables.t.columns.a.type.spelling": "tally",
      "tables.t.indexes.i.parts.0.operator_class": "by_number",
      "tables.k.primary_key.options": {"index comment": "of the key"}}),
    ("partitions",
     """CREATE TABLE log (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE log_2020 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE log_rest PARTITION OF log DEFAULT PARTITION BY HASH (id);
        CREATE INDEX log_day ON log (day); CREATE TABLE base (a int CHECK (a > 0));
        CREATE TABLE heir (b int) INHERITS (base);""",
     {"tables.log.partitioning.strategy": "range",
      "tables.log_2020.partition_of.bound.text":
          "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
      "tables.log_rest.partition_of.bound.text": "DEFAULT",
      "tables.log_2020.indexes.log_2020_day_idx.parent.name": "log_day",
      "tables.heir.columns.a.inherited": True}),
    ("code",
     """CREATE TABLE t (a int);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE PROCEDURE nothing(n integer DEFAULT 3) LANGUAGE sql AS 'SELECT 1';
        CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
        CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0)
          EXECUTE FUNCTION touch();
        ALTER TABLE t DISABLE TRIGGER tr;
        CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING;
        CREATE VIEW v WITH (security_barrier) AS SELECT a AS x FROM t WHERE a > 0 WITH CHECK OPTION;
        CREATE MATERIALIZED VIEW mv AS SELECT x FROM v; CREATE UNIQUE INDEX mv_x ON mv (x);""",
     {"tables.t.triggers.tr.purpose.sql":
          "CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN ((new.a > 0)) "
          "EXECUTE FUNCTION touch()",
      "tables.t.triggers.tr.purpose.enabled": "disabled",
      "tables.t.rules.keep.sql.text": "CREATE RULE keep AS\n    ON DELETE TO t DO INSTEAD NOTHING",
      "routines.nothing.kind": "procedure",
      "routines.nothing.arguments": "integer",
      "routines.total.kind": "aggregate",
      "routines.touch.sql.text":
          "CREATE FUNCTION touch()\n RETURNS trigger\n LANGUAGE plpgsql\n"
          "AS $function$ BEGIN RETURN NEW; END $function$",
      "views.v.columns": ["x"],
      "views.v.check_option": "cascaded",
      "views.mv.materialized": True,
      "views.mv.indexes.mv_x.unique": True}),
    ("security",
     """DO $$ BEGIN CREATE ROLE introspection_reader; EXCEPTION WHEN duplicate_object THEN END $$;
        CREATE TABLE t (a int, b int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON t FOR UPDATE TO introspection_reader USING (a > 0) WITH CHECK (a < 9);
        GRANT SELECT, INSERT ON t TO introspection_reader;
        GRANT UPDATE (b) ON t TO introspection_reader WITH GRANT OPTION;
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO introspection_reader;""",
     {"tables.t.row_level_security": True,
      "tables.t.policies.own.roles": ["introspection_reader"],
      "tables.t.policies.own.command": "update",
      "tables.t.policies.own.using.text": "(a > 0)",
      "tables.t.policies.own.with_check.text": "(a < 9)",
      "grants.0": {"kind": "function", "name": "f", "privileges": ["EXECUTE"],
                   "grantee": "PUBLIC", "revoked": True},
      "grants.1": {"kind": "table", "name": "t", "privileges": ["INSERT", "SELECT"],
                   "grantee": "introspection_reader"},
      "grants.2": {"kind": "table", "name": "t", "columns": ["b"], "privileges": ["UPDATE"],
                   "grantee": "introspection_reader", "grantable": True},
      "others.0.sql.text":
          "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO introspection_reader"}),
    ("others",
     """CREATE SCHEMA tools; CREATE EXTENSION hstore SCHEMA tools;
        CREATE TABLE t (a text, b text, h tools.hstore);
        CREATE STATISTICS s (dependencies) ON a, b FROM t;
        CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE', DETERMINISTIC = false);
        CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
        CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
        CREATE TYPE pair AS (x int, y int);
        CREATE FUNCTION same(pair, pair) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
        CREATE OPERATOR === (FUNCTION = same, LEFTARG = pair, RIGHTARG = pair, COMMUTATOR = ===);
        CREATE CAST (pair AS text) WITH INOUT AS ASSIGNMENT;
        CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
        CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE')
          EXECUTE FUNCTION watch();
        ALTER EVENT TRIGGER watch DISABLE;""",
     {"extensions.hstore.schema": "tools",
      "others.s.sql.text": "CREATE STATISTICS s (dependencies) ON a, b FROM t",
      "others.german.sql.text":
          "CREATE COLLATION german (provider = icu, deterministic = false, locale = 'de-DE')",
      "others.everything.sql.text":
          "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert')",
      "others.pair AS text.sql.text": "CREATE CAST (pair AS text) WITH INOUT AS ASSIGNMENT",
      "others.=== (pair, pair).sql.text":
          "CREATE OPERATOR === (FUNCTION = same, LEFTARG = pair, RIGHTARG = pair, COMMUTATOR = ===)",
      "others.watch.sql.text":
          "CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE') "
          "EXECUTE FUNCTION watch();\nALTER EVENT TRIGGER watch DISABLE",
      "tables.t.columns.h.type.spelling": "tools.hstore"}),
    ("comments",
     """COMMENT ON SCHEMA public IS 'of ours'; CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
        COMMENT ON TABLE t IS 'it''s a table'; COMMENT ON COLUMN t.a IS 'a column';
        COMMENT ON CONSTRAINT positive ON t IS 'a constraint';
        CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'an index';
        CREATE VIEW v AS SELECT a FROM t; COMMENT ON COLUMN v.a IS 'of a view';
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        COMMENT ON FUNCTION f() IS 'a function';""",
     {"tables.t.comment": "it's a table",
      "views.v.column_comments": ["of a view"],
      "routines.f.comment": "a function",
      "tables.t.columns.a.comment": "a column",
      "tables.t.checks.positive.comment": "a constraint",
      "tables.t.indexes.i.comment": "an index"}),
]

FEATURES_18 = [
    ("version 18",
     """CREATE TABLE t (a int CONSTRAINT given NOT NULL, b int GENERATED ALWAYS AS (a * 2) VIRTUAL,
                        r int4range,
                        CONSTRAINT loose CHECK (a > 0) NOT ENFORCED,
                        c int4range, PRIMARY KEY (c, r WITHOUT OVERLAPS));
        CREATE TABLE k (a int, r int4range, s int4range, UNIQUE NULLS NOT DISTINCT (a),
                        FOREIGN KEY (r, PERIOD s) REFERENCES t (c, PERIOD r));""",
     {"tables.t.columns.a.not_null_name": "given",
      "tables.t.columns.b.generated.stored": False,
      "tables.t.checks.loose.enforced": False,
      "tables.t.primary_key.without_overlaps": True,
      "tables.k.uniques.k_a_key.nulls_not_distinct": True,
      "tables.k.foreign_keys.k_r_s_fkey.period": True}),
]
