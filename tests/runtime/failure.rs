//! A step that fails: what is left of it, and what is said.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, Error, ErrorKind, Event, Graph, Standing, Transaction};

use crate::{
    bookkeeping::{applied, errors, heads, log, running, tables},
    history::{chain, history, refused},
    site::{Site, on},
};

on!([sqlite, postgres]:
    nothing_of_a_failed_step_is_there,
    nothing_of_a_failed_way_back_is_there,
);
on!([sqlite, postgres, mysql]:
    the_place_counts_what_stands_before_it,
    the_history_keeps_no_values,
    the_first_statement_outside_a_transaction_can_be_mended,
    a_statement_that_cannot_be_parsed_can_be_mended,
    a_later_statement_outside_a_transaction_can_be_mended,
    an_interrupted_script_that_was_edited_needs_somebody,
    a_way_back_outside_a_transaction_needs_somebody,
    a_script_of_rows_alone_is_rolled_back,
    an_observer_hears_of_the_failure,
    a_script_that_commits_is_refused,
);
on!([postgres, mysql]:
    a_statement_that_runs_too_long_is_ended,
    a_call_that_fails_late_is_no_misprint,
);
on!([mysql]: a_schema_change_of_mysql_can_be_mended, the_line_of_a_mysql_error_is_the_file_s);
on!([postgres]:
    the_position_of_a_postgres_error_is_the_file_s,
    a_violation_at_the_commit_is_told,
    a_violation_at_the_common_commit_is_told,
    what_needs_no_transaction_gets_a_hint,
);

/// File, line, column and number of the statement that failed.
#[track_caller]
fn place(error: &Error) -> String {
    error.statement().unwrap_or_else(|| panic!("no place: {error:?}")).to_string()
}

fn failing_at_b(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            (
                "b",
                "CREATE TABLE t_b (n integer);\nINSERT INTO nosuch VALUES (1);\nCREATE TABLE t_bb (n integer)",
                "",
            ),
            ("c", "CREATE TABLE t_c (n integer)", ""),
        ],
    )
}

async fn nothing_of_a_failed_step_is_there(site: Site) {
    let graph = failing_at_b(site.dialect());
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert_eq!(error.revision(), Some("b"));
    assert_eq!(error.statement().unwrap().text, "INSERT INTO nosuch VALUES (1)");
    assert!(error.to_string().starts_with("cannot apply `b`: "), "{error}");
    assert!(error.database().unwrap().driver().is_some());
    assert_eq!((applied(&site).await, tables(&site).await), ("a".into(), "a".into()));
    assert_eq!(log(&site).await, "up a done, up b failed");
    assert_eq!(site.rows("SELECT statements_done, statements FROM migrate_history").await, ["1|1", "1|3"]);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Behind);

    let mended = chain(
        site.dialect(),
        &[("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"), ("b", "CREATE TABLE t_b (n integer)", "")],
    );
    site.on(&mended).upgrade("head").await.unwrap();
    assert_eq!(tables(&site).await, "a b");
}

async fn nothing_of_a_failed_way_back_is_there(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a;\nDROP TABLE nosuch"),
            ("b", "CREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    let error = site.on(&graph).downgrade("base").await.unwrap_err();
    assert!(error.to_string().starts_with("cannot undo `a`: "), "{error}");
    assert_eq!(place(&error), "a.sql:11:1 (statement 2 of 2)");
    assert_eq!((heads(&site).await, tables(&site).await), ("a".into(), "a".into()));
    assert_eq!(log(&site).await, "up a done, up b done, down b done, down a failed");
}

/// A byte order mark, line ends of Windows, letters of several bytes, comments.
async fn the_place_counts_what_stands_before_it(site: Site) {
    let text = "\u{feff}-- make ä\n-- revision: a\n-- migrate:up\n-- €\nCREATE TABLE t_a (name varchar(9));\n\
                INSERT INTO t_a VALUES ('€'); /* ✓ */ INSERT INTO nosuch VALUES ('ä')\n\
                -- migrate:down\nDROP TABLE t_a\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let graph = history(site.dialect(), &format!("== ä.sql ==\n{text}"));
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        // PostgreSQL knows which word it does not like.
        let column = if site.dialect() == Dialect::Postgres { 51 } else { 39 };
        assert_eq!(place(&error), format!("ä.sql:6:{column} (statement 3 of 3)"));
        assert_eq!(error.statement().unwrap().text, "INSERT INTO nosuch VALUES ('ä')");
        site.rows("DROP TABLE IF EXISTS t_a").await;
        site.on(&graph).stamp("base").await.unwrap();
    }
}

