//! Many runners at once: one works, the others wait, and nothing is done twice.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, Error, ErrorKind, Event, Graph, Result, Standing};
use sqlx::{Connection as _, PgConnection};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    bookkeeping::{applied, heads, log, tables},
    database::{Connection, Pool},
    history::{chain, drawn},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    fifty_services_start_on_an_empty_database,
    a_late_runner_finds_the_work_done,
    upgrades_and_downgrades_at_once_leave_a_sound_state,
    a_lent_connection_beside_a_pool_does_nothing_twice,
);
on!([postgres, mysql]: two_lent_connections_do_nothing_twice);
on!([postgres]:
    serializable_sessions_wait_as_others_do,
    an_index_is_built_concurrently_while_replicas_wait,
    a_locked_table_is_told_after_a_while,
    a_locked_table_is_told_outside_a_transaction_too,
);
on!([mysql]: a_locked_table_of_mysql_is_told_after_a_while);
on!([sqlite]: a_locked_file_is_told_after_a_while);

/// Six steps, one of them outside a transaction, and a merge.
fn steps(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES (1)", "DELETE FROM t_a"),
            (
                "c",
                "transaction:false\nCREATE TABLE t_c (n integer);\nINSERT INTO t_c VALUES (1)",
                "transaction:false\nDROP TABLE t_c",
            ),
            ("d", "INSERT INTO t_a SELECT n FROM t_c", "DELETE FROM t_a WHERE n > 1"),
            ("e", "CREATE TABLE t_e (n integer)", "DROP TABLE t_e"),
        ],
    )
}

async fn fifty_services_start_on_an_empty_database(site: Site) {
    let graph = Arc::new(steps(site.dialect()));
    let mut services = JoinSet::new();
    for _ in 0..50 {
        let (pool, graph) = (site.pool_of(1), Arc::clone(&graph));
        services.spawn(async move {
            let report = pool.on(&graph).upgrade("head").await;
            pool.close().await;
            report.map(|report| report.steps.len())
        });
    }
    let done: Vec<Result<usize>> = services.join_all().await;
    let failed: Vec<&Error> = done.iter().filter_map(|done| done.as_ref().err()).collect();
    assert!(failed.is_empty(), "{} failed, the first: {:?}", failed.len(), failed[0]);
    assert_eq!(done.iter().flatten().sum::<usize>(), 5);
    assert_eq!(log(&site).await, "up a done, up b done, up c done, up d done, up e done");
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "1"]);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Current);
}

