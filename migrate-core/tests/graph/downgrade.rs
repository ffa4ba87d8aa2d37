//! A downgrade undoes what rests on the children of its target, and leaves the target and other branches alone.

use crate::drawing::check;

const TREE: &str = "a; b < a; c1 < b [left]; d1 < c1; c2 < b [right]; d2 < c2";

#[test]
fn a_downgrade_leaves_its_target_and_what_that_rests_on() {
    check(
        "a; b1,b2 < a; c < b1,b2",
        "
        downgrade b1 from c -> -c = b1 b2
        downgrade a from c -> -c -b2 -b1 = a
        downgrade base from c -> -c -b2 -b1 -a =
        downgrade c from c -> = c
        downgrade a from b1 -> -b1 = a
        ",
    );
    check(
        TREE,
        "
        downgrade b from d1 d2 -> -d2 -c2 -d1 -c1 = b
        downgrade c2 from d1 d2 -> -d2 = d1 c2
        downgrade base from d1 d2 -> -d2 -c2 -d1 -c1 -b -a =
        downgrade base -> =
        ",
    );
}

#[test]
fn what_depends_on_an_undone_revision_goes_too_and_the_plan_says_so() {
    check(
        "a1; b1 < a1; c1 < b1; a2; b2 < a2; c2 < b2 & c1; d2 < c2",
        "
        upgrade c2 -> +a1(b1) +b1(c1) +c1(c2) +a2 +b2 +c2 = c2
        downgrade b1 from c2 -> -c2(c1) -c1 = b1 b2
        downgrade a1 from d2 -> -d2(c2) -c2(c1) -c1 -b1 = a1 b2
        downgrade c1 from d2 -> = d2
        downgrade b2 from d2 -> -d2 -c2 = c1 b2
        ",
    );
}

#[test]
fn with_a_label_only_its_lineage_and_what_rests_on_that_is_undone() {
    check(
        TREE,
        "
        downgrade left@b from c1 d2 -> -c1 = d2
        downgrade right@b from d1 d2 -> -d2 -c2 = d1
        downgrade d1@b from d1 d2 -> -d1 -c1 = d2
        downgrade left@a from d1 d2 -> -d2 -c2 -d1 -c1 -b = a
        downgrade left@head-1 from d1 d2 -> -d1 = c1 d2
        downgrade right@base+2 from d1 d2 -> -d2 -c2 = d1
        downgrade right@base+3 from d1 d2 -> -d2 = d1 c2
        ",
    );
    check(
        "a; b < a; c1 < b [left]; d1 < c1; c2 < b [right]; d2 < c2 & c1",
        "
        downgrade right@b from d1 d2 -> -d2 -c2 = d1
        downgrade left@b from d1 d2 -> -d2(c1) -d1 -c1 = c2
        ",
    );
}

#[test]
fn the_base_of_a_label_is_what_its_lineage_has_for_its_own() {
    check(
        TREE,
        "
        downgrade left@base from d1 d2 -> -d1 -c1 = d2
        downgrade left@base from d1 -> -d1 -c1 = b
        downgrade left@base from d2 -> = d2
        downgrade b@base from d1 d2 -> -d2 -c2 -d1 -c1 -b -a =
        ",
    );
    check(
        "a; b < a; c1 < b; d1 < c1; c2 < b [right]; d2 < c2; e < d1,d2; f < e",
        "
        downgrade right@base from f -> -f -e -d2 -c2 = d1
        ",
    );
    check(
        "a1 [one]; b1 < a1; a2 [two]; b2 < a2 & a1; c2 < b2",
        "
        downgrade one@base from b1 c2 -> -c2(b2) -b2(a1) -b1 -a1 = a2
        downgrade two@base from b1 c2 -> -c2 -b2 -a2 = b1
        ",
    );
}

#[test]
fn nothing_to_undo_is_success_where_the_target_is_applied() {
    check(
        "a; b < a; c1 < b; c2 < b; x & b; y < x",
        "
        downgrade c1 from c1 -> = c1
        downgrade c1 from c1 c2 -> = c1 c2
        downgrade b from y -> = y
        downgrade c2 from c1 -> error: `c2` is not applied
           help: `current` shows what is applied
        downgrade c1 -> error: `c1` is not applied
           help: `current` shows what is applied
        downgrade head from y -> error: `head` wants one head, and there are 3: `c1`, `c2`, `y`
           help: write the id of one
        ",
    );
}

