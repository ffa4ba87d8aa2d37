use insta::assert_snapshot;
use migrate_core::Dialect;

fn listing(script: &str) -> String {
    super::listing(script, Dialect::Sqlite)
}

#[test]
fn statements_end_at_semicolons_and_have_no_comments_around_them() {
    assert_snapshot!(listing(
        "-- first
CREATE TABLE a (id INTEGER); /* second */ DROP TABLE b -- gone; really
;;

/* none */ ;
SELECT 1 /* inside */ + 1"
    ), @"
    2 [9..36] Schema: CREATE TABLE a (id INTEGER)
    2 [51..63] Schema: DROP TABLE b
    6 [97..122] Data: SELECT 1 /* inside */ + 1
    ");
}

#[test]
fn quotes_hide_semicolons_and_quotes() {
    assert_snapshot!(listing(
        r#"INSERT INTO a VALUES ('it''s; 1', x'00');
INSERT INTO "a;""b" VALUES ("c;");
INSERT INTO `a;``b` VALUES (1);
INSERT INTO [a;'"b] VALUES (2);
INSERT INTO a VALUES ('\'); SELECT '--', '/*'; -- ' " ` [
SELECT 3"#
    ), @r#"
    1 [0..40] Data: INSERT INTO a VALUES ('it''s; 1', x'00')
    2 [42..75] Data: INSERT INTO "a;""b" VALUES ("c;")
    3 [77..107] Data: INSERT INTO `a;``b` VALUES (1)
    4 [109..139] Data: INSERT INTO [a;'"b] VALUES (2)
    5 [141..167] Data: INSERT INTO a VALUES ('\')
    5 [169..186] Data: SELECT '--', '/*'
    6 [199..207] Data: SELECT 3
    "#);
}

#[test]
fn comments_do_not_nest_and_may_stay_open() {
    assert_snapshot!(listing("SELECT 1; /* /* ; */ SELECT 2; SELECT 3 /* ; SELECT 4;"), @"
    1 [0..8] Data: SELECT 1
    1 [21..29] Data: SELECT 2
    1 [31..39] Data: SELECT 3
    ");
}

#[test]
fn a_trigger_is_one_statement() {
    assert_snapshot!(listing(
        "CREATE TRIGGER a AFTER INSERT ON b WHEN new.x = CASE 1 WHEN 2 THEN 3 END BEGIN
  UPDATE b SET x = CASE WHEN x > 1 THEN 1 ELSE 0 END;
  DELETE FROM c; -- END;
  SELECT 'END;' /* END; */;
END;
create temp trigger if not exists d before delete on b begin select 1; end;
CREATE TEMPORARY TRIGGER \"begin\" INSTEAD OF UPDATE ON v BEGIN SELECT 1; END
;
EXPLAIN QUERY PLAN CREATE TRIGGER e AFTER INSERT ON b BEGIN SELECT 1; END; SELECT 2;"
    ), @r#"
    1 [0..189] Schema: CREATE TRIGGER a AFTER INSERT ON b WHEN new.x = CASE 1 WHEN 2 THEN 3 END BEGIN⏎  UPDATE b SET x = CASE WHEN x > 1 THEN 1 ELSE 0 END;⏎  DELETE FROM c; -- END;⏎  SELECT 'END;' /* END; */;⏎END
    6 [191..265] Schema: create temp trigger if not exists d before delete on b begin select 1; end
    7 [267..342] Schema: CREATE TEMPORARY TRIGGER "begin" INSTEAD OF UPDATE ON v BEGIN SELECT 1; END
    9 [345..418] Data: EXPLAIN QUERY PLAN CREATE TRIGGER e AFTER INSERT ON b BEGIN SELECT 1; END
    9 [420..428] Data: SELECT 2
    "#);
}

#[test]
fn words_of_triggers_elsewhere_open_no_body() {
    assert_snapshot!(listing(
        "DROP TRIGGER a; CREATE TABLE trigger_begin (\"begin\" TEXT, \"end\" TEXT); BEGIN; SELECT 1; END;
CREATE TRIGGER without_a_body AFTER INSERT ON b; SELECT 2;
CREATE TRIGGER never_ends AFTER INSERT ON b BEGIN SELECT 3; SELECT 4;"
    ), @r#"
    1 [0..14] Schema: DROP TRIGGER a
    1 [16..69] Schema: CREATE TABLE trigger_begin ("begin" TEXT, "end" TEXT)
    1 [71..76] TransactionControl: BEGIN
    1 [78..86] Data: SELECT 1
    1 [88..91] TransactionControl: END
    2 [93..140] Schema: CREATE TRIGGER without_a_body AFTER INSERT ON b
    2 [142..150] Data: SELECT 2
    3 [152..220] Schema: CREATE TRIGGER never_ends AFTER INSERT ON b BEGIN SELECT 3; SELECT 4
    "#);
}

#[test]
fn what_stays_open_is_reported_where_it_begins() {
    assert_snapshot!(listing("SELECT 1; SELECT 'it; SELECT 2;"), @"
    1 [0..8] Data: SELECT 1
    1 [10..31] Data: SELECT 'it; SELECT 2;
    1 [17..18] problem UnterminatedString: '
    ");
    assert_snapshot!(listing("SELECT \"it; SELECT 2;"), @r#"
    1 [0..21] Data: SELECT "it; SELECT 2;
    1 [7..8] problem UnterminatedName: "
    "#);
    assert_snapshot!(listing("SELECT `it; SELECT 2;"), @"
    1 [0..21] Data: SELECT `it; SELECT 2;
    1 [7..8] problem UnterminatedName: `
    ");
    assert_snapshot!(listing("SELECT [it; SELECT 2;"), @"
    1 [0..21] Data: SELECT [it; SELECT 2;
    1 [7..8] problem UnterminatedName: [
    ");
}

#[test]
fn commands_of_the_shell_are_reported() {
    assert_snapshot!(listing(".read a.sql\nSELECT 1\n.5; .mode csv  \r\n.import x y\nSELECT 2;"), @"
    2 [12..23] Data: SELECT 1⏎.5
    5 [50..58] Data: SELECT 2
    1 [0..11] problem ClientCommand: .read a.sql
    3 [25..34] problem ClientCommand: .mode csv
    4 [38..49] problem ClientCommand: .import x y
    ");
}

#[test]
fn every_form_of_line_end_counts_as_bytes() {
    assert_snapshot!(listing("\u{feff}-- a\r\nSELECT 1;\r\n\r\n-- b\r\nSELECT\r\n2;\r\n"), @"
    2 [9..17] Data: SELECT 1
    5 [28..37] Data: SELECT⏎2
    ");
    assert_snapshot!(listing("SELECT 'ü';\rSELECT 2; -- to the end, as SQLite sees it\rSELECT 3;"), @"
    1 [0..11] Data: SELECT 'ü'
    1 [13..21] Data: SELECT 2
    ");
}
