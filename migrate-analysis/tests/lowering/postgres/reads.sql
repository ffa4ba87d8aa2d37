SELECT a FROM t;
SELECT setval('s.ids', max(id)) FROM t;
SELECT create_hypertable('t', 'at');
SELECT manage('t') FROM u;
