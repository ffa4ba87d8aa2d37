use super::{Part, Place, Point, Range, Resolver, Steps, Target, TargetError};
use crate::graph::{Revision, lineage::within};

impl Resolver<'_> {
    /// Where the two sides of a range lead.
    ///
    /// A first side that steps down counts from the second, and a second that steps up from the first. Where both do,
    /// they count from what is applied.
    pub(in crate::graph) fn sides(&self, range: &Range) -> Result<(Vec<Place>, Vec<Place>), TargetError> {
        let (base, heads) = (Target::base(), Target::heads());
        let (from, to) = (range.from.as_ref().unwrap_or(&base), range.to.as_ref().unwrap_or(&heads));
        match (counting(from, false), counting(to, true)) {
            (Some((part, _)), Some(_)) if self.current.is_none() => {
                Err(TargetError::StateNeeded { target: part.text.clone() })
            }
            (Some((part, steps)), None) => {
                let to = self.places(to)?;
                Ok((vec![self.counted_from(&to, part, steps)?], to))
            }
            (None, Some((part, steps))) => {
                let from = self.places(from)?;
                let to = vec![self.counted_from(&from, part, steps)?];
                Ok((from, to))
            }
            _ => Ok((self.places(from)?, self.places(to)?)),
        }
    }

    fn counted_from(&self, other: &[Place], part: &Part, steps: Steps) -> Result<Place, TargetError> {
        let lineage = part.branch.as_deref().map(|branch| self.lineage(branch)).transpose()?;
        let inside = lineage.as_ref();
        let starts = other.iter().flat_map(|place| place.at.revisions()).copied();
        let starts: Vec<Revision<'_>> =
            starts.filter(|&start| within(inside, start)).map(|start| self.graph.revision(start)).collect();
        let at = self.steps_from(self.only(part, &starts)?, steps, inside, &part.text)?;
        Ok(Place { at, lineage, steps: None })
    }
}

/// The steps of a side that counts.
fn counting(side: &Target, up: bool) -> Option<(&Part, Steps)> {
    match side.parts() {
        [part @ Part { point: Point::Steps(steps), .. }] if steps.up == up => Some((part, *steps)),
        _ => None,
    }
}
