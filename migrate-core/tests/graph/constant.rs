//! A graph in a `const`, as `embed_migrations!` writes it.

use std::borrow::Cow;

use migrate_core::{
    Span,
    graph::{DownRow, Fingerprint, Graph, Row, Tables},
};

const fn row(id: [u32; 2], edges: [u32; 5]) -> Row {
    Row {
        id: Span::new(id[0], id[1]),
        message: Span::EMPTY,
        created: Span::EMPTY,
        edges,
        up: None,
        down: DownRow::Nothing,
        fingerprint: Fingerprint::from_bytes([0; 32]),
    }
}

static GRAPH: Graph = Graph::from_tables(Tables {
    text: Cow::Borrowed("beealpha"),
    rows: Cow::Borrowed(&[row([0, 3], [0, 0, 0, 1, 1]), row([3, 8], [1, 2, 2, 2, 2])]),
    edges: Cow::Borrowed(&[1, 0]),
    by_id: Cow::Borrowed(&[1, 0]),
    ..Tables::EMPTY
});

const ALPHA: u32 = match GRAPH.find("alpha") {
    Some(revision) => revision.index().0,
    None => panic!("`alpha` is there"),
};

const _: () = {
    assert!(GRAPH.find("alph").is_none());
    assert!(GRAPH.find("alphabet").is_none());
    assert!(GRAPH.find("").is_none());
    assert!(GRAPH.find("bee").is_some());
    assert!(Graph::EMPTY.find("bee").is_none());
};

#[test]
fn an_id_is_found_while_the_program_is_compiled() {
    assert_eq!(ALPHA, 1);
    let alpha = GRAPH.find("alpha").unwrap();
    assert_eq!((alpha.id(), alpha.parents().next().unwrap().id()), ("alpha", "bee"));
}

#[test]
fn a_graph_in_a_static_is_planned_like_any_other() {
    let plan =
        GRAPH.plan_upgrade(&migrate_core::graph::Applied::none(&GRAPH), &"head".parse().unwrap()).unwrap();
    assert_eq!(plan.steps.len(), 2);
}
