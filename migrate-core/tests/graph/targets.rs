//! Every form of target, and what is said about each that cannot be used.

use crate::drawing::check;

const TREE: &str = "aaaa; bbbb < aaaa; c1c1 < bbbb [left]; d1d1 < c1c1; c2c2 < bbbb [right]; d2d2 < c2c2";
const LINE: &str = "abcd11; abcd22 < abcd11; abce33 < abcd22; xyz < abce33";

#[test]
fn a_head_is_the_only_one_or_refused() {
    check(
        TREE,
        "
        show left@head -> d1d1
        show left@heads -> d1d1
        show heads -> d1d1 d2d2
        show head -> error: `head` wants one head, and there are 2: `d1d1`, `d2d2`
           help: write `heads` for all of them, `left@head` for one branch, or the id of one
        show bbbb@head -> error: `bbbb@head` wants one head, and there are 2: `d1d1`, `d2d2`
           help: write `bbbb@heads` for all of them, `left@head` for one branch, or the id of one
        show head-1 -> error: `head-1` wants one head, and there are 2: `d1d1`, `d2d2`
           help: write `left@head` for one branch, or the id of one
        upgrade head -> error: `head` wants one head, and there are 2: `d1d1`, `d2d2`
           help: write `heads` for all of them, `left@head` for one branch, or the id of one
        downgrade heads from d1d1 -> error: `heads` is all heads, which is no target for `downgrade`
           help: name one revision
        downgrade left@heads from d1d1 -> error: `left@heads` is all heads, which is no target for `downgrade`
           help: name one revision
        ",
    );
    check(
        LINE,
        "
        show head -> xyz
        show heads -> xyz
        ",
    );
    check(
        "a; x; y < x",
        "
        show head -> error: `head` wants one head, and there are 2: `a`, `y`
           help: write `heads` for all of them, or the id of one
        ",
    );
    check(
        "a & b; b",
        "
        show head -> error: `head` wants one head, and there are 2: `b`, `a`
           help: write `heads` for all of them, or the id of one
        show heads -> b a
        ",
    );
}

#[test]
fn the_base_names_nothing() {
    check(
        TREE,
        "
        show base -> nothing
        show left@base -> nothing
        show aaaa-1 -> nothing
        ",
    );
}

#[test]
fn an_exact_name_wins_over_steps_and_prefixes() {
    check(
        "rel; a < rel [rel-1]; b < a; rel-2 < b; c < rel-2; rel-2024 < c",
        "
        show rel-1 -> a
        show rel-2 -> rel-2
        show rel-2-1 -> b
        show rel-20 -> error: `rel-20` goes too far: `rel` is a base
           help: `base` is as far down as there is
        show rel-202 -> error: `rel-202` goes too far: `rel` is a base
           help: `base` is as far down as there is
        show c-1 -> rel-2
        show rel-1-1 -> rel
        show rel-1+1 -> b
        show rel+1 -> a
        show rel-1@head -> rel-2024
        show rel-1@rel-2 -> rel-2
        ",
    );
    check(
        "user_foo; user < user_foo",
        "
        show user -> user
        show user_ -> user_foo
        show us -> error: `us` is the beginning of 2 ids: `user`, `user_foo`
           help: write more letters of the id
        ",
    );
    check(
        "head-1; head-11 < head-1",
        "
        show head-1 -> head-1
        show head -> head-11
        show head-2 -> nothing
        ",
    );
}

