//! A graph as sets, by the definitions alone: a second opinion beside the planner.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use migrate_core::graph::{Graph, Revision};

/// A set of revisions: a bit for each.
pub(super) type Set = u64;

/// What rests on what. Indices are places in the canonical order.
pub(super) struct Model {
    pub(super) ids: Vec<String>,
    /// Ids and labels.
    names: BTreeMap<String, usize>,
    pub(super) parents: Vec<Set>,
    dependencies: Vec<Set>,
    /// Each revision with everything that it rests on.
    closures: Vec<Set>,
    /// Each revision with its ancestors by parents.
    ancestors: Vec<Set>,
}

impl Model {
    pub(super) fn new(graph: &Graph) -> Result<Self> {
        if graph.len() > Set::BITS as usize {
            bail!("a graph has more than {} revisions", Set::BITS);
        }
        let parents: Vec<Set> = graph.revisions().map(|one| set(one.parents())).collect();
        let dependencies: Vec<Set> = graph.revisions().map(|one| set(one.dependencies())).collect();
        let both: Vec<Set> = parents.iter().zip(&dependencies).map(|(one, other)| one | other).collect();
        let mut names = BTreeMap::new();
        for (place, revision) in graph.revisions().enumerate() {
            names.insert(revision.id().to_owned(), place);
            names.extend(revision.labels().map(|label| (label.to_owned(), place)));
        }
        Ok(Self {
            ids: graph.revisions().map(|one| one.id().into()).collect(),
            names,
            closures: closures(&both),
            ancestors: closures(&parents),
            parents,
            dependencies,
        })
    }

    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The revisions of the set, in order.
    pub(super) fn members(&self, of: Set) -> impl DoubleEndedIterator<Item = usize> + use<> {
        (0..self.ids.len()).filter(move |&one| has(of, one))
    }

    pub(super) fn all(&self) -> Set {
        self.members(Set::MAX).fold(0, |all, one| all | 1 << one)
    }

    /// The set and what it rests on.
    pub(super) fn closure(&self, of: Set) -> Set {
        self.members(of).fold(0, |all, one| all | self.closures[one])
    }

    /// The revisions that rest on one of the set, itself included.
    pub(super) fn resting_on(&self, of: Set) -> Set {
        self.filtered(|one| self.closures[one] & of != 0)
    }

    /// The revisions that descend by parents from one of the set, itself included.
    pub(super) fn descendants(&self, of: Set) -> Set {
        self.filtered(|one| self.ancestors[one] & of != 0)
    }

    pub(super) fn ancestors(&self, of: usize) -> Set {
        self.ancestors[of]
    }

    pub(super) fn lineage(&self, of: usize) -> Set {
        self.ancestors[of] | self.descendants(1 << of)
    }

    /// The revisions on which none of the set rests but themselves.
    pub(super) fn heads(&self, of: Set) -> Set {
        of & !self.members(of).fold(0, |all, one| all | self.closures[one] & !(1 << one))
    }

    /// The revisions with no child in the set.
    pub(super) fn childless(&self, of: Set) -> Set {
        of & !self.members(of).fold(0, |all, one| all | self.parents[one])
    }

    pub(super) fn bases(&self) -> Set {
        self.filtered(|one| self.parents[one] == 0)
    }

    pub(super) fn children(&self, of: usize) -> Set {
        self.filtered(|one| has(self.parents[one], of))
    }

    pub(super) fn dependents(&self, of: usize) -> Set {
        self.filtered(|one| has(self.dependencies[one], of))
    }

    fn filtered(&self, keep: impl Fn(usize) -> bool) -> Set {
        (0..self.ids.len()).filter(|&one| keep(one)).fold(0, |all, one| all | 1 << one)
    }
}

pub(super) fn has(set: Set, one: usize) -> bool {
    set >> one & 1 != 0
}

fn set<'g>(revisions: impl Iterator<Item = Revision<'g>>) -> Set {
    revisions.fold(0, |all, one| all | 1 << one.index().0)
}

/// In a topological order, what a revision leads to is complete before it.
fn closures(edges: &[Set]) -> Vec<Set> {
    let mut closures: Vec<Set> = Vec::new();
    for (one, &edges) in edges.iter().enumerate() {
        let below = closures.iter().enumerate().filter(|&(other, _)| has(edges, other));
        let closure = below.fold(1 << one, |all, (_, closure)| all | closure);
        closures.push(closure);
    }
    closures
}
