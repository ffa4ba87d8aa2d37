//! A run that is asked to end: where it stands then is certain, and the next one goes on.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, Error, ErrorKind, Event, Graph, On, Transaction};
use tokio::{sync::oneshot, time::sleep};

use crate::{
    bookkeeping::{applied, errors, log, running, tables},
    history::chain,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    before_it_begins_nothing_is_touched,
    between_two_steps_it_ends_and_the_next_run_goes_on,
    outside_a_transaction_it_ends_between_two_statements,
    a_wish_that_comes_too_late_changes_nothing,
    a_server_that_does_not_answer_is_not_waited_for,
);
on!([postgres, mysql]: behind_another_runner_it_ends_at_once);
on!([sqlite, postgres]: several_steps_in_one_transaction_are_all_rolled_back);
on!([sqlite]: a_transaction_that_is_open_is_rolled_back);
on!([postgres]: a_lent_connection_is_given_back_as_it_was);

fn graph(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "CREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
            ("c", "CREATE TABLE t_c (n integer)", "DROP TABLE t_c"),
        ],
    )
}

/// Wants the run to end when it has told that the step of a revision begins, or is done.
fn ends_at<'c>(on: On<'c>, is_it: impl Fn(&Event) -> bool + Send + Sync + 'static) -> On<'c> {
    let (stop, stopped) = oneshot::channel::<()>();
    let stop = Mutex::new(Some(stop));
    on.cancel_when(async { drop(stopped.await) }).observer(move |event| {
        if is_it(event) {
            drop(stop.lock().unwrap().take());
        }
    })
}

fn begins(event: &Event, id: &str) -> bool {
    matches!(event, Event::StepStarted { revision, .. } if revision == id)
}

fn ends(event: &Event, id: &str) -> bool {
    matches!(event, Event::StepFinished { revision, .. } if revision == id)
}

#[track_caller]
fn assert_cancelled(error: &Error, said: &str) {
    assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::Cancelled, said));
}

async fn before_it_begins_nothing_is_touched(site: Site) {
    let graph = graph(site.dialect());
    let error = site.on(&graph).cancel_when(async {}).upgrade("head").await.unwrap_err();
    assert_cancelled(&error, "cancelled while it waited for the database");
    assert!(site.ask("SELECT * FROM migrate_state").await.is_err(), "there is no table yet");
}

async fn between_two_steps_it_ends_and_the_next_run_goes_on(site: Site) {
    let graph = graph(site.dialect());
    let error = ends_at(site.on(&graph), |event| ends(event, "b")).upgrade("head").await.unwrap_err();
    assert_cancelled(&error, "cancelled before the up step of `c`: 2 of 3 steps are done");
    assert_eq!(error.revision(), Some("c"));
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b".into()));
    let report = site.on(&graph).lock_wait(Duration::ZERO).upgrade("head").await.unwrap();
    assert_eq!(report.steps.len(), 1);
    let error = ends_at(site.on(&graph), |event| ends(event, "c")).downgrade("base").await.unwrap_err();
    assert_cancelled(&error, "cancelled before the down step of `b`: 1 of 3 steps is done");
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b".into()));
}

async fn a_wish_that_comes_too_late_changes_nothing(site: Site) {
    let graph = graph(site.dialect());
    let report = ends_at(site.on(&graph), |event| ends(event, "c")).upgrade("head").await.unwrap();
    assert_eq!((report.steps.len(), applied(&site).await), (3, "a b c".into()));
    let wish = sleep(Duration::from_secs(600));
    assert!(site.on(&graph).cancel_when(wish).upgrade("head").await.unwrap().is_empty());
}

async fn a_server_that_does_not_answer_is_not_waited_for(site: Site) {
    let graph = graph(site.dialect());
    let pool = site.pool_of(1);
    // Somebody has the only connection of the pool.
    let held = pool.clone();
    let (hold, release) = oneshot::channel::<()>();
    let holder = tokio::spawn(async move { held.hold(release).await });
    sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    let error =
        pool.on(&graph).cancel_when(sleep(Duration::from_millis(100))).upgrade("head").await.unwrap_err();
    assert_cancelled(&error, "cancelled while it waited for the database");
    assert!(start.elapsed() < Duration::from_secs(5));
    drop(hold);
    holder.await.unwrap();
}

