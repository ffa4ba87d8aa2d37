use super::{Applied, Command, Graph, Revision, RevisionIndex, Target, TargetError, target::Resolver};

impl Graph {
    /// The revision that carries a branch label.
    #[must_use]
    pub fn labelled(&self, label: &str) -> Option<Revision<'_>> {
        let tables = self.tables();
        let place = tables.labels.binary_search_by(|row| row.name.of(&tables.text).cmp(label)).ok()?;
        Some(self.revision(RevisionIndex(tables.labels.get(place)?.revision)))
    }

    /// The revisions that nothing revises, in canonical order.
    pub fn heads(&self) -> impl DoubleEndedIterator<Item = Revision<'_>> {
        self.revisions().filter(|revision| revision.is_head())
    }

    /// The revisions on which nothing rests, by `revises` or by `depends-on`, in canonical order.
    ///
    /// They are the heads of a database to which everything is applied.
    pub fn effective_heads(&self) -> impl DoubleEndedIterator<Item = Revision<'_>> {
        self.heads().filter(|revision| revision.dependents().len() == 0)
    }

    /// The revisions that revise nothing, in canonical order.
    pub fn bases(&self) -> impl DoubleEndedIterator<Item = Revision<'_>> {
        self.revisions().filter(|revision| revision.is_base())
    }

    /// The revisions that a target names; none for `base`.
    ///
    /// `current` has to be known for the target `current` alone: without it `-N` counts from the head, and `+N` from
    /// the base.
    ///
    /// # Errors
    /// Where the target names nothing, or several revisions where one is wanted.
    pub fn resolve(
        &self,
        target: &Target,
        current: Option<&Applied<'_>>,
    ) -> Result<Vec<Revision<'_>>, TargetError> {
        let places = Resolver { graph: self, command: Command::Show, current }.places(target)?;
        let indices = places.iter().flat_map(|place| place.at.revisions());
        Ok(indices.map(|&index| self.revision(index)).collect())
    }

    /// The revision with exactly this id or, failing that, this label.
    pub(super) fn named(&self, name: &str) -> Option<Revision<'_>> {
        self.find(name).or_else(|| self.labelled(name))
    }

    /// The revisions whose ids begin with `prefix`, in the order of their ids.
    pub(super) fn beginning_with(&self, prefix: &str) -> impl Iterator<Item = Revision<'_>> {
        let by_id = &self.tables().by_id;
        let id = |index: u32| self.revision(RevisionIndex(index)).id();
        let start = by_id.partition_point(|&index| id(index) < prefix);
        let from_here = by_id.iter().skip(start).map(|&index| self.revision(RevisionIndex(index)));
        from_here.take_while(move |revision| revision.id().starts_with(prefix))
    }

    /// All ids and labels.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let tables = self.tables();
        let labels = tables.labels.iter().map(|row| row.name.of(&tables.text));
        self.revisions().map(Revision::id).chain(labels)
    }
}
