use super::{Resolver, TargetError};
use crate::{
    did_you_mean,
    graph::{
        Revision,
        lineage::{Lineage, within},
    },
};

impl<'g> Resolver<'g> {
    /// The lineage of what stands before an `@`.
    pub(super) fn lineage(&self, branch: &str) -> Result<Lineage, TargetError> {
        let revision = match self.graph.named(branch) {
            Some(revision) => Some(revision),
            None => self.prefixed(branch, None)?,
        };
        revision.map(|revision| Lineage::of(revision, branch)).ok_or_else(|| self.unknown(branch, &[]))
    }

    /// The revision with exactly this id or label.
    pub(super) fn exact(
        &self,
        name: &str,
        lineage: Option<&Lineage>,
    ) -> Result<Option<Revision<'g>>, TargetError> {
        match (self.graph.named(name), lineage) {
            (Some(revision), Some(lineage)) if !lineage.contains(revision.index()) => {
                Err(TargetError::OutsideLineage { name: name.into(), branch: lineage.branch.clone() })
            }
            (revision, _) => Ok(revision),
        }
    }

    /// The only revision of the lineage whose id begins with `prefix`.
    pub(super) fn prefixed(
        &self,
        prefix: &str,
        lineage: Option<&Lineage>,
    ) -> Result<Option<Revision<'g>>, TargetError> {
        let candidates = || self.graph.beginning_with(prefix);
        let mut inside = candidates().filter(|revision| within(lineage, revision.index()));
        let Some(first) = inside.next() else {
            return match lineage {
                Some(lineage) if candidates().next().is_some() => {
                    Err(TargetError::OutsideLineage { name: prefix.into(), branch: lineage.branch.clone() })
                }
                _ => Ok(None),
            };
        };
        let more: Vec<Revision<'g>> = inside.collect();
        let shortest = self.command.shortest_prefix();
        let ids = || std::iter::once(first).chain(more.iter().copied()).map(|revision| revision.id().into());
        if prefix.chars().count() < shortest {
            let (prefix, candidates) = (prefix.into(), ids().collect());
            return Err(TargetError::ShortPrefix { prefix, command: self.command, shortest, candidates });
        }
        if more.is_empty() {
            return Ok(Some(first));
        }
        Err(TargetError::Ambiguous { prefix: prefix.into(), candidates: ids().collect() })
    }

    /// The name is none of a revision, where a word would do as well.
    pub(super) fn unknown_point(&self, name: &str) -> TargetError {
        self.unknown(name, &["head", "heads", "base", "current"])
    }

    fn unknown(&self, name: &str, words: &[&str]) -> TargetError {
        let did_you_mean =
            did_you_mean(name, self.graph.names().chain(words.iter().copied())).map(Into::into);
        TargetError::Unknown { name: name.into(), did_you_mean }
    }
}
