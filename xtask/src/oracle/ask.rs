//! The anatomy of a target.

use super::model::{Model, Set, has};

/// One target in its parts: `L@point+N`.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// What stands before the `@`.
    pub(super) branch: Option<String>,
    /// A word, a name, or nothing where the steps count from what is applied.
    pub(super) point: String,
    /// Steps up, or down where they are negative; none is 0.
    pub(super) steps: i64,
}

impl Ask {
    /// The parts of a target, where exact names win over steps.
    pub(super) fn new(text: &str, model: &Model) -> Self {
        let (branch, rest) = match text.split_once('@') {
            Some((branch, rest)) => (Some(branch.to_owned()), rest),
            None => (None, text),
        };
        let whole = || (rest, 0);
        let split = |place: usize| rest[place..].parse().ok().map(|steps| (&rest[..place], steps));
        let (point, steps) = match model.named(rest) {
            Some(_) => whole(),
            None => rest.rfind(['+', '-']).and_then(split).unwrap_or_else(whole),
        };
        Self { branch, point: point.to_owned(), steps }
    }

    /// Whether the steps count from what is applied.
    pub(super) fn counts(&self) -> bool {
        self.point.is_empty() && self.steps != 0
    }

    /// The lineage; everything where there is no label.
    pub(super) fn lineage(&self, model: &Model) -> Set {
        let branch = self.branch.as_deref().and_then(|branch| revision(branch, Set::MAX, model));
        branch.map_or(model.all(), |branch| model.lineage(branch))
    }

    /// The revision that the point names, wherever it is.
    pub(super) fn named(&self, model: &Model) -> Option<usize> {
        revision(&self.point, Set::MAX, model)
    }

    /// The revisions that the target names, where its steps do not count from what is applied; none for the base.
    pub(super) fn revisions(&self, model: &Model) -> Set {
        let lineage = self.lineage(model);
        (0..self.steps.abs()).fold(self.start(model), |at, step| {
            let next = |one| if self.steps > 0 { model.children(one) } else { model.parents[one] };
            match step {
                0 if self.point == "base" && self.steps > 0 => model.bases() & lineage,
                _ => model.members(at).fold(0, |all, one| all | next(one)) & lineage,
            }
        })
    }

    /// The revisions that the point names, where it is not what is applied.
    pub(super) fn start(&self, model: &Model) -> Set {
        let lineage = self.lineage(model);
        match &*self.point {
            "base" | "" => 0,
            "head" | "heads" => model.childless(model.all()) & lineage,
            name => revision(name, lineage, model).map_or(0, |one| 1 << one),
        }
    }

    /// Whether the target is a base, by its name or by the last of its steps down from a name.
    pub(super) fn is_base(&self, model: &Model) -> bool {
        !self.counts() && self.revisions(model) == 0
    }

    /// The revisions from `start` down, as long as each has a single parent in the lineage.
    pub(super) fn walk(&self, start: usize, model: &Model) -> impl Iterator<Item = usize> {
        let lineage = self.lineage(model);
        let below = move |&one: &usize| {
            let mut parents = model.members(model.parents[one] & lineage);
            parents.next().filter(|_| parents.next().is_none())
        };
        std::iter::successors(Some(start), below)
    }

    /// Whether a name of the target is shorter than they take for a prefix.
    pub(super) fn has_short_prefix(&self, model: &Model) -> bool {
        let is_word = matches!(&*self.point, "" | "head" | "heads" | "base");
        let is_short = |name: &str| name.len() < 4 && model.named(name).is_none();
        !is_word && is_short(&self.point) || self.branch.as_deref().is_some_and(is_short)
    }
}

/// The revision of this id or label, or the only one of a lineage whose id begins so.
fn revision(name: &str, lineage: Set, model: &Model) -> Option<usize> {
    model.named(name).or_else(|| {
        let begins = |&one: &usize| has(lineage, one) && model.ids[one].starts_with(name);
        let mut candidates = (0..model.ids.len()).filter(begins);
        candidates.next().filter(|_| candidates.next().is_none())
    })
}
