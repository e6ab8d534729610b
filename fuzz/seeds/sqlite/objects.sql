-- Indexes, views, triggers, virtual tables, and what changes them afterwards.
BEGIN;
CREATE TABLE article (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL COLLATE NOCASE,
  body TEXT,
  state TEXT DEFAULT 'draft' CHECK (state IN ('draft', 'public')),
  written DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO article (title, body) VALUES ('One; two', 'it''s'), ('BEGIN', 'END;');
CREATE INDEX article_by_title ON article (title COLLATE BINARY, written DESC);
CREATE UNIQUE INDEX "public titles" ON article (lower(title), (id % 7) DESC) WHERE state = 'public' AND body IS NOT NULL;
CREATE INDEX article_by_state ON article (state ASC, title);
CREATE INDEX article_by_expression ON article (substr(title, 1, 3) COLLATE NOCASE);

CREATE VIEW IF NOT EXISTS public_article AS
  SELECT id, title -- what people see
  FROM article WHERE state = 'public';
CREATE VIEW named (number, "the title") AS SELECT id, title FROM article;
CREATE VIEW [two words] AS SELECT * FROM public_article ORDER BY 1;

CREATE TRIGGER article_touched AFTER UPDATE OF title, body ON article FOR EACH ROW
WHEN old.title <> new.title
BEGIN
  UPDATE article SET written = CASE WHEN new.id > 0 THEN CURRENT_TIMESTAMP ELSE NULL END WHERE id = new.id;
  SELECT RAISE(ABORT, 'END; of it') WHERE new.title = '';
END;
CREATE TRIGGER write_through INSTEAD OF INSERT ON public_article BEGIN
  INSERT INTO article (title, state) VALUES (new.title, 'public');
END;

CREATE VIRTUAL TABLE article_text USING fts5(title, body, content='article', content_rowid='id');
CREATE VIRTUAL TABLE places USING rtree(id, min_x, max_x, min_y, max_y);
COMMIT;

CREATE TEMP TABLE scratch (a);
CREATE TABLE old_name (a TEXT, b TEXT REFERENCES article (title), c INTEGER);
CREATE INDEX of_old_name ON old_name (b);
ALTER TABLE old_name RENAME TO new_name;
ALTER TABLE new_name ADD COLUMN d NUMERIC(8,2) DEFAULT 0 CHECK (d >= 0);
ALTER TABLE new_name DROP COLUMN a;
ALTER TABLE new_name RENAME COLUMN c TO "C c";
CREATE TABLE copied AS SELECT id, title, 1 + 1 AS two FROM article;
CREATE TABLE dropped (a);
DROP TABLE dropped;
