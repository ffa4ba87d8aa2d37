use insta::assert_snapshot;
use migrate_core::Dialect;

use super::Part;

fn whole(text: &str) -> String {
    super::listing(text, Part::Whole, &[Dialect::Sqlite])
}

#[test]
fn a_file_has_an_up_and_a_down_section() {
    assert_snapshot!(whole("-- migrate:up\nSELECT 1;\n\n-- migrate:down\nSELECT 2;"), @"
    1 up: -- migrate:up
    2 body: SELECT 1;⏎⏎
    4 down: -- migrate:down
    5 body: SELECT 2;
    ");
    assert_snapshot!(whole("-- migrate:down\nSELECT 2;\n-- migrate:up\nSELECT 1;\n"), @"
    3 up: -- migrate:up
    4 body: SELECT 1;⏎
    1 down: -- migrate:down
    2 body: SELECT 2;⏎
    ");
    assert_snapshot!(whole("-- migrate:up\r\nSELECT 1;\r\n--  migrate:down  \r\nSELECT 2;\r\n"), @"
    1 up: -- migrate:up
    2 body: SELECT 1;⏎
    3 down: --  migrate:down
    4 body: SELECT 2;⏎
    ");
    assert_snapshot!(whole("-- migrate:up\rSELECT 1; -- a\r-- migrate:down\rSELECT 2;"), @"
    1 up: -- migrate:up
    2 body: SELECT 1; -- a⏎
    3 down: -- migrate:down
    4 body: SELECT 2;
    ");
    assert_snapshot!(whole("\u{feff}--\tmigrate:up"), @"
    1 up: --	migrate:up
    1 body:
    ");
}

#[test]
fn a_marker_has_options() {
    assert_snapshot!(whole("-- migrate:up transaction:false\n-- migrate:down\ttransaction:true irreversible: the rows are gone; really  "), @"
    1 up outside of a transaction: -- migrate:up transaction:false
    2 body:
    2 down: -- migrate:down	transaction:true irreversible: the rows are gone; really
    2 irreversible: the rows are gone; really
    2 body:
    ");
    assert_snapshot!(whole("-- migrate:up transaction:true transaction:false\n-- migrate:down irreversible:\n-- why?"), @"
    1 up: -- migrate:up transaction:true transaction:false
    2 body:
    2 down: -- migrate:down irreversible:
    2 irreversible:
    3 body: -- why?
    1 problem DuplicateOption: transaction:false
    2 problem IrreversibleWithoutReason: irreversible:
    ");
    assert_snapshot!(whole("-- migrate:up transaction: false\n-- migrate:down irreversible gone"), @r#"
    1 up: -- migrate:up transaction: false
    2 body:
    2 down: -- migrate:down irreversible gone
    2 irreversible: gone
    2 body:
    1 problem UnknownOption { meant: Some("transaction:false") }: transaction: false
    2 problem UnknownOption { meant: Some("irreversible:") }: irreversible
    "#);
    assert_snapshot!(whole("-- migrate:up transaction:no\n-- migrate:down no-transaction x"), @r#"
    1 up: -- migrate:up transaction:no
    2 body:
    2 down: -- migrate:down no-transaction x
    2 body:
    1 problem UnknownOption { meant: Some("transaction:false") }: transaction:no
    2 problem UnknownOption { meant: Some("transaction:false") }: no-transaction
    "#);
    assert_snapshot!(whole("-- migrate:up transactoin:false\n-- migrate:down irreversable: gone"), @r#"
    1 up: -- migrate:up transactoin:false
    2 body:
    2 down: -- migrate:down irreversable: gone
    2 irreversible: gone
    2 body:
    1 problem UnknownOption { meant: Some("transaction:false") }: transactoin:false
    2 problem UnknownOption { meant: Some("irreversible:") }: irreversable:
    "#);
    assert_snapshot!(whole("-- migrate:up irreversible: gone"), @"
    1 up: -- migrate:up irreversible: gone
    1 body:
    1 problem UnknownOption { meant: None }: irreversible:
    ");
}

#[test]
fn slips_of_markers_are_reported_and_understood() {
    assert_snapshot!(whole("-- migrate:upp\nSELECT 1;\n-- migrate: down\nSELECT 2;\n"), @r#"
    1 up: -- migrate:upp
    2 body: SELECT 1;⏎
    3 down: -- migrate: down
    4 body: SELECT 2;⏎
    1 problem MisspeltMarker { meant: Some("-- migrate:up") }: -- migrate:upp
    3 problem MisspeltMarker { meant: Some("-- migrate:down") }: -- migrate: down
    "#);
    assert_snapshot!(whole("--migrate:up transaction:false\n  -- migrate:down\n"), @r#"
    1 up outside of a transaction: --migrate:up transaction:false
    2 body:
    2 down:   -- migrate:down
    3 body:
    1 problem MisspeltMarker { meant: Some("-- migrate:up") }: --migrate:up
    2 problem MisspeltMarker { meant: Some("-- migrate:down") }:   -- migrate:down
    "#);
    assert_snapshot!(whole("-- Migrate:Up\n-- migrate:DOWN\n"), @r#"
    1 up: -- Migrate:Up
    2 body:
    2 down: -- migrate:DOWN
    3 body:
    1 problem MisspeltMarker { meant: Some("-- migrate:up") }: -- Migrate:Up
    2 problem MisspeltMarker { meant: Some("-- migrate:down") }: -- migrate:DOWN
    "#);
    assert_snapshot!(whole("-- migrate :up\n-- migrate:dwon\n"), @r#"
    1 up: -- migrate :up
    2 body:
    2 down: -- migrate:dwon
    3 body:
    1 problem MisspeltMarker { meant: Some("-- migrate:up") }: -- migrate :up
    2 problem MisspeltMarker { meant: Some("-- migrate:down") }: -- migrate:dwon
    "#);
    assert_snapshot!(whole("-- migrate:upgrade\n-- migrate:rollback\nSELECT 1;\n"), @r#"
    1 up: -- migrate:upgrade
    2 body: -- migrate:rollback⏎SELECT 1;⏎
    1 problem MisspeltMarker { meant: Some("-- migrate:up") }: -- migrate:upgrade
    2 problem MisspeltMarker { meant: None }: -- migrate:rollback
    "#);
}

#[test]
fn words_for_people_are_no_markers() {
    assert_snapshot!(whole(
        "-- migrate: up and down are below
-- migrate the rows: slowly
-- migrate:
-- migrate:rows that are old
-- migrate:up
-- migrate: the old rows
SELECT '-- migrate:down';
-- Migrate: Down the tree it goes
"), @"
    1 to 4 header
    1 message: migrate: up and down are below
    5 up: -- migrate:up
    6 body: -- migrate: the old rows⏎SELECT '-- migrate:down';⏎-- Migrate: Down the tree it goes⏎
    ");
}

#[test]
fn sql_that_would_never_run_is_reported() {
    assert_snapshot!(whole("-- a\nSELECT 1;\n-- migrate:up\nSELECT 2;"), @"
    1 to 1 header
    1 message: a
    3 up: -- migrate:up
    4 body: SELECT 2;
    2 problem SqlOutsideSection: SELECT 1;
    ");
    assert_snapshot!(whole("-- revision: a\n\n  SELECT 1; -- b\nSELECT 2;"), @"
    1 to 1 header
    1 message:
    1 revision: a
    3 problem SqlOutsideSection: SELECT 1; -- b
    ");
    assert_snapshot!(whole("/* a */ SELECT 1;\n-- migrate:up\n"), @"
    2 up: -- migrate:up
    3 body:
    1 problem SqlOutsideSection: /* a */ SELECT 1;
    ");
    assert_snapshot!(whole("/* a\nb */ -- c\n/*\n-- migrate:up\n*/\n-- migrate:up\n"), @"
    6 up: -- migrate:up
    7 body:
    ");
    assert_snapshot!(whole("-- of another tool\nSELECT 1;"), @"
    1 to 1 header
    1 message: of another tool
    ");
    assert_snapshot!(whole("-- migrate:up\n-- migrate:down irreversible: gone\n-- a\n/* b\n */\n\nDROP TABLE a;\n"), @"
    1 up: -- migrate:up
    2 body:
    2 down: -- migrate:down irreversible: gone
    2 irreversible: gone
    3 body: -- a⏎/* b⏎ */⏎⏎DROP TABLE a;⏎
    7 problem SqlUnderIrreversible: DROP TABLE a;
    ");
}

#[test]
fn a_section_stands_once() {
    assert_snapshot!(whole("-- migrate:up\nSELECT 1;\n-- migrate:up\nSELECT 2;\n-- migrate:down\nSELECT 3;"), @"
    1 up: -- migrate:up
    2 body: SELECT 1;⏎
    5 down: -- migrate:down
    6 body: SELECT 3;
    3 problem DuplicateSection { first: Span { start: 0, end: 13 } }: -- migrate:up
    ");
}

#[test]
fn a_marker_within_a_quote_or_a_comment_belongs_to_the_script() {
    let text = "-- migrate:up
INSERT INTO a VALUES ('
-- migrate:down
');
/*
-- migrate:down
*/
SELECT $$
-- migrate:down
$$;
-- migrate:down
SELECT 2;
";
    assert_snapshot!(super::listing(text, Part::Whole, &[Dialect::Postgres]), @"
    1 up: -- migrate:up
    2 body: INSERT INTO a VALUES ('⏎-- migrate:down⏎');⏎/*⏎-- migrate:down⏎*/⏎SELECT $$⏎-- migrate:down⏎$$;⏎
    11 down: -- migrate:down
    12 body: SELECT 2;⏎
    ");
    assert_snapshot!(super::listing(text, Part::Whole, &[Dialect::Postgres, Dialect::Sqlite]), @"
    1 up: -- migrate:up
    2 body: INSERT INTO a VALUES ('⏎-- migrate:down⏎');⏎/*⏎-- migrate:down⏎*/⏎SELECT $$⏎
    9 down: -- migrate:down
    10 body: $$;⏎
    11 problem DuplicateSection { first: Span { start: 90, end: 105 } }: -- migrate:down
    ");
    assert_snapshot!(super::listing(text, Part::Whole, &[]), @"
    1 up: -- migrate:up
    2 body: INSERT INTO a VALUES ('⏎
    3 down: -- migrate:down
    4 body: ');⏎/*⏎
    6 problem DuplicateSection { first: Span { start: 38, end: 53 } }: -- migrate:down
    9 problem DuplicateSection { first: Span { start: 38, end: 53 } }: -- migrate:down
    11 problem DuplicateSection { first: Span { start: 38, end: 53 } }: -- migrate:down
    ");
}

#[test]
fn a_marker_behind_a_quote_that_stays_open_is_one() {
    assert_snapshot!(whole("-- migrate:up\nSELECT 'it;\n-- migrate:down\nSELECT 2;"), @"
    1 up: -- migrate:up
    2 body: SELECT 'it;⏎
    3 down: -- migrate:down
    4 body: SELECT 2;
    ");
    assert_snapshot!(whole("-- migrate:up\nSELECT 1; /* a\n-- migrate:down\nSELECT 2;"), @"
    1 up: -- migrate:up
    2 body: SELECT 1; /* a⏎
    3 down: -- migrate:down
    4 body: SELECT 2;
    ");
    let escaped = "-- migrate:up\nSELECT E'it\\';\n-- migrate:down\nSELECT 2;";
    assert_snapshot!(super::listing(escaped, Part::Whole, &[Dialect::Postgres]), @r#"
    1 up: -- migrate:up
    2 body: SELECT E'it\';⏎
    3 down: -- migrate:down
    4 body: SELECT 2;
    "#);
    let program = "-- migrate:up\nDELIMITER //\nSELECT 1 //\n-- migrate:down\nSELECT 2;";
    assert_snapshot!(super::listing(program, Part::Whole, &[Dialect::Mysql]), @"
    1 up: -- migrate:up
    2 body: DELIMITER //⏎SELECT 1 //⏎
    4 down: -- migrate:down
    5 body: SELECT 2;
    ");
}

#[test]
fn a_file_of_a_pair_needs_no_marker() {
    let up = |text| super::listing(text, Part::Up, &[]);
    assert_snapshot!(up("-- a\n-- revision: b\n\n-- about the statement\nSELECT 1;\n"), @"
    1 to 2 header
    1 message: a
    2 revision: b
    3 up:
    3 body: ⏎-- about the statement⏎SELECT 1;⏎
    ");
    assert_snapshot!(up("-- a\n-- revision: b\nSELECT 1;\n"), @"
    1 to 2 header
    1 message: a
    2 revision: b
    3 up:
    3 body: SELECT 1;⏎
    ");
    assert_snapshot!(up("-- a\n\n-- about the statement\nSELECT 1;\n"), @"
    1 to 1 header
    1 message: a
    2 up:
    2 body: ⏎-- about the statement⏎SELECT 1;⏎
    ");
    assert_snapshot!(up("-- about the statement\nSELECT 1;\n"), @"
    1 up:
    1 body: -- about the statement⏎SELECT 1;⏎
    ");
    assert_snapshot!(up("\u{feff}SELECT 1;"), @"
    1 up:
    1 body: SELECT 1;
    ");
    assert_snapshot!(up("-- revision: b\n-- migrate:up transaction:false\nSELECT 1;\n"), @"
    1 to 1 header
    1 message:
    1 revision: b
    2 up outside of a transaction: -- migrate:up transaction:false
    3 body: SELECT 1;⏎
    ");
    assert_snapshot!(up(""), @"
    1 up:
    1 body:
    ");
    let down = |text| super::listing(text, Part::Down, &[]);
    assert_snapshot!(down("DROP TABLE a;"), @"
    1 down:
    1 body: DROP TABLE a;
    ");
    assert_snapshot!(down("-- migrate:down irreversible: gone"), @"
    1 down: -- migrate:down irreversible: gone
    1 irreversible: gone
    1 body:
    ");
}

#[test]
fn a_section_in_the_wrong_file_of_a_pair_is_reported() {
    let up = |text| super::listing(text, Part::Up, &[]);
    assert_snapshot!(up("-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;"), @"
    1 up: -- migrate:up
    2 body: SELECT 1;⏎
    3 problem MisplacedSection: -- migrate:down
    ");
    assert_snapshot!(up("SELECT 1;\n-- migrate:down\nSELECT 2;"), @"
    1 problem SqlOutsideSection: SELECT 1;
    2 problem MisplacedSection: -- migrate:down
    ");
    assert_snapshot!(super::listing("-- migrate:up\nSELECT 1;", Part::Down, &[]), @"1 problem MisplacedSection: -- migrate:up");
}

#[test]
fn allows_hold_for_the_file_or_the_statement_below() {
    assert_snapshot!(whole(
        "-- allow: table-dropped, it was empty, always
-- revision: a
-- migrate:up
  --allow:column-dropped
DROP TABLE a;
-- allow: naming-convention ,
-- allow: users to log in
-- allow: no_rule!
/*
-- allow: within-a-comment, b
*/
-- allowed: rule, c
-- migrate:down
-- allow: rule, c
"), @"
    2 to 2 header
    2 message:
    2 revision: a
    3 up: -- migrate:up
    4 body:   --allow:column-dropped⏎DROP TABLE a;⏎-- allow: naming-convention ,⏎-- allow: users to log in⏎-- allow: no_rule!⏎/*⏎-- allow: within-a-comment, b⏎*/⏎-- allowed: rule, c⏎
    13 down: -- migrate:down
    14 body: -- allow: rule, c⏎
    1 file allow: -- allow: table-dropped, it was empty, always
    1 rule: table-dropped
    1 reason: it was empty, always
    4 statement allow: --allow:column-dropped
    4 rule: column-dropped
    6 statement allow: -- allow: naming-convention ,
    6 rule: naming-convention
    14 statement allow: -- allow: rule, c
    14 rule: rule
    14 reason: c
    ");
    let up = "-- a\n-- revision: a\n-- allow: b, c\n\n-- allow: d, e\nSELECT 1;\n-- allow: f, g\nSELECT 2;";
    assert_snapshot!(super::listing(up, Part::Up, &[]), @"
    1 to 2 header
    1 message: a
    2 revision: a
    4 up:
    4 body: ⏎-- allow: d, e⏎SELECT 1;⏎-- allow: f, g⏎SELECT 2;
    3 file allow: -- allow: b, c
    3 rule: b
    3 reason: c
    5 statement allow: -- allow: d, e
    5 rule: d
    5 reason: e
    7 statement allow: -- allow: f, g
    7 rule: f
    7 reason: g
    ");
    assert_snapshot!(super::listing("-- allow: a, b\nDROP TABLE c;", Part::Down, &[]), @"
    1 down:
    1 body: -- allow: a, b⏎DROP TABLE c;
    1 statement allow: -- allow: a, b
    1 rule: a
    1 reason: b
    ");
}
