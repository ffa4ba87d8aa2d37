CREATE INDEX ON t (a);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I" ON ONLY app.t USING btree
    (a DESC, b ASC NULLS FIRST, c DESC NULLS LAST, d COLLATE "C" text_pattern_ops, lower(e), (f), (g || h) COLLATE "C", (i COLLATE "D"))
    INCLUDE (x, y) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast WHERE a IS NOT NULL;
CREATE INDEX i ON t USING gin (a jsonb_path_ops, b pg_catalog.jsonb_ops, c gin_trgm_ops);
CREATE INDEX i ON t (a int4_ops, current_user);
DROP INDEX a, b.c;
DROP INDEX CONCURRENTLY IF EXISTS a CASCADE;
ALTER INDEX IF EXISTS i RENAME TO j;
ALTER INDEX i SET (fillfactor = 70);
