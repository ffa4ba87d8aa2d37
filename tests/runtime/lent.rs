//! Connections that a caller lends, and databases that live in their connections.

use std::str::FromStr as _;

use migrate_runtime::{Dialect, Error, ErrorKind, Graph, sqlx};
use sqlx::{
    Connection as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{
    bookkeeping::{applied, log},
    database::{Connection, Pool},
    history::{chain, drawn},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    a_lent_connection_is_used_and_given_back,
    a_connection_of_a_pool_can_be_lent,
    a_connection_in_a_transaction_of_sqlx_is_refused,
    a_connection_in_a_raw_transaction_is_refused,
    to_look_does_no_harm_to_a_transaction,
    a_pool_of_one_connection_is_enough,
);
on!([sqlite]:
    a_database_in_memory_keeps_its_data,
    a_database_in_memory_survives_a_run_that_was_dropped,
);

async fn a_lent_connection_is_used_and_given_back(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    let mut connection = site.connect().await;
    assert_eq!(connection.on(&graph).upgrade("head").await.unwrap().steps.len(), 2);
    assert!(connection.on(&graph).upgrade("head").await.unwrap().is_empty());
    connection.on(&graph).downgrade("-1").await.unwrap();
    connection.on(&graph).stamp("b").await.unwrap();
    assert!(connection.on(&graph).status().await.unwrap().up_to_date);
    connection.rows("SELECT * FROM t_a").await;
    assert_eq!(log(&site).await, "up a done, up b done, down b done, stamp b done");
}

async fn a_connection_of_a_pool_can_be_lent(site: Site) {
    let graph = drawn(site.dialect(), "a");
    match &*site {
        Pool::Sqlite(pool) => graph.upgrade(&mut pool.acquire().await.unwrap(), "head").await,
        Pool::Postgres(pool) => graph.upgrade(&mut pool.acquire().await.unwrap(), "head").await,
        Pool::Mysql(pool) => graph.upgrade(&mut pool.acquire().await.unwrap(), "head").await,
    }
    .unwrap();
    assert_eq!(applied(&site).await, "a");
}

#[track_caller]
fn assert_in_transaction(error: &Error, what: &str) {
    assert_eq!(error.kind(), ErrorKind::InTransaction, "{what}: {error}");
    assert!(error.hint().unwrap().starts_with("end the transaction first"), "{what}: {error:?}");
}

async fn a_connection_in_a_transaction_of_sqlx_is_refused(site: Site) {
    let graph = drawn(site.dialect(), "a");
    let error = match site.connect().await {
        Connection::Sqlite(mut connection) => {
            let mut transaction = connection.begin().await.unwrap();
            graph.upgrade(&mut *transaction, "head").await
        }
        Connection::Postgres(mut connection) => {
            let mut transaction = connection.begin().await.unwrap();
            graph.upgrade(&mut *transaction, "head").await
        }
        Connection::Mysql(mut connection) => {
            let mut transaction = connection.begin().await.unwrap();
            graph.upgrade(&mut *transaction, "head").await
        }
    }
    .unwrap_err();
    assert_in_transaction(&error, "begin");
    assert!(site.ask("SELECT * FROM t_a").await.is_err());
}

/// The driver does not know of it. What the caller has done must still be his to commit.
async fn a_connection_in_a_raw_transaction_is_refused(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    site.rows("CREATE TABLE t_mine (n integer)").await;
    for there in ["nothing", "a", "b"] {
        let mut connection = site.connect().await;
        connection.rows("BEGIN").await;
        connection.rows("INSERT INTO t_mine VALUES (1)").await;
        for attempt in ["first", "second"] {
            let error = connection.on(&graph).upgrade("head").await.unwrap_err();
            assert_in_transaction(&error, &format!("{there} applied, {attempt}"));
        }
        let error = connection.on(&graph).downgrade("base").await.unwrap_err();
        assert_in_transaction(&error, there);
        let error = connection.on(&graph).stamp("head").await.unwrap_err();
        assert_in_transaction(&error, there);
        connection.rows("COMMIT").await;
        assert_eq!(site.rows("SELECT n FROM t_mine").await, ["1"], "{there}");
        connection.rows("DELETE FROM t_mine").await;
        site.on(&graph).upgrade("+1").await.unwrap();
    }
}

async fn to_look_does_no_harm_to_a_transaction(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.rows("CREATE TABLE t_mine (n integer)").await;
    let mut connection = site.connect().await;
    connection.rows("BEGIN").await;
    connection.rows("INSERT INTO t_mine VALUES (1)").await;
    for _ in 0..2 {
        // It may be refused: the caller can be told no more than that.
        match connection.on(&graph).status().await {
            Ok(status) => assert_eq!(status.pending.len(), 2),
            Err(error) => assert_in_transaction(&error, "status"),
        }
    }
    connection.rows("COMMIT").await;
    assert_eq!(site.rows("SELECT n FROM t_mine").await, ["1"]);
}

async fn a_pool_of_one_connection_is_enough(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "transaction:false\nCREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
        ],
    );
    let pool = site.pool_of(1);
    pool.rows("SELECT 1").await;
    pool.on(&graph).upgrade("head").await.unwrap();
    assert!(pool.on(&graph).upgrade("head").await.unwrap().is_empty());
    pool.on(&graph).downgrade("base").await.unwrap();
    pool.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(applied(&pool).await, "a b");
}