async fn the_history_keeps_no_values(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (name varchar(99) NOT NULL PRIMARY KEY)", ""),
            ("b", "INSERT INTO t_a VALUES ('secret@example.org');\nINSERT INTO t_a SELECT name FROM t_a", ""),
        ],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("b")));
    assert_eq!(log(&site).await, "up a done, up b failed");
    let errors = errors(&site).await;
    assert!(errors[0].ends_with(" at b.sql:8:1 (statement 2 of 2)"), "{errors:?}");
    assert!(!errors[0].contains("secret"), "{errors:?}");
}

async fn the_first_statement_outside_a_transaction_can_be_mended(site: Site) {
    let graph = |first| chain(site.dialect(), &[("a", first, "")]);
    let broken = graph("transaction:false\nALTER TABLE nosuch ADD n integer;\nCREATE TABLE t_a (n integer)");
    let error = site.on(&broken).upgrade("head").await.unwrap_err();
    assert_eq!(place(&error), "a.sql:7:1 (statement 1 of 2)");
    assert_eq!(running(&site).await, "NULL|NULL|NULL");
    assert_eq!(site.on(&broken).status().await.unwrap().standing, Standing::Empty);
    let mended = graph("transaction:false\nCREATE TABLE t_a (n integer)");
    site.on(&mended).upgrade("head").await.unwrap();
    assert_eq!(log(&site).await, "up a failed, up a done");
}

async fn a_statement_that_cannot_be_parsed_can_be_mended(site: Site) {
    let graph = |first| chain(site.dialect(), &[("a", first, "")]);
    let broken = graph("transaction:false\nSELEKT 1;\nCREATE TABLE t_a (n integer)");
    let error = site.on(&broken).upgrade("head").await.unwrap_err();
    assert_eq!(
        (error.kind(), place(&error)),
        (ErrorKind::Statement, "a.sql:7:1 (statement 1 of 2)".to_owned())
    );
    assert_eq!(site.on(&broken).status().await.unwrap().standing, Standing::Empty);
    site.on(&graph("CREATE TABLE t_a (n integer)")).upgrade("head").await.unwrap();
}

async fn a_later_statement_outside_a_transaction_can_be_mended(site: Site) {
    let graph_with = |third: &str| {
        chain(
            site.dialect(),
            &[
                ("a", "CREATE TABLE t_a (n integer)", ""),
                (
                    "b",
                    &format!(
                        "transaction:false\nCREATE TABLE t_b (n integer);\nINSERT INTO t_b VALUES (1);\n{third};\n\
                     CREATE TABLE t_bb (n integer)"
                    ),
                    "",
                ),
            ],
        )
    };
    let graph = graph_with("ALTER TABLE nosuch ADD n integer");
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert_eq!(place(&error), "b.sql:9:1 (statement 3 of 4)");
    assert_eq!((applied(&site).await, tables(&site).await), ("a".into(), "a b".into()));
    assert_eq!(running(&site).await, "b|up|2");
    assert_eq!(site.rows("SELECT n FROM t_b").await, ["1"]);
    // The statements that are done are not run again.
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(place(&error), "b.sql:9:1 (statement 3 of 4)");
    let mended = graph_with("ALTER TABLE t_b ADD m integer");
    site.on(&mended).upgrade("head").await.unwrap();
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b bb".into()));
    assert_eq!(site.rows("SELECT n FROM t_b").await, ["1"]);
    assert_eq!(log(&site).await, "up a done, up b failed, up b failed, up b done");
}

