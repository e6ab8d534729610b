-- Every kind of column, and checks of every kind that programs can try.

CREATE TABLE samples (
  id INTEGER PRIMARY KEY,
  an_integer INTEGER,
  a_real REAL,
  a_decimal NUMERIC(8,2),
  a_boolean BOOLEAN,
  a_text TEXT,
  a_varchar VARCHAR(5),
  a_blob BLOB,
  a_date DATE,
  a_datetime DATETIME
);

CREATE TABLE rules (
  id INTEGER PRIMARY KEY,
  rating INTEGER CONSTRAINT rules_rating_check CHECK (rating BETWEEN 1 AND 5),
  price NUMERIC CONSTRAINT rules_price_check CHECK (price >= 0.5),
  ratio REAL CONSTRAINT rules_ratio_check CHECK (ratio > 0),
  title TEXT NOT NULL DEFAULT 'title' CONSTRAINT rules_title_check CHECK (length(title) > 2),
  slug TEXT CONSTRAINT rules_slug_check CHECK (slug = lower(slug)),
  email TEXT CONSTRAINT rules_email_check CHECK (email LIKE '%_@_%'),
  code TEXT CONSTRAINT rules_code_check CHECK (code LIKE 'A%b'),
  name TEXT CONSTRAINT rules_name_check CHECK (name <> ''),
  status TEXT NOT NULL DEFAULT 'open'
    CONSTRAINT rules_status_check CHECK (status IN ('open', 'done', 'can''t')),
  done_at TEXT,
  one INTEGER,
  two INTEGER,
  parity INTEGER CONSTRAINT rules_parity_check CHECK (parity NOT IN (1, 3)),
  flag BOOLEAN NOT NULL DEFAULT 1 CONSTRAINT rules_flag_check CHECK (flag IN (0, 1)),
  CONSTRAINT rules_done_check CHECK (status <> 'done' OR done_at IS NOT NULL),
  CONSTRAINT rules_both_check CHECK ((one IS NULL) = (two IS NULL))
);