#[test]
fn a_prefix_is_one_letter_long_to_go_up_and_four_to_go_down() {
    check(
        LINE,
        "
        upgrade x -> +abcd11 +abcd22 +abce33 +xyz = xyz
        show xy -> xyz
        history xy: -> xyz
        upgrade abcd1+1 -> +abcd11 +abcd22 = abcd22
        downgrade abcd1 from xyz -> -xyz -abce33 -abcd22 = abcd11
        downgrade abce from xyz -> -xyz = abce33
        downgrade abcd from xyz -> error: `abcd` is the beginning of 2 ids: `abcd11`, `abcd22`
           help: write more letters of the id
        downgrade ab from xyz -> error: `ab` is too short for `downgrade`, which takes 4 letters of an id
           help: write more letters of `abcd11`, `abcd22` or `abce33`
        downgrade abc from xyz -> error: `abc` is too short for `downgrade`, which takes 4 letters of an id
           help: write more letters of `abcd11`, `abcd22` or `abce33`
        downgrade xy from xyz -> error: `xy` is too short for `downgrade`, which takes 4 letters of an id
           help: write more letters of `xyz`
        downgrade xyz from xyz -> = xyz
        stamp ab -> error: `ab` is too short for `stamp`, which takes 4 letters of an id
           help: write more letters of `abcd11`, `abcd22` or `abce33`
        stamp abce -> = abce33
        upgrade a -> error: `a` is the beginning of 3 ids: `abcd11`, `abcd22`, `abce33`
           help: write more letters of the id
        upgrade abcd33 -> error: there is no revision and no label `abcd33`
           help: did you mean `abce33`?
        ",
    );
}

#[test]
fn a_prefix_before_or_behind_a_label_is_looked_up_in_the_lineage() {
    check(
        "a [left]; some1 < a; c < some1; d [right]; some2 < d; f < some2",
        "
        show left@some -> some1
        show right@some -> some2
        show some -> error: `some` is the beginning of 2 ids: `some1`, `some2`
           help: write more letters of the id
        show some1@a -> a
        show some@a -> error: `some` is the beginning of 2 ids: `some1`, `some2`
           help: write more letters of the id
        show left@d -> error: `d` is not in the lineage of `left`
           help: leave out `left@`, or name the label of a branch that has `d`
        show left@so -> some1
        show left@f -> error: `f` is not in the lineage of `left`
           help: leave out `left@`, or name the label of a branch that has `f`
        show right@right -> d
        show nosuch@head -> error: there is no revision and no label `nosuch`
           help: `history` lists the revisions and their labels
        show x@d -> error: there is no revision and no label `x`
           help: `history` lists the revisions and their labels
        ",
    );
}

#[test]
fn many_candidates_are_cut_short() {
    let ids: Vec<String> = (10..45).map(|number| format!("r{number}")).collect();
    check(
        &ids.join(","),
        "
        show r -> error: `r` is the beginning of 35 ids: `r10`, `r11`, `r12`, `r13`, `r14`, `r15`, `r16`, `r17`, `r18`, `r19`, `r20`, `r21`, `r22`, `r23`, `r24`, `r25`, `r26`, `r27`, `r28`, `r29`, and 15 more
           help: write more letters of the id
        upgrade head -> error: `head` wants one head, and there are 35: `r10`, `r11`, `r12`, `r13`, `r14`, `r15`, `r16`, `r17`, `r18`, `r19`, `r20`, `r21`, `r22`, `r23`, `r24`, `r25`, `r26`, `r27`, `r28`, `r29`, and 15 more
           help: write `heads` for all of them, or the id of one
        ",
    );
}

