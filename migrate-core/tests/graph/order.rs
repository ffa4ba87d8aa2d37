//! The canonical order: parents and dependencies first, and one order for one graph.

use migrate_core::graph::Graph;

use crate::drawing::{declarations, ids};

/// The canonical order, which must not depend on the order of the declarations.
#[track_caller]
fn order(drawing: &str, expected: &str) {
    let mut declarations = declarations(drawing);
    for _ in 0..declarations.len() {
        let graph = Graph::new(declarations.clone()).unwrap();
        assert_eq!(ids(graph.revisions()), expected, "{drawing}");
        declarations.rotate_left(1);
    }
    declarations.reverse();
    assert_eq!(ids(Graph::new(declarations).unwrap().revisions()), expected, "{drawing}, reversed");
}

#[test]
fn a_child_of_the_one_just_taken_comes_before_an_older_revision() {
    order("a @2025; b < a @2027; c @2026", "a b c");
}

#[test]
fn a_branch_stays_together_and_the_rest_follows_by_date() {
    order("a @2020; x1 < a @2021; y1 < a @2022; x2 < x1 @2029; y2 < y1 @2023", "a x1 x2 y1 y2");
    order("a @2020; x1 < a @2022; y1 < a @2021; x2 < x1 @2023; y2 < y1 @2029", "a y1 y2 x1 x2");
}

#[test]
fn among_equal_dates_the_smallest_id_comes_first() {
    order("b @2025; a @2025; c @2024", "c a b");
}

#[test]
fn without_dates_the_smallest_id_comes_first_by_bytes() {
    order("b; a10; a9; B", "B a10 a9 b");
}

#[test]
fn without_dates_versions_are_counted() {
    order("9; 10; 008; 100", "008 9 10 100");
    order("9; 10; a", "10 9 a");
}

#[test]
fn what_has_a_date_comes_before_what_has_none() {
    order("a; z @2025", "z a");
}

#[test]
fn a_dependent_is_no_child() {
    order("b; c & b; a2 < b", "b a2 c");
}

#[test]
fn a_merge_waits_for_all_of_its_parents() {
    order("a; b1,b2 < a; c < b1,b2; d < c & z; z", "a b1 b2 c z d");
}
