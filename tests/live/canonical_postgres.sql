-- What people write in PostgreSQL schemas in more than one way; canonical_postgres_test.py loads it.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$') CHECK (length(VALUE) BETWEEN 3 AND 200);
CREATE DOMAIN grade AS varchar(2) DEFAULT 'C' CHECK (VALUE IN ('A', 'B', 'C'));
CREATE SCHEMA depot;
CREATE SEQUENCE depot.ticket;
CREATE FUNCTION slug(value text, dash varchar(3) DEFAULT '-') RETURNS text AS $$ SELECT replace(lower(value), ' ', dash) $$ LANGUAGE SQL IMMUTABLE STRICT;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE FUNCTION depot.next_ticket() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''depot.ticket'')';
CREATE FUNCTION pairs(n int, OUT a int, OUT b text) RETURNS SETOF record LANGUAGE sql COST 10 ROWS 5 SET search_path = public, pg_temp AS 'SELECT 1, ''x''';
CREATE FUNCTION listing(n int4) RETURNS TABLE (a int, b text) STABLE SECURITY DEFINER LANGUAGE sql PARALLEL SAFE AS 'SELECT 1, ''x''';
CREATE PROCEDURE cleanup(INOUT n integer DEFAULT 0) LANGUAGE plpgsql AS $$ BEGIN n := 1; END $$;
CREATE FUNCTION twice(n int) RETURNS int IMMUTABLE RETURN n * 2;
CREATE TABLE product (
  id serial PRIMARY KEY,
  name varchar(40) NOT NULL DEFAULT 'new' CHECK (name <> '' AND name NOT LIKE ' %'),
  code char(4) DEFAULT 'A' CHECK (code IN ('A', 'B')),
  kind text CHECK (kind IN ('a', 'b', 'c')) DEFAULT 'a',
  mood mood DEFAULT 'ok' CHECK (mood <> 'sad'),
  moods mood[] DEFAULT ARRAY['ok', 'happy']::mood[],
  price numeric(10,2) DEFAULT 0 CHECK (price >= 0 AND price < 1e6),
  ratio double precision DEFAULT '0.50',
  stock int DEFAULT -1,
  sold bigint DEFAULT 0 CHECK (sold BETWEEN 0 AND 1000),
  small smallint DEFAULT '3',
  active boolean DEFAULT 't',
  made timestamp DEFAULT now(),
  seen timestamptz DEFAULT CURRENT_TIMESTAMP,
  day date DEFAULT CURRENT_DATE CHECK (day > '2000-01-01'),
  until timestamptz DEFAULT (now() + interval '1 hour'),
  soon timestamp DEFAULT '2020-01-01',
  wait interval DEFAULT '90 minutes',
  months interval DEFAULT INTERVAL '3' MONTH,
  extra jsonb DEFAULT '{"b": 1, "a": [1,2]}',
  raw json DEFAULT '{"b":1}',
  tags text[] DEFAULT '{}',
  names varchar(10)[] DEFAULT ARRAY[]::varchar[],
  numbers int[] DEFAULT '{1, 2}',
  ref uuid DEFAULT gen_random_uuid(),
  address inet DEFAULT '127.0.0.1',
  flags bit(3) DEFAULT B'101',
  secret bytea DEFAULT 'abc',
  contact email DEFAULT 'a@b',
  mark grade,
  ticket bigint DEFAULT depot.next_ticket(),
  other bigint DEFAULT nextval('depot.ticket'),
  slug text GENERATED ALWAYS AS (slug(name)) STORED,
  total numeric GENERATED ALWAYS AS (price * stock) STORED,
  CHECK (made < soon OR seen IS NULL),
  CHECK (coalesce(stock, 0) + coalesce(sold, 0) > -10),
  CHECK (CASE kind WHEN 'a' THEN stock > 0 WHEN 'b' THEN active ELSE NULL END),
  CHECK (NOT (active AND stock = 0) AND (sold > 1 OR (small > 2 OR stock IN (1, 2, 3)))),
  CHECK ((kind IS NULL) = (code IS NULL)),
  CHECK (extra ? 'a' AND extra ->> 'a' <> 'x' AND extra -> 'a' ->> 0 IS NOT NULL),
  CHECK (jsonb_typeof(extra) = 'object' AND extra @> '{}'),
  CHECK (tags <@ ARRAY['x', 'y']::text[] AND 'z' <> ALL (tags) AND cardinality(tags) < 9),
  CHECK (array_length(numbers, 1) > 0 AND numbers[1] > 0),
  CHECK (lower(name) = name AND upper(code) = code AND trim(kind) <> ''),
  CHECK (substring(name from 1 for 2) <> 'ab' AND position('x' in name) = 0),
  CHECK (extract(year from day) > 1999 AND date_part('year', seen) > 1999),
  CHECK (price::int > 0 AND stock::numeric / sold > 0.5 AND sold / 2 > 0),
  CHECK (ratio > 0 AND ratio * 2 < sold AND ratio <> price),
  CHECK (contact LIKE '%@%' AND contact <> 'x@y' AND contact ~* 'a'),
  CHECK ((stock, sold) <> (1, 2) AND ROW(stock, sold) < ROW(5, 6)),
  CHECK (wait < '1 day' AND wait >= INTERVAL '1' HOUR AND until - seen < '30 days'),
  CHECK (seen AT TIME ZONE 'UTC' > made AND date_trunc('day', made) = made),
  CHECK (stock IS DISTINCT FROM sold AND name IS NOT DISTINCT FROM kind),
  CHECK (greatest(stock, sold) > 0 AND nullif(name, '') IS NOT NULL),
  CHECK (kind SIMILAR TO '(a|b)' AND name ILIKE 'a_%' AND name !~ 'x' AND kind LIKE 'a!_' ESCAPE '!'),
  CHECK (mood IN ('ok', 'happy') AND mood::text <> 'x' AND ref <> '00000000-0000-0000-0000-00000000000A'),
  CHECK (num_nonnulls(stock, sold) = 1 AND char_length(name) <= 40 AND length(kind) > 0),
  CHECK (name || '-' || stock <> 'a' AND stock % 2 = 0 AND -stock < 5 AND abs(stock) > 0),
  CHECK (round(price, 1) = price AND ceil(ratio) > 0 AND mod(stock, 2) = 0 AND sqrt(stock) > 1),
  CHECK (active IS NOT FALSE AND active IS TRUE AND (active = false) IS NOT UNKNOWN),
  CHECK (address <<= '10.0.0.0/8' AND family(address) = 4),
  CHECK (name COLLATE "C" > 'a' AND to_char(made, 'YYYY') = '2020' AND mark = 'A'),
  CHECK (stock NOT BETWEEN 1 AND 3 AND small BETWEEN SYMMETRIC 3 AND 1 AND twice(stock) > 2)
);
CREATE TABLE sale (id bigserial PRIMARY KEY, product_id int REFERENCES product, amount numeric NOT NULL, at timestamptz DEFAULT now(), note varchar) ;
CREATE TABLE measure (at date NOT NULL, region text, value real DEFAULT 1.5) PARTITION BY RANGE (at);
CREATE TABLE measure_2020 PARTITION OF measure FOR VALUES FROM ('2020-1-1') TO ('2021-01-01');
CREATE TABLE measure_rest PARTITION OF measure DEFAULT;
CREATE TABLE event (at timestamptz, region text) PARTITION BY LIST (lower(region));
CREATE TABLE event_a PARTITION OF event FOR VALUES IN ('a', 'b');
CREATE TABLE counted (n bigint) PARTITION BY HASH (n);
CREATE TABLE counted_0 PARTITION OF counted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE INDEX ON product (lower(name), (price * 2) DESC);
CREATE UNIQUE INDEX ON product (name) WHERE active AND kind IN ('a', 'b') AND mark IS NULL;
CREATE INDEX ON product ((extra ->> 'a')) WHERE (extra ->> 'b')::int > 3;
CREATE INDEX ON product USING gin (to_tsvector('english', name || ' ' || coalesce(kind, '')));
CREATE INDEX ON product (date_trunc('day', made), (made::date));
CREATE TRIGGER touch BEFORE UPDATE OR INSERT ON product FOR EACH ROW WHEN (new.name <> 'x' AND new.price > 0) EXECUTE PROCEDURE touch();
CREATE TRIGGER touch_name AFTER UPDATE OF name, code ON product FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION touch('a', 'b');
CREATE TRIGGER each AFTER DELETE ON product REFERENCING OLD TABLE AS gone EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON sale DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE product ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON product FOR SELECT USING (name = current_user OR id IN (SELECT product_id FROM sale WHERE note = name));
CREATE POLICY make ON product FOR INSERT WITH CHECK (stock > 0 AND current_setting('app.tenant', true)::int = id);
CREATE RULE no_delete AS ON DELETE TO sale DO INSTEAD NOTHING;
CREATE RULE log AS ON INSERT TO sale WHERE new.amount > 5 DO ALSO INSERT INTO measure VALUES (new.at, new.note, 1);
CREATE VIEW everything AS SELECT * FROM product;
CREATE VIEW renamed (a, b) AS SELECT id, name || '!' FROM product WHERE name <> '';
CREATE VIEW joined AS SELECT p.*, s.amount AS a, s.at::date, count(*) OVER w FROM product p LEFT JOIN sale s ON s.product_id = p.id AND s.amount > 1 WINDOW w AS (PARTITION BY p.kind ORDER BY s.at DESC);
CREATE VIEW grouped AS SELECT kind, lower(name) AS low, count(*) AS n, sum(price * stock) total, avg(sold)::numeric(10,2) FROM product GROUP BY 1, low HAVING count(*) > 1 ORDER BY n DESC, 1 NULLS FIRST LIMIT 10 OFFSET 1;
CREATE VIEW used AS SELECT * FROM sale JOIN product USING (id) NATURAL LEFT JOIN (SELECT id, 'x' AS letter FROM product) q;
CREATE VIEW unions AS SELECT id, name FROM product WHERE active UNION ALL (SELECT id, note FROM sale EXCEPT SELECT 1, NULL) ORDER BY name, 1 DESC;
CREATE VIEW tables AS WITH recent AS (SELECT id, at FROM sale WHERE at > now() - '7 days'::interval), old(o) AS MATERIALIZED (SELECT id FROM sale) SELECT r.id, (SELECT max(o) FROM old WHERE o < r.id), EXISTS (SELECT FROM recent x WHERE x.id <> r.id) FROM recent r WHERE r.id NOT IN (SELECT o FROM old);
CREATE VIEW walk AS WITH RECURSIVE t(n, path) AS (VALUES (1, ARRAY[1]) UNION ALL SELECT n + 1, path || n FROM t WHERE n < 10) SELECT n, path[1] FROM t;
CREATE VIEW functions AS SELECT n, e ->> 'x' AS x, k.key, u.*, o FROM generate_series(1, 3) n, product, jsonb_array_elements(extra) e, jsonb_each(extra) k, unnest(tags, numbers) u(tag, number), unnest(tags) WITH ORDINALITY AS z(y, o);
CREATE VIEW lateral_view AS SELECT p.id, l.amount FROM product p CROSS JOIN LATERAL (SELECT amount FROM sale WHERE product_id = p.id ORDER BY at DESC FETCH FIRST 1 ROW ONLY) l;
CREATE VIEW cases AS SELECT CASE WHEN stock > 0 THEN 'yes' ELSE 'no' END AS has, coalesce(name, kind) c, COALESCE(price, 0) price, CASE kind WHEN 'a' THEN 1 END AS one, 'k' AS k, NULL AS nothing, 1.0 AS f, '1'::bigint AS b, true AS t, string_agg(name, ', ' ORDER BY name DESC) FILTER (WHERE active) AS names, array_agg(DISTINCT id) ids, row_to_json(product) AS j FROM product GROUP BY product.id;
CREATE VIEW distincts AS SELECT DISTINCT ON (product_id) product_id, amount + 1 AS more FROM ONLY sale ORDER BY product_id, at DESC;
CREATE VIEW stacked AS SELECT g.n * 2 AS double, r.b FROM grouped g, renamed r WHERE r.a = g.n AND g.low LIKE 'a%';
CREATE VIEW depot.outside AS SELECT p.id FROM public.product p WHERE p.id = depot.next_ticket();
CREATE VIEW sets AS SELECT kind, code, grouping(kind), count(*) FROM product GROUP BY GROUPING SETS ((kind, code), (kind), ()), ROLLUP (code);
CREATE VIEW converted AS SELECT id::text || ':' || price::varchar(5) AS t, made::date - day AS days, seen::time, extract(epoch from seen - made)::int AS seconds, to_char(price, '999D99') AS c, now() AT TIME ZONE 'Europe/Berlin' AS z FROM product WHERE made::date = '2020-01-01' AND seen > 'epoch';
CREATE MATERIALIZED VIEW kept AS SELECT kind, count(*) AS n FROM product GROUP BY kind;
CREATE UNIQUE INDEX ON kept (lower(kind)) WHERE n > 3;
CREATE AGGREGATE add_up(int) (sfunc = int4pl, stype = int, initcond = '0');
CREATE STATISTICS both_of (dependencies) ON kind, code FROM product;