async fn a_late_runner_finds_the_work_done(site: Site) {
    let pause = match site.dialect() {
        Dialect::Postgres => "SELECT pg_sleep(0.3)",
        Dialect::Mysql => "DO SLEEP(0.3)",
        Dialect::Sqlite => LONG,
    };
    let graph = chain(site.dialect(), &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", pause, "")]);
    let (first, second) = (site.pool_of(1), site.pool_of(1));
    let (one, two) = tokio::join!(first.on(&graph).upgrade("head"), async {
        sleep(Duration::from_millis(100)).await;
        second.on(&graph).upgrade("head").await
    });
    assert_eq!((one.unwrap().steps.len(), two.unwrap().steps.len()), (2, 0));
    assert_eq!(log(&site).await, "up a done, up b done");
}

/// A statement that keeps SQLite busy for some tenths of a second.
const LONG: &str = "CREATE TABLE t_long AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 300000) \
                    SELECT max(n) FROM c";

async fn upgrades_and_downgrades_at_once_leave_a_sound_state(site: Site) {
    let graph = Arc::new(drawn(site.dialect(), "a; b1,b2 < a; c < b1,b2; d < c"));
    let mut runners = JoinSet::new();
    for number in 0..8 {
        let (pool, graph) = (site.pool_of(1), Arc::clone(&graph));
        runners.spawn(async move {
            for _ in 0..3 {
                let on = pool.on(&graph);
                match if number % 2 == 0 { on.upgrade("head").await } else { on.downgrade("base").await } {
                    Ok(_) => {}
                    // On SQLite the other side may have undone what this one was about to build on.
                    Err(error) => assert_eq!(error.kind(), ErrorKind::ClaimLost, "{error:?}"),
                }
            }
        });
    }
    runners.join_all().await;
    assert_eq!(applied(&site).await, tables(&site).await);
    assert!(!log(&site).await.contains("failed"));
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!((heads(&site).await, tables(&site).await), ("d".into(), "a b1 b2 c d".into()));
}

/// Each runner either did its steps, or says that another was at work.
fn assert_clear(results: &[Result<usize>]) {
    for result in results {
        if let Err(error) = result {
            use ErrorKind::{ClaimLost, Interrupted, LockTimeout, Locked};
            assert!(matches!(error.kind(), ClaimLost | Interrupted | LockTimeout | Locked), "{error:?}");
            let hint = error.hint().unwrap();
            assert!(hint.contains("another") || hint.contains("at work"), "{error:?}");
        }
    }
    assert!(results.iter().any(Result::is_ok), "{results:?}");
}

async fn two_lent_connections_do_nothing_twice(site: Site) {
    let pause = if site.dialect() == Dialect::Postgres { "SELECT pg_sleep(0.02)" } else { "DO SLEEP(0.02)" };
    let graph = chain(
        site.dialect(),
        &[
            ("a", &format!("CREATE TABLE t_a (n integer);\n{pause}"), "DROP TABLE t_a"),
            ("b", &format!("INSERT INTO t_a VALUES (1);\n{pause}"), "DELETE FROM t_a"),
            ("c", &format!("transaction:false\nCREATE TABLE t_c (n integer);\n{pause}"), "DROP TABLE t_c"),
            ("d", "INSERT INTO t_a VALUES (2)", "DELETE FROM t_a WHERE n = 2"),
        ],
    );
    for _ in 0..5 {
        let (mut one, mut two) = (site.connect().await, site.connect().await);
        let (one, two) = tokio::join!(one.on(&graph).upgrade("head"), two.on(&graph).upgrade("head"));
        assert_clear(&[one.map(|report| report.steps.len()), two.map(|report| report.steps.len())]);
        assert!(!log(&site).await.contains("failed"));
        site.on(&graph).upgrade("head").await.unwrap();
        assert_eq!(site.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2"]);
        site.on(&graph).downgrade("base").await.unwrap();
        assert_eq!(tables(&site).await, "");
    }
}

async fn a_lent_connection_beside_a_pool_does_nothing_twice(site: Site) {
    let graph = steps(site.dialect());
    for _ in 0..5 {
        let (pool, mut lent) = (site.pool_of(1), site.connect().await);
        let (one, two) = tokio::join!(pool.on(&graph).upgrade("head"), lent.on(&graph).upgrade("head"));
        assert_clear(&[one.map(|report| report.steps.len()), two.map(|report| report.steps.len())]);
        site.on(&graph).upgrade("head").await.unwrap();
        assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "1"]);
        site.on(&graph).downgrade("base").await.unwrap();
        assert_eq!(tables(&site).await, "");
    }
}

async fn serializable_sessions_wait_as_others_do(site: Site) {
    let url = format!("{}?options=-c%20default_transaction_isolation%3Dserializable", site.url());
    let graph = steps(Dialect::Postgres);
    for _ in 0..3 {
        let connect = async || Connection::Postgres(PgConnection::connect(&url).await.unwrap());
        let (mut one, mut two, pool) =
            (connect().await, connect().await, Pool::to(Dialect::Postgres, &url, 1));
        let (one, two, three) = tokio::join!(
            one.on(&graph).upgrade("head"),
            two.on(&graph).upgrade("head"),
            pool.on(&graph).upgrade("head"),
        );
        assert_clear(&[one, two, three].map(|report| report.map(|report| report.steps.len())));
        site.on(&graph).upgrade("head").await.unwrap();
        assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "1"]);
        site.on(&graph).downgrade("base").await.unwrap();
    }
}

/// `CREATE INDEX CONCURRENTLY` waits for every transaction that is open, so nobody may wait for it in one.
async fn an_index_is_built_concurrently_while_replicas_wait(site: Site) {
    let graph = Arc::new(chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer);\nINSERT INTO t_a SELECT generate_series(1, 100000)", ""),
            (
                "b",
                "transaction:false\nCREATE INDEX CONCURRENTLY i_a ON t_a (n);\nCREATE INDEX CONCURRENTLY i_b ON t_a (n, n)",
                "",
            ),
        ],
    ));
    let mut replicas = JoinSet::new();
    for _ in 0..10 {
        let (pool, graph) = (site.pool_of(1), Arc::clone(&graph));
        replicas.spawn(async move { pool.on(&graph).upgrade("head").await.map(|report| report.steps.len()) });
    }
    let done = replicas.join_all().await;
    assert_eq!(done.into_iter().map(Result::unwrap).sum::<usize>(), 2);
    assert_eq!(
        site.rows("SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = 't_a'::regclass").await,
        ["2"]
    );
}

