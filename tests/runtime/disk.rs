//! A disk that is full, or that cannot be written to, under SQLite.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use migrate_runtime::{Dialect, ErrorKind, Graph, Standing};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::{
    bookkeeping::{applied, log, running, tables},
    database::Pool,
    history::chain,
    server,
    site::{Site, on},
};

on!([sqlite]:
    a_database_may_be_full_at_any_page,
    a_disk_that_is_full_is_told,
    a_disk_that_is_read_only_is_told,
);

/// Steps in and outside transactions, with rows that take room.
fn growing() -> Graph {
    let rows = "INSERT INTO t_a WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 1000) SELECT n FROM c";
    let both = format!("CREATE TABLE t_b (n integer);\n{rows};\nCREATE INDEX i_b ON t_b (n)");
    let outside =
        format!("transaction:false\n{rows};\nCREATE INDEX i_a ON t_a (n);\nCREATE TABLE t_c (n integer)");
    chain(
        Dialect::Sqlite,
        &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", &both, ""), ("c", &outside, "")],
    )
}

/// The database may grow to one page, then to two, until that is enough. Nothing is lost or done twice by it.
async fn a_database_may_be_full_at_any_page(_: Site) {
    let graph = growing();
    for pages in 1.. {
        let site = Site::sqlite().expect("a folder");
        let options: SqliteConnectOptions = site.url().parse().unwrap();
        let options = options.pragma("max_page_count", pages.to_string());
        let full = SqlitePool::connect_with(options).await.unwrap();
        let outcome = graph.upgrade(&full, "head").await;
        full.close().await;
        if let Err(error) = &outcome {
            assert_eq!(error.kind(), ErrorKind::DiskFull, "{pages} pages: {error:?}");
            site.on(&graph).upgrade("head").await.unwrap_or_else(|error| panic!("{pages} pages: {error:?}"));
        }
        finished(&site, &graph).await;
        if outcome.is_ok() {
            assert!(pages > 10, "{pages} pages are few");
            break;
        }
    }
}

async fn finished(site: &Pool, graph: &Graph) {
    assert_eq!((applied(site).await, tables(site).await), ("a b c".into(), "a b c".into()));
    assert_eq!(site.rows("SELECT count(*), sum(n) FROM t_a").await, ["2000|1001000"]);
    assert_eq!(running(site).await, "NULL|NULL|NULL");
    let log = log(site).await;
    let done: Vec<&str> = log.split(", ").filter(|entry| entry.ends_with("done")).collect();
    assert_eq!(done, ["up a done", "up b done", "up c done"]);
    assert_eq!(site.on(graph).status().await.unwrap().standing, Standing::Current);
}

/// A file system of its own, which ends with this value.
struct Disk(tempfile::TempDir);

impl Disk {
    /// `None` where we may not mount one: then the test should return.
    fn of(size: &str) -> Option<Self> {
        let disk = Self(tempfile::tempdir().expect("a temporary folder"));
        if disk.mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]) {
            return Some(disk);
        }
        server::skip("only root may mount a file system");
        None
    }

    fn mount(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("mount");
        let status = command.args(arguments).arg(self.path()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn pool(&self) -> Pool {
        Pool::to(Dialect::Sqlite, &format!("sqlite://{}/test.db?mode=rwc", self.path().display()), 2)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

async fn a_disk_that_is_full_is_told(_: Site) {
    let Some(disk) = Disk::of("96k") else { return };
    let (graph, pool) = (growing(), disk.pool());
    let error = pool.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DiskFull, "{error:?}");
    assert!(error.hint().is_some_and(|hint| hint.starts_with("make room")), "{error:?}");
    assert!(disk.mount(&["-o", "remount,size=2m"]));
    pool.on(&graph).upgrade("head").await.unwrap();
    finished(&pool, &graph).await;
    pool.close().await;
}

async fn a_disk_that_is_read_only_is_told(_: Site) {
    let Some(disk) = Disk::of("2m") else { return };
    let (graph, pool) = (growing(), disk.pool());
    pool.on(&graph).upgrade("a").await.unwrap();
    pool.close().await;
    assert!(disk.mount(&["-o", "remount,ro"]));
    let pool = disk.pool();
    let error = pool.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error:?}");
    assert_eq!(pool.on(&graph).status().await.unwrap().current, ["a"]);
    pool.close().await;
    assert!(disk.mount(&["-o", "remount,rw"]));
    let pool = disk.pool();
    pool.on(&graph).upgrade("head").await.unwrap();
    finished(&pool, &graph).await;
    pool.close().await;
}
