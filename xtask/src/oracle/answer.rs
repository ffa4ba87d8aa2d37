//! Our own answer to a question.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use migrate_core::graph::{Applied, Declaration, Direction, Graph, Plan, Revision, Target};

use super::file::{self, Question};

pub(super) type Ids = BTreeSet<String>;

pub(super) enum Answer {
    /// Refused, for this reason.
    Refused(String),
    /// These revisions one after the other.
    Steps(Vec<String>),
    /// These sets, of which each command has its own.
    Sets(Vec<Ids>),
}

/// The graph of a question, if it is one.
pub(super) fn graph(question: &Question) -> Result<Graph, String> {
    let declare = |one: &file::Revision| {
        Declaration::new(&one.id, one.down.iter().map(String::as_str))
            .depends_on(one.depends_on.iter().map(String::as_str))
            .labels(one.labels.iter().map(String::as_str))
    };
    Graph::new(question.revisions.iter().map(declare).collect()).map_err(|findings| format!("{findings:?}"))
}

/// The state whose rows these are; an unknown row is refused.
pub(super) fn applied<'g>(graph: &'g Graph, rows: &[String]) -> Result<Applied<'g>, String> {
    let index =
        |row: &String| graph.find(row).map(Revision::index).ok_or_else(|| format!("no revision {row}"));
    let rows: Vec<_> = rows.iter().map(index).collect::<Result<_, _>>()?;
    Ok(Applied::from_heads(graph, rows))
}

pub(super) fn to(question: &Question) -> Result<Answer> {
    let graph = match graph(question) {
        Ok(graph) => graph,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    Ok(ask(&graph, question)?.unwrap_or_else(Answer::Refused))
}

fn ask(graph: &Graph, question: &Question) -> Result<Result<Answer, String>> {
    let current = match applied(graph, &question.current) {
        Ok(current) => current,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let one = |ids| Ok(Answer::Sets(vec![ids]));
    Ok(match &*question.command {
        "load" => Ok(Answer::Sets(Vec::new())),
        "heads" => Ok(Answer::Sets(vec![ids(graph.heads()), ids(graph.effective_heads())])),
        "bases" => one(ids(graph.bases())),
        "current" => one(ids(current_revisions(&current))),
        "branch_labels" => one(labels(graph, &question.target.joined(","))),
        "resolve" | "resolve_one" => show(graph, question),
        "upgrade" | "downgrade" => plan(graph, question, &current)?,
        "stamp" => target(question).and_then(|target| {
            let after = graph.plan_stamp(&current, &target).map_err(|error| error.to_string())?;
            one(ids(after.heads()))
        }),
        "history" => history(graph, question),
        command => bail!("{}: no such command: {command}", question.name),
    })
}

fn target(question: &Question) -> Result<Target, String> {
    question.target.joined(",").parse().map_err(|error: migrate_core::graph::TargetError| error.to_string())
}

fn plan(graph: &Graph, question: &Question, current: &Applied<'_>) -> Result<Result<Answer, String>> {
    let planned = target(question).and_then(|target| {
        let plan = match &*question.command {
            "upgrade" => graph.plan_upgrade(current, &target),
            _ => graph.plan_downgrade(current, &target),
        };
        plan.map_err(|error| error.to_string())
    });
    match planned {
        Err(refusal) => Ok(Err(refusal)),
        Ok(plan) if !is_sound(&plan, current) => {
            bail!("{}: the plan skips something: {plan:?}", question.name)
        }
        Ok(plan) => {
            let id = |index| graph.revision(index).id().to_owned();
            Ok(Ok(Answer::Steps(plan.steps.iter().map(|step| id(step.revision)).collect())))
        }
    }
}

/// Whether every step of a plan changes something and leaves a closed set.
fn is_sound(plan: &Plan, current: &Applied<'_>) -> bool {
    let mut now = current.clone();
    plan.steps.iter().all(|step| {
        let changed = match step.direction {
            Direction::Up => now.insert(step.revision),
            Direction::Down => now.remove(step.revision),
        };
        changed && now.is_closed()
    })
}

fn history(graph: &Graph, question: &Question) -> Result<Answer, String> {
    let range = question.target.joined(":").parse();
    let range = range.map_err(|error: migrate_core::graph::TargetError| error.to_string())?;
    let revisions = graph.history(&range, None).map_err(|error| error.to_string())?;
    Ok(Answer::Steps(revisions.into_iter().map(|revision| revision.id().into()).collect()))
}

fn show(graph: &Graph, question: &Question) -> Result<Answer, String> {
    let revisions = graph.resolve(&target(question)?, None).map_err(|error| error.to_string())?;
    if question.command == "resolve_one" && revisions.len() > 1 {
        return Err("several revisions".into());
    }
    Ok(Answer::Sets(vec![ids(revisions)]))
}

/// What Alembic calls current: the highest applied revision of each line of parents.
fn current_revisions<'g>(current: &Applied<'g>) -> impl Iterator<Item = Revision<'g>> {
    current.iter().filter(|one| !one.children().any(|child| current.contains(child.index())))
}

/// The labels to whose own part a revision belongs.
fn labels(graph: &Graph, id: &str) -> Ids {
    let all = Applied::from_heads(graph, graph.heads().map(Revision::index));
    let is_own = |label: &str| {
        let base = format!("{label}@base").parse().expect("a label is no word");
        let plan = graph.plan_downgrade(&all, &base).unwrap_or_default();
        plan.steps.iter().any(|step| step.comes_with.is_none() && graph.revision(step.revision).id() == id)
    };
    let labels = graph.revisions().flat_map(Revision::labels);
    labels.filter(|label| is_own(label)).map(Into::into).collect()
}

fn ids<'g>(revisions: impl IntoIterator<Item = Revision<'g>>) -> Ids {
    revisions.into_iter().map(|revision| revision.id().into()).collect()
}