async fn a_locked_table_is_told_after_a_while(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer)", ""),
            ("b", "CREATE TABLE t_b (n integer);\nALTER TABLE t_a ADD m integer", ""),
        ],
    );
    site.on(&graph).upgrade("a").await.unwrap();
    let mut holder = site.connect().await;
    holder.rows("SET application_name = 'reports'; BEGIN; SELECT * FROM t_a").await;
    let start = Instant::now();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let on = site.on(&graph).lock_timeout(Duration::from_millis(50)).lock_retries(2);
    let on = on.observer(move |event| hears.lock().unwrap().push(event.clone()));
    let error = on.upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::LockTimeout, Some("b")));
    assert_eq!(error.statement().unwrap().number, 2);
    assert!((150..5_000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    assert!(error.to_string().contains("(locks are held by process "), "{error}");
    assert!(error.to_string().contains(" (reports), connected since "), "{error}");
    let heard = heard.lock().unwrap().clone();
    let retries: Vec<_> = (heard.iter())
        .filter_map(|event| match event {
            Event::Retrying { revision, number, of, blockers, .. } => {
                assert!(matches!(&blockers[..], [one] if one.contains(" (reports), ")), "{blockers:?}");
                Some((revision.as_str(), *number, *of))
            }
            _ => None,
        })
        .collect();
    assert_eq!(retries, [("b", 1, 3), ("b", 2, 3)]);
    assert_eq!(heard.iter().filter(|event| matches!(event, Event::StepStarted { .. })).count(), 1);
    assert_eq!(tables(&site).await, "a");

    // With patience it goes on where the holder gives way.
    let pool = site.pool_of(1);
    let run = pool.on(&graph).lock_timeout(Duration::from_millis(50)).upgrade("head");
    let (done, _) = tokio::join!(run, async {
        sleep(Duration::from_millis(150)).await;
        holder.rows("COMMIT").await
    });
    assert_eq!(done.unwrap().steps.len(), 1);
}

async fn a_locked_table_is_told_outside_a_transaction_too(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer)", ""),
            ("b", "transaction:false\nALTER TABLE t_a ADD m integer", ""),
        ],
    );
    site.on(&graph).upgrade("a").await.unwrap();
    let mut holder = site.connect().await;
    holder.rows("BEGIN; SELECT * FROM t_a").await;
    let run = site.on(&graph).lock_timeout(Duration::from_millis(50)).upgrade("head");
    let error =
        tokio::time::timeout(Duration::from_secs(5), run).await.expect("no endless wait").unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::LockTimeout, Some("b")));
    holder.rows("COMMIT").await;
    site.on(&graph).upgrade("head").await.unwrap();
}

async fn a_locked_table_of_mysql_is_told_after_a_while(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", "ALTER TABLE t_a ADD m integer", "")],
    );
    site.on(&graph).upgrade("a").await.unwrap();
    let mut holder = site.connect().await;
    holder.rows("BEGIN").await;
    holder.rows("SELECT * FROM t_a").await;
    let start = Instant::now();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let on = site.on(&graph).lock_timeout(Duration::from_secs(1)).lock_retries(1);
    let on = on.observer(move |event| {
        if let Event::Retrying { number, of, blockers, .. } = event {
            hears.lock().unwrap().push((*number, *of, blockers.len()));
        }
    });
    let error = on.upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::LockTimeout, Some("b")));
    assert!((2_000..20_000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    assert!(error.to_string().contains("(locks are held by connection "), "{error}");
    assert_eq!(*heard.lock().unwrap(), [(1, 2, 1)]);

    // With patience it goes on where the holder gives way.
    let pool = site.pool_of(1);
    let run = pool.on(&graph).lock_timeout(Duration::from_secs(1)).upgrade("head");
    let (done, _) = tokio::join!(run, async {
        sleep(Duration::from_millis(1_500)).await;
        holder.rows("COMMIT").await
    });
    assert_eq!(done.unwrap().steps.len(), 1);
}

async fn a_locked_file_is_told_after_a_while(site: Site) {
    let graph = drawn(Dialect::Sqlite, "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    let mut holder = site.connect().await;
    holder.rows("BEGIN IMMEDIATE").await;
    let url = site.url();
    let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
    let pool = sqlx::SqlitePool::connect_with(options.busy_timeout(Duration::from_millis(20))).await.unwrap();
    let error = graph.on(&pool).lock_wait(Duration::from_millis(200)).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LockTimeout, "{error:?}");
    holder.rows("COMMIT").await;
    graph.upgrade(&pool, "head").await.unwrap();
}