/// What was run cannot be changed behind its back.
async fn an_interrupted_script_that_was_edited_needs_somebody(site: Site) {
    let script = |first: &str, last: &str| {
        let script = format!("transaction:false\nCREATE TABLE {first} (n integer);\n{last}");
        chain(site.dialect(), &[("a", &script, "")])
    };
    site.on(&script("t_a", "ALTER TABLE nosuch ADD n integer")).upgrade("head").await.unwrap_err();
    let edited = script("t_b", "ALTER TABLE t_b ADD m integer");
    let error = site.on(&edited).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert!(
        error.to_string().ends_with("was interrupted at statement 2: its script was changed since"),
        "{error}"
    );
    assert_eq!(tables(&site).await, "a");
    site.on(&script("t_a", "ALTER TABLE t_a ADD m integer")).upgrade("head").await.unwrap();
}

async fn a_way_back_outside_a_transaction_needs_somebody(site: Site) {
    let down = "transaction:false\nDROP TABLE t_b;\nDROP TABLE nosuch";
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "CREATE TABLE t_b (n integer)", down),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    site.on(&graph).downgrade("a").await.unwrap_err();
    assert_eq!((heads(&site).await, running(&site).await), ("b".into(), "b|down|1".into()));
    let error = site.on(&graph).downgrade("base").await.unwrap_err();
    assert_eq!(place(&error), "b.sql:11:1 (statement 2 of 2)");
    site.on(&graph).stamp("a").await.unwrap();
    site.on(&graph).downgrade("base").await.unwrap();
    assert_eq!(tables(&site).await, "");
}

async fn a_script_of_rows_alone_is_rolled_back(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer NOT NULL PRIMARY KEY)", ""),
            ("b", "INSERT INTO t_a VALUES (1);\nUPDATE t_a SET n = 2;\nINSERT INTO t_a VALUES (2)", ""),
        ],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(place(&error), "b.sql:9:1 (statement 3 of 3)");
    assert_eq!(site.rows("SELECT n FROM t_a").await, [""; 0]);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Behind);
}

async fn an_observer_hears_of_the_failure(site: Site) {
    let heard = Arc::new(Mutex::new(String::new()));
    let hears = Arc::clone(&heard);
    let graph = failing_at_b(site.dialect());
    let error = site
        .on(&graph)
        .observer(move |event| {
            let mut heard = hears.lock().unwrap();
            match event {
                Event::Planned { steps } => *heard += &format!("{steps} steps;"),
                Event::StepStarted { revision, direction, number, of } => {
                    *heard += &format!(" {direction} {revision} {number}/{of}");
                }
                Event::StepFinished { revision, .. } => *heard += &format!(" {revision} done;"),
                Event::StepFailed { revision, message } => {
                    *heard += &format!(" {revision} failed: {message}");
                }
                _ => {}
            }
        })
        .upgrade("head")
        .await
        .unwrap_err();
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard, format!("3 steps; up a 1/3 a done; up b 2/3 b failed: {error}"));
}

async fn a_script_that_commits_is_refused(site: Site) {
    let text = "== a.sql ==\n-- revision: a\n-- migrate:up\nCREATE TABLE t_a (n integer);\nCOMMIT;\n\
                -- migrate:down irreversible: a test\n";
    let graph = refused(site.dialect(), text);
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TransactionControl);
    assert_eq!(place(&error), "a.sql:4:1 (statement 2 of 2)");
    assert_eq!(tables(&site).await, "");
}

