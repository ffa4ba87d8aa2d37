//! Why we differ from Alembic: predicates over the graph, what is applied and the target, never names.

use std::collections::BTreeSet;

use super::{
    ask::Ask,
    facts::Facts,
    file::Question,
    model::{Set, has},
    verdict::Kind,
};

/// A reason to differ.
pub(super) struct Category {
    pub(super) name: &'static str,
    /// The way in which the answers differ where this is the reason.
    kind: Kind,
    applies: fn(&Facts<'_>) -> bool,
}

/// The first category that applies.
pub(super) fn find(question: &Question, facts: Option<&Facts<'_>>, kind: Kind) -> Option<&'static Category> {
    match facts {
        Some(facts) => CATEGORIES.iter().find(|one| one.kind == kind && (one.applies)(facts)),
        None => has_duplicate_id(question).then_some(&DUPLICATE_ID),
    }
}

const fn category(name: &'static str, kind: Kind, applies: fn(&Facts<'_>) -> bool) -> Category {
    Category { name, kind, applies }
}

/// The one category for what is no graph, of which there are no facts.
static DUPLICATE_ID: Category = category("duplicate id: they warn, we refuse", Kind::WeRefuse, |_| false);

static CATEGORIES: &[Category] = &[
    category("they crash", Kind::WeAccept, they_crash),
    category("dash in a name", Kind::WeAccept, has_dash),
    category("overlapping targets: we allow them", Kind::WeAccept, has_overlapping_targets),
    category("redundant rows: we see through them", Kind::WeAccept, has_redundant_rows),
    category("short prefix: one letter is enough to go up", Kind::WeAccept, has_short_prefix),
    category("`-N` from a merge: we undo the merge, or follow the label", Kind::WeAccept, steps_meet_a_merge),
    category("stamp with steps: they take none", Kind::WeAccept, stamps_with_steps),
    category("target applied, with nothing to undo: we say so", Kind::WeAccept, is_done),
    category("label below a fork: they look above it only", Kind::WeAccept, label_is_below_the_fork),
    category("`-N` with several heads: they take any", Kind::WeRefuse, counts_from_several),
    category("`-N` undoes more than N: they do it all the same", Kind::WeRefuse, undoes_more_than_asked),
    category("`L@id` outside the lineage: they do not look", Kind::WeRefuse, is_outside_the_lineage),
    category("`L@base` of a shared lineage: they undo other branches", Kind::Other, base_of_a_shared_lineage),
    category("stamp of a label above a merge: they lose the other branch", Kind::Other, stamp_above_a_merge),
    category("stamp beside unrelated rows: they keep them", Kind::Other, stamp_beside_unrelated_rows),
    category("stamp of a row among others: they lose the row", Kind::Other, stamp_of_a_row),
    category(
        "stamp of a label: they count dependencies into its lineage",
        Kind::Other,
        stamp_beside_a_dependency,
    ),
    category(
        "history of a label: they lose it beside a dependency",
        Kind::Other,
        history_beside_a_dependency,
    ),
    category("label above a dependency: they stop at it", Kind::Other, label_above_a_dependency),
    category("redundant rows: they leave them", Kind::Rows, leaves_redundant_rows),
];

fn has_duplicate_id(question: &Question) -> bool {
    let ids: BTreeSet<_> = question.revisions.iter().map(|one| &one.id).collect();
    ids.len() < question.revisions.len()
}

/// The exception is not one of theirs.
fn they_crash(facts: &Facts<'_>) -> bool {
    facts.alembic.error.as_deref().is_some_and(|error| error.starts_with("crash:"))
}

/// They forbid a dash in an id, and read the one in a label as steps.
fn has_dash(facts: &Facts<'_>) -> bool {
    let names = facts.asks.iter().flat_map(|ask| [ask.branch.as_deref(), Some(&*ask.point)]);
    let asked = names.flatten().any(|name| name.contains('-'));
    asked || facts.model.ids.iter().any(|id| id.contains('-'))
}

/// One of the targets rests on another.
fn has_overlapping_targets(facts: &Facts<'_>) -> bool {
    facts.command == "upgrade" && facts.overlaps(facts.targets())
}

/// One of the rows rests on another, or is there twice.
fn has_redundant_rows(facts: &Facts<'_>) -> bool {
    let distinct = facts.rows.iter().fold(0, |all, &row| all | 1 << row);
    facts.overlaps(distinct) || distinct.count_ones() as usize != facts.rows.len()
}

fn has_short_prefix(facts: &Facts<'_>) -> bool {
    facts.asks.iter().any(|ask| ask.has_short_prefix(&facts.model))
}

/// Steps down come to a revision with several parents.
fn steps_meet_a_merge(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let meets = |ask: &Ask, start| {
        let mut walked = ask.walk(start, model).take(ask.steps.unsigned_abs() as usize);
        walked.any(|one| model.parents[one].count_ones() > 1)
    };
    facts.steps_down().is_some_and(|(ask, start)| meets(ask, start))
}

/// A downgrade to an applied revision with no applied child, or none in the lineage.
fn is_done(facts: &Facts<'_>) -> bool {
    let (model, targets) = (&facts.model, facts.targets());
    let lineage = facts.asks.iter().fold(0, |all, ask| all | ask.lineage(model));
    let children = model.members(targets).fold(0, |all, one| all | model.children(one)) & lineage;
    facts.command == "downgrade"
        && targets != 0
        && targets & !facts.current == 0
        && children & facts.current == 0
}

/// Of several children they keep those that are ancestors of the label's revision; here there are none.
fn label_is_below_the_fork(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let [ask] = &facts.asks[..] else { return false };
    let Some(label) = ask.branch.as_deref().and_then(|branch| model.named(branch)) else { return false };
    let target = match facts.steps_down() {
        Some((ask, start)) => ask.walk(start, model).nth(ask.steps.unsigned_abs() as usize),
        None => model.members(facts.targets()).next(),
    };
    target.is_some_and(|target| {
        let children = model.children(target);
        facts.command == "downgrade" && children.count_ones() > 1 && children & model.ancestors(label) == 0
    })
}

fn stamps_with_steps(facts: &Facts<'_>) -> bool {
    facts.command == "stamp" && facts.asks.iter().any(|ask| ask.steps != 0)
}

fn counts_from_several(facts: &Facts<'_>) -> bool {
    facts.asks.iter().any(|ask| ask.counts() && facts.standing(ask).count_ones() > 1)
}

/// More rests on the last of the N revisions than the N themselves; with a label, along lines of parents.
fn undoes_more_than_asked(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    facts.steps_down().is_some_and(|(ask, start)| {
        let count = ask.steps.unsigned_abs() as usize;
        let last = ask.walk(start, model).nth(count - 1).filter(|_| ask.counts());
        last.is_some_and(|last| {
            let above = match ask.branch {
                None => model.resting_on(1 << last),
                Some(_) => model.descendants(1 << last),
            };
            (above & facts.current).count_ones() as usize > count
        })
    })
}

fn is_outside_the_lineage(facts: &Facts<'_>) -> bool {
    let outside = |ask: &Ask| {
        let named = ask.named(&facts.model);
        ask.branch.is_some() && named.is_some_and(|named| !has(ask.lineage(&facts.model), named))
    };
    facts.asks.iter().any(outside)
}

/// The lineage has a revision from which a branch outside it descends.
fn base_of_a_shared_lineage(facts: &Facts<'_>) -> bool {
    facts.asks.iter().any(|ask| {
        let lineage = ask.lineage(&facts.model);
        let is_shared = |one: usize| facts.model.descendants(1 << one) & !lineage != 0;
        ask.branch.is_some() && ask.is_base(&facts.model) && facts.model.members(lineage).any(is_shared)
    })
}

/// What is applied of the lineage rests on something outside it.
fn stamp_above_a_merge(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let joins = |ask: &Ask| {
        let lineage = ask.lineage(model);
        ask.branch.is_some() && model.closure(lineage & facts.current) & !lineage != 0
    };
    facts.command == "stamp" && facts.asks.iter().any(joins)
}

/// An applied head of the lineage has nothing to do with the targets: neither rests on the other.
fn stamp_beside_unrelated_rows(facts: &Facts<'_>) -> bool {
    let (model, targets) = (&facts.model, facts.targets());
    let related = model.closure(targets) | model.resting_on(targets);
    let lineage = facts.asks.iter().fold(0, |all, ask| all | ask.lineage(model));
    facts.command == "stamp" && targets != 0 && model.heads(facts.current) & lineage & !related != 0
}

/// One of several targets is a row already, and another is not.
fn stamp_of_a_row(facts: &Facts<'_>) -> bool {
    let (targets, rows) = (facts.targets(), facts.model.heads(facts.current));
    facts.command == "stamp" && targets & rows != 0 && targets & !rows != 0
}

/// A row of another lineage and that of the label are connected over a dependency.
fn stamp_beside_a_dependency(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let connects = |ask: &Ask| {
        let lineage = ask.lineage(model);
        let others = model.heads(facts.current) & !lineage;
        ask.branch.is_some() && (model.closure(lineage) | model.resting_on(lineage)) & others != 0
    };
    facts.command == "stamp" && facts.asks.iter().any(connects)
}

/// The lineage of a label and what is outside it are connected over a dependency.
fn history_beside_a_dependency(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let connects = |ask: &Ask| {
        let lineage = ask.lineage(model);
        ask.branch.is_some() && (model.closure(lineage) | model.resting_on(lineage)) & !lineage != 0
    };
    facts.command == "history" && facts.asks.iter().any(connects)
}

/// Between the revision and one below a label there is a fork over either kind of edge, or a merge.
fn label_above_a_dependency(facts: &Facts<'_>) -> bool {
    let model = &facts.model;
    let targets = facts.targets();
    let is_stop = |one: usize| {
        let burdens = model.children(one).count_ones() + model.dependents(one).count_ones();
        burdens > 1 || model.parents[one].count_ones() > 1
    };
    let above: Set = model.descendants(targets) & !targets;
    facts.command == "branch_labels" && model.members(above).any(is_stop)
}

fn leaves_redundant_rows(facts: &Facts<'_>) -> bool {
    let after = facts.alembic.rows_after.as_deref().unwrap_or_default();
    after.iter().any(|rows| facts.overlaps(facts.set(rows)))
}
