use std::collections::{BTreeMap, BTreeSet};

use migrate_core::{
    Graph,
    graph::{Revision, RevisionIndex},
};

use super::reachability;
use crate::config::Config;

/// The declared branches of `migrate.toml` that tell heads (or bases) apart, by their labels.
pub(super) struct Lanes<'g> {
    branches: Vec<Revision<'g>>,
}

/// Heads or bases that belong to the same declared branches, where there are several such.
pub(super) type Crowd<'g> = Vec<Revision<'g>>;

impl<'g> Lanes<'g> {
    pub(super) fn new(graph: &'g Graph, config: &Config) -> Self {
        let declared: BTreeSet<&str> = config.branches.iter().map(|branch| &*branch.value).collect();
        let labels = graph.tables().labels.iter();
        let branches = labels
            .filter(|row| declared.contains(row.name.of(&graph.tables().text)))
            .map(|row| graph.revision(RevisionIndex(row.revision)));
        Self { branches: branches.collect() }
    }

    /// The heads that no declared branch tells apart. A branch has those that descend from its labelled revision.
    pub(super) fn crowded_heads(&self, graph: &'g Graph) -> Vec<Crowd<'g>> {
        let heads = graph.revisions().filter(|revision| revision.is_head()).collect();
        crowds(graph, heads, &self.branches, |head, branch| (head.index(), branch.index()))
    }

    /// The bases that no declared branch tells apart. A branch has those that its labelled revision descends from.
    pub(super) fn crowded_bases(&self, graph: &'g Graph) -> Vec<Crowd<'g>> {
        let bases = graph.revisions().filter(|revision| revision.is_base()).collect();
        crowds(graph, bases, &self.branches, |base, branch| (branch.index(), base.index()))
    }
}

fn crowds<'g>(
    graph: &Graph,
    ends: Vec<Revision<'g>>,
    branches: &[Revision<'g>],
    question: fn(Revision<'g>, Revision<'g>) -> reachability::Question,
) -> Vec<Crowd<'g>> {
    let questions: Vec<_> =
        ends.iter().flat_map(|&end| branches.iter().map(move |&branch| question(end, branch))).collect();
    let answers = reachability::answer(graph, &questions);
    let mut answers = answers.into_iter();
    let mut by_branches: BTreeMap<Vec<bool>, Crowd<'g>> = BTreeMap::new();
    for end in ends {
        let belongs: Vec<bool> = answers.by_ref().take(branches.len()).collect();
        by_branches.entry(belongs).or_default().push(end);
    }
    by_branches.into_values().filter(|crowd| crowd.len() > 1).collect()
}
