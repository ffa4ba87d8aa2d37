//! `transaction = "upgrade"`: all pending steps, or none.

use std::sync::Arc;

use migrate_runtime::{Dialect, ErrorKind, Graph, Standing, Transaction};
use tokio::task::JoinSet;

use crate::{
    bookkeeping::{applied, log, tables},
    history::{chain, drawn, history},
    site::{Site, on},
};

on!([sqlite, postgres]:
    all_steps_are_there_or_none,
    a_step_outside_a_transaction_parts_them,
    the_configuration_can_ask_for_it,
    a_downgrade_is_whole_too,
    a_lent_connection_is_out_of_it_afterwards,
    services_that_start_at_once_do_it_once,
);
on!([mysql]: mysql_cannot);

fn failing_at_the_end(dialect: Dialect, end: &str) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "CREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
            ("c", end, ""),
        ],
    )
}

async fn all_steps_are_there_or_none(site: Site) {
    let broken =
        failing_at_the_end(site.dialect(), "CREATE TABLE t_c (n integer);\nINSERT INTO nosuch VALUES (1)");
    let error = site.on(&broken).transaction(Transaction::Upgrade).upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("c")));
    assert_eq!((applied(&site).await, tables(&site).await), (String::new(), String::new()));
    assert_eq!(log(&site).await, "up c failed");

    let mended = failing_at_the_end(site.dialect(), "CREATE TABLE t_c (n integer)");
    let report = site.on(&mended).transaction(Transaction::Upgrade).upgrade("head").await.unwrap();
    assert_eq!(report.steps.len(), 3);
    assert_eq!((applied(&site).await, tables(&site).await), ("a b c".into(), "a b c".into()));
}

async fn a_step_outside_a_transaction_parts_them(site: Site) {
    let graph = |end| {
        chain(
            site.dialect(),
            &[
                ("a", "CREATE TABLE t_a (n integer)", ""),
                ("b", "CREATE TABLE t_b (n integer)", ""),
                ("c", "transaction:false\nCREATE TABLE t_c (n integer)", ""),
                ("d", "CREATE TABLE t_d (n integer)", ""),
                ("e", end, ""),
            ],
        )
    };
    let broken = graph("INSERT INTO nosuch VALUES (1)");
    let error = site.on(&broken).transaction(Transaction::Upgrade).upgrade("head").await.unwrap_err();
    assert_eq!(error.revision(), Some("e"));
    assert_eq!((applied(&site).await, tables(&site).await), ("a b c".into(), "a b c".into()));
    let mended = graph("CREATE TABLE t_e (n integer)");
    site.on(&mended).transaction(Transaction::Upgrade).upgrade("head").await.unwrap();
    assert_eq!(site.on(&mended).status().await.unwrap().standing, Standing::Current);
    assert_eq!(log(&site).await, "up a done, up b done, up c done, up e failed, up d done, up e done");
}

async fn the_configuration_can_ask_for_it(site: Site) {
    let text = "== migrate.toml ==\ntransaction = 'upgrade'\n\
                == a.sql ==\n-- revision: a\n-- migrate:up\nCREATE TABLE t_a (n integer);\n\
                -- migrate:down irreversible: a test\n\
                == b.sql ==\n-- revision: b\n-- revises: a\n-- migrate:up\nINSERT INTO nosuch VALUES (1);\n\
                -- migrate:down irreversible: a test\n";
    site.on(&history(site.dialect(), text)).upgrade("head").await.unwrap_err();
    assert_eq!(tables(&site).await, "");
}

async fn a_downgrade_is_whole_too(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE nosuch"),
            ("b", "CREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    site.on(&graph).transaction(Transaction::Upgrade).downgrade("base").await.unwrap_err();
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b".into()));
}

async fn a_lent_connection_is_out_of_it_afterwards(site: Site) {
    let mut lent = site.connect().await;
    let broken = failing_at_the_end(site.dialect(), "INSERT INTO nosuch VALUES (1)");
    lent.on(&broken).transaction(Transaction::Upgrade).upgrade("head").await.unwrap_err();
    assert_eq!(tables(&site).await, "");
    lent.rows("BEGIN; ROLLBACK").await;
    let mended = failing_at_the_end(site.dialect(), "CREATE TABLE t_c (n integer)");
    lent.on(&mended).transaction(Transaction::Upgrade).upgrade("head").await.unwrap();
    lent.rows("BEGIN; ROLLBACK").await;
    assert_eq!(tables(&site).await, "a b c");
}

async fn services_that_start_at_once_do_it_once(site: Site) {
    let graph = Arc::new(failing_at_the_end(site.dialect(), "INSERT INTO t_a VALUES (1)"));
    let mut services = JoinSet::new();
    for _ in 0..10 {
        let (pool, graph) = (site.pool_of(1), Arc::clone(&graph));
        services.spawn(async move {
            let report = pool.on(&graph).transaction(Transaction::Upgrade).upgrade("head").await;
            report.map(|report| report.steps.len())
        });
    }
    let done = services.join_all().await;
    assert_eq!(done.into_iter().map(Result::unwrap).sum::<usize>(), 3);
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["1"]);
    assert_eq!(log(&site).await, "up a done, up b done, up c done");
}

async fn mysql_cannot(site: Site) {
    let graph = drawn(Dialect::Mysql, "a");
    let error = site.on(&graph).transaction(Transaction::Upgrade).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(tables(&site).await, "");
}
