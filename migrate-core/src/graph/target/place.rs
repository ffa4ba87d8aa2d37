use super::{Command, Form, Part, Point, Steps, Target, TargetError, steps::ids};
use crate::graph::{
    Applied, Graph, Revision, RevisionIndex,
    lineage::{Lineage, within},
};

/// Where a target leads.
pub(in crate::graph) struct Place {
    pub(in crate::graph) at: At,
    /// The lineage within which it was asked for.
    pub(in crate::graph) lineage: Option<Lineage>,
    /// How many steps from what is applied the target counts, if it does.
    pub(in crate::graph) steps: Option<u32>,
}

pub(in crate::graph) enum At {
    /// Nothing applied.
    Base,
    /// These revisions. It is none where the graph is empty, and several for `heads` and `current`.
    Revisions(Vec<RevisionIndex>),
    /// Before this revision: for a downgrade by steps, which undoes it and what rests on it.
    Before(RevisionIndex),
}

impl At {
    pub(super) fn one(revision: Revision<'_>) -> Self {
        Self::Revisions(vec![revision.index()])
    }

    /// The revisions that it names.
    pub(in crate::graph) fn revisions(&self) -> &[RevisionIndex] {
        match self {
            Self::Revisions(revisions) => revisions,
            Self::Base | Self::Before(_) => &[],
        }
    }
}

/// Looks up what targets name.
pub(in crate::graph) struct Resolver<'g> {
    pub(in crate::graph) graph: &'g Graph,
    pub(in crate::graph) command: Command,
    /// What is applied, where that is known.
    pub(in crate::graph) current: Option<&'g Applied<'g>>,
}

impl<'g> Resolver<'g> {
    /// Where each part of a target leads, if its form suits the command.
    pub(in crate::graph) fn places(&self, target: &Target) -> Result<Vec<Place>, TargetError> {
        let several = target.parts().len() > 1;
        if several && matches!(self.command, Command::Downgrade | Command::Show) {
            return Err(self.unsuitable(&target.to_string(), Form::List));
        }
        target.parts().iter().map(|part| self.suits(part).and_then(|()| self.place(part))).collect()
    }

    fn suits(&self, part: &Part) -> Result<(), TargetError> {
        let form = match (self.command, &part.point) {
            (Command::Downgrade, Point::Heads) => Form::Heads,
            (Command::Stamp, Point::Steps(_)) => Form::Steps,
            (Command::Upgrade, Point::Steps(Steps { up: false, .. }))
            | (Command::Downgrade, Point::Steps(Steps { up: true, .. })) => {
                return Err(TargetError::WrongDirection { target: part.text.clone(), command: self.command });
            }
            _ => return Ok(()),
        };
        Err(self.unsuitable(&part.text, form))
    }

    fn unsuitable(&self, target: &str, form: Form) -> TargetError {
        TargetError::Unsuitable { target: target.into(), form, command: self.command }
    }

    fn place(&self, part: &Part) -> Result<Place, TargetError> {
        let lineage = part.branch.as_deref().map(|branch| self.lineage(branch)).transpose()?;
        let inside = lineage.as_ref();
        let at = match &part.point {
            Point::Base => At::Base,
            Point::Head => At::Revisions(self.head(part, inside)?.map(Revision::index).into_iter().collect()),
            Point::Heads => At::Revisions(self.heads(inside).map(Revision::index).collect()),
            Point::Current => self.current(part, inside)?,
            Point::Steps(steps) => self.steps(part, *steps, inside)?,
            Point::Name(name) => self.name(part, name, inside)?,
        };
        let steps = if let Point::Steps(steps) = part.point { Some(steps.count) } else { None };
        Ok(Place { at, lineage, steps })
    }

    /// An exact name; or else one with steps; or else a prefix; or else one with steps.
    fn name(&self, part: &Part, name: &str, lineage: Option<&Lineage>) -> Result<At, TargetError> {
        if let Some(revision) = self.exact(name, lineage)? {
            return Ok(At::one(revision));
        }
        let split = Steps::split(name);
        if let Some((before, steps)) = split
            && let Some(start) = self.start(part, before, steps, lineage)?
        {
            return self.walk(part, start, steps, lineage);
        }
        if let Some(revision) = self.prefixed(name, lineage)? {
            return Ok(At::one(revision));
        }
        let Some((before, steps)) = split else {
            return Err(self.unknown_point(name));
        };
        match self.prefixed(before, lineage)? {
            Some(start) => self.walk(part, Some(start), steps, lineage),
            None => Err(self.unknown_with_steps(name, before)),
        }
    }

