use crate::graph::{
    Applied, Command, Graph, Target, TargetError,
    target::{At, Place, Resolver},
    walk::Along,
};

impl Graph {
    /// Plans a stamp: what counts as applied afterwards, without any script being run.
    ///
    /// That is the targets and all that they rest on, and nothing else. Where every target has a label, only the
    /// lineages of the labels change: what lies in one and is not asked for is forgotten, with what rests on it;
    /// `label@base` forgets what [`plan_downgrade`](Self::plan_downgrade) would undo. To forget all rows first, stamp
    /// [`Applied::none`].
    ///
    /// # Errors
    /// Where the target names no revision, or several where one is wanted; `+N` and `-N` are not taken.
    pub fn plan_stamp(&self, current: &Applied<'_>, target: &Target) -> Result<Applied<'_>, TargetError> {
        let resolver = Resolver { graph: self, command: Command::Stamp, current: Some(current) };
        let places = resolver.places(target)?;
        let mut after = self.closure(places.iter().flat_map(|place| place.at.revisions().iter().copied()));
        if places.iter().all(|place| place.lineage.is_some()) {
            let mut forgotten = Vec::new();
            for Place { at, lineage, .. } in &places {
                let Some(lineage) = lineage else { continue };
                let mut members = match at {
                    At::Base => lineage.own_part(self),
                    At::Revisions(_) | At::Before(_) => lineage.members().clone(),
                };
                members.subtract(&after);
                forgotten.extend(members.iter());
            }
            let forgotten = self.reach(forgotten, Along::Burdens, |index| current.contains(index));
            let mut kept = current.revisions().clone();
            kept.subtract(&forgotten);
            after.extend(&kept);
        }
        Ok(Applied::new(self, after))
    }
}
