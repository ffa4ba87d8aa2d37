//! A run that is dropped, wherever it is: the lock is free again, and the next run finishes the job.

use std::{
    future::poll_fn,
    task::{Context, Poll},
};

use futures_util::future::BoxFuture;
use migrate_runtime::{Dialect, Graph, Report, Result};

use crate::{
    bookkeeping::{applied, tables},
    database::Pool,
    history::chain,
    lock::assert_free_soon,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: a_run_may_be_dropped_wherever_it_waits);
on!([postgres, mysql]: a_run_on_a_lent_connection_may_be_dropped_wherever_it_waits);

fn steps(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            (
                "b",
                "transaction:false\nCREATE TABLE t_b (n integer);\nINSERT INTO t_b VALUES (1)",
                "DROP TABLE t_b",
            ),
        ],
    )
}

/// Polls a run so many times, and drops it; `None` where that was too early.
async fn dropped_after(polls: usize, mut run: BoxFuture<'_, Result<Report>>) -> Option<Result<Report>> {
    let mut polled = 0;
    poll_fn(move |context: &mut Context<'_>| {
        polled += 1;
        match run.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if polled >= polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// The next run on `pool` does what is left, and the one after that finds it done.
async fn assert_works(site: &Site, pool: &Pool, graph: &Graph, polls: usize) {
    if site.dialect() != Dialect::Sqlite {
        assert_free_soon(site).await;
    }
    pool.on(graph).upgrade("head").await.unwrap_or_else(|error| panic!("after {polls} polls: {error:?}"));
    assert!(pool.on(graph).upgrade("head").await.unwrap().is_empty(), "after {polls} polls");
    assert_eq!((applied(site).await, tables(site).await), ("a b".into(), "a b".into()), "{polls} polls");
    assert_eq!(site.rows("SELECT n FROM t_b").await, ["1"], "after {polls} polls");
    pool.on(graph).downgrade("base").await.unwrap();
}

async fn a_run_may_be_dropped_wherever_it_waits(site: Site) {
    let graph = steps(site.dialect());
    // The server does not die here: what it has committed need not reach the disk.
    let url = match site.dialect() {
        Dialect::Postgres => format!("{}?options=-c%20synchronous_commit%3Doff", site.url()),
        _ => site.url().to_owned(),
    };
    for polls in 1.. {
        let pool = Pool::to(site.dialect(), &url, 1);
        pool.rows("SELECT 1").await;
        let run = dropped_after(polls, pool.on(&graph).upgrade("head")).await;
        // The pool has its only connection back, or makes another one.
        assert_works(&site, &pool, &graph, polls).await;
        if let Some(done) = run {
            assert_eq!(done.unwrap().steps.len(), 2);
            assert!(polls > 5, "{polls} polls");
            return;
        }
    }
}

async fn a_run_on_a_lent_connection_may_be_dropped_wherever_it_waits(site: Site) {
    let graph = steps(site.dialect());
    for polls in 1.. {
        let mut lent = site.connect().await;
        let run = dropped_after(polls, lent.on(&graph).upgrade("head")).await;
        drop(lent);
        assert_works(&site, &site, &graph, polls).await;
        if let Some(done) = run {
            assert_eq!(done.unwrap().steps.len(), 2);
            return;
        }
    }
}
