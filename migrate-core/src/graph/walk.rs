use super::{Graph, Revision, RevisionIndex, set::RevisionSet};

/// Along which edges a walk goes.
#[derive(Clone, Copy)]
pub(super) enum Along {
    /// From a revision to what it revises.
    Parents,
    /// From a revision to what it rests on: its parents and its dependencies.
    Foundations,
    /// From a revision to what revises it.
    Children,
    /// From a revision to what rests on it: its children and its dependents.
    Burdens,
}

impl Graph {
    /// The starts and everything that a walk from them reaches, without ever leaving `within`.
    ///
    /// It takes time linear in what it reaches, and no recursion.
    pub(super) fn reach(
        &self,
        starts: impl IntoIterator<Item = RevisionIndex>,
        along: Along,
        within: impl Fn(RevisionIndex) -> bool,
    ) -> RevisionSet {
        let mut reached = RevisionSet::empty(self.len());
        let mut open = Vec::new();
        let mut visit = |open: &mut Vec<_>, index| {
            if within(index) && reached.insert(index) {
                open.push(index);
            }
        };
        for start in starts {
            visit(&mut open, start);
        }
        while let Some(index) = open.pop() {
            let revision = self.revision(index);
            match along {
                Along::Parents => revision.parents().for_each(|next| visit(&mut open, next.index())),
                Along::Foundations => foundations(revision).for_each(|next| visit(&mut open, next.index())),
                Along::Children => revision.children().for_each(|next| visit(&mut open, next.index())),
                Along::Burdens => burdens(revision).for_each(|next| visit(&mut open, next.index())),
            }
        }
        reached
    }

    /// The starts and everything that they rest on, over both kinds of edge.
    pub(super) fn closure(&self, starts: impl IntoIterator<Item = RevisionIndex>) -> RevisionSet {
        self.reach(starts, Along::Foundations, |_| true)
    }
}

/// What a revision rests on.
pub(super) fn foundations(revision: Revision<'_>) -> impl Iterator<Item = Revision<'_>> {
    revision.parents().chain(revision.dependencies())
}

/// What rests on a revision.
pub(super) fn burdens(revision: Revision<'_>) -> impl Iterator<Item = Revision<'_>> {
    revision.children().chain(revision.dependents())
}
