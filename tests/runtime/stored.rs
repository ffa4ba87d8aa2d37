//! A binary that goes back to an older version takes back what it does not know, by the scripts in the database.

use migrate_core::graph::Direction;
use migrate_runtime::{Dialect, ErrorKind, Graph};

use crate::{
    bookkeeping::{applied, heads, log, tables},
    history::{chain, drawn},
    site::{Site, on},
    walk::told,
};

on!([sqlite, postgres, mysql]:
    an_older_binary_takes_back_what_it_does_not_know,
    branches_and_merges_that_are_not_known_come_apart,
    a_script_outside_a_transaction_is_run_as_it_was_meant,
    what_has_no_way_back_is_refused_with_its_reason,
    a_failure_is_shown_in_the_stored_script,
    a_row_that_somebody_changed_is_refused,
    without_unknown_revisions_it_is_an_ordinary_downgrade,
);

async fn undo(site: &Site, graph: &Graph, target: &str) -> String {
    let report = site.on(graph).with_stored_scripts().downgrade(target).await.unwrap();
    report.steps.iter().map(|step| step.revision.as_str()).collect::<Vec<_>>().join(" ")
}

async fn refused(site: &Site, graph: &Graph, target: &str) -> String {
    let before = (applied(site).await, tables(site).await);
    let error = site.on(graph).with_stored_scripts().downgrade(target).await.unwrap_err();
    assert_eq!((applied(site).await, tables(site).await), before);
    told(&error)
}

async fn an_older_binary_takes_back_what_it_does_not_know(site: Site) {
    let newer = drawn(site.dialect(), "a; b < a; c < b; d < c");
    let older = drawn(site.dialect(), "a; b < a");
    site.on(&newer).upgrade("head").await.unwrap();
    let plan = site.on(&older).with_stored_scripts().plan(Direction::Down, "b").await.unwrap();
    let plan: Vec<_> = plan.iter().map(|step| step.statements.join("; ")).collect();
    assert_eq!(plan, ["DROP TABLE t_d", "DROP TABLE t_c"]);
    assert_eq!(undo(&site, &older, "-1").await, "d");
    assert_eq!(undo(&site, &older, "head").await, "c");
    assert_eq!((heads(&site).await, tables(&site).await), ("b".into(), "a b".into()));
    assert_eq!(log(&site).await, "up a done, up b done, up c done, up d done, down d done, down c done");
    site.on(&newer).upgrade("head").await.unwrap();
    assert_eq!(undo(&site, &older, "base").await, "d c b a");
    assert_eq!(tables(&site).await, "");
    site.on(&older).upgrade("head").await.unwrap();
}

async fn branches_and_merges_that_are_not_known_come_apart(site: Site) {
    let newer = drawn(site.dialect(), "a; b1,b2 < a; c < b1,b2; x; d < c & x");
    let older = drawn(site.dialect(), "a; b1 < a");
    site.on(&newer).upgrade("heads").await.unwrap();
    assert_eq!(undo(&site, &older, "b1").await, "d c");
    assert_eq!(heads(&site).await, "b1 b2 x");
    assert_eq!(undo(&site, &older, "a").await, "b2 b1");
    assert_eq!(heads(&site).await, "a x");
}

async fn a_script_outside_a_transaction_is_run_as_it_was_meant(site: Site) {
    let index = match site.dialect() {
        Dialect::Sqlite => "CREATE INDEX i ON t_a (n)",
        Dialect::Postgres => "CREATE INDEX CONCURRENTLY i ON t_a (n)",
        Dialect::Mysql => "CREATE INDEX i ON t_a (n)",
    };
    let drop = match site.dialect() {
        Dialect::Sqlite => "DROP INDEX i",
        Dialect::Postgres => "DROP INDEX CONCURRENTLY i",
        Dialect::Mysql => "DROP INDEX i ON t_a",
    };
    let a = ("a", "CREATE TABLE t_a (n integer, s varchar(20))", "DROP TABLE t_a");
    let up = format!("transaction:false\n{index};\nINSERT INTO t_a VALUES (1, 'ä\\;')");
    let down =
        format!("transaction:false\nUPDATE t_a SET n = n + 1, s = 'ö;';\n{drop};\nUPDATE t_a SET n = n + 1");
    let newer = chain(site.dialect(), &[a, ("b", &up, &down)]);
    let older = chain(site.dialect(), &[a]);
    site.on(&newer).upgrade("head").await.unwrap();
    assert_eq!(undo(&site, &older, "head").await, "b");
    assert_eq!(site.rows("SELECT n, s FROM t_a").await, ["3|ö;"]);
    site.on(&newer).upgrade("head").await.unwrap();
}

async fn what_has_no_way_back_is_refused_with_its_reason(site: Site) {
    let a = ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a");
    let b = ("b", "CREATE TABLE t_b (n integer)", "");
    let c = ("c", "CREATE TABLE t_c (n integer)", "DROP TABLE t_c");
    let newer = chain(site.dialect(), &[a, b, c]);
    let older = chain(site.dialect(), &[a]);
    site.on(&newer).upgrade("head").await.unwrap();
    assert_eq!(
        refused(&site, &older, "head").await,
        "Irreversible: `b` has no way back: nothing brings it back\n\
         help: restore a backup, or write a new revision that goes forward to where you want to be"
    );
    assert_eq!(undo(&site, &older, "b").await, "c");
}

async fn a_failure_is_shown_in_the_stored_script(site: Site) {
    let a = ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a");
    let b = ("b", "CREATE TABLE t_b (n integer)", "-- both\nDROP TABLE t_b;\n\nDELETE FROM t_a");
    let newer = chain(site.dialect(), &[a, b]);
    let older = chain(site.dialect(), &[a]);
    site.on(&newer).upgrade("head").await.unwrap();
    site.rows("DROP TABLE t_b").await;
    let error = site.on(&older).with_stored_scripts().downgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("b")));
    let place = error.statement().unwrap();
    assert_eq!(place.to_string(), "stored script of b:2:1 (statement 1 of 2)");
    assert_eq!(place.text, "DROP TABLE t_b");
}

async fn a_row_that_somebody_changed_is_refused(site: Site) {
    let newer = drawn(site.dialect(), "a; b < a; c < b");
    let older = drawn(site.dialect(), "a");
    site.on(&newer).upgrade("head").await.unwrap();
    for down in ["", "DROP TABLE t_b", "script transaction:true\n0-99 schema\nwhole ask\n\nDROP TABLE t_b"] {
        site.rows(&format!("UPDATE migrate_version SET down = '{down}' WHERE revision = 'b'")).await;
        assert_eq!(
            refused(&site, &older, "head").await,
            "Irreversible: `b` has no way back: what the database keeps of it cannot be read\n\
             help: restore a backup, or write a new revision that goes forward to where you want to be"
        );
    }
    // What is not asked for is no hindrance.
    assert_eq!(undo(&site, &older, "-1").await, "c");
    for change in ["parents = 'nobody'", "parents = 'b'", "depends_on = 'b'", "fingerprint = 'v1:'"] {
        site.rows("UPDATE migrate_version SET parents = 'a' WHERE revision = 'b'").await;
        site.rows(&format!("UPDATE migrate_version SET {change} WHERE revision = 'b'")).await;
        let told = refused(&site, &older, "head").await;
        assert!(told.starts_with("Bookkeeping: "), "{change}: {told}");
    }
}

async fn without_unknown_revisions_it_is_an_ordinary_downgrade(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    assert_eq!(undo(&site, &graph, "base").await, "");
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(undo(&site, &graph, "head").await, "");
    assert_eq!(undo(&site, &graph, "-1").await, "b");
}
