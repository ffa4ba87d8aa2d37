//! Adoption: what another program has applied is written down, once, and nothing is overwritten.

use futures_util::future::join_all;
use migrate_runtime::{ErrorKind, Standing};

use crate::{
    bookkeeping::{applied, interrupt, log, tables},
    history::{chain, drawn},
    site::{Site, on},
    walk::walk,
};

on!([sqlite, postgres, mysql]:
    an_adoption_sets_a_state_where_there_is_none,
    a_service_goes_on_from_what_was_adopted,
    an_adoption_overwrites_nothing,
    an_adoption_that_was_cut_off_is_finished,
    one_of_many_adopts_and_the_others_find_it_done,
);

async fn an_adoption_sets_a_state_where_there_is_none(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a; c < b1,b2; x; y < x & b1",
        "
        adopt nosuch -> Target: there is no revision `nosuch`
        help: `history` lists the revisions and their labels
        adopt a,c,b1 -> Target: `c` cannot count as applied without `b2`, which it rests on
        adopt x,b1,a -> a b1 x = b1 x
        adopt x,b1,a -> = b1 x
        adopt x -> = b1 x
        ",
    )
    .await;
    assert_eq!(applied(&site).await, "a b1 x");
    assert_eq!(log(&site).await, "stamp b1 done, stamp x done");
}

async fn a_service_goes_on_from_what_was_adopted(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    site.rows("CREATE TABLE t_a (n integer)").await;
    site.on(&graph).adopt(["a"]).await.unwrap();
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 2);
    assert_eq!(tables(&site).await, "a b c");
    assert!(site.on(&graph).adopt(["b", "a"]).await.unwrap().is_empty());
    site.on(&graph).downgrade("base").await.unwrap();
    assert_eq!(tables(&site).await, "");
}

async fn an_adoption_overwrites_nothing(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    site.on(&graph).upgrade("a").await.unwrap();
    let error = site.on(&graph).adopt(["a", "b", "c"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse);
    assert_eq!(
        error.to_string(),
        "the database is in use already: `a` is current, and `b`, `c` are not applied by what is written down"
    );
    interrupt(&site, "b", "up", 0).await;
    let error = site.on(&graph).adopt(["a"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(log(&site).await, "up a done");

    let edited = chain(site.dialect(), &[("a", "SELECT 1", "")]);
    site.on(&graph).stamp("a").await.unwrap();
    let error = site.on(&edited).adopt(["a"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Diverged);
}

async fn an_adoption_that_was_cut_off_is_finished(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).stamp("base").await.unwrap();
    let report = site.on(&graph).adopt(["a", "b"]).await.unwrap();
    assert_eq!(report.stamped, ["a", "b"]);
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Current);
}

async fn one_of_many_adopts_and_the_others_find_it_done(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b");
    let runs = (0..5).map(|_| site.on(&graph).adopt(["a", "b", "c"]));
    let reports = join_all(runs).await;
    let written = reports.iter().map(|report| report.as_ref().expect("no run fails").stamped.len());
    assert_eq!(written.filter(|&count| count > 0).collect::<Vec<_>>(), [3]);
    assert_eq!(log(&site).await, "stamp c done");
}
