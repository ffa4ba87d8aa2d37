//! Foreign keys of SQLite, which a table rebuild must neither follow nor break.

use migrate_runtime::{Dialect, ErrorKind, Graph};

use crate::{
    bookkeeping::{applied, log},
    database::Connection,
    history::chain,
    site::{Site, on},
};

on!([sqlite]:
    a_rebuild_keeps_the_children,
    a_step_that_orphans_rows_is_rolled_back,
    a_step_outside_a_transaction_may_not_orphan_rows,
    rows_that_were_orphans_before_are_tolerated,
    more_orphans_than_before_are_not_tolerated,
    a_way_back_may_not_orphan_rows,
    a_lent_connection_enforces_them_again,
    a_lent_connection_that_did_not_enforce_them_still_does_not,
    a_lent_connection_enforces_them_again_after_a_failure,
);

const MADE: (&str, &str, &str) = (
    "made",
    "CREATE TABLE t_parent (id INTEGER PRIMARY KEY, name TEXT);
     CREATE TABLE t_child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES t_parent ON DELETE CASCADE);
     INSERT INTO t_parent VALUES (1, 'one'), (2, 'two');
     INSERT INTO t_child VALUES (10, 1), (11, 1), (20, 2);",
    "DROP TABLE t_child; DROP TABLE t_parent",
);

const REBUILT: (&str, &str, &str) = (
    "rebuilt",
    "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
     INSERT INTO new SELECT id, name FROM t_parent;
     DROP TABLE t_parent;
     ALTER TABLE new RENAME TO t_parent;",
    "",
);

fn then(step: (&str, &str, &str)) -> Graph {
    chain(Dialect::Sqlite, &[MADE, step])
}

async fn orphans(site: &Site) -> usize {
    site.rows("PRAGMA foreign_key_check").await.len()
}

async fn a_rebuild_keeps_the_children(site: Site) {
    site.on(&then(REBUILT)).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT id, parent FROM t_child").await, ["10|1", "11|1", "20|2"]);
    assert_eq!(site.rows("SELECT count(*) FROM t_parent").await, ["2"]);
    assert_eq!(orphans(&site).await, 0);
    // And they are enforced as before.
    assert!(site.ask("INSERT INTO t_child VALUES (99, 99)").await.is_err());
}

async fn a_step_that_orphans_rows_is_rolled_back(site: Site) {
    let graph = then(("worse", "CREATE TABLE t_more (n); DELETE FROM t_parent WHERE id = 1", ""));
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKey);
    assert_eq!(error.revision(), Some("worse"));
    assert_eq!(
        error.to_string(),
        "after `worse`, rows of `t_child` refer to rows of `t_parent` that are not there; the step was rolled back"
    );
    assert_eq!(applied(&site).await, "made");
    assert_eq!(log(&site).await, "up made done, up worse failed");
    assert_eq!(site.rows("SELECT count(*) FROM t_parent").await, ["2"]);
    assert!(site.ask("SELECT * FROM t_more").await.is_err());
}

async fn a_step_outside_a_transaction_may_not_orphan_rows(site: Site) {
    let graph = then(("worse", "transaction:false\nINSERT INTO t_child VALUES (99, 99)", ""));
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.revision(), Some("worse"));
    assert_eq!(applied(&site).await, "made");
}

async fn rows_that_were_orphans_before_are_tolerated(site: Site) {
    let graph = then(REBUILT);
    site.on(&graph).upgrade("made").await.unwrap();
    site.rows(
        "PRAGMA foreign_keys = OFF; INSERT INTO t_child VALUES (98, 98), (99, 99); PRAGMA foreign_keys = ON",
    )
    .await;
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(applied(&site).await, "made rebuilt");
    assert_eq!(orphans(&site).await, 2);
}

async fn more_orphans_than_before_are_not_tolerated(site: Site) {
    let graph = then(("worse", "DELETE FROM t_parent WHERE id = 2", ""));
    site.on(&graph).upgrade("made").await.unwrap();
    site.rows("PRAGMA foreign_keys = OFF; INSERT INTO t_child VALUES (99, 99); PRAGMA foreign_keys = ON")
        .await;
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKey);
    assert_eq!(orphans(&site).await, 1);
}

async fn a_way_back_may_not_orphan_rows(site: Site) {
    let graph = then(("more", "INSERT INTO t_parent VALUES (3, 'three')", "DELETE FROM t_parent"));
    site.on(&graph).upgrade("head").await.unwrap();
    let error = site.on(&graph).downgrade("made").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::ForeignKey, Some("more")));
    assert_eq!(site.rows("SELECT count(*) FROM t_parent").await, ["3"]);
}

async fn enforced(connection: &mut Connection) -> bool {
    connection.rows("PRAGMA foreign_keys").await == ["1"]
}

async fn a_lent_connection_enforces_them_again(site: Site) {
    let mut connection = site.connect().await;
    connection.on(&then(REBUILT)).upgrade("head").await.unwrap();
    assert!(enforced(&mut connection).await);
    assert_eq!(connection.rows("SELECT count(*) FROM t_child").await, ["3"]);
    connection.on(&then(REBUILT)).downgrade("+1").await.unwrap_err();
    assert!(enforced(&mut connection).await);
}

async fn a_lent_connection_that_did_not_enforce_them_still_does_not(site: Site) {
    let mut connection = site.connect().await;
    connection.rows("PRAGMA foreign_keys = OFF").await;
    let graph = then(("worse", "DELETE FROM t_parent", ""));
    connection.on(&graph).upgrade("head").await.unwrap();
    assert!(!enforced(&mut connection).await);
}

async fn a_lent_connection_enforces_them_again_after_a_failure(site: Site) {
    let mut connection = site.connect().await;
    for up in [
        "DELETE FROM t_parent",
        "SELEKT",
        "INSERT INTO nosuch VALUES (1)",
        "transaction:false\nDROP TABLE nosuch",
    ] {
        connection.on(&then(("worse", up, ""))).upgrade("head").await.unwrap_err();
        assert!(enforced(&mut connection).await, "{up}");
    }
}