#[test]
fn steps_down_undo_that_many_and_never_more() {
    check(
        "a; b < a; c < b; d < c; e < d & x; x; y < x & a",
        "
        downgrade -1 from c -> -c = b
        downgrade -3 from c -> -c -b -a =
        downgrade -4 from c -> error: `-4` goes too far: there are 2 revisions below `c`, and then the base
           help: `base` is as far down as there is
        downgrade -1 -> error: `-1` counts from what is applied, and nothing is
           help: `current` shows what is applied
        downgrade -1 from e -> -e = d x
        downgrade -4 from e -> -e -d -c -b = a x
        downgrade -5 from e -> -e -d -c -b -a = x
        downgrade -1 from y -> -y = a x
        downgrade -2 from y -> -y -x = a
        ",
    );
    check(
        "a; b < a; c < a; d < b & c; e < d",
        "
        downgrade -1 from e -> -e = d
        downgrade -2 from e -> -e -d = b c
        downgrade -3 from e -> -e -d -b = c
        downgrade a from e -> -e -d -c -b = a
        ",
    );
    check(
        "a; b < a; x & b; y < a & x; c < b & y",
        "
        downgrade -1 from c -> -c = y
        downgrade -2 from c -> error: `-2` would undo more than it says, 4 revisions: `c`, `y`, `x`, `b`
           help: write `downgrade b@a` if they shall all go
        downgrade b@-2 from c -> -c -y(x) -x(b) -b = a
        downgrade b@a from c -> -c -y(x) -x(b) -b = a
        ",
    );
}

#[test]
fn one_step_from_a_merge_undoes_the_merge_alone_and_more_steps_are_refused() {
    check(
        "a; b1,b2 < a; c < b1,b2; d < c",
        "
        downgrade -1 from c -> -c = b1 b2
        downgrade -2 from c -> error: `-2` goes back past `c`, which merges `b1`, `b2`
           help: name the one to go back to: `b1` or `b2`
        downgrade -1 from d -> -d = c
        downgrade -2 from d -> error: `-2` goes back past `c`, which merges `b1`, `b2`
           help: name the one to go back to: `b1` or `b2`
        downgrade c-1 from d -> error: `c-1` goes back past `c`, which merges `b1`, `b2`
           help: name the one to go back to: `b1` or `b2`
        downgrade b1@-1 from c -> -c = b1 b2
        downgrade b1@-2 from c -> -c -b1 = b2
        downgrade a@-1 from c -> -c = b1 b2
        downgrade a@-2 from c -> error: `a@-2` goes back past `c`, which merges `b1`, `b2`
           help: name the one to go back to: `b1` or `b2`
        ",
    );
}

#[test]
fn steps_down_with_several_heads_applied_are_refused() {
    check(
        TREE,
        "
        downgrade -1 from d1 d2 -> error: `-1` counts from one applied head, and there are 2: `d1`, `d2`
           help: name the revision to go back to, or write `label@-1`
        ",
    );
}

#[test]
fn steps_down_a_lineage_start_at_its_highest_applied_revision_be_it_a_head_or_not() {
    check(
        TREE,
        "
        downgrade left@-1 from d1 d2 -> -d1 = c1 d2
        downgrade left@-2 from d1 d2 -> -d1 -c1 = d2
        downgrade left@-3 from d1 d2 -> error: `left@-3` would undo more than it says, 5 revisions: `d2`, `c2`, `d1`, `c1`, `b`
           help: write `downgrade a` if they shall all go
        downgrade left@-4 from d1 -> -d1 -c1 -b -a =
        downgrade left@-5 from d1 -> error: `left@-5` goes too far: there are 3 revisions below `d1`, and then the base
           help: `base` is as far down as there is
        downgrade right@-1 from d1 -> error: `right@-1` would undo more than it says, 3 revisions: `d1`, `c1`, `b`
           help: write `downgrade a` if they shall all go
        downgrade right@-1 -> error: `right@-1` counts from what is applied, and nothing of `right` is
           help: `current` shows what is applied
        downgrade b@-1 from d1 d2 -> error: `b@-1` counts from one applied head of `b`, and there are 2: `d1`, `d2`
           help: name the revision to go back to, or write `label@-1`
        ",
    );
    check(
        "y1 [y]; x1 [x]; y2 < y1 & x1; x2 < x1",
        "
        downgrade x@-1 from x2 y2 -> -x2 = y2
        downgrade x@-1 from y2 -> -y2(x1) -x1 = y1
        downgrade y@-1 from y2 -> -y2 = x1 y1
        ",
    );
}

#[test]
fn the_step_below_a_base_is_the_base() {
    check(
        "a1 [one]; b1 < a1; a2; b2 < a2",
        "
        downgrade a1-1 from b1 b2 -> -b2 -a2 -b1 -a1 =
        downgrade one@b1-2 from b1 b2 -> -b1 -a1 = b2
        downgrade b1-3 from b1 b2 -> error: `b1-3` goes too far: there is one revision below `b1`, and then the base
           help: `base` is as far down as there is
        downgrade b1-1 from b1 b2 -> -b1 = a1 b2
        ",
    );
}
