//! An upgrade applies what its targets rest on, over both kinds of edge, and leaves other branches alone.

use crate::drawing::check;

const TREE: &str = "a; b < a; c1 < b [left]; d1 < c1; c2 < b [right]; d2 < c2";

#[test]
fn an_upgrade_applies_what_the_targets_rest_on_and_nothing_else() {
    check(
        TREE,
        "
        upgrade d1 -> +a +b +c1 +d1 = d1
        upgrade d1 from b -> +c1 +d1 = d1
        upgrade heads from d1 -> +c2 +d2 = d1 d2
        upgrade d1,c2 from a -> +b +c1 +d1 +c2 = d1 c2
        upgrade left -> +a +b +c1 = c1
        upgrade right@head from c1 -> +c2 +d2 = c1 d2
        upgrade left@heads -> +a +b +c1 +d1 = d1
        ",
    );
}

#[test]
fn what_is_applied_already_is_success_with_nothing_to_do() {
    check(
        TREE,
        "
        upgrade heads from d1 d2 -> = d1 d2
        upgrade b from d1 d2 -> = d1 d2
        upgrade base from b -> = b
        upgrade left@base -> =
        upgrade a-1 from b -> = b
        ",
    );
}

#[test]
fn a_target_may_be_an_ancestor_of_another_and_a_row_of_another_row() {
    check(
        TREE,
        "
        upgrade d1,c1 -> +a +b +c1 +d1 = d1
        upgrade c1,c1 from a b -> +c1 = c1
        ",
    );
}

#[test]
fn a_merge_brings_all_of_its_branches() {
    check(
        "a; b1,b2 < a; c < b1,b2; d < c",
        "
        upgrade head -> +a +b1 +b2 +c +d = d
        upgrade head from b1 -> +b2 +c +d = d
        upgrade +1 from b1 -> +b2 +c = c
        upgrade b1+1 -> +a +b1 +b2 +c = c
        upgrade head from b1 b2 -> +c +d = d
        ",
    );
}

#[test]
fn a_dependency_comes_along_with_what_it_rests_on_and_the_plan_says_so() {
    check(
        "a1; b1 < a1; c1 < b1; a2; b2 < a2; c2 < b2 & c1; d1 < c1",
        "
        upgrade c2 -> +a1(b1) +b1(c1) +c1(c2) +a2 +b2 +c2 = c2
        upgrade c2 from b1 -> +c1(c2) +a2 +b2 +c2 = c2
        upgrade heads from c2 -> +d1 = d1 c2
        upgrade c1 -> +a1 +b1 +c1 = c1
        ",
    );
}

#[test]
fn a_dependency_that_is_also_an_ancestor_changes_nothing() {
    check(
        "a; b < a & a; c < b & a; d & b",
        "
        upgrade heads -> +a +b +c +d = c d
        upgrade c from a -> +b +c = c
        upgrade d -> +a(b) +b(d) +d = d
        ",
    );
}

#[test]
fn graphs_on_which_others_crash_are_planned() {
    check(
        "a3; a12; a13 & a3; a21 < a3,a12,a13",
        "
        upgrade heads -> +a12 +a3 +a13 +a21 = a21
        ",
    );
    check(
        "a5; a7 < a5; a12 < a7; a18 < a5 & a12; a21",
        "
        upgrade heads from a5 a7 a21 -> +a12 +a18 = a21 a18
        ",
    );
    check(
        "a [rel-2024]; b < a",
        "
        upgrade rel-2024@head -> +a +b = b
        ",
    );
}
