use migrate_core::{Schema, graph::RevisionIndex};

use super::{Event, RevisionScripts};

/// A revision, and the schema before and after it.
#[derive(Clone, Copy, Debug)]
pub struct Replayed<'r> {
    /// Its place in the graph.
    pub index: RevisionIndex,
    /// Its scripts.
    pub scripts: &'r RevisionScripts,
    /// The schema that its up script finds: that of all it rests on.
    pub before: &'r Schema,
    /// The schema that its up script leaves.
    pub after: &'r Schema,
    /// What happened to its up script.
    pub events: &'r [Event],
}
