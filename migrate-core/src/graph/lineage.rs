use super::{Graph, Revision, RevisionIndex, set::RevisionSet, walk::Along};

/// A revision with all its ancestors and descendants by `revises`: what a branch label stands for.
pub(super) struct Lineage {
    /// What the user wrote for it: a label, an id, or the beginning of an id.
    pub(super) branch: String,
    members: RevisionSet,
}

impl Lineage {
    pub(super) fn of(revision: Revision<'_>, branch: &str) -> Self {
        let graph = revision.graph();
        let mut members = graph.reach([revision.index()], Along::Parents, |_| true);
        members.extend(&graph.reach([revision.index()], Along::Children, |_| true));
        Self { branch: branch.into(), members }
    }

    pub(super) fn contains(&self, index: RevisionIndex) -> bool {
        self.members.contains(index)
    }

    pub(super) fn members(&self) -> &RevisionSet {
        &self.members
    }

    /// The lineage without what it shares: without each revision that has a descendant outside it.
    pub(super) fn own_part(&self, graph: &Graph) -> RevisionSet {
        let mut own = self.members.clone();
        // In canonical order children stand behind their parents, so that they are decided first here.
        for index in self.members.iter().rev() {
            if graph.revision(index).children().any(|child| !own.contains(child.index())) {
                own.remove(index);
            }
        }
        own
    }
}

/// Whether a revision lies in a lineage; everything does where there is none.
pub(super) fn within(lineage: Option<&Lineage>, index: RevisionIndex) -> bool {
    lineage.is_none_or(|lineage| lineage.contains(index))
}