#[test]
fn steps_up_count_from_the_only_applied_head_or_the_base() {
    check(
        TREE,
        "
        upgrade +1 -> +aaaa = aaaa
        upgrade +2 -> +aaaa +bbbb = bbbb
        upgrade +3 -> error: `+3` comes to a fork: `c1c1`, `c2c2` follow `bbbb`
           help: name the one to go to: `c1c1` or `c2c2`
        upgrade +1 from bbbb -> error: `+1` comes to a fork: `c1c1`, `c2c2` follow `bbbb`
           help: name the one to go to: `c1c1` or `c2c2`
        upgrade +1 from c1c1 c2c2 -> error: `+1` counts from one applied head, and there are 2: `c1c1`, `c2c2`
           help: say where to start: `c1c1+1` or `c2c2+1`, or `label@+1`
        upgrade +2 from c1c1 -> error: `+2` goes too far: there is one revision above `c1c1`
           help: `head` is as far up as there is
        upgrade +1 from d1d1 -> error: `+1` goes too far: nothing is above `d1d1`
           help: `head` is as far up as there is
        upgrade +99999999999 from aaaa -> error: `+99999999999` comes to a fork: `c1c1`, `c2c2` follow `bbbb`
           help: name the one to go to: `c1c1` or `c2c2`
        upgrade base+1 -> +aaaa = aaaa
        upgrade base+3 -> error: `base+3` comes to a fork: `c1c1`, `c2c2` follow `bbbb`
           help: name the one to go to: `c1c1` or `c2c2`
        upgrade right@base+3 -> +aaaa +bbbb +c2c2 = c2c2
        upgrade c1c1+1 -> +aaaa +bbbb +c1c1 +d1d1 = d1d1
        upgrade d1d1+1 -> error: `d1d1+1` goes too far: nothing is above `d1d1`
           help: `head` is as far up as there is
        upgrade bbbb+1 -> error: `bbbb+1` comes to a fork: `c1c1`, `c2c2` follow `bbbb`
           help: name the one to go to: `c1c1` or `c2c2`
        upgrade right@bbbb+1 -> +aaaa +bbbb +c2c2 = c2c2
        upgrade right@head+1 -> error: `right@head+1` goes too far: nothing is above `d2d2`
           help: `head` is as far up as there is
        upgrade base-1 -> error: `base-1` goes too far: nothing is below the base
           help: `base` is as far down as there is
        ",
    );
    check(
        "a1; b1 < a1; a2; b2 < a2",
        "
        upgrade +1 -> error: `+1` comes to a fork: there are 2 bases, `a1`, `a2`
           help: name the one to go to: `a1` or `a2`
        upgrade b1@+1 from a2 -> +a1 = a1 a2
        upgrade base+1 -> error: `base+1` comes to a fork: there are 2 bases, `a1`, `a2`
           help: name the one to go to: `a1` or `a2`
        ",
    );
    check(
        "",
        "
        upgrade head -> =
        upgrade heads -> =
        upgrade +1 -> error: `+1` goes too far: nothing is above the base
           help: `head` is as far up as there is
        downgrade -1 -> error: `-1` counts from what is applied, and nothing is
           help: `current` shows what is applied
        downgrade base -> =
        show head-1 -> error: `head-1` goes too far: nothing is below the base
           help: `base` is as far down as there is
        ",
    );
}

#[test]
fn steps_up_a_lineage_count_from_its_highest_applied_revision() {
    check(
        TREE,
        "
        upgrade right@+1 from c1c1 -> +c2c2 = c1c1 c2c2
        upgrade right@+1 from c1c1 c2c2 -> +d2d2 = c1c1 d2d2
        upgrade right@+2 from d1d1 -> +c2c2 +d2d2 = d1d1 d2d2
        upgrade right@+3 from d1d1 -> error: `right@+3` goes too far: there are 2 revisions above `bbbb`
           help: `head` is as far up as there is
        upgrade right@+1 -> +aaaa = aaaa
        upgrade bbbb@+1 from c1c1 c2c2 -> error: `bbbb@+1` counts from one applied head of `bbbb`, and there are 2: `c1c1`, `c2c2`
           help: say where to start: `c1c1+1` or `c2c2+1`, or `label@+1`
        ",
    );
    check(
        "a1 [lib]; b1 < a1; c1 < b1; d1 < c1; a2; b2 < a2 & c1",
        "
        upgrade lib@+1 from b2 -> +d1 = d1 b2
        ",
    );
}

#[test]
fn steps_in_the_wrong_direction_are_refused() {
    check(
        TREE,
        "
        upgrade -2 from c1c1 -> error: `-2` goes down, and an upgrade goes up
           help: use `downgrade`
        upgrade left@-1 from c1c1 -> error: `left@-1` goes down, and an upgrade goes up
           help: use `downgrade`
        downgrade +2 from aaaa -> error: `+2` goes up, and a downgrade goes down
           help: use `upgrade`
        downgrade left@+1 from aaaa -> error: `left@+1` goes up, and a downgrade goes down
           help: use `upgrade`
        upgrade d1d1-2 from aaaa -> +bbbb = bbbb
        downgrade aaaa+1 from d1d1 -> -d1d1 -c1c1 = bbbb
        upgrade aaaa-9 -> error: `aaaa-9` goes too far: `aaaa` is a base
           help: `base` is as far down as there is
        ",
    );
}

