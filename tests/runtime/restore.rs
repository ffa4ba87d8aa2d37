//! The way back to a backup.

use std::{fs, path::PathBuf, time::Duration};

use migrate_runtime::{Database, Dialect, Error, ErrorKind, Graph, Restored};
use tempfile::TempDir;

use crate::{
    bookkeeping::{heads, tables},
    history::chain,
    site::{Site, on},
    walk::told,
};

on!([sqlite, postgres, mysql]:
    a_restore_brings_back_what_was_there_and_nothing_else,
    a_backup_that_is_not_whole_changes_nothing,
);
on!([postgres, mysql]: a_restore_waits_for_the_migration_lock);
on!([postgres]: what_the_backup_does_not_know_stays, a_restore_that_fails_is_rolled_back, a_schema_is_restored_alone);
on!([sqlite]: a_file_that_others_have_open_is_not_replaced, a_log_stays_a_log);

const STEPS: [(&str, &str, &str); 2] = [
    ("a", "CREATE TABLE t_a (n integer PRIMARY KEY); INSERT INTO t_a VALUES (1), (2);", "DROP TABLE t_a;"),
    (
        "b",
        "CREATE TABLE t_b (n integer PRIMARY KEY REFERENCES t_a (n)); INSERT INTO t_b VALUES (1); \
         CREATE VIEW v_b AS SELECT n FROM t_a;",
        "DROP VIEW v_b; DROP TABLE t_b;",
    ),
];