async fn behind_another_runner_it_ends_at_once(site: Site) {
    let slow = match site.dialect() {
        Dialect::Postgres => "SELECT pg_sleep(2)",
        _ => "DO SLEEP(2)",
    };
    let graph = chain(site.dialect(), &[("a", slow, ""), ("b", "CREATE TABLE t_b (n integer)", "")]);
    let (worker, waiter) = (site.pool_of(1), site.pool_of(1));
    let waits = Arc::new(Mutex::new(false));
    let sees = Arc::clone(&waits);
    let (work, ended) = tokio::join!(worker.on(&graph).upgrade("head"), async {
        sleep(Duration::from_millis(300)).await;
        let start = Instant::now();
        let on = waiter.on(&graph).cancel_when(sleep(Duration::from_millis(500)));
        let on = on.observer(move |event| {
            if let Event::Waiting { .. } = event {
                *sees.lock().unwrap() = true;
            }
        });
        (on.upgrade("head").await.unwrap_err(), start.elapsed())
    });
    assert_cancelled(&ended.0, "cancelled while it waited for others");
    assert!(*waits.lock().unwrap(), "it waited");
    assert!(ended.1 < Duration::from_millis(1200), "it ended after {:?}", ended.1);
    assert_eq!(work.unwrap().steps.len(), 2);
}

async fn several_steps_in_one_transaction_are_all_rolled_back(site: Site) {
    let graph = graph(site.dialect());
    let on = site.on(&graph).transaction(Transaction::Upgrade);
    let error = ends_at(on, |event| begins(event, "b")).upgrade("head").await.unwrap_err();
    assert_cancelled(
        &error,
        match site.dialect() {
            Dialect::Sqlite => "cancelled in the up step of `b`, which was rolled back",
            _ => "cancelled before the up step of `c`: 0 of 3 steps are done",
        },
    );
    assert_eq!((applied(&site).await, tables(&site).await), (String::new(), String::new()));
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 3);
}

async fn a_transaction_that_is_open_is_rolled_back(site: Site) {
    let graph = graph(site.dialect());
    let error = ends_at(site.on(&graph), |event| begins(event, "b")).upgrade("head").await.unwrap_err();
    assert_cancelled(&error, "cancelled in the up step of `b`, which was rolled back");
    assert_eq!((applied(&site).await, tables(&site).await), ("a".into(), "a".into()));
    assert_eq!(errors(&site).await, ["cancelled"]);
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 2);
}

async fn a_lent_connection_is_given_back_as_it_was(site: Site) {
    let graph = graph(site.dialect());
    let mut lent = site.connect().await;
    let before = lent.rows("SELECT current_setting('search_path'), current_setting('lock_timeout')").await;
    ends_at(lent.on(&graph), |event| ends(event, "a")).upgrade("head").await.unwrap_err();
    let after = lent.rows("SELECT current_setting('search_path'), current_setting('lock_timeout')").await;
    assert_eq!(before, after);
    assert_eq!(lent.on(&graph).upgrade("head").await.unwrap().steps.len(), 2);
}

async fn outside_a_transaction_it_ends_between_two_statements(site: Site) {
    let script = "transaction:false\nCREATE TABLE t_b (n integer);\nINSERT INTO t_b VALUES (1);\nCREATE TABLE t_c (n integer)";
    let graph = chain(site.dialect(), &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", script, "")]);
    let at = |number| move |event: &Event| matches!(event, Event::StatementStarted { number: n, of: 3, .. } if *n == number);
    let error = ends_at(site.on(&graph), at(1)).upgrade("head").await.unwrap_err();
    let said = "cancelled in the up step of `b`, before its next statement, at b.sql:";
    assert_cancelled(&error, &format!("{said}8:1 (statement 2 of 3)"));
    assert_eq!((running(&site).await, tables(&site).await), ("b|up|1".into(), "a b".into()));
    let error = ends_at(site.on(&graph), at(2)).upgrade("head").await.unwrap_err();
    assert_cancelled(&error, &format!("{said}9:1 (statement 3 of 3)"));
    assert_eq!((running(&site).await, errors(&site).await), ("b|up|2".into(), vec!["cancelled".into(); 2]));
    let report = site.on(&graph).lock_wait(Duration::ZERO).upgrade("head").await.unwrap();
    assert_eq!((report.steps.len(), tables(&site).await), (1, "a b c".into()));
    assert_eq!(site.rows("SELECT n FROM t_b").await, ["1"]);
    assert_eq!(log(&site).await.matches("up b done").count(), 1);
}
