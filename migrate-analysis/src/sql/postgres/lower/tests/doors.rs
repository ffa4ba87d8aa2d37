use migrate_core::operation::Operation;

use crate::sql::{
    lowered::{Lowered, OpaqueReason},
    postgres::lower,
};

fn errors(text: &str) -> Vec<(String, String)> {
    let lowered = lower(text);
    lowered.errors.into_iter().map(|error| (error.span.of(text).to_owned(), error.message)).collect()
}

#[test]
fn what_the_grammar_refuses_is_shown_where_it_stands() {
    let error = |place: &str, message: &str| vec![(place.to_owned(), message.to_owned())];
    assert_eq!(errors("DROP TABLE IF EXIST a"), error("EXIST", "syntax error at `EXIST`"));
    assert_eq!(errors("ALTER TABLE a DELETE COLUMN b"), error("DELETE", "syntax error at `DELETE`"));
    assert_eq!(errors("CREATE TABLE a (b int,)"), error(",", "syntax error at `,`"));
    assert_eq!(errors("CREATE TABLE a (b int"), error("int", "the statement ends too early"));
}

#[test]
fn a_column_that_is_declared_in_two_ways_is_shown_where_the_second_stands() {
    let error = |place: &str, message: &str| vec![(place.to_owned(), message.to_owned())];
    let twice = "column `b` gets its value in two ways";
    assert_eq!(errors("CREATE TABLE a (b int DEFAULT 1 DEFAULT 2)"), error("DEFAULT 2", twice));
    assert_eq!(errors("ALTER TABLE a ADD COLUMN b serial DEFAULT 2"), error("DEFAULT 2", twice));
    let both = "column `b` is `NULL` and `NOT NULL`";
    assert_eq!(errors("CREATE TABLE a (b int NOT NULL NULL)"), error("NULL", both));
    // The server does not look where the table is there.
    assert_eq!(errors("CREATE TABLE IF NOT EXISTS a (b int NOT NULL NULL)"), []);
    assert_eq!(errors("CREATE TABLE a (b serial NOT NULL NOT NULL CHECK (b > 0), c int NULL DEFAULT 1)"), []);
}

#[test]
fn the_body_of_a_function_is_no_part_of_the_grammar() {
    let text = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT FROM FROM $$";
    assert_eq!(lower(text).errors, []);
}

#[test]
fn no_nesting_overflows_the_stack() {
    for (open, close) in [
        ("(", ")"),
        ("NOT ", ""),
        ("- ", ""),
        ("1 + ", ""),
        ("a || ", ""),
        ("CASE WHEN ", " THEN 1 END"),
        ("ARRAY[", "]"),
        ("(SELECT ", ")"),
        ("f(1, ", ")"),
        ("1 UNION SELECT ", ""),
    ] {
        for depth in [10, 49, 590, 100_000] {
            let text = format!("SELECT {}1{}", open.repeat(depth), close.repeat(depth));
            let lowered = lower(&text);
            assert!(depth > 10 || lowered.errors.is_empty(), "{open} {:?}", lowered.errors);
        }
    }
}

#[test]
fn no_nesting_within_the_bodies_of_functions_overflows_the_stack() {
    let deep = format!("SELECT {}1{}", "(SELECT ".repeat(5_000), ")".repeat(5_000));
    let escaped = deep.replace('(', "\\x28");
    let bodies = [format!("$$ {deep} $$"), format!("'{deep}'"), format!("E'{escaped}'")];
    for body in bodies {
        for language in ["sql", "'sql'", "U&\"\\0073ql\""] {
            let lowered = lower(&format!("CREATE FUNCTION f() RETURNS int LANGUAGE {language} AS {body}"));
            assert_eq!((lowered.opaque, lowered.errors), (None, Vec::new()), "{language}");
        }
    }
    let make = |inner: String, depth: usize| {
        format!("CREATE PROCEDURE f() LANGUAGE plpgsql AS $t{depth}$ BEGIN {inner} END $t{depth}$;")
    };
    assert_eq!(lower((0..500).fold(String::new(), make).trim_end_matches(';')).opaque, None);
}

#[test]
fn a_text_that_is_too_deep_is_opaque_and_no_error() {
    let Lowered { operations, opaque, errors } = lower(&format!("SELECT {}t", "(".repeat(100_000)));
    assert_eq!((opaque, errors), (Some(OpaqueReason::NotParsed), Vec::new()));
    assert!(matches!(&*operations, [Operation::Opaque { names, everything: false, .. }] if names.len() == 2));
}
