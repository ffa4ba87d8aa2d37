//! Engines without transactions: what is done to their rows is not taken back.

use migrate_runtime::{ErrorKind, Resolution};

use crate::{
    bookkeeping::{applied, running},
    history::chain,
    site::{Site, on},
};

on!([mysql]:
    a_change_of_such_rows_is_in_doubt_after_an_error,
    a_table_that_the_script_itself_makes_is_noticed,
    a_table_of_another_database_is_noticed,
    other_rows_are_taken_back,
);

/// A change that fails at its second row.
const HALF: &str = "INSERT INTO t_a VALUES (2), (2)";

async fn a_change_of_such_rows_is_in_doubt_after_an_error(site: Site) {
    for engine in ["MyISAM", "Aria"] {
        let table = format!("CREATE TABLE t_a (n int PRIMARY KEY) ENGINE = {engine}");
        let b = format!("INSERT INTO t_a VALUES (1);\n{HALF};\nINSERT INTO t_a VALUES (3)");
        let graph = chain(site.dialect(), &[("a", &table, "DROP TABLE t_a"), ("b", &b, "DELETE FROM t_a")]);
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Statement, "{error:?}");
        assert_eq!(site.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2"]);
        assert_eq!(running(&site).await, "b|up|1");
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error:?}");
        site.on(&graph).resolve("b", 2, Resolution::Applied).await.unwrap();
        site.on(&graph).upgrade("head").await.unwrap();
        assert_eq!(site.rows("SELECT n FROM t_a ORDER BY n").await, ["1", "2", "3"]);
        site.on(&graph).downgrade("base").await.unwrap();
    }
}

async fn a_table_that_the_script_itself_makes_is_noticed(site: Site) {
    let up = format!(
        "CREATE TABLE t_b (n int);\nINSERT INTO t_b VALUES (1);\n\
                      CREATE TABLE T_A (n int PRIMARY KEY) ENGINE = MyISAM;\n{}",
        HALF.replace("t_a", "`T_A`")
    );
    let graph = chain(site.dialect(), &[("a", &up, "DROP TABLE t_a")]);
    site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(running(&site).await, "a|up|3");
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error:?}");
    assert_eq!(site.rows("SELECT n FROM T_A").await, ["2"]);
}

async fn a_table_of_another_database_is_noticed(site: Site) {
    let place = site.rows("SELECT database()").await.remove(0);
    let other = format!("{place}_log");
    site.rows(&format!("CREATE DATABASE {other}")).await;
    site.rows(&format!("CREATE TABLE {other}.`my log` (n int PRIMARY KEY) ENGINE = Aria")).await;
    let up = format!("INSERT INTO {other}.`my log` VALUES (2), (2)");
    let graph = chain(site.dialect(), &[("a", &up, "DELETE FROM t")]);
    let failed = site.on(&graph).upgrade("head").await;
    let running = running(&site).await;
    site.rows(&format!("DROP DATABASE {other}")).await;
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::Statement);
    assert_eq!(running, "a|up|0");
}

async fn other_rows_are_taken_back(site: Site) {
    let place = site.rows("SELECT database()").await.remove(0);
    site.rows(&format!("CREATE DATABASE {place}_of_others")).await;
    site.rows(&format!("CREATE TABLE {place}_of_others.t_a (n int) ENGINE = MyISAM")).await;
    site.rows("CREATE TABLE t (n int) ENGINE = MyISAM").await;
    let table = ("a", "CREATE TABLE t_a (n int PRIMARY KEY)", "DROP TABLE t_a");
    let mend = |b| chain(site.dialect(), &[table, ("b", b, "DELETE FROM t_a")]);
    // This text speaks of `t`, but of another thing: that means more care, and else nothing.
    let careful = mend("INSERT INTO t_a SELECT t.n FROM (SELECT 1 AS n) AS t");
    site.on(&careful).upgrade("head").await.unwrap();
    site.on(&careful).downgrade("a").await.unwrap();
    site.on(&mend(HALF)).upgrade("head").await.unwrap_err();
    assert_eq!(running(&site).await, "NULL|NULL|NULL");
    site.on(&mend("INSERT INTO t_a VALUES (3)")).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["3"]);
    assert_eq!(applied(&site).await, "a b");
    site.rows(&format!("DROP DATABASE {place}_of_others")).await;
}
