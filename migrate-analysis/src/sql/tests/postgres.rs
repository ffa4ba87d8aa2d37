use insta::assert_snapshot;
use migrate_core::Dialect;

fn listing(script: &str) -> String {
    super::listing(script, Dialect::Postgres)
}

#[test]
fn statements_end_at_semicolons_and_have_no_comments_around_them() {
    assert_snapshot!(listing(
        "-- first
CREATE TABLE a (id int); /* a /* nested; */ comment; */ DROP TABLE b -- gone; really
;;
SELECT 2*/* not a power; */3, 5 --5;
;"
    ), @"
    2 [9..32] Schema: CREATE TABLE a (id int)
    2 [65..77] Schema: DROP TABLE b
    4 [97..128] Data: SELECT 2*/* not a power; */3, 5
    ");
}

#[test]
fn quotes_hide_semicolons_and_quotes() {
    assert_snapshot!(listing(
        r#"INSERT INTO a VALUES ('it''s; 1', '\'); SELECT E'it\'s; \\', e'\\'; SELECT U&'d\0061t;', B'0', N'x;';
SELECT "a;""b", U&"d\;"; SELECT nameE'\'; SELECT '/*'; SELECT '--'; SELECT E'a'
  -- goes on
  'b\'; c'; SELECT E'a' 'b\'; SELECT 3"#
    ), @r#"
    1 [0..38] Data: INSERT INTO a VALUES ('it''s; 1', '\')
    1 [40..66] Data: SELECT E'it\'s; \\', e'\\'
    1 [68..100] Data: SELECT U&'d\0061t;', B'0', N'x;'
    2 [102..125] Data: SELECT "a;""b", U&"d\;"
    2 [127..142] Data: SELECT nameE'\'
    2 [144..155] Data: SELECT '/*'
    2 [157..168] Data: SELECT '--'
    2 [170..205] Data: SELECT E'a'⏎  -- goes on⏎  'b\'; c'
    4 [207..223] Data: SELECT E'a' 'b\'
    4 [225..233] Data: SELECT 3
    "#);
}

#[test]
fn dollar_quotes_hide_everything() {
    assert_snapshot!(listing(
        "DO $$ BEGIN PERFORM 1; END; $$; SELECT $tag$ a; $$ ; $tag $tag$; SELECT $ü$;$ü$;
PREPARE p AS SELECT $1; SELECT a$b$c; SELECT d$e$f; EXECUTE p(1); SELECT $1$; SELECT 1::$$;$$;
SELECT $a$ $a $$ $b$ ; $a$ ; SELECT $$a$$b;"
    ), @"
    1 [0..30] Data: DO $$ BEGIN PERFORM 1; END; $$
    1 [32..63] Data: SELECT $tag$ a; $$ ; $tag $tag$
    1 [65..81] Data: SELECT $ü$;$ü$
    2 [83..105] Session: PREPARE p AS SELECT $1
    2 [107..119] Data: SELECT a$b$c
    2 [121..133] Data: SELECT d$e$f
    2 [135..147] Data: EXECUTE p(1)
    2 [149..159] Data: SELECT $1$
    2 [161..176] Data: SELECT 1::$$;$$
    3 [178..204] Data: SELECT $a$ $a $$ $b$ ; $a$
    3 [207..220] Data: SELECT $$a$$b
    ");
}

#[test]
fn a_body_in_standard_sql_is_one_statement() {
    assert_snapshot!(listing(
        "CREATE OR REPLACE FUNCTION a(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC
  INSERT INTO b VALUES (CASE WHEN x > 1 THEN 2 ELSE 3 END);
  SELECT x AS end, b.case FROM b;
  SELECT CASE x WHEN 1 THEN CASE WHEN true THEN 2 END END;
END;
CREATE PROCEDURE c() BEGIN ATOMIC END;
CREATE FUNCTION d() RETURNS int RETURN 1; CREATE FUNCTION begin() RETURNS int AS 'SELECT 1;' LANGUAGE sql;
BEGIN; SELECT CASE WHEN true THEN 1; END;"
    ), @"
    1 [0..230] Schema: CREATE OR REPLACE FUNCTION a(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC⏎  INSERT INTO b VALUES (CASE WHEN x > 1 THEN 2 ELSE 3 END);⏎  SELECT x AS end, b.case FROM b;⏎  SELECT CASE x WHEN 1 THEN CASE WHEN true THEN 2 END END;⏎END
    6 [232..269] Schema: CREATE PROCEDURE c() BEGIN ATOMIC END
    7 [271..311] Schema: CREATE FUNCTION d() RETURNS int RETURN 1
    7 [313..376] Schema: CREATE FUNCTION begin() RETURNS int AS 'SELECT 1;' LANGUAGE sql
    8 [378..383] TransactionControl: BEGIN
    8 [385..413] Data: SELECT CASE WHEN true THEN 1
    8 [415..418] TransactionControl: END
    ");
}

#[test]
fn a_rule_may_have_statements_in_parentheses() {
    assert_snapshot!(listing(
        "CREATE OR REPLACE RULE a AS ON INSERT TO b DO ALSO (INSERT INTO c VALUES (1); DELETE FROM d;);
CREATE RULE e AS ON DELETE TO b DO INSTEAD NOTHING; CREATE TABLE f (id int; SELECT 1;"
    ), @"
    1 [0..93] Schema: CREATE OR REPLACE RULE a AS ON INSERT TO b DO ALSO (INSERT INTO c VALUES (1); DELETE FROM d;)
    2 [95..145] Schema: CREATE RULE e AS ON DELETE TO b DO INSTEAD NOTHING
    2 [147..169] Schema: CREATE TABLE f (id int
    2 [171..179] Data: SELECT 1
    ");
}

#[test]
fn rows_from_the_client_are_reported_and_left_out() {
    assert_snapshot!(listing(
        "COPY a (b, c) FROM stdin WITH (FORMAT csv); -- the rows:
1\tit's
\\N\t$$
\\.
SELECT 1;
COPY a FROM '/tmp/a'; COPY (SELECT 1 FROM stdin) TO STDOUT;
COPY a FROM STDIN;
2\t;
"
    ), @"
    1 [0..42] Data: COPY a (b, c) FROM stdin WITH (FORMAT csv)
    5 [73..81] Data: SELECT 1
    6 [83..103] Data: COPY a FROM '/tmp/a'
    6 [105..141] Data: COPY (SELECT 1 FROM stdin) TO STDOUT
    7 [143..160] Data: COPY a FROM STDIN
    1 [0..42] problem CopyFromStdin: COPY a (b, c) FROM stdin WITH (FORMAT csv)
    7 [143..160] problem CopyFromStdin: COPY a FROM STDIN
    ");
    assert_snapshot!(listing("COPY a FROM STDIN DELIMITER '"), @"
    1 [0..29] Data: COPY a FROM STDIN DELIMITER '
    1 [0..29] problem CopyFromStdin: COPY a FROM STDIN DELIMITER '
    1 [28..29] problem UnterminatedString: '
    ");
    assert_snapshot!(listing("COPY a FROM STDIN;\r\n1\r\n\\.\r\nSELECT 1;\r\nCOPY b FROM STDIN"), @"
    1 [0..17] Data: COPY a FROM STDIN
    4 [27..35] Data: SELECT 1
    5 [38..55] Data: COPY b FROM STDIN
    1 [0..17] problem CopyFromStdin: COPY a FROM STDIN
    5 [38..55] problem CopyFromStdin: COPY b FROM STDIN
    ");
}

#[test]
fn commands_of_psql_are_reported() {
    assert_snapshot!(listing("\\restrict x;y\r\n\\connect db\nSELECT 1 \\gset\nSELECT 2\n\\g\nSELECT '\\x';"), @r#"
    3 [27..35] Data: SELECT 1
    4 [42..50] Data: SELECT 2
    6 [54..65] Data: SELECT '\x'
    1 [0..13] problem ClientCommand: \restrict x;y
    2 [15..26] problem ClientCommand: \connect db
    3 [36..41] problem ClientCommand: \gset
    5 [51..53] problem ClientCommand: \g
    "#);
}

#[test]
fn what_stays_open_is_reported_where_it_begins() {
    assert_snapshot!(listing("SELECT 1; SELECT 'it; SELECT 2;"), @"
    1 [0..8] Data: SELECT 1
    1 [10..31] Data: SELECT 'it; SELECT 2;
    1 [17..18] problem UnterminatedString: '
    ");
    assert_snapshot!(listing("SELECT E'it\\'; SELECT 2;"), @r#"
    1 [0..24] Data: SELECT E'it\'; SELECT 2;
    1 [8..9] problem UnterminatedString: '
    "#);
    assert_snapshot!(listing("SELECT \"it; SELECT 2;"), @r#"
    1 [0..21] Data: SELECT "it; SELECT 2;
    1 [7..8] problem UnterminatedName: "
    "#);
    assert_snapshot!(listing("SELECT $a$it; $A$ $a SELECT 2;"), @"
    1 [0..30] Data: SELECT $a$it; $A$ $a SELECT 2;
    1 [7..10] problem UnterminatedDollarQuote: $a$
    ");
    assert_snapshot!(listing("SELECT 1; /* /* */ SELECT 2;"), @"
    1 [0..8] Data: SELECT 1
    1 [10..12] problem UnterminatedComment: /*
    ");
}

#[test]
fn every_form_of_line_end_counts_as_bytes() {
    assert_snapshot!(listing("\u{feff}SELECT 1; -- a\rSELECT 2;\r\nSELECT 'ü',\r\n3;"), @"
    1 [3..11] Data: SELECT 1
    1 [18..26] Data: SELECT 2
    2 [29..44] Data: SELECT 'ü',⏎3
    ");
}
