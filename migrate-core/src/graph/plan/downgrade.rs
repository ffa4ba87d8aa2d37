use super::{Direction, Plan, plan};
use crate::graph::{
    Applied, Command, Graph, Revision, RevisionIndex, Target, TargetError,
    lineage::{Lineage, within},
    set::RevisionSet,
    target::{At, Place, Resolver},
    walk::Along,
};

impl Graph {
    /// Plans a downgrade to a target, which stays, as does what it rests on.
    ///
    /// Undone are the applied children of the target, with a label only those of its lineage, and all that rests on
    /// them over either kind of edge; [`Step::comes_with`](super::Step::comes_with) tells what is undone only because
    /// it depends on something undone. `base` undoes everything, `label@base` what the lineage of the label has for its
    /// own: it shares each revision from which a branch outside it descends. `-N` undoes the only applied head, what it
    /// revises, and so on, N revisions in all.
    ///
    /// A revision that cannot be undone is no error here: a plan does not look at scripts.
    ///
    /// # Errors
    /// Where the target names no revision, several, steps that are not there, or a revision that is not applied; and
    /// where `-N` would undo more than N revisions.
    ///
    /// ```
    /// use migrate_core::graph::{Applied, Declaration, Graph};
    ///
    /// let graph = Graph::new(vec![Declaration::new("a", []), Declaration::new("b", ["a"])]).unwrap();
    /// let current = Applied::from_heads(&graph, graph.heads().map(|head| head.index()));
    /// let plan = graph.plan_downgrade(&current, &"-1".parse().unwrap()).unwrap();
    /// assert_eq!(plan.steps[0].revision, graph.find("b").unwrap().index());
    /// ```
    pub fn plan_downgrade(&self, current: &Applied<'_>, target: &Target) -> Result<Plan, TargetError> {
        let resolver = Resolver { graph: self, command: Command::Downgrade, current: Some(current) };
        let places = resolver.places(target)?;
        let mut roots = Vec::new();
        for place in &places {
            roots.extend(self.undone_first(current, place)?);
        }
        let is_applied = |index: RevisionIndex| current.contains(index);
        let undone = self.reach(roots.iter().copied(), Along::Burdens, is_applied);
        let asked = self.reach(roots, Along::Children, is_applied);
        for place in &places {
            // With a label N counts along the lineage, and what depends on it goes along as in every downgrade.
            let counted = if place.lineage.is_some() { &asked } else { &undone };
            if place.steps.is_some_and(|steps| counted.len() > steps as usize) {
                return Err(self.more_than_asked(target, &undone, place));
            }
        }
        Ok(plan(&undone, &asked, Direction::Down, |index| {
            let revision = self.revision(index);
            let mut below = revision.dependencies().chain(revision.parents());
            below.find(|other| undone.contains(other.index())).map(Revision::index)
        }))
    }

    /// The revisions with whose undoing everything else that has to go goes.
    fn undone_first(&self, current: &Applied<'_>, place: &Place) -> Result<Vec<RevisionIndex>, TargetError> {
        let lineage = place.lineage.as_ref();
        Ok(match (&place.at, lineage) {
            (At::Base, None) => current.revisions().iter().collect(),
            (At::Base, Some(lineage)) => lineage.own_part(self).iter().collect(),
            (At::Before(index), _) => vec![*index],
            (At::Revisions(targets), _) => {
                if let Some(target) = targets.iter().find(|&&target| !current.contains(target)) {
                    let revision = self.revision(*target).id().into();
                    return Err(TargetError::NotApplied { revision });
                }
                let children = targets.iter().flat_map(|&target| self.revision(target).children());
                children.map(Revision::index).filter(|&child| within(lineage, child)).collect()
            }
        })
    }

    fn more_than_asked(&self, target: &Target, undone: &RevisionSet, place: &Place) -> TargetError {
        let undone_ids = undone.iter().rev().map(|index| self.revision(index).id().to_owned()).collect();
        let on_purpose = match place.at {
            At::Before(first) => self.target_before(first),
            At::Base | At::Revisions(_) => None,
        };
        TargetError::MoreThanAsked { target: target.to_string(), undone: undone_ids, on_purpose }
    }

    /// The target of a downgrade that undoes `first` and what rests on it.
    fn target_before(&self, first: RevisionIndex) -> Option<String> {
        let first = self.revision(first);
        let Some(parent) = first.parents().next() else {
            return Some(format!("{}@base", first.id()));
        };
        let mut others = parent.children().filter(|&child| child != first);
        if others.clone().next().is_none() {
            return Some(parent.id().into());
        }
        let lineage = Lineage::of(first, first.id());
        let alone = others.all(|child| !lineage.contains(child.index()));
        alone.then(|| format!("{}@{}", first.id(), parent.id()))
    }
}
