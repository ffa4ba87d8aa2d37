/// Why [`Graph::new`](super::Graph::new) refuses a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphError {
    /// A revision revises something that is not there.
    UnknownParent {
        /// The declaration at fault (its place in the input), as in the variants below.
        revision: usize,
        /// What it names.
        name: String,
    },
    /// A revision depends on something that is neither an id nor a label.
    UnknownDependency {
        /// The declaration at fault.
        revision: usize,
        /// What it names.
        name: String,
    },
    /// A revision revises itself or depends on itself.
    SelfLoop {
        /// The declaration at fault.
        revision: usize,
        /// What it names: its id, or one of its labels.
        name: String,
        /// Whether by `depends-on`.
        dependency: bool,
    },
    /// Revisions rest on each other in a circle.
    Cycle {
        /// The circle, each resting on the next and the last on the first.
        path: Vec<usize>,
    },
    /// Two declarations have one id.
    DuplicateRevision {
        /// The second.
        revision: usize,
        /// The first.
        first: usize,
    },
    /// Two declarations, or one of them twice, have one label.
    DuplicateLabel {
        /// The second.
        revision: usize,
        /// The first.
        first: usize,
        /// The label.
        label: String,
    },
    /// A label is the id of a revision.
    LabelIsRevision {
        /// The declaration with the label.
        revision: usize,
        /// The declaration with the id.
        other: usize,
        /// The label.
        label: String,
    },
    /// An id or a label has a character, a length or a value that it may not have.
    IllegalName {
        /// The declaration at fault.
        revision: usize,
        /// The id or label.
        name: String,
        /// Whether it is a label.
        label: bool,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl GraphError {
    /// The declaration at fault; of a cycle, its first member.
    #[must_use]
    pub fn revision(&self) -> usize {
        match self {
            Self::UnknownParent { revision, .. }
            | Self::UnknownDependency { revision, .. }
            | Self::SelfLoop { revision, .. }
            | Self::DuplicateRevision { revision, .. }
            | Self::DuplicateLabel { revision, .. }
            | Self::LabelIsRevision { revision, .. }
            | Self::IllegalName { revision, .. } => *revision,
            Self::Cycle { path } => path.first().copied().unwrap_or_default(),
        }
    }
}