#[test]
fn several_targets_are_for_an_upgrade_or_a_stamp() {
    check(
        TREE,
        "
        downgrade aaaa,bbbb from d1d1 -> error: `aaaa,bbbb` is several targets, which is no target for `downgrade`
           help: several targets are for `upgrade` and `stamp`
        show aaaa,bbbb -> error: `aaaa,bbbb` is several targets, which is no target for `show`
           help: several targets are for `upgrade` and `stamp`
        upgrade c1c1,, -> error: `c1c1,,` is no target: nothing stands beside a `,`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        ",
    );
}

#[test]
fn what_is_applied_can_be_shown_and_is_no_other_target() {
    check(
        TREE,
        "
        show current from c1c1 c2c2 -> c1c1 c2c2
        show current -> nothing
        show current-1 from c1c1 -> bbbb
        show left@current from d2d2 -> bbbb
        show -1 from c1c1 -> bbbb
        show +1 from aaaa -> bbbb
        upgrade current from aaaa -> error: `current` is what is applied, which is no target for `upgrade`
           help: `current` is for `show` and `history`
        upgrade current+1 from aaaa -> error: `current+1` is what is applied, which is no target for `upgrade`
           help: `current` is for `show` and `history`
        downgrade current-1 from aaaa -> error: `current-1` is what is applied, which is no target for `downgrade`
           help: `current` is for `show` and `history`
        show-offline current -> error: `current` depends on what is applied, which is not known here
           help: name a revision, or give a database
        show-offline left@-1 -> c1c1
        show-offline -1 -> error: `-1` wants one head, and there are 2: `d1d1`, `d2d2`
           help: write `left@head` for one branch, or the id of one
        show-offline +2 -> bbbb
        ",
    );
}

#[test]
fn what_does_not_follow_the_grammar_is_refused() {
    check(
        TREE,
        "
        upgrade @ -> error: `@` is no target: nothing stands before the `@`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade @head -> error: `@head` is no target: nothing stands before the `@`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade left@ -> error: `left@` is no target: nothing stands behind the `@`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade a@b@c -> error: `a@b@c` is no target: it has two `@`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade left@+ -> error: `left@+` is no target: a number of steps stands behind `+` or `-`, and nothing else
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade +0 -> error: `+0` is no target: it takes at least one step
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade -x -> error: `-x` is no target: a number of steps stands behind `+` or `-`, and nothing else
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa+ -> error: `aaaa+` is no target: a number of steps stands behind `+`, and nothing else
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa+x -> error: `aaaa+x` is no target: a number of steps stands behind `+`, and nothing else
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa+0 -> error: `aaaa+0` is no target: it takes at least one step
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa-0 -> error: `aaaa-0` is no target: it takes at least one step
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa-1+1 -> error: there is no revision and no label `aaaa-1`
           help: did you mean `aaaa`?
        upgrade aaaa+1-1 -> error: `aaaa+1-1` is no target: it has a `+`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aaaa:bbbb -> error: `aaaa:bbbb` is no target: it is a range
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aa/bb -> error: `aa/bb` is no target: it has a `/`
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade aa bb -> error: `aa bb` is no target: it has white space
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade +1+1 -> error: `+1+1` is no target: a number of steps stands behind `+` or `-`, and nothing else
           help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`
        upgrade head@head -> error: there is no revision and no label `head`
           help: `history` lists the revisions and their labels
        ",
    );
}

#[test]
fn an_unknown_name_is_refused_with_what_was_probably_meant() {
    check(
        TREE,
        "
        upgrade nosuch -> error: there is no revision and no label `nosuch`
           help: `history` lists the revisions and their labels
        upgrade hedas -> error: there is no revision and no label `hedas`
           help: did you mean `heads`?
        upgrade c1c -> +aaaa +bbbb +c1c1 = c1c1
        upgrade c1cl -> error: there is no revision and no label `c1cl`
           help: did you mean `c1c1`?
        upgrade lefft@head -> error: there is no revision and no label `lefft`
           help: did you mean `left`?
        upgrade c1c2-1 -> error: there is no revision and no label `c1c2-1`
           help: did you mean `c1c1`?
        upgrade rigth+1 -> error: there is no revision and no label `rigth`
           help: did you mean `right`?
        downgrade bbab from d1d1 -> error: there is no revision and no label `bbab`
           help: did you mean `bbbb`?
        ",
    );
}
