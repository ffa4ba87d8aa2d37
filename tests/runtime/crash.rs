//! A process that is killed in the middle of a step.

use std::{
    env,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, ErrorKind, Event, Graph, Standing};
use tokio::time::sleep;

use crate::{
    bookkeeping::{applied, log, running, tables},
    database::Pool,
    history::chain,
    site::{Site, on},
    wire::Wire,
};

on!([sqlite, postgres, mysql]:
    a_step_outside_a_transaction_is_finished_by_the_next_start,
    who_is_alive_is_waited_for,
);
on!([sqlite]: a_step_in_a_transaction_never_was);
on!([postgres, mysql]: a_connection_may_be_cut_after_any_message);

/// The variables by which a test tells the process that it starts what to do.
const SCRIPT: &str = "MIGRATE_TEST_VICTIM_SCRIPT";
const URL: &str = "MIGRATE_TEST_VICTIM_URL";

/// Not a test of its own: what the process does that another test starts, and kills.
#[tokio::test]
async fn victim() {
    let (Ok(script), Ok(url)) = (env::var(SCRIPT), env::var(URL)) else { return };
    let dialect = Dialect::ALL.into_iter().find(|dialect| url.starts_with(dialect.name())).unwrap();
    Pool::to(dialect, &url, 1).on(&two_steps(dialect, &script)).upgrade("head").await.unwrap();
}

pub(crate) fn two_steps(dialect: Dialect, script: &str) -> Graph {
    chain(dialect, &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", script, "")])
}

/// A script outside a transaction whose second statement lasts.
pub(crate) fn lasting(dialect: Dialect, seconds: &str) -> String {
    let lasting = match dialect {
        Dialect::Postgres => format!("DO $$ BEGIN PERFORM pg_sleep({seconds}); END $$"),
        Dialect::Mysql => format!("DO SLEEP({seconds})"),
        Dialect::Sqlite => format!("CREATE TABLE lasting AS {}", counting(seconds)),
    };
    format!("transaction:false\nCREATE TABLE t_b (n integer);\n{lasting};\nCREATE TABLE t_c (n integer)")
}

/// SQLite cannot sleep; it counts for some seconds.
fn counting(seconds: &str) -> String {
    let rows = (seconds.parse::<f64>().unwrap() * 3e6) as u64;
    format!(
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT {rows}) SELECT max(n) FROM c"
    )
}

pub(crate) fn start(site: &Site, script: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::victim"])
        .env(SCRIPT, script)
        .env(URL, site.url())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

async fn until_it_runs(site: &Site, what: &str) {
    let start = Instant::now();
    let text = "SELECT running_revision, running_direction, running_statement FROM migrate_state";
    while site.ask(text).await.unwrap_or_default() != [what] {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not get to its step");
        sleep(Duration::from_millis(20)).await;
    }
}

/// The step of [`lasting`] at its second statement: on MariaDB that shares a transaction with its journal entry, and the
/// journal still names the first.
fn running_lasting(site: &Site) -> &'static str {
    if site.dialect() == Dialect::Mysql { "b|up|0" } else { "b|up|1" }
}

async fn a_step_outside_a_transaction_is_finished_by_the_next_start(site: Site) {
    let script = lasting(site.dialect(), "3");
    let child = start(&site, &script);
    until_it_runs(&site, running_lasting(&site)).await;
    if site.dialect() == Dialect::Mysql {
        // It is at its second statement when the table of the first is there.
        while tables(&site).await != "a b" {
            sleep(Duration::from_millis(20)).await;
        }
    }
    kill(child);
    let graph = two_steps(site.dialect(), &script);
    let status = site.on(&graph).status().await.unwrap();
    assert!(
        matches!(&status.standing, Standing::Interrupted { revision, .. } if revision == "b"),
        "{status:?}"
    );
    assert_eq!((applied(&site).await, running(&site).await), ("a".into(), running_lasting(&site).into()));
    // The server may sleep on for a client that is gone: that is waited for.
    let report = site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(report.steps.iter().map(|step| step.revision.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b c".into()));
    assert_eq!(log(&site).await, "up a done, up b done");
}

/// Nobody takes a running step for an interrupted one.
async fn who_is_alive_is_waited_for(site: Site) {
    let script = lasting(site.dialect(), "1");
    let mut child = start(&site, &script);
    until_it_runs(&site, running_lasting(&site)).await;
    let graph = two_steps(site.dialect(), &script);
    let error = site.on(&graph).lock_wait(Duration::from_millis(50)).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked, "{error:?}");
    assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty());
    assert!(child.wait().unwrap().success());
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b c".into()));
}

async fn a_step_in_a_transaction_never_was(site: Site) {
    let script = format!("CREATE TABLE t_b (n integer);\nINSERT INTO t_b {}", counting("30"));
    let graph = two_steps(Dialect::Sqlite, &script);
    site.on(&graph).upgrade("a").await.unwrap();
    let child = start(&site, &script);
    let start = Instant::now();
    let url = site.url().to_owned();
    // It is at its step when nobody else can begin one.
    let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
    let pool = sqlx::SqlitePool::connect_with(options.busy_timeout(Duration::ZERO)).await.unwrap();
    while Pool::Sqlite(pool.clone()).ask("BEGIN IMMEDIATE; ROLLBACK").await.is_ok() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not get to its step");
        sleep(Duration::from_millis(20)).await;
    }
    kill(child);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Behind);
    assert_eq!(tables(&site).await, "a");
    site.rows("CREATE TABLE t_mine (n)").await;
}

/// Whatever was on its way when the connection broke, the next run takes up from there, and nothing is done twice; so
/// does the run itself, where it may connect again.
async fn a_connection_may_be_cut_after_any_message(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES (1)", "DELETE FROM t_a"),
            ("c", "INSERT INTO t_a VALUES (2)", "DELETE FROM t_a WHERE n = 2"),
        ],
    );
    for reconnects in [false, true] {
        assert!(cut_until_it_passes(&site, &graph, reconnects).await > 5);
        site.on(&graph).downgrade("base").await.unwrap();
    }
}

/// Cuts the connection of an upgrade after its first message, then of another one after its second, until one passes
/// untouched. Returns how many did not.
async fn cut_until_it_passes(site: &Site, graph: &Graph, reconnects: bool) -> usize {
    for cuts in 0..99 {
        let wire = Arc::new(Wire::to(site.dialect(), site.url()).await);
        let pool = Pool::to(site.dialect(), wire.url(), 1);
        pool.rows("SELECT 1").await;
        wire.cut_after(cuts + 1);
        let cut = Arc::new(AtomicBool::new(false));
        let (mended, noted) = (Arc::clone(&wire), Arc::clone(&cut));
        let on = pool.on(graph).observer(move |event| {
            if matches!(event, Event::Reconnecting { .. }) {
                noted.store(true, Ordering::Relaxed);
                mended.mend();
            }
        });
        let on = if reconnects { on } else { on.reconnect_wait(Duration::ZERO) };
        let outcome = on.upgrade("head").await;
        let is_over = outcome.is_ok() && !cut.load(Ordering::Relaxed);
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
            site.on(graph).upgrade("head").await.unwrap();
        }
        assert_eq!(site.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2"], "after {cuts} messages");
        assert_eq!(site.on(graph).status().await.unwrap().standing, Standing::Current);
        assert!(!log(site).await.contains("failed"), "{}", log(site).await);
        if is_over {
            return cuts;
        }
        site.on(graph).downgrade("base").await.unwrap();
    }
    panic!("it never passes");
}
