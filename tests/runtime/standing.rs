//! How a database stands to a graph: what `status` says, and what `upgrade` makes of it.

use std::sync::{Arc, Mutex};

use migrate_runtime::{ErrorKind, Event, Graph};

use crate::{
    bookkeeping::{heads, interrupt},
    history::{chain, drawn},
    site::{Site, on},
    walk::told,
};

on!([sqlite, postgres, mysql]:
    empty_behind_and_current_are_told_apart,
    a_newer_database_is_ahead_and_may_be_served,
    the_first_edited_revision_is_named,
    an_edited_way_back_is_no_divergence,
    branches_that_grew_apart_are_forked,
    an_interrupted_upgrade_is_told,
    an_interrupted_downgrade_is_told_though_the_heads_are_right,
    a_lost_row_is_told,
    history_shows_what_is_applied,
    a_plan_is_made_and_not_carried_out,
    the_graph_must_be_for_the_database,
);

/// Standing, whether a service may work, heads in the database, pending, unknown.
async fn status(site: &Site, graph: &Graph) -> String {
    let status = site.on(graph).status().await.unwrap();
    let standing = serde_json::to_string(&status.standing).unwrap();
    let pending: Vec<_> = status.pending.iter().map(|pending| &*pending.revision).collect();
    let may = if status.up_to_date { "serve" } else { "wait" };
    let (current, unknown) = (status.current.join(" "), status.unknown.join(" "));
    format!("{standing} {may} current:{current} pending:{} unknown:{unknown}", pending.join(" "))
}

