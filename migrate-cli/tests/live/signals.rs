//! Ctrl-C and SIGTERM at a run: it ends in good order, and the next one goes on.

use std::{
    thread,
    time::{Duration, Instant},
};

use migrate_runtime::Dialect;
use nix::sys::signal::Signal;

use crate::{
    run::Folder,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    a_program_may_have_any_name,
    between_two_steps,
    in_a_long_statement_outside_a_transaction,
    twice_in_a_long_statement,
);
on!([postgres, mysql]: a_question_is_asked_and_answered);
on!([postgres, mysql]: while_another_runner_is_waited_for);

/// A statement that lasts for some tenths of a second.
fn lasting(dialect: Dialect, tenths: u32) -> String {
    match dialect {
        Dialect::Postgres => format!("DO $$ BEGIN PERFORM pg_sleep({tenths} / 10.0); END $$"),
        Dialect::Mysql => format!("DO SLEEP({tenths} / 10)"),
        // It cannot sleep; it counts.
        Dialect::Sqlite => format!(
            "CREATE TABLE counted_{tenths} AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT {}) \
             SELECT max(n) AS n FROM c",
            tenths * 300_000
        ),
    }
}

/// How often each revision is in the history as done, in order.
async fn done(site: &Site) -> String {
    let text = "SELECT revision FROM migrate_history WHERE outcome = 'done' AND direction = 'up' ORDER BY id";
    site.rows(text).await.join(" ")
}

async fn between_two_steps(site: Site) {
    let lasting = lasting(site.dialect(), 10);
    let revisions = [
        ("a", "CREATE TABLE t_a (n integer);"),
        ("b", &lasting),
        ("c", "CREATE TABLE t_c (n integer);"),
        ("d", "CREATE TABLE t_d (n integer);"),
    ];
    let folder = Folder::new(site.url(), &revisions);
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut run = folder.start("upgrade");
        run.until(&["step_finished", "\"a\""]);
        run.signal(signal);
        let ended = run.end();
        assert_eq!(ended.code, Some(3), "{}", ended.text);
        assert!(ended.text.contains("\"kind\":\"cancelled\""), "{}", ended.text);
        assert!(ended.text.contains("error: cancelled "), "{}", ended.text);
        // Nobody is in the way of the next run.
        let next = folder.run("upgrade --lock-wait 5s");
        assert_eq!(next.code, Some(0), "{}", next.text);
        assert_eq!(done(&site).await, "a b c d");
        for table in
            ["migrate_state", "migrate_version", "migrate_history", "t_a", "t_c", "t_d", "counted_10"]
        {
            let _ = site.ask(&format!("DROP TABLE {table}")).await;
        }
    }
}

async fn while_another_runner_is_waited_for(site: Site) {
    let lasting = lasting(site.dialect(), 40);
    let folder = Folder::new(site.url(), &[("a", &lasting), ("b", "CREATE TABLE t_b (n integer);")]);
    let mut worker = folder.start("upgrade");
    worker.until(&["step_started"]);
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut waiter = folder.start("upgrade");
        waiter.until(&["waiting"]);
        // It is at its pause most of the time.
        thread::sleep(Duration::from_millis(50));
        let start = Instant::now();
        waiter.signal(signal);
        let ended = waiter.end();
        assert_eq!(ended.code, Some(3), "{}", ended.text);
        assert!(ended.text.contains("cancelled while it waited for others"), "{}", ended.text);
        assert!(start.elapsed() < Duration::from_secs(2), "after {:?}", start.elapsed());
    }
    let worked = worker.end();
    assert_eq!(worked.code, Some(0), "{}", worked.text);
    assert_eq!(done(&site).await, "a b");
}

async fn twice_in_a_long_statement(site: Site) {
    let lasting = lasting(site.dialect(), 50);
    let folder = Folder::new(site.url(), &[("a", "CREATE TABLE t_a (n integer);"), ("b", &lasting)]);
    let mut run = folder.start("upgrade");
    run.until(&["step_started", "\"b\""]);
    thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    run.signal(Signal::SIGTERM);
    thread::sleep(Duration::from_millis(100));
    run.signal(Signal::SIGINT);
    let ended = run.end();
    assert_eq!(ended.code, Some(3), "{}", ended.text);
    assert!(ended.text.contains("ended at once"), "{}", ended.text);
    assert!(start.elapsed() < Duration::from_secs(3), "after {:?}", start.elapsed());
}

/// Its name is written down.
async fn a_program_may_have_any_name(site: Site) {
    let folder = Folder::new(site.url(), &[("a", "CREATE TABLE t_a (n integer);")]);
    let name = "it's; DROP TABLE \"t_a\" -- \\";
    let ended = folder.start_as(name, "upgrade").end();
    assert_eq!(ended.code, Some(0), "{}", ended.text);
    let by = site.rows("SELECT runner FROM migrate_history").await;
    assert!(by[0].starts_with(&format!("{name} [")), "{by:?}");
}

/// A script outside a transaction whose second statement lasts.
fn outside(dialect: Dialect, tenths: u32) -> String {
    let lasting = lasting(dialect, tenths);
    format!("transaction:false\nCREATE TABLE t_b (n integer);\n{lasting};\nCREATE TABLE t_c (n integer);")
}

async fn in_a_long_statement_outside_a_transaction(site: Site) {
    let script = outside(site.dialect(), 10);
    let folder = Folder::new(site.url(), &[("a", "CREATE TABLE t_a (n integer);"), ("b", &script)]);
    let mut run = folder.start("upgrade");
    run.until(&["statement_started", "\"number\":2"]);
    run.signal(Signal::SIGTERM);
    let ended = run.end();
    assert_eq!(ended.code, Some(3), "{}", ended.text);
    assert!(ended.text.contains("(statement 3 of 3)"), "{}", ended.text);
    let next = folder.run("upgrade --lock-wait 5s");
    assert_eq!(next.code, Some(0), "{}", next.text);
    assert!(!next.text.contains("\"number\":1,\"of\":3"), "it began again: {}", next.text);
    assert_eq!(done(&site).await, "a b");
}

/// What a procedure did, nobody can see.
async fn a_question_is_asked_and_answered(site: Site) {
    let procedure = match site.dialect() {
        Dialect::Postgres => "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); END $$;",
        _ => "CREATE PROCEDURE p() DO SLEEP(2);",
    };
    let script = "transaction:false\nCREATE TABLE t_b (n integer);\nCALL p();\nCREATE TABLE t_c (n integer);";
    let folder = Folder::new(site.url(), &[("a", procedure), ("b", script)]);
    let mut run = folder.start("upgrade");
    run.until(&["statement_started", "\"number\":2"]);
    thread::sleep(Duration::from_millis(300));
    run.signal(Signal::SIGKILL);
    run.end();
    let asked = folder.run("upgrade");
    assert_eq!(asked.code, Some(4), "{}", asked.text);
    assert!(
        asked.text.contains("\"kind\":\"interrupted\"") && asked.text.contains("resolve"),
        "{}",
        asked.text
    );
    let status = folder.run("status");
    assert_eq!(status.code, Some(4), "{}", status.text);
    let wrong = folder.run("resolve b 3 applied");
    assert_eq!(wrong.code, Some(1), "{}", wrong.text);
    let answered = folder.run("resolve b 2 applied");
    assert_eq!(answered.code, Some(0), "{}", answered.text);
    let next = folder.run("upgrade");
    assert_eq!((next.code, done(&site).await), (Some(0), "a b".to_owned()), "{}", next.text);
}
