use insta::assert_snapshot;

use super::Part;

fn listing(text: &str) -> String {
    super::listing(text, Part::Whole, &[])
}

#[test]
fn a_header_says_what_the_revision_is() {
    assert_snapshot!(listing(
        "-- add priority to tasks
--
-- and index it, because the list is sorted by it: see the notes
-- revision: def456ghi789
-- revises: abc123def456 ,fff000,
-- depends-on: users@head
-- labels: billing, tasks
-- created: 2025-11-10 14:30:00 +02:00

-- migrate:up
"), @"
    1 to 8 header
    1 message: add priority to tasks
    4 revision: def456ghi789
    5 revises: abc123def456
    5 revises: fff000
    6 depends-on: users@head
    7 label: billing
    7 label: tasks
    8 created 2025-11-10 12:30:00: 2025-11-10 14:30:00 +02:00
    10 up: -- migrate:up
    11 body:
    ");
}

#[test]
fn every_key_may_be_empty_or_absent() {
    assert_snapshot!(listing("-- revision:\n-- revises:\n-- depends-on:\n-- labels: ,\n-- created:\n-- migrate:up\n"), @"
    1 to 5 header
    1 message:
    1 revision:
    6 up: -- migrate:up
    7 body:
    ");
    assert_snapshot!(listing("-- revision: a\n-- migrate:up\n"), @"
    1 to 1 header
    1 message:
    1 revision: a
    2 up: -- migrate:up
    3 body:
    ");
    assert_snapshot!(listing("-- migrate:up\n"), @"
    1 up: -- migrate:up
    2 body:
    ");
    assert_snapshot!(listing("\n--\n-- ---------\n\n"), @"
    3 to 3 header
    3 message:
    ");
    assert_snapshot!(listing(""), @"");
}

#[test]
fn blanks_and_line_ends_are_as_the_author_likes() {
    assert_snapshot!(listing("\u{feff}--add a table\r\n  --  revision :  a  \r\n\r\n--\trevises:b\t,\tc\r\n-- migrate:up\r\n"), @"
    1 to 4 header
    1 message: add a table
    2 revision: a
    4 revises: b
    4 revises: c
    5 up: -- migrate:up
    6 body:
    ");
    assert_snapshot!(listing("-- ü\r-- revision: é\r-- migrate:up\rSELECT 1;\r"), @"
    1 to 2 header
    1 message: ü
    2 revision: é
    3 up: -- migrate:up
    4 body: SELECT 1;⏎
    ");
}

#[test]
fn a_licence_above_is_no_obstacle() {
    assert_snapshot!(listing(
        "/* Copyright: us
 -- revision: none
 */

# a remark
/* and */ -- another
-- ====
-- add a table
-- revision: a
-- migrate:up"), @"
    7 to 9 header
    8 message: add a table
    9 revision: a
    10 up: -- migrate:up
    10 body:
    ");
}

#[test]
fn slips_of_keys_are_reported() {
    assert_snapshot!(listing("-- a\n-- revison: a\n-- migrate:up\n"), @"
    1 to 2 header
    1 message: a
    3 up: -- migrate:up
    4 body:
    2 problem MisspeltKey { meant: Revision }: revison
    ");
    assert_snapshot!(listing("-- Revision: a\n-- migrate:up\n"), @"
    1 to 1 header
    1 message:
    2 up: -- migrate:up
    3 body:
    1 problem MisspeltKey { meant: Revision }: Revision
    ");
    assert_snapshot!(listing(
        "-- a
-- revision: a
-- Revises: b
-- depends_on: c, d
-- label: e
-- creatde: 2025-11-10
-- migrate:up
"), @"
    1 to 6 header
    1 message: a
    2 revision: a
    7 up: -- migrate:up
    8 body:
    3 problem MisspeltKey { meant: Revises }: Revises
    4 problem MisspeltKey { meant: DependsOn }: depends_on
    5 problem MisspeltKey { meant: Labels }: label
    6 problem MisspeltKey { meant: Created }: creatde
    ");
    assert_snapshot!(listing("-- revision: a\n-- revise: b\n-- depends on: c\n-- creatd: 2025-11-10\n-- migrate:up"), @"
    1 to 4 header
    1 message:
    1 revision: a
    5 up: -- migrate:up
    5 body:
    2 problem MisspeltKey { meant: Revises }: revise
    3 problem MisspeltKey { meant: DependsOn }: depends on
    4 problem MisspeltKey { meant: Created }: creatd
    ");
}

#[test]
fn words_for_people_are_no_slips() {
    assert_snapshot!(listing(
        "-- revisions: the table that holds them all
-- revision: a
-- Revision: 7
-- Revised: never
-- Created: 2025-11-10
-- created by: Jane
-- Author: Jane
-- labels a row: see https://example.com/revises:x
-- Depends on: the users table
-- label: none of them
-- revise: this, and that too
-- migrate:up
"), @"
    1 to 11 header
    1 message: revisions: the table that holds them all
    2 revision: a
    12 up: -- migrate:up
    13 body:
    ");
    assert_snapshot!(listing("-- label: a list\n-- labels: a\n-- labels: b\n-- created: once\n-- migrate:up\n"), @"
    1 to 4 header
    1 message: label: a list
    2 label: a
    5 up: -- migrate:up
    6 body:
    ");
}

#[test]
fn doubled_keys_and_dates_that_are_none_are_reported() {
    assert_snapshot!(listing(
        "-- revision: a
-- created: yesterday
-- revision: b
-- revises: c
-- revises: d
-- created: 2025-11-10
-- migrate:up
"), @"
    1 to 6 header
    1 message:
    1 revision: a
    4 revises: c
    7 up: -- migrate:up
    8 body:
    2 problem InvalidDate: yesterday
    3 problem DuplicateKey { key: Revision, first: Span { start: 0, end: 14 } }: -- revision: b
    5 problem DuplicateKey { key: Revises, first: Span { start: 52, end: 65 } }: -- revises: d
    6 problem DuplicateKey { key: Created, first: Span { start: 15, end: 36 } }: -- created: 2025-11-10
    ");
}
