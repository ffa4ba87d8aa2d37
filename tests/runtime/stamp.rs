//! Stamp: the state is set, and no script runs.

use migrate_runtime::{ErrorKind, Standing};

use crate::{
    bookkeeping::{applied, heads, interrupt, log, running, tables},
    history::drawn,
    site::{Site, on},
    walk::walk,
};

on!([sqlite, postgres, mysql]:
    a_stamp_sets_the_state_alone,
    a_stamp_ends_an_interrupted_step,
    a_stamp_heals_an_edited_history,
    unknown_revisions_are_forgotten_only_by_purging,
);

async fn a_stamp_sets_the_state_alone(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a; c < b1,b2; x; y < x & b1",
        "
        stamp b1 -> a b1 = b1
        stamp c -> b2 c = c
        stamp b1,b2 -> = b1 b2
        stamp y,c -> c x y = c y
        stamp a -> = a
        stamp base -> =
        stamp-purged x -> x = x
        stamp nosuch -> Target: there is no revision and no label `nosuch`
        help: `history` lists the revisions and their labels
        ",
    )
    .await;
    assert_eq!(applied(&site).await, "x");
    assert_eq!(tables(&site).await, "");
}

async fn a_stamp_ends_an_interrupted_step(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    interrupt(&site, "b", "up", 0).await;
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap_err().kind(), ErrorKind::Interrupted);
    site.on(&graph).stamp("b").await.unwrap();
    assert_eq!(running(&site).await, "NULL|NULL|NULL");
    assert_eq!((heads(&site).await, tables(&site).await), ("b".into(), "a".into()));
    assert_eq!(log(&site).await, "up a done, stamp b done");
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Current);
    assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty());
}

async fn a_stamp_heals_an_edited_history(site: Site) {
    let before = drawn(site.dialect(), "a; b < a; c < b");
    let after = drawn(site.dialect(), "a; x; b < a & x; c < b");
    site.on(&before).upgrade("head").await.unwrap();
    assert!(matches!(site.on(&after).status().await.unwrap().standing, Standing::Diverged { .. }));
    site.on(&after).stamp("c").await.unwrap();
    assert_eq!(site.on(&after).status().await.unwrap().standing, Standing::Current);
    assert_eq!(applied(&site).await, "a b c x");
}

async fn unknown_revisions_are_forgotten_only_by_purging(site: Site) {
    let theirs = drawn(site.dialect(), "a; z < a");
    let ours = drawn(site.dialect(), "a; b < a");
    site.on(&theirs).upgrade("head").await.unwrap();
    let error = site.on(&ours).stamp("b").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownRevision);
    assert_eq!(applied(&site).await, "a z");
    site.on(&ours).stamp_purged("b").await.unwrap();
    assert_eq!(applied(&site).await, "a b");
}
