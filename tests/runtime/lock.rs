//! The migration lock: free after every end, and waited for no longer than allowed.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, ErrorKind, Event, Graph, On, Standing};
use tokio::time::{sleep, timeout};

use crate::{
    database::Connection,
    history::chain,
    site::{Site, on},
};

on!([postgres, mysql]:
    it_is_free_after_success_and_failure,
    it_is_free_after_a_panic_of_the_observer,
    it_is_free_after_the_future_was_dropped,
    a_holder_is_named_when_the_wait_is_over,
    it_is_one_for_each_namespace,
);
on!([sqlite]: a_dropped_future_leaves_no_transaction);

/// A step that takes a second, so that it can be interfered with.
fn slow(dialect: Dialect) -> Graph {
    let pause = match dialect {
        Dialect::Postgres => "SELECT pg_sleep(1)",
        Dialect::Mysql => "DO SLEEP(1)",
        Dialect::Sqlite => {
            "CREATE TABLE t_long AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 1000000) SELECT max(n) FROM c"
        }
    };
    chain(dialect, &[("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"), ("b", pause, "")])
}

/// How many migration locks are held in the database.
async fn locks(site: &Site) -> usize {
    let text = match site.dialect() {
        Dialect::Postgres => {
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        }
        _ => {
            "SELECT 1 WHERE IS_USED_LOCK(CONCAT('migrate.', MD5(CONCAT('migrate ', DATABASE(), ' migrate ')))) IS NOT NULL"
        }
    };
    site.rows(text).await.len()
}

/// Waits until the server has noticed that a client is gone, which it does when the statement ends.
pub(crate) async fn assert_free_soon(site: &Site) {
    assert!(is_free_soon(site, Duration::from_secs(5)).await, "the lock is still held");
}

/// Whether nobody holds the lock any more before the time is over.
pub(crate) async fn is_free_soon(site: &Site, longest: Duration) -> bool {
    let start = Instant::now();
    while locks(site).await > 0 {
        if start.elapsed() > longest {
            return false;
        }
        sleep(Duration::from_millis(20)).await;
    }
    true
}

async fn it_is_free_after_success_and_failure(site: Site) {
    let graph = |last| {
        chain(site.dialect(), &[("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"), ("b", last, "")])
    };
    let seen = Arc::new(Mutex::new(false));
    let sees = Arc::clone(&seen);
    let (broken, mended) = (graph("INSERT INTO nosuch VALUES (1)"), graph("INSERT INTO t_a VALUES (1)"));
    site.on(&broken).upgrade("head").await.unwrap_err();
    assert_eq!(locks(&site).await, 0);
    site.on(&broken).upgrade("nosuch").await.unwrap_err();
    assert_eq!(locks(&site).await, 0);
    site.on(&mended).observer(move |_| *sees.lock().unwrap() = true).upgrade("head").await.unwrap();
    assert!(*seen.lock().unwrap());
    assert_eq!(locks(&site).await, 0);
    let mut lent = site.connect().await;
    lent.on(&mended).stamp("a").await.unwrap();
    lent.on(&broken).upgrade("head").await.unwrap_err();
    assert_eq!(locks(&site).await, 0);
    lent.rows("SELECT 1").await;
}

async fn it_is_free_after_a_panic_of_the_observer(site: Site) {
    use futures_util::FutureExt as _;
    let graph = slow(site.dialect());
    let on = site.on(&graph).observer(|event| {
        if let Event::StepFinished { .. } = event {
            panic!("the observer had enough");
        }
    });
    AssertUnwindSafe(on.upgrade("a")).catch_unwind().await.unwrap_err();
    assert_free_soon(&site).await;
    assert!(site.on(&graph).upgrade("a").await.unwrap().is_empty());
}

async fn dropped_in_the_middle(on: On<'_>) {
    assert!(timeout(Duration::from_millis(400), on.upgrade("head")).await.is_err(), "it is still at work");
}

