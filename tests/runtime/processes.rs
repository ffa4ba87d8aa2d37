//! Sixty-four processes that start at the same moment: all succeed, and each revision is applied once.

use std::{
    env,
    fmt::Write as _,
    process::{Command, Stdio},
};

use migrate_runtime::{Dialect, Graph, Standing};

use crate::{
    bookkeeping::log,
    database::Pool,
    history::chain,
    site::{Site, on},
};

on!([sqlite, postgres, mysql, pgbouncer]: all_of_many_processes_start);

const PROCESSES: usize = 64;

/// The variables by which the test tells a process where to migrate, and whether a pooler is before it.
const URL: &str = "MIGRATE_TEST_STARTER_URL";
const POOLED: &str = "MIGRATE_TEST_STARTER_POOLED";

/// Not a test of its own: what each of the processes does.
#[tokio::test]
async fn starter() {
    let Ok(url) = env::var(URL) else { return };
    let dialect = Dialect::ALL.into_iter().find(|dialect| url.starts_with(dialect.name())).unwrap();
    let (graph, pool) = (steps(dialect), Pool::to(dialect, &url, 2));
    let on = pool.on(&graph);
    let on = if env::var_os(POOLED).is_some() { on.pooled() } else { on };
    on.upgrade("head").await.unwrap();
}

/// Ten revisions, of schema and of rows.
fn steps(dialect: Dialect) -> Graph {
    let ids: Vec<String> = (0..10).map(|number| format!("r{number}")).collect();
    let ups: Vec<String> = (ids.iter().enumerate())
        .map(|(number, id)| match number % 2 {
            0 => format!("CREATE TABLE t_{id} (n integer)"),
            _ => format!("INSERT INTO t_{} VALUES ({number})", ids[number - 1]),
        })
        .collect();
    let revisions: Vec<_> = ids.iter().zip(&ups).map(|(id, up)| (id.as_str(), up.as_str(), "")).collect();
    chain(dialect, &revisions)
}

async fn all_of_many_processes_start(site: Site) {
    let pooled = site.direct_url().is_some_and(|direct| direct != site.url());
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            let mut command = Command::new(env::current_exe().unwrap());
            command.args(["--exact", "processes::starter"]).env(URL, site.url());
            if pooled {
                command.env(POOLED, "1");
            }
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let mut failed = String::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        if !output.status.success() {
            let _ = writeln!(failed, "{}", String::from_utf8_lossy(&output.stdout));
        }
    }
    assert!(failed.is_empty(), "{failed}");
    let expected: Vec<String> = (0..10).map(|number| format!("up r{number} done")).collect();
    assert_eq!(log(&site).await, expected.join(", "));
    for number in [0, 2, 4, 6, 8] {
        let rows = site.rows(&format!("SELECT n FROM t_r{number}")).await;
        assert_eq!(rows, [(number + 1).to_string()], "t_r{number}");
    }
    assert_eq!(site.on(&steps(site.dialect())).status().await.unwrap().standing, Standing::Current);
}
