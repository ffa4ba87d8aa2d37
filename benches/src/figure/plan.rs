use std::time::Duration;

use anyhow::{Result, anyhow};
use migrate_core::{
    Graph,
    graph::{Applied, Declaration, Range, Target},
};

use super::{Scale, duration, thousands};
use crate::{
    median::repeated,
    table::{Column, Row, Table},
};

/// Measures planning, without a database, over graphs of several sizes.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    let at_least = Duration::from_millis(scale.of(1_000, 10) as u64);
    for count in [1_000, 10_000, 100_000] {
        let graph = Graph::new(declarations(count)).map_err(|errors| anyhow!("{errors:?}"))?;
        let nothing = Applied::none(&graph);
        let all = Applied::from_heads(&graph, graph.revisions().filter(|r| r.is_head()).map(|r| r.index()));
        let (head, base) = (parse("head")?, parse("base")?);
        let before = graph
            .plan_downgrade(&all, &parse("-1")?)
            .map_err(|error| anyhow!("{error:?}"))?
            .steps
            .into_iter()
            .fold(all.clone(), |mut applied, step| {
                applied.remove(step.revision);
                applied
            });
        let range: Range = "base:head".parse().map_err(|error| anyhow!("{error:?}"))?;
        let figures = [
            ("upgrade of all", repeated(at_least, || graph.plan_upgrade(&nothing, &head))),
            ("upgrade of one", repeated(at_least, || graph.plan_upgrade(&before, &head))),
            ("downgrade of all", repeated(at_least, || graph.plan_downgrade(&all, &base))),
            ("history", repeated(at_least, || graph.history(&range, None).map(|listed| listed.len()))),
        ];
        for (what, seconds) in figures {
            let of = format!("{} revisions with merges, {what}", thousands(count));
            table.push(Row::new("plan", of).cell(Column::Ours, duration(seconds)));
        }
    }
    Ok(())
}

fn parse(target: &str) -> Result<Target> {
    target.parse().map_err(|error| anyhow!("{error:?}"))
}

/// A history of two developers: of ten revisions, two are made at once, and a third merges them.
fn declarations(count: usize) -> Vec<Declaration> {
    let id = |number: usize| format!("{number:012x}");
    let revision = |number: usize| {
        let parents = match (number, number % 10) {
            (0, _) => vec![],
            (_, 6) => vec![id(number - 2)],
            (_, 7) => vec![id(number - 2), id(number - 1)],
            _ => vec![id(number - 1)],
        };
        Declaration::new(&id(number), parents.iter().map(String::as_str))
    };
    (0..count).map(revision).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenth_revision_is_a_merge_and_there_is_one_head() {
        let graph = Graph::new(declarations(1_000)).unwrap();
        assert_eq!(graph.revisions().filter(|revision| revision.is_merge()).count(), 100);
        assert_eq!(graph.revisions().filter(|revision| revision.is_head()).count(), 1);
    }
}
