use super::{Direction, Plan, plan};
use crate::graph::{
    Applied, Command, Graph, Revision, RevisionIndex, Target, TargetError,
    target::{Place, Resolver},
    walk::Along,
};

impl Graph {
    /// Plans an upgrade: the targets and all that they rest on, over both kinds of edge, without what is applied.
    ///
    /// Branches that the target does not name are left alone. Where everything is applied the plan is empty. The time
    /// is linear in the plan, but for finding heads.
    ///
    /// # Errors
    /// Where the target names no revision, several where one is wanted, or steps that are not there.
    ///
    /// ```
    /// use migrate_core::graph::{Applied, Declaration, Graph};
    ///
    /// let graph = Graph::new(vec![Declaration::new("a", []), Declaration::new("b", ["a"])]).unwrap();
    /// let plan = graph.plan_upgrade(&Applied::none(&graph), &"head".parse().unwrap()).unwrap();
    /// assert_eq!(plan.steps.len(), 2);
    /// ```
    pub fn plan_upgrade(&self, current: &Applied<'_>, target: &Target) -> Result<Plan, TargetError> {
        let resolver = Resolver { graph: self, command: Command::Upgrade, current: Some(current) };
        let places = resolver.places(target)?;
        let targets = || places.iter().flat_map(|place: &Place| place.at.revisions().iter().copied());
        // What is applied is closed, so that nothing below it is missing.
        let is_missing = |index: RevisionIndex| !current.contains(index);
        let missing = self.reach(targets(), Along::Foundations, is_missing);
        let asked = self.reach(targets(), Along::Parents, is_missing);
        Ok(plan(&missing, &asked, Direction::Up, |index| {
            let revision = self.revision(index);
            let mut above = revision.dependents().chain(revision.children());
            above.find(|other| missing.contains(other.index())).map(Revision::index)
        }))
    }
}
