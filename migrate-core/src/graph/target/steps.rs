use super::{At, Part, Resolver, Steps, TargetError};
use crate::graph::{
    Applied, Command, Revision, RevisionIndex,
    lineage::{Lineage, within},
};

/// Where a walk downwards ends: after all of its steps, or earlier at a base or a merge.
struct Descent<'g> {
    at: Revision<'g>,
    /// Steps not taken.
    left: u32,
    /// The parents of `at` within the lineage.
    parents: Vec<Revision<'g>>,
}

impl<'g> Resolver<'g> {
    /// So many steps from `start`, or from the base where it is `None`.
    pub(super) fn steps_from(
        &self,
        start: Option<Revision<'g>>,
        steps: Steps,
        lineage: Option<&Lineage>,
        target: &str,
    ) -> Result<At, TargetError> {
        if steps.up {
            return self.up(start, steps.count, lineage, target).map(At::one);
        }
        let Some(start) = start else {
            return Err(too_far(target, None, false, 0));
        };
        let end = descend(start, steps.count, lineage);
        match (end.left, &end.parents[..]) {
            (0, _) => Ok(At::one(end.at)),
            (1, []) => Ok(At::Base),
            (left, []) => Err(too_far(target, Some(start), false, steps.count - left)),
            (_, parents) => Err(merge_error(target, end.at, parents)),
        }
    }

    /// So many steps from what is applied.
    pub(super) fn steps(
        &self,
        part: &Part,
        steps: Steps,
        lineage: Option<&Lineage>,
    ) -> Result<At, TargetError> {
        let start = self.standing(part, steps, lineage)?;
        if self.command != Command::Downgrade {
            return self.steps_from(start, steps, lineage, &part.text);
        }
        let Some(start) = start else {
            let (target, branch) = (part.text.clone(), part.branch.clone());
            return Err(TargetError::NothingApplied { target, branch });
        };
        let end = descend(start, steps.count - 1, lineage);
        match (end.left, &end.parents[..]) {
            (0, [] | [_]) => Ok(At::Before(end.at.index())),
            // A merge has no single ancestor, but undoing it, and nothing else, is one step all the same.
            (0, _) if steps.count == 1 => Ok(At::Before(end.at.index())),
            (left, []) => Err(too_far(&part.text, Some(start), false, steps.count - 1 - left)),
            (_, parents) => Err(merge_error(&part.text, end.at, parents)),
        }
    }

    /// The revision from which `+N` and `-N` count; `None` for the base. Where no state is known, steps up start from
    /// the base and steps down from the head.
    pub(super) fn standing(
        &self,
        part: &Part,
        steps: Steps,
        lineage: Option<&Lineage>,
    ) -> Result<Option<Revision<'g>>, TargetError> {
        let Some(current) = self.current else {
            return if steps.up { Ok(None) } else { self.head(part, lineage) };
        };
        let heads = self.applied_heads(current, lineage);
        match heads[..] {
            [] => Ok(None),
            [head] => Ok(Some(head)),
            _ => Err(TargetError::SeveralCurrent {
                target: part.text.clone(),
                branch: part.branch.clone(),
                up: steps.up,
                steps: steps.count,
                heads: ids(&heads),
            }),
        }
    }

    /// The heads of what is applied, or the highest applied revisions of a lineage, heads or not.
    pub(super) fn applied_heads(
        &self,
        current: &Applied<'_>,
        lineage: Option<&Lineage>,
    ) -> Vec<Revision<'g>> {
        let Some(lineage) = lineage else {
            return current.heads().map(|head| self.graph.revision(head.index())).collect();
        };
        let applied = |index: RevisionIndex| lineage.contains(index) && current.contains(index);
        let revisions = self.graph.revisions().filter(|revision| applied(revision.index()));
        revisions.filter(|one| !one.children().any(|child| applied(child.index()))).collect()
    }

    fn up(
        &self,
        start: Option<Revision<'g>>,
        count: u32,
        lineage: Option<&Lineage>,
        target: &str,
    ) -> Result<Revision<'g>, TargetError> {
        let inside = |revision: &Revision<'g>| within(lineage, revision.index());
        let mut at = start;
        let mut done = 0;
        loop {
            let next: Vec<Revision<'g>> = match at {
                None => self.graph.bases().filter(inside).collect(),
                Some(revision) => revision.children().filter(inside).collect(),
            };
            let [next] = next[..] else {
                return Err(match at.map(|at| at.id().into()) {
                    _ if next.is_empty() => too_far(target, start, true, done),
                    after => TargetError::Fork { target: target.into(), after, choices: ids(&next) },
                });
            };
            done += 1;
            if done == count {
                return Ok(next);
            }
            at = Some(next);
        }
    }
}

fn descend<'g>(start: Revision<'g>, count: u32, lineage: Option<&Lineage>) -> Descent<'g> {
    let (mut at, mut left) = (start, count);
    loop {
        let parents: Vec<Revision<'g>> =
            at.parents().filter(|parent| within(lineage, parent.index())).collect();
        match parents[..] {
            [parent] if left > 0 => at = parent,
            _ => return Descent { at, left, parents },
        }
        left -= 1;
    }
}

fn too_far(target: &str, from: Option<Revision<'_>>, up: bool, possible: u32) -> TargetError {
    TargetError::TooFar { target: target.into(), from: from.map(|from| from.id().into()), up, possible }
}

fn merge_error(target: &str, merge: Revision<'_>, parents: &[Revision<'_>]) -> TargetError {
    TargetError::Merge { target: target.into(), merge: merge.id().into(), choices: ids(parents) }
}

/// The ids of these revisions.
pub(super) fn ids(revisions: &[Revision<'_>]) -> Vec<String> {
    revisions.iter().map(|revision| revision.id().into()).collect()
}
