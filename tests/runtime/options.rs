//! Options at their limits.

use std::time::Duration;

use migrate_runtime::{Dialect, Error, ErrorKind};
use sqlx::{Executor as _, mysql::MySqlPoolOptions};

use crate::{
    bookkeeping::{applied, log},
    history::{chain, drawn},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    the_longest_times_are_for_ever,
    the_shortest_times_are_not_for_ever,
    an_error_can_be_boxed_and_sent,
);
on!([mysql]: a_session_that_does_not_commit_by_itself_is_served);

async fn the_longest_times_are_for_ever(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "transaction:false\nCREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
        ],
    );
    let longest = Duration::MAX;
    let on = site.on(&graph).lock_wait(longest).lock_timeout(longest).statement_timeout(longest);
    on.upgrade("head").await.unwrap();
    assert_eq!(applied(&site).await, "a b");
}

/// To PostgreSQL a timeout of 0 is none.
async fn the_shortest_times_are_not_for_ever(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "ALTER TABLE t_a ADD m integer", ""),
        ],
    );
    let shortest = Duration::from_nanos(1);
    site.on(&graph).lock_wait(Duration::ZERO).lock_timeout(shortest).upgrade("a").await.unwrap();
    if site.dialect() != Dialect::Postgres {
        return;
    }
    let mut holder = site.connect().await;
    holder.rows("BEGIN; SELECT * FROM t_a").await;
    let run = site.on(&graph).lock_timeout(shortest).upgrade("head");
    let error =
        tokio::time::timeout(Duration::from_secs(10), run).await.expect("no endless wait").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LockTimeout);
}

async fn an_error_can_be_boxed_and_sent(site: Site) {
    let graph = drawn(site.dialect(), "a");
    site.rows("CREATE TABLE t_a (n integer)").await;
    let error: Error = site.on(&graph).upgrade("head").await.unwrap_err();
    let boxed: Box<dyn std::error::Error + Send + Sync + 'static> = error.into();
    assert!(boxed.to_string().starts_with("cannot apply `a`: "), "{boxed}");
    let source = boxed.source().unwrap();
    assert!(source.to_string().starts_with("the database answered with the code "), "{source}");
    let report = format!("{boxed:?}");
    assert!(report.contains("--> a.sql:9:") && report.contains("| CREATE TABLE t_a (n integer)"), "{report}");
}

async fn a_session_that_does_not_commit_by_itself_is_served(site: Site) {
    let pool = MySqlPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute("SET autocommit = 0").await?;
            Ok(())
        })
    });
    let pool = pool.connect(site.url()).await.unwrap();
    let graph = chain(
        Dialect::Mysql,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES (1)", "DELETE FROM t_a"),
            ("c", "transaction:false\nINSERT INTO t_a VALUES (2)", "DELETE FROM t_a WHERE n = 2"),
        ],
    );
    graph.upgrade(&pool, "head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "2"]);
    graph.downgrade(&pool, "a").await.unwrap();
    graph.stamp(&pool, "b").await.unwrap();
    assert_eq!(applied(&site).await, "a b");
    assert_eq!(log(&site).await, "up a done, up b done, up c done, down c done, down b done, stamp b done");
}
