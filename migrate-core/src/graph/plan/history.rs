use crate::graph::{
    Applied, Command, Graph, Range, Revision, RevisionIndex, TargetError,
    set::RevisionSet,
    target::{Place, Resolver},
    walk::Along,
};

impl Graph {
    /// The revisions of a range, its two ends included, newest first.
    ///
    /// Those are the ones on which the second side rests, itself included, and that descend from the first side. A label
    /// before the first side limits them to its lineage and what that rests on. An empty first side is `base`, an empty
    /// second one `heads`. `-N` for the first side counts from the second, and `+N` for the second from the first.
    ///
    /// # Errors
    /// Where a side names nothing, or `current` while that is not known, or where the second does not rest on the first.
    pub fn history(
        &self,
        range: &Range,
        current: Option<&Applied<'_>>,
    ) -> Result<Vec<Revision<'_>>, TargetError> {
        let resolver = Resolver { graph: self, command: Command::History, current };
        let (from, to) = resolver.sides(range)?;
        let revisions = self.between(&from, &to);
        if revisions.is_empty() && !is_base(&from) {
            return Err(self.unrelated(range, &from, &to));
        }
        Ok(revisions.iter().rev().map(|index| self.revision(index)).collect())
    }

    fn between(&self, from: &[Place], to: &[Place]) -> RevisionSet {
        let mut ends: Vec<RevisionIndex> = revisions(to).collect();
        if let Some(lineage) = from.iter().find_map(|place| place.lineage.as_ref()) {
            let below = self.closure(ends);
            ends = below.iter().filter(|&index| lineage.contains(index)).collect();
        }
        if is_base(from) {
            return self.closure(ends);
        }
        // Along the lines of parents; over `depends-on` only where nothing else connects the two sides.
        for along in [Along::Children, Along::Burdens] {
            let above = self.reach(revisions(from), along, |_| true);
            let mut between = self.closure(ends.iter().copied().filter(|&end| above.contains(end)));
            if !between.is_empty() {
                between.intersect(&above);
                return between;
            }
        }
        RevisionSet::empty(self.len())
    }

    pub(super) fn unrelated(&self, range: &Range, from: &[Place], to: &[Place]) -> TargetError {
        let id =
            |place: Option<RevisionIndex>| place.map_or("base", |index| self.revision(index).id()).into();
        let (first, second) = (revisions(from).next(), revisions(to).next());
        let swapped = match (first, second) {
            (Some(_), None) => true,
            (Some(first), Some(second)) => self.closure([first]).contains(second),
            _ => false,
        };
        TargetError::Unrelated { range: range.to_string(), from: id(first), to: id(second), swapped }
    }
}

/// The revisions that these places name.
pub(super) fn revisions(places: &[Place]) -> impl Iterator<Item = RevisionIndex> {
    places.iter().flat_map(|place| place.at.revisions().iter().copied())
}

/// Whether they name no revision.
fn is_base(places: &[Place]) -> bool {
    revisions(places).next().is_none()
}
