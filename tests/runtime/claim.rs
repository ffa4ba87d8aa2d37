//! Two runners without a common lock: the claim of each step makes sure that one works, and that the other says so.

use std::time::{Duration, Instant};

use migrate_runtime::{Dialect, Error, ErrorKind, Graph, Report, Result};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::time::sleep;

use crate::{
    bookkeeping::{applied, heads, log, tables},
    crash::{lasting, start, two_steps},
    history::{chain, drawn},
    site::{Site, on},
};

on!([postgres, mysql]:
    of_two_runners_without_a_lock_one_works,
    sibling_branches_that_are_undone_at_once_leave_a_head,
    an_upgrade_beside_a_downgrade_builds_on_nothing_that_is_gone,
    who_was_paused_and_overtaken_does_nothing_more,
);

/// How often runners meet in a test: a clash is likely each time, and certain once.
const ROUNDS: usize = 8;

/// How many of these runs were told that another one was at work; no run may fail otherwise.
#[track_caller]
fn overtaken(runs: &[Result<Report>]) -> usize {
    let errors: Vec<&Error> = runs.iter().filter_map(|run| run.as_ref().err()).collect();
    for error in &errors {
        assert_eq!(error.kind(), ErrorKind::ClaimLost, "{error:?}");
        assert!(error.hint().unwrap().contains("another runner"), "{error:?}");
    }
    errors.len()
}

/// On MariaDB a step is seen while it runs, and is waited for as long as its session is there.
#[track_caller]
fn assert_met(site: &Site, clashes: usize) {
    assert!(clashes > 0 || site.dialect() == Dialect::Mysql, "they never met");
}

fn steps(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES (1)", "DELETE FROM t_a"),
            (
                "c",
                "transaction:false\nCREATE TABLE t_c (n integer);\nINSERT INTO t_a VALUES (2)",
                "DROP TABLE t_c",
            ),
            ("d", "INSERT INTO t_a VALUES (3)", "DELETE FROM t_a WHERE n = 3"),
        ],
    )
}

async fn of_two_runners_without_a_lock_one_works(site: Site) {
    let graph = steps(site.dialect());
    let mut clashes = 0;
    for round in 0..ROUNDS {
        let (one, two) = (site.pool_of(1), site.pool_of(1));
        let (one, two) = tokio::join!(
            one.on(&graph).without_lock().upgrade("head"),
            two.on(&graph).without_lock().upgrade("head")
        );
        let runs = [one, two];
        clashes += overtaken(&runs);
        let steps: usize = runs.iter().flatten().map(|report| report.steps.len()).sum();
        assert!(runs.iter().any(Result::is_ok) && steps <= 4, "round {round}: {runs:?}");
        assert_eq!(site.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2", "3"], "round {round}");
        assert_eq!(applied(&site).await, "a b c d", "round {round}");
        site.on(&graph).downgrade("base").await.unwrap();
        assert_eq!(tables(&site).await, "", "round {round}");
    }
    assert_met(&site, clashes);
    assert!(!log(&site).await.contains("failed"));
}

/// Each of the two finds the other branch in place, and leaves their parent to it: then nobody would make it a head.
async fn sibling_branches_that_are_undone_at_once_leave_a_head(site: Site) {
    let graph = drawn(site.dialect(), "a; b1 < a [one]; b2 < a [two]");
    let mut clashes = 0;
    for round in 0..ROUNDS {
        site.on(&graph).upgrade("heads").await.unwrap();
        let (one, two) = (site.pool_of(1), site.pool_of(1));
        let (one, two) = tokio::join!(
            one.on(&graph).without_lock().downgrade("one@base"),
            two.on(&graph).without_lock().downgrade("two@base")
        );
        clashes += overtaken(&[one, two]);
        assert_eq!(applied(&site).await, tables(&site).await, "round {round}");
        assert!(!heads(&site).await.is_empty(), "round {round}");
        site.on(&graph).downgrade("a").await.unwrap();
        assert_eq!((heads(&site).await, tables(&site).await), ("a".into(), "a".into()), "round {round}");
    }
    assert_met(&site, clashes);
}

async fn an_upgrade_beside_a_downgrade_builds_on_nothing_that_is_gone(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    let mut clashes = 0;
    for round in 0..ROUNDS {
        site.on(&graph).upgrade("a").await.unwrap();
        let (one, two) = (site.pool_of(1), site.pool_of(1));
        let (one, two) = tokio::join!(
            one.on(&graph).without_lock().upgrade("b"),
            two.on(&graph).without_lock().downgrade("base")
        );
        clashes += overtaken(&[one, two]);
        let there = applied(&site).await;
        assert!(["", "a", "a b"].contains(&&*there), "round {round}: {there}");
        assert_eq!(there, tables(&site).await, "round {round}");
        site.on(&graph).downgrade("base").await.unwrap();
    }
    assert_met(&site, clashes);
}

/// A process is stopped at its step, and loses its session; another one finishes the step. When it wakes up, it finds
/// that out, and writes nothing.
async fn who_was_paused_and_overtaken_does_nothing_more(site: Site) {
    let script = lasting(site.dialect(), "1.5");
    let mut paused = start(&site, &script);
    until_it_sleeps(&site).await;
    let id = Pid::from_raw(i32::try_from(paused.id()).unwrap());
    kill(id, Signal::SIGSTOP).unwrap();
    end_other_sessions(&site).await;
    let graph = two_steps(site.dialect(), &script);
    let report = site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(report.steps.len(), 1);
    let expected = (log(&site).await, tables(&site).await);
    kill(id, Signal::SIGCONT).unwrap();
    let start = Instant::now();
    while paused.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not end");
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!((log(&site).await, tables(&site).await), expected);
    assert_eq!(expected, ("up a done, up b done".into(), "a b c".into()));
}

async fn until_it_sleeps(site: &Site) {
    let sleeping = match site.dialect() {
        Dialect::Postgres => {
            "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
        }
        _ => "SELECT 1 FROM information_schema.processlist WHERE state = 'User sleep' AND db = DATABASE()",
    };
    let start = Instant::now();
    while site.rows(sleeping).await.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not get to its step");
        sleep(Duration::from_millis(20)).await;
    }
}

/// Takes the session, and the lock with it, from everybody else.
async fn end_other_sessions(site: &Site) {
    match site.dialect() {
        Dialect::Postgres => {
            let text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                        WHERE datname = current_database() AND pid <> pg_backend_pid()";
            site.rows(text).await;
        }
        _ => {
            let text = "SELECT id FROM information_schema.processlist \
                        WHERE db = DATABASE() AND id <> CONNECTION_ID()";
            for id in site.rows(text).await {
                // One that ended by itself is as good.
                let _ = site.ask(&format!("KILL {id}")).await;
            }
        }
    }
}