/// One that each connection has for itself, and two that the connections share.
async fn in_memory() -> Vec<(&'static str, SqlitePool)> {
    let one = || SqlitePoolOptions::new().max_connections(1);
    let named = SqliteConnectOptions::from_str("sqlite:file:named?mode=memory&cache=shared").unwrap();
    vec![
        ("new", one().connect_with(SqliteConnectOptions::new()).await.unwrap()),
        ("sqlite::memory:", SqlitePool::connect("sqlite::memory:").await.unwrap()),
        ("sqlite://:memory:", one().connect("sqlite://:memory:").await.unwrap()),
        ("named", one().connect_with(named).await.unwrap()),
    ]
}

async fn a_database_in_memory_keeps_its_data(_: Site) {
    let graph = drawn(Dialect::Sqlite, "a; b < a");
    for (name, pool) in in_memory().await {
        let pool = Pool::Sqlite(pool);
        pool.on(&graph).upgrade("a").await.unwrap();
        let made = pool.ask("INSERT INTO t_a VALUES (1)").await;
        assert!(made.is_ok(), "{name}: {made:?}");
        pool.on(&graph).upgrade("head").await.unwrap();
        assert_eq!(pool.rows("SELECT n FROM t_a").await, ["1"], "{name}");
        assert!(pool.on(&graph).upgrade("head").await.unwrap().is_empty(), "{name}");
        assert_eq!(pool.rows("PRAGMA foreign_keys").await, ["1"], "{name}");
    }
}

async fn a_database_in_memory_survives_a_run_that_was_dropped(_: Site) {
    let graph: Graph = chain(
        Dialect::Sqlite,
        &[
            ("a", "CREATE TABLE t_a (n integer)", ""),
            (
                "b",
                "INSERT INTO t_a WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 3000000) SELECT n FROM c",
                "",
            ),
        ],
    );
    let pool =
        SqlitePoolOptions::new().max_connections(1).connect_with(SqliteConnectOptions::new()).await.unwrap();
    let pool = Pool::Sqlite(pool);
    pool.on(&graph).upgrade("a").await.unwrap();
    let run = pool.on(&graph).upgrade("head");
    tokio::time::timeout(std::time::Duration::from_millis(100), run).await.unwrap_err();
    assert_eq!(pool.rows("PRAGMA foreign_keys").await, ["1"]);
    assert_eq!(pool.rows("SELECT count(*) FROM t_a").await, ["0"]);
    pool.rows("BEGIN; ROLLBACK").await;
    pool.on(&graph).upgrade("head").await.unwrap();
}
