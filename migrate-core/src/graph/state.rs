use std::fmt;

use super::{
    Graph, Revision, RevisionIndex,
    set::RevisionSet,
    walk::{burdens, foundations},
};

/// Which revisions of a graph are applied to a database.
///
/// Such a set is *closed*: with each revision it holds the parents and dependencies of that revision. Plans expect a
/// closed set; [`Applied::from_heads`] always gives one, and [`Applied::missing`] tells what another one lacks. Its
/// [heads](Applied::heads) are its maximal elements over both kinds of edge: a revision on which another applied one
/// depends is no head.
///
/// ```
/// use migrate_core::graph::{Applied, Declaration, Graph};
///
/// let graph = Graph::new(vec![
///     Declaration::new("a", []),
///     Declaration::new("b", ["a"]),
///     Declaration::new("x", []).depends_on(["b"]),
/// ])
/// .unwrap();
/// let applied = Applied::from_heads(&graph, graph.find("x").map(|revision| revision.index()));
/// assert_eq!(applied.len(), 3);
/// assert_eq!(applied.heads().map(|head| head.id()).collect::<Vec<_>>(), ["x"]);
/// ```
#[derive(Clone)]
pub struct Applied<'g> {
    graph: &'g Graph,
    revisions: RevisionSet,
}

impl<'g> Applied<'g> {
    /// Nothing is applied.
    #[must_use]
    pub fn none(graph: &'g Graph) -> Self {
        Self::new(graph, RevisionSet::empty(graph.len()))
    }

    pub(super) fn new(graph: &'g Graph, revisions: RevisionSet) -> Self {
        Self { graph, revisions }
    }

    /// The revisions named, and everything that they rest on.
    ///
    /// # Panics
    /// Where an index is of another, larger graph.
    #[must_use]
    pub fn from_heads(graph: &'g Graph, heads: impl IntoIterator<Item = RevisionIndex>) -> Self {
        Self::new(graph, graph.closure(heads))
    }

    /// Exactly the revisions named, be the set closed or not.
    ///
    /// # Panics
    /// Where an index is of another, larger graph.
    #[must_use]
    pub fn from_revisions(graph: &'g Graph, revisions: impl IntoIterator<Item = RevisionIndex>) -> Self {
        let mut applied = Self::none(graph);
        for index in revisions {
            applied.insert(index);
        }
        applied
    }

    /// Whether a revision is applied.
    #[must_use]
    pub fn contains(&self, index: RevisionIndex) -> bool {
        self.revisions.contains(index)
    }

    /// Adds one revision; whether it is new.
    ///
    /// # Panics
    /// Where the index is of another, larger graph.
    pub fn insert(&mut self, index: RevisionIndex) -> bool {
        self.revisions.insert(self.graph.revision(index).index())
    }

    /// Takes one revision out; whether it was there.
    pub fn remove(&mut self, index: RevisionIndex) -> bool {
        self.revisions.remove(index)
    }

    /// How many revisions are applied.
    #[must_use]
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// Whether nothing is applied.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    /// The applied revisions, in canonical order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Revision<'g>> {
        self.revisions.iter().map(|index| self.graph.revision(index))
    }

    /// The applied revisions on which no applied one rests, in canonical order: what the database calls its heads.
    pub fn heads(&self) -> impl Iterator<Item = Revision<'g>> {
        self.iter().filter(|&revision| !burdens(revision).any(|other| self.contains(other.index())))
    }

    /// Whether each applied revision's parents and dependencies are applied too.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.missing().next().is_none()
    }

    /// What keeps the set from being closed: each parent or dependency that is not applied, behind the applied revision
    /// that rests on it.
    pub fn missing(&self) -> impl Iterator<Item = (Revision<'g>, Revision<'g>)> {
        self.iter().flat_map(|revision| {
            let missing = foundations(revision).filter(|needed| !self.contains(needed.index()));
            missing.map(move |needed| (revision, needed))
        })
    }

    pub(super) fn revisions(&self) -> &RevisionSet {
        &self.revisions
    }
}

impl PartialEq for Applied<'_> {
    /// Two states are equal where the same revisions are applied.
    fn eq(&self, other: &Self) -> bool {
        self.revisions == other.revisions
    }
}

impl Eq for Applied<'_> {}

impl fmt::Debug for Applied<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Revision::id)).finish()
    }
}
