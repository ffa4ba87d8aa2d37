//! A stamp sets what counts as applied, without running a script.

use crate::drawing::check;

const TREE: &str = "a; b < a; c1 < b [left]; d1 < c1; c2 < b [right]; d2 < c2; x & c1";

#[test]
fn a_stamp_makes_the_targets_the_only_rows() {
    check(
        TREE,
        "
        stamp heads -> = d1 d2 x
        stamp b from d1 c2 -> = b
        stamp c2 from d1 -> = c2
        stamp d1,c2 from a -> = d1 c2
        stamp d1,c1 -> = d1
        stamp base from d1 d2 -> =
        stamp d1+1 -> error: `d1+1` goes too far: nothing is above `d1`
           help: `head` is as far up as there is
        stamp d1-1 -> = c1
        stamp x -> = x
        ",
    );
}

#[test]
fn with_a_label_a_stamp_changes_that_lineage_alone() {
    check(
        TREE,
        "
        stamp right@head from d1 c2 -> = d1 d2
        stamp left@base from d1 c2 -> = c2
        stamp left@b from d1 c2 -> = c2
        stamp left@a from d1 c2 -> = a
        stamp left@c1 from x d2 -> = d2 x
        stamp left@b from x d2 -> = d2
        stamp left@head -> = d1
        stamp left@head,right@c2 from b -> = d1 c2
        stamp left@c1,right@base from d1 d2 -> = c1
        stamp left@c1,c2 from d1 d2 -> = c1 c2
        stamp b@c1 from d1 d2 -> = c1
        stamp left@d2 from b -> error: `d2` is not in the lineage of `left`
           help: leave out `left@`, or name the label of a branch that has `d2`
        ",
    );
}

#[test]
fn a_stamp_takes_no_steps_from_what_is_applied() {
    check(
        TREE,
        "
        stamp -1 from d1 -> error: `-1` is a number of steps, which is no target for `stamp`
           help: name one revision
        stamp left@+1 from b -> error: `left@+1` is a number of steps, which is no target for `stamp`
           help: name one revision
        stamp current from b -> error: `current` is what is applied, which is no target for `stamp`
           help: `current` is for `show` and `history`
        stamp head -> error: `head` wants one head, and there are 3: `d1`, `d2`, `x`
           help: write `heads` for all of them, `left@head` for one branch, or the id of one
        stamp nosuch -> error: there is no revision and no label `nosuch`
           help: `history` lists the revisions and their labels
        ",
    );
}
