//! Down: what rests on a target is undone, the newest first.

use migrate_runtime::ErrorKind;

use crate::{
    bookkeeping::{applied, heads, log, tables},
    history::{chain, drawn},
    site::{Site, on},
    walk::{told, walk},
};

on!([sqlite, postgres, mysql]:
    a_merge_comes_apart_and_together_again,
    one_side_of_a_merge_stays,
    what_depends_on_an_undone_revision_goes_too,
    an_irreversible_revision_stops_it_before_it_begins,
    what_an_unknown_revision_rests_on_stays,
);

async fn a_merge_comes_apart_and_together_again(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a; c < b1,b2; d < c",
        "
        upgrade head -> +a +b1 +b2 +c +d = d
        downgrade -1 -> -d = c
        downgrade -1 -> -c = b1 b2
        upgrade head -> +c +d = d
        downgrade base -> -d -c -b2 -b1 -a =
        downgrade base -> =
        upgrade head -> +a +b1 +b2 +c +d = d
        ",
    )
    .await;
}

async fn one_side_of_a_merge_stays(site: Site) {
    walk(
        &site,
        "aaaa; bbb1,bbb2 < aaaa; cccc < bbb1,bbb2",
        "
        upgrade head -> +aaaa +bbb1 +bbb2 +cccc = cccc
        downgrade bbb1 -> -cccc = bbb1 bbb2
        downgrade aaaa -> -bbb2 -bbb1 = aaaa
        upgrade bbb2 -> +bbb2 = bbb2
        upgrade head -> +bbb1 +cccc = cccc
        ",
    )
    .await;
}

async fn what_depends_on_an_undone_revision_goes_too(site: Site) {
    walk(
        &site,
        "a1; b1 < a1; c1 < b1; a2; b2 < a2; c2 < b2 & c1",
        "
        upgrade c2 -> +a1 +b1 +c1 +a2 +b2 +c2 = c2
        downgrade b1 -> -c2 -c1 = b1 b2
        downgrade a2 -> -b2 = a2 b1
        ",
    )
    .await;
}

async fn an_irreversible_revision_stops_it_before_it_begins(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "CREATE TABLE t_b (n integer)", ""),
            ("c", "CREATE TABLE t_c (n integer)", "DROP TABLE t_c"),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    let error = site.on(&graph).downgrade("base").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Irreversible);
    assert_eq!(error.revision(), Some("b"));
    assert_eq!(error.to_string(), "`b` has no way back: nothing brings it back");
    assert_eq!(tables(&site).await, "a b c");
    assert_eq!(log(&site).await, "up a done, up b done, up c done");
    site.on(&graph).downgrade("b").await.unwrap();
    assert_eq!(heads(&site).await, "b");
}

async fn what_an_unknown_revision_rests_on_stays(site: Site) {
    let newer = drawn(site.dialect(), "a; b < a; c < b");
    let older = drawn(site.dialect(), "a; b < a");
    site.on(&newer).upgrade("head").await.unwrap();
    let error = site.on(&older).downgrade("a").await.unwrap_err();
    assert_eq!(
        told(&error),
        "UnknownRevision: `c`, unknown to this binary, rests on `b`\n\
         help: downgrade with the binary that knows `c`, or by the script that the database keeps of it: \
         `with_stored_scripts`, `cargo migrate downgrade --stored-scripts`"
    );
    assert_eq!(applied(&site).await, "a b c");
}