async fn empty_behind_and_current_are_told_apart(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    assert_eq!(status(&site, &graph).await, r#"{"is":"empty"} wait current: pending:a b c unknown:"#);
    // To look changes nothing.
    assert!(site.ask("SELECT * FROM migrate_state").await.is_err());
    site.on(&graph).upgrade("a").await.unwrap();
    assert_eq!(status(&site, &graph).await, r#"{"is":"behind"} wait current:a pending:b c unknown:"#);
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(status(&site, &graph).await, r#"{"is":"current"} serve current:c pending: unknown:"#);
    site.on(&graph).downgrade("base").await.unwrap();
    assert_eq!(status(&site, &graph).await, r#"{"is":"empty"} wait current: pending:a b c unknown:"#);
}

async fn a_newer_database_is_ahead_and_may_be_served(site: Site) {
    let newer = drawn(site.dialect(), "a; b < a; c < b; d < c");
    let older = drawn(site.dialect(), "a; b < a");
    site.on(&newer).upgrade("head").await.unwrap();
    assert_eq!(status(&site, &older).await, r#"{"is":"ahead"} serve current:d pending: unknown:c d"#);

    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let older = site.on(&older).observer(move |event| hears.lock().unwrap().push(event.clone()));
    let report = older.upgrade("head").await.unwrap();
    assert!(report.is_empty());
    assert!(report.unknown.contains(&"d".to_owned()));
    let heard = heard.lock().unwrap().clone();
    assert!(matches!(&*heard, [Event::Ahead { unknown }] if *unknown == report.unknown), "{heard:?}");
    assert_eq!(heads(&site).await, "d");
}

async fn the_first_edited_revision_is_named(site: Site) {
    let script = |b| {
        chain(
            site.dialect(),
            &[
                ("a", "CREATE TABLE t_a (n integer)", ""),
                ("b", b, ""),
                ("c", "CREATE TABLE t_c (n integer)", ""),
            ],
        )
    };
    let before = script("CREATE TABLE t_b (n integer)");
    let after = script("CREATE TABLE t_b (n integer, m integer)");
    site.on(&before).upgrade("head").await.unwrap();
    assert_eq!(
        status(&site, &after).await,
        r#"{"is":"diverged","revision":"b"} wait current:c pending: unknown:"#
    );
    for error in [
        site.on(&after).upgrade("head").await.unwrap_err(),
        site.on(&after).upgrade("b").await.unwrap_err(),
        site.on(&after).downgrade("a").await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Diverged);
        assert_eq!(error.revision(), Some("b"));
        assert_eq!(error.to_string(), "`b` was applied with another text than this binary has");
    }
    assert!(site.on(&after).upgrade("a").await.is_err());
}

async fn an_edited_way_back_is_no_divergence(site: Site) {
    let script = |down| chain(site.dialect(), &[("a", "CREATE TABLE t_a (n integer)", down)]);
    site.on(&script("DROP TABLE nosuch")).upgrade("head").await.unwrap();
    let mended = script("DROP TABLE t_a");
    assert_eq!(status(&site, &mended).await, r#"{"is":"current"} serve current:a pending: unknown:"#);
    site.on(&mended).downgrade("base").await.unwrap();
}

async fn branches_that_grew_apart_are_forked(site: Site) {
    let theirs = drawn(site.dialect(), "a; z < a");
    let ours = drawn(site.dialect(), "a; b < a");
    site.on(&theirs).upgrade("head").await.unwrap();
    assert_eq!(status(&site, &ours).await, r#"{"is":"forked"} wait current:z pending:b unknown:z"#);
    let error = site.on(&ours).upgrade("head").await.unwrap_err();
    assert_eq!(
        told(&error),
        "Forked: the database has `z`, unknown to this binary, beside what this binary would apply\n\
         help: two versions of the service grew apart: merge their branches, and deploy a binary that has both"
    );
}

async fn an_interrupted_upgrade_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    interrupt(&site, "b", "up", 2).await;
    let text = status(&site, &graph).await;
    assert!(
        text.starts_with(
            r#"{"is":"interrupted","revision":"b","direction":"up","statement":3,"by":"service [7]","since":"2025-11-10 12:30:00"#
        ),
        "{text}"
    );
    for error in [
        site.on(&graph).upgrade("head").await.unwrap_err(),
        site.on(&graph).downgrade("base").await.unwrap_err(),
        site.on(&graph).plan(migrate_runtime::Direction::Up, "head").await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Interrupted);
        assert_eq!(error.revision(), Some("b"));
        assert!(error.to_string().contains("which service [7] began"), "{error}");
        assert!(error.to_string().contains("was interrupted at statement 3: "), "{error}");
    }
    assert_eq!(heads(&site).await, "a");
}

async fn an_interrupted_downgrade_is_told_though_the_heads_are_right(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("head").await.unwrap();
    interrupt(&site, "b", "down", 0).await;
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert!(error.to_string().starts_with("the down step of `b`, which service [7] began"), "{error}");
    assert!(!site.on(&graph).status().await.unwrap().up_to_date);
}

async fn a_lost_row_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    site.on(&graph).upgrade("b").await.unwrap();
    site.rows("DELETE FROM migrate_version WHERE revision = 'a'").await;
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(
        told(&error),
        "Bookkeeping: `b` is applied but `a`, which it rests on, is not\n\
         help: a row of the version table was lost: `stamp` what is really applied"
    );
}

async fn history_shows_what_is_applied(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    site.on(&graph).upgrade("b").await.unwrap();
    let listed = site.on(&graph).history("").await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|entry| (&*entry.revision, entry.applied_at.is_some(), entry.is_current, entry.is_head))
        .collect();
    assert_eq!(listed, [("c", false, false, true), ("b", true, true, false), ("a", true, false, false)]);
    let current = site.on(&graph).history("current:").await.unwrap();
    assert_eq!(current.iter().map(|entry| &*entry.revision).collect::<Vec<_>>(), ["c", "b"]);
}

async fn a_plan_is_made_and_not_carried_out(site: Site) {
    use migrate_runtime::Direction;
    let graph = drawn(site.dialect(), "a; b < a");
    let plan = site.on(&graph).plan(Direction::Up, "head").await.unwrap();
    let text = serde_json::to_string(&plan[1]).unwrap();
    assert_eq!(
        text,
        r#"{"revision":"b","message":"make b","direction":"up","file":"b.sql","transaction":true,"statements":["CREATE TABLE t_b (n integer)"]}"#
    );
    site.on(&graph).upgrade("head").await.unwrap();
    let plan = site.on(&graph).plan(Direction::Down, "base").await.unwrap();
    assert_eq!(plan.iter().map(|step| &*step.revision).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(heads(&site).await, "b");
}

async fn the_graph_must_be_for_the_database(site: Site) {
    use migrate_runtime::Dialect::{Postgres, Sqlite};
    let other = if site.dialect() == Sqlite { Postgres } else { Sqlite };
    let graph = drawn(other, "a");
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongDatabase);
    let expected = format!("this is a {} database; the graph is for `{other}`", site.dialect());
    assert_eq!(error.to_string(), expected);
}
