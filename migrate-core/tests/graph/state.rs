//! What is applied: closed sets and their heads.

use migrate_core::graph::{Applied, Revision};

use crate::drawing::{applied, graph, heads, ids, index};

#[test]
fn a_revision_on_which_an_applied_one_depends_is_no_head() {
    let graph = graph("a1; b1 < a1; a2; b2 < a2 & b1");
    let applied = applied(&graph, "b2");
    assert_eq!(ids(applied.iter()), "a1 b1 a2 b2");
    assert_eq!(heads(&applied), " b2");
}

#[test]
fn redundant_rows_are_no_heads() {
    let graph = graph("a; b < a; c < b");
    assert_eq!(heads(&applied(&graph, "a c b c")), " c");
}

#[test]
fn a_set_that_is_not_closed_says_what_is_missing() {
    let graph = graph("a; b < a; x; c < b & x");
    let mut applied = Applied::from_revisions(&graph, [index(&graph, "c"), index(&graph, "a")]);
    assert!(!applied.is_closed());
    let missing: Vec<_> =
        applied.missing().map(|(one, needed)| format!("{}<{}", one.id(), needed.id())).collect();
    assert_eq!(missing, ["c<b", "c<x"]);
    assert!(applied.insert(index(&graph, "b")) && applied.insert(index(&graph, "x")));
    assert!(!applied.insert(index(&graph, "x")));
    assert!(applied.is_closed());
    assert_eq!(applied.len(), 4);
    assert!(applied.remove(index(&graph, "c")) && !applied.remove(index(&graph, "c")));
    assert_eq!(heads(&applied), " b x");
}

#[test]
fn states_with_the_same_revisions_are_equal() {
    let graph = graph("a; b < a");
    assert_eq!(applied(&graph, "b"), Applied::from_revisions(&graph, graph.revisions().map(Revision::index)));
    assert_ne!(applied(&graph, "a"), applied(&graph, "b"));
    assert_eq!(applied(&graph, ""), Applied::none(&graph));
    assert!(applied(&graph, "").is_empty());
    assert_eq!(format!("{:?}", applied(&graph, "b")), r#"{"a", "b"}"#);
}

#[test]
#[should_panic(expected = "the index belongs to another graph")]
fn an_index_of_another_graph_is_refused() {
    let (small, large) = (graph("a"), graph("a; b"));
    Applied::none(&small).insert(index(&large, "b"));
}