async fn a_schema_change_of_mysql_can_be_mended(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[("a", "SET @n = 1;\nCREATE TABLE t_a (n integer, n integer)", "DROP TABLE t_a")],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Empty);
    assert_eq!(log(&site).await, "up a failed");
}

async fn the_line_of_a_mysql_error_is_the_file_s(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[("a", "SET @n = 1;\nCREATE TABLE t_a (\n  n integer,\n  m integer nonsense\n)", "")],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(place(&error), "a.sql:11:1 (statement 2 of 2)");
}

async fn the_position_of_a_postgres_error_is_the_file_s(site: Site) {
    for (script, expected) in [
        // Read as a whole before it begins, though the second statement is at fault.
        (
            "CREATE TABLE t_a (n integer);\nCREATE TABLE t_é (\n  n integer,\n  é nonsense\n)",
            "a.sql:10:5 (statement 2 of 2)",
        ),
        ("CREATE TABLE t_a (n integer);\nSELEKT 1", "a.sql:8:1 (statement 2 of 2)"),
        // No position at all.
        ("CREATE TABLE t_a (n integer);\n  DROP TABLE nosuch", "a.sql:8:3 (statement 2 of 2)"),
        // The position is one in the body of the function.
        (
            "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN\n RETURN (SELECT nosuch); END $$;\nSELECT f()",
            "a.sql:9:1 (statement 2 of 2)",
        ),
    ] {
        let graph = chain(Dialect::Postgres, &[("a", script, "")]);
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Statement, "{script}");
        assert_eq!(place(&error), expected, "{script}");
    }
}

async fn a_violation_at_the_commit_is_told(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[(
            "a",
            "CREATE TABLE t_a (n integer PRIMARY KEY);\n\
             CREATE TABLE t_b (n integer REFERENCES t_a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO t_b VALUES (1)",
            "",
        )],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKey, "{error}");
    assert_eq!(error.revision(), Some("a"));
    assert_eq!(tables(&site).await, "");
}

async fn a_violation_at_the_common_commit_is_told(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[
            (
                "a",
                "CREATE TABLE t_a (n integer PRIMARY KEY);\n\
                 CREATE TABLE t_b (n integer REFERENCES t_a DEFERRABLE INITIALLY DEFERRED)",
                "",
            ),
            ("b", "INSERT INTO t_b VALUES (1)", ""),
        ],
    );
    let error = site.on(&graph).transaction(Transaction::Upgrade).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKey, "{error}");
    assert_eq!(tables(&site).await, "");
}

async fn what_needs_no_transaction_gets_a_hint(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", "CREATE INDEX CONCURRENTLY i_a ON t_a (n)", "")],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert!(error.hint().unwrap().contains("transaction:false"), "{error:?}");
}

async fn a_statement_that_runs_too_long_is_ended(site: Site) {
    let sleep = match site.dialect() {
        Dialect::Postgres => "SELECT pg_sleep(20)",
        _ => "INSERT INTO t_a SELECT SLEEP(20)",
    };
    let graph = chain(site.dialect(), &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", sleep, "")]);
    let start = Instant::now();
    let on = site.on(&graph).statement_timeout(Duration::from_secs(1));
    let error = on.upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("b")), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Behind);
}

/// Its body has done something before it comes to the text that cannot be parsed.
async fn a_call_that_fails_late_is_no_misprint(site: Site) {
    let body = match site.dialect() {
        Dialect::Postgres => {
            "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN\n CREATE TABLE t_p (n integer); COMMIT; EXECUTE 'SELEKT'; END $$"
        }
        _ => "CREATE PROCEDURE p() BEGIN\n CREATE TABLE t_p (n integer); EXECUTE IMMEDIATE 'SELEKT'; END",
    };
    let graph = chain(site.dialect(), &[("a", body, ""), ("b", "transaction:false\nCALL p()", "")]);
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("b")), "{error:?}");
    assert_eq!(tables(&site).await, "p");
    assert_eq!(running(&site).await, "b|up|0");
}