async fn a_restore_brings_back_what_was_there_and_nothing_else(site: Site) {
    let (graph, folder) = (chain(site.dialect(), &STEPS), folder());
    let file = backed_up(&site, &graph, &folder).await;
    site.rows("INSERT INTO t_a VALUES (3)").await;
    site.rows("CREATE TABLE t_c (n integer REFERENCES t_a (n))").await;
    if site.dialect() == Dialect::Postgres {
        site.rows("CREATE TYPE colour AS ENUM ('red'); CREATE FUNCTION f(c colour) RETURNS colour LANGUAGE sql AS 'SELECT c'").await;
    }
    if site.dialect() == Dialect::Mysql {
        site.rows("CREATE PROCEDURE p() SELECT 1").await;
    }
    site.close().await;
    let restored = restore(&site, &graph, &file).await.expect("a restore");
    let after = site.pool_of(1);
    assert_eq!((tables(&after).await, heads(&after).await), ("a".to_owned(), "a".to_owned()));
    assert_eq!(after.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2"]);
    match site.dialect() {
        Dialect::Postgres => {
            let left = "SELECT 'x' FROM pg_type WHERE typname = 'colour' UNION ALL SELECT 'x' FROM pg_proc WHERE proname = 'f'";
            assert_eq!(after.rows(left).await.len(), 0);
        }
        Dialect::Mysql => {
            let left =
                "SELECT routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()";
            assert_eq!(after.rows(left).await.len(), 0);
        }
        Dialect::Sqlite => {
            let kept = restored.kept.as_ref().expect("the file from before");
            let kept = crate::database::Pool::to(Dialect::Sqlite, &format!("sqlite:{}", kept.display()), 1);
            assert_eq!(kept.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2", "3"]);
        }
    }
    assert_eq!(restored.kept.is_some(), site.dialect() == Dialect::Sqlite);
    let again = after.on(&graph).upgrade("head").await.expect("what was taken away can be made again");
    assert_eq!(again.steps.len(), 1);
}

async fn a_backup_that_is_not_whole_changes_nothing(site: Site) {
    let (graph, folder) = (chain(site.dialect(), &STEPS), folder());
    site.on(&graph).upgrade("a").await.expect("a step");
    // Enough that a part of them is missing behind a list of contents that is whole.
    let many = match site.dialect() {
        Dialect::Postgres => "INSERT INTO t_a SELECT n FROM generate_series(3, 50000) n",
        Dialect::Mysql => "INSERT INTO t_a SELECT seq FROM seq_3_to_50000",
        Dialect::Sqlite => {
            "WITH RECURSIVE s (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM s WHERE n < 50000) INSERT INTO t_a SELECT n FROM s"
        }
    };
    site.rows(many).await;
    let report = site.on(&graph).backup(folder.path()).upgrade("head").await.expect("another step");
    let file = report.backup.expect("a backup");
    let whole = fs::read(&file).expect("the backup");
    fs::write(&file, &whole[..whole.len() * 2 / 3]).expect("a part of it");
    let error = restore(&site, &graph, &file).await.expect_err("it breaks off");
    assert_eq!(error.kind(), ErrorKind::Backup, "{error}");
    let error = restore(&site, &graph, &folder.path().join("none")).await.expect_err("it is not there");
    assert_eq!(error.kind(), ErrorKind::Backup, "{error}");
    assert_eq!((tables(&site).await, heads(&site).await), ("a b".to_owned(), "b".to_owned()));
}

async fn a_restore_waits_for_the_migration_lock(site: Site) {
    let (graph, folder) = (chain(site.dialect(), &STEPS), folder());
    let file = backed_up(&site, &graph, &folder).await;
    let slow = if site.dialect() == Dialect::Postgres { "SELECT pg_sleep(2);" } else { "DO SLEEP(2);" };
    let longer = chain(site.dialect(), &[STEPS[0], STEPS[1], ("c", slow, "SELECT 1;")]);
    let running = {
        let pool = crate::database::Pool::clone(&site);
        tokio::spawn(async move { pool.on(&longer).upgrade("head").await.map(|_| ()) })
    };
    tokio::time::sleep(Duration::from_millis(700)).await;
    let database = Database::at(site.url()).expect("a URL");
    let on = graph.on(&database).lock_wait(Duration::from_millis(100));
    let error = on.restore(&file).await.expect_err("somebody is at work");
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().ends_with(" holds the migration lock"), "{error}");
    running.await.expect("the task").expect("the run");
    assert_eq!(heads(&site).await, "c");
}

async fn what_the_backup_does_not_know_stays(site: Site) {
    let (graph, folder) = (chain(Dialect::Postgres, &STEPS), folder());
    site.rows("CREATE SCHEMA \"Known one\"; CREATE TABLE \"Known one\".t (n integer)").await;
    let file = backed_up(&site, &graph, &folder).await;
    site.rows("CREATE SCHEMA later; CREATE TABLE later.t (n integer); INSERT INTO later.t VALUES (7)").await;
    site.rows("CREATE TABLE \"Known one\".u (n integer)").await;
    restore(&site, &graph, &file).await.expect("a restore");
    assert_eq!(site.rows("SELECT n FROM later.t").await, ["7"]);
    let known = "SELECT tablename FROM pg_tables WHERE schemaname = 'Known one'";
    assert_eq!(site.rows(known).await, ["t"]);
}

async fn a_restore_that_fails_is_rolled_back(site: Site) {
    let (graph, folder) = (chain(Dialect::Postgres, &STEPS), folder());
    let role = format!("owner_{:x}", fastrand::u32(..));
    site.rows(&format!("CREATE ROLE {role}; CREATE TABLE t_o (n integer); ALTER TABLE t_o OWNER TO {role}"))
        .await;
    let file = backed_up(&site, &graph, &folder).await;
    site.rows(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
    let error = restore(&site, &graph, &file).await.expect_err("there is no such role");
    assert_eq!(error.kind(), ErrorKind::Backup);
    assert!(error.to_string().contains(&format!("role \"{role}\" does not exist")), "{error}");
    assert_eq!((tables(&site).await, heads(&site).await), ("a b".to_owned(), "b".to_owned()));
}

async fn a_schema_is_restored_alone(site: Site) {
    let (graph, folder) = (chain(Dialect::Postgres, &STEPS), folder());
    site.rows("CREATE SCHEMA \"tenant a\"; CREATE SCHEMA b").await;
    for schema in ["tenant a", "b"] {
        site.on(&graph).schema(schema).upgrade("a").await.expect("a step");
    }
    let on = site.on(&graph).schema("tenant a").backup(folder.path());
    let file = on.upgrade("head").await.expect("a step").backup.expect("a backup");
    site.on(&graph).schema("b").upgrade("head").await.expect("a step");
    let database = Database::at(site.url()).expect("a URL");
    graph.on(&database).schema("tenant a").restore(&file).await.expect("a restore");
    let at = async |schema| site.on(&graph).schema(schema).current().await.expect("the heads");
    assert_eq!((at("tenant a").await, at("b").await), (vec!["a".to_owned()], vec!["b".to_owned()]));
}

async fn a_file_that_others_have_open_is_not_replaced(site: Site) {
    let (graph, folder) = (chain(Dialect::Sqlite, &STEPS), folder());
    let file = backed_up(&site, &graph, &folder).await;
    let mut writer = site.connect().await;
    writer.rows("BEGIN IMMEDIATE").await;
    let error = restore(&site, &graph, &file).await.expect_err("somebody writes");
    assert_eq!(
        told(&error),
        "Locked: others have the database open: database is locked\n\
         help: end the programs that use it, and restore again; nothing was replaced"
    );
    writer.rows("ROLLBACK").await;
    // In this mode even who does nothing is noticed.
    writer.rows("PRAGMA journal_mode = WAL").await;
    writer.rows("SELECT n FROM t_a").await;
    let error = restore(&site, &graph, &file).await.expect_err("somebody has it open");
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert_eq!(heads(&site).await, "b");
}

async fn a_log_stays_a_log(site: Site) {
    let (graph, folder) = (chain(Dialect::Sqlite, &STEPS), folder());
    site.rows("PRAGMA journal_mode = WAL").await;
    let file = backed_up(&site, &graph, &folder).await;
    site.close().await;
    restore(&site, &graph, &file).await.expect("a restore");
    let after = site.pool_of(1);
    assert_eq!(after.rows("PRAGMA journal_mode").await, ["wal"]);
    assert_eq!(heads(&after).await, "a");
    let on_site =
        site.url().trim_start_matches("sqlite://").split('?').next().map(PathBuf::from).expect("a file");
    let others = fs::read_dir(on_site.parent().expect("a folder")).expect("a folder");
    let names: Vec<_> =
        others.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    assert!(!names.iter().any(|name| name.ends_with(".part")), "{names:?}");
}

/// An upgrade to `a`, and one to the head behind a backup, which is the file.
async fn backed_up(site: &Site, graph: &Graph, folder: &TempDir) -> PathBuf {
    site.on(graph).upgrade("a").await.expect("a step");
    let report = site.on(graph).backup(folder.path()).upgrade("head").await.expect("another step");
    report.backup.expect("a backup")
}

async fn restore(site: &Site, graph: &Graph, file: &std::path::Path) -> Result<Restored, Error> {
    let database = Database::at(site.url()).expect("a URL");
    graph.on(&database).restore(file).await
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
