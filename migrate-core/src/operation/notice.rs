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
    /// A column is added, which the database refuses where the table has rows.
    NeedsNoRows {
        /// The column.
        object: Object,
        /// Which statement made the table.
        table: Origin,
        /// Why.
        lack: Lack,
    },
}

/// What a column that is added lacks for the rows that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It refuses null, and there is no other value for them.
    Value,
    /// Its value would have to be computed for each of them, which the database does not do.
    Constant,
}
