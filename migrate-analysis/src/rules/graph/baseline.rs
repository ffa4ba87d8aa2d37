use std::collections::BTreeSet;

use migrate_core::graph::{Revision, RevisionIndex};

use super::history::Sound;
use crate::config::Config;

/// The ids of the revisions at and below the baseline: what has been applied everywhere.
pub(crate) fn shipped<'s>(sound: &'s Sound<'_>, config: &Config) -> BTreeSet<&'s str> {
    let graph = &sound.graph;
    let mut open: Vec<RevisionIndex> =
        config.baseline.iter().filter_map(|id| graph.find(&id.value)).map(Revision::index).collect();
    let mut shipped = BTreeSet::new();
    while let Some(index) = open.pop() {
        let revision = graph.revision(index);
        if shipped.insert(revision.id()) {
            open.extend(revision.parents().chain(revision.dependencies()).map(Revision::index));
        }
    }
    shipped
}
