//! Ranges of revisions, for people to read and for SQL to be written without a database.

use crate::drawing::check;

const TREE: &str = "a; b < a; c1 < b [left]; d1 < c1; c2 < b [right]; d2 < c2";

#[test]
fn a_range_has_what_lies_between_its_ends_newest_first() {
    check(
        "a; b < a; c < b; d < c",
        "
        history : -> d c b a
        history b: -> d c b
        history :b -> b a
        history b -> b a
        history b:c -> c b
        history b:b -> b
        history base:b -> b a
        history base:base -> nothing
        ",
    );
    check(
        "a; b1,b2 < a; c < b1,b2; d < c; x < b2",
        "
        history a:d -> d c b2 b1 a
        history b1:d -> d c b1
        history b1: -> d c b1
        history b2:heads -> x d c b2
        history a:d,x -> x d c b2 b1 a
        history b1:d,x -> d c b1
        ",
    );
}

#[test]
fn what_a_range_rests_on_over_a_dependency_belongs_to_it() {
    check(
        "a [left]; b < a & y; x; y < x; z < y [right]",
        "
        history :b -> b y x a
        history a:b -> b a
        history left@base: -> b y x a
        history right@base: -> z y x
        history y:b -> b y
        history x: -> z y x
        ",
    );
}

#[test]
fn a_label_limits_a_range_to_its_lineage() {
    check(
        TREE,
        "
        history left: -> d1 c1
        history left@base: -> d1 c1 b a
        history :left@head -> d1 c1 b a
        history left@b: -> d1 c1 b
        history d1@base:heads -> d1 c1 b a
        ",
    );
}

#[test]
fn a_side_that_counts_counts_from_the_other() {
    check(
        TREE,
        "
        history -2:d1 -> d1 c1 b
        history -1:left@head -> d1 c1
        history right@-2: -> d2 c2 b
        history -2: -> error: `-2` wants one head, and there are 2: `d1`, `d2`
           help: write `left@head` for one branch, or the id of one
        history a:+1 -> b a
        history a:+2 -> error: `+2` comes to a fork: `c1`, `c2` follow `b`
           help: name the one to go to: `c1` or `c2`
        history a:left@+2 -> c1 b a
        history :left@+3 -> c1 b a
        history -9:d1 -> error: `-9` goes too far: there are 3 revisions below `d1`, and then the base
           help: `base` is as far down as there is
        ",
    );
}

#[test]
fn a_range_may_start_or_end_at_what_is_applied() {
    check(
        TREE,
        "
        history current: from c1 -> d1 c1
        history :current from c1 -> c1 b a
        history :current from c1 c2 -> c2 c1 b a
        history current: -> d2 c2 d1 c1 b a
        history current:d1 from b -> d1 c1 b
        history -1:current from d1 -> d1 c1
        history -1:+1 from c1 -> d1 c1 b
        history left@current: from d2 -> d1 c1 b
        history-offline current: -> error: `current` depends on what is applied, which is not known here
           help: name a revision, or give a database
        history-offline -1:+1 -> error: `-1` depends on what is applied, which is not known here
           help: name a revision, or give a database
        ",
    );
}

#[test]
fn a_range_whose_ends_do_not_rest_on_each_other_is_refused() {
    check(
        TREE,
        "
        history d1:b -> error: `d1:b` is the wrong way round: `d1` rests on `b`
           help: write `b:d1`
        history c1:d2 -> error: `c1:d2` is empty: `d2` does not rest on `c1`
           help: name two revisions of one branch, the older first
        history c1:base -> error: `c1:base` is the wrong way round: `c1` rests on `base`
           help: write `base:c1`
        history a:b:c -> error: `a:b:c` is no target: it has two `:`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        history a:nosuch -> error: there is no revision and no label `nosuch`
           help: `history` lists the revisions and their labels
        ",
    );
}

#[test]
fn an_upgrade_without_a_database_goes_from_the_first_side_to_the_second() {
    check(
        TREE,
        "
        upgrade-offline b:d1 -> from b: +c1 +d1 = d1
        upgrade-offline d1 -> from: +a +b +c1 +d1 = d1
        upgrade-offline : -> from: +a +b +c1 +d1 +c2 +d2 = d1 d2
        upgrade-offline c1: -> from c1: +d1 +c2 +d2 = d1 d2
        upgrade-offline a:+1 -> from a: +b = b
        upgrade-offline c1,c2:heads -> from c1 c2: +d1 +d2 = d1 d2
        upgrade-offline d1:d2 -> from d1: +c2 +d2 = d1 d2
        upgrade-offline d1:b -> error: `d1:b` is the wrong way round: `d1` rests on `b`
           help: write `b:d1`
        upgrade-offline b:b -> from b: = b
        upgrade-offline current:head -> error: `current` depends on what is applied, which is not known here
           help: name a revision, or give a database
        ",
    );
}

#[test]
fn a_downgrade_without_a_database_goes_down_from_the_first_side_to_the_second() {
    check(
        TREE,
        "
        downgrade-offline d1:b -> from d1: -d1 -c1 = b
        downgrade-offline d1: -> from d1: -d1 -c1 -b -a =
        downgrade-offline : -> from d1 d2: -d2 -c2 -d1 -c1 -b -a =
        downgrade-offline :b -> from d1 d2: -d2 -c2 -d1 -c1 = b
        downgrade-offline d1:-2 -> from d1: -d1 -c1 = b
        downgrade-offline b:d1 -> error: `d1` is not applied
           help: `current` shows what is applied
        ",
    );
}
