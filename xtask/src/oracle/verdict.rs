//! Whether two answers to a question agree.

use anyhow::Result;
use migrate_core::graph::{Graph, Revision};

use super::{
    answer::{self, Answer, Ids},
    category::{self, Category},
    facts::Facts,
    file::{Expect, Question},
};

/// How our answer compares with Alembic's.
pub(super) enum Verdict {
    /// The same plan, rows or revisions.
    Equal,
    /// Neither does it.
    BothRefuse,
    /// Something else, for a reason that has a category or has not.
    Differs(Difference, Option<&'static Category>),
}

/// In what way two answers differ.
pub(super) struct Difference {
    pub(super) kind: Kind,
    /// Both answers, for people.
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Alembic refuses and we do not.
    WeAccept,
    /// We refuse and Alembic does not.
    WeRefuse,
    /// Both answer, and not the same.
    Other,
    /// The same steps, and other rows after one of them.
    Rows,
}

pub(super) fn of(question: &Question) -> Result<Verdict> {
    let ours = answer::to(question)?;
    let Some(difference) = compare(question, &ours) else {
        return Ok(if question.expect.error.is_some() { Verdict::BothRefuse } else { Verdict::Equal });
    };
    let facts = Facts::of(question)?;
    let category = category::find(question, facts.as_ref(), difference.kind);
    Ok(Verdict::Differs(difference, category))
}

fn compare(question: &Question, ours: &Answer) -> Option<Difference> {
    let expect = &question.expect;
    let differ = |kind, text| Some(Difference { kind, text });
    match (ours, &expect.error) {
        (Answer::Refused(_), Some(_)) => None,
        (Answer::Refused(why), None) => {
            differ(Kind::WeRefuse, format!("we refuse: {why}; they answer {}", shown(expect)))
        }
        (Answer::Steps(steps), Some(error)) => {
            differ(Kind::WeAccept, format!("they refuse: {error}; we answer {steps:?}"))
        }
        (Answer::Sets(sets), Some(error)) => {
            differ(Kind::WeAccept, format!("they refuse: {error}; we answer {sets:?}"))
        }
        (Answer::Sets(sets), None) => {
            let theirs = expected_sets(expect);
            (*sets != theirs)
                .then(|| Difference { kind: Kind::Other, text: format!("{sets:?}, not {theirs:?}") })
        }
        (Answer::Steps(steps), None) => {
            let theirs = expect.plan.clone().unwrap_or_default();
            let same = if expect.order_forced { *steps == theirs } else { ids(steps) == ids(&theirs) };
            if same {
                return rows(question).map(|text| Difference { kind: Kind::Rows, text });
            }
            differ(Kind::Other, format!("{steps:?}, not {theirs:?}"))
        }
    }
}

fn ids(steps: &[String]) -> Ids {
    steps.iter().cloned().collect()
}

fn expected_sets(expect: &Expect) -> Vec<Ids> {
    let fields = [
        &expect.heads,
        &expect.effective_heads,
        &expect.bases,
        &expect.all_current,
        &expect.labels,
        &expect.revisions,
        // The rows after a plan are looked at step by step.
        if expect.plan.is_none() { &expect.final_rows } else { &None },
    ];
    fields.into_iter().flatten().map(|list| list.iter().cloned().collect()).collect()
}

fn shown(expect: &Expect) -> String {
    format!("{:?}", expect.plan.clone().map_or_else(|| expected_sets(expect), |plan| vec![ids(&plan)]))
}

/// Takes Alembic's own steps and compares the heads after each with its rows.
fn rows(question: &Question) -> Option<String> {
    let plan = question.expect.plan.as_ref()?;
    let graph: Graph = answer::graph(question).ok()?;
    let mut now = answer::applied(&graph, &question.current).ok()?;
    for (id, rows) in plan.iter().zip(question.expect.rows_after.as_ref()?) {
        let index = graph.find(id)?.index();
        if !now.insert(index) {
            now.remove(index);
        }
        let heads: Ids = now.heads().map(Revision::id).map(Into::into).collect();
        if heads != ids(rows) {
            return Some(format!("heads {heads:?} after {id}, not {rows:?}"));
        }
    }
    None
}