async fn it_is_free_after_the_future_was_dropped(site: Site) {
    let graph = slow(site.dialect());
    let pool = site.pool_of(1);
    pool.on(&graph).upgrade("a").await.unwrap();
    dropped_in_the_middle(pool.on(&graph)).await;
    // The session works on, and keeps others from its step for as long: that is the fence.
    assert_eq!(locks(&site).await, 1);
    assert_free_soon(&site).await;
    assert_whole_or_nothing(&site, "").await;

    let mut lent = site.connect().await;
    lent.on(&graph).namespace("lent").stamp("a").await.unwrap();
    dropped_in_the_middle(lent.on(&graph).namespace("lent")).await;
    assert_free_soon(&site).await;
    lent.rows("SELECT 1").await;
    assert_free_soon(&site).await;
    assert_whole_or_nothing(&site, "lent").await;
}

/// PostgreSQL has the whole step already, and carries it out; MariaDB has one statement of it, and rolls it back.
async fn assert_whole_or_nothing(site: &Site, namespace: &'static str) {
    let graph = slow(site.dialect());
    let standing = site.on(&graph).namespace(namespace).status().await.unwrap().standing;
    let expected = match site.dialect() {
        Dialect::Postgres => matches!(standing, Standing::Current),
        _ => matches!(standing, Standing::Behind),
    };
    assert!(expected, "{standing:?}");
}

async fn a_holder_is_named_when_the_wait_is_over(site: Site) {
    let graph = slow(site.dialect());
    site.on(&graph).upgrade("a").await.unwrap();
    let (worker, waiter) = (site.pool_of(1), site.pool_of(1));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let (work, wait) = tokio::join!(worker.on(&graph).upgrade("head"), async {
        sleep(Duration::from_millis(300)).await;
        let on = waiter.on(&graph).lock_wait(Duration::from_millis(200));
        let on = on.observer(move |event| hears.lock().unwrap().push(event.clone()));
        on.upgrade("head").await
    });
    work.unwrap();
    let error = wait.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    let holder = if site.dialect() == Dialect::Postgres { "process " } else { "connection " };
    assert!(error.to_string().ends_with("has held the migration lock for more than 200ms"), "{error}");
    let heard = heard.lock().unwrap();
    let [Event::Waiting { holder: Some(named) }] = &heard[..] else { panic!("{heard:?}") };
    let (since, statement) = match site.dialect() {
        Dialect::Postgres => ("connected since 2", "running `migrate: up b`"),
        _ => ("busy for ", "running `DO SLEEP(1)`"),
    };
    for text in [named, &error.to_string()] {
        assert!(text.starts_with(holder) && text.contains(since) && text.contains(statement), "{text}");
    }
}

async fn it_is_one_for_each_namespace(site: Site) {
    let graph = slow(site.dialect());
    site.on(&graph).upgrade("a").await.unwrap();
    let (worker, other) = (site.pool_of(1), site.pool_of(1));
    let quick = chain(site.dialect(), &[("x", "CREATE TABLE t_x (n integer)", "")]);
    let (work, quick) = tokio::join!(worker.on(&graph).upgrade("head"), async {
        sleep(Duration::from_millis(200)).await;
        other.on(&quick).namespace("other").lock_wait(Duration::ZERO).upgrade("head").await
    });
    assert_eq!((work.unwrap().steps.len(), quick.unwrap().steps.len()), (1, 1));
}

async fn a_dropped_future_leaves_no_transaction(site: Site) {
    let graph = slow(Dialect::Sqlite);
    site.on(&graph).upgrade("a").await.unwrap();
    let pool = site.pool_of(1);
    assert!(timeout(Duration::from_millis(50), pool.on(&graph).upgrade("head")).await.is_err());
    // The connection is closed with the future, once its statement has ended.
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 1);

    let graph = chain(Dialect::Sqlite, &[("x", "CREATE TABLE t_x (n)", ""), ("y", "DROP TABLE t_x", "")]);
    let mut lent: Connection = site.connect().await;
    let on = lent.on(&graph).namespace("lent").observer(|event| {
        if let Event::StepFinished { .. } = event {
            std::thread::sleep(Duration::from_millis(60));
        }
    });
    let _ = timeout(Duration::from_millis(50), on.upgrade("head")).await;
    drop(lent);
    site.rows("CREATE TABLE t_mine (n)").await;
}
