use crate::schema::{Object, Origin};

/// What an operation did that its author may not have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// `IF NOT EXISTS`, and the object is there: the statement did nothing.
    AlreadyThere {
        /// The object.
        object: Object,
        /// Which statement made it.
        made: Origin,
    },
    /// `IF EXISTS`, and there is no such object: the statement did nothing.
    NotThere {
        /// The object.
        object: Object,
    },
    /// `CASCADE` took this along.
    AlsoDropped {
        /// The object.
        object: Object,
        /// Which statement made it.
        made: Origin,
    },
}