    /// Where `before` in `before+N` stands, if it is a word or an exact name; `Some(None)` for the base.
    fn start(
        &self,
        part: &Part,
        before: &str,
        steps: Steps,
        lineage: Option<&Lineage>,
    ) -> Result<Option<Option<Revision<'g>>>, TargetError> {
        match before {
            "base" => Ok(Some(None)),
            "head" | "heads" => self.head(part, lineage).map(Some),
            "current" => {
                self.state(part)?;
                self.standing(part, steps, lineage).map(Some)
            }
            _ => Ok(self.exact(before, lineage)?.map(Some)),
        }
    }

    fn walk(
        &self,
        part: &Part,
        start: Option<Revision<'g>>,
        steps: Steps,
        lineage: Option<&Lineage>,
    ) -> Result<At, TargetError> {
        if steps.count == 0 {
            let reason = "it takes at least one step";
            return Err(TargetError::Malformed { target: part.text.clone(), reason });
        }
        self.steps_from(start, steps, lineage, &part.text)
    }

    /// Of `rel-2024` either the whole may be mistyped or the name alone.
    fn unknown_with_steps(&self, name: &str, before: &str) -> TargetError {
        let whole = self.unknown_point(name);
        match (&whole, self.unknown_point(before)) {
            (TargetError::Unknown { did_you_mean: None, .. }, without_steps) => without_steps,
            _ => whole,
        }
    }

    /// The heads of the graph, or of a lineage.
    pub(super) fn heads(&self, lineage: Option<&Lineage>) -> impl Iterator<Item = Revision<'g>> {
        self.graph.heads().filter(move |head| within(lineage, head.index()))
    }

    /// The only head of the graph, or of a lineage; `None` where the graph is empty.
    pub(super) fn head(
        &self,
        part: &Part,
        lineage: Option<&Lineage>,
    ) -> Result<Option<Revision<'g>>, TargetError> {
        let heads: Vec<Revision<'g>> = self.heads(lineage).collect();
        self.only(part, &heads)
    }

    /// The only one of these heads, of which there may be none.
    pub(super) fn only(
        &self,
        part: &Part,
        heads: &[Revision<'g>],
    ) -> Result<Option<Revision<'g>>, TargetError> {
        if heads.len() < 2 {
            return Ok(heads.first().copied());
        }
        let all = match (&part.point, &part.branch, self.command) {
            (_, _, Command::Downgrade) => None,
            (Point::Head, None, _) => Some("heads".into()),
            (Point::Head, Some(branch), _) => Some(format!("{branch}@heads")),
            _ => None,
        };
        Err(TargetError::SeveralHeads {
            target: part.text.clone(),
            heads: ids(heads),
            all,
            labels: self.graph.labels_with_one_of(heads),
        })
    }

    /// What is applied, for the commands that take `current`.
    fn state(&self, part: &Part) -> Result<&'g Applied<'g>, TargetError> {
        if !matches!(self.command, Command::Show | Command::History) {
            return Err(self.unsuitable(&part.text, Form::Current));
        }
        self.current.ok_or_else(|| TargetError::StateNeeded { target: part.text.clone() })
    }

    fn current(&self, part: &Part, lineage: Option<&Lineage>) -> Result<At, TargetError> {
        let heads = self.applied_heads(self.state(part)?, lineage);
        Ok(At::Revisions(heads.into_iter().map(Revision::index).collect()))
    }
}

impl Graph {
    /// The labels whose lineage has exactly one of these heads.
    fn labels_with_one_of(&self, heads: &[Revision<'_>]) -> Vec<String> {
        let mut above = vec![Above::None; self.len()];
        for head in heads {
            above[head.index().0 as usize] = Above::One(head.index());
        }
        for revision in self.revisions().rev() {
            let from = above[revision.index().0 as usize];
            for parent in revision.parents() {
                let to = &mut above[parent.index().0 as usize];
                *to = to.and(from);
            }
        }
        let tables = self.tables();
        let fit = tables.labels.iter().filter(|row| matches!(above[row.revision as usize], Above::One(_)));
        fit.map(|row| row.name.of(&tables.text).into()).collect()
    }
}

/// Which heads descend from a revision.
#[derive(Clone, Copy, PartialEq)]
enum Above {
    None,
    One(RevisionIndex),
    Several,
}

impl Above {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, Self::None) | (Self::None, one) => one,
            _ if self == other => self,
            _ => Self::Several,
        }
    }
}
